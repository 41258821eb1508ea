/** `B7` for row 6, column 1. */
export function cellName(row: number, column: number): string {
  return columnName(column) + (row + 1);
}

/** `AA` for column 26. */
export function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

/** 26 for `AA`. */
export function columnOf(letters: string): number {
  let number = 0;
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64;
  return number - 1;
}

/** Rows and columns count from 0. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** The place of `B7`; the first one where it is no name of a cell. */
export function placeOf(name: string): Place {
  const [, letters = "A", digits = "1"] = /^([A-Z]{1,3})(\d{1,7})$/.exec(name) ?? [];
  return { row: Number(digits) - 1, column: columnOf(letters) };
}
