import { expect, test } from "vitest";
import { type Projection, projectionSentence } from "../../../pipelines/sentences/projection.ts";
import { selectRows } from "../../../pipelines/warehouse/connection.ts";
import { runSource } from "../site-source.ts";
import { indicator, REACH, smallPlan } from "../small-plan.ts";
import { parseTable } from "../text-table.ts";
import { given } from "./given.ts";

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
  /** Reports for the first quarter alone. */
  readonly silent?: string;
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
    asOf: "2030-06-10",
    expected: "Q2  Q4  2  2  90  110  open",
  },
  {
    because: "all of the range below what is asked: it will be missed as it goes",
    indicator: indicator(COUNT, ">=", 120),
    sent: [
      ["500", "20"],
      ["500", "30"],
    ],
    asOf: "2030-06-10",
    expected: "Q2  Q4  2  2  90  110  missed",
  },
  {
    because: "a ceiling that even the weakest quarters go past",
    indicator: indicator(COUNT, "<=", 80),
    sent: [
      ["500", "20"],
      ["500", "30"],
    ],
    asOf: "2030-06-10",
    expected: "Q2  Q4  2  2  90  110  missed",
  },
  {
    because: "one quarter alone makes no range; an open one is left out of account",
    indicator: indicator(COUNT, ">=", 80),
    sent: [
      ["500", "20"],
      ["500", "30"],
    ],
    asOf: "2030-06-09T23:59:59",
    expected: "Q1  Q4  1  3  80  80  reached",
  },
  {
    because: "a part of a stock ends at all of it: 80 % + 2 × 35 % is 100 %",
    indicator: indicator(REACH, ">=", 100),
    sent: [
      ["100", "45"],
      ["100", "35"],
    ],
    asOf: "2030-06-10",
    expected: "Q2  Q4  2  2  100  100  reached",
  },
  {
    because: "50 % less a third of a thousandth, and as much again: not shown as 100 %",
    indicator: indicator(
      { kind: "ratio", numerator: ["reached"], denominator: ["people"], factor: 100 },
      ">=",
      100,
    ),
    sent: [
      ["300000", "75000"],
      ["300000", "74999"],
    ],
    asOf: "2030-06-10",
    expected: "Q2  Q4  2  2  99.999001  99.999667  missed",
  },
  {
    because: "a quarter in which a ward was silent says nothing of the next ones",
    indicator: indicator(COUNT, ">=", 100),
    sent: [
      ["500", "20"],
      ["500", "30"],
    ],
    silent: "W-A4",
    asOf: "2030-06-10",
    expected: NONE,
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
    asOf: "2032-01-01",
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
    asOf: "2030-06-10",
    expected: NONE,
  },
];

/** Nothing but of the first ward. */
const WARDS = ["W-A1", "W-A2", "W-A3", "W-A4"];
const MONTHS = ["03", "06", "09", "12"];

const BUILT = CASES.map((one) => {
  const world = smallPlan([one.indicator]);
  const rows = one.sent.flatMap(([people, reached], index) =>
    WARDS.filter((ward) => ward !== one.silent || index === 0).map(
      (ward) =>
        `2030-${MONTHS[index]}-05T08:00  ${ward}  Q${index + 1}  ${ward === "W-A1" ? `${people}  ${reached}` : "0  0"}`,
    ),
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
const YEARLY = (() => {
  const asked = { ...indicator(COUNT), target: { comparator: ">=", at: { "2031-Y": 60 } } };
  const world = smallPlan([asked]);
  const periods = [2029, 2030, 2031].map((year) => ({
    ...{ code: `${year}-Y`, name: `Năm ${year}`, kind: "year", year, position: 1, positions: 1 },
    ...{ data_from: `${year}-01-01`, data_to: `${year}-12-31`, due_before: `${year}-12-10` },
    estimate: false,
  }));
  const rows = WARDS.map(
    (ward) => `2029-12-05T08:00  ${ward}  2029-Y  500  ${ward === "W-A1" ? 30 : 0}`,
  );
  return given(
    {
      ...world,
      plan: {
        ...world.plan,
        schema: 2,
        in_force_from: "2029-01-01",
        issued_on: "2029-01-01",
        periods,
      },
    },
    ["received  unit  period  people  reached", ...rows].join("\n"),
    "2030-06-09T23:59:59",
  );
})();

test("a sum that begins anew each year is not added to that of the year before: 30 a year is 30", async () => {
  expect(await YEARLY.rows(PROJECTED)).toEqual(
    parseTable(`${HEAD.join("  ")}\n2029-Y  2031-Y  1  1  30  30  missed`),
  );
});
