import type { Command } from "commander";
import { warehousePaths } from "../warehouse/paths.ts";
import type { Context } from "./context.ts";
import type { FolderOptions } from "./options.ts";
import { interruption } from "./serve-until-interrupted.ts";
import { watchSources } from "./watch.ts";

interface WatchOptions extends FolderOptions {
  readonly site: boolean;
}

/** `watch`: takes in what comes, builds and renders, and again when the sources change. */
export function define(command: Command, context: Context): void {
  command
    .option("--no-site", "leave the pages as they are")
    .action(async (options: WatchOptions) => {
      const ended = new AbortController();
      void interruption().then(() => ended.abort());
      await watchSources(
        {
          sources: options.sources,
          paths: warehousePaths(options.warehouse),
          withSite: options.site,
          signal: ended.signal,
        },
        context,
      );
    });
}
