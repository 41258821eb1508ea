import type { Command } from "commander";
import type { Context } from "./context.ts";
import { jsonText } from "./context.ts";
import { jsonOption, newCommand, type OutputOptions } from "./options.ts";

interface StatusOptions extends OutputOptions {
  readonly plan?: string;
}

/** `status`: who has sent what, and whom to chase up. */
export function statusCommand(context: Context): Command {
  return newCommand("status", "who has sent what for which period, and whom to chase up")
    .argument("[period]", "code of a period, such as 2024-Q2 (default: every period)")
    .option("--plan <id>", "only this plan")
    .addOption(jsonOption())
    .action(async (period: string | undefined, options: StatusOptions) => {
      const { readCatalogue } = await import("../sources/catalogue.ts");
      const { warehousePaths } = await import("../warehouse/paths.ts");
      const { checkChoice } = await import("./choice.ts");
      const { readStatus } = await import("./status-rows.ts");
      const { statusText } = await import("./status-text.ts");
      const catalogue = readCatalogue(options.sources);
      checkChoice(catalogue, { planId: options.plan, periodCode: period });
      const rows = await readStatus({
        paths: warehousePaths(options.warehouse),
        catalogue,
        plan: options.plan ?? null,
        period: period ?? null,
      });
      context.out(options.json ? jsonText(rows) : statusText(rows));
    });
}
