import { type FormFilling, NOTHING_FILLED } from "../../forms/filling.ts";
import { formFileName } from "../../forms/form-files.ts";
import { filledForm } from "../../forms/form-workbook.ts";
import { type FormLayout, formLayout } from "../../forms/layout.ts";
import type { Delivery } from "../../intake/delivery.ts";
import { reportKey } from "../../intake/judge.ts";
import { PrintedTexts } from "../../persons/printed-texts.ts";
import { isPersonal } from "../../readers/personal-data.ts";
import { textsOfCatalogue } from "../../sources/printed.ts";
import { officeTime } from "../../vocabulary/date.ts";
import { Failure } from "../../vocabulary/failure.ts";
import type { Problem, ReportOfUnit } from "../../vocabulary/problem.ts";
import { sha256Of } from "../../warehouse/files.ts";
import { isNameOf } from "../accounts/accounts.ts";
import { may } from "../accounts/roles.ts";
import type { Draft } from "../kept/drafts.ts";
import { FileHeld } from "../office/office.ts";
import {
  faultsOf,
  figuresBefore,
  fillingOfDraft,
  fillingOfStanding,
  OFFER_FIELD,
  typedFilling,
  withOffers,
  withoutPersons,
} from "../office/online-form.ts";
import { formsOf, reportsOf, sentFor } from "../page/access.ts";
import { changedSince, DESK, momentText, WordsPage } from "../page/page.tsx";
import { saved } from "../page/request.ts";
import { type Answer, type Asked, about, type Route, type SentForm } from "../page/routes.ts";
import { type OnlineForm, OnlineFormPage, onlineAddress } from "./online-form-page.tsx";

/** A report that somebody may fill in at the desk. */
interface OpenForm {
  readonly report: ReportOfUnit;
  readonly layout: FormLayout;
}

const PATH = "/nhap/:plan/:period/:unit";
const SENDERS = ["send for any unit", "send for own units"] as const;

/** The form of a report, filled in on a page: kept as a draft, looked at, and sent as a workbook. */
export const ONLINE_FORM_ROUTES: readonly Route[] = [
  ["get", PATH, SENDERS, about(formOfAddress, openForm)],
  ["get", `${PATH}/bieu`, SENDERS, about(formOfAddress, draftAsWorkbook)],
  ["post", PATH, SENDERS, about(formOfAddress, saveForm)],
];

function formOfAddress({ c, desk: { office }, visitor: { account } }: Asked): OpenForm | null {
  const isForAny = may(account.role, "send for any unit");
  const { plan = "", period = "", unit = "" } = c.req.param();
  const report = { plan, period, unit };
  if (!isForAny && !reportsOf(office.board, account).has(reportKey(report))) return null;
  const form = formsOf(office.board, plan, period).find((one) => one.unit.code === unit);
  return form === undefined
    ? null
    : { report, layout: formLayout(form.plan, form.unit, form.period) };
}

/** The report that counts now, and what a form of it stands on: that, the plan, and the period before. */
async function standingOf({ desk }: Asked, { report: { plan, period }, layout }: OpenForm) {
  const unitId = layout.unit.unit_id;
  const { now, before } = await desk.office.standing({ plan, period, unitId });
  const { stand } = await sentFor(desk, { plan_id: plan, period, unit_id: unitId });
  const basis = [layout.plan.sha256, stand];
  return { now, basis, before: before === null ? null : figuresBefore(layout, before) };
}

function shown(
  { c }: Asked,
  { layout }: OpenForm,
  form: Partial<OnlineForm>,
  status: 200 | 400 | 409 | 503 = 200,
): Answer {
  return c.render(
    <OnlineFormPage
      {...{ layout, faults: null, done: null, fault: null }}
      {...{ savedAt: "", seen: "", basis: null, filling: NOTHING_FILLED, before: null, ...form }}
    />,
    status,
  );
}

async function openForm(asked: Asked, open: OpenForm): Promise<Response> {
  const { report, layout } = open;
  const draft = await asked.desk.drafts.find(report);
  const { now: standing, ...on } = await standingOf(asked, open);
  if (draft !== null) {
    const savedAt = new Date(draft.saved_at);
    const since =
      standing?.isCounted && standing.receivedAt >= officeTime(savedAt)
        ? ` Sau đó đã nhận báo cáo theo phiếu số ${standing.receiptNo}, đang được tính: gửi bản nháp thì thay cho báo cáo ấy; bỏ bản nháp thì thấy số liệu của báo cáo.`
        : "";
    const done = `Bản nháp do ${draft.saved_by} lưu lúc ${momentText(savedAt)}; chưa gửi.${since}`;
    return shown(asked, open, {
      ...{ filling: fillingOfDraft(draft), ...on },
      savedAt: draft.saved_at,
      done,
    });
  }
  if (standing === null) return shown(asked, open, on);
  return shown(asked, open, {
    ...on,
    filling: fillingOfStanding(layout, standing),
    done: !standing.isCounted
      ? `Số liệu dưới đây theo phiếu số ${standing.receiptNo}, đã được trả lại hoặc rút lại nên không được tính. Sửa, bổ sung rồi gửi lại.`
      : `Số liệu dưới đây đang được tính, theo phiếu số ${standing.receiptNo} nhận lúc ${momentText(standing.receivedAt)}. Sửa rồi gửi thì báo cáo mới thay cho báo cáo ấy.`,
  });
}

async function draftAsWorkbook({ c, desk }: Asked, open: OpenForm): Promise<Response> {
  const draft = await desk.drafts.find(open.report);
  if (draft === null) return c.notFound();
  const bytes = await workbookOf(open.layout, fillingOfDraft(draft));
  return saved(c, Buffer.from(bytes), formFileName(open.layout));
}

async function saveForm(form: SentForm, open: OpenForm): Promise<Response> {
  const {
    c,
    desk,
    visitor: { account },
  } = form;
  const { office, drafts } = desk;
  const { report, layout } = open;
  const act = form.field("act");
  const address = onlineAddress(report.plan, report.period, report.unit);
  const draft = await drafts.find(report);
  const savedAt = form.field("saved_at");
  const { now: _, ...on } = await standingOf(form, open);
  const filling = withOffers(typedFilling(layout, form.fields), on.before, form.field(OFFER_FIELD));
  /** The page once more where it would replace another report than it showed, or the plan is another. */
  const ifChanged = async (): Promise<Response | null> => {
    const { now, ...on } = await standingOf(form, open);
    if (form.isAsShown(on.basis)) return null;
    const counted = now?.isCounted ? ` Đang được tính: phiếu số ${now.receiptNo}.` : "";
    const fault = `${changedSince("Báo cáo đã gửi, hoặc kế hoạch,", "gửi hoặc lưu")}${counted} Trang đang giữ số liệu vừa nhập.`;
    return shown(form, open, { filling, ...on, savedAt, fault }, 409);
  };
  const changed = await ifChanged();
  if (changed !== null) return changed;
  if (draft === null && savedAt !== "") {
    const fault =
      "Bản nháp này đã được gửi hoặc bỏ sau khi trang này được mở. Xem lại các tệp đã gửi; nếu vẫn cần, gửi hoặc lưu lần nữa.";
    return shown(form, open, { filling, ...on, fault }, 409);
  }
  const isOthers = draft !== null && !isNameOf(account, draft.account);
  if (isOthers && draft.saved_at !== savedAt) {
    const fault = `${draft.saved_by} đã lưu bản nháp của báo cáo này lúc ${momentText(new Date(draft.saved_at))}, sau khi trang này được mở. Trang đang giữ số liệu vừa nhập ở đây; gửi, lưu hoặc bỏ lần nữa thì bản nháp ấy bị thay.`;
    return shown(form, open, { filling, ...on, savedAt: draft.saved_at, fault }, 409);
  }
  if (act === "bo") {
    await drafts.remove(report);
    return c.redirect(address, 303);
  }
  const file = formFileName(layout);
  const now = new Date();
  const printed = new PrintedTexts(() => textsOfCatalogue(office.board.catalogue));
  const { rest, found: ofPersons } = withoutPersons(filling, printed);
  const delivery: Delivery = {
    file,
    content: { bytes: await workbookOf(layout, rest) },
    receivedAt: now,
    recordedAt: now,
    by: form.by,
    isTyped: true,
    mayReport: new Set([reportKey(report)]),
  };
  const examined = await office.examine(delivery, {
    plan: report.plan,
    period: report.period,
    unitId: layout.unit.unit_id,
  });
  if (examined instanceof Failure) {
    const fault =
      "Máy chủ đang bận nên chưa kiểm tra được; chưa có gì được lưu hay gửi. Hãy thử lại.";
    return shown(form, open, { filling, ...on, savedAt, fault }, 503);
  }
  const { at, others } = faultsOf(layout, examined);
  const faults = { at: new Map([...at, ...ofPersons]), others };
  if (ofPersons.size > 0 || isPersonal(examined.problems)) {
    const fault = "Chưa lưu và chưa gửi: có thông tin cá nhân. Xóa thông tin ấy rồi làm lại.";
    return shown(form, open, { filling, ...on, savedAt, faults, fault }, 400);
  }
  const kept: Draft = {
    ...report,
    saved_at: now.toISOString(),
    account: account.name,
    saved_by: account.shown_name,
    is_nil_return: filling.nilReturn,
    values: filledOnly(filling.values),
    notes: filledOnly(filling.notes),
    remarks: filling.remarks ?? {},
  };
  await drafts.save(kept);
  const found = doubtsOf(examined.problems);
  const page = { filling, ...on, faults, savedAt: kept.saved_at, seen: found };
  if (act !== "gui") {
    const done = `Đã lưu bản nháp lúc ${momentText(now)}; chưa gửi.`;
    return shown(form, open, { ...page, done });
  }
  const isWrong = examined.problems.some(({ severity }) => severity === "error");
  if (isWrong || (found !== "" && found !== form.field("seen"))) return shown(form, open, page);
  const changedMeanwhile = await ifChanged();
  if (changedMeanwhile !== null) return changedMeanwhile;
  const taken = await office.receive(delivery);
  if (taken instanceof FileHeld) {
    await drafts.remove(report);
    await form.note("gửi biểu nhập trên trang", "được giữ lại");
    return c.render(<WordsPage title="Biểu đang được giữ" words={`${taken.message}.`} />, 202);
  }
  if (taken instanceof Failure) {
    desk.onFailure(taken);
    const fault =
      "Chưa gửi được vì máy chủ gặp trở ngại; bản nháp đã lưu. Hãy gửi lại sau ít phút.";
    return shown(form, open, { ...page, fault }, 503);
  }
  const [{ outcome, receipt_no }] = taken;
  if (outcome !== "refused") await drafts.remove(report);
  await form.note("gửi biểu nhập trên trang", String(receipt_no));
  return c.redirect(`${DESK}/phieu/${receipt_no}`, 303);
}

async function workbookOf(
  { plan, unit, period }: FormLayout,
  filling: FormFilling,
): Promise<Uint8Array> {
  return filledForm(plan, unit, period, filling);
}

function filledOnly(texts: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...texts].filter(([, text]) => text !== ""));
}

/** By what one knows that the same doubts were shown; empty where there is none. */
function doubtsOf(problems: readonly Problem[]): string {
  if (problems.length === 0) return "";
  const shownDoubts = problems.map(({ code, cell, found }) => [code, cell, found]);
  return sha256Of(JSON.stringify(shownDoubts)).slice(0, 16);
}
