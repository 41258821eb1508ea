import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { link, mkdir, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { Failure } from "../vocabulary/failure.ts";
import { attach, withConnection } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { fileFailure } from "./file-failure.ts";
import { LEDGER_TABLES } from "./tables.ts";

/** Memory for judging a file; a larger one spills into the warehouse folder. */
const MEMORY_LIMIT = "1500MiB";

/**
 * Attaches the ledger for writing under the name `ledger`, and creates what is missing in it.
 * @throws Failure when another process holds it for too long, or the folder cannot be written.
 */
export async function openLedger(
  connection: DuckDBConnection,
  paths: WarehousePaths,
): Promise<void> {
  try {
    await mkdir(paths.folder, { recursive: true });
    if (!existsSync(paths.ledger)) await createLedger(connection, paths);
    await attach(connection, paths.ledger, "ledger");
    await createTables(connection, "ledger");
    await clearBegun(paths);
  } catch (error) {
    throw ledgerFailure(error, paths);
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

async function createTables(connection: DuckDBConnection, name: string): Promise<void> {
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
  return withConnection(
    async (connection) => {
      await openLedger(connection, paths);
      return work(connection);
    },
    { memory_limit: MEMORY_LIMIT, temp_directory: join(paths.folder, "spill") },
  );
}

/** Runs `work` in one transaction of the ledger: all of it is kept, or nothing. */
export async function inTransaction<T>(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  work: () => Promise<T>,
): Promise<T> {
  await connection.run("begin transaction");
  try {
    const result = await work();
    await connection.run("commit");
    return result;
  } catch (error) {
    // after a failed commit there is nothing left to roll back
    await connection.run("rollback").catch(() => undefined);
    throw ledgerFailure(error, paths);
  }
}

function ledgerFailure(error: unknown, paths: WarehousePaths): unknown {
  if (error instanceof Failure) return error;
  const message = error instanceof Error ? error.message : String(error);
  const reasons = [
    [/Permission denied/i, "you may not write there"],
    [/Read-only file system|read-only mode/i, "it is read-only"],
    [/No space left|disk is full/i, "the disk is full"],
    [/File too large/i, "the file would be larger than is allowed"],
    [/Not a directory|Is a directory/i, "something else stands in its place"],
  ] as const;
  const reason = reasons.find(([pattern]) => pattern.test(message));
  if (reason !== undefined) {
    return new Failure(`${paths.ledger} cannot be written: ${reason[1]}.`, { cause: error });
  }
  return fileFailure(error, `${paths.folder} cannot be used as a warehouse`);
}
