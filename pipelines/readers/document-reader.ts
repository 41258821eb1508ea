import { isUtf8 } from "node:buffer";
import type { Block } from "../reading-plans/outline.ts";
import { inflateParts, type Parts, zipParts } from "../workbook/zip.ts";
import { docxBlocks } from "./docx-reader.ts";
import { kindOfArchive, kindOfHead, kindOfOle } from "./file-kind.ts";
import { odtBlocks } from "./odt-reader.ts";
import { OLE_SIGNATURE } from "./ole.ts";
import * as wording from "./reader-wording.ts";
import { textBlocks } from "./text-blocks.ts";
import { decodeLegacy, detectLegacy, detectUtf16, evidenceOf } from "./text-encoding.ts";
import { isZip, REFUSALS, type Refusal } from "./workbook-guard.ts";

const MIB = 1024 * 1024;
/** A larger document is refused unread. */
const MAX_DOCUMENT_BYTES = 20 * MIB;
/** What is read of a document; a plan of a hundred pages is a third of a mebibyte. */
const MAX_CHARACTERS = 2 * MIB;
const ODT = "application/vnd.oasis.opendocument.text";
/** The parts of office documents that are read. */
const READ_PARTS =
  /^(?:word\/(?:document|styles|numbering|footnotes|endnotes)\.xml|(?:content|styles)\.xml|mimetype)$/;
const LEAST_SHARE = 0.6;

/**
 * The paragraphs and tables of a document: .docx, .odt, or a text file in any encoding.
 * @returns why it cannot be read, in Vietnamese, where it cannot
 */
export async function readDocument(bytes: Buffer): Promise<readonly Block[] | Refusal> {
  if (bytes.length > MAX_DOCUMENT_BYTES) {
    return { code: "file_too_large", ...wording.DOCUMENT_TOO_LARGE(MAX_DOCUMENT_BYTES / MIB) };
  }
  const blocks = await blocksOf(bytes);
  if ("code" in blocks) return blocks;
  const texts = blocks.flatMap((block) =>
    block.kind === "table" ? block.rows.flat() : [block.text],
  );
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  if (length > MAX_CHARACTERS) {
    return { code: "file_too_large", ...wording.DOCUMENT_TOO_LONG };
  }
  if (length === 0) return { code: "no_text", ...wording.NO_TEXT };
  const { words, share } = evidenceOf(texts.join(" "));
  if (words > 20 && share < LEAST_SHARE) return { code: "old_font", ...wording.OLD_FONT };
  return blocks;
}

async function blocksOf(bytes: Buffer): Promise<readonly Block[] | Refusal> {
  if (isZip(bytes)) return packedBlocks(bytes);
  if (bytes.subarray(0, 1024).includes("%PDF-")) return { code: "not_a_document", ...wording.PDF };
  if (OLE_SIGNATURE.every((byte, index) => bytes[index] === byte)) {
    const kind = kindOfOle(bytes);
    return kind === null ? other("sổ tính hoặc tệp văn phòng kiểu cũ") : other(kind.found);
  }
  const kind = kindOfHead(bytes.subarray(0, 64 * 1024));
  if (kind !== null) return other(kind.found);
  const text = decoded(bytes);
  return text === null ? { code: "unknown_encoding", ...wording.UNKNOWN_TEXT } : textBlocks(text);
}

function other(found: string): Refusal {
  const what = /là\s+(.+?), không phải/u.exec(found)?.[1] ?? found;
  return { code: "not_a_document", ...wording.NOT_A_DOCUMENT(what) };
}

function packedBlocks(bytes: Buffer): readonly Block[] | Refusal {
  const directory = zipParts(bytes);
  if (typeof directory === "string") return { ...REFUSALS[directory], ...wording.DAMAGED_DOCUMENT };
  const parts: Parts = new Map();
  const read = directory.filter(({ name }) => READ_PARTS.test(name));
  for (const { name, content } of inflateParts(bytes, read)) {
    if (typeof content === "string") return { ...REFUSALS[content], ...wording.DAMAGED_DOCUMENT };
    if (/<!(DOCTYPE|ENTITY)/i.test(content.toString("latin1", 0, 4096))) {
      return { code: "unsafe_document", ...wording.DAMAGED_DOCUMENT };
    }
    parts.set(name, content);
  }
  const part = (name: string): string | null => parts.get(name)?.toString("utf8") ?? null;
  const names = directory.map(({ name }) => name);
  const [word, content] = [part("word/document.xml"), part("content.xml")];
  try {
    if (word !== null) {
      const notes = [part("word/footnotes.xml"), part("word/endnotes.xml")]
        .flatMap((xml) => (xml === null ? [] : docxBlocks(xml, null, null)))
        .flatMap((one) => (one.kind === "table" ? [] : [{ ...one, isNote: true as const }]));
      return [...docxBlocks(word, part("word/styles.xml"), part("word/numbering.xml")), ...notes];
    }
    if (content !== null && part("mimetype")?.trim() === ODT)
      return odtBlocks(content, part("styles.xml"));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { code: "damaged_document", ...wording.DAMAGED_DOCUMENT };
  }
  if (names.some((name) => name.startsWith("xl/"))) return other("bảng tính Excel");
  return other(kindOfArchive(names).found);
}

/** The text of a file; null where its encoding cannot be told. */
function decoded(bytes: Buffer): string | null {
  const wide = detectUtf16(bytes);
  if (wide !== null) return new TextDecoder(wide.toLowerCase()).decode(bytes);
  if (bytes.includes(0)) return null;
  if (isUtf8(bytes)) return bytes.toString("utf8").replace(/^\ufeff/, "");
  const { encoding } = detectLegacy(bytes.subarray(0, 256 * 1024));
  return encoding === null ? null : decodeLegacy(bytes, encoding);
}
