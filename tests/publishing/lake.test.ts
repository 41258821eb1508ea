import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import type { SeenTable } from "../../pipelines/models/seen-marts.ts";
import { writeLake } from "../../pipelines/publishing/lake.ts";
import { selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { newFolder } from "../folders.ts";
import { indicator, REACH, smallPlan } from "../models/small-plan.ts";
import { earlierRelease } from "./earlier-release.ts";
import { type Office, officeIn } from "./given.ts";

const LAKES = newFolder();
const LAKE = join(LAKES, "one");

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
  await writeLake(first.paths, "shared", LAKE);
});

const ask = (sql: string) =>
  withConnection(async (connection) => (await selectRows(connection, sql)).map(Object.values));
const table = (name: string) =>
  `read_parquet('${join(LAKE, name)}/**/*.parquet', hive_partitioning = false)`;

const contentOf = (lake: string): { layout: number; tables: SeenTable[] } =>
  JSON.parse(readFileSync(join(lake, "_tables.json"), "utf8"));
const tablesOf = (lake: string): SeenTable[] => contentOf(lake).tables;
const typesOf = ({ columns }: SeenTable) => columns.map(({ name, type }) => `${name} ${type}`);

test("every table is there, with the types that it says, be it empty", async () => {
  for (const one of tablesOf(LAKE)) {
    const found = await ask(`describe from ${table(one.table)}`);
    expect(
      found.map(([name, type]) => `${name} ${type}`),
      one.table,
    ).toEqual(typesOf(one));
  }
  const quarter = `select plan_id, year, numerator::integer, denominator::integer
    from ${table("attainment_by_ward_quarter")} where period = 'Q1' and numerator is not null`;
  expect(await ask(quarter)).toEqual([["one", 2030, 40, 100]]);
  expect(readdirSync(join(LAKE, "projection"))).toEqual(["plan_id=-"]);
  // of what is of no period
  const years = `select distinct year from ${table("status_by_place")} order by all`;
  expect(await ask(years)).toEqual([[0], [2030]]);
});

test("columns only come, at the end of their table: a lake of before is read beside it", async () => {
  const before = earlierRelease("lake-0").sources;
  // one that is not only longer has another layout
  expect(contentOf(LAKE).layout).toBe(1);
  for (const one of tablesOf(before)) {
    const now = tablesOf(LAKE).find((other) => other.table === one.table);
    // those that its files are parted by come first
    const own = (types: string[]) => types.filter((type) => !/^(plan_id|year) /.test(type));
    const columns = own(typesOf(one));
    expect(now && own(typesOf(now)).slice(0, columns.length), one.table).toEqual(columns);
  }
  const plans = `select distinct plan_id from read_parquet(
    ['${before}/plan/**/*.parquet', '${LAKE}/plan/**/*.parquet'],
    hive_partitioning = true, union_by_name = true) order by all`;
  expect(await ask(plans)).toEqual([["before"], ["one"]]);
});

test("what is hidden from everybody stays out, unless it is asked for the city", async () => {
  const cases = () =>
    ask(`select value_in_period::integer from ${table("measure_by_ward_period")}
      where period = 'Q1' and measure = 'cases' and value_in_period is not null`);
  expect(await cases()).toEqual([]);
  await writeLake(first.paths, "city", LAKE);
  expect((await cases()).flat().sort()).toEqual([12, 2]);
});

test("it says what its tables are, is put in the place of the one before, and of nothing else", async () => {
  for (const { table: name, meaning, columns } of tablesOf(LAKE)) {
    const said = [meaning, ...columns.map((column) => column.meaning)];
    expect(
      said.filter((one) => !/^\S.{4,}\.$/su.test(one)),
      name,
    ).toEqual([]);
  }
  expect(readdirSync(LAKES).sort()).toEqual(["one"]);
  const other = newFolder();
  writeFileSync(join(other, "anything.txt"), "x");
  await expect(writeLake(first.paths, "shared", other)).rejects.toThrow(/chứa thứ không phải/);
  expect(readdirSync(other)).toEqual(["anything.txt"]);
});
