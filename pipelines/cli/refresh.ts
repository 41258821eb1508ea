import type { Command } from "commander";
import type { Context } from "./context.ts";
import { jsonText } from "./context.ts";
import { jsonOption, newCommand, type OutputOptions } from "./options.ts";

interface RefreshOptions extends OutputOptions {
  readonly site: boolean;
}

/** `refresh`: inbox, models, pages. The everyday command. */
export function refreshCommand(context: Context): Command {
  return newCommand("refresh", "take in the inbox, build the models, render the pages")
    .option("--no-site", "leave the pages as they are")
    .addOption(jsonOption())
    .action(async (options: RefreshOptions) => {
      const { warehousePaths } = await import("../warehouse/paths.ts");
      const { refresh } = await import("./refresh-step.ts");
      const result = await refresh(
        {
          sources: options.sources,
          paths: warehousePaths(options.warehouse),
          withSite: options.site,
        },
        context,
        (text) => {
          if (!options.json) context.out(text);
        },
      );
      if (options.json) context.out(jsonText(result));
    });
}
