import type { CellStyle, CellValue } from "hucre";
import type { PublishedReport } from "../contract/report.ts";
import * as wording from "../sentences/report-words.ts";
import { rounded, scaleOf, spreadsheetNumber } from "../vocabulary/decimal.ts";
import { capitals } from "../vocabulary/letter-case.ts";
import { ANSWERS } from "../vocabulary/words.ts";
import { columnName } from "../workbook/cell-name.ts";
import { formPage, printNames } from "../workbook/page-setup.ts";
import {
  type Draft,
  type DrawnSheet,
  newDraft,
  put,
  putAcross,
  type Span,
  setHeight,
} from "../workbook/sheet-draft.ts";
import { headerStyle, SIZE, tableStyle, textStyle } from "../workbook/style.ts";
import { textHeight } from "../workbook/text-size.ts";
import { printable } from "../workbook/xml.ts";
import type { SheetCell, SheetColumn, SheetRow, SheetTable } from "./sheet-table.ts";

/** A digit of the workbook's text is half an em wide; cells pad their text by about 4 points. */
const POINTS_PER_DIGIT = SIZE.text / 2;
const PADDING = 4;
const LEAST_HEIGHT = 16;
/** Spreadsheets allow no higher row. */
const MAX_HEIGHT = 409;
const RED = { rgb: "C00000" } as const;
const FIGURE_DECIMALS = 6;
const MAX_FOOTER = 200;

/** Draws one table: the document's heading, the table with a frozen header, its notes. */
export function tableSheet(report: PublishedReport, table: SheetTable): DrawnSheet {
  const draft = newDraft();
  const whole: Span = { from: 0, to: table.columns.length - 1 };
  const header = drawHeading(draft, report, table, whole);
  drawHeader(draft, table, header);
  let row = header + 1;
  for (const one of table.rows) {
    drawRow(draft, table, one, whole, row);
    row += 1;
  }
  const last = row - 1;
  for (const note of table.notes ?? []) {
    drawText(draft, table, whole, row, note, textStyle(SIZE.small, "left", { italic: true }));
    row += 1;
  }
  const lastColumn = columnName(whole.to);
  const marks = wording.pageMarks(report).map((mark) => ` - ${mark}`);
  const page = formPage({
    orientation: "landscape",
    footer: `${wording.summaryText(report.head)} - ${wording.versionText(report)}${marks.join("")}`
      // Spreadsheets allow 255 characters including formats, and repair longer ones.
      .slice(0, MAX_FOOTER),
  });
  const sheet = {
    name: table.name,
    columns: table.columns.map(({ width }) => ({ width })),
    cells: draft.cells,
    merges: draft.merges,
    rowDefs: draft.rows,
    freezePane: { rows: header + 1, columns: table.frozenColumns ?? 2 },
    ...(table.hasFilter === true
      ? { autoFilter: { range: `A${header + 1}:${lastColumn}${last + 1}` } }
      : {}),
    view: { showGridLines: false },
    ...(table.isHidden === true ? { hidden: true } : {}),
    ...page,
    pageSetup: { ...page.pageSetup, fitToHeight: table.isOnePage === true ? 1 : 0 },
  };
  const names = printNames(
    table.name,
    `$A$1:$${lastColumn}$${row}`,
    `$${header + 1}:$${header + 1}`,
  );
  return { sheet, names };
}

/** @returns the row of the table's header. */
function drawHeading(
  draft: Draft,
  report: PublishedReport,
  table: SheetTable,
  whole: Span,
): number {
  const { head, publication } = report;
  const middle = middleOf(table.columns);
  const left = { from: 0, to: middle - 1 };
  const right = { from: middle, to: whole.to };
  const bold = { bold: true };
  const issuer = [head.document_superior, head.document_agency]
    .filter((name) => name !== null)
    .map(capitals)
    .join("\n");
  const issuerHeight = textHeight(issuer, { size: SIZE.text, bold: true }, roomOf(table, left));
  putAcross(draft, 0, left, printable(issuer), textStyle(SIZE.text, "center", bold), 1);
  putAcross(draft, 0, right, wording.NATIONAL_TITLE, textStyle(SIZE.text, "center", bold));
  putAcross(
    draft,
    1,
    right,
    wording.NATIONAL_MOTTO,
    textStyle(SIZE.text, "center", { bold: true, underline: true }),
  );
  setHeight(draft, 0, 18);
  setHeight(draft, 1, Math.max(18, issuerHeight - 18));
  const standing = `${wording.versionText(report)}; tổng hợp đến ${wording.momentText(publication.as_of)}`;
  const lines: [string, CellStyle][] = [
    ...wording
      .pageMarks(report)
      .map((mark): [string, CellStyle] => [
        mark,
        textStyle(SIZE.title, "center", { bold: true, color: RED }),
      ]),
    [table.title, textStyle(SIZE.title, "center", bold)],
    [
      `${wording.summaryText(head)} - ${head.period_name}`,
      textStyle(SIZE.text, "center", { italic: true }),
    ],
    [standing, textStyle(SIZE.small, "center", { italic: true })],
  ];
  let row = 2;
  for (const [text, style] of lines) {
    drawText(draft, table, whole, row, text, style);
    row += 1;
  }
  return row;
}

/** The first column of the right half, by the widths of the columns. */
function middleOf(columns: readonly SheetColumn[]): number {
  const total = columns.reduce((sum, { width }) => sum + width, 0);
  let used = 0;
  for (const [index, { width }] of columns.entries()) {
    used += width;
    if (used >= total * 0.4) return Math.min(index + 1, columns.length - 1);
  }
  return columns.length - 1;
}

function roomOf({ columns }: SheetTable, span: Span): number {
  const width = columns.slice(span.from, span.to + 1).reduce((sum, one) => sum + one.width, 0);
  return width * POINTS_PER_DIGIT - PADDING;
}

function drawText(
  draft: Draft,
  table: SheetTable,
  span: Span,
  row: number,
  text: string,
  style: CellStyle,
): void {
  putAcross(draft, row, span, printable(text), style);
  const font = { size: style.font?.size ?? SIZE.table, bold: style.font?.bold };
  setHeight(draft, row, Math.min(textHeight(text, font, roomOf(table, span)), MAX_HEIGHT));
}

function drawHeader(draft: Draft, table: SheetTable, row: number): void {
  let height = LEAST_HEIGHT;
  table.columns.forEach(({ header }, column) => {
    put(draft, row, column, printable(header), headerStyle(SIZE.small));
    const room = roomOf(table, { from: column, to: column });
    height = Math.max(height, textHeight(header, { size: SIZE.small, bold: true }, room) + 4);
  });
  setHeight(draft, row, Math.min(height, MAX_HEIGHT));
}

function drawRow(draft: Draft, table: SheetTable, row: SheetRow, whole: Span, at: number): void {
  if ("heading" in row) {
    const style = { ...tableStyle("left"), font: { ...tableStyle("left").font, bold: true } };
    drawText(draft, table, whole, at, row.heading, style);
    return;
  }
  let height = LEAST_HEIGHT;
  table.columns.forEach(({ align }, column) => {
    const cell = row[column] ?? null;
    const [value, format] = contentOf(cell);
    const style = cellStyle(align);
    put(draft, at, column, value, format === null ? style : { ...style, numFmt: format });
    if (typeof value === "string") {
      const room = roomOf(table, { from: column, to: column });
      height = Math.max(height, textHeight(value, { size: SIZE.table }, room));
    }
  });
  setHeight(draft, at, Math.min(height, MAX_HEIGHT));
}

/** Figures against the right border are hard to read on paper. */
function cellStyle(align: SheetColumn["align"]): CellStyle {
  const style = tableStyle(align);
  return align === "right" ? { ...style, alignment: { ...style.alignment, indent: 1 } } : style;
}

/** The value in the workbook, and its number format; null for none. */
function contentOf(cell: SheetCell): [CellValue, string | null] {
  if (cell === null) return [null, null];
  if ("text" in cell) return [printable(cell.text), null];
  if ("whole" in cell) return [cell.whole, "#,##0"];
  if ("moment" in cell) return momentContent(cell.moment);
  const number = spreadsheetNumber(cell.figure);
  // Text keeps digits that a spreadsheet's number would lose.
  if (number === null) return [cell.figure, null];
  if (cell.isAnswer === true)
    return [number, `[=1]"${ANSWERS.yes.word}";[=0]"${ANSWERS.no.word}";0`];
  const scale = scaleOf(rounded(cell.figure, FIGURE_DECIMALS));
  const format = scale === 0 ? "#,##0" : `#,##0.${"0".repeat(scale)}`;
  return [number, cell.sign === undefined ? format : `"${cell.sign} "${format}`];
}

/** Dates have no zone in a workbook; the library takes them as of UTC. */
function momentContent(moment: string): [CellValue, string] {
  const hasTime = moment.length > 10;
  const date = new Date(`${moment.slice(0, 10)}T${hasTime ? moment.slice(11, 19) : "00:00:00"}Z`);
  return [date, hasTime ? "dd/mm/yyyy hh:mm" : "dd/mm/yyyy"];
}
