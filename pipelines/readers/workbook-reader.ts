import type { Sheet } from "hucre";
import { readXlsx } from "hucre/xlsx";
import { type Parts, pack } from "../workbook/zip.ts";
import { textsOverCells } from "./beside-cells.ts";
import { readOdsContent } from "./ods-reader.ts";
import {
  type CellMark,
  type FormSheet,
  isPercentageFormat,
  type PlacedText,
  WorkbookTooLarge,
} from "./sheet-content.ts";
import { shownOtherwise } from "./shown-number.ts";
import {
  type GuardedWorkbook,
  guardWorkbook,
  REFUSALS,
  type Refusal,
  TOO_WIDE,
} from "./workbook-guard.ts";
import { readXls } from "./xls-reader.ts";

/** Pictures and the like are of no use to the reader. */
const XML_PART = /\.(xml|rels)$/i;

/** A workbook as it was read. */
export interface ReadWorkbook {
  readonly sheets: readonly FormSheet[];
  /** What it was unpacked to; null of an .xls, which has no parts. */
  readonly parts: Parts | null;
}

/** Reads the sheets of a workbook, .xlsx, .ods or .xls, or says why they cannot be read. */
export async function readWorkbook(bytes: Uint8Array): Promise<ReadWorkbook | Refusal> {
  const guarded = guardWorkbook(bytes);
  if ("code" in guarded) return guarded;
  const sheets = await readSheets(bytes, guarded);
  if ("code" in sheets) return sheets;
  return { sheets, parts: guarded.format === "xls" ? null : guarded.parts };
}

async function readSheets(
  bytes: Uint8Array,
  guarded: GuardedWorkbook,
): Promise<readonly FormSheet[] | Refusal> {
  try {
    switch (guarded.format) {
      case "xlsx": {
        const over = textsOverCells(guarded.parts);
        const { sheets } = await readXlsx(stored(guarded.parts), { readStyles: true });
        return sheets.map((sheet) => formSheet(sheet, over.get(sheet.name) ?? []));
      }
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

/**
 * The parts as the library takes them: in an archive that has nothing to be unpacked, so that what it
 * reads is what was guarded, and a workbook is inflated once.
 */
function stored(parts: Parts): Uint8Array {
  return pack(
    [...parts].filter(([name]) => XML_PART.test(name)),
    0,
  );
}

function formSheet(
  { name, hidden, veryHidden, rows, cells, merges }: Sheet,
  over: readonly PlacedText[],
): FormSheet {
  const marks = new Map<string, CellMark>();
  for (const [place, { type, formula, style, richText }] of cells ?? []) {
    const [row = 0, column = 0] = place.split(",").map(Number);
    const value = rows[row]?.[column];
    const isError = type === "error";
    const isFormula = formula !== undefined;
    const isPercentage = style?.numFmt !== undefined && isPercentageFormat(style.numFmt);
    const isStruck =
      style?.font?.strikethrough === true ||
      richText?.some(({ font, text }) => font?.strikethrough === true && text.trim() !== "") ===
        true;
    const shown = typeof value === "number" ? shownOtherwise(value, style?.numFmt ?? "") : null;
    if (isError || isFormula || isPercentage || isStruck || shown !== null) {
      const own = { ...(shown === null ? {} : { shown }), ...(isFormula ? { formula } : {}) };
      marks.set(place, { isError, isFormula, isPercentage, isStruck, ...own });
    }
  }
  const isHidden = hidden === true || veryHidden === true;
  return { name, isHidden, rows, marks, merged: merges ?? [], over };
}
