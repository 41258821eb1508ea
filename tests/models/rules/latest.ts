import { expect, test } from "vitest";
import { casesIn } from "../../case-lines.ts";
import { askSource } from "../site-source.ts";
import { ofYear, smallPlan } from "../small-plan.ts";
import type { World } from "../world.ts";
import { inCity } from "./areas.ts";
import { given } from "./given.ts";

const DUE_IN = [
  { code: "posts", due_in: ["half_year"] },
  { code: "pages", due_in: ["year"] },
];
const HALF_YEARS = [
  "Q1 03-10",
  "Q2 06-10",
  "Q3 09-10",
  "Q4 12-10",
  "H1 06-05",
  "Y 11-15",
  "H2 12-15",
];

/** Indicators by what they count: reported in every quarter, half-year (posts), and year (pages). */
const MIXED = { I: "reached/people >= 30", half: "posts >= 8", year: "pages >= 5" };

/** A small plan with a second half-year, of which some measures are due in longer periods alone. */
function mixed(
  asked: Parameters<typeof smallPlan>[0] = MIXED,
  measures = DUE_IN,
  periods = HALF_YEARS,
): World {
  return smallPlan(asked, { schema: 2, measures, periods });
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

const IN_TWO_YEARS = [2029, 2030].flatMap((year) => HALF_YEARS.map((one) => ofYear(year, one)));
const FROM_Q3 = Object.fromEntries(
  Object.entries(MIXED).map(([code, value]) => [code, { value, from: "Q3" }]),
);

/** Where each indicator is looked at, by what is closed at a moment: I, half and year. */
const CASES = [
  ...casesIn(`
  nothing of a half-year or year is closed in the first quarter: in that of the plan
    ⇒ 2030-06-09T23:59:59 ⇒ Q1 Q1 Q1
  while no period is closed, in the one of the plan that is open ⇒ 2030-03-06 ⇒ Q1 Q1 Q1
  // every unit that owes the half-year has sent it on 4 June; Q2 closes on 10 June
  not yet in a closed period that ends after the plan's latest ⇒ 2030-06-09T23:59:59 ⇒ Q1 Q1 Q1
  in the half-year, once the plan has come to the quarter with which it ends
    ⇒ 2030-06-10 ⇒ Q2 H1 Q2
  in the half-year still, a quarter on ⇒ 2030-09-20 ⇒ Q3 H1 Q3
  // all three end on 31 December: quarter and year have figures of I, half-year and year of posts
  in a regular period before a covering one, and in the shorter of those ⇒ 2032-01-01 ⇒ Q4 H2 Y
`).map(([rule = "", asOf = "", expected = ""]) => [rule, of(mixed(), asOf), expected] as const),
  [
    "in a closed period that nobody has reported for, as not reported",
    of(
      mixed(),
      "2032-01-01",
      SENT.filter((line) => !/ (H2|Y) /.test(line)),
    ),
    "Q4 H2 Y",
  ],
  [
    "in the year before, until the new year has the same period",
    of(mixed(MIXED, DUE_IN, IN_TWO_YEARS), "2030-06-09T23:59:59", [
      ...SENT.map((line) =>
        line.replace("2030", "2029").replace(/ (Q\d|H\d|Y) {5,6}/, " 2029-$1  "),
      ),
      "2030-03-05T08:00  W-A1  2030-Q1  100     20       .      .",
    ]),
    "2030-Q1 2029-H2 2029-Y",
  ],
  // added to the plan from Q3 on, so that neither H1 nor Q2 knows it
  [
    "what is not asked yet in the plan's latest period, there",
    of(mixed(FROM_Q3), "2030-06-10"),
    "Q2 Q2 Q2",
  ],
] as const;

test.each(CASES)("looked at %s", async (_, marts, expected) => {
  const rows = await marts.rows(
    "select period from marts.indicator_latest order by indicator_code",
  );
  expect(rows.map(({ period }) => period).join(" ")).toBe(expected);
});

/** What wards report in every quarter, and forms that they report in half-years. */
const WARDS_WORLD = mixed({ I: MIXED.I, half: "forms >= 2 each in each period" }, [
  { code: "forms", due_in: ["half_year"] },
]);
const WARDS = given(
  WARDS_WORLD,
  `
  people reached forms  Q1        Q2        H1     Q3
  W-A1                  100 20 .  100 20 .  . . 3  100 20 .
  W-A2                  100 20 .  100 20 .  . . 1
  W-A3                  100 10 .  100 15 .  -      100 15 .
  W-A4                  100 5 .   100 5 .   . . 1  100 5 .
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
  people reached forms  H1     Q3
  W-E1                  . . 3  100 20 .
  W-E4                  . . 1
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
  mixed({ I: MIXED.I, half: "cases <= 9" }, [{ code: "cases", due_in: ["half_year"] }]),
  `
  people reached cases  Q1        Q2        H1
  W-A1                  100 20 .  100 20 .
  D1:A1                 -         -         . . 3
  D1:A2 D1:A3 D1:A4     -         -         . . 0
`,
  "2030-06-10",
);

test("a figure that is not asked in a period is not withheld there", async () => {
  const found = await askSource(
    SENSITIVE,
    ["attainment_ward", "attainment_city"],
    `select period, status, is_hidden from attainment_city where indicator_code = 'half'
      union all
      select distinct period, status, is_hidden from attainment_ward where indicator_code = 'half'
      order by all`,
  );
  const inPeriod = (period: string) => found.filter((row) => row.period === period);
  expect(inPeriod("Q2").map(({ status, is_hidden }) => `${status} ${is_hidden}`)).toEqual([
    "not_applicable false",
    "not_applicable false",
  ]);
  // a ward has no target of its own, but figures
  expect(inPeriod("H1").map(({ status, is_hidden }) => `${status} ${is_hidden}`)).toEqual([
    "no_target true",
    "untold true",
  ]);
});
