/** Decimals that a figure may have in the files for other programs, and digits in all. */
export const FIGURE_SCALE = 6;
export const FIGURE_PRECISION = 38;

export type ColumnValue = string | number | boolean | null;

/** One column of a table for other programs. */
export interface Column<Row> {
  /** English, in small letters. */
  readonly name: string;
  /**
   * `word`: text from a short list, `text`: any text, `whole`: an integer, `figure`: an exact decimal,
   * `flag`: true or false.
   */
  readonly kind: "word" | "text" | "whole" | "figure" | "flag";
  /** In Vietnamese, for the data package. */
  readonly description: string;
  /** Unit of measure, where all of the column has one. */
  readonly unit?: string;
  /** The values that a word may have. */
  readonly words?: readonly string[];
  readonly isRequired?: true;
  /** One of the columns that tell rows apart. */
  readonly isKey?: true;
  read(row: Row): ColumnValue;
}
