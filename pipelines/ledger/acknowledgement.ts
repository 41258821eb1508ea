import type { DuckDBConnection } from "@duckdb/node-api";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { inTransaction, withLedger } from "./ledger.ts";

/** Findings that somebody has looked into and lets stand. */
export interface Acknowledgement {
  readonly findingIds: readonly string[];
  readonly reason: string;
  readonly recordedAt: Date;
  readonly softwareVersion: string;
}

/**
 * Appends one acknowledgement a finding to the ledger: all of them, or none.
 * @throws Failure when the ledger is held for too long or cannot be written.
 */
export async function acknowledgeFindings(
  paths: WarehousePaths,
  acknowledgement: Acknowledgement,
): Promise<void> {
  await withLedger(paths, (connection) =>
    inTransaction(connection, paths, () => append(connection, acknowledgement)),
  );
}

async function append(
  connection: DuckDBConnection,
  { findingIds, reason, recordedAt, softwareVersion }: Acknowledgement,
): Promise<void> {
  await connection.run(
    `insert into ledger.acknowledgement
    select
        nextval('ledger.acknowledgement_no'), finding_id, $reason, $recorded_at::timestamptz,
        $software_version
    from (select unnest(from_json($finding_ids::varchar, '["varchar"]')) as finding_id)`,
    {
      finding_ids: JSON.stringify(findingIds),
      reason,
      recorded_at: recordedAt.toISOString(),
      software_version: softwareVersion,
    },
  );
}
