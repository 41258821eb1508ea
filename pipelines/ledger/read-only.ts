import { existsSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { Failure } from "../vocabulary/failure.ts";
import { attach, withConnection } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { damagedLedger } from "./damage.ts";
import { isOrdered } from "./erasure-order.ts";
import { listEntries } from "./journal.ts";
import { createTables, hasEveryColumn } from "./ledger-tables.ts";
import { rebuildLedger } from "./rebuild.ts";
import { ledgerFailure } from "./transaction.ts";

/**
 * Attaches the ledger read-only as `ledger`; an empty one in memory where nothing has been received
 * yet. Waits while an intake is under way. One that was lost, or has not every column, is made again
 * from the journal.
 * @throws Failure when the ledger stays in use, or cannot be made.
 */
export async function attachLedgerForReading(
  connection: DuckDBConnection,
  paths: WarehousePaths,
): Promise<void> {
  if (!existsSync(paths.ledger)) {
    const { length } = await listEntries(paths);
    if (length === 0) {
      await attach(connection, ":memory:", "ledger");
      await createTables(connection, "ledger");
      return;
    }
    await rebuildLedger(paths, { replace: false });
  }
  await attachWhole(connection, paths, { readOnly: true });
}

/** Works with the ledger, attached read-only as `ledger`. @throws Failure as `attachLedgerForReading` */
export async function readLedger<T>(
  paths: WarehousePaths,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  return withConnection(async (connection) => {
    await attachLedgerForReading(connection, paths);
    return work(connection);
  });
}

/**
 * Attaches the ledger that is there as `ledger`. One of an earlier version is made again from the
 * journal, and the old one kept beside it; so is one of which something was to be erased when a kill
 * came, and that one is not kept.
 * @throws Failure that names the command which mends it where it cannot be opened, or cannot be
 * brought to this version; nothing is changed then
 */
export async function attachWhole(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  mode: { readonly readOnly: boolean },
): Promise<void> {
  if (await attachCurrent(connection, paths, mode)) return;
  await connection.run("detach ledger");
  if ((await listEntries(paths)).length === 0) {
    throw new Failure(
      `${paths.ledger} was made by an earlier version of chitieu, and ${paths.entries} holds no journal from which this one could make it again. Nothing was changed. Go on with the version that made it, or bring the archive back: chitieu restore BACKUP.`,
    );
  }
  await rebuildLedger(paths, { replace: true });
  await attachCurrent(connection, paths, mode);
}

/** @returns whether it is of this version */
async function attachCurrent(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  mode: { readonly readOnly: boolean },
): Promise<boolean> {
  try {
    await attach(connection, paths.ledger, "ledger", mode);
    return (await hasEveryColumn(connection)) && !isOrdered(paths);
  } catch (error) {
    const failure = ledgerFailure(error, paths);
    throw failure instanceof Failure
      ? failure
      : new Failure(damagedLedger(paths), { cause: error });
  }
}
