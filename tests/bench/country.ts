import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { type Catalogue, readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { withConnection } from "../../pipelines/warehouse/connection.ts";
import { quoteLiteral } from "../../pipelines/warehouse/sql.ts";

/** The country of the budget: 3.321 communes, 40 quarters, 30 measures, 3.985.200 readings. */
export const COUNTRY = { communes: 3321, years: 10, firstYear: 2015, measures: 30 } as const;

export const QUARTERS = COUNTRY.years * 4;

const QUARTER_DAYS = [
  ["01-01", "03-31", "04-10"],
  ["04-01", "06-30", "07-10"],
  ["07-01", "09-30", "10-10"],
] as const;

/**
 * Writes a made-up country's plan and areas below `folder`. Measures come in pairs of a stock and a
 * flow that never exceeds it; each pair has an indicator.
 */
export function writeCountry(folder: string, communes: number = COUNTRY.communes): Catalogue {
  mkdirSync(join(folder, "plans"), { recursive: true });
  mkdirSync(join(folder, "areas"), { recursive: true });
  const lines = Array.from(
    { length: communes },
    (_, index) => `${index + 2},${code(index)},Commune ${index + 1},commune,1,,,generated`,
  );
  writeFileSync(
    join(folder, "areas", "areas.csv"),
    [
      "area_id,code,name,kind,parent_id,valid_from,valid_to,source",
      "1,VN,Country,country,,,,generated",
      ...lines,
      "",
    ].join("\n"),
  );
  writeFileSync(join(folder, "plans", "country.yaml"), stringify(countryPlan()));
  return readCatalogue(folder);
}

function code(index: number): string {
  return String(index + 1).padStart(5, "0");
}

function countryPlan(): object {
  const pairs = COUNTRY.measures / 2;
  const years = Array.from({ length: COUNTRY.years }, (_, index) => COUNTRY.firstYear + index);
  const common = {
    unit_of_measure: "người",
    kind: "count",
    reported_by: ["X"],
    over_areas: "sum",
    sensitive: false,
  };
  return {
    schema: 1,
    id: "country",
    number: "1/KH",
    title: "Generated country",
    short_title: "Country",
    issuer: "Generated",
    issued_on: `${COUNTRY.firstYear}-01-01`,
    in_force_from: `${COUNTRY.firstYear}-01-01`,
    source: "generated",
    reports_to: "nobody",
    area: { code: "VN", noun: "nước" },
    reporting_areas: "children",
    groups: [{ code: "1", name: "All" }],
    units: [{ code: "X", item: 1, name: "Commune {area}", short_name: "{area}", each_area: true }],
    periods: years.flatMap((year) =>
      [0, 1, 2, 3].map((quarter) => {
        const [from, to, due] = QUARTER_DAYS[quarter] ?? ["10-01", "12-31", ""];
        return {
          code: `${year}-Q${quarter + 1}`,
          name: `Quarter ${quarter + 1} ${year}`,
          kind: "quarter",
          year,
          position: quarter + 1,
          positions: 4,
          data_from: `${year}-${from}`,
          data_to: `${year}-${to}`,
          due_before: due === "" ? `${year + 1}-01-10` : `${year}-${due}`,
          estimate: false,
        };
      }),
    ),
    measures: Array.from({ length: pairs }, (_, pair) => [
      { ...common, code: `stock_${pair}`, name: `Stock ${pair}`, over_time: "last" },
      { ...common, code: `flow_${pair}`, name: `Flow ${pair}`, over_time: "sum" },
    ]).flat(),
    indicators: Array.from({ length: pairs }, (_, pair) => ({
      code: `I${pair}`,
      group: "1",
      name: `Indicator ${pair}`,
      short_name: `Indicator ${pair}`,
      quote: "generated",
      unit_of_measure: "%",
      value: { kind: "ratio", numerator: [`flow_${pair}`], denominator: [`stock_${pair}`] },
      target: { comparator: ">=", value: 30, pace: "linear" },
    })),
  };
}

/**
 * Writes every reading as a long CSV, always the same for the same number of communes. One reading
 * in 53 is missing.
 * @param quarters the first, and the one after the last
 * @returns how many readings it holds
 */
export async function writeReadings(
  file: string,
  communes: number = COUNTRY.communes,
  [from, to]: readonly [number, number] = [0, QUARTERS],
): Promise<number> {
  return withConnection(async (connection) => {
    const result = await connection.run(`copy (
      select
          'country' as plan,
          'X-' || printf('%05d', commune) as unit,
          (${COUNTRY.firstYear} + quarter // 4) || '-Q' || (quarter % 4 + 1) as period,
          '' as area,
          if(measure % 2 = 0, 'stock_', 'flow_') || (measure // 2) as measure,
          if(measure % 2 = 0, 200 + noise % 800, noise % 50) as value,
          '' as note,
      from (
          select
              commune,
              quarter,
              measure,
              hash(commune * 1000003 + quarter * 1009 + measure * 7919) % 1000000007 as noise,
          from range(1, ${communes + 1}) as communes(commune)
          cross join range(${from}, ${to}) as quarters(quarter)
          cross join range(${COUNTRY.measures}) as measures(measure)
      )
      where noise % 53 <> 0
      order by quarter, commune, measure
    ) to ${quoteLiteral(file)} (header)`);
    return Number(result.rowsChanged);
  });
}
