import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { readRow, readValues, WholeNumber } from "../warehouse/connection.ts";
import { quoteName } from "../warehouse/sql.ts";

/** Of a table of a ledger: the number of its last row, how many there are, and a digest over them. */
export const TableDigest = z.object({ last: WholeNumber, rows: WholeNumber, digest: z.string() });
export type TableDigest = z.infer<typeof TableDigest>;

/** The tables of an attached database, by name. */
export async function tablesOf(connection: DuckDBConnection, database: string): Promise<string[]> {
  return readValues(
    connection,
    z.string(),
    "select table_name from duckdb_tables() where database_name = $database order by 1",
    { database },
  );
}

/**
 * What a table holds, by a digest that depends neither on the order of its rows nor on that of its
 * columns, which a column added later changes.
 * @param upTo only rows up to this number, which each table has as its first column
 */
export async function digestTable(
  connection: DuckDBConnection,
  database: string,
  table: string,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<TableDigest> {
  const columns = await readValues(
    connection,
    z.string(),
    `select column_name from duckdb_columns()
    where database_name = $database and table_name = $table order by column_index`,
    { database, table },
  );
  const names = columns.map(quoteName);
  const [number] = names;
  const inOrder = names.toSorted().join(", ");
  const found = await readRow(
    connection,
    TableDigest,
    `select
        coalesce(max(${number}), 0) as last,
        count(*) as rows,
        coalesce(sum(hash(${inOrder})::hugeint), 0)::varchar as digest
    from ${quoteName(database)}.${quoteName(table)}
    where ${number} <= ${upTo}`,
  );
  return { ...found, digest: `${inOrder} ${found.digest}` };
}
