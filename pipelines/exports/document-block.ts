import { type TextFont, textWidth } from "../workbook/text-size.ts";

/** Sizes, margins and lines after decree 30/2020/NĐ-CP, annex I. Sizes in half points. */
export const SIZE = {
  body: 28,
  heading: 26,
  title: 28,
  national: 24,
  list: 22,
  table: 21,
  small: 17,
};

const TWIPS_PER_MILLIMETRE = 1440 / 25.4;
const TWIPS_PER_POINT = 20;

export function millimetres(length: number): number {
  return Math.round(length * TWIPS_PER_MILLIMETRE);
}

/** A4 upright: 20 mm above and below, 30 left, 15 right. */
export const UPRIGHT = { width: 210, height: 297, top: 20, bottom: 20, left: 30, right: 15 };
/** The same sheet on its side. */
export const ACROSS = { width: 297, height: 210, top: 20, bottom: 15, left: 20, right: 15 };
export type Paper = typeof UPRIGHT;

/** Width of the printed area, in twips. */
export function roomOf({ width, left, right }: Paper): number {
  return millimetres(width - left - right);
}

/** Format of letters; sizes in half points, by default the body's. */
export interface Letters {
  readonly size?: number;
  readonly bold?: boolean;
  readonly italics?: boolean;
  /** `C00000`; black by default. */
  readonly color?: string;
}

export type Side = "left" | "center" | "right" | "both";

/** Format of a paragraph; lengths in twips, `line` in 240ths of a line. */
export interface Standing {
  readonly align?: Side;
  readonly firstLine?: number;
  /** Of all its lines. */
  readonly indent?: number;
  readonly before?: number;
  readonly after?: number;
  readonly line?: number;
  /** Kept on one page with the next block. */
  readonly keepNext?: boolean;
  /** Never split over pages. */
  readonly keepLines?: boolean;
  /** Its role for assistive technology; text by default. */
  readonly role?: "title" | "part" | "point";
}

export interface ParagraphBlock extends Letters, Standing {
  readonly kind: "paragraph";
  readonly text: string;
}

/** A centred line across a part of the room, below headings. */
export interface RuleBlock {
  readonly kind: "rule";
  readonly room: number;
  readonly part: number;
}

export interface TableColumn {
  readonly header: string;
  /** Parts of the room; they need not add up to anything. */
  readonly width: number;
  readonly align: Side;
}

/** Lines of one cell, or a row of one text across the whole table. */
export type TableLine = readonly (readonly string[])[] | { readonly heading: string };

/**
 * A table with borders; its header repeats on every page and its rows are never split. The second and
 * later lines of a cell are small.
 */
export interface TableBlock {
  readonly kind: "table";
  readonly columns: readonly TableColumn[];
  readonly lines: readonly TableLine[];
  /** Its last row is kept on one page with the notes below it. */
  readonly keepNext?: boolean;
  /** Width of the whole table, in twips. */
  readonly room: number;
  /** Of the text, in half points. */
  readonly size: number;
}

/** Two columns without lines, for headings and signatures. */
export interface BesideBlock {
  readonly kind: "beside";
  readonly rows: readonly (readonly [readonly Line[], readonly Line[]])[];
  readonly widths: readonly [number, number];
}

export type Line = ParagraphBlock | RuleBlock;

/** A block of a document, drawn in Word and PDF alike. */
export type Block = Line | TableBlock | BesideBlock;

/** Blocks on pages of their own. */
export interface Section {
  readonly paper: Paper;
  readonly blocks: readonly Block[];
}

export function paragraph(
  text: string,
  letters: Letters = {},
  standing: Standing = {},
): ParagraphBlock {
  return { kind: "paragraph", text, ...letters, ...standing };
}

export function centred(
  text: string,
  letters: Letters = {},
  standing: Standing = {},
): ParagraphBlock {
  return paragraph(text, letters, { align: "center", ...standing });
}

export function rule(room: number, part: number): RuleBlock {
  return { kind: "rule", room, part };
}

/** Divides a room into parts that add up to it exactly. */
export function shares(parts: readonly number[], room: number): number[] {
  const sum = parts.reduce((total, part) => total + part, 0);
  const widths = parts.map((part) => Math.floor((part / sum) * room));
  const left = room - widths.reduce((total, width) => total + width, 0);
  return widths.map((width, index) => (index === widths.length - 1 ? width + left : width));
}

/** Of a cell on both sides, with its lines. */
const CELL_PADDING = 180;

/**
 * The widths of a table's columns, in twips: as they are given, but none narrower than the longest word
 * in it, for which the wider ones give way, so that no number is broken over lines.
 */
export function columnWidths({ columns, lines, room, size }: TableBlock): number[] {
  const parts = columns.map(({ width }) => width);
  const widths = shares(parts, room);
  const spare = widths.map((width, index) => {
    const words = lines.flatMap((line) =>
      "heading" in line ? [] : (line[index]?.[0] ?? "").split(/\s/),
    );
    const widest = Math.max(0, ...words.map((word) => textWidth(word, { size: size / 2 })));
    return width - Math.ceil(widest * TWIPS_PER_POINT) - CELL_PADDING;
  });
  const [left = 0, wanted = 0] = [1, -1].map((sign) =>
    spare.reduce((sum, one) => sum + Math.max(0, sign * one), 0),
  );
  // where there is no room for all, words break
  if (wanted === 0 || wanted > left) return widths;
  const given = spare.map((own, at) => (widths[at] ?? 0) - own * (own > 0 ? wanted / left : 1));
  return shares(given, room);
}

/**
 * A text on one line if it fits, else on two lines as even as possible.
 * @param room in points
 */
export function balanced(text: string, font: TextFont, room: number): string[] {
  if (textWidth(text, font) <= room) return [text];
  const words = text.split(" ");
  let best = [text];
  let least = Number.POSITIVE_INFINITY;
  for (let cut = 1; cut < words.length; cut += 1) {
    const lines = [words.slice(0, cut).join(" "), words.slice(cut).join(" ")];
    const widest = Math.max(...lines.map((line) => textWidth(line, font)));
    if (widest < least) {
      best = lines;
      least = widest;
    }
  }
  return best;
}
