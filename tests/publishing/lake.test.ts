import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { writeLake } from "../../pipelines/publishing/lake.ts";
import { selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { changeMarts } from "../e2e/marts.ts";
import { newFolder } from "../folders.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { unpackFixture } from "./earlier-release.ts";
import { type Office, officeIn } from "./given.ts";

const LAKES = newFolder();

/** An office whose first ward reached 40 of 100, and had 2 cases, which not everybody may know. */
let first: Office;
beforeAll(async () => {
  const world = smallPlan([indicator(REACH)]);
  first = officeIn(newFolder(), { ...world, plan: { ...world.plan, id: "one" } });
  await first.sendAll([
    ["2030-03-08T08:00", "W-A1", "Q1", "people 100\nreached 40"],
    ["2030-03-08T08:00", "D1", "Q1", "cases A1 2\ncases A2 12"],
  ]);
  await buildMarts({ paths: first.paths, catalogue: first.catalogue, asOf: null });
  await writeLake(first.paths, "shared", join(LAKES, "one"));
  // another office's marts, in which the ward reached 25; its plan's name is a number
  const second = warehousePaths(newFolder());
  await changeMarts(
    first.paths.marts,
    second.marts,
    `update raw.plan set plan_id = '2030';
    update raw.period set plan_id = '2030'; update marts.period set plan_id = '2030';
    update core.attainment set numerator = 25 where numerator = 40`,
  );
  await writeLake(second, "shared", join(LAKES, "two"));
});

const ask = (sql: string) =>
  withConnection(async (connection) => (await selectRows(connection, sql)).map(Object.values));
const table = (name: string, of = "*") =>
  `read_parquet('${join(LAKES, of, name)}/**/*.parquet', hive_partitioning = false)`;

interface Tables {
  readonly layout: number;
  readonly tables: readonly {
    readonly table: string;
    readonly meaning: string;
    readonly partitions: readonly string[];
    readonly columns: readonly { readonly name: string; readonly type: string }[];
  }[];
}
const tablesOf = (lake: string): Tables =>
  JSON.parse(readFileSync(join(lake, "_tables.json"), "utf8"));

test("the folders of several offices are one table, by a query that names none", async () => {
  for (const name of ["attainment_by_plan_period", "attainment_by_ward_quarter"]) {
    const rows = await ask(
      `select plan_id, year, numerator::integer, denominator::integer, typeof(year)
      from ${table(name)} where period = 'Q1' and numerator is not null order by plan_id`,
    );
    expect([name, rows]).toEqual([
      name,
      [
        ["2030", 2030, 25, 100, "INTEGER"],
        ["one", 2030, 40, 100, "INTEGER"],
      ],
    ]);
  }
});

test("every table is there, with the types that it says, be it empty", async () => {
  const { layout, tables } = tablesOf(join(LAKES, "two"));
  expect(layout).toBe(1);
  const found = await Promise.all(
    tables.map(async ({ table: name }) => [
      name,
      (await ask(`describe from ${table(name, "two")}`)).map(
        ([column, type]) => `${column} ${type}`,
      ),
    ]),
  );
  expect(found).toEqual(
    tables.map(({ table: name, columns }) => [
      name,
      columns.map((column) => `${column.name} ${column.type}`),
    ]),
  );
  expect(tables.map(({ table: name }) => name)).toEqual(expect.arrayContaining(PROMISED));
  expect(await ask(`select count(*)::integer from ${table("projection", "two")}`)).toEqual([[0]]);
  // of rows without a period, and without a plan
  expect(
    await ask(`select distinct year from ${table("status_by_place", "one")} order by all`),
  ).toEqual([[0], [2030]]);
  expect(readdirSync(join(LAKES, "two", "projection"))).toEqual(["plan_id=-"]);
});

/** Tables that others rely on. */
const PROMISED = [
  ...["attainment_by_plan_period", "attainment_by_ward_quarter", "findings", "report"],
  ...["report_line", "submission_timeliness"],
];

test("tables only come, and columns at the end: a lake of the version before is read beside it", async () => {
  const before = join(newFolder(), "before");
  unpackFixture("lake-0", before);
  const now = new Map(tablesOf(join(LAKES, "one")).tables.map((one) => [one.table, one]));
  for (const { table: name, columns } of tablesOf(before).tables) {
    const named = ({
      partitions,
      columns: all,
    }: Pick<Tables["tables"][number], "partitions" | "columns">) =>
      all
        .filter((column) => !partitions.includes(column.name))
        .map(({ name: one, type }) => `${one} ${type}`);
    const { partitions = [], columns: all = [] } = now.get(name) ?? {};
    const old = named({ partitions, columns });
    expect([name, named({ partitions, columns: all }).slice(0, old.length)]).toEqual([name, old]);
  }
  const files = [before, join(LAKES, "one")].map(
    (lake) => `'${lake}/attainment_by_plan_period/**/*.parquet'`,
  );
  const plans = `select distinct plan_id from read_parquet([${files.join(", ")}],
    hive_partitioning = true, union_by_name = true) order by all`;
  expect(await ask(plans)).toEqual([["before"], ["one"]]);
});

test("what is hidden from everybody stays out, unless it is asked for the city", async () => {
  const cases = (of: string) =>
    ask(`select value_in_period::integer from ${table("measure_by_ward_period", of)}
      where period = 'Q1' and measure = 'cases' and plan_id = 'one' and value_in_period is not null`);
  expect(await cases("one")).toEqual([]);
  await writeLake(first.paths, "city", join(LAKES, "one"));
  expect((await cases("one")).flat().sort()).toEqual([12, 2]);
});

test("it says what its tables are, is put in the place of the one before, and of nothing else", async () => {
  const { tables } = tablesOf(join(LAKES, "two"));
  expect(tables.find((one) => one.table === "plan")?.meaning).toMatch(/Mỗi hàng ứng với/);
  expect(readdirSync(LAKES).sort()).toEqual(["one", "two"]);
  const other = newFolder();
  writeFileSync(join(other, "anything.txt"), "x");
  await expect(writeLake(first.paths, "shared", other)).rejects.toThrow(/chứa thứ không phải/);
  expect(readdirSync(other)).toEqual(["anything.txt"]);
});
