import type { ReportAct } from "../../ledger/recorded-acts.ts";
import type { StatusRow } from "../../models/submission-status.ts";
import {
  dayAfter,
  isCalendarDate,
  lastDayBefore,
  officeTime,
  vietnameseDate,
} from "../../vocabulary/date.ts";
import type { Act } from "../accounts/roles.ts";
import { textFault } from "../page/text-fault.ts";

/** More time is given up to so many days from today. */
const MOST_DAYS = 366;

/** How an act on a report is done: by whom, with which day and text, and when. */
export interface Way {
  readonly act: ReportAct["act"];
  readonly who: Act;
  /** What the text is called in a fault; null where none is needed. */
  readonly textName: string | null;
  readonly day: "needed" | "may be" | "none";
  readonly isPossible: (row: StatusRow) => boolean;
}

/** What may be done about a report, by the end of its address at the desk. */
export const WAYS: Readonly<Record<string, Way>> = {
  "xin-gia-han": {
    ...{ act: "asked", who: "send for own units", textName: "Lý do xin gia hạn", day: "needed" },
    isPossible: ({ submissions }) => submissions === 0,
  },
  "gia-han": {
    ...{ act: "granted", who: "decide on reports", textName: null, day: "needed" },
    isPossible: () => true,
  },
  "khong-gia-han": {
    ...{ act: "refused", who: "decide on reports", textName: "Lý do", day: "none" },
    isPossible: () => true,
  },
  "tra-lai": {
    ...{
      act: "returned",
      who: "decide on reports",
      textName: "Nội dung phải bổ sung",
      day: "may be",
    },
    isPossible: ({ submissions }) => submissions > 0,
  },
  "rut-lai": {
    ...{ act: "recalled", who: "send for own units", textName: "Lý do rút lại", day: "none" },
    isPossible: ({ submissions, days_left }) => submissions > 0 && days_left >= 1,
  },
};

/** What somebody does about a report: the last day that he gives or asks for, and what he writes. */
interface Typed {
  readonly day: string;
  readonly text: string;
}

/** The acts to be recorded, or why there are none, in Vietnamese. */
export function actsOf(
  { act, day: dayIs, textName, isPossible }: Way,
  row: StatusRow,
  { day, text }: Typed,
): readonly ReportAct[] | string {
  const fault = !isPossible(row)
    ? "Tình trạng của báo cáo đã thay đổi, nên chưa ghi. Xem lại rồi làm lại nếu vẫn cần."
    : ((dayIs === "none" ? null : dayFault(day, dayIs === "needed", row)) ??
      (text === "" && textName === null ? null : textFault(text, textName ?? "Ý kiến")));
  if (fault !== null) return fault;
  const { plan_id, period, unit_id } = row;
  const report = { plan_id, period, unit_id };
  const more = day === "" || dayIs === "none" ? null : { ...report, dueBefore: dayAfter(day) };
  if (act !== "returned") return [{ ...(more ?? report), act, text }];
  return [
    { ...report, act, text },
    ...(more === null ? [] : [{ ...more, act: "granted" as const, text: "" }]),
  ];
}

/** Why a day cannot be the last one for a report; null where it can, or none is meant. */
function dayFault(day: string, isNeeded: boolean, row: StatusRow): string | null {
  if (day === "" && !isNeeded) return null;
  if (!isCalendarDate(day)) return "Chưa ghi ngày, hoặc ngày không có trong lịch.";
  if (!row.is_extended && day < row.due_before) {
    return `Ngày phải sau hạn gửi ${vietnameseDate(lastDayBefore(row.due_before))}.`;
  }
  const now = new Date();
  const today = officeTime(now).slice(0, 10);
  const last = officeTime(new Date(now.getTime() + MOST_DAYS * 86_400_000)).slice(0, 10);
  return day >= today && day <= last
    ? null
    : `Ngày gia hạn từ hôm nay đến ${vietnameseDate(last)}.`;
}
