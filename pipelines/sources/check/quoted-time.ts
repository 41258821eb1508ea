import type { ReadTarget } from "../../reading-plans/targets.ts";
import type { Due } from "../../reading-plans/times.ts";
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
  readonly quoted: string;
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

/** Whether what was read is about a number: the sign is that of a fall. */
export function isOf({ value, to }: ReadTarget, number: string): boolean {
  return [value, to].some(
    (end) => Math.abs(Number(end ?? Number.NaN)) === Math.abs(Number(number)),
  );
}

/** The year by which something is due; a span of years is none. */
function yearOf(due: Due | null): number | undefined {
  return due?.from === null && /^\d{4}$/.test(due.until ?? "") ? Number(due.until) : undefined;
}

/** When a quote has a target due, where the target has another time. */
export function otherTimes(
  plan: Plan,
  indicator: PlanIndicator,
  statement: PlanTargetStatement,
  read: readonly ReadTarget[],
): Otherwise[] {
  const found =
    statement.at === null
      ? [otherDue(plan, indicator, statement, read)]
      : [
          otherMilestones(plan, statement.at, read),
          missingMilestone(plan, indicator, statement.at, read),
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

/** «vào năm 2026» of a number that is due each year, «đến hết quý II», «hằng tháng» of one that is due at its end. */
function otherDue(
  plan: Plan,
  { quote, target, value }: PlanIndicator,
  statement: PlanTargetStatement,
  read: readonly ReadTarget[],
): Otherwise | null {
  const [number] = numbersOf(statement);
  if (target.due !== "year_end" || number === undefined) return null;
  const written = number.number.value;
  const meant = read.filter((one) => isOf(one, written));
  const dues = (meant.length > 0 ? meant : read).flatMap(({ due }) => due ?? []);
  const field = "value";
  const isByKind = statement.for !== null && typeof statement.for === "object";
  const years = yearsOf(plan);
  if (
    !isByKind &&
    value.kind !== "all_of_indicators" &&
    dues.every(({ every }) => every !== "year")
  ) {
    const own = dues.filter((due) => years.includes(yearOf(due) ?? 0));
    const outside = dues.find((due) => !years.includes(yearOf(due) ?? years[0] ?? 0));
    const ends = duePeriods(plan, "year_end").map(({ year }) => year);
    const but = `mức đến hạn hết năm ${ends.join(", ")}`;
    if (own.length === 0 && outside !== undefined)
      return {
        quoted: outside.words,
        but,
        write: "Ghi mức của từng năm trong kế hoạch bằng at",
        field,
      };
    const quoted = own[0]?.words ?? OVER_PLAN.exec(quote)?.[0];
    const wanted = own.length > 0 ? own.map(yearOf) : years.slice(-1);
    if (quoted !== undefined && years.length > 1 && !ends.every((year) => wanted.includes(year))) {
      const at = wanted.map((year) => `${yearEnd(plan, year ?? 0)?.code}: ${written}`).join(", ");
      return { quoted, but, write: `Ghi at: { ${at} } thay cho value`, field };
    }
  }
  const base = plan.periods.filter(({ covers }) => covers.length === 0);
  if (statement.value === null || base.length === years.length) return null;
  const but = "mức chỉ đến hạn ở cuối năm";
  const isKept = plan.measures.some(
    ({ code, over_time }) => measuresOf(value).includes(code) && over_time === "min",
  );
  // «1 lần/tháng» is about a part
  const often = dues.find(
    ({ every, words }) => (every ?? "year") !== "year" && !words.startsWith("/"),
  );
  if (often !== undefined && !isKept && value.kind !== "change") {
    const span = [base[0]?.kind, "period"].includes(often.every ?? "") ? null : often.every;
    const covering = plan.periods.filter(({ kind }) => kind === span).map(({ code }) => code);
    const write =
      span === null
        ? "Ghi thêm due: each_period"
        : covering.length > 0
          ? `Ghi at: { ${covering.map((code) => `${code}: ${written}`).join(", ")} } thay cho value`
          : "Kế hoạch không có kỳ ngắn như vậy: khai thêm kỳ, hoặc đếm số lần đã làm đủ";
    return { quoted: often.words, but, write, field };
  }
  const early = dues.find(({ until, words }) => EARLY.test(until ?? "") && !/^từ\s/iu.test(words));
  if (early === undefined) return null;
  const [, quarter, months] = EARLY.exec(early.until ?? "") ?? [];
  const kind = quarter !== undefined ? "quarter" : months === "M9" ? "nine_months" : "half_year";
  const isDay = quarter === undefined && months === undefined;
  const due = plan.periods.find(
    (one) => !isDay && one.kind === kind && one.position === Number(quarter ?? 1),
  );
  const write = `Ghi at: { ${due?.code ?? "mã kỳ"}: ${written} } thay cho value`;
  return { quoted: early.words, but, write, field };
}

/** A milestone in another year than the quote has it in, or in one year where it has every year. */
function otherMilestones(
  plan: Plan,
  at: NonNullable<PlanTargetStatement["at"]>,
  read: readonly ReadTarget[],
): Otherwise | null {
  const dated = read.filter(({ due }) => yearOf(due) !== undefined);
  for (const [code, { value }] of Object.entries(at)) {
    const period = plan.periods.find((one) => one.code === code);
    const own = dated.filter((one) => isOf(one, value));
    const [first] = own;
    const isEarly = period?.data_to !== yearEnd(plan, period?.year ?? 0)?.data_to;
    if (first === undefined) continue;
    if (own.some(({ due }) => yearOf(due) === period?.year) && !isEarly) continue;
    const meant = yearEnd(plan, yearOf(first.due) ?? 0)?.code;
    const write = meant === undefined ? "Xem lại kỳ ở at" : `Ghi at: { ${meant}: ${value} }`;
    return { quoted: first.words, but: `mức ấy ghi ở ${code}`, write, field: "at" };
  }
  const every = read.find(({ due }) => due?.every === "year" && !due.words.startsWith("/"));
  const codes = Object.keys(at);
  const years = new Set(
    plan.periods.filter((one) => codes.includes(one.code)).map((one) => one.year),
  );
  if (every?.due == null || dated.length > 0 || years.size === yearsOf(plan).length) return null;
  const but = `mức chỉ ghi ở ${codes.join(", ")}`;
  const write = "Ghi value, đến hạn hết mỗi năm, thay cho at";
  return { quoted: every.due.words, but, write, field: "at" };
}

/** A milestone of the quote, in a year for which the target has none, nor another of this quote. */
function missingMilestone(
  plan: Plan,
  { quote }: PlanIndicator,
  at: NonNullable<PlanTargetStatement["at"]>,
  read: readonly ReadTarget[],
): Otherwise | null {
  const years = plan.periods.filter(({ code }) => code in at).map(({ year }) => year);
  const written = plan.indicators
    .filter((one) => one.quote === quote)
    .flatMap(({ target }) => target.statements.flatMap(numbersOf));
  const left = read.find((one) => {
    const year = yearOf(one.due) ?? 0;
    const isThere = years.includes(year) || written.some(({ number }) => isOf(one, number.value));
    return yearsOf(plan).includes(year) && !isThere;
  });
  if (left === undefined) return null;
  const write = `Ghi thêm ${yearEnd(plan, yearOf(left.due) ?? 0)?.code}: ${left.value} vào at`;
  return { quoted: left.words, but: "at không có mốc ấy", write, field: "at" };
}

/** «trong giai đoạn» of what begins anew each year. */
function sumOfYears(plan: Plan, { quote, value }: PlanIndicator): Otherwise | null {
  const [quoted] = OVER_PLAN.exec(quote) ?? [];
  if (quoted === undefined || yearsOf(plan).length === 1 || !isFlow(plan, value)) return null;
  const counted = value.kind === "ratio" ? value.numerator : measuresOf(value);
  const yearly = plan.measures.filter(
    ({ code, sums_over }) => counted.includes(code) && sums_over === "year",
  );
  if (yearly.length === 0) return null;
  const codes = yearly.map(({ code }) => code).join(", ");
  const but = `số liệu ${codes} cộng lại từ đầu mỗi năm`;
  return { quoted, but, write: "Ghi sums_over: plan ở số liệu ấy", field: "at" };
}
