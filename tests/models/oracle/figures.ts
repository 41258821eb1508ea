import type { TextRow } from "../text-table.ts";
import type { GivenTable } from "../typed-ledger.ts";
import type { World } from "../world.ts";
import { alike, type Compared, lacksNothing } from "./alike.ts";
import { figuresInDoubt } from "./doubts.ts";
import {
  bestOf,
  type Ends,
  isSettled,
  isWithinReach,
  mayHold,
  overPlacesAtMost,
  ratioEnds,
} from "./ends.ts";
import {
  type AreaFigure,
  type Condition,
  type Given,
  givenOf,
  type Indicator,
  type Measure,
  type Period,
  type Place,
  type Value,
} from "./given.ts";
import { isPlace, Knowledge, once, type Range } from "./known.ts";
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

/** Up to a period, or in it alone. */
type When = keyof AreaFigure;

type Measured = Exclude<Value, { kind: "change" } | { kind: "all_of_indicators" }>;

/** What an indicator counts once: a place, or one of several conditions of the whole. */
interface Slot {
  readonly place: Place;
  readonly measures: readonly Measure[];
  readonly conditions: readonly Condition[];
}

/** One of several that must all hold: a place, or a group of them. */
interface Member {
  readonly key: string;
  /** Also those that are not there. */
  readonly all: readonly Slot[];
  readonly slots: readonly Slot[];
  readonly lost: readonly Gone[];
  readonly asked: Demand | null;
}

interface Fraction {
  /** Null: nothing of it is known. */
  readonly numerator: Rational | null;
  readonly denominator: Rational | null;
}

/** A place that is no more. */
interface Gone {
  readonly slot: Slot;
  readonly isTaken: boolean;
  readonly mayChange: boolean;
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

/** A doubt that is open: about a cell, or about a whole report (`measure` null). */
export interface Doubt {
  readonly rule: string;
  readonly unit: string;
  readonly period: string;
  readonly measure: string | null;
  readonly area: string | null;
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
  /** Where groups or places have targets of their own: whether each of them is due. */
  readonly areMembersDue?: boolean;
  readonly isAskedOfMembers?: boolean;
  readonly status: Status;
  readonly attained: boolean | null;
  readonly isProvisional: boolean;
  /** Of several indicators: whether it stays attained, or not, where it is due now. */
  readonly isSureOfDue?: boolean;
  /** Whether reports that are owed, or a doubt, may make another value of it. */
  readonly mayChange: boolean;
  /** Of a value of measures: whether a doubt about one of its figures is open. */
  readonly hasDoubt?: boolean;
  readonly coverage: Coverage;
}

// Where the rules leave room, this engine reads them so:
// - A measure that is not owed in a period is not expected there; an indicator is, where one of its
//   measures is. What is owed once a year is therefore not known in the quarters before.
// - An average's covering figure weighs as many base periods as apply at the place.
// - A stock is carried to an exact successor when it is known for every area that was merged.
// - Earlier periods missing include those of abolished places whose flows the whole keeps; a ratio
//   or count that stands on them is as provisional as for a place that is there.
// - After its last due period of a year a target is due as soon as that due period is closed. It
//   stays asked for in later years where its value does not begin anew with each.
// - What is fulfilled after it was due is late where it was not known to be fulfilled when it was due,
//   unless nothing was asked or arose there then; and what was reached then is judged as it stands.
// - An amended target replaces the earlier one whole, from the first period that ends in or after
//   the one it names.
// - Past the upper bound of a range, or past a level to be kept, what may come back is `not_yet`.
// - `on_track` is at or above the pace, for a strict target, too.
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
export function figuresOf(
  world: World,
  table: GivenTable,
  asOf = "2099-12-31",
  doubts: readonly Doubt[] = [],
  isWanted: (indicator: string, period: string, at: string) => boolean = () => true,
): TextRow[] {
  const given = givenOf(world, table);
  const figures = new Figures(given, asOf, doubts);
  const places = [null, ...given.areas];
  return given.periods.flatMap((period) =>
    given.indicators.flatMap((indicator) =>
      places
        .filter((area) => isWanted(indicator.code, period.code, area?.code ?? "city"))
        .map((area) => {
          const row = figures.row(indicator, period, area?.id ?? null);
          return textOf(indicator, period, area?.code ?? "city", row);
        }),
    ),
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
        const row = figures.row(counted(measure), period, area?.id ?? null);
        const { coverage } = row;
        if (coverage.expected === 0) return [];
        // levels of several places are none of the whole
        const { levels, places } = given.measures.get(measure) ?? {};
        const isNone =
          area === null && levels !== undefined && places?.some(({ key }) => key !== "whole");
        const [numerator, inPeriod] = isNone ? [null, null] : [row.numerator, row.inPeriod];
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
    is_due: String(isShown && (demand?.isDue ?? row.areMembersDue ?? false)),
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

const NOTHING_ASKED: readonly Status[] = ["not_arising", "no_target", "not_applicable"];
const isUnasked = (status: Status): boolean => ["no_target", "not_applicable"].includes(status);

class Figures {
  readonly #given: Given;
  readonly #knowledge: Knowledge;
  readonly #doubts: readonly Doubt[];
  readonly #rows = new Map<Indicator, Map<string, Row>>();
  readonly #slotsOf = new Map<Measured, readonly Slot[]>();
  readonly #changing = new Map<Indicator, Indicator>();

  constructor(given: Given, asOf: string, doubts: readonly Doubt[] = []) {
    this.#given = given;
    this.#knowledge = new Knowledge(given, asOf);
    this.#doubts = figuresInDoubt(given, this.#knowledge, doubts);
  }

  /** @param area id of an area; null is the whole */
  row(indicator: Indicator, period: Period, area: string | null): Row {
    const rows = once(this.#rows, indicator, () => new Map<string, Row>());
    return once(rows, `${period.code} ${area}`, () => this.#inTime(indicator, period, area));
  }

  #inTime(indicator: Indicator, period: Period, area: string | null): Row {
    const row = this.#row(indicator, period, area);
    const { kind } = indicator.value;
    // where several are judged together, each of them was told apart
    if (row.demand?.dueBefore == null || (kind !== "change" && kind !== "all_of_indicators")) {
      return row;
    }
    const due = this.row(indicator, row.demand.dueBefore, area);
    if (due.demand === null) return row;
    const isLate = due.attained !== true && !NOTHING_ASKED.includes(due.status);
    const isSure =
      due.isSureOfDue ??
      (due.demand.isOver && !due.isProvisional && !(due.attained === null && due.mayChange));
    return {
      ...row,
      status: row.status === "met" && isLate ? "met_late" : row.status,
      isProvisional: row.isProvisional || (row.attained === true && !isSure),
    };
  }

  #row(indicator: Indicator, period: Period, area: string | null): Row {
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
      mayChange: isDoubtful || this.#ends(value, expected, gone, period) !== null,
      hasDoubt: this.#hasDoubt(own, period),
      areMembersDue: area === null && isEach(this.#memberDemands(indicator, period, expected)),
      isAskedOfMembers:
        area === null && this.#memberDemands(indicator, period, expected).length > 0,
    };
    const demand = this.#demand(indicator, period, area);
    const ends = this.#ends(value, expected, gone, period);
    // what is said without a verdict, and how many hold, is as provisional as a verdict
    const mayChange =
      !this.#knowledge.isClosed(period) ||
      base.hasDoubt ||
      isDoubtful ||
      (ends !== null &&
        (ends.mayVanish === true ||
          exact === null ||
          compare(ends.least, exact) !== 0 ||
          compare(ends.most, exact) !== 0));
    if (exact === null) {
      const status =
        fraction.numerator === null
          ? isDoubtful
            ? "in_doubt"
            : "not_reported"
          : fraction.numerator.n === 0n
            ? "not_arising"
            : "in_doubt";
      const isProvisional =
        status === "not_arising" && (mayChange || (demand?.isDue === true && !demand.isOver));
      return { ...base, demand, status, attained: null, isProvisional };
    }
    const verdict = this.#verdict(indicator, value, expected, gone, period, area, demand);
    if (verdict === null) {
      return {
        ...base,
        demand,
        status: "no_target",
        attained: null,
        isProvisional: mayChange,
      };
    }
    const { status, isSettled } = verdict;
    return {
      ...base,
      demand,
      status,
      attained: isHeld(status),
      isProvisional:
        !this.#knowledge.isClosed(period) ||
        (demand?.isDue && !demand.isOver) ||
        isDoubtful ||
        base.hasDoubt ||
        ends?.mayVanish === true ||
        ("conditions" in value && mayChange) ||
        !isSettled,
    };
  }

  /** Rules 3 and 7; null where no target applies. */
  #verdict(
    indicator: Indicator,
    value: Measured,
    expected: readonly Slot[],
    gone: readonly Gone[],
    period: Period,
    area: string | null,
    demand: Demand | null,
  ): { status: Status; isSettled: boolean } | null {
    const { target } = indicator;
    const isEvery =
      area === null &&
      (target.scope === "each" ||
        target.scope === "groups" ||
        (target.scope === "table" && demand === null));
    if (!isEvery) {
      if (demand === null) return null;
      const { now, ends } = this.#judged(value, expected, gone, period, demand);
      if (now === null || now === "not_reported") throw new Error("no verdict without a value");
      const late = this.#lateness(value, demand, (due) => ({
        ...this.#expectedIn(indicator, value, due, area),
        asked: this.#demand(indicator, due, area),
      }));
      return {
        status: late.as(now),
        isSettled:
          (ends === null || isSettled(now, ends, demand)) && (now === "not_met" || late.isSure),
      };
    }
    const membersIn = (one: Period): Member[] => {
      const { slots, lost } = this.#expectedIn(indicator, value, one, null);
      return target.scope === "groups"
        ? groupsOf(indicator).map((code) => ({
            key: code,
            all: this.#slots(value).filter((slot) => isInGroup(slot, code)),
            slots: slots.filter((slot) => isInGroup(slot, code)),
            lost: lost.filter(({ slot }) => isInGroup(slot, code)),
            asked: this.#groupDemand(indicator, one, code),
          }))
        : slots.map((slot) => ({
            key: slot.place.key,
            all: [slot],
            slots: [slot],
            lost: [],
            asked: this.#demand(indicator, one, slot.place.area?.id ?? null),
          }));
    };
    let isLatenessSure = true;
    const now: Status[] = [];
    const worst: Status[] = [];
    const best: Status[] = [];
    let isAnySure = false;
    for (const { key, slots, lost, asked } of membersIn(period)) {
      if (asked === null || slots.length === 0) continue;
      const one = this.#judged(value, slots, lost, period, asked);
      const late = this.#lateness(value, asked, (due) =>
        membersIn(due).find((other) => other.key === key),
      );
      isLatenessSure &&= late.isSure;
      const status = one.now === null ? null : late.as(unknownAs(one.now, asked));
      if (status !== null) {
        now.push(status);
        worst.push(status);
      }
      isAnySure ||= status !== null && !one.ends?.mayVanish;
      if (one.ends === null) {
        if (status !== null) best.push(status);
      } else {
        worst.push(late.as(judge(one.ends.least, asked)), late.as(judge(one.ends.most, asked)));
        // what may be in doubt, or not said any more, may not be held
        if (one.ends.mayVanish) worst.push(unknownAs("not_reported", asked));
        const most = late.as(bestOf(one.ends, asked));
        // 0 of 0 is passed over
        const mayBeNothing = one.ends.mayVanish === true && one.ends.least.n === 0n;
        if (isHeld(most) || !mayBeNothing) best.push(most);
      }
    }
    if (now.length === 0) return null;
    const together = (all: readonly Status[]): Status =>
      judgeAll(all, target.comparator, target.isLinear);
    const status = together(now);
    return {
      status,
      isSettled:
        isAnySure &&
        together(worst) === status &&
        together(best) === status &&
        (isLatenessSure || !isHeld(status)),
    };
  }

  /** What is there in a period, and what is no more. */
  #expectedIn(
    { from }: Indicator,
    value: Measured,
    period: Period,
    area: string | null,
  ): Pick<Member, "all" | "slots" | "lost"> {
    const all = this.#slots(value);
    const own = area === null ? all : all.filter(({ place }) => place.area?.id === area);
    return {
      all: own,
      slots: own.filter((slot) => this.#isExpected(value, slot, period, from)),
      lost: area === null ? this.#gone(value, all, period, from) : [],
    };
  }

  /** Whether what is met now was lacking when it had to hold, and whether that may change. */
  #lateness(
    value: Measured,
    { dueBefore: due }: Demand,
    scopeIn: (due: Period) => Omit<Member, "key"> | undefined,
  ): { as: (status: Status) => Status; isSure: boolean } {
    const { all, slots, lost, asked } = (due && scopeIn(due)) ?? {
      ...{ all: [], slots: [], lost: [] },
      asked: null,
    };
    if (due === null || asked === null || slots.length === 0) {
      return { as: (status) => status, isSure: true };
    }
    const { now, ends } = this.#judged(value, slots, lost, due, asked);
    const isLate = now !== null && now !== "met" && now !== "within";
    const ofEnds = ends === null ? [] : [ends.least, ends.most];
    return {
      as: (status) => (isLate && status === "met" ? "met_late" : status),
      isSure:
        asked.isOver &&
        !this.#hasDoubt(all, due) &&
        !slots.some((slot) => this.#isDoubtful(value, slot, due)) &&
        !ends?.mayVanish &&
        ofEnds.every((end) => (judge(end, asked) === "not_met") === isLate) &&
        (ends === null || !isLate || !isWithinReach(ends, asked)),
    };
  }

  /** The status of some places together, and between which values it may come to lie. */
  #judged(
    value: Measured,
    slots: readonly Slot[],
    lost: readonly Gone[],
    period: Period,
    asked: Demand,
  ): { now: Status | null; ends: Ends | null } {
    const fraction = this.#fraction(value, slots, lost, period, "to date");
    const exact = amountOf(value, fraction);
    const now =
      exact !== null
        ? judge(exact, asked)
        : fraction.numerator?.n === 0n
          ? null
          : ("not_reported" as const);
    return { now, ends: this.#ends(value, slots, lost, period) };
  }

  #demand(indicator: Indicator, period: Period, area: string | null): Demand | null {
    const { scope } = indicator.target;
    const scheduleOf = ({ whole, table, groups }: Indicator["target"]["statements"][number]) => {
      if (area === null) return scope === "groups" ? undefined : whole;
      if (scope === "whole") return undefined;
      if (scope === "table") return table.get(area);
      if (scope !== "groups") return whole;
      const found = this.#given.areas.find(({ id }) => id === area);
      return groups.get(found?.code ?? "") ?? groups.get(found?.kind ?? "");
    };
    const ofPlace = scope === "table" ? area : null;
    return demandOf(this.#given, this.#knowledge, indicator, period, scheduleOf, ofPlace);
  }

  #groupDemand(indicator: Indicator, period: Period, group: string): Demand | null {
    return demandOf(this.#given, this.#knowledge, indicator, period, ({ groups }) =>
      groups.get(group),
    );
  }

  /** Of the groups that have a place there, or of the places of a table. */
  #memberDemands(indicator: Indicator, period: Period, expected: readonly Slot[]): Demand[] {
    const demands =
      indicator.target.scope === "table"
        ? expected.map(({ place }) => this.#demand(indicator, period, place.area?.id ?? null))
        : groupsOf(indicator)
            .filter((code) => expected.some((slot) => isInGroup(slot, code)))
            .map((code) => this.#groupDemand(indicator, period, code));
    return demands.filter((one) => one !== null);
  }

  #measure(code: string): Measure {
    const found = this.#given.measures.get(code);
    if (found === undefined) throw new Error(`no measure ${code}`);
    return found;
  }

  #slots(value: Measured): readonly Slot[] {
    return once(this.#slotsOf, value, () => this.#newSlots(value));
  }

  #newSlots(value: Measured): Slot[] {
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

  /** What is known of a measure at a place, without areas below that the ratio does not take. */
  #figure(
    value: Measured,
    measure: Measure,
    slot: Slot,
    period: Period,
    when: When,
  ): Rational | null {
    const known =
      when === "to date"
        ? this.#knowledge.toDate(measure, slot.place, period).value
        : this.#knowledge.inPeriod(measure, slot.place, period).value;
    const lost = this.#leftOut(value, slot, period);
    if (known === null || lost === null) return known;
    return lost.isAll(when) ? null : minus(known, lost.of(measure, when));
  }

  /**
   * Of a figure that another office handed up: what its areas have of which the ratio cannot be taken,
   * since one of its parts is not known or they did something of nothing. Null where there are none.
   */
  #leftOut(
    value: Measured,
    slot: Slot,
    period: Period,
  ): {
    isAll: (when: When) => boolean;
    of: (measure: Measure, when: When) => Rational;
  } | null {
    if (value.kind !== "ratio") return null;
    const measures = measuresIn(value).map((code) => this.#measure(code));
    const below = this.#knowledge.ofAreas(measures, slot.place, period);
    if (below === null) return null;
    const names = [...new Set(below.figures.flatMap((figures) => [...figures.keys()]))];
    const figureOf = (name: string, measure: Measure, when: When): Rational | null =>
      below.figures[measures.indexOf(measure)]?.get(name)?.[when] ?? null;
    const isTaken = (name: string, when: When): boolean => {
      const side = (codes: readonly string[]): readonly (Rational | null)[] =>
        codes.map((code) => figureOf(name, this.#measure(code), when));
      const all = [...side(value.numerator), ...side(value.denominator)];
      const isNothing = (list: readonly (Rational | null)[]): boolean =>
        list.every((one) => one === null || one.n === 0n);
      return (
        !all.includes(null) &&
        (isNothing(side(value.numerator)) || !isNothing(side(value.denominator)))
      );
    };
    const lost = (when: When): string[] => names.filter((name) => !isTaken(name, when));
    const of = (measure: Measure, when: When): Rational =>
      total(lost(when).flatMap((name) => figureOf(name, measure, when) ?? []));
    const isAny = measures.some((one) => of(one, "to date").n > 0n || of(one, "in period").n > 0n);
    if (!isAny) return null;
    return {
      of,
      isAll: (when) => (when === "in period" && !below.isOwn) || lost(when).length === names.length,
    };
  }

  #isKnown(value: Measured, slot: Slot, period: Period): boolean {
    const known = slot.measures.map(
      (one) => this.#figure(value, one, slot, period, "to date") !== null,
    );
    if ("conditions" in value) return this.#raw(value, slot, period, "to date").numerator !== null;
    return value.kind === "count" ? known.some(Boolean) : known.every(Boolean);
  }

  /** Each of its measures was given for the period, and it is not left out. */
  #hasReported(value: Measured, slot: Slot, period: Period): boolean {
    return (
      this.#isGiven(slot, period) &&
      (value.kind === "count" || this.#isKnown(value, slot, period)) &&
      !this.#isDoubtful(value, slot, period)
    );
  }

  #isGiven(slot: Slot, period: Period): boolean {
    const living = slot.measures.filter((one) => this.#knowledge.lives(one, period));
    return (
      living.length > 0 &&
      living.every((one) => this.#knowledge.hasReported(one, slot.place, period))
    );
  }

  /** An earlier figure is used, for want of one of the period. */
  #isCarried(value: Measured, slot: Slot, period: Period): boolean {
    if (this.#hasReported(value, slot, period)) return false;
    if (this.#isDoubtful(value, slot, period)) return false;
    if (value.kind !== "count" && !this.#isKnown(value, slot, period)) return false;
    const known = slot.measures.map((one) => ({
      isOld: !this.#knowledge.hasReported(one, slot.place, period),
      figure: this.#knowledge.toDate(one, slot.place, period),
    }));
    // of what must be in every period nothing is carried
    const isHeld = slot.conditions.length === 0 || known.every(({ figure }) => figure.holds);
    return isHeld && known.some(({ isOld, figure }) => isOld && figure.value !== null);
  }

  #missingBefore(value: Measured, slot: Slot, period: Period, from: string): number {
    return this.#missingPeriods(value, slot, period, from).size;
  }

  /** Earlier closed periods of which a place owes a figure still. */
  #missingPeriods(value: Measured, slot: Slot, period: Period, from: string): Set<string> {
    const missing = slot.measures.flatMap((one) => {
      const bases = this.#knowledge.basesSoFar(one, period);
      const parts = this.#knowledge.parts(one, period);
      const latest = parts.filter((part) => this.#knowledge.isClosed(part)).at(-1);
      const isBefore = (base: Period): boolean =>
        parts.length === 0
          ? base.to < period.to
          : latest === undefined
            ? !parts.includes(base)
            : base.to < latest.to;
      const isCovered = (base: Period): boolean =>
        parts.length > 0 &&
        this.#knowledge
          .chain(one, period)
          .some(
            (cover) =>
              this.#knowledge.parts(one, cover).includes(base) &&
              this.#knowledge.reading(one, slot.place, cover) !== null,
          );
      return bases.filter(
        (base) =>
          isBefore(base) &&
          this.#knowledge.isClosed(base) &&
          this.#isExpected(value, slot, base, from) &&
          this.#knowledge.reading(one, slot.place, base) === null &&
          !isCovered(base),
      );
    });
    return new Set(missing.map(({ code }) => code));
  }

  /** Numerator and denominator of one place, or 1 of 1 where its conditions hold. */
  #raw(value: Measured, slot: Slot, period: Period, when: When): Fraction {
    const known = (code: string) => {
      const measure = this.#measure(code);
      return when === "to date"
        ? this.#knowledge.toDate(measure, slot.place, period)
        : this.#knowledge.inPeriod(measure, slot.place, period);
    };
    const sum = (codes: readonly string[]): Rational | null => {
      const values = codes.map((code) =>
        this.#figure(value, this.#measure(code), slot, period, when),
      );
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
        // of a silent place nothing is said but what holds
        if (!holds && !this.#isGiven(slot, period)) return UNKNOWN;
        return { numerator: whole(holds ? 1 : 0), denominator: whole(1) };
      }
    }
  }

  /** Whether a doubt is open about a figure of the year, or of the plan, that stands in a period's. */
  #hasDoubt(slots: readonly Slot[], period: Period): boolean {
    const isUnder = (of: Period, measure: Measure): boolean =>
      (of.year === period.year &&
        this.#given.periods.some(
          (one) =>
            one.kind === period.kind &&
            one.year === period.year &&
            one.position <= period.position &&
            (one === of || this.#knowledge.parts(measure, one).includes(of)),
        )) ||
      (of.to <= period.to &&
        (measure.sumsOver === "plan" ||
          (of.year === period.year && this.#knowledge.bases(measure).includes(of))));
    return this.#doubts.some((doubt) =>
      slots.some(({ place, measures }) =>
        measures.some((one) => {
          const own = one.places.find(({ key }) => key === place.key);
          const of = this.#given.periods.find(({ code }) => code === doubt.period);
          return (
            own?.unit === doubt.unit &&
            (doubt.measure === null ||
              (doubt.measure === one.code && doubt.area === (place.area?.id ?? null))) &&
            of !== undefined &&
            isUnder(of, one)
          );
        }),
      ),
    );
  }

  /** Numerator above 0, denominator 0. */
  #isDoubtful(value: Measured, slot: Slot, period: Period, when: When = "to date"): boolean {
    if (value.kind !== "ratio") return false;
    const { numerator, denominator } = this.#raw(value, slot, period, when);
    return numerator !== null && numerator.n > 0n && denominator?.n === 0n;
  }

  /** Places of the year that are no more, whose flows the whole keeps, or may come to keep. */
  #gone(value: Measured, all: readonly Slot[], period: Period, from: string): Gone[] {
    if (value.kind !== "ratio" && value.kind !== "count") return [];
    return all.flatMap((slot): Gone[] => {
      const { place } = slot;
      if (place.area === null || isPlace(place.area, period)) return [];
      const successors = this.#given.areas.filter((one) =>
        this.#given.successions.get(one.id)?.from.includes(place.area?.id ?? ""),
      );
      // what an exact successor goes on with is counted with it
      const heirsOfAll = successors.filter(
        (one) => this.#given.successions.get(one.id)?.isExact && one.from <= period.to,
      );
      const measures = slot.measures.filter(
        (one) => !one.places.some(({ area }) => heirsOfAll.some(({ id }) => id === area?.id)),
      );
      const flows = measures.filter(({ overTime }) => overTime === "sum");
      const wasThere = flows.some((one) =>
        this.#knowledge
          .basesSoFar(one, period)
          .some((base) => isPlace(place.area, base) && base.to >= from),
      );
      if (!wasThere) return [];
      const ranges = flows.map((one) => this.#knowledge.range(one, place, period));
      const isOpen = ranges.some((one) => one.isOpen);
      const left = { ...slot, measures };
      if (value.kind === "count") return [{ slot: left, isTaken: true, mayChange: isOpen }];
      const known = flows.map((one) => this.#knowledge.toDate(one, place, period).value);
      const heirs = all.filter((one) => successors.some(({ id }) => id === one.place.area?.id));
      const isTaken =
        flows.length > 0 &&
        known.every((one) => one !== null) &&
        !this.#isDoubtful(value, { place, measures, conditions: [] }, period) &&
        (heirs.length === 0 || heirs.some((one) => this.#isTaken(value, one, period, from)));
      const mayBeKnown = ranges.every((one, at) => one.isOpen || known[at] !== null);
      const mayChange = mayBeKnown && (isOpen || !isTaken);
      return isTaken || mayChange ? [{ slot: left, isTaken, mayChange }] : [];
    });
  }

  #isTaken(value: Measured, slot: Slot, period: Period, from: string): boolean {
    return (
      this.#isExpected(value, slot, period, from) &&
      this.#isKnown(value, slot, period) &&
      !this.#isDoubtful(value, slot, period)
    );
  }

  /** Of the whole or some places. */
  #fraction(
    value: Measured,
    slots: readonly Slot[],
    gone: readonly Gone[],
    period: Period,
    when: When,
  ): Fraction {
    if (value.kind !== "ratio" && value.kind !== "count") {
      const holding = slots.map((slot) => this.#raw(value, slot, period, when).numerator ?? null);
      const known = holding.filter((one) => one !== null);
      return known.length === 0
        ? UNKNOWN
        : { numerator: total(known), denominator: whole(slots.length) };
    }
    const taken =
      value.kind === "count"
        ? slots
        : slots.filter((slot) => {
            const { numerator, denominator } = this.#raw(value, slot, period, when);
            return (
              numerator !== null &&
              denominator !== null &&
              !this.#isDoubtful(value, slot, period, when)
            );
          });
    const kept = gone.filter(({ isTaken }) => isTaken).map(({ slot }) => slot);
    const figure = (measure: Measure, slot: Slot): Rational | null => {
      if (!slot.measures.includes(measure)) return null;
      return this.#figure(value, measure, slot, period, when);
    };
    const sum = (codes: readonly string[]): Rational | null => {
      const sums = codes.map((code) => {
        const measure = this.#measure(code);
        const lost = measure.overTime === "sum" ? kept : [];
        const figures = [...taken, ...lost]
          .map((slot) => figure(measure, slot))
          .filter((one) => one !== null);
        return figures.length === 0 ? null : overPlaces(measure, figures);
      });
      const known = sums.filter((one) => one !== null);
      const isKnown = value.kind === "ratio" ? known.length === sums.length : known.length > 0;
      return isKnown ? total(known) : null;
    };
    if (value.kind === "count") return { numerator: sum(value.measures), denominator: null };
    const fraction = { numerator: sum(value.numerator), denominator: sum(value.denominator) };
    return fraction.numerator === null || fraction.denominator === null ? UNKNOWN : fraction;
  }

  /** Rule 3: between which values it comes to lie, whatever comes; null where nothing can. */
  #ends(
    value: Measured,
    slots: readonly Slot[],
    gone: readonly Gone[],
    period: Period,
  ): Ends | null {
    const rangeOf = (measure: Measure, slot: Slot): Range => {
      if (measure.from > period.to) return { isOpen: false, least: null, most: null };
      if (this.#leftOut(value, slot, period) === null) {
        return this.#knowledge.range(measure, slot.place, period);
      }
      const known = this.#figure(value, measure, slot, period, "to date");
      const least = measure.overTime === "sum" ? known : null;
      return { isOpen: true, least: least ?? ZERO, most: UNBOUNDED };
    };
    const isOpen = (slot: Slot): boolean => slot.measures.some((one) => rangeOf(one, slot).isOpen);
    if (value.kind !== "ratio" && value.kind !== "count") {
      if (!slots.some(isOpen)) return null;
      // what is told of a place on the parts of a period is so no more where it is silent for a later one
      const isSettled = (slot: Slot): boolean =>
        this.#hasReported(value, slot, period) &&
        this.#basis(slot, period).every((one) => one === "own");
      const held = slots.map((slot) => {
        const isKnown = this.#isKnown(value, slot, period);
        const conditions = slot.conditions.map((condition) => ({
          condition,
          isInEvery: this.#measure(condition.measure).overTime === "min",
          range: rangeOf(this.#measure(condition.measure), slot),
        }));
        const of = mayHold(
          this.#raw(value, slot, period, "to date").numerator?.n === 1n,
          conditions,
        );
        return { ...of, isForGood: isKnown && (of.must || isSettled(slot)) };
      });
      const share = (count: number): Rational => over(whole(100 * count), whole(slots.length));
      return {
        least: share(held.filter(({ must }) => must).length),
        most: share(held.filter(({ can }) => can).length),
        mayVanish: !held.some(({ isForGood }) => isForGood),
      };
    }
    const isKnowable = (slot: Slot): boolean =>
      value.kind === "count" ||
      (slot.measures.length === measuresIn(value).length &&
        slot.measures.every((one) => rangeOf(one, slot).least !== null));
    const here = slots.map((slot) => ({
      slot,
      isTaken:
        value.kind === "count" ||
        (this.#isKnown(value, slot, period) && !this.#isDoubtful(value, slot, period)),
      mayChange: isOpen(slot) && isKnowable(slot),
      isHere: true,
    }));
    const all = [...here, ...gone.map((one) => ({ ...one, isHere: false }))].filter(
      ({ isTaken, mayChange }) => isTaken || mayChange,
    );
    if (!all.some(({ mayChange }) => mayChange)) return null;
    const within = (codes: readonly string[]): ((one: (typeof all)[number]) => Range[]) => {
      const measures = codes.map((code) => this.#measure(code));
      return ({ slot, isHere }) =>
        measures
          .filter((one) => slot.measures.includes(one) && (isHere || one.overTime === "sum"))
          .map((one) => rangeOf(one, slot));
    };
    const sumOf = (list: readonly Range[], end: "least" | "most"): Rational =>
      total(list.map((one) => one[end]).filter((one) => one !== null));
    // what divides may come to nothing, and leave out what is above it
    const mayBeLeftOut = (one: (typeof all)[number]): boolean =>
      value.kind === "ratio" &&
      one.mayChange &&
      (!one.isTaken || sumOf(within(value.denominator)(one), "least").n === 0n);
    const measures = measuresIn(value).map((code) => this.#measure(code));
    const isMixed = (codes: readonly string[]): boolean =>
      new Set(codes.map((code) => this.#measure(code).overTime === "sum")).size > 1;
    const sides = value.kind === "count" ? [value.measures] : [value.numerator, value.denominator];
    const isSummed =
      measures.every(({ overAreas }) => ["sum", "none"].includes(overAreas)) &&
      (value.kind === "count" || !sides.some(isMixed));
    // measure by measure, since an extreme or a mean is no sum
    const apart = (codes: readonly string[]): Ends => {
      const ends = codes
        .map((code) => {
          const ranges = all.flatMap((one) =>
            within([code])(one).map((range) => {
              const isOptional = mayBeLeftOut(one);
              const isLeast = this.#measure(code).overAreas === "min";
              return {
                isOpen: (range.isOpen && one.mayChange) || isOptional,
                least: isOptional ? ZERO : range.least,
                most: isOptional && isLeast ? UNBOUNDED : range.most,
              };
            }),
          );
          return overPlacesAtMost(this.#measure(code), ranges);
        })
        .filter((one) => one !== null);
      return {
        least: total(ends.map((one) => one.least)),
        most: total(ends.map((one) => one.most)),
      };
    };
    if (value.kind === "count") return apart(value.measures);
    const bounds = value.numerator.map((code) => boundOf(this.#given, this.#measure(code)));
    const isPart =
      isSummed &&
      new Set(bounds).size === bounds.length &&
      bounds.every((one) => one !== undefined && value.denominator.includes(one));
    const sums = all.map((one) => {
      const above = within(value.numerator)(one);
      const below = within(value.denominator)(one);
      const leastAbove = sumOf(above, "least");
      const isBelowOpen = compare(sumOf(below, "least"), sumOf(below, "most")) < 0;
      const leastBelow =
        isPart && isBelowOpen
          ? greatest([sumOf(below, "least"), leastAbove])
          : sumOf(below, "least");
      const mostAbove = sumOf(above, "most");
      const isGrowing = isPart && mostAbove.d === 0n;
      return {
        isGrowing,
        above: {
          least: one.isTaken && !(one.mayChange && leastBelow.n === 0n) ? leastAbove : ZERO,
          most: isGrowing ? greatest([leastAbove, leastBelow]) : mostAbove,
        },
        below: { least: leastBelow, most: sumOf(below, "most") },
      };
    });
    const together = (list: readonly Ends[]): Ends => ({
      least: total(list.map((one) => one.least)),
      most: total(list.map((one) => one.most)),
    });
    // what is gone and has nothing above leaves nothing to divide where the others are left out
    const divisor = total(
      all.flatMap((one, index) =>
        one.isHere || (one.isTaken && within(value.numerator)(one).length > 0)
          ? (sums[index]?.below.least ?? [])
          : [],
      ),
    );
    const ends = isSummed
      ? ratioEnds(
          together(sums.map(({ above }) => above)),
          together(sums.map(({ below }) => below)),
          whole(value.factor),
          sums.some(({ isGrowing }) => isGrowing),
        )
      : ratioEnds(apart(value.numerator), apart(value.denominator), whole(value.factor), false);
    return { ...ends, mayVanish: ends.mayVanish === true || divisor.n === 0n };
  }

  #coverage(
    value: Measured,
    expected: readonly Slot[],
    gone: readonly Gone[],
    period: Period,
    from: string,
  ): Coverage {
    const known = expected.filter((slot) => this.#isKnown(value, slot, period));
    const reported = expected.filter((slot) => this.#hasReported(value, slot, period));
    const bases = new Set(known.flatMap((slot) => this.#basis(slot, period)));
    return {
      expected: expected.length,
      reported: reported.length,
      carried: expected.filter((slot) => this.#isCarried(value, slot, period)).length,
      leftOut:
        value.kind === "ratio"
          ? expected.filter((slot) => !this.#isTaken(value, slot, period, from)).length
          : 0,
      missingBefore: [...expected, ...gone.filter(({ isTaken }) => isTaken).map(({ slot }) => slot)]
        .map((slot) => this.#missingBefore(value, slot, period, from))
        .reduce((sum, one) => sum + one, 0),
      basis: bases.size === 0 ? null : bases.size > 1 ? "mixed" : ([...bases][0] ?? null),
    };
  }

  /** Whether a place's figures stand on its own reports of a period, on its parts, or on both. */
  #basis(slot: Slot, period: Period): ("own" | "covered")[] {
    const measures = slot.measures.filter(
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
    const isNothing = ({ status }: Row): boolean => status === "not_arising";
    const applying = components.filter(({ status }) => !isUnasked(status));
    if (applying.length === 0) return nothing("not_applicable");
    const there = applying.filter((one) => !isNothing(one));
    // what has no verdict yet may come to have one
    const toCome = components.filter((one) => {
      const { status, mayChange, demand, isProvisional, isAskedOfMembers = false } = one;
      const isPassedOver = isNothing(one) ? isProvisional : isUnasked(status) && mayChange;
      return isPassedOver && (demand !== null || isAskedOfMembers);
    }).length;
    const known = there.filter(({ attained }) => attained !== null);
    const share = (holding: number, more = 0): Rational =>
      over(whole(100 * holding), whole(there.length + more));
    const holding = known.filter(({ attained }) => attained).length;
    const surely = known.filter((one) => one.attained && !one.isProvisional).length;
    const late = known.filter((one) => one.status === "met_late");
    const surelyLate = late.filter((one) => !one.isProvisional).length;
    const possible = there.filter(
      (one) =>
        one.attained ||
        one.isProvisional ||
        (one.attained === null && (one.mayChange || !this.#knowledge.isClosed(period))),
    ).length;
    const demand = this.#demand(indicator, period, area);
    const coverage = this.#coverageOfMembers(
      codes.filter((_, at) => applying.includes(components[at] as Row)),
      period,
      area,
    );
    if (there.length === 0) {
      const isProvisional =
        !this.#knowledge.isClosed(period) || applying.some((one) => one.isProvisional);
      const isSureOfDue = demand?.isOver === true && !isProvisional;
      return { ...nothing("not_arising"), demand, coverage, isProvisional, isSureOfDue };
    }
    const judged = (holding: number, inTime: number, more = 0): Status => {
      if (demand === null) return "no_target";
      const status = judge(share(holding, more), demand);
      return status === "met" && judge(share(inTime, more), demand) !== "met" ? "met_late" : status;
    };
    const status = judged(holding, holding - late.length);
    const isAttained = known.length > 0 && isHeld(status);
    const most = possible + toCome;
    const atEnds = [
      judged(surely, surely - surelyLate, toCome),
      judged(most, most - surelyLate, toCome),
    ];
    const mayBeReached =
      demand !== null &&
      !isAttained &&
      isWithinReach({ least: share(surely, toCome), most: share(most, toCome) }, demand);
    // each of them may come to have none
    const mayVanish = known.every((one) => one.isProvisional);
    const isSureOfDue =
      demand?.isOver === true &&
      atEnds.every((one) => isHeld(one) === isAttained) &&
      !mayBeReached &&
      !mayVanish;
    if (known.length === 0) {
      return { ...nothing("not_reported"), demand, coverage, isSureOfDue };
    }
    return {
      numerator: whole(holding),
      denominator: whole(there.length),
      value: share(holding),
      inPeriod: null,
      demand,
      status,
      attained: demand === null ? null : isHeld(status),
      isProvisional:
        !this.#knowledge.isClosed(period) ||
        mayVanish ||
        (demand === null
          ? surely !== possible || toCome > 0
          : atEnds.some((one) => one !== status) || mayBeReached),
      isSureOfDue,
      mayChange: false,
      coverage,
    };
  }

  /** Each place once, whichever of the indicators it reports for. */
  #coverageOfMembers(codes: readonly string[], period: Period, area: string | null): Coverage {
    type At = { isGiven: boolean; isOld: boolean; isOut: boolean };
    const places = new Map<string, At>();
    const missing = new Set<string>();
    for (const code of codes) {
      const one = this.#given.indicators.find((other) => other.code === code);
      if (one === undefined || one.value.kind === "all_of_indicators") continue;
      const isChange = one.value.kind === "change";
      const value = (one.value.kind === "change" ? one.value.of : one.value) as Measured;
      const from = isChange ? "" : one.from;
      const { slots, lost } = this.#expectedIn({ ...one, from }, value, period, area);
      const isUsed = !isChange || !this.#isCompared({ ...one, from, value });
      const kept = lost.filter(({ isTaken }) => isTaken).map(({ slot }) => slot);
      for (const slot of [...slots, ...kept]) {
        const { key } = slot.place;
        for (const before of this.#missingPeriods(value, slot, period, from)) {
          missing.add(`${key} ${before}`);
        }
        if (!slots.includes(slot)) continue;
        const was = places.get(key);
        places.set(key, {
          isGiven: this.#hasReported(value, slot, period) && was?.isGiven !== false,
          isOld: (isUsed && this.#isCarried(value, slot, period)) || was?.isOld === true,
          isOut:
            (value.kind === "ratio" && !this.#isTaken(value, slot, period, from)) ||
            was?.isOut === true,
        });
      }
    }
    const all = [...places.values()];
    return {
      ...NO_COVERAGE,
      expected: all.length,
      reported: all.filter(({ isGiven }) => isGiven).length,
      carried: all.filter(({ isGiven, isOld, isOut }) => isOld && !isGiven && !isOut).length,
      leftOut: all.filter(({ isOut }) => isOut).length,
      missingBefore: missing.size,
    };
  }

  #change(
    indicator: Indicator,
    { of, from, as, isLowerBetter }: Extract<Value, { kind: "change" }>,
    period: Period,
    area: string | null,
  ): Row {
    // what was reported before it is asked for is compared, too
    const hidden = once(this.#changing, indicator, () => ({ ...indicator, from: "", value: of }));
    if (indicator.from > period.to) return nothing("not_applicable");
    const now = this.row(hidden, period, area);
    if (now.coverage.expected === 0) return nothing("not_applicable");
    const found = this.#earlier(hidden, from, period, area);
    const demand = this.#demand(indicator, period, area);
    // which may have it that there is nothing to compare with, or to divide by
    const hasDoubt =
      now.hasDoubt === true ||
      this.#earlierRows(hidden, from, period, area).some(({ hasDoubt }) => hasDoubt);
    const unlessApart = {
      ...nothing("not_applicable"),
      demand,
      // nothing of a silent place is used, but in means and extremes
      coverage: this.#isCompared(hidden) ? { ...now.coverage, carried: 0 } : now.coverage,
      mayChange: now.mayChange || hasDoubt || this.#mayEarlierChange(hidden, from, period, area),
      hasDoubt,
    };
    const isProvisional = (mayChange: boolean): boolean =>
      !this.#knowledge.isClosed(period) ||
      (demand?.isDue === true && !demand.isOver) ||
      hasDoubt ||
      mayChange;
    // of what has no value, that nothing arose is a statement, too
    const unvalued = (base: Row, status: Status): Row => ({
      ...base,
      status,
      isProvisional: status === "not_arising" && isProvisional(base.mayChange),
    });
    if (found === null) return unlessApart;
    if (now.value === null) return unvalued(unlessApart, now.status);
    const sides = this.#sides(hidden, from, period, area, { now: now.value, found });
    const isApart = sides !== null && !sides.isUnchanged;
    const base = { ...unlessApart, mayChange: unlessApart.mayChange || isApart };
    const { reported, missingBefore } = now.coverage;
    const isInGap = found.period === null && isLong(from, period) && missingBefore > 0;
    if (area !== null && (reported === 0 || (sides === null && isInGap)))
      return { ...base, status: "not_reported" };
    if (sides === null) return base;
    const { later, earlier: then } = sides;
    const changed = (): Rational | null => {
      const difference = minus(later, then);
      if (as === "points" || as === "ranks") {
        return isLowerBetter ? minus(then, later) : difference;
      }
      if (as === "times") return then.n <= 0n ? null : over(later, then);
      return then.n <= 0n ? null : over(times(difference, whole(100)), then);
    };
    const value = changed();
    if (value === null) {
      return unvalued(base, later.n === 0n ? "not_arising" : "not_applicable");
    }
    const status = demand === null ? "no_target" : judge(value, demand);
    return {
      ...base,
      numerator: later,
      denominator: then,
      value,
      status,
      attained: demand === null ? null : isHeld(status),
      isProvisional: isProvisional(base.mayChange),
    };
  }

  /** Rule 9: both sides, of the same places and base periods; null where they have none in common. */
  #sides(
    hidden: Indicator,
    from: string,
    period: Period,
    area: string | null,
    { now, found }: { now: Rational; found: { value: Rational; period: Period | null } },
  ): { later: Rational; earlier: Rational; isUnchanged: boolean } | null {
    const value = hidden.value;
    if (value.kind !== "count" && value.kind !== "ratio") {
      return { later: now, earlier: found.value, isUnchanged: true };
    }
    const compared = this.#compared(hidden, value);
    if (compared === null) return { later: now, earlier: found.value, isUnchanged: true };
    if (found.period === null) {
      if (!isLong(from, period)) return null;
      return lacksNothing(compared, period, this.#knowledge.isClosed(period), area)
        ? { later: now, earlier: found.value, isUnchanged: true }
        : area === null
          ? this.#ofOthers(hidden, from, period, compared)
          : null;
    }
    const like = alike(compared, period, found.period, from === "previous", area);
    if (like === null) return null;
    const amount = ([numerator, denominator]: readonly [Rational | null, Rational | null]) =>
      amountOf(value, { numerator, denominator });
    const [later, earlier] = [amount(like.later), amount(like.earlier)];
    return later === null || earlier === null
      ? null
      : { later, earlier, isUnchanged: like.isUnchanged };
  }

  /** Of a whole in which some owe: what the others are together, beside their own baselines. */
  #ofOthers(hidden: Indicator, from: string, period: Period, compared: Compared) {
    const isClosed = this.#knowledge.isClosed(period);
    const others = compared.places(period).flatMap(({ area, isThere, toDate }) => {
      if (area === null || !isThere || !lacksNothing(compared, period, isClosed, area.id))
        return [];
      if (this.#earlier(hidden, from, period, area.id)?.period !== null) return [];
      const { numerator, denominator } = this.#baseline(hidden, from, period, area.id);
      return [{ later: toDate, earlier: [numerator, denominator] as const }];
    });
    if (others.length === 0) return null;
    const sum = (side: "later" | "earlier"): Rational | null => {
      const of = (part: 0 | 1): Rational => total(others.map((one) => one[side][part] ?? ZERO));
      return amountOf(hidden.value, { numerator: of(0), denominator: of(1) });
    };
    const [later, earlier] = [sum("later"), sum("earlier")];
    return later === null || earlier === null ? null : { later, earlier, isUnchanged: false };
  }

  #isCompared({ value, ...hidden }: Indicator): boolean {
    if (value.kind !== "count" && value.kind !== "ratio") return false;
    return this.#compared({ ...hidden, value }, value) !== null;
  }

  /** Null: extremes and means, which are no sums. */
  #compared(
    hidden: Indicator,
    value: Extract<Measured, { kind: "count" | "ratio" }>,
  ): Compared | null {
    const above = (value.kind === "count" ? value.measures : value.numerator).map((code) =>
      this.#measure(code),
    );
    const below =
      value.kind === "count" ? null : value.denominator.map((code) => this.#measure(code));
    const all = [...above, ...(below ?? [])];
    const isFlow = ({ overTime }: Measure): boolean => overTime === "sum";
    const isSummed = all.every(
      ({ overAreas, overTime }) =>
        ["sum", "none"].includes(overAreas) && ["sum", "last"].includes(overTime),
    );
    const isMixed = (side: readonly Measure[]): boolean => new Set(side.map(isFlow)).size > 1;
    if (!isSummed || (below !== null && (isMixed(above) || isMixed(below)))) return null;
    const slots = this.#slots(value);
    return {
      given: this.#given,
      above,
      below,
      bases: (measure) =>
        this.#knowledge.bases(measure).filter((base) => this.#knowledge.isInForce(base)),
      places: (period) => [
        ...slots
          .filter((slot) => this.#isExpected(value, slot, period, hidden.from))
          .map((slot) => {
            const sidesOf = (when: When) => {
              const { numerator, denominator } = this.#raw(value, slot, period, when);
              return [numerator, denominator] as const;
            };
            return {
              area: slot.place.area,
              key: slot.place.key,
              isThere: true,
              isGiven: this.#hasReported(value, slot, period),
              isOwn:
                this.#basis(slot, period).length > 0 &&
                this.#basis(slot, period).every((one) => one === "own"),
              missingBefore: this.#missingBefore(value, slot, period, hidden.from),
              toDate: sidesOf("to date"),
              inPeriod: sidesOf("in period"),
            };
          }),
        ...this.#gone(value, slots, period, hidden.from)
          .filter(({ isTaken }) => isTaken)
          .map(({ slot }) => {
            const flows = (measures: readonly Measure[]): Rational | null => {
              const known = measures
                .filter((one) => isFlow(one) && slot.measures.includes(one))
                .map((one) => this.#knowledge.toDate(one, slot.place, period).value)
                .filter((one) => one !== null);
              return known.length === 0 ? null : total(known);
            };
            return {
              area: slot.place.area,
              key: slot.place.key,
              isThere: false,
              isGiven: true,
              isOwn: true,
              missingBefore: this.#missingBefore(value, slot, period, hidden.from),
              toDate: [flows(above), below === null ? null : flows(below)] as const,
              inPeriod: [null, null] as const,
            };
          }),
      ],
    };
  }

  /** Rule 9: what one side lacks is owed to both. */
  #mayEarlierChange(hidden: Indicator, from: string, period: Period, area: string | null): boolean {
    const found = this.#earlierPeriod(from, period);
    const rows = this.#earlierRows(hidden, from, period, area);
    return (
      rows.some(({ mayChange }) => mayChange) ||
      (found !== undefined && rows.length > 0 && !this.#knowledge.isClosed(found))
    );
  }

  /** What the present is compared with: an area, or those that it was made of. */
  #earlierRows(hidden: Indicator, from: string, period: Period, area: string | null): Row[] {
    const found = this.#earlierPeriod(from, period);
    if (found === undefined) return [];
    const row = this.row(hidden, found, area);
    if (row.coverage.expected > 0) return [row];
    return area === null ? [] : (this.#rowsOf(hidden, found, area) ?? []);
  }

  #earlierPeriod(from: string, period: Period): Period | undefined {
    const find = (year: number, position: number): Period | undefined =>
      this.#given.periods.find(
        (one) => one.kind === period.kind && one.year === year && one.position === position,
      );
    if (from === "last_year") return find(period.year - 1, period.position);
    if (from === "previous") return find(period.year, period.position - 1);
    return this.#given.periods.find(({ code }) => code === from);
  }

  /** Of a count or ratio at an area that was not yet: the sums of the areas that became it exactly. */
  #madeOf(hidden: Indicator, period: Period, id: string): Rational | null {
    const { value } = hidden;
    const rows = this.#rowsOf(hidden, period, id);
    if (rows === null) return null;
    const sum = (values: readonly (Rational | null)[]): Rational | null =>
      values.includes(null) ? null : total(values.filter((one) => one !== null));
    return amountOf(value, {
      numerator: sum(rows.map(({ numerator }) => numerator)),
      denominator: value.kind === "count" ? null : sum(rows.map(({ denominator }) => denominator)),
    });
  }

  /** The rows of the areas that became an area exactly, of which all are known; else null. */
  #rowsOf(hidden: Indicator, period: Period, id: string): Row[] | null {
    const { value } = hidden;
    const area = this.#given.areas.find((one) => one.id === id);
    if (area === undefined || this.row(hidden, period, id).coverage.expected > 0) return null;
    if (value.kind !== "count" && value.kind !== "ratio") return null;
    const isSummed = (code: string) => ["sum", "last"].includes(this.#measure(code).overTime);
    if (!measuresIn(value).every(isSummed)) return null;
    const rows = this.#knowledge
      .predecessors({ key: id, unit: "", area })
      .map((one) => this.row(hidden, period, one.key));
    const isUsable = rows.every(
      ({ coverage, status, numerator }) =>
        coverage.expected > 0 && status !== "in_doubt" && numerator !== null,
    );
    // one that is no area of the plan is not known
    const isWhole = rows.length === this.#given.successions.get(id)?.from.length;
    return rows.length > 0 && isWhole && isUsable ? rows : null;
  }

  /** The earlier value, of a period or, without one, of the baselines. */
  #earlier(
    hidden: Indicator,
    from: string,
    period: Period,
    area: string | null,
  ): { value: Rational; period: Period | null } | null {
    const found = this.#earlierPeriod(from, period);
    if (found !== undefined) {
      const known =
        this.row(hidden, found, area).value ??
        (area === null ? null : this.#madeOf(hidden, found, area));
      if (known !== null) return { value: known, period: found };
    }
    const baseline =
      from === "previous"
        ? null
        : amountOf(hidden.value, this.#baseline(hidden, from, period, area));
    return baseline === null ? null : { value: baseline, period: null };
  }

  /** The last base period of what covers its year from the beginning, both by codes of any year. */
  #lastPart(code: string): string | undefined {
    const { periods } = this.#given;
    const year = /\d{4}/.exec(code)?.[0] ?? "";
    const own = periods.find((one) => one.code.replace(String(one.year), year) === code);
    const last = periods.find((one) => own?.bases.has(one.code) && one.position === own.bases.size);
    return last?.code.replace(String(last.year), year);
  }

  #baseline(hidden: Indicator, from: string, period: Period, area: string | null): Fraction {
    const code =
      from === "last_year"
        ? period.code.replace(String(period.year), String(period.year - 1))
        : from;
    const stated = (measure: string, of: string | undefined): Rational | null =>
      this.#given.baselines.find(
        (one) => one.measure === measure && one.period === of && one.area === (area ?? ""),
      )?.value ?? null;
    const baseline = (measure: string): Rational | null => {
      const { overTime, sumsOver } = this.#measure(measure);
      const isToDate = sumsOver === "year" && ["sum", "last", "max"].includes(overTime);
      return stated(measure, code) ?? (isToDate ? stated(measure, this.#lastPart(code)) : null);
    };
    const sum = (codes: readonly string[]): Rational | null => {
      const values = codes.map(baseline).filter((one) => one !== null);
      return values.length === codes.length ? total(values) : null;
    };
    const value = hidden.value;
    if (value.kind === "count") return { numerator: sum(value.measures), denominator: null };
    if (value.kind !== "ratio") return UNKNOWN;
    return { numerator: sum(value.numerator), denominator: sum(value.denominator) };
  }
}

/** Whether what is compared with a baseline is as long as it may be. */
const isLong = (from: string, { kind, bases, position, positions }: Period): boolean =>
  ["last_year", "previous"].includes(from) ||
  kind === "year" ||
  (bases.size === 1 && position === positions);

/**
 * What bounds a measure over a year as it does within one report, where both are given or neither is:
 * another that is put together over the same periods in the same way.
 */
function boundOf({ measures, periods }: Given, one: Measure): string | undefined {
  const bound = one.atMost === undefined ? undefined : measures.get(one.atMost);
  const over = ({ overTime, sumsOver, dueIn, from }: Measure): string =>
    JSON.stringify([
      ...[overTime, sumsOver],
      ...periods.filter(({ kind, to }) => (dueIn?.includes(kind) ?? true) && to >= from),
    ]);
  return bound !== undefined && over(bound) === over(one) ? bound.code : undefined;
}

/** Several that are unknown count as not held, as a share counts them. */
function unknownAs(status: Status, demand: Demand): Status {
  if (status !== "not_reported") return status;
  return demand.isOver ? "not_met" : demand.pace === null ? "not_yet" : "behind";
}

const isEach = (demands: readonly Demand[]): boolean =>
  demands.length > 0 && demands.every(({ isDue }) => isDue);

const groupsOf = ({ target }: Indicator): string[] => [
  ...new Set(target.statements.flatMap(({ groups }) => [...groups.keys()])),
];

const isInGroup = ({ place }: Slot, code: string): boolean =>
  place.area !== null && (place.area.code === code || place.area.kind === code);

const isHeld = (status: Status): boolean => ["met", "met_late", "within"].includes(status);

function nothing(status: Status): Row {
  return {
    ...UNKNOWN,
    value: null,
    inPeriod: null,
    demand: null,
    status,
    attained: null,
    isProvisional: false,
    mayChange: false,
    coverage: NO_COVERAGE,
  };
}

function overPlaces(measure: Measure, figures: readonly Rational[]): Rational {
  switch (measure.overAreas) {
    case "sum":
    // of one place alone
    case "none":
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
