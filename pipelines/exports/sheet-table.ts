/**
 * One cell of a workbook's table. `figure` is an exact decimal, kept as a number; `sign` stands before
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
  /** Shown in place of rows where there are none. */
  readonly ifEmpty?: string;
  readonly notes?: readonly string[];
  /** Columns that stay in sight when the sheet is scrolled; two where it says nothing. */
  readonly frozenColumns?: number;
  readonly hasFilter?: boolean;
  /** It is printed on one page, whole. */
  readonly isOnePage?: boolean;
}
