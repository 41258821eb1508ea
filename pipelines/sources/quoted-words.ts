import type { Plan, PlanIndicator } from "./plan.ts";
import type { Inconsistency } from "./plan-consistency.ts";
import type { TargetComparator } from "./plan-target.ts";
import { numbersIn } from "./quoted-number.ts";

/** Words right before a number, and how they have a value compared with it; the longest come first. */
const BEFORE: readonly (readonly [words: RegExp, comparator: TargetComparator])[] = [
  [/(?:không|chưa)\s+(?:dưới|thấp\s+hơn|ít\s+hơn|nhỏ\s+hơn)$/iu, ">="],
  [
    /(?:không\s+(?:quá|vượt(?:\s+quá)?|cao\s+hơn|nhiều\s+hơn|lớn\s+hơn)|tối\s+đa|nhiều\s+nhất)$/iu,
    "<=",
  ],
  [/(?:ít\s+nhất|tối\s+thiểu)$/iu, ">="],
  [/(?:dưới|thấp\s+hơn|ít\s+hơn|nhỏ\s+hơn)$/iu, "<"],
  [/(?:trên|cao\s+hơn|nhiều\s+hơn|lớn\s+hơn|vượt)$/iu, ">"],
];

/** Words right after a number. */
const AFTER: readonly (readonly [words: RegExp, comparator: TargetComparator])[] = [
  [/^\s*%?\s*(?:\p{L}+\s+){0,2}trở\s+lên/iu, ">="],
  [/^\s*%?\s*(?:\p{L}+\s+){0,2}trở\s+xuống/iu, "<="],
];

/**
 * Targets that are compared otherwise than the plan's own words say: «dưới 20 %» written `>=`, «giảm 20 %»
 * written as a rise.
 */
export function unquotedComparisons(plan: Plan): Inconsistency[] {
  return plan.indicators.flatMap((indicator, index): Inconsistency[] => {
    const { statements, comparator } = indicator.target;
    return statements.flatMap((statement, position): Inconsistency[] => {
      if (statement.value === null || statement.value.to !== null) return [];
      const found =
        indicator.value.kind === "change"
          ? otherDirection(indicator, statement.value.value)
          : otherComparison(indicator, statement.value.value);
      const inList = statements.length > 1 ? [position] : [];
      const path = ["indicators", index, "target", ...inList, "comparator"];
      return found === null ? [] : [{ path, ...messageOf(found, comparator) }];
    });
  });
}

interface Found {
  /** As the quote has it: `dưới 20`. */
  readonly said: string;
  readonly asked: string;
}

function messageOf(
  { said, asked }: Found,
  comparator: TargetComparator,
): Pick<Inconsistency, "message" | "remedy"> {
  return {
    message: `câu của kế hoạch là “${said}”, mà mức ghi ${comparator}`,
    remedy: `Ghi ${asked}, hoặc nêu ở added_rules vì sao hiểu khác.`,
  };
}

/** What the words beside the number ask for; null where they agree with the target, or say nothing. */
function otherComparison({ quote, target }: PlanIndicator, value: string): Found | null {
  const said = numbersIn(quote)
    .filter((one) => Number(one.value) === Number(value))
    .flatMap(({ typed, at }) => {
      const [before, after] = [quote.slice(0, at).trimEnd(), quote.slice(at + typed.length)];
      const word = BEFORE.flatMap(([words, comparator]) => {
        const found = words.exec(before)?.[0];
        return found === undefined ? [] : [{ said: `${found} ${typed}`, comparator }];
      })[0];
      const later = AFTER.flatMap(([words, comparator]) => {
        const found = words.exec(after)?.[0];
        return found === undefined ? [] : [{ said: `${typed}${found}`, comparator }];
      })[0];
      return later ?? word ?? [];
    });
  const [first] = said;
  if (first === undefined || said.some(({ comparator }) => comparator === target.comparator)) {
    return null;
  }
  return { said: first.said, asked: `comparator: "${first.comparator}"` };
}

/** A fall that is asked for as a rise, or the other way round. */
function otherDirection(
  { quote, target, value: { kind, ...of } }: PlanIndicator,
  value: string,
): Found | null {
  const size = Number(value);
  // of how many times as much nothing is the same
  if (kind === "change" && "as" in of && of.as === "times") return null;
  // a fall of so much: at most less
  const isFall = size < 0 || (size === 0 && ["<", "<="].includes(target.comparator));
  const said = numbersIn(quote)
    .filter((one) => Number(one.value) === Math.abs(size))
    .flatMap(({ typed, at }) => {
      const [word] =
        /(?:tăng|giảm)(?=(?:\s+\p{L}+){0,3}$)/iu.exec(quote.slice(0, at).trimEnd()) ?? [];
      return word === undefined ? [] : [{ word: word.toLowerCase(), said: `${word} ${typed}` }];
    });
  const [first] = said;
  const word = isFall ? "giảm" : "tăng";
  if (size === 0 || first === undefined || said.some((one) => one.word === word)) return null;
  const asked =
    first.word === "giảm"
      ? `comparator: "<=", value: -${Math.abs(size)}`
      : `value: ${Math.abs(size)}`;
  return { said: first.said, asked };
}
