import { expect, test } from "vitest";
import { martsOfCases } from "./case-marts.ts";
import { indicator, REACH, smallPlan } from "./small-plan.ts";

const given = martsOfCases();

const NIL = given(
  smallPlan([indicator(REACH)]),
  `
    received          unit  period  people  reached
    2030-03-05T08:00  W-A1  Q1      100     nil
    2030-03-05T08:00  W-A2  Q1      100     0
    2030-03-05T08:00  W-A3  Q1      100     .
    2030-03-05T08:00  W-A4  Q1      100     nil
    2030-03-06T08:00  W-A4  Q1      100     7
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
