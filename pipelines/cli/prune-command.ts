import { rm } from "node:fs/promises";
import { ActLog } from "../desk/kept/act-log.ts";
import { putAside } from "../ledger/erase.ts";
import { officeTime } from "../vocabulary/date.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { systemActor } from "./actor.ts";
import { type Context, jsonText } from "./context.ts";
import { countArgument, type FolderCommand, jsonOption } from "./options.ts";

/** `prune`: removes what need be kept no longer; reports, receipts and the journal are kept for good. */
export function define(command: FolderCommand, context: Context): void {
  command
    .option(
      "--keep-acts <months>",
      "giữ nhật ký việc ở bàn làm việc của chừng này tháng gần nhất, gỡ các tháng trước",
      countArgument,
    )
    .option("--aside", "gỡ những gì rebuild và restore đã để sang bên trong kho dữ liệu")
    .option("--yes", "gỡ ngay; không có thì chỉ liệt kê")
    .addOption(jsonOption())
    .action(async ({ keepActs, aside, yes, json, warehouse }) => {
      if (keepActs === undefined && aside !== true) {
        throw wrongUsage("Nêu gỡ những gì: --keep-acts SỐ_THÁNG, --aside.");
      }
      const paths = existingWarehouse(warehouse);
      const now = new Date();
      const acts = new ActLog(paths.desk);
      const old =
        keepActs === undefined
          ? []
          : (await acts.months()).filter((month) => month < monthBefore(now, keepActs - 1));
      const [through] = old;
      const put = aside === true ? await putAside(paths) : [];
      if (yes === true) {
        if (through !== undefined) await acts.prune(through, systemActor("command").account, now);
        for (const path of put) await rm(path, { recursive: true });
      }
      if (json) {
        context.out(jsonText({ removed: yes === true, acts: old, aside: put }));
        return;
      }
      const verb = yes === true ? "đã gỡ" : "sẽ gỡ";
      for (const month of old.toReversed()) context.out(`${verb} nhật ký tháng ${month}`);
      for (const path of put) context.out(`${verb} ${path}`);
      if (old.length + put.length === 0) context.out("Không có gì để gỡ.");
      else if (yes !== true) context.out("Chưa gỡ gì: thêm --yes để gỡ.");
    });
}

/** The month that lies so many before one, as in `2026-11`. */
function monthBefore(moment: Date, months: number): string {
  const [year = 0, month = 0] = officeTime(moment).split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  return first.toISOString().slice(0, 7);
}
