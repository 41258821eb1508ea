import { createTransport } from "nodemailer";
import { isLoopback } from "../../site/server.ts";
import { wrongUsage } from "../../vocabulary/failure.ts";
import { shownText } from "../../vocabulary/shown-text.ts";
import { readNamedFile } from "../../warehouse/file-failure.ts";

/** The mail server of the office, and in whose name it sends. */
export interface MailSettings {
  /** `smtp://` begins TLS where the server offers it, `smtps://` at once; no password in it. */
  readonly url: URL;
  /** As in `Phòng LĐ-TB&XH <ldtbxh@langson.gov.vn>`. */
  readonly from: string;
  /** Of the user in the address; null where it names none. */
  readonly password: string | null;
}

export interface Mail {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly attachment?: { readonly name: string; readonly bytes: Uint8Array };
}

/**
 * What options of the command line say of the mail server; null where they name none.
 * @param passwordFile whose first line is the password; else the environment's `CHITIEU_SMTP_PASSWORD`
 * @throws Failure when something of it is missing, or a password stands in the address
 */
export function mailSettings(
  address: string | undefined,
  from: string | undefined,
  passwordFile: string | undefined,
): MailSettings | null {
  if (address === undefined) return null;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === "") {
    throw wrongUsage("--smtp không phải địa chỉ như smtps://user@mail.langson.gov.vn.");
  }
  if (url.password !== "") {
    throw wrongUsage(
      "--smtp có mật khẩu, người khác trên máy này đọc được. Ghi mật khẩu vào tệp chỉ người chạy bàn làm việc đọc được, nêu bằng --smtp-password-file.",
    );
  }
  if (from === undefined || !/^[^<>\r\n]*<?[^\s<>@]+@[^\s<>@]+>?$/.test(from)) {
    throw wrongUsage(
      '--smtp-from chưa nêu người gửi, ví dụ "UBND thành phố <vanthu@langson.gov.vn>".',
    );
  }
  const password = url.username === "" ? null : passwordOf(passwordFile);
  return { url, from, password };
}

function passwordOf(file: string | undefined): string {
  const given =
    file === undefined
      ? process.env.CHITIEU_SMTP_PASSWORD
      : readNamedFile(file).split(/\r?\n/, 1)[0];
  if (given === undefined || given === "") {
    throw wrongUsage(
      "--smtp có tên người dùng mà chưa có mật khẩu: nêu tệp mật khẩu bằng --smtp-password-file, hoặc đặt CHITIEU_SMTP_PASSWORD.",
    );
  }
  return given;
}

/** What became of a mail. */
export interface MailAnswer {
  readonly isSent: boolean;
  /** The reply of the server, or what kept it from being asked. */
  readonly reply: string;
  /** The next one would fare no better: the server is not reached, or does not let us in. */
  readonly isHopeless: boolean;
}

/** So long a server may be silent. */
const SILENT_MS = 10_000;
const LONGEST_ANSWER = 300;

/** Sends mails through the office's server, one after another. */
export class MailServer {
  readonly from: string;
  readonly #transport: ReturnType<typeof createTransport>;

  /** @param silentMs so long the server may be silent */
  constructor({ url, from, password }: MailSettings, silentMs = SILENT_MS) {
    this.from = from;
    const isSecure = url.protocol === "smtps:";
    const user = decodeURIComponent(url.username);
    this.#transport = createTransport({
      host: url.hostname.replace(/^\[|\]$/g, ""),
      port: url.port === "" ? (isSecure ? 465 : 587) : Number(url.port),
      secure: isSecure,
      // a password goes to another machine under TLS, or not at all
      requireTLS: !isSecure && user !== "" && !isLoopback(url.hostname),
      ...(user === "" ? {} : { auth: { user, pass: password ?? "" } }),
      connectionTimeout: silentMs,
      greetingTimeout: silentMs,
      socketTimeout: silentMs,
      dnsTimeout: silentMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  /** Never throws: what the server answers, or that it does not, is the answer. */
  async send({ to, subject, text, attachment }: Mail): Promise<MailAnswer> {
    try {
      const { response } = await this.#transport.sendMail({
        ...{ from: this.from, to, subject, text },
        ...(attachment === undefined
          ? {}
          : {
              attachments: [{ filename: attachment.name, content: Buffer.from(attachment.bytes) }],
            }),
      });
      return { isSent: true, reply: inShort(response), isHopeless: false };
    } catch (error) {
      const { message, response, responseCode, code } = error as Error & {
        readonly response?: string;
        readonly responseCode?: number;
        readonly code?: string;
      };
      return {
        isSent: false,
        reply: inShort(response ?? message),
        isHopeless: responseCode === undefined || code === "EAUTH",
      };
    }
  }
}

function inShort(reply: string): string {
  return shownText(reply).replace(/\s+/g, " ").trim().slice(0, LONGEST_ANSWER);
}
