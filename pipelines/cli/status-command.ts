import { readWatchState } from "../intake/watch-state.ts";
import { readStatus } from "../models/submission-status.ts";
import { unsettledLines } from "../sources/unsettled-plan.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { checkChoice, chooseUnit } from "./choice.ts";
import { type Context, jsonText } from "./context.ts";
import { type FolderCommand, jsonOption } from "./options.ts";
import { readSources } from "./read-sources.ts";
import { statusText, unitStatusText, watchText } from "./status-text.ts";

/** `status`: who has sent what, and whom to chase up; or what one unit owes over all plans. */
export function define(command: FolderCommand, context: Context): void {
  command
    .argument("[period]", "mã kỳ báo cáo, như 2024-Q2 (mặc định: mọi kỳ)")
    .option("--plan <id>", "chỉ kế hoạch này")
    .option("--unit <code>", "đơn vị này còn phải gửi gì theo mọi kế hoạch, hạn sớm nhất trước")
    .addOption(jsonOption())
    .action(async (period, options) => {
      const catalogue = readSources(options, context);
      checkChoice(catalogue, { planId: options.plan, periodCode: period });
      const paths = existingWarehouse(options.warehouse);
      // printed first: what is waited for may keep the ledger from being read
      const watch = options.json ? null : watchText(await readWatchState(paths));
      if (watch !== null) context.out(`${watch}\n`);
      const drafts = catalogue.unsettled.filter(({ state }) => state === "draft");
      for (const one of options.json ? [] : drafts) {
        context.out(`${unsettledLines(one).join("\n")}\n`);
      }
      const { units, ...status } = await readStatus({
        paths,
        catalogue,
        plan: options.plan ?? null,
        period: period ?? null,
      });
      const { rows } = status;
      const unit = options.unit === undefined ? null : chooseUnit(units, options.unit);
      const chosen =
        unit === null ? rows : rows.filter(({ office_code }) => office_code === unit.office_code);
      if (options.json) {
        context.out(jsonText(chosen));
        return;
      }
      if (unit === null) context.out(statusText(status, period === undefined));
      else context.out(unitStatusText(unit, chosen));
    });
}
