import { z } from "zod";
import type { Catalogue } from "../sources/catalogue.ts";
import { readRows } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { queryModels } from "./build-marts.ts";

const FreeTextRow = z.object({
  text_id: z.string(),
  kind: z.enum(["note", "remark", "shortfall", "reason"]),
  text: z.string(),
  /** Of a unit's text: whose it is, for which period; of a note, beside which figure. */
  unit_name: z.string().nullable(),
  period_name: z.string().nullable(),
  /** Of a cause or remedy the indicator. */
  measure_name: z.string().nullable(),
  /** It may be about a person. */
  is_held: z.boolean(),
  /**
   * It is about a guarded measure, or a remark, which may be about anything, so that the shared audience
   * may never read it.
   */
  is_guarded: z.boolean(),
  is_decided: z.boolean(),
  /** Who may read it: null is nobody. */
  audience: z.enum(["city", "shared"]).nullable(),
});

/** A text that people have written, and who may read it. */
export type FreeText = z.infer<typeof FreeTextRow>;

const QUERY = `
select
    note.text_id,
    if(any_value(note.head) is null, 'note', 'remark') as kind,
    any_value(note.note) as text,
    any_value(unit.unit_name) as unit_name,
    any_value(period.period_name) as period_name,
    any_value(coalesce(measure.measure_name, note.measure)) as measure_name,
    bool_or(note.is_held) as is_held,
    bool_or(coalesce(measure.is_guarded, true)) as is_guarded,
    bool_or(note.is_decided) as is_decided,
    any_value(note.audience) as audience,
    max(submission.received_at) as moment
from staging.note as note
inner join staging.submission as submission using (submission_no)
inner join raw.unit as unit on submission.unit_key = unit.unit_key
inner join raw.period as period on submission.period_key = period.period_key
left join raw.measure as measure
    on submission.plan_key = measure.plan_key and note.measure = measure.measure
group by note.text_id
union all by name
select
    cause.text_id,
    'shortfall' as kind,
    cause.said as text,
    unit.unit_name,
    period.period_name,
    cause.indicator_code || ' ' || indicator.short_name as measure_name,
    cause.is_held,
    guarded.indicator_key is not null as is_guarded,
    cause.is_decided,
    cause.audience,
    cause.recorded_at as moment
from staging.shortfall as cause
inner join raw.plan as plan using (plan_id)
inner join raw.indicator as indicator
    on plan.plan_key = indicator.plan_key and cause.indicator_code = indicator.indicator_code
inner join raw.period as period
    on cause.plan_id = period.plan_id and cause.period = period.period
left join raw.unit as unit
    on cause.plan_id = unit.plan_id and cause.unit_id = unit.unit_id
left join core.guarded_indicator as guarded
    on indicator.indicator_key = guarded.indicator_key
union all by name
select
    reason.text_id,
    'reason' as kind,
    reason.reason as text,
    false as is_held,
    coalesce(bool_or(finding.is_sensitive), false) as is_guarded,
    reason.is_decided,
    reason.audience,
    max(acknowledgement.recorded_at) as moment
from staging.reason as reason
inner join ledger.main.acknowledgement as acknowledgement using (reason)
left join marts.findings as finding using (finding_id)
group by all`;

/**
 * Every note and reason that the ledger holds: those that may be about a person first, then those
 * that nobody has decided on, the newest first.
 * @throws Failure when the ledger is in use for too long.
 */
export async function readFreeTexts(request: {
  readonly paths: WarehousePaths;
  readonly catalogue: Catalogue;
}): Promise<FreeText[]> {
  return queryModels({
    ...request,
    asOf: null,
    models: [
      "staging.note",
      "staging.reason",
      "staging.shortfall",
      "core.guarded_indicator",
      "marts.findings",
    ],
    read: (connection) =>
      readRows(
        connection,
        FreeTextRow,
        `select * exclude (moment) from (${QUERY})
        order by is_held and not is_decided desc, is_decided, moment desc, text, text_id`,
      ),
  });
}
