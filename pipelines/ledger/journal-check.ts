import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { Failure } from "../vocabulary/failure.ts";
import { readValues } from "../warehouse/connection.ts";
import { sha256Of } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { lastEntry } from "./entry.ts";
import { readErasures } from "./erasure.ts";
import { checkParts, entryOf, JournalFault, type ListedEntry, listEntries } from "./journal.ts";
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
 * @param proven up to this number the ledger is as it was when its entries were found to follow each
 * other: of these files only the bytes are compared
 */
export async function checkJournal(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  proven = 0,
): Promise<JournalCheck> {
  const held = await readValues(
    connection,
    z.string(),
    "select sha256 from ledger.entry order by entry_no",
  );
  let last = 0;
  try {
    const all = await listEntries(paths);
    checkBytes(paths, all.slice(0, proven), held);
    await checkProvenParts(connection, paths, proven);
    last = Math.min(proven, all.length);
    const entries = all.slice(proven);
    const before = proven === 0 ? null : await lastEntry(connection, proven);
    // of what was proven nothing was erased since
    const erasures = proven === 0 ? await readErasures(paths) : undefined;
    const from = { last: before, ...(erasures && { erasures }) };
    for await (const { entry, sha256 } of entriesInOrder(paths, entries, from)) {
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

/** @throws JournalFault where the first entries are not those of these digests, byte by byte */
function checkBytes(
  paths: WarehousePaths,
  entries: readonly ListedEntry[],
  held: readonly string[],
): void {
  for (const [index, { entryNo, file }] of entries.entries()) {
    if (entryNo !== index + 1) {
      throw new JournalFault(`Nhật ký thiếu mục ${index + 1}: tiếp theo là ${entryNo}.`);
    }
    // of a hundred thousand small files most of the time would be waited for
    if (sha256Of(readFileSync(join(paths.entries, file))) !== held[index]) {
      throw new JournalFault(`Mục ${entryNo} của nhật ký không còn như khi ghi.`);
    }
  }
}

/** @throws JournalFault where a Parquet file of the first entries is not as it was written */
async function checkProvenParts(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  proven: number,
): Promise<void> {
  const withParts = await readValues(
    connection,
    z.string(),
    `select content from ledger.entry
    where entry_no <= ${proven} and content not like '%"parts": []%'`,
  );
  for (const content of withParts) {
    const entry = entryOf(content);
    if (entry !== null) await checkParts(paths, entry);
  }
}
