import type { TextRow } from "../text-table.ts";
import type { GivenTable } from "../typed-ledger.ts";
import type { World } from "../world.ts";
import {
  type Condition,
  type Given,
  givenOf,
  type Indicator,
  type Measure,
  type Period,
  type Place,
  type Value,
} from "./given.ts";
import { isPlace, Knowledge } from "./known.ts";
import {
  compare,
  greatest,
  least,
  mean,
  minus,
  over,
  type Rational,
  rounded,
  roundedUp,
  times,
  total,
  UNBOUNDED,
  whole,
  written,
  ZERO,
} from "./rational.ts";
import {
  beganBy,
  type Demand,
  demandOf,
  isFulfilled,
  judge,
  judgeAll,
  measuresIn,
  type Status,
} from "./verdict.ts";

type Measured = Exclude<Value, { kind: "change" } | { kind: "all_of_indicators" }>;

/** What an indicator counts once: a place, or one of several conditions of the whole. */
interface Slot {
  readonly place: Place;
  readonly measures: readonly Measure[];
  readonly conditions: readonly Condition[];
}

interface Fraction {
  /** Null: nothing of it is known. */
  readonly numerator: Rational | null;
  readonly denominator: Rational | null;
}

const UNKNOWN: Fraction = { numerator: null, denominator: null };

/** What stands beside a value. */
interface Coverage {
  readonly expected: number;
  readonly reported: number;
  readonly carried: number;
  readonly leftOut: number;
  readonly missingBefore: number;
  readonly basis: string | null;
}

const NO_COVERAGE: Coverage = {
  expected: 0,
  reported: 0,
  carried: 0,
  leftOut: 0,
  missingBefore: 0,
  basis: null,
};

/** One row of the marts, before it is written. */
interface Row extends Fraction {
  readonly value: Rational | null;
  readonly inPeriod: Rational | null;
  readonly demand: Demand | null;
  /** Where groups have targets of their own: whether each of them is due. */
  readonly areGroupsDue?: boolean;
  readonly status: Status;
  readonly attained: boolean | null;
  readonly isProvisional: boolean;
  readonly coverage: Coverage;
}

// Where the rules leave room, this engine reads them so:
// - A measure that is not owed in a period is not expected there; an indicator is, where one of its
//   measures is. What is owed once a year is therefore not known in the quarters before.
// - An average's covering figure weighs as many base periods as apply at the place.
// - A stock is carried to an exact successor when it is known for every area that was merged.
// - An exact successor's own figure of a covering period stands for what went before in it, too.
// - Earlier periods missing include those of abolished places whose flows the whole keeps; a ratio
//   or count that stands on them is as provisional as for a place that is there.
// - After its last due period of a year a target is due as soon as that due period is closed.
// - An amended target replaces the earlier one whole, from the first period that ends in or after
//   the one it names.
// - Past the upper bound of a range, or past a level to be kept, what may come back is `not_yet`.
// - `on_track` is at or above the pace, for a strict target, too.
// - For a range or a level a verdict is provisional also where a silent place could bring the value
//   to it without reaching the most that is possible.
// - A silent place of a ratio counts with its denominator where that is known, with 0 where not.
// - What began later than the period cannot rise in it.
// - A table has a number for a place where it is there when that is due.
// - Whatever is unknown of a target at every place or group is not held yet; 0 of 0 is passed over.
// - A period that nobody owes a report for is closed by its deadline alone.
// - `previous` is the period before of its kind within the year. Without an earlier figure a change
//   is `not_applicable`, also where nothing is known of the present one.
// - Where an area was not yet, a change compares it with the sum of the areas that it is exactly made
//   of, when each of them knows its flows and stocks by then.
// - Of several indicators together, those that apply count, and one that is unknown is not held.

/**
 * Every figure of a plan, as rows of `marts.attainment_by_plan_period` (`at` is `city`) and
 * `marts.attainment_by_ward_period` (`at` is the code of the area).
 */
export function figuresOf(world: World, table: GivenTable, asOf = "2099-12-31"): TextRow[] {
  const given = givenOf(world, table);
  const figures = new Figures(given, asOf);
  return given.periods.flatMap((period) =>
    given.indicators.flatMap((indicator) => [
      textOf(indicator, period, "city", figures.row(indicator, period, null)),
      ...given.areas.map((area) =>
        textOf(indicator, period, area.code, figures.row(indicator, period, area.id)),
      ),
    ]),
  );
}

/**
 * What is known of every measure of a plan, as rows of `marts.measure_by_plan_period` (`at` is
 * `city`) and `marts.measure_by_ward_period`, where something is expected.
 */
export function measureFiguresOf(world: World, table: GivenTable, asOf = "2099-12-31"): TextRow[] {
  const given = givenOf(world, table);
  const figures = new Figures(given, asOf);
  return given.periods.flatMap((period) =>
    [...given.measures.keys()].flatMap((measure) =>
      [null, ...given.areas].flatMap((area): TextRow[] => {
        const { numerator, inPeriod, coverage } = figures.row(
          counted(measure),
          period,
          area?.id ?? null,
        );
        if (coverage.expected === 0) return [];
        return [
          {
            at: area?.code ?? "city",
            measure,
            period: period.code,
            value_to_date: numerator === null ? "-" : written(numerator, 4),
            value_in_period: inPeriod === null ? "-" : written(inPeriod, 4),
            places_expected: String(coverage.expected),
            places_reported: String(coverage.reported),
            places_carried: String(coverage.carried),
            periods_missing_before: String(coverage.missingBefore),
          },
        ];
      }),
    ),
  );
}

/** A measure as an indicator that counts it, and asks nothing of it. */
function counted(measure: string): Indicator {
  return {
    code: measure,
    from: "",
    value: { kind: "count", measures: [measure] },
    target: { comparator: ">=", isLinear: false, scope: "whole", statements: [] },
  };
}

function textOf(indicator: Indicator, period: Period, at: string, row: Row): TextRow {
  const text = (value: Rational | null | undefined, decimals: number): string =>
    value === null || value === undefined ? "-" : written(value, decimals);
  const { demand, coverage } = row;
  const isShown = row.status !== "not_applicable" || row.coverage.expected > 0;
  return {
    at,
    indicator_code: indicator.code,
    period: period.code,
    numerator: text(row.numerator, 4),
    denominator: text(row.denominator, 4),
    value: text(truthful(row.value, demand), 6),
    value_in_period: text(truthful(row.inPeriod, demand), 6),
    target_comparator: indicator.target.comparator,
    target_value: isShown ? text(demand?.bound.value, 4) : "-",
    target_to: isShown ? text(demand?.bound.to, 4) : "-",
    pace_value: isShown && demand?.pace ? text(roundedUp(demand.pace, 6), 6) : "-",
    is_due: String(isShown && (demand?.isDue ?? row.areGroupsDue ?? false)),
    status: row.status,
    attained: row.attained === null ? "-" : String(row.attained),
    is_provisional: String(row.isProvisional),
    areas_expected: String(coverage.expected),
    areas_reported: String(coverage.reported),
    areas_carried: String(coverage.carried),
    areas_left_out: String(coverage.leftOut),
    periods_missing_before: String(coverage.missingBefore),
    basis: coverage.basis ?? "-",
  };
}

/** Six decimals, of which the verdict is that of the exact value. */
function truthful(value: Rational | null, demand: Demand | null): Rational | null {
  if (value === null) return null;
  const near = rounded(value, 6);
  if (demand === null) return near;
  const { comparator, bound } = demand;
  if (isFulfilled(near, comparator, bound) === isFulfilled(value, comparator, bound)) return near;
  const step = { n: BigInt(compare(value, near)), d: 1_000_000n };
  return { n: near.n + step.n, d: step.d };
}

class Figures {
  readonly #given: Given;
  readonly #knowledge: Knowledge;

  constructor(given: Given, asOf: string) {
    this.#given = given;
    this.#knowledge = new Knowledge(given, asOf);
  }

  /** @param area id of an area; null is the whole */
  row(indicator: Indicator, period: Period, area: string | null): Row {
    const { value } = indicator;
    switch (value.kind) {
      case "all_of_indicators":
        return this.#allOf(indicator, value.indicators, period, area);
      case "change":
        return this.#change(indicator, value, period, area);
      default:
        return this.#measured(indicator, value, period, area);
    }
  }

  // --- values that stand on measures

  #measured(indicator: Indicator, value: Measured, period: Period, area: string | null): Row {
    const all = this.#slots(value);
    const own = area === null ? all : all.filter(({ place }) => place.area?.id === area);
    const expected = own.filter((slot) => this.#isExpected(value, slot, period, indicator.from));
    if (expected.length === 0) return nothing("not_applicable");
    const gone = area === null ? this.#gone(value, all, period, indicator.from) : [];
    const coverage = this.#coverage(value, expected, gone, period, indicator.from);
    const fraction = this.#fraction(value, expected, gone, period, "to date");
    const exact = amountOf(value, fraction);
    const inPeriod = amountOf(value, this.#fraction(value, expected, gone, period, "in period"));
    const [only] = expected;
    const isDoubtful = expected.some((slot) => this.#isDoubtful(value, slot, period));
    const base = {
      ...(area !== null && only !== undefined && isDoubtful
        ? this.#raw(value, only, period, "to date")
        : fraction),
      value: exact,
      inPeriod,
      coverage,
      areGroupsDue: area === null && isEach(this.#groupDemands(indicator, period, expected)),
    };
    const demand = this.#demand(indicator, period, area);
    const judged = (raised: ReadonlySet<Slot> | null): Status | null =>
      this.#status(indicator, value, expected, gone, period, area, demand, raised);
    if (exact === null) {
      const status =
        fraction.numerator === null
          ? isDoubtful
            ? "in_doubt"
            : "not_reported"
          : fraction.numerator.n === 0n
            ? "not_arising"
            : "in_doubt";
      return { ...base, demand, status, attained: null, isProvisional: false };
    }
    const status = judged(null);
    if (status === null) {
      return {
        ...base,
        demand,
        status: "not_applicable",
        attained: null,
        isProvisional: false,
      };
    }
    const silent = new Set(
      [...expected, ...gone].filter(
        (slot) =>
          (expected.includes(slot) && !this.#hasReported(value, slot, period)) ||
          this.#missingBefore(value, slot, period, indicator.from) > 0,
      ),
    );
    return {
      ...base,
      demand,
      status,
      attained: isHeld(status),
      isProvisional:
        !this.#knowledge.isClosed(period) || (silent.size > 0 && judged(silent) !== status),
    };
  }

  /** Null where no target applies. */
  #status(
    indicator: Indicator,
    value: Measured,
    expected: readonly Slot[],
    gone: readonly Slot[],
    period: Period,
    area: string | null,
    demand: Demand | null,
    raised: ReadonlySet<Slot> | null,
  ): Status | null {
    const { target } = indicator;
    const judgeOne = (
      slots: readonly Slot[],
      lost: readonly Slot[],
      asked: Demand,
    ): Status | null => {
      const fraction = this.#fraction(value, slots, lost, period, "to date", raised);
      const exact = amountOf(value, fraction);
      if (exact === null) return fraction.numerator?.n === 0n ? null : "not_reported";
      if (raised === null) return judge(exact, asked);
      const before = amountOf(value, this.#fraction(value, slots, lost, period, "to date"));
      return judgeRaised(before, exact, asked);
    };
    const isEvery =
      area === null &&
      (target.scope === "each" ||
        target.scope === "groups" ||
        (target.scope === "table" && demand === null));
    if (!isEvery) return demand === null ? null : judgeOne(expected, gone, demand);
    const statuses: Status[] = [];
    if (target.scope === "groups") {
      for (const code of groupsOf(indicator)) {
        const isIn = (slot: Slot): boolean => isInGroup(slot, code);
        const asked = this.#groupDemand(indicator, period, code);
        const slots = expected.filter(isIn);
        if (asked === null || slots.length === 0) continue;
        const one = judgeOne(slots, gone.filter(isIn), asked);
        if (one !== null) statuses.push(unknownAs(one, asked));
      }
    } else {
      for (const slot of expected) {
        const asked =
          slot.place.area === null ? demand : this.#demand(indicator, period, slot.place.area.id);
        if (asked === null) continue;
        const one = judgeOne([slot], [], asked);
        if (one !== null) statuses.push(unknownAs(one, asked));
      }
    }
    return statuses.length === 0 ? null : judgeAll(statuses, target.comparator, target.isLinear);
  }

  #demand(indicator: Indicator, period: Period, area: string | null): Demand | null {
    const { scope } = indicator.target;
    return demandOf(this.#given, this.#knowledge, indicator, period, ({ whole, table, groups }) => {
      if (area === null) return scope === "groups" ? undefined : whole;
      if (scope === "whole") return undefined;
      if (scope === "table") return table.get(area);
      if (scope !== "groups") return whole;
      const found = this.#given.areas.find(({ id }) => id === area);
      return groups.get(found?.code ?? "") ?? groups.get(found?.kind ?? "");
    });
  }

  #groupDemand(indicator: Indicator, period: Period, group: string): Demand | null {
    return demandOf(this.#given, this.#knowledge, indicator, period, ({ groups }) =>
      groups.get(group),
    );
  }

  /** Of the groups that have a place there. */
  #groupDemands(indicator: Indicator, period: Period, expected: readonly Slot[]): Demand[] {
    return groupsOf(indicator)
      .filter((code) => expected.some((slot) => isInGroup(slot, code)))
      .map((code) => this.#groupDemand(indicator, period, code))
      .filter((one) => one !== null);
  }

  #measure(code: string): Measure {
    const found = this.#given.measures.get(code);
    if (found === undefined) throw new Error(`no measure ${code}`);
    return found;
  }

  #slots(value: Measured): Slot[] {
    if (value.kind === "all_of") {
      return value.conditions.flatMap((condition) => {
        const measure = this.#measure(condition.measure);
        return measure.places.map((place) => ({
          place,
          measures: [measure],
          conditions: [condition],
        }));
      });
    }
    const measures = measuresIn(value).map((code) => this.#measure(code));
    const places = new Map(
      measures.flatMap(({ places }) => places.map((place) => [place.key, place])),
    );
    return [...places.values()].map((place) => ({
      place,
      measures: measures.filter((one) => one.places.some(({ key }) => key === place.key)),
      conditions: "conditions" in value ? value.conditions : [],
    }));
  }

  #isExpected(value: Measured, slot: Slot, period: Period, from: string): boolean {
    return (
      !this.#knowledge.isFuture(period) &&
      this.#knowledge.isInForce(period) &&
      period.to >= from &&
      isPlace(slot.place.area, period) &&
      (value.kind === "count"
        ? slot.measures.some((one) => one.from <= period.to)
        : beganBy(this.#given, value, period)) &&
      slot.measures.some((one) => this.#knowledge.lives(one, period))
    );
  }

  #isKnown(value: Measured, slot: Slot, period: Period): boolean {
    const known = slot.measures.map(
      (one) => this.#knowledge.toDate(one, slot.place, period).value !== null,
    );
    return value.kind === "count" ? known.some(Boolean) : known.every(Boolean);
  }

  #hasReported(value: Measured, slot: Slot, period: Period): boolean {
    const living = slot.measures.filter((one) => this.#knowledge.lives(one, period));
    const reported = living.filter((one) => this.#knowledge.hasReported(one, slot.place, period));
    if (value.kind === "count") return reported.length > 0;
    return (
      reported.length > 0 &&
      this.#isKnown(value, slot, period) &&
      living.every((one) => one.overTime === "last" || reported.includes(one))
    );
  }

  /** By what the periods of a place are counted: flows, or stocks where none has begun. */
  #counting(slot: Slot, period: Period): readonly Measure[] {
    const flows = slot.measures.filter((one) => one.overTime !== "last" && one.from <= period.to);
    return flows.length > 0 ? flows : slot.measures;
  }

  /** Base periods of an indicator at a place. */
  #bases(slot: Slot, period: Period): Period[] {
    return [
      ...new Set(
        this.#counting(slot, period).flatMap((one) => this.#knowledge.basesSoFar(one, period)),
      ),
    ].sort((a, b) => (a.to < b.to ? -1 : 1));
  }

  /** Earlier closed periods of which a place owes a report still. */
  #missingBefore(value: Measured, slot: Slot, period: Period, from: string): number {
    const bases = this.#bases(slot, period);
    const isCovering = !bases.includes(period);
    const measures = this.#counting(slot, period);
    const parts = bases.filter((base) =>
      measures.some((one) => this.#knowledge.parts(one, period).includes(base)),
    );
    const latest = parts.filter((part) => this.#knowledge.isClosed(part)).at(-1);
    const isBefore = (base: Period): boolean =>
      isCovering
        ? latest === undefined
          ? !parts.includes(base)
          : base.to < latest.to
        : base.to < period.to;
    const isCovered = (base: Period): boolean => {
      const covering = measures.map((one) =>
        this.#knowledge
          .chain(one, period)
          .some(
            (cover) =>
              this.#knowledge.parts(one, cover).includes(base) &&
              this.#knowledge.reading(one, slot.place, cover) !== null,
          ),
      );
      return value.kind === "count" ? covering.some(Boolean) : covering.every(Boolean);
    };
    return bases.filter(
      (base) =>
        isBefore(base) &&
        this.#knowledge.isClosed(base) &&
        this.#isExpected(value, slot, base, from) &&
        !this.#hasSent(value, slot, base) &&
        !isCovered(base),
    ).length;
  }

  /** Whether a place has reported what it owes for a period, be that enough for a figure or not. */
  #hasSent(value: Measured, slot: Slot, period: Period): boolean {
    const sent = slot.measures
      .filter((one) => this.#knowledge.lives(one, period))
      .map(
        (one) =>
          this.#knowledge.hasReported(one, slot.place, period) ||
          (value.kind !== "count" &&
            one.overTime === "last" &&
            this.#knowledge.toDate(one, slot.place, period).value !== null),
      );
    return value.kind === "count" ? sent.some(Boolean) : sent.every(Boolean);
  }

  /** Numerator and denominator of one place, or 1 of 1 where its conditions hold. */
  #raw(value: Measured, slot: Slot, period: Period, when: "to date" | "in period"): Fraction {
    const known = (code: string) => {
      const measure = this.#measure(code);
      return when === "to date"
        ? this.#knowledge.toDate(measure, slot.place, period)
        : this.#knowledge.inPeriod(measure, slot.place, period);
    };
    const sum = (codes: readonly string[]): Rational | null => {
      const values = codes.map((code) => known(code).value);
      return values.some((one) => one === null)
        ? null
        : total(values.filter((one) => one !== null));
    };
    switch (value.kind) {
      case "ratio":
        return { numerator: sum(value.numerator), denominator: sum(value.denominator) };
      case "count": {
        const values = slot.measures.map(({ code }) => known(code).value);
        const there = values.filter((one) => one !== null);
        return { numerator: there.length === 0 ? null : total(there), denominator: null };
      }
      default: {
        const figures = slot.conditions.map((one) => ({ one, figure: known(one.measure) }));
        if (figures.some(({ figure }) => figure.value === null)) return UNKNOWN;
        const holds = figures.every(
          ({ one, figure }) =>
            figure.holds &&
            figure.value !== null &&
            isFulfilled(figure.value, one.comparator, { value: one.threshold, to: null }),
        );
        return { numerator: whole(holds ? 1 : 0), denominator: whole(1) };
      }
    }
  }

  /** Numerator above 0, denominator 0. */
  #isDoubtful(
    value: Measured,
    slot: Slot,
    period: Period,
    when: "to date" | "in period" = "to date",
  ): boolean {
    if (value.kind !== "ratio") return false;
    const { numerator, denominator } = this.#raw(value, slot, period, when);
    return numerator !== null && numerator.n > 0n && denominator?.n === 0n;
  }

  /** Places of the year that are no more, whose flows the whole keeps. */
  #gone(value: Measured, all: readonly Slot[], period: Period, from: string): Slot[] {
    if (value.kind !== "ratio" && value.kind !== "count") return [];
    return all.filter(({ place, measures }) => {
      if (place.area === null || isPlace(place.area, period)) return false;
      const flows = measures.filter(({ overTime }) => overTime === "sum");
      const successors = this.#given.areas.filter((one) =>
        this.#given.successions.get(one.id)?.from.includes(place.area?.id ?? ""),
      );
      // what an exact successor goes on with is counted with it
      const isInherited = successors.some(
        (one) => this.#given.successions.get(one.id)?.isExact && one.from <= period.to,
      );
      const wasThere = flows.some((one) =>
        this.#knowledge
          .basesSoFar(one, period)
          .some((base) => isPlace(place.area, base) && base.to >= from),
      );
      if (isInherited || !wasThere) return false;
      if (value.kind === "count") return true;
      const known = flows.every((one) => this.#knowledge.toDate(one, place, period).value !== null);
      if (flows.length === 0 || !known) return false;
      if (this.#isDoubtful(value, { place, measures, conditions: [] }, period)) return false;
      const heirs = all.filter((slot) => successors.some(({ id }) => id === slot.place.area?.id));
      return heirs.length === 0 || heirs.some((slot) => this.#isTaken(value, slot, period, from));
    });
  }

  #isTaken(value: Measured, slot: Slot, period: Period, from: string): boolean {
    return (
      this.#isExpected(value, slot, period, from) &&
      this.#isKnown(value, slot, period) &&
      !this.#isDoubtful(value, slot, period)
    );
  }

  /** Of the whole or some places, with the figures of silent ones as great as can be. */
  #fraction(
    value: Measured,
    slots: readonly Slot[],
    gone: readonly Slot[],
    period: Period,
    when: "to date" | "in period",
    raised: ReadonlySet<Slot> | null = null,
  ): Fraction {
    if (value.kind !== "ratio" && value.kind !== "count") {
      const holding = slots.map((slot) =>
        raised?.has(slot) ? whole(1) : (this.#raw(value, slot, period, when).numerator ?? null),
      );
      const known = holding.filter((one) => one !== null);
      return known.length === 0
        ? UNKNOWN
        : { numerator: total(known), denominator: whole(slots.length) };
    }
    const taken =
      value.kind === "count"
        ? slots
        : slots.filter((slot) => {
            if (raised?.has(slot)) return true;
            const { numerator, denominator } = this.#raw(value, slot, period, when);
            return (
              numerator !== null &&
              denominator !== null &&
              !this.#isDoubtful(value, slot, period, when)
            );
          });
    const figure = (measure: Measure, slot: Slot, mayRise: boolean): Rational | null => {
      if (!slot.measures.includes(measure)) return null;
      const { value: known } =
        when === "to date"
          ? this.#knowledge.toDate(measure, slot.place, period)
          : this.#knowledge.inPeriod(measure, slot.place, period);
      if (!mayRise || !raised?.has(slot) || measure.from > period.to) return known;
      const bound =
        measure.atMost === undefined
          ? null
          : this.#knowledge.toDate(this.#measure(measure.atMost), slot.place, period).value;
      return bound === null ? UNBOUNDED : greatest([bound, known ?? ZERO]);
    };
    const sum = (codes: readonly string[], mayRise: boolean): Rational | null => {
      const sums = codes.map((code) => {
        const measure = this.#measure(code);
        const lost = measure.overTime === "sum" ? gone : [];
        const figures = [...taken, ...lost]
          .map((slot) => figure(measure, slot, mayRise))
          .filter((one) => one !== null);
        return figures.length === 0 ? null : overPlaces(measure, figures);
      });
      const known = sums.filter((one) => one !== null);
      const needsAll = value.kind === "ratio" && raised === null;
      const isKnown = needsAll ? known.length === sums.length : known.length > 0;
      return isKnown ? total(known) : null;
    };
    if (value.kind === "count") return { numerator: sum(value.measures, true), denominator: null };
    const fraction = {
      numerator: sum(value.numerator, true),
      denominator: sum(value.denominator, false),
    };
    return fraction.numerator === null || fraction.denominator === null ? UNKNOWN : fraction;
  }

  #coverage(
    value: Measured,
    expected: readonly Slot[],
    gone: readonly Slot[],
    period: Period,
    from: string,
  ): Coverage {
    const known = expected.filter((slot) => this.#isKnown(value, slot, period));
    const reported = expected.filter((slot) => this.#hasReported(value, slot, period));
    const bases = new Set(known.flatMap((slot) => this.#basis(slot, period)));
    return {
      expected: expected.length,
      reported: reported.length,
      // of what must be in every period nothing is carried
      carried: known.filter(
        (slot) =>
          !reported.includes(slot) &&
          slot.conditions.every(
            ({ measure }) =>
              this.#knowledge.toDate(this.#measure(measure), slot.place, period).holds,
          ),
      ).length,
      leftOut:
        value.kind === "ratio"
          ? expected.filter((slot) => !this.#isTaken(value, slot, period, from)).length
          : 0,
      missingBefore: [...expected, ...gone]
        .map((slot) => this.#missingBefore(value, slot, period, from))
        .reduce((sum, one) => sum + one, 0),
      basis: bases.size === 0 ? null : bases.size > 1 ? "mixed" : ([...bases][0] ?? null),
    };
  }

  /** Whether a place's figures stand on its own reports of a period, on its parts, or on both. */
  #basis(slot: Slot, period: Period): ("own" | "covered")[] {
    const measures = this.#counting(slot, period).filter(
      (one) => this.#knowledge.toDate(one, slot.place, period).value !== null,
    );
    return measures.map((one) =>
      this.#knowledge.parts(one, period).length === 0 ||
      this.#knowledge.reading(one, slot.place, period) !== null
        ? "own"
        : "covered",
    );
  }

  // --- values that stand on other indicators

  #allOf(indicator: Indicator, codes: readonly string[], period: Period, area: string | null): Row {
    const components = codes.map((code) => {
      const found = this.#given.indicators.find((one) => one.code === code);
      if (found === undefined) throw new Error(`no indicator ${code}`);
      return this.row(found, period, area);
    });
    const there = components.filter(({ status }) => status !== "not_applicable");
    if (there.length === 0) return nothing("not_applicable");
    const known = there.filter(({ attained }) => attained !== null);
    const share = (holding: number): Rational => over(whole(100 * holding), whole(there.length));
    const holding = known.filter(({ attained }) => attained).length;
    const possible =
      holding +
      known.filter((one) => !one.attained && one.isProvisional).length +
      there.length -
      known.length;
    const value = share(holding);
    const demand = this.#demand(indicator, period, area);
    const coverage = {
      ...NO_COVERAGE,
      expected: there.length,
      reported: known.length,
    };
    if (known.length === 0) {
      return { ...nothing("not_reported"), demand, coverage };
    }
    const status = demand === null ? "not_applicable" : judge(value, demand);
    return {
      numerator: whole(holding),
      denominator: whole(there.length),
      value,
      inPeriod: null,
      demand,
      status,
      attained: demand === null ? null : isHeld(status),
      isProvisional:
        demand !== null &&
        (!this.#knowledge.isClosed(period) || judge(share(possible), demand) !== status),
      coverage,
    };
  }

  #change(
    indicator: Indicator,
    { of, from, as }: Extract<Value, { kind: "change" }>,
    period: Period,
    area: string | null,
  ): Row {
    const hidden = { ...indicator, value: of };
    const now = this.row(hidden, period, area);
    if (now.coverage.expected === 0) return nothing("not_applicable");
    const then = this.#earlier(hidden, from, period, area);
    const demand = this.#demand(indicator, period, area);
    const base = { ...nothing("not_applicable"), demand, coverage: now.coverage };
    if (then === null) return base;
    if (now.value === null) return { ...base, status: now.status };
    const changed = (value: Rational): Rational | null => {
      const difference = minus(value, then);
      if (as === "points") return difference;
      if (then.n <= 0n) return null;
      return value.d === 0n ? UNBOUNDED : over(times(difference, whole(100)), then);
    };
    const value = changed(now.value);
    if (value === null) {
      return { ...base, status: now.value.n === 0n ? "not_arising" : "not_applicable" };
    }
    const status = demand === null ? "not_applicable" : judge(value, demand);
    return {
      ...base,
      numerator: now.value,
      denominator: then,
      value,
      status,
      attained: demand === null ? null : isHeld(status),
      isProvisional:
        demand !== null &&
        (!this.#knowledge.isClosed(period) ||
          this.#mayDiffer(hidden, period, area, changed, demand)),
    };
  }

  /** Whether the figures of silent places, as great as can be, would change the verdict. */
  #mayDiffer(
    hidden: Indicator,
    period: Period,
    area: string | null,
    changed: (value: Rational) => Rational | null,
    demand: Demand,
  ): boolean {
    const value = hidden.value as Measured;
    const all = this.#slots(value);
    const own = area === null ? all : all.filter(({ place }) => place.area?.id === area);
    const expected = own.filter((slot) => this.#isExpected(value, slot, period, hidden.from));
    const gone = area === null ? this.#gone(value, all, period, hidden.from) : [];
    const silent = new Set(
      [...expected, ...gone].filter(
        (slot) =>
          (expected.includes(slot) && !this.#hasReported(value, slot, period)) ||
          this.#missingBefore(value, slot, period, hidden.from) > 0,
      ),
    );
    if (silent.size === 0) return false;
    const before = amountOf(value, this.#fraction(value, expected, gone, period, "to date"));
    const after = amountOf(value, this.#fraction(value, expected, gone, period, "to date", silent));
    const one = before === null ? null : changed(before);
    const other = after === null ? null : changed(after);
    if (one === null) return false;
    return other === null || judge(one, demand) !== judgeRaised(one, other, demand);
  }

  /** Of a count or ratio at an area that was not yet: the sums of the areas that became it exactly. */
  #madeOf(hidden: Indicator, period: Period, id: string): Rational | null {
    const { value } = hidden;
    const area = this.#given.areas.find((one) => one.id === id);
    if (area === undefined || this.row(hidden, period, id).coverage.expected > 0) return null;
    if (value.kind !== "count" && value.kind !== "ratio") return null;
    const isSummed = (code: string) => ["sum", "last"].includes(this.#measure(code).overTime);
    if (!measuresIn(value).every(isSummed)) return null;
    const rows = this.#knowledge
      .predecessors({ key: id, unit: "", area })
      .map((one) => this.row(hidden, period, one.key));
    const sum = (values: readonly (Rational | null)[]): Rational | null =>
      values.includes(null) ? null : total(values.filter((one) => one !== null));
    const isUsable = rows.every(
      ({ coverage, status }) => coverage.expected > 0 && status !== "in_doubt",
    );
    // one that is no area of the plan is not known
    const isWhole = rows.length === this.#given.successions.get(id)?.from.length;
    if (rows.length === 0 || !isWhole || !isUsable) return null;
    return amountOf(value, {
      numerator: sum(rows.map(({ numerator }) => numerator)),
      denominator: value.kind === "count" ? null : sum(rows.map(({ denominator }) => denominator)),
    });
  }

  #earlier(hidden: Indicator, from: string, period: Period, area: string | null): Rational | null {
    const find = (year: number, position: number): Period | undefined =>
      this.#given.periods.find(
        (one) => one.kind === period.kind && one.year === year && one.position === position,
      );
    const found =
      from === "last_year"
        ? find(period.year - 1, period.position)
        : from === "previous"
          ? find(period.year, period.position - 1)
          : this.#given.periods.find(({ code }) => code === from);
    const known = found === undefined ? null : this.row(hidden, found, area).value;
    if (known !== null) return known;
    const made = found === undefined || area === null ? null : this.#madeOf(hidden, found, area);
    if (made !== null) return made;
    if (from === "previous") return null;
    const code =
      from === "last_year"
        ? period.code.replace(String(period.year), String(period.year - 1))
        : from;
    const baseline = (measure: string): Rational | null =>
      this.#given.baselines.find(
        (one) => one.measure === measure && one.period === code && one.area === (area ?? ""),
      )?.value ?? null;
    const sum = (codes: readonly string[]): Rational | null => {
      const values = codes.map(baseline).filter((one) => one !== null);
      return values.length === codes.length ? total(values) : null;
    };
    const value = hidden.value;
    if (value.kind === "count") return sum(value.measures);
    if (value.kind !== "ratio") return null;
    return amountOf(value, {
      numerator: sum(value.numerator),
      denominator: sum(value.denominator),
    });
  }
}

/** Several that are unknown count as not held, as a share counts them. */
function unknownAs(status: Status, demand: Demand): Status {
  if (status !== "not_reported") return status;
  return demand.isOver ? "not_met" : demand.pace === null ? "not_yet" : "behind";
}

/** On its way up to what is possible a value may pass through what is asked. */
function judgeRaised(before: Rational | null, raised: Rational, demand: Demand): Status {
  const { comparator, bound } = demand;
  const passes =
    before !== null &&
    ["=", "between"].includes(comparator) &&
    compare(before, bound.value) < 0 &&
    compare(raised, bound.value) >= 0;
  return passes ? "met" : judge(raised, demand);
}

const isEach = (demands: readonly Demand[]): boolean =>
  demands.length > 0 && demands.every(({ isDue }) => isDue);

const groupsOf = ({ target }: Indicator): string[] => [
  ...new Set(target.statements.flatMap(({ groups }) => [...groups.keys()])),
];

const isInGroup = ({ place }: Slot, code: string): boolean =>
  place.area !== null && (place.area.code === code || place.area.kind === code);

const isHeld = (status: Status): boolean => status === "met" || status === "within";

function nothing(status: Status): Row {
  return {
    ...UNKNOWN,
    value: null,
    inPeriod: null,
    demand: null,
    status,
    attained: null,
    isProvisional: false,
    coverage: NO_COVERAGE,
  };
}

function overPlaces(measure: Measure, figures: readonly Rational[]): Rational {
  switch (measure.overAreas) {
    case "sum":
      return total(figures);
    case "average":
      return mean(figures);
    case "max":
      return greatest(figures);
    case "min":
      return least(figures);
  }
}

function amountOf(value: Value, { numerator, denominator }: Fraction): Rational | null {
  if (numerator === null) return null;
  if (value.kind === "count") return numerator;
  if (denominator === null || denominator.n === 0n) return null;
  const factor = whole(value.kind === "ratio" ? value.factor : 100);
  return numerator.d === 0n ? UNBOUNDED : over(times(numerator, factor), denominator);
}
