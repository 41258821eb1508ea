import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { appendEntry, newRows, nextNumber, recordingMoment } from "../ledger/entry.ts";
import type { Row } from "../ledger/journal.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { WholeNumber } from "../warehouse/connection.ts";
import type { AcceptedSubmission, JudgedFile, OpenIntake } from "./delivery.ts";
import { makeTable, makeView, rowsOfModel, selectOf } from "./intake-sql.ts";
import { fillTable } from "./intake-tables.ts";

/** A judged file with what becomes of it. */
type Receipt = JudgedFile & { readonly outcome: "accepted" | "refused" | "duplicate" };

/** What came of a receipt. */
export interface AppendedReceipt {
  readonly receiptNo: number;
  readonly submissions: AcceptedSubmission[];
}

/**
 * Adds receipts of files that were judged together, and handed in by one person, to the ledger in one
 * entry, with their problems, and for accepted files the submissions and readings of the tables
 * `intake.claim` and `intake.judged`: all are in the ledger, or none.
 * @returns of each the number of its receipt, and what was accepted
 */
export async function appendReceipts(
  { connection, paths, isDemonstration, softwareVersion }: OpenIntake,
  receipts: readonly Receipt[],
): Promise<AppendedReceipt[]> {
  const [one] = receipts;
  if (one === undefined) return [];
  const first = await nextNumber(connection, "receipt");
  const earliest = await recordingMoment(connection, new Date(0));
  const numbered = receipts.map((receipt, index) => {
    const { recordedAt } = receipt.delivery;
    return {
      receipt,
      receiptNo: first + index,
      recordedAt: recordedAt < earliest ? earliest : recordedAt,
    };
  });
  const isAnyAccepted = numbered.some(({ receipt }) => receipt.outcome === "accepted");
  const isAnyRefused = numbered.some(
    ({ receipt }) => receipt.outcome === "refused" && receipt.hasClaims,
  );
  if (isAnyAccepted || isAnyRefused) await listReceipts(connection, numbered);
  if (isAnyAccepted) {
    const firstSubmission = await nextNumber(connection, "submission");
    await connection.run(`set variable first_submission_no = ${firstSubmission}::bigint`);
    await makeTable(connection, "accepted");
  }
  await appendEntry(
    connection,
    paths,
    "receipt",
    {
      receipt: numbered.map(({ receipt, receiptNo, recordedAt }) => ({
        receipt_no: receiptNo,
        sha256: receipt.file.sha256,
        file_name: shownText(receipt.file.name),
        byte_size: receipt.file.byteSize,
        medium: receipt.medium,
        outcome: receipt.outcome,
        received_at: receipt.delivery.receivedAt.toISOString(),
        recorded_at: recordedAt.toISOString(),
        is_demonstration: isDemonstration,
        software_version: softwareVersion,
        encoding: receipt.text.encoding,
        delimiter: receipt.text.delimiter,
      })),
      problem: numbered.flatMap(({ receipt, receiptNo }) =>
        receipt.problems.map((problem, index) => problemRow(problem, receiptNo, index + 1)),
      ),
      held_text: numbered.flatMap(({ receipt, receiptNo }) =>
        receipt.outcome === "accepted"
          ? receipt.held.map((said) => ({ receipt_no: receiptNo, said }))
          : [],
      ),
      ...(isAnyAccepted
        ? {
            submission: await newRows(connection, selectOf("accepted_submission")),
            reading: await newRows(connection, selectOf("accepted_reading")),
          }
        : {}),
      ...(isAnyRefused ? { refusal: await newRows(connection, selectOf("refused_claim")) } : {}),
    },
    one.delivery.by,
  );
  const submissions = isAnyAccepted ? await readAccepted(connection) : [];
  return numbered.map(({ receiptNo }) => ({
    receiptNo,
    submissions: submissions.flatMap((one) => (one.receiptNo === receiptNo ? [one.taken] : [])),
  }));
}

function problemRow(problem: Problem, receiptNo: number, problemNo: number): Row {
  const { severity, code, sheet, cell, line, found, remedy } = problem;
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
  };
}

/** Lists the loaded rows of each receipt and what becomes of it. */
async function listReceipts(
  connection: DuckDBConnection,
  numbered: readonly { receipt: Receipt; receiptNo: number }[],
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

const AcceptedRow = z.object({
  receipt_no: WholeNumber,
  plan_id: z.string(),
  unit_id: z.string(),
  unit_name: z.string(),
  period: z.string(),
  period_name: z.string(),
  is_nil_return: z.boolean(),
  readings: WholeNumber,
  replaces_earlier: z.boolean(),
  left_out: WholeNumber,
  newer_received_at: z.string().nullable(),
});

/** Submissions of one file that are named in its outcome; all are in the ledger. */
const MAX_LISTED = 1000;
