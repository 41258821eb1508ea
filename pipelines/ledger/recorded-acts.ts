import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { readRows } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { appendEntry, nextNumber, recordingMoment } from "./entry.ts";
import type { Actor, EntryKind, JournaledTable, Row } from "./journal.ts";
import { withLedger } from "./ledger.ts";

/** When and by which program something is recorded, and who caused it. */
interface Recording {
  readonly recordedAt: Date;
  readonly softwareVersion: string;
  /** Left out where nobody is known. */
  readonly by?: Actor;
}

/** Findings that somebody has examined and accepts. */
export interface Acknowledgement extends Recording {
  readonly findingIds: readonly string[];
  readonly reason: string;
}

/** What a unit says about a doubt. */
export interface Explanation extends Recording {
  readonly findingId: string;
  readonly said: string;
  readonly by: Actor;
}

/** A report that a unit was reminded of. */
export interface RemindedReport {
  readonly plan_id: string;
  readonly unit_id: string;
  readonly period: string;
}

/** How units were reminded: by a letter with its number where that is known, by a message, by mail. */
export type ReminderWay =
  | { readonly way: "letter"; readonly letterNumber: string | null }
  | { readonly way: "message" }
  | {
      readonly way: "mail";
      readonly sentTo: string;
      readonly said: string;
      /** What the server said when it took the mail. */
      readonly serverAnswer: string;
    };

export interface Reminder extends Recording {
  readonly reports: readonly RemindedReport[];
  readonly how: ReminderWay;
  readonly by: Actor;
}

/** A plan file that somebody has approved. */
export interface PlanChange extends Recording {
  readonly planId: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly preparedBy: string;
  readonly by: Actor;
}

/** Who may read a text: the city, everybody who sees the pages, nobody. */
export type Decision = "city" | "shared" | "struck";

/** What somebody has decided about texts. */
export interface TextDecisions extends Recording {
  readonly textIds: readonly string[];
  readonly decision: Decision;
  /** The name of the person who decides, for the journal. */
  readonly decidedBy: string;
}

/**
 * Appends one acknowledgement per finding to the ledger: all of them, or none.
 * @throws Failure when the ledger is held for too long or cannot be written.
 */
export async function acknowledgeFindings(
  paths: WarehousePaths,
  { findingIds, reason, ...recording }: Acknowledgement,
): Promise<void> {
  const rows = findingIds.map((finding_id) => ({ finding_id, reason }));
  await recordRows(paths, "acknowledgement", "acknowledgement", rows, recording);
}

/**
 * Appends an explanation to the ledger. It changes no figure and acknowledges nothing: the office
 * decides that.
 * @throws Failure when the ledger is held for too long or cannot be written.
 */
export async function explainFinding(
  paths: WarehousePaths,
  { findingId, said, ...recording }: Explanation,
): Promise<void> {
  const rows = [{ finding_id: findingId, said, said_by: nameOf(recording.by) }];
  await recordRows(paths, "explanation", "explanation", rows, recording);
}

/**
 * Appends one reminder per report to the ledger: all of them, or none.
 * @throws Failure when the ledger is held for too long or cannot be written.
 */
export async function remindUnits(
  paths: WarehousePaths,
  { reports, how, ...recording }: Reminder,
): Promise<void> {
  const rows = reports.map(({ plan_id, unit_id, period }) => ({
    ...{ plan_id, unit_id, period, way: how.way },
    letter_number: how.way === "letter" ? how.letterNumber : null,
    ...(how.way === "mail"
      ? { sent_to: how.sentTo, said: how.said, server_answer: how.serverAnswer }
      : {}),
    reminded_by: nameOf(recording.by),
  }));
  await recordRows(paths, "reminder", "reminder", rows, recording);
}

/**
 * Appends one decision per text to the ledger: all of them, or none.
 * @throws Failure when the ledger is held for too long or cannot be written.
 */
export async function decideOnTexts(
  paths: WarehousePaths,
  { textIds, decision, decidedBy, ...recording }: TextDecisions,
): Promise<void> {
  const rows = textIds.map((text_id) => ({ text_id, decision, decided_by: decidedBy }));
  await recordRows(paths, "decision", "text_decision", rows, recording);
}

/**
 * Appends to the ledger that a plan file was approved.
 * @throws Failure when the ledger is held for too long or cannot be written.
 */
export async function recordPlan(
  paths: WarehousePaths,
  { planId, fileName, sha256, preparedBy, ...recording }: PlanChange,
): Promise<void> {
  const row = {
    ...{ plan_id: planId, file_name: fileName, plan_sha256: sha256, prepared_by: preparedBy },
    approved_by: nameOf(recording.by),
  };
  await recordRows(paths, "plan", "plan_change", [row], recording);
}

const RecordedPlan = z.object({
  plan_id: z.string(),
  file_name: z.string(),
  plan_sha256: z.string(),
  prepared_by: z.string(),
  approved_by: z.string(),
  /** Milliseconds since 1970. */
  recorded_at: z.coerce.number(),
});
export type RecordedPlan = z.infer<typeof RecordedPlan>;

/** The plans that were approved, in their order, of the ledger that is attached. */
export function readPlanChanges(connection: DuckDBConnection): Promise<RecordedPlan[]> {
  return readRows(
    connection,
    RecordedPlan,
    `select * replace (epoch_ms(recorded_at) as recorded_at)
    from ledger.main.plan_change
    order by plan_no`,
  );
}

function nameOf({ name, account }: Actor): string {
  return name ?? account;
}

/** Appends rows to a table in one entry of the journal, numbered in their order. */
async function recordRows(
  paths: WarehousePaths,
  kind: EntryKind,
  table: JournaledTable,
  rows: readonly Row[],
  { recordedAt, softwareVersion, by }: Recording,
): Promise<void> {
  await withLedger(paths, async (connection) => {
    const number = `${kind}_no`;
    const first = await nextNumber(connection, table, number);
    const moment = await recordingMoment(connection, recordedAt);
    const numbered = rows.map((row, index) => ({
      [number]: first + index,
      ...row,
      recorded_at: moment.toISOString(),
      software_version: softwareVersion,
    }));
    await appendEntry(connection, paths, kind, { [table]: numbered }, by);
  });
}
