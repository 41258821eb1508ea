import { expect, test } from "vitest";
import { OTHER_PERIODS, smallPlan } from "../small-plan.ts";
import { parseTable } from "../text-table.ts";
import type { World } from "../world.ts";
import { given } from "./given.ts";

interface Case {
  readonly doubt: string;
  readonly world?: World;
  readonly given: string;
  readonly expected: string;
}

const FLOWS = ["talks", "leaflets", "visits"].map((code) => ({ code, over_time: "sum" }));

const CASES: readonly Case[] = [
  {
    doubt: "a half-year that is not its quarters, once all of them are there",
    // A1: 40 against 10+20; stock 100 against the later quarter's 90; A2 agrees; A3 lacks Q1
    given: `
      people reached  Q1      Q2     H1
      W-A1            100 10  90 20  100 40
      W-A2            100 10  100 5  100 15
      W-A3            -       100 5  100 7
    `,
    expected: `
      rule                       period  area_name  measure  value  compared_with
      covering_period_disagrees  H1      Ward 1     people   100    90
      covering_period_disagrees  H1      Ward 1     reached  40     30
    `,
  },
  {
    doubt:
      "a year that is less than what its quarters already add up to, or left blank though they are there",
    given: `
      people reached  Q1      Q2      Y
      W-A1            100 40  100 50  100 5
      W-A2            100 40  -       100 .
    `,
    expected: `
      rule                       period  area_name  measure  value  compared_with
      covering_period_disagrees  Y       Ward 1     reached  5      90
      covering_period_disagrees  Y       Ward 2     reached  -      40
    `,
  },
  {
    doubt: "a correction that leaves out what the report that it replaces had",
    given: `
      people reached  Q1
      W-A1            100 40
      W-A2            100 .
      W-A1            03-06T08:00 . 41
      W-A2            03-06T08:00 100 40
    `,
    expected: `
      rule                   period  area_name  measure  value  compared_with
      correction_leaves_out  Q1      Ward 1     people   -      100
    `,
  },
  {
    doubt: "something of nothing: no percentage can be said",
    // 4 of 0, and another 4 in the next quarter; 0 of 0 is none
    world: smallPlan("trained/staff"),
    given: `
      trained staff  Q1   Q2
      W-A1           4 0  4 0
      W-A2           0 0
    `,
    expected: `
      rule                           period  area_name  measure  value  compared_with
      numerator_without_denominator  Q1      Ward 1     trained  4      0
      numerator_without_denominator  Q2      Ward 1     trained  8      0
      numerator_without_denominator  H1      Ward 1     trained  8      0
    `,
  },
  {
    doubt: "a flow that outgrows its stock over the year",
    // Q1 60 of 100, Q2 50 more of 100: 110 people of 100
    given: `
      people reached  Q1      Q2
      W-A1            100 60  100 50
      W-A2            100 50  100 50
    `,
    expected: `
      rule         period  area_name  measure  value  compared_with
      above_bound  Q2      Ward 1     reached  110    100
      above_bound  H1      Ward 1     reached  110    100
    `,
  },
  {
    doubt: "parts that do not add up to their total",
    world: smallPlan("reached/people", {
      measures: [{ code: "all", parts: ["people", "reached"] }],
    }),
    given: `
      all people reached  Q4
      W-A1                30 20 9
      W-A2                30 20 10
      W-A3                30 20 .
    `,
    expected: `
      rule                 period  area_name  measure  value  compared_with
      parts_do_not_add_up  Q4      Ward 1     all      30     29
      parts_do_not_add_up  Y       Ward 1     all      30     29
    `,
  },
  {
    doubt: "a figure for a measure that the plan no longer has",
    given: `
      people reached forgotten  Q1
      W-A1                      100 60 7
    `,
    expected: `
      rule                   period  area_name  measure    value  compared_with
      measure_left_the_plan  Q1      Ward 1     forgotten  7      -
    `,
  },
  {
    doubt: "a stock that is five times what it was or a fifth of it, by 20 at least",
    given: `
      people  Q1   Q2
      W-A1    100  500
      W-A2    100  20
      W-A3    100  499
      W-A4    4    23
    `,
    expected: `
      rule  period  area_name  measure  value  compared_with
      jump  Q2      Ward 1     people   500    100
      jump  Q2      Ward 2     people   20     100
    `,
  },
  {
    doubt: "a flow that jumps up, unless its bound has grown or a note gives the cause",
    // A1: five times, of people only 1.2 times; A2: people three times, which is the cause; A3: a
    // note; A4: it falls, which flows may; and a jump from nothing is no number of times
    given: `
      received          unit  period  people  reached       forms
      2030-03-05T08:00  W-A1  Q1      100     10            0
      2030-06-05T08:00  W-A1  Q2      120     50            40
      2030-03-05T08:00  W-A2  Q1      100     10            5
      2030-06-05T08:00  W-A2  Q2      300     50            6
      2030-03-05T08:00  W-A3  Q1      100     10            5
      2030-06-05T08:00  W-A3  Q2      120     50 campaign   6
      2030-03-05T08:00  W-A4  Q1      100     50            40
      2030-06-05T08:00  W-A4  Q2      120     10            0
    `,
    expected: `
      rule  period  area_name  measure  value  compared_with
      jump  Q2      Ward 1     reached  50     10
    `,
  },
  {
    doubt: "totals to date in place of the figures of the period",
    world: smallPlan("reached/people", { measures: FLOWS }),
    // A1: all at or above the sum of two quarters; A2: one is below it; A3: the second quarter has
    // grown only, which may be; A4: in the second quarter one stands at its 30 and the rest has
    // grown
    given: `
      talks leaflets visits  Q1      Q2      Q3
      W-A1                   3 20 2  2 15 1  7 35 4
      W-A2                   3 20 2  2 15 1  7 34 4
      W-A3                   3 20 2  4 25 2
      W-A4                   3 30 2  5 30 4
    `,
    expected: `
      rule                period  area_name  measure  value  compared_with
      cumulative_figures  Q2      Ward 4     -        -      -
      cumulative_figures  Q3      Ward 1     -        -      -
    `,
  },
  {
    doubt: "the same of what is asked by the half-year in a plan of quarters",
    world: smallPlan("reached/people", {
      measures: FLOWS.map((one) => ({ ...one, due_in: ["half_year"] })),
      periods: OTHER_PERIODS.nine_months,
    }),
    // A1: the same once more; A2: a jump, 200 and 20.000; A3: one stands at its 30, the rest has
    // grown beyond what was before; the year is made of both and raises nothing
    given: `
      people talks leaflets visits  H1           H2
      W-A1                          . 46 910 12  11-04T08:00 . 46 910 12
      W-A2                          . 46 200 12  11-04T08:00 . 40 20000 11
      W-A3                          . 3 30 2     11-04T08:00 . 5 30 4
    `,
    expected: `
      rule                period  area_name  measure   value  compared_with
      jump                H2      Ward 2     leaflets  20000  200
      same_as_before      H2      Ward 1     -         -      -
      cumulative_figures  H2      Ward 3     -         -      -
    `,
  },
  {
    doubt: "the figures of the period before once more",
    world: smallPlan("reached/people", { measures: FLOWS }),
    // A1: the same throughout; A2: one differs; A3: one is blank now; A4: flows too small to tell;
    // and D1 has areas: the same throughout
    given: `
      people talks leaflets cases  Q1            Q2
      W-A1                         100 46 910 .  100 46 910 .
      W-A2                         100 46 910 .  101 46 910 .
      W-A3                         100 46 910 .  . 46 910 .
      W-A4                         100 9 240 .   100 9 240 .
      D1:A1                        . . . 12      . . . 12
      D1:A2                        . . . 34      . . . 34
    `,
    expected: `
      rule            period  area_name  measure  value  compared_with
      same_as_before  Q2      Ward 1     -        -      -
      same_as_before  Q2      -          -        -      -
    `,
  },
];

const BUILT = CASES.map((one) => ({
  ...one,
  marts: given(one.world ?? smallPlan("reached/people"), one.given),
}));

test.each(BUILT)("found: $doubt", async ({ marts, expected }) => {
  const found = await marts.rows(
    `select rule, period, area_name, measure, value, compared_with from marts.findings
     order by measure, position(period in 'Q1 Q2 Q3 Q4 H1 H2 Y'), area_name`,
  );
  expect(found).toEqual(parseTable(expected));
});
