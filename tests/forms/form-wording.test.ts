import { expect, test } from "vitest";
import { explanation, instructions } from "../../pipelines/forms/form-wording.ts";
import { entryRule } from "../../pipelines/forms/validation.ts";
import { vietnameseDate } from "../../pipelines/vocabulary/date.ts";
import { capitals } from "../../pipelines/vocabulary/letter-case.ts";
import { periodOf, smallPlan } from "./given.ts";

test.each([
  ["2024-05-06", "06/5/2024"],
  ["2024-06-10", "10/6/2024"],
  ["2024-02-01", "01/02/2024"],
  ["2024-01-31", "31/01/2024"],
  ["2024-12-14", "14/12/2024"],
])("%s is written %s as decree 30 has it", (date, written) => {
  expect(vietnameseDate(date)).toBe(written);
});

test("capitals keep Vietnamese marks", () => {
  expect(capitals("Ủy ban nhân dân xã Quảng Lạc, quý I")).toBe(
    "ỦY BAN NHÂN DÂN XÃ QUẢNG LẠC, QUÝ I",
  );
});

test.each([
  ["staff", null, "Số có mặt tại ngày chốt số liệu."],
  ["trained", { row: 1, over: "year" }, "Số trong kỳ. Cộng cả năm không lớn hơn dòng 1."],
  ["found", null, "Tính trong kỳ."],
  ["handled", { row: 5, over: "period" }, "Số trong kỳ. Không lớn hơn dòng 5."],
  ["planned", null, ""],
  ["staff, the least", null, "Số của kỳ này."],
] as const)("how %s is counted", (named, limit, expected) => {
  const [code, isLeast] = named.split(", ");
  const measure = smallPlan().plan.measures.find((one) => one.code === code);
  const least = isLeast === undefined ? {} : ({ over_time: "min" } as const);
  expect(measure && explanation({ ...measure, ...least }, limit)).toBe(expected);
});

test.each([
  [{ kind: "yes_no" }, ["Có", "Không"]],
  [
    { kind: "level", unit_of_measure: "loại", levels: ["C", "B", "A"] },
    ["Loại C", "Loại B", "Loại A"],
  ],
  [
    { kind: "level", unit_of_measure: "mức", levels: ["Chưa đạt", "Đạt chuẩn"] },
    ["Chưa đạt", "Đạt chuẩn"],
  ],
  [{ kind: "count" }, null],
])("the form offers the answers of %j in a list", (words, answers) => {
  const { measures } = smallPlan().plan;
  const { plan } = smallPlan({ measures: measures.map((one) => ({ ...one, ...words })) });
  const [measure] = plan.measures;
  const rule = measure && entryRule(measure, 1, 1);
  expect(rule?.type === "list" ? rule.values : null).toEqual(answers);
});

test("only a period reported before it closes speaks of estimates", () => {
  const period = periodOf(smallPlan());
  expect(instructions(period, null).join()).toContain("ước thực hiện");
  expect(instructions({ ...period, estimate: false }, null).join()).not.toContain("ước thực hiện");
});

test.each([
  [
    "2024-03-01",
    ["2024-Q1"],
    /^Phường Mới có từ ngày 01\/3\/2024: chỉ ghi số phát sinh từ ngày ấy;/,
  ],
  ["2024-03-01", [], /không báo cáo kỳ này, nên ghi cả số phát sinh ở đó từ ngày 01\/01\/2024\./],
  ["2024-01-01", [], /^Để trống/],
  [null, [], /^Để trống/],
])(
  "an area that is there since %s is told in a period that covers %j of which days its figures are",
  (since, covers, told) => {
    const dates = { data_from: "2024-01-01", data_to: "2024-06-30" };
    const period = { ...periodOf(smallPlan()), ...dates, covers };
    expect(instructions(period, { name: "Phường Mới", valid_from: since }).join()).toMatch(told);
  },
);
