import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, unzipSync, zipSync } from "fflate";
import { writeXlsx } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import { fillTemplate } from "../../pipelines/exports/template.ts";
import { valueOfMark } from "../../pipelines/exports/template-mark.ts";
import { PROVISIONAL } from "../../pipelines/vocabulary/status.ts";
import { givenReport } from "./given.ts";

const REPORT = givenReport();

test.each([
  ["3.2b", { figure: "29.1000" }],
  ["3.2b.tu_so", { figure: "55.0000" }],
  ["3.2b.mau_so", { figure: "189.0000" }],
  ["3.2b.danh_gia", { text: `Đúng tiến độ (${PROVISIONAL})` }],
  ["1.3a@05977", { figure: "6.0000" }],
  ["3.1", { text: "(*)" }],
  ["ky", { text: "Quý II năm 2024" }],
  ["den_ngay", { text: "14/6/2024" }],
  [
    "thuc_hien",
    { text: "Kế hoạch số 76/KH-UBND ngày 29/3/2024 của Ủy ban nhân dân tỉnh Lạng Sơn" },
  ],
  ["9.9", null],
  ["3.2b.khac", null],
  ["3.2b@99999", null],
  ["3", null],
])("the mark %j stands for %j", (mark, value) => {
  expect(valueOfMark(REPORT, mark)).toEqual(value);
});

async function workbook(cells: Readonly<Record<string, unknown>>): Promise<Uint8Array> {
  return writeXlsx({
    sheets: [
      {
        name: "Biểu & 1",
        rows: [],
        cells: new Map(
          Object.entries(cells).map(([at, value]) => [
            at,
            { value, style: { numFmt: "0.00", font: { bold: true } } },
          ]),
        ) as never,
      },
    ],
  });
}

const partOf = (bytes: Uint8Array, name: string) =>
  Buffer.from(unzipSync(bytes)[name] ?? []).toString("utf8");
const cellOf = (bytes: Uint8Array, at: string) =>
  new RegExp(`<c r="${at}"[^>]*?(?:/>|>[\\s\\S]*?</c>)`).exec(
    partOf(bytes, "xl/worksheets/sheet1.xml"),
  )?.[0] ?? "";

describe("a workbook", () => {
  test("has numbers where a cell is a mark, texts where it says more, and keeps its formats", async () => {
    const template = await workbook({
      "0,0": "{{ 3.2b }}",
      "1,0": "Kỳ: {{ky}}; <{{3.1}}>",
      "2,0": "{{3.2b.danh_gia}}",
      "3,0": "no mark",
      "4,0": 7,
    });
    const { bytes, filled, unknown } = fillTemplate(REPORT, "t.xlsx", template);
    expect([filled, unknown]).toEqual([4, []]);
    const style = / s="\d+"/.exec(cellOf(template, "A1"))?.[0] ?? "none";
    expect(cellOf(bytes, "A1")).toBe(`<c r="A1"${style}><v>29.1</v></c>`);
    expect(cellOf(bytes, "A2")).toContain(">Kỳ: Quý II năm 2024; &lt;(*)&gt;</t>");
    expect(cellOf(bytes, "A2")).toContain(style);
    expect(cellOf(bytes, "A3")).toContain(`>Đúng tiến độ (${PROVISIONAL})</t>`);
    expect(cellOf(bytes, "A4")).toBe(cellOf(template, "A4"));
    expect(cellOf(bytes, "A5")).toBe(cellOf(template, "A5"));
    expect(partOf(bytes, "xl/styles.xml")).toBe(partOf(template, "xl/styles.xml"));
    expect(partOf(bytes, "xl/workbook.xml")).toContain('fullCalcOnLoad="1"');
  });

  test("names what it does not know, with its place, and leaves it there", async () => {
    const template = await workbook({ "0,0": "{{9.9}}", "1,1": "a {{3.2b}} b {{ky_sau}}" });
    const { bytes, filled, unknown } = fillTemplate(REPORT, "t.xlsx", template);
    expect([filled, unknown]).toEqual([1, ["{{9.9}} (Biểu & 1, A1)", "{{ky_sau}} (Biểu & 1, B2)"]]);
    expect(cellOf(bytes, "A1")).toBe(cellOf(template, "A1"));
    expect(cellOf(bytes, "B2")).toContain(">a 29,1 b {{ky_sau}}</t>");
  });
});

function word(body: string): Uint8Array {
  const text = `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`;
  return zipSync({ "[Content_Types].xml": strToU8("<a/>"), "word/document.xml": strToU8(text) });
}

describe("a Word document", () => {
  test("is filled also where Word tore a mark over its runs, each run in its format", () => {
    const { bytes, filled, unknown } = fillTemplate(
      REPORT,
      "t.docx",
      word(
        '<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Đạt {</w:t></w:r><w:r><w:t>{3.</w:t></w:r><w:r><w:t>2b}}% &amp; {{x}}</w:t></w:r></w:p><w:p w:id="1"><w:r><w:t>{{ky}}</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>a</w:t></w:r></w:p>',
      ),
    );
    expect([filled, unknown]).toEqual([2, ["{{x}} (document, đoạn 1)"]]);
    const t = (text: string) => `<w:t xml:space="preserve">${text}</w:t>`;
    expect(partOf(bytes, "word/document.xml")).toContain(
      `<w:p><w:r><w:rPr><w:b/></w:rPr>${t("Đạt 29,1")}</w:r><w:r>${t("")}</w:r><w:r>${t("% &amp; {{x}}")}</w:r></w:p><w:p w:id="1"><w:r>${t("Quý II năm 2024")}</w:r></w:p><w:p/><w:p><w:r><w:t>a</w:t></w:r></w:p>`,
    );
  });
});

test.each([
  [
    "t.xlsx",
    Buffer.from("no archive"),
    /Không điền được t\.xlsx: không phải tệp \.xlsx hay \.docx/,
  ],
  ["t.zip", zipSync({ a: strToU8("a") }), /Không điền được t\.zip: không phải tệp/],
  ["t.docx", word("<w:p><w:r><w:t>a</w:t></w:r></w:p>"), /không có dấu nào như/],
])("%s is refused", (name, bytes, says) => {
  expect(() => fillTemplate(REPORT, name, bytes)).toThrow(says);
});

test("the example, a table for the report on plan 76, has marks that all are known", () => {
  const example = readFileSync(
    join(import.meta.dirname, "../../docs/mau/bieu-01-ke-hoach-76.xlsx"),
  );
  const { unknown, filled } = fillTemplate(
    givenReport({ audience: "superior" }),
    "a.xlsx",
    example,
  );
  expect([unknown, filled]).toEqual([[], 18]);
});
