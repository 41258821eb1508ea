import type { Command } from "commander";
import type { Rebuilding } from "../ledger/rebuild.ts";
import type { Context } from "./context.ts";
import { jsonText } from "./context.ts";
import { jsonOption, newCommand, type OutputOptions } from "./options.ts";

interface RebuildOptions extends OutputOptions {
  readonly force?: true;
}

/** `rebuild`: makes the ledger from the archive alone. */
export function rebuildCommand(context: Context): Command {
  return newCommand(
    "rebuild",
    "make the ledger again from the archive, where it is missing or cannot be read",
  )
    .option("--force", "also in place of a ledger that can be read and holds something else")
    .addOption(jsonOption())
    .action(async (options: RebuildOptions) => {
      const { rebuildLedger } = await import("../ledger/rebuild.ts");
      const { warehousePaths } = await import("../warehouse/paths.ts");
      const paths = warehousePaths(options.warehouse);
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
