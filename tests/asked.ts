import type { Json } from "@duckdb/node-api";
import { attach, selectRows, withConnection } from "../pipelines/warehouse/connection.ts";
import { type TextRow, textRow } from "./models/text-table.ts";

/** Rows of a query on a database that lies in a file; its tables go by their schemas. */
export function rowsIn(file: string, sql: string): Promise<Record<string, Json>[]> {
  return withConnection(async (connection) => {
    await attach(connection, file, "it", { readOnly: true });
    await connection.run("use it");
    return selectRows(connection, sql);
  });
}

/** The same as people write it: `12.5` for DECIMAL 12.5000, `-` for null. */
export async function tableIn(file: string, sql: string): Promise<TextRow[]> {
  return (await rowsIn(file, sql)).map(textRow);
}
