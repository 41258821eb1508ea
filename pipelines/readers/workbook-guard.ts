import { columnOf } from "../workbook/cell-name.ts";
import { relationsOf } from "../workbook/package-parts.ts";
import { attributeOf, isWholeXml } from "../workbook/xml.ts";
import {
  inflateParts,
  MAX_INFLATED_BYTES,
  type Parts,
  type ZipFault,
  type ZipPart,
  zipEntries,
} from "../workbook/zip.ts";
import { HANDED_UP, kindOfArchive, kindOfOle, PACKAGE } from "./file-kind.ts";
import { OLE_SIGNATURE } from "./ole.ts";
import type { Wording } from "./reader-wording.ts";
import * as wording from "./reader-wording.ts";
import { WORKBOOK_BOUNDS } from "./reading-limits.ts";

/** Why a file is not read as a spreadsheet. */
export interface Refusal extends Wording {
  readonly code: string;
}

/** A workbook that may be read, unpacked. */
export type GuardedWorkbook =
  | { readonly format: "xlsx"; readonly parts: Parts }
  | { readonly format: "ods"; readonly parts: Parts; readonly content: Buffer }
  | { readonly format: "xls" };

const MEGABYTE = 1024 * 1024;
const MAX_BYTES = 20 * MEGABYTE;

/** Parts that hold programs: in .xlsx and .xlsm, in .ods. */
const PROGRAM_PART = /(^|\/)(vbaProject\.bin|macrosheets\/|activeX\/)|^(Basic|Scripts)\/./i;
/** Parts of other documents that are packed in the same way. */
const NO_XLSX = /^(?:xl\/workbook\.bin$|word\/|ppt\/)/;
/** Parts that are read as XML. */
const XML_PART = /\.(xml|rels|vml|rdf)$/i;
/** Parts from which cells are read. */
const SHEET_PART = /(^|\/)worksheets\/[^/]*\.xml$/i;
const CELL_TYPES = new Set(["n", "s", "str", "inlineStr", "b", "e", "d"]);
const STRINGS_PART = /(^|\/)sharedStrings\.xml$/i;
const TELLING_PART = /(^|\/)(workbook\.xml|sharedStrings\.xml|workbook\.xml\.rels)$/i;
const PROGRAM_STORAGE = Buffer.from("_VBA_PROJECT", "utf16le");
const ENCRYPTED_PACKAGE = Buffer.from("EncryptedPackage", "utf16le");
const ZIP_SIGNATURE = Buffer.from("PK\u0003\u0004", "latin1");
const ODS_TYPE = /^application\/vnd\.oasis\.opendocument\.spreadsheet(?:-template)?$/;

const DAMAGED: Refusal = { code: "damaged_workbook", ...wording.DAMAGED };
const UNSAFE: Refusal = { code: "unsafe_workbook", ...wording.UNSAFE };
export const TOO_WIDE: Refusal = { code: "sheet_too_large", ...wording.TOO_WIDE };
const PASSWORD: Refusal = { code: "password_protected", ...wording.PASSWORD };
const OTHER_FORMAT: Refusal = { code: "not_a_workbook", ...wording.OTHER_FORMAT };
const MACROS: Refusal = { code: "macros", ...wording.MACROS };
const OUTSIDE_LINK: Refusal = { code: "outside_link", ...wording.OUTSIDE_LINK };
const OLD: Refusal = { code: "old_workbook", ...wording.OLD_FORMAT };
/** Of what is too large to be looked through, and therefore not kept either. */
export const FILE_TOO_LARGE = "file_too_large";
const INFLATES: Refusal = {
  code: FILE_TOO_LARGE,
  ...wording.TOO_LARGE(MAX_INFLATED_BYTES / MEGABYTE),
};
const TOO_MUCH: Refusal = { code: FILE_TOO_LARGE, ...wording.TOO_MUCH };

/** Why a workbook cannot be read. */
export const REFUSALS: Readonly<Record<ZipFault | "too_old", Refusal>> = {
  damaged: DAMAGED,
  method: DAMAGED,
  password: PASSWORD,
  unsafe: UNSAFE,
  too_large: INFLATES,
  too_old: OLD,
};

/** The same of an archive that packs files. */
export const PACKAGE_REFUSALS: Readonly<Record<ZipFault, Refusal>> = {
  damaged: { code: "damaged_package", ...wording.DAMAGED_PACKAGE },
  method: { code: "package_method", ...wording.PACKAGE_METHOD },
  unsafe: { code: "package_method", ...wording.PACKAGE_METHOD },
  password: { code: "password_protected", ...wording.PACKAGE_PASSWORD },
  too_large: { code: FILE_TOO_LARGE, ...wording.PACKAGE_TOO_LARGE },
};

/**
 * Whether bytes begin as a zip archive, as .xlsx and .ods do, or as the container of .xls and of
 * password-protected workbooks.
 */
export function looksLikeWorkbook(bytes: Uint8Array): boolean {
  return isZip(bytes) || startsWith(bytes, OLE_SIGNATURE);
}

/** Whether bytes begin as a zip archive, of an office document or of files. */
export function isZip(bytes: Uint8Array): boolean {
  return startsWith(bytes, ZIP_SIGNATURE);
}

/**
 * Looks at a received file before any spreadsheet reader touches it: a workbook that would inflate
 * beyond measure, carries a document type or lays out a huge sheet is refused here. The readers of
 * .xls and .ods keep their own count of cells.
 */
export function guardWorkbook(bytes: Uint8Array): GuardedWorkbook | Refusal {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = isZip(bytes) ? zipEntries(file) : [];
  const kind = typeof parts === "string" || !isZip(bytes) ? null : kindOfParts(parts);
  if (kind?.code === PACKAGE || kind?.code === HANDED_UP) return kind;
  if (bytes.length > MAX_BYTES) {
    return { code: FILE_TOO_LARGE, ...wording.TOO_LARGE(MAX_BYTES / MEGABYTE) };
  }
  if (startsWith(bytes, OLE_SIGNATURE)) {
    if (file.includes(ENCRYPTED_PACKAGE)) return PASSWORD;
    const other = kindOfOle(file);
    if (other !== null) return other;
    return file.includes(PROGRAM_STORAGE) ? MACROS : { format: "xls" };
  }
  if (!isZip(bytes)) return OTHER_FORMAT;
  if (typeof parts === "string") {
    return beginsAsWorkbook(file) ? REFUSALS[parts] : PACKAGE_REFUSALS[parts];
  }
  return kind ?? guardParts(file, parts);
}

function namesOf(parts: readonly ZipPart[]): Set<string> {
  return new Set(parts.map(({ name }) => name));
}

function isOdsOf(names: ReadonlySet<string>): boolean {
  return names.has("mimetype") && names.has("content.xml");
}

/** What an archive is that is no workbook; null where it may be one. */
export function kindOfParts(parts: readonly ZipPart[]): Refusal | null {
  const names = namesOf(parts);
  // LibreOffice from 24.8 on encrypts a document as one part
  if (names.has("encrypted-package")) return PASSWORD;
  const isXlsx = names.has("[Content_Types].xml") && ![...names].some((name) => NO_XLSX.test(name));
  return isOdsOf(names) || isXlsx ? null : kindOfArchive([...names]);
}

/** Whether the first part of an archive that cannot be read is one of an office document. */
export function beginsAsWorkbook(file: Buffer): boolean {
  if (file.length < 30) return true;
  const name = file.toString("latin1", 30, 30 + file.readUInt16LE(26));
  return /^(?:\[Content_Types\]\.xml|mimetype|_rels\/|docProps\/|xl\/|customXml\/)/.test(name);
}

function guardParts(file: Buffer, parts: readonly ZipPart[]): GuardedWorkbook | Refusal {
  const names = namesOf(parts);
  if (names.size < parts.length) return UNSAFE;
  const isOds = isOdsOf(names);
  if (parts.some(({ name }) => PROGRAM_PART.test(name))) return MACROS;
  const unpacked: Parts = new Map();
  let content: Buffer | null = null;
  let strings = 0;
  let lastString = -1;
  const laidOut = { cells: 0, places: 0 };
  const written = { pieces: 0, text: 0, xmlBytes: 0 };
  for (const { name, content: inflated } of inflateParts(file, parts)) {
    if (typeof inflated === "string") return REFUSALS[inflated];
    unpacked.set(name, inflated);
    if (isOds && name === "mimetype" && !ODS_TYPE.test(inflated.toString("latin1").trim())) {
      return kindOfArchive([...names]);
    }
    if (isOds && name === "content.xml") content = inflated;
    if (!XML_PART.test(name)) continue;
    if (!isInBounds(inflated, written)) return TOO_MUCH;
    const text = inflated.toString("latin1");
    if (/<!(DOCTYPE|ENTITY)/i.test(text)) return UNSAFE;
    if (/<(\w+:)?(ddeLink|oleLink|dde-link)\b/.test(text)) return OUTSIDE_LINK;
    if (isOds) {
      if (name === "META-INF/manifest.xml" && text.includes("encryption-data")) return PASSWORD;
    } else {
      if (/:?sheetData\b/.test(text) && !isSane(withoutBlankCells(text), laidOut)) return TOO_WIDE;
      // the reader skips over what it does not understand, and figures with it
      if (SHEET_PART.test(name)) {
        const last = lastSharedString(text);
        if (typeof last !== "number") return last;
        lastString = Math.max(lastString, last);
      } else if (TELLING_PART.test(name) && !isWholeXml(text)) return DAMAGED;
      if (STRINGS_PART.test(name)) strings += text.match(/<(?:\w+:)?si\b/g)?.length ?? 0;
    }
  }
  if (!isOds) nameAsReferred(unpacked);
  // a cell whose text is not there would be read as blank
  if (lastString >= strings) return DAMAGED;
  return content === null
    ? { format: "xlsx", parts: unpacked }
    : { format: "ods", parts: unpacked, content };
}

function startsWith(bytes: Uint8Array, signature: Buffer): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

const [LESS, GREATER, SLASH] = [..."<>/"].map((sign) => sign.charCodeAt(0));

/** Whether the XML parts up to this one are no more than a reader is asked to go through. */
function isInBounds(
  part: Buffer,
  written: { pieces: number; text: number; xmlBytes: number },
): boolean {
  written.xmlBytes += part.length;
  if (written.xmlBytes > WORKBOOK_BOUNDS.xmlBytes) return false;
  let isText = false;
  for (let at = 0; at < part.length; at += 1) {
    if (part[at] === LESS) {
      isText = false;
      if (part[at + 1] !== SLASH) written.pieces += 1;
    } else if (part[at] === GREATER) isText = true;
    else if (isText) written.text += 1;
  }
  return written.pieces <= WORKBOOK_BOUNDS.pieces && written.text <= WORKBOOK_BOUNDS.text;
}

/** Cells that have a place and a format and hold nothing. */
const BLANK_CELL =
  /<(?:\w+:)?c(?=[^<>]*\sr=)(?:\s(?:[^<>"'/]|"[^"<]*"|'[^'<]*')*)(?:\/>|>\s*<\/(?:\w+:)?c\s*>)/g;

/** A cell of which no shared text is named: the reader would take the first one. */
const NO_TEXT = /(<(?:\w+:)?c(?=[^<>]*\st="s")[^<>]*>)<(?:\w+:)?v\s*(?:\/>|>\s*<\/(?:\w+:)?v>)/g;

/** The XML of a sheet without blank cells, which a program may have formatted down to the last row. */
export function withoutBlankCells(sheet: string): string {
  return sheet.replace(NO_TEXT, "$1").replace(BLANK_CELL, "");
}

/** Gives parts the names by which others refer to them: capitals are none of a name (OPC 6.2.2.3). */
function nameAsReferred(parts: Parts): void {
  const names = new Map([...parts.keys()].map((name) => [name.toLowerCase(), name]));
  for (const part of [...parts.keys()]) {
    for (const { target } of relationsOf(parts, part, "")) {
      const name = names.get(target.toLowerCase());
      const content = parts.get(name ?? "");
      if (name === undefined || content === undefined || parts.has(target)) continue;
      parts.delete(name);
      parts.set(target, content);
    }
  }
}

/** Attributes end at the next `<` at the latest, so that no text makes this look further and further. */
const ROW_OR_CELL = /<(?:\w+:)?(row|c)((?:[\s/](?:[^<>"']|"[^"<]*"|'[^'<]*')*)?)>/g;
const REFERENCE = /\sr\s*=\s*["']([A-Za-z]{0,4})(\d{1,8})["']/;

/** Whether the cells of the sheets up to this one are within bounds that a reader can lay out. */
function isSane(sheet: string, laidOut: { cells: number; places: number }): boolean {
  let row = 0;
  let column = 0;
  let lastRow = 0;
  let lastColumn = 0;
  for (const [, element, attributes = ""] of sheet.matchAll(ROW_OR_CELL)) {
    const reference = REFERENCE.exec(attributes);
    if (element === "row") {
      row = reference === null ? row + 1 : Number(reference[2]);
      column = 0;
      continue;
    }
    laidOut.cells += 1;
    column = reference === null ? column + 1 : columnOf(reference[1] ?? "") + 1;
    if (reference !== null) row = Number(reference[2]);
    lastRow = Math.max(lastRow, row);
    lastColumn = Math.max(lastColumn, column);
    const places = laidOut.places + lastRow * lastColumn;
    if (laidOut.cells > WORKBOOK_BOUNDS.cells || places > WORKBOOK_BOUNDS.places) return false;
  }
  laidOut.places += lastRow * lastColumn;
  return true;
}

/**
 * Goes through the XML of a sheet. @returns the greatest index of a shared text in it, -1 where there
 * is none; a refusal where it is no whole XML, an index is no number, a cell is there twice, is of a type
 * that there is not, has no place while others have, or has values that would be read as one.
 */
function lastSharedString(sheet: string): number | Refusal {
  const places = new Set<string>();
  let unplaced = 0;
  let last = -1;
  let isShared = false;
  let isWhole = true;
  let value = "";
  let place: string | undefined;
  /** The elements that are open in a cell, and how many values it has had. */
  let within: string[] = [];
  let values = 0;
  let several: Refusal | null = null;
  const isXml = isWholeXml(sheet, (event) => {
    if (event.kind === "text") {
      if (within.at(-1) === "v") value += event.text;
      return;
    }
    const name = event.name.slice(event.name.indexOf(":") + 1);
    if (event.kind === "close") {
      if (name === "v" && isShared) {
        if (!/^\s*\d{0,7}\s*$/.test(value)) isWhole = false;
        if (value.trim() !== "") last = Math.max(last, Number(value));
      }
      within.pop();
      return;
    }
    if (name === "c") {
      place = attributeOf(event.attributes, "r");
      const type = attributeOf(event.attributes, "t") ?? "n";
      if (place === undefined) unplaced += 1;
      else if (places.has(place)) isWhole = false;
      else places.add(place);
      if (!CELL_TYPES.has(type)) isWhole = false;
      isShared = type === "s";
      within = ["c"];
      values = 0;
    } else if (within.length > 0) {
      // the reader joins values of extensions and alternatives to that of the cell
      if (name === "v" || name === "is") values += within.length;
      if (values > 1) several ??= { code: "several_values", ...wording.SEVERAL_VALUES(place) };
      value = "";
      within.push(name);
    }
  });
  const isPlaced = unplaced === 0 || places.size === 0;
  if (!isXml || !isWhole || !isPlaced) return DAMAGED;
  return several ?? last;
}
