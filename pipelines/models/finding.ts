import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { NewEntry } from "../ledger/entry.ts";
import type { Catalogue, ResolvedPlan } from "../sources/catalogue.ts";
import { readMany } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { queryMarts, queryModels } from "./build-marts.ts";
import { chainOf } from "./built-from.ts";

const FindingRow = z.object({
  finding_id: z.string(),
  severity: z.enum(["error", "doubt"]),
  rule: z.string(),
  plan_id: z.string(),
  period: z.string(),
  period_name: z.string(),
  unit_id: z.string(),
  unit_name: z.string(),
  area_id: z.number().nullable(),
  area_name: z.string().nullable(),
  measure: z.string().nullable(),
  measure_name: z.string().nullable(),
  /** Exact decimals. */
  value: z.string().nullable(),
  compared_with: z.string().nullable(),
  /** What was found when the file was ingested, in Vietnamese. */
  found: z.string().nullable(),
  file_name: z.string().nullable(),
  /** Of that file. */
  sha256: z.string().nullable(),
  /** `YYYY-MM-DD HH:MM:SS` in office time. */
  received_at: z.string().nullable(),
  sheet: z.string().nullable(),
  cell: z.string().nullable(),
  line: z.string().nullable(),
  is_acknowledged: z.boolean(),
  acknowledged_reason: z.string().nullable(),
  acknowledged_at: z.string().nullable(),
  /** The unit's latest explanation; for the office alone. */
  explanation: z.string().nullable(),
  /** The name of the account that wrote it. */
  explained_by: z.string().nullable(),
  /** `YYYY-MM-DD HH:MM:SS` in office time. */
  explained_at: z.string().nullable(),
});

/** One error or doubt, as in `marts.findings`, with its unit's explanation. */
export type Finding = z.infer<typeof FindingRow>;

/**
 * Whether a finding is about what a unit itself reports, by what it says and whatever it hangs on: about the
 * unit, and about no figure, or one that no other unit is asked for, at a place of the unit's.
 */
export function isAboutUnit(
  { unit_id, measure, area_id }: Pick<Finding, "unit_id" | "measure" | "area_id">,
  { plan, units }: Pick<ResolvedPlan, "plan" | "units">,
  unitId: string,
): boolean {
  const unit = units.find((one) => one.unit_id === unitId);
  if (unit === undefined || unit_id !== unitId) return false;
  const own = unit.area?.area_id ?? null;
  if (measure === null) return area_id === null || area_id === own;
  // one that left the plan is asked of nobody
  const asked = plan.measures.find(({ code }) => code === measure);
  if (asked?.reported_by.includes(unit.entry) === false) return false;
  return area_id === own || (own === null && asked?.by_area !== false);
}

/** What `findingsIn` reads. */
export const FINDING_MODELS = ["marts.findings"] as const;

/** Which plan and period is asked about; null: every one. */
export interface AskedReports {
  readonly plan: string | null;
  readonly period: string | null;
}

/**
 * The findings by the ledger as it is now, errors first, in the order of plans, periods and units.
 * @throws Failure when the ledger is in use for too long.
 */
export async function readFindings(
  request: AskedReports & { readonly paths: WarehousePaths; readonly catalogue: Catalogue },
): Promise<Finding[]> {
  return queryMarts({
    ...request,
    asOf: null,
    models: FINDING_MODELS,
    read: (connection) => findingsIn(connection, request),
  });
}

/**
 * The findings of a plan as they would be if something came in that has not: by the same models.
 * @param rows what the ledger would hold of it
 * @throws Failure when the ledger is in use for too long.
 */
export async function findingsIfCame(request: {
  readonly paths: WarehousePaths;
  readonly catalogue: Catalogue;
  readonly plan: ResolvedPlan;
  readonly rows: NewEntry;
}): Promise<Finding[]> {
  const { catalogue, plan, rows } = request;
  return queryModels({
    ...request,
    asOf: null,
    models: FINDING_MODELS,
    trial: { plans: chainOf(plan, catalogue), rows },
    read: (connection) => findingsIn(connection, { plan: plan.plan.id, period: null }),
  });
}

/** The same from a connection with `FINDING_MODELS`, see `queryMarts`. */
export async function findingsIn(
  connection: DuckDBConnection,
  { plan, period }: AskedReports,
): Promise<Finding[]> {
  return readMany(
    connection,
    FindingRow,
    `select findings.* replace (
        value::varchar as value, compared_with::varchar as compared_with, line::varchar as line
    ), explained.* exclude (finding_id)
    from marts.findings as findings
    left join (
        select
            finding_id,
            arg_max(said, explanation_no) as explanation,
            arg_max(said_by, explanation_no) as explained_by,
            strftime(
                max(recorded_at) at time zone 'Asia/Ho_Chi_Minh', '%Y-%m-%d %H:%M:%S'
            ) as explained_at
        from ledger.main.explanation
        group by finding_id
    ) as explained using (finding_id)
    where
        plan_id = coalesce($plan, plan_id)
        and period = coalesce($period, period)`,
    "plan_id, period, severity desc, unit_name, rule, area_name, measure_name, finding_id",
    { plan, period },
  );
}
