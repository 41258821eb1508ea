import { type Command, Option } from "commander";
import type { Audience } from "../contract/report.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { type Context, jsonText } from "./context.ts";
import { audienceOption, jsonOption, type OutputOptions } from "./options.ts";
import { isTold, WHEN_TOLD } from "./ready-program.ts";
import { renderSite } from "./rendered-sites.ts";

interface SiteOptions extends OutputOptions {
  readonly audience: Audience;
  readonly whenTold?: true;
}

/** `site`: the pages from the marts. */
export function define(command: Command, context: Context): void {
  command
    .addOption(audienceOption("whose eyes the pages are for; the city's hold every small count"))
    .addOption(jsonOption())
    .addOption(new Option(WHEN_TOLD, "wait for a line on standard input first").hideHelp())
    .action(async (options: SiteOptions) => {
      if (options.whenTold && !(await isTold())) return;
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
