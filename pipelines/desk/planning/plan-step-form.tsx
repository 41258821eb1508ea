import type { Child, FC } from "hono/jsx";
import type { AreaFacts } from "../../sources/areas/area-files.ts";
import type { PlanCheck } from "../../sources/check/plan-check.ts";
import type { OfficeUnit } from "../../sources/office/office-unit.ts";
import { Act, DESK, Fault, Form, momentText, Page, WorkState } from "../page/page.tsx";
import { comparedText, isToConfirm, sentencesRead } from "../plans/plan-confirming.ts";
import type { PlanDraft } from "../plans/plan-drafts.ts";
import type { Field } from "../plans/plan-places.ts";
import {
  isMark,
  isUnconfirmed,
  type Notice,
  placedNotices,
  STEP_NAMES,
  STEPS,
  stepOf,
} from "../plans/plan-problems.ts";
import { fieldsOf, filledData, labelOf, type PageOfDraft, placeOf } from "../plans/plan-steps.ts";
import { type Filled, Marks, NoticeItem } from "./plan-field-parts.tsx";
import { draftAddress, draftName } from "./plan-list-page.tsx";

/** A draft that somebody looks at. */
export interface OpenDraft {
  readonly draft: PlanDraft;
  readonly check: PlanCheck;
  readonly notices: readonly Notice[];
  /** Areas that report for a part of its time, and what becomes of them. */
  readonly areas: readonly string[];
  /** What the office knows of its units. */
  readonly office: readonly OfficeUnit[];
  readonly mayWrite: boolean;
  readonly against: ReadonlyMap<string, string>;
  /** Who has written otherwise. */
  readonly otherName?: string | undefined;
  readonly fault?: string | undefined;
  /** The field in which that is mended. */
  readonly faultAt?: string | undefined;
}

/** What stands around every step. */
export const Frame: FC<{ open: OpenDraft; page: string; title: string; children?: Child }> = ({
  open: { draft, notices, fault },
  page,
  title,
  children,
}) => (
  <Page title={title} open="ke-hoach" script="ke-hoach.js">
    <p class="note">
      <a href={`${DESK}/ke-hoach`}>Kế hoạch</a>: {draftName(draft)} <WorkState of={draft} />
    </p>
    <h1>{title}</h1>
    <nav aria-label="Các bước lập kế hoạch" class="steps">
      <ol>
        {STEP_NAMES.map((one) => {
          const count = notices.filter((notice) => notice.step === one).length;
          const isOpen = page !== "tep" && one === stepOf(page);
          return (
            <li>
              <a href={draftAddress(draft, one)} aria-current={isOpen ? "step" : undefined}>
                {STEPS[one]}
              </a>
              {count > 0 && draft.steps.includes(one) && <small>{count} điểm cần xem</small>}
            </li>
          );
        })}
      </ol>
    </nav>
    <p class="note">{comparedText(draft)}</p>
    <Fault>{fault}</Fault>
    {draft.returned !== null && (
      <p class="asked">
        {draft.returned.name} trả lại lúc {momentText(new Date(draft.returned.at))}:{" "}
        {draft.returned.reason}
      </p>
    )}
    <p class="note">
      {draft.saved.name} lưu lúc {momentText(new Date(draft.saved.at))}. Chưa duyệt thì{" "}
      {draft.file === null ? "chưa ai phải báo cáo" : "kế hoạch đang thực hiện chưa thay đổi"}.
    </p>
    {children}
  </Page>
);

/**
 * A step with its form, which is saved as a whole.
 * @param next where somebody goes on to
 * @param asked what is asked on the page already, by the words of `plan check`
 * @param show what stands in it, of its fields and what they are filled with
 */
export function stepForm(
  open: OpenDraft,
  { name, entry }: PageOfDraft,
  {
    title,
    next,
    asked,
  }: { readonly title: string; readonly next?: string; readonly asked?: RegExp },
  show: (filled: Filled, fields: readonly Field[]) => Child,
) {
  const { draft, notices, against, office, otherName = "", mayWrite } = open;
  const page = entry === "" ? name : `${name}/${entry}`;
  const fields = fieldsOf(draft, { name, entry }, open.check.resolved?.units);
  const data = filledData(draft, office);
  const isSeen = draft.steps.includes(stepOf(page));
  const isRead = isToConfirm(data, page);
  const read = page === "chi-tieu" ? [] : sentencesRead(data, page);
  // on the page of a target marks stand beside its sentence
  const isElsewhere = (one: Notice): boolean =>
    isUnconfirmed(one) ||
    (isRead && read.length === 0 && isMark(one)) ||
    asked?.test(one.words) === true;
  const own = notices.filter(
    (one) => one.page === page && (isSeen || isMark(one)) && !isElsewhere(one),
  );
  const { at, others } = placedNotices(own, fields, data);
  return (
    <Frame {...{ open, page, title }}>
      <Form action={draftAddress(draft, page)} class="plan entry">
        <Marks {...{ data, fields }} />
        {/* what Enter does in a field */}
        <button type="submit" name="act" value="luu" hidden>
          Lưu
        </button>
        {others.length > 0 && (
          <ul class="problems asked" id="can-sua" tabindex={-1}>
            {others.map((notice) => (
              <NoticeItem notice={notice} label={labelOf(draft, notice)}>
                {placeOf(draft, notice) !== "" && <a href={placeOf(draft, notice)}>Đến chỗ sửa</a>}
              </NoticeItem>
            ))}
          </ul>
        )}
        {read.length > 0 && (
          <section id="doi-chieu" tabindex={-1}>
            <p>Văn bản viết như sau; so với các ô ở dưới:</p>
            {read.map(({ quote, place }) => (
              <blockquote>
                {quote} <small>{place}</small>
              </blockquote>
            ))}
          </section>
        )}
        {show(
          { data, fields, at, against, savedBy: otherName, first: [...against.keys()][0] },
          fields,
        )}
        {mayWrite && (
          <p class="buttons">
            {next !== undefined && (
              <Act isMain act={`${read.length > 0 ? "doi-chieu" : "tiep"} ${next}`}>
                {read.length > 0 ? "Đúng như văn bản, lưu và tiếp tục" : "Lưu và tiếp tục"}
              </Act>
            )}
            <Act isMain={next === undefined} act="luu">
              Lưu
            </Act>
          </p>
        )}
      </Form>
    </Frame>
  );
}

/** What is known of a page besides its draft. */
export interface AskedStep {
  readonly open: OpenDraft;
  readonly page: PageOfDraft;
  /** What was typed besides fields. */
  readonly typed: Readonly<Record<string, string>>;
  /** What was looked for, and which areas are called so. */
  readonly search: { readonly words: string; readonly found: readonly AreaFacts[] };
}
