import { type Backup, makeBackup } from "../ledger/backup.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { type Context, jsonText } from "./context.ts";
import { countArgument, type FolderCommand, jsonOption } from "./options.ts";
import { softwareVersion } from "./version.ts";

/** `backup FOLDER`: the archive and the sources, from which all else can be made again. */
export function define(command: FolderCommand, context: Context): void {
  command
    .argument(
      "<folder>",
      "thư mục chứa các bản sao lưu, nên ở ổ đĩa khác; mỗi bản sao lưu là một thư mục trong đó",
    )
    .option(
      "--keep <n>",
      "chỉ giữ chừng này bản mới nhất, xóa các bản cũ hơn (mặc định: giữ tất cả)",
      countArgument,
    )
    .addOption(jsonOption())
    .action(async (folder, options) => {
      const backup = await makeBackup({
        paths: existingWarehouse(options.warehouse),
        sources: options.sources,
        to: folder,
        now: new Date(),
        softwareVersion: softwareVersion(),
        keep: options.keep ?? null,
      });
      context.out(options.json ? jsonText(backup) : backupText(backup));
    });
}

function backupText({ folder, files, entries, receipts, readings, removed }: Backup): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return [
    `${folder}: ${files.length} tệp, ${bytes} byte`,
    `  dựng lại được sổ tiếp nhận từ bản này: ${entries} mục nhật ký, ${receipts} phiếu, ${readings} số liệu`,
    ...removed.map((one) => `  đã xóa ${one}`),
  ].join("\n");
}
