const CONTINUE = 0x003c;
const WIDE = 1;
const HAS_PHONETIC = 4;
const HAS_RUNS = 8;

/** A text with a length of two bytes and a byte of options, within one record. */
export function readText(data: Buffer, at: number): string {
  return readCharacters(data, at + 2, data.readUInt16LE(at));
}

/** A text with a length of one byte and a byte of options. */
export function readShortText(data: Buffer, at: number): string {
  return readCharacters(data, at + 1, data[at] ?? 0);
}

/** Some programs leave out the byte of options, as Excel 5 had none; the record is then as long as its text. */
function readCharacters(data: Buffer, start: number, count: number): string {
  if (start + count === data.length) return data.toString("latin1", start);
  const isWide = ((data[start] ?? 0) & WIDE) !== 0;
  const at = start + 1;
  const end = at + count * (isWide ? 2 : 1);
  if (end > data.length) throw new RangeError("text beyond its record");
  return data.toString(isWide ? "utf16le" : "latin1", at, end);
}

/** The number in the packed form of the records RK and MULRK. */
export function decodeRk(packed: number): number {
  const isInteger = (packed & 2) !== 0;
  const bytes = Buffer.alloc(8);
  bytes.writeInt32LE(packed & ~3, 4);
  const value = isInteger ? packed >> 2 : bytes.readDoubleLE(0);
  return (packed & 1) === 0 ? value : value / 100;
}

/** The text of an object, which stands in the records behind its own (MS-XLS 2.4.329). */
export function objectText(
  records: readonly { id: number; data: Buffer }[],
  index: number,
): string {
  const { data } = records[index] ?? { data: Buffer.alloc(0) };
  let left = data.length >= 12 ? data.readUInt16LE(10) : 0;
  let text = "";
  for (let at = index + 1; left > 0 && records[at]?.id === CONTINUE; at += 1) {
    const block = records[at]?.data ?? Buffer.alloc(0);
    const run = characters(block.subarray(1), left, ((block[0] ?? 0) & 1) === 1);
    text += run;
    left -= run.length;
  }
  return text;
}

export function characters(bytes: Buffer, count: number, isWide: boolean): string {
  return bytes.toString(isWide ? "utf16le" : "latin1", 0, count * (isWide ? 2 : 1));
}

/** Texts that run on from one record to the next. */
export class RecordText {
  readonly length: number;
  /** Where parts of the text that was read last begin, and the numbers of their fonts. */
  runs: readonly { readonly at: number; readonly font: number }[] = [];
  private readonly blocks: readonly Buffer[];
  private block = 0;
  private at: number;

  constructor(blocks: readonly Buffer[], at: number) {
    this.blocks = blocks;
    this.at = at;
    this.length = blocks.reduce((sum, { length }) => sum + length, 0);
  }

  isAtEnd(): boolean {
    this.settle();
    return this.block >= this.blocks.length;
  }

  /** @throws RangeError where the records end before the text does */
  next(): string {
    this.settle();
    let left = this.take(2).readUInt16LE(0);
    let options = this.take(1)[0] ?? 0;
    const runs = (options & HAS_RUNS) === 0 ? 0 : this.take(2).readUInt16LE(0);
    const phonetic = (options & HAS_PHONETIC) === 0 ? 0 : this.take(4).readUInt32LE(0);
    let text = "";
    while (left > 0) {
      // where a text goes on in the next record, that one begins with its options
      if (this.room() === 0) {
        this.settle();
        options = this.take(1)[0] ?? 0;
      }
      const width = (options & WIDE) === 0 ? 1 : 2;
      const here = Math.min(left, Math.floor(this.room() / width));
      if (here === 0) throw new RangeError("half a character");
      text += this.take(here * width).toString(width === 2 ? "utf16le" : "latin1");
      left -= here;
    }
    this.runs = Array.from({ length: runs }, () => ({
      at: this.takeNumber(),
      font: this.takeNumber(),
    }));
    this.skip(phonetic);
    return text;
  }

  /** A run may begin in one record and end in the next. */
  private takeNumber(): number {
    const bytes = [0, 0].map(() => {
      this.settle();
      return this.take(1)[0] ?? 0;
    });
    return Buffer.from(bytes).readUInt16LE(0);
  }

  private room(): number {
    return (this.blocks[this.block]?.length ?? 0) - this.at;
  }

  private take(count: number): Buffer {
    const block = this.blocks[this.block];
    if (block === undefined || this.at + count > block.length) {
      throw new RangeError("text beyond its records");
    }
    const bytes = block.subarray(this.at, this.at + count);
    this.at += count;
    return bytes;
  }

  private skip(count: number): void {
    let left = count;
    while (left > 0) {
      this.settle();
      const here = Math.min(left, this.room());
      if (here === 0) throw new RangeError("text beyond its records");
      this.take(here);
      left -= here;
    }
  }

  /** Goes on to the next record at the end of one. */
  private settle(): void {
    while (this.block < this.blocks.length && this.room() === 0) {
      this.block += 1;
      this.at = 0;
    }
  }
}
