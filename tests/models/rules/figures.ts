import { describe, expect, test } from "vitest";
import { figuresOf } from "../oracle/figures.ts";
import { openDoubts } from "../oracle/marts-rows.ts";
import { askSource, basisOf } from "../site-source.ts";
import { smallPlan } from "../small-plan.ts";
import { parseTable, type TextRow } from "../text-table.ts";
import { readCases } from "./cases.ts";
import { given } from "./given.ts";

const CASES = [...readCases("figures.yaml"), ...readCases("time.yaml")].map((one) => ({
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

describe("rules of the numbers, computed by the models", () => {
  test.each(CASES)("$rule", async ({ marts, rows }) => {
    const found = await marts.rows(
      `select area_code as "at", * from marts.attainment_by_ward_period
      union all by name
      select 'city' as "at", * from marts.attainment_by_plan_period`,
    );
    expect(asked(found, rows)).toEqual(rows);
  });
});

describe("rules of the numbers, computed by the independent engine", () => {
  // it withholds nothing and shows nothing
  const UNKNOWN = ["value_shown", "is_disclosive"];
  test.each(CASES)("$rule", async ({ world, given, asOf, rows, marts }) => {
    const known = rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !UNKNOWN.includes(name))),
    );
    expect(asked(figuresOf(world, given, asOf, await openDoubts(marts)), known)).toEqual(known);
  });
});

const NIL = given(
  smallPlan("reached/people"),
  `
    people reached  Q1
    W-A1 W-A4       100 nil
    W-A2            100 0
    W-A3            100 .
    W-A4            03-06T08:00 100 7
  `,
);

test("a nil cell counts as 0 and is told from a reported 0, until a later submission replaces it", async () => {
  const rows = await NIL.rows(
    `select area_code, value_in_period, is_reported, is_nil
    from marts.measure_by_ward_period
    where measure = 'reached' and period = 'Q1'
    order by area_code`,
  );
  expect(rows).toEqual([
    { area_code: "A1", value_in_period: "0", is_reported: "true", is_nil: "true" },
    { area_code: "A2", value_in_period: "0", is_reported: "true", is_nil: "false" },
    { area_code: "A3", value_in_period: "-", is_reported: "false", is_nil: "false" },
    { area_code: "A4", value_in_period: "7", is_reported: "true", is_nil: "false" },
  ]);
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

/**
 * Cases of a reform, in which old wards T1 and T2 become T exactly, and K1 becomes K not exactly; of
 * measures that are reported for some periods only; and of flows over several years.
 */
const ADDED = CASES.filter(({ rule }) =>
  /^k: (at|after) a reform|^k: a count of persons|^a: |^2: a flow over several years/.test(rule),
);
const reformCase = (begin: string) => {
  const found = ADDED.find(({ rule }) => rule.startsWith(begin));
  if (found === undefined) throw new Error(`no case ${begin}`);
  return found.marts;
};
const REFORMED = reformCase("k: at a reform");
const UNREPORTED = reformCase("k: after a reform");

test("an exact successor goes on with the flows of those before it, until it reports with their stocks", async () => {
  expect(await basisOf(REFORMED, "Q3", "N-T")).toEqual([
    "Q1 reached reported 7 counts of O-T1",
    "Q1 reached reported 7 counts of O-T2",
    "Q2 reached reported 7 counts of O-T1",
    "Q2 reached reported 7 counts of O-T2",
    "Q3 reached reported 14 counts",
    "Q3 people reported 200 counts",
  ]);
  expect(await basisOf(UNREPORTED, "Q3", "N-T")).toEqual([
    "Q1 reached reported 7 counts of O-T1",
    "Q1 reached reported 7 counts of O-T2",
    "Q2 reached reported 7 counts of O-T1",
    "Q2 reached reported 7 counts of O-T2",
    "Q3 reached not_sent - not_sent",
    "Q2 people reported 100 counts of O-T1",
    "Q2 people reported 100 counts of O-T2",
    "Q3 people not_sent - not_sent",
  ]);
});

test("an area that is gone and that nobody exactly continues has its flows in the list, and no stock", async () => {
  const flows = ["Q1 reached reported 7 counts", "Q2 reached reported 7 counts"];
  expect(await basisOf(REFORMED, "Q4", "O-K1")).toEqual(flows);
  expect(await basisOf(REFORMED, "Y", "O-K1")).toEqual(flows);
  expect(await basisOf(REFORMED, "Q4", "O-T1")).toEqual([]);
  // its successor reports nothing, so that neither is in the whole
  expect(await basisOf(UNREPORTED, "Q3", "O-K1")).toEqual([]);
});

test.each(ADDED)("what is listed adds up to the whole: $rule", async ({ marts }) => {
  const rows = await askSource(
    marts,
    ["basis"],
    `with counted as (
        select
            period,
            coalesce(sum(basis.value) filter (where role = 'numerator'), 0) as numerator,
            sum(basis.value) filter (where role = 'denominator') as denominator
        from basis
        left join marts.attainment_by_ward_period as ward using (plan_id, indicator_code, period, area_id)
        where usage = 'counts' and coalesce(ward.areas_left_out, 0) = 0
        group by period
      ), place as (
        select period, sum(numerator) as numerator, sum(denominator) as denominator
        from (
            select period, numerator, denominator from marts.attainment_by_ward_period
            where areas_left_out = 0
            union all
            select period, numerator, denominator from marts.attainment_by_gone_area
        )
        group by period
      )
      select period
      from marts.attainment_by_plan_period as city
      left join counted using (period)
      left join place using (period)
      where city.numerator is not null and city.indicator_code = 'I'
        and (city.numerator, city.denominator, city.numerator, city.denominator) is distinct from
        (counted.numerator::decimal(28, 4), counted.denominator::decimal(28, 4), place.numerator, place.denominator)`,
  );
  expect(rows).toEqual([]);
});
