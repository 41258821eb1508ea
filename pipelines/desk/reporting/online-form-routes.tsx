import { createHash } from "node:crypto";
import { type FormFilling, NOTHING_FILLED } from "../../forms/filling.ts";
import { formFileName } from "../../forms/form-files.ts";
import { filledForm } from "../../forms/form-workbook.ts";
import { type FormLayout, formLayout } from "../../forms/layout.ts";
import type { Delivery } from "../../intake/delivery.ts";
import { type ReportOfUnit, reportKey } from "../../intake/judge.ts";
import { isPersonal } from "../../readers/personal-data.ts";
import { Failure } from "../../vocabulary/failure.ts";
import type { Problem } from "../../vocabulary/problem.ts";
import { may } from "../accounts/roles.ts";
import type { Draft } from "../kept/drafts.ts";
import {
  faultsOf,
  figuresBefore,
  fillingOfDraft,
  fillingOfStanding,
  OFFER_FIELD,
  typedFilling,
  withOffers,
} from "../office/online-form.ts";
import { formsOf, reportsOf } from "../page/access.ts";
import { DESK, momentText } from "../page/page.tsx";
import { type C, type Desk, type DeskApp, saved, sentForm, visitorWho } from "../page/request.ts";
import { type OnlineForm, OnlineFormPage, onlineAddress } from "./online-form-page.tsx";

/** A report that somebody may fill in at the desk. */
interface OpenForm {
  readonly report: ReportOfUnit;
  readonly layout: FormLayout;
}

/** The form of a report, filled in on a page: kept as a draft, looked at, and sent as a workbook. */
export function addOnlineFormRoutes(app: DeskApp, desk: Desk): void {
  const { office, drafts } = desk;
  const PATH = "/nhap/:plan/:period/:unit";

  const openForm = (c: C): OpenForm | null => {
    const { account } = visitorWho(c);
    const isForAny = may(account.role, "send for any unit");
    if (!isForAny) visitorWho(c, "send for own units");
    const { plan = "", period = "", unit = "" } = c.req.param();
    const report = { plan, period, unit };
    if (!isForAny && !reportsOf(office.board, account).has(reportKey(report))) return null;
    const form = formsOf(office.board, plan, period).find((one) => one.unit.code === unit);
    return form === undefined
      ? null
      : { report, layout: formLayout(form.plan, form.unit, form.period) };
  };
  const standingOf = async ({ report: { plan, period }, layout }: OpenForm) => {
    const { now, before } = await office.standing({ plan, period, unitId: layout.unit.unit_id });
    return { now, before: before === null ? null : figuresBefore(layout, before) };
  };
  const shown = (
    c: C,
    { layout }: OpenForm,
    form: Partial<OnlineForm>,
    status: 200 | 400 | 409 | 503 = 200,
  ) =>
    c.render(
      <OnlineFormPage
        {...{ layout, faults: null, told: null, fault: null }}
        {...{ savedAt: "", seen: "", filling: NOTHING_FILLED, before: null, ...form }}
      />,
      status,
    );

  app.get(PATH, async (c) => {
    const open = openForm(c);
    if (open === null) return c.notFound();
    const { report, layout } = open;
    const draft = await drafts.find(report);
    const { now: standing, before } = await standingOf(open);
    if (draft !== null) {
      const told = `Bản nháp do ${draft.saved_by} lưu lúc ${momentText(new Date(draft.saved_at))}; chưa gửi.`;
      return shown(c, open, {
        filling: fillingOfDraft(draft),
        before,
        savedAt: draft.saved_at,
        told,
      });
    }
    if (standing === null) return shown(c, open, { before });
    return shown(c, open, {
      before,
      filling: fillingOfStanding(layout, standing),
      told: !standing.isCounted
        ? `Số liệu dưới đây theo phiếu số ${standing.receiptNo}, đã được trả lại hoặc rút lại nên không được tính. Sửa, bổ sung rồi gửi lại.`
        : `Số liệu dưới đây đang được tính, theo phiếu số ${standing.receiptNo} nhận lúc ${momentText(standing.receivedAt)}. Sửa rồi gửi thì báo cáo mới thay cho báo cáo ấy.`,
    });
  });

  app.get(`${PATH}/bieu`, async (c) => {
    const open = openForm(c);
    const draft = open === null ? null : await drafts.find(open.report);
    if (open === null || draft === null) return c.notFound();
    const bytes = await workbookOf(open.layout, fillingOfDraft(draft));
    return saved(c, Buffer.from(bytes), formFileName(open.layout));
  });

  app.post(PATH, async (c) => {
    const open = openForm(c);
    if (open === null) return c.notFound();
    const { report, layout } = open;
    const form = await sentForm(desk, c);
    const { account } = form.visitor;
    const act = form.field("act");
    const address = onlineAddress(report.plan, report.period, report.unit);
    const draft = await drafts.find(report);
    const savedAt = form.field("saved_at");
    const { before } = await standingOf(open);
    const filling = withOffers(typedFilling(layout, form.fields), before, form.field(OFFER_FIELD));
    if (draft === null && savedAt !== "") {
      const fault =
        "Bản nháp này đã được gửi hoặc bỏ sau khi trang này được mở. Xem lại các tệp đã gửi; nếu vẫn cần, gửi hoặc lưu lần nữa.";
      return shown(c, open, { filling, before, fault }, 409);
    }
    const isOthers = draft !== null && draft.account !== account.name;
    if (isOthers && draft.saved_at !== savedAt) {
      const fault = `${draft.saved_by} đã lưu bản nháp của báo cáo này lúc ${momentText(new Date(draft.saved_at))}, sau khi trang này được mở. Trang đang giữ số liệu vừa nhập ở đây; gửi, lưu hoặc bỏ lần nữa thì bản nháp ấy bị thay.`;
      return shown(c, open, { filling, before, savedAt: draft.saved_at, fault }, 409);
    }
    if (act === "bo") {
      await drafts.remove(report);
      return c.redirect(address, 303);
    }
    const file = formFileName(layout);
    const now = new Date();
    const delivery: Delivery = {
      file,
      content: { bytes: await workbookOf(layout, filling) },
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
      return shown(c, open, { filling, before, savedAt, fault }, 503);
    }
    const faults = faultsOf(layout, examined);
    if (isPersonal(examined.problems)) {
      const fault = "Chưa lưu và chưa gửi: có thông tin cá nhân. Xóa thông tin ấy rồi làm lại.";
      return shown(c, open, { filling, before, savedAt, faults, fault }, 400);
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
    const page = { filling, before, faults, savedAt: kept.saved_at, seen: found };
    if (act !== "gui") {
      const told = `Đã lưu bản nháp lúc ${momentText(now)}; chưa gửi.`;
      return shown(c, open, { ...page, told });
    }
    const isWrong = examined.problems.some(({ severity }) => severity === "error");
    if (isWrong || (found !== "" && found !== form.field("seen"))) return shown(c, open, page);
    const taken = await office.receive(delivery);
    if (taken instanceof Failure) {
      desk.onFailure(taken);
      const fault =
        "Chưa gửi được vì máy chủ gặp trở ngại; bản nháp đã lưu. Hãy gửi lại sau ít phút.";
      return shown(c, open, { ...page, fault }, 503);
    }
    const [{ outcome, receipt_no }] = taken;
    if (outcome !== "refused") await drafts.remove(report);
    await form.note("gửi biểu nhập trên trang", String(receipt_no));
    return c.redirect(`${DESK}/phieu/${receipt_no}`, 303);
  });
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
  const said = problems.map(({ code, cell, found }) => [code, cell, found]);
  return createHash("sha256").update(JSON.stringify(said)).digest("hex").slice(0, 16);
}
