import type { FC } from "hono/jsx";
import type { PlanData } from "../../sources/writing/plan-writing.ts";
import { Act, Lines, Select, Table } from "../page/page.tsx";
import { isToConfirm, readingMark, sentencesRead } from "../plans/plan-confirming.ts";
import { dataOf } from "../plans/plan-drafts.ts";
import {
  isMeasured,
  KINDS,
  type Kind,
  kindOf,
  listPlace,
  measuresNamed,
  namedIn,
} from "../plans/plan-kinds.ts";
import { type Entry, entriesOf, statementsOf, textAt } from "../plans/plan-parts.ts";
import { type Field, getAt } from "../plans/plan-places.ts";
import { isMark } from "../plans/plan-problems.ts";
import { beforeText, quotaText, targetRead } from "../plans/plan-steps.ts";
import { suggestedWays, WAY_SIGN, type Way } from "../plans/plan-suggestions.ts";
import { Fields, type Filled, Fold, fieldNamed, Paste, ReadTarget } from "./plan-field-parts.tsx";
import { draftAddress } from "./plan-list-page.tsx";
import { type AskedStep, stepForm } from "./plan-step-form.tsx";

export function targetsStep({ open, page, typed }: AskedStep) {
  const { draft, notices, mayWrite, check } = open;
  const data = dataOf(draft);
  const indicators = entriesOf(data, "indicators");
  const used = new Set(indicators.flatMap(({ name }) => [...measuresNamed(data, name)]));
  const undone = indicators.find(
    ({ name, entry }) => isToConfirm(data, `chi-tieu/${name}`) || !isMeasured(entry),
  );
  const left = sentencesRead(data, "chi-tieu");
  const loose = entriesOf(data, "measures").filter(({ name }) => !used.has(name));
  const next = undone === undefined ? "don-vi" : `chi-tieu/${undone.name}`;
  return stepForm(open, page, { title: "Chỉ tiêu", next }, (filled, fields) => (
    <>
      {indicators.length > 0 && (
        <Table caption="Các chỉ tiêu" head={["Câu của kế hoạch", "Cần xem"]}>
          {indicators.map(({ name, entry }) => {
            const page = `chi-tieu/${name}`;
            const own = notices.filter((one) => one.page === page);
            const line = targetRead(draft, name, check);
            return (
              <tr>
                <th scope="row">
                  <a href={draftAddress(draft, `chi-tieu/${name}`)}>
                    {name} {textAt(entry, "short_name") || textAt(entry, "name")}
                  </a>
                  <small>{textAt(entry, "quote")}</small>
                  {line !== null && <ReadTarget of={line} />}
                </th>
                <td data-label="Cần xem">
                  {isToConfirm(data, page)
                    ? "chưa đối chiếu"
                    : own.length === 0
                      ? "–"
                      : `${own.length} điểm`}
                </td>
              </tr>
            );
          })}
        </Table>
      )}
      {left.length > 0 && (
        <section>
          <h2>Câu có con số mà chưa thành chỉ tiêu</h2>
          <ul class="findings">
            {left.map(({ quote: sentence, place }, index) => (
              <li>
                <p>
                  <Marked words={sentence} />
                </p>
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
  const entry = getAt(dataOf(draft), `indicators/${code}`) as Entry;
  const kind = kindOf(entry);
  const ways = waysOf(entry, kind);
  const asked = ways.length > 0 ? { asked: / › value(?:\.of)?\.\p{L}+$/u } : {};
  return stepForm(open, page, { title: `Chỉ tiêu ${code}`, next, ...asked }, (filled, fields) => {
    const { data } = filled;
    const isToCompare = isToConfirm(data, `chi-tieu/${code}`);
    const notices = open.notices.filter((one) => one.page === `chi-tieu/${code}`);
    const measures = fields.filter(({ at }) => at.startsWith("measures/"));
    const unsaid = measures.filter((one) => isAskedOver(one, data));
    const isAsked = ways.length + unsaid.length > 0;
    const isAt = ({ at }: Field): boolean => filled.at.has(at) || filled.against.has(at);
    const isWrong = (...starts: string[]): boolean =>
      [...filled.at.keys(), ...filled.against.keys()].some((at) =>
        starts.some((start) => at.startsWith(`indicators/${code}/${start}`)),
      );
    const show = (...starts: string[]) => (
      <Fields
        of={fields.filter(({ at }) =>
          starts.some((start) => at.startsWith(`indicators/${code}/${start}`)),
        )}
        filled={filled}
      />
    );
    return (
      <>
        <section id="doi-chieu" tabindex={-1}>
          <blockquote>
            <Marked words={textAt(entry, "quote") || "Chưa có câu của kế hoạch."} />
          </blockquote>
          {line !== null && (
            <p class="read">
              <ReadTarget of={line} compared={draft.confirmed[`chi-tieu/${code}`]} />
            </p>
          )}
          <Ways of={ways} />
          {unsaid.map((field) => (
            <OverTime field={field} data={data} />
          ))}
          {isToCompare && (
            <>
              <Lines of={notices.filter(isMark).map(({ problem }) => `Xem kỹ: ${problem.found}`)} />
              <p class="buttons">
                {(line !== null || quota !== null) && (
                  <Act isMain act="doi-chieu">
                    Đúng
                  </Act>
                )}
                <a class="button plain" href="#do-bang-gi">
                  Sửa
                </a>
                <Act act="bo">Không phải chỉ tiêu</Act>
              </p>
              <input type="hidden" name="reading" value={readingMark(draft, `chi-tieu/${code}`)} />
            </>
          )}
        </section>
        <Fold
          words="Câu, tên gọi, đơn vị tính"
          isOpen={isWrong("quote", "code", "group", "name", "short_name", "unit_of_measure")}
        >
          {show("quote", "code", "group", "name", "short_name", "unit_of_measure")}
        </Fold>
        <Fold
          words="Đo bằng gì"
          id="do-bang-gi"
          isOpen={!isAsked && (!isMeasured(entry) || measures.some(isAt) || isWrong("value"))}
        >
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
        </Fold>
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
        {kind?.id.startsWith("change:") && (
          <Fold
            words="Số của thời gian được so"
            isOpen={notices.some(({ words }) => words.endsWith(" › value"))}
          >
            {[...measuresNamed(data, code)].map((one) => (
              <Paste
                label={`${textAt(getAt(data, `measures/${one}`), "name")}: mỗi dòng gồm kỳ, số (cộng dồn thì ghi lũy kế), văn bản nêu số, mã nơi nếu là số của riêng một nơi. Để trống thì giữ số đã ghi trước đây.`}
                name={`truoc:${one}`}
                rows={5}
              >
                {beforeText(draft, one, textAt(entry, "value", "from"))}
              </Paste>
            ))}
          </Fold>
        )}
        {quota !== null && (
          <Paste
            label="Mức giao từng nơi: dán từ Excel, mỗi dòng gồm nơi và mức"
            name="quota"
            rows={8}
          >
            {quota}
          </Paste>
        )}
        <Fold
          words="Quy ước thêm, kỳ bắt đầu"
          isOpen={
            isWrong("added_rules", "from") ||
            fieldNamed([...filled.at.values()].flat(), fields) !== undefined
          }
        >
          {show("added_rules", "from")}
        </Fold>
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

/** Words of the document with the numbers in them made to stand out. */
const Marked: FC<{ words: string }> = ({ words }) => (
  <>
    {words
      .split(/(\d[\d.,/]*(?:\s*[%‰])?)/u)
      .map((one, no) => (no % 2 === 1 ? <mark>{one}</mark> : one))}
  </>
);

/** The ways in which what a target counts can be read; none once something is named. */
function waysOf(entry: Entry, kind: Kind | null): readonly Way[] {
  return kind === null || isMeasured(entry) ? [] : suggestedWays(entry, kind).ways;
}

const Ways: FC<{ of: readonly Way[] }> = ({ of }) =>
  of.length > 0 && (
    <>
      <p>Đo bằng gì? Không cách nào dưới đây đúng thì mở “Đo bằng gì”.</p>
      <p class="buttons">
        {of.map((way) => (
          <Act act={`cach ${way.join(WAY_SIGN)}`}>{way.join(WAY_SIGN)}</Act>
        ))}
      </p>
    </>
  );

/** Whether nobody has said how the figures of a year come of those of its periods, and no name tells. */
const isAskedOver = ({ at }: Field, data: PlanData): boolean =>
  at.endsWith("/over_time") && getAt(data, at) === undefined;

const OverTime: FC<{ field: Field; data: PlanData }> = ({ field: { at, options = [] }, data }) => (
  <>
    <p>
      {textAt(getAt(data, at.replace("/over_time", "")), "name")}: số của năm lấy từ các kỳ thế nào?
    </p>
    <p class="buttons">
      {options.map(
        ([value, words]) => value !== "" && <Act act={`dung ${at} ${value}`}>{words}</Act>,
      )}
    </p>
  </>
);

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
        />
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
