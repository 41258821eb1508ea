import { numbersIn } from "../../reading-plans/numbers.ts";
import { duesIn, type SaidDue } from "../../reading-plans/times.ts";
import {
  isFlow,
  measuresOf,
  type Plan,
  type PlanIndicator,
  type PlanPeriod,
} from "../plan/plan.ts";
import { numbersOf, type PlanTargetStatement } from "../plan/plan-target.ts";
import { duePeriods } from "../targets/target.ts";

/** What the words of a quote ask for where a target asks for something else. */
export interface Otherwise {
  /** The words, as the quote has them: `dưới 20`. */
  readonly said: string;
  /** What stands in the target instead, after `mà`. */
  readonly but: string;
  /** What to write, as the beginning of a sentence. */
  readonly write: string;
  readonly field: string;
}

/** What adds up over all years of a plan. */
export const OVER_PLAN = /(?:trong|cả)\s+(?:cả\s+)?giai\s+đoạn/iu;

/** A time of a year before its last months. */
const EARLY = /(?:^|-)(?:Q([1-3])|(H1|M9)|(?:0\d|10)(?:-\d\d)?)$/;

/** «mỗi năm», beside what is a unit: «vụ/năm». */
const everyYear = (text: string): SaidDue | undefined =>
  duesIn(text).find(({ every, said }) => every === "year" && !said.startsWith("/"));

/** The years in which something is to hold; a span of years is none. */
const yearsIn = (text: string): (SaidDue & { readonly year: number })[] =>
  duesIn(text).flatMap((due) =>
    due.from === null && /^\d{4}$/.test(due.until ?? "")
      ? [{ ...due, year: Number(due.until) }]
      : [],
  );

/** What a quote says about when a target is due, where the target says otherwise. */
export function otherTimes(
  plan: Plan,
  indicator: PlanIndicator,
  statement: PlanTargetStatement,
): Otherwise[] {
  const found =
    statement.at === null
      ? [otherYears(plan, indicator, statement) ?? withinYear(plan, indicator, statement)]
      : [
          otherMilestones(plan, indicator, statement.at),
          missingMilestone(plan, indicator, statement.at),
          sumOfYears(plan, indicator),
        ];
  return found.filter((one) => one !== null).slice(0, 1);
}

function yearsOf({ periods }: Plan): number[] {
  return [...new Set(periods.map(({ year }) => year))].sort();
}

/** The longest period that ends with a year. */
function yearEnd(plan: Plan, year: number): PlanPeriod | undefined {
  const own = plan.periods.filter((period) => period.year === year);
  const last = own
    .map(({ data_to }) => data_to)
    .sort()
    .at(-1);
  return own
    .filter(({ data_to }) => data_to === last)
    .sort((one, other) => one.data_from.localeCompare(other.data_from))[0];
}

/** The part of a quote in which a number stands; all of it where that is a word. */
function clauseOf(quote: string, statement: PlanTargetStatement): string {
  const [number] = numbersOf(statement);
  const said = numbersIn(quote).filter(
    ({ value }) => Number(value) === Number(number?.number.value),
  );
  const [first, ...others] = said;
  if (first === undefined || others.length > 0) return quote;
  const before = quote.slice(0, first.at).search(/[^;]*$/u);
  const after = quote.indexOf(";", first.at);
  return quote.slice(before, after < 0 ? quote.length : after);
}

/** «vào năm 2026» of a number that is due each year. */
function otherYears(
  plan: Plan,
  { quote, target, value }: PlanIndicator,
  statement: PlanTargetStatement,
): Otherwise | null {
  if (target.due !== "year_end" || (statement.for !== null && typeof statement.for === "object"))
    return null;
  const clause = clauseOf(quote, statement);
  if (everyYear(clause) !== undefined || value.kind === "all_of_indicators") return null;
  const years = yearsOf(plan);
  const said = yearsIn(clause);
  const own = said.filter(({ year }) => years.includes(year));
  const later = said.find(({ year }) => year > (years.at(-1) ?? 0));
  const dues = duePeriods(plan, "year_end").map(({ year }) => year);
  const but = `mức đến hạn hết năm ${dues.join(", ")}`;
  const number = numbersOf(statement)[0]?.number.value;
  if (own.length === 0 && later !== undefined) {
    const write = "Ghi mức của từng năm trong kế hoạch bằng at";
    return { said: later.said, but, write, field: "value" };
  }
  const [phase] = OVER_PLAN.exec(clause) ?? [];
  const named = own[0]?.said ?? phase;
  const wanted = own.length > 0 ? own.map(({ year }) => year) : years.slice(-1);
  if (named === undefined || years.length === 1) return null;
  if (dues.every((year) => wanted.includes(year))) return null;
  const at = wanted.map((year) => `${yearEnd(plan, year)?.code}: ${number}`).join(", ");
  return { said: named, but, write: `Ghi at: { ${at} } thay cho value`, field: "value" };
}

/** «đến hết quý II», «hằng tháng» of a number that is due at the year's end. */
function withinYear(
  plan: Plan,
  { quote, target, value }: PlanIndicator,
  statement: PlanTargetStatement,
): Otherwise | null {
  const number = statement.value?.value;
  const base = plan.periods.filter(({ covers }) => covers.length === 0);
  if (target.due !== "year_end" || number === undefined) return null;
  if (base.length === yearsOf(plan).length) return null;
  const clause = clauseOf(quote, statement);
  const but = "mức chỉ đến hạn ở cuối năm";
  // «1 lần/tháng» is said of a part
  const dues = duesIn(clause).filter(({ said }) => !said.startsWith("/"));
  const every = dues.find((due) => due.every !== null && due.every !== "year");
  const isKept = plan.measures.some(
    ({ code, over_time }) => measuresOf(value).includes(code) && over_time === "min",
  );
  if (every !== undefined && !isKept && value.kind !== "change") {
    return { said: every.said, but, write: "Ghi thêm due: each_period", field: "value" };
  }
  const isWhole = ({ said, until, every: span }: SaidDue): boolean =>
    span === null && /^(?:\d{4})?$/.test(until ?? "") && /(?:hết|cả|cuối|trong)\s/iu.test(said);
  const early = dues.find(({ until, said }) => EARLY.test(until ?? "") && !/^từ\s/iu.test(said));
  if (early === undefined || dues.some(isWhole)) return null;
  const [, quarter, months] = EARLY.exec(early.until ?? "") ?? [];
  const kind = quarter !== undefined ? "quarter" : months === "M9" ? "nine_months" : "half_year";
  const isDay = quarter === undefined && months === undefined;
  const due = plan.periods.find(
    (one) => !isDay && one.kind === kind && one.position === Number(quarter ?? 1),
  );
  const write = `Ghi at: { ${due?.code ?? "mã kỳ"}: ${number} } thay cho value`;
  return { said: early.said, but, write, field: "value" };
}

/** Numbers of a quote with the year that stands beside each: after it, or before where a year comes first. */
function dated(
  quote: string,
): { readonly value: string; readonly year: number; readonly said: string }[] {
  const years = yearsIn(quote);
  const isTime = (at: number): boolean => duesIn(quote).some((due) => at >= due.at && at < due.end);
  const numbers = numbersIn(quote).filter(({ at }) => !isTime(at) && quote[at - 1] !== "/");
  const isBefore = (years[0]?.at ?? 0) < (numbers[0]?.at ?? 0);
  return numbers.flatMap(({ value, typed, at }, index) => {
    const from = isBefore ? (numbers[index - 1]?.at ?? 0) : at;
    const until = isBefore ? at : (numbers[index + 1]?.at ?? quote.length);
    const beside = years.filter((one) => one.at >= from && one.at < until);
    const year = isBefore ? beside.at(-1) : beside[0];
    if (year === undefined) return [];
    const [start, end] = [Math.min(at, year.at), Math.max(at + typed.length, year.end)];
    return [{ value, year: year.year, said: quote.slice(start, end) }];
  });
}

/** A milestone in another year than the quote has it in, or in one year where it has every year. */
function otherMilestones(
  plan: Plan,
  { quote }: PlanIndicator,
  at: NonNullable<PlanTargetStatement["at"]>,
): Otherwise | null {
  const said = dated(quote);
  for (const [code, { value }] of Object.entries(at)) {
    const year = plan.periods.find((period) => period.code === code)?.year;
    const own = said.filter((one) => Number(one.value) === Number(value));
    const [first] = own;
    const end = yearEnd(plan, year ?? 0)?.data_to;
    const isEarly = plan.periods.some((one) => one.code === code && one.data_to !== end);
    const isWithin = isEarly && /quý|tháng|ngày|đầu\s+năm|giữa\s+năm/iu.test(quote);
    if (first === undefined || isWithin) continue;
    if (own.some((one) => one.year === year) && !isEarly) continue;
    const meant = yearEnd(plan, first.year)?.code;
    const write = meant === undefined ? "Xem lại kỳ ở at" : `Ghi at: { ${meant}: ${value} }`;
    return { said: first.said, but: `mức ấy ghi ở ${code}`, write, field: "at" };
  }
  const every = everyYear(quote);
  const codes = Object.keys(at);
  const years = new Set(
    plan.periods.filter((one) => codes.includes(one.code)).map((one) => one.year),
  );
  if (every === undefined || said.length > 0 || years.size === yearsOf(plan).length) return null;
  const but = `mức chỉ ghi ở ${codes.join(", ")}`;
  return {
    said: every.said,
    but,
    write: "Ghi value, đến hạn hết mỗi năm, thay cho at",
    field: "at",
  };
}

/** A milestone of the quote, in a year for which the target has none, nor another of this quote. */
function missingMilestone(
  plan: Plan,
  { quote, target }: PlanIndicator,
  at: NonNullable<PlanTargetStatement["at"]>,
): Otherwise | null {
  const years = plan.periods.filter(({ code }) => code in at).map(({ year }) => year);
  const numbers = plan.indicators
    .filter((one) => one.quote === quote)
    .flatMap(({ target }) => target.statements.flatMap(numbersOf));
  const isBaseline = (value: string): boolean =>
    target.statements.some(({ baseline }) => Number(baseline?.value) === Number(value));
  const left = dated(quote).find(
    ({ value, year }) =>
      !isBaseline(value) &&
      yearsOf(plan).includes(year) &&
      !years.includes(year) &&
      !numbers.some(({ number }) => Number(number.value) === Number(value)),
  );
  if (left === undefined) return null;
  const write = `Ghi thêm ${yearEnd(plan, left.year)?.code}: ${left.value} vào at`;
  return { said: left.said, but: "at không có mốc ấy", write, field: "at" };
}

/** «trong giai đoạn» of what begins anew each year. */
function sumOfYears(plan: Plan, { quote, value }: PlanIndicator): Otherwise | null {
  const [said] = OVER_PLAN.exec(quote) ?? [];
  if (said === undefined || yearsOf(plan).length === 1 || !isFlow(plan, value)) return null;
  const counted = value.kind === "ratio" ? value.numerator : measuresOf(value);
  const yearly = plan.measures.filter(
    ({ code, sums_over }) => counted.includes(code) && sums_over === "year",
  );
  if (yearly.length === 0) return null;
  const codes = yearly.map(({ code }) => code).join(", ");
  const but = `số liệu ${codes} cộng lại từ đầu mỗi năm`;
  return { said, but, write: "Ghi sums_over: plan ở số liệu ấy", field: "at" };
}
