import { formFileName } from "../../forms/form-files.ts";
import { formWorkbook } from "../../forms/form-workbook.ts";
import { reportKey } from "../../intake/judge.ts";
import { lastDayBefore, officeTime, parseMoment } from "../../vocabulary/date.ts";
import { pack } from "../../workbook/zip.ts";
import { may } from "../accounts/roles.ts";
import { formsOf, reportsOf } from "../page/access.ts";
import { DESK, type Visitor } from "../page/page.tsx";
import { type C, type Desk, type DeskApp, saved, sentForm, visitorWho } from "../page/request.ts";
import { textFault } from "../page/text-fault.ts";
import { openReports } from "../publishing/publishing-routes.tsx";
import { BoardPage } from "./board-page.tsx";
import { WaitingPage } from "./waiting-page.tsx";

/** Files that are listed beside something else. */
const LISTED = 10;

/** The board of the office, doubts that are let stand, and blank forms. */
export function addBoardRoutes(app: DeskApp, desk: Desk): void {
  const { office, receipts } = desk;

  app.get("/bieu-mau/:plan/:period/:unit", async (c) => {
    const visitor = visitorWho(c);
    const { plan, period, unit } = c.req.param();
    const form = formsOf(office.board, plan, period).find(({ unit: { code } }) => code === unit);
    const isOwn = reportsOf(office.board, visitor.account).has(reportKey({ plan, unit, period }));
    if (form === undefined || !(isOwn || may(visitor.account.role, "see every unit"))) {
      return c.notFound();
    }
    const bytes = await formWorkbook(form.plan, form.unit, form.period);
    return saved(c, Buffer.from(bytes), formFileName(form));
  });
  /** The forms of all units for some periods; a folder each where there are several. */
  const packedForms = async (c: C, plan: string, periods: readonly string[]) => {
    const parts: [string, Uint8Array][] = [];
    for (const period of periods) {
      for (const form of formsOf(office.board, plan, period)) {
        const folder = periods.length > 1 ? `${period}/` : "";
        parts.push([
          `${folder}${formFileName(form)}`,
          await formWorkbook(form.plan, form.unit, form.period),
        ]);
      }
    }
    if (parts.length === 0) return c.notFound();
    return saved(c, Buffer.from(pack(parts, 0)), `bieu-mau_${[plan, ...periods].join("_")}.zip`);
  };
  app.get("/bieu-mau/:plan/:period", async (c) => {
    visitorWho(c, "see every unit");
    return packedForms(c, c.req.param("plan"), [c.req.param("period")]);
  });
  app.get("/bieu-mau/:plan", async (c) => {
    visitorWho(c, "see every unit");
    return packedForms(c, c.req.param("plan"), [...new Set(c.req.queries("ky") ?? [])]);
  });

  app.get("/viec-cho", async (c) => {
    visitorWho(c, "see every unit");
    const { board } = office;
    const since = parseMoment(`${lastDayBefore(officeTime(board.at).slice(0, 10))}T00:00`);
    return c.render(
      <WaitingPage
        board={board}
        reports={openReports(board, await desk.proposals.list())}
        drafts={await desk.plans.list()}
        since={since}
        receipts={await receipts.list((one) => one.recordedAt >= since, LISTED)}
      />,
    );
  });

  app.get("/theo-doi", async (c) => {
    return c.render(await boardPage(visitorWho(c, "see every unit")));
  });
  const boardPage = async (visitor: Visitor, fault?: string) => (
    <BoardPage
      board={office.board}
      receipts={await receipts.list(() => true, LISTED)}
      mayAct={may(visitor.account.role, "let doubts stand")}
      fault={fault}
    />
  );
  app.post("/xac-nhan", async (c) => {
    const form = await sentForm(desk, c, "let doubts stand");
    const id = form.field("finding");
    const reason = form.text("reason");
    const isOpen = office.board.findings.some(
      (one) => one.finding_id === id && !one.is_acknowledged && one.severity === "doubt",
    );
    const fault = !isOpen
      ? "Điểm này không còn: đã được xác nhận hoặc đã được sửa."
      : textFault(reason, "Lý do xác nhận");
    if (fault !== null) return c.render(await boardPage(form.visitor, fault), 400);
    await office.acknowledge([id], reason, form.by);
    await form.note("xác nhận điểm cần kiểm tra", id);
    return c.redirect(`${DESK}/theo-doi#can-kiem-tra`, 303);
  });
}
