import type { BlankForm } from "../forms/form-files.ts";
import type { OfficeUnit } from "../models/submission-status.ts";
import type { Catalogue, ResolvedPlan } from "../sources/catalogue.ts";
import type { PlanPeriod } from "../sources/plan/plan.ts";
import { lastDayBefore } from "../vocabulary/date.ts";
import { wrongUsage } from "../vocabulary/failure.ts";
import { nearest } from "../vocabulary/nearest.ts";

/**
 * The plan that is meant: the one named, or the only one that has the period.
 * @throws Failure (wrong usage) that lists what there is.
 */
export function choosePlan(
  catalogue: Catalogue,
  wanted: { id: string | undefined; periodCode: string },
): ResolvedPlan {
  const ids = catalogue.plans.map(({ plan }) => plan.id).join(", ");
  if (wanted.id !== undefined) {
    const named = catalogue.plans.find(({ plan }) => plan.id === wanted.id);
    const draft = catalogue.unsettled.find(
      ({ plan_id, state }) => plan_id === wanted.id && state === "draft",
    );
    if (draft !== undefined) {
      throw wrongUsage(
        `Kế hoạch ${wanted.id} còn là dự thảo, chưa đơn vị nào phải báo cáo: bỏ dòng "state: draft" trong ${draft.file}.`,
      );
    }
    if (named === undefined) throw wrongUsage(`Không có kế hoạch "${wanted.id}". Hiện có: ${ids}.`);
    return named;
  }
  const having = catalogue.plans.filter(({ plan }) =>
    plan.periods.some(({ code }) => code === wanted.periodCode),
  );
  const [first, second] = having;
  if (first === undefined) {
    const codes = catalogue.plans.flatMap(({ plan }) => plan.periods.map(({ code }) => code));
    throw wrongUsage(
      `Không kế hoạch nào có kỳ "${wanted.periodCode}". Hiện có: ${[...new Set(codes)].join(", ")}.`,
    );
  }
  if (second !== undefined) {
    const others = having.map(({ plan }) => plan.id).join(", ");
    throw wrongUsage(
      `Nhiều kế hoạch có kỳ ${wanted.periodCode}; thêm --plan kèm một trong các mã: ${others}.`,
    );
  }
  return first;
}

/** The period with a code. @throws Failure (wrong usage) that lists the plan's periods. */
export function choosePeriod({ plan }: ResolvedPlan, periodCode: string): PlanPeriod {
  const period = plan.periods.find(({ code }) => code === periodCode);
  if (period !== undefined) return period;
  const codes = plan.periods.map(({ code }) => code).join(", ");
  throw wrongUsage(`Kế hoạch ${plan.id} không có kỳ "${periodCode}". Các kỳ: ${codes}.`);
}

/** A period with its plan. */
export interface PlanAndPeriod {
  readonly plan: ResolvedPlan;
  readonly period: PlanPeriod;
}

/**
 * The periods with a code, or with a last day to report (`2024-06-09`) or the month of one
 * (`2024-06`), in every plan or in the one that is named.
 * @throws Failure (wrong usage) that lists what there is.
 */
export function choosePeriods(
  catalogue: Catalogue,
  wanted: { planId: string | undefined } & ({ periodCode: string } | { due: string }),
): PlanAndPeriod[] {
  const { planId } = wanted;
  const plans =
    planId === undefined
      ? catalogue.plans
      : [choosePlan(catalogue, { id: planId, periodCode: "" })];
  const all = plans.flatMap((plan) => plan.plan.periods.map((period) => ({ plan, period })));
  if ("periodCode" in wanted) {
    const { periodCode } = wanted;
    checkChoice(catalogue, { planId, periodCode });
    return all.filter(({ period }) => period.code === periodCode);
  }
  const lastDays = all.map(({ period }) => lastDayBefore(period.due_before));
  const due = all.filter((_, index) => lastDays[index]?.startsWith(wanted.due));
  if (due.length === 0) {
    const days = [...new Set(lastDays)].sort().join(", ");
    throw wrongUsage(
      `Không có báo cáo nào hết hạn trong ${wanted.due}. Các ngày hết hạn: ${days}.`,
    );
  }
  return due;
}

/**
 * The forms of the unit with a code.
 * @throws Failure (wrong usage) that lists the units which owe a report.
 */
export function chooseForms(forms: readonly BlankForm[], unitCode: string): BlankForm[] {
  const chosen = forms.filter(({ unit }) => unit.code === unitCode);
  if (chosen.length > 0) return chosen;
  const codes = [...new Set(forms.map(({ unit }) => unit.code))].join(", ");
  throw wrongUsage(
    `Đơn vị "${unitCode}" không phải báo cáo kỳ ấy. Các đơn vị phải báo cáo: ${codes}.`,
  );
}

/**
 * The unit with a code over all plans, or else with a code in one of them, or a name.
 * @throws Failure (wrong usage) that says which one may have been meant, or lists what there is.
 */
export function chooseUnit(units: readonly OfficeUnit[], wanted: string): OfficeUnit {
  const key = wanted.normalize("NFC").trim().toLowerCase();
  const isCalled = (name: string): boolean => name.toLowerCase() === key;
  const found =
    units.find(({ office_code }) => isCalled(office_code)) ??
    soleOf(units.filter(({ plan_codes }) => plan_codes.some(isCalled))) ??
    soleOf(
      units.filter(({ unit_name, unit_short_name }) => [unit_name, unit_short_name].some(isCalled)),
    );
  if (found !== undefined) return found;
  const names = new Map(
    units.flatMap(({ office_code, unit_name, unit_short_name }) =>
      [office_code, unit_short_name, unit_name].map((name) => [name, office_code] as const),
    ),
  );
  const near = names.get(nearest(wanted, names.keys()) ?? "");
  const hint =
    near === undefined
      ? `Hiện có: ${units.map(({ office_code }) => office_code).join(", ")}.`
      : `Có phải ${near} (${units.find(({ office_code }) => office_code === near)?.unit_name})?`;
  throw wrongUsage(`Không kế hoạch nào có đơn vị "${wanted}". ${hint}`);
}

function soleOf<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

/**
 * Checks a plan and a period that are both free to be left out.
 * @throws Failure (wrong usage) that lists what there is.
 */
export function checkChoice(
  catalogue: Catalogue,
  { planId, periodCode }: { planId: string | undefined; periodCode: string | undefined },
): void {
  if (planId !== undefined) {
    const plan = choosePlan(catalogue, { id: planId, periodCode: periodCode ?? "" });
    if (periodCode !== undefined) choosePeriod(plan, periodCode);
    return;
  }
  const isKnown = catalogue.plans.some(({ plan }) =>
    plan.periods.some(({ code }) => code === periodCode),
  );
  if (periodCode !== undefined && !isKnown) choosePlan(catalogue, { id: undefined, periodCode });
}
