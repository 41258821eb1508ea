import { csvFile, FOR_PROGRAMS, figureCell, textCell } from "../vocabulary/csv-file.ts";
import type { Column, ColumnValue } from "./column.ts";

/**
 * A table as CSV for programs: null as an empty cell, flags as `true` and `false`. Quoting and guarding
 * of texts: `vocabulary/csv-file.ts`.
 * @param asStored figures with all their decimals, `3.0000`
 */
export function csvBytes<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  asStored = false,
): Uint8Array<ArrayBuffer> {
  const cells = rows.map((row) =>
    columns.map((column) => cellOf(column, column.read(row), asStored)),
  );
  const names = columns.map(({ name }) => textCell(name));
  return new TextEncoder().encode(csvFile([names, ...cells], FOR_PROGRAMS));
}

function cellOf<Row>({ kind }: Column<Row>, value: ColumnValue, asStored: boolean): string {
  if (value === null) return "";
  if (typeof value !== "string" || (asStored && kind === "figure")) return String(value);
  return kind === "figure" ? figureCell(value, FOR_PROGRAMS) : textCell(value);
}
