import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { decimalText } from "../vocabulary/decimal.ts";
import { appendRows, type Field } from "../warehouse/append-rows.ts";
import { quoteName } from "../warehouse/sql.ts";
import { nameWithinSentence } from "./areas/area.ts";
import type { Catalogue, ResolvedPlan } from "./catalogue.ts";
import { type CatalogueIndicator, continuedMeasures, indicatorsOf } from "./continuation.ts";
import { isAskedOf, periodsOf } from "./plan/owed.ts";
import { periodPlace } from "./plan/period-place.ts";
import {
  isFlow,
  measuresUnder,
  type Plan,
  type PlanIndicatorValue,
  type PlanMeasure,
} from "./plan/plan.ts";
import { askedNoun, formulaOf, wholeTargetText } from "./targets/formula.ts";
import type { ResolvedTarget } from "./targets/target.ts";

/** A row by its columns. */
type Row = Readonly<Record<string, Field | undefined>>;

/** The columns of the tables that models read as `raw`, with their types. */
const MODEL_TABLES = {
  plan: `plan_key integer, plan_id varchar, number varchar, title varchar, short_title varchar,
    issuer varchar, carries_out varchar, issued_on date, in_force_from date, source varchar,
    reports_to varchar, document_superior varchar, document_agency varchar,
    document_abbreviation varchar, document_place varchar, document_authority varchar,
    document_signatory_title varchar, document_signatory varchar, document_recipients varchar, document_filed_at varchar,
    document_addressed_to varchar, document_is_internal boolean,
    area_id integer, area_code varchar, area_name varchar, area_noun varchar,
    reporting_area_noun varchar, plan_sha256 varchar, continues_key integer`,
  plan_term: "plan_key integer, term_no integer, term varchar, meaning varchar, source varchar",
  plan_rule: "plan_key integer, indicator_code varchar, rule_no integer, rule_text varchar",
  area: `area_id integer, code varchar, name varchar, name_within_sentence varchar, kind varchar,
    parent_id integer, valid_from date, valid_to date`,
  area_successor: `area_id integer, successor_id integer, succeeded_on date, is_exact boolean`,
  area_tile: "area_id integer, map_column integer, map_row integer",
  reporting_area: `plan_key integer, area_id integer, area_no integer, area_name varchar,
    area_name_within_sentence varchar,
    valid_from date, valid_to date`,
  unit: `unit_key integer, plan_key integer, plan_id varchar, unit_id varchar, unit_code varchar,
    unit_name varchar, unit_short_name varchar, item integer, unit_no integer, area_id integer,
    office_code varchar`,
  period: `period_key integer, plan_key integer, plan_id varchar, period varchar,
    period_name varchar, kind varchar, year integer, position integer, positions integer,
    data_from date, data_to date, due_before date, is_estimate boolean, is_base boolean,
    period_no integer`,
  period_cover: "period_key integer, covered_key integer",
  measure: `measure_key integer, plan_key integer, measure varchar, measure_no integer,
    measure_name varchar, unit_of_measure varchar, kind varchar, over_time varchar,
    over_areas varchar, is_sensitive boolean, is_guarded boolean, guard_group integer,
    at_most_key integer, explanation varchar,
    reported_by varchar, sums_over varchar, applies_from date, decimals integer, by_area boolean`,
  measure_period: "measure_key integer, period_key integer, is_owed boolean, is_base boolean",
  measure_cover: "measure_key integer, period_key integer, part_key integer",
  measure_continues: "measure_key integer, earlier_key integer",
  measure_part: "measure_key integer, part_key integer",
  measure_place: "measure_key integer, place_key integer, unit_key integer, area_id integer",
  indicator: `indicator_key integer, plan_key integer, indicator_code varchar,
    indicator_no integer, group_code varchar, group_name varchar, indicator_name varchar,
    short_name varchar, quote varchar, unit_of_measure varchar, value_kind varchar,
    factor integer, comparator varchar, target_value decimal(18, 4), target_text varchar,
    pace varchar, formula varchar, parts_needed integer, is_by_area boolean,
    is_by_area_only boolean, unit integer, applies_from date, is_flow boolean,
    is_count_flow boolean, is_shown boolean, is_due_each boolean, scope varchar, of_key integer,
    change_from varchar, change_period varchar, change_as varchar, change_kind varchar,
    change_year integer, change_position integer`,
  indicator_part: `indicator_key integer, part_no integer, role varchar, measure_key integer,
    comparator varchar, threshold decimal(18, 4)`,
  indicator_component: "indicator_key integer, component_no integer, component_key integer",
  indicator_continues: "indicator_key integer, earlier_key integer",
  target: `indicator_key integer, area_id integer, group_no integer, due_key integer,
    effective_from date, target_value decimal(18, 4), target_to decimal(18, 4),
    pace_from decimal(18, 4), pace_from_source varchar`,
  target_group: "indicator_key integer, group_no integer, group_name varchar, area_id integer",
  baseline: `measure_key integer, area_id integer, kind varchar, year integer, position integer,
    value decimal(18, 4), source varchar`,
} as const;

/** The columns of further tables, which only the checks of received files read. */
const INTAKE_TABLES = {
  unit_entry: "unit_key integer, entry_no integer",
  measure_entry: "measure_key integer, entry_no integer",
  measure_percentage: "measure_key integer, part_key integer, whole_key integer",
  measure_unasked: "measure_key integer, area_id integer",
  area_population: "area_id integer, population bigint",
} as const;

/** Used by the current marts alone: no version keeps the contacts of an office. */
const OFFICE_TABLES = {
  office_unit: `office_code varchar, area_code varchar, unit_name varchar,
    unit_short_name varchar, contact varchar, phone varchar, email varchar`,
} as const;

const CATALOGUE_TABLES = { ...MODEL_TABLES, ...INTAKE_TABLES, ...OFFICE_TABLES } as const;
type CatalogueTable = keyof typeof CATALOGUE_TABLES;

/** The columns of each table, on one line with their types, and by their names. */
const COLUMNS = new Map(
  Object.entries(CATALOGUE_TABLES).map(([table, text]) => {
    const columns = text.replaceAll(/\s+/g, " ");
    const names = columns.split(/ \w+(?:\(.*?\))?(?:, |$)/).slice(0, -1);
    return [table, { columns, names }];
  }),
);

const MODEL_NAMES = Object.keys(MODEL_TABLES) as (keyof typeof MODEL_TABLES)[];
const OFFICE_NAMES = Object.keys(OFFICE_TABLES) as (keyof typeof OFFICE_TABLES)[];

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
  return tablesOf(catalogue, MODEL_NAMES);
}

/**
 * Those, and what besides them the marts of today are made from.
 * @param planKeys keys of plans that are known already, so that their rows have the same keys again
 */
export function martTablesOf(catalogue: Catalogue, planKeys?: ReadonlyMap<string, number>): Tables {
  return tablesOf(catalogue, [...MODEL_NAMES, ...OFFICE_NAMES], { plan: 1, next: 1 }, planKeys);
}

/** Keys of what a plan with a known key holds are from `PLAN_SPAN * key` up to the next plan's. */
export const PLAN_SPAN = 65_536;

/**
 * Tables of the catalogue, with integer keys that hold within these tables only. A place is where a
 * measure is reported: an area (place_key = area_id), the plan's whole area (0), or one of several
 * departments (a negative key). Of the units of a plan those of one entry of its file have one
 * `entry_no`.
 * @param keys from which on keys are given, for tables that are appended to others
 * @param planKeys gives each of these plans its key, and what it holds keys of its span
 */
export function tablesOf(
  catalogue: Catalogue,
  tables: readonly CatalogueTable[],
  keys: Keys = { plan: 1, next: 1 },
  planKeys?: ReadonlyMap<string, number>,
): Tables {
  const made: Tables = Object.fromEntries(
    tables.map((table) => [table, { columns: COLUMNS.get(table)?.columns ?? "", rows: [] }]),
  );
  putRows(
    catalogue,
    (planId) => keysFor(planId, keys, planKeys),
    (table, ...rows) => {
      const names = COLUMNS.get(table)?.names ?? [];
      made[table]?.rows.push(...rows.map((row) => names.map((name) => textIn(row, name))));
    },
  );
  return made;
}

/** @throws when the row does not say what the column holds */
function textIn(row: Row, column: string): string | null {
  const value = row[column] ?? null;
  if (value === null && !(column in row)) throw new Error(`a row of the catalogue lacks ${column}`);
  return typeof value === "string" || value === null ? value : String(value);
}

/** Makes the tables of the schema `memory.raw` and fills them. */
export async function loadTables(connection: DuckDBConnection, tables: Tables): Promise<void> {
  const made = Object.entries(tables).map(
    ([table, { columns }]) => `create table memory.raw.${quoteName(table)} (${columns});`,
  );
  await connection.run(`create schema if not exists memory.raw; ${made.join("")}`);
  await appendTables(connection, tables);
}

/** Adds rows to tables of the schema `memory.raw` that are there. */
export async function appendTables(connection: DuckDBConnection, tables: Tables): Promise<void> {
  for (const [table, { rows }] of Object.entries(tables)) {
    if (rows.length > 0) await appendRows(connection, { schema: "raw", table }, rows);
  }
}

/** The keys of a plan's rows: of its own span where its key is known, else the next ones. */
function keysFor(
  planId: string,
  keys: Keys,
  planKeys: ReadonlyMap<string, number> | undefined,
): Keys {
  const plan = planKeys?.get(planId);
  return plan === undefined ? keys : { plan, next: plan * PLAN_SPAN, end: (plan + 1) * PLAN_SPAN };
}

function putRows(catalogue: Catalogue, keysOfPlan: (planId: string) => Keys, put: Put): void {
  for (const area of catalogue.areas) {
    put("area", { ...area, name_within_sentence: nameWithinSentence(area) });
    if (area.population !== null) put("area_population", { ...area });
  }
  for (const { on, exact, ...areas } of catalogue.successors) {
    put("area_successor", { ...areas, succeeded_on: on, is_exact: exact });
  }
  for (const { area_id, column, row } of catalogue.tiles) {
    put("area_tile", { area_id, map_column: column, map_row: row });
  }
  for (const { code, area, name, short_name, contact, phone, email } of catalogue.officeUnits) {
    put("office_unit", {
      office_code: code,
      area_code: area || null,
      unit_name: name,
      unit_short_name: short_name,
      contact: contact || null,
      phone: phone || null,
      email: email || null,
    });
  }
  const indicators = indicatorsOf(catalogue.plans);
  const keyedPlans = catalogue.plans.map((resolved) =>
    keysOf(resolved, indicators.get(resolved.plan.id) ?? [], keysOfPlan(resolved.plan.id)),
  );
  for (const plan of keyedPlans) {
    const earlier = keyedPlans.find(
      (one) => one.resolved.plan.id === plan.resolved.plan.continues?.plan,
    );
    addPlan(plan, earlier ?? null, put);
    const { next, end = next } = plan.keys;
    if (next > end) throw new Error(`${plan.resolved.plan.id} has more than ${PLAN_SPAN} keys`);
  }
}

type Put = (table: CatalogueTable, ...rows: Row[]) => void;

/** The next keys: of a plan, and of anything that plans hold. */
export interface Keys {
  plan: number;
  next: number;
  /** The first key that is another plan's. */
  end?: number;
}

/** A plan with the keys of all that it holds. */
interface KeyedPlan {
  readonly resolved: ResolvedPlan;
  readonly key: number;
  /** What further keys of the plan are taken from. */
  readonly keys: Keys;
  readonly indicators: readonly CatalogueIndicator[];
  readonly keyOf: (section: "period" | "measure" | "indicator" | "unit", code: string) => number;
}

function keysOf(
  resolved: ResolvedPlan,
  indicators: readonly CatalogueIndicator[],
  keys: Keys,
): KeyedPlan {
  const { plan } = resolved;
  const key = keys.plan++;
  const keyed = (codes: readonly string[]): Map<string, number> =>
    new Map(codes.map((code) => [code, keys.next++]));
  const codes = (list: readonly { code: string }[]): string[] => list.map(({ code }) => code);
  const sections = {
    period: keyed(codes(plan.periods)),
    measure: keyed(codes(plan.measures)),
    indicator: keyed(codes(indicators)),
    unit: keyed(resolved.units.map(({ unit_id }) => unit_id)),
  };
  const keyOf: KeyedPlan["keyOf"] = (section, code) => {
    const found = sections[section].get(code);
    if (found === undefined) throw new Error(`plan ${plan.id} has no ${section} ${code}`);
    return found;
  };
  return { resolved, key, keys, indicators, keyOf };
}

function addPlan(keyed: KeyedPlan, earlier: KeyedPlan | null, put: Put): void {
  const { resolved, key: plan_key, keyOf } = keyed;
  const { plan } = resolved;
  addHead(keyed, earlier, put);
  addRules(keyed, null, plan.added_rules, put);
  plan.glossary.forEach((term, index) => {
    put("plan_term", { ...term, plan_key, term_no: index + 1 });
  });
  resolved.areas.forEach((area, index) => {
    put("reporting_area", {
      ...area,
      plan_key,
      area_no: index + 1,
      area_name: area.called,
      area_name_within_sentence: area.calledWithinSentence,
    });
  });
  resolved.units.forEach((unit, index) => {
    const unit_key = keyOf("unit", unit.unit_id);
    put("unit", {
      plan_key,
      plan_id: plan.id,
      unit_key,
      unit_id: unit.unit_id,
      unit_code: unit.code,
      unit_name: unit.name,
      unit_short_name: unit.short_name,
      item: unit.item,
      unit_no: index + 1,
      area_id: unit.area?.area_id,
      office_code: unit.office_code,
    });
    put("unit_entry", { unit_key, entry_no: entryNo(plan, unit.entry) });
  });
  plan.periods.forEach(({ covers, ...period }, index) => {
    const period_key = keyOf("period", period.code);
    put("period", {
      ...period,
      plan_key,
      plan_id: plan.id,
      period_key,
      period: period.code,
      period_name: period.name,
      is_estimate: period.estimate,
      is_base: covers.length === 0,
      period_no: index + 1,
    });
    for (const code of covers) {
      put("period_cover", { period_key, covered_key: keyOf("period", code) });
    }
  });
  const guards = guardedGroups(keyed);
  plan.measures.forEach((measure, index) => {
    addMeasure(keyed, measure, index, guards, put);
  });
  if (earlier !== null) {
    for (const [own, theirs] of continuedMeasures(plan, earlier.resolved.plan)) {
      const earlier_key = earlier.keyOf("measure", theirs);
      put("measure_continues", { measure_key: keyOf("measure", own), earlier_key });
    }
  }
  for (const { measure, area_id, period, value, source } of resolved.baselines) {
    put("baseline", { ...period, measure_key: keyOf("measure", measure), area_id, value, source });
  }
  addPlaces(keyed, put);
  keyed.indicators.forEach((indicator, index) => {
    addIndicator(keyed, indicator, index, put);
    if (earlier !== null && indicator.earlier !== null) {
      const earlier_key = earlier.keyOf("indicator", indicator.earlier);
      put("indicator_continues", {
        indicator_key: keyOf("indicator", indicator.code),
        earlier_key,
      });
    }
  });
}

function addHead({ resolved, key }: KeyedPlan, earlier: KeyedPlan | null, put: Put): void {
  const { plan } = resolved;
  put("plan", {
    plan_key: key,
    plan_id: plan.id,
    number: plan.number,
    title: plan.title,
    short_title: plan.short_title,
    issuer: plan.issuer,
    carries_out: plan.carries_out,
    issued_on: plan.issued_on,
    in_force_from: plan.in_force_from,
    source: plan.source,
    reports_to: plan.reports_to,
    document_superior: plan.document?.superior,
    document_agency: plan.document?.agency ?? plan.issuer,
    document_abbreviation: plan.document?.abbreviation ?? "…",
    document_place: plan.document?.place ?? resolved.area.name,
    document_authority: plan.document?.authority,
    document_signatory_title: plan.document?.signatory_title,
    document_signatory: plan.document?.signatory,
    document_recipients: JSON.stringify(plan.document?.recipients ?? [plan.reports_to]),
    document_filed_at: plan.document?.filed_at ?? "VT",
    document_addressed_to: plan.document?.addressed_to,
    document_is_internal: plan.document?.internal_use ?? false,
    area_id: resolved.area.area_id,
    area_code: resolved.area.code,
    area_name: resolved.area.name,
    area_noun: plan.area.noun,
    reporting_area_noun: plan.reporting_area_noun,
    plan_sha256: resolved.sha256,
    continues_key: earlier?.key,
  });
}

/** The place of an entry among those of a plan's units, from 1. */
function entryNo(plan: Plan, code: string): number {
  return plan.units.findIndex((one) => one.code === code) + 1;
}

function addMeasure(
  { resolved, key: plan_key, keyOf }: KeyedPlan,
  measure: PlanMeasure,
  index: number,
  guards: ReadonlyMap<string, number>,
  put: Put,
): void {
  const { plan } = resolved;
  const { code, percentage_of } = measure;
  const measure_key = keyOf("measure", code);
  put("measure", {
    measure_key,
    plan_key,
    measure: code,
    measure_no: index + 1,
    measure_name: measure.name,
    unit_of_measure: measure.unit_of_measure,
    kind: measure.kind,
    over_time: measure.over_time,
    over_areas: measure.over_areas,
    is_sensitive: measure.sensitive,
    is_guarded: guards.has(code),
    guard_group: guards.get(code),
    at_most_key: measure.at_most === undefined ? null : keyOf("measure", measure.at_most),
    explanation: measure.explanation,
    reported_by: [
      measure.reported_by.map((unit) => entryName(plan, unit)).join(", "),
      ...(measure.asked_of === undefined ? [] : [`(chỉ ${askedNoun(plan, [code])})`]),
    ].join(" "),
    sums_over: measure.sums_over,
    applies_from: beginningOf(plan, measure.from),
    decimals: measure.decimals,
    by_area: measure.by_area,
  });
  for (const { period, isOwed, isBase, parts } of periodsOf(plan, measure)) {
    const period_key = keyOf("period", period.code);
    put("measure_period", { measure_key, period_key, is_owed: isOwed, is_base: isBase });
    for (const part of parts) {
      put("measure_cover", { measure_key, period_key, part_key: keyOf("period", part.code) });
    }
  }
  for (const part of measure.parts) {
    put("measure_part", { measure_key, part_key: keyOf("measure", part) });
  }
  for (const unit of measure.reported_by) {
    put("measure_entry", { measure_key, entry_no: entryNo(plan, unit) });
  }
  for (const area of resolved.areas) {
    if (!isAskedOf(measure, area)) put("measure_unasked", { measure_key, area_id: area.area_id });
  }
  if (percentage_of !== undefined) {
    const { part, whole } = percentage_of;
    const keys = { part_key: keyOf("measure", part), whole_key: keyOf("measure", whole) };
    put("measure_percentage", { measure_key, ...keys });
  }
}

/** What an entry of a plan's units is called: `UBND phường, xã` where it is one of each area. */
function entryName(plan: Plan, code: string): string {
  const unit = plan.units.find((one) => one.code === code);
  if (unit === undefined) return code;
  return unit.each_area
    ? unit.short_name.replace("{area}", plan.reporting_area_noun ?? "địa bàn")
    : unit.short_name;
}

/** Rules that were added to a plan, or to one of its indicators. */
function addRules(
  { key: plan_key }: KeyedPlan,
  indicator_code: string | null,
  rules: readonly string[],
  put: Put,
): void {
  rules.forEach((rule_text, index) => {
    put("plan_rule", { plan_key, indicator_code, rule_no: index + 1, rule_text });
  });
}

/** The first day of the period with a code; null without one. */
function beginningOf(plan: Plan, code: string | undefined): string | null {
  return plan.periods.find((period) => period.code === code)?.data_from ?? null;
}

/**
 * The sensitive measures of a plan with all that are tied to them, by an indicator, a bound or a
 * total, directly or through others.
 * @returns the number of its group for every such measure.
 */
function guardedGroups({ resolved, indicators, keys }: KeyedPlan): Map<string, number> {
  const { plan } = resolved;
  const ties = [
    ...indicators.map(({ value }) => measuresUnder(plan, value)),
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

function addPlaces({ resolved, keyOf }: KeyedPlan, put: Put): void {
  const count = new Map<string, number>();
  for (const { measure } of resolved.places) count.set(measure, (count.get(measure) ?? 0) + 1);
  for (const { measure, unit_id, area_id } of resolved.places) {
    const unit_key = keyOf("unit", unit_id);
    const place_key = area_id ?? (count.get(measure) === 1 ? 0 : -unit_key);
    put("measure_place", { measure_key: keyOf("measure", measure), place_key, unit_key, area_id });
  }
}

function addIndicator(
  keyed: KeyedPlan,
  { code, value, words, isShown, of }: CatalogueIndicator,
  index: number,
  put: Put,
): void {
  const { resolved, key: plan_key, keyOf } = keyed;
  const { plan } = resolved;
  const indicator_key = keyOf("indicator", code);
  const target = isShown ? (resolved.targets.get(code) ?? null) : null;
  const parts = partsOf(value);
  const { isByArea, isByAreaOnly, hasAverage } = placesUnder(resolved, value);
  const change = value.kind === "change" ? value : null;
  const isPeriod = change !== null && change.from !== "last_year" && change.from !== "previous";
  const changePlace = isPeriod ? periodPlace(plan, change.from) : null;
  put("indicator", {
    indicator_key,
    plan_key,
    indicator_code: code,
    indicator_no: index + 1,
    group_code: words.group,
    group_name: plan.groups.find((group) => group.code === words.group)?.name ?? words.group,
    indicator_name: words.name,
    short_name: words.short_name,
    quote: words.quote,
    unit_of_measure: isShown ? words.unit_of_measure : unitUnder(plan, value),
    value_kind: value.kind,
    factor: factorOf(value),
    comparator: target === null ? null : words.target.comparator,
    target_value: target === null ? null : soleNumber(target),
    target_text: target === null ? null : wholeTargetText(plan, words, target.groups),
    pace: target === null ? "none" : words.target.pace,
    formula: formulaOf(plan, value),
    // a count adds up whatever is reported, where it is reported
    parts_needed: value.kind === "count" ? 1 : parts.length,
    is_by_area: isByArea,
    is_by_area_only: isByAreaOnly,
    // averages are exact in parts of a figure that every number of periods and places divides
    unit: hasAverage ? 768398400 : 1,
    // what a change compares is known from before the change is asked for
    applies_from: isShown ? beginningOf(plan, words.from) : null,
    is_flow: isFlow(plan, value),
    is_count_flow: value.kind === "count" && isFlow(plan, value),
    is_shown: isShown,
    is_due_each: target !== null && words.target.due === "each_period",
    scope: target?.scope ?? "whole",
    of_key: of === null ? null : keyOf("indicator", of),
    change_from: isPeriod ? "period" : change?.from,
    change_period: isPeriod ? change.from : null,
    // `fall` is points the other way round, where less is better
    change_as:
      change?.as === "ranks" ? (change.better === "lower" ? "fall" : "points") : change?.as,
    change_kind: changePlace?.kind,
    change_year: changePlace?.year,
    change_position: changePlace?.position,
  });
  parts.forEach(({ measure, ...part }, partIndex) => {
    const measure_key = keyOf("measure", measure);
    put("indicator_part", { ...part, indicator_key, part_no: partIndex + 1, measure_key });
  });
  if (value.kind === "all_of_indicators") {
    value.indicators.forEach((component, componentIndex) => {
      const component_key = keyOf("indicator", component);
      const component_no = componentIndex + 1;
      put("indicator_component", { indicator_key, component_no, component_key });
    });
  }
  if (target !== null) addTarget(target, indicator_key, keyOf, put);
  if (isShown) addRules(keyed, code, words.added_rules, put);
}

function addTarget(
  { rows, groups, outlived }: ResolvedTarget,
  indicator_key: number,
  keyOf: KeyedPlan["keyOf"],
  put: Put,
): void {
  for (const row of [...rows, ...outlived]) {
    put("target", {
      indicator_key,
      area_id: row.area?.area_id,
      group_no: row.groupNo,
      due_key: keyOf("period", row.due.code),
      effective_from: row.effectiveFrom,
      // null: the area is no more when it is due
      target_value: outlived.includes(row) ? null : row.value,
      target_to: row.to,
      pace_from: row.paceFrom,
      pace_from_source: row.paceFromSource,
    });
  }
  for (const { no, name, areas } of groups) {
    for (const { area_id } of areas) {
      put("target_group", { indicator_key, group_no: no, group_name: name, area_id });
    }
  }
}

/** The number of a target that has one for the whole, at its last due period. */
function soleNumber({ rows }: ResolvedTarget): string | null {
  const whole = rows.filter(({ area, groupNo }) => area === null && groupNo === null);
  return whole.at(-1)?.value ?? null;
}

function factorOf(value: PlanIndicatorValue): number {
  switch (value.kind) {
    case "ratio":
      return value.factor;
    case "count":
      return 1;
    case "change":
      return value.as === "percent" ? 100 : 1;
    default:
      return 100;
  }
}

/** The unit of measure of a value that a change compares. */
function unitUnder(plan: Plan, value: PlanIndicatorValue): string {
  const unitOf = (code: string | undefined): string =>
    plan.measures.find((measure) => measure.code === code)?.unit_of_measure ?? "";
  if (value.kind === "count") return unitOf(value.measures[0]);
  if (value.kind !== "ratio" || value.factor === 100) return "%";
  const per = value.factor === 1 ? "" : `${decimalText(String(value.factor))} `;
  return `${unitOf(value.numerator[0])}/${per}${unitOf(value.denominator[0])}`;
}

/** Where a value is known: by area, by area alone; and whether an average is in it. */
function placesUnder(
  resolved: ResolvedPlan,
  value: PlanIndicatorValue,
): { readonly isByArea: boolean; readonly isByAreaOnly: boolean; readonly hasAverage: boolean } {
  const { plan } = resolved;
  if (value.kind === "all_of_indicators") {
    const under = value.indicators.map((code) => {
      const component = plan.indicators.find((indicator) => indicator.code === code);
      if (component === undefined) throw new Error(`plan ${plan.id} has no indicator ${code}`);
      return placesUnder(resolved, component.value);
    });
    return {
      isByArea: under.every(({ isByArea }) => isByArea),
      isByAreaOnly: under.every(({ isByAreaOnly }) => isByAreaOnly),
      hasAverage: false,
    };
  }
  const codes = new Set(measuresUnder(plan, value));
  const bounds = new Set(
    plan.measures.flatMap((one) => (codes.has(one.code) ? [one.at_most] : [])),
  );
  const places = resolved.places.filter(({ measure }) => codes.has(measure));
  return {
    isByArea: places.some(({ area_id }) => area_id !== null),
    isByAreaOnly: places.every(({ area_id }) => area_id !== null),
    hasAverage: plan.measures.some(
      ({ code, over_time, over_areas }) =>
        (codes.has(code) || bounds.has(code)) &&
        (over_time === "average" || over_areas === "average"),
    ),
  };
}

interface IndicatorPart {
  readonly role: "numerator" | "denominator" | "condition";
  readonly measure: string;
  readonly comparator: string | null;
  readonly threshold: string | null;
}

function partsOf(value: PlanIndicatorValue): IndicatorPart[] {
  switch (value.kind) {
    case "ratio":
      return [
        ...figuresOf("numerator", value.numerator),
        ...figuresOf("denominator", value.denominator),
      ];
    case "count":
      return figuresOf("numerator", value.measures);
    case "change":
    case "all_of_indicators":
      return [];
    default:
      return value.conditions.map(({ measure, comparator, value: threshold }) => ({
        role: "condition",
        measure,
        comparator,
        threshold,
      }));
  }
}

function figuresOf(
  role: "numerator" | "denominator",
  measures: readonly string[],
): IndicatorPart[] {
  return measures.map((measure) => ({ role, measure, comparator: null, threshold: null }));
}
