const MIB = 1024 * 1024;

/** What reading one file may cost, in a process of its own. */
export interface ReadingLimits {
  /** Resident memory of the process, in bytes. */
  readonly memory: number;
  /** Processor time, in milliseconds. */
  readonly time: number;
}

/** A form takes 10 ms; the largest that is in bounds, of texts that are hard to judge, some seconds. */
export const READING_LIMITS: ReadingLimits = { memory: 512 * MIB, time: 8_000 };

/** A reader that waits for ever is ended after so long without work. */
export const STILL_MS = 60_000;

/**
 * V8's heap, in MiB. Buffers and typed arrays are outside of it, so the resident memory is watched
 * too.
 */
export const HEAP_MIB = 384;

/** A process that has grown to this size is ended after its file. */
export const WORN = 256 * MIB;

/**
 * What may be in one workbook, all of its sheets and parts together; what is more is refused before it
 * is read. A form has a thousand pieces, 5 kB of text and 60 kB of XML; one of 500 areas and 30 measures,
 * larger than any that is known, 50,000 pieces, 200 kB and 3 MiB.
 */
export const WORKBOOK_BOUNDS = {
  /** Cells, blank ones with a format, too, which programs write in thousands around a table. */
  cells: 200_000,
  /** Rows times columns up to the last cell, which are laid out in memory. */
  places: 2_000_000,
  /** Elements: a shared text is two or three, a cell with its value two. Each takes 5 µs. */
  pieces: 300_000,
  /** Characters of texts, which are all searched for data of persons. Each takes up to 6 µs. */
  text: 1_000_000,
  /** Bytes of XML: attributes are written at length. */
  xmlBytes: 16 * MIB,
};
