import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { appendEntry, newRows, nextNumber, recordingMoment } from "../ledger/entry.ts";
import type { Actor, Row } from "../ledger/journal.ts";
import type { Medium, ReceivedFile, TextForm } from "../readers/received-file.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { WholeNumber } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { makeTable, makeView, rowsOfModel, selectOf } from "./intake-sql.ts";
import { fillTable, type RowRange } from "./intake-tables.ts";

/** What is put down about every file, whatever becomes of it. */
export interface Receipt {
  readonly file: ReceivedFile;
  readonly medium: Medium;
  readonly text: TextForm;
  readonly outcome: "accepted" | "refused" | "duplicate";
  readonly receivedAt: Date;
  readonly recordedAt: Date;
  readonly isDemonstration: boolean;
  readonly softwareVersion: string;
  readonly problems: readonly Problem[];
  /** Its notes that may be about a person. */
  readonly held: readonly string[];
  /** The file could be read, so that the table `intake.claim` says what it reports for. */
  readonly isRead: boolean;
}

/** One unit's report for one period that was accepted. */
export interface AcceptedSubmission {
  readonly plan_id: string;
  readonly unit_id: string;
  readonly unit_name: string;
  readonly period: string;
  readonly period_name: string;
  readonly is_nil_return: boolean;
  /** Readings with a value or a nil. */
  readonly readings: number;
  /** It counts from now on in place of what the same unit had sent for the same period. */
  readonly replaces_earlier: boolean;
  /** Figures of the replaced one that are blank or not there in this one. */
  readonly left_out: number;
  /**
   * It does not count, since one that was received later, at this moment in office time, is in the
   * ledger already; else null.
   */
  readonly newer_received_at: string | null;
}

/** What came of a receipt. */
export interface AppendedReceipt {
  readonly receiptNo: number;
  readonly submissions: AcceptedSubmission[];
}

/**
 * Adds receipts of files that were judged together to the ledger in one entry, with their problems,
 * and for accepted files the submissions and readings of the tables `intake.claim` and
 * `intake.judged`: all are in the ledger, or none.
 * @param receipts each with the rows that are its own
 * @param by who handed them in
 * @returns of each the number of its receipt, and what was accepted
 */
export async function appendReceipts(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  receipts: readonly (Receipt & { readonly rows: RowRange })[],
  by?: Actor,
): Promise<AppendedReceipt[]> {
  if (receipts.length === 0) return [];
  const first = await nextNumber(connection, "receipt");
  const earliest = await recordingMoment(connection, new Date(0));
  const numbered = receipts.map((receipt, index) => {
    const recordedAt = receipt.recordedAt < earliest ? earliest : receipt.recordedAt;
    return { receipt: { ...receipt, recordedAt }, receiptNo: first + index };
  });
  const isAnyAccepted = numbered.some(({ receipt }) => receipt.outcome === "accepted");
  const isAnyRefused = numbered.some(
    ({ receipt }) => receipt.outcome === "refused" && receipt.isRead,
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
      receipt: numbered.map(({ receipt, receiptNo }) => receiptRow(receipt, receiptNo)),
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
    by,
  );
  const submissions = isAnyAccepted ? await readAccepted(connection) : [];
  return numbered.map(({ receiptNo }) => ({
    receiptNo,
    submissions: submissions.flatMap((one) => (one.receiptNo === receiptNo ? [one.taken] : [])),
  }));
}

function receiptRow(receipt: Receipt, receiptNo: number): Row {
  return {
    receipt_no: receiptNo,
    sha256: receipt.file.sha256,
    file_name: shownText(receipt.file.name),
    byte_size: receipt.file.byteSize,
    medium: receipt.medium,
    outcome: receipt.outcome,
    received_at: receipt.receivedAt.toISOString(),
    recorded_at: receipt.recordedAt.toISOString(),
    is_demonstration: receipt.isDemonstration,
    software_version: receipt.softwareVersion,
    encoding: receipt.text.encoding,
    delimiter: receipt.text.delimiter,
  };
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

/** Says which rows of what is loaded are of which receipt, and what becomes of each. */
async function listReceipts(
  connection: DuckDBConnection,
  numbered: readonly { receipt: Receipt & { rows: RowRange }; receiptNo: number }[],
): Promise<void> {
  await fillTable(
    connection,
    "receipt_rows",
    numbered.map(({ receipt, receiptNo }) => [
      String(receiptNo),
      receipt.outcome,
      receipt.isRead,
      receipt.receivedAt.toISOString(),
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
