/** A received file as it lies in a private place where nobody else writes to it. */
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
}

export type Medium = "form" | "csv" | "unknown";
