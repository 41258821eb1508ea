import type fc from "fast-check";
import { STATUS_NAMES, wordWithin } from "../../pipelines/vocabulary/status.ts";

// A sentence is read back into what it says: each phrase that it may have, with what the facts say there.

/** What stands at a place of a phrase; null is not looked at, a boolean is whether anything stands there. */
type Expected = number | string | boolean | null | readonly string[];

/**
 * A phrase as a pattern in which # is a count, @ a figure with its unit, ~ a verdict and ° names; and
 * what its groups have to be by the facts, or whether it may be said at all.
 */
export type Rule<Facts> = readonly [
  says: string,
  isSo: (facts: Facts, ...found: string[]) => readonly Expected[] | boolean,
];

/** A maker of sentences: what it is given, how what it says is read back, and what it has to say. */
export interface Maker {
  readonly facts: fc.Arbitrary<unknown>;
  readonly text: (facts: never) => string;
  readonly rules: readonly Rule<never>[];
  readonly must: (facts: never) => readonly string[];
}

export function maker<Facts>(
  facts: fc.Arbitrary<Facts>,
  text: (facts: Facts) => string,
  rules: readonly Rule<Facts>[],
  must: (facts: Facts) => readonly string[] = () => [],
): Maker {
  return { facts, text, rules, must };
}

export const GRADES = "Loại C < Loại B < Loại A";
const NUMBER = "-?[\\d.]*\\d(?:,\\d+)?";
const SLOTS: Readonly<Record<string, string>> = {
  "#": "(\\d+)",
  "@": `(loại [ABC]|${NUMBER}(?:%| vụ| hạng| lần| điểm phần trăm| bậc)?)`,
  "~": `(chưa đạt, chưa đến hạn|${STATUS_NAMES.map(wordWithin)
    .toSorted((one, other) => other.length - one.length)
    .join("|")})`,
  "°": "([^;():.·\\n]+?)",
};

/** What claims something, wherever it stands: a figure, a direction, all or none, a cause, a verdict. */
const CLAIM =
  /\d|(?<!\p{L})(nhất|toàn bộ|tất cả|đều|cả|mỗi|do|vì|chính thức|không còn|nào|tạm tính|cũng|(không )?(tăng|giảm|đạt)|lên|xuống|(cao|thấp) hơn|vượt|dưới|bằng|gấp)(?!\p{L})/giu;

/** What a text says that is not so, or that no rule reads. */
export function untrue<Facts>(text: string, facts: Facts, rules: readonly Rule<Facts>[]): string[] {
  const wrong: string[] = [];
  let rest = text;
  for (const [says, isSo] of rules) {
    const pattern = says.replaceAll(/[#@~°]/g, (slot) => SLOTS[slot] ?? slot);
    rest = rest.replace(new RegExp(pattern, "gmu"), (phrase: string, ...groups: unknown[]) => {
      const found = groups.slice(
        0,
        groups.findIndex((one) => typeof one === "number"),
      );
      const expected = isSo(facts, ...(found as string[]));
      const isTrue =
        typeof expected === "boolean"
          ? expected
          : expected.every((one, index) => isThere(found[index] as string | undefined, one));
      if (!isTrue) wrong.push(phrase);
      return "·";
    });
  }
  return [...wrong, ...(rest.match(CLAIM) ?? []).map((claim) => `${claim} in «${rest}»`)];
}

function isThere(found: string | undefined, expected: Expected): boolean {
  if (expected === null) return true;
  if (typeof expected === "boolean") return (found !== undefined) === expected;
  if (found === undefined) return false;
  if (typeof expected === "string") return found === expected;
  return typeof expected === "number"
    ? Math.abs(amountOf(found) - expected) < 1e-6
    : isNamed(found, expected);
}

/** What an amount is: `1.234,5%` is 1234.5, `loại A` the third of its levels. */
export function amountOf(text: string): number {
  const level = /^loại ([ABC])$/.exec(text)?.[1];
  if (level !== undefined) return "CBA".indexOf(level) + 1;
  const [number = "NaN"] = new RegExp(NUMBER).exec(text) ?? [];
  return Number(number.replaceAll(".", "").replace(",", "."));
}

/** Whether a list of names is that of so many places, or of some of them and how many others. */
function isNamed(text: string, names: readonly string[]): boolean {
  const [, counted] = /^(\d+) /.exec(text) ?? [];
  if (counted !== undefined) return names.length > 0 && Number(counted) === names.length;
  const [, some = text, others = "0"] = /^(.*) và (\d+) .* khác$/.exec(text) ?? [];
  const listed = new Set(some.split(/, | và |; /));
  return (
    listed.size + Number(others) === names.length && [...listed].every((one) => names.includes(one))
  );
}
