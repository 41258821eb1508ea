import type { REPORT_STATES } from "../words.ts";

interface Counts {
  readonly overdue: number;
  readonly returned: number;
  readonly to_explain: number;
}

/** The reports that are wanted, each kind in words, with the page of a plan that lists them. */
export function wantedReports({ overdue, returned, to_explain }: Counts) {
  return [
    { count: overdue, what: "báo cáo quá hạn chưa gửi", page: "thoi-han" },
    { count: returned, what: "báo cáo đã trả lại, chưa gửi lại", page: "con-thieu" },
    { count: to_explain, what: "báo cáo có điểm cần giải trình", page: "con-thieu" },
  ].filter(({ count }) => count > 0);
}

/** `2 báo cáo quá hạn chưa gửi; 1 báo cáo đã trả lại, chưa gửi lại`; empty where none is wanted. */
export function wantedText(counts: Counts): string {
  return wantedReports(counts)
    .map(({ count, what }) => `${count} ${what}`)
    .join("; ");
}

/** `còn 5 ngày`, `hết hạn hôm nay`, `quá hạn 3 ngày`. @param left days, the last one counted */
export function waitText(left: number): string {
  if (left === 1) return "hết hạn hôm nay";
  return left > 0 ? `còn ${left} ngày` : `quá hạn ${1 - left} ngày`;
}

/** The symbol of a state, readable without colour. */
export const STATE_ICONS = {
  not_sent: "not_due",
  returned: "not_met",
  to_explain: "behind",
  received: "on_time",
} as const satisfies Record<keyof typeof REPORT_STATES, string>;
