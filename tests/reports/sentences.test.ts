import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";

const MACROS = ["words.sql", "sentences.sql"]
  .map((file) => readFileSync(join(import.meta.dirname, "../../reports", file), "utf8"))
  .join("\n");

async function evaluate(expression: string): Promise<unknown> {
  return await withConnection(async (connection) => {
    await connection.run("create schema marts");
    await connection.run(MACROS);
    const [row] = await selectRows(connection, `select (${expression})::varchar as found`);
    return row?.found;
  });
}

test.each([
  ["24.1", "'%'", "24,1%"],
  ["12", "'cơ sở'", "12 cơ sở"],
  ["12", "null", "12"],
])("%s with the unit %s is %s", async (figure, unit, text) => {
  expect(await evaluate(`marts.figure_text(${figure}::decimal(28, 4), ${unit})`)).toBe(text);
});

test.each([
  ["'>=', 18, 22", "'%'", "từ 18% đến 22%"],
  ["'>=', 18, 22", "'vụ'", "từ 18 đến 22 vụ"],
  ["'>=', 30, null", "'%'", "30%"],
])("the target %s in %s is %s", async (target, unit, text) => {
  const [, bounds = ""] = /^'\S+', (.*)$/.exec(target) ?? [];
  expect(await evaluate(`marts.target_text(${bounds}, ${unit})`)).toBe(text);
});

test.each([
  ["'<=', -5, null", "giảm từ 5% trở lên"],
  ["'<', -5, null", "giảm trên 5%"],
  ["'>=', -5, null", "giảm không quá 5%"],
  ["'>', -5, null", "giảm dưới 5%"],
  ["'=', -5, null", "giảm đúng 5%"],
  ["'between', -10, -5", "giảm từ 5% đến 10%"],
  ["'between', -10, 0", "giảm từ 0% đến 10%"],
  ["'between', -5, 5", "giảm không quá 5%, tăng không quá 5%"],
  ["'between', 5, 10", "tăng từ 5% đến 10%"],
  ["'<=', 0, null", "không tăng"],
  ["'<', 0, null", "giảm"],
  ["'>=', 0, null", "không giảm"],
  ["'>', 0, null", "tăng"],
  ["'>=', 5, null", "tăng từ 5% trở lên"],
  ["'<=', 5, null", "tăng không quá 5%"],
  ["'<', 5, null", "tăng dưới 5%"],
])("of a change %s is asked: %s", async (target, text) => {
  expect(await evaluate(`marts.asked_change_text(${target}, '%')`)).toBe(text);
});

test.each([
  ["'quarter', 2020, 3, 'quarter', 2019, 3, null", "cùng kỳ năm trước"],
  ["'year', 2020, 1, 'year', 2019, 1, 'Năm 2019'", "năm trước"],
  ["'quarter', 2020, 3, 'quarter', 2020, 2, 'Quý II năm 2020'", "quý II"],
  ["'quarter', 2020, 3, 'quarter', 2020, 2, null", "quý II"],
  ["'quarter', 2021, 3, 'year', 2019, 1, null", "cả năm 2019"],
  ["'quarter', 2021, 3, 'year', 2019, 1, 'Năm 2019'", "cả năm 2019"],
  ["'year', 2021, 1, 'year', 2019, 1, null", "năm 2019"],
  ["'year', 2021, 1, 'year', 2019, 1, 'Năm 2019'", "năm 2019"],
  ["'quarter', 2021, 3, 'quarter', 2019, 4, null", "quý IV năm 2019"],
  ["'month', 2021, 3, 'month', 2021, 2, null", "tháng 2"],
  ["'other', 2021, 3, 'other', 2019, 2, null", "kỳ đem so sánh"],
])("what is compared (%s) is compared with %s", async (periods, text) => {
  expect(await evaluate(`marts.earlier_text(${periods})`)).toBe(text);
});

test.each([
  [
    "'met', false, -6.67, '<=', -5, null",
    "giảm 6,67% so với cùng kỳ năm trước, đạt yêu cầu giảm từ 5% trở lên",
  ],
  [
    "'not_met', false, -3.13, '<=', -5, null",
    "giảm 3,13% so với cùng kỳ năm trước, không đạt yêu cầu giảm từ 5% trở lên",
  ],
  [
    "'within', true, -10, '<=', -5, null",
    "giảm 10% so với cùng kỳ năm trước, chưa đến hạn, đang đáp ứng yêu cầu giảm từ 5% trở lên (tạm tính)",
  ],
  [
    "'not_yet', false, 2, '<=', 0, null",
    "tăng 2% so với cùng kỳ năm trước, chưa đến hạn, chưa đáp ứng yêu cầu không tăng",
  ],
  [
    "'met', false, 0, '<=', 0, null",
    "không thay đổi so với cùng kỳ năm trước, đạt yêu cầu không tăng",
  ],
  [
    "'not_applicable', false, 2, null, null, null",
    "tăng 2% so với cùng kỳ năm trước; không có mức chỉ tiêu riêng",
  ],
])("a change that is %s reads: %s", async (given, text) => {
  const [status, isProvisional, figure, ...target] = given.split(", ");
  expect(
    await evaluate(
      `marts.change_standing_text('quý IV', 'cùng kỳ năm trước', ${status}, ${isProvisional}, false, ${figure}, '%', ${target.join(", ")})`,
    ),
  ).toBe(`Đến quý IV ${text}`);
});

test.each([
  ["-6.67, '%', 'quý III', -7.87", "; quý III giảm 7,87%"],
  ["-6.67, '%', 'quý III', -6.67", "; quý III cũng giảm 6,67%"],
  ["-6.67, '%', 'quý III', 0", "; quý III không thay đổi"],
])("after a change of %s comes %s", async (given, text) => {
  expect(await evaluate(`marts.change_before_text(${given})`)).toBe(text);
});
