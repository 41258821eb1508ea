import PostalMime, { type Address, type Email } from "postal-mime";
import type { PersonalKind } from "../persons/personal-kind.ts";
import { personalPlaces } from "../persons/personal-table.ts";
import type { PrintedTexts } from "../persons/printed-texts.ts";
import { bareMail } from "./file-kind.ts";

/** A mail, opened. */
export interface OpenedMail {
  readonly files: readonly { readonly name: string; readonly content: Buffer }[];
  /** Data of persons that its letter and addresses certainly hold. */
  readonly personal: readonly PersonalKind[];
  /** Lines of its letter, without what it answers. */
  readonly letter: readonly string[];
}

const MAX_LINES = 200;
const UNNAMED = "tệp đính kèm";
const LETTER = "nội dung thư";
/** A letter into which a program has put a CSV file, as some do with what is called text. */
const CSV_HEAD = /^.*\bunit\b.*[,;\t].*\bmeasure\b/im;

/**
 * Reads a mail: its attachments, those of mails in it as well. Pictures of the letter, such as the
 * sign of an office below it, are no attachments.
 * @returns null where its end is missing, or it is no mail that can be read
 */
export async function openMail(file: Buffer, printed: PrintedTexts): Promise<OpenedMail | null> {
  const bytes = bareMail(file);
  const end = lastBoundary(bytes.subarray(0, HEAD));
  // what is missing of a mail that was cut short would be lost without a word
  if (end !== null && !bytes.includes(end)) return null;
  let mail: Email;
  try {
    mail = await PostalMime.parse(bytes, { maxNestingDepth: 20, forceRfc822Attachments: true });
  } catch {
    return null;
  }
  const attached = mail.attachments
    .filter(({ related, mimeType }) => !(related === true && mimeType.startsWith("image/")))
    .map(({ filename, content }) => ({ name: filename ?? UNNAMED, content: bytesOf(content) }));
  const text = mail.text ?? "";
  const personal = personalIn(mail, printed);
  if (CSV_HEAD.test(text)) {
    const file = { name: LETTER, content: Buffer.from(text) };
    return { files: [...attached, file], personal, letter: [] };
  }
  const own = text === "" ? (mail.html ?? "").replace(/<[^<>]*>/g, "\n") : text;
  const lines = own.split("\n").map((line) => line.normalize("NFC").trim());
  const letter = lines.filter((line) => line !== "" && !line.startsWith(">"));
  return { files: attached, personal, letter: letter.slice(0, MAX_LINES) };
}

function bytesOf(content: ArrayBuffer | Uint8Array | string): Buffer {
  if (typeof content === "string") return Buffer.from(content);
  return content instanceof Uint8Array ? Buffer.from(content) : Buffer.from(content);
}

/** The headers of a mail end within so much of it. */
const HEAD = 256 * 1024;
const HEADERS_END = /\r?\n\r?\n/;
const BOUNDARY = /^content-type:\s*multipart\/[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*/im;
const NAME_OF_BOUNDARY = /boundary\s*=\s*(?:"([^"\r\n]+)"|([^\s;]+))/i;

/** What the last line of a mail of several parts begins with, by how it begins; null of another. */
export function lastBoundary(start: Buffer): Buffer | null {
  const [headers = ""] = bareMail(start).toString("latin1").split(HEADERS_END, 1);
  const [field] = BOUNDARY.exec(headers) ?? [];
  if (field === undefined) return null;
  const [, quoted, plain] = NAME_OF_BOUNDARY.exec(field) ?? [];
  const boundary = quoted ?? plain;
  return boundary === undefined ? null : Buffer.from(`--${boundary}--`, "latin1");
}

/** Headers with mailboxes of persons. */
const TRACES: ReadonlySet<string> = new Set(["delivered-to", "return-path", "x-original-to"]);

function personalIn(mail: Email, printed: PrintedTexts): PersonalKind[] {
  const { from, sender, replyTo = [], to = [], cc = [], bcc = [] } = mail;
  const addresses = [from, sender, ...replyTo, ...to, ...cc, ...bcc].flatMap(namesOf);
  const traces = mail.headers.flatMap(({ key, value }) => (TRACES.has(key) ? [value] : []));
  const html = (mail.html ?? "").replace(/<[^<>]*>/g, " ");
  const letter = [mail.subject ?? "", ...(mail.text ?? "").split("\n"), ...html.split("\n")];
  const rows = [...addresses, ...traces, ...letter].map((line) => [line.trim()]);
  const signs = personalPlaces(rows, printed).flatMap((place) => place.signs);
  const certain = signs.filter(({ certainty }) => certainty === "certain");
  return [...new Set(certain.map(({ kind }) => kind))];
}

function namesOf(address: Address | undefined): string[] {
  if (address === undefined) return [];
  const inGroup = (address.group ?? []).flatMap(namesOf);
  return [address.name, address.address ?? "", ...inGroup].filter((one) => one !== "");
}
