import { valueAt } from "../../sources/plan/plan-path.ts";
import { type PlanData, writtenPlan } from "../../sources/writing/plan-writing.ts";
import { dataOf, isReadable, type PlanDraft } from "./plan-drafts.ts";
import { measuresNamed } from "./plan-kinds.ts";
import { entriesOf, textAt } from "./plan-parts.ts";
import { getAt, markOf, setAt } from "./plan-places.ts";
import { withoutMarksAt } from "./plan-problems.ts";

/** A sentence of the plan's document, and where it stands there. */
interface ReadSentence {
  readonly quote: string;
  readonly place: string;
}

/** What was read from sentences that stand in no entry, by the page where it is compared with them. */
const LISTS = {
  "can-cu": "unconfirmed/head",
  ky: "unconfirmed/periods",
  "don-vi": "unconfirmed/units",
} as const;
/** Sentences with numbers from which nothing was read. */
const LEFT = "unconfirmed/sentences";
/** Before a sentence of which somebody has said that it is no target. */
const NO_TARGET = "không phải chỉ tiêu: ";
const OF_INDICATOR = "chi-tieu/";

/** Where the file says that what is compared on a page has not been; null of other pages. */
function flagAt(page: string): string | null {
  if (page in LISTS) return LISTS[page as keyof typeof LISTS];
  return page.startsWith(OF_INDICATOR)
    ? `indicators/${page.slice(OF_INDICATOR.length)}/unconfirmed`
    : null;
}

/** Whether something on a page has yet to be compared with its sentence. */
export function isToConfirm(data: PlanData, page: string): boolean {
  const flag = flagAt(page);
  return flag !== null && getAt(data, flag) !== undefined;
}

/** The sentences that were read for a page, or for nothing. */
export function sentencesRead(data: PlanData, page: string): ReadSentence[] {
  const list = getAt(data, page === "chi-tieu" ? LEFT : (LISTS[page as keyof typeof LISTS] ?? ""));
  return (Array.isArray(list) ? list : []).map((one: unknown) => ({
    quote: textAt(one, "quote"),
    place: textAt(one, "place"),
  }));
}

/** The pages on which something has yet to be compared, in their order; one for each sentence that is left. */
export function pagesToConfirm(data: PlanData): string[] {
  const indicators = entriesOf(data, "indicators").map(({ name }) => `${OF_INDICATOR}${name}`);
  return [
    ...["can-cu", ...indicators].filter((page) => isToConfirm(data, page)),
    ...sentencesRead(data, "chi-tieu").map(() => "chi-tieu"),
    ...["don-vi", "ky"].filter((page) => isToConfirm(data, page)),
  ];
}

/** What is compared on a page, as one text: another one is to be compared again. */
function readingOf(draft: PlanDraft, page: string): string {
  const data = dataOf(draft);
  const some = (section: string, keys: readonly string[]): unknown[] =>
    entriesOf(data, section).map(({ entry }) => keys.map((key) => entry[key]));
  if (page === "can-cu") return JSON.stringify(HEAD_KEYS.map((key) => data[key]));
  if (page === "ky") return JSON.stringify(some("periods", PERIOD_KEYS));
  if (page === "don-vi") return JSON.stringify(some("units", ["name", "each_area"]));
  const code = page.slice(OF_INDICATOR.length);
  const entry = getAt(data, `indicators/${code}`);
  const named = [...measuresNamed(data, code)];
  return JSON.stringify([
    INDICATOR_KEYS.map((key) => valueAt(entry, [key])),
    named.map((one) => MEASURE_KEYS.map((key) => getAt(data, `measures/${one}/${key}`))),
    draft.tables[textAt(entry, "target", "for", "table")],
  ]);
}

/** By what a form knows that it still shows what is compared on its page. */
export function readingMark(draft: PlanDraft, page: string): string {
  return markOf(readingOf(draft, page));
}

const HEAD_KEYS = ["number", "title", "issuer", "issued_on"];
const PERIOD_KEYS = ["code", "kind", "data_from", "data_to", "due_before"];
const INDICATOR_KEYS = ["quote", "unit_of_measure", "value", "target"];
const MEASURE_KEYS = ["name", "kind", "over_time", "sums_over", "over_areas", "asked_of"];

/**
 * A draft in which somebody has found that what stands on a page is what its sentence says; what was
 * guessed there is answered by that.
 */
export function confirmedAt(draft: PlanDraft, page: string, by: PlanDraft["saved"]): PlanDraft {
  const data = dataOf(draft);
  const flag = flagAt(page);
  const was = flag === null ? undefined : getAt(data, flag);
  if (flag === null || was === undefined) return draft;
  const start = `chỉ tiêu "${page.slice(OF_INDICATOR.length)}"`;
  const text = page.startsWith(OF_INDICATOR)
    ? withoutMarksAt(draft.text, data, (words) => `${words} `.startsWith(`${start} `))
    : draft.text;
  return {
    ...draft,
    text: writtenPlan(text, setAt(data, flag, undefined)),
    confirmed: { ...draft.confirmed, [page]: { ...by, was } },
  };
}

/**
 * A draft as somebody has changed it, in which what has become another thing than what was compared is to
 * be compared again, and what has not been compared stays so: only its button does that.
 */
export function comparedStill(before: PlanDraft, after: PlanDraft, isText = false): PlanDraft {
  if (!isReadable(after)) return after;
  const data = dataOf(before);
  const open = pagesToConfirm(data).flatMap((page) => {
    const flag = flagAt(page) ?? (isText ? LEFT : null);
    return flag === null ? [] : [{ page, flag, was: getAt(data, flag) }];
  });
  const other = Object.entries(before.confirmed).flatMap(([page, { was }]) => {
    const flag = flagAt(page);
    const isSame = flag === null || readingOf(before, page) === readingOf(after, page);
    return isSame ? [] : [{ page, flag, was }];
  });
  const now = [...open, ...other].reduce((changed, { page, flag, was }) => {
    const isThere =
      !page.startsWith(OF_INDICATOR) ||
      getAt(changed, flag.replace("/unconfirmed", "")) !== undefined;
    return isThere ? setAt(changed, flag, was) : changed;
  }, dataOf(after));
  const kept = Object.entries(after.confirmed).filter(
    ([page]) => !other.some((one) => one.page === page),
  );
  return {
    ...after,
    text: writtenPlan(after.text, now),
    confirmed: Object.fromEntries(kept),
  };
}

/** A draft without a sentence that was left, for which somebody has answered. */
export function withoutSentence(data: PlanData, index: number): PlanData {
  const left = sentencesRead(data, "chi-tieu").filter((_, at) => at !== index);
  return setAt(data, LEFT, left.length === 0 ? undefined : left);
}

/** What somebody has answered about a sentence: it sets no target. */
export function noTarget(draft: PlanDraft, quote: string, by: PlanDraft["saved"]): PlanDraft {
  return { ...draft, confirmed: { ...draft.confirmed, [`${NO_TARGET}${quote}`]: { ...by } } };
}

/** How far the comparing is; null where nothing was read. */
export function comparedText(draft: PlanDraft): string | null {
  const done = Object.keys(draft.confirmed).length;
  const all = done + pagesToConfirm(dataOf(draft)).length;
  return all === 0 ? null : `Đã đối chiếu ${done}/${all} điều đọc từ văn bản.`;
}

/** What is compared on a page, in words. */
export function comparedThing(page: string): string {
  const words: Readonly<Record<string, string>> = {
    "can-cu": "số, tên, cơ quan, ngày ban hành",
    ky: "kỳ báo cáo",
    "don-vi": "đơn vị",
  };
  return words[page] ?? page.replace(OF_INDICATOR, "chỉ tiêu ");
}
