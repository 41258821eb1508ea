import { expect, test } from "vitest";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import { guardWorkbook } from "../../pipelines/readers/workbook-guard.ts";
import { formOf } from "./form-given.ts";
import { type ZipEntry, zipFile, zipOf } from "./zip-given.ts";

const ODS = "application/vnd.oasis.opendocument.spreadsheet";
type Parts = Readonly<Record<string, string | Uint8Array>>;
const ods = (more: Parts = {}, type = ODS): Buffer =>
  zipOf({ mimetype: type, "content.xml": "<x/>", ...more });
const TYPES = { "[Content_Types].xml": "<Types/>" };
const xlsx = (more: Parts): Buffer => zipOf({ ...TYPES, ...more });
const SHEET = "xl/worksheets/sheet1.xml";
const sheetOf = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
const withRows = (rows: string): Buffer => xlsx({ [SHEET]: sheetOf(rows) });
/** A workbook's first part, with something else of it than its content. */
const typesEntry = (more: Partial<ZipEntry>): ZipEntry => ({
  ...{ name: "[Content_Types].xml", content: "<Types/>" },
  ...more,
});
const megabytes = (number: number): Buffer => Buffer.alloc(number * 1024 * 1024, 32);
const DOCTYPE = '<!DOCTYPE x [<!ENTITY a "b">]><x/>';

function codeOf(bytes: Uint8Array): string | undefined {
  const guarded = guardWorkbook(bytes);
  return "code" in guarded ? guarded.code : undefined;
}

test.each<[string, Buffer, string | undefined]>([
  ["a plain archive", withRows('<row r="1"><c r="A1"/></row>'), undefined],
  ["more bytes than a form ever has", Buffer.alloc(21 * 1024 * 1024), "file_too_large"],
  ["an archive that inflates to 80 MB", xlsx({ "xl/a.xml": megabytes(80) }), "file_too_large"],
  ["a document type", xlsx({ "xl/workbook.xml": DOCTYPE }), "unsafe_workbook"],
  ["a part twice", zipFile([typesEntry({}), typesEntry({})]), "unsafe_workbook"],
  ["a part that is not what was packed", zipFile([typesEntry({ crc: 1 })]), "damaged_workbook"],
  [
    "a part with a password",
    zipFile([typesEntry({}), { name: SHEET, content: sheetOf(""), flags: 1 }]),
    "password_protected",
  ],
  ["an OpenDocument sheet", ods(), undefined],
  ["an OpenDocument text", ods({}, ODS.replace("spreadsheet", "text")), "other_kind_of_file"],
  [
    "an OpenDocument sheet with a password",
    ods({ "META-INF/manifest.xml": "<m><manifest:encryption-data/></m>" }),
    "password_protected",
  ],
  [
    "an OpenDocument sheet that inflates to 80 MB",
    ods({ "Pictures/a.png": megabytes(80) }),
    "file_too_large",
  ],
  [
    "an OpenDocument sheet of more than a form has",
    ods({ "content.xml": megabytes(17) }),
    "file_too_large",
  ],
  // six of a hundred kilobytes made others wait for 79 s
  [
    "more shared texts than a form ever has",
    xlsx({ "xl/sharedStrings.xml": "<si><t>a</t></si>".repeat(150_001) }),
    "file_too_large",
  ],
  [
    "more text than a form ever has, where no cell is",
    xlsx({ "docProps/app.xml": `<a>${"chị Mai ".repeat(125_001)}</a>` }),
    "file_too_large",
  ],
  ["an OpenDocument sheet with a document type", ods({ "styles.xml": DOCTYPE }), "unsafe_workbook"],
  [
    "two cells that have become one",
    withRows('<row r="1"><c r="A1" t="n"r="C1"><v>5</v></c></row>'),
    "damaged_workbook",
  ],
  [
    "a cell with two places",
    withRows('<row r="1"><c r="A1" r="C1"><v>5</v></c></row>'),
    "damaged_workbook",
  ],
  [
    "far cells on many sheets",
    xlsx(
      Object.fromEntries(
        Array.from({ length: 40 }, (_, index) => [
          `xl/worksheets/sheet${index}.xml`,
          sheetOf('<row r="60000"><c r="A60000"><v>1</v></c></row>'),
        ]),
      ),
    ),
    "sheet_too_large",
  ],
  [
    "a cell at the far end",
    withRows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "sheet_too_large",
  ],
  [
    "a far cell without a reference of its own",
    withRows(`<row r="1048576">${"<c/>".repeat(9)}</row>`),
    "sheet_too_large",
  ],
  [
    "a far cell behind a bracket in an attribute",
    withRows(`<row x=">" r='1048576'>${"<c/>".repeat(9)}</row>`),
    "sheet_too_large",
  ],
  ["a far row without cells", withRows('<row r="1048576" ht="12"/>'), undefined],
  ["a format across a whole row", withRows('<row r="60"><c r="XFD60" s="1"/></row>'), undefined],
  ["a directory that points nowhere", xlsx({}).fill(0xee, 0, 4), "not_a_workbook"],
])("%s", (_, bytes, code) => {
  expect(codeOf(bytes)).toBe(code);
});

test("a form cut or altered at any place is refused or read, never thrown", async () => {
  const whole = Buffer.from(await formOf("W-901"));
  for (let at = 7; at < whole.length; at += 97) {
    const altered = Buffer.from(whole);
    altered[at] = (altered[at] ?? 0) ^ 0xff;
    await expect(readForm(altered, "f.xlsx")).resolves.toHaveProperty("ok");
    await expect(readForm(whole.subarray(0, at), "f.xlsx")).resolves.toHaveProperty("ok", false);
  }
});
