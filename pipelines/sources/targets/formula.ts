import { decimalText, signOf } from "../../vocabulary/decimal.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import { levelText, levelWithin } from "../../vocabulary/level.ts";
import { AREA_KINDS, COMPARATORS } from "../../vocabulary/words.ts";
import { periodPlace } from "../plan/period-place.ts";
import {
  measuresOf,
  measuresUnder,
  type Plan,
  type PlanIndicator,
  type PlanIndicatorValue,
  type PlanMeasure,
} from "../plan/plan.ts";
import type { Comparator } from "../plan/plan-fields.ts";
import type { PlanTargetStatement, TargetNumber } from "../plan/plan-target.ts";
import type { TargetGroup } from "./target.ts";

/** How an indicator's value comes about, in Vietnamese, from the names of its measures. */
export function formulaOf(plan: Plan, value: PlanIndicatorValue): string {
  const measureOf = (code: string): PlanMeasure | undefined =>
    plan.measures.find((measure) => measure.code === code);
  const name = (code: string): string => measureOf(code)?.name ?? code;
  const sum = (codes: readonly string[]): string => codes.map(name).join(" + ");
  const noun = askedNoun(plan, measuresOf(value));
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
    case "all_of_indicators":
      return `Số chỉ tiêu đạt (${value.indicators.join(", ")}) ÷ tổng số chỉ tiêu × 100`;
    case "change": {
      const since = `so với ${comparedWith(plan, value.from)}`;
      const of = formulaOf(plan, value.of);
      return {
        percent: `Tỷ lệ tăng, giảm ${since} (%) của: ${of}`,
        points: `Mức tăng, giảm ${since} của: ${of}`,
        times: `Gấp bao nhiêu lần ${since}: ${of}`,
        ranks: `Số bậc tăng, giảm ${since} của: ${of}${value.better === "lower" ? " (thứ hạng càng nhỏ càng tốt)" : ""}`,
      }[value.as];
    }
  }
}

/** What the areas are called of which some measures are asked: `phường, xã`, `xã`. */
export function askedNoun(plan: Plan, codes: readonly string[]): string {
  const all = plan.reporting_area_noun ?? "địa bàn";
  const measures = plan.measures.filter(({ code }) => codes.includes(code));
  const kinds = [...new Set(measures.flatMap(({ asked_of }) => asked_of?.kinds ?? []))];
  const names: Readonly<Record<string, string>> = AREA_KINDS;
  if (measures.every(({ asked_of }) => asked_of?.kinds !== undefined) && kinds.length > 0) {
    return kinds.map((kind) => names[kind] ?? kind).join(", ");
  }
  return measures.some(({ asked_of }) => asked_of?.codes !== undefined) ? `${all} được hỏi` : all;
}

/** `cùng kỳ năm trước`: what a change is measured from. */
export function comparedWith(plan: Plan, from: string): string {
  if (from === "last_year") return "cùng kỳ năm trước";
  if (from === "previous") return "kỳ trước";
  return periodPhrase(plan, from);
}

/** `năm 2025` for the period of a year, and else what the period is called, within a sentence. */
export function periodPhrase(plan: Plan, code: string): string {
  const period = plan.periods.find((one) => one.code === code);
  if (period !== undefined) {
    return period.kind === "year" ? `năm ${period.year}` : inSentence(period.name);
  }
  const place = periodPlace(plan, code);
  if (place === null) return code;
  if (place.kind === "year") return `năm ${place.year}`;
  const alike = plan.periods.find(
    ({ kind, position }) => kind === place.kind && position === place.position,
  );
  return alike === undefined
    ? code
    : inSentence(alike.name.replace(String(alike.year), String(place.year)));
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
        : `${name}: ${COMPARATORS[comparator].phrase.replace("{}", levelWithin(bound, measure?.unit_of_measure ?? null) ?? decimalText(bound))}`;
    })
    .join("; ");
}

/** `≥ 25%`: a number of a target as it is shown. */
export function targetText(
  comparator: Comparator | "=",
  value: string,
  unitOfMeasure: string,
): string {
  const figure =
    levelText(value, unitOfMeasure) ?? `${decimalText(value)}${unitText(unitOfMeasure)}`;
  return `${COMPARATORS[comparator].sign} ${figure}`;
}

/** What follows a number of a unit of measure: `%` at once, words after a space. */
export function unitText(unitOfMeasure: string): string {
  return /^[%/]/.test(unitOfMeasure) ? unitOfMeasure : ` ${unitOfMeasure}`;
}

/**
 * A whole target as it is shown: `≥ 80% (năm 2023), ≥ 85% (năm 2024)`, `18–22%`,
 * `< 10% (quận), < 5% (huyện)`, `giảm 5–10% so với cùng kỳ năm trước`.
 */
export function wholeTargetText(
  plan: Plan,
  indicator: PlanIndicator,
  groups: readonly TargetGroup[],
): string {
  const { statements } = indicator.target;
  const [first, ...amended] = statements.map((one) => statementText(plan, indicator, one, groups));
  const later = amended.map((text, index) => {
    const from = periodPhrase(plan, statements[index + 1]?.from ?? "");
    return `; từ ${from}: ${text}`;
  });
  return `${first ?? ""}${later.join("")}`;
}

function statementText(
  plan: Plan,
  indicator: PlanIndicator,
  statement: PlanTargetStatement,
  groups: readonly TargetGroup[],
): string {
  const { due } = indicator.target;
  const number = (one: TargetNumber): string => numberText(plan, indicator, one);
  const milestones = (at: Readonly<Record<string, TargetNumber>>): string[] =>
    Object.entries(at).map(([code, one]) => `${number(one)} (${periodPhrase(plan, code)})`);
  const every = due === "each_period" ? " (mọi kỳ)" : "";
  const own = [
    ...(statement.value === null ? [] : [`${number(statement.value)}${every}`]),
    ...milestones(statement.at ?? {}),
  ].join(", ");
  const noun = askedNoun(plan, measuresUnder(plan, indicator.value));
  const places = statement.for;
  if (places === null || places === "whole") return own;
  if (places === "each") return `${own} ở từng ${noun}`;
  if ("table" in places) {
    return own === "" ? `theo mức giao từng ${noun}` : `${own} (có mức giao từng ${noun})`;
  }
  const stated = Object.entries(places.groups).map(([code, one]) => {
    // an amendment names some of the places, in any order
    const name = inSentence(groups.find((group) => group.code === code)?.name ?? code);
    return "at" in one
      ? milestones(one.at)
          .map((text) => text.replace(/\)$/, `, ${name})`))
          .join(", ")
      : `${number(one)}${every} (${name})`;
  });
  return stated.join(", ");
}

/** A number of a target as it is shown: `≥ 25%`, `18–22%`, `giảm ≥ 5% so với năm 2019`. */
export function numberText(plan: Plan, indicator: PlanIndicator, number: TargetNumber): string {
  const { value, unit_of_measure, target } = indicator;
  if (value.kind === "change") {
    const since = comparedWith(plan, value.from);
    return changeText(target.comparator, number, unit_of_measure, since, value.as === "times");
  }
  if (target.comparator === "between" || number.to !== null) {
    const bounds = `${decimalText(number.value)}–${decimalText(number.to ?? number.value)}`;
    return `${bounds}${unitText(unit_of_measure)}`;
  }
  return targetText(target.comparator, number.value, unit_of_measure);
}

/** `giảm ≥ 5% so với năm 2019` for ≤ -5: rises and falls are in words. */
function changeText(
  comparator: PlanIndicator["target"]["comparator"],
  { value, to }: TargetNumber,
  unitOfMeasure: string,
  since: string,
  isTimes: boolean,
): string {
  const size = (text: string): string => decimalText(text.replace(/^-/, ""));
  const unit = unitText(unitOfMeasure);
  if (isTimes) {
    const asked =
      comparator === "between" || to !== null
        ? `${decimalText(value)}–${decimalText(to ?? value)}${unit}`
        : targetText(comparator, value, unitOfMeasure);
    return `${Number(value) < 1 ? "bằng" : "gấp"} ${asked} so với ${since}`;
  }
  if (comparator === "between" || to !== null) {
    const upper = to ?? value;
    if (signOf(value) >= 0) return `tăng ${size(value)}–${size(upper)}${unit} so với ${since}`;
    if (signOf(upper) <= 0) return `giảm ${size(upper)}–${size(value)}${unit} so với ${since}`;
    return `từ giảm ${size(value)}${unit} đến tăng ${size(upper)}${unit} so với ${since}`;
  }
  const isFloor = comparator === ">=" || comparator === ">";
  const sign = signOf(value);
  if (sign === 0) {
    const words = {
      ">=": "không giảm",
      ">": "tăng",
      "<=": "không tăng",
      "<": "giảm",
      "=": "không thay đổi",
    } as const;
    return `${words[comparator]} so với ${since}`;
  }
  const word = sign < 0 ? "giảm" : "tăng";
  if (comparator === "=") return `${word} ${size(value)}${unit} so với ${since}`;
  const isStrict = comparator === ">" || comparator === "<";
  const isAtLeast = isFloor === sign > 0;
  const mark = isAtLeast ? (isStrict ? ">" : "≥") : isStrict ? "<" : "≤";
  return `${word} ${mark} ${size(value)}${unit} so với ${since}`;
}
