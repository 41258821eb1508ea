import { expect, test } from "vitest";
import { readOdsContent } from "../../pipelines/readers/ods-reader.ts";
import type { FormSheet } from "../../pipelines/readers/sheet-content.ts";

function tableOf(rows: string, before = ""): FormSheet | undefined {
  const table = `<table:table table:name="T" table:style-name="ta1">${rows}</table:table>`;
  const content = `<?xml version="1.0"?><office:document-content>${before}<office:body><office:spreadsheet>${table}</office:spreadsheet></office:body></office:document-content>`;
  return readOdsContent(Buffer.from(content))[0];
}

const row = (cells: string, attributes = ""): string =>
  `<table:table-row${attributes}>${cells}</table:table-row>`;

test.each<[string, string, unknown]>([
  [
    "a number",
    '<table:table-cell office:value-type="float" office:value="1120"><text:p>1.120</text:p></table:table-cell>',
    1120,
  ],
  [
    "a text",
    '<table:table-cell office:value-type="string"><text:p>Có</text:p></table:table-cell>',
    "Có",
  ],
  [
    "a text in pieces",
    '<table:table-cell office:value-type="string"><text:p>Không<text:s/>phát <text:span text:style-name="a">sinh</text:span></text:p></table:table-cell>',
    "Không phát sinh",
  ],
  [
    "a text on two lines",
    '<table:table-cell office:value-type="string"><text:p>a</text:p><text:p>b</text:p></table:table-cell>',
    "a\nb",
  ],
  [
    "signs written as entities",
    '<table:table-cell office:value-type="string"><text:p>&lt;&#225;&amp;&#xE0;&gt;</text:p></table:table-cell>',
    "<á&à>",
  ],
  [
    "text that is to be taken letter by letter",
    '<table:table-cell office:value-type="string"><text:p><![CDATA[a & <b> &amp;]]></text:p></table:table-cell>',
    "a & <b> &amp;",
  ],
  [
    "a comment beside the text",
    '<table:table-cell office:value-type="string"><office:annotation><text:p>999</text:p></office:annotation><text:p>5</text:p></table:table-cell>',
    "5",
  ],
  [
    "only a comment",
    "<table:table-cell><office:annotation><text:p>999</text:p></office:annotation></table:table-cell>",
    undefined,
  ],
  [
    "a tick",
    '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>',
    true,
  ],
  [
    "a date",
    '<table:table-cell office:value-type="date" office:date-value="2024-06-05"><text:p>05/06/24</text:p></table:table-cell>',
    new Date("2024-06-05T00:00:00Z"),
  ],
  [
    "a number that is none",
    '<table:table-cell office:value-type="float" office:value="1e999"/>',
    "1e999",
  ],
])("%s", (_, cell, value) => {
  expect(tableOf(row(cell))?.rows[0]?.[0]).toEqual(value);
});

test("an error and a percentage are marked, a formula that was never reckoned is not blank", () => {
  const sheet = tableOf(
    row(
      '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>' +
        '<table:table-cell office:value-type="percentage" office:value="0.25"><text:p>25%</text:p></table:table-cell>' +
        '<table:table-cell table:formula="of:=[.A1]"/>',
    ),
  );
  expect(sheet?.rows).toEqual([["#DIV/0!", 0.25, null]]);
  expect([...(sheet?.marks ?? [])]).toEqual([
    ["0,0", { isError: true, isFormula: true }],
    ["0,1", { isPercentage: true }],
    ["0,2", { isFormula: true, formula: "of:=[.A1]" }],
  ]);
});

test("comments and drawings lie over their cells", () => {
  const note =
    "<office:annotation><dc:creator>An</dc:creator><text:p>Sửa lại:</text:p><text:p>45</text:p></office:annotation>";
  const box = "<draw:frame><draw:text-box><text:p>60</text:p></draw:text-box></draw:frame>";
  const cells = `<table:table-cell/><table:table-cell>${note}</table:table-cell>`;
  const shapes = `<table:shapes>${box}</table:shapes>`;
  const sheet = tableOf(shapes + row(cells) + row(`<table:table-cell>${box}</table:table-cell>`));
  expect(sheet?.rows).toEqual([]);
  expect(sheet?.over).toEqual([
    { row: 0, column: 0, text: "60" },
    { row: 0, column: 1, text: "Sửa lại:\n45" },
    { row: 1, column: 0, text: "60" },
  ]);
});

const FIVE = '<table:table-cell office:value-type="float" office:value="5"/>';

test("rows and cells that stand for many, covered cells and rows in groups are all counted", () => {
  const sheet = tableOf(
    `<table:table-header-rows>${row(FIVE)}</table:table-header-rows>` +
      row("<table:table-cell/>", ' table:number-rows-repeated="3"') +
      `<table:table-row-group>${row(`<table:covered-table-cell table:number-columns-repeated="2"/>${FIVE}`, ' table:number-rows-repeated="2"')}</table:table-row-group>` +
      row(
        '<table:table-cell table:number-columns-repeated="16384"/>',
        ' table:number-rows-repeated="1048570"',
      ),
  );
  expect(sheet?.rows).toEqual([[5], [], [], [], [null, null, 5], [null, null, 5]]);
});

test.each([
  ["cells without end", row(FIVE.replace("/>", ' table:number-columns-repeated="900000000"/>'))],
  ["rows without end", row(FIVE, ' table:number-rows-repeated="900000000"')],
  [
    "a cell at the far end",
    row("<table:table-cell/>", ' table:number-rows-repeated="1048575"') +
      row(`<table:table-cell table:number-columns-repeated="16383"/>${FIVE}`),
  ],
])("%s are more than a form has", (_, rows) => {
  expect(() => tableOf(rows)).toThrow("more cells than a form has");
});

test.each([
  ["rows", row("<table:table-cell/>").repeat(200_000), "more pieces than a form has"],
  [
    "letters in a cell",
    row(`<table:table-cell><text:p>${"a".repeat(40_000)}</text:p></table:table-cell>`),
    "a longer text than a cell may hold",
  ],
  [
    "spaces in a cell",
    row(`<table:table-cell><text:p>${"<text:s/>".repeat(40_000)}</text:p></table:table-cell>`),
    "a longer text than a cell may hold",
  ],
])("too many %s", (_, rows, message) => {
  expect(() => tableOf(rows)).toThrow(message);
});

test("a sheet that keeps another file's cells is none of this one", () => {
  expect(tableOf(`<table:table-source xlink:href="file:///a.ods"/>${row(FIVE)}`)).toBeUndefined();
});

test("what is no XML is said to be none", () => {
  expect(() => tableOf("<a <b>")).toThrow(SyntaxError);
});
