import type {
  CellStyle,
  CellValue,
  DataValidation,
  NamedRange,
  RichTextRun,
  WriteSheet,
} from "hucre";

type WrittenCell = NonNullable<WriteSheet["cells"]> extends Map<string, infer C> ? C : never;

/** A sheet being drawn. Rows and columns count from 0. */
export interface Draft {
  readonly cells: Map<string, WrittenCell>;
  readonly merges: NonNullable<WriteSheet["merges"]>;
  readonly rows: NonNullable<WriteSheet["rowDefs"]>;
  readonly validations: DataValidation[];
}

/** A sheet ready to be written, and the workbook's names that belong to it. */
export interface DrawnSheet {
  readonly sheet: WriteSheet;
  readonly names: readonly NamedRange[];
}

/** A rectangle of one row: `from` to `to`, both inside. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Names that a spreadsheet would take for an error value when they stand alone in a cell. */
const ERROR_NAME = /^#[A-Z0-9_/]+[!?]?$/;
const ESCAPED_CHARACTER = /_(?=x[0-9A-Fa-f]{4}_)/g;

export function newDraft(): Draft {
  return { cells: new Map(), merges: [], rows: new Map(), validations: [] };
}

/** Writes one value; text is always text, never a formula or an error value. */
export function put(
  draft: Draft,
  row: number,
  column: number,
  value: CellValue,
  style?: CellStyle,
): void {
  const cell: WrittenCell = style === undefined ? {} : { style };
  if (typeof value === "string") {
    const text = escaped(value);
    if (ERROR_NAME.test(text)) cell.richText = [{ text }];
    else cell.value = text;
  } else {
    cell.value = value;
  }
  draft.cells.set(`${row},${column}`, cell);
}

/** Text as a workbook keeps it: `_x0041_` would be read as the letter A. */
function escaped(text: string): string {
  return text.replace(ESCAPED_CHARACTER, "_x005F_");
}

/** Writes a value across columns, every one of them styled so that borders close. */
export function putAcross(
  draft: Draft,
  row: number,
  span: Span,
  value: CellValue,
  style: CellStyle,
  lastRow = row,
): void {
  for (let r = row; r <= lastRow; r += 1) {
    for (let c = span.from; c <= span.to; c += 1) put(draft, r, c, null, style);
  }
  put(draft, row, span.from, value, style);
  if (span.to > span.from || lastRow > row) {
    draft.merges.push({ startRow: row, startCol: span.from, endRow: lastRow, endCol: span.to });
  }
}

/** Writes runs of text in different fonts across columns. */
export function putRuns(
  draft: Draft,
  row: number,
  span: Span,
  runs: readonly RichTextRun[],
  style: CellStyle,
  lastRow = row,
): void {
  putAcross(draft, row, span, null, style, lastRow);
  const richText = runs.map((run) => ({ ...run, text: escaped(run.text) }));
  draft.cells.set(`${row},${span.from}`, { richText, style });
}

export function setHeight(draft: Draft, row: number, height: number): void {
  draft.rows.set(row, { ...draft.rows.get(row), height });
}

export function hideRow(draft: Draft, row: number): void {
  draft.rows.set(row, { ...draft.rows.get(row), hidden: true });
}
