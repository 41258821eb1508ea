/** What a version is exported as; a data package describes the files of the data formats. */
export const FORMATS = ["xlsx", "docx", "pdf", "csv", "arrow", "parquet"] as const;
export type Format = (typeof FORMATS)[number];

/** A file made from a published version; its digest is hexadecimal. */
export interface ExportedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
  readonly sha256: string;
}
