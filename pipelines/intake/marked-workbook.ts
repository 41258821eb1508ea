import { grouped } from "../vocabulary/grouped.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { MarkedStyles, type Severity } from "../workbook/cell-fill.ts";
import { cellName, type Place, placeOf } from "../workbook/cell-name.ts";
import { addComments, type CellComment } from "../workbook/comments.ts";
import { sheetParts, textOf } from "../workbook/package-parts.ts";
import { attributeOf, type Element, elementsOf, replaceElements } from "../workbook/xml.ts";
import { type Parts, pack, unpack } from "../workbook/zip.ts";
import { MARKS } from "./problem-wording.ts";

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
    // problems of the whole file go on its first sheet
    const own = problems.filter((one) => (one.sheet ?? first.name) === name);
    markSheet(parts, part, own, styles);
  }
  styles.write();
  return pack(parts, 6);
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
    const place = nextVisible(placeOf(cell ?? "A1"), isVisible);
    const name = cellName(place.row, place.column);
    const mark = marks.get(name) ?? { place, severity, texts: [] };
    const text = `${MARKS[severity]} ${found} ${MARKS.remedy}: ${remedy}`;
    marks.set(name, {
      place,
      severity: mark.severity === "error" ? "error" : severity,
      texts: [...mark.texts, text],
    });
  }
  let sheet = unmarkCells(before, styles);
  sheet = markCells(
    sheet,
    [...marks.values()].map(({ place, severity }) => ({
      place,
      restyle: (style) => styles.marked(style, severity),
    })),
  );
  const comments = [...marks].map(
    ([cell, { place, texts }]): CellComment => ({ cell, ...place, text: texts.join("\n\n") }),
  );
  sheet = addComments(parts, part, sheet, comments, [MARKS.error, MARKS.doubt]);
  parts.set(part, Buffer.from(sheet));
}

const isTrue = (value: string | undefined): boolean => value === "1" || value === "true";

/** Which rows and columns of a sheet are shown. */
function visibilityOf(sheet: string): {
  row: (row: number) => boolean;
  column: (column: number) => boolean;
} {
  const hiddenRows = new Set(
    elementsOf(sheet, "row").flatMap(({ attributes }) =>
      isTrue(attributeOf(attributes, "hidden"))
        ? [Number(attributeOf(attributes, "r") ?? 0) - 1]
        : [],
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
          Number(attributeOf(attributes, "min") ?? 0) <= column + 1 &&
          column + 1 <= Number(attributeOf(attributes, "max") ?? 0),
      ),
  };
}

/** Farthest that a mark moves from a hidden cell. */
const MAX_MOVED = 50;

/** The place itself, or where it is hidden the next to the right and below that is shown. */
function nextVisible(place: Place, isVisible: ReturnType<typeof visibilityOf>): Place {
  let { row, column } = place;
  while (!isVisible.row(row) && row < place.row + MAX_MOVED) row += 1;
  while (!isVisible.column(column) && column < place.column + MAX_MOVED) column += 1;
  return { row, column };
}

/** Cells that an earlier copy has marked get the style back that they had. */
function unmarkCells(sheet: string, styles: MarkedStyles): string {
  return sheet.replace(
    /(<(?:\w+:)?c\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*?\bs\s*=\s*["'])(\d+)(["'])/g,
    (_, open: string, style: string, close: string) =>
      open + styles.unmarked(Number(style)) + close,
  );
}

/** A cell that gets another style. */
interface Restyled {
  readonly place: Place;
  readonly restyle: (style: number) => number;
}

/** Gives cells another style, and makes those that the sheet leaves out. */
function markCells(sheet: string, cells: readonly Restyled[]): string {
  const byRow = grouped(cells, ({ place }) => place.row + 1);
  const marked = replaceElements(sheet, "row", (row) => {
    const number = Number(attributeOf(row.attributes, "r") ?? 0);
    const own = byRow.get(number) ?? [];
    byRow.delete(number);
    return own.length === 0 ? row.whole : markInRow(row, own);
  });
  return [...byRow].reduce((xml, [number, own]) => addRow(xml, number, own), marked);
}

function addRow(sheet: string, number: number, cells: readonly Restyled[]): string {
  const rows = elementsOf(sheet, "row");
  const next = rows.find(({ attributes }) => Number(attributeOf(attributes, "r") ?? 0) > number);
  const last = rows.at(-1);
  // a sheet without rows has no cell that anything could be wrong with
  if (last === undefined) return sheet;
  const at = next?.start ?? last.start + last.whole.length;
  const empty = { ...last, attributes: ` r="${number}"`, content: "" };
  return sheet.slice(0, at) + markInRow(empty, cells) + sheet.slice(at);
}

function markInRow(row: Element, marked: readonly Restyled[]): string {
  const { prefix: p, attributes } = row;
  const content = marked.reduce((xml, cell) => markCell(xml, p, cell), row.content);
  return `<${p}row${attributes}>${content}</${p}row>`;
}

function markCell(content: string, prefix: string, { place, restyle }: Restyled): string {
  const name = cellName(place.row, place.column);
  const cells = elementsOf(content, "c");
  const nameOf = (cell: Element): string => attributeOf(cell.attributes, "r") ?? "";
  const cell = cells.find((one) => nameOf(one) === name);
  // in front of the first cell to its right
  const at = cell ?? cells.find((one) => placeOf(nameOf(one)).column > place.column);
  const start = at?.start ?? content.length;
  const end = cell === undefined ? start : start + cell.whole.length;
  return content.slice(0, start) + cellXml(prefix, name, cell, restyle) + content.slice(end);
}

function cellXml(
  prefix: string,
  name: string,
  cell: Element | undefined,
  restyle: (style: number) => number,
): string {
  if (cell === undefined) return `<${prefix}c r="${name}" s="${restyle(0)}"/>`;
  const style = restyle(Number(attributeOf(cell.attributes, "s") ?? 0));
  const others = cell.attributes.replace(/\ss\s*=\s*(?:"[^"]*"|'[^']*')/, "");
  const open = `<${prefix}c${others} s="${style}"`;
  return cell.content === "" ? `${open}/>` : `${open}>${cell.content}</${prefix}c>`;
}
