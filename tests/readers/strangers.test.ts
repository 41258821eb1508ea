import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CellValue } from "hucre";
import { describe, expect, test } from "vitest";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import { isDebris } from "../../pipelines/readers/received-file.ts";
import { pack, unpack } from "../../pipelines/workbook/zip.ts";
import { formOf, sheetOf, workbookOf } from "./form-given.ts";

const FILLED = await formOf("W-901", { staff: "12", trained: "20", planned: "Có" });
const READ = "staff=12 trained=20 planned=Có";

/** What becomes of a form: its figures, its doubts by their codes, or why it is refused. */
async function outcomeOf(bytes: Uint8Array): Promise<string> {
  const reading = await readForm(bytes, "bieu");
  if (!reading.ok) {
    return reading.problems.map(({ code, cell = "" }) => `${code} ${cell}`.trim()).join("; ");
  }
  const { readings, seen } = reading.document;
  const figures = readings.flatMap(({ measure, value }) =>
    value === "" ? [] : [`${measure}=${value}`],
  );
  const unlike = seen.flatMap((one) => one.unlike.map(({ cell, why }) => `${why} ${cell}`));
  return [...figures, ...unlike].join(" ");
}

type Change = readonly [part: string, pattern: RegExp | string | null, put: string];

/** A form with parts changed by hand: a piece of one replaced, or a part put in. */
function changed(...changes: readonly Change[]): Uint8Array {
  const parts = unpack(FILLED);
  if (parts === null) throw new Error("no workbook");
  for (const [name, pattern, put] of changes) {
    const xml = parts.get(name)?.toString("utf8") ?? "";
    if (pattern !== null && xml.search(pattern) < 0) throw new Error(`no ${pattern} in ${name}`);
    parts.set(name, Buffer.from(pattern === null ? put : xml.replace(pattern, put)));
  }
  return pack(parts, 6);
}

const SHEET = "xl/worksheets/sheet1.xml";

/** The entry of 20 with other content in its cell. */
const withCell = (content: string): Uint8Array =>
  changed([SHEET, /(<c r="F25"[^>]*>)<v>20<\/v>/, `$1${content}`]);
const columnOf = (width: string): Uint8Array =>
  changed([SHEET, '<col min="6" max="6" width="9"', `<col min="6" max="6" width="${width}"`]);
const withRow = (cells: string): Uint8Array =>
  changed([SHEET, "</sheetData>", `<row r="1048576">${cells}</row></sheetData>`]);
/** The texts in a part that is named otherwise than where it is referred to. */
function capitals(): Uint8Array {
  const parts = unpack(FILLED) ?? new Map<string, Buffer>();
  const texts = parts.get("xl/sharedStrings.xml") ?? Buffer.alloc(0);
  parts.delete("xl/sharedStrings.xml");
  return pack([...parts, ["xl/SharedStrings.xml", texts]], 6);
}
const withoutZeros = (content: string): Uint8Array =>
  changed(
    [SHEET, "<sheetView ", '<sheetView showZeros="0" '],
    [SHEET, /(<c r="F25"[^>]*>)<v>20<\/v>/, `$1${content}`],
  );
const EXTENSION = `<extLst><ext uri="{A1}" xmlns:x="urn:x"><x:v>45</x:v></ext></extLst>`;
const MC = "http://schemas.openxmlformats.org/markup-compatibility/2006";
const CHOICE = `<mc:AlternateContent xmlns:mc="${MC}"><mc:Choice Requires="x"><v>45</v></mc:Choice></mc:AlternateContent>`;

/** A workbook of one sheet with these rows. */
const sheetWith = (name: string, rows: CellValue[][]): Promise<Uint8Array> =>
  workbookOf([{ name, rows }]);

const LONG = "plan,unit,period,area,measure,value,note".split(",");

test("a long table as a workbook is told to be saved as CSV", async () => {
  const bytes = await sheetWith("Sheet1", [
    [null, ...LONG],
    [0, "thu", "UB-01", "Q2", "", "people", 5, ""],
  ]);
  const reading = await readForm(bytes, "bieu.xlsx");
  expect(reading.ok ? [] : reading.problems.map(({ code, remedy }) => [code, remedy])).toEqual([
    [
      "no_form",
      "Mở tệp, chọn “Lưu thành” (Save As), loại tệp “CSV UTF-8 (*.csv)”, rồi gửi tệp CSV đó.",
    ],
  ]);
});

test("of the sheet that Numbers puts in, figures alone are asked about", async () => {
  const { rows } = await sheetOf(FILLED);
  const summary: CellValue[][] = [
    ["This document was exported from Numbers. Each table was converted to a worksheet."],
    ["Numbers Sheet Name", "Numbers Table Name", "Excel Worksheet Name"],
    ["Biểu số liệu", "Table 1", "Biểu số liệu"],
    [45],
  ];
  const bytes = await workbookOf([
    { name: "Export Summary", rows: summary },
    { name: "S", rows },
  ]);
  const reading = await readForm(bytes, "bieu.xlsx");
  const beside = reading.ok ? reading.document.seen.flatMap((one) => one.beside) : [];
  expect(beside.map(({ text }) => text)).toEqual(["45"]);
});

const BOOK = "xl/workbook.xml";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/** A sheet without cells, before or behind the form. */
const withSheet = (kind: string, pattern: RegExp): Uint8Array =>
  changed(
    [BOOK, pattern, `$&<sheet name="Biểu đồ" sheetId="98" r:id="rId98"/>`],
    [
      "xl/_rels/workbook.xml.rels",
      "</Relationships>",
      `<Relationship Id="rId98" Type="${OFFICE}/${kind}" Target="${kind}s/sheet98.xml"/></Relationships>`,
    ],
    [`xl/${kind}s/sheet98.xml`, null, `<${kind} xmlns="${MAIN}"/>`],
  );

describe("workbooks as programs write them", () => {
  test.each<[string, Uint8Array, string]>([
    ["a sheet with a chart alone, first", withSheet("chartsheet", /<sheets>/), READ],
    [
      "a sheet with a chart alone, last",
      withSheet("chartsheet", /<sheet [^>]*>(?=<\/sheets>)/),
      READ,
    ],
    ["a dialog of Excel 5", withSheet("dialogsheet", /<sheets>/), READ],
    ["its value again", withCell("<v>20</v>"), READ],
    ["a value in an extension", withCell(`<v>20</v>${EXTENSION}`), "several_values"],
    ["a value in an extension before it", withCell(`${EXTENSION}<v>20</v>`), "several_values"],
    ["an alternative", withCell(`${CHOICE}<v>20</v>`), "several_values"],
    ["an alternative alone", withCell(CHOICE), "several_values"],
    ["two values", withCell("<v>20</v><v>45</v>"), "several_values"],
    ["an extension without one", withCell(`<v>20</v>${EXTENSION.replaceAll("x:v", "x:w")}`), READ],
    [
      "a row nobody can read",
      changed([SHEET, '<row r="25" ht="27"', '<row r="25" ht="3"']),
      `${READ} small F25`,
    ],
    ["a column nobody can read", columnOf("0.5"), `${READ} small F24 small F25 small F26`],
    ["a column for one digit", columnOf("1.5"), `${READ} cut F24 cut F25`],
    [
      "ten digits in a column of nine",
      withCell("<v>1234567890</v>"),
      `${READ.replace("20", "1234567890")} cut F25`,
    ],
    ["nine digits", withCell("<v>123456789</v>"), READ.replace("20", "123456789")],
    [
      "a zero that the sheet does not show",
      withoutZeros("<v>0</v>"),
      `${READ.replace("20", "0")} zero F25`,
    ],
    ["a figure on a sheet that shows no zeros", withoutZeros("<v>20</v>"), READ],
    [
      "a format in the last row",
      withRow('<c r="A1048576" s="1"/><c r="XFD1048576" s="1"></c>'),
      READ,
    ],
    ["a figure in the last row", withRow('<c r="XFD1048576"><v>5</v></c>'), "sheet_too_large"],
    [
      "a cell that names no shared text",
      changed([SHEET, /<c r="F25"([^>]*)><v>20<\/v>/, '<c r="F25" t="s"$1><v/>']),
      READ.replace(" trained=20", ""),
    ],
    ["texts under a name in capitals", capitals(), READ],
    ["a sheet of no known kind", withSheet("othersheet", /<sheets>/), "damaged_workbook"],
  ])("%s", async (_, bytes, outcome) => {
    expect(await outcomeOf(bytes)).toBe(outcome);
  });
});

test("a template of OpenDocument is a workbook", async () => {
  const parts = unpack(readFileSync(join(import.meta.dirname, "../fixtures/forms/as-sent.ods")));
  const type = "application/vnd.oasis.opendocument.spreadsheet-template";
  parts?.set("mimetype", Buffer.from(type));
  expect(await outcomeOf(pack(parts ?? [], 6))).toMatch(/^staff=1120 /);
});

test.each<[string, boolean]>([
  [".xlsx", false],
  ["..xlsx", false],
  [".Biểu quý II.ods", false],
  ["...", false],
  [".DS_Store", true],
  ["._Biểu.xlsx", true],
  [".~lock.Biểu.xlsx#", true],
  [".Biểu.xlsx.Xa81kQ", true],
  ["~$Biểu.xlsx", true],
  [".da-nhan", true],
])("%s is what systems leave: %s", (name, is) => {
  expect(isDebris(name)).toBe(is);
});
