import { createHash } from "node:crypto";
import { remembering } from "./remembering.ts";

const INVISIBLE = /[\p{Cf}]|[\uFE00-\uFE0F]/gu;
/** Signs that change what a label means stay: a percentage, a bound. */
const SIGNS = /[^\p{L}\p{M}\p{N}%<>≤≥=+]+/gu;

/**
 * A label without the differences that mean nothing: capitals, composed or decomposed letters, line
 * breaks, doubled spaces, signs between words. Not for reading.
 */
export const labelKey = remembering((text) =>
  text
    .normalize("NFC")
    .replace(INVISIBLE, "")
    .replace(/(?<=m)[²³]/gu, (power) => (power === "²" ? "2" : "3"))
    .toLocaleLowerCase("vi")
    .replace(SIGNS, " ")
    .trim(),
);

/** Eight hexadecimal digits by which labels written together are known again, without what means nothing. */
export function labelDigest(...texts: readonly string[]): string {
  const key = texts.map(labelKey).join("\n");
  return createHash("sha256").update(key).digest("hex").slice(0, 8);
}

/** Words with which no name ends. */
const DANGLING =
  /(?:[\s,;:(]+|\s(?:và|hoặc|của|các|những|cho|về|được|bị|tại|ở|trong|ngoài|với|theo|từ|đến|là|có|số|để|do|trên|dưới|mỗi|ít nhất|tối thiểu|đạt))+$/iu;

/** So many whole words of a text as have room, none of them a preposition at the end. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const whole = text.slice(0, length + 1).replace(/\s*\S*$/u, "");
  return whole === "" ? text : whole.replace(DANGLING, "") || whole;
}
