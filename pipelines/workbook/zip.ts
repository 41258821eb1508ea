import { crc32, inflateRawSync } from "node:zlib";
import { type Zippable, zipSync } from "fflate";

/** Why a zip archive, or a part of it, is not read; `method`: it is packed in a rare way. */
export type ZipFault = "damaged" | "password" | "unsafe" | "too_large" | "method";

/** A part of a zip archive, at the place that the archive's directory gives. */
export interface ZipPart {
  /** Read as UTF-8, as the parts of office documents are named. */
  readonly name: string;
  /** The name as it stands there. */
  readonly nameBytes: Buffer;
  /** The archive says that the name is UTF-8. */
  readonly isUtf8: boolean;
  /** Further fields of the entry. */
  readonly extra: Buffer;
  readonly method: number;
  readonly start: number;
  readonly size: number;
  /** Of the content. */
  readonly crc: number;
}

/** The content of the parts of an archive, by their names. */
export type Parts = Map<string, Buffer>;

const MAX_PARTS = 2000;
/** What the parts of an office document may be together; a form is a few hundred kilobytes. */
export const MAX_INFLATED_BYTES = 64 * 1024 * 1024;
const END_SIGNATURE = Buffer.from("PK\u0005\u0006", "latin1");
const DIRECTORY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const SENTINEL_16 = 0xffff;
const SENTINEL_32 = 0xffffffff;
const STORED = 0;
const DEFLATED = 8;

const ENCRYPTED = 0x0001;
const UTF8_NAMES = 0x0800;

/** The parts of an office document, of which no two have the same name. */
export function zipParts(file: Buffer): ZipPart[] | ZipFault {
  const parts = zipEntries(file);
  if (typeof parts === "string") return parts;
  return new Set(parts.map(({ name }) => name)).size < parts.length ? "unsafe" : parts;
}

/** Reads the archive's directory. Its entries are looked up where the directory says they are. */
export function zipEntries(file: Buffer): ZipPart[] | ZipFault {
  const end = file.lastIndexOf(END_SIGNATURE);
  if (end < 0 || end + 22 > file.length) return "damaged";
  const count = file.readUInt16LE(end + 10);
  let at = file.readUInt32LE(end + 16);
  if (count === SENTINEL_16 || at === SENTINEL_32 || count > MAX_PARTS) return "unsafe";
  const parts: ZipPart[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== DIRECTORY_SIGNATURE) return "damaged";
    const flags = file.readUInt16LE(at + 8);
    if ((flags & ENCRYPTED) !== 0) return "password";
    const nameLength = file.readUInt16LE(at + 28);
    const extraLength = file.readUInt16LE(at + 30);
    const size = file.readUInt32LE(at + 20);
    const crc = file.readUInt32LE(at + 16);
    const local = file.readUInt32LE(at + 42);
    if (size === SENTINEL_32 || local === SENTINEL_32) return "unsafe";
    if (local + 30 > file.length || file.readUInt32LE(local) !== LOCAL_SIGNATURE) return "damaged";
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    if (start + size > file.length) return "damaged";
    const nameBytes = file.subarray(at + 46, at + 46 + nameLength);
    const name = nameBytes.toString("utf8");
    const isUtf8 = (flags & UTF8_NAMES) !== 0;
    const extra = file.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    const method = file.readUInt16LE(at + 10);
    parts.push({ name, nameBytes, isUtf8, extra, method, start, size, crc });
    at += 46 + nameLength + extraLength + file.readUInt16LE(at + 32);
  }
  return parts;
}

/** The content of a part, at most `room` bytes, checked against its CRC. */
export function inflatePart(file: Buffer, part: ZipPart, room: number): Buffer | ZipFault {
  const packed = file.subarray(part.start, part.start + part.size);
  const content = part.method === STORED ? stored(packed, room) : inflated(packed, part, room);
  return typeof content !== "string" && crc32(content) !== part.crc ? "damaged" : content;
}

function stored(packed: Buffer, room: number): Buffer | ZipFault {
  return packed.length > room ? "too_large" : packed;
}

function inflated(packed: Buffer, { method }: ZipPart, room: number): Buffer | ZipFault {
  if (method !== DEFLATED) return "method";
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, room) });
  } catch (error) {
    return error instanceof RangeError ? "too_large" : "damaged";
  }
}

/** Each part with its content, as long as all of them together are no longer than is allowed. */
export function* inflateParts(
  file: Buffer,
  parts: readonly ZipPart[],
): Generator<{ readonly name: string; readonly content: Buffer | ZipFault }> {
  let room = MAX_INFLATED_BYTES;
  for (const part of parts) {
    const content = inflatePart(file, part, room);
    if (typeof content !== "string") room -= content.length;
    yield { name: part.name, content };
  }
}

/** Unpacks an archive; null where it is none that can be read whole. */
export function unpack(bytes: Uint8Array): Parts | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const directory = zipParts(file);
  if (typeof directory === "string") return null;
  const parts: Parts = new Map();
  for (const { name, content } of inflateParts(file, directory)) {
    if (typeof content === "string") return null;
    parts.set(name, content);
  }
  return parts;
}

/**
 * The first date that a zip file can hold. It is made from local parts because the library writes
 * local parts: the bytes then do not depend on the machine's zone.
 */
const ENTRY_DATE = new Date(1980, 0, 1, 12);
const CONTENT_TYPES = "[Content_Types].xml";

/**
 * Packs parts in their order, so that the same parts give the same bytes everywhere: dates are fixed,
 * and the packing is done by the same code, while a processor's own way of compressing gives others.
 * @param level 0 stores without packing, 9 packs best
 */
export function pack(parts: Iterable<readonly [string, Uint8Array]>, level: 0 | 6 | 9): Uint8Array {
  const packed: Zippable = {};
  for (const [name, content] of parts) {
    packed[name] = [content, { level, mtime: ENTRY_DATE, os: 0 }];
  }
  return zipSync(packed);
}

/**
 * The same office document with nothing in its container that depends on the moment or on the
 * machine.
 * @param change gives the new content of an entry, or undefined to leave it as it is.
 */
export function repacked(
  document: Uint8Array,
  change: (name: string, content: Uint8Array) => Uint8Array | undefined = () => undefined,
): Uint8Array {
  const parts = unpack(document);
  if (parts === null) throw new Error("a document that was just written cannot be unpacked");
  const entries = [...parts].map(
    ([name, content]) => [name, change(name, content) ?? content] as const,
  );
  entries.sort(([a], [b]) => Number(b === CONTENT_TYPES) - Number(a === CONTENT_TYPES));
  return pack(entries, 9);
}
