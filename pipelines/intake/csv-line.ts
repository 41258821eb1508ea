import { createReadStream } from "node:fs";

const NEW_LINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;

/** A record of a CSV file: the physical line on which it begins, and whether it has any text. */
export interface CsvRecordPlace {
  readonly line: number;
  readonly isBlank: boolean;
}

/**
 * Finds where every record of a CSV file begins, the header included. A line break within quotes
 * does not end a record.
 */
export async function findRecords(file: string, separator: string): Promise<CsvRecordPlace[]> {
  const separatorByte = separator.charCodeAt(0);
  const records: CsvRecordPlace[] = [];
  let line = 1;
  let start = 1;
  let length = 0;
  let atFieldStart = true;
  let isQuoted = false;
  for await (const chunk of createReadStream(file)) {
    const bytes = chunk as Buffer;
    for (let index = 0; index < bytes.length; index += 1) {
      const byte = bytes[index] ?? 0;
      if (byte === NEW_LINE) line += 1;
      if (isQuoted) {
        if (byte === QUOTE) isQuoted = false;
        length += 1;
      } else if (byte === NEW_LINE) {
        records.push({ line: start, isBlank: length === 0 });
        start = line;
        length = 0;
        atFieldStart = true;
      } else if (byte === QUOTE && atFieldStart) {
        isQuoted = true;
        length += 1;
        // a doubled quote opens the field again, so it still counts as a start
        atFieldStart = true;
      } else if (byte !== CARRIAGE_RETURN) {
        atFieldStart = byte === separatorByte;
        length += 1;
      }
    }
  }
  if (length > 0) records.push({ line: start, isBlank: false });
  return records;
}
