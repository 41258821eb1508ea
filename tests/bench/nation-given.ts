import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { unitsBelow, unitsCoded } from "../../pipelines/sources/areas/country.ts";
import { type Catalogue, readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { withConnection } from "../../pipelines/warehouse/connection.ts";
import { quoteLiteral } from "../../pipelines/warehouse/sql.ts";

/** The official provinces from 1 July 2025 on, by code, with the codes of their communes. */
export function provinces(): { readonly code: string; readonly communes: readonly string[] }[] {
  const isNow = ({ area }: { area: { valid_to: string | null } }): boolean =>
    area.valid_to === null;
  return Array.from({ length: 97 }, (_, number) => String(number).padStart(2, "0")).flatMap(
    (code) =>
      unitsCoded(code)
        .filter(isNow)
        .map((unit) => ({
          code,
          communes: unitsBelow(unit)
            .filter(isNow)
            .map(({ area }) => area.code),
        })),
  );
}

/** Measures of every plan: code, over time, at most which other, greatest figure of a commune. */
export const MEASURES: readonly (readonly [
  code: string,
  overTime: string,
  most: number,
  atMost?: string,
])[] = [
  ["households", "last", 4000],
  ["served", "last", 4000, "households"],
  ["received", "sum", 40],
  ["solved", "sum", 40, "received"],
  ["staff", "last", 60],
  ["trained", "sum", 25],
  ["sites", "last", 30],
  ["inspected", "sum", 9],
  ["fires", "sum", 3],
  ["complaints", "sum", 12],
  ["late", "sum", 12, "complaints"],
];

const ratio = (numerator: string, denominator: string): object => ({
  kind: "ratio",
  numerator: numerator.split(" "),
  denominator: denominator.split(" "),
});
const count = (...measures: string[]): object => ({ kind: "count", measures });

/** Twelve indicators: value, comparator, target of a ratio or, of a count, of each commune, and more. */
const INDICATORS: readonly (readonly [object, string, number, object?])[] = [
  [ratio("solved", "received"), ">=", 60, { due: "each_period" }],
  [ratio("served", "households"), ">=", 55],
  [ratio("trained", "staff"), ">", 70, { pace: "linear" }],
  [ratio("inspected", "sites"), ">=", 100],
  [ratio("late", "complaints"), "<=", 55, { due: "each_period" }],
  [ratio("solved inspected", "received sites"), ">=", 50, { for: "whole" }],
  [count("trained"), ">=", 46, { pace: "linear" }],
  [count("served"), ">=", 2000],
  [count("sites"), ">=", 20],
  [count("fires"), "<=", 3],
  [count("complaints"), "<", 30],
  [count("inspected", "trained"), ">=", 50, { due: "each_period" }],
];

const PERIODS = [
  ["Q1", "quarter", "01-01", "03-31", "04-10"],
  ["Q2", "quarter", "04-01", "06-30", "07-10"],
  ["Q3", "quarter", "07-01", "09-30", "10-10"],
  ["Q4", "quarter", "10-01", "12-31", "01-10"],
] as const;

/** A plan of 2026 and the areas that it is about, written below a folder. */
export interface Level {
  readonly id: string;
  /** `VN`, or the code of a province. */
  readonly area: string;
  /** Codes of the provinces whose communes report; of the ministry, provinces themselves report. */
  readonly provinces: readonly string[];
  readonly communes: number;
  /** The plans that its measures are taken from. */
  readonly takenFrom?: readonly string[];
}

/** Writes the sources of a level and reads them. */
export function writeLevel(folder: string, level: Level): Catalogue {
  mkdirSync(join(folder, "plans"), { recursive: true });
  mkdirSync(join(folder, "areas"), { recursive: true });
  const lines = level.area === "VN" ? ["1000,VN,Việt Nam,country,,,,made up"] : [];
  const head = "area_id,code,name,kind,parent_id,valid_from,valid_to,source";
  writeFileSync(join(folder, "areas", "areas.csv"), `${[head, ...lines].join("\n")}\n`);
  writeFileSync(join(folder, "plans", "plan.yaml"), stringify(planOf(level)));
  return readCatalogue(folder);
}

function planOf({ id, area, provinces, communes, takenFrom }: Level): object {
  const inAll = (target: number): number => target * communes;
  return {
    schema: 2,
    id,
    number: "1/KH-UBND",
    title: "Kế hoạch thử",
    short_title: "Thử",
    issuer: "Cơ quan",
    issued_on: "2026-01-01",
    in_force_from: "2026-01-01",
    source: "made up",
    reports_to: "Cơ quan cấp trên",
    area: { code: area, noun: "địa bàn" },
    takes_unsigned: true,
    document: {
      agency: `Cơ quan ${area}`,
      abbreviation: "UBND",
      place: "X",
      authority: "TM. Ủy ban nhân dân",
      signatory_title: "Chủ tịch",
      recipients: ["Cơ quan cấp trên"],
      filed_at: "VT",
      addressed_to: "Cơ quan cấp trên",
    },
    reporting_areas:
      takenFrom === undefined
        ? provinces.map((code) => ({ children_of: code }))
        : [{ codes: provinces }],
    groups: [{ code: "1", name: "Chung" }],
    units: [{ code: "X", item: 1, name: "UBND {area}", short_name: "{area}", each_area: true }],
    periods: PERIODS.map(([code, kind, from, to, due], index) => ({
      ...{ code, name: `Kỳ ${code}`, kind, year: 2026, position: index + 1, positions: 4 },
      ...{ data_from: `2026-${from}`, data_to: `2026-${to}`, estimate: false },
      due_before: `${code === "Q4" ? 2027 : 2026}-${due}`,
    })),
    measures: MEASURES.map(([code, over_time, , at_most]) => ({
      ...{ code, name: `Số liệu ${code}`, unit_of_measure: "việc", kind: "count" },
      ...{ reported_by: ["X"], over_time, over_areas: "sum", sensitive: false },
      ...(at_most === undefined ? {} : { at_most }),
      ...(takenFrom === undefined ? {} : { taken_from: { plan: takenFrom, measure: code } }),
    })),
    indicators: INDICATORS.map(([value, comparator, target, more], index) => ({
      ...{ code: `${index + 1}`, group: "1", name: `Chỉ tiêu ${index + 1}` },
      ...{ short_name: `Chỉ tiêu ${index + 1}`, unit_of_measure: "%", value },
      ...quoted(
        comparator,
        "measures" in value && !("for" in (more ?? {})) ? inAll(target) : target,
        more,
      ),
    })),
  };
}

function quoted(comparator: string, value: number, more: object = {}): object {
  const quote = `${value.toLocaleString("vi-VN")}`;
  return { quote, target: { comparator, value, ...more } };
}

/** The codes of some provinces' communes, as they report. */
export function communesOf(codes: readonly string[]): string[] {
  return provinces()
    .filter(({ code }) => codes.includes(code))
    .flatMap(({ communes }) => communes);
}

/**
 * Writes what some communes report for a quarter, the same in every plan: one in 40 is silent, one
 * figure in 90 is blank, and now and then something of nothing was done.
 * @param more added to each figure that one commune reports, by its code: a correction
 */
export async function writeQuarter(
  file: string,
  plan: string,
  communes: readonly string[],
  quarter: number,
  more: Readonly<Record<string, number>> = {},
): Promise<void> {
  const measures = MEASURES.map(([code, , most, atMost = null], line) => ({
    code,
    line: line + 1,
    most,
    atMost,
  }));
  await withConnection(async (connection) => {
    await connection.run(`
      create macro noise(place, line, salt) as
          hash(place || ':${quarter}:' || line || ':' || salt) % 1000003;
      create table measure as select unnest(from_json(${quoteLiteral(JSON.stringify(measures))}, '[{"code":"VARCHAR","line":"INT","most":"BIGINT","atMost":"VARCHAR"}]'), recursive := true);
      create table commune as select unnest(${JSON.stringify(communes).replaceAll('"', "'")}) as code;
      create table more as from (values ${Object.entries({ "": 0, ...more })
        .map(([code, added]) => `('${code}', ${added})`)
        .join(", ")}) as more(code, added)`);
    await connection.run(`copy (
      select
          ${quoteLiteral(plan)} as plan,
          'X-' || commune.code as unit,
          'Q${quarter}' as period,
          '' as area,
          measure.code as measure,
          case
              when noise(commune.code, measure.line, 'blank') % 90 = 0 then null
              when measure."atMost" is null
                  then noise(commune.code, measure.line, 'figure') % (measure.most + 1) + coalesce(more.added, 0)
              else (noise(commune.code, bound.line, 'figure') % (bound.most + 1) + coalesce(more.added, 0))
                  * (40 + noise(commune.code, measure.line, 'part') % 50) // 100
          end as "value",
          '' as note,
      from commune
      cross join measure
      left join measure as bound on measure."atMost" = bound.code
      left join more on commune.code = more.code
      where noise(commune.code, 0, 'silent') % 40 <> 0
      order by unit, measure.line
    ) to ${quoteLiteral(file)} (header)`);
  });
}

/** What is said of a whole; whether it is provisional comes apart. */
const SAID = [
  ...["numerator", "denominator", "value", "status", "attained", "target_value", "pace_value"],
  ...["is_due", "numerator_in_period", "denominator_in_period", "value_in_period"],
];

const structOf = (names: readonly string[]): string =>
  `{${names.map((name) => `'${name}': ${name}`).join(", ")}}::varchar as said`;

/**
 * Rows in which a ministry that took in packages and a warehouse of all communes differ: of the whole
 * in all that is said of it, of each province in the sums of its communes that count. is_safe: what the
 * ministry calls provisional is final where every commune is known, which is no contradiction.
 */
export const DIFFERENCES = `
with of_place as (
    select commune.province as area, indicator_code, period,
        sum(numerator) filter (where areas_left_out = 0) as numerator,
        sum(denominator) filter (where areas_left_out = 0) as denominator
    from everything.marts.attainment_by_ward_period as place
    join commune on place.area_code = commune.commune
    group by all
),
ministry as (
    select '' as area, indicator_code, period, is_provisional, ${structOf(SAID)}
    from ministry.marts.attainment_by_plan_period
    union all
    select area_code, indicator_code, period, false, ${structOf(SAID.slice(0, 2))}
    from ministry.marts.attainment_by_ward_period
),
everything as (
    select '' as area, indicator_code, period, is_provisional, ${structOf(SAID)}
    from everything.marts.attainment_by_plan_period
    union all
    select area, indicator_code, period, false, ${structOf(SAID.slice(0, 2))} from of_place
)
select
    area, indicator_code, period, ministry.said as ministry, everything.said as everything,
    ministry.is_provisional, everything.is_provisional as is_provisional_of_all,
    coalesce(ministry.said = everything.said and ministry.is_provisional, false) as is_safe
from ministry
full join everything using (area, indicator_code, period)
where (ministry.said, ministry.is_provisional) is distinct from (everything.said, everything.is_provisional)
order by is_safe, area, indicator_code::integer, period`;
