import { expect, test } from "vitest";
import { type CaseMarts, martsOfCases } from "./case-marts.ts";
import { figuresOf } from "./oracle/figures.ts";
import { martsRows, openDoubts } from "./oracle/marts-rows.ts";
import { REFORM, REFORM_GIVEN } from "./reform-world.ts";
import { askSource } from "./site-source.ts";
import { type TextRow, textRow } from "./text-table.ts";
import type { World } from "./world.ts";

const AS_OF = "2026-01-01";
const addCase = martsOfCases();
const marts = addCase(REFORM, REFORM_GIVEN, AS_OF);

/** Of Chi Lăng, of which 05983 was exactly made with Quảng Lạc, a part came to 05986 instead. */
const SPLIT = {
  ...REFORM,
  successors: [...(REFORM.successors ?? []), "7,12,2025-07-01,yes,made up"],
};
const split = addCase(SPLIT, REFORM_GIVEN, AS_OF);

/** An office without files of areas: what the eight became is as the official table says. */
const OFFICIAL = { plan: REFORM.plan, areas: [] };
const official = addCase(OFFICIAL, REFORM_GIVEN, AS_OF);
const KY_LUA = ["05971", "06187", "06226", "06235", "06244"];
const whole = addCase(
  {
    ...OFFICIAL,
    plan: {
      ...REFORM.plan,
      reporting_areas: [{ codes: KY_LUA }, { codes: ["06187"], from: "2025-07-01" }],
    },
  },
  [
    "received  unit  period  workers_total  workers_informed",
    ...KY_LUA.map((code) => `2025-06-05T08:00  UBND-${code}  2025-Q2  100  7`),
    "2025-09-05T08:00  UBND-06187  2025-Q3  500  1",
  ].join("\n"),
  AS_OF,
);

/** Rows whatever their order, and that of their columns. */
const sorted = (rows: readonly TextRow[]): string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();

test("on the official units the reform is computed as on an office's own list", async () => {
  expect(sorted(await martsRows(official))).toEqual(sorted(await martsRows(marts)));
});

test("a new ward goes on where all that it is made of report, and in no other plan", async () => {
  const row = "from marts.area where area_code = '06187' and valid_from = '2025-07-01'";
  const found = [];
  for (const plan of [official, whole]) {
    found.push(...(await plan.rows(`select continues_names, series_from ${row}`)));
  }
  expect(found.map((one) => Object.values(one))).toEqual([
    ["-", "2025-07-01"],
    ["phường Hoàng Văn Thụ, thị trấn Cao Lộc, xã Hợp Thành, xã Gia Cát, xã Tân Liên", "-"],
  ]);
  // 5 × 7 until the reform, and 1 since
  expect(
    await whole.rows(`select numerator, denominator from marts.attainment_by_ward_period
      where indicator_code = '1.3a' and period = '2025-Q3' and area_code = '06187'
        and numerator is not null`),
  ).toEqual([{ numerator: "36", denominator: "500" }]);
});

test("an area that became two has one row, and neither goes on with it", async () => {
  const rows = await askSource(
    split,
    ["area"],
    `select area_code, successor_name_within_sentence, successor_code, successors, is_successor_exact
      from area where area_code in ('05980', '05989') or area_id in (4, 7, 12, 14) order by area_id`,
  );
  expect(rows.map((row) => Object.values(textRow(row)).join(" | "))).toEqual([
    "05974 | phường Tam Thanh | 05986 | 1 | false",
    "05980 | phường Đông Kinh | 05977 | 1 | false",
    "05983 | phường Tam Thanh và phường Lương Văn Tri | 05986, 05983 | 2 | false",
    "05989 | phường Lương Văn Tri | 05983 | 1 | false",
    "05986 | - | - | - | -",
    "05983 | - | - | - | -",
  ]);
  const whole = await split.rows(`
    select period, numerator, denominator from marts.attainment_by_plan_period
    where indicator_code = '1.3a' and period in ('2025-Q2', '2025-Y') order by period`);
  expect(whole.map((row) => Object.values(row))).toEqual([
    ["2025-Q2", "112", "800"],
    ["2025-Y", "224", "800"],
  ]);
});

async function expectedOf(world: World, given: string, marts: CaseMarts): Promise<string[]> {
  return sorted(figuresOf(world, given, AS_OF, await openDoubts(marts)));
}

test("what an area that became two leaves is what the independent engine computes", async () => {
  expect(sorted(await martsRows(split))).toEqual(await expectedOf(SPLIT, REFORM_GIVEN, split));
});

test("nothing that was done is lost at the reform: 224 of 800 are informed by the end of the year", async () => {
  const rows = await marts.rows(`
    select period, numerator, denominator, value, status, areas_expected, areas_reported
    from marts.attainment_by_plan_period where indicator_code = '1.3a' order by period`);
  const expected = [
    ["2025-H1", "112", "800", "14", "on_track", "8", "8"],
    ["2025-Q1", "56", "800", "7", "on_track", "8", "8"],
    ["2025-Q2", "112", "800", "14", "on_track", "8", "8"],
    ["2025-Q3", "168", "800", "21", "met", "4", "4"],
    ["2025-Q4", "224", "800", "28", "met", "4", "4"],
    ["2025-Y", "224", "800", "28", "met", "4", "4"],
  ];
  expect(rows.map((row) => Object.values(row))).toEqual(expected);
});

test("the new wards that are exactly made of old ones go on with them, the others begin anew", async () => {
  const rows = await marts.rows(`
    select area_id, area_code, continues_names, series_from from marts.area
    where area_id > 10 or area_id = 3 order by area_id`);
  expect(rows.map((row) => Object.values(row))).toEqual([
    ["3", "05971", "-", "-"],
    ["11", "06187", "-", "2025-07-01"],
    ["12", "05986", expect.stringMatching(/^[Pp]hường Tam Thanh.*, [Xx]ã Hoàng Đồng$/), "-"],
    ["13", "05977", "-", "2025-07-01"],
    ["14", "05983", expect.stringMatching(/^[Pp]hường Chi Lăng, [Xx]ã Quảng Lạc$/), "-"],
  ]);
});

test("a measure that is no part of an indicator loses nothing either", async () => {
  const rows = await marts.rows(`
    select period, value_to_date, value_in_period
    from marts.measure_by_plan_period where measure = 'persons_sanctioned' order by period`);
  const expected = [
    ["2025-H1", "112", "112"],
    ["2025-Q1", "56", "56"],
    ["2025-Q2", "112", "56"],
    ["2025-Q3", "168", "56"],
    ["2025-Q4", "224", "56"],
    ["2025-Y", "224", "224"],
  ];
  expect(rows.map((row) => Object.values(row))).toEqual(expected);
});

test("every figure of the year is what the independent engine computes", async () => {
  expect(sorted(await martsRows(marts))).toEqual(await expectedOf(REFORM, REFORM_GIVEN, marts));
});

/** Of 05986, which is exactly made of two wards: 28 before July, and as many since. */
const ofYear = (informed: number): string =>
  `${REFORM_GIVEN}\n2025-12-20T08:00  UBND-05986  2025-Y  200  ${informed}  28`;
const ownYear = addCase(REFORM, ofYear(28), AS_OF);
const doubled = addCase(REFORM, ofYear(56), AS_OF);

test("a new ward's own report of the year is of its own days: what was before is added to it", async () => {
  const rows = await ownYear.rows(`
    select 'whole' as at, numerator, denominator, basis from marts.attainment_by_plan_period
    where indicator_code = '1.3a' and period = '2025-Y'
    union all
    select area_code, numerator, denominator, basis from marts.attainment_by_ward_period
    where indicator_code = '1.3a' and period = '2025-Y' and area_code = '05986'
      and numerator is not null`);
  expect(rows.map((row) => Object.values(row))).toEqual([
    ["whole", "224", "800", "mixed"],
    ["05986", "56", "200", "own"],
  ]);
  expect(
    await ownYear.rows("select rule from marts.findings where rule like '%predecessors'"),
  ).toEqual([]);
  expect(sorted(await martsRows(ownYear))).toEqual(await expectedOf(REFORM, ofYear(28), ownYear));
});

test("one that may hold what was before is asked about", async () => {
  const rows = await doubled.rows(`
    select rule, period, unit_name, measure, value, compared_with from marts.findings
    where rule = 'may_hold_predecessors'`);
  expect(rows.map((row) => Object.values(row))).toEqual([
    [
      "may_hold_predecessors",
      "2025-Y",
      expect.stringContaining("phường Tam Thanh"),
      "workers_informed",
      "56",
      "56",
    ],
  ]);
});
