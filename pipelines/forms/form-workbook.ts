import { writeXlsx } from "hucre/xlsx";
import type { ReportingUnit, ResolvedPlan } from "../sources/catalogue.ts";
import type { PlanPeriod } from "../sources/plan/plan.ts";
import { FONT_NAME, SIZE } from "../workbook/style.ts";
import { formSheet } from "./entry-sheet.ts";
import { type FormFilling, NOTHING_FILLED } from "./filling.ts";
import { heading } from "./form-wording.ts";
import { guideSheet } from "./guide.ts";
import { formLayout } from "./layout.ts";

/**
 * The blank form of one unit for one period, as an .xlsx workbook: the form and a sheet that
 * explains it. The same plan, unit and period always give the same bytes.
 */
export async function formWorkbook(
  plan: ResolvedPlan,
  unit: ReportingUnit,
  period: PlanPeriod,
): Promise<Uint8Array> {
  return filledForm(plan, unit, period, NOTHING_FILLED);
}

/** The form of `formWorkbook` with its entry cells filled in. */
export async function filledForm(
  plan: ResolvedPlan,
  unit: ReportingUnit,
  period: PlanPeriod,
  filling: FormFilling,
): Promise<Uint8Array> {
  const layout = formLayout(plan, unit, period);
  // The library would take the present moment, and the same form would differ from day to day.
  const written = new Date(`${plan.plan.issued_on}T00:00:00Z`);
  const drawn = [formSheet(layout, filling), guideSheet(layout)];
  return writeXlsx({
    sheets: drawn.map(({ sheet }) => sheet),
    namedRanges: drawn.flatMap(({ names }) => names),
    defaultFont: { name: FONT_NAME, size: SIZE.text },
    properties: {
      title: `${heading(period)} - ${unit.name}`,
      creator: plan.plan.issuer,
      created: written,
      modified: written,
    },
  });
}
