import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { applyEntries, type LastEntry, lastEntry } from "./entry.ts";
import type { Erasures } from "./erasure.ts";
import {
  checkParts,
  clearHalfWritten,
  digestOf,
  JournalFault,
  type KeptEntry,
  type ListedEntry,
  readEntry,
} from "./journal.ts";
import { inTransaction } from "./transaction.ts";

/**
 * Adds the entries of the journal that the ledger does not hold yet: a kill can only have left those
 * that it came before.
 * @throws Failure when the ledger does not stand on this journal.
 */
export async function replayPendingEntries(
  connection: DuckDBConnection,
  paths: WarehousePaths,
): Promise<void> {
  const last = await lastEntry(connection);
  const entries = await clearHalfWritten(paths);
  if (last !== null) {
    const own = entries.find(({ entryNo }) => entryNo === last.entryNo);
    const path = own === undefined ? null : join(paths.entries, own.file);
    if (path === null || (await digestOf(path)) !== last.sha256) {
      throw new JournalFault(
        `${paths.ledger} kết thúc ở mục ${last.entryNo}, mà nhật ký trong ${paths.entries} không có mục ấy như khi ghi.`,
      );
    }
  }
  const pending = entries.filter(({ entryNo }) => entryNo > (last?.entryNo ?? 0));
  for await (const kept of entriesInOrder(paths, pending, { last })) {
    await inTransaction(connection, paths, () => applyEntries(connection, paths, "ledger", [kept]));
  }
}

/**
 * Reads entries of the journal, checking that each follows the one before and has its Parquet files.
 * @param given `last`: the entry before the first; `erasures`: what was taken out of entries since they
 * were written
 * @throws JournalFault for the first that is missing or is not as it was written
 */
export async function* entriesInOrder(
  paths: WarehousePaths,
  entries: readonly ListedEntry[],
  { last = null, erasures }: { last?: LastEntry | null; erasures?: Erasures },
): AsyncGenerator<KeptEntry> {
  let entryNo = last?.entryNo ?? 0;
  let previous = last?.sha256 ?? null;
  for (const { file } of entries) {
    const kept = await readEntry(paths, file);
    const { entry, sha256 } = kept;
    if (entry.entry_no !== entryNo + 1) {
      throw new JournalFault(`Nhật ký thiếu mục ${entryNo + 1}: tiếp theo là ${entry.entry_no}.`);
    }
    if (entry.previous !== previous) {
      throw new JournalFault(
        `Mục ${entry.entry_no} của nhật ký không nối tiếp mục trước: một trong hai không còn như khi ghi.`,
      );
    }
    await checkParts(paths, entry);
    yield kept;
    previous = erasures?.linkOf(entry, sha256) ?? sha256;
    entryNo = entry.entry_no;
  }
}
