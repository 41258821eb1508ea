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
  // another office's marts, in which the ward reached 25
  const second = warehousePaths(newFolder());
  await changeMarts(
    first.paths.marts,
    second.marts,
    `update raw.plan set plan_id = 'two';
    update raw.period set plan_id = 'two'; update marts.period set plan_id = 'two';
    update core.attainment set numerator = 25 where numerator = 40`,
  );
  await writeLake(second, "shared", join(LAKES, "two"));
});

const ask = (sql: string) =>
  withConnection(async (connection) => (await selectRows(connection, sql)).map(Object.values));
const table = (name: string, of = "*") =>
  `read_parquet('${join(LAKES, of, name)}/**/*.parquet', hive_partitioning = true)`;

test("the folders of several offices are one table, by a query that names none", async () => {
  const rows = await ask(
    `select plan_id, year::integer, numerator::integer, denominator::integer
    from ${table("attainment_by_plan_period")} where period = 'Q1' order by plan_id`,
  );
  expect(rows).toEqual([
    ["one", 2030, 40, 100],
    ["two", 2030, 25, 100],
  ]);
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
  const place = join(LAKES, "two");
  const { tables } = JSON.parse(readFileSync(join(place, "_tables.json"), "utf8"));
  const plan = tables.find((one: { table: string }) => one.table === "plan");
  expect(plan.meaning).toMatch(/Mỗi hàng ứng với/);
  expect(readdirSync(LAKES).sort()).toEqual(["one", "two"]);
  const other = newFolder();
  writeFileSync(join(other, "anything.txt"), "x");
  await expect(writeLake(first.paths, "shared", other)).rejects.toThrow(/chứa thứ không phải/);
  expect(readdirSync(other)).toEqual(["anything.txt"]);
});
