import { inflateSync } from "node:zlib";
import { z } from "zod";
import type { ExportedFile } from "../../pipelines/exports/format.ts";
import { digestOfBytes } from "./fingerprint.ts";

/** Of a data package: the files that it lists. */
const LISTING = z.looseObject({ resources: z.array(z.looseObject({ path: z.string() })) });

/**
 * Exported files in which no byte depends on the machine: zlib compresses the same content into other
 * bytes on another processor. The streams of PDF files are inflated, and a data package lists those.
 */
export function withInflatedPdf(files: readonly ExportedFile[]): ExportedFile[] {
  const inflated = files.map((file) => {
    if (!file.name.endsWith(".pdf")) return file;
    const bytes = inflatedPdf(file.bytes);
    return { ...file, bytes, sha256: digestOfBytes(bytes) };
  });
  return inflated.map((file) => {
    if (!file.name.endsWith(".json")) return file;
    const listing = LISTING.parse(JSON.parse(Buffer.from(file.bytes).toString("utf8")));
    for (const resource of listing.resources) {
      const found = inflated.find(({ name }) => name === resource.path && name.endsWith(".pdf"));
      if (found === undefined) continue;
      resource.bytes = found.bytes.length;
      resource.hash = `sha256:${found.sha256}`;
    }
    const bytes = Buffer.from(JSON.stringify(listing, null, 2));
    return { ...file, bytes, sha256: digestOfBytes(bytes) };
  });
}

/** A PDF file with its streams inflated, without the lengths and places that follow from compression. */
function inflatedPdf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = Buffer.from(bytes).toString("latin1");
  const [body = "", table] = text.split(/^xref$/m);
  if (table === undefined) throw new Error("a PDF file has a table of its objects");
  const parts = body
    .split(/(?<=\nstream\n)|(?=\nendstream\n)/)
    .map((part, index) =>
      index % 2 === 0 ? part.replace(/\/Length \d+/, "/Length") : inflated(part),
    );
  const trailer = /^trailer[\s\S]*?(?=startxref)/m.exec(table)?.[0] ?? "";
  return Buffer.from(parts.join("") + trailer, "latin1");
}

/** The content of a stream, or the stream itself when it is not compressed. */
function inflated(stream: string): string {
  const bytes = Buffer.from(stream, "latin1");
  const isDeflated = bytes[0] === 0x78 && bytes.readUInt16BE(0) % 31 === 0;
  return isDeflated ? inflateSync(bytes).toString("latin1") : stream;
}
