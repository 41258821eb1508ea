import { readFile } from "node:fs/promises";
import { archivedPath, isKept, keepFiles } from "../ledger/archive.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { appendReceipts } from "./append-receipt.ts";
import type { AcceptedSubmission, JudgedFile, OpenIntake, Outcome } from "./delivery.ts";
import { findNotKept, type KnownReceipt, type SameReceipt } from "./earlier-receipts.ts";
import { markWorkbook } from "./marked-workbook.ts";
import { findReply, type WrittenReply, writeReply } from "./reply.ts";

/**
 * Archives files that were judged together, adds their receipts, problems, submissions and readings to
 * journal and ledger in one entry, and writes the replies. Killed at any moment it leaves either all
 * of that, or an entry of the journal which the next opening of the ledger completes, or archived
 * files without a receipt, which are still in the inbox.
 */
export async function record(intake: OpenIntake, files: readonly JudgedFile[]): Promise<Outcome[]> {
  const { connection, paths } = intake;
  const kept = files.filter(isFileKept);
  await keepFiles(
    paths,
    kept.map(({ file }) => file),
  );
  // a file that is not kept stays in its folder and is found there again each time; what somebody
  // hands in at the desk does not
  const known = new Map<JudgedFile, KnownReceipt>();
  for (const one of files) {
    if (kept.includes(one) || one.delivery.by?.way === "desk") continue;
    const receipt = await findNotKept(connection, one.file.sha256);
    if (receipt !== null) known.set(one, receipt);
  }
  const added = files.filter((one) => !known.has(one));
  const appended = await appendReceipts(
    intake,
    added.map((one) => ({ ...one, outcome: outcomeOf(one) })),
  );
  const outcomes: Outcome[] = [];
  for (const one of files) {
    const earlier = known.get(one);
    const receipt = earlier ?? appended[added.indexOf(one)];
    if (receipt === undefined) throw new Error("a receipt was not appended");
    const recordedAt = earlier?.recordedAt ?? one.delivery.recordedAt;
    const reply = await replyTo(paths, one, { ...receipt, recordedAt }, earlier !== undefined);
    outcomes.push(outcomeFor(one, receipt, reply));
  }
  return outcomes;
}

export async function recordOne(intake: OpenIntake, file: JudgedFile): Promise<Outcome> {
  const [outcome] = await record(intake, [file]);
  if (outcome === undefined) throw new Error("the file was not recorded");
  return outcome;
}

/** What became of a file that was recorded before; a reply that a kill prevented is written. */
export async function outcomeOfSame(
  { paths }: OpenIntake,
  file: JudgedFile,
  same: SameReceipt,
): Promise<Outcome> {
  const reply = same.outcome === "duplicate" ? null : await replyTo(paths, file, same, true);
  return { ...outcomeFor(file, same, reply), outcome: same.outcome, is_known: true };
}

export function isFileKept({ problems }: Pick<JudgedFile, "problems">): boolean {
  return isKept(problems.map(({ code }) => code));
}

function outcomeOf({ repeats, problems }: JudgedFile): Outcome["outcome"] {
  if (repeats !== null) return "duplicate";
  return problems.some(({ severity }) => severity === "error") ? "refused" : "accepted";
}

/** The reply to the sender of a refused or doubtful file; null of another. */
async function replyTo(
  paths: WarehousePaths,
  judged: JudgedFile,
  { receiptNo, recordedAt }: Pick<KnownReceipt, "receiptNo" | "recordedAt">,
  isKnown: boolean,
): Promise<WrittenReply | null> {
  const { file, medium, problems, delivery } = judged;
  const outcome = outcomeOf(judged);
  if (outcome === "duplicate" || problems.length === 0) return null;
  const written = isKnown ? findReply(paths, { recordedAt, receiptNo, file: file.name }) : null;
  if (written !== null) return written;
  const markedWorkbook =
    medium === "form" && isFileKept(judged)
      ? markWorkbook(await readFile(archivedPath(paths, file.sha256)), problems)
      : null;
  return writeReply(paths, {
    outcome: outcome === "accepted" && medium === "package" ? "opened" : outcome,
    receivedAt: delivery.receivedAt,
    recordedAt,
    file: file.name,
    receiptNo,
    problems,
    markedWorkbook,
  });
}

function outcomeFor(
  judged: JudgedFile,
  { receiptNo, submissions }: { receiptNo: number; submissions: readonly AcceptedSubmission[] },
  reply: WrittenReply | null,
): Outcome {
  const { delivery, file, repeats } = judged;
  return {
    file: shownText(file.name),
    outcome: outcomeOf(judged),
    receipt_no: receiptNo,
    sha256: file.sha256,
    medium: judged.medium,
    ...judged.text,
    is_known: false,
    is_kept: isFileKept(judged),
    problems: judged.problems,
    submissions,
    first_received_at: repeats?.firstReceivedAt ?? null,
    moment_differs: repeats !== null && delivery.isMomentStated === true && !repeats.hasMoment,
    reply: reply?.text ?? null,
    marked_workbook: reply?.workbook ?? null,
  };
}
