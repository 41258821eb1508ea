import type { DataValidation } from "hucre";
import type { PlanMeasure } from "../sources/plan.ts";
import {
  countPrompt,
  NIL,
  NIL_PROMPT,
  NO,
  stockPrompt,
  YES,
  YES_NO_PROMPT,
} from "./form-wording.ts";
import { cellName } from "./sheet-draft.ts";

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
  // a stock is there or it is 0; it does not arise in a period
  const isStock = measure.over_time === "last";
  const number = `AND(${range}>=0,ROUND(${range},${measure.decimals})=${range})`;
  return {
    type: "custom",
    formula1: `IF(ISNUMBER(${range}),${number},${isStock ? "FALSE" : `TRIM(${range})="${NIL}"`})`,
    range,
    ...SHOWN,
    ...(isStock ? stockPrompt(measure.decimals) : countPrompt(measure.decimals)),
  };
}

/** The choice that nothing arose at all. */
export function nilRule(row: number, column: number): DataValidation {
  return { type: "list", values: [NIL], range: cellName(row, column), ...SHOWN, ...NIL_PROMPT };
}
