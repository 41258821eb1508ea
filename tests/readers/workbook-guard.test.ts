import { expect, test } from "vitest";
import { readForm } from "../../pipelines/readers/form-reader.ts";
import { guardWorkbook } from "../../pipelines/readers/workbook-guard.ts";
import { formOf } from "./form-given.ts";
import { type ZipEntry, zipFile } from "./zip-given.ts";

const ODS = "application/vnd.oasis.opendocument.spreadsheet";
const ods = (more: readonly ZipEntry[] = [], type = ODS): Buffer =>
  zipFile([{ name: "mimetype", content: type }, { name: "content.xml", content: "<x/>" }, ...more]);
const TYPES: ZipEntry = { name: "[Content_Types].xml", content: "<Types/>" };
const sheet = (rows: string): ZipEntry => ({
  name: "xl/worksheets/sheet1.xml",
  content: `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
});

function codeOf(bytes: Uint8Array): string | undefined {
  const guarded = guardWorkbook(bytes);
  return "code" in guarded ? guarded.code : undefined;
}

test.each<[string, Buffer, string | undefined]>([
  ["a plain archive", zipFile([TYPES, sheet('<row r="1"><c r="A1"/></row>')]), undefined],
  ["more bytes than a form ever has", Buffer.alloc(21 * 1024 * 1024), "file_too_large"],
  [
    "an archive that inflates to 80 MB",
    zipFile([TYPES, { name: "xl/a.xml", content: Buffer.alloc(80 * 1024 * 1024, 32) }]),
    "file_too_large",
  ],
  [
    "a document type",
    zipFile([TYPES, { name: "xl/workbook.xml", content: '<!DOCTYPE x [<!ENTITY a "b">]><x/>' }]),
    "unsafe_workbook",
  ],
  ["a part twice", zipFile([TYPES, TYPES]), "unsafe_workbook"],
  ["a part that is not what was packed", zipFile([{ ...TYPES, crc: 1 }]), "damaged_workbook"],
  ["a part with a password", zipFile([TYPES, { ...sheet(""), flags: 1 }]), "password_protected"],
  ["an OpenDocument sheet", ods(), undefined],
  ["an OpenDocument text", ods([], ODS.replace("spreadsheet", "text")), "other_kind_of_file"],
  [
    "an OpenDocument sheet with a password",
    ods([{ name: "META-INF/manifest.xml", content: "<m><manifest:encryption-data/></m>" }]),
    "password_protected",
  ],
  [
    "an OpenDocument sheet that inflates to 80 MB",
    ods([{ name: "Pictures/a.png", content: Buffer.alloc(80 * 1024 * 1024, 32) }]),
    "file_too_large",
  ],
  [
    "an OpenDocument sheet of more than a form has",
    zipFile([
      { name: "mimetype", content: ODS },
      { name: "content.xml", content: Buffer.alloc(17 * 1024 * 1024, 32) },
    ]),
    "file_too_large",
  ],
  // six of a hundred kilobytes made others wait for 79 s
  [
    "more shared texts than a form ever has",
    zipFile([
      TYPES,
      { name: "xl/sharedStrings.xml", content: "<si><t>a</t></si>".repeat(150_001) },
    ]),
    "file_too_large",
  ],
  [
    "more text than a form ever has, where no cell is",
    zipFile([TYPES, { name: "docProps/app.xml", content: `<a>${"chị Mai ".repeat(125_001)}</a>` }]),
    "file_too_large",
  ],
  [
    "an OpenDocument sheet with a document type",
    ods([{ name: "styles.xml", content: '<!DOCTYPE x [<!ENTITY a "b">]><x/>' }]),
    "unsafe_workbook",
  ],
  [
    "two cells that have become one",
    zipFile([TYPES, sheet('<row r="1"><c r="A1" t="n"r="C1"><v>5</v></c></row>')]),
    "damaged_workbook",
  ],
  [
    "a cell with two places",
    zipFile([TYPES, sheet('<row r="1"><c r="A1" r="C1"><v>5</v></c></row>')]),
    "damaged_workbook",
  ],
  [
    "far cells on many sheets",
    zipFile([
      TYPES,
      ...Array.from({ length: 40 }, (_, index) => ({
        ...sheet('<row r="60000"><c r="A60000"/></row>'),
        name: `xl/worksheets/sheet${index}.xml`,
      })),
    ]),
    "sheet_too_large",
  ],
  [
    "a cell at the far end",
    zipFile([TYPES, sheet('<row r="1048576"><c r="XFD1048576"/></row>')]),
    "sheet_too_large",
  ],
  [
    "a far cell without a reference of its own",
    zipFile([TYPES, sheet(`<row r="1048576">${"<c/>".repeat(9)}</row>`)]),
    "sheet_too_large",
  ],
  [
    "a far cell behind a bracket in an attribute",
    zipFile([TYPES, sheet(`<row x=">" r='1048576'>${"<c/>".repeat(9)}</row>`)]),
    "sheet_too_large",
  ],
  ["a far row without cells", zipFile([TYPES, sheet('<row r="1048576" ht="12"/>')]), undefined],
  [
    "a format across a whole row",
    zipFile([TYPES, sheet('<row r="60"><c r="XFD60" s="1"/></row>')]),
    undefined,
  ],
  ["a directory that points nowhere", zipFile([TYPES]).fill(0xee, 0, 4), "not_a_workbook"],
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
