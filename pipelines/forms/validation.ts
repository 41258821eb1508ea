import type { DataValidation } from "hucre";
import type { PlanMeasure } from "../sources/plan.ts";
import { cellName } from "./draft.ts";
import { countPrompt, NIL, NIL_PROMPT, NO, YES, YES_NO_PROMPT } from "./wording.ts";

const SHOWN = {
  allowBlank: true,
  showInputMessage: true,
  showErrorMessage: true,
  errorStyle: "stop",
} as const;

/** What may be typed into an entry cell of a measure. */
export function entryRule(measure: PlanMeasure, row: number, column: number): DataValidation {
  const range = cellName(row, column);
  if (measure.kind === "yes_no") {
    return { type: "list", values: [YES, NO], range, ...SHOWN, ...YES_NO_PROMPT };
  }
  const number = `AND(${range}>=0,ROUND(${range},${measure.decimals})=${range})`;
  return {
    type: "custom",
    formula1: `IF(ISNUMBER(${range}),${number},TRIM(${range})="${NIL}")`,
    range,
    ...SHOWN,
    ...countPrompt(measure.decimals),
  };
}

/** The choice that nothing arose at all. */
export function nilRule(row: number, column: number): DataValidation {
  return { type: "list", values: [NIL], range: cellName(row, column), ...SHOWN, ...NIL_PROMPT };
}
