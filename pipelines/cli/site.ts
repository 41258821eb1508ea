import type { Command } from "commander";
import type { Context } from "./context.ts";
import { jsonText } from "./context.ts";
import { jsonOption, newCommand, type OutputOptions } from "./options.ts";

/** `site`: the pages from the marts. */
export function siteCommand(context: Context): Command {
  return newCommand("site", "render the pages from the marts")
    .addOption(jsonOption())
    .action(async (options: OutputOptions) => {
      const { warehousePaths } = await import("../warehouse/paths.ts");
      const { renderSite } = await import("./site-step.ts");
      const built = await renderSite(warehousePaths(options.warehouse), context);
      context.out(
        options.json
          ? jsonText(built)
          : `${built.pages} pages, ${built.files} files in ${built.out}`,
      );
    });
}
