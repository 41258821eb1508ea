import { z } from "zod";
import type { Block } from "../reading-plans/outline.ts";
import { type Grid, gridsOf } from "./pdf-grids.ts";
import * as wording from "./reader-wording.ts";
import { joined, STARTS, type TextLine } from "./text-blocks.ts";
import type { Refusal } from "./workbook-guard.ts";

const MAX_PAGES = 300;
/** Of the width of the text: a line that ends so far from the margin is the last one of its paragraph. */
const SHORT = 0.1;
/** Of the height of its letters: a gap so wide parts two columns. */
const GAP = 2;
/** The least gap between cells of a table with lines. */
const NARROW = 0.4;
/** So many lines that stand beside others are the second column of a page. */
const LEAST_BESIDE = 8;
/** The letters of a line of a column, on average at least; cells of a table have fewer. */
const BESIDE = 18;
/** Of the height of the letters of a page: smaller ones are notes. */
const SMALL = 0.88;
/** Of the height of its letters: the rows of a table stand no further apart. */
const LOOSE = 3;
/** «Trang 2/3», «2/3» at the end of a page. */
const PAGE_OF = /^(?:trang\s+)?\d{1,3}\s*\/\s*\d{1,3}$|^trang\s+\d{1,3}$/iu;
/** The sign before a note. */
const SIGNED = /^\d{1,2}\s*(?=\p{Lu})/u;
/** Fewer are the two heads of a document, or its two ends. */
const LEAST_COLUMNS = 3;

// Node 20 has none, and pdf.js asks for it when it reads the strokes of a page
if (!("transferToFixedLength" in ArrayBuffer.prototype))
  Object.assign(ArrayBuffer.prototype, {
    transferToFixedLength(this: ArrayBuffer, length?: number) {
      return this.slice(0, length);
    },
  });

/** A text of a page; marks of structure among them are none. */
const Item = z.object({
  str: z.string().min(1),
  transform: z.array(z.number()).length(6),
  width: z.number(),
  height: z.number(),
});

/** A piece of a line. */
interface Piece {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly height: number;
}

/** The text of a PDF in its lines, joined to paragraphs. */
export async function pdfBlocks(bytes: Buffer): Promise<Block[] | Refusal> {
  // it is dear to load, and few files need it
  const { getDocumentProxy, getResolvedPDFJS } = await import("unpdf");
  const pages: { readonly pieces: readonly Piece[]; readonly grids: readonly Grid[] }[] = [];
  try {
    const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    if (pdf.numPages > MAX_PAGES) return { code: "file_too_large", ...wording.DOCUMENT_TOO_LONG };
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const page = await pdf.getPage(number);
      const { items }: { items: readonly unknown[] } = await page.getTextContent();
      const pieces = items.flatMap((item) => {
        const { data } = Item.safeParse(item);
        return data === undefined ? [] : [pieceOf(data)];
      });
      // the strokes of a page are dear to read
      const hasColumns = rowsOf(pieces).some(
        (row) => columnsOf(row, NARROW).length >= LEAST_COLUMNS,
      );
      const grids = hasColumns
        ? gridsOf(await page.getOperatorList(), (await getResolvedPDFJS()).OPS)
        : [];
      pages.push({ pieces, grids });
      page.cleanup();
    }
  } catch (error) {
    const isLocked = error instanceof Error && error.name === "PasswordException";
    return isLocked
      ? { code: "password_protected", ...wording.PDF_PASSWORD }
      : { code: "damaged_document", ...wording.DAMAGED_DOCUMENT };
  }
  const running = runningLines(pages.map(({ pieces }) => pieces));
  const read = pages.map(({ pieces, grids }, index) => linesOf(pieces, grids, index + 1, running));
  // a note at the foot stands between the two halves of a sentence
  const [lines, notes] = [read.flatMap(({ text }) => text), read.flatMap(({ notes }) => notes)];
  const isScan =
    [...lines, ...notes].reduce((sum, { text }) => sum + text.length, 0) < 40 * pages.length;
  if (isScan) return { code: "scan", ...wording.SCAN };
  const starts = notes.flatMap(({ text }, at) => (at === 0 || SIGNED.test(text) ? [at] : []));
  const noted = starts
    .flatMap((at, index) => joined(notes.slice(at, starts[index + 1])))
    .map((one) => ({ ...one, text: one.text.replace(SIGNED, ""), isNote: true as const }));
  return [...withTables(lines), ...noted];
}

/** Lines in a row that gaps part into equally many cells are a table. */
function withTables(lines: readonly TextLine[]): Block[] {
  const blocks: Block[] = [];
  let since = 0;
  for (let at = 0; at < lines.length; ) {
    const { cells, page } = lines[at] ?? {};
    let end = at;
    while (cells !== undefined && lines[end]?.cells?.length === cells.length) end += 1;
    if (cells !== undefined && page !== undefined) {
      blocks.push(...joined(lines.slice(since, at)));
      blocks.push({
        kind: "table",
        rows: lines.slice(at, end).map((one) => one.cells ?? []),
        page,
      });
      since = end;
    }
    at = Math.max(end, at + 1);
  }
  return [...blocks, ...joined(lines.slice(since))];
}

function pieceOf({ str, transform, width, height }: z.infer<typeof Item>): Piece {
  const [, , , , left = 0, bottom = 0] = transform;
  return {
    // drawn with the Greek letter; the sign of a list with one of Word's own
    text: str.replaceAll("μ", "µ").replace(/^[\uF000-\uF0FF](?=\s|$)/u, "•"),
    left,
    right: left + width,
    bottom,
    height: height || Math.abs(transform[3] ?? 0) || 10,
  };
}

/** The pieces of a page line by line, from the top. */
function rowsOf(pieces: readonly Piece[]): Piece[][] {
  const rows: Piece[][] = [];
  for (const piece of [...pieces].sort((one, other) => other.bottom - one.bottom)) {
    const row = rows.at(-1);
    const first = row?.[0];
    const isBeside =
      first !== undefined &&
      Math.abs(first.bottom - piece.bottom) < Math.max(first.height, piece.height) * 0.5;
    if (isBeside) row?.push(piece);
    else rows.push([piece]);
  }
  return rows;
}

interface PlacedLine {
  readonly bottom: number;
  /** Of the parts of a page, in the order in which they are read. */
  readonly region: number;
  readonly lines: readonly TextLine[];
}

const textOf = (row: readonly Piece[]): string =>
  columnsOf(row)
    .map(({ text }) => text)
    .join(" ");
/** The same line with another page number. */
const lineKey = (row: readonly Piece[]): string => textOf(row).replace(/\d+/gu, "#");

/** What stands at the head or the foot of more than one page, on half of all at least. */
function runningLines(pages: readonly (readonly Piece[])[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const pieces of pages) {
    const rows = rowsOf(pieces);
    const ends = [rows[0], rows.at(-1)].flatMap((row) => (row === undefined ? [] : [lineKey(row)]));
    for (const key of new Set(ends)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const least = Math.max(2, pages.length / 2);
  return new Set([...counts].flatMap(([key, count]) => (count >= least ? [key] : [])));
}

/** Where the second column of a page begins; null of a page with one. */
function secondColumn(rows: readonly Piece[][]): number | null {
  const pieces = rows.flat().filter(({ text }) => text.trim() !== "");
  const from = Math.min(...pieces.map(({ left }) => left));
  const width = Math.max(...pieces.map(({ right }) => right)) - from;
  const isColumn = (at: number): boolean => {
    const sides = rows.map((row) => {
      const own = row.filter(({ text }) => text.trim() !== "");
      return {
        isWide: own.some((one) => one.left < at - 1 && one.right > at - 1),
        left: own.some((one) => one.left < at - 1),
        right: textOf(own.filter((one) => one.left >= at - 1)).length,
      };
    });
    const isBeside = ({ isWide, left, right }: (typeof sides)[number]): boolean =>
      !isWide && left && right > 0;
    // between lines that go over both, a run of those that stand beside each other
    const runs: (typeof sides)[] = [[]];
    for (const one of sides) {
      if (one.isWide) runs.push([]);
      else runs.at(-1)?.push(one);
    }
    return runs.some((run) => {
      const beside = run.filter(isBeside);
      const length = beside.reduce((sum, { right }) => sum + right, 0) / beside.length;
      // of a page whose second column is short, the first one goes on alone
      const isShort = run.length > 2 * LEAST_BESIDE && run.slice(0, 1).some(isBeside);
      return length > BESIDE && (beside.length >= LEAST_BESIDE || isShort);
    });
  };
  const middle = pieces
    .map(({ left }) => left)
    .filter((left) => {
      const at = (left - from) / width;
      return at > 0.35 && at < 0.65;
    });
  return (
    [...new Set(middle.map(Math.round))].sort((one, other) => one - other).find(isColumn) ?? null
  );
}

/** The rows of the columns of a page one after another; between them those that go over both. */
function regionsOf(rows: readonly Piece[][]): Piece[][][] {
  const at = secondColumn(rows);
  if (at === null) return [[...rows]];
  const regions: Piece[][][] = [];
  let beside: [Piece[][], Piece[][]] = [[], []];
  let across: Piece[][] = [];
  const isLower = (row?: Piece[], other?: Piece[]): boolean =>
    (row?.[0]?.bottom ?? 0) < (other?.[0]?.bottom ?? 0);
  const end = (): void => {
    const [left, right] = beside;
    // above a column that goes on in the middle of a sentence stands no heading: it is of what goes over both
    const last = left.at(-1) ?? [];
    const isHeading =
      isLower(last, right.at(-1)) &&
      isHeadingAlone(textOf(last)) &&
      !STARTS.test(textOf(right[0] ?? []));
    regions.push(isHeading ? left.slice(0, -1) : left, right);
    across = isHeading ? [last] : [];
    beside = [[], []];
    regions.push(across);
  };
  for (const row of rows) {
    const [left, right] = [true, false].map((isLeft) =>
      row.filter((one) => one.text.trim() !== "" && one.left < at - 1 === isLeft),
    ) as [Piece[], Piece[]];
    if (left.some((one) => one.right > at)) {
      if (beside.some(({ length }) => length > 0) || regions.length === 0) end();
      across.push(row);
    } else {
      if (left.length > 0) beside[0].push(left);
      if (right.length > 0) beside[1].push(right);
    }
  }
  end();
  return regions.filter((region) => region.length > 0);
}

const isHeadingAlone = (text: string): boolean => STARTS.test(text) && !/[.,:;]$/u.test(text);

/** The lines of a page, and of the notes at its foot. */
function linesOf(
  pieces: readonly Piece[],
  grids: readonly Grid[],
  page: number,
  running: ReadonlySet<string>,
): { readonly text: TextLine[]; readonly notes: TextLine[] } {
  const tables = grids.map((grid) => ({ grid, inside: pieces.filter((one) => isIn(grid, one)) }));
  const outside = pieces.filter((one) => !tables.some(({ inside }) => inside.includes(one)));
  const isEnd = (row: readonly Piece[], rows: readonly Piece[][]): boolean =>
    row === rows[0] || row === rows.at(-1);
  const all = rowsOf(outside).filter(
    (row, _, rows) =>
      !isEnd(row, rows) || !(running.has(lineKey(row)) || PAGE_OF.test(textOf(row))),
  );
  const heights = all.map((row) => Math.max(...row.map(({ height }) => height)));
  const usual = [...heights].sort((one, other) => one - other)[heights.length >> 1] ?? 0;
  const isSmall = heights.map((height) => height < usual * SMALL);
  // who gets a document is written smaller, too
  const small = isSmall.lastIndexOf(false) + 1;
  const noted = all.slice(small).findIndex((row) => {
    const [sign] = [...row].sort((one, other) => one.left - other.left);
    return /^\d{1,2}(?![\d.)])/u.test(sign?.text ?? "");
  });
  const foot = noted < 0 ? all.length : small + noted;
  // what is written smaller above the text of a page stands on each that is no first one
  const head = page === 1 ? 0 : Math.max(0, isSmall.indexOf(false));
  const rows = all.slice(head, foot);
  const regions = regionsOf(rows);
  const ofText = regions.flatMap((region, index) => textLines(region, page, index));
  const regionOf = (bottom: number): number =>
    Math.max(
      0,
      regions.findLastIndex((region) => (region[0]?.[0]?.bottom ?? 0) > bottom),
    );
  const ofTables = tables.flatMap(({ grid, inside }) =>
    grid.ys.slice(1).flatMap((bottom, index): PlacedLine[] => {
      const cells = grid.xs.slice(1).map((to, column) => {
        const cell = { xs: [grid.xs[column] ?? to, to], ys: [grid.ys[index] ?? bottom, bottom] };
        return rowsOf(inside.filter((one) => isIn(cell, one)))
          .map(textOf)
          .join(" ");
      });
      return cells.every((cell) => cell === "")
        ? []
        : [{ bottom, region: regionOf(bottom), lines: [tableLine(cells, page)] }];
    }),
  );
  const inOrder = [...ofText, ...ofTables].sort(
    (one, other) => one.region - other.region || other.bottom - one.bottom,
  );
  return {
    text: inOrder.flatMap(({ lines }) => lines),
    notes: textLines(all.slice(foot), page, 0).flatMap(({ lines }) => lines),
  };
}

/** The lines of a part of a page that has its own margins. */
function textLines(rows: readonly Piece[][], page: number, region: number): PlacedLine[] {
  const columns = rows.map((row) => columnsOf(row)).filter((row) => row.length > 0);
  const all = columns.flat();
  const left = Math.min(...all.filter(({ text }) => text.length > 15).map((one) => one.left));
  const right = Math.max(...all.map((one) => one.right));
  const isNumber = (row: readonly Piece[], index: number): boolean =>
    (index === 0 || index === columns.length - 1) &&
    row.length === 1 &&
    /^[-–]?\s*\d{1,3}\s*[-–]?$/u.test(row[0]?.text ?? "");
  const tables = plainTables(rows.filter((row) => columnsOf(row).length > 0));
  return columns.flatMap((row, index): PlacedLine[] => {
    const { bottom = 0 } = row[0] ?? {};
    if (isNumber(row, index)) return [];
    const table = tables.find(({ from, to }) => index >= from && index < to);
    if (table !== undefined)
      return index > table.from
        ? []
        : table.rows.map((cells) => ({ bottom, region, lines: [tableLine(cells, page)] }));
    if (row.length >= LEAST_COLUMNS) {
      const cells = row.map(({ text }) => text);
      return [{ bottom, region, lines: [tableLine(cells, page)] }];
    }
    const lines = row.map(({ text, left: from, right: to, height }) => ({
      text,
      page,
      // the two heads of a document go on below themselves
      isFull: row.length === 1 && to >= right - (right - left) * SHORT,
      indent: Math.max(0, from - left) / height,
      room: ((right - to) / (to - from)) * text.length,
    }));
    return [{ bottom, region, lines }];
  });
}

interface Column {
  readonly left: number;
  readonly right: number;
}

/** A table without lines: the rows of a page that it takes, and its own, cell by cell. */
interface PlainTable {
  readonly from: number;
  readonly to: number;
  readonly rows: readonly (readonly string[])[];
}

/** Where parts of rows stand below each other, as columns from the left. */
function columnsBelow(parts: readonly Column[]): Column[] {
  const found: { left: number; right: number }[] = [];
  for (const { left, right } of [...parts].sort((one, other) => one.left - other.left)) {
    const last = found.at(-1);
    if (last === undefined || left > last.right) found.push({ left, right });
    else last.right = Math.max(last.right, right);
  }
  return found;
}

/** The tables without lines: rows with wide gaps, with those between them that stand in their columns. */
function plainTables(rows: readonly Piece[][]): PlainTable[] {
  const found: PlainTable[] = [];
  for (let from = 0; from < rows.length; from += 1) {
    const taken: Piece[][] = [];
    let columns: Column[] = [];
    let anchors = 0;
    for (const row of rows.slice(from)) {
      const parts = columnsOf(row, NARROW);
      const isAnchor = columnsOf(row).length >= LEAST_COLUMNS;
      const isWithin = parts.every(
        ({ left, right }) =>
          columns.filter((one) => left < one.right && right > one.left).length === 1,
      );
      const [{ bottom, height, text } = { bottom: 0, height: 0, text: "" }] = parts;
      const above = taken.at(-1)?.[0]?.bottom ?? bottom;
      const goesOn = isWithin && !(parts.length === 1 && STARTS.test(text));
      if ((!isAnchor && !goesOn) || above - bottom > LOOSE * height) break;
      anchors += isAnchor ? 1 : 0;
      columns = columnsBelow([...columns, ...parts]);
      taken.push(parts);
    }
    if (anchors < 2 || columns.length < LEAST_COLUMNS) continue;
    found.push({ from, to: from + taken.length, rows: tableRows(taken, columns) });
    from += taken.length - 1;
  }
  return found;
}

/** The lines of a table as its rows: one begins with its first cell, or with the number of its last. */
function tableRows(lines: readonly Piece[][], columns: readonly Column[]): string[][] {
  const rows: string[][] = [];
  for (const line of lines) {
    const cells = columns.map(({ left, right }) =>
      line
        .filter((one) => one.left <= right && one.right >= left)
        .map(({ text }) => text)
        .join(" "),
    );
    const last = cells.at(-1) ?? "";
    const isNumber = /^[≥≤<>]?\s*\d[\d.,]*\s*%?$/u.test(last) && !/^(?:19|20)\d\d$/u.test(last);
    const row = rows.at(-1);
    if (row === undefined || cells[0] !== "" || isNumber) rows.push(cells);
    else
      for (const [column, cell] of cells.entries())
        row[column] = `${row[column] ?? ""} ${cell}`.trim();
  }
  return rows;
}

function tableLine(cells: readonly string[], page: number): TextLine {
  return { text: cells.join(" | "), page, isFull: false, indent: 0, room: 0, cells };
}

/** A piece lies where its middle lies. */
function isIn({ xs, ys }: Grid, { left, right, bottom, height }: Piece): boolean {
  const [x, y] = [(left + right) / 2, bottom + height / 3];
  return x > (xs[0] ?? x) && x < (xs.at(-1) ?? x) && y < (ys[0] ?? y) && y > (ys.at(-1) ?? y);
}

/** The parts of a line that wide gaps keep apart, as the two heads of a document stand beside each other. */
function columnsOf(row: readonly Piece[], least = GAP): Piece[] {
  const found: Piece[] = [];
  const base = Math.min(...row.map(({ bottom }) => bottom));
  const tallest = Math.max(...row.map(({ height }) => height));
  // the sign of a note is no digit of the number before it
  const isSign = ({ text, bottom, height }: Piece): boolean =>
    height < tallest * 0.8 && bottom > base + tallest * 0.1 && /^\d{1,2}$/u.test(text.trim());
  for (const piece of row
    .filter((one) => !isSign(one))
    .sort((one, other) => one.left - other.left)) {
    const last = found.at(-1);
    if (piece.text.trim() === "") continue;
    const gap = last === undefined ? 0 : piece.left - last.right;
    if (last === undefined || gap > least * Math.max(last.height, piece.height))
      found.push({ ...piece, text: piece.text.trim() });
    else {
      const isApart = gap > 0.15 * piece.height && !/\s$/u.test(last.text);
      found[found.length - 1] = {
        ...last,
        text: `${last.text}${isApart ? " " : ""}${piece.text}`.replace(/\s+/gu, " "),
        right: piece.right,
        height: Math.max(last.height, piece.height),
      };
    }
  }
  return found.map((one) => ({ ...one, text: one.text.trim().normalize("NFC") }));
}
