import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { readCsv } from "../../pipelines/intake/csv-reader.ts";
import { prepareIntake } from "../../pipelines/intake/find-problems.ts";
import { loadDocuments } from "../../pipelines/intake/intake-tables.ts";
import { knowPlans } from "../../pipelines/intake/load-plans.ts";
import { resolveNames } from "../../pipelines/intake/resolve-names.ts";
import type { Catalogue } from "../../pipelines/sources/catalogue.ts";
import { selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { newFolder } from "../folders.ts";
import { severalPlansIn } from "../several-plans.ts";

const HEAD = "plan,unit,period,area,measure,value,note";
const [SAFETY, TRAFFIC, WATER] = ["an-toan-2024", "giao-thong-2024", "nuoc-sach-2024"];

/** The office of three plans, and as many more of earlier years as are asked for. */
function office(more = 0): Catalogue {
  const { catalogue } = severalPlansIn(newFolder());
  const earlier = Array.from({ length: more }, (_, index) =>
    catalogue.plans.map((one) => ({
      ...one,
      plan: { ...one.plan, id: `${one.plan.id}-${index}`, number: `${index}/${one.plan.number}` },
    })),
  );
  return { ...catalogue, plans: [...earlier.flat(), ...catalogue.plans] };
}

async function judging<T>(
  catalogue: Catalogue,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  return withConnection(async (connection) => {
    await prepareIntake(connection, catalogue);
    return work(connection);
  });
}

async function readLines(connection: DuckDBConnection, lines: readonly string[]): Promise<void> {
  const path = join(newFolder(), "a.csv");
  const bytes = Buffer.from(`${[HEAD, ...lines].join("\n")}\n`);
  writeFileSync(path, bytes);
  const file = {
    ...{ path, name: "a.csv", sha256: "", byteSize: bytes.length, head: bytes },
    ...{ lineCount: lines.length + 1, longLine: null },
  };
  await readCsv(connection, file, 1000);
  await resolveNames(connection);
}

async function readForm(connection: DuckDBConnection, plan: string): Promise<void> {
  const submission = { plan, unit: "UB-01", period: "2024-Q1", sheet: "Biểu", cell: "A1" };
  const rest = { nilReturn: false, formVersion: "3", remarks: {} };
  await loadDocuments(connection, [
    { encoding: null, submissions: [{ ...submission, ...rest }], readings: [], seen: [] },
  ]);
}

async function loaded(connection: DuckDBConnection): Promise<unknown[]> {
  const rows = await selectRows(connection, "select plan_id from raw.plan order by plan_key");
  return rows.map(({ plan_id }) => plan_id);
}

const FILES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["a plan by its code", [`${SAFETY},UB-01,2024-Q1,,told,1,`], [SAFETY]],
  ["a plan by its number", ["12/KH-UBND,UB-01,2024-Q1,,homes,1,"], [WATER]],
  ["a code with spaces around it", [` ${TRAFFIC} ,CATP,2024-T05,,crashes,1,`], [TRAFFIC]],
  [
    "one by its code, another by its number",
    ["13/kh-ubnd,CATP,2024-T05,,crashes,1,", `${WATER},UB-01,2024-Q1,,homes,1,`],
    [WATER, TRAFFIC],
  ],
  ["no plan of the office", ["14/KH-UBND,UB-01,2024-Q1,,told,1,", ",,,,,5,"], []],
];

test.each(FILES)("of a text file that names %s that is loaded", async (_, lines, plans) => {
  await judging(office(), async (connection) => {
    await readLines(connection, lines);
    expect(await loaded(connection)).toEqual(plans);
  });
});

test("of a form its plan is loaded, once, and stays", async () => {
  await judging(office(), async (connection) => {
    expect(await loaded(connection)).toEqual([]);
    for (const plan of [WATER, "x", WATER, SAFETY, WATER]) await readForm(connection, ` ${plan} `);
    expect(await loaded(connection)).toEqual([WATER, SAFETY]);
  });
});

/** How many rows there are of what is known, by table. */
async function rowCounts(connection: DuckDBConnection): Promise<Record<string, unknown>> {
  const rows = await selectRows(
    connection,
    `select schema_name || '.' || table_name as name, estimated_size::integer as size
    from duckdb_tables() where schema_name in ('raw', 'intake') order by name`,
  );
  return Object.fromEntries(rows.map(({ name, size }) => [String(name), size]));
}

test("however many plans an office has, a file is judged beside as few rows", async () => {
  const countsOf = (catalogue: Catalogue) =>
    judging(catalogue, async (connection) => {
      await readForm(connection, SAFETY);
      await readLines(connection, ["12/KH-UBND,UB-01,2024-Q1,,Số hộ,1,"]);
      return rowCounts(connection);
    });
  const few = await countsOf(office());
  const many = await countsOf(office(40));
  expect(few).toMatchObject({ "raw.plan": 2, "raw.listed_plan": 3, "intake.csv_reading": 1 });
  expect(many).toEqual({ ...few, "raw.listed_plan": 123 });
});

/** What is known of each plan, by codes, since keys go by when a plan was loaded. */
const KNOWN = [
  `select plan.plan_id, unit.unit_code, unit_id, unit_name, entry_no, valid_from::varchar as begins
  from intake.unit join raw.plan using (plan_key)`,
  "select plan.plan_id, area.area_id, code, name from intake.area join raw.plan using (plan_key)",
  `select plan.plan_id, measure, measure_name, kind, decimals, by_area,
      row_number() over (partition by plan_id order by measure_key) as position
  from intake.measure join raw.plan using (plan_key)`,
  `select plan.plan_id, period.period, in_period.unit_code, unit.unit_id
  from intake.unit_in_period as in_period join raw.plan using (plan_key)
  join raw.period as period using (period_key) join intake.unit as unit using (unit_key)`,
  `select plan.plan_id, period.period, in_period.code, in_period.area_id
  from intake.area_in_period as in_period join raw.plan using (plan_key)
  join raw.period as period using (period_key)`,
  `select plan.plan_id, measure, period.period, is_owed
  from raw.measure_period join raw.measure using (measure_key)
  join raw.period as period using (period_key) join raw.plan on plan.plan_key = period.plan_key`,
];

test("plans that are loaded one after another are known as those loaded together", async () => {
  const knownAfter = (...steps: readonly (readonly string[])[]) =>
    judging(office(), async (connection) => {
      for (const codes of steps) await knowPlans(connection, codes);
      const known: unknown[] = [];
      for (const sql of KNOWN) known.push(await selectRows(connection, `${sql} order by all`));
      return known;
    });
  const together = await knownAfter([SAFETY, TRAFFIC, WATER]);
  // units 4 + 1 + 4, areas 2 + 0 + 2, measures 4 + 1 + 3; of 3, 2 and 2 periods each of them
  expect(together.map((rows) => (rows as unknown[]).length)).toEqual([9, 4, 8, 22, 10, 20]);
  expect(await knownAfter([WATER], [SAFETY], [TRAFFIC])).toEqual(together);
  expect(await knownAfter([], [TRAFFIC], [WATER, SAFETY])).toEqual(together);
});

test("a code of a plan that no file names is no name of a measure either", async () => {
  const { plans, ...rest } = office();
  const named = plans.map((one) => {
    const measures = one.plan.measures.map((measure) =>
      measure.code === "crashes" ? { ...measure, name: "cases" } : measure,
    );
    return { ...one, plan: { ...one.plan, measures } };
  });
  const measuresOf = (text: string) =>
    judging({ ...rest, plans: named }, async (connection) => {
      await readLines(connection, [`${TRAFFIC},CATP,2024-T05,,${text},1,`]);
      return selectRows(connection, "select measure from intake.csv_reading");
    });
  expect(await measuresOf("Cases")).toEqual([{ measure: "crashes" }]);
  expect(await measuresOf("cases")).toEqual([{ measure: "cases" }]);
});
