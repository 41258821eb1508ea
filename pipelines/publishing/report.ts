import { z } from "zod";
import { AUDIENCES } from "../models/model.ts";

/** An exact decimal as text, `12.5000`; null where there is no figure. */
const Figure = z.string().nullable();
const Text = z.string();
const OptionalText = z.string().nullable();
/** `YYYY-MM-DD`. */
const Day = z.string();
/** `YYYY-MM-DD HH:MM:SS` in office time. */
const Moment = z.string();
const Whole = z.number().int();

/** Who a table is for: small counts of sensitive measures are hidden from the shared audience. */
export const Audience = z.enum(AUDIENCES);
export type Audience = z.infer<typeof Audience>;

/** Why a version was published. */
export const PublicationClass = z.enum(["first", "late", "correction", "method"]);
export type PublicationClass = z.infer<typeof PublicationClass>;

export const Section = z.enum(["indicator", "measure"]);

/** The statuses of `design.md`'s rule 7 in the plan's order, and `withheld` for the shared audience. */
export const Status = z.enum([
  "met",
  "within",
  "on_track",
  "behind",
  "not_yet",
  "not_met",
  "not_arising",
  "in_doubt",
  "not_reported",
  "not_applicable",
  "withheld",
]);
export type Status = z.infer<typeof Status>;

/** What stands at the head of a report: the plan, its period, and how the document is laid out. */
export const Head = z.object({
  plan_id: Text,
  plan_number: Text,
  plan_title: Text,
  plan_short_title: Text,
  issuer: Text,
  carries_out: OptionalText,
  issued_on: Day,
  in_force_from: Day,
  source: Text,
  reports_to: Text,
  area_name: Text,
  /** What the plan's area is called in general: "thành phố". */
  area_noun: Text,
  /** What a reporting area is called in general: "phường, xã"; null where none report. */
  reporting_area_noun: OptionalText,
  period: Text,
  period_name: Text,
  period_kind: Text,
  year: Whole,
  data_from: Day,
  data_to: Day,
  /** Exclusive. */
  due_before: Day,
  is_estimate: z.boolean(),
  /** The period of the same kind before this one, in the same year; null for the year's first. */
  previous_period: OptionalText,
  previous_period_name: OptionalText,
  last_year_period: OptionalText,
  last_year_period_name: OptionalText,
  areas: Whole,
  units_expected: Whole,
  units_reported: Whole,
  is_demonstration: z.boolean(),
  document_superior: OptionalText,
  document_agency: Text,
  document_abbreviation: Text,
  document_place: Text,
  document_authority: OptionalText,
  document_signatory_title: OptionalText,
  document_recipients: z.array(Text),
  document_filed_at: Text,
});
export type Head = z.infer<typeof Head>;

/** One indicator, or one measure: its words, and how it is counted. */
export const Item = z.object({
  section: Section,
  code: Text,
  /** Place in the plan file, from 1 within its section. */
  item_no: Whole,
  group_code: OptionalText,
  group_name: OptionalText,
  name: Text,
  short_name: Text,
  unit_of_measure: Text,
  /** The plan's own words. */
  quote: OptionalText,
  formula: OptionalText,
  value_kind: OptionalText,
  target_comparator: OptionalText,
  target_value: Figure,
  target_text: OptionalText,
  pace: OptionalText,
  /** Rules that had to be added to make an indicator countable. */
  added_rules: z.array(Text),
  /** `count` or `yes_no` for a measure. */
  kind: OptionalText,
  over_time: OptionalText,
  over_areas: OptionalText,
  reported_by: OptionalText,
  explanation: OptionalText,
  is_sensitive: z.boolean(),
  /** A measure that an indicator stands on. */
  has_indicator: z.boolean(),
});
export type Item = z.infer<typeof Item>;

/**
 * One figure: an indicator or a measure, for the plan's whole area (`area_id` null, `area_no` 0) or
 * one reporting area. `value` is to date (cumulative over the year), `value_in_period` of the period
 * itself. Of a measure, `value` and `value_in_period` are what was reported; it has no numerator,
 * target or status. Figures that the audience may not see are null and `is_withheld` is true.
 */
export const Line = z.object({
  audience: Audience,
  section: Section,
  code: Text,
  item_no: Whole,
  area_id: Whole.nullable(),
  area_code: OptionalText,
  area_name: OptionalText,
  area_no: Whole,
  numerator: Figure,
  denominator: Figure,
  /** Exact to six decimals. */
  value: Figure,
  /** As it is shown: never rounded across the target. */
  value_shown: Figure,
  numerator_in_period: Figure,
  denominator_in_period: Figure,
  value_in_period: Figure,
  /** As it is shown beside the same target, which it never seems to reach or to miss wrongly. */
  value_in_period_shown: Figure,
  target_value: Figure,
  /** The upper bound of a range. */
  target_to: Figure,
  pace_value: Figure,
  /** As it is shown: rounded up. */
  pace_shown: Figure,
  /** The target must hold at the end of the period. */
  is_due: z.boolean().nullable(),
  attained: z.boolean().nullable(),
  status: Status.nullable(),
  /** A report that is owed could still change the status. */
  is_provisional: z.boolean().nullable(),
  areas_expected: Whole.nullable(),
  areas_reported: Whole.nullable(),
  /** Of which an earlier figure stands. */
  areas_carried: Whole.nullable(),
  /** Which the whole leaves out, since not both parts of their ratio are known. */
  areas_left_out: Whole.nullable(),
  /** Of a covering period, those that stand on their own report for it. */
  areas_own: Whole.nullable(),
  /** Of earlier periods that are closed, added up over places. */
  periods_missing_before: Whole.nullable(),
  /** `own`: the period's own reports; `covered`: from the periods that it covers. */
  basis: OptionalText,
  previous_value: Figure,
  previous_status: Status.nullable(),
  /** `value_shown` less `previous_value`. */
  change_from_previous: Figure,
  last_year_value: Figure,
  change_from_last_year: Figure,
  /** The measure's own report says that nothing arose. */
  is_nil: z.boolean().nullable(),
  is_withheld: z.boolean(),
});
export type Line = z.infer<typeof Line>;

/** How many indicators stand how, for the whole area or one reporting area. */
export const Tally = z.object({
  audience: Audience,
  area_id: Whole.nullable(),
  area_code: OptionalText,
  area_name: OptionalText,
  area_no: Whole,
  indicators: Whole,
  met: Whole,
  within: Whole,
  on_track: Whole,
  behind: Whole,
  not_yet: Whole,
  not_met: Whole,
  not_arising: Whole,
  in_doubt: Whole,
  not_reported: Whole,
  not_applicable: Whole,
  withheld: Whole,
  /**
   * 1 needs attention most: most indicators not met or behind. Equal counts share a rank; areas whose
   * own units sent nothing come after those that sent. Null for the whole, and for areas without any
   * such indicator.
   */
  attention_rank: Whole.nullable(),
});
export type Tally = z.infer<typeof Tally>;

/** Whether one reporting unit has sent its report: the coverage. */
export const Unit = z.object({
  unit_no: Whole,
  unit_id: Text,
  unit_code: Text,
  unit_name: Text,
  unit_short_name: Text,
  area_id: Whole.nullable(),
  timeliness: z.enum(["on_time", "late", "missing", "not_due", "not_applicable"]),
  first_received_at: Moment.nullable(),
  last_received_at: Moment.nullable(),
  submissions: Whole,
  is_nil_return: z.boolean(),
  days_late: Whole.nullable(),
});
export type Unit = z.infer<typeof Unit>;

/** A submission that figures stand on, of this period or an earlier one. */
export const Submission = z.object({
  submission_no: Text,
  receipt_no: Text,
  unit_id: Text,
  unit_name: Text,
  period: Text,
  file_name: Text,
  sha256: Text,
  medium: Text,
  received_at: Moment,
});
export type Submission = z.infer<typeof Submission>;

/**
 * A submission as an audience may see it. By its digest the shared audience could try out what is
 * withheld, where the rest of a file can be guessed; it has the number of the receipt.
 */
export interface ShownSubmission extends Omit<Submission, "sha256" | "file_name"> {
  readonly sha256: string | null;
  /** A text of its sender; null for the shared audience. */
  readonly file_name: string | null;
}

/** A doubt about a figure that was open when the version was published. */
export const Doubt = z.object({
  audience: Audience,
  finding_id: Text,
  rule: Text,
  period: Text,
  measure: OptionalText,
  measure_name: OptionalText,
  unit_name: OptionalText,
  area_name: OptionalText,
  value: Figure,
  compared_with: Figure,
  found: OptionalText,
  sheet: OptionalText,
  cell: OptionalText,
  line: OptionalText,
  is_acknowledged: z.boolean(),
  acknowledged_reason: OptionalText,
  is_withheld: z.boolean(),
});
export type Doubt = z.infer<typeof Doubt>;

/** A figure, a status or a unit's report that differs from the version before. */
export const Change = z.object({
  audience: Audience,
  section: z.enum(["indicator", "measure", "unit"]),
  /** Code of the indicator, the measure or the unit. */
  code: Text,
  item_no: Whole,
  name: Text,
  area_id: Whole.nullable(),
  area_name: OptionalText,
  area_no: Whole,
  /** Column of the line that differs; of a unit `last_received_at`. */
  field: Text,
  /** Exact decimal, status or moment as text; null where there was none, or withheld. */
  old_value: OptionalText,
  new_value: OptionalText,
  is_withheld: z.boolean(),
});
export type Change = z.infer<typeof Change>;

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
} as const;
export type Part = keyof typeof PARTS;
export const PART_NAMES = Object.keys(PARTS) as readonly Part[];

/** What is recorded of a published version itself. Digests are hexadecimal sha256. */
export const Publication = z.object({
  publication_no: Text,
  plan_id: Text,
  period: Text,
  version: Whole.min(1),
  class: PublicationClass,
  reason: Text,
  is_final: z.boolean(),
  /** The figures are those known at this moment. */
  as_of: Moment,
  recorded_at: Moment,
  software_version: Text,
  plan_sha256: Text,
  inputs_sha256: Text,
  models_sha256: Text,
  lines_sha256: Text,
  sha256: Text,
});
export type Publication = z.infer<typeof Publication>;

/** A published version with all that it holds, for one audience. */
export interface PublishedReport {
  readonly publication: Publication;
  /** The newest version of the same report; this one is out of date when it differs. */
  readonly latestVersion: number;
  readonly audience: Audience;
  readonly head: Head;
  readonly items: readonly Item[];
  /** In the order section, item, area. */
  readonly lines: readonly Line[];
  readonly tallies: readonly Tally[];
  readonly units: readonly Unit[];
  readonly submissions: readonly ShownSubmission[];
  readonly doubts: readonly Doubt[];
  readonly changes: readonly Change[];
}
