import type { DocumentFacts } from "../contract/document.ts";
import type {
  Change,
  Doubt,
  Head,
  Item,
  Line,
  PublishedReport,
  Shortfall,
  Status,
} from "../contract/report.ts";
import { vietnameseDate } from "../vocabulary/date.ts";
import { decimalText, signOf } from "../vocabulary/decimal.ts";
import { findingSentence, findingWord } from "../vocabulary/finding-text.ts";
import { capital, inSentence } from "../vocabulary/letter-case.ts";
import { levelsOf, levelText } from "../vocabulary/level.ts";
import { signedText } from "../vocabulary/number.ts";
import { attainedBy, PROVISIONAL } from "../vocabulary/status.ts";
import {
  ANSWERS,
  BASES,
  CHANGED_FIELDS,
  CLASSES,
  COMPARATORS,
  OVER_AREAS,
  OVER_TIME,
  PACES,
  STATUSES,
} from "../vocabulary/words.ts";
import {
  amountText,
  askedChangeText,
  type Comparator,
  distanceText,
  lackingText,
  movedWord,
  wayOf,
} from "./amount.ts";

// What a reader of an exported document reads, but for the sentences of its body.

/** What stands in a cell that has no figure, as the statistical yearbooks have it. */
export const MARK = {
  withheld: STATUSES.withheld.cell,
  not_arising: STATUSES.not_arising.cell,
  in_doubt: STATUSES.in_doubt.cell,
  not_reported: STATUSES.not_reported.cell,
  not_applicable: STATUSES.not_applicable.cell,
} as const;

const LEGEND =
  `${MARK.not_arising} không phát sinh; ${MARK.in_doubt} cần kiểm tra; ${MARK.not_reported} chưa có số liệu báo cáo; ${MARK.not_applicable} không áp dụng; ` +
  "để trống: không có số để so sánh.";

/** What the marks mean, and cells without any; only in what is for everybody is anything withheld. */
export function legendText({ audience, head }: PublishedReport): string {
  const withheld = `${MARK.withheld} không công bố trong bản này vì có số nhỏ của số liệu nhạy cảm; `;
  const marks = `Ký hiệu: ${audience === "shared" ? withheld : ""}${LEGEND}`;
  return [marks, ...changedSinceSentences(head)].join(" ");
}

export const DEMONSTRATION = "SỐ LIỆU MINH HỌA";
export const INTERNAL = "LƯU HÀNH NỘI BỘ";

export const NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
export const NATIONAL_MOTTO = "Độc lập - Tự do - Hạnh phúc";
export const DOCUMENT_TYPE = "BÁO CÁO";
export const RECIPIENTS = "Nơi nhận:";
/** Who signs where the plan does not say. */
export const SIGNATORY = "Thủ trưởng cơ quan";

const COMPARISONS: Readonly<Record<string, { readonly sign: string; readonly phrase: string }>> =
  COMPARATORS;
const AREA_NOUN = "địa bàn";

/** Where the figures of a covering period come from, within a sentence. */
const BASIS_CLAUSE: Readonly<Record<string, string>> = {
  covered: "tổng hợp từ các báo cáo định kỳ trong kỳ",
  mixed: "một phần tổng hợp từ các báo cáo định kỳ trong kỳ",
};
/** What a field of a change is; a count where the field has no word of its own. */
function kindOf(field: string): string {
  const fields: Readonly<Record<string, { is: string }>> = CHANGED_FIELDS;
  return fields[field]?.is ?? "count";
}
/** Of the amounts, those that are a yes or no where the measure is. */
const ANSWERED: ReadonlySet<string> = new Set([
  "value_shown",
  "value_in_period",
  "previous_value",
  "last_year_value",
]);

/**
 * Counts of one to nine are written with a leading zero in administrative documents: `03`. Not in
 * fractions: `7/8`.
 */
export function count(number: number): string {
  return number > 0 && number < 10 ? `0${number}` : decimalText(String(number));
}

/** `17 giờ 05 phút ngày 20/6/2024`. */
export function momentText(moment: string): string {
  return `${moment.slice(11, 13)} giờ ${moment.slice(14, 16)} phút ngày ${vietnameseDate(moment)}`;
}

/** An amount within a sentence of a document, where counts of one to nine have their zero: `02 phóng sự`. */
export function amountInText(value: string, unit: string | null): string {
  const text = amountText(value, unit);
  const isCount = unit !== "%" && levelsOf(unit) === null;
  return /^[1-9](\.0+)?$/.test(value) && isCount ? `0${text}` : text;
}

/** `còn thiếu 5 cơ sở` in a table, `còn thiếu 05 cơ sở` in a text; null where nothing is. */
export function lackingClause(
  { target_comparator }: Item,
  line: Line,
  amount?: typeof amountInText,
): string | null {
  return lackingText({ ...line, target_comparator }, amount);
}

/** `tăng 9,1 điểm phần trăm`, from a difference. */
export function changeText(change: string, unit: string): string {
  const sign = signOf(change);
  if (sign === 0) return "không thay đổi";
  const size = change.replace("-", "");
  const amount = unit === "%" ? `${decimalText(size)} điểm phần trăm` : amountInText(size, unit);
  return `${wayOf(sign, unit)} ${amount}`;
}

/** The parts of a head that say which of the periods beside it have changed since their versions. */
export type ComparedHead = Pick<
  Head,
  | "previous_period_name"
  | "previous_changed_version"
  | "last_year_period_name"
  | "last_year_changed_version"
>;

/** Why no movement since an earlier period is stated; empty where it is stated. */
export function changedSinceSentences(head: ComparedHead): string[] {
  const changed = (name: string | null, version: number | null): string[] =>
    name === null || version === null
      ? []
      : [
          `Số liệu hoặc đánh giá ${inSentence(name)} nay đã khác báo cáo đã phát hành của kỳ ấy (phiên bản ${version}); chưa phát hành lại nên báo cáo này không nêu tăng, giảm so với ${inSentence(name)}.`,
        ];
  return [
    ...changed(head.previous_period_name, head.previous_changed_version),
    ...changed(head.last_year_period_name, head.last_year_changed_version),
  ];
}

/** `giảm 6,67%`: what an indicator that is itself a change has come to. */
export function movedText(value: string, unit: string): string {
  const word = movedWord(Number(value), unit);
  if (word === null) return "không thay đổi";
  return `${word} ${amountInText(value.replace("-", ""), unit)}`;
}

/** The value of an indicator within brackets or a row: `24,1%`, of a change `giảm 6,67%`. */
export function indicatorValue(
  { value_kind, unit_of_measure }: Pick<Item, "value_kind" | "unit_of_measure">,
  value: string,
): string {
  return (value_kind === "change" ? movedText : amountInText)(value, unit_of_measure);
}

/** `Kế hoạch số 217/KH-UBND`, and once only where its number says so itself. */
export function planNumber({ plan_number }: Head): string {
  return plan_number.toLowerCase().startsWith("kế hoạch ")
    ? plan_number
    : `Kế hoạch số ${plan_number}`;
}

/** `≥ 25` for an indicator's target, its unit left to where it stands. */
export function comparatorSign(comparator: string | null): string {
  return comparator === null ? "" : (COMPARISONS[comparator]?.sign ?? comparator);
}

/** What a reporting area is called in general. */
export function areaNoun(head: Head): string {
  return head.reporting_area_noun ?? AREA_NOUN;
}

/** `Toàn thành phố`. */
export function wholeArea(head: Head): string {
  return `Toàn ${head.area_noun}`;
}

/** The name of an area; of the whole as `wholeArea` has it. */
export function areaName(
  head: Head,
  area: { readonly area_id: number | null; readonly area_name: string | null },
): string {
  return area.area_id === null ? wholeArea(head) : (area.area_name ?? "");
}

/** The mark of a line that has no value; null where none stands for it. */
export function markOf(line: Line): string | null {
  if (line.is_withheld) return MARK.withheld;
  // the levels of several places make no level of the whole
  const isOfNone =
    line.section === "measure" && line.value === null && (line.areas_reported ?? 0) > 0;
  return STATUSES[line.status ?? (isOfNone ? "not_applicable" : "not_reported")].cell;
}

/**
 * The mark in the place of the value of the period before, from the status that it had then; null
 * where there is no such period. A status that only a value can have shows that it is withheld.
 */
export function previousMark(line: Line): string | null {
  if (line.previous_value !== null) return null;
  return line.previous_status === null
    ? null
    : (STATUSES[line.previous_status].cell ?? MARK.withheld);
}

/** The mark in the place of a difference that could be told if its figures were not withheld. */
export function changeMark(line: Line): string | null {
  const isShown = previousMark(line) !== MARK.withheld;
  return !isShown && (line.is_withheld || line.value_shown !== null) ? MARK.withheld : null;
}

export function statusText(status: Status | null): string {
  return status === null ? "" : STATUSES[status].word;
}

/** The status, and that a report which is owed could still change it: `Chậm tiến độ (tạm tính)`. */
export function verdictText({ status, is_provisional }: Line): string {
  return `${statusText(status)}${is_provisional === true ? ` (${PROVISIONAL})` : ""}`;
}

export function paceText(pace: string | null): string {
  return pace === null ? "" : wordOf(PACES, pace);
}

/** What has to be said of figures that do not stand on the period's own reports only; else null. */
export function basisClause(basis: string | null): string | null {
  return basis === null ? null : (BASIS_CLAUSE[basis] ?? null);
}

export function basisText(basis: string | null): string {
  return basis === null ? "" : wordOf(BASES, basis);
}

/** How a measure adds up over time and over areas. */
export function aggregationText(item: Item): string {
  const parts = [
    item.over_time === null ? null : wordOf(OVER_TIME, item.over_time),
    item.over_areas === null ? null : wordOf(OVER_AREAS, item.over_areas),
  ];
  return capital(parts.filter((part) => part !== null).join("; "));
}

/** The indicator or measure that has changed; undefined for a unit's report. */
export function changedItem(items: readonly Item[], change: Change): Item | undefined {
  return items.find(({ section, code }) => section === change.section && code === change.code);
}

/** `3.2b Cai nghiện tại cộng đồng`: the indicator that a cause or remedy is about. */
export function shortfallItem(items: readonly Item[], { code }: Shortfall): string {
  const item = items.find((one) => one.section === "indicator" && one.code === code);
  return `${code} ${item?.short_name ?? ""}`.trim();
}

export function fieldText(field: string): string {
  return wordOf(CHANGED_FIELDS, field);
}

/**
 * A changed value as it is read: a status in words, a moment as a date, an amount with its unit.
 * @param item what has changed; undefined for a unit's report
 */
export function changedText(change: Change, value: string | null, item?: Item): string {
  const { field, area_id, is_withheld } = change;
  const kind = kindOf(field);
  if (value === null && ["text", "said", "day"].includes(kind)) return "chưa có";
  if (value === null) return is_withheld ? MARK.withheld : MARK.not_reported;
  if (value === "true" || value === "false") {
    return (value === "true" ? ANSWERS.yes : ANSWERS.no).word;
  }
  if (field === "status" || field === "previous_status") return wordOf(STATUSES, value);
  if (field === "basis") return basisText(value);
  if (kind === "moment") return momentText(value);
  if (kind === "day") return vietnameseDate(value);
  if (kind === "text" || kind === "said") return value;
  if (item?.kind === "yes_no" && ANSWERED.has(field)) return answerText(value, area_id === null);
  const unit = item?.unit_of_measure ?? "";
  if (isLevel(field, item)) return levelText(value, unit) ?? "";
  return amountText(value, kind === "amount" && levelsOf(unit) === null ? unit : "");
}

/** A value as a table has it: `24,1%`, `Loại A`. */
export function valueInTable(value: string, unit: string): string {
  return levelText(value, unit) ?? amountText(value, unit);
}

/** A difference as a table has it: `+9,1`, `lên 1 bậc`. */
export function changeInTable(change: string, unit: string): string {
  const sign = signOf(change);
  if (levelsOf(unit) === null || sign === 0) return signedText(change);
  return `${sign > 0 ? "lên" : "xuống"} ${distanceText(Number(change), unit)}`;
}

/** Whether a field of an item holds the place of a level; a difference of two does not. */
function isLevel(field: string, item: Item | undefined): boolean {
  return /value|numerator/.test(field) && levelsOf(item?.unit_of_measure ?? null) !== null;
}

/** What has changed: an indicator, a measure, a unit's report, or the document itself. */
export function changedName({ section, name }: Pick<Change, "section" | "name">): string {
  return section === "document" ? "Văn bản báo cáo" : name;
}

/** Words of an indicator or measure have changed. */
export function isOfWords({ field }: Change): boolean {
  return kindOf(field) === "text";
}

/** A change of what no area has: of a unit's report, of the document, of words. */
export function isOfNoArea(change: Change): boolean {
  return change.section === "unit" || change.section === "document" || isOfWords(change);
}

/** The amount of a change, which a workbook keeps as a number; null where it is a text. */
export function changedFigure({ field }: Change, value: string | null, item?: Item): string | null {
  const isText =
    !["amount", "count"].includes(kindOf(field)) ||
    (item?.kind === "yes_no" && ANSWERED.has(field)) ||
    isLevel(field, item);
  return value === null || isText || value === "true" || value === "false" ? null : value;
}

/** What is reported as yes or no: the answer of one area, or at how many places it is yes. */
export function answerText(value: string, isWhole: boolean): string {
  if (isWhole) return `${decimalText(value)} địa bàn, đơn vị có`;
  return signOf(value) > 0 ? ANSWERS.yes.word : ANSWERS.no.word;
}

/** A measure's value without its unit. */
export function measureText(
  { kind, unit_of_measure }: Item,
  { area_id }: Line,
  value: string,
): string {
  if (kind === "yes_no") return answerText(value, area_id === null);
  return levelText(value, unit_of_measure) ?? decimalText(value);
}

/** What a code of the data is called; a code without a word stands for itself. */
function wordOf(
  words: Readonly<Record<string, string | { readonly word: string }>>,
  code: string,
): string {
  const found = words[code] ?? code;
  return typeof found === "string" ? found : found.word;
}

/** What is doubtful about a figure, without figures that stand in columns beside it; intake's words have them. */
export function doubtWord(doubt: Doubt): string {
  return doubt.found === null ? findingWord(doubt.rule) : findingSentence(doubt);
}

/** `ngày 05 tháng 6 năm 2024`, as decree 30/2020/NĐ-CP has dates, or left to be filled in. */
export function datedText({ dated }: DocumentFacts): string {
  if (dated === null) return "ngày       tháng       năm";
  const [day, month, year] = vietnameseDate(dated).split("/");
  return `ngày ${day} tháng ${month} năm ${year}`;
}

/** `Báo cáo số 05/BC-UBND ngày 05 tháng 6 năm 2024`, or with its number and date to be filled in. */
export function documentText(head: Head, document: DocumentFacts): string {
  const number = document.number ?? `        /BC-${head.document_abbreviation}`;
  const end = document.dated === null ? "         " : "";
  return `Báo cáo số ${number} ${datedText(document)}${end}`;
}

/** `Phiên bản 2 (đính chính số liệu), số liệu sơ bộ`. */
export function versionText({ publication }: PublishedReport): string {
  const standing = publication.is_final ? "số liệu chính thức" : "số liệu sơ bộ";
  return `Phiên bản ${publication.version} (${inSentence(CLASSES[publication.class])}), ${standing}`;
}

/** `Kết quả thực hiện Kế hoạch số 217/KH-UBND ngày 06/5/2024`. */
export function summaryText(head: Head): string {
  return `Kết quả thực hiện ${planNumber(head)} ngày ${vietnameseDate(head.issued_on)}`;
}

/**
 * `từ 25% trở lên`, `trong khoảng từ 18 đến 22 vụ`, `giảm từ 5% trở lên so với cùng kỳ năm trước`: the
 * target of a figure, of a whole whose groups have targets of their own all of them; null where it has
 * none.
 */
export function targetPhrase(
  { value_kind, target_comparator, target_text, unit_of_measure }: Item,
  { target_value, target_to, status, area_id }: Line,
): string | null {
  if (target_comparator === null) return null;
  if (target_value === null) {
    const isJudged = status !== null && attainedBy(status) !== null;
    return isJudged && target_text !== null ? inWords(target_text) : null;
  }
  // an amended target stands there with what it was before
  const compared = / so với [^;(]*[^;( ]/.exec(target_text ?? "")?.[0] ?? "";
  const each = area_id === null ? (/ ở từng [^;(]*[^;( ]/.exec(target_text ?? "")?.[0] ?? "") : "";
  if (value_kind === "change") {
    const comparator = target_comparator as Comparator;
    const to = target_to === null ? null : Number(target_to);
    const asked = askedChangeText(comparator, Number(target_value), to, unit_of_measure);
    return `${asked}${compared.replace(each, "")}${each}`;
  }
  const from = amountInText(target_value, unit_of_measure === "%" ? "%" : "");
  const value =
    target_to === null
      ? amountInText(target_value, unit_of_measure)
      : `từ ${from} đến ${amountInText(target_to, unit_of_measure)}`;
  const isAll =
    target_comparator === ">=" && unit_of_measure === "%" && Number(target_value) === 100;
  const phrase = isAll ? value : COMPARISONS[target_comparator]?.phrase.replace("{}", value);
  return `${phrase ?? value}${each}`;
}

/** A target as a table has it: a percentage that cannot be more than all is not "at least" all. */
export function targetInTable({ target_text }: Item): string {
  return target_text === null ? "" : target_text.replace(/^≥ 100%$/, "100%");
}

/** A target as it is shown, with words for its signs: `giảm ≥ 5% so với…` is `giảm từ 5% trở lên so với…`. */
function inWords(target: string): string {
  const phrases = new Map<string, string>(
    Object.values(COMPARATORS).map(({ sign, phrase }) => [sign, phrase]),
  );
  return target.replace(
    /([≥>≤<=]) (.+?)(?= so với | \(|, |; |$)/g,
    (whole, sign: string, value: string) => phrases.get(sign)?.replace("{}", value) ?? whole,
  );
}

/**
 * What a report is about: `Kết quả thực hiện công tác phòng, chống mại dâm quý III năm 2024` where
 * the plan's title says what is carried out in the report's year, else by the plan's number.
 */
export function subjectText(head: Head): string {
  const period = inSentence(head.period_name);
  const work = /^Kế hoạch ((?:triển khai )?thực hiện .+) năm (\d{4})$/.exec(head.plan_title);
  return work?.[1] !== undefined && Number(work[2]) === head.year
    ? `Kết quả ${work[1]} ${period}`
    : `${summaryText(head)}, ${period}`;
}

/** What stays in the office, and what goes to a superior where the plan says so. */
function isInternal({ audience, head }: PublishedReport): boolean {
  return audience === "city" || (audience === "superior" && head.document_is_internal === true);
}

/** `Kính gửi: Ủy ban nhân dân tỉnh Lạng Sơn`, of the copy that goes to the superior; else null. */
export function addresseeText({ audience, head }: PublishedReport): string | null {
  return audience === "superior" && head.document_addressed_to !== null
    ? `Kính gửi: ${head.document_addressed_to}`
    : null;
}

/** «để báo cáo», behind a recipient above the office. */
const REPORTED_TO = / \(b\/c\)$/;

/** The lines under «Nơi nhận», in which whom the document is addressed to is «Như trên». */
export function recipientLines(report: PublishedReport): string[] {
  const { head } = report;
  if (addresseeText(report) === null) return [...head.document_recipients];
  const full = (name: string): string =>
    name.replace("UBND", "Ủy ban nhân dân").replace(REPORTED_TO, "").toLowerCase();
  const isAddressed = (name: string): boolean =>
    full(name) === full(head.document_addressed_to ?? "");
  const addressed = head.document_recipients.find(isAddressed) ?? "";
  return [
    `Như trên${REPORTED_TO.exec(addressed)?.[0] ?? ""}`,
    ...head.document_recipients.filter((name) => !isAddressed(name)),
  ];
}

/** Whom a copy is for, in words. */
export function readerText({ audience, head }: PublishedReport): string {
  if (audience === "city") return capital(INTERNAL.toLowerCase());
  return audience === "shared" ? "Bản chung" : `Gửi ${head.document_addressed_to ?? "cấp trên"}`;
}

/** The marks that every page of a document carries: made-up figures, internal use. */
export function pageMarks(report: PublishedReport): string[] {
  return [
    ...(report.head.is_demonstration ? [DEMONSTRATION] : []),
    ...(isInternal(report) ? [INTERNAL] : []),
  ];
}
