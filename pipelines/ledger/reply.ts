import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { safeFileName, shownText } from "../intake/shown-text.ts";
import { REPLY } from "../intake/wording.ts";
import { officeTime, vietnameseDate } from "../vocabulary/date.ts";
import type { Problem } from "../vocabulary/problem.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { fileFailure } from "./file-failure.ts";

/** What a reply to the sender of a refused file is made of. */
export interface Reply {
  readonly file: string;
  readonly receiptNo: number;
  readonly receivedAt: Date;
  readonly recordedAt: Date;
  readonly problems: readonly Problem[];
}

/** `Trang tính "Biểu mẫu", ô D12`, `Dòng 15`, or nothing. */
export function placeInWords({ sheet, cell, line }: Problem): string {
  if (sheet !== undefined) {
    const name = `${REPLY.sheet} "${shownText(sheet)}"`;
    return cell === undefined ? name : `${name}, ${REPLY.cell} ${cell}`;
  }
  return line === undefined ? "" : `${REPLY.line} ${line}`;
}

/** The reply as text, every problem numbered, with its place and what to do. */
export function replyText(reply: Reply): string {
  const time = officeTime(reply.receivedAt);
  const problems = reply.problems.map((problem, index) => {
    const place = placeInWords(problem);
    const lead = place === "" ? "" : `${place}: `;
    return `${index + 1}. ${lead}${problem.found}\n   ${REPLY.remedy}: ${problem.remedy}`;
  });
  return [
    REPLY.title,
    "",
    `${REPLY.file}: ${shownText(reply.file)}`,
    `${REPLY.receivedAt}: ${time.slice(11, 16)} ${vietnameseDate(time)}`,
    `${REPLY.receiptNo}: ${reply.receiptNo}`,
    "",
    REPLY.verdict(reply.problems.length),
    "",
    ...problems,
    "",
    REPLY.closing,
    "",
  ].join("\n");
}

/**
 * Writes the reply to a refused file as `replies/<date>-<receipt>-<name>.txt`, whole or not at all.
 * @returns the path of the reply
 * @throws Failure when the folder cannot be written
 */
export async function writeReply(paths: WarehousePaths, reply: Reply): Promise<string> {
  const date = officeTime(reply.recordedAt).slice(0, 10);
  const name = `${date}-${reply.receiptNo}-${safeFileName(reply.file)}.txt`;
  const target = join(paths.replies, name);
  const partial = join(paths.replies, `.${name}.part`);
  try {
    await mkdir(paths.replies, { recursive: true });
    const handle = await open(partial, "w");
    try {
      // the mark makes Notepad and Word read it as UTF-8
      await handle.writeFile(`\uFEFF${replyText(reply)}`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, target);
    return target;
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw fileFailure(error, `The reply to ${shownText(reply.file)} could not be written`);
  }
}
