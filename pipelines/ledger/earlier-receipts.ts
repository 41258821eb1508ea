import type { DuckDBConnection } from "@duckdb/node-api";
import { PERSONAL_DATA } from "../readers/personal-data.ts";
import type { Medium } from "../readers/received-file.ts";
import { officeTime } from "../vocabulary/date.ts";
import { selectRows } from "../warehouse/connection.ts";

/**
 * Per plan, unit and period the submission that counts: the one received last, of several received
 * at the same moment the one put down last.
 */
export const STANDING_SUBMISSION = `
select submission.*, receipt.sha256, receipt.received_at
from ledger.submission as submission
join ledger.receipt as receipt using (receipt_no)
qualify row_number() over (
    partition by plan_id, unit_id, period order by received_at desc, submission_no desc
) = 1`;

/** Acceptances of the same bytes that are in the ledger already. */
export interface EarlierAcceptance {
  readonly medium: Medium;
  /** When the first of them was received, in office time. */
  readonly firstReceivedAt: string;
  /** One of them was received at the moment that is now given. */
  readonly hasMoment: boolean;
  /** Accepting the bytes once more would change no figure. */
  readonly changesNothing: boolean;
}

/** The earlier acceptances of a file; null when there are none. */
export async function findAccepted(
  connection: DuckDBConnection,
  sha256: string,
  receivedAt: Date,
): Promise<EarlierAcceptance | null> {
  const rows = await selectRows(
    connection,
    `with accepted as (
        from ledger.receipt where sha256 = $sha256 and outcome = 'accepted'
    ),

    brought as (
        select plan_id, unit_id, period
        from ledger.submission
        where receipt_no = (select max(receipt_no) from accepted)
    ),

    moment as (
        select coalesce(bool_or(received_at = $received_at::timestamptz), false) as is_known
        from accepted
    )

    select
        arg_max(medium, receipt_no) as medium,
        epoch_ms(arg_min(received_at, receipt_no)) as first_received_at,
        any_value(moment.is_known) as has_moment,
        (
            -- put down before with the same moment, it would again come before what counts
            select bool_and(
                standing.sha256 = $sha256
                or (is_known and standing.received_at > $received_at::timestamptz)
            )
            from brought
            join (${STANDING_SUBMISSION}) as standing using (plan_id, unit_id, period)
            cross join moment
        ) as changes_nothing
    from accepted
    cross join moment
    having count(*) > 0`,
    { sha256, received_at: receivedAt.toISOString() },
  );
  const row = rows[0];
  if (row === undefined) return null;
  return {
    medium: row.medium === "form" ? "form" : "csv",
    firstReceivedAt: officeTime(new Date(Number(row.first_received_at))),
    hasMoment: row.has_moment === true,
    changesNothing: row.changes_nothing === true,
  };
}

/** The first receipt of bytes that were refused without being kept; null when there is none. */
export async function findNotKept(
  connection: DuckDBConnection,
  sha256: string,
): Promise<{ receiptNo: number; recordedAt: Date; submissions: [] } | null> {
  const [row] = await selectRows(
    connection,
    `select receipt_no, epoch_ms(recorded_at) as recorded_at
    from ledger.receipt as receipt
    semi join ledger.problem as problem
        on receipt.receipt_no = problem.receipt_no and problem.code = $code
    where sha256 = $sha256
    order by receipt_no
    limit 1`,
    { sha256, code: PERSONAL_DATA },
  );
  if (row === undefined) return null;
  const recordedAt = new Date(Number(row.recorded_at));
  return { receiptNo: Number(row.receipt_no), recordedAt, submissions: [] };
}
