import { inSentence } from "../vocabulary/letter-case.ts";
import { isAnswer, isHidden, isUnasked, type Status, wordWithin } from "../vocabulary/status.ts";
import { ANSWERS } from "../vocabulary/words.ts";
import { valueText } from "./amount.ts";
import type { ComparedPeriod } from "./period-name.ts";
import {
  type Before,
  beforeName,
  changeBeforeText,
  changeStandingText,
  isReached,
  noValueText,
  provisional,
  type Standing,
  sinceBeforeText,
  standingText,
  untilText,
} from "./standing.ts";

/** Who has reported for a period and for those before it. */
export interface Coverage {
  readonly areas_expected: number;
  readonly areas_reported: number;
  readonly areas_carried: number;
  readonly areas_left_out: number;
  readonly periods_missing_before: number;
}

/** An indicator of the plan's whole area at a period: a row of `point_city`. */
export interface CityFigure extends Standing, Before, Coverage, ComparedPeriod {
  readonly value_kind: string;
  readonly value_in_period: number | null;
  readonly why_none_in_period: Status | null;
  /** Why there was none in the earlier period, or its status. */
  readonly before_status_in_period: Status | null;
  readonly since_before_in_period: number | null;
}

/** An indicator of a reporting area at a period: a row of `point_ward`. */
export interface WardFigure extends Standing, Before, ComparedPeriod {
  readonly value_kind: string;
  readonly areas_carried: number;
  readonly periods_missing_before: number;
}

/** What the chart of an indicator says of the value to date. */
export function citySentence(figure: CityFigure): string {
  const isUnknown =
    isUnasked(figure.status) ||
    // where nothing can be worked out, the sentence says that all are missing
    (figure.status === "not_reported" && figure.areas_reported === 0);
  return `${movedStanding(figure)}.${isUnknown ? "" : coverageText(figure, nounOf(figure.value_kind))}`;
}

/** What it says of the value in the period. */
export function cityInPeriodSentence(figure: CityFigure): string {
  const { value_in_period: value, unit, target_comparator: comparator } = figure;
  const period = inSentence(figure.period_name);
  if (value !== null) {
    const estimated = figure.is_estimate ? " ước" : "";
    const verb = isReached(comparator) ? "đạt" : "là";
    const since = sinceBeforeText(value, unit, {
      ...figure,
      before_status: figure.before_status_in_period,
      before_value: null,
      since_before: figure.since_before_in_period,
    });
    return `Trong ${period}${estimated}${valueText(verb, value, unit)}${since}.`;
  }
  const none = noValueText(figure.why_none_in_period);
  if (none !== null) return `Trong ${period} ${none}.`;
  if (figure.value !== null) {
    return "Chỉ tiêu này tính trên số lũy kế, không tính riêng từng kỳ.";
  }
  return `${standingText(figure)}.`;
}

/** What the line of a reporting area says. */
export function wardSentence(figure: WardFigure): string {
  const { status, areas_carried, periods_missing_before: missing } = figure;
  const carried =
    areas_carried === 0
      ? ""
      : ` ${figure.period_name} chưa có đủ số liệu; lấy số đã báo cáo ở kỳ trước.`;
  const gaps =
    isUnasked(status) || status === "not_reported" || missing === 0
      ? ""
      : ` Các kỳ trước trong năm còn thiếu số liệu ${missing} kỳ.`;
  const isCondition =
    !["ratio", "count", "change"].includes(figure.value_kind) &&
    (!isUnasked(status) || isAnswer(figure.value_kind, status));
  const standing =
    isCondition && figure.value !== null ? conditionText(figure) : movedStanding(figure);
  return `${standing}.${carried}${gaps}`;
}

/** A condition holds or does not: 100 and 0 say no more. */
function conditionText(figure: WardFigure): string {
  const { status, before_status: before } = figure;
  const until = untilText(figure);
  // the target is one of the whole area's alone
  const answer = (figure.value ?? 0) > 0 ? ANSWERS.yes : ANSWERS.no;
  if (status === "no_target") {
    return `${until}: ${inSentence(answer.word)}${provisional(figure)}`;
  }
  const standing = `${until}: ${wordWithin(status)}${provisional(figure)}`;
  const name = beforeName(figure);
  if (name === null || before === null || isUnasked(before)) return standing;
  const is_provisional = figure.before_is_provisional === true && !isHidden(before);
  return `${standing}; ${name} ${before === status ? "cũng " : ""}${wordWithin(before)}${provisional({ is_provisional })}`;
}

/** Where a value stands, and how it has moved since the earlier period. */
function movedStanding(figure: WardFigure): string {
  const { value, unit } = figure;
  if (figure.value_kind !== "change" || value === null) {
    return standingText(figure) + sinceBeforeText(value, unit, figure);
  }
  return changeStandingText({ ...figure, value }) + changeBeforeText(value, unit, figure);
}

/** What an indicator's coverage counts. */
function nounOf(valueKind: string): string {
  if (valueKind === "all_of") return "điều kiện";
  return valueKind === "share_of_units" ? "đơn vị" : "địa bàn, đơn vị";
}

/**
 * Who reported for a period and for those before it, each in a sentence of its own that begins with a
 * space; empty where nothing is missing.
 */
function coverageText(figure: Coverage & { readonly period_name: string }, noun: string): string {
  const { areas_reported: reported, areas_carried: carried, areas_left_out: leftOut } = figure;
  const missing = figure.periods_missing_before;
  const now =
    reported < figure.areas_expected
      ? ` ${figure.period_name}${
          reported === 0
            ? ` chưa ${noun} nào có đủ số liệu`
            : ` mới có đủ số liệu của ${reported}/${figure.areas_expected} ${noun}`
        }${carried === 0 ? "" : `; ${carried} ${noun} lấy số đã báo cáo ở kỳ trước`}${
          leftOut === 0 ? "" : `; chưa tính được ${leftOut} ${noun}`
        }.`
      : "";
  const before =
    missing === 0
      ? ""
      : ` Các kỳ trước trong năm còn thiếu ${missing} lượt số liệu (mỗi ${noun} thiếu một kỳ tính một lượt).`;
  return now + before;
}
