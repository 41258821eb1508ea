import { asPictures } from "./pictures.ts";
import type { CellContent, CellMark } from "./sheet-content.ts";

/** How a run of text in a cell looks besides its letters. */
export type Look = "plain" | "raised" | "struck" | "unseen";

/** A run of text in one format. */
export interface TextRun {
  readonly text: string;
  readonly look: Look;
  readonly font?: string | null;
}

/** Letters and signs that can be written raised, and how. */
const RAISED: ReadonlyMap<string, string> = new Map(
  [..."0123456789+-=()*abcdefghijklmnoprstuvwxyz"].map((sign, index) => [
    sign,
    [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁎ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"][index] ?? sign,
  ]),
);
const SIGNS = String.raw`[\u00b9\u00b2\u00b3\u2070-\u209c\u1d43-\u1dbf\u02b0-\u02b8\u204e]+`;
/** Raised signs at the end of a text, where behind a metre they are its power, or before it. */
const FOOTNOTE = new RegExp(`(?<!m)${SIGNS}\\s*$|^\\s*${SIGNS}\\s*(?=[\\d\\p{Lu}\\p{Ll}])`, "gu");
/** A million is written so. */
const POWER = /^10[\u2070\u00b2\u00b3\u2074-\u2079]+$/u;

/** A text without the mark of a footnote behind or before it: `20` of `20¹`, `Không` of `¹Không`. */
export function withoutFootnote(text: string): string {
  const short = POWER.test(text.trim()) ? text : text.replace(FOOTNOTE, "");
  return short === "" ? text : short;
}

/** A text as it is seen. */
export interface SeenText {
  readonly text: string;
  readonly isStruck: boolean;
  /** Nothing of it is seen; it is given all the same. */
  readonly isUnseen: boolean;
  readonly whole?: string;
}

/**
 * A text as it is seen: raised and lowered runs in raised signs, without what nobody sees.
 * @returns also the text as the file has it, where that differs
 */
export function seenText(runs: readonly TextRun[]): SeenText {
  const filled = runs.filter(({ text }) => text.trim() !== "");
  const isStruck = filled.some(({ look }) => look === "struck");
  // a mark behind what nobody sees is no figure
  const isUnseen =
    filled.some(({ look }) => look === "unseen") &&
    filled.every(({ look }) => look === "unseen" || look === "raised");
  // a whole text that is raised is nobody's footnote
  const hasBase = filled.some(({ look }) => look !== "raised" && look !== "unseen");
  const texts = runs.map(({ text, look, font }) => {
    if (isUnseen) return text;
    if (look === "unseen") return "";
    if (look !== "raised" || !hasBase) return asPictures(text, font);
    return [...text].map((sign) => RAISED.get(sign.toLowerCase()) ?? sign).join("");
  });
  const whole = runs.map(({ text }) => text).join("");
  const text = texts.join("");
  return { text, isStruck, isUnseen, ...(text === whole ? {} : { whole }) };
}

/** How a cell looks in a workbook of any kind. */
interface CellLook {
  readonly look: Look;
  /** A line goes from corner to corner. */
  readonly isCrossed: boolean;
  /** Its text, where its parts have formats of their own. */
  readonly seen?: SeenText | null | undefined;
  /** What its format of numbers shows of it, where that says something else. */
  readonly shown: string | null;
  /** What else there is to say of it. */
  readonly mark?: CellMark | undefined;
}

/** What a cell's content alone does not say of what is seen of it; nothing where it says all. */
export function markOf({ look, isCrossed, seen, shown, mark }: CellLook): CellMark | undefined {
  const isStruck = look === "struck" || isCrossed || seen?.isStruck === true;
  const isUnseen = seen?.isUnseen ?? look === "unseen";
  const all: CellMark = {
    ...mark,
    ...(isStruck ? { isStruck } : {}),
    ...(isUnseen ? { shown: "" } : shown === null ? {} : { shown }),
    ...(seen?.whole === undefined ? {} : { whole: seen.whole }),
  };
  return Object.keys(all).length === 0 ? undefined : all;
}

/** What a number or an answer shows in a font of pictures; null where it shows itself. */
export function shownInFont(value: CellContent, { font }: LetterFormat): string | null {
  const text = typeof value === "number" || typeof value === "boolean" ? String(value) : "";
  const seen = asPictures(text, font);
  return seen === text ? null : seen;
}

/** A format of letters: colour and ground as six hexadecimal digits, null where that is not known. */
export interface LetterFormat {
  readonly isStruck: boolean;
  readonly isRaised: boolean;
  /** In points. */
  readonly size: number | null;
  readonly color: string | null;
  readonly font: string | null;
}

/** Nobody reads smaller letters. */
const SMALLEST = 2;
/** Letters of less contrast with their ground are not read; 1 is none, 21 is black on white (WCAG 2.2). */
const LEAST_CONTRAST = 1.3;
export const WHITE = "FFFFFF";

/** The format of a run in a cell, of which it has colour, size and font that it does not name. */
export function ownLetters(run: LetterFormat, cell: LetterFormat): LetterFormat {
  const [color, size] = [run.color ?? cell.color, run.size ?? cell.size];
  return { ...run, color, size, font: run.font ?? cell.font };
}

export function lookOf({ isStruck, isRaised, size, color }: LetterFormat, ground: string): Look {
  if ((size !== null && size <= SMALLEST) || areAlike(color, ground)) return "unseen";
  return isStruck ? "struck" : isRaised ? "raised" : "plain";
}

function areAlike(color: string | null, ground: string): boolean {
  const [one, other] = [brightness(color ?? ""), brightness(ground)];
  if (one === null || other === null) return false;
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) < LEAST_CONTRAST;
}

/** Relative luminance of a colour. */
function brightness(color: string): number | null {
  if (!/^[\da-f]{6}$/i.test(color)) return null;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
