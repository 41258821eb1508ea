import type { Child, FC } from "hono/jsx";
import type { Area } from "../../sources/areas/area.ts";
import type { AreaFacts } from "../../sources/areas/area-files.ts";
import type { PlanCheck } from "../../sources/check/plan-check.ts";
import type { OfficeUnit } from "../../sources/office/office-unit.ts";
import type { PlanData } from "../../sources/writing/plan-writing.ts";
import { isCalendarDate, vietnameseDate } from "../../vocabulary/date.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import { DocumentPages } from "../page/document-pages.tsx";
import { Act, DESK, Fault, Lines, Mark, momentText, Page, Table, Told } from "../page/page.tsx";
import { dataOf, type PlanDraft } from "../plans/plan-drafts.ts";
import type { ExampleReport } from "../plans/plan-example.ts";
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
} from "../plans/plan-parts.ts";
import { type Field, saidAt } from "../plans/plan-places.ts";
import {
  measurePage,
  type Notice,
  placedNotices,
  STEP_NAMES,
  STEPS,
  stepOf,
} from "../plans/plan-problems.ts";
import { fieldsOf, filledData, labelOf, type PageOfDraft, quotaText } from "../plans/plan-steps.ts";
import {
  Fields,
  type Filled,
  Fold,
  LooseFields,
  Marks,
  NoticeItem,
  Paste,
  PlanCell,
} from "./plan-field-parts.tsx";
import { draftAddress, draftName, StateMark } from "./plan-list-page.tsx";

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
const Frame: FC<{ open: OpenDraft; page: string; title: string; children?: Child }> = ({
  open: { draft, notices, told, fault },
  page,
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
          const isOpen = page !== "tep" && one === stepOf(page);
          return (
            <li>
              <a href={draftAddress(draft, one)} aria-current={isOpen ? "step" : undefined}>
                {STEPS[one]}
              </a>
              {said > 0 && draft.steps.includes(one) && <small>{said} điểm cần xem</small>}
            </li>
          );
        })}
      </ol>
    </nav>
    <Told>{told}</Told>
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

/**
 * A step with its form, which is saved as a whole.
 * @param next where somebody goes on to
 * @param show what stands in it, of its fields and what they are filled with
 */
function stepForm(
  open: OpenDraft,
  { name, entry }: PageOfDraft,
  { title, next }: { readonly title: string; readonly next?: string },
  show: (filled: Filled, fields: readonly Field[]) => Child,
) {
  const { draft, notices, against, office, otherName = "", mayWrite } = open;
  const page = entry === "" ? name : `${name}/${entry}`;
  const fields = fieldsOf(draft, { name, entry }, open.check.resolved?.units);
  const data = filledData(draft, office);
  const isSeen = draft.steps.includes(stepOf(page));
  const own = notices.filter(
    (one) => one.page === page && (isSeen || one.problem.code === "to_decide"),
  );
  const { at, others } = placedNotices(own, fields, data);
  return (
    <Frame {...{ open, page, title }}>
      <form method="post" action={draftAddress(draft, page)} class="plan entry">
        <Mark />
        <Marks {...{ data, fields }} />
        {/* what Enter does in a field */}
        <button type="submit" name="act" value="luu" hidden>
          Lưu
        </button>
        {others.length > 0 && (
          <ul class="problems asked">
            {others.map((notice) => (
              <NoticeItem notice={notice} label={labelOf(draft, notice)} />
            ))}
          </ul>
        )}
        {show({ data, at, against, savedBy: otherName }, fields)}
        {mayWrite && (
          <p class="buttons">
            {next !== undefined && (
              <Act isMain act={`tiep ${next}`}>
                Lưu và tiếp tục
              </Act>
            )}
            <Act isMain={next === undefined} act="luu">
              Lưu
            </Act>
          </p>
        )}
      </form>
    </Frame>
  );
}

/** What is known of a page besides its draft. */
interface Asked {
  readonly open: OpenDraft;
  readonly page: PageOfDraft;
  /** What was typed besides fields. */
  readonly typed: Readonly<Record<string, string>>;
  /** What was looked for, and which areas are called so. */
  readonly search: { readonly words: string; readonly found: readonly AreaFacts[] };
}

const headStep = ({ open, page }: Asked) =>
  stepForm(open, page, { title: "Căn cứ", next: "chi-tieu" }, (filled, fields) => {
    const isHead = ({ at }: Field): boolean => !at.startsWith("document/") && at !== "approval";
    return (
      <>
        <Fields of={fields.filter(isHead)} filled={filled} />
        <Fold
          words="Thể thức báo cáo gửi lên trên, ai duyệt báo cáo"
          isOpen={filled.data.document !== undefined}
        >
          <Fields of={fields.filter((one) => !isHead(one))} filled={filled} />
        </Fold>
      </>
    );
  });

function targetsStep({ open, page, typed }: Asked) {
  const { draft, notices, mayWrite, check } = open;
  const data = dataOf(draft);
  const indicators = entriesOf(data, "indicators");
  const used = new Set(
    indicators.flatMap(({ name, entry }) => {
      const kind = kindOf(entry);
      return (kind?.roles ?? []).flatMap(([list]) =>
        namedIn(data, listPlace(name, kind as Kind), list),
      );
    }),
  );
  const undone = indicators.find(({ entry }) => !isMeasured(entry));
  const loose = entriesOf(data, "measures").filter(({ name }) => !used.has(name));
  const next = undone === undefined ? "don-vi" : `chi-tieu/${undone.name}`;
  return stepForm(open, page, { title: "Chỉ tiêu", next }, (filled, fields) => (
    <>
      {indicators.length > 0 && (
        <Table caption="Các chỉ tiêu" head={["Câu của kế hoạch", "Câu trả lời là", "Cần xem"]}>
          {indicators.map(({ name, entry }) => {
            const own = notices.filter((one) => one.page === `chi-tieu/${name}`);
            const line = check.targets.find((one) => one.startsWith(`${name} `));
            const chosen = kindOf(entry) ?? suggestedKind(entry);
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
                        <option value={id} selected={id === chosen?.id}>
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
                  <Act act={`cau ${index}`} of={said}>
                    Lập chỉ tiêu
                  </Act>
                  <Act act={`cau-bo ${index}`} of={said}>
                    Không phải chỉ tiêu
                  </Act>
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {mayWrite && (
        <fieldset>
          <legend>Thêm chỉ tiêu</legend>
          <Paste label="Câu của kế hoạch" name="quote" rows={3}>
            {typed.quote}
          </Paste>
          <KindChoice chosen={null} />
          <Act isMain act="them">
            Thêm chỉ tiêu
          </Act>
        </fieldset>
      )}
      <Fold words="Nhóm chỉ tiêu" isOpen={filled.at.size > 0}>
        <Fields of={fields} filled={filled} />
        <Paste label="Thêm nhóm, mỗi dòng một tên" name="groups" rows={2} />
      </Fold>
      {loose.length > 0 && (
        <section>
          <h2>Số liệu báo cáo mà không có mức</h2>
          <Lines
            of={loose.map(({ name, entry }) => (
              <a href={draftAddress(draft, `so-lieu/${name}`)}>{textAt(entry, "name") || name}</a>
            ))}
          />
        </section>
      )}
      {mayWrite && (
        <label>
          Thêm số liệu phải báo cáo mà không có mức: tên
          <input name="measure" maxlength={300} autocomplete="off" />
        </label>
      )}
    </>
  ));
}

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

function indicatorPage({ open, page }: Asked) {
  const { draft, mayWrite, check } = open;
  const code = page.entry;
  const quota = quotaText(draft, code, check);
  const codes = entriesOf(dataOf(draft), "indicators").map(({ name }) => name);
  const following = codes[codes.indexOf(code) + 1];
  const next = following === undefined ? "don-vi" : `chi-tieu/${following}`;
  const line = check.targets.find((one) => one.startsWith(`${code} `));
  return stepForm(open, page, { title: `Chỉ tiêu ${code}`, next }, (filled, fields) => {
    const { data } = filled;
    const entry = saidAt(data, `indicators/${code}`) as Entry;
    const kind = kindOf(entry);
    const show = (...starts: string[]) => (
      <Fields
        of={fields.filter(({ at }) =>
          starts.some((start) => at.startsWith(`indicators/${code}/${start}`)),
        )}
        filled={filled}
      />
    );
    const measures = fields.filter(({ at }) => at.startsWith("measures/"));
    return (
      <>
        <blockquote>{textAt(entry, "quote") || "Chưa có câu của kế hoạch."}</blockquote>
        {line !== undefined && (
          <p>
            Người đọc sẽ thấy: <strong>{line}</strong>
          </p>
        )}
        {show("quote", "code", "group", "name", "short_name", "unit_of_measure")}
        <h2>Đo bằng gì</h2>
        <KindChoice chosen={kind} />
        {kind === null ? (
          <p class="note">Chọn xong thì lưu để ghi tiếp số liệu.</p>
        ) : (
          <>
            {kind.roles.map((role) => (
              <Role {...{ code, kind, role, data }} />
            ))}
            {show("value/")}
            {[...new Set(measures.map(({ at }) => at.split("/")[1] ?? ""))].map((one) => (
              <MeasureFields code={one} of={measures} filled={filled} />
            ))}
          </>
        )}
        {statementsOf(data, code).map((place, index) => {
          const own = fields.filter(({ at }) => at.startsWith(`${place}/`));
          const only = (which: Field["only"]) => (
            <Fields of={own.filter((one) => one.only === which)} filled={filled} />
          );
          const isThere = (key: string) => saidAt(data, `${place}/${key}`) !== undefined;
          return (
            <>
              <h2>{index === 0 ? "Mức phải đạt" : `Mức điều chỉnh lần ${index}`}</h2>
              {only(undefined)}
              <Fold words="Mốc theo kỳ (ghi thay cho mức)" isOpen={isThere("at")}>
                {only("milestone")}
              </Fold>
              <Fold words="Số gốc mà tiến độ bắt đầu từ đó" isOpen={isThere("baseline")}>
                {only("baseline")}
              </Fold>
            </>
          );
        })}
        {quota !== null && (
          <Paste
            label="Mức giao từng nơi: dán từ Excel, mỗi dòng gồm nơi và mức"
            name="quota"
            rows={8}
          >
            {quota}
          </Paste>
        )}
        {show("added_rules", "from")}
        {mayWrite && (
          <Fold words="Điều chỉnh mức, bỏ chỉ tiêu">
            <p class="note" id="dieu-chinh">
              Điều đã đánh giá theo mức cũ giữ nguyên; mức mới áp dụng từ kỳ được chọn.
            </p>
            <p class="buttons">
              <Act act="dieu-chinh">Thêm mức điều chỉnh</Act>
              <Act act="bo">Bỏ chỉ tiêu này</Act>
            </p>
          </Fold>
        )}
      </>
    );
  });
}

/** One list of a value: what it names, and what can be added to it. */
const Role: FC<{ code: string; kind: Kind; role: Kind["roles"][number]; data: PlanData }> = ({
  code,
  kind,
  role: [list, words],
  data,
}) => {
  const named = namedIn(data, listPlace(code, kind), list);
  const section = list === "indicators" ? "indicators" : "measures";
  const nameOf = (one: string): string => textAt(saidAt(data, `${section}/${one}`), "name") || one;
  const others = entriesOf(data, section).filter(
    ({ name }) => !named.includes(name) && (section === "measures" || name !== code),
  );
  const suggested = suggestedNames((saidAt(data, `indicators/${code}`) ?? {}) as Entry)[list];
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
        <Paste
          label="Thêm số liệu mới: tên như người ghi số cần đọc, mỗi dòng một số liệu"
          name={`moi:${list}`}
          rows={2}
        >
          {named.length > 0 ? undefined : suggested}
        </Paste>
      )}
      <input type="hidden" name={`co:${list}`} value={named.join(" ")} />
    </fieldset>
  );
};

/** @param of fields of this measure and of others */
const MeasureFields: FC<{ code: string; of: readonly Field[]; filled: Filled }> = ({
  code,
  of,
  filled,
}) => {
  const name = textAt(saidAt(filled.data, `measures/${code}`), "name") || code;
  const only = (which: Field["only"]) =>
    of.filter((one) => one.at.startsWith(`measures/${code}/`) && one.only === which);
  return (
    <fieldset class="field">
      <legend>Số liệu: {name}</legend>
      <Fields of={only(undefined)} filled={filled} />
      <Fold words="Ít dùng" of={name}>
        <Fields of={only("rare")} filled={filled} />
      </Fold>
    </fieldset>
  );
};

const measureStep = ({ open, page }: Asked) =>
  stepForm(open, page, { title: "Số liệu", next: "chi-tieu" }, (filled, fields) => (
    <>
      <MeasureFields code={page.entry} of={fields} filled={filled} />
      {open.mayWrite && <Act act="bo">Bỏ số liệu này</Act>}
    </>
  ));

/** A table whose rows are fields; what one row is called stands before them where that is no field. */
const FieldTable: FC<{
  caption: string;
  /** Of any row, whose names are the heads of columns. */
  head: readonly Field[];
  /** What the row is called; each entry can be dropped by a box of that name. */
  first?: string;
  drop?: string;
  rows: readonly {
    readonly key: string;
    readonly name: string;
    readonly shown?: Child;
    readonly fields: readonly Field[];
  }[];
  filled: Filled;
}> = ({ caption, head, first, drop, rows, filled }) => (
  <Table
    caption={caption}
    head={[
      ...(first === undefined ? [] : [first]),
      ...head.map(({ label }) => label),
      ...(drop === undefined ? [] : ["Bỏ"]),
    ]}
  >
    {rows.map(({ key, name, shown = name, fields }) => (
      <tr>
        {first !== undefined && <th scope="row">{shown}</th>}
        {fields.map((field) => (
          <PlanCell {...{ field, filled }} row={name} />
        ))}
        {drop !== undefined && (
          <td data-label="Bỏ" class="of-tick">
            <input type="checkbox" name={drop} value={key} aria-label={`Bỏ ${name}`} />
          </td>
        )}
      </tr>
    ))}
  </Table>
);

const unitsStep = ({ open, page, search }: Asked) =>
  stepForm(open, page, { title: "Đơn vị, địa bàn", next: "ky" }, (filled) => {
    const { draft, mayWrite, check } = open;
    const { data } = filled;
    const units = entriesOf(data, "units");
    const measures = entriesOf(data, "measures");
    const { areas = [], units: reporting = [] } = check.resolved ?? {};
    return (
      <>
        <h2 id="dia-ban">Địa bàn</h2>
        <div class="pair">
          <label>
            Tìm địa bàn theo tên, có dấu hoặc không
            <input name="search" maxlength={80} autocomplete="off" value={search.words} />
          </label>
          <Act act="tim">Tìm</Act>
        </div>
        {search.words !== "" && <FoundAreas of={search.found} />}
        <Fields of={areaFields(data)} filled={filled} />
        {areas.length > 0 && (
          <>
            <p class="note">Báo cáo: {areas.map(({ called }) => called).join("; ")}.</p>
            <Fold words="Một địa bàn thôi báo cáo">
              <input type="hidden" name="reporting" value={reportingText(areas, data)} />
              <LooseFields of={goneFields(areas)} said={{}} />
              <Act act="thoi">Thôi báo cáo sau ngày ấy</Act>
            </Fold>
          </>
        )}
        <Fold
          words="Thêm địa bàn mà cơ quan chưa có"
          isOpen={draft.pasted.areas !== undefined || draft.areas.length > 0}
        >
          <Paste
            label="Dán từ Excel: mã, tên, loại (phường, xã, thành phố…), mã địa bàn ở trên (nếu có)"
            name="areas"
            rows={6}
          >
            {draft.pasted.areas}
          </Paste>
          {draft.areas.length > 0 && (
            <p class="note">
              Đã thêm: {draft.areas.map(({ code, name }) => `${code} ${name}`).join("; ")}.
            </p>
          )}
        </Fold>
        <h2 id="cac-don-vi">Đơn vị báo cáo</h2>
        {units.length > 0 && (
          <FieldTable
            caption="Các đơn vị"
            head={unitFields("")}
            drop="drop-unit"
            rows={units.map(({ name, entry }) => ({
              key: name,
              name: textAt(entry, "short_name") || name,
              fields: unitFields(name),
            }))}
            filled={filled}
          />
        )}
        <Paste
          label="Thêm đơn vị: gõ hoặc dán từ Excel, mỗi dòng gồm tên đầy đủ, tên gọn, chức vụ đầu mối, điện thoại, thư điện tử (chỉ tên là bắt buộc). Đơn vị có ở từng phường, xã thì ghi {area} ở chỗ tên phường, xã: UBND {area}. Đơn vị đã có thì chỉ ghi thêm đầu mối."
          name="units"
          id="them-don-vi"
          rows={4}
        >
          {draft.pasted.units}
        </Paste>
        {reporting.length > 0 && (
          <Fold words="Đầu mối của từng đơn vị, để mời tài khoản và đôn đốc">
            <FieldTable
              caption="Đầu mối"
              first="Đơn vị"
              head={contactFields("")}
              rows={[...unitsAsked(reporting)].map(([key, { short_name }]) => ({
                ...{ key, name: short_name, fields: contactFields(key) },
              }))}
              filled={filled}
            />
          </Fold>
        )}
        {measures.length > 0 && units.length > 0 && (
          <>
            <h2>Ai báo cáo số nào</h2>
            <FieldTable
              caption="Các số liệu"
              first="Số liệu"
              head={reporterFields(data, "")}
              rows={measures.map(({ name: key, entry }) => {
                const name = textAt(entry, "name") || key;
                const shown = <a href={draftAddress(draft, measurePage(data, key))}>{name}</a>;
                return { key, name, shown, fields: reporterFields(data, key) };
              })}
              filled={filled}
            />
          </>
        )}
        {mayWrite && (
          <p class="note">
            Kế hoạch được duyệt rồi thì quản trị mời mọi đơn vị một lần, ở mục “Tài khoản”.
          </p>
        )}
      </>
    );
  });

/** What an area that was found can be in a plan, by what is done then. */
const AREA_ACTS = {
  chon: "Là địa bàn của kế hoạch",
  "bao-cao": "Nơi này báo cáo",
  duoi: "Mọi nơi ngay dưới báo cáo",
};

const FoundAreas: FC<{ of: readonly AreaFacts[] }> = ({ of }) => (
  <ul class="findings" aria-label="Địa bàn tìm thấy">
    {of.length === 0 && <li>Không có địa bàn nào tên như vậy.</li>}
    {of.map(({ area, within, became }) => (
      <li>
        {area.code} {[area.name, ...within].join(", ")}
        {area.valid_to !== null && (
          <small>
            đến {vietnameseDate(area.valid_to)}
            {became.length > 0 && `, sau đó thành ${became.map(({ name }) => name).join(", ")}`}
          </small>
        )}
        <p class="buttons">
          {Object.entries(AREA_ACTS).map(([act, words]) => (
            <Act act={`${act} ${area.code}`} of={area.name}>
              {words}
            </Act>
          ))}
        </p>
      </li>
    ))}
  </ul>
);

/** `90001 90002@2026-07-01`: which areas report, from a day where that is not the first of the plan. */
function reportingText(areas: readonly Area[], data: PlanData): string {
  const start = textAt(data, "in_force_from");
  return areas
    .map(({ code, valid_from }) => ((valid_from ?? "") > start ? `${code}@${valid_from}` : code))
    .join(" ");
}

const periodsStep = ({ open, page, typed }: Asked) =>
  stepForm(open, page, { title: "Kỳ báo cáo", next: "xem-truoc" }, (filled) => {
    const { data } = filled;
    const periods = entriesOf(data, "periods");
    const year = (textAt(data, "in_force_from") || textAt(data, "issued_on")).slice(0, 4);
    const usual = { rhythm: "quarter", year, closed: "14", before: "20", later: "0" };
    return (
      <>
        {open.mayWrite && (
          <fieldset>
            <legend>Lập lịch theo quy tắc</legend>
            <LooseFields of={RULE_FIELDS} said={{ ...usual, ...typed }} />
            <p class="note">Kỳ đã có cùng mã được lập lại; các kỳ khác giữ nguyên.</p>
            <Act isMain act="lap">
              Lập lịch
            </Act>
          </fieldset>
        )}
        <span id="cac-ky" />
        {periods.length > 0 && (
          <FieldTable
            caption="Các kỳ"
            head={periodFields("")}
            drop="drop-period"
            rows={periods.map(({ name, entry }) => ({
              key: name,
              name: textAt(entry, "name") || name,
              fields: periodFields(name),
            }))}
            filled={filled}
          />
        )}
        <Weekends periods={periods.map(({ entry }) => entry)} />
      </>
    );
  });

/** Deadlines that fall on a weekend: nobody moves them, but somebody is to know. */
const Weekends: FC<{ periods: readonly unknown[] }> = ({ periods }) => {
  const found = periods.flatMap((one) => {
    const due = textAt(one, "due_before");
    if (!isCalendarDate(due)) return [];
    const last = new Date(Date.parse(due) - 24 * 3_600_000);
    const day = { 0: "Chủ nhật", 6: "thứ Bảy" }[last.getUTCDay()];
    const when = `${day}, ${vietnameseDate(last.toISOString())}`;
    return day === undefined ? [] : [`${textAt(one, "name")}: ngày cuối để gửi là ${when}`];
  });
  return found.length === 0 ? null : (
    <section>
      <h2>Hạn gửi trùng ngày nghỉ</h2>
      <p class="note">Hạn giữ nguyên như kế hoạch nêu; muốn lùi thì sửa ngày ở trên.</p>
      <Lines of={found} />
    </section>
  );
};

/** The text of the file itself. */
const textStep = ({ open, page, typed }: Asked) =>
  stepForm(open, page, { title: "Tệp kế hoạch" }, () => (
    <>
      <ul class="problems">
        {open.notices.map(({ problem }) => (
          <li class={problem.severity}>
            Dòng {problem.line ?? 1}: {problem.field} {problem.found}{" "}
            <span class="note">{problem.remedy}</span>
          </li>
        ))}
      </ul>
      <Paste label="Nội dung tệp (YAML)" name="text" rows={30} isCode>
        {typed.text ?? open.draft.text}
      </Paste>
    </>
  ));

const STEP_PAGES: Readonly<Record<string, (asked: Asked) => ReturnType<typeof stepForm>>> = {
  "can-cu": headStep,
  "chi-tieu": (asked) => (asked.page.entry === "" ? targetsStep(asked) : indicatorPage(asked)),
  "so-lieu": measureStep,
  "don-vi": unitsStep,
  ky: periodsStep,
  tep: textStep,
};
/** The sections whose entries have pages of their own. */
const SECTIONS: Readonly<Record<string, string>> = {
  "chi-tieu": "indicators",
  "so-lieu": "measures",
};

/** The page of a draft; null where there is none of that name. */
export function stepPage(open: OpenDraft, page: PageOfDraft, more: Omit<Asked, "open" | "page">) {
  const { name, entry } = page;
  const isThere =
    entry === ""
      ? name !== "so-lieu"
      : saidAt(dataOf(open.draft), `${SECTIONS[name]}/${entry}`) !== undefined;
  return isThere ? (STEP_PAGES[name]?.({ open, page, ...more }) ?? null) : null;
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
  const isSubmitted = draft.state === "submitted";
  const version = <input type="hidden" name="version" value={String(draft.version)} />;
  return (
    <Frame open={open} page="xem-truoc" title="Xem trước">
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
        <Lines of={check.targets} />
      )}
      <h2>Biểu mẫu của từng loại đơn vị</h2>
      {resolved === null || plan === null ? (
        <p>Sửa xong các lỗi thì xem và tải được biểu mẫu.</p>
      ) : (
        <>
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
          <p>
            <a href={draftAddress(draft, "bao-cao-vi-du")}>
              Xem báo cáo ví dụ của kỳ đầu, với số liệu giả định
            </a>
          </p>
        </>
      )}
      {changes !== null && (
        <section>
          <h2>Số liệu và đánh giá sẽ thay đổi</h2>
          {changes.length === 0 ? (
            <p>Không số liệu, đánh giá nào thay đổi.</p>
          ) : (
            <Lines of={changes} />
          )}
        </section>
      )}
      {mayWrite && (
        <form method="post" action={draftAddress(draft, "xem-truoc")} class="buttons">
          <Mark />
          {version}
          {!isSubmitted && (
            <Act isMain act="trinh" isDisabled={errors.length > 0}>
              Trình duyệt
            </Act>
          )}
          <Fold words="Bỏ dự thảo này">
            <Act act="bo">Bỏ hẳn, không lấy lại được</Act>
          </Fold>
        </form>
      )}
      {isSubmitted && approval.mayApprove && (
        <form method="post" action={draftAddress(draft, "duyet")} class="buttons">
          <Mark />
          {version}
          <button type="submit">Duyệt: ghi tệp kế hoạch, bắt đầu thực hiện</button>
        </form>
      )}
      {isSubmitted && approval.mayReturn && (
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
