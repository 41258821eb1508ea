import { acknowledgeFindings } from "../../ledger/recorded-acts.ts";
import { lastDayBefore, officeTime, parseMoment } from "../../vocabulary/date.ts";
import { may } from "../accounts/roles.ts";
import { DESK } from "../page/page.tsx";
import type { Asked, Route, SentForm } from "../page/routes.ts";
import { textFault } from "../page/text-fault.ts";
import { openReports } from "../publishing/publishing-routes.tsx";
import { BoardPage } from "./board-page.tsx";
import { WaitingPage } from "./waiting-page.tsx";

/** Files that are listed beside something else. */
const FILES = 10;

/** The board of the office, and doubts that are let stand. */
export const BOARD_ROUTES: readonly Route[] = [
  ["get", "/viec-cho", "see every unit", whatWaits],
  ["get", "/theo-doi", "see every unit", (asked: Asked) => board(asked)],
  ["post", "/xac-nhan", "let doubts stand", letStand],
];

async function whatWaits({ c, desk }: Asked): Promise<Response> {
  const { board } = desk.office;
  const since = parseMoment(`${lastDayBefore(officeTime(board.at).slice(0, 10))}T00:00`);
  return c.render(
    <WaitingPage
      {...{ board, since }}
      reports={openReports(board, await desk.proposals.list())}
      drafts={await desk.plans.list()}
      receipts={await desk.receipts.list((one) => one.recordedAt >= since, FILES)}
    />,
  );
}

async function board({ c, desk, visitor }: Asked, fault?: string): Promise<Response> {
  return c.render(
    <BoardPage
      board={desk.office.board}
      mayAct={may(visitor.account.role, "let doubts stand")}
      asked={c.req.query("diem")}
      fault={fault}
    />,
    fault === undefined ? 200 : 400,
  );
}

async function letStand(form: SentForm): Promise<Response> {
  const { office } = form.desk;
  const id = form.field("finding");
  const reason = form.text("reason");
  const isOpen = office.board.findings.some(
    (one) => one.finding_id === id && !one.is_acknowledged && one.severity === "doubt",
  );
  const fault = !isOpen
    ? "Điểm này không còn: đã được xác nhận hoặc đã được sửa."
    : textFault(reason, "Lý do xác nhận");
  if (fault !== null) return board(form, fault);
  await office.write(({ paths, now }) =>
    acknowledgeFindings(paths, { ...now, findingIds: [id], reason, by: form.by }),
  );
  await form.note("xác nhận điểm cần kiểm tra", id);
  return form.c.redirect(`${DESK}/theo-doi#can-kiem-tra`, 303);
}
