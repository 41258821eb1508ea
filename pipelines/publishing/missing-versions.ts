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
 * @param proven up to this entry the ledger has what the journal has
 * @returns a sentence for each
 */
export async function missingVersions(
  paths: WarehousePaths,
  choice: ReportChoice,
  publications: readonly StoredPublication[],
  proven: number,
): Promise<string[]> {
  const faults: string[] = [];
  for (const { entryNo, file } of await listEntries(paths)) {
    if (entryNo <= proven || !file.endsWith("-publication.json")) continue;
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
          `${one.plan_id} ${one.period} phiên bản ${one.version} có trong nhật ký (archive/entries/${file}) mà sổ tiếp nhận không có hoặc khác: chitieu rebuild so sánh hai nơi, dựng lại sổ tiếp nhận từ nhật ký.`,
        );
      }
    } catch (error) {
      if (!(error instanceof Failure) && !(error instanceof z.ZodError)) throw error;
      faults.push(`archive/entries/${file} không còn là mục nhật ký như khi ghi.`);
    }
  }
  return faults;
}
