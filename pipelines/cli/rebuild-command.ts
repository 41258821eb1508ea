import { type Rebuilding, rebuildLedger } from "../ledger/rebuild.ts";
import { type JournalRebuilding, rebuildJournal } from "../ledger/rebuild-journal.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { type Context, jsonText } from "./context.ts";
import { type FolderCommand, jsonOption } from "./options.ts";

/** `rebuild`: makes the ledger from the archive alone, or the journal from the ledger. */
export function define(command: FolderCommand, context: Context): void {
  command
    .option("--force", "cả khi sổ tiếp nhận còn đọc được mà có nội dung khác")
    .option(
      "--journal",
      "chiều ngược lại: dựng nhật ký trong kho lưu trữ từ sổ tiếp nhận còn nguyên vẹn",
    )
    .addOption(jsonOption())
    .action(async (options) => {
      const paths = existingWarehouse(options.warehouse);
      if (options.journal === true) {
        const journal = await rebuildJournal(paths);
        context.out(options.json ? jsonText(journal) : journalText(journal, paths.entries));
        return;
      }
      const rebuilding = await rebuildLedger(paths, { replace: options.force === true });
      context.out(options.json ? jsonText(rebuilding) : rebuildingText(rebuilding, paths.ledger));
    });
}

function rebuildingText(rebuilding: Rebuilding, ledger: string): string {
  const { result, aside, entries, receipts, readings } = rebuilding;
  const content = `${entries} mục nhật ký, ${receipts} phiếu, ${readings} số liệu`;
  if (result === "equal") return `${ledger} khớp với kho lưu trữ (${content}); giữ nguyên.`;
  const kept = aside === null ? "" : ` Bản cũ được giữ ở ${aside}.`;
  return `Đã dựng ${ledger} từ kho lưu trữ: ${content}.${kept}`;
}

function journalText(
  { result, aside, entries, mended }: JournalRebuilding,
  folder: string,
): string {
  if (result === "equal") return `${folder} khớp với sổ tiếp nhận (${entries} mục); giữ nguyên.`;
  const kept = aside === null ? "" : ` Bản cũ được giữ ở ${aside}.`;
  return `Đã dựng ${folder} từ sổ tiếp nhận: ${entries} mục, đã sửa: ${mended.join(", ")}.${kept}`;
}
