import {
  type Area,
  type AreaFigure,
  type Given,
  isThere,
  type Measure,
  moment,
  type Period,
  type Place,
  type Submission,
} from "./given.ts";
import { greatest, least, plus, type Rational, total, UNBOUNDED, whole, ZERO } from "./rational.ts";

/** What is known of a measure at a place by the end of a period. */
export interface Known {
  /** Null: nothing is known. */
  readonly value: Rational | null;
  /** False for a minimum over periods of which one that is closed is missing. */
  readonly holds: boolean;
}

/** What a figure may become; null: it stays unknown. */
export interface Range {
  readonly isOpen: boolean;
  readonly least: Rational | null;
  readonly most: Rational | null;
}

const NOTHING: Known = { value: null, holds: true };

/** The rules of time: which readings count in which period, as of a moment. */
export class Knowledge {
  readonly #given: Given;
  readonly #asOf: number;
  readonly #submissions = new Map<string, Submission>();
  readonly #replaced = new Map<Submission, Submission>();
  readonly #sent = new Set<string>();
  readonly #closed = new Map<string, boolean>();
  readonly #bases = new Map<Measure, Period[]>();
  readonly #parts = new Map<string, Period[]>();
  readonly #known = new Map<string, Known>();
  readonly #chains = new Map<Measure, Map<Period, Period[]>>();
  readonly #sentOf = new Map<Measure, Map<string, Submission | undefined>>();
  readonly #hasAreasBelow: boolean;

  constructor(given: Given, asOf: string) {
    this.#given = given;
    this.#asOf = moment(asOf);
    // the latest of a unit for a period replaces the others whole
    const inOrder = given.submissions
      .filter(({ received, withdrawn }) => received <= this.#asOf && withdrawn > this.#asOf)
      .sort((a, b) => a.received - b.received);
    for (const one of inOrder) {
      const before = this.#submissions.get(`${one.unit} ${one.period}`);
      if (before !== undefined) this.#replaced.set(one, before);
      this.#submissions.set(`${one.unit} ${one.period}`, one);
      this.#sent.add(one.period);
    }
    this.#hasAreasBelow = inOrder.some(({ ofAreas }) => ofAreas.size > 0);
  }

  /** The reports that count, each with the one that it replaced. */
  reports(): { current: Submission; replaced: Submission | undefined }[] {
    return [...this.#submissions.values()].map((current) => ({
      current,
      replaced: this.#replaced.get(current),
    }));
  }

  isFuture(period: Period): boolean {
    return this.#asOf < moment(period.from) && !this.#sent.has(period.code);
  }

  isClosed(period: Period): boolean {
    let closed = this.#closed.get(period.code);
    if (closed === undefined) {
      const owing = this.#owing(period);
      closed =
        this.#asOf >= moment(period.dueBefore) ||
        // a period that nobody reports for is closed by its deadline alone
        (owing.size > 0 &&
          [...owing].every((unit) => this.#submissions.has(`${unit} ${period.code}`)));
      this.#closed.set(period.code, closed);
    }
    return closed;
  }

  /** Units that owe a report for a period. */
  #owing(period: Period): Set<string> {
    const owing = new Set<string>();
    if (!this.isInForce(period)) return owing;
    for (const measure of this.#given.measures.values()) {
      if (!this.isOwed(measure, period)) continue;
      for (const { unit } of measure.places) {
        const area = this.#given.units.find(({ key }) => key === unit)?.area ?? null;
        if (area === null || isThere(area, period.to)) owing.add(unit);
      }
    }
    return owing;
  }

  isOwed(measure: Measure, period: Period): boolean {
    return isDueIn(measure, period) && period.to >= measure.from;
  }

  isInForce(period: Period): boolean {
    return period.to >= this.#given.inForceFrom;
  }

  /** Periods of a measure that contain no other of it, in their order; of all years the same kinds. */
  bases(measure: Measure): readonly Period[] {
    return once(this.#bases, measure, () => {
      const owed = this.#given.periods.filter((period) => isDueIn(measure, period));
      return owed
        .filter((period) => !owed.some((other) => contains(period, other)))
        .sort((a, b) => (a.to < b.to ? -1 : 1));
    });
  }

  /** The base periods of a measure in a period that covers some; empty for any other. */
  parts(measure: Measure, period: Period): readonly Period[] {
    return once(this.#parts, `${measure.code} ${period.code}`, () =>
      this.bases(measure).filter((base) => contains(period, base)),
    );
  }

  /** Whether something can be reported of a measure in a period: for itself, or for a part of it. */
  lives(measure: Measure, period: Period): boolean {
    const parts = this.parts(measure, period);
    return this.bases(measure).includes(period) || (parts.length > 0 && isDueIn(measure, period))
      ? period.to >= measure.from
      : parts.some(({ to }) => to >= measure.from);
  }

  /** Whether a measure can be reported at a place for a period. */
  applies(measure: Measure, place: Place, period: Period): boolean {
    return this.isInForce(period) && period.to >= measure.from && isPlace(place.area, period);
  }

  /** What a place reported itself for a period; null: nothing, or a blank cell. */
  reading(measure: Measure, place: Place, period: Period): Rational | null {
    if (!this.applies(measure, place, period)) return null;
    return this.sentBy(measure, place, period)?.cells.get(cellOf(measure, place)) ?? null;
  }

  sentBy(measure: Measure, place: Place, period: Period): Submission | undefined {
    const sent = once(this.#sentOf, measure, () => new Map<string, Submission | undefined>());
    return once(sent, `${place.key} ${period.code}`, () => {
      const own = measure.places.find(({ key }) => key === place.key);
      return own && this.#submissions.get(`${own.unit} ${period.code}`);
    });
  }

  /** Of what another office handed up, whether something of it is owed there still. */
  #isPartial(measure: Measure, place: Place, period: Period): boolean {
    return (
      this.sentBy(measure, place, period)?.partial.has(cellOf(measure, place)) === true &&
      this.reading(measure, place, period) !== null
    );
  }

  /**
   * What the areas of an office that handed it up have of some measures at a place, as its latest
   * version of the year with all of them has it; null without one.
   */
  ofAreas(
    measures: readonly Measure[],
    place: Place,
    period: Period,
  ): { isOwn: boolean; figures: ReadonlyMap<string, AreaFigure>[] } | null {
    if (!this.#hasAreasBelow || !isPlace(place.area, period)) return null;
    const so = this.#given.periods
      .filter(({ year, to }) => year === period.year && to <= period.to)
      .sort((a, b) => Number(b === period) - Number(a === period) || (a.to < b.to ? 1 : -1));
    for (const one of so) {
      const figures = measures.map((measure) =>
        this.sentBy(measure, place, one)?.ofAreas.get(cellOf(measure, place)),
      );
      const known = figures.filter((figure) => figure !== undefined);
      if (known.length === measures.length) return { isOwn: one === period, figures: known };
    }
    return null;
  }

  /** Places that a place succeeds, which goes on with their figures. */
  predecessors(place: Place): Place[] {
    const succession = place.area === null ? undefined : this.#given.successions.get(place.area.id);
    if (succession === undefined || !succession.isExact) return [];
    return this.#given.areas
      .filter(({ id }) => succession.from.includes(id))
      .map((area) => ({ key: area.id, unit: "", area }));
  }

  /** Base periods of the year, or of the plan, by the end of a period. */
  basesSoFar(measure: Measure, period: Period): Period[] {
    return this.bases(measure).filter(
      (base) => base.to >= measure.from && isSoFar(measure, base, period),
    );
  }

  /** The periods over which what is known by the end of a period is put together. */
  chain(measure: Measure, period: Period): Period[] {
    const chains = once(this.#chains, measure, () => new Map<Period, Period[]>());
    return once(chains, period, () => this.#newChain(measure, period));
  }

  #newChain(measure: Measure, period: Period): Period[] {
    if (this.parts(measure, period).length === 0) return this.basesSoFar(measure, period);
    const covering = this.#given.periods.filter(
      (one) => one.kind === period.kind && this.parts(measure, one).length > 0,
    );
    const held = new Set(covering.flatMap((one) => this.parts(measure, one)));
    const between = this.bases(measure).filter((base) => !held.has(base));
    return [...covering, ...between]
      .filter((one) => isSoFar(measure, one, period))
      .sort((a, b) => (a.to < b.to ? -1 : 1));
  }

  /** Rule 2: what is known by the end of a period. */
  toDate(measure: Measure, place: Place, period: Period): Known {
    return once(this.#known, `${measure.code} ${place.key} ${period.code}`, () =>
      // where each period is by itself, what it is alone
      measure.sumsOver === "period"
        ? this.inPeriod(measure, place, period)
        : this.#over(measure, place, this.chain(measure, period), this.basesSoFar(measure, period)),
    );
  }

  /** What a period alone adds: of a stock, what stands by its end. */
  inPeriod(measure: Measure, place: Place, period: Period): Known {
    if (measure.overTime === "last") return this.toDate(measure, place, period);
    const parts = this.parts(measure, period);
    return this.#over(measure, place, [period], parts.length > 0 ? parts : [period]);
  }

  #over(measure: Measure, place: Place, chain: readonly Period[], bases: readonly Period[]): Known {
    const figures = (one: Place, list: readonly Period[]): Rational[] =>
      list.map((period) => this.reading(measure, one, period)).filter((value) => value !== null);
    const standing = chain.flatMap((period) => {
      const own = figures(place, [period]);
      return own.length > 0 ? own : figures(place, this.parts(measure, period));
    });
    const of = (list: Rational[], combine: (list: Rational[]) => Rational): Known =>
      list.length === 0 ? NOTHING : { value: combine(list), holds: true };
    switch (measure.overTime) {
      case "sum": {
        const sums = chain.map((period) => this.#sum(measure, place, period));
        return of(
          sums.filter((value) => value !== null),
          total,
        );
      }
      case "max":
        return of(standing, greatest);
      case "average":
        return this.#average(measure, place, chain);
      case "min": {
        const all = chain.flatMap((period) => [
          ...figures(place, [period]),
          ...figures(place, this.parts(measure, period)),
        ]);
        const isMissing = bases.some(
          (base) =>
            this.isClosed(base) &&
            this.applies(measure, place, base) &&
            this.reading(measure, place, base) === null,
        );
        return { ...of(all, least), holds: !isMissing };
      }
      case "last":
        return this.#last(measure, place, chain);
    }
  }

  /** A flow of one period: of the place itself, and of places that it exactly succeeds. */
  #sum(measure: Measure, place: Place, period: Period): Rational | null {
    const own = this.reading(measure, place, period);
    const figures =
      own !== null
        ? [own]
        : this.parts(measure, period).map((part) => this.reading(measure, place, part));
    // its own report is of its own days
    const earlier = this.predecessors(place).map((one) => this.#sum(measure, one, period));
    const known = [...figures, ...earlier].filter((value) => value !== null);
    return known.length === 0 ? null : total(known);
  }

  /** A mean over base periods; the figure of a covering period stands for each of those in it. */
  #average(measure: Measure, place: Place, chain: readonly Period[]): Known {
    let sum = ZERO;
    let weight = 0n;
    for (const period of chain) {
      const own = this.reading(measure, place, period);
      const parts = this.parts(measure, period).filter((part) =>
        this.applies(measure, place, part),
      );
      const readings = parts
        .map((part) => this.reading(measure, place, part))
        .filter((value) => value !== null);
      const count = own === null ? readings.length : Math.max(parts.length, 1);
      sum = plus(sum, own === null ? total(readings) : { n: own.n * BigInt(count), d: own.d });
      weight += BigInt(count);
    }
    return weight === 0n ? NOTHING : { value: { n: sum.n, d: sum.d * weight }, holds: true };
  }

  /** The latest stock; until a place that exactly succeeds others reports, the sum of theirs. */
  #last(measure: Measure, place: Place, chain: readonly Period[]): Known {
    for (const period of [...chain].reverse()) {
      const inOrder = [period, ...this.parts(measure, period).toReversed()];
      for (const one of inOrder) {
        const value = this.reading(measure, place, one);
        if (value !== null) return { value, holds: true };
      }
    }
    const earlier = this.#goneOnWith(measure, place).map(
      (one) => this.#last(measure, one, chain).value,
    );
    const known = earlier.filter((value) => value !== null);
    return known.length === 0 || known.length < earlier.length
      ? NOTHING
      : { value: total(known), holds: true };
  }

  /** Those whose stock a place goes on with; levels of several are none of it. */
  #goneOnWith(measure: Measure, place: Place): Place[] {
    const earlier = this.predecessors(place);
    return measure.levels !== undefined && earlier.length > 1 ? [] : earlier;
  }

  /** Rule 3: what `toDate` may become with the reports that are owed and did not come. */
  range(measure: Measure, place: Place, period: Period): Range {
    const known = this.toDate(measure, place, period).value;
    if (!this.#isOpen(measure, place, period)) {
      return { isOpen: false, least: known, most: known };
    }
    // one of its levels, whichever
    if (measure.levels !== undefined) {
      return { isOpen: true, least: whole(1), most: whole(measure.levels) };
    }
    const chain = measure.sumsOver === "period" ? [period] : this.chain(measure, period);
    const stays = chain.map((one) => this.#leastIn(measure, place, one));
    const grows = { sum: total(stays), max: greatest([ZERO, ...stays]) };
    return {
      isOpen: true,
      least:
        measure.overTime === "sum" || measure.overTime === "max" ? grows[measure.overTime] : ZERO,
      most: measure.overTime === "min" && known !== null ? known : UNBOUNDED,
    };
  }

  /** What of a flow of one period stays, whatever comes: an own report that is owed replaces the parts. */
  #leastIn(measure: Measure, place: Place, period: Period): Rational {
    const earlier =
      measure.overTime === "sum"
        ? this.predecessors(place).map((one) => this.#leastIn(measure, one, period))
        : [];
    const own = this.reading(measure, place, period);
    const parts =
      own !== null
        ? [own]
        : this.#isMissing(measure, place, period)
          ? []
          : this.parts(measure, period)
              .map((part) => this.reading(measure, place, part))
              .filter((value) => value !== null);
    return measure.overTime === "sum" ? total([...parts, ...earlier]) : greatest([ZERO, ...parts]);
  }

  #isOpen(measure: Measure, place: Place, period: Period): boolean {
    const chain = measure.sumsOver === "period" ? [period] : this.chain(measure, period);
    return measure.overTime === "last"
      ? this.#isStockOpen(measure, place, chain)
      : chain.some((one) => this.#isPeriodOpen(measure, place, one));
  }

  /** A report of a place for a period that is owed and missing, left blank, or not all there is to come. */
  #isMissing(measure: Measure, place: Place, period: Period): boolean {
    return (
      this.isOwed(measure, period) &&
      this.applies(measure, place, period) &&
      measure.places.some(({ key }) => key === place.key) &&
      (this.reading(measure, place, period) === null || this.#isPartial(measure, place, period))
    );
  }

  #isPeriodOpen(measure: Measure, place: Place, period: Period): boolean {
    const arePartsOpen = this.parts(measure, period).some((part) =>
      this.#isMissing(measure, place, part),
    );
    const isInherited =
      measure.overTime === "sum" &&
      this.predecessors(place).some((one) => this.#isPeriodOpen(measure, one, period));
    if (this.reading(measure, place, period) !== null) {
      // a minimum is that of its parts, too
      const isPartial = this.#isPartial(measure, place, period);
      return isPartial || isInherited || (measure.overTime === "min" && arePartsOpen);
    }
    return isInherited || arePartsOpen || this.#isMissing(measure, place, period);
  }

  /** Of a stock what comes after the latest that is known can change it. */
  #isStockOpen(measure: Measure, place: Place, chain: readonly Period[]): boolean {
    for (const period of [...chain].reverse()) {
      for (const one of [period, ...this.parts(measure, period).toReversed()]) {
        if (this.#isMissing(measure, place, one)) return true;
        if (this.reading(measure, place, one) !== null) return false;
      }
    }
    return this.#goneOnWith(measure, place).some((one) => this.#isStockOpen(measure, one, chain));
  }

  /** Whether a place has reported a measure for a period, a blank cell left out. */
  hasReported(measure: Measure, place: Place, period: Period): boolean {
    if (this.reading(measure, place, period) !== null) return true;
    const parts = this.parts(measure, period).filter((part) => this.applies(measure, place, part));
    const latest = parts.filter((part) => this.isClosed(part)).at(-1);
    return parts.some(
      (part) =>
        (latest === undefined || part.to >= latest.to) &&
        this.reading(measure, place, part) !== null,
    );
  }
}

/** What is made of a key, once. */
export function once<K, T>(made: Map<K, T>, key: K, make: () => T): T {
  let found = made.get(key);
  if (found === undefined) {
    found = make();
    made.set(key, found);
  }
  return found;
}

export function cellOf({ code }: Measure, { area }: Place): string {
  return `${code} ${area?.id ?? "-"}`;
}

function isDueIn(measure: Measure, period: Period): boolean {
  return measure.dueIn === undefined || measure.dueIn.includes(period.kind);
}

/** Whether one period has every base period of the plan that is in the other. */
function contains(period: Period, other: Period): boolean {
  return period !== other && [...other.bases].every((code) => period.bases.has(code));
}

function isSoFar(measure: Measure, period: Period, until: Period): boolean {
  return period.to <= until.to && (measure.sumsOver === "plan" || period.year === until.year);
}

/** Whether there is such a place at the end of a period. */
export function isPlace(area: Area | null, period: Period): boolean {
  return area === null || isThere(area, period.to);
}
