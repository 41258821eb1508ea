import { warehousePaths } from "../warehouse/paths.ts";
import { type Context, jsonText } from "./context.ts";
import { type FolderCommand, jsonOption } from "./options.ts";
import { refreshWarehouse } from "./refresh-warehouse.ts";

/** `refresh`: inbox and models. The everyday command. */
export function define(command: FolderCommand, context: Context): void {
  command.addOption(jsonOption()).action(async (options) => {
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
