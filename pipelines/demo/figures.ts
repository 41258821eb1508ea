import type { MeasurePlace, ResolvedPlan } from "../sources/catalogue.ts";
import type { PlanMeasure, PlanPeriod } from "../sources/plan/plan.ts";
import { Failure } from "../vocabulary/failure.ts";
import { draw, drawWhole } from "./draw.ts";
import { basePeriods, type MeasureProfile, type Profile } from "./profile.ts";

/** What is true in the demonstration: 1 and 0 stand for yes and no. */
export interface Figures {
  /** The figure of a measure at a place in a period; a period that covers others sums them up. */
  at(place: MeasurePlace, period: PlanPeriod): number;
}

/** Figures of the periods that add up, by measure, place and period. */
type Table = Map<string, number>;

/**
 * Makes up the figures of a plan from its profile. They agree with themselves: what a measure may
 * not exceed is never exceeded, in any period or over the year, and parts add up to their whole.
 * @throws Failure when an area has no population, or measures refer to each other in a circle.
 */
export function makeFigures(plan: ResolvedPlan, profile: Profile, seed: number): Figures {
  const periods = basePeriods(plan);
  const table: Table = new Map();
  for (const measure of inOrder(plan, profile)) {
    const places = plan.places.filter((place) => place.measure === measure.code);
    const ranks = ranked(places, seed);
    for (const place of places) {
      periods.forEach((period, step) => {
        const own = partsOf(table, measure, place, period);
        const maker = { plan, profile, seed, table, periods, ranks };
        const made = own ?? make(maker, measure, place, period, step);
        table.set(keyOf(measure.code, place, period), capped(maker, measure, place, step, made));
      });
    }
  }
  return {
    at(place, period) {
      const measure = measureOf(plan, place.measure);
      const covered = period.covers.length === 0 ? [period] : coveredBy(period, periods);
      const values = covered.map((one) => table.get(keyOf(measure.code, place, one)) ?? 0);
      return rounded(measure, overTime(measure, values));
    },
  };
}

/** What the making of a figure stands on. */
interface Maker {
  readonly plan: ResolvedPlan;
  readonly profile: Profile;
  readonly seed: number;
  readonly table: Table;
  readonly periods: readonly PlanPeriod[];
  readonly ranks: ReadonlyMap<string, number>;
}

function make(
  maker: Maker,
  measure: PlanMeasure,
  place: MeasurePlace,
  period: PlanPeriod,
  step: number,
): number {
  const { profile, seed } = maker;
  const size = profile.measures[measure.code];
  if (size === undefined || isNil(maker, measure, place, period)) return 0;
  const where = spot(place);
  if ("holds" in size) {
    const rank = maker.ranks.get(where) ?? 0;
    return rank < Math.round(stepOf(size.holds, step) * maker.ranks.size) ? 1 : 0;
  }
  // A stock is drawn once for the year, or it would jump from period to period.
  const once = measure.over_time === "last" ? "" : period.code;
  if ("between" in size) {
    const [least, most] = size.between;
    const scale = 10 ** measure.decimals;
    return drawWhole(least * scale, most * scale, seed, measure.code, where, once) / scale;
  }
  const factor = 1 + size.spread * (2 * draw(seed, measure.code, where, "spread") - 1);
  if ("per_1000" in size) {
    const expected = (stepOf(size.per_1000, step) * inhabitants(maker, place) * factor) / 1000;
    return measure.over_time === "last"
      ? expected * (1 + 0.01 * step)
      : expected + draw(seed, measure.code, where, once) - 0.5;
  }
  return ofOther(maker, measure, place, size, factor, step);
}

/** A share of a stock is what is reached so far, a share of a flow what is reached of it. */
function ofOther(
  maker: Maker,
  measure: PlanMeasure,
  place: MeasurePlace,
  size: Extract<MeasureProfile, { of: string }>,
  factor: number,
  step: number,
): number {
  const { seed, periods } = maker;
  const other = measureOf(maker.plan, size.of);
  const period = periods[step];
  if (period === undefined) return 0;
  const whole = valueAt(maker, other.code, place, step);
  const share = stepOf(size.share, step) * factor;
  if (other.over_time === "last") {
    const reached = Math.min(whole, whole * share);
    return Math.max(0, Math.round(reached) - soFar(maker, measure.code, place, step - 1));
  }
  if (share > 1) return whole * share;
  let reached = 0;
  for (let one = 0; one < whole; one += 1) {
    if (draw(seed, measure.code, spot(place), period.code, one) < share) reached += 1;
  }
  return reached;
}

/** Keeps a figure within what it may not exceed, in the period and over the year. */
function capped(
  maker: Maker,
  measure: PlanMeasure,
  place: MeasurePlace,
  step: number,
  made: number,
): number {
  const figure = rounded(measure, Math.max(0, made));
  if (measure.at_most === undefined) return figure;
  const limit = measureOf(maker.plan, measure.at_most);
  const most = valueAt(maker, limit.code, place, step);
  const addsUp = measure.over_time === "sum" && limit.over_time !== "sum";
  const before = addsUp ? soFar(maker, measure.code, place, step - 1) : 0;
  return Math.max(0, Math.min(figure, most - before));
}

/** Whether the unit of the place declares that nothing arose in the period. */
function isNil(
  { plan, profile }: Maker,
  measure: PlanMeasure,
  place: MeasurePlace,
  period: PlanPeriod,
): boolean {
  if (!isFlow(measure)) return false;
  const unit = plan.units.find(({ unit_id }) => unit_id === place.unit_id);
  return profile.story.some(
    (event) => event.kind === "nil" && event.unit === unit?.code && event.period === period.code,
  );
}

/** Whether a measure tells what happens in a period, so that nothing may have arisen. */
export function isFlow(measure: PlanMeasure): boolean {
  return measure.over_time !== "last";
}

function partsOf(
  table: Table,
  measure: PlanMeasure,
  place: MeasurePlace,
  period: PlanPeriod,
): number | null {
  if (measure.parts.length === 0) return null;
  return measure.parts.reduce((sum, code) => sum + (table.get(keyOf(code, place, period)) ?? 0), 0);
}

function overTime(measure: PlanMeasure, values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sum = values.reduce((total, value) => total + value, 0);
  switch (measure.over_time) {
    case "sum":
      return sum;
    case "last":
      return values.at(-1) ?? 0;
    case "max":
      return Math.max(...values);
    case "min":
      return Math.min(...values);
    case "average":
      return sum / values.length;
  }
}

function coveredBy(period: PlanPeriod, periods: readonly PlanPeriod[]): PlanPeriod[] {
  return periods.filter(({ code }) => period.covers.includes(code));
}

function valueAt(maker: Maker, measure: string, place: MeasurePlace, step: number): number {
  const period = maker.periods[step];
  return period === undefined ? 0 : (maker.table.get(keyOf(measure, place, period)) ?? 0);
}

/** The figures of a year's periods up to a step, added up. */
function soFar(maker: Maker, measure: string, place: MeasurePlace, last: number): number {
  const year = maker.periods[last + 1]?.year;
  return maker.periods
    .slice(0, last + 1)
    .filter((period) => period.year === year)
    .reduce((sum, period) => sum + (maker.table.get(keyOf(measure, place, period)) ?? 0), 0);
}

/** The measures, each after those that its figures stand on. */
function inOrder(plan: ResolvedPlan, profile: Profile): PlanMeasure[] {
  const ordered: PlanMeasure[] = [];
  let rest = [...plan.plan.measures];
  while (rest.length > 0) {
    const waiting = new Set(rest.map(({ code }) => code));
    const ready = rest.filter((measure) =>
      neededBy(measure, profile.measures[measure.code]).every((code) => !waiting.has(code)),
    );
    if (ready.length === 0) {
      throw new Failure(
        `The demonstration of plan ${plan.plan.id} cannot be made: ${[...waiting].join(", ")} refer to each other in a circle.`,
      );
    }
    ordered.push(...ready);
    rest = rest.filter((measure) => !ready.includes(measure));
  }
  return ordered;
}

function neededBy(measure: PlanMeasure, size: MeasureProfile | undefined): string[] {
  const limit = measure.at_most === undefined ? [] : [measure.at_most];
  const other = size !== undefined && "of" in size ? [size.of] : [];
  return [...limit, ...measure.parts, ...other];
}

/** The rank of each place among those of its measure, in an order drawn for that measure. */
function ranked(places: readonly MeasurePlace[], seed: number): ReadonlyMap<string, number> {
  const drawn = places.map((place) => ({
    where: spot(place),
    at: draw(seed, "rank", place.measure, spot(place)),
  }));
  drawn.sort((one, other) => one.at - other.at);
  return new Map(drawn.map(({ where }, rank) => [where, rank]));
}

function inhabitants({ plan }: Maker, place: MeasurePlace): number {
  const areas = plan.areas.filter(
    ({ area_id }) => place.area_id === null || area_id === place.area_id,
  );
  return areas.reduce((sum, { area_id, code, name, population }) => {
    if (population === null) {
      throw new Failure(
        `areas.csv does not say the population of area ${area_id} (${code} ${name}), from which the demonstration takes its proportions.`,
      );
    }
    return sum + population;
  }, 0);
}

function measureOf({ plan }: ResolvedPlan, code: string): PlanMeasure {
  const measure = plan.measures.find((one) => one.code === code);
  if (measure === undefined) throw new Failure(`"${code}" is not a measure of plan ${plan.id}.`);
  return measure;
}

function stepOf(path: number | readonly number[], step: number): number {
  return typeof path === "number" ? path : (path[step] ?? 0);
}

/** Measures of one area meet there, whichever unit reports them; others meet at their unit. */
function spot({ unit_id, area_id }: MeasurePlace): string {
  return area_id === null ? unit_id : `area ${area_id}`;
}

function keyOf(measure: string, place: MeasurePlace, period: PlanPeriod): string {
  return JSON.stringify([measure, spot(place), period.code]);
}

function rounded(measure: PlanMeasure, value: number): number {
  return Number(value.toFixed(measure.decimals));
}
