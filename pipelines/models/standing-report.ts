import { z } from "zod";
import type { Catalogue } from "../sources/catalogue.ts";
import { REMARK_HEADS, type RemarkHead } from "../vocabulary/form-code.ts";
import { readRows, WholeNumber } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { queryModels } from "./build-marts.ts";

const StandingRow = z.object({
  /** Of the period before. */
  is_before: z.boolean(),
  is_counted: z.boolean(),
  period_name: z.string(),
  receipt_no: WholeNumber,
  /** `YYYY-MM-DD HH:MM:SS` in office time. */
  received_at: z.string(),
  file_name: z.string(),
  is_nil_return: z.boolean(),
  difficulties: z.string().nullable(),
  proposals: z.string().nullable(),
  measure: z.string(),
  /** Null where it is for the whole unit, or a committee's own area. */
  area_id: z.number().nullable(),
  state: z.enum(["reported", "nil", "blank"]),
  /** An exact decimal, of one that was reported. */
  value: z.string().nullable(),
  note: z.string().nullable(),
});

/** One figure of the report that counts, as it was reported. */
export type StandingFigure = Pick<
  z.infer<typeof StandingRow>,
  "measure" | "area_id" | "state" | "value" | "note"
>;

/** The report of a unit for a period that came last. */
export interface StandingReport {
  readonly receiptNo: number;
  /** `YYYY-MM-DD HH:MM:SS` in office time. */
  readonly receivedAt: string;
  readonly file: string;
  /** It was not sent back or recalled. */
  readonly isCounted: boolean;
  readonly isNilReturn: boolean;
  /** The unit's remarks. */
  readonly remarks: Readonly<Partial<Record<RemarkHead, string>>>;
  readonly figures: readonly StandingFigure[];
}

/** What a unit reported for the regular period before. */
export interface ReportBefore {
  readonly periodName: string;
  readonly figures: readonly StandingFigure[];
}

/**
 * The report of a unit for a period that came last by the ledger as it is now, and its figures for the
 * period before, as far as there are any.
 * @throws Failure when the ledger is in use for too long.
 */
export async function readStandingReport(request: {
  readonly paths: WarehousePaths;
  readonly catalogue: Catalogue;
  readonly plan: string;
  readonly period: string;
  readonly unitId: string;
}): Promise<{ readonly now: StandingReport | null; readonly before: ReportBefore | null }> {
  const { paths, catalogue, plan, period, unitId } = request;
  const rows = await queryModels({
    paths,
    catalogue,
    asOf: null,
    models: ["core.submission_current", "core.period_before"],
    read: async (connection) =>
      await readRows(
        connection,
        StandingRow,
        `select
            source.period <> $period as is_before,
            period.period_name,
            current.submission_no is not null as is_counted,
            source.receipt_no,
            strftime(source.received_at at time zone 'Asia/Ho_Chi_Minh', '%Y-%m-%d %H:%M:%S')
                as received_at,
            source.file_name,
            source.is_nil_return,
            kept.difficulties,
            kept.proposals,
            reading.measure,
            reading.area_id,
            reading.state,
            reading.value::varchar as value,
            reading.note
        from (
            from staging.submission
            where plan_id = $plan and unit_id = $unitId
            qualify row_number() over (
                partition by period_key order by received_at desc, submission_no desc
            ) = 1
        ) as source
        left join core.submission_current as current using (submission_no)
        inner join ledger.main.submission as kept using (submission_no)
        inner join ledger.main.reading as reading using (submission_no)
        inner join raw.period as period on source.period_key = period.period_key
        where
            (source.period = $period or current.submission_no is not null)
            and source.period_key in (
                select unnest([period_key, reported_before_key])
                from core.period_before
                where plan_id = $plan and period = $period
            )
        order by reading.measure, reading.area_id`,
        { plan, period, unitId },
      ),
  });
  const [now = [], before = []] = [false, true].map((isBefore) =>
    rows.filter((one) => one.is_before === isBefore),
  );
  const [last] = before;
  return {
    now: reportOf(now),
    before:
      last === undefined ? null : { periodName: last.period_name, figures: before.map(figureOf) },
  };
}

function reportOf(rows: readonly z.infer<typeof StandingRow>[]): StandingReport | null {
  const [first] = rows;
  if (first === undefined) return null;
  return {
    receiptNo: first.receipt_no,
    receivedAt: first.received_at,
    file: first.file_name,
    isCounted: first.is_counted,
    isNilReturn: first.is_nil_return,
    remarks: Object.fromEntries(REMARK_HEADS.map((head) => [head, first[head] ?? ""])),
    figures: rows.map(figureOf),
  };
}

function figureOf({
  measure,
  area_id,
  state,
  value,
  note,
}: z.infer<typeof StandingRow>): StandingFigure {
  return { measure, area_id, state, value, note };
}
