import type { Command } from "commander";
import { readWatchState } from "../intake/watch-state.ts";
import { type Restoration, restoreBackup, restoreFiles } from "../ledger/restore.ts";
import { Failure } from "../vocabulary/failure.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { warehousePaths } from "../warehouse/paths.ts";
import { type Context, jsonText } from "./context.ts";
import { jsonOption, type OutputOptions } from "./options.ts";

interface RestoreOptions extends OutputOptions {
  readonly replace?: true;
  readonly files?: true;
}

/** `restore BACKUP`: the archive, the ledger and the replies as a backup has them. */
export function define(command: Command, context: Context): void {
  command
    .argument("<backup>", "a folder that backup made: chitieu-DATE-TIME")
    .option("--replace", "also where a warehouse is there, which is then kept beside it")
    .option("--files", "only the received files that are missing or damaged")
    .addOption(jsonOption())
    .action(async (from: string, options: RestoreOptions) => {
      if (options.files === true) {
        const put = await restoreFiles(from, existingWarehouse(options.warehouse));
        const names = put.map((name) => `\n  ${name}`).join("");
        const text =
          put.length === 0 ? "no file was missing" : `${put.length} files put back${names}`;
        context.out(options.json ? jsonText({ put }) : text);
        return;
      }
      const paths = warehousePaths(options.warehouse);
      const watch = await readWatchState(paths);
      if (watch?.isRunning) {
        throw new Failure(
          `The watch of this warehouse is running (process ${watch.process}). End it first, and start it again afterwards.`,
        );
      }
      const restoration = await restoreBackup({
        from,
        paths,
        sources: options.sources,
        replace: options.replace === true,
        now: new Date(),
      });
      context.out(
        options.json ? jsonText(restoration) : restorationText(restoration, paths.folder),
      );
    });
}

function restorationText(one: Restoration, folder: string): string {
  const { entries, receipts, readings, aside, only_aside } = one;
  const others =
    only_aside === 0
      ? ""
      : `; ${only_aside} files in its archive/ came in after the backup and have to be sent again, or ingested from there`;
  return [
    `${folder} is as it was backed up at ${one.made_at}: ${entries} entries, ${receipts} receipts, ${readings} readings`,
    ...(aside === null ? [] : [`  what was there is kept in ${aside}${others}`]),
    ...one.sources_written.map((path) => `  ${path} was missing and is there again`),
    ...one.sources_kept.map((path) => `  ${path} is another one than in the backup; it stays`),
    "Run chitieu refresh for the marts and the pages, and chitieu verify.",
  ].join("\n");
}
