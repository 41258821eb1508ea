import { ANSWERS } from "../vocabulary/words.ts";
import { withoutFootnote } from "./cell-look.ts";
import type { Wording } from "./reader-wording.ts";
import * as wording from "./reader-wording.ts";
import type { FormSheet } from "./sheet-content.ts";

/** A cell as text, or why it cannot be taken as text. */
export type CellReading =
  | { readonly ok: true; readonly text: string; readonly isExact: boolean }
  | ({ readonly ok: false; readonly code: string } & Wording);

/** Digits that a spreadsheet shows and keeps; what lies beyond is noise of binary fractions. */
const SIGNIFICANT_DIGITS = 15;

/**
 * The exact plain decimal of a number as a spreadsheet means it: `0.1`, `1120`, `0.3` for the
 * result of 0.1 + 0.2, `1000000000000000000000` for 1e21.
 * @param shift decimal places by which the mark moves to the right, without any reckoning
 */
export function plainDecimal(value: number, shift = 0): string {
  if (!Number.isFinite(value)) return String(value);
  const [mantissa = "0", power = "0"] = Math.abs(value)
    .toExponential(SIGNIFICANT_DIGITS - 1)
    .split("e");
  const digits = mantissa.replace(".", "").replace(/0+$/, "");
  if (digits === "") return "0";
  const point = Number(power) + 1 + shift;
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "0";
  const fraction = point > 0 ? digits.slice(point) : "0".repeat(-point) + digits;
  return `${value < 0 ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/** Reads a cell of figures. Rows and columns count from 0; a cell that is not there is blank. */
export function readCell(sheet: FormSheet, row: number, column: number): CellReading {
  const value = sheet.rows[row]?.[column] ?? null;
  const mark = sheet.marks.get(`${row},${column}`);
  if (mark?.isError === true) {
    return { ok: false, code: "error_cell", ...wording.ERROR_CELL(String(value)) };
  }
  if (mark?.isFormula === true && value === null) {
    return { ok: false, code: "formula_without_value", ...wording.FORMULA_WITHOUT_VALUE };
  }
  if (mark?.isStruck === true && value !== null && value !== "") {
    return { ok: false, code: "struck_out", ...wording.STRUCK_OUT(readNote(sheet, row, column)) };
  }
  if (value instanceof Date) {
    return { ok: false, code: "date_cell", ...wording.DATE_CELL(dateText(value)) };
  }
  if (mark?.shown !== undefined && value !== null && value !== "") {
    const { shown } = mark;
    // a text is looked at as if it were typed so; another number is not known to be the right one
    return /[^\d\s.,−–-]/.test(shown)
      ? { ok: true, text: shown, isExact: false }
      : {
          ok: false,
          code: "shown_otherwise",
          ...wording.SHOWN_OTHERWISE(shown, plainText(value)),
        };
  }
  if (typeof value === "number" && mark?.isPercentage === true) {
    return { ok: true, text: `${plainDecimal(value, 2)}%`, isExact: true };
  }
  const text = plainText(value);
  return { ok: true, text: withoutFootnote(text), isExact: typeof value === "number" };
}

/** Reads a cell of free text, whatever it holds: a note is never a reason to refuse a form. */
export function readNote(sheet: FormSheet, row: number, column: number): string {
  const value = sheet.rows[row]?.[column] ?? null;
  return value instanceof Date ? dateText(value) : plainText(value);
}

function plainText(value: string | number | boolean | null): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? ANSWERS.yes.word : ANSWERS.no.word;
  if (typeof value === "number") return plainDecimal(value);
  return value.normalize("NFC").trim();
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return "?";
  return `${date.getUTCDate()}/${date.getUTCMonth() + 1}/${date.getUTCFullYear()}`;
}
