import type { DuckDBConnection } from "@duckdb/node-api";
import type { RowRange } from "../intake/raw-tables.ts";
import type { Medium, ReceivedFile, TextForm } from "../readers/received-file.ts";
import { officeTime } from "../vocabulary/date.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { selectRows } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { quoteLiteral } from "../warehouse/sql.ts";
import { STANDING_SUBMISSION } from "./earlier-receipts.ts";
import { appendEntry, newRows, nextNumber, recordingMoment } from "./entry.ts";
import type { Row } from "./journal.ts";

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
  /** The file could be read, so that the temporary table `claim` says what it reports for. */
  readonly isRead: boolean;
}

/** One unit's report for one period that was taken in. */
export interface TakenSubmission {
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
  readonly submissions: TakenSubmission[];
}

/** The rows of a file that was loaded alone. */
const ALL_ROWS: RowRange = { first: 0, end: Number.MAX_SAFE_INTEGER };

/**
 * Adds a receipt to the ledger, with its problems, and for an accepted file the submissions and
 * readings of the temporary tables `claim` and `judged`.
 * @returns the number of the receipt, and what was taken in.
 */
export async function appendReceipt(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  receipt: Receipt,
): Promise<AppendedReceipt> {
  const [appended] = await appendReceipts(connection, paths, [{ ...receipt, rows: ALL_ROWS }]);
  if (appended === undefined) throw new Error("no receipt was appended");
  return appended;
}

/**
 * `appendReceipt` of several files that were loaded and judged together, in one entry: all are in the
 * ledger, or none.
 * @param receipts each with the rows that are its own
 */
export async function appendReceipts(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  receipts: readonly (Receipt & { readonly rows: RowRange })[],
): Promise<AppendedReceipt[]> {
  const first = await nextNumber(connection, "receipt");
  const numbered = [];
  for (const [index, receipt] of receipts.entries()) {
    const recordedAt = await recordingMoment(connection, receipt.recordedAt);
    numbered.push({ receipt: { ...receipt, recordedAt }, receiptNo: first + index });
  }
  const taken = numbered.filter(({ receipt }) => receipt.outcome === "accepted");
  if (taken.length > 0) await makeTaken(connection, taken);
  const refusals = numbered.filter(
    ({ receipt }) => receipt.outcome === "refused" && receipt.isRead,
  );
  const refused = refusals.map(({ receipt, receiptNo }) =>
    refusedClaims(receiptNo, receipt.receivedAt, receipt.rows),
  );
  await appendEntry(connection, paths, "receipt", {
    receipt: numbered.map(({ receipt, receiptNo }) => receiptRow(receipt, receiptNo)),
    problem: numbered.flatMap(({ receipt, receiptNo }) =>
      receipt.problems.map((problem, index) => problemRow(problem, receiptNo, index + 1)),
    ),
    ...(taken.length > 0
      ? {
          submission: await newRows(connection, TAKEN_SUBMISSIONS),
          reading: await newRows(connection, TAKEN_READINGS),
        }
      : {}),
    ...(refused.length > 0
      ? { refusal: await newRows(connection, refused.join("\nunion all\n")) }
      : {}),
  });
  const submissions = taken.length > 0 ? await readTaken(connection) : [];
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

/** Makes the temporary table `taken`: the claims with the numbers that they get, and what they replace. */
async function makeTaken(
  connection: DuckDBConnection,
  taken: readonly { receipt: Receipt & { rows: RowRange }; receiptNo: number }[],
): Promise<void> {
  const first = await nextNumber(connection, "submission");
  await connection.run(
    `create or replace temp table taken as
    with file as (
        select unnest(from_json($files::json, '[{
            "receipt_no": "bigint", "received_at": "varchar", "first": "bigint", "end_row": "bigint"
        }]'), recursive := true)
    )

    select
        $first::bigint - 1 + row_number() over (order by claim_no) as submission_no,
        file.receipt_no,
        claim.*,
        plan.plan_id,
        plan.sha256 as plan_sha256,
        standing.submission_no as standing_no,
        if(standing.received_at > file.received_at::timestamptz, standing.received_at, null)
            as newer_received_at
    from claim
    join file on claim.first_row >= file.first and claim.first_row < file.end_row
    join known_plan as plan using (plan_key)
    left join (${STANDING_SUBMISSION}) as standing
        on
            plan.plan_id = standing.plan_id
            and claim.unit_id = standing.unit_id
            and claim.period = standing.period`,
    {
      first: String(first),
      files: JSON.stringify(
        taken.map(({ receipt, receiptNo }) => ({
          receipt_no: receiptNo,
          received_at: receipt.receivedAt.toISOString(),
          first: receipt.rows.first,
          end_row: receipt.rows.end,
        })),
      ),
    },
  );
}

const TAKEN_SUBMISSIONS = `
select
    submission_no, receipt_no, plan_id, plan_sha256, unit_id, period, is_nil_return,
    form_version, unit as unit_code
from taken
order by submission_no`;

/**
 * For whom and for which periods a refused file reports, as far as the temporary table `claim` has
 * recognised it: what is due there is known to have been sent, and refused.
 */
const refusedClaims = (receiptNo: number, receivedAt: Date, rows: RowRange): string => `
select distinct ${receiptNo}::bigint as receipt_no, plan.plan_id, claim.unit_id, claim.period
from claim
join known_plan as plan using (plan_key)
where
    claim.unit_id is not null
    and claim.first_row >= ${rows.first}
    and claim.first_row < ${rows.end}
    and claim.data_to >= claim.in_force_from
    and claim.data_from <= ${quoteLiteral(officeTime(receivedAt).slice(0, 10))}::date`;

/** Control characters and those that turn text round, which no document that a note goes into may hold. */
const UNPRINTABLE = String.raw`[\x00-\x08\x0B\x0C\x0E-\x1F\x7F\x{202A}-\x{202E}\x{2066}-\x{2069}]+`;

const TAKEN_READINGS = `
select
    taken.submission_no, measure.code as measure, judged.area_id, judged.state, judged.value,
    if(
        judged.note = '', null,
        nullif(regexp_replace(judged.note, '${UNPRINTABLE}', ' ', 'g'), '')
    ) as note, judged.sheet, judged.cell, judged.line
from judged
join taken using (claim_no)
join known_measure as measure using (measure_key)`;

async function readTaken(
  connection: DuckDBConnection,
): Promise<{ receiptNo: number; taken: TakenSubmission }[]> {
  const rows = await selectRows(
    connection,
    `with figures as (
        select claim_no, count(value) as readings from judged group by claim_no
    ),

    replaced as (
        select submission_no, standing_no
        from taken
        where standing_no is not null and newer_received_at is null
    ),

    left_out as (
        select replaced.submission_no, count(*) as left_out
        from replaced
        join ledger.reading as earlier on replaced.standing_no = earlier.submission_no
        anti join (
            from ledger.reading semi join replaced using (submission_no) where value is not null
        ) as later
            on
                replaced.submission_no = later.submission_no
                and earlier.measure = later.measure
                and earlier.area_id is not distinct from later.area_id
        where earlier.value is not null
        group by replaced.submission_no
    )

    select
        taken.receipt_no, taken.plan_id, unit_id, unit_name, period, period_name, is_nil_return,
        standing_no is not null and newer_received_at is null as replaces_earlier,
        strftime(newer_received_at, '%Y-%m-%d %H:%M:%S') as newer_received_at,
        coalesce(readings, 0) as readings,
        coalesce(left_out, 0) as left_out
    from taken
    left join figures using (claim_no)
    left join left_out using (submission_no)
    order by claim_no
    limit ${MOST_LISTED}`,
  );
  return rows.map((row) => ({
    receiptNo: Number(row.receipt_no),
    taken: {
      plan_id: String(row.plan_id),
      unit_id: String(row.unit_id),
      unit_name: String(row.unit_name),
      period: String(row.period),
      period_name: String(row.period_name),
      is_nil_return: row.is_nil_return === true,
      readings: Number(row.readings),
      replaces_earlier: row.replaces_earlier === true,
      left_out: Number(row.left_out),
      newer_received_at: row.newer_received_at === null ? null : String(row.newer_received_at),
    },
  }));
}

/** Submissions of one file that are named in its outcome; all are in the ledger. */
const MOST_LISTED = 1000;
