import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { Catalogue } from "../sources/catalogue.ts";
import { readMany, readRows, WholeNumber } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { queryMarts } from "./build-marts.ts";
import type { AskedReports } from "./finding.ts";

const StatusRow = z.object({
  plan_id: z.string(),
  plan_number: z.string(),
  plan_title: z.string(),
  period: z.string(),
  period_name: z.string(),
  /** By which the unit is known over all plans; null of one that owes no report at all. */
  office_code: z.string().nullable(),
  unit_id: z.string(),
  unit_code: z.string(),
  unit_name: z.string(),
  unit_short_name: z.string(),
  item: z.number(),
  /** Exclusive: on time is before this day begins. */
  due_before: z.string(),
  /** It is later than the plan's, since more time was granted. */
  is_extended: z.boolean(),
  /** Days that are left, the last one counted; from 0 down it is past due. */
  days_left: z.number(),
  first_received_at: z.string().nullable(),
  last_received_at: z.string().nullable(),
  submissions: z.number(),
  /** Of the file that counts, or came last. */
  sha256: z.string().nullable(),
  timeliness: z.enum(["on_time", "late", "missing", "not_due", "not_applicable"]),
  days_late: z.number().nullable(),
  /** What has become of the report; null where the unit owes none. */
  state: z.enum(["not_sent", "returned", "to_explain", "received"]).nullable(),
  /** As what it is counted and listed where something is asked of units; null where nothing is. */
  wanted: z.enum(["overdue", "returned", "to_explain", "due_soon"]).nullable(),
  /** When the file came that was refused and not sent again. */
  returned_at: z.string().nullable(),
  /** Open doubts about the report. */
  doubts: z.number(),
  /** When the unit was last reminded of it, `YYYY-MM-DD HH:MM:SS` in office time. */
  reminded_at: z.string().nullable(),
});

/** Whether one unit has reported for one period. */
export type StatusRow = z.infer<typeof StatusRow>;

const OfficeUnit = z.object({
  office_code: z.string(),
  unit_name: z.string(),
  unit_short_name: z.string(),
  contact: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  /** Its codes in the plans. */
  plan_codes: z.array(z.string()),
});

/** A unit as it is known over all plans, and whom to ask there. */
export type OfficeUnit = z.infer<typeof OfficeUnit>;

const ReportStatus = z.object({
  plan_id: z.string(),
  plan_number: z.string(),
  period: z.string(),
  period_name: z.string(),
  units: WholeNumber,
  units_received: WholeNumber,
  /** Its newest version; null where none is published. */
  version: z.number().nullable(),
  indicators_changed: z.string().nullable(),
  figures_changed_since: WholeNumber,
  submissions_since: WholeNumber,
  received_since: z.string().nullable(),
  /** What is to be done about it; see `workSentence`. */
  wanted: z.enum(["publish", "publish_again"]).nullable(),
});

/** The report of a plan for a period that has begun. */
export type ReportStatus = z.infer<typeof ReportStatus>;

/** What `statusIn` reads. */
export const STATUS_MODELS = [
  "marts.submission_timeliness",
  "marts.office_unit",
  "marts.office_unit_report",
  "marts.report_readiness",
  "marts.plan",
  "marts.period",
] as const;

/** Who has sent what, the units over all plans, and what is published of it. */
export interface Status {
  /** In the order of plans, deadlines and units. */
  readonly rows: StatusRow[];
  /** In the order of their codes. */
  readonly units: OfficeUnit[];
  /** The latest first. */
  readonly reports: ReportStatus[];
}

/** Who has sent what, by the ledger as it is now. */
export async function readStatus(
  request: AskedReports & { readonly paths: WarehousePaths; readonly catalogue: Catalogue },
): Promise<Status> {
  return queryMarts({
    ...request,
    asOf: null,
    models: STATUS_MODELS,
    read: (connection) => statusIn(connection, request),
  });
}

/** The same from a connection with `STATUS_MODELS`, see `queryMarts`. */
export async function statusIn(
  connection: DuckDBConnection,
  { plan, period }: AskedReports,
): Promise<Status> {
  return {
    rows: await readMany(
      connection,
      StatusRow,
      `select
          timeliness.*,
          plan.number as plan_number,
          plan.short_title as plan_title,
          office.office_code,
          -- of this day; that of marts may be an earlier one
          (timeliness.due_before - today)::integer as days_left,
          report.state,
          wanted_of(report.state, timeliness.timeliness, timeliness.due_before - today) as wanted,
          report.returned_at,
          coalesce(report.doubts, 0) as doubts,
          strftime(reminder.recorded_at at time zone 'Asia/Ho_Chi_Minh', '%Y-%m-%d %H:%M:%S')
              as reminded_at,
      from marts.submission_timeliness as timeliness
      inner join raw.plan as plan using (plan_id)
      cross join (
          select (getvariable('now') at time zone 'Asia/Ho_Chi_Minh')::date as today
      ) as calendar
      left join (
          select distinct plan_id, unit_id, office_code from marts.office_unit_report
      ) as office using (plan_id, unit_id)
      left join marts.office_unit_report as report using (plan_id, period, unit_id)
      left join (
          select plan_id, period, unit_id, max(recorded_at) as recorded_at
          from ledger.main.reminder group by all
      ) as reminder using (plan_id, period, unit_id)
      where
          plan_id = coalesce($plan, plan_id)
          and period = coalesce($period, period)`,
      "plan_id, due_before, period, item, unit_code",
      { plan, period },
    ),
    units: await readRows(
      connection,
      OfficeUnit,
      `select unit.*, codes.plan_codes
      from marts.office_unit as unit
      inner join (
          select office_code, list(distinct unit_code order by unit_code) as plan_codes
          from marts.office_unit_report group by office_code
      ) as codes using (office_code)
      order by office_code`,
    ),
    reports: await readRows(
      connection,
      ReportStatus,
      `select readiness.*, plan.number as plan_number, period.period_name
      from marts.report_readiness as readiness
      inner join marts.plan as plan using (plan_id)
      inner join marts.period as period using (plan_id, period)
      where
          verdict not in ('not_applicable', 'not_begun')
          and plan_id = coalesce($plan, plan_id)
          and period = coalesce($period, period)
      order by readiness.due_before desc, plan_id, period.data_to desc`,
      { plan, period },
    ),
  };
}
