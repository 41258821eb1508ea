import type { NamedRange, WriteSheet } from "hucre";

/** A sheet ready to be written, and the workbook's names that belong to it. */
export interface DrawnSheet {
  readonly sheet: WriteSheet;
  readonly names: readonly NamedRange[];
}
