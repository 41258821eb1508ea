import { withoutMarks } from "../vocabulary/letter-case.ts";
import { remembering } from "../vocabulary/remembering.ts";

/** Advance widths of Times New Roman in 1/1000 em, by the letter without its marks. */
const WIDTHS: Readonly<Record<string, number>> = {
  ...each("abdghknopquvxy", 500),
  ...each("acez", 444),
  ...each("ijlt/:;", 278),
  ...each("fr-()", 333),
  ...each("s", 389),
  ...each("m", 778),
  ...each("w", 722),
  ...each(" .,", 250),
  ...each("ADGHKNOQUVXY", 722),
  ...each("BCR", 667),
  ...each("ELTZ", 611),
  ...each("FPS", 556),
  ...each("IJ", 389),
  ...each("M", 889),
  ...each("W", 944),
  ...each("…", 1000),
};
const OTHER_WIDTH = 500;
const BOLD_FACTOR = 1.05;
/** Programs lay out the same text a little differently; a row too high is better than cut text. */
const SAFETY = 1.04;
const LINE_FACTOR = 1.17;

function each(letters: string, width: number): Record<string, number> {
  return Object.fromEntries([...letters].map((letter) => [letter, width]));
}

export interface TextFont {
  /** In points. */
  readonly size: number;
  readonly bold?: boolean | undefined;
}

/** Width of a text in 1/1000 em: forms and reports of an office share most of their words. */
const widthOf = remembering((text) => {
  let width = 0;
  for (const letter of withoutMarks(text)) width += WIDTHS[letter] ?? OTHER_WIDTH;
  return width;
});

/** Width of a text on one line, in points. */
export function textWidth(text: string, font: TextFont): number {
  return (widthOf(text) / 1000) * font.size * (font.bold === true ? BOLD_FACTOR : 1) * SAFETY;
}

/** Number of lines that a text takes in a cell `width` points wide, broken at spaces. */
export function lineCount(text: string, font: TextFont, width: number): number {
  const space = textWidth(" ", font);
  let lines = 0;
  for (const paragraph of text.split("\n")) {
    let used = 0;
    lines += 1;
    for (const word of paragraph.split(" ")) {
      const needed = textWidth(word, font);
      if (used > 0 && used + space + needed > width) {
        lines += 1;
        used = needed;
      } else {
        used += (used > 0 ? space : 0) + needed;
      }
      while (used > width) {
        lines += 1;
        used -= width;
      }
    }
  }
  return lines;
}

/** Height in points of a row that shows a text in full. */
export function textHeight(text: string, font: TextFont, width: number): number {
  return Math.ceil(lineCount(text, font, width) * font.size * LINE_FACTOR + 3);
}
