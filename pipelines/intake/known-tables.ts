import type { DuckDBConnection } from "@duckdb/node-api";
import type { Catalogue } from "../sources/catalogue.ts";
import { loadTables, tablesOf } from "../sources/catalogue-tables.ts";

/**
 * What files are judged against, as temporary tables. A unit or an area is known by its code only
 * within a period, since codes are used again for others.
 */
const KNOWN_TABLES = `
create temp table known_plan as
select
    plan.plan_key, plan.plan_id, plan.number, plan.plan_sha256 as sha256, plan.in_force_from,
    string_agg(period.period, ', ' order by period.period_no) as known_periods, plan.area_code
from raw.plan as plan
left join raw.period as period using (plan_key)
group by all
order by plan.plan_key;

create temp table known_period as
select plan_key, period_key, period as code, period_name as name, data_from, data_to
from raw.period;

create temp table known_unit as
select
    unit.plan_key, unit.unit_key, unit.unit_id, unit.unit_code as code, unit.unit_name as name,
    entry.entry_no, unit.area_id, area.valid_from, area.valid_to, unit.unit_short_name as short_name
from raw.unit as unit
join raw.unit_entry as entry using (unit_key)
left join raw.area as area using (area_id)
order by unit.unit_key;

create temp table known_place as
select area_id, code, name, valid_from, valid_to
from raw.area;

create temp table known_succession as
select area_id, successor_id, is_exact
from raw.area_successor;

create temp table known_area as
select plan_key, area_id, code, name, valid_from, valid_to
from raw.reporting_area
join raw.area using (area_id)
order by plan_key, area_no;

create temp table known_measure as
select
    plan_key, measure_key, measure as code, measure_name as name, unit_of_measure,
    kind, decimals, by_area, over_time, at_most_key
from raw.measure
join raw.measure_form using (measure_key)
order by measure_key;

create temp table known_reporter as
select measure_key, entry_no
from raw.measure_entry;

create temp table known_part as
select measure_key, part_key
from raw.measure_part;

create temp table known_percentage as
select measure_key, part_key, whole_key
from raw.measure_percentage;

create temp table unit_in_period as
select plan_key, period_key, unit.code, min(unit_key) as unit_key
from known_period as period
join known_unit as unit using (plan_key)
where
    (valid_from is null or valid_from <= data_to)
    and (valid_to is null or data_to <= valid_to)
group by plan_key, period_key, unit.code;

create temp table area_in_period as
select plan_key, period_key, area.code, min(area_id) as area_id
from known_period as period
join known_area as area using (plan_key)
where
    (valid_from is null or valid_from <= data_to)
    and (valid_to is null or data_to <= valid_to)
group by plan_key, period_key, area.code;

create temp table area_name as
select area_id, any_value("name") as "name"
from known_area
group by area_id;

-- areas that a file names in a way that leaves open which is meant, or that are not valid then
create temp table name_fault (
    plan varchar, period varchar, area varchar, code varchar, area_id integer, known varchar
);
`;

/** Creates and fills the tables `known_*`, `unit_in_period` and `area_in_period`. */
export async function loadKnownTables(
  connection: DuckDBConnection,
  catalogue: Catalogue,
): Promise<void> {
  const tables = tablesOf(catalogue, [
    "plan",
    "period",
    "unit",
    "unit_entry",
    "area",
    "area_successor",
    "reporting_area",
    "measure",
    "measure_entry",
    "measure_form",
    "measure_part",
    "measure_percentage",
  ]);
  await loadTables(connection, tables);
  await connection.run(KNOWN_TABLES);
}
