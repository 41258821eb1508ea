import type { Json } from "@duckdb/node-api";
import type { SeenTable } from "../models/seen-marts.ts";
import type { QueryResult } from "../models/shared-query.ts";
import { csvFile, FOR_PROGRAMS, figureCell, textCell } from "../vocabulary/csv-file.ts";
import { visibleText } from "../vocabulary/shown-text.ts";
import { tableText } from "./text-table.ts";

/** A missing value, as pages and documents show it. */
const MISSING = "–";

/** A result for a terminal: figures to the right, and below it how many rows there are. */
export function resultText({ columns, rows }: QueryResult): string {
  const shown = (value: Json): string => (value === null ? MISSING : visibleText(textOf(value)));
  const figures = columns.flatMap(({ isFigure }, at) => (isFigure ? [at] : []));
  const lines = [
    columns.map(({ name }) => visibleText(name)),
    ...rows.map((row) => row.map(shown)),
  ];
  return `${tableText(lines, new Set(figures))}\n\n${rows.length} hàng.`;
}

/** A result as CSV, of whose last end of line the line feed is still to come: a missing value is an empty cell, an empty text `""`. */
export function resultCsv({ columns, rows }: QueryResult): string {
  const cell = (value: Json, at: number): string => {
    if (value === null) return "";
    if (value === "") return '""';
    return columns[at]?.isFigure
      ? figureCell(textOf(value), FOR_PROGRAMS)
      : textCell(textOf(value));
  };
  const names = columns.map(({ name }) => textCell(name));
  return csvFile([names, ...rows.map((row) => row.map(cell))], FOR_PROGRAMS).replace(/\n$/, "");
}

/** A result as JSON: an object a row. */
export function resultObjects({ columns, rows }: QueryResult): Record<string, Json>[] {
  return rows.map((row) =>
    Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null])),
  );
}

function textOf(value: Json): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The tables that there are, each with what it holds and what one of its rows is. */
export function tablesText(tables: readonly SeenTable[]): string {
  return [
    ...tables.flatMap(({ table, meaning }) => [
      `${table}`,
      ...meaning.split("\n").map((line) => `  ${visibleText(line)}`),
    ]),
    "",
    "Các cột của một bảng: chitieu sql --table TÊN_BẢNG",
  ].join("\n");
}

/** A table with its columns, each with its type and what it means. */
export function columnsText({ table, meaning, columns }: SeenTable): string {
  return [
    `${table}: ${meaning}`,
    "",
    ...columns.flatMap(({ name, type, meaning: column }) => [
      `${name}  ${type}`,
      `  ${visibleText(column)}`,
    ]),
  ].join("\n");
}
