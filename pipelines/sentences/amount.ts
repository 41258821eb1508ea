import { levelsOf, levelWithin } from "../vocabulary/level.ts";
import { numberText, unitText } from "../vocabulary/number.ts";
import type { COMPARATORS } from "../vocabulary/words.ts";

// Figures with their units, and what is asked of them, within a sentence. Nothing is computed here:
// differences come with the facts.

export type Comparator = keyof typeof COMPARATORS;

/**
 * `24,1%`, `5/100.000 dân`, `12 cơ sở`, `loại A`.
 * @param figure a number, or an exact decimal as text
 */
export function amountText(figure: number | string, unit: string | null): string {
  return levelWithin(figure, unit) ?? numberText(figure) + unitText(unit);
}

/** ` đạt 24,1%`, ` là 3 vụ`, `: loại A`: what a value comes to, behind the words of its time. */
export function valueText(verb: "đạt" | "là", value: number, unit: string | null): string {
  // a level may itself begin with such a word
  return `${levelsOf(unit) === null ? ` ${verb}` : ":"} ${amountText(value, unit)}`;
}

/** Which way a figure has gone: a rank that is a smaller number is a higher one. */
export function wayOf(change: number, unit: string | null): string {
  if (unit !== null && /^(?:thứ )?hạng$/i.test(unit)) return change < 0 ? "lên" : "xuống";
  return change > 0 ? "tăng" : "giảm";
}

/** `từ loại B của quý I lên loại A`: how a level has moved; null of what is counted. */
export function levelMovedText(
  before: number | string,
  now: number | string,
  unit: string | null,
  name: string,
): string | null {
  if (levelsOf(unit) === null) return null;
  const way = Number(now) > Number(before) ? "lên" : "xuống";
  return `từ ${amountText(before, unit)} của ${name} ${way} ${amountText(now, unit)}`;
}

/** `6,18 điểm phần trăm`, `3 cơ sở`, from a difference. */
export function distanceText(difference: number, unit: string | null): string {
  const size = numberText(Math.abs(difference));
  if (unit === "%") return `${size} điểm phần trăm`;
  if (levelsOf(unit) !== null) return `${size} bậc`;
  return unit === null ? size : `${size} ${unit}`;
}

/** By how many of the things that it counts a value is better than its target, below 0: worse. */
export interface Beyond {
  /** A whole number, or one as text. */
  readonly beyond_count: number | string | null;
  readonly counted_unit: string | null;
  readonly target_comparator: string | null;
}

/**
 * `còn thiếu 5 cơ sở`, `vượt 2 vụ`: what a value is short of, in what people count; null of none.
 * @param amount how the number is written with its unit
 */
export function lackingText(
  figure: Beyond,
  amount: (size: string, unit: string | null) => string = amountText,
): string | null {
  const { beyond_count: count, counted_unit: unit, target_comparator: comparator } = figure;
  if (count === null || Number(count) >= 0) return null;
  const words = comparator?.startsWith("<") ? "vượt" : "còn thiếu";
  return `${words} ${amount(String(count).replace("-", ""), unit)}`;
}

/** A target with its unit: `30%`, `từ 18% đến 22%`, `từ 18 đến 22 vụ`. */
export function targetText(target: number, to: number | null, unit: string | null): string {
  if (to === null) return amountText(target, unit);
  const isAlone = unit !== "%" && levelsOf(unit) === null;
  const from = isAlone ? numberText(target) : amountText(target, unit);
  return `từ ${from} đến ${amountText(to, unit)}`;
}

/** The unit of a change that says how many times as much it is: no other change has it. */
const TIMES = "lần";

/** Which way a change goes: `giảm`, `gấp`; null where nothing has changed. */
export function movedWord(figure: number, unit: string | null): string | null {
  if (unit === TIMES) return figure === 1 ? null : figure > 1 ? "gấp" : "bằng";
  return figure === 0 ? null : figure < 0 ? "giảm" : "tăng";
}

/** What a change has come to: `giảm 6,67%`, `gấp 1,5 lần`. */
export function movedText(figure: number, unit: string | null): string {
  const word = movedWord(figure, unit);
  return word === null ? "không thay đổi" : `${word} ${amountText(Math.abs(figure), unit)}`;
}

const UNCHANGED: Readonly<Record<Comparator, string>> = {
  "<=": "không tăng",
  "<": "giảm",
  ">=": "không giảm",
  ">": "tăng",
  "=": "không thay đổi",
  between: "không thay đổi",
};

/** What is asked of a change: `giảm từ 5% trở lên`, `không tăng`. */
export function askedChangeText(
  comparator: Comparator,
  target: number,
  to: number | null,
  unit: string | null,
): string {
  if (unit === TIMES) {
    if (to !== null) return `gấp ${targetText(target, to, unit)}`;
    const word = target < 1 ? "bằng" : "gấp";
    return `${word} ${sizeAsked(comparator, false, amountText(target, unit))}`;
  }
  if (comparator === "between" && to !== null) {
    if (target >= 0) return `tăng ${targetText(target, to, unit)}`;
    if (to <= 0) return `giảm ${targetText(-to, -target, unit)}`;
    return `giảm không quá ${amountText(-target, unit)}, tăng không quá ${amountText(to, unit)}`;
  }
  if (target === 0) return UNCHANGED[comparator];
  const isFall = target < 0;
  const size = amountText(Math.abs(target), unit);
  return `${isFall ? "giảm" : "tăng"} ${sizeAsked(comparator, isFall, size)}`;
}

function sizeAsked(comparator: Comparator, isFall: boolean, size: string): string {
  if (comparator === "=") return `đúng ${size}`;
  if (comparator === (isFall ? "<=" : ">=")) return `từ ${size} trở lên`;
  if (comparator === (isFall ? "<" : ">")) return `trên ${size}`;
  return comparator === "<=" || comparator === ">=" ? `không quá ${size}` : `dưới ${size}`;
}
