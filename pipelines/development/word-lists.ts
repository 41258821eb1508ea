import { CAUSES, READERS, Sides } from "../contract/report.ts";
import { AUDIENCES } from "../vocabulary/audiences.ts";
import {
  BASES,
  CLASSES,
  COMPARATORS,
  OVER_AREAS,
  OVER_TIME,
  REPORT_STATES,
  STATUSES,
  TIMELINESS,
  VALUE_KINDS,
} from "../vocabulary/words.ts";

/** Texts that stand for something, and the columns of page tables that hold nothing else. */
export interface WordList {
  readonly words: readonly string[];
  /** `table.column` of `reports/sources/chitieu`. */
  readonly columns: readonly string[];
}

/** Every such list, by the name of its type. A test holds the demonstration's rows to them. */
export const WORD_LISTS: Readonly<Record<string, WordList>> = {
  Status: {
    words: Object.keys(STATUSES),
    columns: [
      "attainment_city.status",
      "attainment_city.status_before",
      "attainment_city.why_none_in_period",
      "attainment_ward.status",
      "attainment_ward.why_none_in_period",
      "point_city.status",
      "point_city.why_none_in_period",
      "point_city.before_status",
      "point_city.before_status_in_period",
      "point_ward.status",
      "point_ward.before_status",
      "ward_status.status",
      "earlier_figure.status",
      "earlier_figure.why_none_in_period",
      "report_line.status",
      "report_line.previous_status",
      "measure_city.status",
      "measure_ward.status",
      "trace_component.status",
      "trace_place.status",
    ],
  },
  Timeliness: {
    words: Object.keys(TIMELINESS),
    columns: ["timeliness.timeliness", "report_unit.timeliness", "office_report.timeliness"],
  },
  ReportState: { words: Object.keys(REPORT_STATES), columns: ["office_report.state"] },
  Attention: {
    words: ["lacking", "clear", "not_reported", "not_applicable"],
    columns: ["area_attention.attention"],
  },
  Basis: {
    words: Object.keys(BASES),
    columns: ["attainment_city.basis", "attainment_ward.basis", "report_line.basis"],
  },
  PublicationClass: { words: Object.keys(CLASSES), columns: ["report.class"] },
  Verdict: {
    words: [
      "ready",
      "open_findings",
      "not_reported",
      "not_begun",
      "unchanged",
      "earlier_changed",
      "in_review",
      "published",
    ],
    columns: ["readiness.verdict"],
  },
  Audience: { words: AUDIENCES, columns: ["plan.audience", "report.audience"] },
  Reader: { words: READERS, columns: ["report_file.reader"] },
  Section: {
    words: ["indicator", "measure"],
    columns: ["report_item.section", "report_line.section"],
  },
  ChangeSection: {
    words: ["indicator", "measure", "unit", "document"],
    columns: ["report_change.section"],
  },
  CauseKind: { words: CAUSES, columns: ["report_cause.kind"] },
  Sides: { words: Sides.options, columns: ["point_city.sides", "point_ward.sides"] },
  ValueKind: {
    words: Object.keys(VALUE_KINDS),
    columns: ["indicator.value_kind", "earlier_figure.value_kind", "report_item.value_kind"],
  },
  TargetScope: {
    words: ["whole", "all", "each", "groups", "table"],
    columns: ["indicator.target_scope"],
  },
  Pace: { words: ["linear", "none"], columns: ["indicator.pace"] },
  Comparator: {
    words: Object.keys(COMPARATORS),
    columns: [
      "indicator.target_comparator",
      "earlier_figure.target_comparator",
      "point_city.target_comparator",
      "point_ward.target_comparator",
      "basis.comparator",
      "trace_part.comparator",
    ],
  },
  MeasureKind: {
    words: ["count", "yes_no", "level"],
    columns: ["measure.kind", "basis.kind", "report_item.kind", "trace_part.kind"],
  },
  OverTime: {
    words: Object.keys(OVER_TIME),
    columns: ["measure.over_time", "basis.over_time", "trace_part.over_time"],
  },
  OverAreas: { words: Object.keys(OVER_AREAS), columns: ["measure.over_areas"] },
  Role: {
    words: ["numerator", "denominator", "condition"],
    columns: ["basis.role", "trace_part.role"],
  },
  Usage: {
    words: ["counts", "earlier", "replaced", "blank", "not_sent"],
    columns: ["basis.usage"],
  },
  PeriodKind: {
    words: ["month", "quarter", "half_year", "nine_months", "year", "other"],
    columns: ["period.kind", "earlier_figure.kind", "plan.base_kind", "change_basis.earlier_kind"],
  },
};

/** The list that the texts of a column are from. */
export function wordsOf(table: string, column: string): string | undefined {
  const place = `${table}.${column}`;
  return Object.keys(WORD_LISTS).find((name) => WORD_LISTS[name]?.columns.includes(place));
}
