import { describe, expect, test } from "vitest";
import { type Change, type Item, Line } from "../../pipelines/contract/report.ts";
import { accountTables } from "../../pipelines/exports/account-sheets.ts";
import { annexes } from "../../pipelines/exports/annex.ts";
import { areaCsvBytes } from "../../pipelines/exports/area-csv.ts";
import { reminderLetter } from "../../pipelines/exports/reminder-letter.ts";
import { resultTables } from "../../pipelines/exports/result-sheets.ts";
import { reportBody } from "../../pipelines/sentences/report-body.ts";
import {
  amountInText,
  answerText,
  changedFigure,
  changedText,
  changeMark,
  changeText,
  markOf,
  movedText,
  planNumber,
  previousMark,
  subjectText,
  targetPhrase,
  verdictText,
} from "../../pipelines/sentences/report-words.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { PROVISIONAL } from "../../pipelines/vocabulary/status.ts";
import { readableWord } from "../readable/document.ts";
import { givenHead, givenReport } from "./given.ts";

const [model] = givenReport().lines;
const GRADES = "Loại C < Loại B < Loại A";

/** A line without any figure. */
function empty(change: Partial<Line>): Line {
  const none = { value_shown: null, previous_value: null, change_from_previous: null };
  return Line.parse({ ...model, ...none, ...change });
}

test.each([
  // one rule for counts below ten in the sentences of a document
  [amountInText("2", "phóng sự"), "02 phóng sự"],
  [amountInText("9.0000", "vụ"), "09 vụ"],
  [amountInText("10", "vụ"), "10 vụ"],
  [amountInText("0", "vụ"), "0 vụ"],
  [amountInText("2.5", "tỷ đồng"), "2,5 tỷ đồng"],
  [amountInText("2", "%"), "2%"],
  [changeText("-2", "phóng sự"), "giảm 02 phóng sự"],
  [changeText("2", "%"), "tăng 2 điểm phần trăm"],
  [changeText("-2", "hạng"), "lên 02 hạng"],
])("%s", (text, expected) => {
  expect(text).toBe(expected);
});

describe("what stands in the place of a figure", () => {
  test.each<[string, Partial<Line>, string | null]>([
    ["a withheld one", { is_withheld: true, status: "met" }, "(*)"],
    ["a withheld one of a ward", { is_withheld: true, status: "withheld" }, "(*)"],
    ["one that has not arisen", { status: "not_arising" }, "-"],
    ["one in doubt", { status: "in_doubt" }, "?"],
    ["one not reported", { status: "not_reported" }, "…"],
    ["one that is not asked for", { status: "not_applicable" }, "x"],
    [
      "a measure not reported",
      { section: "measure", value: null, status: null, areas_reported: 0 },
      "…",
    ],
    [
      "levels of several places",
      { section: "measure", value: null, status: null, areas_reported: 4 },
      "x",
    ],
    ["a measure that is withheld", { status: null, is_withheld: true }, "(*)"],
  ])("%s", (_, change, mark) => {
    expect(markOf(empty(change))).toBe(mark);
  });

  // then the mark of the period before, and of the difference
  test.each<[Partial<Line>, string | null, string | null]>([
    [{ previous_status: null }, null, null],
    [{ previous_status: null, is_withheld: true }, null, null],
    [{ previous_status: "not_arising", value_shown: "1" }, "-", null],
    [{ previous_status: "not_arising", is_withheld: true }, "-", null],
    [{ previous_status: "in_doubt", value_shown: "1" }, "?", null],
    [{ previous_status: "not_reported", value_shown: "1" }, "…", null],
    [{ previous_status: "not_applicable", value_shown: "1" }, "x", null],
    [{ previous_status: "met", value_shown: "1" }, "(*)", "(*)"],
    [{ previous_status: "withheld", is_withheld: true }, "(*)", "(*)"],
    // nothing reported now: there is no difference to withhold
    [{ previous_status: "met", status: "not_reported" }, "(*)", null],
    [{ previous_status: "met", previous_value: "1", status: "not_reported" }, null, null],
  ])("of a comparison with a period that was %j", (change, before, difference) => {
    const line = empty(change);
    expect([previousMark(line), changeMark(line)]).toEqual([before, difference]);
  });
});

/** A measure that is a yes or no. */
const ANSWER = "có/không";

// unit of measure, field, its value, its text, what a workbook keeps
test.each<[string, string, string | null, string, string | null]>([
  ["%", "value_shown", "18.2100", "18,21%", "18.2100"],
  ["%", "numerator", "138.0000", "138", "138.0000"],
  ["%", "target_to", "22.0000", "22%", "22.0000"],
  ["%", "pace_shown", "33.3400", "33,34%", "33.3400"],
  ["%", "areas_carried", "2", "2", "2"],
  [ANSWER, "areas_carried", "1", "1", "1"],
  [ANSWER, "value_in_period", "1.000000", "Có", null],
  ["%", "is_provisional", "true", "Có", null],
  ["%", "is_due", "false", "Không", null],
  ["%", "status", "within", "Trong giới hạn", null],
  ["%", "previous_status", "in_doubt", "Cần kiểm tra", null],
  ["%", "basis", "covered", "Tổng hợp từ các kỳ ngắn hơn", null],
  ["%", "last_received_at", "2024-06-20 16:10:00", "16 giờ 10 phút ngày 20/6/2024", null],
  ["%", "previous_value", null, "…", null],
  [GRADES, "value_shown", "3.0000", "Loại A", null],
  [GRADES, "numerator", "1.0000", "Loại C", null],
  [GRADES, "target_value", "2.0000", "Loại B", null],
  [GRADES, "change_from_previous", "1.0000", "1", "1.0000"],
  [GRADES, "areas_carried", "1", "1", "1"],
])("in %s a change of %s to %s reads", (unit, field, value, text, figure) => {
  const { items, changes } = givenReport();
  const [kind, unit_of_measure] = unit === ANSWER ? ["yes_no", "%"] : [null, unit];
  const item = { ...items[0], unit_of_measure, ...(unit !== GRADES && { kind }) } as Item;
  const change = { ...changes[0], field, area_id: unit === GRADES ? null : 3 } as Change;
  expect([changedText(change, value, item), changedFigure(change, value, item)]).toEqual([
    text,
    figure,
  ]);
});

test("tables name a level, and how many it has gone up or down", () => {
  const given = givenReport();
  const own = { value_shown: "3.0000", previous_value: "1.0000", change_from_previous: "2.0000" };
  const report = {
    ...given,
    items: given.items.map((one) => ({ ...one, unit_of_measure: GRADES })),
    lines: given.lines.map((one) => ({ ...one, ...own, numerator: "3.0000", denominator: null })),
  };
  const [summary] = resultTables(report);
  const row = summary?.rows.find((one) => Array.isArray(one));
  expect(row).toEqual(
    expect.arrayContaining([{ text: "Loại A" }, { text: "Loại C" }, { text: "lên 2 bậc" }]),
  );
  const csv = new TextDecoder().decode(areaCsvBytes(report));
  expect(csv.split("\n")[1]).toContain("Loại A");
  expect(
    reportBody(report)
      .map(({ text }) => text)
      .join("\n"),
  ).toContain("kết quả loại A, từ loại C của");
});

test("a yes or no is an answer where one place gives it, and a number of places for the whole", () => {
  expect([answerText("1.0000", false), answerText("0.0000", false)]).toEqual(["Có", "Không"]);
  expect(answerText("7.0000", true)).toBe("7 địa bàn, đơn vị có");
});

test.each([
  [true, `Không giao mức (${PROVISIONAL})`],
  [false, "Không giao mức"],
])("an answer without a verdict says that it may change: %s", (is_provisional, verdict) => {
  const report = givenReport();
  const place = report.lines.find(({ section, area_no }) => section === "indicator" && area_no > 0);
  const changed = { status: "no_target", value_shown: "0.0000", is_provisional } as const;
  const lines = report.lines.map((one) => (one === place ? { ...one, ...changed } : one));
  const items = report.items.map((one) =>
    one.code === place?.code ? { ...one, value_kind: "share_of_areas" } : one,
  );
  expect(verdictText({ ...(place as Line), ...changed })).toBe(verdict);
  const rows = annexes({ ...report, items, lines }, 200)
    .flat()
    .map((block) => JSON.stringify(block.kind === "table" ? block.lines : []));
  expect(rows.some((row) => row.includes('"Không"'))).toBe(true);
  expect(rows.some((row) => row.includes(`"Không","(${PROVISIONAL})"`))).toBe(is_provisional);
});

test.each([
  [">=", "25.0000", null, "%", "từ 25% trở lên"],
  [">=", "100.0000", null, "%", "100%"],
  [">=", "5300.0000", null, "người", "từ 5.300 người trở lên"],
  [">", "70.0000", null, "%", "trên 70%"],
  ["<=", "114.0000", null, "vụ", "không quá 114 vụ"],
  ["<", "10.0000", null, "%", "dưới 10%"],
  ["=", "0.0000", null, "vụ", "đúng 0 vụ"],
  ["between", "18.0000", "22.0000", "%", "trong khoảng từ 18% đến 22%"],
  [">=", "2.0000", null, GRADES, "từ loại B trở lên"],
  ["=", "3.0000", null, GRADES, "đúng loại A"],
  [null, null, null, "%", null],
])(
  "a target %s %s %s in words",
  (target_comparator, target_value, target_to, unit_of_measure, phrase) => {
    const { items, lines } = givenReport();
    const item = { ...items[0], target_comparator, unit_of_measure } as Item;
    const line = { ...lines[0], target_value, target_to } as Line;
    expect(targetPhrase(item, line)).toBe(phrase);
  },
);

test.each([
  ["-6.6700", "%", "giảm 6,67%"],
  ["3.0000", "%", "tăng 3%"],
  ["0.0000", "%", "không thay đổi"],
])("a change of %s in words", (value, unit, text) => {
  expect(movedText(value, unit)).toBe(text);
});

test.each([
  [
    "change",
    "<=",
    "-5.0000",
    "giảm ≥ 5% so với cùng kỳ năm trước",
    "giảm từ 5% trở lên so với cùng kỳ năm trước",
  ],
  [
    "change",
    "<=",
    "-0.5000",
    // what it was before the amendment is not what is asked now
    "giảm ≥ 2% so với năm 2019 (mọi kỳ); từ năm 2024: giảm ≥ 0,5% so với năm 2019 (mọi kỳ)",
    "giảm từ 0,5% trở lên so với năm 2019",
  ],
  ["change", "<", "0.0000", "giảm so với kỳ trước", "giảm so với kỳ trước"],
  ["ratio", ">=", "8.0000", "≥ 8% ở từng xã được hỏi (mọi kỳ)", "từ 8% trở lên ở từng xã được hỏi"],
  ["ratio", "<", null, "< 10% (phường), < 5% (xã)", "dưới 10% (phường), dưới 5% (xã)"],
])(
  "a target that stands as the plan's tables have it has words for its signs: %s %s %s",
  (value_kind, target_comparator, target_value, target_text, phrase) => {
    const { items, lines } = givenReport();
    const item = { ...items[0], value_kind, target_comparator, target_text } as Item;
    const line = { ...lines[0], target_value, target_to: null, status: "not_yet" } as Line;
    expect(targetPhrase(item, line)).toBe(phrase);
    const isOfGroups = target_value === null;
    if (isOfGroups) {
      expect(targetPhrase(item, { ...line, status: "not_applicable" } as Line)).toBeNull();
    }
  },
);

test.each([
  ["217/KH-UBND", "Kế hoạch số 217/KH-UBND"],
  ["Kế hoạch năm 2026", "Kế hoạch năm 2026"],
])("a plan with the number %s is called %s", (plan_number, text) => {
  expect(planNumber(givenHead({ plan_number }))).toBe(text);
});

test.each([
  [{}, "Kết quả thực hiện công tác phòng, chống mại dâm quý II năm 2024"],
  [
    { plan_title: "Kế hoạch nước sạch nông thôn" },
    "Kết quả thực hiện Kế hoạch số 217/KH-UBND ngày 06/5/2024, quý II năm 2024",
  ],
  [
    { plan_title: "Kế hoạch thực hiện công tác trẻ em năm 2023" },
    "Kết quả thực hiện Kế hoạch số 217/KH-UBND ngày 06/5/2024, quý II năm 2024",
  ],
])(
  "a report is about what its plan carries out in the year, or about the plan: %j",
  (head, text) => {
    expect(subjectText(givenHead(head))).toBe(text);
  },
);

test("of a changed verdict each side says whether it is provisional", () => {
  const { changes } = givenReport();
  const turned = changes
    .filter(({ field }) => field === "status")
    .map((one) => ({ ...one, field: "is_provisional", old_value: "true", new_value: "false" }));
  const verdicts = (all: typeof changes) =>
    accountTables(givenReport({ changes: all }))
      .find(({ name }) => name === "Thay đổi")
      ?.rows.flatMap((row) =>
        Array.isArray(row) && JSON.stringify(row).includes("tiến độ") ? [row.slice(4, 6)] : [],
      );
  expect(verdicts(changes)).toEqual([[{ text: "Đúng tiến độ" }, { text: "Chậm tiến độ" }]]);
  expect(verdicts([...changes, ...turned])).toEqual([
    [{ text: `Đúng tiến độ (${PROVISIONAL})` }, { text: "Chậm tiến độ" }],
  ]);
});

test("a letter has the sign of who drafted it, and its time as reports have it", async () => {
  const { plan } = readCatalogue("sources").plans.find(({ plan: { document } }) => document) ?? {};
  if (plan === undefined) throw new Error("no plan");
  const document = { ...plan.document, abbreviation: "UBND", filed_at: "VT, LĐTBXH" };
  const owed = [
    {
      unit: "UBND xã",
      period: "Quý I",
      due: "2024-03-09",
      daysOver: 3,
      returnedAt: null,
      isExtended: false,
    },
  ];
  const letter = await reminderLetter(
    [{ plan: { ...plan, document } as typeof plan, owed }],
    parseMoment("2024-03-12T18:24"),
  );
  const words = JSON.stringify(await readableWord(letter));
  expect(words).toContain("/UBND-LĐTBXH");
  expect(words).toContain("đến 18 giờ 24 phút ngày 12/3/2024");
});
