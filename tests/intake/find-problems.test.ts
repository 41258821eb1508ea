import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Outcome } from "../../pipelines/intake/delivery.ts";
import { csvOf, newWorld, PLAN, problemText, send, sendWhole, withPlans } from "./given.ts";

const REACHED = "Số người được tuyên truyền";
const PUPILS = "Số học sinh được tuyên truyền |  của Phường Một";
const NEW_WARD = "UBND phường Một mới | 1/KH-UBND";

/**
 * Every check once: the lines of a file, each with what its sender is told of it. What bears on others
 * stands in a file of its own.
 */
const CASES: [name: string, lines: string, received?: string][] = [
  [
    "what is no figure, each fault once and in the order of the file",
    `UB-01,Q2,,people,trên 100,     → not_a_number: Số người | trên 100
    UB-01,Q2,,reached,-5,           → negative: Số người được tuyên truyền | -5
    UB-01,Q2,,visits_day,5/6/2024,  → date: Số lượt ngày | 5/6/2024 | 05/6/2024
    UB-01,Q2,,visits_night,25%,     → percentage: Số lượt đêm | 25% | người
    GD,Q2,,share,0.25,              → percentage_unclear: Tỷ lệ | 0.25 | 0,25 | 25
    UB-02,Q2,,people,x,             → mark_of_stock: Số người | x
    UB-02,Q2,,visits,-,             → mark: Số lượt | -
    UB-02,Q2,,has_plan,–,           → mark_of_choice: Đã có kế hoạch | – | “Có” hoặc “Không”
    UB-02,Q3,,people,1234567890123, → number_too_large: Số người | 1234567890123
    UB-02,Q4,,people,Không phát sinh, → nil_of_stock: Số người | Không phát sinh
    UB-01,Q4,,grade,Loại D, → not_a_choice: Xếp loại | Loại D | “Loại C”, “Loại B” hoặc “Loại A”
    UB-02,Q4,,grade,xếp loại b,
    UB-01,Q2,,has_plan,2,           → not_a_choice: Đã có kế hoạch | 2 | “Có” hoặc “Không”`,
  ],
  [
    "who, when and what a plan does not have, several on a line too",
    `UB-01,Q5,,people,5, → unknown_period: Q5 | 1/KH-UBND | Q1, Q2, Q3, Q4, Y
    UB-09,Q2,,people,5,  → unknown_unit: UB-09 | 1/KH-UBND
    UB-03,Q2,,people,5,
      → unit_not_in_period: UBND phường Ba | UB-03 | 30/6/2030 | Quý 2 | từ ngày 01/7/2030
    UB-01,Q1,,people,5,  → period_not_applicable: Quý 1 | 31/3/2030 | 1/KH-UBND | 10/4/2030
    UB-01,Q2,,nguoi,5,   → unknown_measure: nguoi | 1/KH-UBND
    UB-01,Q2,,rate,5,    → measure_not_reported: Hệ số | rate | UBND phường Một
    UB-09,Q7,,people,abc,
      → unknown_period: Q7 | 1/KH-UBND | Q1, Q2, Q3, Q4, Y
      → unknown_unit: UB-09 | 1/KH-UBND
      → not_a_number: Số người | abc
    Tổng cộng,Q2,,people,5,      → total_of_units: Tổng cộng
    TOAN THANH PHO,Q2,,people,5, → total_of_units: TOAN THANH PHO`,
  ],
  [
    "areas: one that is needed, unknown, not valid, of another unit or not wanted",
    `GD,Q2,,pupils,gần 200, → area_missing: Số học sinh
      → not_a_number: Số học sinh | gần 200
    GD,Q2,09,pupils,5,   → area_unknown: 09 | 1/KH-UBND
    # its leading zero Excel has dropped
    GD,Q2,1,pupils,5,    → area_lost_zero: 1 | 1/KH-UBND | 01
    UB-01,Q2,1,people,5, → area_lost_zero: 1 | 1/KH-UBND | 01
    GD,Q2,3,pupils,5,    → area_lost_zero: 3 | 1/KH-UBND | 03
    GD,Q2,10,pupils,5,   → area_unknown: 10 | 1/KH-UBND
    GD,Q2,03,pupils,5,   → area_not_valid: Phường Ba | 03 | 30/6/2030 | Quý 2
    UB-01,Q2,02,visits,5, → area_of_another: UBND phường Một | 02
    GD,Q2,01,budget,5,   → area_not_wanted: Kinh phí | 01
    GD,Q2,Cộng,pupils,5, → total_of_areas: Số học sinh | Cộng
    GD,Q2,C,pupils,5,    → total_of_areas: Số học sinh | C`,
  ],
  [
    "thousands or decimals, where a file writes both ways",
    `UB-01,Q2,,people,1.120,
      → thousands_mark: Số người | 1.120 | số này phải là số nguyên | 1120
    UB-01,Q2,,budget,"12,500", → ambiguous_number: Kinh phí | 12,500 | 12500 | 12,5
    UB-01,Q2,,visits,"1,120,000",`,
  ],
  [
    "fraction of people",
    `UB-01,Q2,,people,"12,5", → fraction: Số người | 12,5 | số này phải là số nguyên | người
    UB-01,Q2,,budget,"1,1255",
      → fraction: Kinh phí | 1,1255 | số này chỉ được có tối đa 2 chữ số thập phân | triệu đồng
    UB-02,Q2,,budget,"1,125",
      → thousands_mark: Kinh phí | 1,125 | số này chỉ được có tối đa 2 chữ số thập phân | 1125`,
  ],
  [
    "numerator above its denominator",
    `UB-01,Q2,,people,10,
    UB-01,Q2,,reached,11, → above_at_most: ${REACHED} |  | 11 | Số người | 10 | dòng 2`,
  ],
  [
    "numerator above a denominator that is there twice",
    `UB-01,Q2,,people,10,
      → measure_twice: Số người |  | UBND phường Một | Quý 2 | 2 | dòng 2; dòng 3
    UB-01,Q2,,people,9,
    UB-01,Q2,,reached,11, → above_at_most: ${REACHED} |  | 11 | Số người | 10 | dòng 2
      → above_at_most: ${REACHED} |  | 11 | Số người | 9 | dòng 3`,
  ],
  [
    "numerator above its denominator in one area",
    `GD,Q2,01,pupils,10,
    GD,Q2,02,pupils,20,
    GD,Q2,01,pupils_reached,11, → above_at_most: ${PUPILS} | 11 | Số học sinh | 10 | dòng 2
    GD,Q2,02,pupils_reached,11,`,
  ],
  [
    "parts that do not add up",
    `UB-01,Q2,,visits,10, → parts_differ: Số lượt |  | 10 | 9 | Số lượt ngày; Số lượt đêm
    UB-01,Q2,,visits_day,4,
    UB-01,Q2,,visits_night,5,`,
  ],
  [
    "some parts already above the total",
    `UB-01,Q2,,visits,10, → parts_above: Số lượt |  | 10 | 12 | Số lượt ngày; Số lượt đêm
    UB-01,Q2,,visits_day,12,
    UB-01,Q2,,visits_night,,`,
  ],
  [
    "period that has not begun",
    "UB-01,Q4,,people,5, → period_not_begun: Quý 4 | 01/10/2030 | 30/9/2030",
    "2030-09-30T23:59",
  ],
  [
    "the same measure twice, with the same value",
    `UB-01,Q2,,people,5,
      → measure_twice: Số người |  | UBND phường Một | Quý 2 | 2 | dòng 2; dòng 4
    UB-01,Q2,,reached,1,
    UB-01,Q2,01,people,5,`,
  ],
  [
    "a submission without any figure",
    `UB-01,Q2,,people,, → submission_empty: UBND phường Một | Quý 2
    UB-01,Q2,,reached,,
    UB-02,Q2,,people,1,`,
  ],
  // 14 January is the last day to send
  ["a year's report on its thirtieth day before", "UB-01,Y,,people,5,", "2030-12-15T10:00"],
  [
    "a year's report a day earlier",
    `UB-01,Y,,people,6, → covering_period_early: Năm 2030 | ${NEW_WARD} | 14/12/2030 | 14/01/2031`,
    "2030-12-14T10:00",
  ],
  [
    "the first 200 problems of a kind and how many more",
    Array.from({ length: 750 }, (_, at) =>
      at < 200
        ? `UB-01,Q2,,m${at},5, → unknown_measure: m${at} | 1/KH-UBND`
        : `UB-01,Q2,,m${at},5,`,
    )
      .concat("→ - more: 550 | mã số liệu không có trong kế hoạch")
      .join("\n"),
  ],
];

/** The lines of a file as they are typed above, and the problems by their places. */
function parsed(text: string): { readonly lines: string[]; readonly expected: string[] } {
  const lines: string[] = [];
  const expected: string[] = [];
  for (const typed of text.split("\n").map((one) => one.trim())) {
    if (typed.startsWith("#")) continue;
    const [line = "", ...problems] = typed.split("→").map((one) => one.trim());
    if (line !== "") lines.push(line);
    // the names of the columns are line 1
    for (const one of problems) expected.push(/^- /.test(one) ? one : `${lines.length + 1} ${one}`);
  }
  return { lines, expected };
}

/** What the numbers of a file mean, by how it writes them. */
const NUMBERS: [name: string, lines: string[], readings: string[]][] = [
  [
    "dots between thousands, shown by a number that can only have them there",
    ["people,1.120", "budget,1.120", "visits,1.120.000"],
    ["budget 1120.0000", "people 1120.0000", "visits 1120000.0000"],
  ],
  [
    "a comma before decimals, shown by a budget",
    ["people,1.120", 'budget,"1.120,5"', "visits,7"],
    ["budget 1120.5000", "people 1120.0000", "visits 7.0000"],
  ],
  [
    "a dot before decimals, shown by commas that can only stand between thousands",
    ['people,"1,120"', "budget,1.120", 'visits,"1,120,000"'],
    ["budget 1.1200", "people 1120.0000", "visits 1120000.0000"],
  ],
  [
    "spaces between thousands",
    ["people,1 120", "visits,1 120 000"],
    ["people 1120.0000", "visits 1120000.0000"],
  ],
  ["a tick", ["people,5", "has_plan,x"], ["has_plan 1.0000", "people 5.0000"]],
];

const ACCEPTED = ["a year's report on its thirtieth day before", "a year's report a day earlier"];

let world = newWorld();
const found = new Map<string, Outcome>();
beforeAll(async () => {
  world = newWorld();
  const outcomes = await send(
    world,
    ...CASES.map(([, text, received = "2030-12-20T10:00"]) => ({
      ...{ content: csvOf(parsed(text).lines), received },
    })),
    ...NUMBERS.map(([, lines]) => ({ content: csvOf(lines.map((one) => `UB-01,Q2,,${one},`)) })),
  );
  const names = [...CASES, ...NUMBERS].map(([name]) => name);
  for (const [index, outcome] of outcomes.entries()) found.set(names[index] ?? "", outcome);
});

test.each(CASES)("%s", (name, text) => {
  const outcome = found.get(name);
  expect(outcome?.problems.map(problemText)).toEqual(parsed(text).expected);
  expect(outcome?.outcome).toBe(ACCEPTED.includes(name) ? "accepted" : "refused");
});

// All others read what the words say. `npm run snapshots` writes this anew.
test("what a sender reads of each kind", async () => {
  const problems = [...found.values()].flatMap((one) => one.problems);
  const words = new Map(problems.map(({ code, found, remedy }) => [code, `${found} ${remedy}`]));
  const text = [...words].map(([code, one]) => `${code}: ${one}\n`).sort();
  await expect(text.join("")).toMatchFileSnapshot(
    join(import.meta.dirname, "snapshots/problems.txt"),
  );
});

test.each(NUMBERS)("numbers as a file writes them: %s", async (name, _, expected) => {
  const { problems, receipt_no } = found.get(name) ?? {};
  expect(problems).toEqual([]);
  const rows =
    await world.rows(`select measure, value from reading join submission using (submission_no)
    where receipt_no = ${receipt_no} order by measure`);
  expect(rows.map(({ measure, value }) => `${measure} ${value}`)).toEqual(expected);
});

test("a plan that there is not; a code that is used again means the area of the last day of the period", async () => {
  const [unknown, again] = await send(
    newWorld(),
    { content: csvOf([]).concat("khac,UB-01,Q2,,people,5,\n") },
    { content: csvOf(["UB-01,Q2,,people,1,", "UB-01,Q3,,people,2,", "GD,Q3,01,pupils,3,"]) },
  );
  expect(unknown?.problems.map(problemText)).toEqual(["2 unknown_plan: khac | thu"]);
  expect(again?.submissions.map(({ unit_id, unit_name }) => `${unit_id} ${unit_name}`)).toEqual([
    "UB@2 UBND phường Một",
    "UB@4 UBND phường Một mới",
    "GD Phòng Giáo dục",
  ]);
});

test("what an area is not asked for is refused, and is not left out where it does not stand", async () => {
  const asked = { people: ["01"], pupils: ["02"] };
  const measures = PLAN.measures.map((one) => ({
    ...one,
    ...(one.code in asked && { asked_of: { codes: asked[one.code as keyof typeof asked] } }),
    at_most: undefined,
  }));
  const asks = withPlans(newWorld(), { thu: { ...PLAN, measures } });
  const content = csvOf([
    "UB-02,Q2,,people,5,",
    "UB-02,Q2,,reached,1,",
    "GD,Q2,01,pupils,5,",
    "GD,Q2,02,pupils,5,",
  ]);
  const whole = csvOf(["UB-02,Q2,,visits,1,", "GD,Q2,01,pupils_reached,1,", "GD,Q2,,budget,1,"]);
  const [refused, lacking] = await sendWhole(asks, { content }, { content: whole });
  expect(refused?.problems.map(problemText)).toEqual([
    "2 measure_not_reported: Số người | people | UBND phường Hai",
    "4 area_not_asked: Số học sinh | 01",
  ]);
  expect(lacking?.problems.map(problemText).sort()).toEqual([
    "2 measures_left_out: UBND phường Hai | Quý 2 | 5 | Số người được tuyên truyền; Số lượt ngày; Số lượt đêm; Kinh phí; Đã có kế hoạch",
    "3 measures_left_out: Phòng Giáo dục | Quý 2 | 4 | Số học sinh; Số học sinh được tuyên truyền (Phường Hai); Hệ số; Tỷ lệ",
  ]);
});
