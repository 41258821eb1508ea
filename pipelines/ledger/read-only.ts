import { existsSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { attach } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { listEntries } from "./journal.ts";
import { createTables, hasEveryColumn } from "./ledger-tables.ts";
import { rebuildLedger } from "./rebuild.ts";

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
  await attach(connection, paths.ledger, "ledger", { readOnly: true });
  if (await hasEveryColumn(connection)) return;
  await connection.run("detach ledger");
  await rebuildLedger(paths, { replace: true });
  await attach(connection, paths.ledger, "ledger", { readOnly: true });
}
