/** Decimals of a figure in data files, and its digits in all. */
export const FIGURE_SCALE = 6;
export const FIGURE_PRECISION = 38;

export type ColumnValue = string | number | boolean | null;

/** A column of a data file. */
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
  /** The unit of measure of the whole column. */
  readonly unit?: string;
  /** The allowed values of a word. */
  readonly words?: readonly string[];
  readonly isRequired?: true;
  /** Part of the key. */
  readonly isKey?: true;
  read(row: Row): ColumnValue;
}
