import { PLAN_FILE, SEAL_FILE } from "../contract/sealing.ts";
import type { Wording } from "./reader-wording.ts";
import * as wording from "./reader-wording.ts";

/** The code under which a file is refused that is known for what it is and is no report. */
export const OTHER_KIND = "other_kind_of_file";

/** The code of an archive or a mail, whose files are taken one by one. */
export const PACKAGE = "package";

/** The code of what another office handed up, which has a reader of its own. */
export const HANDED_UP = "handed_up";

/** Whether a problem, by its code, only says what kind of file it is. */
export function isKind({ code }: { readonly code: string }): boolean {
  return code === OTHER_KIND || code === PACKAGE;
}

/** A file that is known for what it is and is no report. */
export interface OtherKind extends Wording {
  readonly code: typeof OTHER_KIND | typeof PACKAGE | typeof HANDED_UP;
}

const kind =
  (code: OtherKind["code"]) =>
  (what: string, remedy: string): OtherKind => ({ code, ...wording.OTHER_KIND(what, remedy) });

const other = kind(OTHER_KIND);
const packing = kind(PACKAGE);

const HANDED = kind(HANDED_UP)("gói báo cáo của cơ quan cấp dưới", wording.UNPACK);
const DOCUMENT = (what: string): OtherKind => other(what, wording.FILL_IN_FORM);
const PACKED = (what: string): OtherKind => other(what, wording.UNPACK);
const MAIL = packing("thư điện tử", wording.TAKE_OUT_OF_MAIL);
const WEB_PAGE = other("trang web (HTML), dù tên tệp có đuôi .xls", wording.SAVE_AS_XLSX);

/** How files begin, in hexadecimal, at an offset. */
const SIGNATURES: readonly (readonly [offset: number, hex: string, kind: OtherKind])[] = [
  [0, "526172211a07", PACKED("tệp nén RAR")],
  [0, "377abcaf271c", PACKED("tệp nén 7z")],
  [0, "1f8b", PACKED("tệp nén GZ")],
  [0, "255044462d", DOCUMENT("tệp PDF")],
  [0, "ffd8ff", DOCUMENT("ảnh chụp (JPEG)")],
  [0, "89504e470d0a1a0a", DOCUMENT("ảnh (PNG)")],
  [0, "474946383", DOCUMENT("ảnh (GIF)")],
  [0, "49492a00", DOCUMENT("ảnh quét (TIFF)")],
  [0, "4d4d002a", DOCUMENT("ảnh quét (TIFF)")],
  [0, "7b5c727466", DOCUMENT("văn bản RTF")],
  [4, "66747970686569", DOCUMENT("ảnh chụp (HEIC)")],
  [4, "667479706d696631", DOCUMENT("ảnh chụp (HEIC)")],
  [0, "504b0506", PACKED("tệp nén ZIP không có tệp nào bên trong")],
  [0, "504b0708", PACKED("một phần của tệp nén ZIP nhiều phần")],
  [0, "789f3e22", other("thư của Outlook (winmail.dat)", wording.TAKE_OUT_OF_MAIL)],
];

/** Headers that nearly every mail has; the first of one may be any other. */
const MAIL_HEADER =
  /^(?:received|return-path|message-id|mime-version|delivered-to|x-[a-z-]+|from|subject|date|to|content-(?:type|transfer-encoding)):\s/i;
const ANY_HEADER = /^[a-z][a-z\d-]*:\s/i;

/** What programs put before a mail: a mark, blank lines, its length (.emlx), a line of a mailbox. */
const ENVELOPE = /^(?:\u00EF\u00BB\u00BF)?\s*(?:(\d+)[ \t]*\r?\n|>?From [^\r\n]*\r?\n)?/;
/** So many headers, each with its folded lines, show a mail; signatures of servers stand first. */
const FIRST_HEADERS = 12;
const MAX_HEADERS = 32 * 1024;

/** A mail without what a program has put around it. */
export function bareMail(bytes: Buffer): Buffer {
  const [before = "", length] = ENVELOPE.exec(bytes.toString("latin1", 0, 1024)) ?? [];
  const mail = bytes.subarray(before.length);
  return length === undefined ? mail : mail.subarray(0, Number(length));
}

/** Parts by which an archive shows what it is, in the order in which they are looked for. */
const PARTS: readonly (readonly [part: RegExp, kind: OtherKind])[] = [
  [/^word\//, DOCUMENT("văn bản Word (.docx)")],
  [/^ppt\//, DOCUMENT("bản trình chiếu PowerPoint")],
  [
    /^Index\/Document\.iwa$|^Index\.zip$/,
    other("tệp Numbers, Pages hoặc Keynote của Apple", wording.EXPORT_TO_EXCEL),
  ],
  [/^xl\/workbook\.bin$/, other("bảng tính dạng nhị phân (.xlsb)", wording.SAVE_AS_XLSX)],
];

/** Names of streams of an OLE container. */
const STREAMS: readonly (readonly [stream: string, kind: OtherKind])[] = [
  ["WordDocument", DOCUMENT("văn bản Word (.doc)")],
  ["PowerPoint Document", DOCUMENT("bản trình chiếu PowerPoint")],
  ["__substg1.0_", other("thư của Outlook (.msg)", wording.TAKE_OUT_OF_MAIL)],
];

/** What a file is that begins so and is no workbook and no CSV; null where nobody knows. */
export function kindOfHead(head: Buffer): OtherKind | null {
  const start = head.subarray(0, 32).toString("hex");
  for (const [offset, hex, kind] of SIGNATURES) {
    if (start.startsWith(hex, offset * 2)) return kind;
  }
  const text = head
    .subarray(0, 4096)
    .toString("latin1")
    .replace(/^\u00EF\u00BB\u00BF/, "");
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype html|<html|<head|<table|<meta)/i.test(text)) {
    return WEB_PAGE;
  }
  if (/<\?mso-application progid="Excel\.Sheet"/.test(text)) {
    return other("bảng tính dạng XML 2003", wording.SAVE_AS_XLSX);
  }
  const lines = bareMail(head)
    .toString("latin1", 0, MAX_HEADERS)
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/, FIRST_HEADERS);
  const headers = lines.filter((line) => MAIL_HEADER.test(line));
  return headers.length >= 2 && ANY_HEADER.test(lines[0] ?? "") ? MAIL : null;
}

/** What an archive of these parts is that is no workbook. */
export function kindOfArchive(names: readonly string[]): OtherKind {
  if (names.includes(SEAL_FILE) && names.includes(PLAN_FILE)) return HANDED;
  const found = PARTS.find(([part]) => names.some((name) => part.test(name)));
  if (found !== undefined) return found[1];
  if (names.includes("mimetype")) return DOCUMENT("tài liệu OpenDocument không phải bảng tính");
  return packing("tệp nén ZIP", wording.UNPACK);
}

/** What an OLE container is that is no workbook; null where it may be one. */
export function kindOfOle(file: Buffer): OtherKind | null {
  const found = STREAMS.find(([stream]) => file.includes(Buffer.from(stream, "utf16le")));
  return found === undefined || file.includes(Buffer.from("Workbook", "utf16le")) ? null : found[1];
}
