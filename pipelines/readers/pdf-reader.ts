import { z } from "zod";
import type { Block } from "../reading-plans/outline.ts";
import { type Grid, gridsOf } from "./pdf-grids.ts";
import * as wording from "./reader-wording.ts";
import { joined, type TextLine } from "./text-blocks.ts";
import type { Refusal } from "./workbook-guard.ts";

const MAX_PAGES = 300;
/** Of the width of the text: a line that ends so far from the margin is the last one of its paragraph. */
const SHORT = 0.1;
/** Of the height of its letters: a gap so wide parts two columns. */
const GAP = 2;
const INDENT = 1;
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
      const hasColumns = rowsOf(pieces).some((row) => columnsOf(row).length >= LEAST_COLUMNS);
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
  const lines = pages.flatMap(({ pieces, grids }, index) => linesOf(pieces, grids, index + 1));
  const isScan = lines.reduce((sum, { text }) => sum + text.length, 0) < 40 * pages.length;
  return isScan ? { code: "scan", ...wording.SCAN } : withTables(lines);
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
    text: str,
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
  readonly lines: readonly TextLine[];
}

function linesOf(pieces: readonly Piece[], grids: readonly Grid[], page: number): TextLine[] {
  const tables = grids.map((grid) => ({ grid, inside: pieces.filter((one) => isIn(grid, one)) }));
  const outside = pieces.filter((one) => !tables.some(({ inside }) => inside.includes(one)));
  const columns = rowsOf(outside)
    .map(columnsOf)
    .filter((row) => row.length > 0);
  const all = columns.flat();
  const left = Math.min(...all.filter(({ text }) => text.length > 30).map((one) => one.left));
  const right = Math.max(...all.map((one) => one.right));
  const isNumber = (row: readonly Piece[], index: number): boolean =>
    (index === 0 || index === columns.length - 1) &&
    row.length === 1 &&
    /^[-–]?\s*\d{1,3}\s*[-–]?$/u.test(row[0]?.text ?? "");
  const ofText = columns.map((row, index): PlacedLine => {
    const { bottom = 0 } = row[0] ?? {};
    if (isNumber(row, index)) return { bottom, lines: [] };
    if (row.length >= LEAST_COLUMNS)
      return {
        bottom,
        lines: [
          tableLine(
            row.map(({ text }) => text),
            page,
          ),
        ],
      };
    const lines = row.map(({ text, left: from, right: to, height }) => ({
      text,
      page,
      isFull: to >= right - (right - left) * SHORT,
      isIndented: from > left + height * INDENT,
    }));
    return { bottom, lines };
  });
  const ofTables = tables.flatMap(({ grid, inside }) =>
    grid.ys.slice(1).flatMap((bottom, index): PlacedLine[] => {
      const cells = grid.xs.slice(1).map((to, column) => {
        const cell = { xs: [grid.xs[column] ?? to, to], ys: [grid.ys[index] ?? bottom, bottom] };
        const own = rowsOf(inside.filter((one) => isIn(cell, one)));
        return own
          .flatMap(columnsOf)
          .map(({ text }) => text)
          .join(" ");
      });
      return cells.every((cell) => cell === "")
        ? []
        : [{ bottom, lines: [tableLine(cells, page)] }];
    }),
  );
  return [...ofText, ...ofTables]
    .sort((one, other) => other.bottom - one.bottom)
    .flatMap(({ lines }) => lines);
}

function tableLine(cells: readonly string[], page: number): TextLine {
  return { text: cells.join(" | "), page, isFull: false, isIndented: false, cells };
}

/** A piece lies where its middle lies. */
function isIn({ xs, ys }: Grid, { left, right, bottom, height }: Piece): boolean {
  const [x, y] = [(left + right) / 2, bottom + height / 3];
  return x > (xs[0] ?? x) && x < (xs.at(-1) ?? x) && y < (ys[0] ?? y) && y > (ys.at(-1) ?? y);
}

/** The parts of a line that wide gaps keep apart, as the two heads of a document stand beside each other. */
function columnsOf(row: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  for (const piece of [...row].sort((one, other) => one.left - other.left)) {
    const last = found.at(-1);
    if (piece.text.trim() === "") continue;
    const gap = last === undefined ? 0 : piece.left - last.right;
    if (last === undefined || gap > GAP * Math.max(last.height, piece.height))
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
