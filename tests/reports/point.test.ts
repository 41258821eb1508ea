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
  readonly pace?: number;
  readonly unit?: string;
  readonly hidden?: boolean;
  readonly estimate?: boolean;
}

const number = (value: number | undefined) => (value === undefined ? "null" : `${value}::double`);

function standing(of: Standing): Promise<unknown> {
  return say(`marts.standing_text(
    'quý IV năm 2024', '${of.status}', ${of.hidden ?? false}, ${of.estimate ?? false},
    ${number(of.figure)}, '${of.unit ?? "%"}', '${of.comparator ?? ">="}',
    ${number(of.target ?? 20)}, ${number(of.pace)}
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
    "đạt 13,85%, đúng tiến độ: mức cần đạt tại kỳ này là 10%, mức chỉ tiêu cả năm 20%",
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
    "là 12 cơ sở; không có mức chỉ tiêu riêng",
    { status: "not_applicable", figure: 12, unit: "cơ sở" },
  ],
  ["chưa có số liệu nào được báo cáo", { status: "not_reported" }],
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

test("places are named as long as they are few", async () => {
  expect(await say("marts.moves_text('quý III', 'phường, xã', 5, 1, 0, ['Xã A', 'Xã B'])")).toBe(
    "So với quý III: 5 phường, xã tăng, 1 giảm; không so sánh được: Xã A, Xã B.",
  );
  expect(await say("marts.names_text(['A', 'B', 'C', 'D', 'E'], 'phường, xã')")).toBe(
    "5 phường, xã",
  );
});
