import type { GivenTable } from "../typed-ledger.ts";
import type { World } from "../world.ts";
import type { Doubt } from "./figures.ts";
import { type Given, givenOf, type Measure, type Period, type Place } from "./given.ts";
import { cellOf, isPlace, Knowledge } from "./known.ts";
import {
  compare,
  greatest,
  least,
  minus,
  type Rational,
  times,
  total,
  whole,
  ZERO,
} from "./rational.ts";
import { beganBy } from "./verdict.ts";

const isAtLeast = (one: Rational, other: Rational): boolean => compare(one, other) >= 0;
const isAbove = (one: Rational, other: Rational): boolean => compare(one, other) > 0;
const known = (all: readonly (Rational | null)[]): Rational[] => all.filter((one) => one !== null);

/** Which doubts of docs/files.md the figures of a plan give rise to, none of which anybody has settled. */
export function doubtsOf(world: World, table: GivenTable, asOf: string): Doubt[] {
  const given = givenOf(world, table);
  const knowledge = new Knowledge(given, asOf);
  const figures = [...given.measures.values()].flatMap((measure) =>
    measure.places.flatMap((place) =>
      given.periods
        .filter((period) => knowledge.applies(measure, place, period))
        .map((period) => ({ measure, place, period })),
    ),
  );
  type IsFound = (measure: Measure, place: Place, period: Period) => boolean;
  const rules: Readonly<Record<string, IsFound>> = {
    covering_period_disagrees: (...of) => disagrees(knowledge, ...of),
    may_hold_predecessors: (...of) => holdsPredecessors(knowledge, ...of),
    above_bound: (...of) => isAboveBound(given, knowledge, ...of),
    jump: (...of) => jumps(given, knowledge, ...of),
  };
  const ofFigures = Object.entries(rules).flatMap(([rule, isFound]) =>
    figures
      .filter(({ measure, place, period }) => isFound(measure, place, period))
      .map((figure) => ({ rule, ...figure })),
  );
  const ofNothing = withoutDenominator(given, knowledge).map((figure) => ({
    rule: "numerator_without_denominator",
    ...figure,
  }));
  return [
    ...[...ofFigures, ...ofNothing].map(({ rule, measure, place, period }) => ({
      rule,
      unit: measure.places.find(({ key }) => key === place.key)?.unit ?? "",
      ...{ period: period.code, measure: measure.code, area: place.area?.id ?? null },
    })),
    ...ofCells(given, knowledge),
    ...ofReports(given, knowledge),
  ];
}

/** Rules of which what is known to date is one side: it stands on the periods before, too. */
const TO_DATE = ["above_bound", "numerator_without_denominator"];

/** Rule 3: a doubt about two figures is about both, whichever of them it is filed under. */
export function figuresInDoubt(given: Given, know: Knowledge, doubts: readonly Doubt[]): Doubt[] {
  const withOthers = (doubt: Doubt): Doubt[] => {
    const period = given.periods.find(({ code }) => code === doubt.period);
    if (period === undefined) return [];
    if (doubt.rule === "same_as_before") {
      const earlier = before(given, period);
      return earlier === undefined ? [doubt] : [doubt, { ...doubt, period: earlier.code }];
    }
    const measure = given.measures.get(doubt.measure ?? "");
    const place = measure?.places.find(
      ({ unit, area }) => unit === doubt.unit && (area?.id ?? null) === doubt.area,
    );
    if (measure === undefined || place === undefined) return [doubt];
    if (doubt.rule === "covering_period_disagrees") {
      return [
        doubt,
        ...know.parts(measure, period).map(({ code }) => ({ ...doubt, period: code })),
      ];
    }
    if (!TO_DATE.includes(doubt.rule)) return [doubt];
    const others = doubt.rule === "above_bound" ? [measure.atMost] : dividedBy(given, measure);
    return [measure, ...others.flatMap((code) => given.measures.get(code ?? "") ?? [])].flatMap(
      (one) => {
        const unit = one.places.find(({ key }) => key === place.key)?.unit ?? doubt.unit;
        const so = given.periods.filter(
          ({ kind, year, to }) =>
            kind === period.kind &&
            to <= period.to &&
            (to === period.to || one.sumsOver !== "period") &&
            (year === period.year || one.sumsOver === "plan"),
        );
        return so.map(({ code }) => ({ ...doubt, unit, measure: one.code, period: code }));
      },
    );
  };
  return doubts.flatMap(withOthers);
}

/** The measures by which one is divided. */
function dividedBy({ indicators }: Given, { code }: Measure): string[] {
  return indicators.flatMap(({ value: all }) => {
    const value = all.kind === "change" ? all.of : all;
    return value.kind === "ratio" && value.numerator.includes(code) ? value.denominator : [];
  });
}

/** An own report of a covering period against what its parts give. */
function disagrees(know: Knowledge, measure: Measure, place: Place, period: Period): boolean {
  const report = know.sentBy(measure, place, period);
  const parts = know.parts(measure, period).filter((part) => know.applies(measure, place, part));
  const values = known(parts.map((part) => know.reading(measure, place, part)));
  const isOwed = know.isOwed(measure, period);
  if (!report || !isOwed || measure.levels !== undefined || values.length === 0) return false;
  const own = know.reading(measure, place, period);
  if (own === null) return true;
  const given = {
    ...{ sum: total(values), last: values.at(-1) ?? ZERO, average: null },
    ...{ max: greatest(values), min: least(values) },
  }[measure.overTime];
  if (given === null) return false;
  const isGrowing = measure.overTime === "sum" || measure.overTime === "max";
  return (
    (values.length === parts.length && compare(own, given) !== 0) ||
    (isGrowing && !isAtLeast(own, given))
  );
}

/** An own report of an area founded within the period that is no less than all of it and before it. */
function holdsPredecessors(know: Knowledge, measure: Measure, place: Place, period: Period) {
  const own = know.reading(measure, place, period);
  const parts = know.parts(measure, period);
  if (measure.overTime !== "sum" || own === null || parts.length === 0) return false;
  const inherited = total(
    known(know.predecessors(place).map((one) => know.inPeriod(measure, one, period).value)),
  );
  const inParts = known(parts.map((part) => know.reading(measure, place, part)));
  return isAbove(inherited, ZERO) && isAtLeast(own, total([inherited, ...inParts]));
}

function isAboveBound(
  { measures }: Given,
  know: Knowledge,
  measure: Measure,
  place: Place,
  period: Period,
): boolean {
  const bound = measures.get(measure.atMost ?? "");
  if (bound === undefined || !know.lives(measure, period)) return false;
  if (!know.lives(bound, period) || !know.hasReported(measure, place, period)) return false;
  const [own, most] = [measure, bound].map((one) => know.toDate(one, place, period).value);
  return own != null && most != null && isAbove(own, most);
}

/** The figure of a period alone, or what its parts come to. */
function alone(know: Knowledge, measure: Measure, place: Place, period: Period): Rational | null {
  if (measure.overTime !== "last") return know.inPeriod(measure, place, period).value;
  const parts = know.parts(measure, period).toReversed();
  return known([period, ...parts].map((one) => know.reading(measure, place, one)))[0] ?? null;
}

const before = ({ periods }: Given, period: Period): Period | undefined =>
  periods
    .filter(({ kind, to }) => kind === period.kind && to < period.to)
    .sort((one, other) => (one.to < other.to ? 1 : -1))[0];

/** Five times as much as in the period before, and 20 more; of a stock also a fifth. */
function jumps(given: Given, know: Knowledge, measure: Measure, place: Place, period: Period) {
  const earlier = before(given, period);
  if (measure.levels !== undefined || !know.bases(measure).includes(period)) return false;
  if (earlier === undefined || !isPlace(place.area, earlier)) return false;
  const [now, then] = [period, earlier].map((one) => alone(know, measure, place, one));
  if (now == null || then == null) return false;
  const isRise = isAbove(now, then);
  const size = isRise ? minus(now, then) : minus(then, now);
  const isFifth =
    isRise || measure.overTime === "last"
      ? isAtLeast(isRise ? now : then, times(whole(5), isRise ? then : now))
      : false;
  if (!isAtLeast(size, whole(20)) || !isFifth || (isRise && then.n === 0n)) return false;
  const bound = given.measures.get(measure.atMost ?? "");
  if (bound === undefined) return true;
  const [most, mostThen] = [period, earlier].map((one) => alone(know, bound, place, one));
  if (most == null || mostThen == null) return true;
  const [up, down] = isRise
    ? [times(most, then), times(now, mostThen)]
    : [times(mostThen, now), times(then, most)];
  return !isAtLeast(times(whole(2), up), down);
}

/** What stands above 0 in a numerator of which the denominator is 0. */
function withoutDenominator(given: Given, know: Knowledge) {
  return given.indicators.flatMap(({ value: all, from }) => {
    const value = all.kind === "change" ? all.of : all;
    if (value.kind !== "ratio") return [];
    const start = all.kind === "change" ? "" : from;
    const of = (codes: readonly string[]) =>
      codes.flatMap((code) => given.measures.get(code) ?? []);
    const [above, below] = [of(value.numerator), of(value.denominator)];
    const places = new Map(above.flatMap((one) => one.places.map((place) => [place.key, place])));
    return [...places.values()].flatMap((place) =>
      given.periods.flatMap((period) => {
        const isThere = isPlace(place.area, period) && know.isInForce(period) && period.to >= start;
        if (!isThere || know.isFuture(period) || !beganBy(given, value, period)) return [];
        const sides = [above, below].map((side) => {
          const figures = side.map((one) => know.toDate(one, place, period).value);
          return figures.includes(null) ? null : total(known(figures));
        });
        const [numerator, denominator] = sides;
        if (numerator == null || denominator == null) return [];
        if (numerator.n === 0n || denominator.n > 0n) return [];
        return above
          .filter(
            (one) =>
              know.hasReported(one, place, period) &&
              (know.toDate(one, place, period).value?.n ?? 0n) > 0n,
          )
          .map((measure) => ({ measure, place, period }));
      }),
    );
  });
}

/** Figures that are not asked for there, and those that the report before had. */
function ofCells(given: Given, know: Knowledge): Doubt[] {
  const periodOf = new Map(given.periods.map((period) => [period.code, period]));
  return know.reports().flatMap(({ current, replaced }) => {
    const { unit, period: code } = current;
    const period = periodOf.get(code);
    if (period === undefined) return [];
    const doubt = (cell: string): Doubt => {
      const [measure = "", area = "-"] = cell.split(" ");
      return { rule: "cell", unit, period: code, measure, area: area === "-" ? null : area };
    };
    const isAsked = (cell: string): boolean => {
      const measure = given.measures.get(cell.split(" ")[0] ?? "");
      const place = measure?.places.find(
        (one) => one.unit === unit && cellOf(measure, one) === cell,
      );
      return (
        measure !== undefined &&
        place !== undefined &&
        know.isOwed(measure, period) &&
        know.applies(measure, place, period)
      );
    };
    const filled = (cells: ReadonlyMap<string, Rational | null>): string[] =>
      [...cells].flatMap(([cell, value]) => (value === null ? [] : [cell]));
    return [
      ...filled(current.cells).filter((cell) => !isAsked(cell)),
      ...filled(replaced?.cells ?? new Map()).filter((cell) => current.cells.get(cell) == null),
    ].map(doubt);
  });
}

/** Reports that seem to hold figures to date, or those of the period before. */
function ofReports(given: Given, know: Knowledge): Doubt[] {
  const all = know.reports();
  return all.flatMap(({ current: { unit, period: code } }): Doubt[] => {
    const period = given.periods.find((one) => one.code === code);
    if (period === undefined) return [];
    const own = [...given.measures.values()].flatMap((measure) =>
      know.bases(measure).includes(period)
        ? measure.places.filter((place) => place.unit === unit).map((place) => ({ measure, place }))
        : [],
    );
    const flows = own.filter(({ measure }) => measure.overTime === "sum");
    const compared = flows.flatMap(({ measure, place }) => {
      const value = know.reading(measure, place, period);
      const toDate = know.toDate(measure, place, period).value;
      if (value === null || toDate === null || !isAbove(toDate, value)) return [];
      return [
        { value, earlier: minus(toDate, know.inPeriod(measure, place, period).value ?? ZERO) },
      ];
    });
    const isToDate =
      period.position > 1 &&
      compared.length >= 3 &&
      isAtLeast(total(compared.map(({ earlier }) => earlier)), whole(20)) &&
      compared.every(({ value, earlier }) => isAtLeast(value, earlier));
    const sentBefore = all.filter(({ current }) => {
      const other = given.periods.find((one) => one.code === current.period);
      const isInYear = other?.kind === period.kind && other.year === period.year;
      return current.unit === unit && isInYear && other.position < period.position;
    }).length;
    const isFlat = compared.some(
      ({ value, earlier }) => compare(value, earlier) === 0 && isAtLeast(value, whole(10)),
    );
    const grows = compared.some(({ value, earlier }) => isAbove(value, earlier));
    const earlier = before(given, period);
    const contentOf = (of: Period): string =>
      [...given.measures.values()]
        .filter((measure) => know.bases(measure).includes(of))
        .flatMap((measure) =>
          measure.places
            .filter((place) => place.unit === unit)
            .flatMap((place) => {
              const value = know.reading(measure, place, of);
              return value === null ? [] : [`${cellOf(measure, place)} ${value.n}/${value.d}`];
            }),
        )
        .join();
    const large = flows.filter(({ measure, place }) =>
      isAtLeast(know.reading(measure, place, period) ?? ZERO, whole(10)),
    );
    const isSame =
      earlier !== undefined && large.length >= 2 && contentOf(earlier) === contentOf(period);
    const ofReport = { unit, period: code, measure: null, area: null };
    const isCumulative = isToDate && (sentBefore > 1 || (isFlat && grows));
    return [
      ...(isSame ? [{ rule: "same_as_before", ...ofReport }] : []),
      ...(isCumulative ? [{ rule: "cumulative_figures", ...ofReport }] : []),
    ];
  });
}
