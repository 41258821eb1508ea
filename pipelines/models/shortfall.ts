import { z } from "zod";
import type { Catalogue } from "../sources/catalogue.ts";
import type { AUDIENCES } from "../vocabulary/audiences.ts";
import { STATUS_NAMES } from "../vocabulary/status.ts";
import { readRows } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { shownMarts } from "../warehouse/shown-marts.ts";
import { queryModels } from "./build-marts.ts";
import { withSeenMarts } from "./seen-marts.ts";

const KeptText = z.object({
  text_id: z.string(),
  indicator_code: z.string(),
  /** Null where the office writes of the whole area. */
  unit_id: z.string().nullable(),
  side: z.enum(["cause", "remedy"]),
  said: z.string(),
  said_by: z.string(),
  /** `YYYY-MM-DD HH:MM:SS` in office time. */
  said_at: z.string(),
  /** It may be about a person. */
  is_held: z.boolean(),
  /** Who may read it: null is nobody. */
  audience: z.enum(["city", "shared"]).nullable(),
  is_decided: z.boolean(),
});
/** The latest text on why an indicator is not attained, or on what is done about it. */
export type KeptText = z.infer<typeof KeptText>;

const Standing = z.object({
  indicator_code: z.string(),
  short_name: z.string(),
  is_guarded: z.boolean(),
  /** In the marts that the pages show; null where the audience sees none. */
  status: z.enum(STATUS_NAMES).nullable(),
  /** As it is shown, an exact decimal; null where none is known or may be seen. */
  value: z.string().nullable(),
  unit_of_measure: z.string(),
  target_text: z.string(),
});
/** An indicator of a plan, and its status. */
export type Standing = z.infer<typeof Standing>;

/** Whose causes and remedies are asked for. */
export interface ShortfallsAsked {
  readonly paths: WarehousePaths;
  readonly catalogue: Catalogue;
  readonly plan: string;
  readonly period: string;
  /** Whose figures give its status; the whole area's where it has no area. Null: the office. */
  readonly unit: { readonly unit_id: string; readonly area_id: number | null } | null;
  /** Who asks: figures that it may not see give no status. */
  readonly audience: (typeof AUDIENCES)[number];
}

/**
 * The texts on the indicators of a plan for a period, and the status of each in the marts as they were
 * built last: of the unit's area, or of the whole; of a department, those that are based on its measures.
 * @throws Failure when the ledger is in use for too long
 */
export async function readShortfalls(asked: ShortfallsAsked): Promise<{
  readonly indicators: Standing[];
  readonly texts: KeptText[];
}> {
  const { paths, catalogue, plan, period, unit, audience } = asked;
  const areaId = unit?.area_id ?? null;
  // a unit without an area has a say where a measure of its own counts
  const department = unit !== null && areaId === null ? unit.unit_id : null;
  return queryModels({
    ...{ paths, catalogue, asOf: null },
    models: [
      "staging.shortfall",
      "core.guarded_indicator",
      "marts.indicator",
      "marts.indicator_part",
      "marts.measure_place",
    ],
    read: async (connection) => {
      const texts = await readRows(
        connection,
        KeptText,
        `select ${Object.keys(KeptText.shape).join(", ")}
        from (
            select
                *,
                strftime(recorded_at at time zone 'Asia/Ho_Chi_Minh', '%Y-%m-%d %H:%M:%S') as said_at
            from staging.shortfall
        )
        where plan_id = $plan and period = $period
        order by indicator_code, unit_id, side`,
        { plan, period },
      );
      const indicators = await readRows(
        connection,
        Standing,
        `select
            indicator_code,
            short_name,
            indicator_code in (
                select own.indicator_code
                from raw.plan as plan
                inner join raw.indicator as own
                    on plan.plan_key = own.plan_key
                inner join core.guarded_indicator as guarded
                    on own.indicator_key = guarded.indicator_key
                where plan.plan_id = $plan
            ) as is_guarded,
            null::varchar as status,
            null::varchar as value,
            unit_of_measure,
            target_text
        from marts.indicator as indicator
        where
            plan_id = $plan
            and (
                $department is null
                or indicator_code in (
                    select part.indicator_code
                    from marts.indicator_part as part
                    semi join marts.measure_place as place
                        on part.plan_id = place.plan_id
                        and part.measure = place.measure
                        and place.unit_id = $department
                    where part.plan_id = $plan
                )
            )
        order by indicator_no`,
        { plan, department },
      );
      if (shownMarts(paths.marts) === null) return { indicators, texts };
      const statuses = await withSeenMarts(connection, paths.marts, audience, ({ database }) =>
        readRows(
          connection,
          Standing.pick({ indicator_code: true, status: true, value: true }),
          `select code as indicator_code, status, value_shown::varchar as value
          from ${database}.${audience}.figure
          where
              plan_id = $plan
              and period = $period
              and section = 'indicator'
              and area_id is not distinct from $areaId`,
          { plan, period, areaId },
        ),
      );
      const figureOf = new Map(statuses.map((one) => [one.indicator_code, one]));
      return {
        indicators: indicators.map((one) => ({ ...one, ...figureOf.get(one.indicator_code) })),
        texts,
      };
    },
  });
}
