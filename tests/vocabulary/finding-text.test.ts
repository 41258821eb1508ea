import { describe, expect, test } from "vitest";
import {
  findingRemedy,
  findingSentence,
  findingWord,
  type ShownFinding,
} from "../../pipelines/vocabulary/finding-text.ts";
import {
  CHECK,
  CHECK_CODES,
  FIGURE_RULES,
  FINDINGS,
  PROBLEMS,
} from "../../pipelines/vocabulary/words.ts";
import { findingText } from "../../reports/components/collection/finding-text.ts";

const none = { value: null, compared_with: null, found: null };

describe("a finding in a sentence", () => {
  test.each<[string, Partial<ShownFinding> & { rule: string }, string]>([
    [
      "has its figures as Vietnamese writes them",
      { rule: "above_bound", value: "1234.5000", compared_with: "10.0000" },
      "Số lũy kế đến hết kỳ là 1.234,5, lớn hơn mức tối đa 10",
    ],
    [
      "says that the value was left blank",
      { rule: "covering_period_disagrees", compared_with: "7.0000" },
      "Báo cáo của kỳ này để trống, số tính từ các kỳ ngắn hơn là 7",
    ],
    [
      "has no gap where a figure is not known",
      { rule: "above_bound", value: "3.0000" },
      "Số lũy kế từ đầu năm lớn hơn mức tối đa",
    ],
    [
      "names the file",
      { rule: "refused_not_resent", file_name: "quý 2.xlsx" },
      "Tệp “quý 2.xlsx” bị trả lại vì có lỗi và chưa nhận được tệp gửi lại đúng",
    ],
    [
      "is what intake found, where it found it",
      { rule: "percentage_differs", found: "Ghi chú ghi 25%, nhưng 1 trên 2 là 50%." },
      "Ghi chú ghi 25%, nhưng 1 trên 2 là 50%",
    ],
  ])("%s", (_, finding, sentence) => {
    expect(findingSentence({ ...none, ...finding })).toBe(sentence);
  });
});

test.each(Object.keys(FINDINGS))("%s has words without figures", (rule) => {
  expect(findingWord(rule)).not.toMatch(/[{}]|\.$/);
});

test.each(Object.keys(FINDINGS).filter((rule) => rule !== "refused_not_resent"))(
  "of %s a page says with its figures what a document says",
  (rule) => {
    const sentence = findingSentence({ ...none, rule, value: "1234.5", compared_with: "0.25" });
    const row = { rule, value: 1234.5, compared_with: 0.25, is_hidden: false };
    expect(findingText(row).startsWith(`${sentence}.`)).toBe(true);
    expect(sentence).not.toMatch(/[{}]/);
  },
);

test("what has words is found by something", () => {
  const listed = Object.entries(PROBLEMS).flatMap(([code, row]) =>
    row.severity === "error" && "word" in row ? [code] : [],
  );
  const rules = Object.keys(FINDINGS).filter((rule) => !Object.hasOwn(PROBLEMS, rule));
  const found: readonly string[] = [...CHECK_CODES, ...FIGURE_RULES];
  expect([...listed, ...rules].filter((code) => !found.includes(code))).toEqual([
    "may_be_personal",
  ]);
});

test("a finding that another version of the program recorded is named by its code", () => {
  expect(findingWord("rule_of_before")).toContain("mã “rule_of_before”");
});

test("what to do about a finding is to check it, where its rule has nothing else", () => {
  expect(findingRemedy("jump")).toBe(CHECK);
  expect(findingRemedy("refused_not_resent")).toBe(
    "Đôn đốc đơn vị sửa theo phiếu trả lại và gửi lại cả tệp.",
  );
});
