import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { appendRows, type Field } from "../warehouse/append-rows.ts";
import { quoteName } from "../warehouse/sql.ts";
import type { Catalogue, ResolvedPlan } from "./catalogue.ts";
import { formulaOf, targetText } from "./formula.ts";
import { measuresOf, type PlanIndicator } from "./plan.ts";

type Row = readonly Field[];

/** The columns of the tables that models read as `raw`, with their types. */
const MODEL_TABLES = {
  plan: `plan_key integer, plan_id varchar, number varchar, title varchar, short_title varchar,
    issuer varchar, carries_out varchar, issued_on date, in_force_from date, source varchar,
    reports_to varchar, document_superior varchar, document_agency varchar,
    document_abbreviation varchar, document_place varchar, document_authority varchar,
    document_signatory_title varchar, document_recipients varchar, document_filed_at varchar,
    area_id integer, area_code varchar, area_name varchar, area_noun varchar,
    reporting_area_noun varchar, plan_sha256 varchar`,
  plan_term: "plan_key integer, term_no integer, term varchar, meaning varchar, source varchar",
  plan_rule: "plan_key integer, indicator_code varchar, rule_no integer, rule_text varchar",
  area: `area_id integer, code varchar, name varchar, kind varchar, parent_id integer,
    valid_from date, valid_to date`,
  area_successor: `area_id integer, successor_id integer, succeeded_on date, is_exact boolean`,
  area_tile: "area_id integer, map_column integer, map_row integer",
  reporting_area: "plan_key integer, area_id integer, area_no integer",
  unit: `unit_key integer, plan_key integer, plan_id varchar, unit_id varchar, unit_code varchar,
    unit_name varchar, unit_short_name varchar, item integer, unit_no integer, area_id integer`,
  period: `period_key integer, plan_key integer, plan_id varchar, period varchar,
    period_name varchar, kind varchar, year integer, position integer, positions integer,
    data_from date, data_to date, due_before date, is_estimate boolean, is_base boolean,
    period_no integer`,
  period_cover: "period_key integer, covered_key integer",
  measure: `measure_key integer, plan_key integer, measure varchar, measure_no integer,
    measure_name varchar, unit_of_measure varchar, kind varchar, over_time varchar,
    over_areas varchar, is_sensitive boolean, is_guarded boolean, guard_group integer,
    at_most_key integer, explanation varchar,
    reported_by varchar`,
  measure_part: "measure_key integer, part_key integer",
  measure_place: "measure_key integer, place_key integer, unit_key integer, area_id integer",
  indicator: `indicator_key integer, plan_key integer, indicator_code varchar,
    indicator_no integer, group_code varchar, group_name varchar, indicator_name varchar,
    short_name varchar, quote varchar, unit_of_measure varchar, value_kind varchar,
    factor integer, comparator varchar, target_value decimal(18, 4), target_text varchar,
    pace varchar, formula varchar, parts_needed integer, is_by_area boolean,
    is_by_area_only boolean, has_average boolean`,
  indicator_part: `indicator_key integer, part_no integer, role varchar, measure_key integer,
    comparator varchar, threshold decimal(18, 4)`,
} as const;

/** The columns of further tables, which only the checks of received files read. */
const INTAKE_TABLES = {
  unit_entry: "unit_key integer, entry_no integer",
  measure_entry: "measure_key integer, entry_no integer",
  measure_form: "measure_key integer, decimals integer, by_area boolean",
  measure_percentage: "measure_key integer, part_key integer, whole_key integer",
} as const;

const CATALOGUE_TABLES = { ...MODEL_TABLES, ...INTAKE_TABLES } as const;
type CatalogueTable = keyof typeof CATALOGUE_TABLES;

/** Tables of the catalogue: per table its columns and its rows, every value as text. */
export const Tables = z.record(
  z.string(),
  z.object({ columns: z.string(), rows: z.array(z.array(z.string().nullable())) }),
);
export type Tables = z.infer<typeof Tables>;

/**
 * The tables that models read, which a published version keeps: see `tablesOf`. The same catalogue
 * gives the same tables.
 */
export function modelTablesOf(catalogue: Catalogue): Tables {
  return tablesOf(catalogue, Object.keys(MODEL_TABLES) as (keyof typeof MODEL_TABLES)[]);
}

/**
 * Tables of the catalogue, with integer keys that hold within these tables only. A place is where a
 * measure is reported: an area (place_key = area_id), the plan's whole area (0), or one of several
 * departments (a negative key). Of the units of a plan those of one entry of its file have one
 * `entry_no`.
 */
export function tablesOf(catalogue: Catalogue, tables: readonly CatalogueTable[]): Tables {
  const rows = rowsOf(catalogue);
  return Object.fromEntries(
    tables.map((table) => [
      table,
      {
        columns: CATALOGUE_TABLES[table].replaceAll(/\s+/g, " "),
        rows: (rows.get(table) ?? []).map((row) =>
          row.map((value) => (value === null ? null : String(value))),
        ),
      },
    ]),
  );
}

/** Makes the tables of the schema `memory.raw` and fills them. */
export async function loadTables(connection: DuckDBConnection, tables: Tables): Promise<void> {
  await connection.run("create schema if not exists memory.raw");
  for (const [table, { columns, rows }] of Object.entries(tables)) {
    await connection.run(`create table memory.raw.${quoteName(table)} (${columns})`);
    await appendRows(connection, { schema: "raw", table }, rows);
  }
}

function rowsOf(catalogue: Catalogue): Map<CatalogueTable, Row[]> {
  const rows = new Map<CatalogueTable, Row[]>();
  const put: Put = (table, list) => {
    const there = rows.get(table);
    if (there === undefined) rows.set(table, [...list]);
    else for (const row of list) there.push(row);
  };
  put(
    "area",
    catalogue.areas.map((area) => [
      area.area_id,
      area.code,
      area.name,
      area.kind,
      area.parent_id,
      area.valid_from,
      area.valid_to,
    ]),
  );
  put(
    "area_successor",
    catalogue.successors.map((one) => [one.area_id, one.successor_id, one.on, one.exact]),
  );
  put(
    "area_tile",
    catalogue.tiles.map(({ area_id, column, row }) => [area_id, column, row]),
  );
  const keys: Keys = { next: 1 };
  catalogue.plans.forEach((plan, index) => {
    addPlan(plan, index + 1, keys, put);
  });
  return rows;
}

type Put = (table: CatalogueTable, list: Row[]) => void;

interface Keys {
  next: number;
}

function addPlan(resolved: ResolvedPlan, planKey: number, keys: Keys, put: Put): void {
  const { plan } = resolved;
  const add = (table: CatalogueTable, ...values: Row): void => put(table, [values]);
  const keyed = <T extends { code: string }>(list: readonly T[]): Map<string, number> =>
    new Map(list.map(({ code }) => [code, keys.next++]));
  const periodKeys = keyed(plan.periods);
  const measureKeys = keyed(plan.measures);
  const indicatorKeys = keyed(plan.indicators);
  const unitKeys = new Map(resolved.units.map(({ unit_id }) => [unit_id, keys.next++]));
  const key = (map: Map<string, number>, code: string): number => {
    const found = map.get(code);
    if (found === undefined) throw new Error(`plan ${plan.id} has no ${code}`);
    return found;
  };

  add(
    "plan",
    planKey,
    plan.id,
    plan.number,
    plan.title,
    plan.short_title,
    plan.issuer,
    plan.carries_out ?? null,
    plan.issued_on,
    plan.in_force_from,
    plan.source,
    plan.reports_to,
    plan.document?.superior ?? null,
    plan.document?.agency ?? plan.issuer,
    plan.document?.abbreviation ?? "…",
    plan.document?.place ?? resolved.area.name,
    plan.document?.authority ?? null,
    plan.document?.signatory_title ?? null,
    JSON.stringify(plan.document?.recipients ?? [plan.reports_to]),
    plan.document?.filed_at ?? "VT",
    resolved.area.area_id,
    resolved.area.code,
    resolved.area.name,
    plan.area.noun,
    plan.reporting_area_noun ?? null,
    resolved.sha256,
  );
  plan.added_rules.forEach((text, index) => {
    add("plan_rule", planKey, null, index + 1, text);
  });
  plan.glossary.forEach(({ term, meaning, source }, index) => {
    add("plan_term", planKey, index + 1, term, meaning, source);
  });
  put(
    "reporting_area",
    resolved.areas.map(({ area_id }, index) => [planKey, area_id, index + 1]),
  );
  put(
    "unit",
    resolved.units.map((unit, index) => [
      key(unitKeys, unit.unit_id),
      planKey,
      plan.id,
      unit.unit_id,
      unit.code,
      unit.name,
      unit.short_name,
      unit.item,
      index + 1,
      unit.area?.area_id ?? null,
    ]),
  );
  const entryNo = (code: string): number => plan.units.findIndex((one) => one.code === code) + 1;
  put(
    "unit_entry",
    resolved.units.map(({ unit_id, entry }) => [key(unitKeys, unit_id), entryNo(entry)]),
  );
  plan.periods.forEach((period, index) => {
    const periodKey = key(periodKeys, period.code);
    add(
      "period",
      periodKey,
      planKey,
      plan.id,
      period.code,
      period.name,
      period.kind,
      period.year,
      period.position,
      period.positions,
      period.data_from,
      period.data_to,
      period.due_before,
      period.estimate,
      period.covers.length === 0,
      index + 1,
    );
    for (const code of period.covers) add("period_cover", periodKey, key(periodKeys, code));
  });
  const unitNames = new Map(
    plan.units.map((unit) => [
      unit.code,
      unit.each_area
        ? unit.short_name.replace("{area}", plan.reporting_area_noun ?? "địa bàn")
        : unit.short_name,
    ]),
  );
  const guards = guardedGroups(plan, keys);
  plan.measures.forEach((measure, index) => {
    const measureKey = key(measureKeys, measure.code);
    add(
      "measure",
      measureKey,
      planKey,
      measure.code,
      index + 1,
      measure.name,
      measure.unit_of_measure,
      measure.kind,
      measure.over_time,
      measure.over_areas,
      measure.sensitive,
      guards.has(measure.code),
      guards.get(measure.code) ?? null,
      measure.at_most === undefined ? null : key(measureKeys, measure.at_most),
      measure.explanation ?? null,
      measure.reported_by.map((code) => unitNames.get(code) ?? code).join(", "),
    );
    for (const part of measure.parts) add("measure_part", measureKey, key(measureKeys, part));
    for (const code of measure.reported_by) add("measure_entry", measureKey, entryNo(code));
    add("measure_form", measureKey, measure.decimals, measure.by_area);
    if (measure.percentage_of !== undefined) {
      const { part, whole } = measure.percentage_of;
      add("measure_percentage", measureKey, key(measureKeys, part), key(measureKeys, whole));
    }
  });
  addPlaces(resolved, measureKeys, unitKeys, key, put);
  plan.indicators.forEach((indicator, index) => {
    addIndicator(resolved, indicator, index, planKey, indicatorKeys, measureKeys, key, put);
  });
}

/**
 * The sensitive measures of a plan with all that are tied to them, by an indicator, a bound or a
 * total, directly or through others.
 * @returns the number of its group for every such measure.
 */
function guardedGroups(plan: ResolvedPlan["plan"], keys: Keys): Map<string, number> {
  const ties = [
    ...plan.indicators.map(({ value }) => measuresOf(value)),
    ...plan.measures.map(({ code, at_most, parts }) => [
      code,
      ...parts,
      ...(at_most === undefined ? [] : [at_most]),
    ]),
  ];
  const groups = new Map<string, number>();
  for (const { code } of plan.measures.filter(({ sensitive }) => sensitive)) {
    if (groups.has(code)) continue;
    const group = keys.next++;
    const open = [code];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const one = next;
      if (groups.has(one)) continue;
      groups.set(one, group);
      for (const tie of ties) if (tie.includes(one)) open.push(...tie);
    }
  }
  return groups;
}

function addPlaces(
  resolved: ResolvedPlan,
  measureKeys: Map<string, number>,
  unitKeys: Map<string, number>,
  key: (map: Map<string, number>, code: string) => number,
  put: Put,
): void {
  const count = new Map<string, number>();
  for (const { measure } of resolved.places) count.set(measure, (count.get(measure) ?? 0) + 1);
  put(
    "measure_place",
    resolved.places.map(({ measure, unit_id, area_id }) => {
      const unitKey = key(unitKeys, unit_id);
      const placeKey = area_id ?? (count.get(measure) === 1 ? 0 : -unitKey);
      return [key(measureKeys, measure), placeKey, unitKey, area_id];
    }),
  );
}

function addIndicator(
  resolved: ResolvedPlan,
  indicator: PlanIndicator,
  index: number,
  planKey: number,
  indicatorKeys: Map<string, number>,
  measureKeys: Map<string, number>,
  key: (map: Map<string, number>, code: string) => number,
  put: Put,
): void {
  const { plan } = resolved;
  const add = (table: CatalogueTable, ...values: Row): void => put(table, [values]);
  const { value, target } = indicator;
  const indicatorKey = key(indicatorKeys, indicator.code);
  const parts = partsOf(value);
  const codes = new Set(measuresOf(value));
  const measures = plan.measures.filter(({ code }) => codes.has(code));
  const places = resolved.places.filter(({ measure }) => codes.has(measure));
  add(
    "indicator",
    indicatorKey,
    planKey,
    indicator.code,
    index + 1,
    indicator.group,
    plan.groups.find(({ code }) => code === indicator.group)?.name ?? indicator.group,
    indicator.name,
    indicator.short_name,
    indicator.quote,
    indicator.unit_of_measure,
    value.kind,
    value.kind === "ratio" ? value.factor : value.kind === "count" ? 1 : 100,
    target.comparator,
    target.value,
    targetText(target.comparator, target.value, indicator.unit_of_measure),
    target.pace,
    formulaOf(plan, value),
    // a count adds up whatever is reported, where it is reported
    value.kind === "count" ? 1 : parts.length,
    places.some(({ area_id }) => area_id !== null),
    places.every(({ area_id }) => area_id !== null),
    measures.some(
      ({ over_time, over_areas }) => over_time === "average" || over_areas === "average",
    ),
  );
  parts.forEach((part, partIndex) => {
    add(
      "indicator_part",
      indicatorKey,
      partIndex + 1,
      part.role,
      key(measureKeys, part.measure),
      part.comparator,
      part.threshold,
    );
  });
  indicator.added_rules.forEach((text, ruleIndex) => {
    add("plan_rule", planKey, indicator.code, ruleIndex + 1, text);
  });
}

interface IndicatorPart {
  readonly role: "numerator" | "denominator" | "condition";
  readonly measure: string;
  readonly comparator: string | null;
  readonly threshold: string | null;
}

function partsOf(value: PlanIndicator["value"]): IndicatorPart[] {
  const figure = (role: "numerator" | "denominator") => (measure: string) => ({
    role,
    measure,
    comparator: null,
    threshold: null,
  });
  switch (value.kind) {
    case "ratio":
      return [
        ...value.numerator.map(figure("numerator")),
        ...value.denominator.map(figure("denominator")),
      ];
    case "count":
      return value.measures.map(figure("numerator"));
    default:
      return value.conditions.map(({ measure, comparator, value: threshold }) => ({
        role: "condition",
        measure,
        comparator,
        threshold,
      }));
  }
}
