import { type CellColumn, cellsOf } from "./cell-column.ts";

/**
 * One cell of a workbook's table. `figure` is an exact decimal, stored as a number; `sign` comes before
 * it, `isAnswer` shows 1 and 0 as yes and no. `moment` is `YYYY-MM-DD HH:MM:SS` or a day, kept as a
 * date.
 */
export type SheetCell =
  | { readonly text: string }
  | {
      readonly figure: string;
      readonly sign?: string;
      readonly isAnswer?: boolean;
    }
  | { readonly whole: number }
  | { readonly moment: string }
  | null;

export interface SheetColumn {
  readonly header: string;
  /** In digits of the text's size. */
  readonly width: number;
  readonly align: "left" | "center" | "right";
}

/** A row of cells, or a row of one text across the table. */
export type SheetRow = readonly SheetCell[] | { readonly heading: string };

/** One table of a workbook, on a sheet of its own. */
export interface SheetTable {
  /** Name of the sheet, 31 letters at most. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly SheetRow[];
  readonly notes?: readonly string[];
  /** Frozen columns; two by default. */
  readonly frozenColumns?: number;
  readonly hasFilter?: boolean;
  /** Printed on one page. */
  readonly isOnePage?: boolean;
  /** For whoever works with the figures: not in what goes to a superior. */
  readonly isForWork?: boolean;
  /** For programs: neither seen nor printed unless somebody shows it. */
  readonly isHidden?: boolean;
}

/** A table's columns and the cells of its rows. */
export function tableOf<Row>(
  columns: readonly CellColumn<Row, SheetCell>[],
  rows: readonly Row[],
): Pick<SheetTable, "columns" | "rows"> {
  return { columns, rows: cellsOf(columns, rows) };
}

export const text = (words: string | null): SheetCell => (words === null ? null : { text: words });
export const moment = (at: string | null): SheetCell => (at === null ? null : { moment: at });
export const whole = (number: number | null): SheetCell =>
  number === null ? null : { whole: number };
/** A figure, else a mark that says why there is none. */
export const figure = (value: string | null, mark: string | null = null): SheetCell =>
  value === null ? text(mark) : { figure: value };
