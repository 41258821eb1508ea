import type { DataValidation } from "hucre";
import type { PlanMeasure } from "../sources/plan/plan.ts";
import { ANSWERS } from "../vocabulary/words.ts";
import { cellName } from "../workbook/cell-name.ts";
import { choicePrompt, choicesOf, countPrompt, NIL_PROMPT, stockPrompt } from "./form-wording.ts";

const SHOWN = {
  allowBlank: true,
  showInputMessage: true,
  showErrorMessage: true,
  errorStyle: "stop",
} as const;

/** What may be typed into an entry cell of a measure. */
export function entryRule(measure: PlanMeasure, row: number, column: number): DataValidation {
  const range = cellName(row, column);
  const choices = choicesOf(measure);
  if (choices !== null) {
    return { type: "list", values: [...choices], range, ...SHOWN, ...choicePrompt(choices) };
  }
  // a stock is there or it is 0; it does not arise in a period
  const isStock = measure.over_time === "last";
  const number = `AND(${range}>=0,ROUND(${range},${measure.decimals})=${range})`;
  return {
    type: "custom",
    formula1: `IF(ISNUMBER(${range}),${number},${isStock ? "FALSE" : `TRIM(${range})="${ANSWERS.nil.word}"`})`,
    range,
    ...SHOWN,
    ...(isStock ? stockPrompt(measure.decimals) : countPrompt(measure.decimals)),
  };
}

/** The choice that nothing arose at all. */
export function nilRule(row: number, column: number): DataValidation {
  return {
    type: "list",
    values: [ANSWERS.nil.word],
    range: cellName(row, column),
    ...SHOWN,
    ...NIL_PROMPT,
  };
}
