import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { queriesOf } from "../../pipelines/development/page-queries.ts";
import { readPartials } from "../../pipelines/site/partials.ts";
import { writeTables } from "../../pipelines/site/site-tables.ts";
import { findWorkspace } from "../../pipelines/site/workspace.ts";
import type { Tables } from "../../reports/types/results.ts";
import { newFolder } from "../folders.ts";
import { martsOfCases } from "../models/case-marts.ts";
import { withAreas } from "../models/rules/areas.ts";
import { readCases } from "../models/rules/cases.ts";
import type { World } from "../models/world.ts";
import { type Components, openComponents } from "./components.ts";

const REPORTS = join(import.meta.dirname, "../../reports");
const PAGE = readFileSync(join(REPORTS, "pages/[plan]/can-cu/[code]/[period].md"), "utf8");
const PARTIALS = await readPartials(REPORTS);
/** Only one row of these is shown. */
const SINGLE = ["plan", "indicator", "period", "city"];

const EXAMPLE = join(import.meta.dirname, "../../sources/examples/ha-nam-2020");

/** The lines of a file of the example, cut at their commas, without its head and the plan. */
const linesOf = (file: string): string[][] =>
  readFileSync(join(EXAMPLE, file), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

/** The example's areas, with keys that no area of the rules has. */
const EXAMPLE_AREAS = linesOf("areas/areas.csv").map(([id, code, name, kind, parent, ...rest]) =>
  [`9${id}`, code, name, kind, parent === "" ? "" : `9${parent}`, ...rest].join(","),
);

const MEASURES = ["accidents", "deaths", "injured"];

/** What was reported for the example: a line for each period and area. */
function exampleReports(): string {
  const lines = new Map<string, Map<string, string>>();
  for (const [file, moment] of [
    ["so-lieu-quy-1-2-3.csv", "2020-10-08T08:00"],
    ["so-lieu-quy-4.csv", "2021-01-04T08:00"],
  ] as const) {
    for (const [, unit, period, area, measure = "", value = ""] of linesOf(file)) {
      const key = [moment, unit, period, area].join("  ");
      lines.set(key, (lines.get(key) ?? new Map()).set(measure, value));
    }
  }
  return [
    `received  unit  period  area  ${MEASURES.join("  ")}`,
    ...[...lines].map(([key, of]) => [key, ...MEASURES.map((one) => of.get(one))].join("  ")),
  ].join("\n");
}

/** All as of one moment, so that their models are built once. */
const addCase = martsOfCases();
const given = (world: World, table: string) => {
  const { areas, ...rest } = withAreas(world);
  return addCase({ ...rest, areas: [...areas, ...EXAMPLE_AREAS] }, table, "2032-01-01");
};

/** Old wards T1 and T2 become T exactly, K1 and others become K and D not exactly. */
const CASES = readCases("time.yaml");
const [REFORMED, UNREPORTED, CHANGED, MERGED] = [
  "k: at a reform",
  "k: after a reform",
  "9: change against last year",
  "5, 9: an area that others became",
].map((words) => {
  const found = CASES.find(({ rule }) => rule.startsWith(words));
  if (found === undefined) throw new Error(`no case ${words}`);
  return given(found.world, found.given);
});

/** A plan of changes against the year before and of several indicators together, with baselines. */
const EXAMPLE_PLAN = given(
  {
    plan: parse(readFileSync(join(EXAMPLE, "plans/ha-nam-atgt-2020.yaml"), "utf8")),
    areas: [],
    baselines: linesOf("baselines.csv").map(([, ...rest]) => rest.join(",")),
  },
  exampleReports(),
);

let tables: Promise<string> | undefined;

/** The plan of a case, and the tables of the pages of all of them. */
async function tablesOf(marts: typeof REFORMED): Promise<{ plan: string; tables: string }> {
  const [found] =
    (await marts?.rows(
      `select plan_id, path from marts.plan, duckdb_databases() where database_name = 'warehouse'`,
    )) ?? [];
  const file = join(newFolder(), "pages.duckdb");
  tables ??= writeTables(
    {
      workspace: findWorkspace("warehouse"),
      marts: found?.path ?? "",
      downloads: [],
      audience: "shared",
    },
    file,
  ).then(() => file);
  return { plan: found?.plan_id ?? "", tables: await tables };
}

/** What is used of `page-tables.js`, which is plain JavaScript. */
interface PageTables {
  openTables(file: string): Promise<Tables>;
}

let components: Components;
let pageTables: PageTables;

beforeAll(async () => {
  components = await openComponents();
  pageTables = await import(join(REPORTS, "page-tables.js"));
});

afterAll(async () => {
  await components.close();
});

/** What the page of one figure's origin says, as text, with the addresses that it leads to. */
async function pageOf(code: string, period: string, marts = EXAMPLE_PLAN): Promise<string> {
  const props: Record<string, unknown> = {};
  const { plan, tables } = await tablesOf(marts);
  const opened = await pageTables.openTables(tables);
  for (const { name, sql } of queriesOf(PAGE, PARTIALS, { plan, code, period })) {
    const { columns, rows } = await opened.ask(sql);
    const records = rows.map((row) =>
      Object.fromEntries(columns.map((column, index) => [column, row[index]])),
    );
    props[name] = SINGLE.includes(name) ? records[0] : records;
  }
  opened.close();
  return await components.render("trace/BasisView", props);
}

/** The elements of a section that have a mark, as text. */
function textsOf(html: string, section: string, mark: RegExp): string[] {
  const [, within = ""] =
    new RegExp(`<section id="${section}"(.*?)</section>`, "s").exec(html) ?? [];
  return [...within.matchAll(mark)].map(([, text = ""]) =>
    text
      .replace(/<[^>]+>/g, " ")
      .replace(/\s+/g, " ")
      .replace(/ ([,:;])/g, "$1")
      .trim(),
  );
}

const CHANGE = /<li><span class="ct-label">(Số đ.*?)<\/li>/gs;
const SUM = /<li>(<span class="ct-label">(?:Tử|Mẫu) số:.*?)<\/li>/gs;
const ROW = /<tr(?: data-place="[^"]*")?>(<th scope="row".*?)<\/tr>/gs;
const COMPONENT = /<li data-component.*?<\/a>(.*?)<\/li>/gs;

test("every indicator has a page of what its figure stands on, in every period", async () => {
  for (const code of ["1", "1a", "1b", "1c", "2"]) {
    for (const period of ["2020-9T", "2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4", "2020-Y"]) {
      const html = await pageOf(code, period);
      expect(html, `${code} ${period}`).toContain('id="toan-dia-ban"');
      expect(html, `${code} ${period}`).not.toMatch(/undefined|NaN|\bnull\b/);
    }
  }
});

test("a change shows the later and the earlier value, where each is from, and its readings", async () => {
  const html = await pageOf("1a", "2020-Q4");
  // 112 of 120; in the third district 31 of 32
  expect(textsOf(html, "toan-dia-ban", CHANGE)).toEqual([
    "Số đến kỳ này: quý IV năm 2020 = 112 vụ, tính từ các số liệu nêu dưới đây",
    "Số đem so sánh: quý IV năm 2019 = 120 vụ, theo số liệu gốc; nguồn: Số giả định",
  ]);
  expect(textsOf(html, "350", CHANGE)).toEqual([
    "Số đến kỳ này: quý IV năm 2020 = 31 vụ, tính từ các số liệu nêu dưới đây",
    "Số đem so sánh: quý IV năm 2019 = 32 vụ, theo số liệu gốc; nguồn: Số giả định",
  ]);
  expect(textsOf(html, "350", /<tr data-measure="accidents"(.*?)<\/tr>/gs)).toHaveLength(4);
});

test("a change leads to the page of the earlier value, and where there is none says so", async () => {
  const { plan } = await tablesOf(CHANGED);
  const html = await pageOf("I", "2030-Q2", CHANGED);
  expect(textsOf(html, "toan-dia-ban", CHANGE)[1]).toMatch(
    /^Số đem so sánh: quarter 2 2029 = \d+ \S+, theo số liệu của kỳ ấy$/,
  );
  expect(html).toContain(`href="/${plan}/can-cu/I/2029-Q2/#toan-dia-ban"`);
  expect(textsOf(await pageOf("I", "2029-Q2", CHANGED), "toan-dia-ban", CHANGE)[1]).toBe(
    "Số đem so sánh: chưa có số của quý II năm 2028 để so sánh",
  );
});

test("a change at an area that others became exactly names those whose figures are summed", async () => {
  const { plan } = await tablesOf(MERGED);
  const html = await pageOf("I", "2030-Q3", MERGED);
  expect(textsOf(html, "N-T", CHANGE)[1]).toBe(
    "Số đem so sánh: quarter 3 2029 = 15, cộng số liệu của kỳ ấy ở Old T1, Old T2, là những địa bàn hợp thành địa bàn này",
  );
  expect(html).toContain(`href="/${plan}/can-cu/I/2029-Q3/"`);
  expect(textsOf(html, "N-K", CHANGE)[1]).toBe(
    "Số đem so sánh: chưa có số của quý III năm 2029 để so sánh",
  );
});

test("several indicators together show how each stands, with the way to its own readings", async () => {
  const html = await pageOf("1", "2020-Q4");
  expect(textsOf(html, "350", COMPONENT)).toEqual([
    ": -3,13% Không đạt",
    ": 0% Không đạt",
    ": -3,85% Không đạt",
  ]);
  const { plan } = await tablesOf(EXAMPLE_PLAN);
  expect(html).toContain(`href="/${plan}/can-cu/1a/2020-Q4/#350"`);
});

test("flows of places that are gone and figures that were inherited stand in the list of the whole", async () => {
  const html = await pageOf("I", "Q4", REFORMED);
  expect(textsOf(html, "toan-dia-ban", ROW)).toEqual([
    "New D 42 300 có",
    "New K 14 100 có",
    "New L 56 200 có",
    "New T 56 200 có",
    ...["D1", "D2", "D3", "K1"].map(
      (code) => `Old ${code} 14 – có, phần phát sinh trước khi thôi là địa bàn của kế hoạch`,
    ),
    "Toàn thành phố 224 800 đã báo cáo 4/4",
  ]);
  expect(textsOf(html, "N-T", SUM)[0]).toBe(
    "Tử số: Reached = 7 (quarter 1, Old T1) + 7 (quarter 1, Old T2) + 7 (quarter 2, Old T1) + 7 (quarter 2, Old T2) + 14 (quarter 3) + 14 (quarter 4) = 56",
  );
  expect(textsOf(html, "O-K1", SUM)).toEqual([
    "Tử số: Reached = 7 (quarter 1) + 7 (quarter 2) = 14",
  ]);
});

test("a place whose figure is carried says so, and one that is left out says why", async () => {
  const html = await pageOf("I", "Q3", UNREPORTED);
  expect(textsOf(html, "toan-dia-ban", ROW)).toEqual([
    "New D – – không, vì chưa có đủ số liệu: Reached; People",
    "New K – – không, vì chưa có đủ số liệu: Reached; People",
    "New L 28 200 có, theo số đã báo cáo ở kỳ trước",
    "New T 28 200 có, theo số đã báo cáo ở kỳ trước",
    "Toàn thành phố 56 400 đã báo cáo 0/4",
  ]);
  expect(textsOf(html, "N-T", /<p data-carried>(.*?)<\/p>/gs)).toEqual([
    "Chưa báo cáo đủ số liệu của chỉ tiêu cho quarter 3; kết quả tính từ số đã báo cáo ở kỳ trước.",
  ]);
  expect(textsOf(html, "N-T", SUM)).toEqual([
    "Tử số: Reached = 7 (quarter 1, Old T1) + 7 (quarter 1, Old T2) + 7 (quarter 2, Old T1) + 7 (quarter 2, Old T2) = 28",
    "Mẫu số: People = 100 (quarter 2, Old T1) + 100 (quarter 2, Old T2) = 200",
  ]);
});
