import type { Area } from "../sources/areas/area.ts";
import {
  areasIn,
  measuresOwedBy,
  type ReportingUnit,
  type ResolvedPlan,
} from "../sources/catalogue.ts";
import { isAskedOf } from "../sources/plan/owed.ts";
import { measuresUnder, type PlanMeasure, type PlanPeriod } from "../sources/plan/plan.ts";
import { linesOf, targetLines } from "../sources/targets/target-lines.ts";
import { capital } from "../vocabulary/letter-case.ts";

/** More columns of areas are not legible in print; further tables take the rest. */
const MAX_AREA_COLUMNS = 10;

/** A measure in a table, with the number it bears on the form. */
export interface FormRow {
  readonly number: number;
  readonly measure: PlanMeasure;
}

/** A table of a form: one value column (`areas` null), or one a reporting area. */
export interface FormTable {
  readonly areas: readonly Area[] | null;
  readonly rows: readonly FormRow[];
}

/** What one unit is asked for in one period. */
export interface FormLayout {
  readonly plan: ResolvedPlan;
  readonly unit: ReportingUnit;
  readonly period: PlanPeriod;
  readonly tables: readonly FormTable[];
  /** The greatest number of value columns in any table. */
  readonly valueColumns: number;
}

/**
 * Lays out a unit's form: the measures that it owes for the period, in the order of the plan, those
 * that a department reports by area in tables of their own.
 */
export function formLayout(
  plan: ResolvedPlan,
  unit: ReportingUnit,
  period: PlanPeriod,
): FormLayout {
  const measures = measuresOwedBy(plan, unit, period);
  const isByArea = (measure: PlanMeasure): boolean => unit.area === null && measure.by_area;
  const own = measures.filter((measure) => !isByArea(measure));
  const byArea = measures.filter(isByArea);
  const tables: FormTable[] = [];
  let number = 0;
  const rowsOf = (some: readonly PlanMeasure[]): FormRow[] =>
    some.map((measure) => ({ number: ++number, measure }));
  if (own.length > 0) tables.push({ areas: null, rows: rowsOf(own) });
  // what is asked of the same areas stands together
  const asked = ({ asked_of }: PlanMeasure): string => JSON.stringify(asked_of ?? null);
  for (const group of new Set(byArea.map(asked))) {
    const some = byArea.filter((one) => asked(one) === group);
    const areas = areasIn(plan, period).filter((area) => some.every((one) => isAskedOf(one, area)));
    const rows = areas.length > 0 ? rowsOf(some) : [];
    for (const part of evenParts(areas, MAX_AREA_COLUMNS)) tables.push({ areas: part, rows });
  }
  const valueColumns = Math.max(1, ...tables.map(({ areas }) => areas?.length ?? 1));
  return { plan, unit, period, tables, valueColumns };
}

/** What each target that stands on the figures of a form asks and counts, in one or more lines. */
export function targetsOfForm({ plan: { plan, targets }, unit, tables }: FormLayout): string[][] {
  const asked = new Set(tables.flatMap(({ rows }) => rows.map(({ measure }) => measure.code)));
  const lines = targetLines(
    plan,
    targets,
    ({ value }) => measuresUnder(plan, value).some((code) => asked.has(code)),
    ({ area }) => area !== null && area.area_id === unit.area?.area_id,
  );
  return lines.map((one) => {
    const name = plan.indicators.find(({ code }) => code === one.code)?.name ?? "";
    const named = one.asked.replace(one.code, () => `${one.code} ${name}:`);
    return linesOf({ ...one, asked: named }).map((line) => capital(line.trim()));
  });
}

/** The row that a measure may not exceed, where that row is on the same form. */
export function limitOf(
  layout: FormLayout,
  measure: PlanMeasure,
): { row: number; over: "period" | "year" } | null {
  const rows = layout.tables.flatMap((table) => table.rows);
  const limit = rows.find((row) => row.measure.code === measure.at_most);
  if (limit === undefined) return null;
  const addsUp = measure.over_time === "sum" && limit.measure.over_time !== "sum";
  return { row: limit.number, over: addsUp ? "year" : "period" };
}

function evenParts<T>(items: readonly T[], most: number): T[][] {
  const parts = Math.ceil(items.length / most);
  const size = Math.ceil(items.length / parts);
  return Array.from({ length: parts }, (_, index) => items.slice(index * size, (index + 1) * size));
}
