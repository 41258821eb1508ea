import { createHash } from "node:crypto";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { readRow, readRows, readValue } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { appendEntries, nextNumber, recordingMoment } from "./entry.ts";
import type { Actor, EntryKind, JournaledTable, Row } from "./journal.ts";
import { withLedger } from "./ledger.ts";

/** When and by which program something is recorded, and who caused it. */
export interface Recording {
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

/** A unit's explanation of a doubt. */
export interface Explanation extends Recording {
  readonly findingId: string;
  readonly text: string;
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
      readonly text: string;
      /** The server's answer when it took the mail. */
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

const REPORT_ACTS = [
  "asked",
  "granted",
  "refused",
  "returned",
  "recalled",
  "kept",
  "questioned",
  "answered",
] as const;

/**
 * An act on the report of a unit: more time asked for, granted or refused; the report sent back, or
 * recalled; kept, though a file that came later was refused; a question of the office, and its answer.
 */
export interface ReportAct extends RemindedReport {
  readonly act: (typeof REPORT_ACTS)[number];
  /** `YYYY-MM-DD`, exclusive: which is asked for or granted, or until which to answer. */
  readonly dueBefore?: string;
  readonly text: string;
}

/** Why an indicator is not attained, or what is done about it. */
export interface ShortfallText {
  readonly plan_id: string;
  readonly period: string;
  readonly indicator_code: string;
  /** Null where the office says it of the whole area. */
  readonly unit_id: string | null;
  readonly side: "cause" | "remedy";
  /** Empty where the text is withdrawn. */
  readonly said: string;
  readonly is_held: boolean;
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
  await recordRows(paths, "acknowledgement", "acknowledgement", recording, () => rows);
}

/**
 * Appends an explanation to the ledger. It changes no figure and acknowledges nothing: the office
 * decides that.
 * @throws Failure when the ledger is held for too long or cannot be written.
 */
export async function explainFinding(
  paths: WarehousePaths,
  { findingId, text, ...recording }: Explanation,
): Promise<void> {
  const rows = [{ finding_id: findingId, said: text, said_by: nameOf(recording.by) }];
  await recordRows(paths, "explanation", "explanation", recording, () => rows);
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
      ? { sent_to: how.sentTo, said: how.text, server_answer: how.serverAnswer }
      : {}),
    reminded_by: nameOf(recording.by),
  }));
  await recordRows(paths, "reminder", "reminder", recording, () => rows);
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
  await recordRows(paths, "decision", "text_decision", recording, () => rows);
}

/**
 * Appends texts on causes and remedies to the ledger: all of them, or none. Earlier ones stay there.
 * @throws Failure when the ledger is held for too long or cannot be written.
 */
export async function recordShortfalls(
  paths: WarehousePaths,
  {
    texts,
    ...recording
  }: Recording & { readonly texts: readonly ShortfallText[]; readonly by: Actor },
): Promise<void> {
  const rows = texts.map((one) => ({ ...one, said_by: nameOf(recording.by) }));
  await recordRows(paths, "shortfall", "shortfall", recording, () => rows);
}

/** By what a decision names a text on causes and remedies, as `staging.shortfall` has it. */
export function shortfallTextId(shortfallNo: number): string {
  return createHash("md5").update(`["shortfall",${shortfallNo}]`).digest("hex");
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
  await recordRows(paths, "plan", "plan_change", recording, () => [row]);
}

const RecordedPlan = z.object({
  plan_id: z.string(),
  file_name: z.string(),
  plan_sha256: z.string(),
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

/** What has come of a report and was done about it: the receipt of the last file, and how many acts. */
const ReportStand = z.object({ receipt: z.number(), acts: z.number() });
export type ReportStand = z.infer<typeof ReportStand>;

/**
 * Appends acts on reports to the ledger: all of them, or none. What is sent back or recalled no longer
 * counts, nor what it had replaced.
 * @param isMeant asked of each report as it stands when the acts are recorded
 * @returns whether they were recorded: not where a report is not as it was meant
 * @throws Failure when the ledger is held for too long or cannot be written.
 */
export async function recordReportActs(
  paths: WarehousePaths,
  {
    acts,
    isMeant = () => true,
    ...recording
  }: Recording & {
    readonly acts: readonly ReportAct[];
    readonly by: Actor;
    readonly isMeant?: (stand: ReportStand) => boolean;
  },
): Promise<boolean> {
  const said_by = nameOf(recording.by);
  return recordRows(paths, "report", "report_act", recording, async (connection) => {
    const rows: Row[] = [];
    for (const { plan_id, unit_id, period } of acts) {
      const report = { plan_id, unit_id, period };
      const stand = await readRow(connection, ReportStand, REPORT_STAND, report);
      if (!isMeant(stand)) return [];
    }
    for (const { plan_id, unit_id, period, act, dueBefore = null, text } of acts) {
      const isWithdrawn = act === "returned" || act === "recalled";
      const last = isWithdrawn
        ? await lastSubmission(connection, { plan_id, unit_id, period })
        : null;
      rows.push({
        ...{ plan_id, unit_id, period, act, due_before: dueBefore },
        ...{ submission_no: last, said: text, said_by },
      });
    }
    return rows;
  });
}

const REPORT_STAND = `
with report as (select $plan_id as plan_id, $unit_id as unit_id, $period as period),
claim as (
    select plan_id, unit_id, period, receipt_no from ledger.submission
    union all
    select plan_id, unit_id, period, receipt_no from ledger.refusal
)
select
    (select coalesce(max(receipt_no), 0) from claim semi join report using (plan_id, unit_id, period))
        ::integer as receipt,
    (select count(*) from ledger.report_act semi join report using (plan_id, unit_id, period))::integer
        as acts`;

async function lastSubmission(
  connection: DuckDBConnection,
  { plan_id, unit_id, period }: RemindedReport,
): Promise<string> {
  return readValue(
    connection,
    z.string(),
    `select max(submission_no)::varchar from ledger.submission
    where plan_id = $plan_id and unit_id = $unit_id and period = $period`,
    { plan_id, unit_id, period },
  );
}

const RecordedAct = z.object({
  plan_id: z.string(),
  unit_id: z.string(),
  period: z.string(),
  act: z.enum(REPORT_ACTS),
  due_before: z.string().nullable(),
  said: z.string(),
  said_by: z.string(),
  /** `YYYY-MM-DD HH:MM:SS` in office time. */
  at: z.string(),
});
export type RecordedAct = z.infer<typeof RecordedAct>;

/** The acts on reports, in their order, of the ledger that is attached. */
export function readReportActs(connection: DuckDBConnection): Promise<RecordedAct[]> {
  return readRows(
    connection,
    RecordedAct,
    `select
        plan_id, unit_id, period, act, due_before::varchar as due_before, said, said_by,
        strftime(recorded_at at time zone 'Asia/Ho_Chi_Minh', '%Y-%m-%d %H:%M:%S') as at
    from ledger.main.report_act
    order by report_no`,
  );
}

export function nameOf({ name, account }: Actor): string {
  return name ?? account;
}

/** Appends rows to a table in one entry of the journal, numbered in their order. @returns whether there are any */
export async function recordRows(
  paths: WarehousePaths,
  kind: EntryKind,
  table: JournaledTable,
  { recordedAt, softwareVersion, by }: Recording,
  rowsOf: (connection: DuckDBConnection) => readonly Row[] | Promise<readonly Row[]>,
): Promise<boolean> {
  return withLedger(paths, async (connection) => {
    const number = `${kind}_no`;
    const rows = await rowsOf(connection);
    if (rows.length === 0) return false;
    const first = await nextNumber(connection, table, number);
    // who sets moments right says when, whatever was recorded under a clock that was ahead
    const isOfClock = kind === "clock";
    const moment = isOfClock ? recordedAt : await recordingMoment(connection, recordedAt);
    const numbered = rows.map((row, index) => ({
      [number]: first + index,
      ...row,
      recorded_at: moment.toISOString(),
      software_version: softwareVersion,
    }));
    const rowsByTable = { [table]: numbered };
    await appendEntries(connection, paths, kind, [{ rows: rowsByTable, clock: recordedAt, by }]);
    return true;
  });
}
