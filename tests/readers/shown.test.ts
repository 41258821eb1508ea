import { expect, test } from "vitest";
import { textOfOtherNumber } from "../../pipelines/readers/shown-number.ts";
import {
  CELLS,
  CONDITIONS,
  formOfCell,
  formOfCondition,
  mergedForm,
  readEntry,
  readShort,
  shownForm,
} from "./shown-given.ts";

const OTHER = (shown: string): string =>
  `shown_otherwise: Ô ${shown} mà số lưu trong ô là 20, vì ô có định dạng riêng; không rõ số nào là số đúng.`;

// a cell that holds 20, by its format: what is read of it
test.each([
  ["General", "20"],
  ["0", "20"],
  ["#,##0", "20"],
  ["0.00", "20"],
  ["00000", "20"],
  ["[Red]0", "20"],
  ['_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', "20"],
  ["0.00E+00", "20"],
  // three decimals are thousands for whoever reads them
  ["0.000", OTHER("hiện “20.000”")],
  ["#,##0.0000", "20"],
  ["0\\.0", OTHER("hiện “2.0”")],
  ['0","0', OTHER("hiện “2,0”")],
  ["0*0", "theo định dạng 0*0"],
  // 2% for whoever opens it
  ["#,##0,%", "theo định dạng #,##0,%"],
  // 2,00.0%
  ["#,##0\\.0%", "theo định dạng #,##0\\.0%"],
  ["0,0%", "theo định dạng 0,0%"],
  ["# ?/?", "theo định dạng # ?/?"],
  ["* 0", "20"],
  ["0%", "2000%"],
  // by the section that shows it
  ["[>10]0%;0", "2000%"],
  ["[>30]0%;0", "20"],
  // a text, as if it were typed so
  ['0" nghìn"', "20 nghìn"],
  ['0" lượt người"', "20 lượt người"],
  ['">"0', ">20"],
  ['"~"0', "~20"],
  ['0"/25"', "20/25"],
  ['0"%"', "20%"],
  ['"Quý I: "0', "Quý I: 20"],
  // another number, or none
  ['0"00"', OTHER("hiện “2000”")],
  ['"-"0', OTHER("hiện “-20”")],
  ["0,", OTHER("hiện “0”")],
  ["0.0,", OTHER("hiện “0.0”")],
  [";;;", OTHER("không hiện gì")],
])("a format %s: %s", async (format, read) => {
  expect(await readEntry(await shownForm(format))).toBe(read);
});

test.each([
  ["General", "20"],
  ["0", "20"],
  ["0;-0;0;@", "20"],
  [";;;", OTHER("không hiện gì")],
  ['0;-0;0;"15"', OTHER("hiện “15”")],
])("a text of 20 in a format %s: %s", async (format, read) => {
  expect(await readEntry(await shownForm(format, "20"))).toBe(read);
});

// as it is written down beside the number, in English or as here
test.each([
  ["1.234,5", 1234.5, null],
  ["1,234.50", 1234.5, null],
  ["1.235", 1234.5, null],
  ["12%", 0.12, null],
  ["12,5 %", 0.125, null],
  ["(3)", -3, null],
  ["−3", -3, null],
  ["3", -3, "3"],
  ["20.000", 20, "20.000"],
  ["20,000", 20, "20,000"],
  ["12,345", 12.345, null],
  ["1 120", 1120, null],
  ["2 0", 20, "2 0"],
  ["1,2 nghìn", 1234.5, "1.2 nghìn"],
  ["-", 0, "-"],
  ["", 0, ""],
])("%j beside %d", (shown, value, told) => {
  expect(textOfOtherNumber(shown, value)).toBe(told);
});

test.each(CELLS)("an entry: %s", async (_, cell, read) => {
  expect(await readShort(await formOfCell(cell))).toBe(read);
});

test("what is struck out is told with all of its cell's text", async () => {
  const [, cell = {}] = CELLS.find(([what]) => what === "a part struck out") ?? [];
  expect(await readEntry(await formOfCell(cell))).toBe(
    "struck_out: Ô ghi “120 135” có chữ bị gạch ngang nên không rõ số nào là số đúng.",
  );
});

test.each(CONDITIONS)("a condition: %s", async (_, rule, read) => {
  expect(await readShort(await formOfCondition(rule))).toBe(read);
});

test("a merged entry is refused with its cells, and a covered one is not read", async () => {
  const said = await readEntry(await mergedForm());
  expect(said).toMatch(
    /^merged_entry: Các ô F\d+:F\d+ đã bị gộp làm một nên không rõ số là của ô nào\. merged_entry: /,
  );
});
