import { expect, test } from "vitest";
import { type Projection, projectionSentence } from "../../pipelines/sentences/projection.ts";
import { selectRows } from "../../pipelines/warehouse/connection.ts";
import { martsOfCases } from "./case-marts.ts";
import { runSource } from "./site-source.ts";
import { indicator, REACH, smallPlan } from "./small-plan.ts";
import { parseTable } from "./text-table.ts";

const given = martsOfCases();

const PROJECTED = `select period, due_period, steps_gone, steps_left, value_low, value_high, outlook
  from marts.projection`;

const NONE = "no row";
const HEAD = "period  due_period  steps_gone  steps_left  value_low  value_high  outlook".split(
  "  ",
);

interface Case {
  readonly because: string;
  readonly indicator: object;
  /** People and reached of ward 1 by quarter. */
  readonly sent: readonly (readonly [string, string])[];
  readonly asOf: string;
  readonly expected: string;
}

const COUNT = { kind: "count", measures: ["reached"] };

const CASES: readonly Case[] = [
  {
    because: "20 and 30 of 100 with two quarters left: from 50 + 2 × 20 to 50 + 2 × 30",
    indicator: indicator(COUNT, ">=", 100),
    sent: [
      ["500", "20"],
      ["500", "30"],
    ],
    asOf: "2030-07-01",
    expected: "Q2  Q4  2  2  90  110  open",
  },
  {
    because: "all of the range below what is asked: it will be missed as it goes",
    indicator: indicator(COUNT, ">=", 120),
    sent: [
      ["500", "20"],
      ["500", "30"],
    ],
    asOf: "2030-07-01",
    expected: "Q2  Q4  2  2  90  110  missed",
  },
  {
    because: "a ceiling that even the weakest quarters go past",
    indicator: indicator(COUNT, "<=", 80),
    sent: [
      ["500", "20"],
      ["500", "30"],
    ],
    asOf: "2030-07-01",
    expected: "Q2  Q4  2  2  90  110  missed",
  },
  {
    because: "one quarter alone makes no range; an open one is left out of account",
    indicator: indicator(COUNT, ">=", 80),
    sent: [
      ["500", "20"],
      ["500", "30"],
    ],
    asOf: "2030-06-09",
    expected: "Q1  Q4  1  3  80  80  reached",
  },
  {
    because: "a part of a stock ends at all of it: 80 % + 2 × 35 % is 100 %",
    indicator: indicator(REACH, ">=", 100),
    sent: [
      ["100", "45"],
      ["100", "35"],
    ],
    asOf: "2030-07-01",
    expected: "Q2  Q4  2  2  100  100  reached",
  },
  {
    because: "when it is due nothing is left to be projected",
    indicator: indicator(COUNT, ">=", 100),
    sent: [
      ["500", "20"],
      ["500", "30"],
      ["500", "30"],
      ["500", "30"],
    ],
    asOf: "2031-01-01",
    expected: NONE,
  },
  {
    because: "a stock does not add up, nor does a ratio to what adds up itself",
    indicator: indicator(
      { kind: "ratio", numerator: ["people"], denominator: ["reached"] },
      ">=",
      90,
    ),
    sent: [
      ["100", "20"],
      ["100", "30"],
    ],
    asOf: "2030-07-01",
    expected: NONE,
  },
];

const MONTHS = ["03", "06", "09", "12"];

const BUILT = CASES.map((one) => {
  const world = smallPlan([one.indicator]);
  const rows = one.sent.map(
    ([people, reached], index) =>
      `2030-${MONTHS[index]}-05T08:00  W-A1  Q${index + 1}  ${people}  ${reached}`,
  );
  return {
    ...one,
    marts: given(world, ["received  unit  period  people  reached", ...rows].join("\n"), one.asOf),
  };
});

test.each(BUILT)("$because", async ({ marts, expected }) => {
  const found = await marts.rows(PROJECTED);
  expect(found).toEqual(
    expected === NONE ? [] : parseTable([HEAD.join("  "), expected].join("\n")),
  );
});

test("the pages say what it stands on, and that it is no verdict", async () => {
  const [first] = BUILT;
  const rows = await first?.marts.read(async (connection) => {
    await runSource(connection, "projection");
    return await selectRows(connection, "select * from projection");
  });
  expect(rows?.map((row) => projectionSentence(row as unknown as Projection))).toEqual([
    "Ước tính, nếu các kỳ còn lại thực hiện như 2 kỳ đã qua: đến quarter 4 là từ 90% đến 110%, có thể không đáp ứng mức chỉ tiêu 100%.",
  ]);
});
