import type { REPORT_STATES } from "../words.ts";

/** `2 báo cáo quá hạn chưa gửi; 1 báo cáo đã trả lại, chưa gửi lại`: what is wanted, without what is not. */
export function wantedText(counts: {
  readonly overdue: number;
  readonly returned: number;
  readonly to_explain: number;
}): string {
  return [
    [counts.overdue, "báo cáo quá hạn chưa gửi"],
    [counts.returned, "báo cáo đã trả lại, chưa gửi lại"],
    [counts.to_explain, "báo cáo có điểm cần giải trình"],
  ]
    .filter(([count]) => Number(count) > 0)
    .map(([count, what]) => `${count} ${what}`)
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
