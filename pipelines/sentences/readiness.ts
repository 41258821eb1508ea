import { inSentence } from "../vocabulary/letter-case.ts";
import { PROVISIONAL } from "../vocabulary/status.ts";
import { firstNamesText, joined, namesIn } from "./name-list.ts";

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
  readonly submissions_since: number | null;
  readonly figures_changed_since: number | null;
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

/** Where the figures that stand now are others than those of the newest version: a row of `outdated`. */
export interface Outdated {
  readonly differing: number | null;
  /** Of the indicators, one a line. */
  readonly names: string | null;
  /** Of units with a figure of one of those that count now and did not then, with their periods, one a line. */
  readonly reports: string | null;
  /** How many reports count now and did not then. */
  readonly received: number | null;
  /** When the first of those came. */
  readonly since: string | null;
}

/** Which figures are others than those of the newest version, and why; null where none is. */
export function outdatedSentence(outdated: Outdated): string | null {
  const { differing, names, reports, received, since } = outdated;
  if (differing === null) return null;
  const why =
    reports === null
      ? received === null
        ? "không do báo cáo mới nhận của đơn vị"
        : `từ ${since} đã nhận ${received} báo cáo`
      : `do báo cáo nhận từ ${since}: ${firstNamesText(namesIn(reports), "báo cáo")}`;
  return `Số liệu hiện nay khác báo cáo đã phát hành ở ${differing} chỉ tiêu (${firstNamesText(namesIn(names), "chỉ tiêu")}), ${why}.`;
}

/** What has come in or changed since the newest version; empty where nothing is known. */
export function newsText(row: Readiness): string {
  const { submissions_since: sent, figures_changed_since: changed } = row;
  return joined([
    (sent ?? 0) > 0 && `${sent} báo cáo mới nhận`,
    changed === null
      ? sent === 0 && "không có báo cáo mới nhận"
      : changed > 0
        ? "số liệu đã thay đổi so với bản phát hành"
        : "số liệu không thay đổi so với bản phát hành",
  ]);
}
