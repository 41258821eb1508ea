import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { askSource } from "../site-source.ts";
import { smallPlan } from "../small-plan.ts";
import { parseTable, textRow } from "../text-table.ts";
import { inCity } from "./areas.ts";
import { given } from "./given.ts";

const SOLVED = smallPlan("solved/cases >= 100");

const CASES = z
  .array(
    z.strictObject({
      because: z.string(),
      sent: z.record(z.string(), z.string()),
      withheld: z.enum(["nothing", "wards", "wards and whole"]),
    }),
  )
  .parse(parse(readFileSync(new URL("disclosure.yaml", import.meta.url), "utf8")));

/** What Department 1 sends by period: of each of the four wards cases/solved. */
function ofWards(sent: Readonly<Record<string, string>>): string {
  const pairs = Object.values(sent).map((all) => all.split(" "));
  const lines = [0, 1, 2, 3].map((no) => [
    `D1:A${no + 1}`,
    ...pairs.map((all) => all[no]?.replace("/", " ")),
  ]);
  return [["cases solved", ...Object.keys(sent)], ...lines]
    .map((line) => line.join("  "))
    .join("\n");
}

const BUILT = CASES.map((one) => ({ ...one, marts: given(SOLVED, ofWards(one.sent)) }));

test.each(BUILT)("$because", async ({ marts, withheld }) => {
  const [area, whole] = [withheld !== "nothing", withheld === "wards and whole"];
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
  select bool_or(area.is_disclosive) as area, any_value(whole.is_disclosive) as whole
  from marts.measure_by_ward_period as area
  inner join marts.measure_by_plan_period as whole using (plan_id, measure, period)
  where measure = '${measure}' and period = '${period}'`;

// 93 in Q2, then 183 to date, 90 of them in Q3
const ABOLISHED = given(
  inCity("E", SOLVED),
  `
    cases solved  Q2     Q3
    D1:E1         20 20  20 20
    D1:E2         30 30  30 30
    D1:E3         40 40  40 40
    D1:E4         3 3
  `,
);

test("a ward is abolished: what it had stays in the totals, which do not tell it", async () => {
  const found = await ABOLISHED.rows(isWithheld("cases", "Q2"));
  expect(found).toEqual(parseTable("area  whole\ntrue  false"));
});

const COUNTED = { reported_by: ["D1"], by_area: true, over_time: "sum" };

/** Ward 1 holds 3 in Q1, and does not report in Q2: a change takes it from both, 9 after 9 of 12. */
const trimmed = (asked: Readonly<Record<string, string>>) =>
  given(
    smallPlan(asked, {
      schema: 2,
      measures: [{ ...COUNTED, sensitive: true, code: "held", over_time: "last" }],
    }),
    `
      held         Q1  Q2
      D1:A1        3   .
      D1:A2        9   9
      D1:A3 D1:A4  0   0
    `,
  );
const UNTRIMMED = trimmed({});
const TRIMMED = trimmed({ fewer: "change of held from previous as percent <= 0" });

test("a change leaves out a ward that is silent: with the total its sides would give it away", async () => {
  expect(await UNTRIMMED.rows(isWithheld("held"))).toEqual(parseTable("area  whole\ntrue  false"));
  expect(await TRIMMED.rows(isWithheld("held"))).toEqual(parseTable("area  whole\ntrue  true"));
});

const TWO_EACH = given(
  smallPlan("areas with cases at least 2"),
  ofWards({ Q1: "2/2 2/2 2/2 2/2" }),
);

test("every ward has at least two: with a total of eight each would have two", async () => {
  expect(await TWO_EACH.rows(isWithheld("cases"))).toEqual(parseTable("area  whole\ntrue  true"));
});

const leftBlank = (all: string) =>
  given(
    smallPlan(
      {},
      {
        measures: [
          { ...COUNTED, sensitive: true, code: "all", parts: ["women", "men"] },
          { ...COUNTED, sensitive: true, code: "women" },
          { ...COUNTED, sensitive: true, code: "men" },
        ],
      },
    ),
    `
      all women men      Q1
      D1:A1              ${all} 20 .
      D1:A2 D1:A3 D1:A4  50 20 30
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

const SMALL = given(SOLVED, ofWards({ Q1: "1/1 0/0 9/8 ./." }));

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
  smallPlan("solved/cases >= 100", {
    measures: [
      { ...COUNTED, sensitive: false, code: "fined", at_most: "cases" },
      { ...COUNTED, sensitive: false, code: "all", parts: ["cases", "rest"] },
      { ...COUNTED, sensitive: false, code: "rest" },
      { ...COUNTED, sensitive: false, code: "other" },
    ],
  }),
  `
    cases solved fined all rest other  Q1
    D1:A1                              12-30T08:00 3 3 7 12 9 2
    D1:A2 D1:A3 D1:A4                  12-30T08:00 9 9 7 12 3 2
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

const COUNT = given(smallPlan("cases <= 1"), ofWards({ Q1: "1/0 0/0 0/0 0/0" }));

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
  smallPlan("cases >= 20"),
  `
  cases              Q1
  D1:A1              3
  D1:A2 D1:A3 D1:A4  0
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
  const overview = await askSource(
    THREE_IN_ALL,
    ["period"],
    "select not_yet, withheld, untold from period where period = 'Q1'",
  );
  expect(overview.map(textRow)).toEqual([{ not_yet: "0", withheld: "0", untold: "1" }]);
});
