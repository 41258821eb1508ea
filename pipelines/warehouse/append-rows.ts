import type { DuckDBConnection } from "@duckdb/node-api";

export type Field = string | number | boolean | null;

/** Appends rows to a temporary table, fields in the order of its columns. */
export async function appendRows(
  connection: DuckDBConnection,
  table: string,
  rows: Iterable<readonly Field[]>,
): Promise<void> {
  const appender = await connection.createAppender(table, "main", "temp");
  try {
    for (const row of rows) {
      for (const field of row) {
        if (field === null) appender.appendNull();
        else if (typeof field === "string") appender.appendVarchar(field);
        else if (typeof field === "boolean") appender.appendBoolean(field);
        else appender.appendInteger(field);
      }
      appender.endRow();
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}
