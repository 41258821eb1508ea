import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { link, mkdir, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { attach, withConnection } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { listEntries } from "./journal.ts";
import { createTables } from "./ledger-tables.ts";
import { replayPendingEntries } from "./pending-entries.ts";
import { attachWhole } from "./read-only.ts";
import { rebuildLedger } from "./rebuild.ts";
import { withRemedy } from "./rebuild-journal.ts";
import { ledgerFailure, ledgerSettings } from "./transaction.ts";

/**
 * Attaches the ledger for writing under the name `ledger`, and adds what the journal in the archive
 * has before it. One that is not there, or has not every column, is made again from the journal.
 * @throws Failure when another process holds it for too long, the folder cannot be written, or
 * ledger and journal do not belong together.
 */
export async function openLedger(
  connection: DuckDBConnection,
  paths: WarehousePaths,
): Promise<void> {
  try {
    await mkdir(paths.folder, { recursive: true });
    if (!existsSync(paths.ledger)) await makeLedger(connection, paths);
    await attachWhole(connection, paths, { readOnly: false });
    await clearBegun(paths);
    await replayPendingEntries(connection, paths);
  } catch (error) {
    throw ledgerFailure(await withRemedy(connection, error), paths);
  }
}

/** Makes a ledger where there is none: from the journal, or an empty one where that has no entry. */
async function makeLedger(connection: DuckDBConnection, paths: WarehousePaths): Promise<void> {
  const { length } = await listEntries(paths);
  if (length > 0) await rebuildLedger(paths, { replace: false });
  else await createLedger(connection, paths);
}

/** Begins the name of a ledger that is being made. */
const BEGUN = ".ledger-";

/** Removes what a killed process left of a ledger that it was making. */
async function clearBegun(paths: WarehousePaths): Promise<void> {
  for (const name of await readdir(paths.folder)) {
    if (name.startsWith(BEGUN)) await rm(join(paths.folder, name), { force: true });
  }
}

/**
 * Makes an empty ledger whole under another name first: a file that a full disk or a kill left
 * half written could never be opened again.
 */
async function createLedger(connection: DuckDBConnection, paths: WarehousePaths): Promise<void> {
  const begun = join(paths.folder, `${BEGUN}${randomUUID()}`);
  try {
    await attach(connection, begun, "begun");
    try {
      await createTables(connection, "begun");
    } finally {
      await connection.run("detach begun");
    }
    const handle = await open(begun, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    // unlike a renaming this never takes the place of a ledger that another process has just made
    await link(begun, paths.ledger);
  } catch (error) {
    if (!existsSync(paths.ledger)) throw error;
  } finally {
    for (const file of [begun, `${begun}.wal`]) await rm(file, { force: true });
  }
}

/** Opens the ledger, hands the connection to `work` and closes it whatever happens. */
export async function withLedger<T>(
  paths: WarehousePaths,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  return withConnection(async (connection) => {
    await openLedger(connection, paths);
    return work(connection);
  }, ledgerSettings(paths));
}
