import { isUtf8 } from "node:buffer";
import { readFile, writeFile } from "node:fs/promises";
import { oldBytes } from "./old-text.ts";

/** A longer file is left as it is: one like it is written by a program. */
const MAX_BYTES = 64 * 1024 * 1024;
/** Lines allowed before the header. */
const MAX_BEFORE = 10;

/** How the first lines of a text have to be put right so that the names of the columns come first. */
export interface Preamble {
  /** Lines before that with the names. */
  readonly before: number;
  readonly skipped: readonly string[];
  /** The line with the names. */
  readonly names: string;
  /** Lines end with a carriage return alone. */
  readonly isReturnOnly: boolean;
}

/**
 * What comes before the header of a text: `sep=;`, a title, blank lines.
 * @param isHeader whether a line has the names of columns
 * @returns null where the text needs nothing, or has no such line among its first
 */
export function preambleOf(head: string, isHeader: (line: string) => boolean): Preamble | null {
  const isReturnOnly = head.includes("\r") && !head.includes("\n");
  const lines = head.split(isReturnOnly ? "\r" : "\n", MAX_BEFORE + 1);
  const before = lines.findIndex((line) => isHeader(line.replace(/\r$/, "")));
  if (before < 0 || (before === 0 && !isReturnOnly)) return null;
  return { before, skipped: lines.slice(0, before), names: lines[before] ?? "", isReturnOnly };
}

export type Utf16 = "UTF-16LE" | "UTF-16BE";

/** Letters where they have two bytes, else bytes as letters, since the encoding is not known yet. */
function textOf(bytes: Buffer, utf16: Utf16 | null): string {
  if (utf16 === null) return bytes.toString("latin1");
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
  return (utf16 === "UTF-16LE" ? whole : Buffer.from(whole).swap16()).toString("utf16le");
}

function bytesOf(text: string, utf16: Utf16 | null): Buffer {
  if (utf16 === null) return Buffer.from(text, "latin1");
  const bytes = Buffer.from(text, "utf16le");
  return utf16 === "UTF-16LE" ? bytes : bytes.swap16();
}

/**
 * Writes a copy in which the names of the columns come first and lines end as elsewhere. What stood
 * before them becomes blank lines behind, so that every line keeps its number.
 * @returns how many lines the copy has, and how it begins; null where the file is too long for that
 */
export async function writeStraightened(
  path: string,
  copy: string,
  { before, isReturnOnly }: Preamble,
  utf16: Utf16 | null,
): Promise<{ readonly lineCount: number; readonly head: Buffer } | null> {
  const bytes = await readFile(path);
  if (bytes.length > MAX_BYTES) return null;
  const text = textOf(bytes, utf16);
  const lines = (isReturnOnly ? text.replaceAll("\r", "\n") : text).split("\n");
  const mark = /^(?:\u00EF\u00BB\u00BF|\uFEFF)?/.exec(lines[0] ?? "")?.[0] ?? "";
  const names = lines[before] ?? "";
  // lines that end in two ways are no table
  const end = names.endsWith("\r") ? "\r" : "";
  const blank = Array.from({ length: before }, () => end);
  const put = [before === 0 ? names : mark + names, ...blank, ...lines.slice(before + 1)];
  const straight = bytesOf(put.join("\n"), utf16);
  await writeFile(copy, straight);
  const ends = put.length - (put.at(-1) === "" ? 1 : 0);
  return { lineCount: ends, head: straight.subarray(0, 64 * 1024) };
}

/** What people fill in by hand; a longer file is written by a program, which makes no such slips. */
const MAX_MENDED = 1024 * 1024;
/** A longer line has no names of columns. */
const MAX_NAMES = 2000;
/** Columns that say nothing where they are left out. */
const MAY_BE_MISSING = ["area", "note"];

/**
 * Writes a copy of a table without the slips of programs and people that change nothing of what is
 * read in it: several marks before it, signs behind it, lines that end in different ways or are quoted
 * as a whole, a column without a name that numbers the lines, separators behind the last column, a column
 * of areas or notes that is left out.
 * Every line keeps its number.
 * @returns how many lines the copy has, and how it begins; null where there is nothing of that
 */
export async function writeMended(
  path: string,
  copy: string,
  utf16: Utf16 | null,
  headerOf: (line: string) => { separator: string; names: readonly string[] } | null,
): Promise<{ readonly lineCount: number; readonly head: Buffer } | null> {
  const bytes = await readFile(path);
  if (bytes.length > MAX_MENDED) return null;
  const text = textOf(bytes, utf16);
  const [marks = ""] = /^(?:\u00EF\u00BB\u00BF|\uFEFF)*/.exec(text) ?? [];
  let end = text.length;
  while (end > marks.length && /[\p{Cc}\s]/u.test(text[end - 1] ?? "")) end -= 1;
  const lines = withoutIndex(unquoted(text.slice(marks.length, end).split(/\r\n|\r|\n/)));
  const isHeader = (line: string): boolean => line.length < MAX_NAMES && headerOf(line) !== null;
  const at = lines.slice(0, MAX_BEFORE + 1).findIndex(isHeader);
  const header = headerOf(lines[at] ?? "");
  if (header === null) return null;
  const { separator } = header;
  const names = header.names.slice(0, header.names.findLastIndex((name) => name !== "") + 1);
  const added = MAY_BE_MISSING.filter((name) => !names.includes(name));
  const put = lines.map((line, index) => {
    if (index === at) return [...names, ...added].join(separator);
    // a separator within quotes is none
    const fields = line.split(separator);
    if (index < at || line.trim() === "" || line.includes('"')) return line;
    while (fields.length > names.length && fields.at(-1)?.trim() === "") fields.pop();
    if (fields.length === names.length - 1 && names.at(-1) === "note") fields.push("");
    return [...fields, ...added.map(() => "")].join(separator);
  });
  const mended = bytesOf(`${marks.slice(0, utf16 === null ? 3 : 1)}${put.join("\n")}\n`, utf16);
  await writeFile(copy, mended);
  return { lineCount: put.length, head: mended.subarray(0, 64 * 1024) };
}

/**
 * Writes a copy of a table of UTF-8 whose words were typed for an old font, in the bytes of that font.
 * @returns how many lines the copy has, and how it begins; null where it is none, or too long for one
 */
export async function writeOld(
  { path, byteSize, lineCount }: { path: string; byteSize: number; lineCount: number },
  copy: string,
): Promise<{ readonly lineCount: number; readonly head: Buffer } | null> {
  const bytes = byteSize > MAX_MENDED ? null : await readFile(path);
  const old = bytes === null || !isUtf8(bytes) ? null : oldBytes(bytes.toString("utf8"));
  if (old === null) return null;
  await writeFile(copy, old);
  return { lineCount, head: old.subarray(0, 64 * 1024) };
}

/** Lines without the column that numbers them, as pandas and R write it before the others. */
function withoutIndex(lines: readonly string[]): readonly string[] {
  const [, separator] = /^(?:"")?([,;\t|])/.exec(lines[0] ?? "") ?? [];
  const number = /^(?:\d+|"\d+")(?=[,;\t|])/;
  const [, ...rows] = lines.filter((line) => line !== "");
  if (separator === undefined || !rows.every((line) => number.test(line))) return lines;
  return lines.map((line) => line.slice(line.indexOf(separator) + 1));
}

/** Lines that are quoted as a whole, as a program does that takes each for one column. */
function unquoted(lines: readonly string[]): readonly string[] {
  const filled = lines.filter((line) => line !== "");
  const isQuoted = filled.every((line) => /^"(?:[^"]|"")*"$/.test(line));
  return isQuoted ? lines.map((line) => line.slice(1, -1).replaceAll('""', '"')) : lines;
}
