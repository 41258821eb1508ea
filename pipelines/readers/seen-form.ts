import type { RemarkHead } from "../vocabulary/form-code.ts";

/** A cell that a person reads on a form, as text. Rows and columns count from 0. */
export interface SeenCell {
  readonly row: number;
  readonly column: number;
  /** A1 reference. */
  readonly cell: string;
  readonly text: string;
  /** It holds a number and nothing else. */
  readonly isNumber: boolean;
}

/** The row of a measure on a form. */
export interface SeenRow {
  readonly measure: string;
  /** A1 reference of its code. */
  readonly cell: string;
  /** Its cells besides code, entries and notes. */
  readonly cells: readonly SeenCell[];
  /** Its notes. */
  readonly notes: readonly SeenCell[];
  /** How many of its entries are blank. */
  readonly blank: "none" | "some" | "all";
}

/**
 * Something is drawn over an entry, its row or column is hidden or too small to be read, its number has
 * no room, its sheet shows no zeros, or a condition may show it otherwise.
 */
export type Unlike = "drawn" | "hidden" | "small" | "cut" | "zero" | "condition";

/** A text of the workbook beside the cells of its forms. */
export interface SeenBeside {
  /** In a comment or a drawing over a cell, in a cell of another sheet, in the margins of its pages. */
  readonly kind: "over" | "sheet" | "margin";
  readonly sheet: string;
  /** A1 reference; empty of a margin. */
  readonly cell: string;
  readonly text: string;
  readonly isNumber: boolean;
}

/** The row of a remark on a form. */
export interface SeenRemark {
  readonly head: RemarkHead;
  /** A1 reference of its code. */
  readonly cell: string;
  /** Its cells besides the code and the remark. */
  readonly cells: readonly SeenCell[];
  /** What it says. */
  readonly text: string;
}

/** A column of entries, or of notes. */
export interface SeenColumn {
  /** Code of the area; null of a column that is not an area's. */
  readonly area: string | null;
  readonly isNote: boolean;
  readonly column: number;
  /** A1 reference of its code. */
  readonly cell: string;
}

/** A table of a form: the rows below one row of column codes. */
export interface SeenTable {
  readonly columns: readonly SeenColumn[];
  /** Cells between the rows before and its row of codes: its title. */
  readonly above: readonly SeenCell[];
  /** Cells between its row of codes and its first row. */
  readonly headers: readonly SeenCell[];
  readonly rows: readonly SeenRow[];
  /** Cells in rows of it or below it that have no code, and those beside a choice or a remark. */
  readonly strays: readonly SeenCell[];
}

/** What a person sees on a form, with the digests of its labels when it was written. */
export interface SeenForm {
  readonly plan: string;
  readonly unit: string;
  readonly period: string;
  readonly sheet: string;
  /** A1 reference of its identity. */
  readonly cell: string;
  /** By what they are of, see `FormIdentity`; empty on a form of version 1. */
  readonly digests: ReadonlyMap<string, string>;
  /** Cells above the tables. */
  readonly head: readonly SeenCell[];
  readonly tables: readonly SeenTable[];
  readonly remarks: readonly SeenRemark[];
  /** It declares that nothing arose. */
  readonly nilReturn: boolean;
  /** Cells besides the entries that are struck out, wholly or in part. */
  readonly struck: readonly SeenCell[];
  /** Entries that may not be seen as they were read, and why. */
  readonly unlike: readonly { readonly cell: string; readonly why: Unlike }[];
  /** What stands beside the forms of the workbook; with the first of them alone. */
  readonly beside: readonly SeenBeside[];
}
