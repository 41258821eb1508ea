import { multipleIn, numbersIn, type QuotedNumber } from "../../reading-plans/numbers.ts";
import { decimalText } from "../../vocabulary/decimal.ts";
import { levelsOf, levelText } from "../../vocabulary/level.ts";
import type { Inconsistency } from "../file/plan-consistency.ts";
import type { Plan, PlanIndicator } from "../plan/plan.ts";
import { numbersOf } from "../plan/plan-target.ts";

/** Small numbers that a sentence has as words. */
const NUMBER_WORDS: Readonly<Record<string, readonly string[]>> = {
  "0": ["không để", "không có", "không xảy ra", "không phát sinh", "không còn"],
  "1": ["một", "mỗi"],
  "1.5": ["gấp rưỡi"],
  "2": ["hai", "cả hai", "gấp đôi"],
  "3": ["ba"],
  "4": ["bốn"],
  "6": ["sáu"],
  "7": ["bảy"],
  "8": ["tám"],
  "9": ["chín"],
  "10": ["mười"],
  "50": ["một nửa"],
  "100": ["toàn bộ", "tất cả", "mọi", "mỗi"],
};

/**
 * Numbers of targets that stand neither in the plan's own words nor in a rule that was added: a number
 * that the plan does not give is a slip, or a rule that somebody has to own. Numbers of a table are
 * left out; they stand in an annex of the plan.
 */
export function unquotedNumbers(plan: Plan): Inconsistency[] {
  return plan.indicators.flatMap((indicator, index) => {
    const { target } = indicator;
    const ofTargets = target.statements.flatMap((statement, position) => {
      const path = ["indicators", index, "target"];
      const inList = target.statements.length > 1 ? [position] : [];
      return numbersOf(statement).flatMap(({ field, number: { value, to } }): Inconsistency[] =>
        [value, ...(to === null ? [] : [to])]
          .filter((number) => !isQuoted(indicator, number))
          .map((number) => ({
            path: [...path, ...inList, ...field],
            ...wordsOf(indicator, number),
          })),
      );
    });
    return [...ofTargets, ...unquotedLevels(plan, indicator, index)];
  });
}

/** Levels of conditions that are not quoted. */
function unquotedLevels(plan: Plan, indicator: PlanIndicator, index: number): Inconsistency[] {
  const { value: stated } = indicator;
  const value = stated.kind === "change" ? stated.of : stated;
  if (!("conditions" in value)) return [];
  return value.conditions.flatMap(({ measure, value: bound }, position) => {
    const unit = plan.measures.find(({ code }) => code === measure)?.unit_of_measure ?? "";
    const asked = { ...indicator, unit_of_measure: unit };
    if (levelsOf(unit) === null || isQuoted(asked, bound)) return [];
    const path = ["indicators", index, "value", "conditions", position, "value"];
    return [{ path, ...wordsOf(asked, bound) }];
  });
}

function wordsOf(
  { quote, unit_of_measure }: PlanIndicator,
  number: string,
): Pick<Inconsistency, "message" | "remedy"> {
  const level = levelText(number, unit_of_measure);
  if (level !== null) {
    return {
      message: `mức “${level}” không có trong câu của kế hoạch (quote) và trong added_rules`,
      remedy: "Sửa tên mức, sửa câu, hoặc ghi vào added_rules vì sao lấy mức này.",
    };
  }
  const grouped = numbersIn(quote).find(
    ({ typed, value }) => /^\d{1,3}\.\d{3}$/.test(typed) && isSame(number, typed, value),
  );
  if (grouped !== undefined) {
    return {
      message: `ghi ${number}, mà câu của kế hoạch là ${grouped.typed}`,
      remedy: `Dấu chấm trong câu là dấu hàng nghìn: ghi ${grouped.value}.`,
    };
  }
  const scaled = numbersIn(quote)
    .map(({ at, typed, value }) => ({
      typed,
      value,
      by: multipleIn(quote.slice(at + typed.length)),
    }))
    .find(({ value, by }) => by.zeros > 0 && Number(value) === Number(number.replace(/^-/, "")));
  if (scaled !== undefined) {
    const { typed, value, by } = scaled;
    const whole = Number(`${value}e${by.zeros}`);
    return {
      message: `ghi ${number}, mà câu của kế hoạch là ${typed} ${by.typed.trim()}`,
      remedy: `Ghi ${whole}, hoặc ghi “${by.typed.trim()}” vào đơn vị tính.`,
    };
  }
  const found = numbersIn(quote).map(({ typed }) => typed);
  return {
    message: `số ${decimalText(number)} không có trong câu của kế hoạch (quote) và trong added_rules`,
    remedy:
      found.length === 0
        ? "Sửa số, sửa câu, hoặc ghi vào added_rules vì sao lấy số này."
        : `Trong câu có ${[...new Set(found)].join("; ")}. Sửa số, hoặc ghi vào added_rules vì sao lấy số này.`,
  };
}

/** Whether a number was taken for a decimal: 5.3 for 5.300. */
function isSame(number: string, typed: string, value: string): boolean {
  return Number(number) === Number(typed) && number !== value;
}

function isQuoted(
  { quote, value, added_rules, unit_of_measure }: PlanIndicator,
  number: string,
): boolean {
  if (levelsOf(unit_of_measure) !== null) {
    return [quote, ...added_rules].some((text) =>
      numbersOrLevelsIn(text, unit_of_measure).some((one) => one.value === number),
    );
  }
  const size = number.replace(/^-/, "");
  const isAll = value.kind === "all_of" || value.kind === "all_of_indicators";
  if (isAll && size === "100") return true;
  if (value.kind === "change" && Number(size) === 0) return true;
  return [quote, ...added_rules].some(
    (text) =>
      numbersIn(text).some(({ at, typed, value }) => {
        const multiple = multipleIn(text.slice(at + typed.length));
        // «1,2 triệu vụ» is 1.2 of «triệu vụ» alone
        const isBare = multiple.zeros === 0 || unit_of_measure.includes(multiple.typed.trim());
        const meant = [...(isBare ? [value] : []), `${value}e${multiple.zeros}`];
        return meant.some((one) => Number(one) === Number(size));
      }) ||
      (NUMBER_WORDS[size] ?? []).some((word) => hasWord(text, word)) ||
      (unit_of_measure === "%" && isShareIn(text, Number(size))),
  );
}

/** `8/8` is 100 of 100, `60/75` is 80. */
function isShareIn(text: string, percentage: number): boolean {
  return [...text.matchAll(/(\d+)\/(\d+)/g)].some(
    ([, one, all]) => Number(one) * 100 === percentage * Number(all),
  );
}

function hasWord(text: string, word: string): boolean {
  return new RegExp(`(^|[^\\p{L}])${word}($|[^\\p{L}])`, "iu").test(text);
}

/** The numbers of a sentence, or the levels that it names where the unit has some: the longest names first. */
export function numbersOrLevelsIn(text: string, unit: string): QuotedNumber[] {
  const levels = levelsOf(unit);
  if (levels === null) return numbersIn(text);
  // a mark is one whatever stands before it: `loại A`, `hạng A`
  const names = levels.map(
    (level) => level.match(/ ([\p{Lu}\d][\p{Lu}\d+-]{0,3})$/u)?.[1] ?? level,
  );
  const order = [...names].sort((one, other) => other.length - one.length);
  const found = order.flatMap((name) => {
    const flags = /^\p{Lu}?\p{Ll}/u.test(name) ? "giu" : "gu";
    const words = new RegExp(
      `(?<![\\p{L}\\d])${name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\d+])`,
      flags,
    );
    return [...text.normalize("NFC").matchAll(words)].map(({ 0: typed, index }) => ({
      typed,
      at: index,
      value: String(names.indexOf(name) + 1),
    }));
  });
  return found.filter(
    ({ at }, index) =>
      !found.slice(0, index).some((one) => one.at <= at && at < one.at + one.typed.length),
  );
}
