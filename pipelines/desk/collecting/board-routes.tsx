import { formFileName } from "../../forms/form-files.ts";
import { formWorkbook } from "../../forms/form-workbook.ts";
import { reportKey } from "../../intake/judge.ts";
import { acknowledgeFindings } from "../../ledger/recorded-acts.ts";
import { lastDayBefore, officeTime, parseMoment } from "../../vocabulary/date.ts";
import { pack } from "../../workbook/zip.ts";
import { may } from "../accounts/roles.ts";
import { formsOf, reportsOf } from "../page/access.ts";
import { DESK } from "../page/page.tsx";
import { saved } from "../page/request.ts";
import type { Asked, Route, SentForm } from "../page/routes.ts";
import { textFault } from "../page/text-fault.ts";
import { openReports } from "../publishing/publishing-routes.tsx";
import { BoardPage } from "./board-page.tsx";
import { WaitingPage } from "./waiting-page.tsx";

/** Files that are listed beside something else. */
const LISTED = 10;

/** The board of the office, doubts that are let stand, and blank forms. */
export const BOARD_ROUTES: readonly Route[] = [
  ["get", "/bieu-mau/:plan/:period/:unit", "any account", blankForm],
  ["get", "/bieu-mau/:plan/:period", "see every unit", formsOfPeriod],
  ["get", "/bieu-mau/:plan", "see every unit", formsOfPeriods],
  ["get", "/viec-cho", "see every unit", whatWaits],
  ["get", "/theo-doi", "see every unit", (asked: Asked) => board(asked)],
  ["post", "/xac-nhan", "let doubts stand", letStand],
];

async function blankForm({ c, desk: { office }, visitor: { account } }: Asked): Promise<Response> {
  const { plan = "", period = "", unit = "" } = c.req.param();
  const form = formsOf(office.board, plan, period).find(({ unit: { code } }) => code === unit);
  const isOwn = reportsOf(office.board, account).has(reportKey({ plan, unit, period }));
  if (form === undefined || !(isOwn || may(account.role, "see every unit"))) return c.notFound();
  const bytes = await formWorkbook(form.plan, form.unit, form.period);
  return saved(c, Buffer.from(bytes), formFileName(form));
}

function formsOfPeriod(asked: Asked): Promise<Response> {
  return packedForms(asked, [asked.c.req.param("period") ?? ""]);
}

function formsOfPeriods(asked: Asked): Promise<Response> {
  return packedForms(asked, [...new Set(asked.c.req.queries("ky") ?? [])]);
}

/** The forms of all units for some periods; a folder each where there are several. */
async function packedForms({ c, desk }: Asked, periods: readonly string[]): Promise<Response> {
  const { plan = "" } = c.req.param();
  const parts: [string, Uint8Array][] = [];
  for (const period of periods) {
    for (const form of formsOf(desk.office.board, plan, period)) {
      const folder = periods.length > 1 ? `${period}/` : "";
      const bytes = await formWorkbook(form.plan, form.unit, form.period);
      parts.push([`${folder}${formFileName(form)}`, bytes]);
    }
  }
  if (parts.length === 0) return c.notFound();
  return saved(c, Buffer.from(pack(parts, 0)), `bieu-mau_${[plan, ...periods].join("_")}.zip`);
}

async function whatWaits({ c, desk }: Asked): Promise<Response> {
  const { board } = desk.office;
  const since = parseMoment(`${lastDayBefore(officeTime(board.at).slice(0, 10))}T00:00`);
  return c.render(
    <WaitingPage
      {...{ board, since }}
      reports={openReports(board, await desk.proposals.list())}
      drafts={await desk.plans.list()}
      receipts={await desk.receipts.list((one) => one.recordedAt >= since, LISTED)}
    />,
  );
}

async function board({ c, desk, visitor }: Asked, fault?: string): Promise<Response> {
  return c.render(
    <BoardPage
      board={desk.office.board}
      receipts={await desk.receipts.list(() => true, LISTED)}
      mayAct={may(visitor.account.role, "let doubts stand")}
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
