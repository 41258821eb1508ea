/** The signature of an OLE compound file, the container of old workbooks and of encrypted ones. */
export const OLE_SIGNATURE = Buffer.from("d0cf11e0a1b11ae1", "hex");

const HEADER = 512;
const FREE_OR_END = 0xfffffffa;
const ENTRY = 128;
const STREAM = 2;
const ROOT = 5;
const MAX_ENTRIES = 10_000;

/** A compound file that cannot be read. */
export class OleFault extends Error {}

/**
 * The streams of an OLE compound file by name, those named in `wanted`, in capitals or not (MS-CFB
 * 2.6.4). No chain of sectors is followed further than the file is long, however it loops.
 * @throws OleFault
 */
export function oleStreams(file: Buffer, wanted: readonly string[]): Map<string, Buffer> {
  if (file.length < HEADER) throw new OleFault("no header");
  const shift = file.readUInt16LE(30);
  const miniShift = file.readUInt16LE(32);
  if ((shift !== 9 && shift !== 12) || miniShift !== 6) throw new OleFault("sector size");
  const size = 1 << shift;
  const count = Math.ceil(file.length / size);
  const sector = (index: number): Buffer => {
    const start = (index + 1) * size;
    if (index >= FREE_OR_END || start >= file.length) throw new OleFault("sector out of file");
    return file.subarray(start, start + size);
  };
  const fat = tableOf(fatSectors(file, size, count, sector).map(sector));
  const read = (first: number): Buffer => Buffer.concat(chainOf(first, fat, count).map(sector));
  const entries = directoryOf(read(file.readUInt32LE(48)));
  const root = entries.find(({ kind }) => kind === ROOT);
  const cutoff = file.readUInt32LE(56);
  const miniSize = 1 << miniShift;
  const readMini = (first: number): Buffer => {
    const mini = read(root?.first ?? FREE_OR_END);
    const table = tableOf([read(file.readUInt32LE(60))]);
    const parts = chainOf(first, table, Math.ceil(mini.length / miniSize)).map((index) =>
      mini.subarray(index * miniSize, (index + 1) * miniSize),
    );
    return Buffer.concat(parts);
  };
  const streams = new Map<string, Buffer>();
  for (const { name: written, kind, first, length } of entries) {
    const name = wanted.find((one) => one.toLowerCase() === written.toLowerCase());
    if (kind !== STREAM || name === undefined || streams.has(name)) continue;
    const content = length < cutoff ? readMini(first) : read(first);
    if (content.length < length) throw new OleFault("short stream");
    streams.set(name, content.subarray(0, length));
  }
  return streams;
}

/** The sectors of the allocation table: 109 in the header, more in a chain of their own. */
function fatSectors(
  file: Buffer,
  size: number,
  count: number,
  sector: (index: number) => Buffer,
): number[] {
  const sectors: number[] = [];
  const take = (index: number): void => {
    if (index < FREE_OR_END && sectors.length < count) sectors.push(index);
  };
  for (let at = 76; at < HEADER; at += 4) take(file.readUInt32LE(at));
  let next = file.readUInt32LE(68);
  for (let steps = 0; next < FREE_OR_END && steps < count; steps += 1) {
    const more = sector(next);
    if (more.length < size) throw new OleFault("short sector");
    for (let at = 0; at < size - 4; at += 4) take(more.readUInt32LE(at));
    next = more.readUInt32LE(size - 4);
  }
  return sectors;
}

function tableOf(parts: readonly Buffer[]): Uint32Array {
  const bytes = Buffer.concat(parts);
  return Uint32Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) =>
    bytes.readUInt32LE(index * 4),
  );
}

function chainOf(first: number, table: Uint32Array, most: number): number[] {
  const chain: number[] = [];
  for (let index = first; index < FREE_OR_END; index = table[index] ?? FREE_OR_END) {
    if (chain.length >= most) throw new OleFault("endless chain");
    chain.push(index);
  }
  return chain;
}

interface Entry {
  readonly name: string;
  readonly kind: number;
  readonly first: number;
  readonly length: number;
}

function directoryOf(bytes: Buffer): Entry[] {
  const count = Math.min(Math.floor(bytes.length / ENTRY), MAX_ENTRIES);
  return Array.from({ length: count }, (_, index) => {
    const at = index * ENTRY;
    const nameLength = Math.max(0, Math.min(bytes.readUInt16LE(at + 64), 64) - 2);
    return {
      name: bytes.toString("utf16le", at, at + nameLength),
      kind: bytes[at + 66] ?? 0,
      first: bytes.readUInt32LE(at + 116),
      length: bytes.readUInt32LE(at + 120),
    };
  });
}
