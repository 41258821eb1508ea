import { z } from "zod";
import { listEntries, readEntry } from "../ledger/journal.ts";
import { Failure } from "../vocabulary/failure.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import type { ReportChoice, StoredPublication } from "./stored-publication.ts";

const Journaled = z.object({
  publication_no: z.coerce.string(),
  plan_id: z.string(),
  period: z.string(),
  version: z.coerce.number(),
  sha256: z.string(),
});

/**
 * Versions of the journal that the ledger lacks, or has under another number. A removed version that
 * no later one follows leaves no other trace.
 * @param publications what the ledger has of the chosen reports
 * @returns a sentence for each
 */
export async function missingVersions(
  paths: WarehousePaths,
  choice: ReportChoice,
  publications: readonly StoredPublication[],
): Promise<string[]> {
  const faults: string[] = [];
  for (const { file } of await listEntries(paths)) {
    if (!file.endsWith("-publication.json")) continue;
    try {
      const { entry } = await readEntry(paths, file);
      for (const row of entry.rows.publication ?? []) {
        const one = Journaled.parse(row);
        if (one.plan_id !== (choice.planId ?? one.plan_id)) continue;
        if (one.period !== (choice.period ?? one.period)) continue;
        const isThere = publications.some(
          ({ publication_no, sha256 }) =>
            publication_no === one.publication_no && sha256 === one.sha256,
        );
        if (isThere) continue;
        faults.push(
          `${one.plan_id} ${one.period} version ${one.version} is in the journal (archive/entries/${file}) and not, or not the same, in the ledger: chitieu rebuild compares the two, and makes the ledger again from the journal.`,
        );
      }
    } catch (error) {
      if (!(error instanceof Failure) && !(error instanceof z.ZodError)) throw error;
      faults.push(`archive/entries/${file} is not the entry of the journal that it was.`);
    }
  }
  return faults;
}
