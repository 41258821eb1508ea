import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteLiteral, quoteName } from "../warehouse/sql.ts";
import { insertRows, type NewEntry } from "./entry.ts";
import { tablesOf } from "./table-digest.ts";

/**
 * From here what is only tried is numbered, which no ledger comes to: its numbers are nobody's, and what is
 * tried is the latest. It has them when it is examined, and nothing that comes in meanwhile can take them.
 */
export const TRIED_FROM = 2 ** 40;

/** Tables that hold a row of whatever came in; of the others none is large. */
const NARROWED: Readonly<Record<string, string>> = {
  submission: "plan_id in (select unnest($plans::json::varchar[]))",
  reading: "submission_no in (select submission_no from ledger.main.submission)",
  receipt: "true",
};

/**
 * Puts in the place of the ledger that is attached one in memory that holds of submissions those of some
 * plans alone, and besides what a file would bring that has not come in.
 */
export async function tryInLedger(
  connection: DuckDBConnection,
  plans: readonly string[],
  { submission = [], reading = [], receipt = [] }: NewEntry,
): Promise<void> {
  await connection.run(
    "alter database ledger set alias to ledger_read; attach ':memory:' as ledger",
  );
  const added: NewEntry = { submission, reading, receipt };
  for (const [table, condition] of Object.entries(NARROWED)) {
    const own = condition.replace("$plans", quoteLiteral(JSON.stringify(plans)));
    await connection.run(
      `create table ledger.main.${table} as from ledger_read.main.${table} where ${own}`,
    );
  }
  for (const table of await tablesOf(connection, "ledger_read")) {
    if (table in NARROWED) continue;
    await connection.run(
      `create view ledger.main.${quoteName(table)} as from ledger_read.main.${quoteName(table)}`,
    );
  }
  for (const [table, rows] of Object.entries(added)) {
    if ("query" in rows) throw new RangeError("so much is not tried in the ledger");
    const numbers = rows.flatMap(({ submission_no, receipt_no }) => [submission_no, receipt_no]);
    if (numbers.some((one) => one != null && Number(one) < TRIED_FROM))
      throw new RangeError("what is tried has numbers of the ledger");
    if (rows.length > 0) await insertRows(connection, `ledger.main.${quoteName(table)}`, rows);
  }
}
