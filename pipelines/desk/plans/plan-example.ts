import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { PublishedReport } from "../../contract/report.ts";
import { withIntake } from "../../intake/ingest.ts";
import { previewReport } from "../../publishing/publish.ts";
import {
  areasIn,
  measuresOwedBy,
  type ReportingUnit,
  type ResolvedPlan,
  readCatalogue,
  unitsOwing,
} from "../../sources/catalogue.ts";
import type { PlanMeasure, PlanPeriod } from "../../sources/plan/plan.ts";
import { lastDayBefore, parseMoment } from "../../vocabulary/date.ts";
import { Failure } from "../../vocabulary/failure.ts";
import { ANSWERS } from "../../vocabulary/words.ts";
import { warehousePaths } from "../../warehouse/paths.ts";
import { dataOf, type PlanDraft, withDraftIn } from "./plan-drafts.ts";

/** The report of a period as it would read, of figures that are made up. */
export interface ExampleReport {
  readonly period: PlanPeriod;
  readonly report: PublishedReport;
}

/**
 * Fills every form of the first period of a draft with made-up figures, in a warehouse of its own that is
 * gone afterwards, and draws up the report of it.
 * @returns null of a plan with errors, or of which nobody owes anything
 */
export function exampleReport(
  draft: PlanDraft,
  { sources, softwareVersion }: { readonly sources: string; readonly softwareVersion: string },
): Promise<ExampleReport | null> {
  return withDraftIn(sources, draft, async (folder) => {
    const catalogue = readCatalogue(folder);
    const plan = catalogue.plans.find((one) => one.plan.id === dataOf(draft).id);
    const period = plan?.plan.periods.find(
      (one) => one.covers.length === 0 && unitsOwing(plan, one).length > 0,
    );
    if (plan === undefined || period === undefined) return null;
    const paths = warehousePaths(join(folder, "warehouse"));
    await mkdir(paths.folder);
    const receivedAt = parseMoment(`${lastDayBefore(period.due_before)}T09:00`);
    const settings = { paths, catalogue, isDemonstration: true, softwareVersion };
    const content = { bytes: Buffer.from(madeUpReports(plan, period)) };
    const { problems } = await withIntake(settings, (intake) =>
      intake.ingest({ file: "vi-du.csv", content, receivedAt, recordedAt: receivedAt }),
    );
    if (problems.some(({ severity }) => severity === "error"))
      throw new Failure(problems.map(({ found }) => found).join("\n"));
    const { report } = await previewReport({
      ...{ paths, catalogue, plan, period, softwareVersion, asOf: null, publishedAt: receivedAt },
      ...{ class: "first", reason: "Ví dụ", isFinal: false, acknowledge: true, force: false },
    });
    return { period, report };
  });
}

/** A long CSV file in which every unit reports everything that it owes. */
function madeUpReports(plan: ResolvedPlan, period: PlanPeriod): string {
  const lines = unitsOwing(plan, period).flatMap((unit) =>
    measuresOwedBy(plan, unit, period).flatMap((measure) =>
      areasOf(plan, period, unit, measure).map((area) => ({ unit, measure, area })),
    ),
  );
  return [
    "plan,unit,period,area,measure,value,note",
    ...lines.map(({ unit, measure, area }, index) =>
      [plan.plan.id, unit.code, period.code, area, measure.code, madeUp(measure, index), ""].join(),
    ),
  ].join("\n");
}

function areasOf(
  plan: ResolvedPlan,
  period: PlanPeriod,
  { unit_id, area }: ReportingUnit,
  { code }: PlanMeasure,
): string[] {
  if (area !== null) return [""];
  const codes = new Map(areasIn(plan, period).map((one) => [one.area_id, one.code]));
  return plan.places
    .filter((one) => one.measure === code && one.unit_id === unit_id)
    .flatMap(({ area_id }) => (area_id === null ? [""] : (codes.get(area_id) ?? [])));
}

/** A round figure; of what is part of something else about a third. */
function madeUp({ kind, levels, at_most }: PlanMeasure, index: number): string {
  if (kind === "yes_no") return ANSWERS.yes.word;
  if (kind === "level") return levels?.[0] ?? "";
  return String((at_most === undefined ? 30 : 10) + (index % 3));
}
