import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { decodeLegacy, type LegacyEncoding, type TextEncoding } from "./text-encoding.ts";

const NEW_LINE = 0x0a;
const MAX_SAMPLED = 256 * 1024;
/** A line longer than this is no line of a CSV file. */
const MAX_LINE = 4 * 1024 * 1024;

/** A text file that was written anew as UTF-8. */
export interface Conversion {
  readonly lineCount: number;
  /** Lines with bytes that the encoding does not have, and the first of them. */
  readonly broken: { readonly count: number; readonly first: number } | null;
}

/** A line of a text file is longer than any line of a CSV file is. */
export class LineTooLong extends Error {}

/** The first lines of a file that have bytes beyond ASCII, together no more than 256 KiB. */
export async function sampleBeyondAscii(file: string): Promise<Buffer> {
  const sample: Buffer[] = [];
  let size = 0;
  for await (const lines of wholeLines(file)) {
    let start = 0;
    while (start < lines.length && size < MAX_SAMPLED) {
      const end = lines.indexOf(NEW_LINE, start);
      const line = lines.subarray(start, end === -1 ? lines.length : end + 1);
      if (line.some((byte) => byte > 0x7f)) {
        sample.push(Buffer.from(line));
        size += line.length;
      }
      start += line.length;
    }
    if (size >= MAX_SAMPLED) break;
  }
  return Buffer.concat(sample);
}

/**
 * Writes a text file anew as UTF-8, line for line.
 * @throws LineTooLong
 */
export async function convertToUtf8(
  file: string,
  target: string,
  encoding: Exclude<TextEncoding, "UTF-8">,
): Promise<Conversion> {
  const texts =
    encoding === "UTF-16LE" || encoding === "UTF-16BE"
      ? utf16Texts(file, encoding)
      : legacyTexts(file, encoding);
  const handle = await open(target, "w");
  try {
    let lines = 0;
    let endsInLine = false;
    let last = 0;
    const broken = { count: 0, first: 0 };
    for await (const text of texts) {
      if (text === "") continue;
      const pieces = text.split("\n");
      for (const [index, piece] of pieces.entries()) {
        const line = lines + index + 1;
        if (!piece.includes("\ufffd") || line === last) continue;
        if (broken.count === 0) broken.first = line;
        broken.count += 1;
        last = line;
      }
      lines += pieces.length - 1;
      endsInLine = pieces.at(-1) !== "";
      await handle.writeFile(text);
    }
    return {
      lineCount: lines + (endsInLine ? 1 : 0),
      broken: broken.count === 0 ? null : broken,
    };
  } finally {
    await handle.close();
  }
}

async function* utf16Texts(
  file: string,
  encoding: "UTF-16LE" | "UTF-16BE",
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding.toLowerCase());
  for await (const chunk of createReadStream(file)) {
    yield decoder.decode(chunk as Buffer, { stream: true });
  }
  yield decoder.decode();
}

async function* legacyTexts(file: string, encoding: LegacyEncoding): AsyncGenerator<string> {
  for await (const lines of wholeLines(file)) yield decodeLegacy(lines, encoding);
}

/** The bytes of a file, cut only at the ends of lines. */
async function* wholeLines(file: string): AsyncGenerator<Buffer> {
  let carried: Buffer[] = [];
  let size = 0;
  for await (const part of createReadStream(file)) {
    const chunk = part as Buffer;
    const end = chunk.lastIndexOf(NEW_LINE) + 1;
    if (end === 0) {
      carried.push(chunk);
      size += chunk.length;
      if (size > MAX_LINE) throw new LineTooLong(file);
      continue;
    }
    yield Buffer.concat([...carried, chunk.subarray(0, end)]);
    carried = [chunk.subarray(end)];
    size = chunk.length - end;
  }
  const rest = Buffer.concat(carried);
  if (rest.length > 0) yield rest;
}
