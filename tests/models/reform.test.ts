import { expect, test } from "vitest";
import { martsOfCases } from "./case-marts.ts";
import { figuresOf } from "./oracle/figures.ts";
import { martsRows } from "./oracle/marts-rows.ts";
import { REFORM, REFORM_GIVEN } from "./reform-world.ts";
import type { TextRow } from "./text-table.ts";

const AS_OF = "2026-01-01";
const marts = martsOfCases()(REFORM, REFORM_GIVEN, AS_OF);

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
  const sorted = (rows: readonly TextRow[]): string[] =>
    rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
  expect(sorted(await martsRows(marts))).toEqual(sorted(figuresOf(REFORM, REFORM_GIVEN, AS_OF)));
});
