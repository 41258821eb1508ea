import type { StatusRow } from "../../models/submission-status.ts";
import { receiptsSeenBy, reportId, reportOfVisitor } from "../page/access.ts";
import { type C, type Desk, type DeskApp, sentForm, visitorWho } from "../page/request.ts";
import { ReportActPage, reportAddress } from "./report-act-page.tsx";
import { actsOf, WAYS } from "./report-acts.ts";

/** Files of a report that are shown. */
const LISTED = 50;

/** More time for a report, sending it back, recalling it. */
export function addReportActRoutes(app: DeskApp, desk: Desk): void {
  const { office, receipts } = desk;
  const PATH = "/bao-cao-don-vi/:plan/:period/:unit";
  const rowOf = (c: C): StatusRow | null => {
    const { plan = "", period = "", unit = "" } = c.req.param();
    return reportOfVisitor(office.board, visitorWho(c).account, { plan, period, unit });
  };
  const page = async (c: C, row: StatusRow, fault?: string) => {
    const { board } = office;
    const isSeen = receiptsSeenBy(visitorWho(c), board);
    const sent = await receipts.list(
      (one) => isSeen(one) && one.claims.some((claim) => reportId(claim) === reportId(row)),
      LISTED,
    );
    return <ReportActPage {...{ board, row, receipts: sent, fault }} />;
  };

  app.get(PATH, async (c) => {
    const row = rowOf(c);
    if (row === null) return c.notFound();
    return c.render(await page(c, row));
  });

  app.post(`${PATH}/:act`, async (c) => {
    const name = c.req.param("act");
    const way = WAYS[name];
    if (way === undefined) return c.notFound();
    const form = await sentForm(desk, c, way.who);
    const row = rowOf(c);
    if (row === null) return c.notFound();
    const acts = actsOf(way, row, { day: form.field("day"), said: form.text("said") });
    if (typeof acts === "string") {
      return c.render(await page(c, row, acts), 400);
    }
    await office.actOn(acts, form.by);
    await form.note(`báo cáo: ${name}`, `${row.plan_id} ${row.period} ${row.unit_code}`);
    return c.redirect(reportAddress(row), 303);
  });
}
