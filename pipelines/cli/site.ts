import type { Command } from "commander";
import type { Audience } from "../publishing/report.ts";
import type { Context } from "./context.ts";
import { jsonText } from "./context.ts";
import { audienceOption, jsonOption, newCommand, type OutputOptions } from "./options.ts";

interface SiteOptions extends OutputOptions {
  readonly audience: Audience;
}

/** `site`: the pages from the marts. */
export function siteCommand(context: Context): Command {
  return newCommand("site", "render the pages from the marts")
    .addOption(audienceOption("whose eyes the pages are for; the city's hold every small count"))
    .addOption(jsonOption())
    .action(async (options: SiteOptions) => {
      const { warehousePaths } = await import("../warehouse/paths.ts");
      const { renderSite } = await import("./site-step.ts");
      const built = await renderSite(warehousePaths(options.warehouse), context, options.audience);
      context.out(
        options.json
          ? jsonText(built)
          : `${built.pages} pages, ${built.files} files in ${built.out}`,
      );
    });
}
