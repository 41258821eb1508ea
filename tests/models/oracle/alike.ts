import type { Area, Given, Measure, Period } from "./given.ts";
import { type Rational, total } from "./rational.ts";

/** What a change needs to know of what it compares, a count or a ratio of flows and stocks. */
export interface Compared {
  readonly given: Given;
  readonly above: readonly Measure[];
  /** Null: a count. */
  readonly below: readonly Measure[] | null;
  /** Places that are there in a period, and gone ones whose flows the whole keeps. */
  readonly places: (period: Period) => readonly PlaceThen[];
  /** Base periods of a measure, in force. */
  readonly bases: (measure: Measure) => readonly Period[];
}

export interface PlaceThen {
  readonly area: Area | null;
  readonly key: string;
  readonly isThere: boolean;
  /** Each measure was given for the period. */
  readonly isGiven: boolean;
  /** In a report for the period itself. */
  readonly isOwn: boolean;
  readonly missingBefore: number;
  /** Numerator and denominator to date, and of the period. */
  readonly toDate: readonly [Rational | null, Rational | null];
  readonly inPeriod: readonly [Rational | null, Rational | null];
}

export interface Alike {
  readonly later: readonly [Rational | null, Rational | null];
  readonly earlier: readonly [Rational | null, Rational | null];
  readonly isUnchanged: boolean;
}

type Sides = readonly [Rational | null, Rational | null];

/** Rule 9: both sides hold the same parts of the territory and the same base periods. */
export function alike(
  compared: Compared,
  later: Period,
  earlier: Period,
  isPrevious: boolean,
  area: string | null,
): Alike | null {
  const partsOf = (period: Period): Map<string, PlaceThen[]> => {
    const parts = new Map<string, PlaceThen[]>();
    for (const place of compared.places(period)) {
      if (area !== null && (!place.isThere || !closure(compared.given, area).has(place.key)))
        continue;
      const part = area ?? componentOf(compared.given, place.key);
      parts.set(part, [...(parts.get(part) ?? []), place]);
    }
    for (const [part, places] of parts) if (!places.some((one) => one.isThere)) parts.delete(part);
    return parts;
  };
  const isFlow = ({ overTime }: Measure): boolean => overTime === "sum";
  const sides = [compared.above, ...(compared.below === null ? [] : [compared.below])];
  const hasFlows = sides.flat().some(isFlow);
  const isApart = sides.every((side) => new Set(side.map(isFlow)).size === 1);
  const stepsTo = (until: Period): Period[] =>
    isPrevious
      ? []
      : [
          ...new Set(
            sides
              .flat()
              .filter((one) => isFlow(one) && one.sumsOver === "year")
              .flatMap((one) => compared.bases(one))
              .filter((base) => base.year === until.year && base.to <= until.to),
          ),
        ];
  const steps = { later: stepsTo(later), earlier: stepsTo(earlier) };
  const [laterParts, earlierParts] = [partsOf(later), partsOf(earlier)];
  const isGiven = (places: readonly PlaceThen[] | undefined): boolean =>
    places?.filter((one) => one.isThere).every((one) => one.isGiven) ?? false;
  const isWhole = (places: readonly PlaceThen[] | undefined): boolean =>
    isGiven(places) && (places ?? []).every((one) => one.missingBefore === 0);
  const isOwn = (places: readonly PlaceThen[] | undefined, period: Period): boolean =>
    period.bases.size > 1 &&
    (places?.filter((one) => one.isThere).every((one) => one.isOwn) ?? false);
  const sum = (list: readonly (Rational | null)[]): Rational | null => {
    const known = list.filter((one) => one !== null);
    return known.length === 0 ? null : total(known);
  };
  const toDate = (places: readonly PlaceThen[] = []): Sides => [
    sum(places.map((one) => one.toDate[0])),
    sum(places.map((one) => one.toDate[1])),
  ];
  const inPeriod = (places: readonly PlaceThen[]): Sides => {
    const there = places.filter((one) => one.isThere);
    return [sum(there.map((one) => one.inPeriod[0])), sum(there.map((one) => one.inPeriod[1]))];
  };
  const over = (figures: readonly Sides[], side: 0 | 1): Rational | null => {
    const list = figures.map((one) => one[side]);
    return sides[side]?.some(isFlow) ? sum(list) : (list.at(-1) ?? null);
  };
  let isUnchanged = true;
  const found: { later: Sides; earlier: Sides }[] = [];
  for (const part of new Set([...laterParts.keys(), ...earlierParts.keys()])) {
    const [now, then] = [laterParts.get(part), earlierParts.get(part)];
    // a silent place has none
    if (area !== null && !isGiven(now)) continue;
    const known = (list: readonly Period[]): Map<string, { period: Period; figures: Sides }> =>
      new Map(
        list.flatMap((period) => {
          const places = partsOf(period).get(part);
          return places !== undefined && isGiven(places)
            ? [[`${period.kind} ${period.position}`, { period, figures: inPeriod(places) }]]
            : [];
        }),
      );
    const [laterKnown, earlierKnown] = [known(steps.later), known(steps.earlier)];
    const isLong = steps.later.length > 0 || steps.earlier.length > 0;
    const isKept =
      isGiven(now) &&
      isGiven(then) &&
      (!hasFlows ||
        (isLong
          ? steps.later.length === steps.earlier.length &&
            (isOwn(now, later) || laterKnown.size === steps.later.length) &&
            (isOwn(then, earlier) || earlierKnown.size === steps.earlier.length)
          : isWhole(now) && isWhole(then)));
    if (isKept) {
      found.push({ later: toDate(now), earlier: toDate(then) });
      continue;
    }
    isUnchanged = false;
    const common = isApart
      ? [...laterKnown]
          .filter(([place]) => earlierKnown.has(place))
          .sort(([, one], [, other]) => (one.period.to < other.period.to ? -1 : 1))
      : [];
    if (common.length === 0) continue;
    const laterFigures = common.map(([, one]) => one.figures);
    const earlierFigures = common.map(
      ([place]) => earlierKnown.get(place)?.figures ?? [null, null],
    );
    found.push({
      later: [over(laterFigures, 0), over(laterFigures, 1)],
      earlier: [over(earlierFigures as Sides[], 0), over(earlierFigures as Sides[], 1)],
    });
  }
  if (found.length === 0) return null;
  return {
    later: [sum(found.map((one) => one.later[0])), sum(found.map((one) => one.later[1]))],
    earlier: [sum(found.map((one) => one.earlier[0])), sum(found.map((one) => one.earlier[1]))],
    isUnchanged,
  };
}

/** Whether nothing of the later side is missing, nor to come. */
export function lacksNothing(
  compared: Compared,
  period: Period,
  isClosed: boolean,
  area: string | null,
): boolean {
  const places = compared
    .places(period)
    .filter((one) => area === null || (one.isThere && one.area?.id === area));
  return (
    places.every((one) => one.missingBefore === 0 && (!one.isThere || one.isGiven)) &&
    (isClosed ||
      period.bases.size === 1 ||
      places.filter((one) => one.isThere).every((one) => one.isOwn))
  );
}

/** An area, and those that it is exactly made of. */
function closure(given: Given, id: string): Set<string> {
  const found = new Set([id]);
  for (const one of found) {
    const succession = given.successions.get(one);
    if (succession?.isExact) for (const from of succession.from) found.add(from);
  }
  return found;
}

/** Areas that became one another, however little of them did. */
function componentOf(given: Given, key: string): string {
  const found = new Set([key]);
  for (const one of found) {
    for (const [successor, { from }] of given.successions) {
      if (successor === one || from.includes(one))
        for (const id of [successor, ...from]) found.add(id);
    }
  }
  return [...found].sort((one, other) => Number(one) - Number(other))[0] ?? key;
}
