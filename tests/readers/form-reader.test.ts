import fc from "fast-check";
import type { CellValue } from "hucre";
import { writeXlsx } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import { entryKey } from "../../pipelines/forms/filling.ts";
import { filledForm } from "../../pipelines/forms/form-workbook.ts";
import { looksLikeWorkbook, readForm } from "../../pipelines/readers/form-reader.ts";
import type { RawDocument } from "../../pipelines/readers/raw-document.ts";
import { periodOf, smallPlan, unitOf } from "../forms/given.ts";
import { entryPlace, formOf, sheetOf, workbookOf } from "./form-given.ts";

async function documentOf(bytes: Uint8Array): Promise<RawDocument> {
  const reading = await readForm(bytes, "form.xlsx");
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.document;
}

/** `measure area=value` of every reading that is not blank. */
async function valuesOf(bytes: Uint8Array): Promise<string[]> {
  const { readings } = await documentOf(bytes);
  return readings.flatMap(({ measure, area, value }) =>
    value === "" ? [] : [`${measure}${area && ` ${area}`}=${value}`],
  );
}

async function problemsOf(bytes: Uint8Array) {
  const reading = await readForm(bytes, "form.xlsx");
  return reading.ok
    ? []
    : reading.problems.map(({ code, sheet, cell }) => [code, sheet, cell].filter((part) => part));
}

describe("a form as it was filled in", () => {
  test("a blank form gives a blank reading for every entry cell", async () => {
    const { submissions, readings } = await documentOf(await formOf("W-901"));
    expect(submissions).toEqual([
      {
        ...{ plan: "small-plan", unit: "W-901", period: "2024-Q2", nilReturn: false },
        ...{ formVersion: "3", remarks: { difficulties: "", proposals: "" } },
        ...{ sheet: "Biểu số liệu", cell: "A1" },
      },
    ]);
    expect(readings.map(({ measure, area, value }) => [measure, area, value])).toEqual([
      ["staff", "", ""],
      ["trained", "", ""],
      ["planned", "", ""],
      ["spent", "", ""],
    ]);
  });

  test("an office's figures carry their ward, its own figures none", async () => {
    const found = { "found 901": "3", "found 903": "0" };
    const bytes = await formOf("O", { staff: "12", ...found, "handled 903": "x" });
    const values = ["staff=12", "found 901=3", "found 903=0", "handled 903=x"];
    expect(await valuesOf(bytes)).toEqual(values);
    const { readings } = await documentOf(bytes);
    expect(readings).toHaveLength(2 + 2 * 3);
    const sheet = await sheetOf(bytes);
    const [row, column] = entryPlace(sheet.rows, "measure:found");
    const cell = String.fromCharCode(65 + column) + (row + 1);
    const of = readings.find(({ measure }) => measure === "found");
    expect(of).toMatchObject({ sheet: "Biểu số liệu", cell, line: null });
  });

  test.each([
    ["1120", "1120"],
    ["0.1", "0.1"],
    ["Không phát sinh", "Không phát sinh"],
    [" Có ", "Có"],
    ["Không phát sinh".normalize("NFD"), "Không phát sinh"],
    ["1.120", "1.120"],
    ["007", "007"],
    ["#REF!", "#REF!"],
    ["=1+1", "=1+1"],
    ["   ", ""],
  ])("%j is read as %j", async (entered, read) => {
    const { readings } = await documentOf(await formOf("W-901", { trained: entered }));
    expect(readings.find(({ measure }) => measure === "trained")?.value).toBe(read);
  });

  test("notes go with every figure of their row", async () => {
    const notes = new Map([["found", " ước tính "]]);
    const { readings } = await documentOf(await formOf("O", {}, { notes }));
    const noted = readings.filter(({ note }) => note === "ước tính");
    const places = noted.map(({ measure, area }) => `${measure} ${area}`);
    expect(places).toEqual(["found 901", "found 902", "found 903"]);
  });

  test("the choice that nothing arose is the submission's", async () => {
    const { submissions } = await documentOf(await formOf("W-901", {}, { nilReturn: true }));
    expect(submissions[0]?.nilReturn).toBe(true);
  });

  test("any entries come back as they were entered", async () => {
    const plan = smallPlan();
    const unit = unitOf(plan, "O");
    const period = periodOf(plan);
    const byArea = ["901", "902", "903"].flatMap((area) => [`found ${area}`, `handled ${area}`]);
    const places = ["staff ", "trained ", ...byArea].map((place) => place.split(" "));
    const text = fc.oneof(
      fc.constant(""),
      fc.integer({ min: -9, max: 10 ** 15 }).map(String),
      fc.tuple(fc.nat(), fc.nat(999)).map(([whole, part]) => `${whole}.${part}`),
      // with the digits of a telephone
      fc.constant("84300000.100"),
      fc.string({ unit: "grapheme", maxLength: 12 }),
    );
    // a raised sign behind a text is the mark of a footnote, which is no part of it
    const RAISED = /[\u00b9\u00b2\u00b3\u2070-\u209c\u02b0-\u02b8\u1d43-\u1dbf\u204e]/u;
    const cellText = text
      .map((entered) => entered.normalize("NFC").trim())
      .filter((entered) => !RAISED.test(entered));
    await fc.assert(
      fc.asyncProperty(
        fc.array(cellText, { minLength: places.length, maxLength: places.length }),
        fc.boolean(),
        async (entered, nilReturn) => {
          const keys = places.map(([measure = "", area]) => entryKey(measure, area));
          const values = new Map(keys.map((key, index) => [key, entered[index] ?? ""]));
          const filling = { values, nilReturn, notes: new Map() };
          const { readings, submissions } = await documentOf(
            await filledForm(plan, unit, period, filling),
          );
          const read = readings.map(({ measure, area, value }) => [entryKey(measure, area), value]);
          expect(new Map(read as [string, string][])).toEqual(values);
          expect(submissions[0]?.nilReturn).toBe(nilReturn);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("a form that has been moved about", () => {
  const expected = ["staff=12", "found 901=3", "found 903=0"];
  const filled = () => formOf("O", { staff: "12", "found 901": "3", "found 903": "0" });

  test("any blank rows and columns may be put in", async () => {
    const { rows } = await sheetOf(await filled());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(rows.length), { maxLength: 5 }),
        fc.array(fc.nat(14), { maxLength: 3 }),
        async (newRows, newColumns) => {
          const moved: CellValue[][] = rows.map((cells) => {
            const wide = [...cells];
            for (const at of newColumns) wide.splice(at, 0, null);
            return wide;
          });
          for (const at of newRows) moved.splice(at, 0, []);
          expect(await valuesOf(await workbookOf([{ name: "Moved", rows: moved }]))).toEqual(
            expected,
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  test("sheets may be added and renamed, and forms gathered in one workbook", async () => {
    const office = await sheetOf(await filled());
    const ward = await sheetOf(await formOf("W-901", { trained: "4" }));
    const notes: CellValue[][] = [
      ["Tổng", 12],
      [null, "chitieu"],
    ];
    const bytes = await workbookOf([
      { name: "Ghi chép", rows: notes },
      { name: "Phòng", rows: office.rows },
      { name: "Phường 1", rows: ward.rows },
    ]);
    const { submissions, readings } = await documentOf(bytes);
    const sheets = submissions.map(({ unit, sheet }) => `${unit} ${sheet}`);
    expect(sheets).toEqual(["O Phòng", "W-901 Phường 1"]);
    const of = readings.find(({ measure, unit }) => measure === "trained" && unit === "W-901");
    expect(of).toMatchObject({ value: "4", sheet: "Phường 1" });
  });

  test("forms below each other on one sheet are kept apart", async () => {
    const office = await sheetOf(await filled());
    const ward = await sheetOf(await formOf("W-901", { trained: "4" }));
    const bytes = await workbookOf([{ name: "Tất cả", rows: [...office.rows, ...ward.rows] }]);
    const { submissions } = await documentOf(bytes);
    expect(submissions.map(({ unit }) => unit)).toEqual(["O", "W-901"]);
    expect(await valuesOf(bytes)).toEqual([...expected, "trained=4"]);
  });
});

describe("what a cell may hold instead of a figure", () => {
  async function withCell(cell: object) {
    const { rows } = await sheetOf(await formOf("W-901"));
    const [row, column] = entryPlace(rows, "measure:trained");
    const bytes = await workbookOf([{ name: "S", rows, cells: { [`${row},${column}`]: cell } }]);
    return { bytes, cell: String.fromCharCode(65 + column) + (row + 1) };
  }

  test.each([
    ["a formula's last result", { formula: "1+2", formulaResult: 3 }, "3"],
    ["a fraction's noise", { formula: "0.1+0.2", formulaResult: 0.1 + 0.2 }, "0.3"],
    ["a formula that gives text", { formula: '"Có"', formulaResult: "Có" }, "Có"],
    ["a formula that gives nothing", { formula: '""', formulaResult: "" }, ""],
    ["a tick", { value: true }, "Có"],
    ["no tick", { value: false }, "Không"],
    ["a huge number", { value: 1e21 }, "1000000000000000000000"],
    ["a percentage", { value: 0.25, style: { numFmt: "0%" } }, "25%"],
    ["a percentage with decimals", { value: 0.0725, style: { numFmt: "0.00%" } }, "7.25%"],
    ["a number with a quoted sign", { value: 25, style: { numFmt: '0"%"' } }, "25%"],
    ["text in several fonts", { richText: [{ text: "Có" }, { text: " " }] }, "Có"],
  ])("%s", async (_, cell, value) => {
    const { readings } = await documentOf((await withCell(cell)).bytes);
    expect(readings.find(({ measure }) => measure === "trained")?.value).toBe(value);
  });

  const DAY = new Date("2024-06-10T00:00:00Z");

  // their words: pipelines/vocabulary/findings.yaml
  test.each([
    ["error_cell", { value: "#REF!" }, /“#REF!”/],
    ["formula_without_value", { formula: "A1+1" }, /công thức/],
    ["date_cell", { value: DAY }, /\(10\/6\/2024\)/],
  ])("%s is refused with its cell", async (code, content, found) => {
    const { bytes, cell } = await withCell(content);
    const reading = await readForm(bytes, "Biểu phường 1.xlsx");
    const at = { severity: "error", code, file: "Biểu phường 1.xlsx", sheet: "S", cell };
    expect(reading.ok ? [] : reading.problems).toEqual([
      { ...at, found: expect.stringMatching(found), remedy: expect.any(String) },
    ]);
  });

  test("every bad cell is named at once", async () => {
    const { rows } = await sheetOf(await formOf("W-901"));
    const place = (code: string) => entryPlace(rows, code).join();
    const cells = {
      [place("measure:staff")]: { value: "#N/A" },
      [place("measure:trained")]: { formula: "A1" },
      [place("nil")]: { value: "x" },
    };
    const found = await problemsOf(await workbookOf([{ name: "S", rows, cells }]));
    const codes = ["error_cell", "formula_without_value", "nil_unclear"];
    expect(found.map(([code]) => code).sort()).toEqual(codes);
  });
});

describe("a form whose codes are not as they were", () => {
  const edit = async (change: (rows: CellValue[][]) => void, unit = "W-901") => {
    const rows = (await sheetOf(await formOf(unit))).rows.map((cells) => [...cells]);
    change(rows);
    return problemsOf(await workbookOf([{ name: "S", rows }]));
  };

  test.each<[string, (rows: CellValue[][]) => void, string[]]>([
    ["no codes at all", (rows) => rows.map((cells) => cells.splice(0, 1, null)), ["no_form"]],
    [
      "a version of another day",
      (rows) => rows[0]?.splice(0, 1, "chitieu:form?version=9&plan=p&unit=u&period=q"),
      ["unknown_form_version", "S", "A1"],
    ],
    [
      "no unit",
      (rows) => rows[0]?.splice(0, 1, "chitieu:form?version=1&plan=p&period=q"),
      ["form_codes_missing", "S", "A1"],
    ],
    ["only its first row", (rows) => rows.splice(1), ["form_codes_missing", "S", "A1"]],
    [
      "a code typed over",
      (rows) => rows.find((cells) => cells[0] === "measure:staff")?.splice(0, 1, "1"),
      ["form_code_changed", "S", "A24"],
    ],
    [
      "a row copied",
      (rows) => {
        const at = rows.findIndex((cells) => cells[0] === "measure:staff");
        rows.splice(at, 0, [...(rows[at] ?? [])]);
      },
      ["entry_twice", "S", "F25"],
    ],
  ])("%s", async (_, change, problem) => {
    expect(await edit(change)).toEqual([problem]);
  });

  test("the same form on two sheets, and a form on a hidden sheet", async () => {
    const { rows } = await sheetOf(await formOf("W-901"));
    const twice = [
      { name: "S1", rows },
      { name: "S2", rows },
    ];
    expect(await problemsOf(await workbookOf(twice))).toEqual([["form_twice", "S2", "A1"]]);
    const hidden = [
      { name: "S1", rows: [["x"]] },
      { name: "S2", rows, hidden: true },
    ];
    expect(await problemsOf(await workbookOf(hidden))).toEqual([["hidden_form", "S2", "A1"]]);
  });
});

const SHEET = { name: "S", rows: [["x"]] };

describe("a file that is no form", () => {
  test.each<[string, () => Promise<Uint8Array>, string]>([
    ["another workbook", () => workbookOf([{ name: "S", rows: [["Tổng", 1]] }]), "no_form"],
    [
      "a workbook with a password",
      () => writeXlsx({ sheets: [SHEET], encryption: { password: "x", spinCount: 1 } }),
      "password_protected",
    ],
    ["half an .xls", async () => Buffer.from("d0cf11e0a1b11ae10000", "hex"), "damaged_workbook"],
    ["half a workbook", async () => (await formOf("W-901")).subarray(0, 3000), "damaged_workbook"],
    ["no zip archive", async () => Buffer.from("unit,period\n"), "not_a_workbook"],
  ])("%s", async (_, bytes, code) => {
    expect(await problemsOf(await bytes())).toEqual([[code]]);
  });

  test.each([
    [Buffer.from("PK\u0003\u0004rest", "latin1"), true],
    [Buffer.from("d0cf11e0a1b11ae1", "hex"), true],
    [Buffer.from("PK"), false],
    [Buffer.from("plan,unit"), false],
    [Buffer.alloc(0), false],
  ])("%s looks like a workbook: %s", (head, expected) => {
    expect(looksLikeWorkbook(head)).toBe(expected);
  });
});
