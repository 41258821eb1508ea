import { z } from "zod";
import { AUDIENCES } from "../vocabulary/audiences.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import { STATUSES } from "../vocabulary/words.ts";
import { DocumentFacts } from "./document.ts";
import {
  type Columns,
  countSince,
  day,
  described,
  figure,
  flag,
  moment,
  number,
  optionalDay,
  optionalFlag,
  optionalMoment,
  optionalNumber,
  optionalText,
  optionalWhole,
  optionalWord,
  rowOf,
  since,
  text,
  texts,
  whole,
  word,
} from "./part-column.ts";
import { WRITTEN_HEADS } from "./text-heads.ts";

/**
 * The number of the contract below, stated in each version. Raise it when a part gets a column, which
 * is then `since` that number and null in earlier versions. No column is ever removed or redefined.
 */
export const CONTRACT_VERSION = 9;

const Text = z.string();
const Whole = z.number().int();

/** Who a row is for: small counts of sensitive measures are hidden from the shared audience. */
export const Audience = z.enum(AUDIENCES);
export type Audience = z.infer<typeof Audience>;

/**
 * Who the files of a version are for. The superior named in the plan gets every figure that the city
 * sees, but no working papers: names and digests of received files, unreleased reasons.
 */
export const READERS = [...AUDIENCES, "superior"] as const;
export const Reader = z.enum(READERS);
export type Reader = z.infer<typeof Reader>;

/** Whose files the pages of an audience offer. */
export function readersOn(pages: Audience): readonly Reader[] {
  return pages === "city" ? ["city", "superior"] : ["shared"];
}

/** Whose rows of a version a reader is shown. */
export function rowsFor(reader: Reader): Audience {
  return reader === "shared" ? "shared" : "city";
}

/** Why a version was published. */
export const PublicationClass = z.enum(["first", "late", "correction", "method"]);
export type PublicationClass = z.infer<typeof PublicationClass>;

export const Section = z.enum(["indicator", "measure"]);

/** What a change is taken of where something is owed: of what both sides have, or of what each has. */
export const Sides = z.enum(["cut", "apart"]);
export type Sides = z.infer<typeof Sides>;

/** A status that a published version may have. */
export type Status = {
  [S in keyof typeof STATUSES]: (typeof STATUSES)[S]["published"] extends null ? never : S;
}[keyof typeof STATUSES];

const PUBLISHED_SINCE = Object.entries(STATUSES).flatMap(([status, { published }]) =>
  published === null ? [] : [[status as Status, published] as const],
);

/** The statuses of a published version, in the order in which they are counted. */
export const Status = z.enum(PUBLISHED_SINCE.map(([status]) => status));

/** The heads of a report's texts. */
export const TextHead = z.enum(["summary", ...WRITTEN_HEADS]);
export type TextHead = z.infer<typeof TextHead>;

/** The head of a report: the plan, the period, and facts for the document. */
const HEAD = {
  plan_id: text,
  plan_number: text,
  plan_title: text,
  plan_short_title: text,
  issuer: text,
  carries_out: optionalText,
  issued_on: day,
  in_force_from: day,
  source: text,
  reports_to: text,
  area_name: text,
  /** What the plan's area is called in general: "thành phố". */
  area_noun: text,
  /** What a reporting area is called in general: "phường, xã"; null where none report. */
  reporting_area_noun: optionalText,
  period: text,
  period_name: text,
  period_kind: text,
  year: whole,
  data_from: day,
  data_to: day,
  /** Exclusive. */
  due_before: day,
  is_estimate: flag,
  /** The period of the same kind before this one, in the same year; null for the year's first. */
  previous_period: optionalText,
  previous_period_name: optionalText,
  last_year_period: optionalText,
  last_year_period_name: optionalText,
  /** The published version of that period whose figures are others by now: nothing is compared with it. */
  previous_changed_version: since(4, optionalWhole),
  last_year_changed_version: since(4, optionalWhole),
  areas: whole,
  units_expected: whole,
  units_reported: whole,
  is_demonstration: flag,
  document_superior: optionalText,
  document_agency: text,
  document_abbreviation: text,
  document_place: text,
  document_authority: optionalText,
  document_signatory_title: optionalText,
  document_recipients: texts,
  document_filed_at: text,
  document_signatory: since(2, optionalText),
  /** The superior who gets a copy with every figure; null where the plan names none. */
  document_addressed_to: since(3, optionalText),
  /** That copy is for internal use. */
  document_is_internal: since(3, optionalFlag),
} satisfies Columns;
export const Head = rowOf(HEAD);
export type Head = z.infer<typeof Head>;

/** One indicator, or one measure: its words, and how it is counted. */
const ITEM = {
  section: described(word(Section), "indicator: chỉ tiêu; measure: số liệu báo cáo"),
  code: described(text, "Mã trong kế hoạch"),
  /** Place in the plan file, from 1 within its section. */
  item_no: described(whole, "Thứ tự trong kế hoạch, từ 1 trong từng phần (section)"),
  group_code: described(optionalText, "Mã nhóm chỉ tiêu"),
  group_name: described(optionalText, "Tên nhóm chỉ tiêu"),
  name: described(text, "Tên chỉ tiêu hoặc số liệu"),
  short_name: described(text, "Tên gọn"),
  unit_of_measure: described(text, "Đơn vị tính"),
  /** The plan's own words. */
  quote: described(optionalText, "Nội dung quy định tại kế hoạch"),
  formula: described(optionalText, "Cách tính"),
  value_kind: described(optionalText, "Loại giá trị của chỉ tiêu"),
  target_comparator: described(optionalText, "Phép so sánh của mức chỉ tiêu"),
  target_value: described(figure(18, 4), "Mức chỉ tiêu"),
  target_text: described(optionalText, "Mức chỉ tiêu như trình bày"),
  pace: described(
    optionalText,
    "Tiến độ: linear chia đều cho các kỳ đến khi đến hạn, none không tính tiến độ",
  ),
  /** Rules that had to be added to make an indicator countable. */
  added_rules: described(texts, "Quy ước bổ sung mà kế hoạch không nêu, mỗi quy ước một dòng"),
  /** `count`, `yes_no` or `level` for a measure. */
  kind: described(
    optionalText,
    "Loại số liệu: count số đếm, yes_no có hoặc không, level mức xếp loại",
  ),
  over_time: described(optionalText, "Cách cộng các kỳ trong năm"),
  over_areas: described(optionalText, "Cách cộng các địa bàn"),
  reported_by: described(optionalText, "Đơn vị báo cáo"),
  explanation: described(optionalText, "Giải thích"),
  is_sensitive: described(flag, "Số liệu nhạy cảm, hoặc chỉ tiêu tính từ số liệu nhạy cảm"),
  /** The measure is used by an indicator. */
  has_indicator: flag,
} satisfies Columns;
export const Item = rowOf(ITEM);
export type Item = z.infer<typeof Item>;

/**
 * One figure: an indicator or a measure, for the plan's whole area (`area_id` null, `area_no` 0) or
 * one reporting area. `value` is to date (cumulative over the year), `value_in_period` of the period
 * itself. Of a measure, `value` and `value_in_period` are what was reported; it has no numerator,
 * target or status. Figures that the audience may not see are null and `is_withheld` is true.
 */
const LINE = {
  audience: word(Audience),
  section: described(word(Section), "indicator: chỉ tiêu; measure: số liệu báo cáo"),
  code: described(text, "Mã chỉ tiêu hoặc mã số liệu trong kế hoạch"),
  item_no: described(whole, "Thứ tự trong kế hoạch, từ 1 trong từng phần (section)"),
  area_id: optionalWhole,
  area_code: described(optionalText, "Mã đơn vị hành chính; trống là toàn địa bàn của kế hoạch"),
  area_name: described(optionalText, "Tên địa bàn; trống là toàn địa bàn của kế hoạch"),
  area_no: described(whole, "Thứ tự địa bàn; 0 là toàn địa bàn của kế hoạch"),
  numerator: described(figure(28, 4), "Tử số, lũy kế từ đầu năm"),
  denominator: described(figure(28, 4), "Mẫu số, lũy kế từ đầu năm"),
  /** Exact to six decimals. */
  value: described(figure(28, 6), "Giá trị lũy kế từ đầu năm, đủ sáu chữ số thập phân"),
  /** As it is shown: never rounded across the target. */
  value_shown: described(
    figure(28, 4),
    "Giá trị lũy kế như trình bày trong báo cáo: không bao giờ làm tròn qua mức chỉ tiêu",
  ),
  numerator_in_period: described(figure(28, 4), "Tử số trong kỳ"),
  denominator_in_period: described(figure(28, 4), "Mẫu số trong kỳ"),
  value_in_period: described(figure(28, 6), "Giá trị trong kỳ, đủ sáu chữ số thập phân"),
  /** As it is shown beside the same target, which it never seems to reach or to miss wrongly. */
  value_in_period_shown: described(figure(28, 4), "Giá trị trong kỳ như trình bày trong báo cáo"),
  target_value: described(figure(18, 4), "Mức chỉ tiêu; với khoảng là cận dưới"),
  /** The upper bound of a range. */
  target_to: described(figure(18, 4), "Cận trên của khoảng; trống khi không phải khoảng"),
  pace_value: described(
    figure(28, 6),
    "Mức cần đạt tại kỳ này; trống khi chỉ tiêu không tính tiến độ",
  ),
  /** As it is shown: rounded up. */
  pace_shown: described(
    figure(28, 4),
    "Mức cần đạt tại kỳ này như trình bày trong báo cáo: làm tròn lên",
  ),
  /** The target must hold at the end of the period. */
  is_due: described(optionalFlag, "Đến cuối kỳ này thì phải đạt mức chỉ tiêu"),
  attained: described(optionalFlag, "Đã đạt mức chỉ tiêu hay chưa; trống khi không xét được"),
  status: described(
    optionalWord(Status),
    `Đánh giá: ${Status.options.map((code) => `${code} ${inSentence(STATUSES[code].word)}`).join(", ")}`,
  ),
  /** A report still owed could change the status. */
  is_provisional: described(
    optionalFlag,
    "Đánh giá còn là tạm tính: kỳ chưa khóa, hoặc báo cáo còn thiếu có thể làm thay đổi",
  ),
  areas_expected: described(optionalWhole, "Số địa bàn (đơn vị, điều kiện) phải có số liệu"),
  areas_reported: described(
    optionalWhole,
    "Số địa bàn (đơn vị, điều kiện) đã báo cáo cho chính kỳ này",
  ),
  /** With an earlier figure in use. */
  areas_carried: described(
    optionalWhole,
    "Số địa bàn (đơn vị, điều kiện) lấy số đã báo cáo ở kỳ trước",
  ),
  /** Left out of the whole, since one part of their ratio is unknown. */
  areas_left_out: described(optionalWhole, "Số địa bàn (đơn vị) chưa tính được vào tỷ lệ"),
  /** Of a covering period: with an own report for it. */
  areas_own: described(optionalWhole, "Số địa bàn (đơn vị) có báo cáo riêng của kỳ"),
  /** Closed earlier periods without a report, summed over places. */
  periods_missing_before: described(
    optionalWhole,
    "Số lượt thiếu số liệu của các kỳ trước đã khóa trong năm, không gồm kỳ này; mỗi địa bàn, đơn vị thiếu một kỳ tính một lượt",
  ),
  /** `own`: the period's own reports; `covered`: from the periods that it covers. */
  basis: described(
    optionalText,
    "own: từ báo cáo của chính kỳ này; covered: từ báo cáo của các kỳ ngắn hơn",
  ),
  previous_value: described(figure(28, 4), "Giá trị trình bày của kỳ trước trong năm"),
  previous_status: described(optionalWord(Status), "Đánh giá của kỳ trước trong năm"),
  /** Of exact figures, rounded once; null where the period before has changed since it was published. */
  change_from_previous: described(
    figure(28, 4),
    "Giá trị lũy kế trừ giá trị của kỳ trước, tính trên số chưa làm tròn; trống khi số liệu kỳ trước đã khác bản phát hành",
  ),
  last_year_value: described(figure(28, 4), "Giá trị trình bày của cùng kỳ năm trước"),
  change_from_last_year: described(
    figure(28, 4),
    "Giá trị lũy kế trừ giá trị của cùng kỳ năm trước, tính trên số chưa làm tròn; trống khi số liệu kỳ ấy đã khác bản phát hành",
  ),
  /** The measure's own report says that nothing arose. */
  is_nil: described(optionalFlag, "Đơn vị báo cáo ghi rõ không phát sinh; giá trị khi đó là 0"),
  is_withheld: described(
    flag,
    "Có số liệu nhưng không công bố trong bản này; các cột số liệu khi đó để trống",
  ),
  /** Of a change; not in the data files, whose columns stay. */
  sides: since(8, optionalWord(Sides)),
  /** By how many of what is counted the target is kept, below 0: missed; not in the data files. */
  beyond_count: since(9, figure(28, 0)),
  counted_unit: since(9, optionalText),
} satisfies Columns;
export const Line = rowOf(LINE);
export type Line = z.infer<typeof Line>;

/** A count for each status; 0 in what was published before there was such a status. */
const STATUS_COUNTS = Object.fromEntries(
  PUBLISHED_SINCE.map(([status, contract]) => [status, countSince(contract)]),
) as Readonly<Record<Status, typeof whole>>;

/** How many indicators stand how, for the whole area or one reporting area. */
const TALLY = {
  audience: word(Audience),
  area_id: optionalWhole,
  area_code: optionalText,
  area_name: optionalText,
  area_no: whole,
  indicators: whole,
  ...STATUS_COUNTS,
  /**
   * 1 needs attention most: most indicators not met or behind. Equal counts share a rank; areas whose
   * own units sent nothing come after those that sent. Null for the whole, and for areas without any
   * such indicator.
   */
  attention_rank: optionalWhole,
  /** "phường Tam Thanh" of "Phường Tam Thanh": as it is written within a sentence. */
  area_name_within_sentence: since(2, optionalText),
} satisfies Columns;
export const Tally = rowOf(TALLY);
export type Tally = z.infer<typeof Tally>;

/** Whether one reporting unit has sent its report: the coverage. */
const UNIT = {
  unit_no: whole,
  unit_id: text,
  unit_code: text,
  unit_name: text,
  unit_short_name: text,
  area_id: optionalWhole,
  timeliness: word(z.enum(["on_time", "late", "missing", "not_due", "not_applicable"])),
  first_received_at: optionalMoment,
  last_received_at: optionalMoment,
  submissions: whole,
  is_nil_return: flag,
  days_late: optionalWhole,
  /** What it owes of closed periods before, a period a line, with the figures that its report lacks. */
  missing_before: since(5, optionalText),
} satisfies Columns;
export const Unit = rowOf(UNIT);
export type Unit = z.infer<typeof Unit>;

/** A submission that figures use, of this period or an earlier one. */
const SUBMISSION = {
  submission_no: number,
  receipt_no: number,
  unit_id: text,
  unit_name: text,
  period: text,
  file_name: text,
  sha256: text,
  medium: text,
  received_at: moment,
} satisfies Columns;
export const Submission = rowOf(SUBMISSION);
export type Submission = z.infer<typeof Submission>;

/**
 * A submission as an audience may see it. Where the rest of a file can be guessed, its digest would
 * reveal withheld figures: the shared audience gets the receipt number.
 */
export interface ShownSubmission extends Omit<Submission, "sha256" | "file_name"> {
  readonly sha256: string | null;
  /** A text of its sender; null but for the city. */
  readonly file_name: string | null;
}

/** A doubt about a figure that was open when the version was published. */
const DOUBT = {
  audience: word(Audience),
  finding_id: text,
  rule: text,
  period: text,
  /** Its name: `Quý II năm 2024`. */
  period_name: since(3, optionalText),
  measure: optionalText,
  measure_name: optionalText,
  unit_name: optionalText,
  area_name: optionalText,
  value: figure(18, 4),
  compared_with: figure(18, 4),
  found: optionalText,
  sheet: optionalText,
  cell: optionalText,
  line: optionalNumber,
  is_acknowledged: flag,
  acknowledged_reason: optionalText,
  is_withheld: flag,
} satisfies Columns;
export const Doubt = rowOf(DOUBT);
export type Doubt = z.infer<typeof Doubt>;

/**
 * A figure, a status, a text of an indicator or measure, a unit's report, or who signs the document,
 * that differs from the version before.
 */
const CHANGE = {
  audience: word(Audience),
  section: word(z.enum(["indicator", "measure", "unit", "document"])),
  /** Code of the indicator, the measure or the unit; empty of the document. */
  code: text,
  item_no: whole,
  name: text,
  area_id: optionalWhole,
  area_name: optionalText,
  area_no: whole,
  /** Column of the line or item, fact of the document that differs; of a unit `last_received_at`. */
  field: text,
  /**
   * Exact decimal, status, moment or text, whether a place has what it has or not; null where there
   * was none, or withheld.
   */
  old_value: optionalText,
  new_value: optionalText,
  is_withheld: flag,
  /** The numbers of the causes that it may follow from: `1, 3`. */
  causes: since(4, optionalText),
} satisfies Columns;
export const Change = rowOf(CHANGE);
export type Change = z.infer<typeof Change>;

/**
 * What may make a version differ from the one before: another report of a unit, its first or a later
 * one, or none since it was sent back or recalled; the report of a period beside published again; the plan file; earlier figures that the sources
 * give; a deadline; doubts that were settled or are open; texts on causes and remedies; nothing known.
 */
export const CAUSES = [
  "received",
  "again",
  "withdrawn",
  "version",
  "plan",
  "baseline",
  "closed",
  "settled",
  "doubted",
  "shortfall",
  "unknown",
] as const;

/** What made the version differ from the one before, as far as it is known. */
const CAUSE = {
  audience: word(Audience),
  /** In the order of the document, from 1. */
  cause_no: whole,
  kind: word(z.enum(CAUSES)),
  /** Of a report that came or was sent again, and of a version or a deadline: of which period. */
  unit_name: optionalText,
  period: optionalText,
  period_name: optionalText,
  receipt_no: optionalNumber,
  received_at: optionalMoment,
  /** When the report came that it is in the place of. */
  replaced_at: optionalMoment,
  /** Of the report of the other period, published again; of a report, of the office that handed it up. */
  version: optionalWhole,
  /** Why that office published it, by its own words. */
  reason: since(6, optionalText),
  /** The first day after the deadline; null where the period closed with the last report owed. */
  due_before: optionalDay,
  /** Differences that follow from it, maybe with others: rows of the part `change`. */
  changes: whole,
  /** Measures among them. */
  measures: whole,
  /** Verdicts of areas among them. */
  area_verdicts: whole,
} satisfies Columns;
export const Cause = rowOf(CAUSE);
export type Cause = z.infer<typeof Cause>;

/** A paragraph derived from the figures alone. */
const TEXT = {
  audience: word(Audience),
  head: word(TextHead),
  /** Place under its head, from 1. */
  text_no: whole,
  text,
} satisfies Columns;
export const DocumentText = rowOf(TEXT);
export type DocumentText = z.infer<typeof DocumentText>;

/** Why an indicator is not attained, and what is done about it: by a unit, or by the office for the whole area. */
const SHORTFALL = {
  audience: word(Audience),
  code: described(text, "Mã chỉ tiêu trong kế hoạch"),
  item_no: described(whole, "Thứ tự trong kế hoạch, từ 1 trong từng phần (section)"),
  unit_no: described(whole, "Thứ tự đơn vị báo cáo; 0 là cơ quan tổng hợp, cho toàn địa bàn"),
  unit_id: optionalText,
  unit_name: described(optionalText, "Tên đơn vị; trống là cơ quan tổng hợp, cho toàn địa bàn"),
  area_id: optionalWhole,
  cause: described(optionalText, "Nguyên nhân"),
  remedy: described(optionalText, "Giải pháp"),
  /** Everybody may read it. */
  is_released: flag,
} satisfies Columns;
export const Shortfall = rowOf(SHORTFALL);
export type Shortfall = z.infer<typeof Shortfall>;

/** The columns of each part: the one list that types, models, marts and exports are made from. */
const PART_COLUMNS = {
  head: HEAD,
  item: ITEM,
  line: LINE,
  tally: TALLY,
  unit: UNIT,
  submission: SUBMISSION,
  doubt: DOUBT,
  change: CHANGE,
  cause: CAUSE,
  text: TEXT,
  shortfall: SHORTFALL,
} as const;
export type Part = keyof typeof PART_COLUMNS;
export const COLUMNS: Readonly<Record<Part, Columns>> = PART_COLUMNS;
export const PART_NAMES = Object.keys(PART_COLUMNS) as readonly Part[];

/** The parts of a version: each is the rows of the model `report.<part>` for one plan and period. */
export const PARTS = {
  head: Head,
  item: Item,
  line: Line,
  tally: Tally,
  unit: Unit,
  submission: Submission,
  doubt: Doubt,
  change: Change,
  cause: Cause,
  text: DocumentText,
  shortfall: Shortfall,
} as const;

/** Something for each part. */
export function byPart<T>(of: (part: Part) => T): Record<Part, T> {
  return Object.fromEntries(PART_NAMES.map((part) => [part, of(part)])) as Record<Part, T>;
}

/** The contract that brought a part, where it was not the first. */
const PART_SINCE: Partial<Record<Part, number>> = { text: 3, cause: 4, shortfall: 5 };

/** The parts of a version by the number of its contract; null: of one from before there was a number. */
export function partsOf(contract: number | null): readonly Part[] {
  return PART_NAMES.filter((part) => (PART_SINCE[part] ?? 1) <= (contract ?? 1));
}

/** The columns of a part by the number of a contract, in the order in which they are stored. */
export function columnsOf(part: Part, contract: number | null): readonly string[] {
  return Object.entries(COLUMNS[part])
    .filter(([, { since }]) => since <= (contract ?? 1))
    .map(([name]) => name);
}

/** The facts of a published version. Digests are hexadecimal sha256, moments as in the parts. */
export const Publication = z.object({
  publication_no: Text,
  plan_id: Text,
  period: Text,
  version: Whole.min(1),
  class: PublicationClass,
  reason: Text,
  is_final: z.boolean(),
  /** The figures are those known at this moment. */
  as_of: Text,
  recorded_at: Text,
  software_version: Text,
  plan_sha256: Text,
  inputs_sha256: Text,
  models_sha256: Text,
  lines_sha256: Text,
  /** The contract of its parts; 1 where an earlier program stated none. */
  contract_version: Whole.min(1),
  sha256: Text,
  /** The digest as people compare it, `1A2B3-C4D5E-F6071-8293A`. */
  check_code: Text,
  /** sha256 of the seal before, and the public key that this one is signed with; null where there is none. */
  previous_seal: Text.nullable(),
  signed_by: Text.nullable(),
  document: DocumentFacts,
});
export type Publication = z.infer<typeof Publication>;

/** A published version with all its rows, for one reader. */
export interface PublishedReport {
  readonly publication: Publication;
  /** The newest version of the same report; this one is out of date when it differs. */
  readonly latestVersion: number;
  readonly audience: Reader;
  readonly head: Head;
  readonly items: readonly Item[];
  /** In the order section, item, area. */
  readonly lines: readonly Line[];
  readonly tallies: readonly Tally[];
  readonly units: readonly Unit[];
  readonly submissions: readonly ShownSubmission[];
  readonly doubts: readonly Doubt[];
  readonly changes: readonly Change[];
  /** None in earlier versions. */
  readonly causes: readonly Cause[];
  /** Texts under its heads, derived or written; none in earlier versions. */
  readonly texts: readonly Pick<DocumentText, "head" | "text">[];
  /** By indicator, the office's own first; none in earlier versions. */
  readonly shortfalls: readonly Shortfall[];
  /** For the superior: measures of which the office keeps the whole area's figures from everybody. */
  readonly withheld: readonly string[];
}
