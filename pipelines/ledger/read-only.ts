import { existsSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { attach, readRow } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { createTables, refuseLostLedger } from "./ledger.ts";

/**
 * Attaches the ledger read-only as `ledger`; an empty one in memory where nothing has been taken in
 * yet. Waits while an intake is under way. A ledger that an earlier version made gets the tables and
 * columns that have come since.
 * @throws Failure when the ledger stays in use, or was lost.
 */
export async function attachLedgerForReading(
  connection: DuckDBConnection,
  paths: WarehousePaths,
): Promise<void> {
  if (!existsSync(paths.ledger)) {
    await refuseLostLedger(paths);
    await attach(connection, ":memory:", "ledger");
    await createTables(connection, "ledger");
    return;
  }
  await attach(connection, paths.ledger, "ledger", { readOnly: true });
  if (await isUpToDate(connection)) return;
  await connection.run("detach ledger");
  await attach(connection, paths.ledger, "ledger");
  await createTables(connection, "ledger");
  await connection.run("detach ledger");
  await attach(connection, paths.ledger, "ledger", { readOnly: true });
}

/** Whether the attached ledger has every table and column that a new one has. */
async function isUpToDate(connection: DuckDBConnection): Promise<boolean> {
  await attach(connection, ":memory:", "expected");
  try {
    await createTables(connection, "expected");
    const { missing } = await readRow(
      connection,
      z.object({ missing: z.int() }),
      `select count(*)::integer as missing
      from (
          select table_name, column_name from duckdb_columns() where database_name = 'expected'
          except
          select table_name, column_name from duckdb_columns() where database_name = 'ledger'
      )`,
    );
    return missing === 0;
  } finally {
    await connection.run("detach expected");
  }
}
