import type { DuckDBConnection } from "@duckdb/node-api";

export type Field = string | number | boolean | null;

/** A table in memory. */
export interface MemoryTable {
  readonly schema: string;
  readonly table: string;
}

/**
 * Appends rows to a table in memory, fields in the order of its columns. Text takes the type of its
 * column, so that decimals and dates stay exact.
 * @param target its schema and name; a name alone is that of a temporary table
 */
export async function appendRows(
  connection: DuckDBConnection,
  target: MemoryTable | string,
  rows: Iterable<readonly Field[]>,
): Promise<void> {
  const appender = await (typeof target === "string"
    ? connection.createAppender(target, "main", "temp")
    : connection.createAppender(target.table, target.schema, "memory"));
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
