import type { Child, FC } from "hono/jsx";
import { isSection } from "../../sources/plan/plan-path.ts";
import type { TargetLines } from "../../sources/targets/target-lines.ts";
import type { PlanData } from "../../sources/writing/plan-writing.ts";
import { Act, momentText, Select } from "../page/page.tsx";
import type { PlanDraft } from "../plans/plan-drafts.ts";
import { type Field, fieldId, marksOf, shownIn } from "../plans/plan-places.ts";
import { formWording, isMark, meantBy, type Notice } from "../plans/plan-problems.ts";

/** What a form of a plan is filled with. */
export interface Filled {
  readonly data: PlanData;
  /** Those of its page. */
  readonly fields: readonly Field[];
  /** What `plan check` says, by field. */
  readonly at: ReadonlyMap<string, readonly Notice[]>;
  /** What was typed where somebody else has saved something else meanwhile, by field. */
  readonly against: ReadonlyMap<string, string>;
  /** Who changed the plan last. */
  readonly savedBy: string;
  /** The field in which the page opens. */
  readonly first?: string | undefined;
}

/** Why a page was not gone on from, and the field in which that is mended. */
interface Stopped {
  readonly fault?: string | undefined;
  readonly faultAt?: string | undefined;
}

/** By which the form knows what has changed since it was opened, and its script that it was saved. */
export const Marks: FC<{ data: PlanData; fields: readonly Field[] }> = ({ data, fields }) => (
  <>
    <input type="hidden" name="_marks" value={marksOf(data, fields)} />
    <input type="hidden" name="_sent" />
  </>
);

const TICKS: ReadonlySet<Field["input"]> = new Set(["tick", "yesNo"]);

/** Fields beside one another, as many as there is room for. */
export const Fields: FC<{ of: readonly Field[]; filled: Filled }> = ({ of, filled }) => (
  <div class="columns">
    {of.map((field) => (
      <PlanField {...{ field, filled }} />
    ))}
  </div>
);

/** Fields that are no places of the plan. */
export const LooseFields: FC<{ of: readonly Field[]; data: PlanData; open: Stopped }> = ({
  of,
  data,
  open: { fault: found = "", faultAt: first = "" },
}) => {
  const problem = { severity: "error", code: "", file: "", found, remedy: "" } as const;
  const notice: Notice = { problem, words: "", step: "can-cu", page: "" };
  const at = new Map([[first, [notice]]]);
  const filled = { data, fields: of, at, against: new Map(), savedBy: "", first };
  return <Fields of={of} filled={filled} />;
};

/** Who has found that something is what the document says. */
export const comparedBy = ({ name, at }: PlanDraft["saved"]): string =>
  `Do ${name} đối chiếu với văn bản lúc ${momentText(new Date(at))}`;

/** What a target asks and what it counts, with an example: who approves it approves that. */
export const ReadTarget: FC<{
  of: TargetLines;
  name?: string | undefined;
  /** Who has compared it with its sentence. */
  compared?: PlanDraft["saved"] | undefined;
}> = ({ of: { asked, counted, example, places }, name, compared }) => (
  <>
    <strong>{name ?? asked}</strong>
    {name !== undefined && <small>Mức: {asked}</small>}
    <small>Đo: {counted}</small>
    {example !== null && <small>Ví dụ: {example}</small>}
    {places.map((one) => (
      <small>{one}</small>
    ))}
    {compared !== undefined && <small>{comparedBy(compared)}</small>}
  </>
);

/** What is seldom needed. */
export const Fold: FC<{
  words: string;
  of?: string;
  id?: string;
  isOpen?: boolean;
  children?: Child;
}> = ({ words, of, id, isOpen = false, children }) => (
  <details open={isOpen}>
    <summary>
      {words}
      {of !== undefined && <span class="unseen">: {of}</span>}
    </summary>
    {/* an address that leads into it opens it */}
    <div {...{ id }}>{children}</div>
  </details>
);

/** A field for lines that are typed or pasted. */
export const Paste: FC<{
  label: string;
  name: string;
  rows: number;
  id?: string;
  isCode?: boolean;
  /** What is wrong with it. */
  fault?: string | undefined;
  children?: string | undefined;
}> = ({ label, name, rows, id, isCode = false, fault, children = "" }) => (
  <label>
    {label}
    <textarea
      {...{ name, rows, id }}
      {...(isCode ? { class: "code", spellcheck: false } : {})}
      {...(fault === undefined ? {} : { autofocus: true, "aria-invalid": "true" as const })}
    >
      {`\n${children}`}
    </textarea>
    {fault !== undefined && <small class="fault">{fault}</small>}
  </label>
);

/** A field with its name, what is to be known of it, and what is wrong with it. */
export const PlanField: FC<{ field: Field; filled: Filled }> = ({ field, filled }) => {
  const { label, hint, input, at } = field;
  const id = fieldId(at);
  const about = hint !== undefined && <small>{hint}</small>;
  const faults = <FieldFaults {...{ field, filled }} />;
  if (input === "several") {
    return (
      <fieldset class="field" id={id} aria-describedby={`${id}-loi`}>
        <legend>{label}</legend>
        {about}
        <Several {...{ field, filled }} />
        {faults}
      </fieldset>
    );
  }
  const isTick = TICKS.has(input);
  return (
    <div class="field">
      <label for={id} class={isTick ? "tick" : ""}>
        {!isTick && label}
        {!isTick && about}
        <Entry {...{ field, filled }} />
        {isTick && <span>{label}</span>}
      </label>
      {faults}
    </div>
  );
};

/** A box for each, and one for all of them. */
const Several: FC<{ field: Field; filled: Filled }> = ({ field, filled }) => {
  const { at, options = [] } = field;
  const values = textOf(field, filled).split(",");
  const strange = values.filter((one) => one !== "" && !options.some(([value]) => value === one));
  const all = options.map(([value]) => value).join(",");
  return (
    <>
      {options.length + strange.length === 0 && <p class="note">Chưa có mục nào để chọn.</p>}
      {[
        ...options,
        ...strange.map((one) => [one, one] as const),
        ...(options.length > 2 ? [[all, "tất cả"] as const] : []),
      ].map(([value, words]) => (
        <label class="tick">
          <input type="checkbox" name={at} value={value} checked={values.includes(value)} />
          {words}
        </label>
      ))}
    </>
  );
};

/** The same within a table, named by its column and its row. */
export const PlanCell: FC<{ field: Field; filled: Filled; row: string }> = ({
  field,
  filled,
  row,
}) => (
  <td data-label={field.label} class={`of-${field.input}`}>
    {field.input === "several" ? (
      <details id={fieldId(field.at)} open={chosenOf(field, filled) === ""}>
        <summary>
          {chosenOf(field, filled) || "– chọn –"}
          <span class="unseen">
            : {field.label}, {row}
          </span>
        </summary>
        <Several {...{ field, filled }} />
      </details>
    ) : (
      <Entry {...{ field, filled }} name={`${field.label}, ${row}`} />
    )}
    <FieldFaults {...{ field, filled }} />
  </td>
);

/** What is chosen of several, in words. */
function chosenOf(field: Field, filled: Filled): string {
  const values = textOf(field, filled).split(",");
  const chosen = (field.options ?? []).filter(([value]) => values.includes(value));
  const isAll = chosen.length > 2 && chosen.length === field.options?.length;
  return isAll ? "tất cả" : chosen.map(([, words]) => words).join("; ");
}

function textOf(field: Field, { data, against }: Filled): string {
  return against.get(field.at) ?? shownIn(data, field);
}

const Entry: FC<{ field: Field; filled: Filled; name?: string }> = ({ field, filled, name }) => {
  const { at, input, options, example } = field;
  const value = textOf(field, filled);
  const id = fieldId(at);
  const isWrong = filled.at.get(at)?.some(({ problem }) => problem.severity === "error") === true;
  const marks = {
    ...{ id, name: at, "aria-describedby": `${id}-loi` },
    ...(name === undefined ? {} : { "aria-label": name }),
    ...(isWrong ? { "aria-invalid": "true" as const } : {}),
    ...(at === filled.first ? { autofocus: true } : {}),
  };
  if (TICKS.has(input))
    return <input type="checkbox" value="1" checked={value === "1"} {...marks} />;
  if (options !== undefined) {
    const strange =
      value === "" || options.some(([one]) => one === value) ? [] : [[value, value] as const];
    const none =
      options.some(([one]) => one === "") || value !== "" ? [] : [["", "– chọn –"] as const];
    return <Select {...marks} of={[...none, ...options, ...strange]} chosen={value} />;
  }
  if (input === "long" || input === "lines" || input === "name") {
    const lines = value.split("\n").length + (input === "name" ? 0 : 1);
    const rows = Math.min(12, Math.max(lines, Math.ceil(value.length / 36)));
    return (
      <textarea rows={rows} {...marks}>
        {`\n${value}`}
      </textarea>
    );
  }
  return (
    <input
      type="text"
      value={value}
      placeholder={example}
      autocomplete="off"
      {...(input === "number" ? { inputmode: "decimal" } : {})}
      {...marks}
    />
  );
};

/** What is wrong with a field, and what somebody else has written there. */
/** Another field of the page in which it can be mended as well, as a remedy names it. */
export function fieldNamed(
  notices: readonly Notice[],
  fields: readonly Field[],
): Field | undefined {
  const remedies = notices.map(({ problem }) => formWording(problem.remedy)).join(" ");
  return fields.find(({ label }) => remedies.includes(`“${label}”`));
}

const FieldFaults: FC<{ field: Field; filled: Filled }> = ({ field, filled }) => {
  const notices = filled.at.get(field.at) ?? [];
  const isAgainst = filled.against.has(field.at);
  const named = fieldNamed(notices, filled.fields);
  return (
    <div id={`${fieldId(field.at)}-loi`} class="entry-faults">
      {isAgainst && (
        <p class="asked">
          {filled.savedBy} đã ghi: “{shownIn(filled.data, field)}”. Ô trên giữ điều vừa nhập ở đây;
          lưu lần nữa thì lấy điều ấy.
        </p>
      )}
      {notices.length > 0 && (
        <ul class="problems">
          {notices.map((notice) => (
            <NoticeItem notice={notice} at={field.at} />
          ))}
        </ul>
      )}
      {named !== undefined && named !== field && (
        <a href={`#${fieldId(named.at)}`}>Đến ô “{named.label}”</a>
      )}
    </div>
  );
};

/** One thing that `plan check` says, with what mends it where that is known. */
export const NoticeItem: FC<{
  notice: Notice;
  /** The field that it stands at. */
  at?: string;
  /** What it is about, in the words of the pages; null where only the file has words for it. */
  label?: string | null;
  children?: Child;
}> = ({ notice, at, label = null, children }) => {
  const { problem, words } = notice;
  const meant = at === undefined ? null : meantBy(problem);
  const isMarked = isMark(notice);
  return (
    <li class={problem.severity}>
      {at === undefined && words !== "" && !isSection(words) && (
        <>{label ?? formWording(words)}: </>
      )}
      {isMarked && "Cần xem lại: "}
      {formWording(problem.found)} <span class="note">{formWording(problem.remedy)}</span>{" "}
      {children}
      {meant !== null && <Act act={`dung ${at} ${meant}`}>Dùng “{meant}”</Act>}
      {isMarked && (
        <Act act={`xem ${problem.found}`} of={problem.found}>
          Đã xem
        </Act>
      )}
    </li>
  );
};
