import { isUtf8 } from "node:buffer";
import { crc32 } from "node:zlib";
import iconv from "iconv-lite";
import type { ZipPart } from "../workbook/zip.ts";
import { decodeLegacy, evidenceOf } from "./text-encoding.ts";

/** The field in which Info-ZIP and WinRAR write a name once more, in UTF-8. */
const UNICODE_PATH = 0x7075;

/**
 * The names of an archive's entries, in its order. A name that neither is UTF-8 nor says so was
 * written in the code page of the machine that packed it: that of Vietnam, of an older Vietnamese
 * typeface, or the first one of DOS, whichever makes words of Vietnamese of all such names together.
 */
export function entryNames(parts: readonly ZipPart[]): string[] {
  const names = parts.map(declaredName);
  const unclear = parts.filter((_, index) => names[index] === null);
  const decode = decoderOf(Buffer.concat(unclear.flatMap(({ nameBytes }) => [nameBytes, SPACE])));
  return parts.map(({ nameBytes }, index) => names[index] ?? decode(nameBytes));
}

const SPACE = Buffer.from(" ");

function declaredName({ nameBytes, isUtf8: isFlagged, extra }: ZipPart): string | null {
  const stated = unicodePath(nameBytes, extra);
  if (stated !== null) return stated;
  return isFlagged || isUtf8(nameBytes) ? nameBytes.toString("utf8").normalize("NFC") : null;
}

/** The name in the field for it, where that field is about this very name. */
function unicodePath(nameBytes: Buffer, extra: Buffer): string | null {
  for (let at = 0; at + 4 <= extra.length; ) {
    const size = extra.readUInt16LE(at + 2);
    const field = extra.subarray(at + 4, at + 4 + size);
    at += 4 + size;
    if (extra.readUInt16LE(at - 4 - size) !== UNICODE_PATH || field.length < 6) continue;
    const name = field.subarray(5);
    const isOwn = field[0] === 1 && field.readUInt32LE(1) === crc32(nameBytes);
    return isOwn && isUtf8(name) ? name.toString("utf8").normalize("NFC") : null;
  }
  return null;
}

type Decode = (bytes: Buffer) => string;

const DOS: Decode = (bytes) => iconv.decode(bytes, "cp437");
const DECODERS: readonly Decode[] = [
  DOS,
  (bytes) => decodeLegacy(bytes, "windows-1258"),
  (bytes) => decodeLegacy(bytes, "TCVN3"),
  (bytes) => decodeLegacy(bytes, "VNI"),
];

/** The first of those that make most words of Vietnamese of the bytes. */
function decoderOf(bytes: Buffer): Decode {
  let best = { decode: DOS, share: 0 };
  for (const decode of DECODERS) {
    const { share } = evidenceOf(decode(bytes));
    if (share > best.share) best = { decode, share };
  }
  return best.decode;
}
