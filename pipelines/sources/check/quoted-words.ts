import {
  AFTER,
  AT_EACH_AFTER,
  AT_EACH_BEFORE,
  AT_KIND,
  BEFORE,
} from "../../reading-plans/comparing-words.ts";
import { numbersIn, type SaidNumber } from "../../reading-plans/numbers.ts";
import { decimalText } from "../../vocabulary/decimal.ts";
import { AREA_KINDS } from "../../vocabulary/words.ts";
import type { Inconsistency } from "../file/plan-consistency.ts";
import { measuresOf, type Plan, type PlanIndicator } from "../plan/plan.ts";
import { numbersOf, type PlanTargetStatement } from "../plan/plan-target.ts";
import { saidIn } from "./quoted-number.ts";
import { type Otherwise, otherTimes } from "./quoted-time.ts";

/**
 * Targets that say otherwise than the plan's own words: «dưới 20 %» written `>=`, «giảm 20 %» as a rise,
 * «vào năm 2026» as due each year. A rule that was added about the words settles them.
 */
export function unquotedComparisons(plan: Plan): Inconsistency[] {
  return plan.indicators.flatMap((indicator, index) => {
    const { statements } = indicator.target;
    const told = new Set<string>();
    return statements.flatMap((statement, position): Inconsistency[] => {
      const inList = statements.length > 1 ? [position] : [];
      return [
        ...otherNumbers(plan, indicator, statement),
        ...otherTimes(plan, indicator, statement),
      ]
        .filter(({ said, but }) => {
          const isNew = !told.has(`${said} ${but}`);
          told.add(`${said} ${but}`);
          return isNew && !indicator.added_rules.some((rule) => plain(rule).includes(plain(said)));
        })
        .map(({ said, but, write, field }) => ({
          path: ["indicators", index, "target", ...inList, field],
          message: `câu của kế hoạch là “${said}”, mà ${but}`,
          remedy: `${write}; nếu hiểu khác thì nêu “${said}” ở added_rules.`,
        }));
    });
  });
}

function plain(text: string): string {
  return text.normalize("NFC").toLocaleLowerCase("vi").replace(/\s+/g, " ");
}

function otherNumbers(
  plan: Plan,
  indicator: PlanIndicator,
  statement: PlanTargetStatement,
): Otherwise[] {
  return numbersOf(statement).flatMap(({ number: { value, to } }): Otherwise[] => {
    if (to !== null) return [];
    const size = Math.abs(Number(value));
    const said = saidIn(indicator.quote, indicator.unit_of_measure).filter(
      (one) => Number(one.value) === size,
    );
    const found =
      indicator.value.kind === "change"
        ? [otherDirection(indicator, value, said), otherBound(indicator, value, said)]
        : [
            otherComparison(indicator, said),
            otherBound(indicator, value, said),
            otherKind(plan, indicator, said),
            otherPlaces(indicator, statement, said),
            otherGroups(indicator, statement, said),
          ];
    return found.filter((one) => one !== null).slice(0, 1);
  });
}

/** The text of a quote before and after a number. */
function around(
  quote: string,
  { typed, at }: SaidNumber,
): readonly [before: string, after: string] {
  return [quote.slice(0, at).trimEnd(), quote.slice(at + typed.length)];
}

/** What the words beside a number ask for; null where they agree with the target, or say nothing. */
function otherComparison(
  { quote, target: { comparator } }: PlanIndicator,
  numbers: readonly SaidNumber[],
): Otherwise | null {
  const said = numbers.flatMap((number) => {
    const [before, after] = around(quote, number);
    const later = AFTER.flatMap(([words, goWith]) => {
      const found = words.exec(after)?.[0];
      return found === undefined ? [] : [{ said: `${number.typed}${found}`, goWith }];
    });
    const earlier = BEFORE.flatMap(([words, goWith]) => {
      const found = words.exec(before)?.[0];
      return found === undefined ? [] : [{ said: `${found} ${number.typed}`, goWith }];
    });
    return [...later, ...earlier].slice(0, 1);
  });
  const [first] = said;
  if (first === undefined || said.some(({ goWith }) => goWith.includes(comparator))) return null;
  const write = `Ghi comparator: "${first.goWith[0]}"`;
  return { said: first.said, but: `mức ghi ${comparator}`, write, field: "comparator" };
}

const RANGE = /(?<![\d./])\d[\d.,]*\s*%?\s*(?:[-–]|đến)\s*\d[\d.,]*(?![\d/])/gu;

/** The wrong end of a range: «18 - 22 %» written `>= 22`. */
function otherBound(
  { quote, value: { kind }, target: { comparator } }: PlanIndicator,
  value: string,
  numbers: readonly SaidNumber[],
): Otherwise | null {
  const isFall = kind === "change" && Number(value) < 0;
  const isFloor = [">=", ">"].includes(comparator) !== isFall;
  if (comparator === "=" || comparator === "between") return null;
  // «tăng từ 20 đến 25» ends at 25
  const isWay = (before: string): boolean => /(?:tăng|nâng|giảm|đưa)[^;.]*$/iu.test(before);
  const ranges = [...quote.matchAll(RANGE)].filter(
    ({ 0: said, index }) => !(said.includes("đến") && isWay(quote.slice(0, index))),
  );
  const ends = ranges.flatMap(({ 0: said, index }) => {
    const isIn = ({ at }: SaidNumber): boolean => at >= index && at < index + said.length;
    const [lower, upper] = numbersIn(said);
    const wrong = isFloor ? upper : lower;
    return numbers.some((one) => isIn(one) && one.value === wrong?.value && lower !== upper)
      ? [{ said, taken: wrong?.typed }]
      : [];
  });
  const [first] = ends;
  if (first === undefined || numbers.length > 1) return null;
  return {
    said: first.said,
    but: `mức chỉ lấy ${first.taken}`,
    write: `Ghi khoảng bằng between, hoặc lấy số ${isFloor ? "nhỏ" : "lớn"} hơn`,
    field: "value",
  };
}

/** A fall of a value that is none of changes: «giảm 20 %» written `>= 20`. */
function otherKind(
  { measures }: Plan,
  { quote, value, target: { comparator } }: PlanIndicator,
  numbers: readonly SaidNumber[],
): Otherwise | null {
  if (comparator !== ">=" && comparator !== ">") return null;
  // what is counted may itself be what has gone
  const counted = measures.filter(({ code }) => measuresOf(value).includes(code));
  if (counted.some(({ name }) => /giảm|thoát|bớt|hạ|ra khỏi/iu.test(name))) return null;
  const falls = numbers.flatMap((number) => directionOf(quote, number) ?? []);
  const [first] = falls;
  if (first === undefined || falls.length < numbers.length || first.word !== "giảm") return null;
  return {
    said: first.said,
    but: `giá trị không phải là mức giảm`,
    write: "Ghi value: { kind: change, … } và số âm",
    field: "comparator",
  };
}

/** «mỗi xã 25 buổi» written as a target of the whole. */
function otherPlaces(
  { quote, value: { kind } }: PlanIndicator,
  statement: PlanTargetStatement,
  numbers: readonly SaidNumber[],
): Otherwise | null {
  if (kind !== "count" || (statement.for !== null && statement.for !== "whole")) return null;
  const found = numbers.map((number) => {
    const [before, after] = around(quote, number);
    const words = AT_EACH_BEFORE.exec(before)?.[0];
    const later = AT_EACH_AFTER.exec(after)?.[0];
    if (words === undefined && later === undefined) return null;
    return `${words === undefined ? "" : `${words} `}${number.typed}${later ?? ""}`;
  });
  const [first] = found;
  if (first === undefined || first === null || found.includes(null)) return null;
  return { said: first, but: "mức chỉ xét ở toàn địa bàn", write: "Ghi for: each", field: "value" };
}

/** «10 % ở các phường, 5 % ở các xã» written as one number for all. */
function otherGroups(
  { quote }: PlanIndicator,
  statement: PlanTargetStatement,
  numbers: readonly SaidNumber[],
): Otherwise | null {
  if (typeof statement.for === "object" && statement.for !== null) return null;
  const placed = numbersIn(quote).flatMap((number) => {
    const [words, noun] = AT_KIND.exec(around(quote, number)[1]) ?? [];
    const kind = Object.entries(AREA_KINDS).find(([, one]) => one === noun?.toLowerCase())?.[0];
    return words === undefined || kind === undefined ? [] : [{ ...number, words, kind }];
  });
  const own = placed.find((one) => numbers.some(({ at }) => at === one.at));
  if (own === undefined || placed.every(({ kind }) => kind === own.kind)) return null;
  const groups = placed.map(({ kind, value }) => `${kind}: ${value}`).join(", ");
  return {
    said: `${own.typed}${own.words}`,
    but: "mức ấy ghi cho mọi địa bàn",
    write: `Ghi for: { ${groups} } thay cho value`,
    field: "value",
  };
}

/** `giảm ít nhất 5`: whether a number in a quote is that of a rise or a fall, and of at most so much. */
function directionOf(
  quote: string,
  number: SaidNumber,
): { readonly word: string; readonly said: string; readonly isCapped: boolean } | null {
  const [before] = around(quote, number);
  const [words, word = ""] =
    /(tăng|giảm(?!\s+(?:nghèo|thiểu|nhẹ|hại|tác\s+hại)))(?:\s+\p{L}+){0,3}(?:\s+\d[\d.,]*\s*%?\s*[-–])?$/iu.exec(
      before,
    ) ?? [];
  if (words === undefined || /\s(?:còn|xuống|lên)(?:\s|$)/iu.test(words)) return null;
  const isCapped = /không\s+(?:quá|vượt)|tối\s+đa|dưới/iu.test(words);
  return { word: word.toLowerCase(), said: `${words} ${number.typed}`, isCapped };
}

/** A fall that is asked for as a rise, or the other way round. */
function otherDirection(
  { quote, target: { comparator }, value: { kind, ...of } }: PlanIndicator,
  value: string,
  numbers: readonly SaidNumber[],
): Otherwise | null {
  // of how many times as much nothing is the same
  if (kind === "change" && "as" in of && of.as === "times") return null;
  const said = numbers.flatMap((number) => directionOf(quote, number) ?? []);
  const [first] = said;
  if (first === undefined || Number(value) === 0) return null;
  const asked = said.map(({ word, isCapped }) => ({
    isFall: word === "giảm",
    isDown: (word === "giảm") !== isCapped,
  }));
  const isFloor = [">=", ">"].includes(comparator);
  const isSaid = asked.some(
    ({ isFall, isDown }) =>
      isFall === Number(value) < 0 && (comparator === "=" || isDown !== isFloor),
  );
  if (isSaid) return null;
  const { isFall, isDown } = asked[0] ?? { isFall: false, isDown: false };
  const number = `${isFall ? "-" : ""}${value.replace(/^-/, "")}`;
  return {
    said: first.said,
    but: `mức ghi ${comparator} ${decimalText(value)}`,
    write: `Ghi comparator: "${isDown ? "<=" : ">="}", value: ${number}`,
    field: "comparator",
  };
}
