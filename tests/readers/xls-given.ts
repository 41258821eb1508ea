/** A record of an Excel 97-2003 workbook. */
export function record(id: number, ...parts: readonly (Buffer | readonly number[])[]): Buffer {
  const data = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
}

export const u16 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, index * 2);
  return bytes;
};

export const u32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, index * 4);
  return bytes;
};

export const f64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
};

/** A text with two bytes a letter. */
export const wide = (text: string): Buffer =>
  Buffer.concat([u16(text.length), Buffer.from([1]), Buffer.from(text, "utf16le")]);

export const begin = (version = 0x0600, kind = 5): Buffer =>
  record(0x0809, u16(version, kind, 0, 0), u32(0, 0));
export const end = record(0x000a);

export interface XlsSheet {
  readonly name: string;
  readonly state?: number;
  readonly kind?: number;
  readonly records: readonly Buffer[];
}

/** The stream of a workbook: what stands before the sheets, and the sheets. */
export function bookOf(before: readonly Buffer[], sheets: readonly XlsSheet[]): Buffer {
  const bodies = sheets.map(({ records }) => Buffer.concat([begin(0x0600, 0x10), ...records, end]));
  const bound = (starts: readonly number[]): Buffer[] =>
    sheets.map(({ name, state = 0, kind = 0 }, index) =>
      record(
        0x0085,
        u32(starts[index] ?? 0),
        [state, kind, name.length, 1],
        Buffer.from(name, "utf16le"),
      ),
    );
  const head = (starts: readonly number[]): Buffer =>
    Buffer.concat([begin(), ...bound(starts), ...before, end]);
  let at = head([]).length;
  const starts = bodies.map(({ length }) => {
    at += length;
    return at - length;
  });
  return Buffer.concat([head(starts), ...bodies]);
}

const HEADER = 512;
const END = 0xfffffffe;
const FREE = 0xffffffff;
const TABLE = 0xfffffffd;

/**
 * An OLE compound file with one stream, padded so that it has sectors of its own.
 * @param change alters the allocation table, of which sector 0 is the table and 1 the directory
 * @param shift 9 for sectors of 512 bytes, 12 for 4096
 */
export function oleOf(
  stream: Buffer,
  name = "Workbook",
  change: (table: number[]) => void = () => undefined,
  shift = 9,
): Buffer {
  const size = 1 << shift;
  const length = Math.max(stream.length, 4096);
  const sectors = Math.ceil(length / size);
  const table = [TABLE, END, ...Array.from({ length: sectors }, (_, index) => index + 3)];
  table[table.length - 1] = END;
  change(table);
  while (table.length < size / 4) table.push(FREE);
  if (table.length > size / 4) throw new Error("too long for one sector of the table");
  const header = Buffer.alloc(size);
  Buffer.from("d0cf11e0a1b11ae1", "hex").copy(header);
  header.writeUInt16LE(shift, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(1, 44);
  header.writeUInt32LE(1, 48);
  header.writeUInt32LE(4096, 56);
  header.writeUInt32LE(END, 60);
  header.writeUInt32LE(END, 68);
  for (let at = 76; at < HEADER; at += 4) header.writeUInt32LE(FREE, at);
  header.writeUInt32LE(0, 76);
  const entry = (text: string, kind: number, first: number, bytes: number): Buffer => {
    const place = Buffer.alloc(128);
    place.write(text, 0, "utf16le");
    place.writeUInt16LE(text.length * 2 + 2, 64);
    place[66] = kind;
    place.writeUInt32LE(first, 116);
    place.writeUInt32LE(bytes, 120);
    return place;
  };
  const directory = Buffer.alloc(size);
  entry("Root Entry", 5, END, 0).copy(directory);
  entry(name, 2, 2, length).copy(directory, 128);
  const body = Buffer.alloc(sectors * size);
  stream.copy(body);
  return Buffer.concat([header, u32(...table), directory, body]);
}
