import { z } from "zod";
import type { Catalogue } from "../sources/catalogue.ts";
import { readRows } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { queryModels } from "./build-marts.ts";

const StatusRow = z.object({
  plan_id: z.string(),
  period: z.string(),
  period_name: z.string(),
  unit_code: z.string(),
  unit_name: z.string(),
  unit_short_name: z.string(),
  item: z.number(),
  /** Exclusive: on time is before this day begins. */
  due_before: z.string(),
  first_received_at: z.string().nullable(),
  last_received_at: z.string().nullable(),
  submissions: z.number(),
  timeliness: z.enum(["on_time", "late", "missing", "not_due", "not_applicable"]),
  days_late: z.number().nullable(),
});

/** Whether one unit has reported for one period. */
export type StatusRow = z.infer<typeof StatusRow>;

/** Who has sent what, as the ledger stands now: in the order of plans, periods and units. */
export async function readStatus(request: {
  readonly paths: WarehousePaths;
  readonly catalogue: Catalogue;
  readonly plan: string | null;
  readonly period: string | null;
}): Promise<StatusRow[]> {
  const { paths, catalogue, plan, period } = request;
  return queryModels({
    paths,
    catalogue,
    asOf: null,
    models: ["marts.submission_timeliness"],
    read: async (connection) =>
      await readRows(
        connection,
        StatusRow,
        `select ${Object.keys(StatusRow.shape).join(", ")}
        from marts.submission_timeliness
        where
            plan_id = coalesce($plan, plan_id)
            and period = coalesce($period, period)
        order by plan_id, due_before, period, item, unit_code`,
        { plan, period },
      ),
  });
}
