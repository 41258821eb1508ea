import { createReadStream } from "node:fs";

const NEW_LINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
/** A text within quotes that is longer than this has lost its second quote. */
const MAX_QUOTED = 1024 * 1024;
/** A record with more columns than this is not looked into further. */
const MAX_COLUMNS = 100;

/** Where the records of a CSV file begin, the header included. */
export interface CsvRecords {
  readonly count: number;
  /** The physical line on which a record begins, from 1; negative where the record has no text. */
  readonly lines: Int32Array;
  /** What ends the search: a file that nobody should look into further, and its line. */
  readonly fault: { readonly kind: "quote" | "columns"; readonly line: number } | null;
}

/**
 * Finds where every record of a CSV file begins. A line break within quotes does not end a record.
 */
export async function findRecords(file: string, separator: string): Promise<CsvRecords> {
  const separatorByte = separator.charCodeAt(0);
  let lines = new Int32Array(1024);
  let count = 0;
  let line = 1;
  let start = 1;
  let length = 0;
  let columns = 1;
  let atFieldStart = true;
  let isQuoted = false;
  let quotedLine = 1;
  let quotedLength = 0;
  const ended = (fault: CsvRecords["fault"]): CsvRecords => ({ count, lines, fault });
  const add = (): void => {
    if (count === lines.length) {
      const longer = new Int32Array(count * 2);
      longer.set(lines);
      lines = longer;
    }
    lines[count] = length === 0 ? -start : start;
    count += 1;
  };
  for await (const chunk of createReadStream(file)) {
    const bytes = chunk as Buffer;
    for (let index = 0; index < bytes.length; index += 1) {
      const byte = bytes[index] ?? 0;
      if (byte === NEW_LINE) line += 1;
      if (isQuoted) {
        if (byte === QUOTE) isQuoted = false;
        length += 1;
        quotedLength += 1;
        if (quotedLength > MAX_QUOTED) return ended({ kind: "quote", line: quotedLine });
      } else if (byte === NEW_LINE) {
        add();
        start = line;
        length = 0;
        columns = 1;
        atFieldStart = true;
      } else if (byte === QUOTE && atFieldStart) {
        isQuoted = true;
        quotedLine = line;
        quotedLength = 0;
        length += 1;
        // a doubled quote opens the field again, so it still counts as a start
        atFieldStart = true;
      } else if (byte !== CARRIAGE_RETURN) {
        atFieldStart = byte === separatorByte;
        length += 1;
        if (atFieldStart) columns += 1;
        if (columns > MAX_COLUMNS) return ended({ kind: "columns", line: start });
      }
    }
  }
  if (isQuoted) return ended({ kind: "quote", line: quotedLine });
  if (length > 0) add();
  return ended(null);
}
