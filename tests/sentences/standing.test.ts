import { expect, test } from "vitest";
import { type Coverage, citySentence, wardSentence } from "../../pipelines/sentences/figure.ts";
import { movesSentence } from "../../pipelines/sentences/places.ts";
import { sinceBeforeText, standingText } from "../../pipelines/sentences/standing.ts";
import type { Status } from "../../pipelines/vocabulary/status.ts";
import { FIGURE } from "./given.ts";

/** A value to date: its status, figure, comparator and target, and the pace where there is one. */
interface Standing {
  readonly status: Status;
  readonly figure?: number;
  readonly comparator?: ">=" | ">" | "<=" | "<" | "=" | "between";
  readonly target?: number;
  readonly to?: number;
  readonly pace?: number;
  readonly unit?: string;
  readonly hidden?: boolean;
  readonly estimate?: boolean;
  readonly provisional?: boolean;
}

/** Less, as a query has it: exact to four decimals. */
const less = (one?: number, other?: number) =>
  one === undefined || other === undefined ? null : Number((one - other).toFixed(4));

function standing(of: Standing): string {
  const target = of.target ?? 20;
  return standingText({
    ...FIGURE,
    status: of.status,
    is_provisional: of.provisional ?? false,
    is_hidden: of.hidden ?? false,
    is_estimate: of.estimate ?? false,
    value: of.figure ?? null,
    unit: of.unit ?? "%",
    target_comparator: of.comparator ?? ">=",
    target_value: target,
    target_to: of.to ?? null,
    pace_value: of.pace ?? null,
    from_target: less(of.figure, target),
    from_pace: less(of.figure, of.pace),
  });
}

test("a value of a period alone stands in it, and not up to it", () => {
  const figure = { ...FIGURE, is_of_period: true };
  expect(standingText(figure)).toMatch(/^Trong quý IV năm 2024 đạt 27,7%/);
  expect(standingText(FIGURE)).toMatch(/^Đến quý IV năm 2024 đạt 27,7%/);
});

test.each<[string, Standing]>([
  ["đạt 27,7%, vượt mức chỉ tiêu 20%", { status: "met", figure: 27.7 }],
  ["đạt 20%, bằng mức chỉ tiêu", { status: "met", figure: 20 }],
  ["ước đạt 27,7%, vượt mức chỉ tiêu 20%", { status: "met", figure: 27.7, estimate: true }],
  [
    "đạt 19,996%, thấp hơn mức chỉ tiêu 20% là 0,004 điểm phần trăm",
    { status: "not_met", figure: 19.996 },
  ],
  [
    "đạt 13,85%, đúng tiến độ: mức cần đạt tại kỳ này là 10%, mức chỉ tiêu 20%",
    { status: "on_track", figure: 13.85, pace: 10 },
  ],
  [
    "đạt 8,26%, chậm tiến độ: thấp hơn mức cần đạt tại kỳ này 10% là 1,74 điểm phần trăm",
    { status: "behind", figure: 8.26, pace: 10 },
  ],
  [
    "đạt 1.200 cơ sở, vượt mức chỉ tiêu 1.000 cơ sở",
    { status: "met", figure: 1200, target: 1000, unit: "cơ sở" },
  ],
  [
    "đạt 990 cơ sở, thấp hơn mức chỉ tiêu 1.000 cơ sở là 10 cơ sở",
    { status: "not_met", figure: 990, target: 1000, unit: "cơ sở" },
  ],
  [
    "đạt 1.200 cơ sở, đạt sau hạn: vượt mức chỉ tiêu 1.000 cơ sở",
    { status: "met_late", figure: 1200, target: 1000, unit: "cơ sở" },
  ],
  ["đạt 20%, đạt sau hạn: bằng mức chỉ tiêu", { status: "met_late", figure: 20 }],
  ["đạt 20%, chưa vượt mức chỉ tiêu 20%", { status: "not_met", figure: 20, comparator: ">" }],
  ["là 4%, dưới mức tối đa 20%", { status: "met", figure: 4, comparator: "<=" }],
  ["là 20%, bằng mức chỉ tiêu", { status: "met", figure: 20, comparator: "<=" }],
  [
    "là 23%, vượt quá mức tối đa 20% là 3 điểm phần trăm",
    { status: "not_met", figure: 23, comparator: "<=" },
  ],
  ["là 20%, chưa thấp hơn mức chỉ tiêu 20%", { status: "not_met", figure: 20, comparator: "<" }],
  [
    "đạt 8,26%, chậm tiến độ: thấp hơn mức cần đạt tại kỳ này 10% là 1,74 điểm phần trăm (tạm tính)",
    { status: "behind", figure: 8.26, pace: 10, provisional: true },
  ],
  ["đạt 12%, chưa đến hạn, chưa đạt mức chỉ tiêu 20%", { status: "not_yet", figure: 12 }],
  ["là 4%, trong giới hạn 20%", { status: "within", figure: 4, comparator: "<=" }],
  ["là 20%, bằng mức tối đa", { status: "within", figure: 20, comparator: "<=" }],
  [
    "là 23%, chưa đến hạn, đang vượt quá mức tối đa 20% là 3 điểm phần trăm",
    { status: "not_yet", figure: 23, comparator: "<=" },
  ],
  [
    "là 20%, chưa đến hạn, đang vượt quá mức tối đa 20%",
    { status: "not_yet", figure: 20, comparator: "<" },
  ],
  [
    "là 21 vụ, trong khoảng từ 20 đến 22 vụ",
    { status: "met", figure: 21, comparator: "between", to: 22, unit: "vụ" },
  ],
  [
    "là 23 vụ, cao hơn khoảng từ 20 đến 22 vụ",
    { status: "not_met", figure: 23, comparator: "between", to: 22, unit: "vụ" },
  ],
  [
    "là 17 vụ, chưa đến hạn, chưa đạt mức chỉ tiêu từ 20 đến 22 vụ",
    { status: "not_yet", figure: 17, comparator: "between", to: 22, unit: "vụ" },
  ],
  [
    "là 249 vụ, chưa đến hạn, đang cao hơn mức chỉ tiêu từ 20 đến 22 vụ",
    { status: "not_yet", figure: 249, comparator: "between", to: 22, unit: "vụ" },
  ],
  [
    "là 17 vụ, thấp hơn khoảng từ 20 đến 22 vụ",
    { status: "not_met", figure: 17, comparator: "between", to: 22, unit: "vụ" },
  ],
  [
    "là 1 vụ, trong khi mức chỉ tiêu là 0 vụ",
    { status: "not_met", figure: 1, comparator: "=", target: 0, unit: "vụ" },
  ],
  ["cần kiểm tra: có tử số mà mẫu số bằng 0", { status: "in_doubt" }],
  [
    "là 12 cơ sở; không có mức chỉ tiêu riêng",
    { status: "not_applicable", figure: 12, unit: "cơ sở" },
  ],
  ["chưa có số liệu để tính", { status: "not_reported" }],
  ["không phát sinh: mẫu số bằng 0 nên không có gì để tính", { status: "not_arising" }],
])("a value to date is said as «… %s»", (expected, of) => {
  expect(standing(of)).toBe(`Đến quý IV năm 2024 ${expected}`);
});

const GRADES = "Loại C < Loại B < Loại A";
const TITLES = "Chưa đạt < Đạt chuẩn < Đạt chuẩn nâng cao";

test.each<[string, Standing]>([
  ["loại B, bằng mức chỉ tiêu", { status: "met", figure: 2, target: 2, unit: GRADES }],
  ["loại A, vượt mức chỉ tiêu loại B", { status: "met", figure: 3, target: 2, unit: GRADES }],
  [
    "loại C, thấp hơn mức chỉ tiêu loại A là 2 bậc",
    { status: "not_met", figure: 1, target: 3, unit: GRADES },
  ],
  [
    "loại A, trong khi mức chỉ tiêu là loại B",
    { status: "not_met", figure: 3, target: 2, comparator: "=", unit: GRADES },
  ],
  [
    "đạt chuẩn, chưa đến hạn, chưa đạt mức chỉ tiêu đạt chuẩn nâng cao",
    { status: "not_yet", figure: 2, target: 3, unit: TITLES },
  ],
])("a level is said as «: %s»", (expected, of) => {
  expect(standing(of)).toBe(`Đến quý IV năm 2024: ${expected}`);
});

test("of a withheld value nothing is said but its status, where that is told at all", () => {
  expect(standing({ status: "withheld", hidden: true })).toBe(
    "Đến quý IV năm 2024: giá trị không công bố vì có số nhỏ của số liệu nhạy cảm",
  );
  expect(standing({ status: "not_met", hidden: true })).toBe(
    "Đến quý IV năm 2024: không đạt; giá trị không công bố vì có số nhỏ của số liệu nhạy cảm",
  );
  expect(standing({ status: "not_applicable" })).toBe("Không áp dụng tại quý IV năm 2024");
});

type Then = Status | null;

test.each<
  [now: number | null, unit: string, name: string | null, Then, boolean, number | null, string]
>([
  [27.7, "%", "Quý III", "met", false, 6.18, "; tăng 6,18 điểm phần trăm so với quý III"],
  [5, "cơ sở", "Quý III", "met", false, -2, "; giảm 2 cơ sở so với quý III"],
  [10, "hạng", "Quý III", "met", false, -2, "; lên 2 hạng so với quý III"],
  [12, "hạng", "Quý III", "met", false, 2, "; xuống 2 hạng so với quý III"],
  [3, GRADES, "Quý III", "met", false, 1, "; từ loại B của quý III lên loại A"],
  [1, TITLES, "Quý III", "met", false, -2, "; từ đạt chuẩn nâng cao của quý III xuống chưa đạt"],
  [2, GRADES, "Quý III", "met", false, 0, "; không thay đổi so với quý III"],
  [30, "%", "Quý III năm 2024", "met", false, 0, "; không thay đổi so với quý III"],
  [
    30,
    "%",
    "Quý III",
    "not_reported",
    false,
    null,
    "; không so sánh được với quý III vì chưa báo cáo",
  ],
  [
    30,
    "%",
    "Quý III",
    "not_arising",
    false,
    null,
    "; không so sánh được với quý III vì không phát sinh",
  ],
  [
    30,
    "%",
    "Quý III",
    "withheld",
    true,
    null,
    "; không so sánh được với quý III vì số liệu không công bố",
  ],
  [
    30,
    "%",
    "Quý III",
    "not_met",
    true,
    null,
    "; không so sánh được với quý III vì số liệu không công bố",
  ],
  [
    30,
    "%",
    "Quý III",
    "untold",
    true,
    null,
    "; không so sánh được với quý III vì số liệu chưa phát hành",
  ],
  [30, "%", "Quý I", "not_applicable", false, null, ""],
  [30, "%", null, null, false, null, ""],
  [null, "%", "Quý III", "met", false, null, ""],
])("%s %s after %s (%s): %s", (value, unit, name, status, isHidden, change, expected) => {
  const before = {
    before_name: name,
    before_year: name === null ? null : 2024,
    before_status: status,
    before_is_hidden: isHidden,
    before_value: null,
    since_before: change,
  };
  expect(sinceBeforeText(value, unit, before)).toBe(expected);
});

const NOUN = "địa bàn, đơn vị";

test.each<
  [expected: number, reported: number, carried: number, left: number, missing: number, string]
>([
  [8, 8, 0, 0, 0, ""],
  [
    8,
    7,
    1,
    0,
    0,
    ` Quý IV năm 2024 mới có đủ số liệu của 7/8 ${NOUN}; 1 ${NOUN} lấy số đã báo cáo ở kỳ trước.`,
  ],
  [
    8,
    6,
    1,
    1,
    0,
    ` Quý IV năm 2024 mới có đủ số liệu của 6/8 ${NOUN}; 1 ${NOUN} lấy số đã báo cáo ở kỳ trước; chưa tính được 1 ${NOUN}.`,
  ],
  [
    8,
    0,
    8,
    0,
    0,
    ` Quý IV năm 2024 chưa ${NOUN} nào có đủ số liệu; 8 ${NOUN} lấy số đã báo cáo ở kỳ trước.`,
  ],
  [8, 7, 0, 1, 0, ` Quý IV năm 2024 mới có đủ số liệu của 7/8 ${NOUN}; chưa tính được 1 ${NOUN}.`],
  [
    8,
    8,
    0,
    0,
    3,
    ` Các kỳ trước trong năm còn thiếu 3 lượt số liệu (mỗi ${NOUN} thiếu một kỳ tính một lượt).`,
  ],
])("coverage %i, %i, %i, %i, %i: «%s»", (expected, reported, carried, left, missing, text) => {
  const coverage: Coverage = {
    areas_expected: expected,
    areas_reported: reported,
    areas_carried: carried,
    areas_left_out: left,
    periods_missing_before: missing,
  };
  expect(citySentence({ ...FIGURE, ...coverage })).toBe(`${standingText(FIGURE)}.${text}`);
});

test("places are named as long as they are few", () => {
  const moves = { before_name: "Quý III năm 2024", before_year: 2024, up: 5, down: 1, level: 0 };
  const wards = { noun: "phường, xã", is_ranked: true };
  expect(movesSentence(wards, { ...moves, not_compared: "Xã A\nXã B" })).toBe(
    "So với quý III: 5 phường, xã tăng, 1 giảm; không so sánh được: Xã A, Xã B.",
  );
  expect(movesSentence(wards, { ...moves, level: 2, not_compared: "A\nB\nC\nD\nE" })).toBe(
    "So với quý III: 5 phường, xã tăng, 1 giảm, 2 không thay đổi; không so sánh được: 5 phường, xã.",
  );
});

test.each([
  ["share_of_areas", 100, "Đến quý IV năm 2024: có."],
  ["share_of_areas", 0, "Đến quý IV năm 2024: không."],
  // half of what is asked for is neither
  ["all_of", 50, "Đến quý IV năm 2024 là 50%; không có mức chỉ tiêu riêng."],
  ["ratio", 50, "Đến quý IV năm 2024 là 50%; không có mức chỉ tiêu riêng."],
])("of the whole's target alone a ward with a %s of %i is said as «%s»", (kind, value, text) => {
  const figure = { ...FIGURE, value_kind: kind, value, status: "not_applicable" as const };
  expect(wardSentence({ ...figure, areas_carried: 0, periods_missing_before: 0 })).toBe(text);
});
