import type { WarehousePaths } from "../warehouse/paths.ts";
import { appendEntry, nextNumber, recordingMoment } from "./entry.ts";
import type { Actor } from "./journal.ts";
import { withLedger } from "./ledger.ts";

/** What a unit says about a doubt. */
export interface Explanation {
  readonly findingId: string;
  readonly said: string;
  readonly recordedAt: Date;
  readonly softwareVersion: string;
  /** Who says so. */
  readonly by: Actor;
}

/**
 * Appends an explanation to the ledger. It changes no figure and lets nothing stand: that is for the
 * office to decide.
 * @throws Failure when the ledger is held for too long or cannot be written.
 */
export async function explainFinding(
  paths: WarehousePaths,
  { findingId, said, recordedAt, softwareVersion, by }: Explanation,
): Promise<void> {
  await withLedger(paths, async (connection) => {
    const moment = await recordingMoment(connection, recordedAt);
    await appendEntry(
      connection,
      paths,
      "explanation",
      {
        explanation: [
          {
            explanation_no: await nextNumber(connection, "explanation"),
            finding_id: findingId,
            said,
            said_by: by.name ?? by.account,
            recorded_at: moment.toISOString(),
            software_version: softwareVersion,
          },
        ],
      },
      by,
    );
  });
}
