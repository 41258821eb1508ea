import { expect, test } from "vitest";
import {
  amountText,
  askedChangeText,
  type Comparator,
  targetText,
} from "../../pipelines/sentences/amount.ts";
import { earlierText } from "../../pipelines/sentences/period-name.ts";
import { changeStandingText } from "../../pipelines/sentences/standing.ts";
import type { Status } from "../../pipelines/vocabulary/status.ts";
import { FIGURE } from "./given.ts";

test.each<[number, string | null, string]>([
  [24.1, "%", "24,1%"],
  [12, "cơ sở", "12 cơ sở"],
  [5, "/100.000 dân", "5/100.000 dân"],
  [12, null, "12"],
])("%s with the unit %s is %s", (figure, unit, text) => {
  expect(amountText(figure, unit)).toBe(text);
});

test.each<[number, number | null, string, string]>([
  [18, 22, "%", "từ 18% đến 22%"],
  [18, 22, "vụ", "từ 18 đến 22 vụ"],
  [30, null, "%", "30%"],
])("the target %s to %s in %s is %s", (target, to, unit, text) => {
  expect(targetText(target, to, unit)).toBe(text);
});

type Asked = ["<=" | "<" | ">=" | ">" | "=" | "between", number, number | null];

test.each<[...Asked, string]>([
  ["<=", -5, null, "giảm từ 5% trở lên"],
  [">=", -5, null, "giảm không quá 5%"],
  ["between", -10, -5, "giảm từ 5% đến 10%"],
  ["between", -5, 5, "giảm không quá 5%, tăng không quá 5%"],
  ["<", 0, null, "giảm"],
])("of a change %s %s to %s is asked: %s", (comparator, target, to, text) => {
  expect(askedChangeText(comparator, target, to, "%")).toBe(text);
});

type Period = [kind: string, year: number, position: number];

test.each<[Period, Period, string | null, string]>([
  [["quarter", 2020, 3], ["quarter", 2019, 3], null, "cùng kỳ năm trước"],
  [["year", 2020, 1], ["year", 2019, 1], "Năm 2019", "năm trước"],
  [["quarter", 2020, 3], ["quarter", 2020, 2], "Quý II năm 2020", "quý II"],
  [["quarter", 2020, 3], ["quarter", 2020, 2], null, "quý II"],
  [["quarter", 2021, 3], ["year", 2019, 1], null, "cả năm 2019"],
  [["quarter", 2021, 3], ["year", 2019, 1], "Năm 2019", "cả năm 2019"],
  [["year", 2021, 1], ["year", 2019, 1], null, "năm 2019"],
  [["year", 2021, 1], ["year", 2019, 1], "Năm 2019", "năm 2019"],
  [["quarter", 2021, 3], ["quarter", 2019, 4], null, "quý IV năm 2019"],
  [["month", 2021, 3], ["month", 2021, 2], null, "tháng 02"],
  [["other", 2021, 3], ["other", 2019, 2], null, "kỳ đem so sánh"],
])("%j is compared with %j (%s): %s", (now, earlier, name, text) => {
  const [period_kind, year, position] = now;
  const [earlier_kind, earlier_year, earlier_position] = earlier;
  expect(
    earlierText({
      period_kind,
      year,
      position,
      earlier_kind,
      earlier_year,
      earlier_position,
      earlier_name: name,
    }),
  ).toBe(text);
});

const EARLIER = { earlier_kind: "quarter", earlier_year: 2023, earlier_position: 4 };

test.each<[Status, boolean | "open", number, number | null, string]>([
  [
    "met",
    "open",
    -6.67,
    -5,
    "giảm 6,67% so với cùng kỳ năm trước, đạt yêu cầu giảm từ 5% trở lên (tạm tính)",
  ],
  [
    "within",
    true,
    -10,
    -5,
    "giảm 10% so với cùng kỳ năm trước (tính trên những nơi, những kỳ có số liệu ở cả hai bên), chưa đến hạn, đang đáp ứng yêu cầu giảm từ 5% trở lên (tạm tính)",
  ],
  ["no_target", false, 2, null, "tăng 2% so với cùng kỳ năm trước; không có mức chỉ tiêu riêng"],
])(
  "a change that is %s (cut to what both sides have: %s), %s against %s: %s",
  (status, cut, value, target, text) => {
    const figure = {
      ...FIGURE,
      status,
      is_provisional: cut !== false,
      is_cut: cut === true,
      value,
      target_value: target,
      target_comparator: target === null ? null : ("<=" as const),
      ...EARLIER,
    };
    expect(changeStandingText(figure)).toBe(`Đến quý IV năm 2024 ${text}`);
  },
);

test.each<[value: number, comparator: Comparator, target: number, to: number | null, text: string]>(
  [
    [
      1.5,
      ">=",
      1.5,
      null,
      "gấp 1,5 lần so với cùng kỳ năm trước, đạt yêu cầu gấp từ 1,5 lần trở lên",
    ],
    [
      0.4,
      "<=",
      0.5,
      null,
      "bằng 0,4 lần so với cùng kỳ năm trước, đạt yêu cầu bằng không quá 0,5 lần",
    ],
    [
      1,
      "<=",
      1.2,
      null,
      "không thay đổi so với cùng kỳ năm trước, đạt yêu cầu gấp không quá 1,2 lần",
    ],
    [2, "between", 1.5, 2, "gấp 2 lần so với cùng kỳ năm trước, đạt yêu cầu gấp từ 1,5 đến 2 lần"],
  ],
)(
  "%s times, where %s %s is asked for",
  (value, target_comparator, target_value, target_to, text) => {
    const figure = { ...FIGURE, ...EARLIER, status: "met" as const, is_provisional: false, value };
    const asked = { unit: "lần", target_comparator, target_value, target_to };
    expect(changeStandingText({ ...figure, ...asked })).toBe(`Đến quý IV năm 2024 ${text}`);
  },
);
