import { decimalText } from "../vocabulary/decimal.ts";
import { COMPARATORS } from "../vocabulary/words.ts";
import type { Comparator, Plan, PlanIndicatorValue, PlanMeasure } from "./plan.ts";

/** How an indicator's value comes about, in Vietnamese, from the names of its measures. */
export function formulaOf(plan: Plan, value: PlanIndicatorValue): string {
  const measureOf = (code: string): PlanMeasure | undefined =>
    plan.measures.find((measure) => measure.code === code);
  const name = (code: string): string => measureOf(code)?.name ?? code;
  const sum = (codes: readonly string[]): string => codes.map(name).join(" + ");
  const noun = plan.reporting_area_noun ?? "địa bàn";
  switch (value.kind) {
    case "ratio":
      return `${sum(value.numerator)} ÷ ${sum(value.denominator)} × ${decimalText(String(value.factor))}`;
    case "count":
      return sum(value.measures);
    case "share_of_areas":
      return `Số ${noun} đáp ứng điều kiện (${conditionsOf(value, measureOf)}) ÷ tổng số ${noun} × 100`;
    case "share_of_units":
      return `Số đơn vị đáp ứng điều kiện (${conditionsOf(value, measureOf)}) ÷ tổng số đơn vị báo cáo × 100`;
    case "all_of":
      return `Số điều kiện được đáp ứng (${conditionsOf(value, measureOf)}) ÷ tổng số điều kiện × 100`;
  }
}

/** `Số hình thức tuyên truyền: từ 1 trở lên; Có kế hoạch`: what is a yes or no needs no number. */
function conditionsOf(
  value: Extract<PlanIndicatorValue, { conditions: unknown }>,
  measureOf: (code: string) => PlanMeasure | undefined,
): string {
  return value.conditions
    .map(({ measure: code, comparator, value: bound }) => {
      const measure = measureOf(code);
      const name = measure?.name ?? code;
      return measure?.kind === "yes_no" && comparator === ">=" && bound === "1"
        ? name
        : `${name}: ${COMPARATORS[comparator].phrase.replace("{}", decimalText(bound))}`;
    })
    .join("; ");
}

/** `≥ 25%`: a target as it is shown. */
export function targetText(comparator: Comparator, value: string, unitOfMeasure: string): string {
  const unit = unitOfMeasure === "%" ? "%" : ` ${unitOfMeasure}`;
  return `${COMPARATORS[comparator].sign} ${decimalText(value)}${unit}`;
}
