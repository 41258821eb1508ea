import type { Bound, Given, Indicator, Period, Schedule, Value } from "./given.ts";
import type { Knowledge } from "./known.ts";
import { compare, minus, plus, type Rational, times, ZERO } from "./rational.ts";

/** A target as it applies in one period at one place. */
export interface Demand {
  readonly comparator: string;
  readonly bound: Bound;
  /** Whether the period is one at whose end it must hold, be it closed or not. */
  readonly isDue: boolean;
  /** Whether that is over: it is met now, or not. */
  readonly isOver: boolean;
  /** What has to be reached by then; null without a pace. */
  readonly pace: Rational | null;
  /** The period that has gone by at whose end it had to hold last; null where that is to come, or now. */
  readonly dueBefore: Period | null;
  /** A count that only grows: once past a ceiling it never comes back. */
  readonly onlyGrows: boolean;
}

export type Status =
  | "met"
  | "met_late"
  | "not_met"
  | "on_track"
  | "behind"
  | "not_yet"
  | "within"
  | "not_reported"
  | "not_arising"
  | "no_target"
  | "not_applicable"
  | "in_doubt";

const isCeiling = (comparator: string): boolean => comparator === "<" || comparator === "<=";

/** Whether a value is what its target asks for; exact. */
export function isFulfilled(value: Rational, comparator: string, { value: bound, to }: Bound) {
  const order = compare(value, bound);
  switch (comparator) {
    case ">=":
      return order >= 0;
    case ">":
      return order > 0;
    case "<=":
      return order <= 0;
    case "<":
      return order < 0;
    case "=":
      return order === 0;
    case "between":
      return order >= 0 && compare(value, to ?? bound) <= 0;
    default:
      throw new Error(`no comparator ${comparator}`);
  }
}

/** Whether a value is too great: above a ceiling, the upper bound, or the level to be kept. */
function isPast(value: Rational, comparator: string, { value: bound, to }: Bound): boolean {
  if (isCeiling(comparator)) return !isFulfilled(value, comparator, { value: bound, to });
  if (comparator === "between") return compare(value, to ?? bound) > 0;
  return comparator === "=" && compare(value, bound) > 0;
}

/** Rule 7. */
export function judge(value: Rational, demand: Demand): Status {
  const { comparator, bound, isOver, pace, onlyGrows } = demand;
  if (isFulfilled(value, comparator, bound)) {
    return isCeiling(comparator) && !isOver ? "within" : "met";
  }
  if (isOver) return "not_met";
  if (isPast(value, comparator, bound)) return onlyGrows ? "not_met" : "not_yet";
  if (pace === null) return "not_yet";
  return compare(value, pace) >= 0 ? "on_track" : "behind";
}

/** Several that must all hold, as one. */
export function judgeAll(
  statuses: readonly Status[],
  comparator: string,
  isLinear: boolean,
): Status {
  const every = (...those: Status[]): boolean => statuses.every((one) => those.includes(one));
  if (every("met")) return "met";
  if (every("met", "met_late")) return "met_late";
  if (isCeiling(comparator) && every("met", "met_late", "within")) return "within";
  if (statuses.includes("not_met")) return "not_met";
  if (!isLinear || statuses.includes("not_yet")) return "not_yet";
  return every("met", "met_late", "on_track") ? "on_track" : "behind";
}

/** What a target asks in a period; null where none applies. */
export function demandOf(
  given: Given,
  knowledge: Knowledge,
  indicator: Indicator,
  period: Period,
  scheduleOf: (statement: Indicator["target"]["statements"][number]) => Schedule | undefined,
  area: string | null = null,
): Demand | null {
  const { target } = indicator;
  const statement = target.statements.findLast(({ from }) => from <= period.to);
  const schedule = statement === undefined ? undefined : scheduleOf(statement);
  if (statement === undefined || schedule === undefined) return null;
  const dues = [...schedule]
    .map(([code, bound]) => ({ bound, due: periodOf(given, code) }))
    .sort((a, b) => (a.due.to < b.due.to ? -1 : 1));
  const next =
    dues.find(({ due }) => due.to >= period.to) ??
    dues.findLast(({ due }) => due.year === period.year || goesOn(given, indicator.value));
  if (next === undefined) return null;
  // of a place that ends before the next one is due nothing older is asked instead
  const gone = area === null ? [] : [...(statement.tooLate.get(area) ?? [])];
  const isNext = (due: Period): boolean =>
    due.to >= period.to && (next.due.to < period.to || due.to < next.due.to);
  if (gone.some((code) => isNext(periodOf(given, code)))) return null;
  const isOver =
    next.due.to === period.to
      ? knowledge.isClosed(period)
      : next.due.to < period.to && knowledge.isClosed(next.due);
  return {
    comparator: target.comparator,
    bound: next.bound,
    isDue: next.due.to <= period.to,
    isOver,
    dueBefore: next.due.to < period.to ? next.due : null,
    pace: target.isLinear ? unlessZero(pace()) : null,
    // what is counted by the year begins anew before a later year's target is due
    onlyGrows:
      indicator.value.kind === "count" &&
      isFlow(given, indicator.value) &&
      (next.due.year === period.year || sumsOverPlan(given, indicator.value)),
  };

  function pace(): Rational {
    if (next === undefined) throw new Error("no target, no pace");
    const flows = isFlow(given, indicator.value);
    const isOfPlan = sumsOverPlan(given, indicator.value);
    const isInSeries = (one: Period): boolean => !flows || isOfPlan || one.year === next?.due.year;
    // what was due before an amendment was due by the number of that time
    const previous = target.statements
      .flatMap((one, index) =>
        [...(scheduleOf(one) ?? [])]
          .map(([code, bound]) => ({ bound, due: periodOf(given, code) }))
          .filter(
            ({ due }) => target.statements.findLastIndex(({ from }) => from <= due.to) === index,
          ),
      )
      .sort((one, other) => (one.due.to < other.due.to ? -1 : 1))
      .findLast(({ due }) => due.to < (next?.due.to ?? "") && isInSeries(due));
    const start = previous?.bound.value ?? (flows ? ZERO : (statement?.baseline?.value ?? ZERO));
    const way = given.periods.filter(
      (one) =>
        one.bases.has(one.code) &&
        isInSeries(one) &&
        one.to > (previous?.due.to ?? "") &&
        one.to <= (next?.due.to ?? "") &&
        knowledge.isInForce(one) &&
        one.to >= indicator.from &&
        beganBy(given, indicator.value, one),
    );
    const isBase = period.bases.has(period.code);
    const gone = way.filter(
      (one) =>
        one.to <= period.to && (isBase || knowledge.isClosed(period) || knowledge.isClosed(one)),
    );
    if (way.length === 0) return next.bound.value;
    const share = { n: BigInt(gone.length), d: BigInt(way.length) };
    return plus(start, times(minus(next.bound.value, start), share));
  }
}

/** Where nothing was to be reached yet, nothing is on the way. */
function unlessZero(pace: Rational): Rational | null {
  return compare(pace, ZERO) === 0 ? null : pace;
}

export function periodOf(given: Given, code: string): Period {
  const found = given.periods.find((one) => one.code === code);
  if (found === undefined) throw new Error(`no period ${code}`);
  return found;
}

/** Whether what is counted, or must hold, only grows within a year. */
function isFlow(given: Given, value: Value): boolean {
  const codes = grownBy(value);
  return (
    codes.length > 0 &&
    codes.every((code) => ["sum", "max"].includes(given.measures.get(code)?.overTime ?? ""))
  );
}

function sumsOverPlan(given: Given, value: Value): boolean {
  return grownBy(value).every((code) => given.measures.get(code)?.sumsOver === "plan");
}

/** Whether a value can be held against a target of a year that is over: it does not begin anew. */
function goesOn(given: Given, value: Value): boolean {
  if (value.kind === "change" || value.kind === "all_of_indicators") return false;
  const isOf = (codes: readonly string[], ...how: string[]): boolean =>
    codes.every((code) => how.includes(given.measures.get(code)?.overTime ?? ""));
  if (value.kind === "ratio" && isOf(measuresIn(value), "sum")) return true;
  return grownBy(value).every(
    (code) => !isOf([code], "sum", "max") || given.measures.get(code)?.sumsOver === "plan",
  );
}

/** The measures by which a value grows. */
function grownBy(value: Value): readonly string[] {
  if (value.kind === "ratio") return value.numerator;
  if (value.kind === "count") return value.measures;
  return "conditions" in value ? value.conditions.map(({ measure }) => measure) : [];
}

/** Measures that a value stands on, each once. */
export function measuresIn(value: Value): string[] {
  switch (value.kind) {
    case "ratio":
      return [...new Set([...value.numerator, ...value.denominator])];
    case "count":
      return [...new Set(value.measures)];
    case "change":
      return measuresIn(value.of);
    case "all_of_indicators":
      return [];
    default:
      return [...new Set(value.conditions.map(({ measure }) => measure))];
  }
}

/** Whether what a value stands on is reported already in a period: of a count, any of it. */
export function beganBy(given: Given, value: Value, period: Period): boolean {
  const began = measuresIn(value).map(
    (code) => (given.measures.get(code)?.from ?? "") <= period.to,
  );
  return (
    began.length === 0 || (value.kind === "count" ? began.some(Boolean) : began.every(Boolean))
  );
}
