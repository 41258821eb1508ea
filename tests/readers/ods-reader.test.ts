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

const p = (text: string): string => `<text:p>${text}</text:p>`;
const cellOf = (attributes: string, inner = ""): string =>
  `<table:table-cell ${attributes}>${inner}</table:table-cell>`;
/** A cell of a type, with what it holds by its attributes and what is shown. */
const typed = (type: string, held: string, inner = ""): string =>
  cellOf(`office:value-type="${type}" ${held}`, inner);
const text = (...inner: readonly string[]): string => typed("string", "", inner.join(""));
const NOTE = `<office:annotation>${p("999")}</office:annotation>`;

test.each<[string, string, unknown]>([
  ["a number", typed("float", 'office:value="1120"', p("1.120")), 1120],
  ["a text", text(p("Có")), "Có"],
  [
    "a text in pieces",
    text(p('Không<text:s/>phát <text:span text:style-name="a">sinh</text:span>')),
    "Không phát sinh",
  ],
  ["a text on two lines", text(p("a"), p("b")), "a\nb"],
  ["signs written as entities", text(p("&lt;&#225;&amp;&#xE0;&gt;")), "<á&à>"],
  ["text taken letter by letter", text(p("<![CDATA[a & <b> &amp;]]>")), "a & <b> &amp;"],
  ["a comment beside the text", text(NOTE, p("5")), "5"],
  ["only a comment", `<table:table-cell>${NOTE}</table:table-cell>`, undefined],
  ["a tick", typed("boolean", 'office:boolean-value="true"', p("TRUE")), true],
  [
    "a date",
    typed("date", 'office:date-value="2024-06-05"', p("05/06/24")),
    new Date("2024-06-05T00:00:00Z"),
  ],
  ["a number that is none", typed("float", 'office:value="1e999"'), "1e999"],
])("%s", (_, cell, value) => {
  expect(tableOf(row(cell))?.rows[0]?.[0]).toEqual(value);
});

test("an error and a percentage are marked, a formula that was never reckoned is not blank", () => {
  const error = 'table:formula="of:=1/0" office:string-value="" calcext:value-type="error"';
  const cells = [
    typed("string", error, p("#DIV/0!")),
    typed("percentage", 'office:value="0.25"', p("25%")),
    // as LibreOffice writes 60 of the format [>10]#%;0
    typed("float", 'office:value="60"', p("6000%")),
    typed("percentage", 'office:value="60"', p("60")),
    cellOf('table:formula="of:=[.A1]"'),
  ];
  const sheet = tableOf(row(cells.join("")));
  expect(sheet?.rows).toEqual([["#DIV/0!", 0.25, 60, 60, null]]);
  expect([...(sheet?.marks ?? [])]).toEqual([
    ["0,0", { isError: true, isFormula: true }],
    ["0,1", { isPercentage: true }],
    ["0,2", { isPercentage: true }],
    ["0,4", { isFormula: true, formula: "of:=[.A1]" }],
  ]);
});

test.each([
  ["none", false],
  ["0.000cm none #c7c7c7", false],
  ["0.06pt hidden #000000", false],
  ["0.06pt solid #000000", true],
])("a line from corner to corner: %s", (line, isStruck) => {
  const cell = `<style:table-cell-properties style:diagonal-bl-tr="${line}"/>`;
  const style = `<style:style style:name="a">${cell}</style:style>`;
  const five = cellOf('office:value-type="float" office:value="5" table:style-name="a"');
  const { marks } = tableOf(row(five), style) ?? { marks: new Map() };
  expect(marks.get("0,0")?.isStruck === true).toBe(isStruck);
});

test("comments and drawings lie over their cells", () => {
  const comment = `<dc:creator>An</dc:creator>${p("Sửa lại:")}${p("45")}`;
  const note = `<office:annotation>${comment}</office:annotation>`;
  const box = `<draw:frame><draw:text-box>${p("60")}</draw:text-box></draw:frame>`;
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
const EMPTY = "<table:table-cell/>";
const rowTimes = (times: number): string => ` table:number-rows-repeated="${times}"`;
const columnTimes = (times: number): string => `table:number-columns-repeated="${times}"`;

test("rows and cells that stand for many, covered cells and rows in groups are all counted", () => {
  const covered = `<table:covered-table-cell ${columnTimes(2)}/>${FIVE}`;
  const sheet = tableOf(
    `<table:table-header-rows>${row(FIVE)}</table:table-header-rows>` +
      row(EMPTY, rowTimes(3)) +
      `<table:table-row-group>${row(covered, rowTimes(2))}</table:table-row-group>` +
      row(cellOf(columnTimes(16_384)), rowTimes(1_048_570)),
  );
  expect(sheet?.rows).toEqual([[5], [], [], [], [null, null, 5], [null, null, 5]]);
});

const MANY = "more cells than a form has";
const LONG = "a longer text than a cell may hold";

test.each([
  ["cells without end", row(FIVE.replace("/>", ` ${columnTimes(900_000_000)}/>`)), MANY],
  ["rows without end", row(FIVE, rowTimes(900_000_000)), MANY],
  [
    "a cell at the far end",
    row(EMPTY, rowTimes(1_048_575)) + row(`${cellOf(columnTimes(16_383))}${FIVE}`),
    MANY,
  ],
  ["rows", row(EMPTY).repeat(200_000), "more pieces than a form has"],
  ["letters in a cell", row(text(p("a".repeat(40_000)))), LONG],
  ["spaces in a cell", row(text(p("<text:s/>".repeat(40_000)))), LONG],
])("too many %s", (_, rows, message) => {
  expect(() => tableOf(rows)).toThrow(message);
});

test("a sheet that keeps another file's cells is none of this one", () => {
  expect(tableOf(`<table:table-source xlink:href="file:///a.ods"/>${row(FIVE)}`)).toBeUndefined();
});

test("what is no XML is said to be none", () => {
  expect(() => tableOf("<a <b>")).toThrow(SyntaxError);
});
