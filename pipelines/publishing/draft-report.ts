import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import {
  byPart,
  CONTRACT_VERSION,
  columnsOf,
  type Head,
  PART_NAMES,
  PARTS,
  type Part,
  partsOf,
  type Submission,
  type Unit,
} from "../contract/report.ts";
import { type ModelRequest, queryModels } from "../models/build-marts.ts";
import { readModels } from "../models/model.ts";
import { lostReportLines } from "../models/plans-at-fault.ts";
import { REMARK_HEADS } from "../vocabulary/form-code.ts";
import { readRow, readRows, selectRows } from "../warehouse/connection.ts";
import { quoteName } from "../warehouse/sql.ts";

/** The rows of each part as JSON text, exactly as they are stored when published. */
export type Contents = Readonly<Record<Part, readonly string[]>>;

const OpenFinding = z.object({
  finding_id: z.string(),
  rule: z.string(),
  period_name: z.string(),
  unit_name: z.string().nullable(),
  area_name: z.string().nullable(),
  measure_name: z.string().nullable(),
  found: z.string().nullable(),
});
/** An open error, or an unacknowledged doubt. */
export type OpenFinding = z.infer<typeof OpenFinding>;

/** A period that the report is compared with, and of which something else would be published now. */
const ChangedBefore = z.object({
  plan_id: z.string(),
  plan_number: z.string(),
  period_name: z.string(),
  version: z.number().int(),
  /** Figures that differ. */
  figures: z.number().int(),
});
export type ChangedBefore = z.infer<typeof ChangedBefore>;

/** What keeps a report from being official: earlier periods, by name, and codes of indicators. */
const OpenReport = z.object({ owed: z.string().nullable(), provisional: z.string().nullable() });
export type OpenReport = z.infer<typeof OpenReport>;

const Remark = z.object({
  head: z.enum(REMARK_HEADS),
  unit_name: z.string(),
  said: z.string(),
});
/** A remark of a unit on its form that the city may read. */
export type Remark = z.infer<typeof Remark>;

/** What a report would say if published, and what may block it. */
export interface Draft {
  readonly contents: Contents;
  readonly head: Head;
  readonly units: readonly Unit[];
  /** The submissions that its figures use. */
  readonly submissions: readonly Submission[];
  /** The plan is in force on the period's last day. */
  readonly isApplicable: boolean;
  readonly errors: readonly OpenFinding[];
  /** Nobody has confirmed them before. */
  readonly doubts: readonly OpenFinding[];
  readonly changedBefore: readonly ChangedBefore[];
  readonly open: OpenReport;
  /** In the order of the plan's units. Part of no report unless somebody copies them into one. */
  readonly remarks: readonly Remark[];
  /** Reports that the plan file has no place for any more, in sentences. */
  readonly lost: readonly string[];
}

const LOST = "checks.submission_has_its_place";
const MODELS = [
  ...PART_NAMES.map((part) => `report.${part}`),
  "marts.findings",
  "marts.period",
  "marts.report_basis",
  "marts.report_beside",
  "core.report_open",
  "core.finding_of_report",
  "report.remark",
];

/**
 * Drafts the report of a plan and period as of the request's moment. Writes nothing.
 * @param request with `confirmed`, the reason with which it confirms its open doubts
 */
export async function draftReport(
  request: ModelRequest & {
    readonly planId: string;
    readonly period: string;
    readonly confirmed?: string | null;
  },
): Promise<Draft> {
  const { planId, period, confirmed = null, set = readModels() } = request;
  const lost = set.models.find(({ id }) => id === LOST)?.sql;
  return queryModels({
    ...{ ...request, set, drafted: { planId, period, confirmed } },
    models: MODELS,
    read: async (connection) => {
      const contents = await readContents(connection, planId, period);
      const [head] = contents.head.map((text) => PARTS.head.parse(JSON.parse(text)));
      if (head === undefined) throw new Error(`report.head has no row for ${planId} ${period}`);
      const { is_applicable } = await readRow(
        connection,
        z.object({ is_applicable: z.boolean() }),
        "select is_applicable from marts.period where plan_id = $planId and period = $period",
        { planId, period },
      );
      return {
        contents,
        head,
        units: contents.unit.map((text) => PARTS.unit.parse(JSON.parse(text))),
        submissions: contents.submission.map((text) => PARTS.submission.parse(JSON.parse(text))),
        isApplicable: is_applicable,
        lost: lost === undefined ? [] : lostReportLines(await selectRows(connection, lost)),
        errors: await readFindings(connection, planId, period, "error"),
        doubts: await readFindings(connection, planId, period, "doubt"),
        changedBefore: await readRows(
          connection,
          ChangedBefore,
          `select beside.earlier_plan_id as plan_id, plan.number as plan_number,
            period.period_name, beside.version, beside.figures
          from marts.report_beside as beside
          join raw.plan as plan on beside.earlier_plan_id = plan.plan_id
          join raw.period as period
              on plan.plan_key = period.plan_key and beside.earlier_period = period.period
          where beside.plan_id = $planId and beside.period = $period
          order by beside.earlier_plan_id, beside.earlier_period`,
          { planId, period },
        ),
        open: await readRow(
          connection,
          OpenReport,
          "select owed, provisional from core.report_open where plan_id = $planId and period = $period",
          { planId, period },
        ),
        remarks: await readRows(
          connection,
          Remark,
          `select head, unit_name, said
          from report.remark
          where report_plan = $planId and report_period = $period
          order by unit_no, head`,
          { planId, period },
        ),
      };
    },
  });
}

/**
 * The rows of the parts of a report from built models, with the columns of a contract in its order.
 * @param contract null: of a version from before contracts had numbers
 */
export async function readContents(
  connection: DuckDBConnection,
  planId: string,
  period: string,
  contract: number | null = CONTRACT_VERSION,
): Promise<Contents> {
  const contents = byPart<readonly string[]>(() => []);
  for (const part of partsOf(contract)) {
    const rows = await selectRows(
      connection,
      `select ${columnsOf(part, contract).map(quoteName).join(", ")}
      from memory.report.${part}
      where report_plan = $planId and report_period = $period`,
      { planId, period },
    );
    contents[part] = rows.map((row) => JSON.stringify(row));
  }
  return contents;
}

async function readFindings(
  connection: DuckDBConnection,
  planId: string,
  period: string,
  severity: "error" | "doubt",
): Promise<OpenFinding[]> {
  return await readRows(
    connection,
    OpenFinding,
    `select ${Object.keys(OpenFinding.shape)
      .map((name) => `finding.${name}`)
      .join(", ")}
    from marts.findings as finding
    join core.finding_of_report as of_report using (finding_id)
    where
        of_report.plan_id = $planId
        and of_report.period = $period
        and finding.severity = $severity
        and finding.finding_id not in (
            select finding_id from ledger.main.acknowledgement
            where recorded_at <= getvariable('as_of')
        )
    order by finding.period, finding.unit_name, finding.rule, finding.finding_id`,
    { planId, period, severity },
  );
}
