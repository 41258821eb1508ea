import { recordReportActs } from "../../ledger/recorded-acts.ts";
import type { StatusRow } from "../../models/submission-status.ts";
import { actsOn, receiptsSeenBy, reportOfVisitor, sentFor } from "../page/access.ts";
import { changedSince } from "../page/page.tsx";
import { type Asked, about, type Route, type SentForm } from "../page/routes.ts";
import { ReportActPage, reportAddress, type TypedAct } from "./report-act-page.tsx";
import { actsOf, WAYS, type Way } from "./report-acts.ts";

const PATH = "/bao-cao-don-vi/:plan/:period/:unit";

/** More time for a report, sending it back, recalling it. */
export const REPORT_ACT_ROUTES: readonly Route[] = [
  ["get", PATH, "any account", about(rowOf, (asked: Asked, row) => page(asked, row))],
  ...Object.entries(WAYS).map(
    ([name, way]): Route => [
      "post",
      `${PATH}/${name}`,
      way.who,
      about(rowOf, (form: SentForm, row) => actOn(form, row, name, way)),
    ],
  ),
];

function rowOf({ c, desk, visitor }: Asked): StatusRow | null {
  const { plan = "", period = "", unit = "" } = c.req.param();
  return reportOfVisitor(desk.office.board, visitor.account, { plan, period, unit });
}

async function page(
  { c, desk, visitor }: Asked,
  row: StatusRow,
  fault?: string,
  typed?: TypedAct,
): Promise<Response> {
  const { board } = desk.office;
  const { sent, stand } = await sentFor(desk, row);
  const receipts = sent.filter(receiptsSeenBy(visitor, board));
  const coming = desk.office.receiptOfComing(row);
  const shown = <ReportActPage {...{ board, row, stand, receipts, coming, fault, typed }} />;
  return c.render(shown, fault === undefined ? 200 : 400);
}

async function actOn(form: SentForm, row: StatusRow, name: string, way: Way): Promise<Response> {
  const done = actsOn(form.desk.office.board, row);
  const typed = { day: form.field("day"), text: form.text("said") };
  const acts = actsOf(way, { row, done }, typed);
  if (typeof acts === "string") return page(form, row, acts, { ...typed, name });
  const { isAboutSent = false } = way;
  const isDone = await form.desk.office.write(({ paths, now }) =>
    recordReportActs(paths, {
      ...{ ...now, acts, by: form.by },
      ...(isAboutSent ? { isMeant: (stand) => form.isAsShown(stand) } : {}),
    }),
  );
  if (!isDone) {
    const now = rowOf(form) ?? row;
    return page(form, now, changedSince("Báo cáo", "ghi"), { ...typed, name });
  }
  await form.note(`báo cáo: ${name}`, `${row.plan_id} ${row.period} ${row.unit_code}`);
  return form.c.redirect(reportAddress(row), 303);
}
