import { WORKBOOK_BOUNDS } from "./reading-limits.ts";

/** The content of a cell: blank is null, a formula is its last result. */
export type CellContent = string | number | boolean | Date | null;

/** What a cell's content alone does not say. */
export interface CellMark {
  /** The content is the name of an error, such as `#REF!`. */
  readonly isError?: boolean;
  /** The content is the result of a formula. */
  readonly isFormula?: boolean;
  /** The formula, where its text is known. */
  readonly formula?: string;
  /** A number that is shown times 100 with `%`: 0.25 as 25%. */
  readonly isPercentage?: boolean;
  /** All of it, or a part, is struck out. */
  readonly isStruck?: boolean;
  /** What is shown of a number, where that says something else; nothing of a text that nobody sees. */
  readonly shown?: string;
  /** A condition that is not known may show it otherwise. */
  readonly isUncertain?: boolean;
  /** The text as the file has it, where a part of it is not seen or is raised. */
  readonly whole?: string;
}

/** Cells that are merged into one; rows and columns count from 0, the last ones are in it. */
export interface MergedCells {
  readonly startRow: number;
  readonly endRow: number;
  readonly startCol: number;
  readonly endCol: number;
}

/** A comment on a cell, or what is drawn over it, with a text or without. */
export interface PlacedText {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  /** The last row and column that a drawing lies over; none of a comment. */
  readonly end?: { readonly row: number; readonly column: number };
}

/** How high rows are and how wide columns, in points, where the file says so; 0 where they are hidden. */
export interface LineSizes {
  readonly rows: ReadonlyMap<number, number>;
  readonly columns: ReadonlyMap<number, number>;
}

/** A column is so many digits wide, of a font of twelve points. */
export const DIGIT_POINTS = 6;

/** A sheet of a workbook of any format, as far as a form needs it. Rows and columns count from 0. */
export interface FormSheet {
  readonly name: string;
  readonly isHidden: boolean;
  /** A row or a cell that is not there is blank. */
  readonly rows: readonly (readonly CellContent[] | undefined)[];
  /** By `row,column`, for the cells that have any. */
  readonly marks: ReadonlyMap<string, CellMark>;
  readonly merged: readonly MergedCells[];
  readonly over: readonly PlacedText[];
  readonly sizes: LineSizes;
  /** It shows nothing in place of 0. */
  readonly hidesZeros: boolean;
}

/** What a spreadsheet lets into one cell. */
const MAX_TEXT = 32_767;

/** A workbook is larger than is laid out in memory. */
export class WorkbookTooLarge extends Error {}

/** What the sheets of one workbook may take up together. */
export class WorkbookRoom {
  private cells = WORKBOOK_BOUNDS.cells;
  private places = WORKBOOK_BOUNDS.places;
  private pieces = WORKBOOK_BOUNDS.pieces;

  /** @throws WorkbookTooLarge */
  take(cells: number, places: number): void {
    this.cells -= cells;
    this.places -= places;
    if (this.cells < 0 || this.places < 0) throw new WorkbookTooLarge("more cells than a form has");
  }

  /** Counts a piece that has been met, whether it holds anything or not. @throws WorkbookTooLarge */
  meet(): void {
    this.pieces -= 1;
    if (this.pieces < 0) throw new WorkbookTooLarge("more pieces than a form has");
  }

  /** @throws WorkbookTooLarge where a text is longer than a cell may hold */
  fit(length: number): void {
    if (length > MAX_TEXT) throw new WorkbookTooLarge("a longer text than a cell may hold");
  }
}

/** A sheet being read, cell by cell in any order. */
export class SheetDraft {
  readonly rows: CellContent[][] = [];
  readonly marks = new Map<string, CellMark>();
  readonly merged: MergedCells[] = [];
  readonly over: PlacedText[] = [];
  readonly sizes = { rows: new Map<number, number>(), columns: new Map<number, number>() };
  hidesZeros = false;
  private readonly room: WorkbookRoom;
  private width = 0;

  constructor(room: WorkbookRoom) {
    this.room = room;
  }

  /** @throws WorkbookTooLarge */
  put(row: number, column: number, value: CellContent, mark?: CellMark): void {
    const width = Math.max(this.width, column + 1);
    const height = Math.max(this.rows.length, row + 1);
    this.room.take(1, width * height - this.width * this.rows.length);
    this.width = width;
    while (this.rows.length < height) this.rows.push([]);
    const cells = this.rows[row] ?? [];
    while (cells.length < column) cells.push(null);
    cells[column] = value;
    if (mark !== undefined) this.marks.set(`${row},${column}`, mark);
  }

  /** @throws WorkbookTooLarge */
  merge(cells: MergedCells): void {
    this.room.meet();
    this.merged.push(cells);
  }

  /** @throws WorkbookTooLarge */
  lay(row: number, column: number, text: string, end?: PlacedText["end"]): void {
    this.room.meet();
    if (text.trim() !== "" || end !== undefined) {
      this.over.push({ row, column, text, ...(end === undefined ? {} : { end }) });
    }
  }

  finish(name: string, isHidden: boolean): FormSheet {
    const { rows, marks, merged, over, sizes, hidesZeros } = this;
    return { name, isHidden, rows, marks, merged, over, sizes, hidesZeros };
  }
}
