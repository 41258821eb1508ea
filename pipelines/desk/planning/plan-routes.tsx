import { setCookie } from "hono/cookie";
import { NOTHING_FILLED } from "../../forms/filling.ts";
import { formFileName } from "../../forms/form-files.ts";
import { formWorkbook } from "../../forms/form-workbook.ts";
import { formLayout } from "../../forms/layout.ts";
import { planBelowOf } from "../../intake/handed-up.ts";
import { isValidOn } from "../../sources/areas/area.ts";
import {
  areasBelow,
  areasCoded,
  areasOn,
  factsOf,
  findAreas,
} from "../../sources/areas/area-files.ts";
import { unitsOwing } from "../../sources/catalogue.ts";
import { readHandedPlan, signatureDoubt } from "../../sources/writing/handed-plan.ts";
import { officeBelow } from "../../sources/writing/plan-below.ts";
import { plansAbove, withMapping } from "../../sources/writing/plan-mapping.ts";
import type { PlanData } from "../../sources/writing/plan-writing.ts";
import { officeTime } from "../../vocabulary/date.ts";
import { Failure } from "../../vocabulary/failure.ts";
import { labelKey } from "../../vocabulary/label.ts";
import { AREA_KINDS } from "../../vocabulary/words.ts";
import { may } from "../accounts/roles.ts";
import { readOfficeFacts } from "../administration/start-routes.tsx";
import { versionOf } from "../kept/receipts.ts";
import { DESK, Page } from "../page/page.tsx";
import {
  type C,
  type Desk,
  type DeskApp,
  type SentForm,
  saved,
  sentForm,
  visitorWho,
} from "../page/request.ts";
import { tellApprovers, unsentText } from "../page/tell-approvers.ts";
import {
  type Beginning,
  examplePlans,
  fromAbove,
  fromDocument,
  fromFile,
  fromNextYear,
  fromNothing,
  newDraftKey,
} from "../plans/plan-begin.ts";
import { checkedDraft, dataOf, isReadable, type PlanDraft } from "../plans/plan-drafts.ts";
import { type ExampleReport, exampleReport } from "../plans/plan-example.ts";
import { textAt } from "../plans/plan-parts.ts";
import { isStep, noticesOf } from "../plans/plan-problems.ts";
import { changedDraft, type Known } from "../plans/plan-saving.ts";
import type { PageOfDraft } from "../plans/plan-steps.ts";
import { EntryTable } from "../reporting/online-form-page.tsx";
import { draftAddress, draftName, PlansPage } from "./plan-list-page.tsx";
import { ExamplePage, type OpenDraft, PreviewStep, stepPage } from "./plan-pages.tsx";

/** Plans are written down by staff, step by step, and are in use once somebody has approved them. */
export function addPlanRoutes(app: DeskApp, desk: Desk): void {
  const { office, plans: drafts } = desk;
  const PATH = "/ke-hoach/:key";

  /** One change of drafts after another, so that none is lost between reading and writing. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T,>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work);
    turn = next.catch(() => undefined);
    return next;
  };

  const listPage = async (
    c: C,
    told: { told?: string; fault?: string } = {},
    status: 200 | 400 = 200,
  ) => {
    const { account } = visitorWho(c, "see every unit");
    const { catalogue, planChanges } = office.board;
    const plans = catalogue.plans.map(({ plan, sha256, areas }) => {
      const last = planChanges.findLast((one) => one.plan_id === plan.id);
      const isLast = last?.plan_sha256 === sha256;
      return {
        id: plan.id,
        name: `${plan.number}, ${plan.short_title}`,
        targets: plan.indicators.map(({ code }) => code),
        isHandedDown: areas.length > 0,
        changed:
          last === undefined || !isLast
            ? null
            : { by: last.approved_by, at: new Date(last.recorded_at) },
      };
    });
    const listed = (await drafts.list()).sort((one, other) =>
      other.saved.at.localeCompare(one.saved.at),
    );
    return c.render(
      <PlansPage
        {...{ plans, unsettled: catalogue.unsettled, drafts: listed, ...told }}
        examples={[...examplePlans()].map(([id, { title }]) => [id, title] as const)}
        readsDocuments={desk.readDocument !== null}
        mayWrite={may(account.role, "prepare reports")}
      />,
      status,
    );
  };

  app.get("/ke-hoach", (c) => listPage(c));

  app.get("/ke-hoach-giao-xuong/:plan", (c) => {
    visitorWho(c, "see every unit");
    const { plans } = office.board.catalogue;
    const plan = plans.find((one) => one.plan.id === c.req.param("plan"));
    if (plan === undefined) return c.notFound();
    const { bytes, name } = office.handedPlan(plan);
    return saved(c, bytes, name);
  });

  app.post("/ke-hoach", async (c) => {
    const form = await sentForm(desk, c, "prepare reports");
    const begun = await beginning(desk, form).catch((error: unknown) => {
      if (error instanceof Failure) return error.message;
      throw error;
    });
    if (typeof begun === "string") return listPage(c, { fault: begun }, 400);
    const already = (await drafts.list()).find(({ file }) => file !== null && file === begun.file);
    const [first = "", at] = form.field("page").split("#");
    const page = isStep(first.split("/")[0] ?? "") ? first : "can-cu";
    const addressOf = (one: { readonly key: string }): string =>
      `${draftAddress(one, page)}${at === undefined ? "" : `#${encodeURIComponent(at)}`}`;
    if (already !== undefined) return c.redirect(addressOf(already), 303);
    const draft = { ...begun, key: newDraftKey(), ...savedBy(form) };
    await drafts.save(draft);
    await form.note("bắt đầu soạn kế hoạch", draftName(draft));
    return c.redirect(addressOf(draft), 303);
  });

  const pageIn = (c: C): PageOfDraft => ({
    name: c.req.param("step") ?? "",
    entry: c.req.param("entry") ?? "",
  });

  const openDraft = async (
    c: C,
    draft: PlanDraft,
    more: Partial<OpenDraft> = {},
  ): Promise<OpenDraft> => {
    const { account } = visitorWho(c, "see every unit");
    const check = await checkedDraft(draft, office.sources);
    const mayWrite = may(account.role, "prepare reports");
    return {
      draft,
      check,
      notices: noticesOf(draft, check),
      office: office.board.catalogue.officeUnits,
      mayWrite,
      against: new Map(),
      ...more,
    };
  };

  const show = async (
    c: C,
    draft: PlanDraft,
    page: PageOfDraft,
    more: Partial<OpenDraft> & { typed?: Record<string, string> } = {},
    status: 200 | 400 | 403 | 409 = 200,
  ) => {
    const { typed = {}, ...rest } = more;
    const open = await openDraft(c, draft, rest);
    if (page.name === "xem-truoc") {
      const approval = await approvalOf(c, draft);
      const changes = open.check.plan === null ? null : await office.changesBy(draft);
      return c.render(<PreviewStep {...{ open, approval, changes }} />, status);
    }
    const words = c.req.query("tim") ?? "";
    const found =
      words === ""
        ? []
        : findAreas(words, office.board.catalogue)
            .slice(0, FOUND)
            .map((one) => factsOf(one, office.board.catalogue));
    const shown = stepPage(open, page, { typed, search: { words, found } });
    return shown === null ? c.notFound() : c.render(shown, status);
  };

  /** Who may approve: whose role it is and who has not written it; alone only where nobody else could. */
  const approvalOf = async (c: C, draft: PlanDraft) => {
    const { account } = visitorWho(c, "see every unit");
    const mayReturn = may(account.role, "approve reports");
    if (draft.account !== account.name) return { mayApprove: mayReturn, mayReturn };
    // what the plan in use says: whoever writes one could write it of himself
    const used = office.board.catalogue.plans.find(
      ({ plan }) => plan.id === dataOf(draft).id,
    )?.plan;
    const leaders = (await desk.accounts.list()).filter(
      (one) => may(one.role, "approve reports") && !one.is_disabled,
    );
    return { mayApprove: used?.approval === "one_person" || leaders.length === 0, mayReturn };
  };

  app.get(`${PATH}/bieu/:unit/:period?`, async (c) => {
    visitorWho(c, "see every unit");
    const draft = await drafts.find({ key: c.req.param("key") });
    const resolved = draft === null ? null : (await checkedDraft(draft, office.sources)).resolved;
    if (draft === null || resolved === null) return c.notFound();
    const isOwing = (code: string) =>
      resolved.plan.periods.filter((one) =>
        unitsOwing(resolved, one).some((unit) => unit.code === code),
      );
    const owed = isOwing(c.req.param("unit"));
    const period = owed.find(({ code }) => code === c.req.param("period")) ?? owed[0];
    const unit = resolved.units.find(({ code }) => code === c.req.param("unit"));
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
  });

  /** The example that was made last: it takes as long as a file that comes in. */
  let example: { readonly of: string; readonly made: Promise<ExampleReport | null> } | null = null;
  app.get(`${PATH}/bao-cao-vi-du`, async (c) => {
    visitorWho(c, "see every unit");
    const draft = await drafts.find({ key: c.req.param("key") });
    if (draft === null) return c.notFound();
    const of = `${draft.key} ${draft.version}`;
    if (example?.of !== of) example = { of, made: exampleReport(draft, office) };
    const made = await example.made.catch((error: unknown) => {
      if (error instanceof Failure) return error;
      throw error;
    });
    if (made instanceof Failure) return show(c, draft, PREVIEW, { fault: made.message }, 409);
    return made === null ? c.notFound() : c.render(<ExamplePage draft={draft} report={made} />);
  });

  app.get(`${PATH}/:step/:entry?`, async (c) => {
    visitorWho(c, "see every unit");
    const draft = await drafts.find({ key: c.req.param("key") });
    if (draft === null) return c.notFound();
    const page = pageIn(c);
    if (!isReadable(draft) && page.name !== "tep")
      return c.redirect(draftAddress(draft, "tep"), 303);
    return show(c, draft, page);
  });

  app.post(`${PATH}/duyet`, async (c) => {
    const form = await sentForm(desk, c, "see every unit");
    return inTurn(async () => {
      const draft = await drafts.find({ key: c.req.param("key") });
      if (draft === null) return c.notFound();
      const refuse = (fault: string, status: 403 | 409) =>
        show(c, draft, PREVIEW, { fault }, status);
      if (!(await approvalOf(c, draft)).mayApprove) {
        return refuse(
          "Người soạn kế hoạch không tự duyệt; tài khoản này không duyệt được kế hoạch.",
          403,
        );
      }
      if (draft.state !== "submitted") return refuse("Kế hoạch chưa được trình.", 409);
      if (form.field("version") !== String(draft.version)) {
        return refuse(
          "Kế hoạch đã được sửa sau khi trang này được mở. Xem lại rồi duyệt lần nữa.",
          409,
        );
      }
      const against = await office.approvePlan(draft, form.by);
      if (against !== null) return refuse(`Chưa duyệt được: ${against}`, 409);
      await drafts.remove(draft);
      await form.note("duyệt kế hoạch", draftName(draft));
      return listPage(c, {
        told: `Đã duyệt ${draftName(draft)}. Biểu mẫu tải được ở mục “Theo dõi”.`,
      });
    });
  });

  app.post(`${PATH}/tra-lai`, async (c) => {
    const form = await sentForm(desk, c, "approve reports");
    return inTurn(async () => {
      const draft = await drafts.find({ key: c.req.param("key") });
      if (draft === null) return c.notFound();
      const reason = form.text("reason");
      if (draft.state !== "submitted")
        return show(c, draft, PREVIEW, { fault: "Kế hoạch chưa được trình." }, 409);
      if (reason === "")
        return show(c, draft, PREVIEW, { fault: "Lý do trả lại còn để trống." }, 400);
      const returned = {
        name: form.visitor.account.shown_name,
        at: new Date().toISOString(),
        reason,
      };
      await drafts.save({ ...draft, state: "returned", returned });
      await form.note("trả lại kế hoạch", draftName(draft));
      return c.redirect(draftAddress(draft, "xem-truoc"), 303);
    });
  });

  const knownTo = async (draft: PlanDraft, { name }: PageOfDraft): Promise<Known> => ({
    kindOfArea: (code) => areasCoded(code, office.board.catalogue).at(-1)?.kind,
    units:
      name === "don-vi" ? ((await checkedDraft(draft, office.sources)).resolved?.units ?? []) : [],
    office: office.board.catalogue.officeUnits,
  });
  app.post(`${PATH}/:step/:entry?`, async (c) => {
    const form = await sentForm(desk, c, "prepare reports");
    return inTurn(async () => {
      const draft = await drafts.find({ key: c.req.param("key") });
      const page = pageIn(c);
      if (draft === null) return c.notFound();
      const act = form.field("act");
      if (!isReadable(draft) && !["tep", "xem-truoc"].includes(page.name)) {
        const fault = "Tệp không còn đọc được: sửa ở đây trước, rồi làm lại bước vừa rồi.";
        return show(c, draft, { name: "tep", entry: "" }, { fault }, 409);
      }
      if (page.name === "xem-truoc" && act === "bo") {
        await drafts.remove(draft);
        await form.note("bỏ dự thảo kế hoạch", draftName(draft));
        return c.redirect(`${DESK}/ke-hoach`, 303);
      }
      if (page.name === "xem-truoc" && act === "trinh") {
        const { notices } = await openDraft(c, draft);
        if (notices.some(({ problem }) => problem.severity === "error")) {
          return show(c, draft, page, { fault: "Chưa trình được: còn điểm phải sửa." }, 400);
        }
        const submitted: PlanDraft = {
          ...draft,
          state: "submitted",
          version: draft.version + 1,
          returned: null,
        };
        await drafts.save(submitted);
        await form.note("trình kế hoạch", draftName(draft));
        const address = draftAddress(draft, "xem-truoc");
        const fault = unsentText(
          await tellApprovers(desk, form, `kế hoạch ${draftName(draft)}`, address),
        );
        if (fault !== null) return show(c, submitted, page, { fault });
        return c.redirect(draftAddress(draft, "xem-truoc"), 303);
      }
      const changed = changedDraft(draft, page, form.fields, await knownTo(draft, page));
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
      await drafts.save(kept);
      // the script of the page keeps what was typed until it reads this
      const sent = form.field("_sent");
      if (/^[\d.e-]{1,40}$/.test(sent))
        setCookie(c, "chitieu_da_luu", sent, { path: `${DESK}/ke-hoach`, sameSite: "Strict" });
      if (changed.against.size > 0) {
        const fault = `${draft.saved.name} đã lưu trong lúc trang này mở. Các ô mà hai bên ghi khác nhau được đánh dấu ở dưới; phần còn lại đã lưu.`;
        const otherName = draft.saved.name;
        return show(c, kept, page, { against: changed.against, otherName, fault }, 409);
      }
      if (changed.fault !== null)
        return show(c, kept, page, { fault: changed.fault, typed: changed.typed }, 400);
      return c.redirect(draftAddress(kept, changed.next) + changed.query, 303);
    });
  });
}

/** So many areas of a name are shown. */
const FOUND = 40;

const PREVIEW: PageOfDraft = { name: "xem-truoc", entry: "" };

function savedBy({ visitor: { account } }: SentForm): Pick<PlanDraft, "account" | "saved"> {
  return {
    account: account.name,
    saved: { name: account.shown_name, at: new Date().toISOString() },
  };
}

/** What is known of every plan of the office: who issues it, and of which area it is. */
async function knownHead(desk: Desk): Promise<PlanData> {
  const { catalogue } = desk.office.board;
  const like = catalogue.plans.at(-1)?.plan;
  if (like !== undefined) return { issuer: like.issuer, area: { ...like.area } };
  const facts = await readOfficeFacts(desk);
  if (facts === null) return {};
  const [area, another] = findAreas(facts.place, catalogue);
  const noun = AREA_KINDS[area?.kind as keyof typeof AREA_KINDS];
  const place =
    area === undefined || another !== undefined ? {} : { area: { code: area.code, noun } };
  return { issuer: facts.name, ...place };
}

/** What a draft begins as; or why it cannot. @throws Failure like the reader of documents */
async function beginning(desk: Desk, form: SentForm): Promise<Beginning | string> {
  const { office, readDocument } = desk;
  const { catalogue } = office.board;
  const plan = catalogue.plans.find((one) => one.plan.id === form.field("plan"));
  switch (form.field("from")) {
    case "trong":
      return fromNothing(await knownHead(desk));
    case "vi-du": {
      const example = examplePlans().get(form.field("example"));
      return example === undefined ? "Chọn một ví dụ." : fromFile(example.file, true);
    }
    case "nam-sau":
      return plan === undefined ? "Không còn kế hoạch ấy." : fromNextYear(plan, catalogue);
    case "sua": {
      const file =
        plan?.file ?? catalogue.unsettled.find((one) => one.file === form.field("file"))?.file;
      return file === undefined ? "Không còn kế hoạch ấy." : fromFile(file);
    }
    case "van-ban": {
      const file = form.fields.get("document");
      if (readDocument === null || !(file instanceof File) || file.size === 0)
        return "Chọn tệp văn bản của kế hoạch.";
      const read = await readDocument(new Uint8Array(await file.arrayBuffer()));
      const head = await knownHead(desk);
      const day = read.date ?? officeTime(new Date()).slice(0, 10);
      const [whole] = areasOn(textAt(head, "area", "code"), day, catalogue);
      const parts = whole === undefined ? [] : areasBelow(whole, catalogue);
      return fromDocument(read, head, (name) => {
        const called = parts.filter(
          (area) =>
            isValidOn(area, day) && ` ${labelKey(area.name)}`.endsWith(` ${labelKey(name)}`),
        );
        return called.length === 1 ? (called[0]?.code ?? null) : null;
      });
    }
    case "goi":
      return fromPackage(desk, Number(form.field("receipt")));
    case "cap-tren":
      return fromFileOfAbove(desk, form);
    default:
      return "Chọn cách bắt đầu.";
  }
}

/** What the file of the office above says of this one; or why that is not known. */
async function fromFileOfAbove(desk: Desk, form: SentForm): Promise<Beginning | string> {
  const { catalogue } = desk.office.board;
  const file = form.fields.get("handed");
  if (!(file instanceof File) || file.size === 0) return "Chọn tệp kế hoạch của cấp trên.";
  const handed = readHandedPlan(await file.text());
  if (handed === null)
    return "Tệp này không phải kế hoạch mà cấp trên tải ra từ chitieu, hoặc đã bị sửa. Xin lại tệp.";
  const head = await knownHead(desk);
  const typed = form.text("area");
  const own = officeBelow(handed, typed === "" ? textAt(head, "area", "code") : typed, catalogue);
  if (typeof own === "string") return own;
  const like = catalogue.plans.at(-1)?.plan.document;
  const issuer = textAt(head, "issuer");
  const doubt = signatureDoubt(handed, catalogue.officeKeys, officeTime(new Date()).slice(0, 10));
  return fromAbove(
    handed,
    {
      ...own,
      issuer: issuer === "" ? null : issuer,
      document: like === undefined ? null : { ...like },
    },
    doubt,
  );
}

/**
 * The plan that takes its figures from a package that came, changed so; or why none does.
 * @param receiptNo of the package
 */
async function fromPackage(desk: Desk, receiptNo: number): Promise<Beginning | string> {
  const { office, paths, receipts, plans: drafts } = desk;
  const receipt = await receipts.find(receiptNo);
  const version = receipt === null ? null : await versionOf(paths, receipt);
  if (version === null)
    return "Gói ấy không còn được lưu hoặc không đọc được; nhận lại gói rồi ghép.";
  const below = planBelowOf(version);
  const [found, other] = plansAbove(office.board.catalogue.plans, below);
  if (found === undefined)
    return `Không kế hoạch nào ở đây có số liệu cùng mã hoặc cùng tên với kế hoạch ${below.number} của ${below.issuer} cho địa bàn ấy. Sửa số liệu của kế hoạch, hoặc ghi taken_from.`;
  if (other !== undefined)
    return `Kế hoạch ${below.number} của ${below.issuer} hợp với hơn một kế hoạch ở đây và không nêu thực hiện kế hoạch nào. Ghi taken_from ở kế hoạch đúng.`;
  const { resolved, mapping } = found;
  const begun = fromFile(resolved.file);
  if ((await drafts.list()).some(({ file }) => file === begun.file))
    return `Kế hoạch ${resolved.plan.number} đang có bản sửa chưa duyệt: duyệt hoặc bỏ bản ấy rồi ghép.`;
  return { ...begun, text: withMapping(begun.text, below, mapping) };
}
