import { entryKey, type FormFilling } from "../forms/filling.ts";
import { filledForm } from "../forms/form-workbook.ts";
import {
  measuresOwedBy,
  type ReportingUnit,
  type ResolvedPlan,
  unitsOwing,
} from "../sources/catalogue.ts";
import type { PlanMeasure, PlanPeriod } from "../sources/plan/plan.ts";
import { fillingOf } from "./demonstration.ts";
import { makeFigures } from "./figures.ts";
import { periodsInForce, readProfile } from "./profile.ts";

export type SampleKind = "right" | "doubtful" | "wrong" | "sent_back";

/** Forms to try the door with, of a report that the story has nobody send. */
export interface Samples {
  readonly unit: ReportingUnit;
  readonly period: PlanPeriod;
  /** The .xlsx workbook. */
  form(kind: SampleKind): Promise<Uint8Array>;
}

/** So many times as much as the period before had is doubtful whatever the measure. */
const JUMP = 40;

/**
 * Samples of a plan's demonstration: one form that is right, one with a figure that is doubtful beside
 * that of the period before, one that has to be sent back, one with more mistakes that was sent back.
 * Null where no ward is silent in its story.
 * @throws Failure when the plan has no demonstration profile
 */
export function samplesOf(plan: ResolvedPlan, seed: number): Samples | null {
  const profile = readProfile(plan);
  for (const { kind, unit: code, period: periodCode } of profile.story) {
    const period = periodsInForce(plan).find((one) => one.code === periodCode);
    const unit =
      period === undefined ? undefined : unitsOwing(plan, period).find((one) => one.code === code);
    if (kind !== "missing" || period === undefined || unit === undefined || unit.area === null) {
      continue;
    }
    const filling = (): FormFilling =>
      fillingOf(plan, profile, makeFigures(plan, profile, seed), { unit, period, events: [] });
    return {
      unit,
      period,
      form: (sample) =>
        filledForm(plan, unit, period, withSlip(plan, unit, period, filling(), sample)),
    };
  }
  return null;
}

function withSlip(
  plan: ResolvedPlan,
  unit: ReportingUnit,
  period: PlanPeriod,
  filling: FormFilling,
  kind: SampleKind,
): FormFilling {
  if (kind === "right") return filling;
  const values = new Map(filling.values);
  const measures = measuresOwedBy(plan, unit, period);
  // what limits another one may grow without being wrong
  const limits = new Set(measures.map(({ at_most }) => at_most));
  const isStock = ({ kind: one, over_time, code }: PlanMeasure): boolean =>
    one === "count" && over_time === "last" && limits.has(code);
  const counts = measures.filter(({ kind: one }) => one === "count");
  const measure = measures.find(isStock) ?? counts[0];
  if (measure === undefined) return filling;
  const key = entryKey(measure.code);
  const figure = values.get(key) ?? "1";
  values.set(key, kind === "doubtful" ? String(Number(figure) * JUMP) : `khoảng ${figure}`);
  const other = counts.find((one) => one !== measure);
  if (kind === "sent_back" && other !== undefined) values.set(entryKey(other.code), "chưa rõ");
  return { ...filling, values };
}
