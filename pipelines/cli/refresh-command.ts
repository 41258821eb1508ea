import type { Command } from "commander";
import { warehousePaths } from "../warehouse/paths.ts";
import { type Context, jsonText } from "./context.ts";
import { jsonOption, type OutputOptions } from "./options.ts";
import { refreshWarehouse } from "./refresh-warehouse.ts";

/** `refresh`: inbox and models. The everyday command. */
export function define(command: Command, context: Context): void {
  command.addOption(jsonOption()).action(async (options: OutputOptions) => {
    const result = await refreshWarehouse(
      {
        sources: options.sources,
        paths: warehousePaths(options.warehouse),
      },
      context,
      (text) => {
        if (!options.json) context.out(text);
      },
    );
    if (options.json) context.out(jsonText(result));
  });
}
