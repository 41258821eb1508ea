import type { DuckDBConnection, Json } from "@duckdb/node-api";
import { selectRows } from "../../pipelines/warehouse/connection.ts";

/** One row of a table as people write it, every cell a text. */
export type TextRow = Record<string, string>;

/** The rows of a table that was typed: a head line, then a line a row, cells two blanks apart. */
export function parseTable(table: string): TextRow[] {
  const [head = [], ...lines] = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s{2,}/));
  return lines.map((cells) => {
    if (cells.length !== head.length) throw new Error(`bad line: ${cells.join(" | ")}`);
    return Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ""]));
  });
}

/** What a query finds, as people write it: `12.5` for DECIMAL 12.5000, `-` for null. */
export async function readTable(connection: DuckDBConnection, sql: string): Promise<TextRow[]> {
  return (await selectRows(connection, sql)).map(textRow);
}

/** A row as people write it. */
export function textRow(row: Readonly<Record<string, Json | undefined>>): TextRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
}

function plain(value: Json | undefined): string {
  if (value === null || value === undefined) return "-";
  const text = String(value);
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}
