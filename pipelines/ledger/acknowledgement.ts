import type { WarehousePaths } from "../warehouse/paths.ts";
import { appendEntry, nextNumber, recordingMoment } from "./entry.ts";
import type { Actor } from "./journal.ts";
import { withLedger } from "./ledger.ts";

/** Findings that somebody has looked into and lets stand. */
export interface Acknowledgement {
  readonly findingIds: readonly string[];
  readonly reason: string;
  readonly recordedAt: Date;
  readonly softwareVersion: string;
  /** Who lets them stand. */
  readonly by?: Actor;
}

/**
 * Appends one acknowledgement a finding to the ledger: all of them, or none.
 * @throws Failure when the ledger is held for too long or cannot be written.
 */
export async function acknowledgeFindings(
  paths: WarehousePaths,
  { findingIds, reason, recordedAt, softwareVersion, by }: Acknowledgement,
): Promise<void> {
  await withLedger(paths, async (connection) => {
    const first = await nextNumber(connection, "acknowledgement");
    const moment = await recordingMoment(connection, recordedAt);
    await appendEntry(
      connection,
      paths,
      "acknowledgement",
      {
        acknowledgement: findingIds.map((findingId, index) => ({
          acknowledgement_no: first + index,
          finding_id: findingId,
          reason,
          recorded_at: moment.toISOString(),
          software_version: softwareVersion,
        })),
      },
      by,
    );
  });
}
