import type { Command } from "commander";
import { readWatchState } from "../intake/watch-state.ts";
import { readStatus } from "../models/submission-status.ts";
import { unsettledLines } from "../sources/unsettled-plan.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { checkChoice, chooseUnit } from "./choice.ts";
import { type Context, jsonText } from "./context.ts";
import { jsonOption, type OutputOptions } from "./options.ts";
import { readSources } from "./read-sources.ts";
import { statusText, unitStatusText, watchText } from "./status-text.ts";

interface StatusOptions extends OutputOptions {
  readonly plan?: string;
  readonly unit?: string;
}

/** `status`: who has sent what, and whom to chase up; or what one unit owes over all plans. */
export function define(command: Command, context: Context): void {
  command
    .argument("[period]", "code of a period, such as 2024-Q2 (default: every period)")
    .option("--plan <id>", "only this plan")
    .option("--unit <code>", "what this unit owes over all plans, by deadline")
    .addOption(jsonOption())
    .action(async (period: string | undefined, options: StatusOptions) => {
      const catalogue = readSources(options, context);
      checkChoice(catalogue, { planId: options.plan, periodCode: period });
      const paths = existingWarehouse(options.warehouse);
      // said first: what is waited for may keep the ledger from being read
      const watch = options.json ? null : watchText(await readWatchState(paths));
      if (watch !== null) context.out(`${watch}\n`);
      const drafts = catalogue.unsettled.filter(({ state }) => state === "draft");
      for (const one of options.json ? [] : drafts) {
        context.out(`${unsettledLines(one).join("\n")}\n`);
      }
      const { rows, units } = await readStatus({
        paths,
        catalogue,
        plan: options.plan ?? null,
        period: period ?? null,
      });
      const unit = options.unit === undefined ? null : chooseUnit(units, options.unit);
      const chosen =
        unit === null ? rows : rows.filter(({ office_code }) => office_code === unit.office_code);
      if (options.json) {
        context.out(jsonText(chosen));
        return;
      }
      if (unit === null) context.out(statusText(rows, period === undefined));
      else context.out(unitStatusText(unit, chosen));
    });
}
