import {
  COLUMNS_CODE,
  FORM_VERSION,
  REMARK_HEADS,
  writeColumnCode,
  writeIdentity,
  writeRowCode,
} from "../vocabulary/form-code.ts";
import { ANSWERS } from "../vocabulary/words.ts";
import { columnName } from "../workbook/cell-name.ts";
import { FORM_PROTECTION, formPage, pageHeight, printNames } from "../workbook/page-setup.ts";
import {
  type Draft,
  type DrawnSheet,
  hideRow,
  newDraft,
  put,
  putAcross,
  type Span,
  setHeight,
} from "../workbook/sheet-draft.ts";
import {
  entryStyle,
  freeTextStyle,
  remarkStyle,
  SIZE,
  tableStyle,
  textStyle,
  top,
} from "../workbook/style.ts";
import { textHeight } from "../workbook/text-size.ts";
import { drawTable, MAX_HEIGHT } from "./entry-table.ts";
import type { FormFilling } from "./filling.ts";
import * as wording from "./form-wording.ts";
import { type Grid, gridOf, pointsAcross } from "./grid.ts";
import { labelDigests } from "./labels.ts";
import type { FormLayout } from "./layout.ts";
import { pageBreaks } from "./page-break.ts";
import { drawHead } from "./title.ts";
import { nilRule } from "./validation.ts";

/** Draws the sheet of one form, its entry cells filled with `filling`. */
export function formSheet(layout: FormLayout, filling: FormFilling): DrawnSheet {
  const grid = gridOf(layout);
  const draft = newDraft();
  const identity = {
    version: FORM_VERSION,
    plan: layout.plan.plan.id,
    unit: layout.unit.code,
    period: layout.period.code,
    labels: labelDigests(layout),
  };
  put(draft, 0, grid.key, writeIdentity(identity));
  hideRow(draft, 0);
  let row = drawHead(draft, grid, layout, 1);
  row = drawNil(draft, grid, filling, row);
  const together: Span[] = [];
  let headers: Span = { from: row, to: row };
  layout.tables.forEach((table, index) => {
    const drawn = drawTable(draft, grid, layout, index, table, filling, row);
    together.push({ from: row, to: drawn.next - 1 });
    headers = drawn.headers;
    row = drawn.next;
  });
  setHeight(draft, row, 8);
  const end = drawSignatures(draft, grid, drawRemarks(draft, grid, filling, row + 1));
  // What follows stays with the last table, or at least with its last row.
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
  const choice = filling.nilReturn ? ANSWERS.nil.word : null;
  putAcross(draft, row, grid.nil, choice, entryStyle("center"));
  draft.validations.push(nilRule(row, grid.nil.from));
  setHeight(draft, row, 21);
  setHeight(draft, row + 1, 4);
  return row + 2;
}

/** Lines of text that a remark has room for on paper; the cell takes more. */
const REMARK_LINES = 2;

/** Remarks of the unit: a row a head. @returns the next free row */
function drawRemarks(draft: Draft, grid: Grid, filling: FormFilling, start: number): number {
  const label = { from: grid.whole.from, to: grid.measure };
  const span = { from: grid.measure + 1, to: grid.last };
  put(draft, start, grid.key, COLUMNS_CODE);
  put(draft, start, span.from, writeColumnCode({ kind: "remark" }));
  hideRow(draft, start);
  const font = { size: SIZE.table };
  REMARK_HEADS.forEach((head, index) => {
    const row = start + 1 + index;
    const text = filling.remarks?.[head] ?? "";
    put(draft, row, grid.key, writeRowCode({ kind: "remark", head }));
    putAcross(draft, row, label, wording.REMARK_LABEL[head], tableStyle("left"));
    putAcross(draft, row, span, text === "" ? null : text, top(remarkStyle()));
    const room = textHeight("\n".repeat(REMARK_LINES - 1), font, pointsAcross(grid, span));
    const needed = textHeight(text, font, pointsAcross(grid, span));
    setHeight(draft, row, Math.min(Math.max(room, needed), MAX_HEIGHT));
  });
  const next = start + 1 + REMARK_HEADS.length;
  setHeight(draft, next, 8);
  return next + 1;
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
