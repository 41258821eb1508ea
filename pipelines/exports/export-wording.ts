import { formDate } from "../forms/form-wording.ts";
import type {
  Change,
  Doubt,
  Head,
  Item,
  Line,
  PublishedReport,
  Status,
} from "../publishing/report.ts";
import { decimalsBeside, decimalText, rounded, signOf } from "../vocabulary/decimal.ts";
import { capital, inSentence } from "../vocabulary/letter-case.ts";
import { BASES, CLASSES, COMPARATORS, STATUSES } from "../vocabulary/words.ts";

/** Everything that a reader of an exported document reads, but for the sentences of its body. */

export const STATUS: Readonly<Record<Status, string>> = {
  met: STATUSES.met.word,
  on_track: STATUSES.on_track.word,
  behind: STATUSES.behind.word,
  not_met: STATUSES.not_met.word,
  not_arising: STATUSES.not_arising.word,
  not_reported: STATUSES.not_reported.word,
  not_applicable: STATUSES.not_applicable.word,
  withheld: "Không công bố",
};

/** In the order in which they are counted. */
export const STATUS_ORDER = Object.keys(STATUSES) as readonly Status[];

/** What stands in a cell that has no figure, as the statistical yearbooks have it. */
export const MARK = {
  withheld: "(*)",
  not_arising: "-",
  not_reported: "…",
  not_applicable: "x",
} as const;

export const LEGEND =
  `Ký hiệu: ${MARK.withheld} không công bố trong bản này vì có số nhỏ của số liệu nhạy cảm; ` +
  `${MARK.not_arising} không phát sinh; ${MARK.not_reported} chưa có số liệu báo cáo; ${MARK.not_applicable} không áp dụng; ` +
  "để trống: không có số để so sánh.";

export const DEMONSTRATION = "SỐ LIỆU MINH HỌA";
export const INTERNAL = "LƯU HÀNH NỘI BỘ";

export const NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
export const NATIONAL_MOTTO = "Độc lập - Tự do - Hạnh phúc";
export const DOCUMENT_TYPE = "BÁO CÁO";
export const RECIPIENTS = "Nơi nhận:";
/** Who signs where the plan does not say. */
export const SIGNATORY = "Thủ trưởng cơ quan";

export const YES = "Có";
export const NO = "Không";

const SIGNS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(COMPARATORS).map(([comparator, { sign }]) => [comparator, sign]),
);
const AREA_NOUN = "địa bàn";

const OVER_TIME: Readonly<Record<string, string>> = {
  sum: "cộng dồn các kỳ từ đầu năm",
  last: "lấy số báo cáo gần nhất",
  max: "lấy số lớn nhất trong các kỳ",
  min: "lấy số nhỏ nhất trong các kỳ",
  average: "bình quân các kỳ",
};
const OVER_AREAS: Readonly<Record<string, string>> = {
  sum: "cộng các địa bàn",
  max: "lấy địa bàn có số lớn nhất",
  min: "lấy địa bàn có số nhỏ nhất",
  average: "bình quân các địa bàn",
};
const PACE: Readonly<Record<string, string>> = {
  linear: "chia đều theo thời gian trong năm",
  none: "phải đạt trọn vẹn ở mọi kỳ",
};
/** Where the figures of a covering period come from, within a sentence. */
const BASIS_CLAUSE: Readonly<Record<string, string>> = {
  covered: "cộng từ báo cáo của các kỳ ngắn hơn",
  mixed: "một phần cộng từ báo cáo của các kỳ ngắn hơn",
};
const FIELD: Readonly<Record<string, string>> = {
  numerator: "Tử số lũy kế",
  denominator: "Mẫu số lũy kế",
  value: "Giá trị lũy kế (chính xác)",
  value_shown: "Giá trị lũy kế",
  numerator_in_period: "Tử số trong kỳ",
  denominator_in_period: "Mẫu số trong kỳ",
  value_in_period: "Giá trị trong kỳ",
  target_value: "Mức chỉ tiêu",
  pace_value: "Mức cần đạt tại kỳ",
  attained: "Đã đạt mức chỉ tiêu",
  status: "Tình trạng",
  areas_expected: "Số địa bàn phải báo cáo",
  areas_reported: "Số địa bàn đã báo cáo",
  periods_missing: "Số kỳ thiếu số liệu",
  basis: "Nguồn số liệu của kỳ",
  previous_value: "Giá trị kỳ trước",
  previous_status: "Tình trạng kỳ trước",
  change_from_previous: "Tăng, giảm so với kỳ trước",
  last_year_value: "Giá trị cùng kỳ năm trước",
  change_from_last_year: "Tăng, giảm so với cùng kỳ",
  is_nil: "Báo cáo không phát sinh",
  is_withheld: "Không công bố",
  last_received_at: "Báo cáo nhận sau cùng",
};

const DOUBT: Readonly<Record<string, string>> = {
  covering_period_disagrees: "báo cáo của kỳ này không bằng tổng các kỳ ngắn hơn",
  above_bound: "số đã báo cáo lớn hơn mức tối đa có thể",
  parts_do_not_add_up: "tổng không bằng các phần cộng lại",
  measure_left_the_plan: "không còn thuộc phạm vi phải báo cáo nên không được tính",
  correction_leaves_out: "bản gửi sau để trống số mà bản trước đã báo cáo",
  abolished_area_not_counted: "địa bàn không còn ở ngày cuối kỳ nên không được tính",
  jump: "chênh từ năm lần trở lên so với kỳ trước mà không ghi chú nguyên nhân",
  cumulative_figures:
    "mọi số phát sinh đều bằng hoặc lớn hơn tổng các kỳ trước trong năm, có thể là số lũy kế",
  same_as_before: "toàn bộ số liệu giống hệt báo cáo kỳ trước",
};

/** Counts under ten are written with a leading zero in administrative documents: `03`. */
export function count(number: number): string {
  return number < 10 ? `0${number}` : decimalText(String(number));
}

/** `20/6/2024`. */
export function dayText(day: string): string {
  return formDate(day.slice(0, 10));
}

/** `17 giờ 05 ngày 20/6/2024`. */
export function momentText(moment: string): string {
  return `${moment.slice(11, 13)} giờ ${moment.slice(14, 16)} ngày ${dayText(moment)}`;
}

/** `45,2%`, `1.234 người`. */
export function amount(value: string, unit: string): string {
  return `${decimalText(value)}${unit === "%" ? "%" : ` ${unit}`}`.trimEnd();
}

/** As `amount`, with two decimals at most, or as many as keep it on its side of a bound. */
export function sideAmount(value: string, unit: string, bound: string | null = null): string {
  return amount(rounded(value, decimalsBeside(value, bound)), unit);
}

/** `tăng 9,1 điểm phần trăm`, from a difference. */
export function changeText(change: string, unit: string): string {
  const sign = signOf(change);
  if (sign === 0) return "không thay đổi";
  const size = decimalText(change).replace("-", "");
  return `${sign > 0 ? "tăng" : "giảm"} ${size} ${unit === "%" ? "điểm phần trăm" : unit}`;
}

/** `+9,1` or `-12,5`, from a difference. */
export function signedText(change: string): string {
  return `${signOf(change) > 0 ? "+" : ""}${decimalText(change)}`;
}

/** `≥ 25` for an indicator's target, its unit left to where it stands. */
export function comparatorSign(comparator: string | null): string {
  return comparator === null ? "" : (SIGNS[comparator] ?? comparator);
}

/** What a reporting area is called in general. */
export function areaNoun(head: Head): string {
  return head.reporting_area_noun ?? AREA_NOUN;
}

/** `Toàn thành phố`. */
export function wholeArea(head: Head): string {
  return `Toàn ${head.area_noun}`;
}

/** The mark of a line that has no value; null where none stands for it. */
export function markOf(line: Line): string | null {
  if (line.is_withheld) return MARK.withheld;
  switch (line.status) {
    case "not_arising":
    case "not_reported":
    case "not_applicable":
    case "withheld":
      return MARK[line.status];
    case null:
      return MARK.not_reported;
    default:
      return null;
  }
}

/**
 * The mark in the place of the value of the period before, from the status that it had then; null
 * where there is no such period. A status that only a value can have tells that it is withheld.
 */
export function previousMark(line: Line): string | null {
  if (line.previous_value !== null) return null;
  switch (line.previous_status) {
    case null:
      return null;
    case "not_arising":
    case "not_reported":
    case "not_applicable":
      return MARK[line.previous_status];
    default:
      return MARK.withheld;
  }
}

/** The mark in the place of a difference that could be told if its figures were not withheld. */
export function changeMark(line: Line): string | null {
  const isTold = previousMark(line) !== MARK.withheld;
  return !isTold && (line.is_withheld || line.value_shown !== null) ? MARK.withheld : null;
}

export function statusText(status: Status | null): string {
  return status === null ? "" : STATUS[status];
}

export function paceText(pace: string | null): string {
  return pace === null ? "" : wordOf(PACE, pace);
}

/** What has to be said of figures that do not stand on the period's own reports only; else null. */
export function basisClause(basis: string | null): string | null {
  return basis === null ? null : (BASIS_CLAUSE[basis] ?? null);
}

export function basisText(basis: string | null): string {
  return basis === null ? "" : wordOf(BASES, basis);
}

/** How a measure adds up over time and over areas. */
export function aggregationText(item: Item): string {
  const parts = [
    item.over_time === null ? null : wordOf(OVER_TIME, item.over_time),
    item.over_areas === null ? null : wordOf(OVER_AREAS, item.over_areas),
  ];
  return capital(parts.filter((part) => part !== null).join("; "));
}

export function fieldText(field: string): string {
  return wordOf(FIELD, field);
}

/** A changed value as it is read: a status in words, a moment as a date, a value with its unit. */
export function changedText(change: Change, value: string | null, unit: string): string {
  if (value === null) return change.is_withheld ? MARK.withheld : MARK.not_reported;
  if (change.field === "status" || change.field === "previous_status") {
    return (STATUS as Readonly<Record<string, string>>)[value] ?? value;
  }
  if (change.field === "basis") return basisText(value);
  if (value === "true" || value === "false") return value === "true" ? YES : NO;
  if (/^\d{4}-\d{2}-\d{2} /.test(value)) return momentText(value);
  if (!/^-?\d+(\.\d+)?$/.test(value)) return value;
  return change.field.includes("value") ? amount(value, unit) : decimalText(value);
}

/** What is reported as yes or no: the answer of one area, or at how many places it is yes. */
export function answerText(value: string, isWhole: boolean): string {
  if (isWhole) return `${decimalText(value)} nơi có`;
  return signOf(value) > 0 ? YES : NO;
}

/** A measure's value without its unit. */
export function measureText({ kind }: Item, { area_id }: Line, value: string): string {
  return kind === "yes_no" ? answerText(value, area_id === null) : decimalText(value);
}

/** What a code of the data is called; a code without a word stands for itself. */
function wordOf(words: Readonly<Record<string, string>>, code: string): string {
  return words[code] ?? code;
}

/** What is doubtful about a figure, in a clause. */
export function doubtText(doubt: Doubt): string {
  return DOUBT[doubt.rule] ?? doubt.found ?? "cần kiểm tra lại";
}

/** `Phiên bản 2 (đính chính số liệu), số liệu sơ bộ`. */
export function versionText({ publication }: PublishedReport): string {
  const standing = publication.is_final ? "số liệu chính thức" : "số liệu sơ bộ";
  return `Phiên bản ${publication.version} (${inSentence(CLASSES[publication.class])}), ${standing}`;
}

/** `Kết quả thực hiện Kế hoạch số 217/KH-UBND ngày 06/5/2024`. */
export function summaryText(head: Head): string {
  return `Kết quả thực hiện Kế hoạch số ${head.plan_number} ngày ${dayText(head.issued_on)}`;
}

/** The marks that every page of a document carries: made-up figures, internal use. */
export function pageMarks(report: PublishedReport): string[] {
  return [
    ...(report.head.is_demonstration ? [DEMONSTRATION] : []),
    ...(report.audience === "city" ? [INTERNAL] : []),
  ];
}
