import { type Zippable, zipSync } from "fflate";
import { MARKS } from "../intake/wording.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { addComments, type CellComment } from "./workbook-comments.ts";
import { MarkedStyles, type Severity } from "./workbook-fill.ts";
import {
  attributeOf,
  elementPattern,
  elementsOf,
  type Parts,
  sheetParts,
  textOf,
  unpack,
} from "./workbook-parts.ts";

/** A fixed moment, so that the same copy has the same bytes. */
const ENTRY_DATE = new Date(1980, 0, 1, 12);

/**
 * The sender's own workbook with the cells of its problems filled with colour and commented: what was
 * found and what to do. All else stays as it was sent, so that it can be corrected and sent again;
 * marks of an earlier copy are taken away.
 * @returns null where the file is no .xlsx workbook that can be marked.
 */
export function markWorkbook(bytes: Uint8Array, problems: readonly Problem[]): Uint8Array | null {
  const parts = unpack(bytes);
  if (parts === null) return null;
  const sheets = sheetParts(parts);
  const styles = new MarkedStyles(parts);
  const [first] = sheets;
  if (first === undefined || !styles.isUsable) return null;
  for (const { name, part } of sheets) {
    // what is wrong with the file as a whole stands on its first sheet
    const own = problems.filter((one) => (one.sheet ?? first.name) === name);
    markSheet(parts, part, own, styles);
  }
  styles.write();
  const entries: Zippable = {};
  for (const [name, content] of parts) entries[name] = [content, { mtime: ENTRY_DATE }];
  return zipSync(entries);
}

/** Rows and columns count from 0. */
interface Place {
  readonly row: number;
  readonly column: number;
}

function markSheet(
  parts: Parts,
  part: string,
  problems: readonly Problem[],
  styles: MarkedStyles,
): void {
  const before = textOf(parts, part);
  const marks = new Map<string, { place: Place; severity: Severity; texts: string[] }>();
  const isVisible = visibilityOf(before);
  for (const { cell, severity, found, remedy } of problems) {
    const place = nextVisible(parseCell(cell ?? "A1"), isVisible);
    const name = cellName(place);
    const mark = marks.get(name) ?? { place, severity, texts: [] };
    const text = `${MARKS[severity]} ${found} ${MARKS.remedy}: ${remedy}`;
    marks.set(name, {
      place,
      severity: mark.severity === "error" ? "error" : severity,
      texts: [...mark.texts, text],
    });
  }
  let sheet = unmarkCells(before, styles);
  for (const { place, severity } of marks.values()) {
    sheet = markCell(sheet, place, (style) => styles.marked(style, severity));
  }
  const comments = [...marks].map(
    ([cell, { place, texts }]): CellComment => ({ cell, ...place, text: texts.join("\n\n") }),
  );
  sheet = addComments(parts, part, sheet, comments, [MARKS.error, MARKS.doubt]);
  parts.set(part, Buffer.from(sheet));
}

function parseCell(name: string): Place {
  const [, letters = "A", digits = "1"] = /^([A-Z]{1,3})(\d{1,7})$/.exec(name) ?? [];
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(digits) - 1, column: column - 1 };
}

function cellName({ row, column }: Place): string {
  const letters = (number: number): string =>
    (number < 26 ? "" : letters(Math.floor(number / 26) - 1)) +
    String.fromCharCode(65 + (number % 26));
  return letters(column) + (row + 1);
}

const isTrue = (value: string | null): boolean => value === "1" || value === "true";

/** Which rows and columns of a sheet are shown. */
function visibilityOf(sheet: string): {
  row: (row: number) => boolean;
  column: (column: number) => boolean;
} {
  const hiddenRows = new Set(
    elementsOf(sheet, "row").flatMap(({ attributes }) =>
      isTrue(attributeOf(attributes, "hidden")) ? [Number(attributeOf(attributes, "r")) - 1] : [],
    ),
  );
  const hiddenColumns = elementsOf(sheet, "col").filter(({ attributes }) =>
    isTrue(attributeOf(attributes, "hidden")),
  );
  return {
    row: (row) => !hiddenRows.has(row),
    column: (column) =>
      !hiddenColumns.some(
        ({ attributes }) =>
          Number(attributeOf(attributes, "min")) <= column + 1 &&
          column + 1 <= Number(attributeOf(attributes, "max")),
      ),
  };
}

/** Farthest that a mark moves from a hidden cell. */
const MOST_MOVED = 50;

/** The place itself, or where it is hidden the next to the right and below that is shown. */
function nextVisible(place: Place, isVisible: ReturnType<typeof visibilityOf>): Place {
  let { row, column } = place;
  while (!isVisible.row(row) && row < place.row + MOST_MOVED) row += 1;
  while (!isVisible.column(column) && column < place.column + MOST_MOVED) column += 1;
  return { row, column };
}

/** Cells that an earlier copy has marked get the style back that they had. */
function unmarkCells(sheet: string, styles: MarkedStyles): string {
  return sheet.replace(
    /(<(?:\w+:)?c\s(?:[^<>"']|"[^"]*"|'[^']*')*?\bs\s*=\s*["'])(\d+)(["'])/g,
    (_, open: string, style: string, close: string) =>
      open + styles.unmarked(Number(style)) + close,
  );
}

/** Gives a cell another style, and makes it where the sheet leaves it out. */
function markCell(sheet: string, place: Place, restyle: (style: number) => number): string {
  const rows = elementsOf(sheet, "row");
  const number = (attributes: string): number => Number(attributeOf(attributes, "r"));
  const row = rows.find(({ attributes }) => number(attributes) === place.row + 1);
  const name = cellName(place);
  if (row === undefined) {
    const next = rows.find(({ attributes }) => number(attributes) > place.row + 1);
    const last = rows.at(-1);
    // a sheet whose rows are not numbered cannot be added to
    if (last === undefined) return sheet;
    const p = last.prefix;
    const made = `<${p}row r="${place.row + 1}"><${p}c r="${name}" s="${restyle(0)}"/></${p}row>`;
    const at = next?.start ?? last.start + last.whole.length;
    return sheet.slice(0, at) + made + sheet.slice(at);
  }
  const changed = markInRow(row.whole, row.content, row.prefix, place, name, restyle);
  return sheet.slice(0, row.start) + changed + sheet.slice(row.start + row.whole.length);
}

function markInRow(
  whole: string,
  content: string,
  prefix: string,
  place: Place,
  name: string,
  restyle: (style: number) => number,
): string {
  const cells = elementsOf(content, "c");
  const cell = cells.find(({ attributes }) => attributeOf(attributes, "r") === name);
  if (cell !== undefined) {
    const style = restyle(Number(attributeOf(cell.attributes, "s") ?? 0));
    const others = cell.attributes.replace(/\ss\s*=\s*(?:"[^"]*"|'[^']*')/, "");
    const open = `<${prefix}c${others} s="${style}"`;
    const made = cell.content === "" ? `${open}/>` : `${open}>${cell.content}</${prefix}c>`;
    const start = whole.indexOf(cell.whole);
    return whole.slice(0, start) + made + whole.slice(start + cell.whole.length);
  }
  const made = `<${prefix}c r="${name}" s="${restyle(0)}"/>`;
  const next = cells.find(
    ({ attributes }) => parseCell(attributeOf(attributes, "r") ?? "").column > place.column,
  );
  if (next !== undefined) {
    const start = whole.indexOf(next.whole);
    return whole.slice(0, start) + made + whole.slice(start);
  }
  const close = whole.match(elementPattern("row")) !== null && whole.endsWith("/>");
  if (close) return `${whole.slice(0, -2)}>${made}</${prefix}row>`;
  const end = whole.lastIndexOf("</");
  return whole.slice(0, end) + made + whole.slice(end);
}
