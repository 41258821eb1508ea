import type { Command } from "commander";
import { type Backup, makeBackup } from "../ledger/backup.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { type Context, jsonText } from "./context.ts";
import { countArgument, jsonOption, type OutputOptions } from "./options.ts";
import { softwareVersion } from "./version.ts";

interface BackupOptions extends OutputOptions {
  readonly keep?: number;
}

/** `backup FOLDER`: the archive and the sources, from which all else can be made again. */
export function define(command: Command, context: Context): void {
  command
    .argument("<folder>", "folder of backups, best on another disk; each backup is a folder in it")
    .option(
      "--keep <n>",
      "remove the oldest backups beyond so many (default: keep all)",
      countArgument,
    )
    .addOption(jsonOption())
    .action(async (folder: string, options: BackupOptions) => {
      const backup = await makeBackup({
        paths: existingWarehouse(options.warehouse),
        sources: options.sources,
        to: folder,
        now: new Date(),
        softwareVersion: softwareVersion(),
        keep: options.keep ?? null,
      });
      context.out(options.json ? jsonText(backup) : backupText(backup));
    });
}

function backupText({ folder, files, entries, receipts, readings, removed }: Backup): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return [
    `${folder}: ${files.length} files, ${bytes} bytes`,
    `  a ledger can be made from it: ${entries} entries, ${receipts} receipts, ${readings} readings`,
    ...removed.map((one) => `  removed ${one}`),
  ].join("\n");
}
