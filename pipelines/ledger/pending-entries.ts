import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { applyEntry, lastEntry } from "./entry.ts";
import {
  checkParts,
  clearHalfWritten,
  digestOf,
  JournalFault,
  type KeptEntry,
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
        `${paths.ledger} ends with entry ${last.entryNo}, which the journal in ${paths.entries} does not have as it was written.`,
      );
    }
  }
  let previous = last?.sha256 ?? null;
  let entryNo = last?.entryNo ?? 0;
  for (const { file } of entries.filter((one) => one.entryNo > entryNo)) {
    const kept = await readEntry(paths, file);
    checkSequence(kept, entryNo, previous);
    await checkParts(paths, kept.entry);
    await inTransaction(connection, paths, () => applyEntry(connection, paths, "ledger", kept));
    previous = kept.sha256;
    entryNo = kept.entry.entry_no;
  }
}

/**
 * Checks that an entry follows the one before.
 * @throws Failure when it does not.
 */
export function checkSequence(
  { entry }: KeptEntry,
  lastEntryNo: number,
  lastSha256: string | null,
): void {
  if (entry.entry_no !== lastEntryNo + 1) {
    throw new JournalFault(
      `Entry ${lastEntryNo + 1} is missing in the journal: after it comes ${entry.entry_no}.`,
    );
  }
  if (entry.previous !== lastSha256) {
    throw new JournalFault(
      `Entry ${entry.entry_no} of the journal does not follow the entry before it: one of the two is not as it was written.`,
    );
  }
}
