import { expect, test } from "vitest";
import { randomCases } from "../random-basis.ts";
import { askSource, basisOf } from "../site-source.ts";
import { smallPlan } from "../small-plan.ts";
import { textRow } from "../text-table.ts";
import { given } from "./given.ts";

const MARTS = given(
  smallPlan("reached/people"),
  `
  received          unit  period  people  reached
  2030-03-05T08:00  W-A1  Q1      100     10
  2030-03-05T09:00  W-A2  Q1      50      nil
  2030-03-05T10:00  W-A3  Q1      70      7
  2030-05-20T08:00  W-A1  H1      .       31
  2030-06-05T08:00  W-A1  Q2      110     15
  2030-06-06T08:00  W-A1  Q2      110     17 recounted
  2030-06-05T09:00  W-A2  Q2      .       5
`,
);

test("a flow stands on every period so far, a stock on the latest, and what was replaced is named", async () => {
  expect(await basisOf(MARTS, "Q2", "A1")).toEqual([
    "Q1 reached reported 10 counts",
    "Q2 reached reported 15 replaced",
    // its note is for the city until somebody releases it
    "Q2 reached reported 17 counts",
    "Q1 people reported 100 earlier",
    "Q2 people reported 110 replaced",
    "Q2 people reported 110 counts",
  ]);
});

test("nil is 0 and counts; blank is not there, and leaves the stock before it standing", async () => {
  expect(await basisOf(MARTS, "Q2", "A2")).toEqual([
    "Q1 reached nil 0 counts",
    "Q2 reached reported 5 counts",
    "Q1 people reported 50 counts",
    "Q2 people blank - blank",
  ]);
});

test("what was not sent has its line, too", async () => {
  expect(await basisOf(MARTS, "Q2", "A3")).toEqual([
    "Q1 reached reported 7 counts",
    "Q2 reached not_sent - not_sent",
    "Q1 people reported 70 counts",
    "Q2 people not_sent - not_sent",
  ]);
});

test("a half-year stands on its own report, and its stock on the quarters where that is blank", async () => {
  expect(await basisOf(MARTS, "H1", "A1")).toEqual([
    "H1 reached reported 31 counts",
    "H1 people blank - blank",
    "Q1 people reported 100 earlier",
    "Q2 people reported 110 replaced",
    "Q2 people reported 110 counts",
  ]);
});

test("a half-year without a report of its own stands on the quarters", async () => {
  expect(await basisOf(MARTS, "H1", "A2")).toEqual([
    "Q1 reached nil 0 counts",
    "Q2 reached reported 5 counts",
    "Q1 people reported 50 counts",
    "Q2 people blank - blank",
  ]);
});

const WITHHELD = given(
  smallPlan("solved/cases"),
  `
    received          unit  period  area  cases     solved
    2030-03-05T08:00  D1    Q1      A1    9 ninety  2
    2030-03-05T08:00  D1    Q1      A2    nil       .
  `,
);

test("of withheld figures the shared audience gets neither value, state, note, use nor cell", async () => {
  const rows = await askSource(
    WITHHELD,
    ["basis"],
    `select distinct is_hidden, state, value, value_text, note, usage, sheet, cell, line
      from basis where period = 'Q1'`,
  );
  expect(rows.map((row) => Object.values(textRow(row)).join(" "))).toEqual([
    "true - - - - - - - -",
  ]);
});

// more of them: `basis.long.test.ts`
test.each(randomCases(given, 6))(
  "what counts makes up the figure, whoever sent what for which period",
  async ({ expectBasis }) => {
    await expectBasis();
  },
);
