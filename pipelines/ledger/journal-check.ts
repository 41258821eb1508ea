import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { Failure } from "../vocabulary/failure.ts";
import { readValues } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { readErasures } from "./erasure.ts";
import { JournalFault, listEntries } from "./journal.ts";
import { entriesInOrder } from "./pending-entries.ts";
import { withRemedy } from "./rebuild-journal.ts";

/** What was found in comparing a journal with its ledger. */
export interface JournalCheck {
  /** What is wrong, each as a sentence that names what mends it. */
  readonly faults: readonly string[];
  /** Entries that follow those of the ledger: a kill came before their rows. */
  readonly pending: number;
}

/**
 * Reads the whole journal and compares it with the ledger that is attached as `ledger`: every entry
 * and its Parquet files are there as they were written, in their order, and no other. While the
 * ledger is attached nobody writes an entry.
 */
export async function checkJournal(
  connection: DuckDBConnection,
  paths: WarehousePaths,
): Promise<JournalCheck> {
  const held = await readValues(
    connection,
    z.string(),
    "select sha256 from ledger.entry order by entry_no",
  );
  let last = 0;
  try {
    const erasures = await readErasures(paths);
    const entries = await listEntries(paths);
    for await (const { entry, sha256 } of entriesInOrder(paths, entries, { erasures })) {
      const own = held[last];
      if (own !== undefined && own !== sha256) {
        throw new JournalFault(`Mục ${last + 1} của nhật ký không khớp với sổ tiếp nhận.`);
      }
      last = entry.entry_no;
    }
    if (last < held.length) {
      throw new JournalFault(
        `Nhật ký trong ${paths.entries} kết thúc ở mục ${last}, sổ tiếp nhận ở mục ${held.length}.`,
      );
    }
  } catch (error) {
    const failure = await withRemedy(connection, error);
    if (!(failure instanceof Failure)) throw failure;
    return { faults: [failure.message], pending: 0 };
  }
  return { faults: [], pending: last - held.length };
}
