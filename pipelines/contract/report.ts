import { z } from "zod";
import { AUDIENCES } from "../vocabulary/audiences.ts";
import { STATUSES } from "../vocabulary/words.ts";
import { DocumentFacts } from "./document.ts";
import {
  type Columns,
  countSince,
  day,
  figure,
  flag,
  moment,
  number,
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

/**
 * The number of the contract below, which each version states: raised whenever a part gets a column,
 * which is then `since` that number and null in what was published before. A column is never taken
 * away, nor does it ever come to mean something else.
 */
export const CONTRACT_VERSION = 3;

const Text = z.string();
const Whole = z.number().int();

/** Who a table is for: small counts of sensitive measures are hidden from the shared audience. */
export const Audience = z.enum(AUDIENCES);
export type Audience = z.infer<typeof Audience>;

/**
 * Who the files of a version are for. The superior that the plan names is entitled to every figure that
 * the city sees, and to none of its working papers: names and digests of received files, and reasons
 * that nobody has released.
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

/** A status that a published version may have. */
export type Status = {
  [S in keyof typeof STATUSES]: (typeof STATUSES)[S]["published"] extends null ? never : S;
}[keyof typeof STATUSES];

const PUBLISHED_SINCE = Object.entries(STATUSES).flatMap(([status, { published }]) =>
  published === null ? [] : [[status as Status, published] as const],
);

/** The statuses of a published version, in the order in which they are counted. */
export const Status = z.enum(PUBLISHED_SINCE.map(([status]) => status));

/** Under which head of a report a text stands. */
export const TextHead = z.enum([
  "summary",
  "achieved",
  "shortcomings",
  "causes",
  "tasks",
  "proposals",
]);
export type TextHead = z.infer<typeof TextHead>;

/** What stands at the head of a report: the plan, its period, and how the document is laid out. */
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
  /** The superior to which a copy with every figure is addressed; null where the plan names none. */
  document_addressed_to: since(3, optionalText),
  /** That copy is for internal use. */
  document_is_internal: since(3, optionalFlag),
} satisfies Columns;
export const Head = rowOf(HEAD);
export type Head = z.infer<typeof Head>;

/** One indicator, or one measure: its words, and how it is counted. */
const ITEM = {
  section: word(Section),
  code: text,
  /** Place in the plan file, from 1 within its section. */
  item_no: whole,
  group_code: optionalText,
  group_name: optionalText,
  name: text,
  short_name: text,
  unit_of_measure: text,
  /** The plan's own words. */
  quote: optionalText,
  formula: optionalText,
  value_kind: optionalText,
  target_comparator: optionalText,
  target_value: figure(18, 4),
  target_text: optionalText,
  pace: optionalText,
  /** Rules that had to be added to make an indicator countable. */
  added_rules: texts,
  /** `count` or `yes_no` for a measure. */
  kind: optionalText,
  over_time: optionalText,
  over_areas: optionalText,
  reported_by: optionalText,
  explanation: optionalText,
  is_sensitive: flag,
  /** A measure that an indicator stands on. */
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
  section: word(Section),
  code: text,
  item_no: whole,
  area_id: optionalWhole,
  area_code: optionalText,
  area_name: optionalText,
  area_no: whole,
  numerator: figure(28, 4),
  denominator: figure(28, 4),
  /** Exact to six decimals. */
  value: figure(28, 6),
  /** As it is shown: never rounded across the target. */
  value_shown: figure(28, 4),
  numerator_in_period: figure(28, 4),
  denominator_in_period: figure(28, 4),
  value_in_period: figure(28, 6),
  /** As it is shown beside the same target, which it never seems to reach or to miss wrongly. */
  value_in_period_shown: figure(28, 4),
  target_value: figure(18, 4),
  /** The upper bound of a range. */
  target_to: figure(18, 4),
  pace_value: figure(28, 6),
  /** As it is shown: rounded up. */
  pace_shown: figure(28, 4),
  /** The target must hold at the end of the period. */
  is_due: optionalFlag,
  attained: optionalFlag,
  status: optionalWord(Status),
  /** A report that is owed could still change the status. */
  is_provisional: optionalFlag,
  areas_expected: optionalWhole,
  areas_reported: optionalWhole,
  /** Of which an earlier figure stands. */
  areas_carried: optionalWhole,
  /** Which the whole leaves out, since not both parts of their ratio are known. */
  areas_left_out: optionalWhole,
  /** Of a covering period, those that stand on their own report for it. */
  areas_own: optionalWhole,
  /** Of earlier periods that are closed, added up over places. */
  periods_missing_before: optionalWhole,
  /** `own`: the period's own reports; `covered`: from the periods that it covers. */
  basis: optionalText,
  previous_value: figure(28, 4),
  previous_status: optionalWord(Status),
  /** `value_shown` less `previous_value`. */
  change_from_previous: figure(28, 4),
  last_year_value: figure(28, 4),
  change_from_last_year: figure(28, 4),
  /** The measure's own report says that nothing arose. */
  is_nil: optionalFlag,
  is_withheld: flag,
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
} satisfies Columns;
export const Unit = rowOf(UNIT);
export type Unit = z.infer<typeof Unit>;

/** A submission that figures stand on, of this period or an earlier one. */
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
 * A submission as an audience may see it. By its digest the shared audience could try out what is
 * withheld, where the rest of a file can be guessed; it has the number of the receipt.
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
  /** Exact decimal, status, moment or text; null where there was none, or withheld. */
  old_value: optionalText,
  new_value: optionalText,
  is_withheld: flag,
} satisfies Columns;
export const Change = rowOf(CHANGE);
export type Change = z.infer<typeof Change>;

/** A paragraph that says of the figures what can be said from them alone. */
const TEXT = {
  audience: word(Audience),
  head: word(TextHead),
  /** Place under its head, from 1. */
  text_no: whole,
  text,
} satisfies Columns;
export const Told = rowOf(TEXT);
export type Told = z.infer<typeof Told>;

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
  text: Told,
} as const;
export type Part = keyof typeof PARTS;
export const PART_NAMES = Object.keys(PARTS) as readonly Part[];

/** The columns of each part, from which SQL reads the rows of published versions (`publishedFunctions`). */
export const COLUMNS: Readonly<Record<Part, Columns>> = {
  head: HEAD,
  item: ITEM,
  line: LINE,
  tally: TALLY,
  unit: UNIT,
  submission: SUBMISSION,
  doubt: DOUBT,
  change: CHANGE,
  text: TEXT,
};

/** The contract that brought a part that not all have had. */
const PART_SINCE: Partial<Record<Part, number>> = { text: 3 };

/** The parts of a version by the number of its contract; null: of one from before that was told. */
export function partsOf(contract: number | null): readonly Part[] {
  return PART_NAMES.filter((part) => (PART_SINCE[part] ?? 1) <= (contract ?? 1));
}

/** What is recorded of a published version itself. Digests are hexadecimal sha256, moments as in the parts. */
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
  /** Of the parts' rows; 1 where an earlier program did not tell. */
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

/** A published version with all that it holds, for one reader. */
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
  /** What it says under its heads, from figures or as somebody wrote it; none in earlier versions. */
  readonly texts: readonly Pick<Told, "head" | "text">[];
}
