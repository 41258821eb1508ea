import type { Command } from "commander";
import { type Rebuilding, rebuildLedger } from "../ledger/rebuild.ts";
import { type JournalRebuilding, rebuildJournal } from "../ledger/rebuild-journal.ts";
import { existingWarehouse } from "../warehouse/existing.ts";
import { type Context, jsonText } from "./context.ts";
import { jsonOption, type OutputOptions } from "./options.ts";

interface RebuildOptions extends OutputOptions {
  readonly force?: true;
  readonly journal?: true;
}

/** `rebuild`: makes the ledger from the archive alone, or the journal from the ledger. */
export function define(command: Command, context: Context): void {
  command
    .option("--force", "also in place of a ledger that can be read and holds something else")
    .option("--journal", "the other way: the journal in the archive, from a ledger that is whole")
    .addOption(jsonOption())
    .action(async (options: RebuildOptions) => {
      const paths = existingWarehouse(options.warehouse);
      if (options.journal === true) {
        const journal = await rebuildJournal(paths);
        context.out(options.json ? jsonText(journal) : journalText(journal, paths.entries));
        return;
      }
      const rebuilding = await rebuildLedger(paths, { replace: options.force === true });
      context.out(options.json ? jsonText(rebuilding) : rebuildingText(rebuilding, paths.ledger));
    });
}

function rebuildingText(rebuilding: Rebuilding, ledger: string): string {
  const { result, aside, entries, receipts, readings } = rebuilding;
  const content = `${entries} entries, ${receipts} receipts, ${readings} readings`;
  if (result === "equal") return `${ledger} holds what the archive holds (${content}); it stays.`;
  const kept = aside === null ? "" : ` The one that was there is kept as ${aside}.`;
  return `${ledger} was made from the archive: ${content}.${kept}`;
}

function journalText(
  { result, aside, entries, mended }: JournalRebuilding,
  folder: string,
): string {
  if (result === "equal")
    return `${folder} holds what the ledger holds (${entries} entries); it stays.`;
  const kept = aside === null ? "" : ` The one that was there is kept as ${aside}.`;
  return `${folder} was made from the ledger: ${entries} entries, mended: ${mended.join(", ")}.${kept}`;
}
