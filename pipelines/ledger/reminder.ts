import type { WarehousePaths } from "../warehouse/paths.ts";
import { appendEntry, nextNumber, recordingMoment } from "./entry.ts";
import type { Actor } from "./journal.ts";
import { withLedger } from "./ledger.ts";

/** A report that a unit was reminded of. */
export interface RemindedReport {
  readonly plan_id: string;
  readonly unit_id: string;
  readonly period: string;
}

export interface Reminder {
  readonly reports: readonly RemindedReport[];
  readonly way: "letter" | "message";
  /** Of the letter, as in `12/UBND-LĐTBXH`; null where it is not known. */
  readonly letterNumber: string | null;
  readonly recordedAt: Date;
  readonly softwareVersion: string;
  /** Who reminded them. */
  readonly by: Actor;
}

/**
 * Appends one reminder a report to the ledger: all of them, or none.
 * @throws Failure when the ledger is held for too long or cannot be written.
 */
export async function remindUnits(paths: WarehousePaths, reminder: Reminder): Promise<void> {
  const { reports, way, letterNumber, recordedAt, softwareVersion, by } = reminder;
  await withLedger(paths, async (connection) => {
    const first = await nextNumber(connection, "reminder");
    const moment = await recordingMoment(connection, recordedAt);
    await appendEntry(
      connection,
      paths,
      "reminder",
      {
        reminder: reports.map(({ plan_id, unit_id, period }, index) => ({
          reminder_no: first + index,
          ...{ plan_id, unit_id, period, way },
          letter_number: letterNumber,
          reminded_by: by.name ?? by.account,
          recorded_at: moment.toISOString(),
          software_version: softwareVersion,
        })),
      },
      by,
    );
  });
}
