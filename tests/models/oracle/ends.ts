import type { Condition, Measure } from "./given.ts";
import type { Range } from "./known.ts";
import {
  compare,
  greatest,
  least,
  over,
  type Rational,
  times,
  total,
  UNBOUNDED,
  whole,
  ZERO,
} from "./rational.ts";
import { type Demand, isFulfilled, judge, type Status } from "./verdict.ts";

/** Between which values something may come to lie with the reports that are owed. */
export interface Ends {
  readonly least: Rational;
  readonly most: Rational;
  /** Whether there may come to be nothing to divide by, and no value. */
  readonly mayVanish?: boolean;
}

/** A value that only comes near an end stands so far from it. */
const NEAR: Rational = { n: 1n, d: 1_000_000_000n };

/** Rule 3 for a place: whether its conditions may hold, and whether they do whatever comes. */
export function mayHold(
  holds: boolean,
  conditions: readonly { condition: Condition; isInEvery: boolean; range: Range }[],
): { can: boolean; must: boolean } {
  const fits = (value: Rational, { comparator, threshold }: Condition): boolean =>
    isFulfilled(value, comparator, { value: threshold, to: null });
  const isBetween = ({ least: low, most: high }: Range, { threshold }: Condition): boolean =>
    low !== null && high !== null && compare(low, threshold) <= 0 && compare(high, threshold) >= 0;
  return {
    can:
      holds ||
      conditions.every(
        ({ condition, range: { least: low, most: high }, range }) =>
          low !== null &&
          high !== null &&
          (fits(low, condition) ||
            fits(high, condition) ||
            (condition.comparator === "=" && isBetween(range, condition))),
      ),
    must:
      holds &&
      conditions.every(
        ({ condition, isInEvery, range: { isOpen, least: low, most: high } }) =>
          !isOpen ||
          // it does not hold once what is missing is late
          (!isInEvery &&
            condition.comparator !== "=" &&
            low !== null &&
            high !== null &&
            fits(low, condition) &&
            fits(high, condition)),
      ),
  };
}

/** What the figures of one measure at several places may come to together. */
export function overPlacesAtMost(measure: Measure, ranges: readonly Range[]): Ends | null {
  const lows = ranges.map((one) => one.least).filter((one) => one !== null);
  const highs = ranges.map((one) => one.most).filter((one) => one !== null);
  if (lows.length === 0) return null;
  const isAnyOpen = ranges.some(({ isOpen }) => isOpen);
  switch (measure.overAreas) {
    case "sum":
    case "none":
      return { least: total(lows), most: total(highs) };
    case "max":
      return { least: greatest(lows), most: greatest(highs) };
    case "min":
      return { least: least(lows), most: least(highs) };
    case "average":
      return isAnyOpen && ranges.length > 1
        ? { least: ZERO, most: UNBOUNDED }
        : {
            least: over(total(lows), whole(lows.length)),
            most: over(total(highs), whole(highs.length)),
          };
  }
}

/** @param growTogether all that comes is in the denominator, and no more of it in the numerator */
export function ratioEnds(above: Ends, below: Ends, factor: Rational, growTogether: boolean): Ends {
  const isEndless = (value: Rational): boolean => value.d === 0n;
  const ratio = (n: Rational, d: Rational): Rational => over(times(n, factor), d);
  const low = isEndless(below.most)
    ? above.least.n > 0n
      ? NEAR
      : ZERO
    : above.least.n === 0n || below.most.n === 0n
      ? ZERO
      : ratio(above.least, below.most);
  const high = (): Rational => {
    if (isEndless(above.most)) return UNBOUNDED;
    if (above.most.n === 0n) return ZERO;
    return below.least.n === 0n ? UNBOUNDED : ratio(above.most, below.least);
  };
  const mayVanish = below.least.n === 0n;
  if (!growTogether) return { least: low, most: high(), mayVanish };
  if (below.least.n === 0n) return { least: low, most: factor, mayVanish };
  return {
    mayVanish,
    least: low,
    most:
      compare(above.most, below.least) < 0
        ? { n: factor.n * NEAR.d - factor.d, d: factor.d * NEAR.d }
        : high(),
  };
}

/** Whether nothing between two ends has another status. */
export function isSettled(status: Status, ends: Ends, demand: Demand): boolean {
  return (
    judge(ends.least, demand) === status &&
    judge(ends.most, demand) === status &&
    (status === "met" || !isWithinReach(ends, demand))
  );
}

/** Whether a level, or a range, that is asked for lies between two ends. */
export function isWithinReach({ least: low, most: high }: Ends, demand: Demand): boolean {
  const { comparator, bound } = demand;
  return (
    ["=", "between"].includes(comparator) &&
    compare(low, bound.to ?? bound.value) <= 0 &&
    compare(high, bound.value) >= 0
  );
}

/** The best that may come of it. */
export function bestOf(ends: Ends, demand: Demand): Status {
  const { comparator, bound } = demand;
  if (comparator === "=" || comparator === "between") {
    if (isWithinReach(ends, demand)) return "met";
    return judge(compare(ends.most, bound.value) < 0 ? ends.most : ends.least, demand);
  }
  return judge(comparator.startsWith("<") ? ends.least : ends.most, demand);
}
