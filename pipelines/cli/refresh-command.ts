import type { Command } from "commander";
import { warehousePaths } from "../warehouse/paths.ts";
import { type Context, jsonText } from "./context.ts";
import { jsonOption, type OutputOptions } from "./options.ts";
import { refreshWarehouse } from "./refresh-warehouse.ts";

interface RefreshOptions extends OutputOptions {
  readonly site: boolean;
}

/** `refresh`: inbox, models, pages. The everyday command. */
export function define(command: Command, context: Context): void {
  command
    .option("--no-site", "leave the pages as they are")
    .addOption(jsonOption())
    .action(async (options: RefreshOptions) => {
      const result = await refreshWarehouse(
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
