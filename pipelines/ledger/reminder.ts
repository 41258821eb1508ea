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

/** A reminder that the desk has mailed. */
export interface SentMail {
  readonly sentTo: string;
  readonly said: string;
  /** What the server said when it took it. */
  readonly serverAnswer: string;
}

/** How units were reminded: by a letter with its number where that is known, by a message, by mail. */
export type ReminderWay =
  | { readonly way: "letter"; readonly letterNumber: string | null }
  | { readonly way: "message" }
  | ({ readonly way: "mail" } & SentMail);

export interface Reminder {
  readonly reports: readonly RemindedReport[];
  readonly how: ReminderWay;
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
  const { reports, how, recordedAt, softwareVersion, by } = reminder;
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
          ...{ plan_id, unit_id, period, way: how.way },
          letter_number: how.way === "letter" ? how.letterNumber : null,
          ...(how.way === "mail"
            ? { sent_to: how.sentTo, said: how.said, server_answer: how.serverAnswer }
            : {}),
          reminded_by: by.name ?? by.account,
          recorded_at: moment.toISOString(),
          software_version: softwareVersion,
        })),
      },
      by,
    );
  });
}
