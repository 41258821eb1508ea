import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { NEVER_KEPT } from "../ledger/archive.ts";
import { MEDIA } from "../readers/received-file.ts";
import { officeTime } from "../vocabulary/date.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { readRow, readRows, readValues, WholeNumber } from "../warehouse/connection.ts";
import { rowsOfModel } from "./intake-sql.ts";
import { knowPlansOf } from "./load-plans.ts";

const OfficeTime = WholeNumber.transform((moment) => officeTime(new Date(moment)));
const Moment = WholeNumber.transform((moment) => new Date(moment));

/** Null or missing is undefined. */
export const optional = <T extends z.ZodType>(shape: T) =>
  shape.nullish().transform((one) => one ?? undefined);

const Acceptance = z.object({
  medium: z.enum(MEDIA).exclude(["unknown"]),
  /** When the first of them was received, in office time. */
  first_received_at: OfficeTime,
  /** One of them was received at the moment that is now given. */
  has_moment: z.boolean(),
  /** Accepting the bytes once more would change no figure; null where they brought no submission. */
  changes_nothing: z.boolean().nullable(),
});

/** A submission received after the same bytes were accepted, in whose place they would come back. */
const ReplacedSubmission = z.object({
  plan: z.string(),
  /** Its code. */
  unit: z.string(),
  period: z.string(),
  plan_number: z.string(),
  unit_name: z.string(),
  period_name: z.string(),
  /** In office time. */
  received_at: OfficeTime,
  // where the bytes speak of it, when they speak of others too
  sheet: optional(z.string()),
  cell: optional(z.string()),
  line: optional(WholeNumber),
});

/** Acceptances of the same bytes that are in the ledger already. */
export interface EarlierAcceptance extends z.infer<typeof Acceptance> {
  /** In whose place the bytes would come back. */
  readonly replaced: readonly z.infer<typeof ReplacedSubmission>[];
}

/** The earlier acceptances of a file; null when there are none. */
export async function findAccepted(
  connection: DuckDBConnection,
  sha256: string,
  receivedAt: Date,
): Promise<EarlierAcceptance | null> {
  const given = { values: { sha256, received_at: receivedAt.toISOString() } };
  const [row] = await rowsOfModel(connection, "earlier_acceptance", Acceptance, given);
  if (row === undefined) return null;
  await knowPlansOf(connection, "brought_plan", { sha256 });
  const replaced = await rowsOfModel(connection, "replaced_by_same", ReplacedSubmission, given);
  return { ...row, replaced };
}

const BroughtReport = z.object({ plan: z.string(), unit: z.string(), period: z.string() });

/** The reports that the bytes of a file brought when they were accepted. */
export async function findClaims(
  connection: DuckDBConnection,
  sha256: string,
): Promise<z.infer<typeof BroughtReport>[]> {
  return readRows(
    connection,
    BroughtReport,
    `select submission.plan_id as plan, submission.unit_code as unit, submission.period
    from ledger.submission as submission
    inner join ledger.receipt as receipt on submission.receipt_no = receipt.receipt_no
    where receipt.sha256 = $sha256`,
    { sha256 },
  );
}

const Receipt = z
  .object({ receipt_no: WholeNumber, recorded_at: Moment })
  .transform(({ receipt_no, recorded_at }) => ({ receiptNo: receipt_no, recordedAt: recorded_at }));

/** A receipt that is in the ledger already. */
export type KnownReceipt = z.infer<typeof Receipt> & { readonly submissions: [] };

const Judgement = z.object({
  medium: z.enum(MEDIA),
  outcome: z.enum(["accepted", "refused", "duplicate"]),
});

/** The receipt of a file that is still in place, with its problems. */
export type SameReceipt = KnownReceipt &
  z.infer<typeof Judgement> & {
    /** With the name of the file, as in the ledger. */
    readonly problems: readonly Problem[];
  };

/** A problem of a receipt, as ledger and journal have it. */
export const ProblemRow = z.object({
  severity: z.enum(["error", "doubt"]),
  code: z.string(),
  sheet: optional(z.string()),
  cell: optional(z.string()),
  line: optional(WholeNumber),
  found: z.string(),
  remedy: z.string(),
});

/**
 * The receipt of a file that was recorded but is still in place, since it could not be moved or the
 * program was killed: same bytes, name and moment. Null when there is none.
 */
export async function findSame(
  connection: DuckDBConnection,
  file: { readonly sha256: string; readonly name: string },
  receivedAt: Date,
): Promise<SameReceipt | null> {
  const name = shownText(file.name);
  const [row] = await readRows(
    connection,
    Receipt.and(Judgement),
    `select receipt_no, epoch_ms(recorded_at) as recorded_at, medium, outcome
    from ledger.receipt
    where sha256 = $sha256 and file_name = $name and received_at = $received_at::timestamptz
    order by receipt_no
    limit 1`,
    { sha256: file.sha256, name, received_at: receivedAt.toISOString() },
  );
  if (row === undefined) return null;
  const problems = await readRows(
    connection,
    ProblemRow,
    `select severity, code, sheet, cell, line, found, remedy
    from ledger.problem
    where receipt_no = $receipt_no
    order by problem_no`,
    { receipt_no: row.receiptNo },
  );
  return { ...row, submissions: [], problems: problems.map((one) => ({ ...one, file: name })) };
}

/** The first receipt of bytes that were refused and not kept; null when there is none. */
export async function findNotKept(
  connection: DuckDBConnection,
  sha256: string,
): Promise<KnownReceipt | null> {
  const [row] = await readRows(
    connection,
    Receipt,
    `select receipt_no, epoch_ms(recorded_at) as recorded_at
    from ledger.receipt as receipt
    semi join ledger.problem as problem
        on receipt.receipt_no = problem.receipt_no and list_contains($codes::json::varchar[], problem.code)
    where sha256 = $sha256
    order by receipt_no
    limit 1`,
    { sha256, codes: JSON.stringify(NEVER_KEPT) },
  );
  return row === undefined ? null : { ...row, submissions: [] };
}

/** Those of some digests for whose bytes there is a receipt already, whatever became of them. */
export async function findReceived(
  connection: DuckDBConnection,
  digests: readonly string[],
): Promise<Set<string>> {
  const received = await readValues(
    connection,
    z.string(),
    `select distinct sha256 from ledger.receipt
    where sha256 in (select unnest(from_json($digests::json, '["varchar"]')))`,
    { digests: JSON.stringify(digests) },
  );
  return new Set(received);
}

/** Whether there is any receipt for some bytes, and whether they were erased: one look for both. */
export async function whatIsKnown(
  connection: DuckDBConnection,
  sha256: string,
): Promise<{ isReceived: boolean; isErased: boolean }> {
  const { is_received: isReceived, is_erased: isErased } = await readRow(
    connection,
    z.object({ is_received: z.boolean(), is_erased: z.boolean() }),
    `select
        (select count(*) from ledger.receipt where sha256 = $sha256) > 0 as is_received,
        (select count(*) from ledger.erased where sha256 = $sha256) > 0 as is_erased`,
    { sha256 },
  );
  return { isReceived, isErased };
}

/** When a file was erased, in office time; null when it was not. */
export async function erasedWhen(
  connection: DuckDBConnection,
  sha256: string,
): Promise<string | null> {
  const [moment = null] = await readValues(
    connection,
    OfficeTime,
    `select epoch_ms(erasure.recorded_at)
    from ledger.erasure as erasure
    inner join ledger.erased as erased
        on erasure.erasure_no = erased.erasure_no
    where erased.what = 'file' and erased.sha256 = $sha256
    order by erasure.erasure_no desc
    limit 1`,
    { sha256 },
  );
  return moment;
}
