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
  /** Of every table of `reports/sources/chitieu`, or of one: `period.kind`. */
  readonly columns: readonly string[];
}

/** Every such list, by the name of its type. A test holds the demonstration's rows to them. */
export const WORD_LISTS: Readonly<Record<string, WordList>> = {
  Status: {
    words: Object.keys(STATUSES),
    columns: [
      "status",
      "status_before",
      "why_none_in_period",
      "before_status",
      "before_status_in_period",
      "previous_status",
    ],
  },
  Timeliness: { words: Object.keys(TIMELINESS), columns: ["timeliness"] },
  ReportState: { words: Object.keys(REPORT_STATES), columns: ["office_report.state"] },
  Attention: {
    words: ["lacking", "clear", "not_reported", "not_applicable"],
    columns: ["attention"],
  },
  Basis: { words: Object.keys(BASES), columns: ["basis"] },
  PublicationClass: { words: Object.keys(CLASSES), columns: ["class"] },
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
    columns: ["verdict"],
  },
  Audience: { words: AUDIENCES, columns: ["audience"] },
  Reader: { words: READERS, columns: ["reader"] },
  Section: { words: ["indicator", "measure"], columns: ["section"] },
  ChangeSection: {
    words: ["indicator", "measure", "unit", "document"],
    columns: ["report_change.section"],
  },
  CauseKind: { words: CAUSES, columns: ["report_cause.kind"] },
  Sides: { words: Sides.options, columns: ["sides"] },
  ValueKind: { words: Object.keys(VALUE_KINDS), columns: ["value_kind"] },
  TargetScope: { words: ["whole", "all", "each", "groups", "table"], columns: ["target_scope"] },
  Pace: { words: ["linear", "none"], columns: ["pace"] },
  Comparator: { words: Object.keys(COMPARATORS), columns: ["target_comparator", "comparator"] },
  MeasureKind: {
    words: ["count", "yes_no", "level"],
    columns: ["measure.kind", "basis.kind", "report_item.kind", "trace_part.kind"],
  },
  OverTime: { words: Object.keys(OVER_TIME), columns: ["over_time"] },
  OverAreas: { words: Object.keys(OVER_AREAS), columns: ["over_areas"] },
  Role: { words: ["numerator", "denominator", "condition"], columns: ["role"] },
  Usage: { words: ["counts", "earlier", "replaced", "blank", "not_sent"], columns: ["usage"] },
  PeriodKind: {
    words: ["month", "quarter", "half_year", "nine_months", "year", "other"],
    columns: ["period.kind", "earlier_figure.kind", "base_kind", "earlier_kind"],
  },
};

/** The list that the texts of a column are from. */
export function wordsOf(table: string, column: string): string | undefined {
  const names = Object.keys(WORD_LISTS);
  const listOf = (place: string) => names.find((name) => WORD_LISTS[name]?.columns.includes(place));
  return listOf(`${table}.${column}`) ?? listOf(column);
}
