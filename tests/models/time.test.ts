import { describe, expect, test } from "vitest";
import { martsOfCases } from "./case-marts.ts";
import { figuresOf } from "./oracle/figures.ts";
import { martsRows } from "./oracle/marts-rows.ts";
import { parseTable, type TextRow } from "./text-table.ts";
import { TIME_CASES } from "./time-cases.ts";

const given = martsOfCases();
const CASES = TIME_CASES.map((one) => ({
  ...one,
  rows: parseTable(one.expected),
  marts: given(one.world, one.given, one.asOf),
}));

/** Of rows only those that are expected, with only the columns that are named, in that order. */
function asked(found: readonly TextRow[], expected: readonly TextRow[]): TextRow[] {
  return expected.map((row) => {
    const one = found.find((other) =>
      ["at", "period", "indicator_code"].every(
        (name) => row[name] === undefined || row[name] === other[name],
      ),
    );
    return Object.fromEntries(Object.keys(row).map((name) => [name, one?.[name] ?? "no row"]));
  });
}

describe("rules of time, computed by the independent engine", () => {
  test.each(CASES)("$rule", ({ world, given, asOf, rows }) => {
    expect(asked(figuresOf(world, given, asOf), rows)).toEqual(rows);
  });
});

describe("rules of time, computed by the models", () => {
  test.each(CASES)("$rule", async ({ marts, rows }) => {
    expect(asked(await martsRows(marts), rows)).toEqual(rows);
  });
});

test("rule 5: an area that was not yet has the sums of those that it is made of for last year's", async () => {
  const found = CASES.find(({ rule }) => rule.startsWith("5, 9: an area that others became"));
  const rows = await found?.marts.rows(`
    select area.area_code, last_year.code, last_year.value_shown
    from marts.last_year_made_of as last_year
    inner join marts.area as area using (plan_id, area_id)
    where last_year.period = '2030-Q3' and last_year.section = 'measure'
    order by area.area_code, last_year.code`);
  // nobody of L1 and L2 tells of posts; of D and K not all of those before them became one
  expect(rows?.map((row) => Object.values(row))).toEqual([
    ["N-L", "people", "200"],
    ["N-L", "reached", "4"],
    ["N-T", "people", "200"],
    ["N-T", "reached", "30"],
  ]);
  const basis = await found?.marts.rows(`
    select area.area_code, basis.earlier_period, basis.made_of
    from marts.change_basis as basis
    inner join marts.area as area using (plan_id, area_id)
    where basis.period = '2030-Q3' and area.area_code like 'N-%'
    order by area.area_code`);
  expect(basis?.map((row) => Object.values(row))).toEqual([
    ["N-D", "-", "-"],
    ["N-K", "-", "-"],
    ["N-L", "2029-Q3", "Old L1, Old L2"],
    ["N-T", "2029-Q3", "Old T1, Old T2"],
  ]);
});
