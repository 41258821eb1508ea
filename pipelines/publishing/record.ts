import type { DuckDBConnection } from "@duckdb/node-api";
import { selectRows } from "../warehouse/connection.ts";
import type { SealedFacts } from "./digest.ts";
import type { Contents } from "./draft.ts";
import { PART_NAMES } from "./report.ts";

/** What tells one state of the ledger from another, and the numbers that come next. */
export interface LedgerState {
  readonly lastReceipt: string;
  readonly lastAcknowledgement: string;
  readonly nextPublication: string;
  /** The latest moment at which anything was recorded, in milliseconds; 0 when nothing was. */
  readonly lastRecorded: number;
}

/** The state of the ledger attached as `ledger`. */
export async function readLedgerState(connection: DuckDBConnection): Promise<LedgerState> {
  const rows = await selectRows(
    connection,
    `select
        (select coalesce(max(receipt_no), 0) from ledger.main.receipt) as last_receipt,
        (select coalesce(max(acknowledgement_no), 0) from ledger.main.acknowledgement)
            as last_acknowledgement,
        (select coalesce(max(publication_no), 0) + 1 from ledger.main.publication)
            as next_publication,
        (
            select coalesce(ceil(epoch_ms(max(recorded_at))), 0)::bigint
            from (
                select recorded_at from ledger.main.receipt
                union all
                select recorded_at from ledger.main.acknowledgement
                union all
                select recorded_at from ledger.main.publication
            )
        ) as last_recorded`,
  );
  const row = rows[0];
  return {
    lastReceipt: String(row?.last_receipt),
    lastAcknowledgement: String(row?.last_acknowledgement),
    nextPublication: String(row?.next_publication),
    lastRecorded: Number(row?.last_recorded),
  };
}

/**
 * Appends a version, its rows and the acknowledgements that come with it to the ledger.
 * @returns its number
 */
export async function appendPublication(
  connection: DuckDBConnection,
  version: {
    readonly facts: SealedFacts;
    readonly sha256: string;
    readonly contents: Contents;
    /** Ids of the doubts that it lets stand. */
    readonly acknowledged: readonly string[];
  },
): Promise<string> {
  const { facts, sha256, contents, acknowledged } = version;
  const rows = await selectRows(
    connection,
    `insert into ledger.main.publication
    select
        (select coalesce(max(publication_no), 0) + 1 from ledger.main.publication),
        $plan_id, $period, $version::integer, $class, $reason, $is_final, $as_of::timestamptz,
        $recorded_at::timestamptz, $software_version, $plan_sha256, $inputs_sha256, $models_sha256,
        $lines_sha256, $sha256
    returning publication_no`,
    { ...facts, version: String(facts.version), sha256 },
  );
  const publicationNo = String(rows[0]?.publication_no);
  for (const part of PART_NAMES) {
    await connection.run(
      `insert into ledger.main.publication_row
      select $publication_no::bigint, $part, row_no::integer, content
      from (
          select
              unnest(range(1, len(rows) + 1)) as row_no,
              unnest(rows) as content
          from (select from_json($rows::varchar, '["varchar"]') as rows)
      )`,
      { publication_no: publicationNo, part, rows: JSON.stringify(contents[part]) },
    );
  }
  if (acknowledged.length > 0) {
    await connection.run(
      `insert into ledger.main.acknowledgement
      select
          nextval('ledger.acknowledgement_no'), unnest(from_json($ids::varchar, '["varchar"]')),
          $reason, $recorded_at::timestamptz, $software_version`,
      {
        ids: JSON.stringify(acknowledged),
        reason: facts.reason,
        recorded_at: facts.recorded_at,
        software_version: facts.software_version,
      },
    );
  }
  return publicationNo;
}
