import type { DuckDBConnection } from "@duckdb/node-api";
import type { Catalogue } from "../sources/catalogue.ts";
import { appendRows, type Field } from "../warehouse/append-rows.ts";

/**
 * What files are judged against, as temporary tables with small integer keys. A unit or an area is
 * known by its code only within a period, since codes are used again for others.
 */
const KNOWN_TABLES = `
create temp table known_plan (
    plan_no integer, plan_id varchar, number varchar, sha256 varchar, in_force_from date,
    known_periods varchar, area_code varchar
);
create temp table known_period (
    plan_no integer, period_no integer, code varchar, name varchar, data_from date, data_to date
);
create temp table known_unit (
    plan_no integer, unit_no integer, unit_id varchar, code varchar, name varchar,
    entry_no integer, area_id integer, valid_from date, valid_to date, short_name varchar
);
create temp table known_place (
    area_id integer, code varchar, name varchar, valid_from date, valid_to date
);
create temp table known_succession (area_id integer, successor_id integer, is_exact boolean);
create temp table known_area (
    plan_no integer, area_id integer, code varchar, name varchar, valid_from date, valid_to date
);
create temp table known_measure (
    plan_no integer, measure_no integer, code varchar, name varchar, unit_of_measure varchar,
    kind varchar, decimals integer, by_area boolean, over_time varchar, at_most_no integer
);
create temp table known_reporter (measure_no integer, entry_no integer);
create temp table known_part (measure_no integer, part_no integer);
create temp table known_percentage (measure_no integer, part_no integer, whole_no integer);
-- areas that a file names in a way that leaves open which is meant, or that are not valid then
create temp table name_fault (
    plan varchar, period varchar, area varchar, code varchar, area_id integer, known varchar
);
`;

const KNOWN_IN_PERIOD = `
create temp table unit_in_period as
select plan_no, period_no, unit.code, arg_min(unit_no, unit_no) as unit_no
from known_period as period
join known_unit as unit using (plan_no)
where
    (valid_from is null or valid_from <= data_to)
    and (valid_to is null or data_to <= valid_to)
group by plan_no, period_no, unit.code;

create temp table area_in_period as
select plan_no, period_no, area.code, min(area_id) as area_id
from known_period as period
join known_area as area using (plan_no)
where
    (valid_from is null or valid_from <= data_to)
    and (valid_to is null or data_to <= valid_to)
group by plan_no, period_no, area.code;

create temp table area_name as
select area_id, any_value("name") as "name"
from known_area
group by area_id;
`;

/** Creates and fills the temporary tables `known_*`, `unit_in_period` and `area_in_period`. */
export async function loadKnownTables(
  connection: DuckDBConnection,
  catalogue: Catalogue,
): Promise<void> {
  await connection.run(KNOWN_TABLES);
  const rows = knownRows(catalogue);
  for (const [table, tableRows] of Object.entries(rows)) {
    await appendRows(connection, table, tableRows);
  }
  await connection.run(KNOWN_IN_PERIOD);
}

function knownRows(catalogue: Catalogue): Record<string, Field[][]> {
  const rows = {
    known_plan: [] as Field[][],
    known_period: [] as Field[][],
    known_unit: [] as Field[][],
    known_area: [] as Field[][],
    known_place: catalogue.areas.map(({ area_id, code, name, valid_from, valid_to }): Field[] => [
      area_id,
      code,
      name,
      valid_from,
      valid_to,
    ]),
    known_succession: catalogue.successors.map(({ area_id, successor_id, exact }): Field[] => [
      area_id,
      successor_id,
      exact,
    ]),
    known_measure: [] as Field[][],
    known_reporter: [] as Field[][],
    known_part: [] as Field[][],
    known_percentage: [] as Field[][],
  };
  let last = 0;
  const next = (): number => {
    last += 1;
    return last;
  };
  for (const { plan, sha256, units, areas } of catalogue.plans) {
    const planNo = next();
    const periods = plan.periods.map(({ code }) => code).join(", ");
    rows.known_plan.push([
      planNo,
      plan.id,
      plan.number,
      sha256,
      plan.in_force_from,
      periods,
      plan.area.code,
    ]);
    for (const { code, name, data_from, data_to } of plan.periods) {
      rows.known_period.push([planNo, next(), code, name, data_from, data_to]);
    }
    const entryNo = new Map(plan.units.map(({ code }) => [code, next()]));
    for (const { unit_id, code, name, short_name, entry, area } of units) {
      const validity = [area?.valid_from ?? null, area?.valid_to ?? null];
      const areaId = area?.area_id ?? null;
      rows.known_unit.push([
        planNo,
        next(),
        unit_id,
        code,
        name,
        entryNo.get(entry) ?? null,
        areaId,
        ...validity,
        short_name,
      ]);
    }
    for (const { area_id, code, name, valid_from, valid_to } of areas) {
      rows.known_area.push([planNo, area_id, code, name, valid_from, valid_to]);
    }
    const measureNo = new Map(plan.measures.map(({ code }) => [code, next()]));
    const numberOf = (code: string | undefined): number | null =>
      code === undefined ? null : (measureNo.get(code) ?? null);
    for (const measure of plan.measures) {
      const own = numberOf(measure.code);
      rows.known_measure.push([
        planNo,
        own,
        measure.code,
        measure.name,
        measure.unit_of_measure,
        measure.kind,
        measure.decimals,
        measure.by_area,
        measure.over_time,
        numberOf(measure.at_most),
      ]);
      for (const entry of measure.reported_by) {
        rows.known_reporter.push([own, entryNo.get(entry) ?? null]);
      }
      for (const part of measure.parts) rows.known_part.push([own, numberOf(part)]);
      const ratio = measure.percentage_of;
      if (ratio !== undefined) {
        rows.known_percentage.push([own, numberOf(ratio.part), numberOf(ratio.whole)]);
      }
    }
  }
  return rows;
}
