import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { outcomeText } from "../../pipelines/cli/outcome-text.ts";
import { queryModels } from "../../pipelines/models/build-marts.ts";
import type { TextEncoding } from "../../pipelines/readers/text-encoding.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import type { Problem } from "../../pipelines/vocabulary/problem.ts";
import { readTable } from "../models/text-table.ts";
import { encoded } from "../readers/encoded.ts";
import {
  csvOf,
  examine,
  newWorld,
  PLAN,
  problemCode,
  problemText,
  sendWhole,
  withPlans,
} from "./given.ts";

/** What is said of 1000 people, and what is asked about it: the percentage, its parts, and what they are. */
const NOTES: [reached: string, note: string, expected?: string][] = [
  ["432", "đạt 46%", "46 | 432 | 1000 | 43,2"],
  ["432", "43%"],
  ["432", "Tỷ lệ: 43,2 %"],
  ["432", "43,1%", "43,1 | 432 | 1000 | 43,2"],
  ["666", "66,6%"],
  ["667", "66,6%", "66,6 | 667 | 1000 | 66,7"],
  ["5", "1.195/2.767 người, đạt 46%", "46 | 1195 | 2767 | 43,2"],
  ["5", "1195/2767 = 43,19%"],
  ["5", "1195 / 2767 (43%)"],
  // of something else, or of nothing that stands there
  ["432", "tăng 20% so với cùng kỳ"],
  ["432", "đạt 120% kế hoạch"],
  ["432", "0/0 = 0%"],
  ["432", "46"],
];

const isAccepted = (problems: readonly Problem[]): boolean =>
  problems.every(({ severity }) => severity === "doubt");

/** A file with figures of one claim after another, so that each is judged by itself. */
const REPORTS = ["UB-01", "UB-02", "UB-03", "UB-04"].flatMap((unit) =>
  ["Q2", "Q3", "Q4", "Y"].map((period) => `${unit},${period},`),
);
const THERE = REPORTS.filter((one) => !/^UB-0(3,Q2|4,Q[23])/.test(one));

const NOTE_OF = "Ghi chú của số liệu “Số người được tuyên truyền”";

test("a percentage in a note is compared with its ratio", async () => {
  const lines = NOTES.flatMap(([reached, note], index) => [
    `${THERE[index]},people,1000,`,
    `${THERE[index]},reached,${reached},"${note}"`,
  ]);
  const [found = []] = await examine(newWorld(), { content: csvOf(lines) });
  expect(isAccepted(found)).toBe(true);
  expect(found.map(problemText)).toEqual(
    NOTES.flatMap(([, , asked], index) =>
      asked === undefined ? [] : [`${2 * index + 3} percentage_differs: ${NOTE_OF} | ${asked}`],
    ),
  );
});

test("a figure beyond a thousand times the population is asked about", async () => {
  const world = newWorld();
  const file = join(world.sources, "areas", "areas.csv");
  const [head = "", ...areas] = readFileSync(file, "utf8").trim().split("\n");
  const populations = ["106879", "15000"];
  const written = areas.map((line, index) => `${line},${populations[index] ?? ""}`);
  writeFileSync(file, `${[`${head},population`, ...written].join("\n")}\n`);
  const changed = { ...world, catalogue: readCatalogue(world.sources) };
  const found = await examine(
    changed,
    { content: csvOf(["UB-01,Q2,,people,15000000,"]) },
    {
      content: csvOf([
        "UB-01,Q2,,people,15000001,",
        // of whose area it is not known, and of money
        "UB-02,Q2,,people,999999999999,",
        "UB-01,Q2,,budget,999999999999,",
        "GD,Q2,01,pupils,15000001,",
        "GD,Q2,02,pupils,15000001,",
      ]),
    },
  );
  expect(found.map(isAccepted)).toEqual([true, true]);
  expect(found.map((problems) => problems.map(problemText))).toEqual([
    [],
    [
      "2 beyond_population: Số người | 15000001 | người | Phường Một | 15000",
      "5 beyond_population: Số học sinh | 15000001 | người | Phường Một | 15000",
    ],
  ]);
});

const NIL_NOTES: [line: string, expected?: string][] = [
  ["people,983,Không phát sinh", "Số người | 983 | Không phát sinh"],
  ["reached,4, KPS ", "Số người được tuyên truyền | 4 | KPS"],
  ["budget,9,Trong quý không có phát sinh.", "Kinh phí | 9 | Trong quý không có phát sinh."],
  ["reached,0,Không phát sinh"],
  ["budget,9,không có"],
  ["people,983,Không phát sinh vụ mới"],
  ["has_plan,Có,Không phát sinh"],
];

test("a figure beside which nothing arose by its note is asked about", async () => {
  const lines = NIL_NOTES.map(([line], index) => `${THERE[index]},${line}`);
  const [found = []] = await examine(newWorld(), { content: csvOf(lines) });
  expect(found.map(problemText)).toEqual(
    NIL_NOTES.flatMap(([, expected], index) =>
      expected === undefined ? [] : [`${index + 2} nil_beside_figure: ${expected}`],
    ),
  );
});

const FIGURE_NOTES: [note: string, isAsked: boolean][] = [
  ["60", true],
  ["60 người", true],
  ["3 buổi tối.", true],
  ["Sáu mươi triệu đồng", true],
  ["có mười hai", true],
  ["hai bên đã đối chiếu", false],
  ["năm nay chưa có", false],
  ["Theo CV 45/CV-UBND", false],
  ["45/CV-UBND", false],
];

test("a figure that is left blank beside a note that says a number is asked about", async () => {
  const lines = FIGURE_NOTES.map(([note], index) => `${THERE[index]},budget,,${note}`);
  const [found = []] = await examine(newWorld(), { content: csvOf(lines) });
  expect(found.map(problemCode).filter((one) => one.endsWith("only_noted"))).toEqual(
    FIGURE_NOTES.flatMap(([, isAsked], index) => (isAsked ? [`${index + 2} only_noted`] : [])),
  );
});

const QUARTER_III = "SỐ LIỆU QUÝ III NĂM 2030";
const ABOVE_NAMES: [above: string, isAsked: boolean, encoding?: TextEncoding, note?: string][] = [
  [QUARTER_III, true],
  [QUARTER_III, true, "TCVN3", "Đã đối chiếu với công an phường"],
  [QUARTER_III, true, "VNI"],
  ["Số liệu quý II và quý III", true],
  ["BÁO CÁO QUÝ II NĂM 2030", false],
  ["Phường Một, ngày 05 tháng 7 năm 2030", false],
];

test("a line above the names of a CSV file is asked about where it is of another quarter", async () => {
  const text = (above: string, note: string) =>
    `${above},,,,,,\n${csvOf([`UB-01,Q2,,people,900,${note}`])}`;
  const found = await examine(
    newWorld(),
    ...ABOVE_NAMES.map(([above, , encoding = "UTF-8", note = ""]) => ({
      content: encoded(text(above, note), encoding),
    })),
  );
  expect(found.map((one) => one.map(problemText).filter((text) => /above/.test(text)))).toEqual(
    ABOVE_NAMES.map(([above, isAsked]) => (isAsked ? [`1 csv_above_differs: ${above}`] : [])),
  );
});

/** Figures of the areas 02, 01, 03 and 04 of one measure and period. */
const AREAS: [name: string, measure: string, values: number[]][] = [
  ["one is all the others together", "Q4 pupils", [30, 10, 15, 5]],
  ["one less", "Y pupils", [29, 10, 15, 5]],
  ["three areas only", "Q3 pupils", [25, 10, 15]],
  ["too small to tell", "Q4 pupils_reached", [6, 1, 2, 3]],
];

test("a figure that is the total of the other areas is asked about", async () => {
  const lines = AREAS.flatMap(([, of, values]) => {
    const [period, measure] = of.split(" ");
    return values.map(
      (value, index) => `GD,${period},${["02", "01", "03", "04"][index]},${measure},${value},`,
    );
  });
  const [found = []] = await examine(newWorld(), { content: csvOf(lines) });
  expect(isAccepted(found)).toBe(true);
  expect(found.map(problemText)).toEqual([
    "2 total_among_areas: Số học sinh | Phường Hai | 30 | 3",
  ]);
});

const LEFT = { a: ["a"], b: ["b"], both: ["a", "b"] };
type Claim = [plan: string, unit: string, period: string, measures: keyof typeof LEFT];

const claims = fc.uniqueArray<Claim, string>(
  fc.tuple(
    fc.constantFrom("g1", "g2"),
    fc.constantFrom("GD", "UB-02"),
    fc.constantFrom("Q2", "Q4", "Y"),
    fc.constantFrom("a", "b", "both"),
  ),
  { minLength: 1, selector: (claim) => claim.slice(0, 3).join() },
);

/** That nothing arose stands beside each figure of the first measure. */
const fileOf = (sent: readonly Claim[], received: string, value = 9) => {
  const lines = sent.flatMap(([plan, unit, period, measures]) =>
    LEFT[measures].map(
      (one) => `${plan},${unit},${period},,${one},${value},${one === "a" ? "KPS" : ""}`,
    ),
  );
  return {
    content: ["plan,unit,period,area,measure,value,note", ...lines, ""].join("\n"),
    received,
  };
};

test("each doubt about a file of many reports stands once, at the report that it is about", async () => {
  await fc.assert(
    fc.asyncProperty(claims, async (sent) => {
      // two plans with the same units, periods and words
      const measures = ["a", "b"].map((code) => ({ ...PLAN.measures[5], code }));
      const planOf = (id: string) => ({ ...PLAN, id, number: `${id}/KH-UBND`, measures });
      const world = withPlans(newWorld(), { g1: planOf("g1"), g2: planOf("g2") });
      const corrected = sent.filter((_, index) => index % 2 === 0);
      const [, , again] = await sendWhole(
        world,
        fileOf(sent, "2030-11-01T08:00"),
        fileOf(corrected, "2030-11-02T08:00", 8),
        fileOf(sent, "2030-11-03T08:00"),
      );
      const found = await queryModels({
        ...world,
        asOf: parseMoment("2031-01-01"),
        models: ["marts.findings"],
        read: (connection) =>
          readTable(
            connection,
            `select plan_id, unit_id, period, rule, measure, finding_id
            from marts.findings where found is not null`,
          ),
      });
      expect(new Set(found.map(({ finding_id }) => finding_id)).size).toBe(found.length);
      const expected = sent.flatMap((claim) => {
        const [plan, unit, period, measures] = claim;
        return [
          ...(corrected.includes(claim) ? ["sent_again_after_correction -"] : []),
          ...(period === "Y" ? ["covering_period_early -"] : []),
          ...(measures === "b" ? [] : ["nil_beside_figure a"]),
          ...(measures === "both" ? [] : ["measures_left_out -"]),
        ].map((one) => `${plan} ${unit === "GD" ? unit : "UB@3"} ${period} ${one}`);
      });
      const at = found.map((one) => Object.values(one).slice(0, 5).join(" "));
      expect(at.sort()).toEqual(expected.sort());
      if (again === undefined) throw new Error("no outcome");
      for (const [plan] of sent) expect(outcomeText(again)).toContain(`kế hoạch ${plan}`);
    }),
    // a department's annual report for two plans, weeks before its end
    { numRuns: 3, examples: [[["g1", "g2"].map((plan): Claim => [plan, "GD", "Y", "a"])]] },
  );
});

test("a percentage beside its parts is compared with them", async () => {
  const pupils = PLAN.measures.find(({ code }) => code === "pupils");
  const measure = {
    ...{ ...pupils, code: "pupils_share", name: "Tỷ lệ học sinh", over_areas: "average" },
    ...{ unit_of_measure: "%", decimals: 2 },
    percentage_of: { part: "pupils_reached", whole: "pupils" },
  };
  const world = withPlans(newWorld(), {
    thu: { ...PLAN, measures: [...PLAN.measures, measure] },
  });
  // 432 of 1000 pupils reached
  const lines = ["43,2", "43", "46"].flatMap((share, index) => [
    `GD,Q${index + 2},02,pupils,1000,`,
    `GD,Q${index + 2},02,pupils_reached,432,`,
    `GD,Q${index + 2},02,pupils_share,"${share}",`,
    // of another area, which has no percentage
    `GD,Q${index + 2},01,pupils,10,`,
    `GD,Q${index + 2},01,pupils_reached,1,`,
  ]);
  const [problems = []] = await examine(world, { content: csvOf(lines) });
  expect(isAccepted(problems)).toBe(true);
  expect(problems.map(problemText)).toEqual([
    "14 percentage_differs: Số liệu “Tỷ lệ học sinh” | 46 | 432 | 1000 | 43,2",
  ]);
});

const LEFT_OUT: [what: string, lines: string, ...expected: string[]][] = [
  [
    "a file that was cut off",
    "UB-01,Q2,,people,5,|UB-01,Q2,,reached,2,|UB-01,Q2,,visits,,|UB-01,Q2,,visits_day,,",
    "2 measures_left_out: UBND phường Một | Quý 2 | 3 | Số lượt đêm; Kinh phí; Đã có kế hoạch",
  ],
  [
    "an area that a department leaves out",
    "GD,Q2,,budget,1,|GD,Q2,,rate,1,|GD,Q2,,share,1,|GD,Q2,01,pupils,9,|GD,Q2,02,pupils,9,|" +
      "GD,Q2,02,pupils_reached,1,",
    "2 measures_left_out: Phòng Giáo dục | Quý 2 | 1 | Số học sinh được tuyên truyền (Phường Một)",
  ],
  [
    "everything is there, blank or not",
    "UB-01,Q2,,people,5,|UB-01,Q2,,reached,2,|UB-01,Q2,,visits,,|UB-01,Q2,,visits_day,,|" +
      "UB-01,Q2,,visits_night,,|UB-01,Q2,,budget,,|UB-01,Q2,,has_plan,,",
  ],
];

test("measures in no row are named", async () => {
  const sent = LEFT_OUT.map(([, lines]) => ({ content: csvOf(lines.split("|")) }));
  const outcomes = await sendWhole(newWorld(), ...sent);
  expect(outcomes.map(({ outcome, problems }) => [outcome, ...problems.map(problemText)])).toEqual(
    LEFT_OUT.map(([, , ...expected]) => ["accepted", ...expected]),
  );
});

/** As many as are looked at in three numbers of bits. */
const MANY = Array.from({ length: 130 }, (_, index) => `m${index + 1}`);

test("of very many measures those that are left out are named, and those that are there twice", async () => {
  const measures = MANY.map((code) => ({ ...PLAN.measures[0], code, name: `Số ${code}` }));
  const plan = { ...PLAN, measures: [...PLAN.measures, ...measures] };
  const linesBut = (...left: string[]): string[] =>
    [...PLAN.measures.filter(({ reported_by: [by] }) => by === "UB"), ...measures]
      .filter(({ code }) => !left.includes(code))
      .map(({ code }) => `UB-01,Q2,,${code},${["has_plan", "grade"].includes(code) ? "" : 0},`);
  const [cut, twice] = await sendWhole(
    withPlans(newWorld(), { thu: plan }),
    { content: csvOf(linesBut("m1", "m49", "m60", "m61", "m109", "m130")) },
    { content: csvOf([...linesBut(), "UB-01,Q2,,m110,0,"]) },
  );
  expect(cut?.problems.map(problemText)).toEqual([
    "2 measures_left_out: UBND phường Một | Quý 2 | 6 | Số m1; Số m49; Số m60; Số m61; Số m109; Số m130",
  ]);
  expect(twice?.problems.map(problemText)).toEqual([
    "119 measure_twice: Số m110 |  | UBND phường Một | Quý 2 | 2 | dòng 119; dòng 140",
  ]);
});
