/** What stands for an area at a period in which it does not exist. */
export const ABSENT_CELL = {
  value: null,
  value_in_period: null,
  target_value: null,
  target_to: null,
  status: "not_applicable",
  why_none_in_period: null,
  is_provisional: false,
  is_hidden: false,
  areas_carried: 0,
  periods_missing_before: 0,
  doubts: 0,
} as const;

/** The columns of a row that stand for an area at a period. */
export type CellColumn = keyof typeof ABSENT_CELL | "period";
