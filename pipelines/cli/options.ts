import {
  Command,
  type CommandUnknownOpts,
  InvalidArgumentError,
  Option,
} from "@commander-js/extra-typings";
import type { Audience } from "../contract/report.ts";
import { personalSigns } from "../persons/personal-signs.ts";
import { AUDIENCES } from "../vocabulary/audiences.ts";
import { parseMoment } from "../vocabulary/date.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { writtenText } from "../vocabulary/shown-text.ts";
import { HELP } from "./usage-text.ts";

/** Options that every command has. */
export type FolderOptions = {
  readonly sources: string;
  readonly warehouse: string;
};

export type OutputOptions = FolderOptions & { readonly json?: true };

/** A command with the options that all have. */
export type FolderCommand = Command<[], FolderOptions>;

/** A command, whatever it takes. */
export type AnyCommand = CommandUnknownOpts;

/** A command with its help, and nothing else yet. */
export function bareCommand(name: string, summary: string): Command {
  return new Command(name)
    .summary(summary)
    .description(summary)
    .configureHelp(HELP)
    .helpOption("-h, --help", "xem hướng dẫn này");
}

/** A command with the options that all have. */
export function newCommand(name: string, summary: string): FolderCommand {
  return bareCommand(name, summary)
    .option("--sources <dir>", "thư mục có plans/, areas/ và inbox/", "sources")
    .option(
      "--warehouse <dir>",
      "kho dữ liệu: sổ tiếp nhận, kho lưu trữ và số liệu đã tính",
      "warehouse",
    );
}

export function jsonOption(): Option<"--json"> {
  return new Option("--json", "in JSON thay cho chữ");
}

/** Reads an option that is a moment, such as `2024-06-08T10:00`, in office time. */
export function momentArgument(text: string): Date {
  try {
    return parseMoment(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? `${error.message}.` : "");
  }
}

/** A moment that cannot lie in the future. */
export function pastMomentArgument(text: string): Date {
  const moment = momentArgument(text);
  if (moment > new Date()) throw new InvalidArgumentError("Thời điểm này ở tương lai.");
  return moment;
}

/** A count or number such as a version's. */
export function countArgument(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("Ghi 1, 2, 3, …");
  return Number(text);
}

/**
 * A text from the command line, as it is kept in the journal.
 * @param fault the message where it is empty
 * @throws Failure (wrong usage) where it is empty
 */
export function statedText(given: string, fault: string): string {
  const text = writtenText(given);
  if (text === "") throw wrongUsage(fault);
  return text;
}

/** Why something is done, as the journal keeps it for good. @throws Failure like `statedText` */
export function statedReason(given: string, fault: string): string {
  const reason = statedText(given, fault);
  if (personalSigns(reason).every(({ certainty }) => certainty !== "certain")) return reason;
  throw wrongUsage(
    "Lý do có thông tin cá nhân (số giấy tờ, số điện thoại, địa chỉ, ngày sinh). Lý do được lưu vĩnh viễn: viết lại, bỏ thông tin ấy.",
  );
}

export function portArgument(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new InvalidArgumentError("Ghi số nguyên từ 0 đến 65535.");
  }
  return port;
}

/** `--backups`: where somebody else sees to it that backups are made. */
export function backupsOption(): Option<"--backups <dir>"> {
  return new Option(
    "--backups <dir>",
    "thư mục sao lưu: quá hai ngày không có bản mới là một vấn đề",
  ).env("CHITIEU_BACKUPS");
}

/** `--audience`: for whose eyes pages are. */
export function audienceOption(
  description: string,
): Option<"--audience <audience>", undefined, Audience, undefined, false, Audience> {
  return new Option("--audience <audience>", description)
    .choices(AUDIENCES)
    .default<Audience>("shared");
}
