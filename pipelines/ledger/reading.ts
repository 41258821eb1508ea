import { existsSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { attach } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { refuseLostLedger } from "./ledger.ts";
import { LEDGER_TABLES } from "./tables.ts";

/**
 * Attaches the ledger read-only as `ledger`; an empty one in memory where nothing has been taken in
 * yet. Waits while an intake is under way.
 * @throws Failure when the ledger stays in use.
 */
export async function attachLedgerForReading(
  connection: DuckDBConnection,
  paths: WarehousePaths,
): Promise<void> {
  if (existsSync(paths.ledger)) {
    await attach(connection, paths.ledger, "ledger", { readOnly: true });
    return;
  }
  await refuseLostLedger(paths);
  await attach(connection, ":memory:", "ledger");
  await connection.run(`use ledger; ${LEDGER_TABLES}; use memory`);
}
