import { expect, test } from "vitest";
import { runSource } from "../site-source.ts";
import { indicator, smallPlan } from "../small-plan.ts";
import { parseTable, readTable } from "../text-table.ts";
import { inCity } from "./areas.ts";
import { given } from "./given.ts";

const SOLVED = indicator(
  { kind: "ratio", numerator: ["solved"], denominator: ["cases"] },
  ">=",
  100,
);

interface Case {
  readonly because: string;
  readonly given: string;
  readonly area: string;
  readonly whole: string;
}

/** Readings of Department 1 for all four wards in a quarter: cases/solved by ward. */
function sent(period: string, ...wards: readonly string[]): string {
  return wards
    .map((pair, index) => {
      const [cases, solved] = pair.split("/");
      return `2030-12-30T08:00  D1    ${period}      A${index + 1}    ${cases}      ${solved}`;
    })
    .join("\n");
}

const HEAD = "received          unit  period  area  cases  solved";

const CASES: readonly Case[] = [
  {
    because: "no count from 1 to 4 anywhere: nothing is withheld, and zero is no small count",
    given: [HEAD, sent("Q1", "5/5", "0/0", "0/0", "0/0")].join("\n"),
    area: "false",
    whole: "false",
  },
  {
    because: "one ward has 3: no ward is shown, for the others and the total would give it away",
    given: [HEAD, sent("Q1", "3/3", "9/9", "0/0", "0/0")].join("\n"),
    area: "true",
    whole: "false",
  },
  {
    because: "only the numerator is small: the ratio would give it away",
    given: [HEAD, sent("Q1", "50/4", "50/50", "0/0", "0/0")].join("\n"),
    area: "true",
    whole: "false",
  },
  {
    because: "the small count is another quarter's: the difference to date would give it away",
    given: [
      HEAD,
      sent("Q1", "9/9", "0/0", "0/0", "0/0"),
      sent("Q2", "2/2", "8/8", "0/0", "0/0"),
    ].join("\n"),
    area: "true",
    whole: "false",
  },
  {
    because: "the city's own total is small",
    given: [HEAD, sent("Q1", "1/1", "2/2", "0/0", "0/0")].join("\n"),
    area: "true",
    whole: "true",
  },
  {
    because:
      "a ward is missing in one quarter: what it had is in every total to date, and told by none",
    given: [
      HEAD,
      sent("Q1", "3/3", "9/9", "0/0", "0/0"),
      sent("Q2", "./.", "9/9", "0/0", "0/0"),
    ].join("\n"),
    area: "true",
    whole: "false",
  },
  {
    because: "one ward's part is blank: the total of the ratio without it would give it away",
    given: [HEAD, sent("Q1", "20/.", "3/0", "0/0", "0/0")].join("\n"),
    area: "true",
    whole: "true",
  },
  {
    because: "one ward has solved 9 of 11: two are not solved, which is a small count as well",
    given: [HEAD, sent("Q1", "11/9", "20/20", "0/0", "0/0")].join("\n"),
    area: "true",
    whole: "true",
  },
  {
    because: "what the wards have not solved is small, that of the city is not",
    given: [HEAD, sent("Q1", "11/8", "20/17", "0/0", "0/0")].join("\n"),
    area: "true",
    whole: "false",
  },
  {
    because: "five are not solved, in one ward",
    given: [HEAD, sent("Q1", "15/10", "20/20", "0/0", "0/0")].join("\n"),
    area: "false",
    whole: "false",
  },
  {
    because: "the year's own report is 2 above its quarters",
    given: [
      HEAD,
      sent("Q1", "9/9", "9/9", "0/0", "0/0"),
      sent("Q2", "9/9", "9/9", "0/0", "0/0"),
      sent("Q3", "9/9", "9/9", "0/0", "0/0"),
      sent("Y", "29/29", "27/27", "0/0", "0/0"),
    ].join("\n"),
    area: "true",
    whole: "true",
  },
  {
    because: "the year's own report is 2 above the half-year's own in one ward",
    given: [
      HEAD,
      sent("H1", "30/30", "20/20", "30/30", "40/40"),
      sent("Y", "32/32", "40/40", "50/50", "60/60"),
    ].join("\n"),
    area: "true",
    whole: "false",
  },
  {
    because: "the half-year's own report and two quarters leave 3 of the year's in one ward",
    given: [
      HEAD,
      sent("H1", "30/30", "20/20", "30/30", "40/40"),
      sent("Q3", "9/9", "9/9", "9/9", "9/9"),
      sent("Y", "42/42", "49/49", "59/59", "69/69"),
    ].join("\n"),
    area: "true",
    whole: "false",
  },
  {
    // 18 and 12 for the quarters less 23 for the half-year: ward 1 has 7 at least in both quarters
    because: "the half-year's own report is 7 below its quarters, of which one is small",
    given: [
      HEAD,
      sent("Q1", "9/9", "9/9", "0/0", "0/0"),
      sent("Q2", "3/3", "9/9", "0/0", "0/0"),
      sent("H1", "5/5", "18/18", "0/0", "0/0"),
    ].join("\n"),
    area: "true",
    whole: "true",
  },
];

const BUILT = CASES.map((one) => ({ ...one, marts: given(smallPlan([SOLVED]), one.given) }));

test.each(BUILT)("$because", async ({ marts, area, whole }) => {
  const found = await marts.rows(
    `select distinct 'indicator' as "of", 'area' as "at", is_disclosive
    from marts.attainment_by_ward_quarter where status <> 'not_applicable'
     union all
     select distinct 'indicator', 'whole', is_disclosive from marts.attainment_by_plan_period
     union all
     select distinct 'measure', 'area', bool_or(is_disclosive)
    from marts.measure_by_ward_period where measure in ('cases', 'solved')
     union all
     select distinct 'measure', 'whole', bool_or(is_disclosive)
    from marts.measure_by_plan_period where measure in ('cases', 'solved')
     union all
     select distinct 'open measure', 'area', is_disclosive
    from marts.measure_by_ward_period where measure = 'people'`,
  );
  expect(found).toEqual(
    parseTable(`
      of            at     is_disclosive
      indicator     area   ${area}
      indicator     whole  ${whole}
      measure       area   ${area}
      measure       whole  ${whole}
      open measure  area   false
    `),
  );
});

/** Whether any area's figures of a measure and the whole's are withheld in a quarter. */
const isWithheld = (measure: string, period = "Q1") => `
  select
      bool_or(area.is_disclosive) as area,
      any_value(whole.is_disclosive) as whole
  from marts.measure_by_ward_period as area
  inner join marts.measure_by_plan_period as whole using (plan_id, measure, period)
  where measure = '${measure}' and period = '${period}'`;

// 93 in Q2, then 183 to date, 90 of them in Q3
const ABOLISHED = given(
  inCity("E", smallPlan([SOLVED])),
  `
    received          unit  period  area  cases  solved
    2030-06-08T08:00  D1    Q2      E1    20     20
    2030-06-08T08:00  D1    Q2      E2    30     30
    2030-06-08T08:00  D1    Q2      E3    40     40
    2030-06-08T08:00  D1    Q2      E4    3      3
    2030-09-08T08:00  D1    Q3      E1    20     20
    2030-09-08T08:00  D1    Q3      E2    30     30
    2030-09-08T08:00  D1    Q3      E3    40     40
  `,
);

test("a ward is abolished: what it had stays in the totals, which do not tell it", async () => {
  const found = await ABOLISHED.rows(isWithheld("cases", "Q2"));
  expect(found).toEqual(parseTable("area  whole\ntrue  false"));
});

const COUNTED = {
  unit_of_measure: "người",
  kind: "count",
  reported_by: ["D1"],
  by_area: true,
  over_time: "sum",
  over_areas: "sum",
};

/** Ward 1 holds 3 in Q1, and does not report in Q2: a change takes it from both, 9 after 9 of 12. */
const trimmed = (change: object[]) => {
  const { plan, ...rest } = smallPlan(change, {
    measures: [{ ...COUNTED, sensitive: true, code: "held", name: "Held", over_time: "last" }],
  });
  return given(
    { ...rest, plan: { ...plan, schema: 2 } },
    `
      received          unit  period  area  held
      2030-03-08T08:00  D1    Q1      A1    3
      2030-03-08T08:00  D1    Q1      A2    9
      2030-03-08T08:00  D1    Q1      A3    0
      2030-03-08T08:00  D1    Q1      A4    0
      2030-06-08T08:00  D1    Q2      A1    .
      2030-06-08T08:00  D1    Q2      A2    9
      2030-06-08T08:00  D1    Q2      A3    0
      2030-06-08T08:00  D1    Q2      A4    0
    `,
  );
};
const UNTRIMMED = trimmed([]);
const TRIMMED = trimmed([
  {
    ...indicator(
      {
        kind: "change",
        of: { kind: "count", measures: ["held"] },
        from: "previous",
        as: "percent",
      },
      "<=",
      0,
    ),
    code: "fewer",
  },
]);

test("a change leaves out a ward that is silent: with the total its sides would give it away", async () => {
  expect(await UNTRIMMED.rows(isWithheld("held"))).toEqual(parseTable("area  whole\ntrue  false"));
  expect(await TRIMMED.rows(isWithheld("held"))).toEqual(parseTable("area  whole\ntrue  true"));
});

const TWO_EACH = given(
  smallPlan([
    indicator({
      kind: "share_of_areas",
      conditions: [{ measure: "cases", comparator: ">=", value: 2 }],
    }),
  ]),
  [HEAD, sent("Q1", "2/2", "2/2", "2/2", "2/2")].join("\n"),
);

test("every ward has at least two: with a total of eight each would have two", async () => {
  expect(await TWO_EACH.rows(isWithheld("cases"))).toEqual(parseTable("area  whole\ntrue  true"));
});

const leftBlank = (all: string) =>
  given(
    smallPlan([], {
      measures: [
        { ...COUNTED, sensitive: true, code: "all", name: "All", parts: ["women", "men"] },
        { ...COUNTED, sensitive: true, code: "women", name: "Women" },
        { ...COUNTED, sensitive: true, code: "men", name: "Men" },
      ],
    }),
    `
      received          unit  period  area  all  women  men
      2030-03-08T08:00  D1    Q1      A1    ${all}  20     .
      2030-03-08T08:00  D1    Q1      A2    50   20     30
      2030-03-08T08:00  D1    Q1      A3    50   20     30
      2030-03-08T08:00  D1    Q1      A4    50   20     30
    `,
  );
const BLANK_OF_23 = leftBlank("23");
const BLANK_OF_29 = leftBlank("29");

test("a part left blank would be told by the total and the other part", async () => {
  expect(await BLANK_OF_23.rows(isWithheld("all"))).toEqual(parseTable("area  whole\ntrue  true"));
  expect(await BLANK_OF_29.rows(isWithheld("all"))).toEqual(
    parseTable("area  whole\nfalse  false"),
  );
});

const SMALL = given(smallPlan([SOLVED]), [HEAD, sent("Q1", "1/1", "0/0", "9/8", "./.")].join("\n"));

test("which status a withheld ward has is withheld too, but not that it did not report", async () => {
  const found = await SMALL.rows(
    `select area_code, status, status_shown from marts.attainment_by_ward_quarter
    where period = 'Q1' order by area_code`,
  );
  expect(found).toEqual(
    parseTable(`
      area_code  status        status_shown
      A1         met           withheld
      A2         not_arising   withheld
      A3         not_yet       withheld
      A4         not_reported  not_reported
    `),
  );
});

const TIED = given(
  smallPlan([SOLVED], {
    measures: [
      { ...COUNTED, sensitive: false, code: "fined", name: "Fined", at_most: "cases" },
      { ...COUNTED, sensitive: false, code: "all", name: "All", parts: ["cases", "rest"] },
      { ...COUNTED, sensitive: false, code: "rest", name: "Rest" },
      { ...COUNTED, sensitive: false, code: "other", name: "Other" },
    ],
  }),
  `
    received          unit  period  area  cases  solved  fined  all  rest  other
    2030-12-30T08:00  D1    Q1      A1    3      3       7      12   9     2
    2030-12-30T08:00  D1    Q1      A2    9      9       7      12   3     2
    2030-12-30T08:00  D1    Q1      A3    9      9       7      12   3     2
    2030-12-30T08:00  D1    Q1      A4    9      9       7      12   3     2
  `,
);

test("measures tied to a sensitive one by a bound, a total or an indicator are guarded with it", async () => {
  const found = {
    guarded: await TIED.rows(
      `select distinct measure, is_disclosive from marts.measure_by_ward_period
      where measure in ('cases', 'solved', 'fined', 'all', 'rest', 'other') order by measure`,
    ),
    findings: await TIED.rows(
      "select distinct rule, measure, is_sensitive from marts.findings where period = 'Q1'",
    ),
  };
  expect(found).toEqual({
    guarded: parseTable(`
      measure  is_disclosive
      all      true
      cases    true
      fined    true
      other    false
      rest     true
      solved   true
    `),
    findings: parseTable(`
      rule         measure  is_sensitive
      above_bound  fined    true
    `),
  });
});

const COUNT = given(
  smallPlan([indicator({ kind: "count", measures: ["cases"] }, "<=", 1)]),
  [HEAD, sent("Q1", "1/0", "0/0", "0/0", "0/0")].join("\n"),
);

test("of a count that is withheld the status is too, for it may tell the count", async () => {
  const found = await COUNT.rows(
    `select period, status, status_shown from marts.attainment_by_plan_period
    where period in ('Q1', 'Q2') order by period`,
  );
  expect(found).toEqual(
    parseTable(`
      period  status  status_shown
      Q1      within  withheld
      Q2      within  withheld
    `),
  );
});

// three cases in all: whether that meets the target of 20 would tell how many they are
const THREE_IN_ALL = given(
  smallPlan([indicator({ kind: "count", measures: ["cases"] }, ">=", 20)]),
  `
  received          unit  period  area  cases
  2030-03-05T08:00  D1    Q1      A1    3
  2030-03-05T08:00  D1    Q1      A2    0
  2030-03-05T08:00  D1    Q1      A3    0
  2030-03-05T08:00  D1    Q1      A4    0
`,
);

test("a status that is withheld is counted as withheld, or as not told yet, for whoever may not see it", async () => {
  const counts = await THREE_IN_ALL.rows(
    `select audience, not_yet, withheld, untold from marts.status_by_place
    where period = 'Q1' and area_id is null order by audience`,
  );
  expect(counts).toEqual([
    { audience: "city", not_yet: "1", withheld: "0", untold: "0" },
    { audience: "release", not_yet: "0", withheld: "1", untold: "0" },
    { audience: "shared", not_yet: "0", withheld: "0", untold: "1" },
  ]);
  const overview = await THREE_IN_ALL.read(async (connection) => {
    await runSource(connection, "period");
    return readTable(
      connection,
      "select not_yet, withheld, untold from period where period = 'Q1'",
    );
  });
  expect(overview).toEqual([{ not_yet: "0", withheld: "0", untold: "1" }]);
});
