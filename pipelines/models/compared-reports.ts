import { z } from "zod";
import { readLedger } from "../ledger/ledger.ts";
import { readRows } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";

const State = z.enum(["reported", "nil", "blank"]);

const ComparedFigure = z.object({
  plan_id: z.string(),
  unit_id: z.string(),
  period: z.string(),
  measure: z.string(),
  /** Null where it is for the whole unit, or a committee's own area. */
  area_id: z.number().nullable(),
  /** Null where that report does not have the figure. */
  old_state: State.nullable(),
  new_state: State.nullable(),
  /** Exact decimals, of what was reported. */
  old_value: z.string().nullable(),
  new_value: z.string().nullable(),
  old_note: z.string().nullable(),
  new_note: z.string().nullable(),
  /** An exact decimal; null where one of them is no figure. */
  difference: z.string().nullable(),
  is_changed: z.boolean(),
});

/** A figure as one file has it and as another has it, for the same report. */
export type ComparedFigure = z.infer<typeof ComparedFigure>;

/**
 * The figures of two accepted files for the reports that both are of, those that differ first.
 * @throws Failure when the ledger is in use for too long
 */
export async function readComparedReports(
  paths: WarehousePaths,
  receipts: { readonly old: number; readonly new: number },
): Promise<ComparedFigure[]> {
  return readLedger(paths, (connection) =>
    readRows(
      connection,
      ComparedFigure,
      `with report as (
          select plan_id, unit_id, period,
              max(submission_no) filter (where receipt_no = $old) as old_no,
              max(submission_no) filter (where receipt_no = $new) as new_no
          from ledger.submission
          where receipt_no in ($old, $new)
          group by all
          having count(distinct receipt_no) = 2
      ),
      figure as (
          select report.plan_id, report.unit_id, report.period, reading.measure, reading.area_id,
              any_value(reading) filter (where submission_no = old_no) as before,
              any_value(reading) filter (where submission_no = new_no) as after
          from report
          inner join ledger.reading as reading on submission_no in (old_no, new_no)
          group by all
      )
      select
          plan_id, unit_id, period, measure, area_id,
          before.state as old_state, after.state as new_state,
          before.value::varchar as old_value, after.value::varchar as new_value,
          before.note as old_note, after.note as new_note,
          nullif(after.value - before.value, 0)::varchar as difference,
          (before.state, before.value, before.note)
              is distinct from (after.state, after.value, after.note) as is_changed
      from figure
      order by not is_changed, plan_id, unit_id, period, measure, area_id`,
      receipts,
    ),
  );
}
