import type { Plan, PlanMeasure, PlanPeriod } from "./plan.ts";

/** What a measure has to do with a period of its plan. */
export interface MeasurePeriod {
  readonly period: PlanPeriod;
  /** It is reported for this period (unless it began later). */
  readonly isOwed: boolean;
  /** A period that the measure adds up over; the others are made of such. */
  readonly isBase: boolean;
  /** Of a period that is made of others: those base periods of the measure. */
  readonly parts: readonly PlanPeriod[];
}

/** Whether a measure is reported for a period, as it is kept: `due_in` and `from` of the plan file. */
export function isOwed(plan: Plan, measure: PlanMeasure, period: PlanPeriod): boolean {
  if (measure.due_in !== undefined && !measure.due_in.includes(period.kind)) return false;
  const from = plan.periods.find(({ code }) => code === measure.from);
  return from === undefined || period.data_to >= from.data_from;
}

/** Whether a measure is asked of an area, where it is reported by area: `asked_of` of the plan file. */
export function isAskedOf(
  { asked_of }: PlanMeasure,
  { code, kind }: { readonly code: string; readonly kind: string },
): boolean {
  if (asked_of === undefined) return true;
  return asked_of.kinds?.includes(kind) ?? asked_of.codes?.includes(code) ?? false;
}

/**
 * The periods of a plan in which a measure has figures. Its base periods are those it is owed in that
 * contain no other such period; whatever contains one of them is made of them. When it began (`from`)
 * is left out of account, so that the base periods stay the same over time.
 * @returns in the order of the plan file; a period that holds no base period of the measure is left out
 */
export function periodsOf(plan: Plan, { due_in }: PlanMeasure): readonly MeasurePeriod[] {
  const known = lives.get(plan) ?? new Map<string, readonly MeasurePeriod[]>();
  lives.set(plan, known);
  const key = due_in?.join() ?? "always";
  const periods = known.get(key) ?? periodsDue(plan, due_in);
  known.set(key, periods);
  return periods;
}

/** By plan and `due_in`: a plan has many measures of which the same is asked. */
const lives = new WeakMap<Plan, Map<string, readonly MeasurePeriod[]>>();

function periodsDue(plan: Plan, due_in: PlanMeasure["due_in"]): MeasurePeriod[] {
  const owed = plan.periods.filter(({ kind }) => due_in === undefined || due_in.includes(kind));
  const base = owed.filter((period) => !owed.some((other) => contains(plan, period, other)));
  return plan.periods.flatMap((period): MeasurePeriod[] => {
    const isBase = base.includes(period);
    const parts = isBase ? [] : base.filter((part) => contains(plan, period, part));
    if (!isBase && parts.length === 0) return [];
    return [{ period, isOwed: owed.includes(period), isBase, parts }];
  });
}

/** Whether a period holds every base period of the plan that the other one holds, and is not it. */
function contains(plan: Plan, period: PlanPeriod, other: PlanPeriod): boolean {
  if (period === other || period.covers.length === 0) return false;
  const held = new Set(period.covers);
  const parts = other.covers.length === 0 ? [other.code] : other.covers;
  if (!parts.every((code) => held.has(code))) return false;
  if (other.covers.length < held.size || other.covers.length === 0) return true;
  // two that are made of the same: the first in the file counts as the shorter one
  return plan.periods.indexOf(other) < plan.periods.indexOf(period);
}
