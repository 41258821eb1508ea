import type { ReportAct } from "../ledger/recorded-acts.ts";
import type { StatusRow } from "../models/submission-status.ts";
import {
  dayAfter,
  isCalendarDate,
  lastDayBefore,
  officeTime,
  vietnameseDate,
} from "../vocabulary/date.ts";
import { reportOfVisitor } from "./access.ts";
import { ReportActPage, reportAddress } from "./report-act-page.tsx";
import { type C, type Desk, type DeskApp, sentForm, visitorWho } from "./request.ts";
import type { Act } from "./roles.ts";
import { textFault } from "./text-fault.ts";

/** More time is given up to so many days from today. */
const MOST_DAYS = 366;

/** What may be done about a report, by the end of its address: what it is, who may, and when. */
const ACTS: Readonly<
  Record<
    string,
    {
      readonly act: ReportAct["act"];
      readonly who: Act;
      /** What the text is called in a fault; null where none is needed. */
      readonly said: string | null;
      readonly day: "needed" | "may be" | "none";
      readonly stands: (row: StatusRow) => boolean;
    }
  >
> = {
  "xin-gia-han": {
    ...{ act: "asked", who: "send for own units", said: "Lý do xin gia hạn", day: "needed" },
    stands: ({ submissions }) => submissions === 0,
  },
  "gia-han": {
    ...{ act: "granted", who: "decide on reports", said: null, day: "needed" },
    stands: () => true,
  },
  "khong-gia-han": {
    ...{ act: "refused", who: "decide on reports", said: "Lý do", day: "none" },
    stands: () => true,
  },
  "tra-lai": {
    ...{ act: "returned", who: "decide on reports", said: "Nội dung phải bổ sung", day: "may be" },
    stands: ({ submissions }) => submissions > 0,
  },
  "rut-lai": {
    ...{ act: "recalled", who: "send for own units", said: "Lý do rút lại", day: "none" },
    stands: ({ submissions, days_left }) => submissions > 0 && days_left >= 1,
  },
};

/** More time for a report, sending it back, recalling it. */
export function addReportActRoutes(app: DeskApp, desk: Desk): void {
  const { office } = desk;
  const PATH = "/bao-cao-don-vi/:plan/:period/:unit";
  const rowOf = (c: C): StatusRow | null => {
    const { plan = "", period = "", unit = "" } = c.req.param();
    return reportOfVisitor(office.board, visitorWho(c).account, { plan, period, unit });
  };

  app.get(PATH, (c) => {
    const row = rowOf(c);
    if (row === null) return c.notFound();
    return c.render(<ReportActPage board={office.board} row={row} />);
  });

  app.post(`${PATH}/:act`, async (c) => {
    const asked = ACTS[c.req.param("act")];
    if (asked === undefined) return c.notFound();
    const form = await sentForm(desk, c, asked.who);
    const row = rowOf(c);
    if (row === null) return c.notFound();
    const said = form.text("said");
    const day = asked.day === "none" ? "" : form.field("day");
    const fault = !asked.stands(row)
      ? "Tình trạng của báo cáo đã thay đổi, nên chưa ghi. Xem lại rồi làm lại nếu vẫn cần."
      : (dayFault(day, asked.day === "needed", row) ??
        (said === "" && asked.said === null ? null : textFault(said, asked.said ?? "Ý kiến")));
    if (fault !== null) {
      return c.render(<ReportActPage {...{ board: office.board, row, fault }} />, 400);
    }
    const { plan_id, period, unit_id } = row;
    const report = { plan_id, period, unit_id };
    const more = day === "" ? {} : { dueBefore: dayAfter(day) };
    const acts: ReportAct[] =
      asked.act === "returned"
        ? [
            { ...report, act: "returned", said },
            ...(day === "" ? [] : [{ ...report, act: "granted" as const, ...more, said: "" }]),
          ]
        : [{ ...report, act: asked.act, ...more, said }];
    await office.actOn(acts, form.by);
    await form.note(`báo cáo: ${c.req.param("act")}`, `${plan_id} ${period} ${row.unit_code}`);
    return c.redirect(reportAddress(row), 303);
  });
}

/** Why a day cannot be the last one for a report; null where it can, or none is meant. */
function dayFault(day: string, isNeeded: boolean, row: StatusRow): string | null {
  if (day === "" && !isNeeded) return null;
  const now = new Date();
  const today = officeTime(now).slice(0, 10);
  const last = officeTime(new Date(now.getTime() + MOST_DAYS * 86_400_000)).slice(0, 10);
  if (!isCalendarDate(day)) return "Chưa ghi ngày, hoặc ngày không có trong lịch.";
  if (!row.is_extended && day < row.due_before) {
    return `Ngày phải sau hạn gửi ${vietnameseDate(lastDayBefore(row.due_before))}.`;
  }
  return day >= today && day <= last
    ? null
    : `Ngày gia hạn từ hôm nay đến ${vietnameseDate(last)}.`;
}
