import { indicator, REACH, smallPlan } from "../small-plan.ts";
import type { World } from "../world.ts";
import { inCity } from "./areas.ts";
import type { FigureCase } from "./time-cases.ts";

/** The small plan with a half-year that is due after its second quarter. */
const dueLater = (world: World): World => ({
  ...world,
  plan: JSON.parse(JSON.stringify(world.plan).replace("2030-06-05", "2030-06-15")),
});

/** Every case is computed by hand from the rules of the numbers; figures to date unless named so. */
export const FIGURE_CASES: readonly FigureCase[] = [
  {
    rule: "1: a city percentage is the ratio of sums, never the mean of percentages",
    // 10/100 and 90/100 and 1/1000: mean of percentages 33,37; ratio of sums 101/1200 = 8,4166…
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     10
      2030-03-05T08:00  W-A2  Q1      100     90
      2030-03-05T08:00  W-A3  Q1      1000    1
    `,
    expected: `
      at    period  numerator  denominator  value     value_shown  status        areas_reported  areas_expected
      A1    Q1      10         100          10        10           not_yet       1               1
      A2    Q1      90         100          90        90           met           1               1
      A3    Q1      1          1000         0.1       0.1          not_yet       1               1
      A4    Q1      -          -            -         -            not_reported  0               1
      city  Q1      101        1200         8.416667  8.42         not_yet       3               4
    `,
  },
  {
    rule: "2: a flow adds up over the year, a stock is the latest, the period's own value stands beside",
    // Q2: (5+10)/120 = 12,5; in the period 10/120 = 8,333333
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     5
      2030-06-05T08:00  W-A1  Q2      120     10
    `,
    expected: `
      at  period  numerator  denominator  value  value_in_period  periods_missing_before
      A1  Q1      5          100          5      5                0
      A1  Q2      15         120          12.5   8.333333         0
      A1  Q3      15         120          12.5   -                0
    `,
  },
  {
    rule: "2: a missing earlier period leaves the sum standing, with the count of missing periods",
    // Q2 missing: Q3 = (5+20)/100
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     5
      2030-09-05T08:00  W-A1  Q3      100     20
    `,
    expected: `
      at    period  numerator  denominator  value  periods_missing_before  status
      A1    Q2      5          100          5      0                       not_yet
      A1    Q3      25         100          25     1                       not_yet
      city  Q3      25         100          25     7                       not_yet
    `,
  },
  {
    rule: "2: a stock left blank stands at its latest report; a flow left blank adds nothing to what is known",
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     5
      2030-06-05T08:00  W-A1  Q2      .       10
      2030-03-05T08:00  W-A2  Q1      100     5
      2030-06-05T08:00  W-A2  Q2      100     .
    `,
    expected: `
      at    period  numerator  denominator  value  status   areas_reported
      A1    Q2      15         100          15     not_yet  0
      A2    Q2      5          100          5      not_yet  0
      city  Q2      20         200          10     not_yet  0
    `,
  },
  {
    rule: "2: an average over time and over areas is of what was reported",
    // A1: (10+20)/2 = 15 of 100; A2: 40 of 100; city: (15+40)/2 = 27,5 of the sum 200
    world: smallPlan([indicator({ kind: "ratio", numerator: ["load"], denominator: ["people"] })]),
    given: `
      received          unit  period  people  load
      2030-03-05T08:00  W-A1  Q1      100     10
      2030-06-05T08:00  W-A1  Q2      100     20
      2030-06-05T08:00  W-A2  Q2      100     40
    `,
    expected: `
      at    period  numerator  denominator  value
      A1    Q2      15         100          15
      A2    Q2      40         100          40
      city  Q2      27.5       200          13.75
    `,
  },
  {
    rule: "2: an average of three quarters, carried to the year, keeps its decimals",
    // (10+10+11)/3 = 10,333333…; of 31 people that is a third: 33,333333
    world: smallPlan([indicator({ kind: "ratio", numerator: ["load"], denominator: ["people"] })]),
    given: `
      received          unit  period  people  load
      2030-03-05T08:00  W-A1  Q1      31      10
      2030-06-05T08:00  W-A1  Q2      31      10
      2030-09-05T08:00  W-A1  Q3      31      11
    `,
    expected: `
      at  period  numerator  denominator  value
      A1  Q3      10.3333    31           33.333333
      A1  Y       10.3333    31           33.333333
    `,
  },
  {
    rule: "3: blank, zero and nil are three things",
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     0
      2030-03-05T08:00  W-A2  Q1      100     nil
      2030-03-05T08:00  W-A3  Q1      100     .
      2030-03-05T08:00  W-A4  Q1      100     30
    `,
    expected: `
      at    period  numerator  denominator  value  status        areas_reported
      A1    Q1      0          100          0      not_yet       1
      A2    Q1      0          100          0      not_yet       1
      A3    Q1      -          -            -      not_reported  0
      A4    Q1      30         100          30     met           1
      city  Q1      30         300          10     not_yet       3
    `,
  },
  {
    rule: "4: a denominator of 0 is not_arising, neither met nor not met",
    world: smallPlan([
      indicator({ kind: "ratio", numerator: ["solved"], denominator: ["cases"] }, ">=", 100),
    ]),
    given: `
      received          unit  period  area  cases  solved
      2030-03-05T08:00  D1    Q1      A1    0      0
      2030-03-05T08:00  D1    Q1      A2    nil    nil
      2030-03-05T08:00  D1    Q1      A3    2      2
      2030-03-05T08:00  D1    Q1      A4    .      .
    `,
    expected: `
      at    period  numerator  denominator  value  status        attained  is_disclosive
      A1    Q1      0          0            -      not_arising   -         true
      A2    Q1      0          0            -      not_arising   -         true
      A3    Q1      2          2            100    met           true      true
      A4    Q1      -          -            -      not_reported  -         true
      city  Q1      2          2            100    met           true      true
    `,
  },
  {
    rule: "4: a period before the plan began is not applicable, and never missing later",
    // in force from 6 May: Q1 ended before, Q2 counts; a sum at Q2 misses nothing
    world: smallPlan([indicator(REACH)], { in_force_from: "2030-05-06" }),
    given: `
      received          unit  period  people  reached
      2030-06-05T08:00  W-A1  Q2      100     30
    `,
    expected: `
      at    period  value  status          areas_expected  areas_reported  periods_missing_before  attained
      A1    Q1      -      not_applicable  0               0               0                       -
      city  Q1      -      not_applicable  0               0               0                       -
      A1    Q2      30     met             1               1               0                       true
      city  Q2      30     met             4               1               0                       true
    `,
  },
  {
    rule: "5: a share of areas counts against every area; one that did not report does not hold",
    world: smallPlan([
      indicator(
        { kind: "share_of_areas", conditions: [{ measure: "plan" }, { measure: "reached" }] },
        ">=",
        75,
      ),
    ]),
    given: `
      received          unit  period  plan  reached
      2030-03-05T08:00  W-A1  Q1      1     5
      2030-03-05T08:00  W-A2  Q1      1     0
      2030-03-05T08:00  W-A3  Q1      1     1
      2030-06-05T08:00  W-A1  Q2      0     0
      2030-06-05T08:00  W-A2  Q2      0     2
      2030-06-05T08:00  W-A3  Q2      0     0
    `,
    expected: `
      at    period  numerator  denominator  value  value_in_period  status          areas_reported
      A1    Q1      1          1            100    100              not_applicable  1
      A2    Q1      0          1            0      0                not_applicable  1
      A4    Q1      -          -            -      -                not_reported    0
      city  Q1      2          4            50     50               not_yet         3
      A1    Q2      1          1            100    0                not_applicable  1
      A2    Q2      1          1            100    0                not_applicable  1
      city  Q2      3          4            75     0                met             3
      city  Q3      3          4            75     -                met             0
    `,
  },
  {
    rule: "2: for a minimum, a missing period does not hold",
    // A1 in every quarter, A2 missed Q1, A3 had none in Q1
    world: smallPlan([
      indicator({ kind: "share_of_areas", conditions: [{ measure: "forms" }] }, ">=", 25),
    ]),
    given: `
      received          unit  period  forms
      2030-03-05T08:00  W-A1  Q1      2
      2030-03-05T08:00  W-A3  Q1      0
      2030-06-05T08:00  W-A1  Q2      1
      2030-06-05T08:00  W-A2  Q2      3
      2030-06-05T08:00  W-A3  Q2      3
    `,
    expected: `
      at    period  value  status          areas_reported  periods_missing_before
      A1    Q2      100    not_applicable  1               0
      A2    Q2      0      not_applicable  1               1
      A3    Q2      0      not_applicable  1               0
      city  Q2      25     met             3               2
    `,
  },
  {
    rule: "5: n/n over areas takes its denominator from the areas valid on the period's last day",
    // ward 4 was abolished on 1 July: 4 in Q2, 3 in Q3; its Q3 rows say not applicable
    world: inCity(
      "E",
      smallPlan([
        indicator({ kind: "share_of_areas", conditions: [{ measure: "plan" }] }, ">=", 100),
      ]),
    ),
    given: `
      received          unit  period  plan
      2030-06-05T08:00  W-E1  Q2      1
      2030-06-05T08:00  W-E2  Q2      1
      2030-06-05T08:00  W-E3  Q2      1
      2030-09-05T08:00  W-E1  Q3      1
      2030-09-05T08:00  W-E2  Q3      1
      2030-09-05T08:00  W-E3  Q3      1
    `,
    expected: `
      at    period  numerator  denominator  value  status          areas_expected
      E4    Q2      -          -            -      not_reported    1
      city  Q2      3          4            75     not_yet         4
      E4    Q3      -          -            -      not_applicable  0
      city  Q3      3          3            100    met             3
    `,
  },
  {
    rule: "a share of units counts departments and ward committees alike",
    world: smallPlan([
      indicator({ kind: "share_of_units", conditions: [{ measure: "joined" }] }, ">=", 50),
    ]),
    given: `
      received          unit  period  joined
      2030-03-05T08:00  D1    Q1      1
      2030-03-05T08:00  D2    Q1      0
      2030-03-05T08:00  W-A1  Q1      1
      2030-03-05T08:00  W-A2  Q1      1
    `,
    expected: `
      at    period  numerator  denominator  value  status          areas_expected  areas_reported
      A1    Q1      1          1            100    not_applicable  1               1
      A3    Q1      -          -            -      not_reported    1               0
      city  Q1      3          6            50     met             6               4
    `,
  },
  {
    rule: "a ratio over wards and departments adds all of them, a ward's is its own",
    world: smallPlan([
      indicator({ kind: "ratio", numerator: ["trained"], denominator: ["staff"] }, ">=", 30),
    ]),
    given: `
      received          unit  period  staff  trained
      2030-03-05T08:00  D1    Q1      10     5
      2030-03-05T08:00  D2    Q1      10     .
      2030-03-05T08:00  W-A1  Q1      10     1
    `,
    expected: `
      at    period  numerator  denominator  value  status   areas_expected  areas_reported
      A1    Q1      1          10           10     not_yet  1               1
      city  Q1      6          20           30     met      6               2
    `,
  },
  {
    rule: "all of several conditions of the whole area; wards have no value of their own",
    world: smallPlan([
      indicator(
        { kind: "all_of", conditions: [{ measure: "posts" }, { measure: "pages" }] },
        ">=",
        100,
      ),
    ]),
    given: `
      received          unit  period  posts  pages
      2030-03-05T08:00  D1    Q1      3      .
      2030-06-05T08:00  D1    Q2      0      .
      2030-06-05T08:00  D2    Q2      .      1
    `,
    expected: `
      at    period  numerator  denominator  value  status          areas_expected  areas_reported
      A1    Q1      -          -            -      not_applicable  0               0
      city  Q1      1          2            50     not_yet         2               1
      city  Q2      2          2            100    met             2               2
      city  Q3      2          2            100    met             2               0
    `,
  },
  {
    rule: "a count adds up what is known; one ward's part of it has no target",
    world: smallPlan([indicator({ kind: "count", measures: ["reached"] }, ">=", 50, "linear")]),
    given: `
      received          unit  period  reached
      2030-03-05T08:00  W-A1  Q1      10
      2030-03-05T08:00  W-A2  Q1      3
      2030-06-05T08:00  W-A1  Q2      20
    `,
    expected: `
      at    period  numerator  denominator  value  value_in_period  target_value  status          areas_reported
      A1    Q2      30         -            30     20               -             not_applicable  1
      A2    Q2      3          -            3      -                -             not_applicable  0
      city  Q1      13         -            13     13               50            on_track        2
      city  Q2      33         -            33     20               50            on_track        1
    `,
  },
  {
    rule: "the largest figures that intake takes go through, over all areas and periods",
    // four wards, four quarters of 999.999.999.999 each: 16 x that of 4 x that
    world: smallPlan([indicator(REACH, ">=", 30)]),
    given: `
      received          unit  period  people        reached
${["A1", "A2", "A3", "A4"]
  .flatMap((ward) =>
    ["Q1", "Q2", "Q3", "Q4"].map(
      (quarter) => `      2030-12-05T08:00  W-${ward}  ${quarter}      999999999999  999999999999`,
    ),
  )
  .join("\n")}
    `,
    expected: `
      at    period  numerator       denominator    value  value_shown  status
      A1    Q4      3999999999996   999999999999   400    400          met
      city  Q4      15999999999984  3999999999996  400    400          met
      city  Y       15999999999984  3999999999996  400    400          met
    `,
  },
  {
    rule: "a rate of the largest figures per 100.000",
    world: smallPlan([
      indicator(
        { kind: "ratio", numerator: ["trained"], denominator: ["staff"], factor: 100000 },
        ">=",
        30,
      ),
    ]),
    given: `
      received          unit  period  staff   trained
      2030-12-05T08:00  W-A1  Q4      1       999999999999
      2030-12-05T08:00  W-A2  Q4      1       0
    `,
    expected: `
      at    period  numerator     denominator  value              status
      A1    Q4      999999999999  1            99999999999900000  met
      city  Q4      999999999999  2            49999999999950000  met
    `,
  },
  {
    rule: "6: met is decided exactly, and what is shown never crosses the target",
    // 29,996 of 100 against 30; 1/3 against 33,3333 (1/3 is more); 2.999.999/9.999.999 < 30 by 10^-6
    world: smallPlan([indicator(REACH, ">=", 30)]),
    given: `
      received          unit  period  people     reached
      2030-03-05T08:00  W-A1  Q1      100000     29996
      2030-03-05T08:00  W-A2  Q1      10         3
      2030-03-05T08:00  W-A3  Q1      9999999    2999999
      2030-03-05T08:00  W-A4  Q1      300000000  89999999
    `,
    expected: `
      at  period  value      value_in_period  value_shown  status
      A1  Q1      29.996     29.996           29.99        not_yet
      A2  Q1      30         30               30           met
      A3  Q1      29.999993  29.999993        29.99        not_yet
      A4  Q1      29.999999  29.999999        29.99        not_yet
    `,
  },
  {
    rule: "6: a target of four decimals is compared and shown with them",
    world: smallPlan([indicator(REACH, ">=", "33.3333")]),
    given: `
      received          unit  period  people   reached
      2030-03-05T08:00  W-A1  Q1      3        1
      2030-03-05T08:00  W-A2  Q1      1000000  333333
      2030-03-05T08:00  W-A3  Q1      1000000  333332
    `,
    expected: `
      at  period  value      value_shown  status
      A1  Q1      33.333333  33.3333      met
      A2  Q1      33.3333    33.3333      met
      A3  Q1      33.3332    33.3332      not_yet
    `,
  },
  {
    rule: "6: strict targets: 30 is not above 30, and 30,001 is not shown as 30",
    world: smallPlan([indicator(REACH, ">", 30)]),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      10      3
      2030-03-05T08:00  W-A2  Q1      100000  30001
    `,
    expected: `
      at  period  value   value_shown  status   attained
      A1  Q1      30      30           not_yet  false
      A2  Q1      30.001  30.01        met      true
    `,
  },
  {
    rule: "6: a ceiling: 30 is at most 30, 30,001 is above it and shown so",
    world: smallPlan([indicator(REACH, "<=", 30)]),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      10      3
      2030-03-05T08:00  W-A2  Q1      100000  30001
      2030-03-05T08:00  W-A3  Q1      100000  29999
    `,
    expected: `
      at  period  value   value_shown  status
      A1  Q1      30      30           within
      A2  Q1      30.001  30.01        not_yet
      A3  Q1      29.999  30           within
    `,
  },
  {
    rule: "6: below a bound: 29,999 is below 30 and shown so",
    world: smallPlan([indicator(REACH, "<", 30)]),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      10      3
      2030-03-05T08:00  W-A2  Q1      100000  29999
    `,
    expected: `
      at  period  value   value_shown  status
      A1  Q1      30      30           not_yet
      A2  Q1      29.999  29.99        within
    `,
  },
  {
    rule: "7: a linear pace parts on_track from behind until the year's last period",
    // target 20: pace 5, 10, 15, 20. A1 exactly on it, A2 a hair below, A3 ahead
    world: smallPlan([indicator(REACH, ">=", 20, "linear")]),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      1000    50
      2030-06-05T08:00  W-A1  Q2      1000    50
      2030-09-05T08:00  W-A1  Q3      1000    50
      2030-12-05T08:00  W-A1  Q4      1000    49
      2030-03-05T08:00  W-A2  Q1      1000    49
      2030-06-05T08:00  W-A2  Q2      1000    0
      2030-09-05T08:00  W-A2  Q3      1000    0
      2030-12-05T08:00  W-A2  Q4      1000    151
      2030-03-05T08:00  W-A3  Q1      1000    200
    `,
    expected: `
      at  period  value  pace_value  status    attained
      A1  Q1      5      5           on_track  false
      A1  Q2      10     10          on_track  false
      A1  Q3      15     15          on_track  false
      A1  Q4      19.9   20          not_met   false
      A2  Q1      4.9    5           behind    false
      A2  Q3      4.9    15          behind    false
      A2  Q4      20     20          met       true
      A3  Q1      20     5           met       true
    `,
  },
  {
    rule: "7: what is shown never crosses the pace either",
    // target 30, pace 15 at Q2: 14,996 is behind and not shown as 15; 15,004 is on track at 15
    world: smallPlan([indicator(REACH, ">=", 30, "linear")]),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100000  0
      2030-06-05T08:00  W-A1  Q2      100000  14996
      2030-03-05T08:00  W-A2  Q1      100000  0
      2030-06-05T08:00  W-A2  Q2      100000  15004
    `,
    expected: `
      at  period  value   value_shown  pace_value  status
      A1  Q2      14.996  14.99        15          behind
      A2  Q2      15.004  15           15          on_track
    `,
  },
  {
    rule: "7: a year that is open stands where its closed quarters do",
    // only Q1 is closed: half-year and year are at a quarter of the target, not lost before they are due
    world: dueLater(smallPlan([indicator(REACH, ">=", 30, "linear")])),
    asOf: "2030-06-09T23:59:59",
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     10
    `,
    expected: `
      at  period  value  pace_value  status        basis    periods_missing_before
      A1  Q1      10     7.5         on_track      own      0
      A1  H1      10     7.5         on_track      covered  0
      A1  Y       10     7.5         on_track      covered  0
      A2  Y       -      7.5         not_reported  -        0
    `,
  },
  {
    rule: "8: a half-year made of its quarters keeps what a ward reported in either",
    // A1 sent Q1 only, A2 both: (90 + 5 + 5) of 200, and one of them reported for Q2
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     90
      2030-03-05T08:00  W-A2  Q1      100     5
      2030-06-05T08:00  W-A2  Q2      100     5
    `,
    expected: `
      at    period  numerator  denominator  value  areas_reported  basis
      city  Q2      100        200          50     1               own
      city  H1      100        200          50     1               covered
      A1    H1      90         100          90     0               covered
    `,
  },
  {
    rule: "8: a stock that its own half-year leaves blank stands at the quarter's",
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      90      5
      2030-06-05T08:00  W-A1  Q2      100     5
      2030-06-04T08:00  W-A1  H1      .       nil
    `,
    expected: `
      at  period  numerator  denominator  value  status   basis
      A1  H1      0          100          0      not_yet  mixed
    `,
  },
  {
    rule: "1: a late correction replaces the whole earlier submission from when it was received",
    // the correction leaves `reached` of Q1 blank: it is missing then, not 10
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     10
      2030-03-05T08:00  W-A2  Q1      100     10
      2030-07-01T08:00  W-A1  Q1      100     40
      2030-07-01T08:00  W-A2  Q1      100     .
    `,
    expected: `
      at  period  numerator  value  status
      A1  Q1      40         40     met
      A2  Q1      -          -      not_reported
    `,
  },
  {
    rule: "9: as of a moment before the correction the earlier figures hold",
    asOf: "2030-06-10",
    given: `
      received             unit  period  people  reached
      2030-03-05T08:00     W-A1  Q1      100     10
      2030-06-10T00:00:01  W-A1  Q1      100     40
    `,
    expected: `
      at  period  numerator  value  status
      A1  Q1      10         10     not_yet
    `,
  },
  {
    rule: "8: a half-year takes its own submission where there is one, else the quarters, and says which",
    // A1 sent H1 itself (40, not 10+20); A2 did not (10+5); A3 sent only Q2, A4 nothing
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     10
      2030-06-05T08:00  W-A1  Q2      100     20
      2030-06-04T08:00  W-A1  H1      100     40
      2030-03-05T08:00  W-A2  Q1      100     10
      2030-06-05T08:00  W-A2  Q2      100     5
      2030-06-05T08:00  W-A3  Q2      100     7
    `,
    expected: `
      at    period  numerator  value      basis    periods_missing_before  status
      A1    H1      40         40         own      0                       met
      A2    H1      15         15         covered  0                       not_yet
      A3    H1      7          7          covered  1                       not_yet
      A4    H1      -          -          -        1                       not_reported
      city  H1      62         20.666667  mixed    2                       not_yet
      A1    Y       30         30         covered  1                       met
    `,
  },
];
