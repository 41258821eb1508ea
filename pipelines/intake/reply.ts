import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { officeTime, vietnameseDate } from "../vocabulary/date.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { safeFileName, shownText } from "../vocabulary/shown-text.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { moveFile } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { REPLY } from "./problem-wording.ts";

/** What a reply to the sender of a refused or doubtful file is made of. */
export interface Reply {
  readonly file: string;
  /** `opened`: a package whose files were ingested one by one. */
  readonly outcome: "accepted" | "refused" | "opened";
  readonly receiptNo: number;
  readonly receivedAt: Date;
  readonly recordedAt: Date;
  readonly problems: readonly Problem[];
  /** Names words in it that went nowhere; empty where there are none. */
  readonly unread: string;
  /** A copy of the sender's workbook with the cells marked; null where there is none. */
  readonly markedWorkbook: Uint8Array | null;
}

/** The paths of a reply. */
export interface WrittenReply {
  readonly text: string;
  readonly workbook: string | null;
}

/** `Trang tính “Biểu mẫu”, ô D12`, `Dòng 15`, `Dòng 1, mục reports[0].readings[3]`, or nothing. */
export function placeInWords({
  sheet,
  cell,
  line,
}: Pick<Problem, "sheet" | "cell" | "line">): string {
  if (sheet !== undefined) {
    const name = `${REPLY.sheet} “${shownText(sheet)}”`;
    return cell === undefined ? name : `${name}, ${REPLY.cell} ${cell}`;
  }
  // of JSON, which may be one line
  const path = cell === undefined ? "" : `${REPLY.path} ${cell}`;
  const at = line === undefined ? "" : `${REPLY.line} ${line}`;
  return [at, path].filter((part) => part !== "").join(", ");
}

/** The reply as text, every problem numbered, with its place and what to do. */
export function replyText(reply: Reply): string {
  const words = REPLY[reply.outcome];
  const time = officeTime(reply.receivedAt);
  const problems = reply.problems.map((problem, index) => {
    const place = placeInWords(problem);
    const lead = place === "" ? "" : `${place}: `;
    return `${index + 1}. ${lead}${problem.found}\n   ${REPLY.remedy}: ${problem.remedy}`;
  });
  return [
    words.title,
    "",
    `${REPLY.file}: ${shownText(reply.file)}`,
    `${REPLY.receivedAt}: ${time.slice(11, 16)} ${vietnameseDate(time)}`,
    `${REPLY.receiptNo}: ${reply.receiptNo}`,
    "",
    words.verdict(reply.problems.length),
    "",
    ...problems,
    "",
    ...(reply.unread === "" ? [] : [reply.unread, ""]),
    ...(reply.markedWorkbook === null ? [] : [REPLY.marked(workbookName(reply)), ""]),
    words.closing,
    "",
  ].join("\n");
}

/**
 * `<date>-<receipt>-<name>` without the ending of the file, so that the replies of a day are listed
 * together.
 */
function replyName(reply: Pick<Reply, "recordedAt" | "file" | "receiptNo">): string {
  const date = officeTime(reply.recordedAt).slice(0, 10);
  const name = safeFileName(reply.file).replace(/\.(xlsx|xls|ods|csv|json|txt|zip|eml)$/i, "");
  return `${date}-${reply.receiptNo}-${name}`;
}

function workbookName(reply: Parameters<typeof replyName>[0]): string {
  return `${replyName(reply)}.xlsx`;
}

/**
 * Writes the reply as `replies/<date>-<receipt>-<name>.txt`, with the marked workbook beside it, each
 * whole or not at all.
 * @throws Failure when the folder cannot be written
 */
export async function writeReply(paths: WarehousePaths, reply: Reply): Promise<WrittenReply> {
  const { file, markedWorkbook } = reply;
  const workbook =
    markedWorkbook === null
      ? null
      : await writeWhole(paths, file, workbookName(reply), markedWorkbook);
  // the mark makes Notepad and Word read it as UTF-8
  const content = `\uFEFF${replyText(reply)}`;
  return { text: await writeWhole(paths, file, `${replyName(reply)}.txt`, content), workbook };
}

/** The reply to a receipt; null where there is none. */
export function findReply(
  paths: WarehousePaths,
  reply: Parameters<typeof replyName>[0],
): WrittenReply | null {
  const text = join(paths.replies, `${replyName(reply)}.txt`);
  // the text is written last
  if (!existsSync(text)) return null;
  const workbook = join(paths.replies, workbookName(reply));
  return { text, workbook: existsSync(workbook) ? workbook : null };
}

async function writeWhole(
  paths: WarehousePaths,
  file: string,
  name: string,
  content: string | Uint8Array,
): Promise<string> {
  const target = join(paths.replies, name);
  const partial = join(paths.replies, `.${name}.part`);
  try {
    await mkdir(paths.replies, { recursive: true });
    await writeFile(partial, content, { flush: true });
    await moveFile(partial, target);
    return target;
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw fileFailure(error, `Không ghi được phiếu trả lời cho ${shownText(file)}`);
  }
}
