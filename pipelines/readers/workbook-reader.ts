import type { Sheet } from "hucre";
import { readXlsx } from "hucre/xlsx";
import { readOdsContent } from "./ods-reader.ts";
import {
  type CellMark,
  type FormSheet,
  isPercentageFormat,
  WorkbookTooLarge,
} from "./sheet-content.ts";
import { guardWorkbook, REFUSALS, type Refusal, TOO_WIDE } from "./workbook-guard.ts";
import { readXls } from "./xls-reader.ts";

/** Reads the sheets of a workbook, .xlsx, .ods or .xls, or says why they cannot be read. */
export async function readWorkbook(bytes: Uint8Array): Promise<readonly FormSheet[] | Refusal> {
  const guarded = guardWorkbook(bytes);
  if ("code" in guarded) return guarded;
  try {
    switch (guarded.format) {
      case "xlsx":
        return (await readXlsx(bytes, { readStyles: true })).sheets.map(formSheet);
      case "ods":
        return readOdsContent(guarded.content);
      case "xls": {
        const sheets = readXls(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
        return typeof sheets === "string" ? REFUSALS[sheets] : sheets;
      }
    }
  } catch (error) {
    // Whatever the reader objects to, the office that sent the file can only save it again.
    return error instanceof WorkbookTooLarge ? TOO_WIDE : REFUSALS.damaged;
  }
}

function formSheet({ name, hidden, veryHidden, rows, cells }: Sheet): FormSheet {
  const marks = new Map<string, CellMark>();
  for (const [place, { type, formula, style }] of cells ?? []) {
    const isError = type === "error";
    const isFormula = formula !== undefined;
    const isPercentage = style?.numFmt !== undefined && isPercentageFormat(style.numFmt);
    if (isError || isFormula || isPercentage)
      marks.set(place, { isError, isFormula, isPercentage });
  }
  return { name, isHidden: hidden === true || veryHidden === true, rows, marks };
}
