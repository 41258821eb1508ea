import fc from "fast-check";
import type { Comparator } from "../../pipelines/sentences/amount.ts";
import type { CityFigure, WardFigure } from "../../pipelines/sentences/figure.ts";
import {
  attainedBy,
  isHidden,
  STATUS_NAMES,
  type Status,
} from "../../pipelines/vocabulary/status.ts";
import { GRADES } from "./read-back.ts";

/** A figure of the whole or of a place, with all that its sentences are made of. */
export type Figure = CityFigure & WardFigure;

/** The exact sum of figures of two decimals. */
const plus = (one: number, other: number): number => Math.round((one + other) * 100) / 100;

/** Their difference, as queries have it. */
const less = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : plus(one, -other);

/** Whether a value is what is asked for. */
export const FULFILS: Readonly<
  Record<Comparator, (value: number, target: number, to: number | null) => boolean>
> = {
  ">=": (value, target) => value >= target,
  ">": (value, target) => value > target,
  "<=": (value, target) => value <= target,
  "<": (value, target) => value < target,
  "=": (value, target) => value === target,
  between: (value, target, to) => value >= target && value <= (to ?? target),
};

const isCeiling = (comparator: Comparator): boolean => comparator === "<" || comparator === "<=";

/** The verdict on a value, by the rules of targets. */
function verdictOf(of: {
  value: number;
  comparator: Comparator;
  target: number;
  to: number | null;
  pace: number | null;
  isDue: boolean;
  isLate: boolean;
}): Status {
  const { value, comparator, target, to, pace, isDue, isLate } = of;
  if (FULFILS[comparator](value, target, to)) {
    if (!isDue) return isCeiling(comparator) ? "within" : "met";
    return isLate ? "met_late" : "met";
  }
  if (isDue) return "not_met";
  const isBeyond = isCeiling(comparator) || value > (to ?? target);
  if (isBeyond || pace === null) return "not_yet";
  return value >= pace ? "on_track" : "behind";
}

const COMPARATORS = Object.keys(FULFILS) as Comparator[];
const NO_VALUE: readonly Status[] = ["not_reported", "not_arising", "in_doubt", "not_applicable"];

export const some = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const hundredths = (most: number) =>
  fc.integer({ min: 0, max: most * 100 }).map((one) => one / 100);
/** Often one of few, so that figures meet their targets. */
const amountIn = (unit: string | null): fc.Arbitrary<number> =>
  unit === GRADES
    ? fc.integer({ min: 1, max: 3 })
    : fc.oneof(fc.integer({ min: 0, max: 4 }), hundredths(200));

/** A figure at quarter IV of 2024, before it quarter III, or nothing. */
export function figures(kind: fc.Arbitrary<string>): fc.Arbitrary<Figure> {
  return fc
    .tuple(kind, some<string | null>("%", "vụ", null, "hạng", GRADES), some("%", "điểm phần trăm"))
    .chain(([value_kind, ownUnit, ofChange]) => {
      const isChange = value_kind === "change";
      const isCondition = ["share_of_areas", "all_of"].includes(value_kind);
      const unit = isChange ? ofChange : isCondition ? "%" : ownUnit;
      const amount = isCondition ? some(0, 100) : amountIn(unit);
      const signed = isChange
        ? fc.tuple(some(1, -1), amount).map(([sign, one]) => sign * one)
        : amount;
      return fc
        .record({
          value: signed,
          target: signed,
          wide: amountIn(unit),
          before: signed,
          pace: fc.option(amount),
          comparator: some(...COMPARATORS),
          has: some("target", "target", "target", "group", "none", "no value", "hidden"),
          hidden: some<Status>("withheld", "untold", "met", "not_met", "behind", "not_applicable"),
          none: some(...NO_VALUE),
          isDue: fc.boolean(),
          isLate: fc.boolean(),
          status_before: fc.option(some<Status>(...STATUS_NAMES)),
          is_provisional: fc.boolean(),
          was_provisional: fc.boolean(),
          is_estimate: fc.boolean(),
          is_of_period: fc.boolean(),
          sides: some<Figure["sides"]>(null, null, "cut", "apart"),
          hasInPeriod: fc.boolean(),
          areas_reported: fc.integer({ min: 0, max: 8 }),
          silent: fc.integer({ min: 0, max: 3 }),
          periods_missing_before: fc.integer({ min: 0, max: 3 }),
        })
        .map((drawn) => {
          const { comparator, target, has, isDue, isLate, areas_reported, silent } = drawn;
          const value = has === "no value" || has === "hidden" ? null : drawn.value;
          const top = unit === GRADES ? Math.min(3, target + drawn.wide) : plus(target, drawn.wide);
          const to = comparator === "between" ? top : null;
          // a pace is one on the way to what is to be reached, and none of a change or of a level
          const isPaced =
            !isDue && !isChange && unit !== GRADES && [">=", ">"].includes(comparator);
          const pace = isPaced && drawn.pace !== null && drawn.pace < target ? drawn.pace : null;
          const judged = { value: drawn.value, comparator, target, to, pace, isDue, isLate };
          const unjudged: Readonly<Partial<Record<string, Status>>> = {
            hidden: drawn.hidden,
            "no value": drawn.none,
            none: "no_target",
          };
          const status = unjudged[has] ?? verdictOf(judged);
          const hasTarget = has === "target" || has === "hidden";
          const before_status = drawn.status_before;
          const hasBefore =
            before_status !== null && !NO_VALUE.includes(before_status) && !isHidden(before_status);
          const before_value = hasBefore ? drawn.before : null;
          const in_period = drawn.hasInPeriod ? drawn.value : null;
          const missing = areas_reported + silent;
          return {
            ...{ period_name: "Quý IV năm 2024", period_kind: "quarter", year: 2024, position: 4 },
            value_kind,
            unit,
            status,
            value,
            target_to: hasTarget ? to : null,
            pace_value: pace,
            ...{ is_estimate: drawn.is_estimate, is_of_period: drawn.is_of_period },
            ...{ is_hidden: has === "hidden", sides: drawn.sides },
            is_provisional: drawn.is_provisional,
            value_in_period: has === "hidden" ? null : in_period,
            why_none_in_period: in_period === null && has !== "hidden" ? drawn.none : null,
            target_comparator: has === "none" ? null : comparator,
            target_value: hasTarget ? target : null,
            from_target: less(value, target),
            from_pace: less(value, pace),
            earlier_kind: "quarter",
            earlier_year: 2023,
            earlier_position: 4,
            earlier_name: null,
            before_name: before_status === null ? null : "Quý III năm 2024",
            before_year: before_status === null ? null : 2024,
            before_status,
            before_status_in_period: before_status,
            before_is_provisional: drawn.was_provisional,
            before_is_hidden: before_status === null ? null : isHidden(before_status),
            before_value,
            since_before: less(value, before_value),
            since_before_in_period: less(in_period, before_value),
            areas_expected: missing,
            areas_reported,
            areas_carried: Math.min(silent, 2),
            areas_left_out: silent === 3 ? 1 : 0,
            periods_missing_before: drawn.periods_missing_before,
          };
        });
    });
}

/** Whether a value is said, or a verdict on one that is withheld. */
export function isShown({ status, value, is_hidden }: Figure): boolean {
  if (is_hidden) return attainedBy(status) !== null;
  return value !== null && !["not_reported", "not_arising", "in_doubt"].includes(status);
}
