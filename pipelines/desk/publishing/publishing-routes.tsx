import { isDeepStrictEqual } from "node:util";
import type { DocumentTexts } from "../../contract/document.ts";
import { PublicationClass, type PublishedReport } from "../../contract/report.ts";
import { WRITTEN_HEADS } from "../../contract/text-heads.ts";
import { pdfBytes } from "../../exports/pdf-document.ts";
import { workbookBytes } from "../../exports/report-workbook.ts";
import { documentBytes } from "../../exports/word-document.ts";
import { paragraphsOf } from "../../publishing/document-texts.ts";
import { handedUp } from "../../publishing/hand-up.ts";
import { type Preview, SeenChanged } from "../../publishing/publish.ts";
import { PublishingRefused } from "../../publishing/publish-blockers.ts";
import { readPublishedReport } from "../../publishing/published-reports.ts";
import type { ResolvedPlan } from "../../sources/catalogue.ts";
import { Failure, resultOrFailure } from "../../vocabulary/failure.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import { signatureLines } from "../../vocabulary/signature.ts";
import { isNameOf } from "../accounts/accounts.ts";
import { may } from "../accounts/roles.ts";
import type { Proposal } from "../kept/proposals.ts";
import type { Board } from "../office/board.ts";
import { type ReportOfPlan, reportIn } from "../page/access.ts";
import { mailApprovers, unsentText } from "../page/mail-approvers.ts";
import { changedSince } from "../page/page.tsx";
import { saved, visitorWho } from "../page/request.ts";
import { type Asked, about, type Route, type SentForm } from "../page/routes.ts";
import {
  ApprovalPage,
  type OpenReport,
  ReportPage,
  ReportsPage,
  reportAddress,
  versionAddress,
} from "./publishing-page.tsx";
import { requestOf, submit } from "./submit-report.ts";

/** A report and what is proposed of it. */
interface Meant extends ReportOfPlan {
  /** Null where nothing is proposed. */
  readonly proposal: Proposal | null;
}

const PATH = "/bao-cao/:plan/:period";

/** Reports are drawn up by staff, submitted, and published by whoever approves them. */
export const PUBLISHING_ROUTES: readonly Route[] = [
  ["get", "/bao-cao", "see every unit", listReports],
  ["get", PATH, "see every unit", about(meant, openReport)],
  ["get", `${PATH}/du-thao.docx`, "see every unit", draftFile("docx", documentBytes)],
  ["get", `${PATH}/du-thao.xlsx`, "see every unit", draftFile("xlsx", workbookBytes)],
  ["get", `${PATH}/du-thao.pdf`, "see every unit", about(meant, draftOnPaper)],
  ["get", `${PATH}/gui-cap-tren.zip`, "see every unit", about(meant, packageForAbove)],
  ["post", PATH, "prepare reports", about(meant, saveProposal)],
  ["post", `${PATH}/tra-lai`, "approve reports", about(meant, sendBack)],
  // who never approves a report is not told of one either, but where one person does both
  ["post", `${PATH}/duyet`, "see every unit", about(meantToApprove, approve)],
];

async function meant({ c, desk }: Asked): Promise<Meant | null> {
  const { plan = "", period = "" } = c.req.param();
  const report = reportIn(desk.office.board, plan, period);
  return report && { ...report, proposal: await desk.proposals.find({ plan, period }) };
}

async function meantToApprove(asked: Asked): Promise<Meant | null> {
  const one = await meant(asked);
  if (one === null || !isOfOnePerson(one.plan)) visitorWho(asked.c, "approve reports");
  return one;
}

function previewOf({ desk: { office } }: Asked, one: Meant): Promise<Preview> {
  return office.preview(requestOf(office.board, one, one.proposal));
}

function mayHandUp({ desk }: Asked, { plan: { plan }, period }: Meant): boolean {
  return (
    plan.document?.addressed_to !== undefined &&
    desk.office.board.versions.some((one) => one.plan_id === plan.id && one.period === period.code)
  );
}

async function page(
  asked: Asked,
  one: Meant,
  notice: { done?: string; fault?: string } = {},
  status: 200 | 400 | 403 | 409 = 200,
): Promise<Response> {
  const { role } = asked.visitor.account;
  return asked.c.render(
    <ReportPage
      {...{ ...one, ...notice, preview: await previewOf(asked, one) }}
      isHandedUp={mayHandUp(asked, one)}
      mayPrepare={may(role, "prepare reports")}
      mayApprove={mayApprove(asked, one)}
      mayReturn={may(role, "approve reports")}
    />,
    status,
  );
}

async function listReports({ c, desk }: Asked): Promise<Response> {
  const reports = openReports(desk.office.board, await desk.proposals.list());
  return c.render(<ReportsPage reports={reports} />);
}

function openReport(asked: Asked, one: Meant): Promise<Response> {
  const isNew = asked.c.req.query("da-trinh") !== undefined && one.proposal?.state === "submitted";
  return page(asked, one, isNew ? { done: "Đã trình lãnh đạo duyệt." } : {});
}

function draftFile(ending: string, bytesOf: (report: PublishedReport) => Promise<Uint8Array>) {
  return about(meant, async (asked: Asked, one) => {
    const { report } = await previewOf(asked, one);
    return saved(asked.c, Buffer.from(await bytesOf(report)), draftName(one, ending));
  });
}

async function draftOnPaper(asked: Asked, one: Meant): Promise<Response> {
  const { c } = asked;
  const { report } = await previewOf(asked, one);
  c.header("content-disposition", `inline; filename="${draftName(one, "pdf")}"`);
  return c.body(await pdfBytes(report), 200, { "content-type": "application/pdf" });
}

async function packageForAbove(asked: Asked, one: Meant): Promise<Response> {
  const { c, desk } = asked;
  if (!mayHandUp(asked, one)) return c.notFound();
  const choice = { planId: one.plan.plan.id, period: one.period.code, version: null };
  const report = await readPublishedReport(desk.paths, { ...choice, audience: "superior" });
  const packed = await resultOrFailure(handedUp(desk.paths, report));
  const fault =
    "Bản phát hành mới nhất không có đủ tệp dữ liệu gửi cấp trên. Phát hành bản mới rồi tải gói của bản ấy.";
  return packed instanceof Failure
    ? page(asked, one, { fault }, 409)
    : saved(c, Buffer.from(packed.bytes), packed.name);
}

async function saveProposal(form: SentForm, one: Meant): Promise<Response> {
  const { desk } = form;
  const { account } = form.visitor;
  if (!form.isAsShown(one.proposal)) {
    return page(form, one, { fault: changedSince("Dự thảo", "lưu hoặc trình") }, 409);
  }
  const kept: Proposal = {
    ...proposalOf(one, form),
    prepared: { name: account.shown_name, at: new Date().toISOString() },
    account: account.name,
    returned: one.proposal?.returned ?? null,
  };
  const mine = { ...one, proposal: kept };
  if (form.field("act") !== "trinh") {
    await desk.proposals.save(kept);
    const isWithdrawn = one.proposal?.state === "submitted";
    const done = isWithdrawn
      ? "Đã lưu dự thảo; báo cáo không còn chờ duyệt, phải trình lại."
      : "Đã lưu dự thảo.";
    return page(form, mine, { done });
  }
  if ((await submit(desk, kept)).length > 0) {
    return page(form, mine, { fault: "Chưa trình được: còn vướng các điểm dưới đây." }, 400);
  }
  await form.note("trình báo cáo", nameOf(one));
  const { plan } = one.plan;
  const what = `báo cáo ${inSentence(one.period.name)}, ${plan.number}`;
  const address = reportAddress(plan.id, one.period.code);
  const fault = unsentText(await mailApprovers(form, what, address));
  if (fault !== null) {
    return page(form, { ...mine, proposal: { ...kept, state: "submitted" } }, { fault });
  }
  return form.c.redirect(`${address}?da-trinh`, 303);
}

async function sendBack(form: SentForm, one: Meant): Promise<Response> {
  const reason = form.text("reason");
  if (one.proposal?.state !== "submitted") {
    return page(form, one, { fault: "Không có dự thảo nào đang chờ duyệt." }, 409);
  }
  if (!form.isAsShown(one.proposal)) {
    return page(form, one, { fault: changedSince("Dự thảo", "trả lại") }, 409);
  }
  if (reason === "") return page(form, one, { fault: "Lý do trả lại còn để trống." }, 400);
  const returned = {
    name: form.visitor.account.shown_name,
    at: new Date().toISOString(),
    reason,
  };
  await form.desk.proposals.save({ ...one.proposal, state: "returned", returned });
  await form.note("trả lại báo cáo", nameOf(one));
  return form.c.redirect(reportAddress(one.plan.plan.id, one.period.code), 303);
}

async function approve(form: SentForm, one: Meant): Promise<Response> {
  const { c, desk } = form;
  const { proposal } = one;
  if (!mayApprove(form, one)) {
    return page(form, one, { fault: "Người lập báo cáo không tự duyệt báo cáo ấy." }, 403);
  }
  if (proposal?.state !== "submitted") {
    return page(form, one, { fault: "Không có dự thảo nào đang chờ duyệt." }, 409);
  }
  if (!form.isAsShown(proposal)) {
    return page(form, one, { fault: changedSince("Dự thảo", "duyệt") }, 409);
  }
  const preview = await previewOf(form, one);
  const isSeen = preview.substance === form.field("substance");
  if (isSeen && preview.blockers.length === 0 && form.field("version") === "") {
    return c.render(<ApprovalPage {...{ ...one, proposal, preview }} />);
  }
  try {
    const published = await desk.office.publish(
      requestOf(desk.office.board, one, proposal),
      form.field("substance"),
      form.by,
    );
    await desk.proposals.remove(proposal);
    await form.note("duyệt, phát hành báo cáo", nameOf(one));
    const { plan_id, period, version } = published;
    return c.redirect(`${versionAddress(plan_id, period, version)}?da-phat-hanh`, 303);
  } catch (error) {
    const fault =
      error instanceof SeenChanged
        ? changedSince("Số liệu", "duyệt")
        : "Chưa phát hành được: còn vướng các điểm dưới đây.";
    if (!(error instanceof SeenChanged || error instanceof PublishingRefused)) throw error;
    return page(form, one, { fault }, 409);
  }
}

/** Whether the plan's file has one person prepare and approve its reports. */
function isOfOnePerson({ plan }: ResolvedPlan): boolean {
  return plan.approval === "one_person";
}

/**
 * Whether somebody may approve what is proposed: whose role it is, unless he prepared it, and where the
 * plan's file has one person do both, who prepared it.
 */
function mayApprove({ visitor: { account } }: Asked, { plan, proposal }: Meant): boolean {
  if (proposal !== null && isNameOf(account, proposal.account)) return isOfOnePerson(plan);
  return may(account.role, "approve reports");
}

function nameOf({ plan, period }: Pick<Meant, "plan" | "period">): string {
  return `${plan.plan.id} ${period.code}`;
}

function draftName(one: Meant, ending: string): string {
  return `du-thao_${nameOf(one).replaceAll(" ", "_")}.${ending}`;
}

/** What the form of the page says; texts that are as their boxes were filled are left to the figures. */
function proposalOf(
  { plan, period }: Meant,
  { fields, field, text }: SentForm,
): Omit<Proposal, "prepared" | "account" | "returned"> {
  const orNull = (name: string): string | null => (text(name) === "" ? null : text(name));
  const linesOf = (name: string): string[] => paragraphsOf(field(name)).filter((one) => one !== "");
  const heads: DocumentTexts["heads"] = {};
  const filled: DocumentTexts["heads"] = {};
  for (const head of WRITTEN_HEADS) {
    const [lines, before] = [linesOf(`noi-dung:${head}`), linesOf(`soan-san:${head}`)];
    if (isDeepStrictEqual(lines, before)) continue;
    heads[head] = lines;
    if (fields.has(`soan-san:${head}`)) filled[head] = before;
  }
  const chosen = PublicationClass.safeParse(field("class"));
  return {
    plan: plan.plan.id,
    period: period.code,
    class: chosen.success ? chosen.data : "first",
    reason: text("reason"),
    is_final: fields.get("is_final") !== null,
    lets_stand: fields.get("lets_stand") !== null,
    number: orNull("number"),
    dated: orNull("dated"),
    signature: signatureLines(text("signature")),
    signatory: orNull("signatory"),
    texts:
      Object.keys(heads).length === 0
        ? null
        : { is_shared: fields.get("texts_shared") !== null, heads },
    filled,
    state: "draft",
  };
}

/** Reports whose period has begun, the latest first, with what is proposed of them. */
export function openReports(board: Board, proposals: readonly Proposal[]): OpenReport[] {
  return board.reports.flatMap((status) => {
    const report = reportIn(board, status.plan_id, status.period);
    const proposal =
      proposals.find((one) => one.plan === status.plan_id && one.period === status.period) ?? null;
    return report === null ? [] : [{ ...report, status, proposal }];
  });
}
