import { type FileHandle, open } from "node:fs/promises";
import { kindOfHead, PACKAGE } from "../readers/file-kind.ts";
import { lastBoundary } from "../readers/mail-reader.ts";
import { OLE_SIGNATURE } from "../readers/ole.ts";
import { isZip } from "../readers/workbook-guard.ts";

/** The headers of a mail are longer than the signatures of other files. */
const HEAD = 64 * 1024;
/** A table shows within so much of it. */
const FIRST_LINES = 4096;
/** An archive ends with its directory and a comment of at most 64 KiB. */
const TAIL = 66 * 1024;
/** The directory of a larger archive is not looked at: it may be whole. */
const MAX_DIRECTORY = 1024 * 1024;

/**
 * What a file's end says. `whole`: the file names its own end and that is there, as in an archive, a
 * workbook or a mail. `unclear`: nothing can be said of its kind, or it is not sure. Else why it looks
 * like the beginning of a longer file, as a stalled copy leaves it.
 */
export type FileEnd = "whole" | "unclear" | { readonly missing: string };

const NO_END = { missing: "thiếu phần cuối tệp" } as const;

/** @throws an error of the file system where the file cannot be read */
export async function fileEnd(path: string | Buffer): Promise<FileEnd> {
  const handle = await open(path, "r");
  try {
    const { size } = await handle.stat();
    if (size === 0) return { missing: "tệp trống" };
    const head = await bytesAt(handle, 0, Math.min(size, HEAD));
    const tail = await bytesAt(handle, Math.max(0, size - TAIL), Math.min(size, TAIL));
    if (isZip(head)) return await zipEnd(handle, tail, size);
    if (head.subarray(0, 8).equals(OLE_SIGNATURE)) return await oleEnd(handle, head, size);
    if (kindOfHead(head)?.code === PACKAGE) return mailEnd(head, tail);
    return isTable(head.subarray(0, FIRST_LINES)) && !endsLine(head, tail)
      ? { missing: "dòng cuối chưa trọn" }
      : "unclear";
  } finally {
    await handle.close();
  }
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

const ZIP_END = Buffer.from("PK\x05\x06", "latin1");
const ZIP_ENTRY = 0x02014b50;
const ZIP_LOCAL = 0x04034b50;

/**
 * Whole where the last record is the end of the file, its directory lies right before it and every
 * entry of the directory begins where that says.
 */
async function zipEnd(handle: FileHandle, tail: Buffer, size: number): Promise<FileEnd> {
  const end = tail.lastIndexOf(ZIP_END);
  if (end < 0) return NO_END;
  if (end + 22 > tail.length || end + 22 + tail.readUInt16LE(end + 20) !== tail.length) {
    return "unclear";
  }
  const count = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  const start = tail.readUInt32LE(end + 16);
  if (length > MAX_DIRECTORY || start + length !== size - tail.length + end) return "unclear";
  const directory = await bytesAt(handle, start, length);
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== ZIP_ENTRY) return "unclear";
    const local = await bytesAt(handle, directory.readUInt32LE(at + 42), 4);
    if (local.length < 4 || local.readUInt32LE(0) !== ZIP_LOCAL) return "unclear";
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field));
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return at === directory.length ? "whole" : "unclear";
}

/** Number of a sector from which on it is none ([MS-CFB] 2.1). */
const NO_SECTOR = 0xfffffffa;
const FREE = 0xffffffff;

/** Whole where every sector that the tables say is used lies within the file ([MS-CFB] 2.2, 2.3). */
async function oleEnd(handle: FileHandle, head: Buffer, size: number): Promise<FileEnd> {
  if (head.length < 512) return NO_END;
  const sector = 2 ** head.readUInt16LE(0x1e);
  const count = head.readUInt32LE(0x2c);
  const tables = Array.from({ length: Math.min(count, 109) }, (_, index) =>
    head.readUInt32LE(0x4c + index * 4),
  );
  const isWithin = (index: number): boolean => (index + 1) * sector < size;
  if (![head.readUInt32LE(0x30), ...tables].every(isWithin)) return NO_END;
  // a file with more tables than the head names is larger than any form
  if (count !== tables.length || (sector !== 512 && sector !== 4096)) return "unclear";
  let last = -1;
  for (const [index, table] of tables.entries()) {
    if (table >= NO_SECTOR) return "unclear";
    const entries = await bytesAt(handle, (table + 1) * sector, sector);
    for (let at = 0; at + 4 <= entries.length; at += 4) {
      if (entries.readUInt32LE(at) !== FREE) last = index * (sector / 4) + at / 4;
    }
  }
  if (!isWithin(last)) return NO_END;
  // one that a copy has made as long as it will be has nothing there yet
  const end = await bytesAt(handle, (last + 1) * sector, sector);
  return end.length === sector && end.some((byte) => byte !== 0) ? "whole" : "unclear";
}

/** Whole where the last line of the mail closes its last part. */
function mailEnd(head: Buffer, tail: Buffer): FileEnd {
  const boundary = lastBoundary(head);
  if (boundary === null) return "unclear";
  const at = tail.lastIndexOf(boundary);
  if (at < 0) return NO_END;
  const rest = tail.subarray(at + boundary.length).toString("latin1");
  return /^\s*$/.test(rest) ? "whole" : "unclear";
}

/** A text with columns. */
function isTable(head: Buffer): boolean {
  const isWide = isUtf16(head);
  // a copy may have made the file as long as it will be, and filled in its beginning
  const filled = isWide ? head : head.subarray(0, head.findLastIndex((byte) => byte !== 0) + 1);
  if (!isWide && filled.includes(0)) return false;
  // what parts lines and columns is the same in every encoding that has one byte for it
  const letters = Buffer.from(isWide ? head.filter((byte) => byte !== 0) : filled);
  const text = letters.toString("latin1").replace(/^ï»¿|^[þÿ]{2}/, "");
  return !/^\s*[<%{]/.test(text) && /[,;\t].*[,;\t]/.test(text);
}

function isUtf16(head: Buffer): boolean {
  return (
    head.length >= 2 && ((head[0] === 0xff && head[1] === 0xfe) || head.readUInt16BE(0) === 0xfeff)
  );
}

function endsLine(head: Buffer, tail: Buffer): boolean {
  const isBreak = (byte: number | undefined): boolean => byte === 0x0a || byte === 0x0d;
  if (!isUtf16(head)) return isBreak(tail.at(-1));
  const [high, low] = head[0] === 0xff ? [tail.at(-1), tail.at(-2)] : [tail.at(-2), tail.at(-1)];
  return high === 0 && isBreak(low);
}
