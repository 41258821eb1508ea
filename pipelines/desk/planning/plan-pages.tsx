import { dataOf } from "../plans/plan-drafts.ts";
import { type Field, getAt } from "../plans/plan-places.ts";
import type { PageOfDraft } from "../plans/plan-steps.ts";
import { Fields, Fold, Paste } from "./plan-field-parts.tsx";
import { type AskedStep, type OpenDraft, stepForm } from "./plan-step-form.tsx";
import { indicatorPage, measureStep, targetsStep } from "./plan-target-pages.tsx";
import { periodsStep, unitsStep } from "./plan-unit-pages.tsx";

const headStep = ({ open, page }: AskedStep) =>
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

/** The text of the file itself. */
const textStep = ({ open, page, typed }: AskedStep) =>
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

const STEP_PAGES: Readonly<Record<string, (asked: AskedStep) => ReturnType<typeof stepForm>>> = {
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
export function stepPage(
  open: OpenDraft,
  page: PageOfDraft,
  more: Omit<AskedStep, "open" | "page">,
) {
  const { name, entry } = page;
  const isThere =
    entry === ""
      ? name !== "so-lieu"
      : getAt(dataOf(open.draft), `${SECTIONS[name]}/${entry}`) !== undefined;
  return isThere ? (STEP_PAGES[name]?.({ open, page, ...more }) ?? null) : null;
}
