import { expect, test } from "vitest";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import type { FormSheet } from "../../pipelines/readers/sheet-content.ts";
import { readXls } from "../../pipelines/readers/xls-reader.ts";
import { begin, bookOf, end, f64, oleOf, record, u16, u32, wide } from "./xls-given.ts";

/** The sheets of a workbook with one sheet of these records. */
function sheetsOf(records: readonly Buffer[], before: readonly Buffer[] = []): FormSheet[] {
  const sheets = readXls(oleOf(bookOf(before, [{ name: "S", records }])));
  if (typeof sheets === "string") throw new Error(sheets);
  return sheets;
}

const at = (row: number, column: number, format = 0): Buffer => u16(row, column, format);
const format = (number: number): Buffer => record(0x00e0, u16(0, number), Buffer.alloc(16));

test.each<[string, Buffer[], unknown]>([
  ["a number", [record(0x0203, at(0, 0), f64(1120.5))], 1120.5],
  ["a packed whole number", [record(0x027e, at(0, 0), u32((1120 << 2) | 2))], 1120],
  ["a packed number below zero", [record(0x027e, at(0, 0), u32((-3 << 2) | 2))], -3],
  ["a packed hundredth", [record(0x027e, at(0, 0), u32((1275 << 2) | 3))], 12.75],
  ["a text of its own", [record(0x0204, at(0, 0), wide("Có"))], "Có"],
  ["a text in several fonts", [record(0x00d6, at(0, 0), wide("Có"), [1, 0, 0, 0])], "Có"],
  ["a text without its options", [record(0x0204, at(0, 0), u16(2), Buffer.from("Co"))], "Co"],
  ["a tick", [record(0x0205, at(0, 0), [1, 0])], true],
])("%s", (_, records, value) => {
  expect(sheetsOf(records)[0]?.rows).toEqual([[value]]);
});

test("behind zeros between records, and the oldest record of a sheet's size", () => {
  const records = [
    u32(0),
    record(0x0000, u16(0, 1, 0, 1)),
    u32(0),
    record(0x0203, at(0, 0), f64(5)),
  ];
  expect(sheetsOf(records)[0]?.rows).toEqual([[5]]);
});

test("several packed numbers in a row, the first in the second column", () => {
  const one = (value: number): Buffer => Buffer.concat([u16(0), u32((value << 2) | 2)]);
  const records = [record(0x00bd, u16(0, 1), one(5), one(6), one(7), u16(3))];
  expect(sheetsOf(records)[0]?.rows).toEqual([[null, 5, 6, 7]]);
});

test("formulas: results, errors, texts in a record of their own that need not be the next one", () => {
  const formula = (row: number, result: Buffer | readonly number[]): Buffer =>
    record(0x0006, at(row, 0), result, u16(0), u32(0), u16(0));
  const sheet = sheetsOf([
    formula(0, f64(7)),
    formula(1, [2, 0, 0x2a, 0, 0, 0, 0xff, 0xff]),
    formula(2, [1, 0, 1, 0, 0, 0, 0xff, 0xff]),
    formula(3, [3, 0, 0, 0, 0, 0, 0xff, 0xff]),
    formula(4, [0, 0, 0, 0, 0, 0, 0xff, 0xff]),
    record(0x04bc, Buffer.alloc(10)),
    record(0x0207, wide("Không phát sinh")),
  ])[0];
  expect(sheet?.rows).toEqual([[7], ["#N/A"], [true], [""], ["Không phát sinh"]]);
  expect([...(sheet?.marks ?? [])]).toEqual([
    ["0,0", { isFormula: true }],
    ["1,0", { isFormula: true, isError: true }],
    ["2,0", { isFormula: true }],
    ["3,0", { isFormula: true }],
    ["4,0", { isFormula: true }],
  ]);
});

test("dates and percentages by their formats, those of every workbook and its own", () => {
  const formats = [
    ...[0, 14, 9, 164, 165, 166].map(format),
    record(0x041e, u16(164), wide('dd/mm/yyyy "ngày"')),
    record(0x041e, u16(165), wide("0.0%")),
    record(0x041e, u16(166), wide('0 "người %"')),
  ];
  const number = (row: number, value: number): Buffer =>
    record(0x0203, at(row, 0, row), f64(value));
  const values = [5, 45448, 0.25, 45448.5, 0.25, 12];
  const sheet = sheetsOf(
    values.map((value, row) => number(row, value)),
    formats,
  )[0];
  expect(sheet?.rows).toEqual([
    [5],
    [new Date("2024-06-05T00:00:00Z")],
    [0.25],
    [new Date("2024-06-05T12:00:00Z")],
    [0.25],
    [12],
  ]);
  expect([...(sheet?.marks ?? [])].map(([place]) => place)).toEqual(["2,0", "4,0", "5,0"]);
  expect(sheet?.marks.get("5,0")?.shown).toBe("12 người %");
});

test("texts that run on into the next record, whose bytes may be of another width", () => {
  const letters = (text: string, isWide: boolean): Buffer =>
    Buffer.from(text, isWide ? "utf16le" : "latin1");
  const shared = [
    record(
      0x00fc,
      u32(4, 4),
      // a plain one, with a run of another font behind it
      u16(2),
      [8],
      u16(1),
      letters("ab", false),
      [0, 0, 0, 0],
      // one that begins here
      u16(6),
      [1],
      letters("Khô", true),
    ),
    record(0x003c, [1], letters("ng", true)),
    record(0x003c, [0], letters("x", false), u16(3), [0], letters("abc", false), u16(2), [1]),
    // one whose letters begin with the next record
    record(0x003c, [1], letters("Có", true)),
  ];
  const records = [0, 1, 2, 3].map((index) => record(0x00fd, at(index, 0), u32(index)));
  expect(sheetsOf(records, shared)[0]?.rows).toEqual([["ab"], ["Khôngx"], ["abc"], ["Có"]]);
});

test("hidden sheets, sheets of charts, and a chart on a sheet", () => {
  const five = record(0x0203, at(0, 0), f64(5));
  const chart = [begin(0x0600, 0x20), record(0x0203, at(0, 0), f64(9)), end];
  const book = bookOf(
    [],
    [
      { name: "Ẩn", state: 1, records: [five] },
      { name: "Rất ẩn", state: 2, records: [five] },
      { name: "Biểu đồ", kind: 2, records: [] },
      { name: "Biểu", records: [...chart, five] },
    ],
  );
  const sheets = readXls(oleOf(book));
  expect(
    typeof sheets === "string"
      ? sheets
      : sheets.map(({ name, isHidden, rows }) => [name, isHidden, rows]),
  ).toEqual([
    ["Ẩn", true, [[5]]],
    ["Rất ẩn", true, [[5]]],
    ["Biểu", false, [[5]]],
  ]);
});

test.each(["WORKBOOK", "BOOK", "book"])("a stream named %s", (name) => {
  const records = [record(0x0203, at(0, 0), f64(5))];
  const sheets = readXls(oleOf(bookOf([], [{ name: "S", records }]), name));
  expect(sheets).toMatchObject([{ rows: [[5]] }]);
});

/** A workbook of one sheet of these records. */
const xlsWith = (...records: readonly Buffer[]): Buffer =>
  oleOf(bookOf([], [{ name: "S", records }]));

const plain = bookOf([], [{ name: "S", records: [] }]);

/** A workbook in whose table of sectors the one after the third is another. */
const xlsThatGoesOnAt = (sector: number): Buffer =>
  oleOf(plain, "Workbook", (table) => {
    table[3] = sector;
  });

/** A large workbook of these records before its sheets. */
const largeXls = (...records: readonly Buffer[]): Buffer =>
  oleOf(bookOf(records, []), "Workbook", undefined, 12);

const OVERLONG = record(0x0204, at(0, 0), u16(9000), [1], [65, 0]);
const MANY = Buffer.concat(Array.from({ length: 310_000 }, () => record(0x0201)));
const MANY_TEXTS = Array.from({ length: 300 }, () => record(0x003c, Buffer.alloc(8190)));

test.each<[string, Buffer, string]>([
  ["with a password", oleOf(bookOf([record(0x002f, u16(1))], [])), "password_protected"],
  ["of Excel 95", oleOf(Buffer.concat([begin(0x0500), end])), "old_workbook"],
  ["that is no workbook", oleOf(plain, "WordDocument"), "other_kind_of_file"],
  ["whose sectors run in a circle", xlsThatGoesOnAt(2), "damaged_workbook"],
  ["whose sectors lie outside", xlsThatGoesOnAt(70_000), "damaged_workbook"],
  ["with a text longer than its record", xlsWith(OVERLONG), "damaged_workbook"],
  [
    "with a cell at the far end",
    xlsWith(record(0x0203, at(65_535, 255), f64(1))),
    "sheet_too_large",
  ],
  ["with more records than a form has", largeXls(MANY), "sheet_too_large"],
  [
    "with more texts than a form has",
    largeXls(record(0x00fc, u32(0, 900_000)), ...MANY_TEXTS),
    "sheet_too_large",
  ],
  ["without any form", oleOf(plain), "no_form"],
])("a file %s is refused", async (_, bytes, code) => {
  const reading = await readForm(bytes, "f.xls");
  expect(reading.ok ? [] : reading.problems.map((problem) => problem.code)).toEqual([code]);
});

test("two sheets in one place are not read", () => {
  const book = bookOf(
    [],
    [
      { name: "A", records: [record(0x0203, at(0, 0), f64(5))] },
      { name: "B", records: [] },
    ],
  );
  const first = book.indexOf(record(0x0085).subarray(0, 2)) + 4;
  const second = book.indexOf(record(0x0085).subarray(0, 2), first) + 4;
  book.copy(book, second, first, first + 4);
  expect(() => readXls(oleOf(book))).toThrow(RangeError);
});
