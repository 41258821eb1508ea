import { crc32, deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { guardWorkbook } from "../../pipelines/intake/form-guard.ts";
import { readForm } from "../../pipelines/intake/form-reader.ts";
import { formOf } from "./form-given.ts";

interface Part {
  readonly name: string;
  readonly content: string | Buffer;
  readonly flags?: number;
  /** In place of the right one. */
  readonly crc?: number;
}

/** A zip archive with just what a directory needs. */
function zipOf(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, flags = 0, crc } of parts) {
    const packed = deflateRawSync(Buffer.from(content));
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(crc ?? crc32(content), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(offset, 42);
    bodies.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

const ODS = "application/vnd.oasis.opendocument.spreadsheet";
const ods = (more: readonly Part[] = [], type = ODS): Buffer =>
  zipOf([{ name: "mimetype", content: type }, { name: "content.xml", content: "<x/>" }, ...more]);
const TYPES: Part = { name: "[Content_Types].xml", content: "<Types/>" };
const sheet = (rows: string): Part => ({
  name: "xl/worksheets/sheet1.xml",
  content: `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
});

function codeOf(bytes: Uint8Array): string | undefined {
  const guarded = guardWorkbook(bytes);
  return "code" in guarded ? guarded.code : undefined;
}

test.each<[string, Buffer, string | undefined]>([
  ["a plain archive", zipOf([TYPES, sheet('<row r="1"><c r="A1"/></row>')]), undefined],
  ["more bytes than a form ever has", Buffer.alloc(21 * 1024 * 1024), "file_too_large"],
  [
    "an archive that inflates to 80 MB",
    zipOf([TYPES, { name: "xl/a.xml", content: Buffer.alloc(80 * 1024 * 1024, 32) }]),
    "file_too_large",
  ],
  [
    "a document type",
    zipOf([TYPES, { name: "xl/workbook.xml", content: '<!DOCTYPE x [<!ENTITY a "b">]><x/>' }]),
    "unsafe_workbook",
  ],
  ["a part twice", zipOf([TYPES, TYPES]), "unsafe_workbook"],
  ["a part that is not what was packed", zipOf([{ ...TYPES, crc: 1 }]), "damaged_workbook"],
  ["a part with a password", zipOf([TYPES, { ...sheet(""), flags: 1 }]), "password_protected"],
  ["an OpenDocument sheet", ods(), undefined],
  ["an OpenDocument text", ods([], ODS.replace("spreadsheet", "text")), "not_a_workbook"],
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
    "an OpenDocument sheet with a document type",
    ods([{ name: "styles.xml", content: '<!DOCTYPE x [<!ENTITY a "b">]><x/>' }]),
    "unsafe_workbook",
  ],
  [
    "far cells on many sheets",
    zipOf([
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
    zipOf([TYPES, sheet('<row r="1048576"><c r="XFD1048576"/></row>')]),
    "sheet_too_large",
  ],
  [
    "a far cell without a reference of its own",
    zipOf([TYPES, sheet(`<row r="1048576">${"<c/>".repeat(9)}</row>`)]),
    "sheet_too_large",
  ],
  [
    "a far cell behind a bracket in an attribute",
    zipOf([TYPES, sheet(`<row x=">" r='1048576'>${"<c/>".repeat(9)}</row>`)]),
    "sheet_too_large",
  ],
  ["a far row without cells", zipOf([TYPES, sheet('<row r="1048576" ht="12"/>')]), undefined],
  [
    "a format across a whole row",
    zipOf([TYPES, sheet('<row r="60"><c r="XFD60" s="1"/></row>')]),
    undefined,
  ],
  ["a directory that points nowhere", zipOf([TYPES]).fill(0xee, 0, 4), "not_a_workbook"],
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
