import { numberText } from "../vocabulary/number.ts";

/** As many names as are listed; more are counted. */
const MOST_NAMES = 4;
/** Of more than `MOST_NAMES`, as many are named before the others are counted. */
const FIRST_NAMES = 3;

/** Places by their names, or how many where they are too many to name. */
export function namesText(names: readonly string[], noun: string): string {
  return names.length <= MOST_NAMES ? names.join(", ") : `${names.length} ${noun}`;
}

/**
 * Names, three at most, and how many more there are: `A, B, C và 4 xã khác`.
 * @param numbered how a number is written, `04` in documents
 */
export function firstNamesText(
  names: readonly string[],
  noun: string,
  numbered: (rest: number) => string = numberText,
): string {
  if (names.length <= MOST_NAMES) return enumerated(names);
  const rest = names.length - FIRST_NAMES;
  return `${names.slice(0, FIRST_NAMES).join(", ")} và ${numbered(rest)} ${noun} khác`;
}

/** `a, b và c`. */
export function enumerated(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} và ${last}`;
}

/** Of parts that may have nothing to say, those that have. */
export function present<T>(parts: readonly (T | false | null)[]): T[] {
  return parts.filter((part): part is T => part !== false && part !== null);
}

/** A sentence's clauses that have something to say, in a row. */
export function joined(clauses: readonly (string | false | null)[], separator = ", "): string {
  return present(clauses).join(separator);
}

/** Names as facts bring them: one a line; none where there is no text. */
export function namesIn(lines: string | null): readonly string[] {
  return lines === null ? [] : lines.split("\n");
}
