import { type FileHandle, open } from "node:fs/promises";
import { kindOfHead, PACKAGE } from "../readers/file-kind.ts";
import { lastBoundary } from "../readers/mail-reader.ts";

/** The headers of a mail are longer than what tells of other files. */
const HEAD = 64 * 1024;
/** A table shows within so much of it. */
const FIRST_LINES = 4096;
/** An archive ends with its directory and a comment of at most 64 KiB. */
const TAIL = 66 * 1024;

/**
 * Why a file looks like the beginning of a longer one, as a copy leaves it that has stalled; null
 * where it looks whole, or nothing can be said of its kind.
 * @throws an error of the file system where it cannot be read
 */
export async function cutOff(path: string | Buffer): Promise<string | null> {
  const handle = await open(path, "r");
  try {
    const { size } = await handle.stat();
    if (size === 0) return "it is empty";
    const head = await bytesAt(handle, 0, Math.min(size, HEAD));
    const tail = await bytesAt(handle, Math.max(0, size - TAIL), Math.min(size, TAIL));
    if (head.subarray(0, 4).equals(ZIP)) {
      return tail.includes(ZIP_END) ? null : "its end is missing";
    }
    if (head.subarray(0, 8).equals(OLE)) {
      return isOleWhole(head, size) ? null : "its end is missing";
    }
    if (kindOfHead(head)?.code === PACKAGE) {
      const end = lastBoundary(head);
      return end === null || tail.includes(end) ? null : "its end is missing";
    }
    return isTable(head.subarray(0, FIRST_LINES)) && !endsLine(head, tail)
      ? "its last line has no end"
      : null;
  } finally {
    await handle.close();
  }
}

/** How .xlsx, .ods and .zip begin, and how their directory ends. */
const ZIP = Buffer.from("PK\x03\x04", "latin1");
const ZIP_END = Buffer.from("PK\x05\x06", "latin1");
/** How .xls begins. */
const OLE = Buffer.from("d0cf11e0a1b11ae1", "hex");

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** Whether the sectors that the head of an OLE file names lie within it ([MS-CFB] 2.2). */
function isOleWhole(head: Buffer, size: number): boolean {
  if (head.length < 512) return false;
  const sector = 2 ** head.readUInt16LE(0x1e);
  const tables = Math.min(head.readUInt32LE(0x2c), 109);
  const named = [head.readUInt32LE(0x30)];
  for (let index = 0; index < tables; index += 1) named.push(head.readUInt32LE(0x4c + index * 4));
  return named.every((one) => (one + 1) * sector < size);
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
