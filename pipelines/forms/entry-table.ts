import type { CellStyle } from "hucre";
import { COLUMNS_CODE, writeColumnCode, writeRowCode } from "../vocabulary/form-code.ts";
import {
  type Draft,
  hideRow,
  put,
  putAcross,
  type Span,
  setHeight,
} from "../workbook/sheet-draft.ts";
import {
  entryStyle,
  headerStyle,
  noteStyle,
  SIZE,
  smaller,
  tableStyle,
  textStyle,
} from "../workbook/style.ts";
import { lineCount, textHeight } from "../workbook/text-size.ts";
import { enteredValue, entryKey, type FormFilling } from "./filling.ts";
import * as wording from "./form-wording.ts";
import { type Grid, pointsAcross } from "./grid.ts";
import { titleOfTable } from "./labels.ts";
import { type FormLayout, type FormRow, type FormTable, limitOf } from "./layout.ts";
import { entryRule } from "./validation.ts";

const HEADER_LETTERS = ["A", "B", "C", "D"] as const;
const LEAST_HEIGHT = 20;
/** Spreadsheets allow no higher row. */
export const MAX_HEIGHT = 409;

interface DrawnTable {
  /** The next free row. */
  readonly next: number;
  /** The header rows. */
  readonly headers: Span;
}

/**
 * Draws one table: its title where the form has several, its column codes, headers and rows.
 * @param index place of the table on the form.
 */
export function drawTable(
  draft: Draft,
  grid: Grid,
  layout: FormLayout,
  index: number,
  table: FormTable,
  filling: FormFilling,
  start: number,
): DrawnTable {
  let row = start;
  const title = titleOfTable(layout, index, table);
  if (title !== null) {
    putAcross(draft, row, grid.whole, title, textStyle(SIZE.text, "left", { bold: true }));
    setHeight(draft, row, 22);
    row += 1;
  }
  drawColumnCodes(draft, grid, table, row);
  const headers = drawHeaders(draft, grid, table, row + 1);
  row = headers.to + 1;
  for (const formRow of table.rows) {
    drawRow(draft, grid, layout, table, formRow, filling, row);
    row += 1;
  }
  return { next: row, headers };
}

/** The area of each value column, `""` for the unit's own. */
function areaCodes(table: FormTable): string[] {
  return table.areas?.map(({ code }) => code) ?? [""];
}

function drawColumnCodes(draft: Draft, grid: Grid, table: FormTable, row: number): void {
  const spans = grid.valueSpans(table);
  put(draft, row, grid.key, COLUMNS_CODE);
  areaCodes(table).forEach((area, place) => {
    put(draft, row, spans[place]?.from ?? grid.last, writeColumnCode({ kind: "value", area }));
  });
  put(draft, row, grid.noteSpan(table).from, writeColumnCode({ kind: "note" }));
  hideRow(draft, row);
}

function drawRow(
  draft: Draft,
  grid: Grid,
  layout: FormLayout,
  table: FormTable,
  { number, measure }: FormRow,
  filling: FormFilling,
  row: number,
): void {
  put(draft, row, grid.key, writeRowCode({ kind: "measure", measure: measure.code }));
  const explained = wording.explanation(measure, limitOf(layout, measure));
  const noteText = filling.notes.get(measure.code) ?? "";
  const note = grid.noteSpan(table);
  const texts: [Span, string, CellStyle][] = [
    [column(grid.number), String(number), tableStyle("center")],
    [column(grid.measure), measure.name, tableStyle("left")],
    [column(grid.unitOfMeasure), measure.unit_of_measure, tableStyle("center")],
    [grid.explanationSpan(table), explained, smaller(tableStyle("left"))],
    [note, noteText, noteStyle()],
  ];
  let height = LEAST_HEIGHT;
  for (const [span, text, style] of texts) {
    putAcross(draft, row, span, text === "" ? null : text, style);
    const font = { size: style.font?.size ?? SIZE.table };
    height = Math.max(height, textHeight(text, font, pointsAcross(grid, span)));
  }
  setHeight(draft, row, Math.min(height, MAX_HEIGHT));
  const areas = areaCodes(table);
  grid.valueSpans(table).forEach((span, place) => {
    const value = enteredValue(filling, entryKey(measure.code, areas[place]));
    putAcross(draft, row, span, value, entryStyle(measure.kind === "count" ? "right" : "center"));
    draft.validations.push(entryRule(measure, row, span.from));
  });
}

function drawHeaders(draft: Draft, grid: Grid, table: FormTable, start: number): Span {
  const { HEADER } = wording;
  const spans = grid.valueSpans(table);
  const cells: [Span, string, string][] = [
    [column(grid.number), HEADER.number, HEADER_LETTERS[0]],
    [column(grid.measure), HEADER.measure, HEADER_LETTERS[1]],
    [column(grid.unitOfMeasure), HEADER.unitOfMeasure, HEADER_LETTERS[2]],
    [grid.explanationSpan(table), HEADER.explanation, HEADER_LETTERS[3]],
    ...spans.map((span, place): [Span, string, string] => [
      span,
      table.areas?.[place]?.name ?? HEADER.value,
      String(place + 1),
    ]),
    [grid.noteSpan(table), HEADER.note, String(spans.length + 1)],
  ];
  const size = table.areas === null ? SIZE.table : SIZE.small;
  let height = LEAST_HEIGHT;
  for (const [span, text, letter] of cells) {
    putAcross(draft, start, span, text, headerStyle(size));
    putAcross(draft, start + 1, span, letter, smaller(tableStyle("center", { italic: true })));
    const width = pointsAcross(grid, span);
    height = Math.max(height, lineCount(text, { size, bold: true }, width) * size * 1.25 + 6);
  }
  setHeight(draft, start, Math.ceil(height));
  setHeight(draft, start + 1, 14);
  return { from: start, to: start + 1 };
}

function column(index: number): Span {
  return { from: index, to: index };
}
