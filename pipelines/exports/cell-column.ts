/** A column of a table, with the cell of each row in it. */
export interface CellColumn<Row, Cell> {
  readonly header: string;
  readonly width: number;
  readonly align: "left" | "center" | "right";
  readonly cell: (row: Row, index: number) => Cell;
}

const aligned =
  (align: "left" | "center" | "right") =>
  <Row, Cell>(
    header: string,
    width: number,
    cell: (row: Row, index: number) => Cell,
  ): CellColumn<Row, Cell> => ({ header, width, align, cell });

export const left = aligned("left");
export const center = aligned("center");
export const right = aligned("right");

/** The cells of rows, in the order of the columns. */
export function cellsOf<Row, Cell>(
  columns: readonly CellColumn<Row, Cell>[],
  rows: readonly Row[],
): Cell[][] {
  return rows.map((row, index) => columns.map(({ cell }) => cell(row, index)));
}
