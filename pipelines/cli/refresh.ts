import { join } from "node:path";
import type { Command } from "commander";
import type { Context } from "./context.ts";
import { jsonText, modelSteps } from "./context.ts";
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
      const { readCatalogue } = await import("../sources/catalogue.ts");
      const { warehousePaths } = await import("../warehouse/paths.ts");
      const { withIntake } = await import("../ledger/ingest.ts");
      const { takeInbox } = await import("../ledger/inbox.ts");
      const { buildMarts } = await import("../models/build.ts");
      const { countText, leftText, outcomeText } = await import("./outcome-text.ts");
      const { softwareVersion } = await import("./version.ts");
      const paths = warehousePaths(options.warehouse);
      const catalogue = readCatalogue(options.sources);
      const say = (text: string): void => {
        if (!options.json) context.out(text);
      };

      const settings = {
        paths,
        catalogue,
        isDemonstration: false,
        softwareVersion: softwareVersion(),
      };
      const { outcomes, left } = await withIntake(settings, (intake) =>
        takeInbox(join(options.sources, "inbox"), intake, (outcome) => say(outcomeText(outcome))),
      );
      for (const one of left) context.warn(leftText(one));
      if (left.length > 0 || outcomes.some(({ outcome }) => outcome === "refused"))
        context.refuse();
      say(`inbox: ${countText(outcomes, left)}`);

      const models = await buildMarts({
        paths,
        catalogue,
        asOf: null,
        onProgress: modelSteps(context),
      });
      say(
        `models: ${models.models} built, ${models.checks} checks, in ${models.seconds.toFixed(1)} s`,
      );

      const site = options.site
        ? await (await import("./site-step.ts")).renderSite(paths, context)
        : null;
      if (site !== null) say(`site: ${site.pages} pages in ${site.out}`);
      if (options.json) context.out(jsonText({ outcomes, left, models, site }));
    });
}
