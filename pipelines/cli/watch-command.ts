import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import { officeTime } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { type WarehousePaths, warehousePaths } from "../warehouse/paths.ts";
import type { Context } from "./context.ts";
import type { FolderOptions } from "./options.ts";
import { refreshWarehouse } from "./refresh-warehouse.ts";
import { interruption } from "./serve-until-interrupted.ts";

interface WatchOptions extends FolderOptions {
  readonly site: boolean;
}

/** `watch`: a `refresh` of its own whenever a file comes in or the sources change. */
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

/** How often the folders are looked at. Looking works on network drives too, where notices get lost. */
const LOOK_MS = 500;

/** Changes are taken up when nothing has moved for so long: a copy may still be under way. */
const SETTLED_MS = 1200;

interface Watching {
  readonly sources: string;
  readonly paths: WarehousePaths;
  readonly withSite: boolean;
  /** Ends the watch after the round that is under way. */
  readonly signal: AbortSignal;
}

/**
 * Refreshes once, and again whenever the inbox, the plans or the areas have changed, until it is told
 * to end. What a round refuses or cannot do is said and does not end the watch; it is tried again
 * when something changes.
 */
async function watchSources(watching: Watching, context: Context): Promise<void> {
  const { sources, signal } = watching;
  let handled: string | null = null;
  let last = "";
  let since = Date.now();
  while (!signal.aborted) {
    const files = await filesOf(sources);
    const state = stateText(files);
    if (state !== last) {
      last = state;
      since = Date.now();
    } else if (state !== handled && Date.now() - since >= SETTLED_MS) {
      await round(watching, context);
      if (handled === null) context.out(`watching ${sources}  (Ctrl-C ends it)`);
      // what the round took out of the inbox is no change; what came in meanwhile is one
      const after = await filesOf(sources);
      handled = stateText(new Map([...files].filter(([path, one]) => after.get(path) === one)));
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function round(watching: Watching, context: Context): Promise<void> {
  const clock = (): string => officeTime(new Date()).slice(11);
  try {
    await refreshWarehouse(watching, context, (text) => context.out(`${clock()}  ${text}`));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    context.warn(`${clock()}  ${error.message}`);
  }
}

/** What tells one state of the files that a refresh reads from another, by path. */
async function filesOf(sources: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const folder of ["inbox", "plans", "areas"]) {
    const names = await readdir(join(sources, folder)).catch((): string[] => []);
    for (const name of names.sort()) {
      const path = join(sources, folder, name);
      // a file can be gone again by now
      const found = await lstat(path, { bigint: true }).catch(() => null);
      if (found === null) continue;
      const { ino, size, mtimeNs, ctimeNs } = found;
      files.set(path, `${ino} ${size} ${mtimeNs} ${ctimeNs}`);
    }
  }
  return files;
}

function stateText(files: ReadonlyMap<string, string>): string {
  return JSON.stringify([...files]);
}
