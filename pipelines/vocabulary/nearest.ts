import { withoutMarks } from "./letter-case.ts";

/**
 * The one of several words that was most likely meant by a slip: with the fewest letters added, left
 * out, changed or swapped, at most one in three; capitals and marks do not count. Null where none is
 * near.
 */
export function nearest(word: string, known: Iterable<string>): string | null {
  const wanted = plain(word);
  let best: { readonly candidate: string; readonly slips: number } | null = null;
  for (const candidate of known) {
    const slips = slipsBetween(wanted, plain(candidate));
    const allowed = Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3));
    if (slips <= allowed && (best === null || slips < best.slips)) best = { candidate, slips };
  }
  return best?.candidate ?? null;
}

/**
 * The same for codes, in which a digit is not a slip: `Q9` was not meant to be `Q1`, `187` may have been
 * meant to be `178`. A code of one or two letters is near to nothing.
 */
export function nearestCode(code: string, known: Iterable<string>): string | null {
  const digits = (one: string): string => [...one.replaceAll(/\D/g, "")].sort().join("");
  if (code.length < 3) return null;
  return nearest(
    code,
    [...known].filter((one) => digits(one) === digits(code)),
  );
}

function plain(word: string): string {
  return withoutMarks(word.toLowerCase());
}

/** How many letters are added, left out, changed or swapped between two words. */
export function slipsBetween(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      const isSwapped =
        i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}
