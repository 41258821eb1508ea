import { basename } from "node:path";
import { parseDocument } from "yaml";
import type { PlanCheck } from "../../sources/check/plan-check.ts";
import { UNCONFIRMED } from "../../sources/file/plan-consistency.ts";
import { pathWords } from "../../sources/plan/plan-path.ts";
import { rangeOf, scalarsIn } from "../../sources/text/plan-yaml.ts";
import { MARK } from "../../sources/writing/plan-marks.ts";
import type { PlanData } from "../../sources/writing/plan-writing.ts";
import type { Problem } from "../../vocabulary/problem.ts";
import {
  areaFields,
  headFields,
  indicatorFields,
  measureFields,
  periodFields,
  unitFields,
} from "./draft-fields.ts";
import { approvedText, dataOf, type PlanDraft } from "./plan-drafts.ts";
import { measuresNamed } from "./plan-kinds.ts";
import { entriesOf } from "./plan-parts.ts";
import { type Field, pathOf, shownIn } from "./plan-places.ts";

/** The steps in which a plan is written, in their order. */
export const STEPS = {
  "can-cu": "Căn cứ",
  "chi-tieu": "Chỉ tiêu",
  "don-vi": "Đơn vị, địa bàn",
  ky: "Kỳ báo cáo",
  "xem-truoc": "Xem trước",
} as const;
export type Step = keyof typeof STEPS;
export const STEP_NAMES = Object.keys(STEPS) as Step[];

export function isStep(name: string): name is Step {
  return Object.hasOwn(STEPS, name);
}

/** The step to which a page belongs, as `chi-tieu` for `so-lieu/cases`. */
export function stepOf(page: string): Step {
  const [step = ""] = page.split("/");
  return isStep(step) ? step : "chi-tieu";
}

/** Something that `plan check` says, with where at the desk it is seen to. */
export interface Notice {
  readonly problem: Problem;
  /** The place in words, as `chỉ tiêu "1.1" › target`. */
  readonly words: string;
  readonly step: Step;
  /** The page below the step, as `chi-tieu/1.1`. */
  readonly page: string;
}

/** Everything that `plan check` says of a draft, what must be mended or answered first. */
export function noticesOf(draft: PlanDraft, { problems }: PlanCheck): Notice[] {
  const weightOf = (one: Notice): number =>
    one.problem.severity === "error" ? 0 : isMark(one) ? 1 : 2;
  const data = dataOf(draft);
  const text = approvedText(draft);
  return problems
    .filter(({ code }) => code !== "no_areas" || draft.steps.includes("don-vi"))
    .map((problem): Notice => {
      const words = isMark({ problem })
        ? wordsBehind(text, problem.line ?? 1, data)
        : (problem.field ?? "");
      const page = pageOf(problem, words, data);
      return { problem, words, page, step: stepOf(page) };
    })
    .sort((one, other) => weightOf(one) - weightOf(other));
}

/** What was guessed: somebody has to answer it. */
export const isMark = ({ problem }: Pick<Notice, "problem">): boolean =>
  problem.code === "to_decide";
/** What was read of the document, and nobody has compared yet. */
export const isUnconfirmed = ({ problem }: Notice): boolean => problem.code === UNCONFIRMED;
/** What keeps a plan from being submitted: errors, and marks that nobody has answered. */
export const isOpen = (one: Notice): boolean => one.problem.severity === "error" || isMark(one);

/** Where the place is that a line stands before, in words. */
function wordsBehind(text: string, line: number, data: PlanData): string {
  const offset = text.split("\n").slice(0, line).join("\n").length;
  for (const { path, node, isKey } of scalarsIn(parseDocument(text).contents)) {
    // of a target what is asked first of it
    if ((rangeOf(node)?.[0] ?? 0) > offset && !(isKey && path.at(-1) === "target"))
      return pathWords(data, path);
  }
  return "";
}

/** The text of a draft without the marks at fields that are now otherwise: that answers them. */
export function withoutAnswered(draft: PlanDraft, fields: readonly Field[], now: PlanData): string {
  const before = dataOf(draft);
  const changed = fields.filter((one) => shownIn(before, one) !== shownIn(now, one));
  const words = new Set(changed.map((one) => wordsOf(before, one)).filter((one) => one !== ""));
  if (words.size === 0) return draft.text;
  return withoutMarksAt(draft.text, before, (one) => words.has(one));
}

/** A text without the marks before some of its places. */
export function withoutMarksAt(
  text: string,
  data: PlanData,
  isAnswered: (words: string) => boolean,
): string {
  return text
    .split("\n")
    .filter((line, no) => !(MARK.test(line) && isAnswered(wordsBehind(text, no + 1, data))))
    .join("\n");
}

const PAGES: readonly (readonly [words: RegExp, page: string])[] = [
  [/^(unconfirmed\.)?(chỉ tiêu|indicators|groups|nhóm|measures|số liệu|sentences)/, "chi-tieu"],
  [/^(unconfirmed\.)?(area|reporting_area|mục địa bàn|units|đơn vị)/, "don-vi"],
  [/^(unconfirmed\.)?(periods|kỳ)/, "ky"],
];

function pageOf({ file, code }: Problem, words: string, data: PlanData): string {
  const name = basename(file);
  if (name.endsWith(".csv")) {
    const said = name === "baselines.csv" ? '"kind":"change"' : `"${name}"`;
    const own = entriesOf(data, "indicators").find(({ entry }) =>
      JSON.stringify([entry.value, entry.target]).includes(said),
    );
    return own === undefined ? "don-vi" : `chi-tieu/${own.name}`;
  }
  if (code === "no_areas") return "don-vi";
  const [, noun = "", entry = ""] = /^(chỉ tiêu|số liệu) "([^"]+)"/.exec(words) ?? [];
  if (noun === "chỉ tiêu") return `chi-tieu/${entry}`;
  if (noun === "số liệu") return measurePage(data, entry);
  return PAGES.find(([start]) => start.test(words))?.[1] ?? "can-cu";
}

/** Where a measure is seen to: with the first indicator that stands on it. */
export function measurePage(data: PlanData, code: string): string {
  const own = entriesOf(data, "indicators").find(({ name }) => measuresNamed(data, name).has(code));
  return own === undefined ? `so-lieu/${code}` : `chi-tieu/${own.name}`;
}

/** The notices at each field of a page, and those about the page as a whole. */
export function placedNotices(
  notices: readonly Notice[],
  fields: readonly Field[],
  data: PlanData,
): { readonly at: ReadonlyMap<string, readonly Notice[]>; readonly others: readonly Notice[] } {
  const at = new Map<string, Notice[]>();
  const others: Notice[] = [];
  const words = fields.map((field) => ({ field, own: wordsOf(data, field) }));
  for (const notice of notices) {
    const own =
      words.find((one) => one.own === notice.words) ??
      // of a list or a table within a field
      words.find(
        (one) =>
          one.own !== "" &&
          (notice.words.startsWith(`${one.own}[`) || notice.words.startsWith(`${one.own}.`)),
      );
    if (own === undefined) others.push(notice);
    else at.set(own.field.at, [...(at.get(own.field.at) ?? []), notice]);
  }
  return { at, others };
}

/** The place of a field, in the words of `plan check`. */
export function wordsOf(data: PlanData, field: Field): string {
  const path = pathOf(data, field.at);
  return path === null ? "" : pathWords(data, path);
}

/** How words about the file read on a form: a date as it is typed there, an empty field. */
const FORM_WORDS: readonly (readonly [words: RegExp, instead: string])[] = [
  [
    /phải là ngày, ghi NNNN-TT-NN \(năm-tháng-ngày\)|không có ngày này trong lịch/,
    "phải là ngày có trong lịch, ghi ngày/tháng/năm",
  ],
  [
    /phải là một số, nhiều nhất 4 .* dấu hàng nghìn/,
    "phải là một số như 1.250,5, nhiều nhất 4 chữ số thập phân, không có dấu %",
  ],
  [/số nhỏ trước: \[18, 22\]/, "số nhỏ trước: 18 - 22"],
  [/trong câu của kế hoạch \(quote\)/, "trong câu của kế hoạch"],
  [/xóa dòng continues/, "để trống ô này"],
  [/ \([a-z0-9_, ]+\)(?=, nên chỉ tiêu không bao giờ)/, ""],
  [
    /^Ghi số ấy ở baselines\.csv; .*/,
    "Ghi số ấy ở “Số của thời gian được so”, hoặc mã kế hoạch trước ở “Tiếp tục kế hoạch nào”.",
  ],
  [/, kèm from\b/, ", kèm ngày bắt đầu"],
  [/tệp này viết từ kế hoạch (\S+); đọc lại .*$/, "kế hoạch này lập từ kế hoạch $1."],
  [/; id và tên tệp theo đó/, "; mã kế hoạch theo đó"],
  [/^schema$/, "Cả kế hoạch"],
  [/^glossary$/, "Từ ngữ"],
  [/^periods$/, "Các kỳ"],
  [/children_of hoặc codes/, "mọi địa bàn dưới một mã, hoặc từng mã"],
  [/phải ghi mức: value, between, at hoặc for/, "phải ghi mức, khoảng, mốc theo kỳ hoặc mức riêng"],
  [/^thiếu “[^”]+”\.$/, "còn để trống."],
  [/^ghi “\[\]”: /, ""],
  [/^Ghi (?:thêm|sau dấu hai chấm): .*$/, ""],
];

/** Keys that are no words of anybody else, with what their fields are called. */
const LABELS: ReadonlyMap<string, string> = new Map(
  [
    ...[...headFields({}), ...areaFields({}), ...unitFields("x"), ...periodFields("x")],
    ...measureFields({}, "x"),
    // a number that the plan does not give is settled at its indicator
    ...indicatorFields({}, "x"),
  ]
    .map(({ at, label }) => [at.split("/").at(-1) ?? "", label] as const)
    .filter(([key]) => key.includes("_")),
);

export function formWording(words: string): string {
  return FORM_WORDS.reduce(
    (text, [pattern, instead]) => text.replace(pattern, instead),
    words,
  ).replace(/[a-z]+(?:_[a-z]+)+/g, (key) => (LABELS.has(key) ? `“${LABELS.get(key)}”` : key));
}

/** What was most likely meant, where a notice names it. */
export function meantBy({ remedy }: Pick<Problem, "remedy">): string | null {
  return /^Có phải là [“"]?([^“”"?]+?)[”"]?(?: \([^)]*\))?\?/.exec(remedy)?.[1] ?? null;
}
