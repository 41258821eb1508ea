import type { Sides } from "../contract/report.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import {
  attainedBy,
  isHidden,
  isLacking,
  isPaced,
  isUnasked,
  PROVISIONAL,
  type Status,
  wordWithin,
} from "../vocabulary/status.ts";
import {
  amountText,
  askedChangeText,
  type Comparator,
  distanceText,
  levelMovedText,
  movedText,
  targetText,
  valueText,
  wayOf,
} from "./amount.ts";
import { joined } from "./name-list.ts";
import { type ComparedPeriod, earlierText, nameWithinYear } from "./period-name.ts";

// Where a value stands against its target and how it has moved, in clauses without a full stop.

/** A value to date at a place and period. Every figure is one that is shown, null where it is not. */
export interface Standing {
  readonly period_name: string;
  readonly is_estimate: boolean;
  /** The value is of the period alone, and not to date. */
  readonly is_of_period: boolean;
  readonly status: Status;
  readonly is_provisional: boolean | null;
  readonly is_hidden: boolean;
  /** Of a change of which something is owed. */
  readonly sides: Sides | null;
  readonly value: number | null;
  readonly unit: string | null;
  readonly target_comparator: Comparator | null;
  readonly target_value: number | null;
  readonly target_to: number | null;
  readonly pace_value: number | null;
  /** `value` less the target, the pace. */
  readonly from_target: number | null;
  readonly from_pace: number | null;
}

/** The value of the same place in the earlier period of the year; no name where there is none. */
export interface Before {
  readonly before_name: string | null;
  readonly before_year: number | null;
  readonly before_status: Status | null;
  readonly before_is_provisional: boolean | null;
  readonly before_is_hidden: boolean | null;
  readonly before_value: number | null;
  /** `value` less `before_value`. */
  readonly since_before: number | null;
}

/** Why a value is not shown. */
export const WITHHELD_TEXT = "không công bố vì có số nhỏ của số liệu nhạy cảm";

const NO_VALUE: Readonly<Partial<Record<Status, string>>> = {
  not_reported: "chưa có số liệu để tính",
  not_arising: "không phát sinh: mẫu số bằng 0 nên không có gì để tính",
  in_doubt: "cần kiểm tra: có tử số mà mẫu số bằng 0",
};

/** Why there is no value, after what it would be of; null where there may be one. */
export function noValueText(status: Status | null): string | null {
  return status === null ? null : (NO_VALUE[status] ?? null);
}

/** Whether a value is one to be reached, and not one to be kept or not to be passed. */
export function isReached(comparator: Comparator | null): boolean {
  return comparator === null || comparator === ">" || comparator === ">=";
}

/** `Đến quý II năm 2024`, or `Trong quý II năm 2024` where each period stands by itself. */
export function untilText(figure: Pick<Standing, "period_name" | "is_of_period">): string {
  return `${figure.is_of_period ? "Trong" : "Đến"} ${inSentence(figure.period_name)}`;
}

/** `Đến quý II năm 2024 đạt 24,1%, chậm tiến độ: thấp hơn mức cần đạt tại kỳ này 25% là 0,9 điểm phần trăm` */
export function standingText(figure: Standing): string {
  const { status, value, unit, is_hidden, target_comparator: comparator } = figure;
  const until = untilText(figure);
  if (is_hidden) return `${until}: ${hiddenText(figure)}`;
  const none = noValueText(status);
  if (none !== null) return `${until} ${none}`;
  if (value === null) return `Không áp dụng tại ${inSentence(figure.period_name)}`;
  const estimated = figure.is_estimate ? " ước" : "";
  const verb = status !== "no_target" && isReached(comparator) ? "đạt" : "là";
  return `${until}${estimated}${valueText(verb, value, unit)}${verdictText(figure)}${provisional(figure)}`;
}

export function provisional({ is_provisional }: Pick<Standing, "is_provisional">): string {
  return is_provisional === true ? ` (${PROVISIONAL})` : "";
}

/** `chậm tiến độ (24,1%, tạm tính)`: a verdict with the value that it is on, as it is shown. */
export function judgedText(
  status: Status,
  value: string | null,
  { is_provisional }: Pick<Standing, "is_provisional">,
): string {
  const inside = joined([value, is_provisional === true && PROVISIONAL]);
  return `${wordWithin(status)}${inside === "" ? "" : ` (${inside})`}`;
}

function hiddenText(figure: Standing): string {
  const { status } = figure;
  if (status === "untold") return `giá trị ${wordWithin(status)}`;
  const value = `giá trị ${WITHHELD_TEXT}`;
  return isHidden(status) || isUnasked(status)
    ? value
    : `${wordWithin(status)}${provisional(figure)}; ${value}`;
}

/** The verdict with the bound that decides it. */
function verdictText(figure: Standing): string {
  const { status, unit, target_comparator: comparator, target_value: target, target_to } = figure;
  if (status === "no_target") return "; không có mức chỉ tiêu riêng";
  // each place or group has a number of its own, and the whole none
  if (target === null) return `; đánh giá chung: ${wordWithin(status)}`;
  const bound = targetText(target, target_to, unit);
  const isCeiling = comparator === "<" || comparator === "<=";
  if (isPaced(status)) return `, ${wordWithin(status)}: ${pacedText(figure, bound)}`;
  switch (status) {
    case "within":
      return figure.value === target
        ? ", bằng mức tối đa"
        : `, trong giới hạn ${amountText(target, unit)}`;
    case "not_yet":
      if (isAbove(figure, target)) return `, chưa đến hạn, đang cao hơn mức chỉ tiêu ${bound}`;
      if (!isCeiling) {
        return `, chưa đến hạn, chưa ${figure.value === target ? "vượt" : "đạt"} mức chỉ tiêu ${bound}`;
      }
      return `, chưa đến hạn, đang vượt quá mức tối đa ${amountText(target, unit)}${figure.value === target ? "" : ` là ${distanceText(figure.from_target ?? 0, unit)}`}`;
    case "met_late":
      return `, ${wordWithin(status)}: ${dueText(figure, target, bound)}`;
    default:
      return `, ${dueText(figure, target, bound)}`;
  }
}

function pacedText(figure: Standing, bound: string): string {
  const { status, unit, pace_value, from_pace } = figure;
  const pace = amountText(pace_value ?? 0, unit);
  return isLacking(status)
    ? `thấp hơn mức cần đạt tại kỳ này ${pace} là ${distanceText(from_pace ?? 0, unit)}`
    : `mức cần đạt tại kỳ này là ${pace}, mức chỉ tiêu ${bound}`;
}

/** Whether a value is beyond the upper end of a range, or above what it should be. */
function isAbove({ value, target_comparator, target_to }: Standing, target: number): boolean {
  if (target_comparator === "=") return (value ?? 0) > target;
  return target_comparator === "between" && (value ?? 0) > (target_to ?? target);
}

/** How a value stands to a target that it meets, or had to meet by now. */
function dueText(figure: Standing, target: number, range: string): string {
  const { status, value, unit, target_comparator: comparator } = figure;
  const isMet = attainedBy(status) === true;
  const bound = amountText(target, unit);
  const by = distanceText(figure.from_target ?? 0, unit);
  if (comparator === "between") {
    const side = isAbove(figure, target) ? "cao hơn" : "thấp hơn";
    return `${isMet ? "trong" : side} khoảng ${range}`;
  }
  if (value === target) {
    if (comparator === ">") return `chưa vượt mức chỉ tiêu ${bound}`;
    if (comparator === "<") return `chưa thấp hơn mức chỉ tiêu ${bound}`;
    return "bằng mức chỉ tiêu";
  }
  if (comparator === "=") return `trong khi mức chỉ tiêu là ${bound}`;
  const isFloor = comparator === ">" || comparator === ">=";
  if (isMet) return `${isFloor ? "vượt mức chỉ tiêu" : "dưới mức tối đa"} ${bound}`;
  return `${isFloor ? "thấp hơn mức chỉ tiêu" : "vượt quá mức tối đa"} ${bound} là ${by}`;
}

const SIDES: Readonly<Record<Sides, string>> = {
  cut: " (tính trên những nơi, những kỳ có số liệu ở cả hai bên)",
  apart: " (mỗi bên tính trên những nơi có số liệu, hai bên có thể không cùng nơi)",
};

/** What a change was taken of where one side lacks something, in brackets with a space before them. */
export function sidesText(sides: Sides | null): string {
  return sides === null ? "" : SIDES[sides];
}

/** What a verdict says of what is asked of a change. */
const CHANGE_VERDICTS: Readonly<Partial<Record<Status, string>>> = {
  met: "đạt",
  met_late: "đạt sau hạn",
  within: "chưa đến hạn, đang đáp ứng",
  not_met: "không đạt",
};

/**
 * The same of a change, which is put in words and not by its sign: `Đến quý IV giảm 6,67% so với cùng
 * kỳ năm trước, đạt yêu cầu giảm từ 5% trở lên`.
 */
export function changeStandingText(
  figure: Standing & ComparedPeriod & { readonly value: number },
): string {
  const { status, unit, target_comparator: comparator, target_value: target } = figure;
  const estimated = figure.is_estimate ? " ước" : "";
  const moved = `Đến ${inSentence(figure.period_name)}${estimated} ${movedText(figure.value, unit)} so với ${earlierText(figure)}${sidesText(figure.sides)}`;
  if (status === "no_target") {
    return `${moved}; không có mức chỉ tiêu riêng${provisional(figure)}`;
  }
  const verdict =
    target === null || comparator === null
      ? wordWithin(status)
      : `${CHANGE_VERDICTS[status] ?? "chưa đến hạn, chưa đáp ứng"} yêu cầu ${askedChangeText(comparator, target, figure.target_to, unit)}`;
  return `${moved}, ${verdict}${provisional(figure)}`;
}

/** Where a change stood in the earlier period: `; quý III giảm 7,87% (tạm tính)`. */
export function changeBeforeText(value: number, unit: string | null, before: Before): string {
  const name = beforeName(before);
  const { before_value: then, before_is_provisional: is_provisional } = before;
  if (then === null || name === null) return sinceBeforeText(value, unit, before);
  return `; ${name}${value === then ? " cũng" : ""} ${movedText(then, unit)}${provisional({ is_provisional })}`;
}

/**
 * How a figure has moved since the earlier period, as the end of a sentence; empty where either was
 * not to be reported or this one is not shown.
 */
export function sinceBeforeText(value: number | null, unit: string | null, before: Before): string {
  const { before_status: status, since_before: change } = before;
  const name = beforeName(before);
  if (value === null || name === null || (status !== null && isUnasked(status))) return "";
  const none = `; không so sánh được với ${name} vì`;
  if (status === "untold") return `${none} số liệu ${wordWithin(status)}`;
  if (before.before_is_hidden === true) return `${none} số liệu không công bố`;
  if (change === null) return status === null ? "" : `${none} ${wordWithin(status)}`;
  if (change === 0) return `; không thay đổi so với ${name}`;
  const moved = levelMovedText(before.before_value ?? value - change, value, unit, name);
  if (moved !== null) return `; ${moved}`;
  return `; ${wayOf(change, unit)} ${distanceText(change, unit)} so với ${name}`;
}

/** `quý I`; null where there is no earlier period. */
export function beforeName({ before_name, before_year }: Before): string | null {
  return before_name === null || before_year === null
    ? null
    : nameWithinYear(before_name, before_year);
}
