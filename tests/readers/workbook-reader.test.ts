import { expect, test } from "vitest";
import { readWorkbook } from "../../pipelines/readers/workbook-reader.ts";
import { zipOf } from "./zip-given.ts";

const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const LOOSE = [
  "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
  "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
] as const;
const STRICT = [
  "http://purl.oclc.org/ooxml/spreadsheetml/main",
  "http://purl.oclc.org/ooxml/officeDocument/relationships",
] as const;

/** A workbook with its texts in the cells and no styles, as programs write it that are not Excel. */
function xlsxOf(
  prefix: string,
  [main, relations]: readonly [string, string],
  isPlaced = true,
): Buffer {
  const x = prefix === "" ? "" : `${prefix}:`;
  const space = prefix === "" ? `xmlns="${main}"` : `xmlns:${prefix}="${main}"`;
  const inPrefix = (xml: string): string => xml.replaceAll(/<(\/?)(?=\w)/g, `<$1${x}`);
  const sheet = `<sheetData>
    <row r="1">
      <c r="A1" t="inlineStr"><is><t>Có &amp; không</t></is></c><c r="B1"><v>1.120E3</v></c>
      <c r="C1" t="str"><f>"a"</f><v>a</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>
      <c r="E1" t="inlineStr"><is><r><t>Hai</t></r><r><t> phần</t></r></is></c>
    </row>
    <row r="2"><c r="A2"><v>7</v></c></row>
  </sheetData>`;
  const placed = isPlaced ? sheet : sheet.replaceAll(/ r="\w+"/g, "");
  return zipOf({
    "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="a" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<${x}workbook ${space} xmlns:r="${relations}">${inPrefix('<sheets><sheet name="S" sheetId="1" r:id="b"/></sheets>')}</${x}workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="b" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": `<${x}worksheet ${space}>${inPrefix(placed)}</${x}worksheet>`,
  });
}

test.each([
  ["as most write it", xlsxOf("", LOOSE)],
  ["with a prefix before every element", xlsxOf("x", LOOSE)],
  ["after the strict standard", xlsxOf("", STRICT)],
  ["that leaves out where its cells stand", xlsxOf("", LOOSE, false)],
])("a workbook of another program, %s", async (_, bytes) => {
  const read = await readWorkbook(bytes);
  if ("code" in read) throw new Error(read.code);
  const [sheet] = read.sheets;
  expect(sheet?.rows[0]).toEqual(["Có & không", 1120, "a", "#DIV/0!", "Hai phần"]);
  expect(sheet?.rows[1]?.[0]).toBe(7);
  expect(sheet?.marks.get("0,2")?.isFormula).toBe(true);
  expect(sheet?.marks.get("0,3")?.isError).toBe(true);
});
