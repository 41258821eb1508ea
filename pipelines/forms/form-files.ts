import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  measuresReportedBy,
  type ReportingUnit,
  type ResolvedPlan,
  unitsIn,
} from "../sources/catalogue.ts";
import type { PlanPeriod } from "../sources/plan.ts";
import { formWorkbook } from "./form-workbook.ts";

export interface WrittenForm {
  readonly unit: ReportingUnit;
  readonly file: string;
}

/** `2024-Q2_UBND-05971.xlsx`: plain letters, so that mail and old systems leave the name alone. */
export function formFileName(unit: ReportingUnit, period: PlanPeriod): string {
  return `${plain(period.code)}_${plain(unit.code)}.xlsx`;
}

/** Codes of areas come from a file and may hold anything. */
function plain(code: string): string {
  return code.replace(/[^A-Za-z0-9.-]/g, "-");
}

/**
 * Writes the blank form of every unit that reports for the period, one file a unit. A file appears
 * under its name only when it is whole.
 * @returns the files, in the order of the plan's units.
 */
export async function writeForms(
  plan: ResolvedPlan,
  period: PlanPeriod,
  outDir: string,
): Promise<WrittenForm[]> {
  await mkdir(outDir, { recursive: true });
  const written: WrittenForm[] = [];
  for (const unit of unitsIn(plan, period)) {
    if (measuresReportedBy(plan, unit).length === 0) continue;
    const file = join(outDir, formFileName(unit, period));
    const unfinished = `${file}.${process.pid}.tmp`;
    try {
      await writeFile(unfinished, await formWorkbook(plan, unit, period));
      await rename(unfinished, file);
    } finally {
      await rm(unfinished, { force: true });
    }
    written.push({ unit, file });
  }
  return written;
}
