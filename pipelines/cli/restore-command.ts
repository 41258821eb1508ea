import { existsSync } from "node:fs";
import { join } from "node:path";
import { endAgain, type WhoComesIn } from "../desk/accounts/ended.ts";
import { readWatchState } from "../intake/watch-state.ts";
import { laterBackup } from "../ledger/backup.ts";
import { type Restoration, restoreBackup, restoreFiles } from "../ledger/restore.ts";
import { Failure } from "../vocabulary/failure.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { warehousePaths } from "../warehouse/paths.ts";
import { leaveAct } from "./actor.ts";
import { type Context, jsonText } from "./context.ts";
import { type FolderCommand, jsonOption } from "./options.ts";

/** `restore BACKUP`: the archive, the ledger and the replies as a backup has them. */
export function define(command: FolderCommand, context: Context): void {
  command
    .argument("<backup>", "thư mục do backup tạo: chitieu-NGÀY-GIỜ")
    .option("--replace", "cả khi đã có kho dữ liệu; kho cũ được giữ bên cạnh")
    .option("--files", "chỉ các tệp đã nhận bị thiếu hoặc hỏng")
    .addOption(jsonOption())
    .action(async (from, options) => {
      if (options.files === true) {
        const put = await restoreFiles(from, existingWarehouse(options.warehouse));
        const names = put.map((name) => `\n  ${name}`).join("");
        const text =
          put.length === 0 ? "không thiếu tệp nào" : `đã trả lại ${put.length} tệp${names}`;
        context.out(options.json ? jsonText({ put }) : text);
        return;
      }
      const paths = warehousePaths(options.warehouse);
      const watch = await readWatchState(paths);
      if (watch?.isRunning) {
        throw new Failure(
          `Tiếp nhận tự động của kho này đang chạy (tiến trình ${watch.process}). Dừng trước, khôi phục xong thì chạy lại.`,
        );
      }
      const restoration = await restoreBackup({
        from,
        paths,
        sources: options.sources,
        replace: options.replace === true,
        now: new Date(),
      });
      const { aside, made_at } = restoration;
      const later = aside ?? (await laterBackup(from));
      const open = await endAgain(paths.desk, later && join(later, "desk"));
      const about = [made_at, ...open.ended].join(", ");
      if (existsSync(paths.desk)) await leaveAct(paths.desk, "khôi phục bản sao lưu", about);
      const all = { ...restoration, ...open };
      context.out(options.json ? jsonText(all) : restorationText(all, paths.folder));
    });
}

const listed = (words: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`  ${words}: ${names.join(", ")}`];

const LOOK =
  "  Xem lại: tài khoản hoặc mã nào đã bị khóa, thu hồi sau khi sao lưu mà kho cũ và bản sao lưu sau không ghi thì khóa, thu hồi lại ở mục “Tài khoản” (mã: chitieu desk key revoke).";

function restorationText(one: Restoration & WhoComesIn, folder: string): string {
  const { entries, receipts, readings, aside, only_aside } = one;
  const others =
    only_aside === 0
      ? ""
      : `; ${only_aside} tệp trong archive/ của kho cũ nhận sau khi sao lưu: phải gửi lại, hoặc tiếp nhận từ đó`;
  return [
    `${folder} đã trở lại như khi sao lưu lúc ${one.made_at}: ${entries} mục nhật ký, ${receipts} phiếu, ${readings} số liệu`,
    ...(aside === null ? [] : [`  kho cũ được giữ ở ${aside}${others}`]),
    ...one.sources_written.map((path) => `  ${path} bị thiếu, nay đã có lại`),
    ...one.sources_kept.map((path) => `  ${path} khác với bản sao lưu; giữ nguyên`),
    ...listed("đã khóa, thu hồi sau khi sao lưu, nay vẫn vậy", one.ended),
    ...listed("tài khoản vào được", one.accounts),
    ...listed("mã truy cập còn hiệu lực", one.keys),
    ...(one.accounts.length + one.keys.length === 0 ? [] : [LOOK]),
    "Chạy chitieu refresh để tính lại số liệu, rồi chitieu verify.",
  ].join("\n");
}
