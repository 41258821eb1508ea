import { expect, test } from "vitest";
import { indicator, REACH, smallPlan } from "../small-plan.ts";
import { parseTable } from "../text-table.ts";
import type { World } from "../world.ts";
import { given } from "./given.ts";
import { withNineMonths } from "./time-cases.ts";

interface Case {
  readonly doubt: string;
  readonly world?: World;
  readonly given: string;
  readonly expected: string;
}

const FLOWS = ["talks", "leaflets", "visits"].map((code) => ({
  code,
  name: code,
  unit_of_measure: "buổi",
  kind: "count",
  reported_by: ["W"],
  over_time: "sum",
  over_areas: "sum",
  sensitive: false,
}));

const BY_HALF_YEARS = FLOWS.map((one) => ({ ...one, due_in: ["half_year"] }));

const CASES: readonly Case[] = [
  {
    doubt: "a half-year that is not its quarters, once all of them are there",
    // A1: 40 against 10+20; stock 100 against the later quarter's 90; A2 agrees; A3 lacks Q1
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     10
      2030-06-05T08:00  W-A1  Q2      90      20
      2030-06-04T08:00  W-A1  H1      100     40
      2030-03-05T08:00  W-A2  Q1      100     10
      2030-06-05T08:00  W-A2  Q2      100     5
      2030-06-04T08:00  W-A2  H1      100     15
      2030-06-05T08:00  W-A3  Q2      100     5
      2030-06-04T08:00  W-A3  H1      100     7
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
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     40
      2030-06-05T08:00  W-A1  Q2      100     50
      2030-11-05T08:00  W-A1  Y       100     5
      2030-03-05T08:00  W-A2  Q1      100     40
      2030-11-05T08:00  W-A2  Y       100     .
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
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     40
      2030-03-06T08:00  W-A1  Q1      .       41
      2030-03-05T08:00  W-A2  Q1      100     .
      2030-03-06T08:00  W-A2  Q1      100     40
    `,
    expected: `
      rule                   period  area_name  measure  value  compared_with
      correction_leaves_out  Q1      Ward 1     people   -      100
    `,
  },
  {
    doubt: "something of nothing: no percentage can be said",
    // 4 of 0, and another 4 in the next quarter; 0 of 0 is none
    world: smallPlan([
      indicator({ kind: "ratio", numerator: ["trained"], denominator: ["staff"] }),
    ]),
    given: `
      received          unit  period  trained  staff
      2030-03-05T08:00  W-A1  Q1      4        0
      2030-06-05T08:00  W-A1  Q2      4        0
      2030-03-05T08:00  W-A2  Q1      0        0
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
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     60
      2030-06-05T08:00  W-A1  Q2      100     50
      2030-03-05T08:00  W-A2  Q1      100     50
      2030-06-05T08:00  W-A2  Q2      100     50
    `,
    expected: `
      rule         period  area_name  measure  value  compared_with
      above_bound  Q2      Ward 1     reached  110    100
      above_bound  H1      Ward 1     reached  110    100
    `,
  },
  {
    doubt: "parts that do not add up to their total",
    world: smallPlan([indicator(REACH)], {
      measures: [
        {
          code: "all",
          name: "All",
          unit_of_measure: "cơ sở",
          kind: "count",
          reported_by: ["W"],
          over_time: "last",
          over_areas: "sum",
          sensitive: false,
          parts: ["people", "reached"],
        },
      ],
    }),
    given: `
      received          unit  period  all  people  reached
      2030-12-05T08:00  W-A1  Q4      30   20      9
      2030-12-05T08:00  W-A2  Q4      30   20      10
      2030-12-05T08:00  W-A3  Q4      30   20      .
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
      received          unit  period  people  reached  forgotten
      2030-03-05T08:00  W-A1  Q1      100     60       7
    `,
    expected: `
      rule                   period  area_name  measure    value  compared_with
      measure_left_the_plan  Q1      Ward 1     forgotten  7      -
    `,
  },
  {
    doubt: "a stock that is five times what it was or a fifth of it, by 20 at least",
    given: `
      received          unit  period  people
      2030-03-05T08:00  W-A1  Q1      100
      2030-06-05T08:00  W-A1  Q2      500
      2030-03-05T08:00  W-A2  Q1      100
      2030-06-05T08:00  W-A2  Q2      20
      2030-03-05T08:00  W-A3  Q1      100
      2030-06-05T08:00  W-A3  Q2      499
      2030-03-05T08:00  W-A4  Q1      4
      2030-06-05T08:00  W-A4  Q2      23
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
    world: smallPlan([indicator(REACH)], { measures: FLOWS }),
    // A1: all at or above the sum of two quarters; A2: one is below it; A3: the second quarter has
    // grown only, which may be; A4: in the second quarter one stands at its 30 and the rest has
    // grown
    given: `
      received          unit  period  talks  leaflets  visits
      2030-03-05T08:00  W-A1  Q1      3      20        2
      2030-06-05T08:00  W-A1  Q2      2      15        1
      2030-09-05T08:00  W-A1  Q3      7      35        4
      2030-03-05T08:00  W-A2  Q1      3      20        2
      2030-06-05T08:00  W-A2  Q2      2      15        1
      2030-09-05T08:00  W-A2  Q3      7      34        4
      2030-03-05T08:00  W-A3  Q1      3      20        2
      2030-06-05T08:00  W-A3  Q2      4      25        2
      2030-03-05T08:00  W-A4  Q1      3      30        2
      2030-06-05T08:00  W-A4  Q2      5      30        4
    `,
    expected: `
      rule                period  area_name  measure  value  compared_with
      cumulative_figures  Q2      Ward 4     -        -      -
      cumulative_figures  Q3      Ward 1     -        -      -
    `,
  },
  {
    doubt: "the same of what is asked by the half-year in a plan of quarters",
    world: withNineMonths(smallPlan([indicator(REACH)], { measures: BY_HALF_YEARS })),
    // A1: the same once more; A2: a jump, 200 and 20.000; A3: one stands at its 30, the rest has
    // grown beyond what was before; the year is made of both and raises nothing
    given: `
      received          unit  period  people  talks  leaflets  visits
      2030-06-04T08:00  W-A1  H1      .       46     910       12
      2030-11-04T08:00  W-A1  H2      .       46     910       12
      2030-06-04T08:00  W-A2  H1      .       46     200       12
      2030-11-04T08:00  W-A2  H2      .       40     20000     11
      2030-06-04T08:00  W-A3  H1      .       3      30        2
      2030-11-04T08:00  W-A3  H2      .       5      30        4
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
    world: smallPlan([indicator(REACH)], { measures: FLOWS }),
    // A1: the same throughout; A2: one differs; A3: one is blank now; A4: flows too small to tell;
    // and D1 has areas: the same throughout
    given: `
      received          unit  period  area  people  talks  leaflets  cases
      2030-03-05T08:00  W-A1  Q1      -     100     46     910       .
      2030-06-05T08:00  W-A1  Q2      -     100     46     910       .
      2030-03-05T08:00  W-A2  Q1      -     100     46     910       .
      2030-06-05T08:00  W-A2  Q2      -     101     46     910       .
      2030-03-05T08:00  W-A3  Q1      -     100     46     910       .
      2030-06-05T08:00  W-A3  Q2      -     .       46     910       .
      2030-03-05T08:00  W-A4  Q1      -     100     9      240       .
      2030-06-05T08:00  W-A4  Q2      -     100     9      240       .
      2030-03-05T08:00  D1    Q1      A1    .       .      .         12
      2030-03-05T08:00  D1    Q1      A2    .       .      .         34
      2030-06-05T08:00  D1    Q2      A1    .       .      .         12
      2030-06-05T08:00  D1    Q2      A2    .       .      .         34
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
  marts: given(one.world ?? smallPlan([indicator(REACH)]), one.given),
}));

test.each(BUILT)("found: $doubt", async ({ marts, expected }) => {
  const found = await marts.rows(
    `select rule, period, area_name, measure, value, compared_with from marts.findings
     order by measure, position(period in 'Q1 Q2 Q3 Q4 H1 H2 Y'), area_name`,
  );
  expect(found).toEqual(parseTable(expected));
});
