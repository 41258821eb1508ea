import { constants, crc32, deflateRawSync } from "node:zlib";

/** A part of an archive: what it holds, or what is packed in it already. */
export interface ZipEntry {
  /** In UTF-8, without saying so; or the bytes that a program of another code page writes. */
  readonly name: string | Buffer;
  readonly content?: string | Uint8Array;
  /** Deflated bytes in place of `content`, and the checksum of what they hold. */
  readonly packed?: Buffer;
  readonly crc?: number;
  /** General purpose bits: 1 is encrypted, 0x800 names in UTF-8. */
  readonly flags?: number;
  /** The way of packing: 8 is deflated. */
  readonly method?: number;
  /** Further fields of the directory. */
  readonly extra?: Buffer;
}

/** A zip archive of files by their names. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  return zipFile(Object.entries(files).map(([name, content]) => ({ name, content })));
}

/** A zip archive with just what a directory needs. */
export function zipFile(entries: readonly ZipEntry[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entryGiven of entries) {
    const { content = "", packed = deflateRawSync(content), crc, flags = 0 } = entryGiven;
    const { method = 8, extra = Buffer.alloc(0) } = entryGiven;
    const name = Buffer.from(entryGiven.name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc ?? crc32(content), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(extra.length, 30);
    entry.writeUInt32LE(offset, 42);
    bodies.push(local, name, packed);
    directory.push(entry, name, extra);
    offset += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

/** The parts of an archive that this program or its libraries have written, unpacked. */
export function partsOf(
  archive: Uint8Array,
  inflate: (packed: Buffer) => Buffer,
): (ZipEntry & { readonly name: string })[] {
  const file = Buffer.from(archive);
  const end = file.lastIndexOf(Buffer.from("PK\u0005\u0006", "latin1"));
  let at = file.readUInt32LE(end + 16);
  return Array.from({ length: file.readUInt16LE(end + 10) }, () => {
    const name = file.toString("utf8", at + 46, at + 46 + file.readUInt16LE(at + 28));
    const local = file.readUInt32LE(at + 42);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const packed = file.subarray(start, start + file.readUInt32LE(at + 20));
    const isDeflated = file.readUInt16LE(at + 10) === 8;
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
    return { name, content: isDeflated ? inflate(packed) : packed };
  });
}

/** Deflated text that inflates to `megabytes` of one character, made without inflating it once. */
export function bomb(megabytes: number, character = " "): Buffer {
  const block = deflateRawSync(Buffer.alloc(1024 * 1024, character), {
    level: 9,
    finishFlush: constants.Z_FULL_FLUSH,
  });
  const end = deflateRawSync(Buffer.alloc(0));
  return Buffer.concat([...Array.from({ length: megabytes }, () => block), end]);
}
