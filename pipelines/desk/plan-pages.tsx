import type { Child, FC } from "hono/jsx";
import type { Area } from "../sources/area.ts";
import type { AreaFacts } from "../sources/area-files.ts";
import type { OfficeUnit } from "../sources/office-unit.ts";
import type { PlanCheck } from "../sources/plan-check.ts";
import type { PlanData } from "../sources/plan-writing.ts";
import type { UnsettledPlan } from "../sources/unsettled-plan.ts";
import { unsettledLines } from "../sources/unsettled-plan.ts";
import { isCalendarDate, vietnameseDate } from "../vocabulary/date.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import { DocumentPages } from "./document-pages.tsx";
import { DESK, Fault, Mark, momentText, Page, Table } from "./page.tsx";
import { dataOf, type PlanDraft } from "./plan-drafts.ts";
import type { ExampleReport } from "./plan-example.ts";
import {
  type Filled,
  fieldId,
  Marks,
  NoticeItem,
  PlanCell,
  PlanField,
} from "./plan-field-parts.tsx";
import {
  areaFields,
  contactFields,
  type Entry,
  entriesOf,
  goneFields,
  isMeasured,
  KINDS,
  type Kind,
  kindOf,
  listPlace,
  namedIn,
  periodFields,
  RULE_FIELDS,
  reporterFields,
  statementsOf,
  suggestedKind,
  suggestedNames,
  textAt,
  unitFields,
  unitsAsked,
} from "./plan-parts.ts";
import { type Field, saidAt } from "./plan-places.ts";
import {
  measurePage,
  type Notice,
  placedNotices,
  STEP_NAMES,
  STEPS,
  type Step,
} from "./plan-problems.ts";
import { fieldsOf, filledData, labelOf, type PageOfDraft, quotaText } from "./plan-steps.ts";

/** A report as it would read, of figures that nobody has reported. */
export const ExamplePage: FC<{ draft: PlanDraft; report: ExampleReport }> = ({
  draft,
  report: { period, report },
}) => (
  <Page title="Báo cáo ví dụ" open="ke-hoach">
    <p class="note">
      <a href={draftAddress(draft, "xem-truoc")}>Xem trước</a>: {draftName(draft)}
    </p>
    <h1>Báo cáo ví dụ, {inSentence(period.name)}</h1>
    <p class="asked">
      Mọi số liệu và đánh giá ở đây là giả định, để thấy báo cáo sẽ viết thế nào; không đơn vị nào
      đã báo cáo như vậy và không số nào được giữ lại.
    </p>
    <DocumentPages report={report} />
  </Page>
);

/** A plan in use, with who changed it last. */
export interface ListedPlan {
  readonly id: string;
  readonly name: string;
  /** The codes of its targets. */
  readonly targets: readonly string[];
  /** Whether it has places below, whose offices begin their own from it. */
  readonly isHandedDown: boolean;
  /** Null where its file was written by hand since, or never at the desk. */
  readonly changed: { readonly by: string; readonly at: Date } | null;
}

/** What a draft is called before it has a name. */
export function draftName(draft: PlanDraft): string {
  const data = dataOf(draft);
  const said = [textAt(data, "number"), textAt(data, "short_title") || textAt(data, "title")];
  return said.filter((one) => one !== "").join(", ") || "Kế hoạch chưa có tên";
}

export function draftAddress(draft: Pick<PlanDraft, "key">, page: string): string {
  return `${DESK}/ke-hoach/${draft.key}/${page.split("/").map(encodeURIComponent).join("/")}`;
}

const STATES: Readonly<Record<PlanDraft["state"], readonly [word: string, badge: string]>> = {
  draft: ["Đang soạn", "none"],
  submitted: ["Chờ duyệt", "to_explain"],
  returned: ["Lãnh đạo trả lại", "returned"],
};

const StateMark: FC<{ draft: PlanDraft }> = ({ draft }) => {
  const [word, badge] = STATES[draft.state];
  return <span class={`badge ${badge}`}>{word}</span>;
};

/** What is usually changed of a plan in use, by the page and the field where it is. */
const COMMON_CHANGES = [
  ["can-cu#o-title", "Đổi tên kế hoạch"],
  ["don-vi#cac-don-vi", "Đổi tên, bớt đơn vị"],
  ["don-vi#them-don-vi", "Thêm đơn vị"],
  ["don-vi#o-gone", "Địa bàn thôi báo cáo"],
  ["ky#cac-ky", "Đổi hạn gửi, thêm kỳ"],
] as const;

/** The same of one target. */
const changesOf = (code: string): readonly (readonly [place: string, words: string])[] => [
  [`chi-tieu/${code}#dieu-chinh`, `Điều chỉnh mức chỉ tiêu ${code}`],
  [`chi-tieu/${code}#${fieldId(`indicators/${code}/quote`)}`, `Sửa câu chỉ tiêu ${code}`],
];

/** Plans in use, those that are written, those in error, and the ways to begin one. */
export const PlansPage: FC<{
  plans: readonly ListedPlan[];
  unsettled: readonly UnsettledPlan[];
  drafts: readonly PlanDraft[];
  examples: readonly (readonly [id: string, title: string])[];
  readsDocuments: boolean;
  mayWrite: boolean;
  told?: string | undefined;
  fault?: string | undefined;
}> = ({ plans, unsettled, drafts, examples, readsDocuments, mayWrite, told, fault }) => (
  <Page title="Kế hoạch" open="ke-hoach">
    <h1>Kế hoạch</h1>
    {told && (
      <p class="told" role="status">
        {told}
      </p>
    )}
    <Fault>{fault}</Fault>
    {drafts.length > 0 && (
      <Table
        caption="Đang soạn ở bàn làm việc, chưa ai phải báo cáo"
        head={["Kế hoạch", "Tình trạng", "Sửa gần nhất"]}
      >
        {drafts.map((draft) => (
          <tr>
            <th scope="row">
              <a href={draftAddress(draft, draft.state === "submitted" ? "xem-truoc" : "can-cu")}>
                {draftName(draft)}
              </a>
              <small>{draft.file === null ? "kế hoạch mới" : "sửa kế hoạch đang thực hiện"}</small>
            </th>
            <td data-label="Tình trạng">
              <StateMark draft={draft} />
            </td>
            <td data-label="Sửa gần nhất">
              {draft.saved.name}
              <small>{momentText(new Date(draft.saved.at))}</small>
            </td>
          </tr>
        ))}
      </Table>
    )}
    {plans.length === 0 ? (
      <p>Chưa có kế hoạch nào đang thực hiện.</p>
    ) : (
      <Table caption="Đang thực hiện" head={["Kế hoạch", "Duyệt gần nhất", "Việc"]}>
        {plans.map(({ id, name, targets, changed, isHandedDown }) => (
          <tr>
            <th scope="row">
              {name}
              <small>{id}</small>
              {isHandedDown && (
                <a href={`${DESK}/ke-hoach-giao-xuong/${encodeURIComponent(id)}`}>
                  Tải tệp giao xuống<span class="unseen"> của {name}</span>
                </a>
              )}
            </th>
            <td data-label="Duyệt gần nhất">
              {changed === null ? (
                "tệp được sửa ngoài bàn làm việc"
              ) : (
                <>
                  {changed.by}
                  <small>{momentText(changed.at)}</small>
                </>
              )}
            </td>
            <td>
              {mayWrite && (
                <form method="post" action={`${DESK}/ke-hoach`} class="row">
                  <Mark />
                  <input type="hidden" name="plan" value={id} />
                  <label>
                    Việc
                    <select name="page">
                      {[...COMMON_CHANGES, ...targets.flatMap(changesOf)].map(([page, words]) => (
                        <option value={page}>{words}</option>
                      ))}
                    </select>
                  </label>
                  <button type="submit" name="from" value="sua" class="plain">
                    Sửa, điều chỉnh<span class="unseen"> {name}</span>
                  </button>
                  <button type="submit" name="from" value="nam-sau" class="plain">
                    Lập kế hoạch năm sau<span class="unseen"> từ {name}</span>
                  </button>
                </form>
              )}
            </td>
          </tr>
        ))}
      </Table>
    )}
    {unsettled.length > 0 && (
      <section>
        <h2>Tệp cần xem</h2>
        {unsettled.map((one) => (
          <>
            <ul>
              {unsettledLines(one).map((line) => (
                <li>{line}</li>
              ))}
            </ul>
            {mayWrite && (
              <form method="post" action={`${DESK}/ke-hoach`}>
                <Mark />
                <input type="hidden" name="file" value={one.file} />
                <button type="submit" name="from" value="sua" class="plain">
                  Mở ở bàn làm việc<span class="unseen">: {one.file}</span>
                </button>
              </form>
            )}
          </>
        ))}
      </section>
    )}
    {mayWrite && (
      <p>
        <a href={`${DESK}/khoa`}>Khóa của cơ quan khác</a>
      </p>
    )}
    {mayWrite && (
      <>
        <h2>Lập kế hoạch mới</h2>
        <div class="columns">
          {readsDocuments && (
            <Beginning from="van-ban" button="Đọc văn bản">
              <label>
                Từ văn bản đã ký (.docx, .odt, .pdf có chữ, .txt)
                <input type="file" name="document" accept=".docx,.odt,.pdf,.txt,.md" />
              </label>
            </Beginning>
          )}
          <Beginning from="cap-tren" button="Lập từ kế hoạch của cấp trên">
            <label>
              Từ kế hoạch của cấp trên: tệp giao xuống (.json)
              <input type="file" name="handed" accept=".json" />
            </label>
            <label>
              Mã địa bàn của mình, khi chưa có kế hoạch nào
              <input name="area" maxlength={64} autocomplete="off" />
            </label>
          </Beginning>
          <Beginning from="trong" button="Lập từ đầu">
            <p>Từ đầu: gõ hoặc dán từng câu của kế hoạch.</p>
          </Beginning>
          {examples.length > 0 && (
            <Beginning from="vi-du" button="Lập từ ví dụ">
              <label>
                Từ một ví dụ
                <select name="example">
                  {examples.map(([id, title]) => (
                    <option value={id}>{title}</option>
                  ))}
                </select>
              </label>
            </Beginning>
          )}
        </div>
      </>
    )}
  </Page>
);

/** One way to begin a plan. */
const Beginning: FC<{ from: string; button: string; children?: Child }> = ({
  from,
  button,
  children,
}) => (
  <form method="post" action={`${DESK}/ke-hoach`} enctype="multipart/form-data" class="send">
    <Mark />
    {children}
    <button type="submit" name="from" value={from}>
      {button}
    </button>
  </form>
);

/** A draft that somebody looks at. */
export interface OpenDraft {
  readonly draft: PlanDraft;
  readonly check: PlanCheck;
  readonly notices: readonly Notice[];
  /** What the office knows of its units. */
  readonly office: readonly OfficeUnit[];
  readonly mayWrite: boolean;
  readonly against: ReadonlyMap<string, string>;
  /** Who has written otherwise. */
  readonly otherName?: string | undefined;
  readonly told?: string | undefined;
  readonly fault?: string | undefined;
}

/** What stands around every step. */
const Frame: FC<{ open: OpenDraft; step: Step | "tep"; title: string; children?: Child }> = ({
  open: { draft, notices, told, fault },
  step,
  title,
  children,
}) => (
  <Page title={title} open="ke-hoach" script="ke-hoach.js">
    <p class="note">
      <a href={`${DESK}/ke-hoach`}>Kế hoạch</a>: {draftName(draft)} <StateMark draft={draft} />
    </p>
    <h1>{title}</h1>
    <nav aria-label="Các bước lập kế hoạch" class="steps">
      <ol>
        {STEP_NAMES.map((one) => {
          const said = notices.filter((notice) => notice.step === one).length;
          return (
            <li>
              <a href={draftAddress(draft, one)} aria-current={one === step ? "step" : undefined}>
                {STEPS[one]}
              </a>
              {said > 0 && draft.steps.includes(one) && <small>{said} điểm cần xem</small>}
            </li>
          );
        })}
      </ol>
    </nav>
    {told && (
      <p class="told" role="status">
        {told}
      </p>
    )}
    <Fault>{fault}</Fault>
    {draft.returned !== null && (
      <p class="asked">
        {draft.returned.name} trả lại lúc {momentText(new Date(draft.returned.at))}:{" "}
        {draft.returned.reason}
      </p>
    )}
    <p class="note">
      {draft.saved.name} lưu lúc {momentText(new Date(draft.saved.at))}. Chưa duyệt thì chưa ai phải
      báo cáo.
    </p>
    {children}
  </Page>
);

/** A step with its form, which is saved as a whole. */
const StepPage: FC<{
  open: OpenDraft;
  step: Step | "tep";
  title: string;
  fields: readonly Field[];
  /** What is said of the step and of no field. */
  others?: readonly Notice[];
  page: string;
  /** Where somebody goes on to. */
  next?: string;
  children?: Child;
}> = ({ open, step, title, fields, others = [], page, next, children }) => {
  const { draft, mayWrite } = open;
  return (
    <Frame {...{ open, step, title }}>
      <form method="post" action={draftAddress(draft, page)} class="plan entry">
        <Mark />
        <Marks data={filledData(draft, open.office)} fields={fields} />
        {/* what Enter does in a field */}
        <button type="submit" name="act" value="luu" hidden>
          Lưu
        </button>
        {others.length > 0 && (
          <ul class="problems asked">
            {others.map((notice) => (
              <NoticeItem notice={notice} />
            ))}
          </ul>
        )}
        {children}
        {mayWrite && (
          <p class="buttons">
            {next !== undefined && (
              <button type="submit" name="act" value={`tiep ${next}`}>
                Lưu và tiếp tục
              </button>
            )}
            <button type="submit" name="act" value="luu" class={next === undefined ? "" : "plain"}>
              Lưu
            </button>
          </p>
        )}
      </form>
    </Frame>
  );
};

/** The fields of a page, with what is said at each and besides. */
function filledOf(open: OpenDraft, fields: readonly Field[], step: Step, page: string) {
  const { draft, notices, against, office, otherName = "" } = open;
  const data = filledData(draft, office);
  const own = notices.filter((one) => one.page === page || (one.step === step && page === step));
  const isSeen = draft.steps.includes(step);
  const { at, others } = placedNotices(
    isSeen ? own : own.filter(({ problem }) => problem.code === "to_decide"),
    fields,
    data,
  );
  const filled: Filled = { data, at, against, savedBy: otherName };
  return { filled, others };
}

const HeadStep: FC<{ open: OpenDraft }> = ({ open }) => {
  const { draft } = open;
  const fields = fieldsOf(draft, { name: "can-cu", entry: "" });
  const { filled, others } = filledOf(open, fields, "can-cu", "can-cu");
  const isHead = ({ at }: Field): boolean => !at.startsWith("document/") && at !== "approval";
  return (
    <StepPage
      {...{ open, fields, others }}
      step="can-cu"
      page="can-cu"
      title="Căn cứ"
      next="chi-tieu"
    >
      <div class="columns">
        {fields.filter(isHead).map((field) => (
          <PlanField {...{ field, filled }} />
        ))}
      </div>
      <details open={filled.data.document !== undefined}>
        <summary>Thể thức báo cáo gửi lên trên, ai duyệt báo cáo</summary>
        <div class="columns">
          {fields
            .filter((one) => !isHead(one))
            .map((field) => (
              <PlanField {...{ field, filled }} />
            ))}
        </div>
      </details>
    </StepPage>
  );
};

const TargetsStep: FC<{ open: OpenDraft; typed: Readonly<Record<string, string>> }> = ({
  open,
  typed,
}) => {
  const { draft, notices, mayWrite, check } = open;
  const data = dataOf(draft);
  const fields = fieldsOf(draft, { name: "chi-tieu", entry: "" });
  const { filled, others } = filledOf(open, fields, "chi-tieu", "chi-tieu");
  const isOwn = ({ page }: Notice): boolean => page === "chi-tieu";
  const used = new Set(
    entriesOf(data, "indicators").flatMap(({ name, entry }) =>
      (kindOf(entry)?.roles ?? []).flatMap(([list]) =>
        namedIn(data, listPlace(name, kindOf(entry) as Kind), list),
      ),
    ),
  );
  const undone = entriesOf(data, "indicators").find(({ entry }) => !isMeasured(entry));
  const loose = entriesOf(data, "measures").filter(({ name }) => !used.has(name));
  return (
    <StepPage
      {...{ open, fields }}
      others={others.filter(isOwn)}
      step="chi-tieu"
      page="chi-tieu"
      title="Chỉ tiêu"
      next={undone === undefined ? "don-vi" : `chi-tieu/${undone.name}`}
    >
      {entriesOf(data, "indicators").length > 0 && (
        <Table caption="Các chỉ tiêu" head={["Câu của kế hoạch", "Câu trả lời là", "Cần xem"]}>
          {entriesOf(data, "indicators").map(({ name, entry }) => {
            const own = notices.filter(({ page }) => page === `chi-tieu/${name}`);
            const line = check.targets.find((one) => one.startsWith(`${name} `));
            return (
              <tr>
                <th scope="row">
                  <a href={draftAddress(draft, `chi-tieu/${name}`)}>
                    {name} {textAt(entry, "short_name") || textAt(entry, "name")}
                  </a>
                  <small>{textAt(entry, "quote")}</small>
                  {line !== undefined && <small>Người đọc sẽ thấy: {line}</small>}
                </th>
                <td data-label="Câu trả lời là" class="of-choice">
                  {kindOf(entry) === null && entry.value !== undefined ? (
                    "ghi trong tệp"
                  ) : (
                    <select name={`kind:${name}`} aria-label={`Câu trả lời của chỉ tiêu ${name}`}>
                      {KINDS.map(({ id, words }) => (
                        <option
                          value={id}
                          selected={id === (kindOf(entry) ?? suggestedKind(entry))?.id}
                        >
                          {words}
                        </option>
                      ))}
                    </select>
                  )}
                  {entry.value === undefined && (
                    <small>gợi ý theo câu; lưu thì thành lựa chọn</small>
                  )}
                </td>
                <td data-label="Cần xem">{own.length === 0 ? "–" : `${own.length} điểm`}</td>
              </tr>
            );
          })}
        </Table>
      )}
      {draft.sentences.length > 0 && (
        <section>
          <h2>Câu có con số mà chưa thành chỉ tiêu</h2>
          <ul class="findings">
            {draft.sentences.map(({ said, place }, index) => (
              <li>
                <p>{said}</p>
                <p class="note">{place}</p>
                <p class="buttons">
                  <button type="submit" name="act" value={`cau ${index}`} class="plain">
                    Lập chỉ tiêu<span class="unseen"> từ câu này: {said}</span>
                  </button>
                  <button type="submit" name="act" value={`cau-bo ${index}`} class="plain">
                    Không phải chỉ tiêu<span class="unseen">: {said}</span>
                  </button>
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {mayWrite && (
        <fieldset>
          <legend>Thêm chỉ tiêu</legend>
          <label>
            Câu của kế hoạch
            <textarea name="quote" rows={3}>
              {typed.quote ?? ""}
            </textarea>
          </label>
          <KindChoice chosen={null} />
          <button type="submit" name="act" value="them">
            Thêm chỉ tiêu
          </button>
        </fieldset>
      )}
      <details open={filled.at.size > 0}>
        <summary>Nhóm chỉ tiêu</summary>
        {fields.map((field) => (
          <PlanField {...{ field, filled }} />
        ))}
        <label>
          Thêm nhóm, mỗi dòng một tên
          <textarea name="groups" rows={2} />
        </label>
      </details>
      {loose.length > 0 && (
        <section>
          <h2>Số liệu báo cáo mà không có mức</h2>
          <ul>
            {loose.map(({ name, entry }) => (
              <li>
                <a href={draftAddress(draft, `so-lieu/${name}`)}>{textAt(entry, "name") || name}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {mayWrite && (
        <label>
          Thêm số liệu phải báo cáo mà không có mức: tên
          <input name="measure" maxlength={300} autocomplete="off" />
        </label>
      )}
    </StepPage>
  );
};

/** How a target is measured, chosen by what the answer looks like. */
const KindChoice: FC<{ chosen: Kind | null }> = ({ chosen }) => (
  <fieldset class="kinds">
    <legend>Câu trả lời trông như thế nào</legend>
    {KINDS.map((kind) => (
      <label>
        <input type="radio" name="kind" value={kind.id} checked={kind === chosen} />
        <span>
          <b aria-hidden="true">{kind.picture}</b>
          {kind.words}
        </span>
      </label>
    ))}
  </fieldset>
);

const IndicatorPage: FC<{ open: OpenDraft; code: string; quota: string | null }> = ({
  open,
  code,
  quota,
}) => {
  const { draft, mayWrite, check } = open;
  const page = `chi-tieu/${code}`;
  const fields = fieldsOf(draft, { name: "chi-tieu", entry: code });
  const { filled, others } = filledOf(open, fields, "chi-tieu", page);
  const { data } = filled;
  const entry = saidAt(data, `indicators/${code}`) as Record<string, unknown>;
  const kind = kindOf(entry);
  const isOf =
    (...starts: string[]) =>
    ({ at }: Field): boolean =>
      starts.some((start) => at.startsWith(`indicators/${code}/${start}`));
  const show = (some: readonly Field[]) =>
    some.map((field) => <PlanField {...{ field, filled }} />);
  const codes = entriesOf(data, "indicators").map(({ name }) => name);
  const following = codes[codes.indexOf(code) + 1];
  const line = check.targets.find((one) => one.startsWith(`${code} `));
  const measures = [
    ...new Set(
      fields.filter(({ at }) => at.startsWith("measures/")).map(({ at }) => at.split("/")[1] ?? ""),
    ),
  ];
  return (
    <StepPage
      {...{ open, fields, others, page }}
      step="chi-tieu"
      title={`Chỉ tiêu ${code}`}
      next={following === undefined ? "don-vi" : `chi-tieu/${following}`}
    >
      <blockquote>{textAt(entry, "quote") || "Chưa có câu của kế hoạch."}</blockquote>
      {line !== undefined && (
        <p>
          Người đọc sẽ thấy: <strong>{line}</strong>
        </p>
      )}
      <div class="columns">
        {show(
          fields.filter(isOf("quote", "code", "group", "name", "short_name", "unit_of_measure")),
        )}
      </div>
      <h2>Đo bằng gì</h2>
      <KindChoice chosen={kind} />
      {kind === null ? (
        <p class="note">Chọn xong thì lưu để ghi tiếp số liệu.</p>
      ) : (
        <>
          {kind.roles.map((role) => (
            <Role {...{ code, kind, role, filled }} />
          ))}
          <div class="columns">{show(fields.filter(isOf("value/")))}</div>
          {measures.map((one) => (
            <MeasureFields
              {...{ filled }}
              code={one}
              fields={fields.filter(({ at }) => at.startsWith(`measures/${one}/`))}
            />
          ))}
        </>
      )}
      {statementsOf(data, code).map((place, index) => {
        const own = fields.filter(({ at }) => at.startsWith(`${place}/`));
        const only = (which: string) => show(own.filter((one) => one.only === which));
        const isThere = (...keys: string[]) =>
          keys.some((key) => saidAt(data, `${place}/${key}`) !== undefined);
        return (
          <>
            <h2>{index === 0 ? "Mức phải đạt" : `Mức điều chỉnh lần ${index}`}</h2>
            <div class="columns">{show(own.filter((one) => one.only === undefined))}</div>
            <details open={isThere("at")}>
              <summary>Mốc theo kỳ (ghi thay cho mức)</summary>
              <div class="columns">{only("milestone")}</div>
            </details>
            <details open={isThere("baseline")}>
              <summary>Số gốc mà tiến độ bắt đầu từ đó</summary>
              <div class="columns">{only("baseline")}</div>
            </details>
          </>
        );
      })}
      {quota !== null && (
        <label>
          Mức giao từng nơi: dán từ Excel, mỗi dòng gồm nơi và mức
          <textarea name="quota" rows={8}>
            {`\n${quota}`}
          </textarea>
        </label>
      )}
      <div class="columns">{show(fields.filter(isOf("added_rules", "from")))}</div>
      {mayWrite && (
        <details id="dieu-chinh">
          <summary>Điều chỉnh mức, bỏ chỉ tiêu</summary>
          <p class="note">
            Điều đã đánh giá theo mức cũ giữ nguyên; mức mới áp dụng từ kỳ được chọn.
          </p>
          <p class="buttons">
            <button type="submit" name="act" value="dieu-chinh" class="plain">
              Thêm mức điều chỉnh
            </button>
            <button type="submit" name="act" value="bo" class="plain">
              Bỏ chỉ tiêu này
            </button>
          </p>
        </details>
      )}
    </StepPage>
  );
};

/** One list of a value: what it names, and what can be added to it. */
const Role: FC<{ code: string; kind: Kind; role: Kind["roles"][number]; filled: Filled }> = ({
  code,
  kind,
  role: [list, words],
  filled: { data },
}) => {
  const place = listPlace(code, kind);
  const named = namedIn(data, place, list);
  const section = list === "indicators" ? "indicators" : "measures";
  const nameOf = (one: string): string => textAt(saidAt(data, `${section}/${one}`), "name") || one;
  const others = entriesOf(data, section).filter(
    ({ name }) => !named.includes(name) && (section === "measures" || name !== code),
  );
  const suggested =
    named.length > 0
      ? ""
      : (suggestedNames((saidAt(data, `indicators/${code}`) ?? {}) as Entry)[list] ?? "");
  return (
    <fieldset class="field">
      <legend>{words}</legend>
      {named.map((one) => (
        <label class="tick">
          <input type="checkbox" name={`giu:${list}`} value={one} checked />
          {nameOf(one)}
        </label>
      ))}
      {others.length > 0 && (
        <label>
          Thêm {section === "measures" ? "số liệu đã có" : "chỉ tiêu"}
          <select name={`them:${list}`}>
            <option value="">–</option>
            {others.map(({ name }) => (
              <option value={name}>{nameOf(name)}</option>
            ))}
          </select>
        </label>
      )}
      {section === "measures" && (
        <label>
          Thêm số liệu mới: tên như người ghi số cần đọc, mỗi dòng một số liệu
          <textarea name={`moi:${list}`} rows={2}>{`\n${suggested}`}</textarea>
        </label>
      )}
      <input type="hidden" name={`co:${list}`} value={named.join(" ")} />
    </fieldset>
  );
};

const MeasureFields: FC<{ code: string; fields: readonly Field[]; filled: Filled }> = ({
  code,
  fields,
  filled,
}) => {
  const name = textAt(saidAt(filled.data, `measures/${code}`), "name") || code;
  const show = (isMeant: (field: Field) => boolean) =>
    fields.filter(isMeant).map((field) => <PlanField {...{ field, filled }} />);
  return (
    <fieldset class="field">
      <legend>Số liệu: {name}</legend>
      <div class="columns">{show(({ only }) => only === undefined)}</div>
      <details>
        <summary>
          Ít dùng<span class="unseen">: {name}</span>
        </summary>
        <div class="columns">{show(({ only }) => only === "rare")}</div>
      </details>
    </fieldset>
  );
};

const MeasurePage: FC<{ open: OpenDraft; code: string }> = ({ open, code }) => {
  const page = `so-lieu/${code}`;
  const fields = fieldsOf(open.draft, { name: "so-lieu", entry: code });
  const { filled, others } = filledOf(open, fields, "chi-tieu", page);
  return (
    <StepPage {...{ open, fields, others, page }} step="chi-tieu" title="Số liệu" next="chi-tieu">
      <MeasureFields {...{ code, fields, filled }} />
      {open.mayWrite && (
        <button type="submit" name="act" value="bo" class="plain">
          Bỏ số liệu này
        </button>
      )}
    </StepPage>
  );
};

const UnitsStep: FC<{
  open: OpenDraft;
  /** What was looked for, and which areas are called so. */
  search: { readonly words: string; readonly found: readonly AreaFacts[] };
}> = ({ open, search }) => {
  const { draft, mayWrite, check } = open;
  const reporting = check.resolved?.units ?? [];
  const fields = fieldsOf(draft, { name: "don-vi", entry: "" }, reporting);
  const { filled, others } = filledOf(open, fields, "don-vi", "don-vi");
  const { data } = filled;
  const units = entriesOf(data, "units");
  const areas = check.resolved?.areas ?? [];
  return (
    <StepPage
      {...{ open, fields, others }}
      step="don-vi"
      page="don-vi"
      title="Đơn vị, địa bàn"
      next="ky"
    >
      <h2 id="dia-ban">Địa bàn</h2>
      <div class="pair">
        <label>
          Tìm địa bàn theo tên, có dấu hoặc không
          <input name="search" maxlength={80} autocomplete="off" value={search.words} />
        </label>
        <button type="submit" name="act" value="tim" class="plain">
          Tìm
        </button>
      </div>
      {search.words !== "" && (
        <ul class="findings" aria-label="Địa bàn tìm thấy">
          {search.found.length === 0 && <li>Không có địa bàn nào tên như vậy.</li>}
          {search.found.map(({ area, within, became }) => (
            <li>
              {area.code} {[area.name, ...within].join(", ")}
              {area.valid_to !== null && (
                <small>
                  đến {vietnameseDate(area.valid_to)}
                  {became.length > 0 &&
                    `, sau đó thành ${became.map(({ name }) => name).join(", ")}`}
                </small>
              )}
              <p class="buttons">
                <button type="submit" name="act" value={`chon ${area.code}`} class="plain">
                  Là địa bàn của kế hoạch<span class="unseen">: {area.name}</span>
                </button>
                <button type="submit" name="act" value={`bao-cao ${area.code}`} class="plain">
                  Nơi này báo cáo<span class="unseen">: {area.name}</span>
                </button>
                <button type="submit" name="act" value={`duoi ${area.code}`} class="plain">
                  Mọi nơi ngay dưới báo cáo<span class="unseen">: {area.name}</span>
                </button>
              </p>
            </li>
          ))}
        </ul>
      )}
      <div class="columns">
        {areaFields(data).map((field) => (
          <PlanField {...{ field, filled }} />
        ))}
      </div>
      {areas.length > 0 && (
        <>
          <p class="note">Báo cáo: {areas.map(({ called }) => called).join("; ")}.</p>
          <details>
            <summary>Một địa bàn thôi báo cáo</summary>
            <input type="hidden" name="reporting" value={reportingText(areas, data)} />
            <LooseFields fields={goneFields(areas)} said={{}} />
            <button type="submit" name="act" value="thoi" class="plain">
              Thôi báo cáo sau ngày ấy
            </button>
          </details>
        </>
      )}
      <details open={draft.pasted.areas !== undefined || draft.areas.length > 0}>
        <summary>Thêm địa bàn mà cơ quan chưa có</summary>
        <label>
          Dán từ Excel: mã, tên, loại (phường, xã, thành phố…), mã địa bàn ở trên (nếu có)
          <textarea name="areas" rows={6}>
            {`\n${draft.pasted.areas ?? ""}`}
          </textarea>
        </label>
        {draft.areas.length > 0 && (
          <p class="note">
            Đã thêm: {draft.areas.map(({ code, name }) => `${code} ${name}`).join("; ")}.
          </p>
        )}
      </details>
      <h2 id="cac-don-vi">Đơn vị báo cáo</h2>
      {units.length > 0 && (
        <Table caption="Các đơn vị" head={[...unitFields("").map(({ label }) => label), "Bỏ"]}>
          {units.map(({ name, entry }) => {
            const row = textAt(entry, "short_name") || name;
            return (
              <tr>
                {unitFields(name).map((field) => (
                  <PlanCell {...{ field, filled, row }} />
                ))}
                <td data-label="Bỏ">
                  <input type="checkbox" name="drop-unit" value={name} aria-label={`Bỏ ${row}`} />
                </td>
              </tr>
            );
          })}
        </Table>
      )}
      <label>
        Thêm đơn vị: gõ hoặc dán từ Excel, mỗi dòng gồm tên đầy đủ, tên gọn, chức vụ đầu mối, điện
        thoại, thư điện tử (chỉ tên là bắt buộc). Đơn vị có ở từng phường, xã thì ghi {"{area}"} ở
        chỗ tên phường, xã: UBND {"{area}"}. Đơn vị đã có thì chỉ ghi thêm đầu mối.
        <textarea name="units" id="them-don-vi" rows={4}>
          {`\n${draft.pasted.units ?? ""}`}
        </textarea>
      </label>
      {reporting.length > 0 && (
        <details>
          <summary>Đầu mối của từng đơn vị, để mời tài khoản và đôn đốc</summary>
          <Table
            caption="Đầu mối"
            head={["Đơn vị", ...contactFields("").map(({ label }) => label)]}
          >
            {[...unitsAsked(reporting)].map(([key, unit]) => (
              <tr>
                <th scope="row">{unit.short_name}</th>
                {contactFields(key).map((field) => (
                  <PlanCell {...{ field, filled }} row={unit.short_name} />
                ))}
              </tr>
            ))}
          </Table>
        </details>
      )}
      {entriesOf(data, "measures").length > 0 && units.length > 0 && (
        <>
          <h2>Ai báo cáo số nào</h2>
          <Table
            caption="Các số liệu"
            head={["Số liệu", ...reporterFields(data, "").map(({ label }) => label)]}
          >
            {entriesOf(data, "measures").map(({ name, entry }) => (
              <tr>
                <th scope="row">
                  <a href={draftAddress(draft, measurePage(data, name))}>
                    {textAt(entry, "name") || name}
                  </a>
                </th>
                {reporterFields(data, name).map((field) => (
                  <PlanCell {...{ field, filled }} row={textAt(entry, "name") || name} />
                ))}
              </tr>
            ))}
          </Table>
        </>
      )}
      {mayWrite && (
        <p class="note">
          Kế hoạch được duyệt rồi thì quản trị mời mọi đơn vị một lần, ở mục “Tài khoản”.
        </p>
      )}
    </StepPage>
  );
};

/** Fields that are no places of the plan. */
const LooseFields: FC<{ fields: readonly Field[]; said: PlanData }> = ({ fields, said }) => (
  <div class="columns">
    {fields.map((field) => (
      <PlanField field={field} filled={{ data: said, at: NONE, against: NONE, savedBy: "" }} />
    ))}
  </div>
);

const NONE = new Map<string, never>();

/** `90001 90002@2026-07-01`: which areas report, from a day where that is not the first of the plan. */
function reportingText(areas: readonly Area[], data: PlanData): string {
  const start = textAt(data, "in_force_from");
  return areas
    .map(({ code, valid_from }) => ((valid_from ?? "") > start ? `${code}@${valid_from}` : code))
    .join(" ");
}

const PeriodsStep: FC<{ open: OpenDraft; typed: Readonly<Record<string, string>> }> = ({
  open,
  typed,
}) => {
  const { draft, mayWrite } = open;
  const fields = fieldsOf(draft, { name: "ky", entry: "" });
  const { filled, others } = filledOf(open, fields, "ky", "ky");
  const { data } = filled;
  const periods = entriesOf(data, "periods");
  const year = (textAt(data, "in_force_from") || textAt(data, "issued_on")).slice(0, 4);
  return (
    <StepPage {...{ open, fields, others }} step="ky" page="ky" title="Kỳ báo cáo" next="xem-truoc">
      {mayWrite && (
        <fieldset>
          <legend>Lập lịch theo quy tắc</legend>
          <LooseFields
            fields={RULE_FIELDS}
            said={{ rhythm: "quarter", year, closed: "14", before: "20", later: "0", ...typed }}
          />
          <p class="note">Kỳ đã có cùng mã được lập lại; các kỳ khác giữ nguyên.</p>
          <button type="submit" name="act" value="lap">
            Lập lịch
          </button>
        </fieldset>
      )}
      <span id="cac-ky" />
      {periods.length > 0 && (
        <Table caption="Các kỳ" head={[...periodFields("").map(({ label }) => label), "Bỏ"]}>
          {periods.map(({ name, entry }) => (
            <tr>
              {periodFields(name).map((field) => (
                <PlanCell {...{ field, filled }} row={textAt(entry, "name") || name} />
              ))}
              <td data-label="Bỏ">
                <input
                  type="checkbox"
                  name="drop-period"
                  value={name}
                  aria-label={`Bỏ ${textAt(entry, "name")}`}
                />
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Weekends periods={periods.map(({ entry }) => entry)} />
    </StepPage>
  );
};

/** Deadlines that fall on a weekend: nobody moves them, but somebody is to know. */
const Weekends: FC<{ periods: readonly unknown[] }> = ({ periods }) => {
  const found = periods.flatMap((one) => {
    const due = textAt(one, "due_before");
    if (!isCalendarDate(due)) return [];
    const last = new Date(Date.parse(due) - 24 * 3_600_000);
    const day = { 0: "Chủ nhật", 6: "thứ Bảy" }[last.getUTCDay()];
    return day === undefined
      ? []
      : [
          `${textAt(one, "name")}: ngày cuối để gửi là ${day}, ${vietnameseDate(last.toISOString())}`,
        ];
  });
  return found.length === 0 ? null : (
    <section>
      <h2>Hạn gửi trùng ngày nghỉ</h2>
      <p class="note">Hạn giữ nguyên như kế hoạch nêu; muốn lùi thì sửa ngày ở trên.</p>
      <ul>
        {found.map((one) => (
          <li>{one}</li>
        ))}
      </ul>
    </section>
  );
};

/** The text of the file itself. */
const TextStep: FC<{ open: OpenDraft; text: string }> = ({ open, text }) => (
  <StepPage open={open} step="tep" page="tep" title="Tệp kế hoạch" fields={[]}>
    <ul class="problems">
      {open.notices.map(({ problem }) => (
        <li class={problem.severity}>
          Dòng {problem.line ?? 1}: {problem.field} {problem.found}{" "}
          <span class="note">{problem.remedy}</span>
        </li>
      ))}
    </ul>
    <label>
      Nội dung tệp (YAML)
      <textarea name="text" rows={30} class="code" spellcheck={false}>
        {`\n${text}`}
      </textarea>
    </label>
  </StepPage>
);

/** The page of a draft; null where there is none of that name. */
export function stepPage(
  open: OpenDraft,
  { name, entry }: PageOfDraft,
  {
    typed,
    search,
  }: {
    /** What was typed besides fields. */
    readonly typed: Readonly<Record<string, string>>;
    /** What was looked for, and which areas are called so. */
    readonly search: { readonly words: string; readonly found: readonly AreaFacts[] };
  },
) {
  const { draft, check } = open;
  const isThere = (section: string): boolean =>
    saidAt(dataOf(draft), `${section}/${entry}`) !== undefined;
  switch (name) {
    case "can-cu":
      return <HeadStep open={open} />;
    case "chi-tieu":
      if (entry === "") return <TargetsStep {...{ open, typed }} />;
      if (!isThere("indicators")) return null;
      return <IndicatorPage {...{ open }} code={entry} quota={quotaText(draft, entry, check)} />;
    case "so-lieu":
      return isThere("measures") ? <MeasurePage {...{ open }} code={entry} /> : null;
    case "don-vi":
      return <UnitsStep {...{ open, search }} />;
    case "ky":
      return <PeriodsStep {...{ open, typed }} />;
    case "tep":
      return <TextStep open={open} text={typed.text ?? draft.text} />;
    default:
      return null;
  }
}

export const PreviewStep: FC<{
  open: OpenDraft;
  approval: { readonly mayApprove: boolean; readonly mayReturn: boolean };
  /** Changes of figures and verdicts that it would bring; null where it changes no plan in use. */
  changes: readonly string[] | null;
}> = ({ open, approval, changes }) => {
  const { draft, check, notices, mayWrite } = open;
  const { resolved, plan } = check;
  const errors = notices.filter(({ problem }) => problem.severity === "error");
  return (
    <Frame open={open} step="xem-truoc" title="Xem trước">
      <h2>Kiểm tra</h2>
      {notices.length === 0 ? (
        <p class="told">Không có điểm nào phải sửa.</p>
      ) : (
        <>
          <p class={errors.length > 0 ? "fault" : "asked"}>
            {errors.length > 0
              ? `Còn ${errors.length} điểm phải sửa trước khi trình.`
              : `Không có lỗi. Có ${notices.length} điểm cần xem lại.`}
          </p>
          <form method="post" action={draftAddress(draft, "xem-truoc")}>
            <Mark />
            <ul class="problems">
              {notices.map((notice) => (
                <NoticeItem notice={notice} label={labelOf(draft, notice)}>
                  <a href={draftAddress(draft, notice.page)}>
                    Sửa ở bước {STEPS[notice.step]}
                    <span class="unseen">: {notice.words}</span>
                  </a>
                </NoticeItem>
              ))}
            </ul>
          </form>
        </>
      )}
      <h2>Mức chỉ tiêu, như người đọc sẽ thấy</h2>
      {check.targets.length === 0 ? (
        <p>Sửa xong các lỗi thì hiện ở đây.</p>
      ) : (
        <ul>
          {check.targets.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      )}
      <h2>Biểu mẫu của từng loại đơn vị</h2>
      {resolved === null || plan === null ? (
        <p>Sửa xong các lỗi thì xem và tải được biểu mẫu.</p>
      ) : (
        <Table caption="Biểu mẫu, mỗi loại đơn vị một biểu" head={["Đơn vị", "Biểu"]}>
          {plan.units.map(({ code, name, each_area }) => {
            const unit = resolved.units.find(({ entry }) => entry === code);
            return (
              <tr>
                <th scope="row">
                  {unit?.name ?? name}
                  {each_area && <small>và các nơi khác</small>}
                </th>
                <td data-label="Biểu">
                  {unit === undefined ? (
                    "–"
                  ) : (
                    <a href={draftAddress(draft, `bieu/${unit.code}`)}>
                      Xem biểu của {unit.short_name}
                    </a>
                  )}
                </td>
              </tr>
            );
          })}
        </Table>
      )}
      {resolved !== null && (
        <p>
          <a href={draftAddress(draft, "bao-cao-vi-du")}>
            Xem báo cáo ví dụ của kỳ đầu, với số liệu giả định
          </a>
        </p>
      )}
      {changes !== null && (
        <section>
          <h2>Số liệu và đánh giá sẽ thay đổi</h2>
          {changes.length === 0 ? (
            <p>Không số liệu, đánh giá nào thay đổi.</p>
          ) : (
            <ul>
              {changes.map((one) => (
                <li>{one}</li>
              ))}
            </ul>
          )}
        </section>
      )}
      {mayWrite && (
        <form method="post" action={draftAddress(draft, "xem-truoc")} class="buttons">
          <Mark />
          <input type="hidden" name="version" value={String(draft.version)} />
          {draft.state !== "submitted" && (
            <button type="submit" name="act" value="trinh" disabled={errors.length > 0}>
              Trình duyệt
            </button>
          )}
          <details>
            <summary>Bỏ dự thảo này</summary>
            <button type="submit" name="act" value="bo" class="plain">
              Bỏ hẳn, không lấy lại được
            </button>
          </details>
        </form>
      )}
      {draft.state === "submitted" && approval.mayApprove && (
        <form method="post" action={draftAddress(draft, "duyet")} class="buttons">
          <Mark />
          <input type="hidden" name="version" value={String(draft.version)} />
          <button type="submit">Duyệt: ghi tệp kế hoạch, bắt đầu thực hiện</button>
        </form>
      )}
      {draft.state === "submitted" && approval.mayReturn && (
        <form method="post" action={draftAddress(draft, "tra-lai")} class="row">
          <Mark />
          <label>
            Lý do trả lại
            <input name="reason" maxlength={300} required />
          </label>
          <button type="submit" class="plain">
            Trả lại
          </button>
        </form>
      )}
      <p class="actions">
        <a href={draftAddress(draft, "tep")}>Xem, sửa thẳng tệp kế hoạch (YAML)</a>
      </p>
    </Frame>
  );
};
