import type { Command } from "commander";
import type { Audience } from "../contract/report.ts";
import { writeSite } from "../site/write-site.ts";
import { existingWarehouse, requireMarts } from "../warehouse/existing.ts";
import { type Context, jsonText } from "./context.ts";
import { audienceOption, jsonOption, type OutputOptions } from "./options.ts";
import { prepareAllPages } from "./shown-pages.ts";

interface SiteOptions extends OutputOptions {
  readonly audience: Audience;
  readonly out: string;
}

/** `site`: all pages as files, for a host that shows files. */
export function define(command: Command, context: Context): void {
  command
    .requiredOption("--out <folder>", "where to; what is there is replaced as a whole")
    .addOption(audienceOption("whose eyes the pages are for; the city's hold every small count"))
    .addOption(jsonOption())
    .action(async (options: SiteOptions) => {
      const paths = existingWarehouse(options.warehouse);
      requireMarts(paths);
      const workspace = await prepareAllPages(paths, context);
      const { marts } = paths;
      const written = await writeSite(
        { workspace, marts, warehouse: paths, audience: options.audience },
        options.out,
        (done, known) => context.step(done, known, `pages ${done}/${known}`),
      );
      context.out(
        options.json
          ? jsonText(written)
          : `${written.pages} pages, ${written.files} files in ${written.out}`,
      );
    });
}
