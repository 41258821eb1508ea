import { expect, test } from "vitest";
import { parseTable, readTable, withMarts } from "./given.ts";
import { indicator, smallPlan } from "./small-plan.ts";

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

const CASES: readonly Case[] = [
  {
    because: "no count from 1 to 4 anywhere: nothing is withheld, and zero is no small count",
    given: `
      received          unit  period  area  cases  solved
      2030-03-05T08:00  D1    Q1      A1    5      5
      2030-03-05T08:00  D1    Q1      A2    0      0
    `,
    area: "false",
    whole: "false",
  },
  {
    because: "one ward has 3: no ward is shown, for the others and the total would give it away",
    given: `
      received          unit  period  area  cases  solved
      2030-03-05T08:00  D1    Q1      A1    3      3
      2030-03-05T08:00  D1    Q1      A2    9      9
    `,
    area: "true",
    whole: "false",
  },
  {
    because: "only the numerator is small: the ratio would give it away",
    given: `
      received          unit  period  area  cases  solved
      2030-03-05T08:00  D1    Q1      A1    50     4
      2030-03-05T08:00  D1    Q1      A2    50     50
    `,
    area: "true",
    whole: "false",
  },
  {
    because: "the small count is another quarter's: the difference to date would give it away",
    given: `
      received          unit  period  area  cases  solved
      2030-03-05T08:00  D1    Q1      A1    9      9
      2030-06-05T08:00  D1    Q2      A1    2      2
      2030-06-05T08:00  D1    Q2      A2    8      8
    `,
    area: "true",
    whole: "false",
  },
  {
    because: "the city's own total is small",
    given: `
      received          unit  period  area  cases  solved
      2030-03-05T08:00  D1    Q1      A1    1      1
      2030-03-05T08:00  D1    Q1      A2    2      2
    `,
    area: "true",
    whole: "true",
  },
];

test.each(CASES)("$because", async ({ given, area, whole }) => {
  const found = await withMarts(smallPlan([SOLVED]), given, (connection) =>
    readTable(
      connection,
      `select distinct 'indicator' as of, 'area' as at, is_disclosive
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
       from marts.measure_by_ward_period where measure = 'people'`
        .replaceAll(" of,", ' "of",')
        .replaceAll(" at,", ' "at",'),
    ),
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
