import type { Area } from "../sources/area.ts";
import {
  areasIn,
  measuresOwedBy,
  type ReportingUnit,
  type ResolvedPlan,
} from "../sources/catalogue.ts";
import type { PlanMeasure, PlanPeriod } from "../sources/plan.ts";

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
  const rows = [...own, ...byArea].map((measure, index) => ({ number: index + 1, measure }));
  const tables: FormTable[] = [];
  if (own.length > 0) tables.push({ areas: null, rows: rows.slice(0, own.length) });
  if (byArea.length > 0) {
    for (const areas of evenParts(areasIn(plan, period), MAX_AREA_COLUMNS)) {
      tables.push({ areas, rows: rows.slice(own.length) });
    }
  }
  const valueColumns = Math.max(1, ...tables.map(({ areas }) => areas?.length ?? 1));
  return { plan, unit, period, tables, valueColumns };
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
