import { setCookie } from "hono/cookie";
import { NOTHING_FILLED } from "../../forms/filling.ts";
import { formFileName } from "../../forms/form-files.ts";
import { formWorkbook } from "../../forms/form-workbook.ts";
import { formLayout } from "../../forms/layout.ts";
import { factsOf, findAreas } from "../../sources/areas/area-files.ts";
import { unitsOwing } from "../../sources/catalogue.ts";
import { writtenPlan } from "../../sources/writing/plan-writing.ts";
import { Failure, resultOrFailure } from "../../vocabulary/failure.ts";
import { isNameOf } from "../accounts/accounts.ts";
import { may } from "../accounts/roles.ts";
import { mailApprovers, unsentText } from "../page/mail-approvers.ts";
import { changedSince, DESK, Page } from "../page/page.tsx";
import { saved } from "../page/request.ts";
import { type Answer, type Asked, about, type Route, type SentForm } from "../page/routes.ts";
import { areaLines } from "../plans/plan-area-lines.ts";
import { examplePlans, newDraftKey } from "../plans/plan-begin.ts";
import { comparedThing } from "../plans/plan-confirming.ts";
import { checkedDraft, dataOf, isReadable, type PlanDraft } from "../plans/plan-drafts.ts";
import { type ExampleReport, exampleReport } from "../plans/plan-example.ts";
import { fieldId, getAt, shownIn } from "../plans/plan-places.ts";
import { isOpen, isStep, isUnconfirmed, noticesOf, placedNotices } from "../plans/plan-problems.ts";
import { changedDraft, type Known, LOOKS_FOR_AREAS, withAmendment } from "../plans/plan-saving.ts";
import { fieldsOf, filledData, type PageOfDraft } from "../plans/plan-steps.ts";
import { EntryTable } from "../reporting/online-form-page.tsx";
import { beginning } from "./plan-beginning.ts";
import { draftAddress, draftName, PlansPage } from "./plan-list-page.tsx";
import { stepPage } from "./plan-pages.tsx";
import { ExamplePage, PreviewStep } from "./plan-preview-page.tsx";
import type { OpenDraft } from "./plan-step-form.tsx";

const PATH = "/ke-hoach/:key";

/** Plans are written down by staff, step by step, and are in use once somebody has approved them. */
export const PLAN_ROUTES: readonly Route[] = [
  ["get", "/ke-hoach", "see every unit", (asked: Asked) => listPage(asked)],
  ["post", "/ke-hoach", "prepare reports", beginDraft],
  ["get", "/ke-hoach-giao-xuong/:plan", "see every unit", planForBelow],
  ["get", `${PATH}/bieu/:unit/:period?`, "see every unit", about(draftOf, formOfUnit)],
  ["get", `${PATH}/bao-cao-vi-du`, "see every unit", about(draftOf, exampleOfDraft)],
  ["get", `${PATH}/:step/:entry?`, "see every unit", about(draftOf, openStep)],
  ["post", `${PATH}/duyet`, "see every unit", inTurn(approve)],
  ["post", `${PATH}/tra-lai`, "approve reports", inTurn(sendBack)],
  ["post", `${PATH}/:step/:entry?`, "prepare reports", inTurn(saveStep)],
];

function draftOf({ c, desk }: Asked): Promise<PlanDraft | null> {
  return desk.plans.find({ key: c.req.param("key") ?? "" });
}

function inTurn(answer: (form: SentForm, draft: PlanDraft) => Answer) {
  const onDraft = about(draftOf, answer);
  return (form: SentForm): Promise<Response> => form.desk.plans.inTurn(() => onDraft(form));
}

async function listPage(
  { c, desk, visitor }: Asked,
  notice: { done?: string; fault?: string; faultAt?: string } = {},
  status: 200 | 400 = 200,
): Promise<Response> {
  const { catalogue, planChanges } = desk.office.board;
  // the plan of this year first
  const inOrder = catalogue.plans.toSorted(({ plan: one }, { plan: other }) =>
    other.in_force_from.localeCompare(one.in_force_from),
  );
  const plans = inOrder.map(({ plan, sha256, areas }) => {
    const last = planChanges.findLast((one) => one.plan_id === plan.id);
    const isLast = last?.plan_sha256 === sha256;
    return {
      id: plan.id,
      name: `${plan.number}, ${plan.short_title}`,
      targets: plan.indicators.map((one) => [one.code, one.short_name] as const),
      isHandedDown: areas.length > 0,
      changed:
        last === undefined || !isLast
          ? null
          : { by: last.approved_by, at: new Date(last.recorded_at) },
    };
  });
  const drafts = (await desk.plans.list()).sort((one, other) =>
    other.saved.at.localeCompare(one.saved.at),
  );
  return c.render(
    <PlansPage
      {...{ plans, unsettled: catalogue.unsettled, drafts, ...notice }}
      examples={[...examplePlans()].map(([id, { title }]) => [id, title] as const)}
      readsDocuments={desk.readDocument !== null}
      mayWrite={may(visitor.account.role, "prepare reports")}
    />,
    status,
  );
}

function planForBelow({ c, desk: { office } }: Asked): Answer {
  const plan = office.board.catalogue.plans.find((one) => one.plan.id === c.req.param("plan"));
  if (plan === undefined) return c.notFound();
  const { bytes, name } = office.handedPlan(plan);
  return saved(c, bytes, name);
}

async function beginDraft(form: SentForm): Promise<Response> {
  const { c, desk, field } = form;
  const begun = await resultOrFailure(beginning(form));
  if (begun instanceof Failure || typeof begun === "string") {
    const fault = typeof begun === "string" ? begun : begun.message;
    return listPage(form, { fault, faultAt: field("from") }, 400);
  }
  const already = (await desk.plans.list()).find(
    ({ file }) => file !== null && file === begun.file,
  );
  const [first = "", at] = field("page").split("#");
  const page = isStep(first.split("/")[0] ?? "") ? first : "can-cu";
  const addressOf = (one: { readonly key: string }): string =>
    `${draftAddress(one, page)}${at === undefined ? "" : `#${encodeURIComponent(at)}`}`;
  const draft = already ?? { ...begun, key: newDraftKey(), ...savedBy(form) };
  const [, code = ""] = first.split("/");
  // what waits for approval is as it was submitted until somebody saves something
  const isAmended =
    at === "dieu-chinh" &&
    draft.state !== "submitted" &&
    getAt(dataOf(draft), `indicators/${code}`) !== undefined;
  const amended = isAmended ? withAmendment(dataOf(draft), code) : null;
  const text = amended === null ? draft.text : writtenPlan(draft.text, amended.data);
  if (already === undefined || text !== draft.text)
    await desk.plans.save({ ...draft, text, version: draft.version + 1, ...savedBy(form) });
  if (already === undefined) await form.note("bắt đầu soạn kế hoạch", draftName(draft));
  return c.redirect(
    amended === null ? addressOf(draft) : `${draftAddress(draft, page)}#${amended.id}`,
    303,
  );
}

async function openDraft(
  { desk: { office }, visitor }: Asked,
  draft: PlanDraft,
  more: Partial<OpenDraft> = {},
): Promise<OpenDraft> {
  const check = await checkedDraft(draft, office.sources);
  const { resolved } = check;
  return {
    draft,
    check,
    notices: noticesOf(draft, check),
    areas: resolved === null ? [] : areaLines(resolved, draft, office.board.catalogue),
    office: office.board.catalogue.officeUnits,
    mayWrite: may(visitor.account.role, "prepare reports"),
    against: new Map(),
    ...more,
  };
}

async function showStep(
  asked: Asked,
  draft: PlanDraft,
  page: PageOfDraft,
  more: Partial<OpenDraft> & { typed?: Record<string, string> } = {},
  status: 200 | 400 | 403 | 409 = 200,
): Promise<Response> {
  const { c, desk } = asked;
  const { typed = {}, ...rest } = more;
  const open = await openDraft(asked, draft, rest);
  if (page.name === PREVIEW.name) {
    const approval = await approvalOf(asked, draft);
    const { changes } = await seenOf(asked, draft, open);
    return c.render(<PreviewStep {...{ open, approval, changes }} />, status);
  }
  const { catalogue } = desk.office.board;
  const words = typed.search ?? "";
  const areas = words === "" ? [] : findAreas(words, catalogue).slice(0, FOUND);
  const found = areas.map((one) => factsOf(one, catalogue));
  const shown = stepPage(open, page, { typed, search: { words, found } });
  return shown === null ? c.notFound() : c.render(shown, status);
}

/** What somebody has seen who decides on a draft: how it was saved last, and what it would change. */
async function seenOf(asked: Asked, draft: PlanDraft, open?: OpenDraft) {
  const { notices } = open ?? (await openDraft(asked, draft));
  const isWrong = notices.some(({ problem }) => problem.severity === "error");
  const changes = isWrong ? null : await asked.desk.office.changesBy(draft);
  return { version: draft.version, changes };
}

/** Who may approve: whose role it is and who has not written it; alone only where nobody else could. */
async function approvalOf({ desk, visitor: { account } }: Asked, draft: PlanDraft) {
  const mayReturn = may(account.role, "approve reports");
  if (!isNameOf(account, draft.account)) return { mayApprove: mayReturn, mayReturn };
  // what the plan in use says: whoever writes one could write it of himself
  const { plans } = desk.office.board.catalogue;
  const used = plans.find(({ plan }) => plan.id === dataOf(draft).id)?.plan;
  const leaders = (await desk.accounts.list()).filter(
    (one) => may(one.role, "approve reports") && !one.is_disabled,
  );
  return { mayApprove: used?.approval === "one_person" || leaders.length === 0, mayReturn };
}

/** The blank form of a unit as the draft would have it, on a page or as a file. */
async function formOfUnit({ c, desk }: Asked, draft: PlanDraft): Promise<Response> {
  const { resolved } = await checkedDraft(draft, desk.office.sources);
  if (resolved === null) return c.notFound();
  const unit = resolved.units.find(({ code }) => code === c.req.param("unit"));
  const owed = resolved.plan.periods.filter((one) =>
    unitsOwing(resolved, one).some(({ code }) => code === unit?.code),
  );
  const period = owed.find(({ code }) => code === c.req.param("period")) ?? owed[0];
  if (unit === undefined || period === undefined) return c.notFound();
  if (c.req.query("tai") !== undefined) {
    const bytes = await formWorkbook(resolved, unit, period);
    return saved(c, Buffer.from(bytes), formFileName({ plan: resolved, unit, period }));
  }
  const layout = formLayout(resolved, unit, period);
  const at = (code: string): string => draftAddress(draft, `bieu/${unit.code}/${code}`);
  return c.render(
    <Page title={`Biểu của ${unit.short_name}`} open="ke-hoach">
      <p class="note">
        <a href={draftAddress(draft, "xem-truoc")}>Xem trước</a>: {draftName(draft)}
      </p>
      <h1>Biểu của {unit.name}</h1>
      <nav aria-label="Kỳ">
        <ul class="plain">
          {owed.map(({ code, name }) => (
            <li>
              <a href={at(code)} aria-current={code === period.code ? "page" : undefined}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p>
        <a href={`${at(period.code)}?tai`}>Tải biểu trống (.xlsx)</a>
      </p>
      <form class="entry">
        <fieldset disabled>
          <legend>Như đơn vị sẽ thấy</legend>
          {layout.tables.map((table, index) => (
            <EntryTable {...{ layout, table, index }} filling={NOTHING_FILLED} faults={null} />
          ))}
        </fieldset>
      </form>
    </Page>,
  );
}

/** The example that was made last: it takes as long as a file that comes in. */
let example: { readonly of: string; readonly made: Promise<ExampleReport | null> } | null = null;

async function exampleOfDraft(asked: Asked, draft: PlanDraft): Promise<Response> {
  const { c, desk } = asked;
  const of = `${draft.key} ${draft.version}`;
  if (example?.of !== of) example = { of, made: exampleReport(draft, desk.office) };
  const made = await resultOrFailure(example.made);
  if (made instanceof Failure) {
    return showStep(asked, draft, PREVIEW, { fault: made.message }, 409);
  }
  return made === null ? c.notFound() : c.render(<ExamplePage draft={draft} report={made} />);
}

function pageIn({ c }: Asked): PageOfDraft {
  return { name: c.req.param("step") ?? "", entry: c.req.param("entry") ?? "" };
}

function openStep(asked: Asked, draft: PlanDraft): Answer {
  const page = pageIn(asked);
  return isReadable(draft) || page.name === "tep"
    ? showStep(asked, draft, page)
    : asked.c.redirect(draftAddress(draft, "tep"), 303);
}

async function approve(form: SentForm, draft: PlanDraft): Promise<Response> {
  const { office, plans } = form.desk;
  const refuse = (fault: string, status: 403 | 409) =>
    showStep(form, draft, PREVIEW, { fault }, status);
  if (!(await approvalOf(form, draft)).mayApprove) {
    return refuse(
      "Người soạn kế hoạch không tự duyệt; tài khoản này không duyệt được kế hoạch.",
      403,
    );
  }
  if (draft.state !== "submitted") return refuse("Kế hoạch chưa được trình.", 409);
  if (!form.isAsShown(await seenOf(form, draft))) return refuse(changedSince(DRAFT, "duyệt"), 409);
  const against = await office.approvePlan(draft, form.by);
  if (against !== null) return refuse(`Chưa duyệt được: ${against}`, 409);
  await plans.remove(draft);
  await form.note("duyệt kế hoạch", draftName(draft));
  const done = `Đã duyệt ${draftName(draft)}. Biểu mẫu tải được ở mục “Theo dõi”.`;
  return listPage(form, { done });
}

async function sendBack(form: SentForm, draft: PlanDraft): Promise<Response> {
  const reason = form.text("reason");
  if (draft.state !== "submitted")
    return showStep(form, draft, PREVIEW, { fault: "Kế hoạch chưa được trình." }, 409);
  if (!form.isAsShown(await seenOf(form, draft)))
    return showStep(form, draft, PREVIEW, { fault: changedSince(DRAFT, "trả lại") }, 409);
  if (reason === "")
    return showStep(
      ...([form, draft, PREVIEW] as const),
      { fault: "Lý do trả lại còn để trống.", faultAt: "reason" },
      400,
    );
  const returned = { ...savedBy(form).saved, reason };
  await form.desk.plans.save({ ...draft, state: "returned", returned });
  await form.note("trả lại kế hoạch", draftName(draft));
  return form.c.redirect(draftAddress(draft, "xem-truoc"), 303);
}

async function knownTo(form: SentForm, draft: PlanDraft, { name }: PageOfDraft): Promise<Known> {
  const { board, sources } = form.desk.office;
  const resolved = name === "don-vi" ? (await checkedDraft(draft, sources)).resolved : null;
  return {
    by: savedBy(form).saved,
    files: board.catalogue,
    areas: resolved?.areas ?? [],
    units: resolved?.units ?? [],
    office: board.catalogue.officeUnits,
  };
}

async function saveStep(form: SentForm, draft: PlanDraft): Promise<Response> {
  const { c, desk, field, fields } = form;
  const page = pageIn(form);
  const isPreview = page.name === PREVIEW.name;
  if (!isReadable(draft) && page.name !== "tep" && !isPreview) {
    const fault = "Tệp không còn đọc được: sửa ở đây trước, rồi làm lại bước vừa rồi.";
    return showStep(form, draft, { name: "tep", entry: "" }, { fault }, 409);
  }
  if (isPreview && /^(bo|trinh)$/.test(field("act"))) {
    const isDiscarded = field("act") === "bo";
    const fault = changedSince(DRAFT, isDiscarded ? "bỏ" : "trình");
    if (!form.isAsShown(await seenOf(form, draft)))
      return showStep(form, draft, PREVIEW, { fault }, 409);
    return isDiscarded ? discard(form, draft) : submitDraft(form, draft);
  }
  const changed = changedDraft(draft, page, fields, await knownTo(form, draft, page));
  const isOther =
    JSON.stringify({ ...changed.draft, steps: [] }) !== JSON.stringify({ ...draft, steps: [] });
  const kept: PlanDraft = isOther
    ? {
        ...changed.draft,
        ...savedBy(form),
        version: draft.version + 1,
        state: draft.state === "submitted" ? "draft" : draft.state,
      }
    : changed.draft;
  await desk.plans.save(kept);
  for (const [page, by] of Object.entries(kept.confirmed)) {
    if (by !== draft.confirmed[page])
      await form.note("đối chiếu với văn bản", `${draftName(kept)}: ${comparedThing(page)}`);
  }
  // the script of the page keeps what was typed until it reads this
  const sent = field("_sent");
  if (/^[\d.e-]{1,40}$/.test(sent))
    setCookie(c, "chitieu_da_luu", sent, { path: `${DESK}/ke-hoach`, sameSite: "Strict" });
  const { against, fault, faultAt, typed } = changed;
  if (against.size > 0) {
    const otherName = draft.saved.name;
    const conflict = `${otherName} đã lưu trong lúc trang này mở. Các ô mà hai bên ghi khác nhau được đánh dấu ở dưới; phần còn lại đã lưu.`;
    return showStep(form, kept, page, { against, otherName, fault: conflict }, 409);
  }
  if (fault !== null) return showStep(form, kept, page, { fault, faultAt, typed }, 400);
  if (LOOKS_FOR_AREAS.test(field("act"))) return showStep(form, kept, page, { typed });
  const wrong = changed.query === "" ? await wrongAfter(form, draft, kept, changed.next) : null;
  return c.redirect(wrong ?? draftAddress(kept, changed.next) + changed.query, 303);
}

/**
 * The address of the field in error to which a page that was saved leads: of the page itself any field,
 * of one that was gone on from what was typed there just now. Null where nothing of it is wrong.
 */
async function wrongAfter(
  form: SentForm,
  before: PlanDraft,
  kept: PlanDraft,
  next: string,
): Promise<string | null> {
  // other buttons look for something or add it
  if (!/^(?:luu|tiep|lap|thoi|dung|doi-chieu)?(?: |$)/.test(form.field("act"))) return null;
  const { name, entry: old } = pageIn(form);
  const isRenamed = name === "chi-tieu" && getAt(dataOf(kept), `indicators/${old}`) === undefined;
  const entry = isRenamed ? next.replace(`${name}/`, "") : old;
  const here = old === "" ? name : `${name}/${entry}`;
  const { notices, check, office } = await openDraft(form, kept);
  const errors = notices.filter(
    (one) => one.page === here && one.problem.severity === "error" && !isUnconfirmed(one),
  );
  const fields = fieldsOf(kept, { name, entry: old === "" ? "" : entry }, check.resolved?.units);
  const [was, is] = [filledData(before, office), filledData(kept, office)];
  const { at, others } = placedNotices(errors, fields, is);
  const wrong = fields.filter((one) => at.has(one.at));
  const typed = wrong.filter((one) => shownIn(was, one) !== shownIn(is, one));
  // a choice may go with what is still to come
  const first =
    next === here
      ? (typed[0] ?? wrong[0])
      : typed.find(({ input }) => /^(?:date|number|range)$/.test(input));
  if (first !== undefined) return `${draftAddress(kept, here)}#${fieldId(first.at)}`;
  return next === here && others.length > 0 ? `${draftAddress(kept, here)}#can-sua` : null;
}

async function discard(form: SentForm, draft: PlanDraft): Promise<Response> {
  await form.desk.plans.remove(draft);
  await form.note("bỏ dự thảo kế hoạch", draftName(draft));
  return form.c.redirect(`${DESK}/ke-hoach`, 303);
}

async function submitDraft(form: SentForm, draft: PlanDraft): Promise<Response> {
  const { notices } = await openDraft(form, draft);
  if (notices.some(isOpen)) {
    const fault = "Chưa trình được: còn điểm phải sửa hoặc phải trả lời.";
    return showStep(form, draft, PREVIEW, { fault }, 400);
  }
  const version = draft.version + 1;
  const submitted: PlanDraft = { ...draft, state: "submitted", version, returned: null };
  await form.desk.plans.save(submitted);
  await form.note("trình kế hoạch", draftName(draft));
  const address = draftAddress(draft, PREVIEW.name);
  const fault = unsentText(await mailApprovers(form, `kế hoạch ${draftName(draft)}`, address));
  if (fault !== null) return showStep(form, submitted, PREVIEW, { fault });
  return form.c.redirect(address, 303);
}

/** So many areas of a name are shown. */
const FOUND = 40;

/** What somebody decides on. */
const DRAFT = "Kế hoạch, hoặc số liệu mà kế hoạch làm thay đổi,";

const PREVIEW: PageOfDraft = { name: "xem-truoc", entry: "" };

function savedBy({ visitor: { account } }: SentForm): Pick<PlanDraft, "account" | "saved"> {
  return {
    account: account.name,
    saved: { name: account.shown_name, at: new Date().toISOString() },
  };
}
