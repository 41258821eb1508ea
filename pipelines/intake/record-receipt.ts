import { readFile } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { archivedPath, isKept, keepFiles } from "../ledger/archive.ts";
import { NO_TEXT, type ReceivedFile } from "../readers/received-file.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { type AcceptedSubmission, appendReceipts } from "./append-receipt.ts";
import type { Delivery, OpenSettings, Outcome } from "./delivery.ts";
import {
  type EarlierAcceptance,
  findNotKept,
  type KnownReceipt,
  type SameReceipt,
} from "./earlier-receipts.ts";
import { ALL_ROWS } from "./intake-tables.ts";
import type { JudgedFile } from "./judge.ts";
import { markWorkbook } from "./marked-workbook.ts";
import { findReply, type WrittenReply, writeReply } from "./reply.ts";

/** A file that was judged. */
export interface Judgement {
  readonly delivery: Delivery;
  /** The earlier acceptance of the same bytes that it repeats. */
  readonly duplicate: EarlierAcceptance | null;
  readonly judged: JudgedFile;
}

/** What became of a file that was put down before; a reply that a kill prevented is written. */
export async function outcomeOfSame(
  paths: WarehousePaths,
  { delivery, file, same }: { delivery: Delivery; file: ReceivedFile; same: SameReceipt },
): Promise<Outcome> {
  const { medium, problems } = same;
  const judged = {
    file,
    medium,
    text: NO_TEXT,
    hasClaims: false,
    problems,
    rows: ALL_ROWS,
    held: [],
  };
  const judgement: Judgement = { delivery, duplicate: null, judged };
  const reply = same.outcome === "duplicate" ? null : await replyTo(paths, judgement, same, true);
  return { ...outcomeFor(judgement, same, reply), outcome: same.outcome, is_known: true };
}

/**
 * Archives files that were judged together and adds their receipts, problems, submissions and readings
 * to journal and ledger, in one entry. Killed at any moment it leaves either all of that, or an entry
 * of the journal which the next opening of the ledger completes, or archived files without a receipt,
 * which lie in the inbox still.
 */
export async function putDown(
  connection: DuckDBConnection,
  settings: OpenSettings,
  judgements: readonly Judgement[],
): Promise<Outcome[]> {
  const { paths } = settings;
  const kept = judgements.filter(({ judged }) => isFileKept(judged));
  await keepFiles(
    paths,
    kept.map(({ judged }) => judged.file),
  );
  // one that is not kept stays in its folder, and is found there again each time; what somebody hands
  // in at the desk does not
  const known = new Map<Judgement, KnownReceipt | null>();
  for (const one of judgements) {
    if (kept.includes(one) || one.delivery.by?.way === "desk") continue;
    known.set(one, await findNotKept(connection, one.judged.file.sha256));
  }
  const added = judgements.filter((one) => (known.get(one) ?? null) === null);
  const appended = await appendReceipts(
    connection,
    paths,
    added.map((one) => ({
      ...one.judged,
      outcome: outcomeOf(one),
      receivedAt: one.delivery.receivedAt,
      recordedAt: one.delivery.recordedAt,
      isDemonstration: settings.isDemonstration,
      softwareVersion: settings.softwareVersion,
      isRead: one.judged.hasClaims,
    })),
    added[0]?.delivery.by,
  );
  const outcomes: Outcome[] = [];
  for (const one of judgements) {
    const earlier = known.get(one) ?? null;
    const receipt = earlier ?? appended[added.indexOf(one)];
    if (receipt === undefined) throw new Error("a receipt was not appended");
    const recordedAt = earlier?.recordedAt ?? one.delivery.recordedAt;
    const reply = await replyTo(
      paths,
      one,
      { receiptNo: receipt.receiptNo, recordedAt },
      earlier !== null,
    );
    outcomes.push(outcomeFor(one, receipt, reply));
  }
  return outcomes;
}

export async function putOneDown(
  connection: DuckDBConnection,
  settings: OpenSettings,
  judgement: Judgement,
): Promise<Outcome> {
  const [outcome] = await putDown(connection, settings, [judgement]);
  if (outcome === undefined) throw new Error("the file was not put down");
  return outcome;
}

export function isFileKept({ problems }: JudgedFile): boolean {
  return isKept(problems.map(({ code }) => code));
}

function outcomeOf({ duplicate, judged }: Judgement): Outcome["outcome"] {
  if (duplicate !== null) return "duplicate";
  return judged.problems.some(({ severity }) => severity === "error") ? "refused" : "accepted";
}

/** The reply to the sender of a refused or doubtful file; null of another. */
async function replyTo(
  paths: WarehousePaths,
  judgement: Judgement,
  { receiptNo, recordedAt }: Pick<KnownReceipt, "receiptNo" | "recordedAt">,
  isKnown: boolean,
): Promise<WrittenReply | null> {
  const { file, medium, problems } = judgement.judged;
  const outcome = outcomeOf(judgement);
  if (outcome === "duplicate" || problems.length === 0) return null;
  const written = isKnown ? findReply(paths, { recordedAt, receiptNo, file: file.name }) : null;
  if (written !== null) return written;
  const markedWorkbook =
    medium === "form" && isFileKept(judgement.judged)
      ? markWorkbook(await readFile(archivedPath(paths, file.sha256)), problems)
      : null;
  return writeReply(paths, {
    outcome: outcome === "accepted" && medium === "package" ? "opened" : outcome,
    receivedAt: judgement.delivery.receivedAt,
    recordedAt,
    file: file.name,
    receiptNo,
    problems,
    markedWorkbook,
  });
}

function outcomeFor(
  judgement: Judgement,
  { receiptNo, submissions }: { receiptNo: number; submissions: readonly AcceptedSubmission[] },
  reply: WrittenReply | null,
): Outcome {
  const { delivery, duplicate, judged } = judgement;
  return {
    file: shownText(judged.file.name),
    outcome: outcomeOf(judgement),
    receipt_no: receiptNo,
    sha256: judged.file.sha256,
    medium: judged.medium,
    ...judged.text,
    is_known: false,
    is_kept: isFileKept(judged),
    problems: judged.problems,
    submissions,
    first_received_at: duplicate?.firstReceivedAt ?? null,
    moment_differs: duplicate !== null && delivery.isMomentStated === true && !duplicate.hasMoment,
    reply: reply?.text ?? null,
    marked_workbook: reply?.workbook ?? null,
  };
}
