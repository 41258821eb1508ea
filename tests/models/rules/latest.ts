import { expect, test } from "vitest";
import { runSource } from "../site-source.ts";
import { indicator, REACH, smallPlan } from "../small-plan.ts";
import { readTable } from "../text-table.ts";
import type { World } from "../world.ts";
import { inCity } from "./areas.ts";
import { given } from "./given.ts";
import { ofTwoYears } from "./time-cases.ts";

interface Period {
  readonly code: string;
  readonly kind: string;
}

interface Words {
  readonly periods: readonly Period[];
  readonly measures: readonly { readonly code: string }[];
}

/** Indicators by what they count: reported in every quarter, half-year (posts), and year (pages). */
const MIXED = [
  indicator(REACH, ">=", 30),
  { ...indicator({ kind: "count", measures: ["posts"] }, ">=", 8), code: "half" },
  { ...indicator({ kind: "count", measures: ["pages"] }, ">=", 5), code: "year" },
];

/** A small plan with a second half-year, of which posts are due in half-years alone, pages in years. */
function mixed(words: (indicators: readonly object[]) => object = () => ({})): World {
  const world = smallPlan(MIXED);
  const { periods, measures } = world.plan as unknown as Words;
  const dueIn: Readonly<Record<string, string>> = { posts: "half_year", pages: "year" };
  return {
    ...world,
    plan: {
      ...world.plan,
      schema: 2,
      periods: [
        ...periods,
        {
          ...periods.find(({ code }) => code === "H1"),
          code: "H2",
          name: "Second half-year",
          position: 2,
          data_from: "2030-07-01",
          data_to: "2030-12-31",
          due_before: "2030-12-15",
          covers: ["Q3", "Q4"],
        },
      ],
      measures: measures.map((one) =>
        dueIn[one.code] === undefined ? one : { ...one, due_in: [dueIn[one.code]] },
      ),
      ...words(MIXED),
    },
  };
}

/** Reports of 2030 in their order; a case takes those that came before a day. */
const SENT = [
  "received          unit  period  people  reached  posts  pages",
  "2030-03-05T08:00  W-A1  Q1      100     20       .      .",
  "2030-06-04T08:00  D1    H1      .       .        8      .",
  "2030-06-05T08:00  W-A1  Q2      100     20       .      .",
  "2030-09-05T08:00  W-A1  Q3      100     20       .      .",
  "2030-11-05T08:00  D2    Y       .       .        .      4",
  "2030-12-05T08:00  W-A1  Q4      100     20       .      .",
  "2030-12-06T08:00  D1    H2      .       .        1      .",
];

const of = (world: World, asOf: string, sent: readonly string[] = SENT) =>
  given(world, sent.filter((line, i) => i === 0 || line.slice(0, 10) < asOf).join("\n"), asOf);

/** Where each indicator is looked at, by what is closed at a moment. */
const CASES = [
  {
    rule: "nothing of a half-year or year is closed in the first quarter: in that of the plan",
    marts: of(mixed(), "2030-06-09T23:59:59"),
    expected: { I: "Q1", half: "Q1", year: "Q1" },
  },
  {
    rule: "while no period is closed, in the one of the plan that is open",
    marts: of(mixed(), "2030-03-06"),
    expected: { I: "Q1", half: "Q1", year: "Q1" },
  },
  {
    // every unit that owes the half-year has sent it on 4 June; Q2 closes on 10 June
    rule: "not yet in a closed period that ends after the plan's latest",
    marts: of(mixed(), "2030-06-09T23:59:59"),
    expected: { I: "Q1", half: "Q1", year: "Q1" },
  },
  {
    rule: "in the half-year, once the plan has come to the quarter with which it ends",
    marts: of(mixed(), "2030-06-10"),
    expected: { I: "Q2", half: "H1", year: "Q2" },
  },
  {
    rule: "in the half-year still, a quarter on",
    marts: of(mixed(), "2030-09-20"),
    expected: { I: "Q3", half: "H1", year: "Q3" },
  },
  {
    // all three end on 31 December: quarter and year have figures of I, half-year and year of posts
    rule: "in a regular period before a covering one, and in the shorter of those",
    marts: of(mixed(), "2032-01-01"),
    expected: { I: "Q4", half: "H2", year: "Y" },
  },
  {
    rule: "in a closed period that nobody has reported for, as not reported",
    marts: of(
      mixed(),
      "2032-01-01",
      SENT.filter((line) => !/ (H2|Y) /.test(line)),
    ),
    expected: { I: "Q4", half: "H2", year: "Y" },
  },
  {
    rule: "in the year before, until the new year has the same period",
    marts: of(ofTwoYears(mixed()), "2030-06-09T23:59:59", [
      ...SENT.map((line) =>
        line.replace("2030", "2029").replace(/ (Q\d|H\d|Y) {5,6}/, " 2029-$1  "),
      ),
      "2030-03-05T08:00  W-A1  2030-Q1  100     20       .      .",
    ]),
    expected: { I: "2030-Q1", half: "2029-H2", year: "2029-Y" },
  },
  {
    // added to the plan from Q3 on, so that neither H1 nor Q2 knows it
    rule: "what is not asked yet in the plan's latest period, there",
    marts: of(
      mixed((indicators) => ({
        indicators: indicators.map((one) => ({ ...one, from: "Q3" })),
      })),
      "2030-06-10",
    ),
    expected: { I: "Q2", half: "Q2", year: "Q2" },
  },
];

test.each(CASES)("looked at $rule", async ({ marts, expected }) => {
  const rows = await marts.rows("select indicator_code, period from marts.indicator_latest");
  expect(Object.fromEntries(rows.map((row) => [row.indicator_code, row.period]))).toEqual(expected);
});

/** What wards report in every quarter, and forms that they report in half-years. */
const WARDS_WORLD = mixed(() => ({
  measures: (smallPlan([]).plan as unknown as Words).measures.map((one) =>
    one.code === "forms" ? { ...one, due_in: ["half_year"] } : one,
  ),
  indicators: [
    indicator(REACH, ">=", 30),
    {
      ...indicator({ kind: "count", measures: ["forms"] }),
      code: "half",
      target: { comparator: ">=", value: 2, for: "each", due: "each_period" },
    },
  ],
}));
const WARDS = given(
  WARDS_WORLD,
  `
  received          unit  period  people  reached  forms
  2030-03-05T08:00  W-A1  Q1      100     20       .
  2030-03-05T08:00  W-A2  Q1      100     20       .
  2030-03-05T08:00  W-A3  Q1      100     10       .
  2030-03-05T08:00  W-A4  Q1      100     5        .
  2030-06-04T08:00  W-A1  H1      .       .        3
  2030-06-04T08:00  W-A2  H1      .       .        1
  2030-06-04T08:00  W-A4  H1      .       .        1
  2030-06-05T08:00  W-A1  Q2      100     20       .
  2030-06-05T08:00  W-A2  Q2      100     20       .
  2030-06-05T08:00  W-A3  Q2      100     15       .
  2030-06-05T08:00  W-A4  Q2      100     5        .
  2030-09-05T08:00  W-A1  Q3      100     20       .
  2030-09-05T08:00  W-A3  Q3      100     15       .
  2030-09-05T08:00  W-A4  Q3      100     5        .
`,
  "2030-09-20",
);

test("each is counted where it is looked at, and who is silent in one of those periods stands apart", async () => {
  // A1 60 of 100 against 30, and 3 forms against 2; A2 40 and 1; A3 40 and none; A4 15 and 1: the half-year
  // is closed, the target of I due in December. The whole: 155 of 400, and not every ward has two forms
  const rows = await WARDS.rows(
    `select area_code, indicators, met, not_yet, not_met, not_reported, lacking, attention, silent_in
    from marts.status_by_place
    where period is null and audience = 'city'
    order by attention_no nulls first`,
  );
  expect(rows.map((row) => Object.values(row).join(" "))).toEqual([
    "- 2 1 0 1 0 1 lacking -",
    "A4 2 0 1 1 0 1 lacking -",
    "A1 2 2 0 0 0 0 clear -",
    "A3 2 1 0 0 1 0 clear -",
    "A2 2 1 0 1 0 1 not_reported Q3",
  ]);
  // by periods as ever: the half-year's indicator applies in no quarter
  const inQuarter = await WARDS.rows(
    `select area_code, met, not_yet, not_applicable, attention
    from marts.status_by_place
    where period = 'Q3' and audience = 'city'
    order by attention_no nulls first`,
  );
  expect(inQuarter.map((row) => Object.values(row).join(" "))).toEqual([
    "- 1 0 1 clear",
    "A1 1 0 1 clear",
    "A3 1 0 1 clear",
    "A4 0 1 1 clear",
    "A2 1 0 1 not_reported",
  ]);
});

/** E4 is no more from July on; forms of the half-year are the only thing judged by ward until then. */
const ABOLISHED = given(
  inCity("E", WARDS_WORLD),
  `
  received          unit  period  people  reached  forms
  2030-06-04T08:00  W-E1  H1      .       .        3
  2030-06-04T08:00  W-E4  H1      .       .        1
  2030-09-05T08:00  W-E1  Q3      100     20       .
`,
  "2030-09-20",
);

test("a ward that is gone by the plan's latest period takes no place in the order", async () => {
  const rows = await ABOLISHED.rows(
    `select area_code, not_met, not_applicable, attention from marts.status_by_place
    where period is null and audience = 'city' and area_code in ('E1', 'E4')
    order by area_code`,
  );
  expect(rows.map((row) => Object.values(row).join(" "))).toEqual([
    "E1 0 0 clear",
    "E4 0 2 not_applicable",
  ]);
});

/** Cases of the city, which are small and told in half-years alone. */
const SENSITIVE = given(
  mixed(() => ({
    measures: (smallPlan([]).plan as unknown as Words).measures.map((one) =>
      one.code === "cases" ? { ...one, due_in: ["half_year"] } : one,
    ),
    indicators: [
      indicator(REACH, ">=", 30),
      { ...indicator({ kind: "count", measures: ["cases"] }, "<=", 9), code: "half" },
    ],
  })),
  `
  received          unit  period  area  people  reached  cases
  2030-03-05T08:00  W-A1  Q1      -     100     20       .
  2030-06-04T08:00  D1    H1      A1    .       .        3
  2030-06-04T08:00  D1    H1      A2    .       .        0
  2030-06-04T08:00  D1    H1      A3    .       .        0
  2030-06-04T08:00  D1    H1      A4    .       .        0
  2030-06-05T08:00  W-A1  Q2      -     100     20       .
`,
  "2030-06-10",
);

test("a figure that is not asked in a period is not withheld there", async () => {
  const found = await SENSITIVE.read(async (connection) => {
    await runSource(connection, "attainment_ward");
    await runSource(connection, "attainment_city");
    return readTable(
      connection,
      `select period, status, is_hidden from attainment_city where indicator_code = 'half'
      union all
      select distinct period, status, is_hidden from attainment_ward where indicator_code = 'half'
      order by all`,
    );
  });
  const inPeriod = (period: string) => found.filter((row) => row.period === period);
  expect(inPeriod("Q2").map(({ status, is_hidden }) => `${status} ${is_hidden}`)).toEqual([
    "not_applicable false",
    "not_applicable false",
  ]);
  // a ward has no target of its own, but figures
  expect(inPeriod("H1").map(({ status, is_hidden }) => `${status} ${is_hidden}`)).toEqual([
    "not_applicable true",
    "untold true",
  ]);
});
