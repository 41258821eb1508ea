import { expect, test } from "vitest";
import { type Coverage, citySentence, wardSentence } from "../../pipelines/sentences/figure.ts";
import { movesSentence } from "../../pipelines/sentences/places.ts";
import { sinceBeforeText, standingText } from "../../pipelines/sentences/standing.ts";
import type { Status } from "../../pipelines/vocabulary/status.ts";
import { casesIn } from "../case-lines.ts";
import { parseTable } from "../models/text-table.ts";
import { FIGURE } from "./given.ts";

const GRADES = "Loại C < Loại B < Loại A";
const TITLES = "Chưa đạt < Đạt chuẩn < Đạt chuẩn nâng cao";

/** Less, as a query has it: exact to four decimals. */
const less = (one: number | null, other: number | null) =>
  one === null || other === null ? null : Number((one - other).toFixed(4));

const GIVEN =
  /^(?<status>\w+)(?: (?<figure>[\d.]+))?(?:, (?<comparator>[<>]=?|=|between) (?<target>\d+)(?: and (?<to>\d+))?)?(?:, pace (?<pace>\d+))?(?:, of (?<unit>.+?))?(?:, (?<also>estimate|provisional|hidden))?$/;

/**
 * What is said of a value to date: its status, figure, what is asked, at least 20 unless it says so, the
 * pace, the unit where it is none of percent. `met 27.7, >= 20, pace 10, of vụ, provisional`
 */
function standing(words: string): string {
  const found = GIVEN.exec(words)?.groups;
  if (found === undefined) throw new Error(`no value: ${words}`);
  const { status, comparator = ">=", unit = "%", also } = found;
  const number = (text?: string) => (text === undefined ? null : Number(text));
  const figure = number(found.figure);
  const target = number(found.target ?? "20");
  const pace = number(found.pace);
  return standingText({
    ...FIGURE,
    status: status as Status,
    is_provisional: also === "provisional",
    is_hidden: also === "hidden",
    is_estimate: also === "estimate",
    value: figure,
    unit: { GRADES, TITLES }[unit] ?? unit,
    target_comparator: comparator as typeof FIGURE.target_comparator,
    target_value: target,
    target_to: number(found.to),
    pace_value: pace,
    from_target: less(figure, target),
    from_pace: less(figure, pace),
  });
}

test("a value of a period alone stands in it, and not up to it", () => {
  const figure = { ...FIGURE, is_of_period: true };
  expect(standingText(figure)).toMatch(/^Trong quý IV năm 2024 đạt 27,7%/);
  expect(standingText(FIGURE)).toMatch(/^Đến quý IV năm 2024 đạt 27,7%/);
});

test.each(
  casesIn(`
  met 27.7 ⇒ đạt 27,7%, vượt mức chỉ tiêu 20%
  met 20 ⇒ đạt 20%, bằng mức chỉ tiêu
  met 27.7, estimate ⇒ ước đạt 27,7%, vượt mức chỉ tiêu 20%
  not_met 19.996 ⇒ đạt 19,996%, thấp hơn mức chỉ tiêu 20% là 0,004 điểm phần trăm
  on_track 13.85, pace 10 ⇒ đạt 13,85%, đúng tiến độ: mức cần đạt tại kỳ này là 10%, mức chỉ tiêu 20%
  behind 8.26, pace 10 ⇒ đạt 8,26%, chậm tiến độ: thấp hơn mức cần đạt tại kỳ này 10% là 1,74 điểm phần trăm
  met 1200, >= 1000, of cơ sở ⇒ đạt 1.200 cơ sở, vượt mức chỉ tiêu 1.000 cơ sở
  not_met 990, >= 1000, of cơ sở ⇒ đạt 990 cơ sở, thấp hơn mức chỉ tiêu 1.000 cơ sở là 10 cơ sở
  met_late 1200, >= 1000, of cơ sở ⇒ đạt 1.200 cơ sở, đạt sau hạn: vượt mức chỉ tiêu 1.000 cơ sở
  met_late 20 ⇒ đạt 20%, đạt sau hạn: bằng mức chỉ tiêu
  not_met 20, > 20 ⇒ đạt 20%, chưa vượt mức chỉ tiêu 20%
  met 4, <= 20 ⇒ là 4%, dưới mức tối đa 20%
  met 20, <= 20 ⇒ là 20%, bằng mức chỉ tiêu
  not_met 23, <= 20 ⇒ là 23%, vượt quá mức tối đa 20% là 3 điểm phần trăm
  not_met 20, < 20 ⇒ là 20%, chưa thấp hơn mức chỉ tiêu 20%
  behind 8.26, pace 10, provisional ⇒ đạt 8,26%, chậm tiến độ: thấp hơn mức cần đạt tại kỳ này 10% là 1,74 điểm phần trăm (tạm tính)
  not_yet 12 ⇒ đạt 12%, chưa đến hạn, chưa đạt mức chỉ tiêu 20%
  within 4, <= 20 ⇒ là 4%, trong giới hạn 20%
  within 20, <= 20 ⇒ là 20%, bằng mức tối đa
  not_yet 23, <= 20 ⇒ là 23%, chưa đến hạn, đang vượt quá mức tối đa 20% là 3 điểm phần trăm
  not_yet 20, < 20 ⇒ là 20%, chưa đến hạn, đang vượt quá mức tối đa 20%
  met 21, between 20 and 22, of vụ ⇒ là 21 vụ, trong khoảng từ 20 đến 22 vụ
  not_met 23, between 20 and 22, of vụ ⇒ là 23 vụ, cao hơn khoảng từ 20 đến 22 vụ
  not_yet 17, between 20 and 22, of vụ ⇒ là 17 vụ, chưa đến hạn, chưa đạt mức chỉ tiêu từ 20 đến 22 vụ
  not_yet 249, between 20 and 22, of vụ ⇒ là 249 vụ, chưa đến hạn, đang cao hơn mức chỉ tiêu từ 20 đến 22 vụ
  not_met 17, between 20 and 22, of vụ ⇒ là 17 vụ, thấp hơn khoảng từ 20 đến 22 vụ
  not_met 1, = 0, of vụ ⇒ là 1 vụ, trong khi mức chỉ tiêu là 0 vụ
  in_doubt ⇒ cần kiểm tra: có tử số mà mẫu số bằng 0
  no_target 12, of cơ sở ⇒ là 12 cơ sở; không có mức chỉ tiêu riêng
  not_reported ⇒ chưa có số liệu để tính
  not_arising ⇒ không phát sinh: mẫu số bằng 0 nên không có gì để tính
`),
)("a value to date: %s, is said as «… %s»", (given = "", expected) => {
  expect(standing(given)).toBe(`Đến quý IV năm 2024 ${expected}`);
});

test.each(
  casesIn(`
  met 2, >= 2, of GRADES ⇒ loại B, bằng mức chỉ tiêu
  met 3, >= 2, of GRADES ⇒ loại A, vượt mức chỉ tiêu loại B
  not_met 1, >= 3, of GRADES ⇒ loại C, thấp hơn mức chỉ tiêu loại A là 2 bậc
  not_met 3, = 2, of GRADES ⇒ loại A, trong khi mức chỉ tiêu là loại B
  not_yet 2, >= 3, of TITLES ⇒ đạt chuẩn, chưa đến hạn, chưa đạt mức chỉ tiêu đạt chuẩn nâng cao
`),
)("a level: %s, is said as «: %s»", (given = "", expected) => {
  expect(standing(given)).toBe(`Đến quý IV năm 2024: ${expected}`);
});

test("of a withheld value nothing is said but its status, where that is told at all", () => {
  expect(standing("withheld, hidden")).toBe(
    "Đến quý IV năm 2024: giá trị không công bố vì có số nhỏ của số liệu nhạy cảm",
  );
  expect(standing("not_met, hidden")).toBe(
    "Đến quý IV năm 2024: không đạt; giá trị không công bố vì có số nhỏ của số liệu nhạy cảm",
  );
  expect(standing("not_applicable")).toBe("Không áp dụng tại quý IV năm 2024");
});

test.each(
  parseTable(`
    value  unit    before            status          hidden  change  said
    27.7   %       Quý III           met             false   6.18    ; tăng 6,18 điểm phần trăm so với quý III
    5      cơ sở   Quý III           met             false   -2      ; giảm 2 cơ sở so với quý III
    10     hạng    Quý III           met             false   -2      ; lên 2 hạng so với quý III
    12     hạng    Quý III           met             false   2       ; xuống 2 hạng so với quý III
    3      GRADES  Quý III           met             false   1       ; từ loại B của quý III lên loại A
    1      TITLES  Quý III           met             false   -2      ; từ đạt chuẩn nâng cao của quý III xuống chưa đạt
    2      GRADES  Quý III           met             false   0       ; không thay đổi so với quý III
    30     %       Quý III năm 2024  met             false   0       ; không thay đổi so với quý III
    30     %       Quý III           not_reported    false   -       ; không so sánh được với quý III vì chưa báo cáo
    30     %       Quý III           not_arising     false   -       ; không so sánh được với quý III vì không phát sinh
    30     %       Quý III           withheld        true    -       ; không so sánh được với quý III vì số liệu không công bố
    30     %       Quý III           not_met         true    -       ; không so sánh được với quý III vì số liệu không công bố
    30     %       Quý III           untold          true    -       ; không so sánh được với quý III vì số liệu chưa phát hành
    30     %       Quý I             not_applicable  false   -       -
    30     %       -                 -               false   -       -
    -      %       Quý III           met             false   -       -
  `),
)("$value $unit after $before ($status): $said", (row) => {
  const { value = "", unit = "", before, status, hidden, change = "", said } = row;
  const number = (text: string) => (text === "-" ? null : Number(text));
  const given = {
    before_name: before === "-" ? null : (before ?? null),
    before_year: before === "-" ? null : 2024,
    before_status: status === "-" ? null : (status as Status),
    before_is_hidden: hidden === "true",
    before_value: null,
    since_before: number(change),
  };
  const found = sinceBeforeText(number(value), { GRADES, TITLES }[unit] ?? unit, given);
  expect(found).toBe(said === "-" ? "" : said);
});

// of how many areas, how many reported, are carried, are left out; periods missing before
test.each(
  casesIn(`
  8 8 0 0 0 ⇒
  8 7 1 0 0
    ⇒ Quý IV năm 2024 mới có đủ số liệu của 7/8 địa bàn, đơn vị; 1 địa bàn, đơn vị lấy số đã báo cáo ở kỳ trước.
  8 6 1 1 0
    ⇒ Quý IV năm 2024 mới có đủ số liệu của 6/8 địa bàn, đơn vị; 1 địa bàn, đơn vị lấy số đã báo cáo ở kỳ trước; chưa tính được 1 địa bàn, đơn vị.
  8 0 8 0 0
    ⇒ Quý IV năm 2024 chưa địa bàn, đơn vị nào có đủ số liệu; 8 địa bàn, đơn vị lấy số đã báo cáo ở kỳ trước.
  8 7 0 1 0
    ⇒ Quý IV năm 2024 mới có đủ số liệu của 7/8 địa bàn, đơn vị; chưa tính được 1 địa bàn, đơn vị.
  8 8 0 0 3
    ⇒ Các kỳ trước trong năm còn thiếu 3 lượt số liệu (mỗi địa bàn, đơn vị thiếu một kỳ tính một lượt).
`),
)("coverage %s: «%s»", (counts = "", text) => {
  const [expected = 0, reported = 0, carried = 0, left = 0, missing = 0] = counts
    .split(" ")
    .map(Number);
  const coverage: Coverage = {
    areas_expected: expected,
    areas_reported: reported,
    areas_carried: carried,
    areas_left_out: left,
    periods_missing_before: missing,
  };
  expect(citySentence({ ...FIGURE, ...coverage })).toBe(
    `${standingText(FIGURE)}. ${text}`.trimEnd(),
  );
});

test("places are named as long as they are few", () => {
  const moves = { before_name: "Quý III năm 2024", before_year: 2024, up: 5, down: 1, level: 0 };
  const wards = { noun: "phường, xã", unit: "%", is_ranked: true };
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
  const figure = { ...FIGURE, value_kind: kind, value, status: "no_target" as const };
  expect(wardSentence({ ...figure, areas_carried: 0, periods_missing_before: 0 })).toBe(text);
});
