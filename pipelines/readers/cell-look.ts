/** How a run of text in a cell looks besides its letters. */
export type Look = "plain" | "raised" | "struck" | "unseen";

/** A run of text in one format. */
export interface TextRun {
  readonly text: string;
  readonly look: Look;
}

/** Letters and signs that can be written raised, and how. */
const RAISED: ReadonlyMap<string, string> = new Map(
  [..."0123456789+-=()*abcdefghijklmnoprstuvwxyz"].map((sign, index) => [
    sign,
    [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁎ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"][index] ?? sign,
  ]),
);
/** Raised signs at the end of a text; behind a metre they are its power. */
const FOOTNOTE = /(?<!m)[\u00b9\u00b2\u00b3\u2070-\u209c\u1d43-\u1dbf\u02b0-\u02b8\u204e]+\s*$/u;
/** A million is written so. */
const POWER = /^10[\u2070\u00b2\u00b3\u2074-\u2079]+$/u;

/** A text without the mark of a footnote behind it: `20` of `20¹`. */
export function withoutFootnote(text: string): string {
  const short = POWER.test(text.trim()) ? text : text.replace(FOOTNOTE, "");
  return short === "" ? text : short;
}

/**
 * A text as it is seen: raised and lowered runs in raised signs, without what nobody sees.
 * @returns also the text as the file has it, where that differs
 */
export function seenText(runs: readonly TextRun[]): {
  readonly text: string;
  readonly isStruck: boolean;
  /** Nothing of it is seen; it is given all the same. */
  readonly isUnseen: boolean;
  readonly whole?: string;
} {
  const filled = runs.filter(({ text }) => text.trim() !== "");
  const isStruck = filled.some(({ look }) => look === "struck");
  const isUnseen = filled.length > 0 && filled.every(({ look }) => look === "unseen");
  // a whole text that is raised is nobody's footnote
  const hasBase = filled.some(({ look }) => look !== "raised" && look !== "unseen");
  const texts = runs.map(({ text, look }) => {
    if (look === "unseen") return isUnseen ? text : "";
    if (look !== "raised" || !hasBase) return text;
    return [...text].map((sign) => RAISED.get(sign.toLowerCase()) ?? sign).join("");
  });
  const whole = runs.map(({ text }) => text).join("");
  const text = texts.join("");
  return { text, isStruck, isUnseen, ...(text === whole ? {} : { whole }) };
}

/** A format of letters: colour and ground as six hexadecimal digits, null where that is not known. */
export interface LetterFormat {
  readonly isStruck: boolean;
  readonly isRaised: boolean;
  /** In points. */
  readonly size: number | null;
  readonly color: string | null;
}

/** Nobody reads smaller letters. */
const SMALLEST = 2;
/** Colours that differ by less in each of their parts are one for the eye. */
const ALIKE = 16;
export const WHITE = "FFFFFF";

export function lookOf({ isStruck, isRaised, size, color }: LetterFormat, ground: string): Look {
  if ((size !== null && size <= SMALLEST) || areAlike(color, ground)) return "unseen";
  return isStruck ? "struck" : isRaised ? "raised" : "plain";
}

function areAlike(color: string | null, ground: string): boolean {
  if (color === null || !/^[\da-f]{6}$/i.test(color) || !/^[\da-f]{6}$/i.test(ground)) return false;
  return [0, 2, 4].every((at) => {
    const [one, other] = [color, ground].map((text) => Number.parseInt(text.slice(at, at + 2), 16));
    return Math.abs((one ?? 0) - (other ?? 0)) <= ALIKE;
  });
}
