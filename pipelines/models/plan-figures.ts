import { z } from "zod";
import type { Catalogue } from "../sources/catalogue.ts";
import { readRows } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { queryModels } from "./build-marts.ts";

const PlanFigure = z.object({
  plan_id: z.string(),
  section: z.string(),
  code: z.string(),
  period: z.string(),
  /** Null of the whole. */
  area_name: z.string().nullable(),
  area_id: z.number().nullable(),
  value: z.string().nullable(),
  target_value: z.string().nullable(),
  status: z.string().nullable(),
  is_provisional: z.boolean().nullable(),
});
/** A figure of a plan with its verdict. */
export type PlanFigure = z.infer<typeof PlanFigure>;

/**
 * Every figure of every plan as it would be now under a catalogue; the marts stay as they are.
 * @param only of plans that no other plan continues or is continued by
 */
export function readPlanFigures(
  paths: WarehousePaths,
  catalogue: Catalogue,
  only?: ReadonlySet<string>,
): Promise<PlanFigure[]> {
  const plans = catalogue.plans.filter(({ plan }) => only?.has(plan.id));
  return queryModels({
    ...{ paths, catalogue, asOf: null, models: ["marts.figure"] },
    ...(only === undefined ? {} : { trial: { plans, rows: {} } }),
    read: (connection) =>
      readRows(
        connection,
        PlanFigure,
        `select
            plan_id,
            section,
            code,
            period,
            area_name,
            area_id,
            value::varchar as value,
            target_value::varchar as target_value,
            status,
            is_provisional
        from marts.figure
        order by plan_id, section, code, period, area_id nulls first`,
      ),
  });
}
