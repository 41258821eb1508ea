import { warehousePaths } from "../warehouse/paths.ts";
import type { Context } from "./context.ts";
import type { FolderCommand } from "./options.ts";
import { interruption } from "./serve-until-interrupted.ts";
import { watchSources } from "./watch.ts";

/** `watch`: takes in what comes and builds the models, and again when the sources change. */
export function define(command: FolderCommand, context: Context): void {
  command.action(async (options) => {
    const ended = new AbortController();
    void interruption().then(() => ended.abort());
    await watchSources(
      {
        sources: options.sources,
        paths: warehousePaths(options.warehouse),
        signal: ended.signal,
      },
      context,
    );
  });
}
