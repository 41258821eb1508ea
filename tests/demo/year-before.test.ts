import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { copyDemonstrationSources } from "../../pipelines/cli/demonstration-sources.ts";
import { readProfile } from "../../pipelines/demo/profile.ts";
import { tablesOfYearBefore } from "../../pipelines/demo/year-before.ts";
import { type ResolvedPlan, readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { newFolder } from "../folders.ts";

const SOURCES = join(import.meta.dirname, "../../sources");

let folder: string;
let before: ResolvedPlan;
let now: ResolvedPlan;

beforeAll(async () => {
  const paths = warehousePaths(join(newFolder("year-before"), "demo"));
  folder = await copyDemonstrationSources(SOURCES, paths);
  const plans = new Map(readCatalogue(folder).plans.map((one) => [one.plan.id, one]));
  [before, now] = ["217-kh-ubnd-2023", "217-kh-ubnd-2024"].map((id) => {
    const plan = plans.get(id);
    if (plan === undefined) throw new Error(`no plan ${id}`);
    return plan;
  }) as [ResolvedPlan, ResolvedPlan];
});

test("the plan of the year before says that there is no such document, and asks the same", () => {
  const { number, title, source, carries_out, issued_on } = before.plan;
  expect([number, title, carries_out, issued_on]).toEqual([
    "217/KH-UBND (minh họa năm trước)",
    "Kế hoạch thực hiện công tác phòng, chống mại dâm năm 2023 (minh họa)",
    undefined,
    "2023-05-06",
  ]);
  expect(source).toMatch(/^Không có văn bản này/);
  expect(now.plan.continues).toMatchObject({ plan: "217-kh-ubnd-2023" });
  const asked = ({ plan }: ResolvedPlan) =>
    plan.indicators.map(({ code, value, target }) => [code, value, target.comparator]);
  expect(asked(before)).toEqual(asked(now));
  // the last quarter begins in the year before its own
  expect(before.plan.periods[0]).toMatchObject({ code: "2023-Q1", data_from: "2022-12-15" });
});

test("but for what continues it, the plan is the file of the sources", () => {
  const [name = ""] = readdirSync(join(SOURCES, "plans"));
  const { continues, ...plan } = parse(
    readFileSync(join(folder, "plans", "217-kh-ubnd-2024.yaml"), "utf8"),
  );
  expect(plan).toEqual(parse(readFileSync(join(SOURCES, "plans", name), "utf8")));
});

test("each period has one table, in time, with a row for every figure that is owed", () => {
  const tables = tablesOfYearBefore(before, readProfile(now), 1);
  expect(tables.map(({ fileName }) => fileName)).toEqual(
    ["Q2", "H1", "Q3", "Q4", "Y"].map((code) => `so-lieu-2023-${code}.csv`),
  );
  for (const { fileName, bytes, receivedAt } of tables) {
    const code = fileName.slice(8, -4);
    const period = before.plan.periods.find((one) => one.code === code);
    expect(receivedAt < new Date(`${period?.due_before}T00:00:00+07:00`)).toBe(true);
    const rows = Buffer.from(bytes).toString().trim().split("\r\n").slice(1);
    // 21 units: eight wards and thirteen departments
    expect(new Set(rows.map((row) => row.split(",")[1])).size).toBe(21);
    expect(rows.every((row) => row.endsWith(",Số liệu minh họa"))).toBe(true);
  }
});

test("a folder that holds something else is left alone", async () => {
  const paths = warehousePaths(join(newFolder("year-before"), "demo"));
  mkdirSync(join(paths.folder, "sources"), { recursive: true });
  await expect(copyDemonstrationSources(SOURCES, paths)).rejects.toThrow(
    /chứa thứ không phải số liệu minh họa/,
  );
});
