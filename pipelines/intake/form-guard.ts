import { inflateRawSync } from "node:zlib";
import type { Wording } from "./form-wording.ts";
import * as wording from "./form-wording.ts";

/** Why a file is not given to the spreadsheet reader. */
export interface Refusal extends Wording {
  readonly code: string;
}

const MEGABYTE = 1024 * 1024;
const MOST_BYTES = 20 * MEGABYTE;
const MOST_INFLATED_BYTES = 64 * MEGABYTE;
const MOST_PARTS = 2000;
const MOST_CELLS = 200_000;
/** Rows times columns of a sheet: what the reader lays out in memory. */
const MOST_PLACES = 2_000_000;

const OLE_SIGNATURE = Buffer.from("d0cf11e0a1b11ae1", "hex");
const ENCRYPTED_PACKAGE = Buffer.from("EncryptedPackage", "utf16le");
const ZIP_SIGNATURE = Buffer.from("PK\u0003\u0004", "latin1");
const END_SIGNATURE = Buffer.from("PK\u0005\u0006", "latin1");
const DIRECTORY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const SENTINEL_16 = 0xffff;
const SENTINEL_32 = 0xffffffff;

const DAMAGED: Refusal = { code: "damaged_workbook", ...wording.DAMAGED };
const UNSAFE: Refusal = { code: "unsafe_workbook", ...wording.UNSAFE };
const TOO_WIDE: Refusal = { code: "sheet_too_large", ...wording.TOO_WIDE };
const PASSWORD: Refusal = { code: "password_protected", ...wording.PASSWORD };
const OTHER_FORMAT: Refusal = { code: "not_a_workbook", ...wording.OTHER_FORMAT };

/**
 * Whether bytes begin as a zip archive, as every .xlsx does, or as the container of old and of
 * password-protected workbooks, which `readForm` refuses with words of their own.
 */
export function looksLikeWorkbook(bytes: Uint8Array): boolean {
  return startsWith(bytes, ZIP_SIGNATURE) || startsWith(bytes, OLE_SIGNATURE);
}

/**
 * Looks at a received file before any spreadsheet reader touches it: a workbook that would inflate
 * beyond measure, carries a document type or lays out a huge sheet is refused here.
 * @returns why it is refused, or null where it may be read.
 */
export function guardWorkbook(bytes: Uint8Array): Refusal | null {
  if (bytes.length > MOST_BYTES) {
    return { code: "file_too_large", ...wording.TOO_LARGE(MOST_BYTES / MEGABYTE) };
  }
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, OLE_SIGNATURE)) {
    return file.includes(ENCRYPTED_PACKAGE)
      ? PASSWORD
      : { code: "old_workbook", ...wording.OLD_FORMAT };
  }
  if (!startsWith(bytes, ZIP_SIGNATURE)) return OTHER_FORMAT;
  const parts = partsOf(file);
  if (!Array.isArray(parts)) return parts;
  const names = new Set(parts.map(({ name }) => name));
  if (names.size < parts.length) return UNSAFE;
  if (!names.has("[Content_Types].xml") || names.has("xl/workbook.bin")) return OTHER_FORMAT;
  let room = MOST_INFLATED_BYTES;
  for (const part of parts) {
    const content = inflate(file, part, room);
    if ("code" in content) return content;
    room -= content.length;
    if (!/\.(xml|rels|vml)$/i.test(part.name)) continue;
    const text = content.toString("latin1");
    if (/<!(DOCTYPE|ENTITY)/i.test(text)) return UNSAFE;
    if (/:?sheetData\b/.test(text) && !isSane(text)) return TOO_WIDE;
  }
  return null;
}

function startsWith(bytes: Uint8Array, signature: Buffer): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

interface Part {
  readonly name: string;
  readonly method: number;
  readonly start: number;
  readonly size: number;
}

/** Reads the archive's directory. Its entries are looked up where the directory says they are. */
function partsOf(file: Buffer): Part[] | Refusal {
  const end = file.lastIndexOf(END_SIGNATURE);
  if (end < 0 || end + 22 > file.length) return DAMAGED;
  const count = file.readUInt16LE(end + 10);
  let at = file.readUInt32LE(end + 16);
  if (count === SENTINEL_16 || at === SENTINEL_32 || count > MOST_PARTS) return UNSAFE;
  const parts: Part[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== DIRECTORY_SIGNATURE) return DAMAGED;
    if ((file.readUInt16LE(at + 8) & 1) === 1) return PASSWORD;
    const nameLength = file.readUInt16LE(at + 28);
    const size = file.readUInt32LE(at + 20);
    const local = file.readUInt32LE(at + 42);
    if (size === SENTINEL_32 || local === SENTINEL_32) return UNSAFE;
    if (local + 30 > file.length || file.readUInt32LE(local) !== LOCAL_SIGNATURE) return DAMAGED;
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    if (start + size > file.length) return DAMAGED;
    const name = file.toString("utf8", at + 46, at + 46 + nameLength);
    parts.push({ name, method: file.readUInt16LE(at + 10), start, size });
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return parts;
}

function inflate(file: Buffer, part: Part, room: number): Buffer | Refusal {
  const packed = file.subarray(part.start, part.start + part.size);
  const tooLarge = {
    code: "file_too_large",
    ...wording.TOO_LARGE(MOST_INFLATED_BYTES / MEGABYTE),
  };
  if (part.method === 0) return packed.length > room ? tooLarge : packed;
  if (part.method !== 8) return DAMAGED;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, room) });
  } catch (error) {
    return error instanceof RangeError ? tooLarge : DAMAGED;
  }
}

/** Attributes end at the next `<` at the latest, so that no text makes this look further and further. */
const ROW_OR_CELL = /<(?:\w+:)?(row|c)((?:[\s/](?:[^<>"']|"[^"<]*"|'[^'<]*')*)?)>/g;
const REFERENCE = /\sr\s*=\s*["']([A-Za-z]{0,4})(\d{1,8})["']/;

/** Whether the cells of a sheet lie within bounds that a reader can lay out. */
function isSane(sheet: string): boolean {
  let row = 0;
  let column = 0;
  let cells = 0;
  let lastRow = 0;
  let lastColumn = 0;
  for (const [, element, attributes = ""] of sheet.matchAll(ROW_OR_CELL)) {
    const reference = REFERENCE.exec(attributes);
    if (element === "row") {
      row = reference === null ? row + 1 : Number(reference[2]);
      column = 0;
      continue;
    }
    cells += 1;
    column = reference === null ? column + 1 : columnNumber(reference[1] ?? "");
    if (reference !== null) row = Number(reference[2]);
    lastRow = Math.max(lastRow, row);
    lastColumn = Math.max(lastColumn, column);
    if (cells > MOST_CELLS || lastRow * lastColumn > MOST_PLACES) return false;
  }
  return true;
}

/** 28 for `AB`. */
function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}
