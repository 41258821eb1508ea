import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { NEVER_KEPT } from "../ledger/archive.ts";
import type { Medium } from "../readers/received-file.ts";
import { officeTime } from "../vocabulary/date.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { readRow, readRows, WholeNumber } from "../warehouse/connection.ts";
import { rowsOfModel } from "./intake-sql.ts";
import { knowPlansOf } from "./load-plans.ts";

/** Acceptances of the same bytes that are in the ledger already. */
export interface EarlierAcceptance {
  readonly medium: Medium;
  /** When the first of them was received, in office time. */
  readonly firstReceivedAt: string;
  /** One of them was received at the moment that is now given. */
  readonly hasMoment: boolean;
  /** Accepting the bytes once more would change no figure. */
  readonly changesNothing: boolean;
  /** In whose place the bytes would come back. */
  readonly replaced: readonly ReplacedSubmission[];
}

/** A submission received after the same bytes were accepted, in whose place they would come back. */
export interface ReplacedSubmission {
  readonly unitName: string;
  readonly periodName: string;
  /** In office time. */
  readonly receivedAt: string;
  /** Where the bytes speak of it, when they speak of others too. */
  readonly place: Pick<Problem, "sheet" | "cell" | "line">;
}

/** The earlier acceptances of a file; null when there are none. */
export async function findAccepted(
  connection: DuckDBConnection,
  sha256: string,
  receivedAt: Date,
): Promise<EarlierAcceptance | null> {
  const values = { sha256, received_at: receivedAt.toISOString() };
  const [row] = await rowsOfModel(connection, "earlier_acceptance", Acceptance, { values });
  if (row === undefined) return null;
  await knowPlansOf(connection, "brought_plan", { sha256 });
  const replaced = await rowsOfModel(connection, "replaced_by_same", Replaced, { values });
  return {
    medium: row.medium,
    firstReceivedAt: officeTime(new Date(row.first_received_at)),
    hasMoment: row.has_moment,
    changesNothing: row.changes_nothing === true,
    replaced: replaced.map(({ unit_name, period_name, received_at, ...place }) => ({
      unitName: unit_name,
      periodName: period_name,
      receivedAt: officeTime(new Date(received_at)),
      place,
    })),
  };
}

const Acceptance = z.object({
  medium: z.enum(["form", "csv", "package"]),
  first_received_at: WholeNumber,
  has_moment: z.boolean(),
  /** Null where the accepted bytes brought no submission. */
  changes_nothing: z.boolean().nullable(),
});

/** A receipt that is in the ledger already. */
export interface KnownReceipt {
  readonly receiptNo: number;
  readonly recordedAt: Date;
  readonly submissions: [];
}

/** The receipt of a file that is still in place, with its problems. */
export interface SameReceipt extends KnownReceipt {
  readonly medium: Medium;
  readonly outcome: "accepted" | "refused" | "duplicate";
  /** With the name of the file, as in the ledger. */
  readonly problems: readonly Problem[];
}

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
    SameRow,
    `select receipt_no, epoch_ms(recorded_at) as recorded_at, medium, outcome
    from ledger.receipt
    where sha256 = $sha256 and file_name = $name and received_at = $received_at::timestamptz
    order by receipt_no
    limit 1`,
    { sha256: file.sha256, name, received_at: receivedAt.toISOString() },
  );
  if (row === undefined) return null;
  const { receipt_no: receiptNo, medium, outcome } = row;
  const problems = await readRows(
    connection,
    ProblemRow,
    `select severity, code, sheet, cell, line, found, remedy
    from ledger.problem
    where receipt_no = $receipt_no
    order by problem_no`,
    { receipt_no: receiptNo },
  );
  return {
    receiptNo,
    recordedAt: new Date(row.recorded_at),
    submissions: [],
    medium,
    outcome,
    problems: problems.map((one) => ({ ...one, file: name })),
  };
}

const SameRow = z.object({
  receipt_no: WholeNumber,
  recorded_at: WholeNumber,
  medium: z.enum(["form", "csv", "package", "unknown"]),
  outcome: z.enum(["accepted", "refused", "duplicate"]),
});

const optional = <T extends z.ZodType>(shape: T) =>
  shape.nullable().transform((one) => one ?? undefined);
const Replaced = z.object({
  unit_name: z.string(),
  period_name: z.string(),
  received_at: WholeNumber,
  sheet: optional(z.string()),
  cell: optional(z.string()),
  line: optional(WholeNumber),
});
const ProblemRow = z.object({
  severity: z.enum(["error", "doubt"]),
  code: z.string(),
  sheet: optional(z.string()),
  cell: optional(z.string()),
  line: optional(WholeNumber),
  found: z.string(),
  remedy: z.string(),
});

/** The first receipt of bytes that were refused and not kept; null when there is none. */
export async function findNotKept(
  connection: DuckDBConnection,
  sha256: string,
): Promise<KnownReceipt | null> {
  const [row] = await readRows(
    connection,
    z.object({ receipt_no: WholeNumber, recorded_at: WholeNumber }),
    `select receipt_no, epoch_ms(recorded_at) as recorded_at
    from ledger.receipt as receipt
    semi join ledger.problem as problem
        on receipt.receipt_no = problem.receipt_no and list_contains($codes::json::varchar[], problem.code)
    where sha256 = $sha256
    order by receipt_no
    limit 1`,
    { sha256, codes: JSON.stringify(NEVER_KEPT) },
  );
  if (row === undefined) return null;
  return { receiptNo: row.receipt_no, recordedAt: new Date(row.recorded_at), submissions: [] };
}

/** Those of some digests for whose bytes there is a receipt already, whatever became of them. */
export async function findReceived(
  connection: DuckDBConnection,
  digests: readonly string[],
): Promise<Set<string>> {
  const rows = await readRows(
    connection,
    z.object({ sha256: z.string() }),
    `select distinct sha256 from ledger.receipt
    where sha256 in (select unnest(from_json($digests::json, '["varchar"]')))`,
    { digests: JSON.stringify(digests) },
  );
  return new Set(rows.map(({ sha256 }) => sha256));
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

/** Who had a file erased, when (in office time) and why; null when it was not. */
export async function findErased(
  connection: DuckDBConnection,
  sha256: string,
): Promise<{ erasedBy: string; reason: string; erasedAt: string } | null> {
  const [row] = await readRows(
    connection,
    z.object({ erased_by: z.string(), reason: z.string(), recorded_at: WholeNumber }),
    `select erasure.erased_by, erasure.reason, epoch_ms(erasure.recorded_at) as recorded_at
    from ledger.erasure as erasure
    inner join ledger.erased as erased
        on erasure.erasure_no = erased.erasure_no
    where erased.what = 'file' and erased.sha256 = $sha256
    order by erasure.erasure_no desc
    limit 1`,
    { sha256 },
  );
  if (row === undefined) return null;
  const { erased_by: erasedBy, reason, recorded_at } = row;
  return { erasedBy, reason, erasedAt: officeTime(new Date(recorded_at)) };
}
