import type { Column, ColumnValue } from "./column.ts";

const BYTE_ORDER_MARK = "\uFEFF";
const LINE_END = "\r\n";
/** What a spreadsheet may take for the beginning of a formula, full-width letters included. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;
const GUARD = "'";

/**
 * A table as CSV for spreadsheets and other programs: UTF-8 with a byte order mark, commas, CRLF,
 * decimals with a point, no figure as an empty cell, flags as `true` and `false`. A text that a
 * spreadsheet could take for a formula gets an apostrophe before it, and so does one that begins
 * with an apostrophe: a reader that takes one leading apostrophe away has the text as it was.
 */
export function csvBytes<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Uint8Array<ArrayBuffer> {
  const lines = [columns.map(({ name }) => csvCell(guarded(name)))];
  for (const row of rows) {
    lines.push(columns.map((column) => csvCell(csvText(column, column.read(row)))));
  }
  const text = lines.map((cells) => cells.join(",") + LINE_END).join("");
  return new TextEncoder().encode(BYTE_ORDER_MARK + text);
}

function csvText<Row>({ kind }: Column<Row>, value: ColumnValue): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  // A figure is digits only; an apostrophe would turn a negative one into text.
  return kind === "figure" ? value : guarded(value);
}

function guarded(text: string): string {
  return FORMULA.test(text) || text.startsWith(GUARD) ? GUARD + text : text;
}

function csvCell(text: string): string {
  return /[",\r\n;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
