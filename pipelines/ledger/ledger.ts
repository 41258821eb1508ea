import { existsSync } from "node:fs";
import { link, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { Failure } from "../vocabulary/failure.ts";
import { attach, isLeftSpill, spillingInto, withConnection } from "../warehouse/connection.ts";
import { syncPath } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { uniqueName } from "../warehouse/random.ts";
import { readingFailure } from "./damage.ts";
import { isOrdered } from "./erasure-order.ts";
import { listEntries } from "./journal.ts";
import { createTables, hasEveryColumn } from "./ledger-tables.ts";
import { replayPendingEntries } from "./pending-entries.ts";
import { rebuildLedger } from "./rebuild.ts";
import { withRemedy } from "./rebuild-journal.ts";
import { ledgerFailure } from "./transaction.ts";

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

/** Removes what killed processes left: of a ledger that one was making, of what engines had spilled. */
async function clearBegun(paths: WarehousePaths): Promise<void> {
  for (const name of await readdir(paths.folder)) {
    if (name.startsWith(BEGUN) || isLeftSpill(name)) {
      await rm(join(paths.folder, name), { recursive: true, force: true });
    }
  }
}

/**
 * Makes an empty ledger whole under another name first: a file that a full disk or a kill left
 * half written could never be opened again.
 */
async function createLedger(connection: DuckDBConnection, paths: WarehousePaths): Promise<void> {
  const begun = join(paths.folder, `${BEGUN}${uniqueName()}`);
  try {
    await attach(connection, begun, "begun");
    try {
      await createTables(connection, "begun");
    } finally {
      await connection.run("detach begun");
    }
    await syncPath(begun);
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
  }, spillingInto(paths));
}

/** Closes the ledger of such a connection while something is done, so that others may have it. */
export async function withoutLedger<T>(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  work: () => Promise<T>,
): Promise<T> {
  await connection.run("detach ledger");
  try {
    return await work();
  } finally {
    await openLedger(connection, paths);
  }
}

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
  }, spillingInto(paths));
}

/**
 * Attaches the existing ledger as `ledger`. One of an earlier version is rebuilt from the journal, and
 * the old one kept beside it; so is one with an interrupted erasure, but that one is not kept.
 * @throws Failure that names the command which mends it where it cannot be opened, or cannot be
 * brought to this version; nothing is changed then
 */
async function attachWhole(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  mode: { readonly readOnly: boolean },
): Promise<void> {
  if (await attachCurrent(connection, paths, mode)) return;
  await connection.run("detach ledger");
  if ((await listEntries(paths)).length === 0) {
    throw new Failure(
      `${paths.ledger} do bản chitieu cũ hơn lập, mà ${paths.entries} không có nhật ký để dựng lại. Chưa thay đổi gì. Dùng tiếp bản đã lập, hoặc khôi phục kho lưu trữ: chitieu restore BẢN_SAO.`,
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
    throw readingFailure(error, paths);
  }
}
