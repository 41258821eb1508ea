import { readFile } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { archivedPath, isKept, keepFiles } from "../ledger/archive.ts";
import {
  appendEntries,
  type NewEntry,
  type NewRows,
  newRows,
  nextNumber,
  recordingMoment,
} from "../ledger/entry.ts";
import type { Row } from "../ledger/journal.ts";
import { TRIED_FROM } from "../ledger/trial-ledger.ts";
import type { HandedVersion } from "../readers/handed-reader.ts";
import { grouped } from "../vocabulary/grouped.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { readRows, WholeNumber } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { AcceptedSubmission, type JudgedFile, type OpenIntake, type Outcome } from "./delivery.ts";
import { findNotKept, type KnownReceipt, type SameReceipt } from "./earlier-receipts.ts";
import { makeTable, makeView, rowsOfModel, selectOf } from "./intake-sql.ts";
import { fillTable } from "./intake-tables.ts";
import { reportKey } from "./judge.ts";
import { markWorkbook } from "./marked-workbook.ts";
import { findReply, type WrittenReply, writeReply } from "./reply.ts";

/**
 * Archives files that were judged together, adds their receipts, problems, submissions and readings to
 * journal and ledger in one entry a sender, and writes the replies. Killed at any moment it leaves of an
 * entry either all, or an entry of the journal which the next opening of the ledger completes, or archived
 * files without a receipt, which are still in the inbox.
 * @throws Failure where they could not be; none is recorded then
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
    if (receipt === undefined) throw new Error("the file was not recorded");
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
    unread: judged.unread,
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
    unread: judged.unread,
    submissions,
    first_received_at: repeats?.first_received_at ?? null,
    moment_differs: repeats !== null && delivery.isMomentStated === true && !repeats.has_moment,
    reply: reply?.text ?? null,
    marked_workbook: reply?.workbook ?? null,
  };
}

/** A judged file with what becomes of it. */
type Receipt = JudgedFile & { readonly outcome: "accepted" | "refused" | "duplicate" };

/** A receipt with the number and the moment that it gets. */
interface NumberedReceipt {
  readonly receipt: Receipt;
  readonly receiptNo: number;
  readonly recordedAt: Date;
}

/**
 * Adds receipts of files that were judged together to the ledger, those of each sender in one entry, which
 * says who caused it, with their problems, and for accepted files the submissions and readings of the tables
 * `intake.claim` and `intake.judged`: all are in the ledger, or none.
 * @returns of each receipt its number, and what was accepted
 */
async function appendReceipts(
  intake: OpenIntake,
  receipts: readonly Receipt[],
): Promise<{ readonly receiptNo: number; readonly submissions: AcceptedSubmission[] }[]> {
  const { connection, paths } = intake;
  if (receipts.length === 0) return [];
  const { rows, numbered, reports } = await rowsOf(intake, receipts);
  const bySender = grouped(numbered, ({ receipt }) => JSON.stringify(receipt.delivery.by));
  const entries = [...bySender.values()].map((own) => {
    const { recordedAt: clock, by } = own[0]?.receipt.delivery ?? {};
    const isAll = own.length === numbered.length;
    return { rows: isAll ? rows : rowsAmong(rows, own, reports), clock, by };
  });
  await appendEntries(connection, paths, "receipt", entries);
  const accepted = rows.submission === undefined ? [] : await readAccepted(connection);
  const byNo = grouped(accepted, ({ receiptNo }) => receiptNo);
  return numbered.map(({ receiptNo }) => ({
    receiptNo,
    submissions: (byNo.get(receiptNo) ?? []).map(({ taken }) => taken),
  }));
}

/** The rows of some of the receipts that rows are of. */
function rowsAmong(
  rows: NewEntry,
  receipts: readonly NumberedReceipt[],
  reports: readonly AcceptedReport[],
): NewEntry {
  const receiptNos = new Set(receipts.map(({ receiptNo }) => receiptNo));
  const ofThese = reports.filter(({ receipt_no }) => receiptNos.has(receipt_no));
  const submissionNos = new Set(ofThese.map(({ submission_no }) => submission_no));
  const among = (all: NewRows, column: string, numbers: ReadonlySet<number>): NewRows =>
    "query" in all
      ? { query: `from (${all.query}) where ${column} in (${[...numbers, -1].join(", ")})` }
      : all.filter((row) => numbers.has(Number(row[column])));
  return Object.fromEntries(
    Object.entries(rows).map(([table, all]) => [
      table,
      table === "reading"
        ? among(all, "submission_no", submissionNos)
        : among(all, "receipt_no", receiptNos),
    ]),
  );
}

/** What an entry would hold of a file that was judged last, and is accepted; numbered to be tried. */
export async function rowsIfAccepted(intake: OpenIntake, judged: JudgedFile): Promise<NewEntry> {
  const numberOf = async (): Promise<number> => TRIED_FROM;
  return (await rowsOf(intake, [{ ...judged, outcome: "accepted" }], numberOf)).rows;
}

async function rowsOf(
  { connection, isDemonstration, softwareVersion }: OpenIntake,
  receipts: readonly Receipt[],
  numberOf: typeof nextNumber = nextNumber,
): Promise<{
  readonly rows: NewEntry;
  readonly numbered: readonly NumberedReceipt[];
  readonly reports: readonly AcceptedReport[];
}> {
  const first = await numberOf(connection, "receipt");
  const earliest = await recordingMoment(connection, new Date(0));
  const numbered = receipts.map((receipt, index) => {
    const { recordedAt } = receipt.delivery;
    return {
      receipt,
      receiptNo: first + index,
      recordedAt: recordedAt < earliest ? earliest : recordedAt,
    };
  });
  // a package reports nothing itself
  const claiming = numbered.filter(({ receipt }) => receipt.hasClaims);
  const isAnyAccepted = claiming.some(({ receipt }) => receipt.outcome === "accepted");
  const isAnyRefused = claiming.some(({ receipt }) => receipt.outcome === "refused");
  if (isAnyAccepted || isAnyRefused) await listReceipts(connection, numbered);
  if (isAnyAccepted) {
    const firstSubmission = await numberOf(connection, "submission");
    await connection.run(`set variable first_submission_no = ${firstSubmission}::bigint`);
    await makeTable(connection, "accepted");
  }
  const reports = isAnyAccepted ? await readRows(connection, AcceptedReport, ACCEPTED_REPORTS) : [];
  const numbers = new Map(reports.map((one) => [one.report, one.submission_no]));
  const rows = {
    receipt: numbered.map(({ receipt, receiptNo, recordedAt }) => ({
      receipt_no: receiptNo,
      sha256: receipt.file.sha256,
      file_name: shownText(receipt.file.name),
      byte_size: receipt.file.byteSize,
      medium: receipt.medium,
      outcome: receipt.outcome,
      received_at: receipt.delivery.receivedAt.toISOString(),
      recorded_at: recordedAt.toISOString(),
      is_moment_stated: receipt.delivery.isMomentStated === true,
      is_demonstration: isDemonstration,
      software_version: softwareVersion,
      encoding: receipt.text.encoding,
      delimiter: receipt.text.delimiter,
      unread: receipt.unread === "" ? null : receipt.unread,
      ...(receipt.document?.sentAt && { sent_at: receipt.document.sentAt }),
    })),
    problem: numbered.flatMap(({ receipt, receiptNo }) =>
      receipt.problems.map((problem, index) => problemRow(problem, receiptNo, index + 1, numbers)),
    ),
    held_text: numbered.flatMap(({ receipt, receiptNo }) =>
      receipt.outcome === "accepted"
        ? receipt.held.map((text) => ({ receipt_no: receiptNo, said: text }))
        : [],
    ),
    handed_up: numbered.flatMap(({ receipt, receiptNo }) =>
      receipt.version !== null && receipt.outcome === "accepted"
        ? [handedRow(receipt.version, receiptNo)]
        : [],
    ),
    ...(isAnyAccepted
      ? {
          submission: await newRows(connection, selectOf("accepted_submission")),
          reading: await newRows(connection, selectOf("accepted_reading")),
        }
      : {}),
    ...(isAnyRefused ? { refusal: await newRows(connection, selectOf("refused_claim")) } : {}),
  };
  return { rows, numbered, reports };
}

function handedRow({ publication, issuer, signedBy }: HandedVersion, receiptNo: number): Row {
  return {
    receipt_no: receiptNo,
    plan_id: publication.plan_id,
    period: publication.period,
    version: publication.version,
    sha256: publication.sha256,
    class: publication.class,
    reason: publication.reason,
    published_at: publication.recorded_at,
    issuer,
    signed_by: signedBy,
  };
}

/** The numbers of the accepted submissions, by the receipt and the report. */
const ACCEPTED_REPORTS = `select receipt_no, submission_no,
  receipt_no || ' ' || json_array(plan, unit, period)::varchar as report
  from intake.accepted`;
const AcceptedReport = z.object({
  receipt_no: WholeNumber,
  submission_no: WholeNumber,
  report: z.string(),
});
type AcceptedReport = z.infer<typeof AcceptedReport>;

function problemRow(
  { severity, code, sheet, cell, line, found, remedy, about }: Problem,
  receiptNo: number,
  problemNo: number,
  reports: ReadonlyMap<string, number>,
): Row {
  return {
    receipt_no: receiptNo,
    problem_no: problemNo,
    severity,
    code,
    sheet: sheet ?? null,
    cell: cell ?? null,
    line: line ?? null,
    found,
    remedy,
    submission_no: (about && reports.get(`${receiptNo} ${reportKey(about)}`)) ?? null,
  };
}

/** Lists the loaded rows of each receipt and what becomes of it. */
async function listReceipts(
  connection: DuckDBConnection,
  numbered: readonly NumberedReceipt[],
): Promise<void> {
  await fillTable(
    connection,
    "receipt_rows",
    numbered.map(({ receipt, receiptNo }) => [
      String(receiptNo),
      receipt.outcome,
      receipt.hasClaims,
      receipt.delivery.receivedAt.toISOString(),
      String(receipt.rows.first),
      String(receipt.rows.end),
    ]),
  );
}

/** Makes what the models of receipts read of the ledger. Once per connection, with the ledger. */
export async function prepareReceipts(connection: DuckDBConnection): Promise<void> {
  await makeView(connection, "standing_submission");
}

async function readAccepted(
  connection: DuckDBConnection,
): Promise<{ receiptNo: number; taken: AcceptedSubmission }[]> {
  const rows = await rowsOfModel(connection, "accepted_summary", AcceptedRow, {
    limit: MAX_LISTED,
  });
  return rows.map(({ receipt_no: receiptNo, ...taken }) => ({ receiptNo, taken }));
}

const AcceptedRow = AcceptedSubmission.extend({ receipt_no: WholeNumber });

/** Submissions of one file that are named in its outcome; all are in the ledger. */
const MAX_LISTED = 1000;
