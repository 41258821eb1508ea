export { DATA_FORMATS, FORMATS, type Format } from "../vocabulary/file-formats.ts";

/** A file made from a published version; its digest is hexadecimal. */
export interface ExportedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
  readonly sha256: string;
}
