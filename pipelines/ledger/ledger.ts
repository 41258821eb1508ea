import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { link, mkdir, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { Failure } from "../vocabulary/failure.ts";
import { attach, withConnection } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { listEntries } from "./journal.ts";
import { settleJournal } from "./settlement.ts";
import { LEDGER_TABLES } from "./tables.ts";
import { ledgerFailure } from "./transaction.ts";

/** Memory for judging a file; a larger one spills into the warehouse folder. */
const MEMORY_LIMIT = "1500MiB";

/**
 * Attaches the ledger for writing under the name `ledger`, creates what is missing in it, and brings
 * it and the journal in the archive to the same state.
 * @throws Failure when another process holds it for too long, the folder cannot be written, or
 * ledger and journal do not belong together.
 */
export async function openLedger(
  connection: DuckDBConnection,
  paths: WarehousePaths,
): Promise<void> {
  try {
    await mkdir(paths.folder, { recursive: true });
    if (!existsSync(paths.ledger)) {
      await refuseLostLedger(paths);
      await createLedger(connection, paths);
    }
    await attach(connection, paths.ledger, "ledger");
    await createTables(connection, "ledger");
    await clearBegun(paths);
    await settleJournal(connection, paths);
  } catch (error) {
    throw ledgerFailure(error, paths);
  }
}

/** An empty ledger must not take the place of one that was lost. */
export async function refuseLostLedger(paths: WarehousePaths): Promise<void> {
  const { length } = await listEntries(paths);
  if (length > 0) {
    throw new Failure(
      `${paths.ledger} is not there, but the archive holds ${length} entries of it. Run "chitieu rebuild", which makes it again.`,
    );
  }
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

/** Creates what is missing in the ledger that is attached under a name. */
export async function createTables(connection: DuckDBConnection, name: string): Promise<void> {
  await connection.run(`use ${name}`);
  try {
    await connection.run(LEDGER_TABLES);
  } finally {
    await connection.run("use memory");
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

/** Settings of a DuckDB that works on the ledger. */
export function ledgerSettings(paths: WarehousePaths): Record<string, string> {
  return { memory_limit: MEMORY_LIMIT, temp_directory: join(paths.folder, "spill") };
}
