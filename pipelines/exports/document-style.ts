import {
  AlignmentType,
  BorderStyle,
  type IParagraphOptions,
  type IRunOptions,
  Paragraph,
  TextRun,
} from "docx";
import { printable } from "../workbook/printable.ts";
import { type TextFont, textWidth } from "../workbook/text-size.ts";

/** Sizes, margins and lines after decree 30/2020/NĐ-CP, annex I. Sizes in half points. */
export const FONT = "Times New Roman";
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

export function millimetres(length: number): number {
  return Math.round(length * TWIPS_PER_MILLIMETRE);
}

/** A4 upright: 20 mm above and below, 30 left, 15 right. */
export const UPRIGHT = { width: 210, height: 297, top: 20, bottom: 20, left: 30, right: 15 };
/** The same sheet on its side. */
export const ACROSS = { width: 297, height: 210, top: 20, bottom: 15, left: 20, right: 15 };
export type Paper = typeof UPRIGHT;

/** Width of what is printed, in twips. */
export function roomOf({ width, left, right }: Paper): number {
  return millimetres(width - left - right);
}

export interface Words extends IRunOptions {
  readonly text: string;
}

/** A paragraph of one or more runs of text. */
export function paragraph(
  words: string | readonly Words[],
  run: IRunOptions = {},
  options: IParagraphOptions = {},
): Paragraph {
  const runs = typeof words === "string" ? [{ text: words }] : words;
  return new Paragraph({
    ...options,
    children: runs.map((one) => new TextRun({ ...run, ...one, text: printable(one.text) })),
  });
}

export function centred(
  words: string | readonly Words[],
  run: IRunOptions = {},
  options: IParagraphOptions = {},
): Paragraph {
  return paragraph(words, run, { alignment: AlignmentType.CENTER, ...options });
}

/** A line in the middle that takes a part of the room, as headings are closed with. */
export function rule(room: number, part: number): Paragraph {
  const indent = Math.round((room * (1 - part)) / 2);
  return new Paragraph({
    indent: { left: indent, right: indent },
    spacing: { before: 40, after: 0, line: 60, lineRule: "exact" },
    border: { top: { style: BorderStyle.SINGLE, size: 6, space: 0, color: "000000" } },
    children: [],
  });
}

/**
 * A text on one line where it fits, else on two that are as even as its words allow.
 * @param room in points.
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
