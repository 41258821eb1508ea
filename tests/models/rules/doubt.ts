import { expect, test } from "vitest";
import { smallPlan } from "../small-plan.ts";
import { parseTable } from "../text-table.ts";
import { given } from "./given.ts";

// A1: two measures of I are above what they should be or jump; A2: people alone; A3: none. Of D1
// all cases stand as they did before: the whole file is doubtful, and with it every area of S.
const DOUBTFUL = given(
  smallPlan({ I: "reached/people", S: "solved/cases" }),
  `
    people reached cases solved  Q1          Q2
    W-A1                         100 10 . .  500 700 . .
    W-A2                         100 10 . .  20 10 . .
    W-A3                         100 10 . .  101 11 . .
    D1:A1                        . . 12 11   . . 12 11
    D1:A2                        . . 34 33   . . 34 33
  `,
);

test("a doubt counts beside each figure that it is about, and beside the whole area's", async () => {
  const doubts = await DOUBTFUL.rows(
    `select d.indicator_code as code, coalesce(a.area_name, '-') as area, d.doubts
    from marts.doubt_by_indicator as d
    left join marts.area as a using (plan_id, area_id)
    where d.period = 'Q2'
    order by code, area`,
  );
  const findings = await DOUBTFUL.rows(
    `select coalesce(area_name, '-') as area, rule, coalesce(measure, '-') as measure
    from marts.findings
    where period = 'Q2'
    order by area, rule, measure`,
  );
  expect(findings).toEqual(
    parseTable(`
      area    rule            measure
      -       same_as_before  -
      Ward 1  above_bound     reached
      Ward 1  jump            people
      Ward 1  jump            reached
      Ward 2  jump            people
    `),
  );
  expect(doubts).toEqual(
    parseTable(`
      code  area    doubts
      I     -       4
      I     Ward 1  3
      I     Ward 2  1
      S     -       1
      S     Ward 1  1
      S     Ward 2  1
      S     Ward 3  1
      S     Ward 4  1
    `),
  );
});

const LACKING = given(
  smallPlan({ I: "reached/people", P: "posts" }),
  `
    people reached posts  Q1        Q2
    W-A1                  100 10 .  110 120 .
    D1                    . . 10    . . 100
    `,
);

test("an area without a figure of its own shares in no doubt", async () => {
  const doubts = await LACKING.rows(
    `select indicator_code as code, coalesce(area_id, 0) as area_id, doubts
    from marts.doubt_by_indicator
    where period = 'Q2'
    order by code, area_id`,
  );
  // reached is above people and has jumped
  expect(doubts).toEqual(
    parseTable(`
      code  area_id  doubts
      I     0        2
      I     11       2
      P     0        1
    `),
  );
});
