import type { ListedCode } from "./problem-wording.ts";

/**
 * One kind of problem: a model of `models/intake/checks/` whose rows are the problems, with `row_no`
 * to sort by, the place (`sheet`, `cell`, `line`) and a column for every word that the wording needs.
 */
export interface Check {
  readonly code: ListedCode;
  /** The model, where it finds several kinds and tells them by a column `code`; else that of `code`. */
  readonly model?: string;
  /** The suspicions (see `suspicion.sql`) of which one tells that the check is worth running. */
  readonly suspicions?: readonly string[];
  /**
   * The model lists `most_listed` problems at most, the first by their rows, and says in a column
   * `problem_count` how many there are.
   */
  readonly counts?: true;
  /** The column that orders problems of one row, where there may be several. */
  readonly among?: string;
  /** Lets the file in and stays visible; an error when absent. */
  readonly severity?: "doubt";
}

const UNREADABLE_VALUES = [
  "not_a_number",
  "negative",
  "number_too_large",
  "nil_of_stock",
  "not_yes_no",
  "mark",
  "mark_of_stock",
  "mark_of_yes_no",
] as const;

/** A reading that has a fault, mostly the code itself. */
const fault = (code: ListedCode, ...suspicions: readonly ListedCode[]): Check => ({
  code,
  suspicions: suspicions.length === 0 ? [code] : suspicions,
});

/** Every check, in the order in which problems of one row are told. */
export const CHECKS: readonly Check[] = [
  // who reports on which plan for which period
  ...(
    [
      "unknown_plan",
      "unknown_period",
      "unknown_unit",
      "total_of_units",
      "unit_not_in_period",
      "period_not_applicable",
      "period_not_begun",
      "unit_twice",
    ] as const
  ).map((code) => ({ code, suspicions: ["claim"] })),

  // one reading
  fault("unknown_measure"),
  fault("measure_not_reported"),
  fault("area_missing"),
  fault("area_unknown"),
  fault("total_of_areas", "area_unknown"),
  fault("area_name_unclear", "area_unknown", "area_of_another"),
  fault("area_name_not_valid", "area_unknown", "area_of_another"),
  fault("area_lost_zero", "area_unknown", "area_of_another"),
  fault("area_not_valid", "area_unknown"),
  fault("area_of_another"),
  fault("area_not_wanted"),
  ...UNREADABLE_VALUES.map((code) => ({ ...fault(code), model: "value_fault" })),
  fault("fraction"),
  fault("thousands_mark"),
  fault("date"),
  fault("percentage"),
  fault("percentage_unclear"),
  fault("ambiguous_number"),

  // readings of one submission against each other
  { code: "submission_empty", suspicions: ["empty"] },
  { code: "measure_twice", suspicions: ["repeated"] },
  { code: "nil_return_with_figure", suspicions: ["nil_return"] },
  { code: "above_at_most", among: "other_row" },
  { code: "parts_differ", model: "parts", suspicions: ["parts"] },
  { code: "parts_above", model: "parts", suspicions: ["parts"] },

  // What may well be right but is rarely so. What depends on other files is found by the models, so
  // that it goes when those are corrected.
  { code: "covering_period_early", severity: "doubt", suspicions: ["early"] },
  { code: "measures_left_out", counts: true, severity: "doubt", suspicions: ["left_out"] },
  { code: "total_among_areas", severity: "doubt", suspicions: ["departments"] },
  { code: "beyond_population", severity: "doubt", suspicions: ["large"] },
  { code: "percentage_differs", severity: "doubt", suspicions: ["percentages"] },
];
