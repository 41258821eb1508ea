import { join } from "node:path";
import { type ResolvedPlan, unitsOwing } from "../sources/catalogue.ts";
import type { PlanPeriod } from "../sources/plan/plan.ts";
import { Failure } from "../vocabulary/failure.ts";
import { type FileToPlace, placeFiles } from "../warehouse/place-files.ts";
import { formWorkbook } from "./form-workbook.ts";
import type { FormLayout } from "./layout.ts";

/** The blank form of one unit for one period of a plan. */
export type BlankForm = Pick<FormLayout, "plan" | "period" | "unit">;

export interface PlacedForm extends BlankForm {
  readonly file: string;
  /** False when the same form was there already. */
  readonly isWritten: boolean;
}

/** The forms of a period: one for every unit that owes a report, in the order of the plan's units. */
export function blankForms(plan: ResolvedPlan, period: PlanPeriod): BlankForm[] {
  return unitsOwing(plan, period).map((unit) => ({ plan, period, unit }));
}

/**
 * `217-kh-ubnd-2024_2024-Q2_UBND-05971.xlsx`: plain letters, so that mail and old systems leave the
 * name alone; with its plan, since a unit gets forms of several.
 */
export function formFileName({ plan, period, unit }: BlankForm): string {
  return `${plan.plan.id}_${plain(period.code)}_${plain(unit.code)}.xlsx`;
}

/** Codes of areas come from a file and may hold anything. */
function plain(code: string): string {
  return code.replace(/[^A-Za-z0-9.-]/g, "-");
}

/**
 * Writes blank forms into a folder: all of them, or on an error none. A form that is there with the
 * same bytes is left as it is.
 * @throws Failure that names the file which is there with other bytes, be it filled in already or of
 *   another state of the plan, unless `replace` is true.
 */
export async function writeForms(
  forms: readonly BlankForm[],
  outDir: string,
  replace: boolean,
): Promise<PlacedForm[]> {
  const files = new Map<string, BlankForm & FileToPlace>();
  for (const form of forms) {
    const { plan, unit, period } = form;
    const file = join(outDir, formFileName(form));
    const other = files.get(file);
    if (other !== undefined) {
      throw new Failure(
        `Biểu của ${other.unit.code} và ${unit.code} cùng tên ${file}. Chưa ghi tệp nào. Đổi một trong hai mã trong ${plan.file}.`,
      );
    }
    files.set(file, { ...form, file, bytes: await formWorkbook(plan, unit, period) });
  }
  const placed = await placeFiles([...files.values()], () => replace);
  return placed.map(({ bytes: _, ...form }) => form);
}
