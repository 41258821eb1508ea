import type { ColumnCode, RowCode } from "../vocabulary/form-code.ts";
import { cellName } from "../workbook/cell-name.ts";
import { withoutFootnote } from "./cell-look.ts";
import { readNote } from "./form-cell.ts";
import type { SeenCell, SeenColumn, SeenRow, SeenTable } from "./seen-form.ts";
import type { FormSheet } from "./sheet-content.ts";

/** A row of codes: what the columns below it hold, and the column in which rows say what they are. */
export interface Columns {
  readonly row: number;
  readonly key: number;
  readonly codes: ReadonlyMap<number, ColumnCode>;
}

export function valueColumns(columns: Columns): [number, { area: string }][] {
  return [...columns.codes].flatMap(([column, code]): [number, { area: string }][] =>
    code.kind === "value" ? [[column, code]] : [],
  );
}

const NUMBER = /^[-−–+]?\d{1,3}(?:[ .,\u00A0\u202F]?\d{3})*(?:[.,]\d+)?\s*%?$/;

/** No form is wider, or has more cells beside its own. */
const MAX_WIDTH = 256;
const MAX_STRAYS = 300;

/** The cells of a row that are not blank. */
export function cellsIn(sheet: FormSheet, row: number): SeenCell[] {
  return (sheet.rows[row] ?? []).slice(0, MAX_WIDTH).flatMap((value, column) => {
    const text =
      value === null || value === "" ? "" : withoutFootnote(readNote(sheet, row, column));
    if (text === "") return [];
    const isNumber = typeof value === "number" || NUMBER.test(text);
    return [{ row, column, cell: cellName(row, column), text, isNumber }];
  });
}

/** A table of a form being read, from its row of codes on. */
export class TableDraft {
  readonly columns: Columns;
  private readonly sheet: FormSheet;
  private readonly above: readonly SeenCell[];
  private readonly headers: SeenCell[] = [];
  private readonly rows: SeenRow[] = [];
  private readonly strays: SeenCell[] = [];
  private after: SeenCell[] = [];
  /** Names of the cells in which figures of measures stand. */
  readonly entries: string[] = [];
  private kind: RowCode["kind"] | null = null;
  private isOver = false;

  /** @param above cells between the table before and this one */
  constructor(sheet: FormSheet, columns: Columns, above: readonly SeenCell[]) {
    this.sheet = sheet;
    this.columns = columns;
    this.above = above;
  }

  /** Cells below its last row. */
  get below(): readonly SeenCell[] {
    return this.after;
  }

  /**
   * Whether the table goes on with a row. It is over where the head of another one begins, and where a
   * row of another kind follows: the choice that nothing arose has a row of codes of its own.
   */
  goesOnAt(row: number, kind: RowCode["kind"] | "other"): boolean {
    if (kind === "other") this.isOver ||= this.isHead(row);
    else this.isOver ||= this.kind !== null && this.kind !== kind;
    return !this.isOver;
  }

  /** Takes a row that the table goes on with. */
  take(row: number, code: RowCode | null): void {
    const cells = cellsIn(this.sheet, row).filter(({ column }) => column !== this.columns.key);
    if (code === null) {
      if (this.kind === null) this.headers.push(...cells);
      else this.pass(row);
      return;
    }
    this.kind = code.kind;
    this.after = [];
    if (code.kind !== "measure") {
      const label = code.kind === "remark" ? cells[0] : undefined;
      const besides = cells.filter((one) => one !== label && !this.columns.codes.has(one.column));
      this.strays.push(...besides);
      return;
    }
    const entries = valueColumns(this.columns);
    this.entries.push(...entries.map(([column]) => cellName(row, column)));
    const filled = cells.filter(({ column }) => entries.some(([entry]) => entry === column)).length;
    this.rows.push({
      measure: code.measure,
      cell: cellName(row, this.columns.key),
      cells: cells.filter(({ column }) => !this.columns.codes.has(column)),
      notes: cells.filter(({ column }) => this.columns.codes.get(column)?.kind === "note"),
      blank: filled === 0 ? "all" : filled < entries.length ? "some" : "none",
    });
  }

  /** Takes note of a row without a code. */
  pass(row: number): void {
    const cells = cellsIn(this.sheet, row).filter(({ column }) => column !== this.columns.key);
    this.after.push(...cells);
    if (this.strays.length < MAX_STRAYS) this.strays.push(...cells);
  }

  finish(): SeenTable {
    const { row, codes } = this.columns;
    const columns = [...codes].map(([column, code]): SeenColumn => {
      const area = code.kind === "value" && code.area !== "" ? code.area : null;
      return { area, isNote: code.kind === "note", column, cell: cellName(row, column) };
    });
    const { above, headers, rows, strays } = this;
    return { columns, above, headers, rows, strays };
  }

  /** Words over the entries and beside them, as in the head of this table. */
  private isHead(row: number): boolean {
    if (this.kind !== "measure") return false;
    const words = cellsIn(this.sheet, row).filter(({ isNumber }) => !isNumber);
    const isOver = words.some(({ column }) => this.columns.codes.get(column)?.kind === "value");
    const beside = words.filter(
      ({ column }) =>
        !this.columns.codes.has(column) && this.headers.some((one) => one.column === column),
    );
    return isOver && beside.length >= 2;
  }
}
