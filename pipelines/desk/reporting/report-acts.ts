import type { RecordedAct, ReportAct } from "../../ledger/recorded-acts.ts";
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
  readonly who: Act | readonly Act[];
  /** What it is called, and what is to be known before. */
  readonly title: string;
  readonly help?: string;
  /** What the text is called. */
  readonly textName: string;
  readonly isTextNeeded?: boolean;
  /** What the day is called that goes with it; left out where none does. */
  readonly dayName?: string;
  readonly isDayNeeded?: boolean;
  /** It is about what was sent, as the page of the report shows it: nothing that has come since. */
  readonly isAboutSent?: boolean;
  /** @param acts what was done about the report, in its order */
  readonly isPossible: (row: StatusRow, acts: readonly RecordedAct[]) => boolean;
  /** Where it is not offered on the page of the report though it stands. */
  readonly isOffered?: (row: StatusRow) => boolean;
}

/** What may be done about a report, by the end of its address at the desk. */
export const WAYS: Readonly<Record<string, Way>> = {
  "xin-gia-han": {
    ...{ act: "asked", who: "send for own units", title: "Xin gia hạn" },
    ...{ textName: "Lý do xin gia hạn", dayName: "Xin gửi đến hết ngày", isDayNeeded: true },
    isPossible: ({ submissions }) => submissions === 0,
  },
  "rut-lai": {
    ...{ act: "recalled", who: "send for own units", title: "Rút lại báo cáo" },
    help: "Số liệu của báo cáo không còn được tính cho đến khi gửi lại. Rút lại được đến hết hạn gửi.",
    ...{ textName: "Lý do rút lại", isAboutSent: true },
    isPossible: ({ submissions, days_left }) => submissions > 0 && days_left >= 1,
  },
  "gia-han": {
    ...{ act: "granted", who: "decide on reports", title: "Gia hạn" },
    ...{ textName: "Ý kiến", isTextNeeded: false },
    ...{ dayName: "Cho gửi đến hết ngày", isDayNeeded: true },
    isPossible: () => true,
    isOffered: ({ submissions, is_extended }) => submissions === 0 || is_extended,
  },
  "khong-gia-han": {
    ...{ act: "refused", who: "decide on reports", title: "Không gia hạn", textName: "Lý do" },
    isPossible: (row, acts) => openRequest(row, acts) !== null,
  },
  "giu-bao-cao": {
    ...{ act: "kept", who: "decide on reports", title: "Giữ báo cáo đã tiếp nhận" },
    help: "Tệp gửi sau bị trả lại. Giữ báo cáo thì đơn vị không phải gửi lại; số liệu của báo cáo đã tiếp nhận vẫn được tính.",
    ...{ textName: "Lý do", isAboutSent: true },
    // it was taken in, and a file that came later was refused
    isPossible: ({ state, submissions }) => state === "returned" && submissions > 0,
  },
  hoi: {
    ...{ act: "questioned", who: "decide on reports", title: "Hỏi đơn vị" },
    help: "Đơn vị đọc và trả lời ở trang của mình. Số liệu của báo cáo vẫn được tính.",
    ...{ textName: "Câu hỏi", dayName: "Trả lời chậm nhất hết ngày", isDayNeeded: true },
    isPossible: () => true,
  },
  "tra-loi": {
    // staff write down what a unit says that never logs in
    ...{ act: "answered", who: ["send for own units", "decide on reports"], title: "Trả lời" },
    textName: "Nội dung trả lời",
    isPossible: (_, acts) => openQuestion(acts) !== null,
    // it stands beside its question
    isOffered: () => false,
  },
  "tra-lai": {
    ...{ act: "returned", who: "decide on reports", title: "Trả lại để bổ sung" },
    help: "Đơn vị đọc được nội dung này. Số liệu của báo cáo không còn được tính cho đến khi đơn vị gửi lại; phiên bản đã phát hành giữ nguyên.",
    ...{ textName: "Nội dung phải bổ sung", isAboutSent: true },
    dayName: "Gửi lại chậm nhất hết ngày (để trống nếu giữ hạn cũ)",
    isPossible: ({ submissions }) => submissions > 0,
  },
};

/** What an act says of itself, without its reason. */
export function actWords({ act, due_before }: Pick<RecordedAct, "act" | "due_before">): string {
  const day = due_before === null ? "" : vietnameseDate(lastDayBefore(due_before));
  const words: Readonly<Record<RecordedAct["act"], string>> = {
    asked: `Đơn vị xin gia hạn đến hết ngày ${day}`,
    granted: `Đã gia hạn đến hết ngày ${day}`,
    refused: "Không gia hạn",
    returned: "Trả lại để bổ sung",
    recalled: "Đơn vị rút lại báo cáo",
    kept: "Giữ báo cáo đã tiếp nhận, bỏ qua tệp bị trả lại",
    questioned: `Cơ quan tổng hợp hỏi, trả lời đến hết ngày ${day}`,
    answered: "Đơn vị trả lời",
  };
  return words[act];
}

/** Whether an act takes back what was sent. */
export function isBack({ act }: RecordedAct): boolean {
  return act === "returned" || act === "recalled";
}

/** Whether an act is about the time for a report. */
export function isOnTime({ act }: RecordedAct): boolean {
  return act === "asked" || act === "granted" || act === "refused";
}

/** The time that a unit has asked for and nobody has answered; null where there is none, or it has sent. */
export function openRequest(
  { submissions }: Pick<StatusRow, "submissions">,
  acts: readonly RecordedAct[],
): RecordedAct | null {
  const last = acts.findLast((one) => isOnTime(one) || isBack(one));
  return submissions === 0 && last?.act === "asked" ? last : null;
}

/** The question of the office that its unit has not answered; null where there is none. */
export function openQuestion(acts: readonly RecordedAct[]): RecordedAct | null {
  const last = acts.findLast(({ act }) => act === "questioned" || act === "answered");
  return last?.act === "questioned" ? last : null;
}

/** What somebody does about a report: the last day that he gives or asks for, and what he writes. */
export interface Typed {
  readonly day: string;
  readonly text: string;
}

/** The acts to be recorded, or why there are none, in Vietnamese. */
export function actsOf(
  { act, dayName, isDayNeeded = false, textName, isTextNeeded = true, isPossible }: Way,
  { row, done }: { readonly row: StatusRow; readonly done: readonly RecordedAct[] },
  { day, text }: Typed,
): readonly ReportAct[] | string {
  const isAboutTime = act !== "questioned";
  const fault = !isPossible(row, done)
    ? "Tình trạng của báo cáo đã thay đổi, nên chưa ghi. Xem lại rồi làm lại nếu vẫn cần."
    : ((dayName === undefined ? null : dayFault(day, isDayNeeded, isAboutTime ? row : null)) ??
      (text === "" && !isTextNeeded ? null : textFault(text, textName)));
  if (fault !== null) return fault;
  const { plan_id, period, unit_id } = row;
  const report = { plan_id, period, unit_id };
  const more = day === "" || dayName === undefined ? null : { ...report, dueBefore: dayAfter(day) };
  if (act !== "returned") return [{ ...(more ?? report), act, text }];
  return [
    { ...report, act, text },
    ...(more === null ? [] : [{ ...more, act: "granted" as const, text: "" }]),
  ];
}

/**
 * Why a day cannot be the last one; null where it can, or none is meant.
 * @param row of the report for which there would be more time; null where it is about something else
 */
function dayFault(day: string, isNeeded: boolean, row: StatusRow | null): string | null {
  if (day === "" && !isNeeded) return null;
  if (!isCalendarDate(day)) return "Chưa ghi ngày, hoặc ngày không có trong lịch.";
  if (row !== null && !row.is_extended && day < row.due_before) {
    return `Ngày phải sau hạn gửi ${vietnameseDate(lastDayBefore(row.due_before))}.`;
  }
  const now = new Date();
  const today = officeTime(now).slice(0, 10);
  const last = officeTime(new Date(now.getTime() + MOST_DAYS * 86_400_000)).slice(0, 10);
  return day >= today && day <= last ? null : `Ngày phải từ hôm nay đến ${vietnameseDate(last)}.`;
}
