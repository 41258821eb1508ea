import { existsSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { Failure } from "../vocabulary/failure.ts";
import { attach, withConnection } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { quoteName } from "../warehouse/sql.ts";
import { tablesOf } from "./table-digest.ts";
import { ledgerFailure } from "./transaction.ts";

/** Why a ledger could not be read: what `ledgerFailure` makes of an error, else that it is damaged. */
export function readingFailure(error: unknown, paths: WarehousePaths): Failure {
  const failure = ledgerFailure(error, paths);
  return failure instanceof Failure ? failure : new Failure(damagedLedger(paths), { cause: error });
}

/** Says that a ledger cannot be read, with the command that rebuilds it. */
export function damagedLedger({ ledger }: WarehousePaths): string {
  return `${ledger} bị hỏng. chitieu rebuild dựng lại từ nhật ký trong kho lưu trữ, và giữ tệp hỏng bên cạnh.`;
}

/**
 * Reads a ledger through from its first block to its last, in a connection of its own.
 * @returns what is wrong with it, as a sentence; null where nothing is or there is none
 * @throws Failure when another process holds it
 */
export async function ledgerFault(paths: WarehousePaths): Promise<string | null> {
  if (!existsSync(paths.ledger)) return null;
  try {
    await withConnection(async (connection) => {
      await attach(connection, paths.ledger, "ledger", { readOnly: true, patienceMs: 2000 });
      await readThrough(connection);
    });
    return null;
  } catch (error) {
    if (error instanceof Failure) throw error;
    const message = error instanceof Error ? error.message : String(error);
    if (/Permission denied|No such file|Cannot open file/i.test(message)) throw error;
    return damagedLedger(paths);
  }
}

/**
 * Reads every row of the attached ledger, since one that opens may have ruined blocks.
 * @throws an error of DuckDB where one is
 */
export async function readThrough(connection: DuckDBConnection): Promise<void> {
  for (const table of await tablesOf(connection, "ledger")) {
    await connection.run(`select bit_xor(hash(one)) from ledger.${quoteName(table)} as one`);
  }
}
