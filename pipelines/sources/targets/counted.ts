import { decimalText } from "../../vocabulary/decimal.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import { ANSWERS, type COMPARATORS, OVER_TIME } from "../../vocabulary/words.ts";
import {
  measuresOf,
  measuresUnder,
  type Plan,
  type PlanIndicator,
  type PlanIndicatorValue,
  type PlanMeasure,
} from "../plan/plan.ts";
import { askedNoun, formulaOf, periodPhrase, unitText } from "./formula.ts";
import { scopeOf } from "./target.ts";

/**
 * What an indicator counts, over what time, over which places:
 * `Số hộ có Internet ÷ Tổng số hộ × 100; lấy số báo cáo gần nhất; xét toàn xã và từng thôn`.
 */
export function countedText(plan: Plan, indicator: PlanIndicator): string {
  const { value } = indicator;
  const own = plan.measures.filter(({ code }) => measuresUnder(plan, value).includes(code));
  const times = [...new Set(own.map(timeText))];
  const isOne = times.length < 2 || value.kind === "all_of_indicators";
  const named = plan.measures.map((one) => ({ ...one, name: `${one.name} (${timeText(one)})` }));
  return [
    formulaOf(isOne ? plan : { ...plan, measures: named }, value),
    ...(isOne && value.kind !== "all_of_indicators" ? times : []),
    placesText(plan, indicator),
  ].join("; ");
}

function timeText({ over_time, sums_over }: PlanMeasure): string {
  if (sums_over === "period") return OVER_TIME.each;
  return sums_over === "plan" && over_time === "sum"
    ? "cộng dồn các kỳ của cả kế hoạch"
    : OVER_TIME[over_time];
}

function placesText(plan: Plan, indicator: PlanIndicator): string {
  const whole = `toàn ${plan.area.noun}`;
  const noun = `từng ${askedNoun(plan, measuresUnder(plan, indicator.value))}`;
  const isOfWhole = ["share_of_units", "all_of"].includes(indicator.value.kind);
  if (plan.reporting_areas === "none" || isOfWhole) return `xét ${whole}`;
  const [stated] = indicator.target.statements;
  const isGiven = stated?.value !== null || stated.at !== null;
  return {
    whole: `chỉ xét ${whole}`,
    all: `xét ${whole} và ${noun}`,
    each: `xét ${noun}`,
    groups: `xét theo nhóm ${noun.replace("từng ", "")}`,
    table: `${isGiven ? `xét ${whole}, và ` : ""}mức giao ${noun}`,
  }[scopeOf(indicator)];
}

/** Figures of a first and a second period. */
type Two = readonly [number, number];
type Asked = Extract<PlanIndicatorValue, { conditions: unknown }>;

/**
 * What the figures of two periods come to, made up and worked by the rules of the indicator: `nếu quý I
 * ghi 80/100 và quý II ghi 82/100 thì đến quý II là 82%`; null where there is nothing to work out.
 */
export function workedExample(
  plan: Plan,
  { value, unit_of_measure, target }: PlanIndicator,
): string | null {
  const of = (codes: readonly string[]): PlanMeasure[] =>
    plan.measures.filter(({ code }) => codes.includes(code));
  const periods = twoPeriods(plan, of(measuresOf(value)));
  const [first, second = first] = periods;
  if (first === undefined || second === undefined) return null;
  const typed = (figures: (index: 0 | 1) => string): string =>
    periods.length === 1
      ? `nếu ${first} ghi ${figures(1)} thì`
      : `nếu ${first} ghi ${figures(0)} và ${second} ghi ${figures(1)} thì đến ${second}`;
  switch (value.kind) {
    case "ratio": {
      const [parts, wholes] = [of(value.numerator), of(value.denominator)];
      const size = value.factor === 1 ? 100 : value.factor;
      const adds = (some: readonly PlanMeasure[]): boolean =>
        some.some(({ over_time }) => over_time === "sum");
      // what adds up against what is there stays below it
      const part: Two = adds(parts) && !adds(wholes) ? [20, 22] : [80, 82];
      const [numerator, denominator] = [
        total(parts, part, periods.length),
        total(wholes, [size, size], periods.length),
      ];
      const shown = (some: readonly PlanMeasure[], figure: number): string =>
        some.length < 2
          ? numberText(figure)
          : `(${some.map(() => numberText(figure)).join(" + ")})`;
      const result = numberText((numerator * value.factor) / denominator);
      return `${typed((index) => `${shown(parts, part[index])}/${shown(wholes, size)}`)} là ${numberText(numerator)}/${numberText(denominator)} = ${result}${unitText(unit_of_measure)}`;
    }
    case "count": {
      const counted = of(value.measures);
      if (counted.some(({ kind }) => kind !== "count")) return null;
      const isNone = target.statements.some((one) => Number(one.value?.value ?? 1) === 0);
      const two: Two = isNone ? [1, 0] : [80, 82];
      const figures = (index: 0 | 1): string =>
        counted.map(() => numberText(two[index])).join(" + ");
      return `${typed(figures)} là ${numberText(total(counted, two, periods.length))}${unitText(unit_of_measure)}`;
    }
    case "change":
      return changeExample(plan, value, unit_of_measure);
    case "all_of_indicators":
      return null;
    default:
      return conditionExample(plan, value, of, typed, periods.length);
  }
}

/** Of a condition that held in the first period and no longer in the second. */
function conditionExample(
  plan: Plan,
  { kind, conditions }: Asked,
  of: (codes: readonly string[]) => PlanMeasure[],
  typed: (figures: (index: 0 | 1) => string) => string,
  periods: number,
): string | null {
  const [condition, another] = conditions;
  const [measure] = of([condition?.measure ?? ""]);
  if (condition === undefined || measure === undefined || measure.kind === "level" || periods < 2)
    return null;
  const bound = Number(condition.value);
  const figures: Two = measure.kind === "yes_no" ? [1, 0] : [bound, Math.max(0, bound - 1)];
  const words = (figure: number): string =>
    measure.kind === "yes_no" ? ANSWERS[figure > 0 ? "yes" : "no"].word : numberText(figure);
  const result = total([measure], figures, periods);
  const holds = holdsIn(result, condition.comparator, bound) ? "đáp ứng" : "không đáp ứng";
  const place = {
    share_of_areas: `ở một ${askedNoun(plan, [measure.code])}, `,
    share_of_units: "ở một đơn vị, ",
    all_of: "",
  }[kind];
  const which = another === undefined ? "" : "của điều kiện đầu, ";
  return `${place}${which}${typed((index) => `“${words(figures[index])}”`)} là “${words(result)}”: ${holds}`;
}

function holdsIn(figure: number, comparator: keyof typeof COMPARATORS, bound: number): boolean {
  if (comparator === "=") return figure === bound;
  const isMore = comparator.startsWith(">") ? figure > bound : figure < bound;
  return isMore || (figure === bound && comparator.endsWith("="));
}

function changeExample(
  plan: Plan,
  { of, as, from, better }: Extract<PlanIndicatorValue, { kind: "change" }>,
  unit: string,
): string {
  const [before, now] = as === "ranks" ? [12, 10] : of.kind === "ratio" ? [12, 10.5] : [120, 111];
  const sign = of.kind === "ratio" && as !== "ranks" ? "%" : "";
  const since =
    from === "last_year" || from === "previous" ? "kỳ trước đó" : periodPhrase(plan, from);
  const rises = now > before !== (as === "ranks" && better === "lower");
  const result = {
    percent: `${((before - now) / before) * 100}`,
    points: `${before - now}`,
    times: `${now / before}`,
    ranks: `${before - now}`,
  }[as];
  const word = as === "times" ? "bằng" : rises ? "tăng" : "giảm";
  const named = { last_year: "cùng kỳ năm trước" }[from] ?? since;
  return `nếu ${named} là ${numberText(before)}${sign} và nay là ${numberText(now)}${sign} thì ${word} ${numberText(Number(result))}${unitText(unit)}`;
}

/** What the measures add up to, each with the same figures, by the end of the second period. */
function total(measures: readonly PlanMeasure[], [first, second]: Two, periods: number): number {
  return measures.reduce((sum, { over_time, sums_over }) => {
    const known = periods === 1 || sums_over === "period" ? [second] : [first, second];
    const added = known.reduce((all, one) => all + one, 0);
    const figure = {
      sum: added,
      last: second,
      max: Math.max(...known),
      min: Math.min(...known),
      average: added / known.length,
    }[over_time];
    return sum + figure;
  }, 0);
}

function numberText(figure: number): string {
  return decimalText(String(Number(figure.toFixed(4))));
}

/** The first two periods over which figures are put together; of others the first alone. */
function twoPeriods({ periods }: Plan, measures: readonly PlanMeasure[]): string[] {
  // in which each is asked for: base periods, or where there are none, the shortest of the others
  const asked = periods.filter(({ kind }) =>
    measures.every(({ due_in }) => due_in === undefined || due_in.includes(kind)),
  );
  const shortest = Math.min(...asked.map(({ covers }) => covers.length));
  const base = asked
    .filter(({ covers }) => covers.length === shortest)
    .sort((one, other) => one.data_to.localeCompare(other.data_to));
  const isOverPlan = measures.some(({ sums_over }) => sums_over === "plan");
  const [first, ...rest] = base;
  const second = rest.find(({ year }) => isOverPlan || year === first?.year);
  return [first, second].flatMap((one) =>
    one === undefined
      ? []
      : [inSentence(one.kind === "year" ? one.name : one.name.replace(/\s+năm\s+\d{4}$/u, ""))],
  );
}
