import { inSentence } from "../vocabulary/letter-case.ts";
import { PROVISIONAL } from "../vocabulary/status.ts";
import { firstNamesText, joined, namesIn } from "./name-list.ts";
import { momentText } from "./report-words.ts";

/** Whether the report of a period can go out, and what of it is there: a row of `readiness`. */
export interface Readiness {
  readonly verdict: string;
  readonly units: number;
  readonly units_received: number;
  readonly missing: number;
  readonly not_due: number;
  readonly errors: number;
  readonly doubts: number | null;
  readonly may_be_final: boolean;
  readonly version: number | null;
  /** First day of the period. */
  readonly data_from: string;
  /** Periods whose figures are no longer those published, one a line. */
  readonly earlier_changed: string | null;
}

const BLOCKED = "Chưa đủ điều kiện phát hành";

/**
 * Periods whose deadline has passed and of which nothing has come.
 * @param units that owe a report of one of them, by their short names
 */
export function silentPeriodsSentence(
  periods: readonly { readonly period_name: string; readonly last_day: string }[],
  units: readonly string[],
): string {
  const names = periods.map(({ period_name }) => inSentence(period_name));
  const [first, ...others] = periods;
  const day = others.length === 0 ? ` (ngày ${first?.last_day ?? ""})` : "";
  return `Báo cáo ${firstNamesText(names, "kỳ")} đã hết hạn gửi${day} mà chưa nhận được báo cáo nào. Còn thiếu: ${firstNamesText([...new Set(units)], "đơn vị")}.`;
}

/** What a report waits for, or that it may be published. */
export function readinessSentence(row: Readiness): string {
  return `${readinessText(row)}.`;
}

function readinessText(row: Readiness): string {
  const { version, units } = row;
  switch (row.verdict) {
    case "ready":
      return readyText(row);
    case "open_findings":
      return `${BLOCKED}: còn ${joined([
        row.errors > 0 && `${row.errors} tệp bị trả lại mà chưa nhận được tệp đúng`,
        (row.doubts ?? 0) > 0 && `${row.doubts} điểm cần kiểm tra chưa được xem xét`,
      ])}`;
    case "not_reported":
      return `${BLOCKED}: chưa đơn vị nào gửi báo cáo`;
    case "not_begun":
      return `${BLOCKED}: kỳ bắt đầu từ ngày ${row.data_from}`;
    case "earlier_changed":
      return `${BLOCKED}: số liệu ${namesIn(row.earlier_changed).map(inSentence).join(", ")} đã khác bản phát hành, phải phát hành lại trước`;
    case "unchanged":
      return `Đã phát hành phiên bản ${version}; từ đó đến nay số liệu không thay đổi`;
    case "in_review":
      return row.missing > 0
        ? `Chưa phát hành; đã hết hạn gửi mà còn thiếu báo cáo của ${row.missing} đơn vị`
        : `Chưa phát hành; ${row.units_received === units ? "đã nhận đủ" : "đang thu"} báo cáo`;
    default:
      return `Đã phát hành phiên bản ${version}`;
  }
}

function readyText(row: Readiness): string {
  const { version } = row;
  const next = version === null ? "" : ` phiên bản ${version + 1}`;
  if (row.may_be_final) {
    return `Đủ điều kiện phát hành${next}, được phát hành là số liệu chính thức: đã đủ báo cáo của ${row.units} đơn vị`;
  }
  const waiting = joined([
    row.missing > 0 && `${row.missing} đơn vị đã quá hạn mà chưa gửi báo cáo`,
    row.not_due > 0 && `${row.not_due} đơn vị chưa gửi, chưa đến hạn`,
    row.missing + row.not_due === 0 &&
      `báo cáo của kỳ trước chưa nhận, hoặc đánh giá ${PROVISIONAL}`,
  ]);
  return `Phát hành được${next}${version === null ? " " : ", "}là số liệu sơ bộ; chưa phát hành được là số liệu chính thức vì còn ${waiting}`;
}

/** How a published report stands now: a row of `readiness`. */
export interface Outdated {
  readonly period_name: string;
  /** Its newest one; null where none is published. */
  readonly version: number | null;
  /** Indicators of whose whole area the value or verdict is another, one a line. */
  readonly indicators_changed: string | null;
  /** How many figures are others, at any place; null where nobody may know. */
  readonly figures_changed_since: number | null;
  /** How many reports count now and did not then, and when the first of them came, in office time. */
  readonly submissions_since: number | null;
  readonly received_since: string | null;
}

const isAnother = ({ indicators_changed, figures_changed_since }: Outdated): boolean =>
  indicators_changed !== null || (figures_changed_since ?? 0) > 0;

/**
 * What is another, or has come, since the newest version; null where nothing is. What has come is not
 * said to be the cause: that is known only where it was tried without.
 */
export function outdatedSentence(row: Outdated): string | null {
  const { version, submissions_since: sent, figures_changed_since: figures } = row;
  if (version === null) return null;
  const report = `báo cáo ${inSentence(row.period_name)} đã phát hành (phiên bản ${version})`;
  const names = namesIn(row.indicators_changed);
  const changed =
    names.length > 0
      ? `Số liệu hiện nay khác ${report} ở ${names.length} chỉ tiêu (${firstNamesText(names, "chỉ tiêu")})`
      : `Số liệu hiện nay của địa bàn, đơn vị hoặc của kỳ được so sánh khác ${report}`;
  if ((sent ?? 0) > 0) {
    const came = `từ ${momentText(row.received_since ?? "")} đã nhận ${sent} báo cáo mà phiên bản ấy chưa có`;
    if (isAnother(row)) return `${changed}; ${came}.`;
    return `Sau ${report}, ${came}${figures === 0 ? "; số liệu không thay đổi" : ""}.`;
  }
  return isAnother(row) ? `${changed}; từ đó không nhận thêm báo cáo nào.` : null;
}

/** The same of several reports, in half a line of a phone; null where all are as they were published. */
export function outdatedInBrief(rows: readonly Outdated[]): string | null {
  const outdated = rows.filter((row) => outdatedSentence(row) !== null);
  if (outdated.length < 2) return outdated.map(outdatedSentence)[0] ?? null;
  const published = `${outdated.length} báo cáo đã phát hành`;
  return outdated.every(isAnother)
    ? `Nay khác ${published}.`
    : `Có số liệu, báo cáo mới sau ${published}.`;
}

/** What is to be done about a report, for those who publish: a row of `readiness` with `wanted`. */
export function workSentence(row: Outdated): string {
  const unpublished = `Báo cáo ${inSentence(row.period_name)}: mọi đơn vị đã gửi, chưa phát hành.`;
  return outdatedSentence(row) ?? unpublished;
}
