import { decimalText } from "../vocabulary/decimal.ts";
import { COMPARATORS } from "../vocabulary/words.ts";
import type { Comparator, Plan, PlanIndicatorValue } from "./plan.ts";

/** How an indicator's value comes about, in Vietnamese, from the names of its measures. */
export function formulaOf(plan: Plan, value: PlanIndicatorValue): string {
  const name = (code: string): string =>
    plan.measures.find((measure) => measure.code === code)?.name ?? code;
  const sum = (codes: readonly string[]): string => codes.map(name).join(" + ");
  const noun = plan.reporting_area_noun ?? "địa bàn";
  switch (value.kind) {
    case "ratio":
      return `${sum(value.numerator)} ÷ ${sum(value.denominator)} × ${decimalText(String(value.factor))}`;
    case "count":
      return sum(value.measures);
    case "share_of_areas":
      return `Số ${noun} thỏa mãn (${conditionsOf(value, name)}) ÷ tổng số ${noun} × 100`;
    case "share_of_units":
      return `Số đơn vị thỏa mãn (${conditionsOf(value, name)}) ÷ tổng số đơn vị báo cáo × 100`;
    case "all_of":
      return `Số điều kiện thỏa mãn (${conditionsOf(value, name)}) ÷ tổng số điều kiện × 100`;
  }
}

function conditionsOf(
  value: Extract<PlanIndicatorValue, { conditions: unknown }>,
  name: (code: string) => string,
): string {
  return value.conditions
    .map(({ measure, comparator, value: bound }) =>
      comparator === ">=" && bound === "1"
        ? name(measure)
        : `${name(measure)}: ${COMPARATORS[comparator].phrase} ${decimalText(bound)}`,
    )
    .join("; ");
}

/** `≥ 25%`: a target as it is shown. */
export function targetText(comparator: Comparator, value: string, unitOfMeasure: string): string {
  const unit = unitOfMeasure === "%" ? "%" : ` ${unitOfMeasure}`;
  return `${COMPARATORS[comparator].sign} ${decimalText(value)}${unit}`;
}
