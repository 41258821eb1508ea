import type { FC } from "hono/jsx";
import { entryKey, type FormFilling } from "../../forms/filling.ts";
import { formFileName } from "../../forms/form-files.ts";
import {
  choicesOf,
  explanation,
  HEADER,
  instructions,
  periodLine,
  REMARK_LABEL,
} from "../../forms/form-wording.ts";
import { titleOfTable } from "../../forms/labels.ts";
import { type FormLayout, type FormTable, limitOf, targetsOfForm } from "../../forms/layout.ts";
import { lastDayBefore, vietnameseDate } from "../../vocabulary/date.ts";
import { REMARK_HEADS } from "../../vocabulary/form-code.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import type { Problem } from "../../vocabulary/problem.ts";
import { ANSWERS } from "../../vocabulary/words.ts";
import {
  ALL_OFFERS,
  type EntryFaults,
  entriesOf,
  type FiguresBefore,
  MAX_NOTE,
  MAX_REMARK,
  MAX_VALUE,
  NIL_FIELD,
  noteField,
  OFFER_FIELD,
  offersFor,
  remarkField,
  shownTyped,
  valueField,
} from "../office/online-form.ts";
import { Act, Basis, DESK, Form, Lines, Page, Select, Table } from "../page/page.tsx";

export interface OnlineForm {
  readonly layout: FormLayout;
  readonly filling: FormFilling;
  readonly before: FiguresBefore | null;
  /** Null before it was looked at. */
  readonly faults: EntryFaults | null;
  /** A notice above the form. */
  readonly done: string | null;
  readonly fault: string | null;
  /** Of the draft that the page shows; empty where there is none. */
  readonly savedAt: string;
  /** The doubts that whoever fills it in has been shown. */
  readonly seen: string;
  /** What is replaced when it is sent, and by which plan it is filled in. */
  readonly basis: unknown;
}

/** The address of the form of a report, to be filled in on the page. */
export function onlineAddress(plan: string, period: string, unit: string): string {
  return `${DESK}/nhap/${[plan, period, unit].map(encodeURIComponent).join("/")}`;
}

/** The same rows and columns as on the Excel form. */
export const OnlineFormPage: FC<OnlineForm> = ({
  layout,
  filling,
  before,
  faults,
  done,
  fault,
  savedAt,
  seen,
  basis,
}) => {
  const { plan, unit, period, tables } = layout;
  const found = faults === null ? [] : [...[...faults.at.values()].flat(), ...faults.others];
  const targets = targetsOfForm(layout).map((lines) => lines.join(". "));
  const offers = offersFor(filling, before).size;
  const errors = found.filter(({ severity }) => severity === "error").length;
  const address = onlineAddress(plan.plan.id, period.code, unit.code);
  return (
    <Page title={`Nhập báo cáo ${inSentence(period.name)}`} open="viec" script="nhap.js">
      <h1>Nhập báo cáo</h1>
      <dl>
        <dt>Đơn vị</dt>
        <dd>{unit.name}</dd>
        <dt>Kỳ báo cáo</dt>
        <dd>{periodLine(period)}</dd>
        <dt>Kế hoạch</dt>
        <dd>
          {plan.plan.number}, {plan.plan.short_title}
        </dd>
        <dt>Hạn gửi</dt>
        <dd>{vietnameseDate(lastDayBefore(period.due_before))}</dd>
      </dl>
      <div id="ket-qua" aria-live="polite">
        {done && <p class="done">{done}</p>}
        {fault && <p class="fault">{fault}</p>}
        {faults !== null && found.length === 0 && (
          <p class="done">Đã kiểm tra: không có điểm nào phải sửa hoặc giải trình.</p>
        )}
        {found.length > 0 && (
          <p class={errors > 0 ? "fault" : "asked"}>
            {errors > 0
              ? `Còn ${errors} điểm phải sửa trước khi gửi.`
              : `Có ${found.length} điểm cần xem lại. Nếu số liệu đúng, vẫn gửi được và giải trình sau khi gửi.`}
          </p>
        )}
        {faults !== null && <Faults problems={faults.others} />}
      </div>
      <Form action={address} class="entry" id="bieu">
        <Basis of={basis} />
        <input type="hidden" name="saved_at" value={savedAt} />
        <input type="hidden" name="seen" value={seen} />
        {/* Enter in a field presses the first button */}
        <button type="submit" name="act" value="kiem-tra" class="unseen" tabindex={-1}>
          Kiểm tra
        </button>
        <ul class="note">
          {instructions(period, unit.area).map((line) => (
            <li>{line.replace("Chỉ nhập vào các ô nền vàng. ", "")}</li>
          ))}
        </ul>
        {targets.length > 0 && (
          <details>
            <summary>Số liệu của biểu dùng cho chỉ tiêu nào, đo thế nào</summary>
            <Lines of={targets} />
          </details>
        )}
        <label class="tick">
          <input type="checkbox" name={NIL_FIELD} value="1" checked={filling.nilReturn} />
          Cả biểu không phát sinh trong kỳ: các ô để trống được hiểu là không phát sinh; số có tại
          ngày chốt số liệu vẫn phải ghi
        </label>
        {before !== null && (
          <p class="note">Kỳ trước: số đơn vị đã báo cáo {inSentence(before.periodName)}.</p>
        )}
        {offers > 1 && (
          <p class="buttons">
            <button type="submit" name={OFFER_FIELD} value={ALL_OFFERS} class="plain">
              Ghi như kỳ trước cả {offers} số ít thay đổi còn để trống
            </button>
          </p>
        )}
        {tables.map((table, index) => (
          <EntryTable {...{ layout, table, index, filling, before, faults }} />
        ))}
        {REMARK_HEADS.map((head) => (
          <div class="words">
            <label for={`y-kien-${head}`}>{REMARK_LABEL[head]}</label>
            <Words
              name={remarkField(head)}
              id={`y-kien-${head}`}
              faultsId={`loi-${head}`}
              rows={3}
              maxlength={MAX_REMARK}
              problems={faults?.at.get(remarkField(head)) ?? []}
            >
              {filling.remarks?.[head] ?? ""}
            </Words>
          </div>
        ))}
        <datalist id="tra-loi">
          <option value={ANSWERS.nil.word} />
        </datalist>
        <p class="buttons" id="nut">
          <Act act="gui" isMain>
            {errors === 0 && found.length > 0 ? "Vẫn gửi báo cáo" : "Gửi báo cáo"}
          </Act>
          <Act act="kiem-tra">Kiểm tra</Act>
          <Act act="luu">Lưu bản nháp</Act>
          {savedAt !== "" && (
            <button type="submit" name="act" value="bo" class="plain" formnovalidate>
              Bỏ bản nháp
            </button>
          )}
        </p>
        {savedAt !== "" && (
          <p>
            <a href={`${address}/bieu`} download={formFileName(layout)}>
              Tải biểu đã điền (.xlsx) để in, ký
            </a>
          </p>
        )}
      </Form>
    </Page>
  );
};

export const EntryTable: FC<{
  layout: FormLayout;
  table: FormTable;
  index: number;
  filling: FormFilling;
  before?: FiguresBefore | null;
  faults: EntryFaults | null;
}> = ({ layout, table, index, filling, before = null, faults }) => {
  const offers = offersFor(filling, before);
  const { areas, rows } = table;
  const keys = entriesOf(layout).map(({ key }) => key);
  // where the areas take several tables, the note stands in the first of them
  const hasNote = layout.tables.findIndex((one) => one.rows === rows) === index;
  const title = titleOfTable(layout, index, table) ?? "Số liệu của đơn vị";
  return (
    <Table
      caption={title}
      kind={areas === null ? "cards" : "board"}
      head={[
        HEADER.measure,
        ...(areas?.map(({ name }) => name) ?? [HEADER.value]),
        ...(hasNote ? [HEADER.note] : []),
      ]}
    >
      {rows.map(({ number, measure }) => (
        <tr>
          <th scope="row">
            {number}. {measure.name}
            <small>
              Đơn vị tính: {measure.unit_of_measure}.{" "}
              {explanation(measure, limitOf(layout, measure))}
            </small>
          </th>
          {(areas?.map(({ code, name }) => ({ code, name })) ?? [{ code: "", name: "" }]).map(
            ({ code, name }) => {
              const key = entryKey(measure.code, code);
              const problems = faults?.at.get(valueField(key)) ?? [];
              return (
                <td>
                  <Entry
                    name={valueField(key)}
                    faultsId={`loi-${keys.indexOf(key) + 1}`}
                    label={name === "" ? measure.name : `${measure.name}, ${name}`}
                    value={filling.values.get(key) ?? ""}
                    choices={choicesOf(measure)}
                    isFlow={measure.over_time !== "last"}
                    problems={problems}
                  />
                  <Before
                    {...{ entry: key, value: before?.values.get(key), label: measure.name }}
                    isOffered={offers.has(key)}
                  />
                </td>
              );
            },
          )}
          {hasNote && (
            <td>
              <Words
                name={noteField(measure.code)}
                faultsId={`loi-ghi-chu-${number}`}
                rows={1}
                maxlength={MAX_NOTE}
                label={`${HEADER.note}: ${measure.name}`}
                placeholder={HEADER.note}
                problems={faults?.at.get(noteField(measure.code)) ?? []}
              >
                {filling.notes.get(measure.code) ?? ""}
              </Words>
            </td>
          )}
        </tr>
      ))}
    </Table>
  );
};

/** The figure of the period before, which one press takes where it seldom changes. */
const Before: FC<{
  entry: string;
  value: string | undefined;
  label: string;
  isOffered: boolean;
}> = ({ entry, value, label, isOffered }) => {
  if (value === undefined) return null;
  const shown = shownTyped(value);
  return (
    <>
      {isOffered && (
        <button
          type="submit"
          name={OFFER_FIELD}
          value={entry}
          class="offer"
          aria-label={`Như kỳ trước: ${shown}, ${label}`}
          data-offer={value}
        >
          Như kỳ trước: {shown}
        </button>
      )}
      {/* seen once the offer is taken */}
      <small class="before">Kỳ trước: {shown}</small>
    </>
  );
};

const Entry: FC<{
  name: string;
  /** The id of the faults listed for it. */
  faultsId: string;
  label: string;
  value: string;
  /** What it is answered with; null: with a number. */
  choices: readonly string[] | null;
  isFlow: boolean;
  problems: readonly Problem[];
}> = ({ name, faultsId, label, value, choices, isFlow, problems }) => {
  const marks = { name, "aria-label": label, ...faultMarks(faultsId, problems) };
  const strange = value === "" || choices?.includes(value) === true ? [] : [value];
  return (
    <>
      {choices !== null ? (
        <Select
          {...marks}
          of={["", ...choices, ...strange].map((one) => [one, one] as const)}
          chosen={value}
        />
      ) : (
        <input
          {...marks}
          value={value}
          maxlength={MAX_VALUE}
          autocomplete="off"
          {...(isFlow ? { list: "tra-loi" } : { inputmode: "decimal" })}
        />
      )}
      <div id={faultsId} class="entry-faults">
        <Faults problems={problems} />
      </div>
    </>
  );
};

/** A field for words. */
const Words: FC<{
  id?: string;
  name: string;
  faultsId: string;
  rows: number;
  maxlength: number;
  /** Where no label stands around it. */
  label?: string;
  placeholder?: string;
  problems: readonly Problem[];
  children: string;
}> = ({ faultsId, label, problems, children, ...field }) => (
  <>
    <textarea
      {...field}
      {...faultMarks(faultsId, problems)}
      {...(label === undefined ? {} : { "aria-label": label })}
    >
      {children}
    </textarea>
    <div id={faultsId} class="entry-faults">
      <Faults problems={problems} />
    </div>
  </>
);

/** What leads from a field to its faults. */
function faultMarks(faultsId: string, problems: readonly Problem[]) {
  const isWrong = problems.some(({ severity }) => severity === "error");
  return {
    "aria-describedby": faultsId,
    ...(isWrong ? { "aria-invalid": "true" as const } : {}),
  };
}

const Faults: FC<{ problems: readonly Problem[] }> = ({ problems }) =>
  problems.length === 0 ? null : (
    <ul class="problems">
      {problems.map(({ severity, found, remedy }) => (
        <li class={severity}>
          {found} <span class="note">{remedy}</span>
        </li>
      ))}
    </ul>
  );
