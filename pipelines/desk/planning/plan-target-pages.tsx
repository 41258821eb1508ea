import type { FC } from "hono/jsx";
import type { PlanData } from "../../sources/writing/plan-writing.ts";
import { Act, Lines, Select, Table } from "../page/page.tsx";
import { dataOf } from "../plans/plan-drafts.ts";
import { isMeasured, KINDS, type Kind, kindOf, listPlace, namedIn } from "../plans/plan-kinds.ts";
import { type Entry, entriesOf, statementsOf, textAt } from "../plans/plan-parts.ts";
import { type Field, getAt } from "../plans/plan-places.ts";
import { isLight } from "../plans/plan-problems.ts";
import { quotaText, targetRead } from "../plans/plan-steps.ts";
import { suggestedKind, suggestedWays, WAY_SIGN } from "../plans/plan-suggestions.ts";
import { Fields, type Filled, Fold, Paste, ReadTarget } from "./plan-field-parts.tsx";
import { draftAddress } from "./plan-list-page.tsx";
import { type AskedStep, stepForm } from "./plan-step-form.tsx";

export function targetsStep({ open, page, typed }: AskedStep) {
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
            const own = notices.filter((one) => one.page === `chi-tieu/${name}` && !isLight(one));
            const line = targetRead(draft, name, check);
            const [chosen, suggested] = [kindOf(entry), suggestedKind(entry)];
            return (
              <tr>
                <th scope="row">
                  <a href={draftAddress(draft, `chi-tieu/${name}`)}>
                    {name} {textAt(entry, "short_name") || textAt(entry, "name")}
                  </a>
                  <small>{textAt(entry, "quote")}</small>
                  {line !== null && <ReadTarget of={line} />}
                </th>
                <td data-label="Câu trả lời là" class="of-choice">
                  {kindOf(entry) === null && entry.value !== undefined ? (
                    "ghi trong tệp"
                  ) : (
                    <select name={`kind:${name}`} aria-label={`Câu trả lời của chỉ tiêu ${name}`}>
                      {chosen === null && <option value="">– chọn –</option>}
                      {KINDS.map(({ id, words }) => (
                        <option value={id} selected={id === chosen?.id}>
                          {words}
                        </option>
                      ))}
                    </select>
                  )}
                  {entry.value === undefined && suggested !== null && (
                    <small>gợi ý theo câu: {suggested.words}</small>
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
            {draft.sentences.map(({ said: sentence, place }, index) => (
              <li>
                <p>{sentence}</p>
                <p class="note">{place}</p>
                <p class="buttons">
                  <Act act={`cau ${index}`} of={sentence}>
                    Lập chỉ tiêu
                  </Act>
                  <Act act={`cau-bo ${index}`} of={sentence}>
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
          <Paste
            label="Câu của kế hoạch"
            name="quote"
            rows={3}
            fault={open.faultAt === "quote" ? open.fault : undefined}
          >
            {typed.quote}
          </Paste>
          <KindChoice chosen={KINDS.find(({ id }) => id === typed.kind) ?? null} />
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

export function indicatorPage({ open, page }: AskedStep) {
  const { draft, mayWrite, check } = open;
  const code = page.entry;
  const quota = quotaText(draft, code, check);
  const codes = entriesOf(dataOf(draft), "indicators").map(({ name }) => name);
  const following = codes[codes.indexOf(code) + 1];
  const next = following === undefined ? "don-vi" : `chi-tieu/${following}`;
  const line = targetRead(draft, code, check);
  return stepForm(open, page, { title: `Chỉ tiêu ${code}`, next }, (filled, fields) => {
    const { data } = filled;
    const entry = getAt(data, `indicators/${code}`) as Entry;
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
        {line !== null && (
          <p class="read">
            <ReadTarget of={line} />
          </p>
        )}
        {show("quote", "code", "group", "name", "short_name", "unit_of_measure")}
        <h2 id="do-bang-gi">Đo bằng gì</h2>
        <KindChoice chosen={kind} />
        {kind === null ? (
          <p class="note">Chọn xong thì lưu để ghi tiếp số liệu.</p>
        ) : (
          <>
            <Ways {...{ code, kind, data }} />
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
          const isThere = (key: string) => getAt(data, `${place}/${key}`) !== undefined;
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

/** What a target counts, as its words can be read: a question where they leave a choice. */
const Ways: FC<{ code: string; kind: Kind; data: PlanData }> = ({ code, kind, data }) => {
  const { ways, isCertain } = waysOf({ code, kind, data });
  if (isCertain || ways.length === 0) return null;
  return (
    <fieldset class="field">
      <legend>Đo bằng gì? Câu của kế hoạch có thể hiểu nhiều cách</legend>
      {ways.map((way) => (
        <label class="tick">
          <input type="radio" name="way" value={way.join(WAY_SIGN)} />
          {way.join(WAY_SIGN)}
        </label>
      ))}
      <label class="tick">
        <input type="radio" name="way" value="" />
        Khác: ghi tên ở dưới
      </label>
    </fieldset>
  );
};

/** None once something is named. */
function waysOf({ code, kind, data }: { code: string; kind: Kind; data: PlanData }) {
  const isNamed = kind.roles.some(
    ([list]) => namedIn(data, listPlace(code, kind), list).length > 0,
  );
  const entry = (getAt(data, `indicators/${code}`) ?? {}) as Entry;
  return isNamed ? { ways: [], isCertain: false } : suggestedWays(entry, kind);
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
  const nameOf = (one: string): string => textAt(getAt(data, `${section}/${one}`), "name") || one;
  const others = entriesOf(data, section).filter(
    ({ name }) => !named.includes(name) && (section === "measures" || name !== code),
  );
  const { ways, isCertain } = waysOf({ code, kind, data });
  const suggested = ways[0]?.[kind.roles.findIndex(([one]) => one === list)];
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
        <Select
          name={`them:${list}`}
          of={[["", "–"], ...others.map(({ name }) => [name, nameOf(name)] as const)]}
        >
          Thêm {section === "measures" ? "số liệu đã có" : "chỉ tiêu"}
        </Select>
      )}
      {section === "measures" && (
        <Paste
          label="Thêm số liệu mới: tên như người ghi số cần đọc, mỗi dòng một số liệu"
          name={`moi:${list}`}
          rows={2}
        >
          {isCertain ? suggested : undefined}
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
  const name = textAt(getAt(filled.data, `measures/${code}`), "name") || code;
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

export const measureStep = ({ open, page }: AskedStep) =>
  stepForm(open, page, { title: "Số liệu", next: "chi-tieu" }, (filled, fields) => (
    <>
      <MeasureFields code={page.entry} of={fields} filled={filled} />
      {open.mayWrite && <Act act="bo">Bỏ số liệu này</Act>}
    </>
  ));
