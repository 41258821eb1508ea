import type { Command } from "commander";
import type { Context } from "./context.ts";
import { type FolderOptions, newCommand } from "./options.ts";

interface WatchOptions extends FolderOptions {
  readonly site: boolean;
}

/** `watch`: a `refresh` of its own whenever a file comes in or the sources change. */
export function watchCommand(context: Context): Command {
  return newCommand("watch", "refresh whenever a file comes into the inbox, until it is ended")
    .option("--no-site", "leave the pages as they are")
    .action(async (options: WatchOptions) => {
      const { warehousePaths } = await import("../warehouse/paths.ts");
      const { watchSources } = await import("./watch-step.ts");
      const { interruption } = await import("./serve-step.ts");
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
