import { crc32 } from "node:zlib";

/** A part of a mail. */
export interface MailPart {
  /** As it stands in the header, encoded where it has to be. */
  readonly name?: string;
  readonly content: string | Uint8Array;
  readonly type?: string;
  readonly disposition?: string;
  readonly headers?: readonly string[];
}

/** A mail with a letter and attachments, as mail programs write them. */
export function mailOf(
  parts: readonly MailPart[],
  {
    from = "Văn phòng <vanphong@langson.gov.vn>",
    letter = "Gửi kèm báo cáo.",
    subject = "=?utf-8?B?QsOhbyBjw6Fv?=",
    isTypeFirst = false,
  }: { from?: string; letter?: string; subject?: string; isTypeFirst?: boolean } = {},
): Buffer {
  const boundary = `=_phan_${crc32(JSON.stringify(parts.map(({ content }) => String(content))))}`;
  const type = `Content-Type: multipart/mixed;\r\n boundary="${boundary}"`;
  const lines = [
    // as a library of Python writes them
    ...(isTypeFirst ? [type] : []),
    `From: ${encoded(from)}`,
    "To: tonghop@langson.gov.vn",
    `Subject: ${subject}`,
    "Message-ID: <1@langson.gov.vn>",
    "MIME-Version: 1.0",
    ...(isTypeFirst ? [] : [type]),
    "",
    `--${boundary}`,
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    base64(letter),
    ...parts.flatMap((part) => [`--${boundary}`, ...partLines(part)]),
    `--${boundary}--`,
    "",
  ];
  return Buffer.from(lines.join("\r\n"), "latin1");
}

function partLines({
  name,
  content,
  type = "application/octet-stream",
  disposition = "attachment",
  headers = [],
}: MailPart): string[] {
  const named = name === undefined ? "" : `; filename=${name}`;
  const isMail = type === "message/rfc822";
  return [
    `Content-Type: ${type}`,
    `Content-Disposition: ${disposition}${named}`,
    ...headers,
    ...(isMail ? [] : ["Content-Transfer-Encoding: base64"]),
    "",
    isMail ? Buffer.from(content).toString("latin1") : base64(content),
  ];
}

function base64(content: string | Uint8Array): string {
  return Buffer.from(content)
    .toString("base64")
    .replace(/(.{76})/g, "$1\r\n");
}

function encoded(text: string): string {
  return text.replace(/^([^<]+?) </, (_, name: string) => {
    return `=?utf-8?B?${Buffer.from(name).toString("base64")}?= <`;
  });
}
