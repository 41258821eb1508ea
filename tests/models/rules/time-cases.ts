import { indicator, REACH, smallPlan } from "../small-plan.ts";
import type { GivenTable } from "../typed-ledger.ts";
import type { World } from "../world.ts";
import { inCity, OLD } from "./areas.ts";

/** A rule of the numbers by example: what was sent until a moment, and what follows by hand. */
export interface FigureCase {
  readonly rule: string;
  /** The small plan with at least 30 % to be reached by default. */
  readonly world?: World;
  readonly given: GivenTable;
  /** When all is closed by default. */
  readonly asOf?: string;
  /** Columns `at` (code of an area, or `city`) and `period`, then columns of the marts. */
  readonly expected: string;
}

interface PeriodWords {
  readonly code: string;
  readonly kind: string;
  readonly data_to: string;
}

interface SmallPlan {
  readonly periods: readonly PeriodWords[];
  readonly measures: readonly { readonly code: string }[];
}

/** The world of a small plan with other words in its plan: schema 2, unless they say otherwise. */
function changed(world: World, words: (plan: SmallPlan) => object, beside: object = {}): World {
  return {
    ...world,
    plan: { ...world.plan, schema: 2, ...words(world.plan as SmallPlan) },
    ...beside,
  };
}

/** The small plan for its first wards alone; all have the same areas, and share a warehouse. */
function wards(count: number, world: World): World {
  const codes = Array.from({ length: count }, (_, index) => `A${index + 1}`);
  return { ...world, plan: { ...world.plan, reporting_areas: [{ codes }] } };
}

function withTarget(value: object, target: object | readonly object[]): World {
  return smallPlan([{ ...indicator(value), target }], { measures: [ENROLLED] });
}

/** A measure of three levels. */
const grade = (code: string, reported_by: readonly string[]) => ({
  code,
  name: code,
  unit_of_measure: "loại",
  kind: "level",
  levels: ["C", "B", "A"],
  reported_by,
  over_time: "last",
  over_areas: "none",
  sensitive: false,
});

/** An indicator that is one of them. */
const graded = (code: string, measure: string) => ({
  ...indicator({ kind: "count", measures: [measure] }),
  code,
});

/** A stock, as people are. */
const ENROLLED = {
  code: "enrolled",
  name: "Enrolled",
  unit_of_measure: "người",
  kind: "count",
  reported_by: ["W"],
  over_time: "last",
  over_areas: "sum",
  sensitive: false,
};

/** The small plan of 2030 with a second half-year and nine months. */
export function withNineMonths(world: World): World {
  const { periods } = world.plan as SmallPlan;
  const half = periods.find(({ code }) => code === "H1");
  return {
    ...world,
    plan: {
      ...world.plan,
      periods: [
        ...periods,
        {
          ...half,
          code: "H2",
          name: "Second half-year",
          position: 2,
          data_from: "2030-07-01",
          data_to: "2030-12-31",
          due_before: "2030-12-15",
          covers: ["Q3", "Q4"],
        },
        {
          ...half,
          code: "M9",
          name: "Nine months",
          kind: "nine_months",
          positions: 1,
          data_to: "2030-09-30",
          due_before: "2030-09-15",
          covers: ["Q1", "Q2", "Q3"],
        },
      ],
    },
  };
}

/** The small plan by months, each due until the tenth of the next, with its quarters and year made of them. */
function withMonths(world: World): World {
  const { periods } = world.plan as SmallPlan;
  const months = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, "0"));
  const of = (quarter: number): string[] =>
    months.slice(3 * quarter - 3, 3 * quarter).map((month) => `M${month}`);
  return {
    ...world,
    plan: {
      ...world.plan,
      periods: [
        ...months.map((month, index) => ({
          ...periods[0],
          code: `M${month}`,
          name: `Month ${month}`,
          kind: "month",
          position: index + 1,
          positions: 12,
          data_from: `2030-${month}-01`,
          data_to: new Date(Date.UTC(2030, index + 1, 0)).toISOString().slice(0, 10),
          due_before: new Date(Date.UTC(2030, index + 1, 10)).toISOString().slice(0, 10),
        })),
        ...periods
          .filter(({ kind }) => kind === "quarter")
          .map((one, index) => ({ ...one, covers: of(index + 1) })),
        ...periods
          .filter(({ kind }) => kind === "year")
          .map((one) => ({ ...one, covers: months.map((month) => `M${month}`) })),
      ],
    },
  };
}

const YEARS = ["2028", "2029", "2030"] as const;

function yearPeriod(year: string): object {
  return {
    code: `${year}-Y`,
    name: `Year ${year}`,
    kind: "year",
    year: Number(year),
    position: 1,
    positions: 1,
    data_from: `${year}-01-01`,
    data_to: `${year}-12-31`,
    due_before: `${Number(year) + 1}-01-20`,
    estimate: false,
  };
}

/** Three years, each a base period. */
function ofYears(world: World): World {
  return changed(world, () => ({
    in_force_from: "2028-01-01",
    issued_on: "2028-01-01",
    periods: YEARS.map(yearPeriod),
  }));
}

/** The small plan in 2029 and 2030, the codes of periods with their year. */
export function ofTwoYears(world: World): World {
  return changed(world, ({ periods }) => ({
    in_force_from: "2029-01-01",
    issued_on: "2029-01-01",
    periods: ["2029", "2030"].flatMap((year) =>
      JSON.parse(JSON.stringify(periods).replaceAll("2030", year)).map(
        (period: { code: string; name: string; covers?: string[] }) => ({
          ...period,
          code: `${year}-${period.code}`,
          name: `${period.name} ${year}`,
          ...(period.covers && { covers: period.covers.map((code) => `${year}-${code}`) }),
        }),
      ),
    ),
  }));
}

/** Eight wards until 30 June, four after: T and L are exactly made of two each, K and D are not. */
const reform = (world: World): World => inCity("R", world);

/** Every ward informs 7 of its 100 in each quarter, merged ones the sum. */
function reformed(...quarters: readonly string[]): string {
  const merged = { K: 1, T: 2, D: 3, L: 2 };
  return quarters
    .flatMap((quarter) => {
      const month = 3 * Number(quarter.slice(1));
      const day = `2030-${String(month).padStart(2, "0")}-05T08:00`;
      return month <= 6
        ? OLD.map((code) => `${day}  W-O-${code}  ${quarter}  100  7`)
        : Object.entries(merged).map(
            ([code, count]) => `${day}  W-N-${code}  ${quarter}  ${100 * count}  ${7 * count}`,
          );
    })
    .join("\n");
}

/** By how many points more are reached than the year before, where in between wards were merged. */
const REFORMED_CHANGE = ofTwoYears(
  reform(
    withTarget(
      { kind: "change", of: REACH, from: "last_year", as: "points" },
      { comparator: ">=", value: "1.5" },
    ),
  ),
);

const UNTIL_MARCH = ["A1", "A2", "A3", "A4"]
  .map((ward) => `2030-03-05T08:00  W-${ward}  Q1  100  5`)
  .join("\n");
const UNTIL_JUNE = [
  UNTIL_MARCH,
  ...["A1", "A2", "A3", "A4"].map((ward) => `2030-06-05T08:00  W-${ward}  Q2  100  5`),
].join("\n");
const UNTIL_SEPTEMBER = [
  UNTIL_JUNE,
  ...["A1", "A2", "A3", "A4"].map((ward) => `2030-09-05T08:00  W-${ward}  Q3  100  5`),
].join("\n");

const FORMS = { kind: "share_of_areas", conditions: [{ measure: "forms" }] };

/** Of schema 1: what a plan of today can say. */
const named = (code: string, one: object): object => ({ ...one, code });

const CASES_OF_TODAY: readonly FigureCase[] = [
  {
    rule: "2, 3: who falls silent takes nothing away, and the verdict waits for him",
    // 40 of 300 stands in Q2; with 100 of 100 each, A2 and A3 would make 240 of 300 = 80 %
    world: wards(3, smallPlan([indicator(REACH, ">=", 40, "linear")])),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     40
      2030-03-05T08:00  W-A2  Q1      100     0
      2030-03-05T08:00  W-A3  Q1      100     0
      2030-06-05T08:00  W-A1  Q2      100     0
    `,
    asOf: "2030-06-10",
    expected: `
      at    period  numerator  denominator  value      pace_value  is_due  status    attained  is_provisional  areas_expected  areas_reported  areas_carried  areas_left_out  periods_missing_before
      city  Q1      40         300          13.333333  10          false   on_track  false     false           3               3               0              0               0
      city  Q2      40         300          13.333333  20          false   behind    false     true            3               1               2              0               0
      A1    Q2      40         100          40         20          false   met       true      false           1               1               0              0               0
      A2    Q2      0          100          0          20          false   behind    false     true            1               0               1              0               0
    `,
  },
  {
    rule: "2: a minimum of a running year knows nothing of quarters that have not come",
    // 4 September: Q1 and Q2 are in, Q3 is open until 10 September, Q4 has not begun
    world: smallPlan([indicator(FORMS, ">=", 25)]),
    given: `
      received          unit  period  forms
      2030-03-05T08:00  W-A1  Q1      2
      2030-03-05T08:00  W-A2  Q1      1
      2030-03-05T08:00  W-A3  Q1      3
      2030-03-05T08:00  W-A4  Q1      1
      2030-06-05T08:00  W-A1  Q2      1
      2030-06-05T08:00  W-A2  Q2      1
      2030-06-05T08:00  W-A3  Q2      1
      2030-06-05T08:00  W-A4  Q2      0
    `,
    asOf: "2030-09-04T11:00",
    expected: `
      at    period  numerator  denominator  value  status          is_due  is_provisional  areas_expected  areas_reported  areas_carried  periods_missing_before
      city  Q1      4          4            100    met             false   false           4               4               0              0
      city  Q2      3          4            75     met             false   false           4               4               0              0
      city  Q3      3          4            75     met             false   true            4               0               3              0
      city  Q4      -          -            -      not_applicable  false   false           0               0               0              0
      city  Y       3          4            75     met             true    true            4               4               0              0
      A1    Y       1          1            100    not_applicable  false   true            1               1               0              0
      A4    Y       0          1            0      not_applicable  false   true            1               1               0              0
    `,
  },
  {
    rule: "8: what a half-year holds so far is no less because its second quarter is still open",
    // 9 June: A1 and A2 have sent Q1, A2 with nothing; Q2 is due on 10 June
    world: smallPlan([indicator(FORMS, ">=", 25)]),
    given: `
      received          unit  period  forms
      2030-03-05T08:00  W-A1  Q1      2
      2030-03-05T08:00  W-A2  Q1      0
    `,
    asOf: "2030-06-09T23:59:59",
    expected: `
      at    period  numerator  value  value_in_period  status          is_provisional  areas_reported  areas_carried  periods_missing_before
      A1    H1      1          100    100              not_applicable  true            1               0              0
      A2    H1      0          0      0                not_applicable  false           1               0              0
      city  H1      1          25     25               met             true            2               0              0
      city  Q2      1          25     -                met             true            0               1              2
    `,
  },
  {
    rule: "2: where each period is by itself, a slip of one month is of that month, its quarter and its year",
    // A1 2, 0, 3 and A2 1, 1, none in March; the quarter has the least of each
    world: wards(
      2,
      withMonths(
        changed(
          smallPlan([
            {
              ...indicator({ kind: "share_of_areas", conditions: [{ measure: "talks" }] }),
              target: { comparator: ">=", value: 100, due: "each_period" },
            },
          ]),
          () => ({
            measures: [
              {
                ...ENROLLED,
                code: "talks",
                over_time: "min",
                sums_over: "period",
                due_in: ["month"],
              },
            ],
          }),
        ),
      ),
    ),
    given: `
      received          unit  period  talks
      2030-01-25T08:00  W-A1  M01     2
      2030-01-25T08:00  W-A2  M01     1
      2030-02-25T08:00  W-A1  M02     0
      2030-02-25T08:00  W-A2  M02     1
      2030-03-25T08:00  W-A1  M03     3
      2030-04-25T08:00  W-A1  M04     1
      2030-04-25T08:00  W-A2  M04     1
    `,
    asOf: "2030-06-09T23:59:59",
    expected: `
      at    period  value  status        areas_reported  areas_carried  periods_missing_before
      city  M01     100    met           2               0              0
      city  M02     50     not_met       2               0              0
      city  M03     50     not_met       1               0              0
      city  M04     100    met           2               0              1
      city  Q1      0      not_met       1               0              0
      A1    M02     0      not_met       1               0              0
      A1    M03     100    met           1               0              0
      A2    M03     -      not_reported  0               0              0
      A2    M04     100    met           1               0              1
      A1    Q1      0      not_met       1               0              0
    `,
  },
  {
    rule: "2, 8: a minimum does not hold where a closed quarter is missing, whatever the year's own says",
    // A1 missed Q2 but sent the year; A2 sent all, and 5 for the year: the least
    // is 1; A3 has a 0 in Q3. What disagrees is a doubt, so that nothing said of the year is final
    world: smallPlan([indicator(FORMS, ">=", 25)]),
    given: `
      received          unit  period  forms
      2030-03-05T08:00  W-A1  Q1      2
      2030-09-05T08:00  W-A1  Q3      2
      2030-12-05T08:00  W-A1  Q4      2
      2030-11-05T08:00  W-A1  Y       4
      2030-03-05T08:00  W-A2  Q1      1
      2030-06-05T08:00  W-A2  Q2      1
      2030-09-05T08:00  W-A2  Q3      1
      2030-12-05T08:00  W-A2  Q4      1
      2030-11-05T08:00  W-A2  Y       5
      2030-03-05T08:00  W-A3  Q1      1
      2030-06-05T08:00  W-A3  Q2      1
      2030-09-05T08:00  W-A3  Q3      0
      2030-12-05T08:00  W-A3  Q4      1
      2030-11-05T08:00  W-A3  Y       2
    `,
    expected: `
      at    period  numerator  value  status          is_due  is_provisional  areas_reported  periods_missing_before
      A1    Y       0          0      not_applicable  false   true            1               0
      A1    Q4      0          0      not_applicable  false   true            1               1
      A2    Y       1          100    not_applicable  false   true            1               0
      A3    Y       0          0      not_applicable  false   true            1               0
      A4    Y       -          -      not_reported    false   false           0               3
      city  Y       1          25     met             true    true            3               3
    `,
  },
  {
    rule: "2: the first report for a quarter changes the figures of who sent it, and nobody else's",
    // 4 September: A1 adds 10 to 5 + 5; the others stand at 10. 50 of 400; pace of the year at 2 of 4
    world: smallPlan([indicator(REACH, ">=", 30, "linear")]),
    given: `
      received          unit  period  people  reached
      ${UNTIL_JUNE}
      2030-09-04T10:00  W-A1  Q3      100     10
    `,
    asOf: "2030-09-04T11:00",
    expected: `
      at    period  numerator  denominator  value  value_in_period  pace_value  status    is_provisional  areas_reported  areas_carried
      city  Q3      50         400          12.5   10               22.5        behind    true            1               3
      city  Y       50         400          12.5   12.5             15          behind    true            4               0
      A1    Q3      20         100          20     10               22.5        behind    true            1               0
      A1    Y       20         100          20     20               15          on_track  true            1               0
      A2    Q3      10         100          10     -                22.5        behind    true            0               1
      A2    Y       10         100          10     10               15          behind    true            1               0
    `,
  },
  {
    rule: "8: the first annual report ends the year of the ward that sent it, and of nobody else",
    // 20 September: A1's own 25, the others 5 + 5 + 5: 70 of 400. Due on 15 November, so not due yet
    world: smallPlan([indicator(REACH, ">=", 30, "linear")]),
    given: `
      received          unit  period  people  reached
      ${UNTIL_SEPTEMBER}
      2030-09-19T13:00  W-A1  Y       100     25
    `,
    asOf: "2030-09-20",
    expected: `
      at    period  numerator  denominator  value  pace_value  is_due  status    is_provisional  areas_reported  basis
      city  Y       70         400          17.5   22.5        true    behind    true            4               mixed
      A1    Y       25         100          25     22.5        true    on_track  true            1               own
      A2    Y       15         100          15     22.5        true    behind    true            1               covered
    `,
  },
  {
    rule: "7: the year is judged when it is closed, and not before",
    // the same on 15 November, when the year's reports are due: 17,5 < 30, which those that did not
    // come, of A2 to A4, could still raise
    world: smallPlan([indicator(REACH, ">=", 30, "linear")]),
    given: `
      received          unit  period  people  reached
      ${UNTIL_SEPTEMBER}
      2030-11-11T13:00  W-A1  Y       100     25
    `,
    asOf: "2030-11-15",
    expected: `
      at    period  numerator  value  pace_value  is_due  status    attained  is_provisional  areas_reported
      city  Y       70         17.5   30          true    not_met   false     true            4
      city  Q3      60         15     22.5        false   behind    false     false           4
      city  Q4      60         15     30          true    behind    false     true            0
      A2    Y       15         15     30          true    not_met   false     true            1
    `,
  },
  {
    rule: "c: a period is closed before its deadline once everybody who owes a report has sent one",
    // wards and both departments owe reports of the small plan; D2 comes last
    world: wards(1, smallPlan([indicator(REACH, ">=", 5, "linear")])),
    given: `
      received          unit  period  people  reached  posts  pages
      2030-02-05T08:00  W-A1  Q1      100     5        .      .
      2030-02-06T08:00  D1    Q1      .       .        1      .
      2030-03-06T00:00  D2    Q1      .       .        .      1
    `,
    asOf: "2030-03-06",
    expected: `
      at    period  value  status  is_provisional  areas_expected
      city  Q1      5      met     false           1
    `,
  },
  {
    rule: "c: it stays open while one of them is missing",
    world: wards(1, smallPlan([indicator(REACH, ">=", 5, "linear")])),
    given: `
      received             unit  period  people  reached  posts  pages
      2030-02-05T08:00     W-A1  Q1      100     5        .      .
      2030-02-06T08:00     D1    Q1      .       .        1      .
      2030-03-06T00:00:01  D2    Q1      .       .        .      1
    `,
    asOf: "2030-03-06",
    expected: `
      at    period  value  status          is_provisional  areas_expected
      city  Q1      5      met             true            1
      city  Y       5      met             true            1
      city  Q2      -      not_applicable  false           0
      A1    Q2      -      not_applicable  false           0
    `,
  },
  {
    rule: "7, 8: nine months have three quarters of the pace, whether they stand on quarters or on themselves",
    // target 40: pace 30 after nine months. A1 10 + 10 + 10, A2's own 30, A3 29 on quarters; A1 and A3
    // owe their own: of more people, or of more reached
    world: withNineMonths(wards(3, smallPlan([indicator(REACH, ">=", 40, "linear")]))),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     10
      2030-06-05T08:00  W-A1  Q2      100     10
      2030-09-05T08:00  W-A1  Q3      100     10
      2030-09-12T08:00  W-A2  M9      100     30
      2030-03-05T08:00  W-A3  Q1      100     29
      2030-06-05T08:00  W-A3  Q2      100     0
      2030-09-05T08:00  W-A3  Q3      100     0
    `,
    asOf: "2030-09-20",
    expected: `
      at    period  numerator  denominator  value      pace_value  is_due  status    is_provisional  areas_reported  basis
      A1    M9      30         100          30         30          false   on_track  true            1               covered
      A2    M9      30         100          30         30          false   on_track  false           1               own
      A3    M9      29         100          29         30          false   behind    true            1               covered
      city  M9      89         300          29.666667  30          false   behind    true            3               mixed
    `,
  },
  {
    rule: "7, 8: an open nine months has the pace of the quarters in it that are closed",
    // 4 September, target 40: 20 after two of four quarters; A2 has sent the third already
    world: withNineMonths(wards(2, smallPlan([indicator(REACH, ">=", 40, "linear")]))),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     10
      2030-06-05T08:00  W-A1  Q2      100     10
      2030-03-05T08:00  W-A2  Q1      100     10
      2030-06-05T08:00  W-A2  Q2      100     8
      2030-08-30T08:00  W-A2  Q3      100     1
    `,
    asOf: "2030-09-04T11:00",
    expected: `
      at    period  numerator  denominator  value  pace_value  is_due  status    is_provisional  areas_reported  areas_carried  basis
      A1    M9      20         100          20     20          false   on_track  true            1               0              covered
      A2    M9      19         100          19     20          false   behind    true            1               0              covered
      city  M9      39         200          19.5   20          false   behind    true            2               0              covered
      A1    Q3      20         100          20     30          false   behind    true            0               1              own
      city  Q3      39         200          19.5   30          false   behind    true            1               1              own
    `,
  },
  {
    rule: "2: an average is of the base periods that were reported, in every period alike",
    // 10, blank, 40, 70: 120 / 3 = 40 by the fourth quarter, in the second half-year and the year
    world: withNineMonths(
      wards(
        1,
        smallPlan([indicator({ kind: "ratio", numerator: ["load"], denominator: ["people"] })]),
      ),
    ),
    given: `
      received          unit  period  people  load
      2030-03-05T08:00  W-A1  Q1      100     10
      2030-06-05T08:00  W-A1  Q2      100     .
      2030-09-05T08:00  W-A1  Q3      100     40
      2030-12-05T08:00  W-A1  Q4      100     70
    `,
    expected: `
      at    period  numerator  value  status   areas_reported  areas_carried  periods_missing_before
      A1    Q1      10         10     not_yet  1               0              0
      A1    Q2      10         10     not_yet  0               1              0
      A1    Q3      25         25     not_yet  1               0              1
      A1    Q4      40         40     met      1               0              1
      A1    H1      10         10     not_yet  0               1              0
      A1    H2      40         40     met      1               0              1
      A1    M9      25         25     not_yet  1               0              1
      A1    Y       40         40     met      1               0              1
      city  Y       40         40     met      1               0              1
    `,
  },
  {
    rule: "2: an average weighs the half-year's own figure as the two quarters that it is of",
    // half-year 10 for two quarters, then 40 and 70: (20 + 110) / 4 = 32,5
    world: withNineMonths(
      wards(
        1,
        smallPlan([indicator({ kind: "ratio", numerator: ["load"], denominator: ["people"] })]),
      ),
    ),
    given: `
      received          unit  period  people  load
      2030-06-04T08:00  W-A1  H1      100     10
      2030-09-05T08:00  W-A1  Q3      100     40
      2030-12-05T08:00  W-A1  Q4      100     70
    `,
    expected: `
      at    period  numerator  value  areas_reported  periods_missing_before
      A1    H1      10         10     1               0
      A1    H2      32.5       32.5   1               0
      A1    Y       55         55     1               2
    `,
  },
  {
    rule: "2: what no half-year holds is known by the end of a later one",
    // the only half-year is the second: 10 + 10 + 5 of 100
    world: changed(wards(1, smallPlan([indicator(REACH)])), ({ periods }) => ({
      periods: periods.map((one) =>
        one.code === "H1"
          ? {
              ...one,
              code: "H2",
              position: 2,
              data_from: "2030-07-01",
              data_to: "2030-12-31",
              due_before: "2030-12-05",
              covers: ["Q3", "Q4"],
            }
          : one,
      ),
    })),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     10
      2030-06-05T08:00  W-A1  Q2      100     10
      2030-09-05T08:00  W-A1  Q3      100     5
    `,
    asOf: "2030-09-20",
    expected: `
      at    period  numerator  value  value_in_period
      A1    Q3      25         25     5
      A1    H2      25         25     5
      A1    Y       25         25     25
    `,
  },
  {
    rule: "4: something of nothing is a doubt: the place is left out of the whole, and named",
    // A1 6 of 0; A2 9 of 10; A3 0 of 0 is taken; of A4 nothing is known
    world: smallPlan([
      indicator({ kind: "ratio", numerator: ["solved"], denominator: ["cases"] }, ">=", 90),
    ]),
    given: `
      received          unit  period  area  cases  solved
      2030-03-05T08:00  D1    Q1      A1    0      6
      2030-03-05T08:00  D1    Q1      A2    10     9
      2030-03-05T08:00  D1    Q1      A3    0      0
      2030-03-05T08:00  D1    Q1      A4    .      .
    `,
    asOf: "2030-06-10",
    expected: `
      at    period  numerator  denominator  value  value_in_period  status        attained  areas_expected  areas_reported  areas_left_out
      A1    Q1      6          0            -      -                in_doubt      -         1               0               1
      A2    Q1      9          10           90     90               met           true      1               1               0
      A3    Q1      0          0            -      -                not_arising   -         1               1               0
      A4    Q1      -          -            -      -                not_reported  -         1               0               1
      city  Q1      9          10           90     90               met           true      4               2               2
    `,
  },
  {
    rule: "3: earlier closed periods missing, carried figures and reports of this period are three numbers",
    // Q3 closed: A1 missed Q2; A2 sent all; A3 sent Q1 alone; A4 nothing
    world: smallPlan([indicator(REACH, ">=", 30)]),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     10
      2030-09-05T08:00  W-A1  Q3      100     10
      2030-03-05T08:00  W-A2  Q1      100     10
      2030-06-05T08:00  W-A2  Q2      100     10
      2030-09-05T08:00  W-A2  Q3      100     10
      2030-03-05T08:00  W-A3  Q1      100     10
    `,
    asOf: "2030-09-20",
    expected: `
      at    period  numerator  denominator  value  status        is_provisional  areas_expected  areas_reported  areas_carried  areas_left_out  periods_missing_before
      A1    Q3      20         100          20     not_yet       true            1               1               0              0               1
      A2    Q3      30         100          30     met           false           1               1               0              0               0
      A3    Q3      10         100          10     not_yet       true            1               0               1              0               1
      A4    Q3      -          -            -      not_reported  false           1               0               0              1               2
      city  Q3      60         300          20     not_yet       true            4               2               1              1               4
    `,
  },
  {
    rule: "3: a half-year that is reported itself misses no quarter",
    // A1 sent the half-year alone, A2 only Q2, A3 only Q1, A4 nothing
    world: smallPlan([indicator(REACH, ">=", 30)]),
    given: `
      received          unit  period  people  reached
      2030-06-04T08:00  W-A1  H1      100     40
      2030-06-05T08:00  W-A2  Q2      100     7
      2030-03-05T08:00  W-A3  Q1      100     7
    `,
    asOf: "2030-06-10",
    expected: `
      at    period  numerator  value  basis    areas_reported  areas_carried  periods_missing_before
      A1    H1      40         40     own      1               0              0
      A2    H1      7          7      covered  1               0              1
      A3    H1      7          7      covered  0               1              0
      A4    H1      -          -      -        0               0              1
      city  H1      54         18     mixed    2               1              2
      A1    Q2      -          -      -        0               0              1
    `,
  },
  {
    rule: "2: what was reached stays reached: a count and a yes of one quarter are not undone by silence",
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
      2030-03-05T08:00  D2    Q1      .      2
      2030-09-04T10:00  D1    Q3      1      .
    `,
    asOf: "2030-09-04T11:00",
    expected: `
      at    period  numerator  denominator  value  status          is_provisional  areas_expected  areas_reported  areas_carried  periods_missing_before
      city  Q2      2          2            100    met             false           2               0               2              0
      city  Q3      2          2            100    met             true            2               1               1              2
      A1    Q3      -          -            -      not_applicable  false           0               0               0              0
    `,
  },
  {
    rule: "7: pace runs over the periods that apply: quarter II of a plan signed in May is one of three",
    // target 30: 10, 20, 30
    world: smallPlan([indicator(REACH, ">=", 30, "linear")], { in_force_from: "2030-05-06" }),
    given: `
      received          unit  period  people  reached
      2030-06-05T08:00  W-A1  Q2      100     10
      2030-09-05T08:00  W-A1  Q3      100     9
      2030-12-05T08:00  W-A1  Q4      100     11
    `,
    expected: `
      at  period  value  pace_value  is_due  status          areas_expected  periods_missing_before
      A1  Q1      -      -           false   not_applicable  0               0
      A1  Q2      10     10          false   on_track        1               0
      A1  H1      10     10          false   on_track        1               0
      A1  Q3      19     20          false   behind          1               0
      A1  Q4      30     30          true    met             1               0
      A1  Y       30     30          true    met             1               0
    `,
  },
  {
    rule: "7: a count that only grows is not within its ceiling any more once it has gone past",
    // ≤ 114: 30, 60, then 115 in the third quarter
    world: wards(1, smallPlan([indicator({ kind: "count", measures: ["reached"] }, "<=", 114)])),
    given: `
      received          unit  period  reached
      2030-03-05T08:00  W-A1  Q1      30
      2030-06-05T08:00  W-A1  Q2      84
      2030-09-05T08:00  W-A1  Q3      1
    `,
    asOf: "2030-09-20",
    expected: `
      at    period  value  target_value  is_due  status          attained
      city  Q1      30     114           false   within          true
      city  Q2      114    114           false   within          true
      city  H1      114    114           false   within          true
      city  Q3      115    114           false   not_met         false
      city  Y       115    114           true    not_met         false
      A1    Q3      115    -             false   not_applicable  -
    `,
  },
  {
    rule: "7: a rate past its ceiling may come back until it is due",
    // < 10: 10 is too much in Q1, 12 in Q3; 12 of 150 in Q4 is 8
    world: wards(1, smallPlan([indicator(REACH, "<", 10)])),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     10
      2030-06-05T08:00  W-A1  Q2      200     0
      2030-09-05T08:00  W-A1  Q3      100     2
      2030-12-05T08:00  W-A1  Q4      150     0
    `,
    expected: `
      at    period  value  is_due  status   attained
      city  Q1      10     false   not_yet  false
      city  Q2      5      false   within   true
      city  Q3      12     false   not_yet  false
      city  Q4      8      true    met      true
      city  Y       8      true    met      true
    `,
  },
  {
    rule: "7: a level that is asked for of the whole is the latest, and silence may make it any",
    // C is 1, B 2, A 3. A silent quarter carries the one before it; whichever comes is C or better
    world: changed(
      smallPlan(
        [
          { ...graded("I", "whole_grade"), target: { comparator: ">=", value: "B" } },
          { ...graded("J", "whole_grade"), target: { comparator: "=", value: "A" } },
          { ...graded("K", "whole_grade"), target: { comparator: ">=", value: "C" } },
        ],
        { measures: [grade("whole_grade", ["D1"])] },
      ),
      () => ({}),
    ),
    given: `
      received          unit  period  whole_grade
      2030-03-05T08:00  D1    Q1      1
      2030-09-05T08:00  D1    Q3      3
      2030-12-05T08:00  D1    Q4      2
    `,
    asOf: "2030-11-15",
    expected: `
      indicator_code  at    period  value  target_value  status        attained  is_provisional
      I               city  Q1      1      2             not_yet       false     false
      I               city  Q2      1      2             not_yet       false     true
      I               city  Q3      3      2             met           true      false
      J               city  Q3      3      3             met           true      false
      K               city  Q2      1      1             met           true      false
      I               city  Q4      3      2             met           true      true
    `,
  },
  {
    rule: "7: of a level at each place the places at it or above are counted, and none is known by silence",
    // A1 has A, A2 B, A3 C: two of four at B or above. In Q2 A1 falls to C; A2 to A4 are silent
    world: changed(
      smallPlan(
        [
          {
            ...graded("I", "ward_grade"),
            value: { kind: "share_of_areas", conditions: [{ measure: "ward_grade", value: "B" }] },
            target: { comparator: ">=", value: 50, due: "each_period" },
          },
        ],
        { measures: [grade("ward_grade", ["W"])] },
      ),
      () => ({}),
    ),
    given: `
      received          unit  period  ward_grade
      2030-03-05T08:00  W-A1  Q1      3
      2030-03-05T08:00  W-A2  Q1      2
      2030-03-05T08:00  W-A3  Q1      1
      2030-06-05T08:00  W-A1  Q2      1
    `,
    asOf: "2030-06-10",
    expected: `
      at    period  numerator  denominator  value  status          is_provisional  areas_reported  areas_carried
      city  Q1      2          4            50     met             true            3               0
      A2    Q1      1          1            100    not_applicable  false           1               0
      A4    Q1      -          -            -      not_reported    false           0               0
      city  Q2      1          4            25     not_met         true            1               1
    `,
  },
  {
    rule: "k: levels of several areas make none of the one that they became",
    // T, L and K have B each. Nobody adds 2 and 2 up to a level: until they report, N-T has none
    world: reform(
      smallPlan(
        [
          {
            ...graded("I", "ward_grade"),
            value: { kind: "share_of_areas", conditions: [{ measure: "ward_grade", value: "B" }] },
            target: { comparator: ">=", value: 100 },
          },
        ],
        { measures: [grade("ward_grade", ["W"])] },
      ),
    ),
    given: `
      received          unit    period  ward_grade
      2030-03-05T08:00  W-O-T1  Q1      2
      2030-03-05T08:00  W-O-T2  Q1      2
      2030-09-05T08:00  W-N-L   Q3      1
    `,
    asOf: "2030-09-20",
    expected: `
      at    period  numerator  denominator  value  status        areas_reported  areas_carried
      O-T1  Q1      1          1            100    met           1               0
      N-T   Q3      -          -            -      not_reported  0               0
      N-L   Q3      0          1            0      not_yet       1               0
      city  Q3      0          4            0      not_yet       1               0
    `,
  },
  {
    rule: "k: at a reform flows stay in the whole, exact successors go on, others begin anew",
    // eight wards 7 of 100 a quarter, then their successors the sums: 56, 112, 168, 224 of 800
    world: reform(smallPlan([indicator(REACH, ">=", 20)])),
    given: `received  unit  period  people  reached\n${reformed("Q1", "Q2", "Q3", "Q4")}`,
    expected: `
      at    period  numerator  denominator  value      status          areas_expected  areas_reported  areas_left_out  periods_missing_before
      city  Q1      56         800          7          not_yet         8               8               0               0
      city  Q2      112        800          14         not_yet         8               8               0               0
      city  Q3      168        800          21         met             4               4               0               0
      city  Q4      224        800          28         met             4               4               0               0
      city  Y       224        800          28         met             4               4               0               0
      N-T   Q3      42         200          21         met             1               1               0               0
      N-L   Y       56         200          28         met             1               1               0               0
      N-K   Q3      7          100          7          not_yet         1               1               0               0
      N-D   Q4      42         300          14         not_met         1               1               0               0
      N-T   Q2      -          -            -          not_applicable  0               0               0               0
      O-T1  Q2      14         100          14         not_yet         1               1               0               0
      O-T1  Q3      -          -            -          not_applicable  0               0               0               0
      O-T1  Y       -          -            -          not_applicable  0               0               0               0
    `,
  },
  {
    rule: "k: after a reform, before anybody reports, exact successors stand at the sums of those before them",
    // 4 September: T and L carry 28 of 200 each; of K and D nothing is known, so that O-K1 and O-D… are not taken
    world: reform(smallPlan([indicator(REACH, ">=", 20)])),
    given: `received  unit  period  people  reached\n${reformed("Q1", "Q2")}`,
    asOf: "2030-09-04T11:00",
    expected: `
      at    period  numerator  denominator  value  status        areas_expected  areas_reported  areas_carried  areas_left_out
      N-T   Q3      28         200          14     not_yet       1               0               1              0
      N-K   Q3      -          -            -      not_reported  1               0               0              1
      city  Q3      56         400          14     not_yet       4               0               2              2
    `,
  },
  {
    rule: "7: a pace of 0 is no pace: of a year of which no quarter is closed nothing is on track",
    // 20 of 100 in the first quarter, of which a quarter of 40 is asked for by its end
    world: smallPlan([indicator(REACH, ">=", 40, "linear")]),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     20
    `,
    asOf: "2030-03-06",
    expected: `
      at    period  value  pace_value  status
      city  Q1      20     10          on_track
      city  Y       20     -           not_yet
    `,
  },
  {
    rule: "k: a count of persons in the whole keeps what abolished wards reported",
    world: reform(
      smallPlan([indicator({ kind: "count", measures: ["reached"] }, ">=", 200, "linear")]),
    ),
    given: `received  unit  period  people  reached\n${reformed("Q1", "Q2", "Q3", "Q4")}`,
    expected: `
      at    period  numerator  value  value_in_period  pace_value  status
      city  Q2      112        112    56               100         on_track
      city  Q3      168        168    56               150         on_track
      city  Q4      224        224    56               200         met
      city  Y       224        224    224              200         met
    `,
  },
  {
    rule: "3: a share is provisional only where the silent ones could turn the verdict",
    // Q2 closed. 1 of 4 holds, target 75: with A3 and A4 3 of 4; A1's no stands
    world: smallPlan([
      indicator({ kind: "share_of_areas", conditions: [{ measure: "plan" }] }, ">=", 75),
    ]),
    given: `
      received          unit  period  plan
      2030-03-05T08:00  W-A1  Q1      0
      2030-03-05T08:00  W-A2  Q1      1
      2030-06-05T08:00  W-A1  Q2      0
      2030-06-05T08:00  W-A2  Q2      1
    `,
    asOf: "2030-06-10",
    expected: `
      at    period  numerator  denominator  value  status          is_provisional  areas_reported
      city  Q2      1          4            25     not_yet         true            2
      A1    Q2      0          1            0      not_applicable  false           1
      A3    Q2      -          -            -      not_reported    false           0
    `,
  },
  {
    rule: "7: a share of the wards that need not be all asks nothing of a ward; one of all of them does",
    // A1 has a plan, A2 none
    world: wards(
      2,
      smallPlan(
        [50, 100].map((share) =>
          named(
            `of${share}`,
            indicator({ kind: "share_of_areas", conditions: [{ measure: "plan" }] }, ">=", share),
          ),
        ),
      ),
    ),
    given: `
      received          unit  period  plan
      2030-03-05T08:00  W-A1  Q1      1
      2030-03-05T08:00  W-A2  Q1      0
    `,
    asOf: "2030-06-09T23:59:59",
    expected: `
      at    indicator_code  period  value  status          attained  target_value
      city  of50            Q1      50     met             true      50
      A1    of50            Q1      100    not_applicable  -         -
      A2    of50            Q1      0      not_applicable  -         -
      city  of100           Q1      50     not_yet         false     100
      A1    of100           Q1      100    met             true      100
      A2    of100           Q1      0      not_yet         false     100
    `,
  },
  {
    rule: "7: of a measure that is asked of some wards, the others owe nothing and are none of its places",
    // A1 and A2 are asked: 6 of 10 visits, 1 of 2 with any; A3 has sent all that it owes
    world: wards(
      3,
      changed(
        smallPlan([
          named("count", indicator({ kind: "count", measures: ["visits"] }, ">=", 10)),
          named(
            "share",
            indicator({ kind: "share_of_areas", conditions: [{ measure: "visits" }] }, ">=", 100),
          ),
        ]),
        ({ measures }) => ({
          measures: [
            measures[0],
            { ...ENROLLED, code: "visits", over_time: "sum", asked_of: { codes: ["A1", "A2"] } },
          ],
        }),
      ),
    ),
    given: `
      received          unit  period  people  visits
      2030-03-05T08:00  W-A1  Q1      10      6
      2030-03-05T08:00  W-A3  Q1      10      .
    `,
    asOf: "2030-06-09T23:59:59",
    expected: `
      at    indicator_code  period  numerator  denominator  status          areas_expected  areas_reported  periods_missing_before
      city  count           Q1      6          -            not_yet         2               1               0
      city  count           Q2      6          -            not_yet         2               0               1
      city  share           Q1      1          2            not_yet         2               1               0
      A2    share           Q1      -          -            not_reported    1               0               0
      A3    share           Q1      -          -            not_applicable  0               0               0
      A3    count           Q2      -          -            not_applicable  0               0               0
    `,
  },
  {
    rule: "k: where an exact successor is not asked, the whole keeps what was reported before",
    // O-T1 became part of N-T, which is not asked: 7 and 7, then 5 of N-K
    world: reform(
      changed(smallPlan([indicator({ kind: "count", measures: ["visits"] }, ">=", 30)]), () => ({
        measures: [
          { ...ENROLLED, code: "visits", over_time: "sum", asked_of: { codes: ["O-T1", "N-K"] } },
        ],
      })),
    ),
    given: `
      received          unit    period  visits
      2030-03-05T08:00  W-O-T1  Q1      7
      2030-06-05T08:00  W-O-T1  Q2      7
      2030-09-05T08:00  W-N-K   Q3      5
    `,
    asOf: "2030-09-20",
    expected: `
      at    period  numerator  status          areas_expected
      city  Q2      14         not_yet         1
      city  Q3      19         not_yet         1
      N-T   Q3      -          not_applicable  0
    `,
  },
  {
    rule: "3: a ratio is provisional while its denominator may grow",
    // 30 of 200; A3 carries 0 of 20, and may have 1000 of 1000 by now
    world: wards(3, smallPlan([indicator(REACH, ">=", 30)])),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     10
      2030-03-05T08:00  W-A2  Q1      100     10
      2030-03-05T08:00  W-A3  Q1      20      0
      2030-06-05T08:00  W-A1  Q2      100     5
      2030-06-05T08:00  W-A2  Q2      100     5
    `,
    asOf: "2030-06-10",
    expected: `
      at    period  numerator  denominator  value      status   is_provisional  areas_reported  areas_carried
      city  Q2      30         220          13.636364  not_yet  true            2               1
      A3    Q2      0          20           0          not_yet  true            0               1
    `,
  },
  {
    rule: "3: a flow that was handed up before all of it was there may still grow",
    // A2 has 20 of 100, of which the last 10 may become 90: it may be met there; 60 of 200 stays met
    world: wards(2, smallPlan([indicator(REACH, ">=", 30)])),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     20
      2030-03-05T08:00  W-A2  Q1      100     10
      2030-06-05T08:00  W-A1  Q2      100     20
      2030-06-05T08:00  W-A2  Q2      100     10+
    `,
    asOf: "2030-06-10",
    expected: `
      at    period  numerator  denominator  value  status   is_provisional  areas_reported  areas_carried
      city  Q2      60         200          30     met      false           2               0
      A1    Q2      40         100          40     met      false           1               0
      A2    Q2      20         100          20     not_yet  true            1               0
      A2    H1      20         100          20     not_yet  true            1               0
    `,
  },
  {
    rule: "3: a stock that was handed up before all of it was there may be anything, until the next",
    world: wards(2, smallPlan([indicator(REACH, ">=", 30)])),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     20
      2030-03-05T08:00  W-A2  Q1      100     10
      2030-06-05T08:00  W-A1  Q2      100     20
      2030-06-05T08:00  W-A2  Q2      100+    10
      2030-09-05T08:00  W-A1  Q3      100     0
      2030-09-05T08:00  W-A2  Q3      100     5
    `,
    asOf: "2030-09-20",
    expected: `
      at    period  numerator  denominator  value  status   is_provisional  areas_reported  areas_carried
      city  Q2      60         200          30     met      true            2               0
      A2    Q2      20         100          20     not_yet  true            1               0
      A2    H1      20         100          20     not_yet  true            1               0
      city  Q3      65         200          32.5   met      false           2               0
      A2    Q3      25         100          25     not_yet  false           1               0
    `,
  },
  {
    rule: "2, 4: a ratio takes of what was handed up the areas whose parts are both known",
    // A2 in Q1: x 10 of 60, y 5 of what it left blank, z 3 of 0: 10 of 60. In Q2 y has 5 + 1 of 40, z
    // still 3 of 0: 10 + 2 + 6 of 60 + 40; in Q2 alone 3 of 100. In Q3, of which A2 sent nothing, as in Q2
    world: wards(2, smallPlan([indicator(REACH, ">=", 30)])),
    given: `
      received          unit  period  people              reached
      2030-03-05T08:00  W-A1  Q1      100                 20
      2030-03-05T08:00  W-A2  Q1      60+[x:60;z:0]       18[x:10;y:5;z:3]
      2030-06-05T08:00  W-A1  Q2      100                 20
      2030-06-05T08:00  W-A2  Q2      100[x:60;y:40;z:0]  3[x:12/2;y:6/1;z:3/0]
      2030-09-05T08:00  W-A1  Q3      100                 20
    `,
    asOf: "2030-09-20",
    expected: `
      at    period  numerator  denominator  value      value_in_period  status   is_provisional  areas_reported  areas_left_out
      city  Q1      30         160          18.75      18.75            not_yet  true            2               0
      A2    Q1      10         60           16.666667  16.666667        not_yet  true            1               0
      city  Q2      58         200          29         11.5             not_yet  true            2               0
      A2    Q2      18         100          18         3                not_yet  true            1               0
      A2    H1      18         100          18         -                not_yet  true            1               0
      A2    Q3      18         100          18         -                not_yet  true            0               0
      city  Q3      78         200          39         20               met      true            1               0
    `,
  },
  {
    rule: "3: met is provisional where a silent place, or one in doubt, may pull under",
    // Q2 closed: 22 of 40 at A1; A2 silent; A3 3 of 0, which is left out
    world: wards(3, smallPlan([indicator(REACH, ">=", 50)])),
    given: `
      received          unit  period  people  reached
      2030-06-05T08:00  W-A1  Q1      40      11
      2030-06-05T08:00  W-A1  Q2      40      11
      2030-06-05T08:00  W-A3  Q1      0       1
      2030-06-05T08:00  W-A3  Q2      0       2
    `,
    asOf: "2030-06-10",
    expected: `
      at    period  numerator  denominator  value  status    is_provisional  areas_expected  areas_reported  areas_carried  areas_left_out
      city  Q2      22         40           55     met       true            3               1               0              2
      A1    Q2      22         40           55     met       false           1               1               0              0
      A3    Q2      3          0            -      in_doubt  false           1               0               0              1
    `,
  },
  {
    rule: "3: a part that was not all cannot become all by what comes, where both add up over the year",
    // cases solved: A1 9 of 10, A2 blank: 9 + n of 10 + n stays below 100 %, is at most all and at least 0 %.
    // people reached: a flow of a stock, which is 9 of 10, and 9 + 8 of 8 if A1 has 8 people left
    world: wards(
      2,
      smallPlan([
        named(
          "a",
          indicator({ kind: "ratio", numerator: ["solved"], denominator: ["cases"] }, ">=", 100),
        ),
        named(
          "b",
          indicator({ kind: "ratio", numerator: ["solved"], denominator: ["cases"] }, "<=", 100),
        ),
        named(
          "c",
          indicator({ kind: "ratio", numerator: ["solved"], denominator: ["cases"] }, ">=", 95),
        ),
        named(
          "d",
          indicator({ kind: "ratio", numerator: ["solved"], denominator: ["cases"] }, ">=", 0),
        ),
        named("e", indicator(REACH, ">=", 100)),
        named("f", indicator(REACH, "<=", 100)),
        named("g", indicator(REACH, ">=", 0)),
      ]),
    ),
    given: `
      received          unit  period  area  people  reached  cases  solved
      2030-03-05T08:00  W-A1  Q1      -     10      9        .      .
      2030-03-05T08:00  D1    Q1      A1    .       .        10     9
      2030-03-05T08:00  D1    Q1      A2    .       .        .      .
    `,
    asOf: "2030-06-09T23:59:59",
    expected: `
      at    indicator_code  period  value  status   is_provisional
      city  a               Q1      90     not_yet  false
      city  b               Q1      90     within   false
      city  c               Q1      90     not_yet  true
      city  d               Q1      90     met      false
      city  e               Q1      90     not_yet  true
      city  f               Q1      90     within   true
      city  g               Q1      90     met      false
    `,
  },
  {
    rule: "3: what is counted only grows; what stands at a day may be any",
    // Q1 closed, A2 silent: 12 reached are past 10; 30 people may become any number
    world: wards(
      2,
      smallPlan([
        named("a", indicator({ kind: "count", measures: ["reached"] }, ">=", 10)),
        named("b", indicator({ kind: "count", measures: ["reached"] }, ">=", 20)),
        named("c", indicator({ kind: "count", measures: ["reached"] }, "<=", 10)),
        named("d", indicator({ kind: "count", measures: ["people"] }, ">=", 30)),
        named("e", indicator({ kind: "count", measures: ["people"] }, ">=", 40)),
      ]),
    ),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      30      12
      2030-03-05T08:00  W-A2  Q1      10      0
      2030-06-05T08:00  W-A1  Q2      30      0
    `,
    asOf: "2030-06-10",
    expected: `
      at    indicator_code  period  value  status   is_provisional
      city  a               Q2      12     met      false
      city  b               Q2      12     not_yet  true
      city  c               Q2      12     not_met  false
      city  d               Q2      40     met      false
      city  e               Q2      40     met      true
      city  e               Q1      40     met      false
    `,
  },
];

/** Of schema 2. */
const CASES_OF_SCHEMA_2: readonly FigureCase[] = [
  {
    rule: "7: due in every period where the plan asks so",
    world: changed(
      wards(1, withTarget(REACH, { comparator: ">=", value: 10, due: "each_period" })),
      () => ({}),
    ),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     9
      2030-06-05T08:00  W-A1  Q2      100     1
    `,
    asOf: "2030-09-04T11:00",
    expected: `
      at    period  value  is_due  status   is_provisional
      city  Q1      9      true    not_met  false
      city  Q2      10     true    met      false
      city  H1      10     true    met      true
      city  Q3      10     true    met      true
      city  Y       10     true    met      true
    `,
  },
  {
    rule: "7: milestones: nothing is lost before the first, and the last stays asked for",
    // 80 by 2029: 70 in 2028 is not there yet, 79 in 2029 has missed it, 95 in 2030 comes late
    world: ofYears(
      wards(
        1,
        withTarget(
          { kind: "ratio", numerator: ["enrolled"], denominator: ["people"] },
          { comparator: ">=", at: { "2029-Y": 80 } },
        ),
      ),
    ),
    given: `
      received          unit  period  people  enrolled
      2029-01-05T08:00  W-A1  2028-Y  100     70
      2030-01-05T08:00  W-A1  2029-Y  100     79
      2031-01-05T08:00  W-A1  2030-Y  100     95
    `,
    expected: `
      at    period  value  target_value  is_due  status    attained  is_provisional
      A1    2028-Y  70     80            false   not_yet   false     false
      A1    2029-Y  79     80            true    not_met   false     false
      A1    2030-Y  95     80            true    met_late  true      false
    `,
  },
  {
    rule: "7: a number that begins anew with each year is asked for in its own alone",
    // 20 by the end of 2029: 11 in Q1 and Q2, 19 by the end; 30 of 2030 are another 30
    world: ofYears(
      wards(
        1,
        withTarget(
          { kind: "count", measures: ["reached"] },
          { comparator: ">=", at: { "2029-Y": 20 } },
        ),
      ),
    ),
    given: `
      received          unit  period  people  reached
      2030-01-05T08:00  W-A1  2029-Y  100     19
      2031-01-05T08:00  W-A1  2030-Y  100     30
    `,
    expected: `
      at    period  value  target_value  status
      city  2029-Y  19     20            not_met
      city  2030-Y  30     -             not_applicable
    `,
  },
  {
    rule: "7: what is reached after it was due is met late, and never in time",
    // 10 by the end of Q2: 4 + 4 = 8, with Q3 8 + 2 = 10; Q4 and the year have all of it
    world: changed(
      wards(
        1,
        withTarget({ kind: "count", measures: ["reached"] }, { comparator: ">=", at: { Q2: 10 } }),
      ),
      () => ({}),
    ),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     4
      2030-06-03T08:00  W-A1  Q2      100     4
      2030-09-05T08:00  W-A1  Q3      100     2
      2030-12-05T08:00  W-A1  Q4      100     0
    `,
    expected: `
      at    period  value  target_value  is_due  status    attained  is_provisional
      city  Q1      4      10            false   not_yet   false     false
      city  Q2      8      10            true    not_met   false     false
      city  Q3      10     10            true    met_late  true      false
      city  Q4      10     10            true    met_late  true      false
      city  Y       10     10            true    met_late  true      true
    `,
  },
  {
    rule: "7: a whole that holds when each of its places does is late with the last of them",
    // 10 each by the end of Q2: A1 12, A2 9, and 12 in Q3; A3 10 and nothing more
    world: changed(
      wards(
        2,
        withTarget(
          { kind: "count", measures: ["reached"] },
          { comparator: ">=", at: { Q2: 10 }, for: "each" },
        ),
      ),
      () => ({}),
    ),
    given: `
      received          unit  period  people  reached
      2030-06-03T08:00  W-A1  Q2      100     12
      2030-06-03T08:00  W-A2  Q2      100     9
      2030-09-05T08:00  W-A1  Q3      100     0
      2030-09-05T08:00  W-A2  Q3      100     3
    `,
    asOf: "2030-09-20",
    expected: `
      at    period  status    is_provisional
      A1    Q2      met       false
      A2    Q2      not_met   true
      city  Q2      not_met   true
      A1    Q3      met       false
      A2    Q3      met_late  true
      city  Q3      met_late  true
    `,
  },
  {
    rule: "3, 7: that it came late is final only when it is final that it was lacking",
    // 10 by the end of Q2: A1 8, and 4 in Q3; what A2 may still send of Q2 could make it 10 in time
    world: changed(
      wards(
        2,
        withTarget({ kind: "count", measures: ["reached"] }, { comparator: ">=", at: { Q2: 10 } }),
      ),
      () => ({}),
    ),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     0
      2030-03-05T08:00  W-A2  Q1      100     0
      2030-06-03T08:00  W-A1  Q2      100     8
      2030-09-05T08:00  W-A1  Q3      100     4
      2030-09-05T08:00  W-A2  Q3      100     0
    `,
    asOf: "2030-09-20",
    expected: `
      at    period  value  status    is_provisional
      city  Q2      8      not_met   true
      city  Q3      12     met_late  true
    `,
  },
  {
    rule: "7: several together of which one holds late hold late",
    // a is 10 by Q2 and comes in Q3; b is 5 by the year's end and is there in Q3
    world: changed(
      smallPlan([
        {
          ...indicator({ kind: "count", measures: ["posts"] }, ">=", 10),
          code: "a",
          target: { comparator: ">=", at: { Q2: 10 } },
        },
        { ...indicator({ kind: "count", measures: ["posts"] }, ">=", 5), code: "b" },
        { ...indicator({ kind: "all_of", indicators: ["a", "b"] }, ">=", 100), code: "c" },
      ]),
      () => ({}),
    ),
    given: `
      received          unit  period  posts
      2030-03-05T08:00  D1    Q1      4
      2030-06-03T08:00  D1    Q2      4
      2030-09-05T08:00  D1    Q3      3
      2030-11-05T08:00  D1    Y       11
    `,
    asOf: "2030-11-15",
    expected: `
      at    indicator_code  period  value  status    is_provisional
      city  a               Q3      11     met_late  false
      city  b               Q3      11     met       false
      city  c               Q3      100    met_late  false
      city  c               Y       100    met_late  false
    `,
  },
  {
    rule: "7: pace of a stock runs from its baseline to the milestone, and on to the next",
    // from 70 (2027) to 90 in 2029: 80 after one of two years; then to 96 in 2030
    world: ofYears(
      wards(
        1,
        withTarget(
          { kind: "ratio", numerator: ["enrolled"], denominator: ["people"] },
          {
            comparator: ">=",
            at: { "2029-Y": 90, "2030-Y": 96 },
            pace: "linear",
            baseline: { period: "2027-Y", value: 70, source: "made up" },
          },
        ),
      ),
    ),
    given: `
      received          unit  period  people  enrolled
      2029-01-05T08:00  W-A1  2028-Y  100     79
      2030-01-05T08:00  W-A1  2029-Y  100     90
    `,
    asOf: "2030-11-15",
    expected: `
      at    period  value  target_value  pace_value  is_due  status
      A1    2028-Y  79     90            80          false   behind
      A1    2029-Y  90     90            90          true    met
      A1    2030-Y  -      96            96          true    not_reported
    `,
  },
  {
    rule: "7: within a year a flow's pace runs from one milestone to the next",
    // 10 by Q2, 40 by Q4: 5, 10, 25, 40
    world: changed(
      wards(1, withTarget(REACH, { comparator: ">=", at: { Q2: 10, Q4: 40 }, pace: "linear" })),
      () => ({}),
    ),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     5
      2030-06-05T08:00  W-A1  Q2      100     4
      2030-09-05T08:00  W-A1  Q3      100     20
      2030-12-05T08:00  W-A1  Q4      100     11
    `,
    expected: `
      at    period  value  target_value  pace_value  is_due  status
      city  Q1      5      10            5           false   on_track
      city  Q2      9      10            10          true    not_met
      city  H1      9      10            10          true    not_met
      city  Q3      29     40            25          false   on_track
      city  Q4      40     40            40          true    met
      city  Y       40     40            40          true    met
    `,
  },
  {
    rule: "7: between: under it there is time, in it it is met, over it a count is lost",
    world: changed(
      wards(1, withTarget({ kind: "count", measures: ["reached"] }, { between: [18, 22] })),
      () => ({}),
    ),
    given: `
      received          unit  period  reached
      2030-03-05T08:00  W-A1  Q1      17
      2030-06-05T08:00  W-A1  Q2      5
      2030-09-05T08:00  W-A1  Q3      1
    `,
    asOf: "2030-09-20",
    expected: `
      at    period  value  target_value  target_to  is_due  status   attained
      city  Q1      17     18            22         false   not_yet  false
      city  Q2      22     18            22         false   met      true
      city  Q3      23     18            22         false   not_met  false
    `,
  },
  {
    rule: "7: nothing of a kind at every place: the whole holds when each does",
    world: changed(
      wards(
        3,
        withTarget(
          { kind: "count", measures: ["reached"] },
          { comparator: "=", value: 0, for: "each" },
        ),
      ),
      () => ({}),
    ),
    given: `
      received          unit  period  reached
      2030-03-05T08:00  W-A1  Q1      0
      2030-03-05T08:00  W-A2  Q1      nil
      2030-03-05T08:00  W-A3  Q1      0
      2030-06-05T08:00  W-A1  Q2      0
      2030-06-05T08:00  W-A2  Q2      1
      2030-06-05T08:00  W-A3  Q2      0
    `,
    asOf: "2030-06-10",
    expected: `
      at    period  value  status   attained
      A1    Q1      0      met      true
      A2    Q1      0      met      true
      city  Q1      0      met      true
      A1    Q2      0      met      true
      A2    Q2      1      not_met  false
      city  Q2      1      not_met  false
    `,
  },
  {
    rule: "l: for groups: the whole holds when every group's own ratio does",
    // wards below 10 %, communes below 5 %: (8+8)/200 = 8, then (4+6)/200 = 5 is not below 5
    world: changed(
      inCity("M", withTarget(REACH, { comparator: "<", for: { ward: 10, commune: 5 } })),
      () => ({}),
    ),
    given: `
      received          unit  period  people  reached
      2030-12-05T08:00  W-M1  Q4      100     8
      2030-12-05T08:00  W-M2  Q4      100     8
      2030-12-05T08:00  W-M3  Q4      100     4
      2030-12-05T08:00  W-M4  Q4      100     6
      2030-11-05T08:00  W-M1  Y       100     8
      2030-11-05T08:00  W-M2  Y       100     11
      2030-11-05T08:00  W-M3  Y       100     4
      2030-11-05T08:00  W-M4  Y       100     5
    `,
    expected: `
      at    period  value  is_due  status
      M1    Q4      8      true    met
      M3    Q4      4      true    met
      M4    Q4      6      true    not_met
      city  Q4      6.5    true    not_met
      M2    Y       11     true    not_met
      M4    Y       5      true    not_met
      city  Y       7      true    met
    `,
  },
  {
    rule: "l: a table gives each place its quota, and the whole its own",
    world: changed(
      wards(
        2,
        withTarget(
          { kind: "count", measures: ["reached"] },
          { comparator: ">=", value: 50, pace: "linear", for: { table: "quotas.csv" } },
        ),
      ),
      () => ({}),
      { tables: { "quotas.csv": "indicator,place,period,value\nI,A1,,40\nI,A2,,10" } },
    ),
    given: `
      received          unit  period  reached
      2030-03-05T08:00  W-A1  Q1      9
      2030-03-05T08:00  W-A2  Q1      10
    `,
    asOf: "2030-06-10",
    expected: `
      at    period  value  target_value  pace_value  status
      A1    Q1      9      40            10          behind
      A2    Q1      10     10            2.5         met
      city  Q1      19     50            12.5        on_track
    `,
  },
  {
    rule: "7: where each place has a quota and the whole none, the whole is due when each of them is",
    // A1 40 by Q2, A2 10 by Q3; with Q3 42 and 10
    world: changed(
      wards(
        2,
        withTarget(
          { kind: "count", measures: ["reached"] },
          { comparator: ">=", for: { table: "quotas.csv" } },
        ),
      ),
      () => ({}),
      { tables: { "quotas.csv": "indicator,place,period,value\nI,A1,Q2,40\nI,A2,Q3,10" } },
    ),
    given: `
      received          unit  period  reached
      2030-03-05T08:00  W-A1  Q1      22
      2030-03-05T08:00  W-A2  Q1      1
      2030-06-03T08:00  W-A1  Q2      20
      2030-06-03T08:00  W-A2  Q2      5
      2030-09-05T08:00  W-A1  Q3      0
      2030-09-05T08:00  W-A2  Q3      4
    `,
    asOf: "2030-09-20",
    expected: `
      at    period  value  target_value  is_due  status   is_provisional
      A1    Q2      42     40            true    met      false
      A2    Q2      6      10            false   not_yet  false
      city  Q2      48     -             false   not_yet  false
      city  Q3      52     -             true    met      false
    `,
  },
  {
    rule: "10: an amended target leaves what was judged before it as it was",
    // 60 until Q2, 80 from Q3: pace 15 and 30, then 60 and 80
    world: changed(
      wards(
        1,
        withTarget(REACH, [
          { comparator: ">=", value: 60, pace: "linear" },
          { from: "Q3", comparator: ">=", value: 80, pace: "linear" },
        ]),
      ),
      () => ({}),
    ),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     15
      2030-06-05T08:00  W-A1  Q2      100     15
      2030-09-05T08:00  W-A1  Q3      100     25
    `,
    asOf: "2030-09-20",
    expected: `
      at    period  value  target_value  pace_value  status
      city  Q1      15     60            15          on_track
      city  H1      30     60            30          on_track
      city  Q2      30     60            30          on_track
      city  Q3      55     80            60          behind
      city  Y       55     80            60          behind
    `,
  },
  {
    rule: "10: a ceiling that is lowered is broken from then on, and not before",
    // at most 50 until Q2, at most 30 from Q3: 20, 40, then 41
    world: changed(
      wards(
        1,
        withTarget({ kind: "count", measures: ["reached"] }, [
          { comparator: "<=", value: 50 },
          { from: "Q3", comparator: "<=", value: 30 },
        ]),
      ),
      () => ({}),
    ),
    given: `
      received          unit  period  reached
      2030-03-05T08:00  W-A1  Q1      20
      2030-06-05T08:00  W-A1  Q2      20
      2030-09-05T08:00  W-A1  Q3      1
    `,
    asOf: "2030-09-20",
    expected: `
      at    period  value  target_value  is_due  status   attained
      city  Q1      20     50            false   within   true
      city  Q2      40     50            false   within   true
      city  H1      40     50            false   within   true
      city  Q3      41     30            false   not_met  false
    `,
  },
  {
    rule: "10: what is due in every period is judged by the number of its time",
    world: changed(
      wards(
        1,
        withTarget(REACH, [
          { comparator: ">=", value: 10, due: "each_period" },
          { from: "Q3", comparator: ">=", value: 20, due: "each_period" },
        ]),
      ),
      () => ({}),
    ),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     9
      2030-06-05T08:00  W-A1  Q2      100     6
      2030-09-05T08:00  W-A1  Q3      100     4
    `,
    asOf: "2030-09-20",
    expected: `
      at    period  value  target_value  is_due  status   attained
      A1    Q1      9      10            true    not_met  false
      A1    Q2      15     10            true    met      true
      A1    H1      15     10            true    met      true
      A1    Q3      19     20            true    not_met  false
    `,
  },
  {
    rule: "10: a milestone that is moved changes nothing about those before it",
    world: ofYears(
      wards(
        1,
        withTarget({ kind: "ratio", numerator: ["enrolled"], denominator: ["people"] }, [
          { comparator: ">=", at: { "2029-Y": 90, "2030-Y": 96 } },
          { from: "2030-Y", comparator: ">=", at: { "2030-Y": 94 } },
        ]),
      ),
    ),
    given: `
      received          unit  period  people  enrolled
      2029-01-05T08:00  W-A1  2028-Y  100     88
      2030-01-05T08:00  W-A1  2029-Y  100     91
      2031-01-05T08:00  W-A1  2030-Y  100     94
    `,
    expected: `
      at    period  value  target_value  is_due  status   attained
      A1    2028-Y  88     90            false   not_yet  false
      A1    2029-Y  91     90            true    met      true
      A1    2030-Y  94     94            true    met      true
    `,
  },
  {
    rule: "10: an indicator and a measure that begin in a quarter were never owed before",
    world: changed(
      smallPlan(
        [
          {
            ...indicator({ kind: "share_of_areas", conditions: [{ measure: "checked" }] }),
            from: "Q3",
          },
        ],
        {
          measures: [
            {
              code: "checked",
              name: "Checked",
              unit_of_measure: "lần",
              kind: "count",
              reported_by: ["W"],
              over_time: "min",
              over_areas: "sum",
              sensitive: false,
              from: "Q3",
            },
          ],
        },
      ),
      () => ({}),
    ),
    given: `
      received          unit  period  checked
      2030-09-05T08:00  W-A1  Q3      1
      2030-09-05T08:00  W-A2  Q3      1
    `,
    asOf: "2030-09-20",
    expected: `
      at    period  value  status          areas_expected  areas_reported  periods_missing_before
      A1    Q2      -      not_applicable  0               0               0
      city  Q2      -      not_applicable  0               0               0
      A1    Q3      100    not_applicable  1               1               0
      A3    Q3      -      not_reported    1               0               0
      city  Q3      50     met             4               2               0
      city  Y       50     met             4               2               0
    `,
  },
  {
    rule: "a: what is owed once a year is known when it is reported, and missed in no quarter",
    // people are owed for the year alone, so that no quarter knows them
    world: changed(wards(2, smallPlan([indicator(REACH, ">=", 30)])), ({ measures }) => ({
      measures: measures.map((one) => (one.code === "people" ? { ...one, due_in: ["year"] } : one)),
    })),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      .       10
      2030-06-05T08:00  W-A1  Q2      .       10
      2030-11-05T08:00  W-A1  Y       100     .
    `,
    asOf: "2030-11-15",
    expected: `
      at    period  numerator  denominator  value  status        areas_expected  areas_reported
      A1    Q2      -          -            -      not_reported  1               0
      A1    Y       20         100          20     not_met       1               0
    `,
  },
  {
    rule: "a: a flow of every month over a stock of every quarter",
    // people are first known at the end of Q1. Target 60: 20 after four of twelve months. A2 missed
    // February: 5 + 5 + 10
    world: changed(
      withMonths(wards(2, smallPlan([indicator(REACH, ">=", 60, "linear")]))),
      ({ measures }) => ({
        measures: measures.map((one) =>
          one.code === "people"
            ? { ...one, due_in: ["quarter"] }
            : one.code === "reached"
              ? { ...one, due_in: ["month"] }
              : one,
        ),
      }),
    ),
    given: `
      received          unit  period  people  reached
      2030-01-20T08:00  W-A1  M01     .       5
      2030-02-20T08:00  W-A1  M02     .       5
      2030-03-20T08:00  W-A1  M03     .       5
      2030-03-05T08:00  W-A1  Q1      100     .
      2030-04-20T08:00  W-A1  M04     .       5
      2030-01-20T08:00  W-A2  M01     .       5
      2030-03-20T08:00  W-A2  M03     .       5
      2030-03-05T08:00  W-A2  Q1      100     .
      2030-04-20T08:00  W-A2  M04     .       9
    `,
    asOf: "2030-06-09T23:59:59",
    expected: `
      at    period  numerator  denominator  value  value_in_period  pace_value  status          is_provisional  areas_expected  areas_reported  areas_carried  periods_missing_before  basis
      A1    M02     -          -            -      -                10          not_reported    false           1               0               0              0                       -
      A1    M03     15         100          15     5                15          on_track        false           1               1               0              0                       own
      A1    M04     20         100          20     5                20          on_track        false           1               1               0              0                       own
      A1    Q1      15         100          15     15               15          on_track        false           1               1               0              0                       mixed
      A1    Q2      20         100          20     5                20          on_track        true            1               0               1              0                       mixed
      A2    M03     10         100          10     5                15          behind          true            1               1               0              1                       own
      A2    M04     19         100          19     9                20          behind          true            1               1               0              1                       own
      city  M04     39         200          19.5   7                20          behind          true            2               2               0              1                       own
      city  Q1      25         200          12.5   12.5             15          behind          true            2               2               0              1                       mixed
      city  M07     -          -            -      -                -           not_applicable  false           0               0               0              0                       -
    `,
  },
  {
    rule: "2: a flow over several years is summed over the plan, with the pace of the plan",
    // 20, 41, 63 of 100; 90 by 2030 in three even steps
    world: changed(
      ofYears(
        wards(1, withTarget(REACH, { comparator: ">=", at: { "2030-Y": 90 }, pace: "linear" })),
      ),
      ({ measures }) => ({
        measures: measures.map((one) =>
          one.code === "reached" ? { ...one, sums_over: "plan" } : one,
        ),
      }),
    ),
    given: `
      received          unit  period  people  reached
      2029-01-05T08:00  W-A1  2028-Y  100     20
      2030-01-05T08:00  W-A1  2029-Y  100     41
      2031-01-05T08:00  W-A1  2030-Y  100     29
    `,
    expected: `
      at    period  numerator  value  pace_value  is_due  status
      city  2028-Y  20         20     30          false   behind
      city  2029-Y  61         61     60          false   on_track
      city  2030-Y  90         90     90          true    met
    `,
  },
  {
    rule: "9: change against last year, and not applicable without one",
    // 114 after 120: 5 % fewer; the quarters 24 after 30: 20 % fewer
    world: ofTwoYears(
      wards(
        1,
        withTarget(
          {
            kind: "change",
            of: { kind: "count", measures: ["reached"] },
            from: "last_year",
            as: "percent",
          },
          { comparator: "<=", value: -5 },
        ),
      ),
    ),
    given: `
      received          unit  period   reached
      2029-03-05T08:00  W-A1  2029-Q1  30
      2029-11-05T08:00  W-A1  2029-Y   120
      2030-03-05T08:00  W-A1  2030-Q1  24
      2030-11-05T08:00  W-A1  2030-Y   114
    `,
    expected: `
      at    period   value  target_value  is_due  status          attained
      city  2029-Q1  -      -5            false   not_applicable  -
      city  2030-Q1  -20    -5            false   within          true
      city  2030-Y   -5     -5            true    met             true
    `,
  },
  {
    rule: "5, 9: an area that others became exactly is compared with their sum, another with nothing",
    // the year before T1 and T2 together 30 of 200 = 15 %, L1 and L2 4 of 200 = 2 %; now 42 and 28 of 200
    world: REFORMED_CHANGE,
    given: `
      received          unit    period   people  reached
      2029-09-05T08:00  W-O-T1  2029-Q3  100     10
      2029-09-05T08:00  W-O-T2  2029-Q3  100     20
      2029-09-05T08:00  W-O-L1  2029-Q3  150     4
      2029-09-05T08:00  W-O-L2  2029-Q3  50      0
      2029-09-05T08:00  W-O-D1  2029-Q3  100     10
      2029-09-05T08:00  W-O-K1  2029-Q3  100     10
      2030-09-05T08:00  W-N-T   2030-Q3  200     42
      2030-09-05T08:00  W-N-L   2030-Q3  200     28
      2030-09-05T08:00  W-N-K   2030-Q3  100     10
    `,
    expected: `
      at    period   numerator  denominator  value  status
      N-T   2030-Q3  21         15           6      met
      N-L   2030-Q3  14         2            12     met
      N-K   2030-Q3  -          -            -      not_applicable
      N-T   2029-Q3  -          -            -      not_applicable
    `,
  },
  {
    rule: "5, 9: of the areas that became one, each must know its figure of the year before",
    world: REFORMED_CHANGE,
    given: `
      received          unit    period   people  reached
      2029-09-05T08:00  W-O-T1  2029-Q3  100     10
      2030-09-05T08:00  W-N-T   2030-Q3  200     42
    `,
    expected: `
      at    period   value  status
      N-T   2030-Q3  -      not_applicable
    `,
  },
  {
    rule: "5, 9: nor is an area compared where one that became part of it is none of the plan's",
    // of T2 the plan knows nothing
    world: changed(REFORMED_CHANGE, () => ({
      reporting_areas: [{ codes: ["O-T1"] }, { codes: ["N-T"], from: "2030-07-01" }],
    })),
    given: `
      received          unit    period   people  reached
      2029-09-05T08:00  W-O-T1  2029-Q3  100     10
      2030-09-05T08:00  W-N-T   2030-Q3  200     42
    `,
    expected: `
      at    period   value  status
      N-T   2030-Q3  -      not_applicable
    `,
  },
  {
    rule: "9: silence neither improves nor worsens a change: what one side lacks is taken from both",
    // 10 a quarter at each of three wards last year, 8 now: 20 % fewer. In Q2 A3 is silent: 5 quarters
    // of wards, 40 after 50; in Q3 nobody has sent: as in Q2; the year so far is these five again
    world: ofTwoYears(
      wards(
        3,
        withTarget(
          {
            kind: "change",
            of: { kind: "count", measures: ["reached"] },
            from: "last_year",
            as: "percent",
          },
          { comparator: "<=", value: -5 },
        ),
      ),
    ),
    given: `
      received          unit  period   reached
      2029-03-05T08:00  W-A1  2029-Q1  10
      2029-03-05T08:00  W-A2  2029-Q1  10
      2029-03-05T08:00  W-A3  2029-Q1  10
      2029-06-05T08:00  W-A1  2029-Q2  10
      2029-06-05T08:00  W-A2  2029-Q2  10
      2029-06-05T08:00  W-A3  2029-Q2  10
      2029-09-05T08:00  W-A1  2029-Q3  10
      2029-09-05T08:00  W-A2  2029-Q3  10
      2029-09-05T08:00  W-A3  2029-Q3  10
      2029-12-05T08:00  W-A1  2029-Q4  10
      2029-12-05T08:00  W-A2  2029-Q4  10
      2029-12-05T08:00  W-A3  2029-Q4  10
      2030-03-05T08:00  W-A1  2030-Q1  8
      2030-03-05T08:00  W-A2  2030-Q1  8
      2030-03-05T08:00  W-A3  2030-Q1  8
      2030-06-05T08:00  W-A1  2030-Q2  8
      2030-06-05T08:00  W-A2  2030-Q2  8
    `,
    asOf: "2030-09-20",
    expected: `
      at    period   numerator  denominator  value  status        is_provisional  areas_reported
      city  2030-Q1  24         30           -20    within        false           3
      city  2030-Q2  40         50           -20    within        true            2
      A1    2030-Q2  16         20           -20    within        false           1
      A3    2030-Q2  -          -            -      not_reported  false           0
      city  2030-Q3  40         50           -20    within        true            0
      A1    2030-Q3  -          -            -      not_reported  false           0
      city  2030-Y   40         50           -20    within        true            0
    `,
  },
  {
    rule: "9: a silent ward of last year is taken from this year, too; a rate takes the latest stock of both",
    // Q2: A2 sent nothing last year in Q2. A1 20 of 100 after 10 of 100, A2 in Q1 alone: 5 of 50 after 5
    // of 50: 25 of 150 after 15 of 150
    world: ofTwoYears(
      wards(
        2,
        withTarget(
          { kind: "change", of: REACH, from: "last_year", as: "points" },
          { comparator: ">=", value: 5 },
        ),
      ),
    ),
    given: `
      received          unit  period   people  reached
      2029-03-05T08:00  W-A1  2029-Q1  90      5
      2029-06-05T08:00  W-A1  2029-Q2  100     5
      2029-03-05T08:00  W-A2  2029-Q1  50      5
      2030-03-05T08:00  W-A1  2030-Q1  90      10
      2030-06-05T08:00  W-A1  2030-Q2  100     10
      2030-03-05T08:00  W-A2  2030-Q1  50      5
      2030-06-05T08:00  W-A2  2030-Q2  60      40
    `,
    asOf: "2030-06-10",
    expected: `
      at    period   value     status   is_provisional
      city  2030-Q2  6.666667  met      true
      A1    2030-Q2  10        met      false
      A2    2030-Q2  0         not_yet  true
    `,
  },
  {
    rule: "9: where the earlier year is known as a whole only, nothing is judged before the year is complete",
    // 80 in all of 2029. By Q2 of 2030 30, by its end 60: 25 % fewer
    world: ofTwoYears(
      wards(
        1,
        withTarget(
          {
            kind: "change",
            of: { kind: "count", measures: ["reached"] },
            from: "2029-Y",
            as: "percent",
          },
          { comparator: "<=", value: -5 },
        ),
      ),
    ),
    given: `
      received          unit  period   reached
      2029-11-05T08:00  W-A1  2029-Y   80
      2030-03-05T08:00  W-A1  2030-Q1  15
      2030-06-05T08:00  W-A1  2030-Q2  15
      2030-09-05T08:00  W-A1  2030-Q3  15
      2030-12-05T08:00  W-A1  2030-Q4  15
    `,
    expected: `
      at    period   value  status
      city  2030-Q2  -      not_applicable
      city  2030-Q4  -25    met
      city  2030-Y   -25    met
    `,
  },
  {
    rule: "9: change in points",
    // 12 % after 10 %: 2 points up
    world: ofTwoYears(
      wards(
        1,
        withTarget(
          { kind: "change", of: REACH, from: "last_year", as: "points" },
          { comparator: ">=", value: "1.5" },
        ),
      ),
    ),
    given: `
      received          unit  period   people  reached
      2029-03-05T08:00  W-A1  2029-Q1  100     10
      2030-03-05T08:00  W-A1  2030-Q1  200     24
    `,
    expected: `
      at    period   value  status
      city  2030-Q1  2      met
      A1    2030-Q1  2      met
    `,
  },
  {
    rule: "9: in times, exactly; and in ranks, of which a lower one is higher up",
    // 30 after 20: 1,5 times, of A2 14 after 10: 1,4. From rank 12 to 10: 2 up, not 3; to 13: 1 down
    world: ofTwoYears(
      wards(
        2,
        changed(
          smallPlan([
            ...[1.5, 1.51].map((target) =>
              named(`times${target}`, {
                ...indicator(
                  {
                    kind: "change",
                    of: { kind: "count", measures: ["reached"] },
                    from: "last_year",
                    as: "times",
                  },
                  ">=",
                  target,
                ),
                unit_of_measure: "lần",
              }),
            ),
            ...[2, 3].map((target) =>
              named(
                `rank${target}`,
                indicator(
                  {
                    kind: "change",
                    of: { kind: "count", measures: ["place"] },
                    from: "last_year",
                    as: "ranks",
                    better: "lower",
                  },
                  ">=",
                  target,
                ),
              ),
            ),
          ]),
          ({ measures }) => ({
            measures: [
              ...measures.filter(({ code }) => code === "reached" || code === "people"),
              { ...ENROLLED, code: "place", reported_by: ["D1"] },
            ],
          }),
        ),
      ),
    ),
    given: `
      received          unit  period   people  reached  place
      2029-03-05T08:00  W-A1  2029-Q1  50      10       .
      2029-03-05T08:00  W-A2  2029-Q1  50      10       .
      2029-03-05T08:00  D1    2029-Q1  .       .        12
      2029-12-05T08:00  D1    2029-Q4  .       .        12
      2030-03-05T08:00  W-A1  2030-Q1  50      16       .
      2030-03-05T08:00  W-A2  2030-Q1  50      14       .
      2030-03-05T08:00  D1    2030-Q1  .       .        10
      2030-12-05T08:00  D1    2030-Q4  .       .        13
    `,
    expected: `
      at    period   indicator_code  numerator  denominator  value  status
      city  2030-Q1  times1.5        30         20           1.5    met
      city  2030-Q1  times1.51       30         20           1.5    not_yet
      A1    2030-Q1  times1.51       16         10           1.6    met
      A2    2030-Q1  times1.5        14         10           1.4    not_yet
      city  2030-Q1  rank2           10         12           2      met
      city  2030-Q1  rank3           10         12           2      not_yet
      city  2030-Q4  rank2           13         12           -1     not_met
    `,
  },
  {
    rule: "9: where the warehouse has no earlier figure, the baseline with its source stands for it",
    // 95 after 100 of the baseline: 5 % fewer
    world: changed(
      wards(
        1,
        withTarget(
          {
            kind: "change",
            of: { kind: "count", measures: ["reached"] },
            from: "last_year",
            as: "percent",
          },
          { comparator: "<=", value: -5 },
        ),
      ),
      ({ periods }) => ({
        periods: periods.map((one) => ({
          ...one,
          code: `2030-${one.code}`,
          ...("covers" in one && {
            covers: (one.covers as string[]).map((code) => `2030-${code}`),
          }),
        })),
      }),
      { baselines: ["reached,,2029-Y,100,made up"] },
    ),
    given: `
      received          unit  period  reached
      2030-11-05T08:00  W-A1  2030-Y  95
    `,
    expected: `
      at    period  value  is_due  status
      city  2030-Y  -5     true    met
    `,
  },
  {
    rule: "all of several indicators hold together",
    world: changed(
      wards(1, {
        ...smallPlan([
          { ...indicator(REACH, ">=", 10), code: "a" },
          { ...indicator({ kind: "count", measures: ["posts"] }, ">=", 3), code: "b" },
          {
            ...indicator({ kind: "all_of", indicators: ["a", "b"] }, ">=", 100),
            code: "both",
          },
        ]),
      }),
      () => ({}),
    ),
    given: `
      received          unit  period  people  reached  posts
      2030-03-05T08:00  W-A1  Q1      100     10       .
      2030-03-05T08:00  D1    Q1      .       .        1
      2030-06-05T08:00  W-A1  Q2      100     0        .
      2030-06-05T08:00  D1    Q2      .       .        2
    `,
    asOf: "2030-06-10",
    expected: `
      at    indicator_code  period  numerator  denominator  value  status
      city  a               Q1      10         100          10     met
      city  b               Q1      1          -            1      not_yet
      city  both            Q1      1          2            50     not_yet
      city  both            Q2      2          2            100    met
    `,
  },
  {
    rule: "on a way without a period of its own the pace is the whole target",
    // asked for from Q3 on, it stands in Q1 by what it is of: nothing of the way was to be gone
    world: changed(
      wards(1, {
        ...smallPlan([
          { ...indicator(REACH, ">=", 10), code: "a" },
          {
            ...indicator({ kind: "all_of", indicators: ["a"] }, ">=", 100),
            code: "each",
            from: "Q3",
            target: {
              comparator: ">=",
              value: 100,
              pace: "linear",
              due: "each_period",
              baseline: { period: "2029-Y", value: 20, source: "made up" },
            },
          },
        ]),
      }),
      () => ({}),
    ),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     9
      2030-09-05T08:00  W-A1  Q3      100     1
    `,
    asOf: "2030-09-20",
    expected: `
      at    indicator_code  period  value  pace_value  status
      city  each            Q1      0      100         not_met
      city  each            Q3      100    100         met
    `,
  },
  {
    rule: "3: a member of all_of that may still come to have a verdict keeps the others from being final",
    // A is met; B, 5 % fewer than last year, has no earlier figure while 2029 is owed: 1/1 today, 1/2 with it
    world: ofTwoYears(
      wards(1, {
        ...smallPlan([
          named("A", indicator({ kind: "count", measures: ["reached"] }, ">=", 10)),
          named(
            "B",
            indicator(
              {
                ...{ kind: "change", from: "last_year", as: "percent" },
                of: { kind: "count", measures: ["reached"] },
              },
              "<=",
              -5,
            ),
          ),
          named("both", indicator({ kind: "all_of", indicators: ["A", "B"] }, ">=", 100)),
          named("one", indicator({ kind: "all_of", indicators: ["A", "B"] }, ">=", 50)),
        ]),
      }),
    ),
    given: `
      received          unit  period   people  reached
      2030-03-05T08:00  W-A1  2030-Q1  100     12
    `,
    asOf: "2030-06-01",
    expected: `
      at    indicator_code  period   value  status          is_provisional
      city  A               2030-Q1  12     met             false
      city  B               2030-Q1  -      not_applicable  false
      city  both            2030-Q1  100    met             true
      city  one             2030-Q1  100    met             false
    `,
  },
  {
    rule: "3, 8: a covering period whose own report is owed is open: that replaces the parts, downward too",
    // 4 + 12 in the quarters; A1 sends 8 for the half-year, which disagrees with 16; A2 sends nothing of it
    world: wards(
      2,
      changed(
        smallPlan([
          {
            ...indicator({ kind: "count", measures: ["reached"] }),
            target: { comparator: "<=", value: 10, for: "each" },
          },
        ]),
        () => ({}),
      ),
    ),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      100     4
      2030-03-05T08:00  W-A2  Q1      100     4
      2030-06-04T08:00  W-A1  Q2      100     12
      2030-06-04T08:00  W-A2  Q2      100     12
      2030-06-04T09:00  W-A1  H1      100     8
    `,
    asOf: "2030-07-01",
    expected: `
      at    period  value  status   is_provisional
      A1    Q2      16     not_met  false
      A1    H1      8      within   true
      A2    H1      16     not_met  true
      city  H1      24     not_met  true
    `,
  },
  {
    rule: "7: of a ward that ends before the next number of a table is due no older one is asked instead",
    // A2 reports until June: its number of 2030 is none, and the 9 of 2029 is not asked for in 2030
    world: changed(
      ofTwoYears(withTarget(REACH, { comparator: ">=", for: { table: "quotas.csv" } })),
      () => ({ reporting_areas: [{ codes: ["A1"] }, { codes: ["A2"], until: "2030-06-30" }] }),
      {
        tables: {
          "quotas.csv":
            "indicator,place,period,value\nI,A1,2029-Q4,9\nI,A1,2030-Q4,12\nI,A2,2029-Q4,9\nI,A2,2030-Q4,12",
        },
      },
    ),
    given: `
      received          unit  period   people  reached
      2029-12-05T08:00  W-A1  2029-Q4  100     10
      2029-12-05T08:00  W-A2  2029-Q4  100     10
      2030-03-05T08:00  W-A1  2030-Q1  100     2
      2030-03-05T08:00  W-A2  2030-Q1  100     2
    `,
    asOf: "2030-06-01",
    expected: `
      at    period   value  target_value  is_due  status
      A2    2029-Q4  10     9             true    met
      A1    2030-Q1  2      12            false   not_yet
      A2    2030-Q1  2      -             false   not_applicable
      city  2030-Q1  2      -             false   not_yet
    `,
  },
  {
    rule: "3: of a silent place a yes or no is not told; what holds is carried, and how many hold is provisional",
    // a form in every quarter, A2 silent in Q2: 1 of 2, which its report may make 2; a plan in any of them: both
    world: wards(
      2,
      smallPlan([
        named(
          "forms",
          indicator({ kind: "share_of_areas", conditions: [{ measure: "forms" }] }, ">=", 25),
        ),
        named(
          "plan",
          indicator({ kind: "share_of_areas", conditions: [{ measure: "plan" }] }, ">=", 25),
        ),
      ]),
    ),
    given: `
      received          unit  period  forms  plan
      2030-03-05T08:00  W-A1  Q1      1      1
      2030-03-05T08:00  W-A2  Q1      1      1
      2030-06-04T08:00  W-A1  Q2      1      0
    `,
    asOf: "2030-07-01",
    expected: `
      at    indicator_code  period  numerator  value  status          is_provisional  areas_reported  areas_carried
      A1    forms           Q2      1          100    not_applicable  false           1               0
      A2    forms           Q2      -          -      not_reported    false           0               0
      city  forms           Q2      1          50     met             true            1               0
      A2    plan            Q2      1          100    not_applicable  false           0               1
      city  plan            Q2      2          100    met             false           1               1
    `,
  },
  {
    rule: "3: while a doubt about a figure is open every verdict on it is provisional",
    // in June ten times what there was in March, without a cause: at A1 and in the whole, and from then on
    world: changed(
      wards(
        2,
        withTarget(
          { kind: "count", measures: ["reached"] },
          { comparator: ">=", value: 5, for: "each" },
        ),
      ),
      () => ({}),
    ),
    given: `
      received          unit  period  people  reached
      2030-03-05T08:00  W-A1  Q1      1000    30
      2030-03-05T08:00  W-A2  Q1      1000    30
      2030-06-04T08:00  W-A1  Q2      1000    300
      2030-06-04T08:00  W-A2  Q2      1000    30
    `,
    asOf: "2030-07-01",
    expected: `
      at    period  value  status  is_provisional
      city  Q1      60     met     false
      A1    Q2      330    met     true
      A2    Q2      60     met     false
      city  Q2      390    met     true
    `,
  },
];

export const TIME_CASES = [...CASES_OF_TODAY, ...CASES_OF_SCHEMA_2];
