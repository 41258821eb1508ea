import { expect, test } from "vitest";
import { type Projection, projectionSentence } from "../../../pipelines/sentences/projection.ts";
import { casesIn } from "../../case-lines.ts";
import { askSource } from "../site-source.ts";
import { ofYear, smallPlan } from "../small-plan.ts";
import { parseTable } from "../text-table.ts";
import { given } from "./given.ts";

const PROJECTED = `select period, due_period, steps_gone, steps_left, value_low, value_high, outlook
  from marts.projection`;

const NONE = "no row";
const HEAD = "period  due_period  steps_gone  steps_left  value_low  value_high  outlook".split(
  "  ",
);

/** People and reached of ward 1 by quarter, then of ward 4; the others have none. */
const FIFTY = "500 20  500 30";

/** What holds, what is asked, what follows; what was sent, until when. */
const BUILT = casesIn(`
  20 and 30 of 100 with two quarters left: from 50 + 2 × 20 to 50 + 2 × 30
    ⇒ reached >= 100 ⇒ Q2  Q4  2  2  90  110  open
  all of the range below what is asked: it will be missed as it goes
    ⇒ reached >= 120 ⇒ Q2  Q4  2  2  90  110  missed
  a ceiling that even the weakest quarters go past ⇒ reached <= 80 ⇒ Q2  Q4  2  2  90  110  missed
  one quarter alone makes no range; an open one is left out of account
    ⇒ reached >= 80 ⇒ Q1  Q4  1  3  80  80  reached ⇒ ${FIFTY} ⇒ 2030-06-09T23:59:59
  a part of a stock ends at all of it: 80 % + 2 × 35 % is 100 %
    ⇒ reached/people >= 100 ⇒ Q2  Q4  2  2  100  100  reached ⇒ 100 45  100 35
  50 % less a third of a thousandth, and as much again: not shown as 100 %
    ⇒ reached/people per 100 >= 100 ⇒ Q2  Q4  2  2  99.999001  99.999667  missed
    ⇒ 300000 75000  300000 74999
  a quarter in which a ward was silent says nothing of the next ones
    ⇒ reached >= 100 ⇒ ${NONE} ⇒ ${FIFTY} / 0 0  -
  when it is due nothing is left to be projected
    ⇒ reached >= 100 ⇒ ${NONE} ⇒ ${FIFTY}  500 30  500 30 ⇒ 2032-01-01
  a stock does not add up, nor does a ratio to what adds up itself
    ⇒ people/reached >= 90 ⇒ ${NONE} ⇒ 100 20  100 30
`).map(([because = "", asks = "", expected = "", sent = FIFTY, asOf = "2030-06-10"]) => {
  const [own = "", last] = sent.split(" / ");
  const quarters = own.split("  ");
  const nothing = quarters.map(() => "0 0").join("  ");
  const grid = `
    people reached  ${["Q1", "Q2", "Q3", "Q4"].slice(0, quarters.length).join("  ")}
    W-A1            ${own}
    W-A2 W-A3       ${nothing}
    W-A4            ${last ?? nothing}
  `;
  return { because, expected, marts: given(smallPlan(asks), grid, asOf) };
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
    const rows = await askSource(marts, ["projection"]);
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
