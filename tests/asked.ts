import type { DuckDBConnection, Json } from "@duckdb/node-api";
import { attach, selectRows, withConnection } from "../pipelines/warehouse/connection.ts";
import { type TextRow, textRow } from "./models/text-table.ts";

/** Reads a database that lies in a file. @param as its name in the statements */
export function opened<T>(
  file: string,
  as: string,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  return withConnection(async (connection) => {
    await attach(connection, file, as, { readOnly: true });
    return work(connection);
  });
}

/** Rows of a query on a database that lies in a file; its tables go by their schemas. */
export function rowsIn(file: string, sql: string): Promise<Record<string, Json>[]> {
  return opened(file, "it", async (connection) => {
    await connection.run("use it");
    return selectRows(connection, sql);
  });
}

/** The same as people write it: `12.5` for DECIMAL 12.5000, `-` for null. */
export async function tableIn(file: string, sql: string): Promise<TextRow[]> {
  return (await rowsIn(file, sql)).map(textRow);
}

/** Alters a database in a file behind the back of the program. @param as its name in the statements */
export function alter(file: string, as: string, sql: string): Promise<unknown> {
  return withConnection(async (connection) => {
    await attach(connection, file, as);
    await connection.run(sql);
  });
}
