import type { ValueKind } from "../types/tables.ts";
import { VALUE_KINDS } from "./words.ts";

/** What the two parts of a value are called; a count is one number. */
export type Parts = readonly [string, string | undefined];

/** The names of the parts of an indicator's value. */
export function namesOfParts(kind: ValueKind): Parts {
  const words: { readonly numerator: string; readonly denominator?: string } = VALUE_KINDS[kind];
  return [words.numerator, words.denominator];
}

/** Whether the indicator is fulfilled or not, without a value to rank or to draw as a line. */
export function isCondition(kind: ValueKind): boolean {
  return !["ratio", "count", "change"].includes(kind);
}
