import type { FontStyle } from "hucre";
import {
  columnName,
  type Draft,
  hideRow,
  newDraft,
  put,
  putAcross,
  putRuns,
  type Span,
  setHeight,
} from "./draft.ts";
import type { DrawnSheet } from "./drawn-sheet.ts";
import { enteredNumber, entryKey, type FormFilling } from "./filling.ts";
import {
  COLUMNS_CODE,
  FORM_VERSION,
  writeColumnCode,
  writeIdentity,
  writeRowCode,
} from "./form-code.ts";
import { type Grid, gridOf, pointsAcross } from "./grid.ts";
import { type FormLayout, type FormTable, limitOf } from "./layout.ts";
import { FORM_PROTECTION, formPage, pageHeight, printNames } from "./page.ts";
import { pageBreaks } from "./page-break.ts";
import {
  entryStyle,
  FONT_NAME,
  freeTextStyle,
  headerStyle,
  noteStyle,
  SIZE,
  tableStyle,
  textStyle,
} from "./style.ts";
import { lineCount, textHeight } from "./text-size.ts";
import { entryRule, nilRule } from "./validation.ts";
import * as wording from "./wording.ts";

const HEADER_LETTERS = ["A", "B", "C", "D"] as const;

/** Draws the sheet of one form, its entry cells filled with `filling`. */
export function formSheet(layout: FormLayout, filling: FormFilling): DrawnSheet {
  const grid = gridOf(layout);
  const draft = newDraft();
  const identity = {
    version: FORM_VERSION,
    plan: layout.plan.plan.id,
    unit: layout.unit.code,
    period: layout.period.code,
  };
  put(draft, 0, grid.key, writeIdentity(identity));
  hideRow(draft, 0);
  let row = drawTitle(draft, grid, layout, 1);
  row = drawFacts(draft, grid, layout, row);
  row = drawInstructions(draft, grid, layout, row);
  row = drawNil(draft, grid, filling, row);
  const together: Span[] = [];
  let headers: Span = { from: row, to: row };
  layout.tables.forEach((table, index) => {
    const drawn = drawTable(draft, grid, layout, table, index, filling, row);
    together.push({ from: row, to: drawn.next - 1 });
    headers = drawn.headers;
    row = drawn.next;
  });
  setHeight(draft, row, 8);
  const end = drawSignatures(draft, grid, row + 1);
  // The signatures stay with the last table, or at least with its last row.
  const last = together.pop() ?? { from: row, to: row };
  together.push({ from: last.from, to: end - 1 }, { from: last.to, to: end - 1 });
  const orientation = grid.landscape ? "landscape" : "portrait";
  // The header that is repeated is the last table's, so it fits only what follows that table.
  const repeated = layout.tables.length <= 2 ? headers : null;
  const sheet = {
    name: wording.SHEET_NAME,
    columns: grid.widths.map((width, column) => ({ width, hidden: column === grid.key })),
    cells: draft.cells,
    merges: draft.merges,
    rowDefs: draft.rows,
    rowBreaks: pageBreaks(draft, end, together, repeated, pageHeight(orientation)),
    dataValidations: draft.validations,
    protection: FORM_PROTECTION,
    view: { showGridLines: false },
    ...formPage({ orientation, footer: `${layout.unit.name} - ${layout.period.name}` }),
  };
  const area = `$A$1:$${columnName(grid.last)}$${end}`;
  const repeat = repeated === null ? null : `$${repeated.from + 1}:$${repeated.to + 1}`;
  return { sheet, names: printNames(wording.SHEET_NAME, area, repeat) };
}

function drawTitle(draft: Draft, grid: Grid, layout: FormLayout, start: number): number {
  const { plan, unit, period } = layout;
  const left = grid.leftHalf;
  const right = grid.rightHalf;
  const bold = { bold: true };
  const unitName = wording.capitals(unit.name);
  const unitFont = { size: SIZE.text, bold: true };
  const unitText = { name: FONT_NAME, ...unitFont };
  const unitRuns = [
    { text: `${unitName}\n`, font: unitText },
    { text: "────────", font: { name: FONT_NAME, size: 7 } },
  ];
  const unitStyle = top(textStyle(SIZE.text, "center", bold));
  putAcross(draft, start, left, null, unitStyle, start + 1);
  draft.cells.set(`${start},${left.from}`, { richText: unitRuns, style: unitStyle });
  putAcross(draft, start, right, wording.NATIONAL_TITLE, textStyle(SIZE.text, "center", bold));
  const motto = textStyle(SIZE.title, "center", { bold: true, underline: true });
  putAcross(draft, start + 1, right, wording.NATIONAL_MOTTO, top(motto));
  const unitHeight = textHeight(unitName, unitFont, pointsAcross(grid, left)) + 9;
  setHeight(draft, start, 17);
  setHeight(draft, start + 1, Math.max(20, unitHeight - 17));
  setHeight(draft, start + 2, 4);
  let row = start + 3;
  const lines: [string, number, FontStyle][] = [
    [wording.heading(period), SIZE.title + 1, bold],
    [plan.plan.title, SIZE.title, bold],
    [wording.planLine(plan), SIZE.text, { italic: true }],
  ];
  for (const [text, size, font] of lines) {
    putAcross(draft, row, grid.whole, text, textStyle(size, "center", font));
    setHeight(draft, row, textHeight(text, { size, ...font }, pointsAcross(grid, grid.whole)));
    row += 1;
  }
  setHeight(draft, row, 4);
  return row + 1;
}

/** Whose form it is, until when, for when and for whom. */
function drawFacts(draft: Draft, grid: Grid, layout: FormLayout, start: number): number {
  const { plan, unit, period } = layout;
  const { LABEL } = wording;
  const facts: [string, string][] = [
    [LABEL.unit, unit.name],
    [LABEL.due, wording.dueLine(period)],
    [LABEL.period, wording.periodLine(period)],
    [LABEL.receiver, plan.plan.reports_to],
  ];
  const font = { name: FONT_NAME, size: SIZE.text };
  const draw = (row: number, span: Span, [label, text]: [string, string]): void => {
    const runs = [
      { text: label, font },
      { text, font: { ...font, bold: true } },
    ];
    putRuns(draft, row, span, runs, textStyle(SIZE.text, "left"));
    const height = textHeight(label + text, { size: SIZE.text }, pointsAcross(grid, span));
    setHeight(draft, row, Math.max(height, draft.rows.get(row)?.height ?? 0));
  };
  // A wide page is a low one: there two facts share a line.
  const shared = grid.landscape ? facts.splice(2, 2) : [];
  facts.forEach((fact, index) => {
    draw(start + index, grid.landscape ? grid.leftHalf : grid.whole, fact);
  });
  shared.forEach((fact, index) => {
    draw(start + index, grid.rightHalf, fact);
  });
  return start + facts.length;
}

function top<T extends { alignment?: object }>(style: T): T {
  return { ...style, alignment: { ...style.alignment, vertical: "top" } };
}

function drawInstructions(draft: Draft, grid: Grid, layout: FormLayout, start: number): number {
  let row = start;
  setHeight(draft, row, 2);
  row += 1;
  for (const text of wording.instructions(layout.period)) {
    const line = `- ${text}`;
    putAcross(draft, row, grid.whole, line, textStyle(SIZE.small, "left", { italic: true }));
    const width = pointsAcross(grid, grid.whole);
    setHeight(draft, row, textHeight(line, { size: SIZE.small }, width) - 1);
    row += 1;
  }
  return row;
}

function drawNil(draft: Draft, grid: Grid, filling: FormFilling, start: number): number {
  setHeight(draft, start, 2);
  const codes = start + 1;
  put(draft, codes, grid.key, COLUMNS_CODE);
  put(draft, codes, grid.nil.from, writeColumnCode({ kind: "value", area: "" }));
  hideRow(draft, codes);
  const row = codes + 1;
  put(draft, row, grid.key, writeRowCode({ kind: "nil" }));
  const label = { from: grid.whole.from, to: grid.nil.from - 1 };
  putAcross(draft, row, label, wording.NIL_LABEL, textStyle(SIZE.text, "right", { bold: true }));
  const choice = filling.nilReturn ? wording.NIL : null;
  putAcross(draft, row, grid.nil, choice, entryStyle("center"));
  draft.validations.push(nilRule(row, grid.nil.from));
  setHeight(draft, row, 21);
  setHeight(draft, row + 1, 4);
  return row + 2;
}

function drawTable(
  draft: Draft,
  grid: Grid,
  layout: FormLayout,
  table: FormTable,
  index: number,
  filling: FormFilling,
  start: number,
): { next: number; headers: Span } {
  let row = start;
  if (layout.tables.length > 1) {
    const letter = String.fromCharCode(65 + index);
    const noun = layout.plan.plan.reporting_area_noun ?? wording.AREA_NOUN;
    const title = wording.tableTitle(letter, table.areas === null ? "own" : "by_area", noun);
    putAcross(draft, row, grid.whole, title, textStyle(SIZE.text, "left", { bold: true }));
    setHeight(draft, row, 22);
    row += 1;
  }
  const spans = grid.valueSpans(table);
  const note = grid.noteSpan(table);
  const areaCodes = table.areas?.map(({ code }) => code) ?? [""];
  put(draft, row, grid.key, COLUMNS_CODE);
  spans.forEach(({ from }, place) => {
    put(draft, row, from, writeColumnCode({ kind: "value", area: areaCodes[place] ?? "" }));
  });
  put(draft, row, note.from, writeColumnCode({ kind: "note" }));
  hideRow(draft, row);
  const headers = drawHeaders(draft, grid, table, row + 1);
  row = headers.to + 1;
  for (const { number, measure } of table.rows) {
    const limit = limitOf(layout, measure);
    const texts: [number, string, "left" | "center"][] = [
      [grid.number, String(number), "center"],
      [grid.measure, measure.name, "left"],
      [grid.unitOfMeasure, measure.unit_of_measure, "center"],
    ];
    put(draft, row, grid.key, writeRowCode({ kind: "measure", measure: measure.code }));
    for (const [column, text, side] of texts) put(draft, row, column, text, tableStyle(side));
    const explained = wording.explanation(measure, limit);
    const explanation = grid.explanationSpan(table);
    putAcross(draft, row, explanation, explained, smaller(tableStyle("left")));
    spans.forEach((span, place) => {
      const entered = filling.values.get(entryKey(measure.code, areaCodes[place] ?? ""));
      const value = entered === undefined ? null : (enteredNumber(entered) ?? entered);
      putAcross(draft, row, span, value, entryStyle(measure.kind === "count" ? "right" : "center"));
      draft.validations.push(entryRule(measure, row, span.from));
    });
    const noteText = filling.notes.get(measure.code) ?? null;
    putAcross(draft, row, note, noteText, noteStyle());
    const height = Math.max(
      20,
      ...texts.map(([column, text]) =>
        textHeight(text, { size: SIZE.table }, pointsAcross(grid, { from: column, to: column })),
      ),
      textHeight(explained, { size: SIZE.small }, pointsAcross(grid, explanation)),
      textHeight(noteText ?? "", { size: SIZE.small }, pointsAcross(grid, note)),
    );
    setHeight(draft, row, height);
    row += 1;
  }
  return { next: row, headers };
}

function smaller<T extends { font?: object }>(style: T): T {
  return { ...style, font: { ...style.font, size: SIZE.small } };
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
  let height = 20;
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

function drawSignatures(draft: Draft, grid: Grid, start: number): number {
  const { SIGNATURE } = wording;
  const left = grid.leftHalf;
  const right = grid.rightHalf;
  const title = textStyle(SIZE.text, "center", { bold: true });
  const hint = textStyle(SIZE.text, "center", { italic: true });
  putAcross(draft, start, right, SIGNATURE.place, freeTextStyle({ italic: true }));
  putAcross(draft, start + 1, left, SIGNATURE.compiler, title);
  putAcross(draft, start + 1, right, SIGNATURE.head, title);
  putAcross(draft, start + 2, left, SIGNATURE.compilerHint, hint);
  putAcross(draft, start + 2, right, SIGNATURE.headHint, hint);
  putAcross(draft, start + 3, left, null, freeTextStyle());
  putAcross(draft, start + 3, right, null, freeTextStyle());
  for (const [offset, height] of [20, 18, 18, 56].entries()) {
    setHeight(draft, start + offset, height);
  }
  return start + 4;
}
