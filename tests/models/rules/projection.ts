import { expect, test } from "vitest";
import { type Projection, projectionSentence } from "../../../pipelines/sentences/projection.ts";
import { selectRows } from "../../../pipelines/warehouse/connection.ts";
import { runSource } from "../site-source.ts";
import { ofYear, smallPlan } from "../small-plan.ts";
import { parseTable } from "../text-table.ts";
import { given } from "./given.ts";

const PROJECTED = `select period, due_period, steps_gone, steps_left, value_low, value_high, outlook
  from marts.projection`;

const NONE = "no row";
const HEAD = "period  due_period  steps_gone  steps_left  value_low  value_high  outlook".split(
  "  ",
);

/** Ward 1 has reached 20 and 30 of many people. */
const FIFTY = ["500 20", "500 30"];

const CASES: readonly {
  readonly because: string;
  readonly asks: string;
  /** People and reached of ward 1 by quarter; the others have none. */
  readonly sent?: readonly string[];
  readonly asOf?: string;
  /** Ward 4 reports for the first quarter alone. */
  readonly isSilent?: true;
  readonly expected: string;
}[] = [
  {
    because: "20 and 30 of 100 with two quarters left: from 50 + 2 × 20 to 50 + 2 × 30",
    asks: "reached >= 100",
    expected: "Q2  Q4  2  2  90  110  open",
  },
  {
    because: "all of the range below what is asked: it will be missed as it goes",
    asks: "reached >= 120",
    expected: "Q2  Q4  2  2  90  110  missed",
  },
  {
    because: "a ceiling that even the weakest quarters go past",
    asks: "reached <= 80",
    expected: "Q2  Q4  2  2  90  110  missed",
  },
  {
    because: "one quarter alone makes no range; an open one is left out of account",
    asks: "reached >= 80",
    asOf: "2030-06-09T23:59:59",
    expected: "Q1  Q4  1  3  80  80  reached",
  },
  {
    because: "a part of a stock ends at all of it: 80 % + 2 × 35 % is 100 %",
    asks: "reached/people >= 100",
    sent: ["100 45", "100 35"],
    expected: "Q2  Q4  2  2  100  100  reached",
  },
  {
    because: "50 % less a third of a thousandth, and as much again: not shown as 100 %",
    asks: "reached/people per 100 >= 100",
    sent: ["300000 75000", "300000 74999"],
    expected: "Q2  Q4  2  2  99.999001  99.999667  missed",
  },
  {
    because: "a quarter in which a ward was silent says nothing of the next ones",
    asks: "reached >= 100",
    isSilent: true,
    expected: NONE,
  },
  {
    because: "when it is due nothing is left to be projected",
    asks: "reached >= 100",
    sent: [...FIFTY, "500 30", "500 30"],
    asOf: "2032-01-01",
    expected: NONE,
  },
  {
    because: "a stock does not add up, nor does a ratio to what adds up itself",
    asks: "people/reached >= 90",
    sent: ["100 20", "100 30"],
    expected: NONE,
  },
];

const BUILT = CASES.map(({ asks, sent = FIFTY, isSilent = false, asOf = "2030-06-10", ...one }) => {
  const nothing = sent.map((_, quarter) => (isSilent && quarter > 0 ? "-" : "0 0"));
  const grid = `
    people reached  ${["Q1", "Q2", "Q3", "Q4"].slice(0, sent.length).join("  ")}
    W-A1            ${sent.join("  ")}
    W-A2 W-A3       ${sent.map(() => "0 0").join("  ")}
    W-A4            ${nothing.join("  ")}
  `;
  return { ...one, marts: given(smallPlan(asks), grid, asOf) };
});

test.each(BUILT)("$because", async ({ marts, expected }) => {
  const found = await marts.rows(PROJECTED);
  expect(found).toEqual(
    expected === NONE ? [] : parseTable([HEAD.join("  "), expected].join("\n")),
  );
});

test("the pages say what it stands on, and that it is no verdict", async () => {
  const sentences: string[] = [];
  for (const { marts } of [
    ...BUILT.slice(0, 1),
    ...BUILT.filter(({ because }) => /not shown as/.test(because)),
  ]) {
    const rows = await marts.read(async (connection) => {
      await runSource(connection, "projection");
      return await selectRows(connection, "select * from projection");
    });
    sentences.push(...rows.map((row) => projectionSentence(row as unknown as Projection)));
  }
  expect(sentences).toEqual([
    "Ước tính, nếu các kỳ còn lại thực hiện như 2 kỳ đã qua: đến quarter 4 là từ 90% đến 110%, có thể không đáp ứng mức chỉ tiêu 100%.",
    "Ước tính, nếu các kỳ còn lại thực hiện như 2 kỳ đã qua: đến quarter 4 là 99,99%, không đáp ứng mức chỉ tiêu 100%.",
  ]);
});

/** Years, in each of which the sum begins anew; 60 are asked for in the third. */
const YEARLY = given(
  smallPlan("reached >= 60 by 2031-Y", {
    schema: 2,
    periods: [2029, 2030, 2031].map((year) => ofYear(year, "Y 12-10")),
  }),
  `
    people reached  2029-Y
    W-A1            500 30
    W-A2 W-A3 W-A4  500 0
  `,
  "2030-06-09T23:59:59",
);

test("a sum that begins anew each year is not added to that of the year before: 30 a year is 30", async () => {
  expect(await YEARLY.rows(PROJECTED)).toEqual(
    parseTable(`${HEAD.join("  ")}\n2029-Y  2031-Y  1  1  30  30  missed`),
  );
});
