import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";

const REPORTS = join(import.meta.dirname, "../../reports");
const MACROS = ["words.sql", "sentences.sql"].map((file) =>
  readFileSync(join(REPORTS, file), "utf8"),
);

async function say(expression: string): Promise<unknown> {
  return await withConnection(async (connection) => {
    await connection.run("create schema marts");
    for (const macros of MACROS) await connection.run(macros);
    const [row] = await selectRows(connection, `select ${expression} as said`);
    return row?.said;
  });
}

/** A value to date: its status, figure, comparator and target, and the pace where there is one. */
interface Standing {
  readonly status: string;
  readonly figure?: number;
  readonly comparator?: string;
  readonly target?: number;
  readonly to?: number;
  readonly pace?: number;
  readonly unit?: string;
  readonly hidden?: boolean;
  readonly estimate?: boolean;
  readonly provisional?: boolean;
}

const number = (value: number | undefined) => (value === undefined ? "null" : `${value}::double`);

function standing(of: Standing): Promise<unknown> {
  return say(`marts.standing_text(
    'quý IV năm 2024', '${of.status}', ${of.provisional ?? false}, ${of.hidden ?? false},
    ${of.estimate ?? false}, ${number(of.figure)}, '${of.unit ?? "%"}',
    '${of.comparator ?? ">="}', ${number(of.target ?? 20)}, ${number(of.to)}, ${number(of.pace)}
  )`);
}

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
    "là 23 vụ, ngoài khoảng từ 20 đến 22 vụ",
    { status: "not_met", figure: 23, comparator: "between", to: 22, unit: "vụ" },
  ],
  [
    "là 17 vụ, chưa đến hạn, chưa đạt mức chỉ tiêu từ 20 đến 22 vụ",
    { status: "not_yet", figure: 17, comparator: "between", to: 22, unit: "vụ" },
  ],
  [
    "là 1 vụ, khác mức chỉ tiêu 0 vụ là 1 vụ",
    { status: "not_met", figure: 1, comparator: "=", target: 0, unit: "vụ" },
  ],
  ["cần kiểm tra: có tử số mà mẫu số bằng 0", { status: "in_doubt" }],
  [
    "là 12 cơ sở; không có mức chỉ tiêu riêng",
    { status: "not_applicable", figure: 12, unit: "cơ sở" },
  ],
  ["chưa có số liệu để tính", { status: "not_reported" }],
  ["không phát sinh: mẫu số bằng 0 nên không có gì để tính", { status: "not_arising" }],
])("a value to date is said as «… %s»", async (expected, of) => {
  expect(await standing(of)).toBe(`Đến quý IV năm 2024 ${expected}`);
});

test("of a withheld value nothing is said but its status, where that is told at all", async () => {
  expect(await standing({ status: "withheld", hidden: true })).toBe(
    "Đến quý IV năm 2024: giá trị không công bố vì có số nhỏ của số liệu nhạy cảm",
  );
  expect(await standing({ status: "not_met", hidden: true })).toBe(
    "Đến quý IV năm 2024: không đạt; giá trị không công bố vì có số nhỏ của số liệu nhạy cảm",
  );
  expect(await standing({ status: "not_applicable" })).toBe("Không áp dụng tại quý IV năm 2024");
});

test.each([
  ["27.7", "'%', 'quý III', 'met', false, 21.52", "; tăng 6,18 điểm phần trăm so với quý III"],
  ["5", "'cơ sở', 'quý III', 'met', false, 7", "; giảm 2 cơ sở so với quý III"],
  ["30", "'%', 'quý III', 'met', false, 30", "; không thay đổi so với quý III"],
  [
    "30",
    "'%', 'quý III', 'not_reported', false, null",
    "; không so sánh được với quý III vì chưa báo cáo",
  ],
  [
    "30",
    "'%', 'quý III', 'not_arising', false, null",
    "; không so sánh được với quý III vì không phát sinh",
  ],
  [
    "30",
    "'%', 'quý III', 'withheld', true, null",
    "; không so sánh được với quý III vì số liệu không công bố",
  ],
  [
    "30",
    "'%', 'quý III', 'not_met', true, null",
    "; không so sánh được với quý III vì số liệu không công bố",
  ],
  ["30", "'%', 'quý I', 'not_applicable', false, null", ""],
  ["30", "'%', null, null, null, null", ""],
  ["null", "'%', 'quý III', 'met', false, 30", ""],
])("a change to %s from %s is said as «%s»", async (now, before, expected) => {
  expect(await say(`marts.change_text(${now}, ${before})`)).toBe(expected);
});

test.each([
  // expected, reported, carried, left out, missing before
  ["8, 8, 0, 0, 0", ""],
  ["8, 7, 1, 0, 0", " Quý III mới có số liệu của 7/8 xã; 1 xã lấy số đã báo cáo ở kỳ trước."],
  [
    "8, 6, 1, 1, 0",
    " Quý III mới có số liệu của 6/8 xã; 1 xã lấy số đã báo cáo ở kỳ trước; chưa tính được 1 xã.",
  ],
  ["8, 0, 8, 0, 0", " Quý III chưa có số liệu của xã nào; 8 xã lấy số đã báo cáo ở kỳ trước."],
  ["8, 8, 0, 1, 0", " Chưa tính được 1 xã."],
  [
    "8, 8, 0, 0, 3",
    " Các kỳ trước trong năm còn thiếu 3 lượt số liệu (mỗi xã thiếu một kỳ tính một lượt).",
  ],
])("coverage of %s is said as «%s»", async (numbers, expected) => {
  expect(await say(`marts.coverage_text('Quý III', 'xã', ${numbers})`)).toBe(expected);
});

test.each([
  // value kind, status, withheld, value to date, in the period, its two parts
  ["'ratio', 'met', false, 40, 20, 20, 100", null],
  ["'ratio', 'met', false, 40, null, null, null", "not_reported"],
  ["'ratio', 'behind', false, 40, null, null, 100", "not_reported"],
  ["'ratio', 'met', false, 40, null, 0, 0", "not_arising"],
  ["'ratio', 'met', false, 40, null, 2, 0", "in_doubt"],
  ["'ratio', 'not_arising', false, null, null, null, null", "not_reported"],
  ["'ratio', 'not_arising', false, null, null, 0, 0", "not_arising"],
  ["'ratio', 'not_reported', false, null, null, 0, 0", "not_reported"],
  ["'ratio', 'not_applicable', false, null, null, null, null", "not_applicable"],
  ["'count', 'not_applicable', false, 7, null, null, null", "not_reported"],
  ["'ratio', 'untold', true, null, null, null, null", null],
  ["'change', 'met', false, -6, null, null, null", "not_applicable"],
  ["'all_of_indicators', 'met', false, 100, null, null, null", "not_applicable"],
])("why the period alone has no value, of %s, is %s", async (row, expected) => {
  expect(await say(`marts.why_none_in_period(${row})`)).toBe(expected);
});

test("places are named as long as they are few", async () => {
  expect(await say("marts.moves_text('quý III', 'phường, xã', 5, 1, 0, ['Xã A', 'Xã B'])")).toBe(
    "So với quý III: 5 phường, xã tăng, 1 giảm; không so sánh được: Xã A, Xã B.",
  );
  expect(await say("marts.names_text(['A', 'B', 'C', 'D', 'E'], 'phường, xã')")).toBe(
    "5 phường, xã",
  );
});
