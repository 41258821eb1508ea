import type { Command } from "commander";
import type { Audience } from "../contract/report.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { type Context, jsonText } from "./context.ts";
import { audienceOption, jsonOption, type OutputOptions } from "./options.ts";
import { renderSite } from "./rendered-sites.ts";

interface SiteOptions extends OutputOptions {
  readonly audience: Audience;
}

/** `site`: the pages from the marts. */
export function define(command: Command, context: Context): void {
  command
    .addOption(audienceOption("whose eyes the pages are for; the city's hold every small count"))
    .addOption(jsonOption())
    .action(async (options: SiteOptions) => {
      const built = await renderSite(
        existingWarehouse(options.warehouse),
        context,
        options.audience,
      );
      context.out(
        options.json
          ? jsonText(built)
          : `${built.pages} pages, ${built.files} files in ${built.out}`,
      );
    });
}
