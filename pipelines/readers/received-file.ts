import type { TextEncoding } from "./text-encoding.ts";

/** A received file in a private place where nobody else writes to it. */
export interface ReceivedFile {
  /** The name that the sender gave it, for messages. Never used in a path. */
  readonly name: string;
  readonly path: string;
  readonly byteSize: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** The first 64 KiB, or less. */
  readonly head: Buffer;
  /** Physical lines, the last one with or without its line break. */
  readonly lineCount: number;
  /** The first line, from 1, of more than `MAX_LINE` bytes; null where there is none. */
  readonly longLine: number | null;
}

/** What parts the name of a package from that of a file in it. */
export const WITHIN = " › ";

/** Larger files are refused unread; four million figures in a CSV file take half of this. */
export const MAX_READ_BYTES = 256 * 1024 * 1024;

/** A line of more bytes is no line of a text file with figures. */
export const MAX_LINE = 1024 * 1024;

/** A report's file although its name begins with a dot: `.xlsx` alone, or `...`. */
const NAMED_BADLY = /^\.(?![_~])(?:.*\.)?(?:xlsx?|xlsm|ods|csv|json|zip|eml)$|^\.{3,}$/i;

/** Whether a name is of a file that programs and systems leave behind. */
export function isDebris(name: string): boolean {
  return /^\.|^~\$|^(Thumbs\.db|desktop\.ini)$/i.test(name) && !NAMED_BADLY.test(name);
}

/**
 * `package`: an archive or a mail, whose files are taken each by itself; `version`: what another office
 * published and handed up.
 */
export const MEDIA = ["form", "csv", "json", "package", "version", "unknown"] as const;
export type Medium = (typeof MEDIA)[number];

/** The separator of the columns of a text file. */
export type Delimiter = "comma" | "semicolon" | "tab" | "pipe";

/** How the text of a file was read. */
export interface TextForm {
  /** `UTF-8`, `UTF-16LE`, `TCVN3`…; null of a workbook in Unicode, or where none could be taken. */
  readonly encoding: TextEncoding | null;
  /** Null of a workbook. */
  readonly delimiter: Delimiter | null;
}

export const NO_TEXT: TextForm = { encoding: null, delimiter: null };
