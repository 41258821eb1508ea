import type { Cell, Color, FillStyle, FontStyle, Sheet } from "hucre";
import { readXlsx } from "hucre/xlsx";
import { sheetParts, textOf } from "../workbook/package-parts.ts";
import { attributeOf, elementsOf } from "../workbook/xml.ts";
import { type Parts, pack } from "../workbook/zip.ts";
import { textsOverCells } from "./beside-cells.ts";
import {
  type LetterFormat,
  lookOf,
  markOf,
  ownLetters,
  seenText,
  shownInFont,
  type TextRun,
  WHITE,
} from "./cell-look.ts";
import { type ConditionalLook, markByCondition } from "./conditional-look.ts";
import { readOdsContent } from "./ods-reader.ts";
import {
  type CellContent,
  type CellMark,
  DIGIT_POINTS,
  type FormSheet,
  type PlacedText,
  WorkbookTooLarge,
} from "./sheet-content.ts";
import { isShownAsPercentage, shownOtherwise } from "./shown-number.ts";
import {
  type GuardedWorkbook,
  guardWorkbook,
  REFUSALS,
  type Refusal,
  TOO_WIDE,
  withoutBlankCells,
} from "./workbook-guard.ts";
import { readXls } from "./xls-reader.ts";
import { conditionalLooks } from "./xlsx-conditions.ts";

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
        const looks = conditionalLooks(guarded.parts);
        const views = sheetViews(guarded.parts);
        const without = ["chartsheet", "dialogsheet"].flatMap((kind) =>
          sheetParts(guarded.parts, kind).map(({ name }) => name),
        );
        const { sheets } = await readXlsx(stored(guarded.parts), {
          readStyles: true,
          sheets: ({ name }) => !without.includes(name),
        });
        return sheets.map((sheet) => {
          const own = { over: over.get(sheet.name) ?? [], looks: looks.get(sheet.name) ?? [] };
          return formSheet(sheet, { ...own, hidesZeros: views.get(sheet.name) === false });
        });
      }
      case "ods":
        return readOdsContent(
          guarded.content,
          guarded.parts.get("styles.xml"),
          guarded.parts.get("settings.xml"),
        );
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
    [...parts].flatMap(([name, content]): [string, Buffer][] =>
      XML_PART.test(name) ? [[name, withoutUnread(content)]] : [],
    ),
    0,
  );
}

/** How a text is pronounced stands small above it, and is no part of it. */
const PHONETIC = /<((?:\w+:)?rPh)(?:\s[^<>]*)?>[\s\S]*?<\/\1>/g;

function withoutUnread(part: Buffer): Buffer {
  const hasPhonetics = part.includes("rPh");
  if (!hasPhonetics && !part.includes("sheetData")) return part;
  const text = hasPhonetics ? part.toString("utf8").replace(PHONETIC, "") : part.toString("utf8");
  return Buffer.from(withoutBlankCells(text));
}

/** What is read of an .xlsx besides the values of its cells. */
interface Besides {
  readonly over: readonly PlacedText[];
  readonly looks: readonly ConditionalLook[];
  readonly hidesZeros: boolean;
}

/** Whether the sheets show zeros, by name. */
function sheetViews(parts: Parts): ReadonlyMap<string, boolean> {
  return new Map(
    sheetParts(parts).map(({ name, part }) => {
      const views = elementsOf(textOf(parts, part), "sheetView");
      const shows = views.map(({ attributes }) => attributeOf(attributes, "showZeros") ?? "1");
      return [name, !shows.some((one) => one === "0" || one === "false")];
    }),
  );
}

function formSheet(sheet: Sheet, { over, looks, hidesZeros }: Besides): FormSheet {
  const { name, cells, merges } = sheet;
  const rows = sheet.rows.map((values) => [...values]);
  const marks = new Map<string, CellMark>();
  for (const [place, cell] of cells ?? []) {
    const [row = 0, column = 0] = place.split(",").map(Number);
    const value = rows[row]?.[column] ?? null;
    const { text, mark } = seenCell(value, cell);
    if (text !== undefined && rows[row] !== undefined) rows[row][column] = text;
    if (mark !== undefined) marks.set(place, mark);
  }
  markByCondition(rows, marks, looks);
  const isHidden = sheet.hidden === true || sheet.veryHidden === true;
  const sizes = {
    rows: new Map(
      [...(sheet.rowDefs ?? [])].flatMap(([row, { hidden, height }]) =>
        hidden === true ? [[row, 0]] : height === undefined ? [] : [[row, height]],
      ),
    ),
    columns: new Map(
      (sheet.columns ?? []).flatMap(({ hidden, width }, column) =>
        hidden === true
          ? [[column, 0]]
          : width === undefined
            ? []
            : [[column, width * DIGIT_POINTS]],
      ),
    ),
  };
  return { name, isHidden, rows, marks, merged: merges ?? [], over, sizes, hidesZeros };
}

/** A cell as it is seen. @returns its text, where that is not the one in the file; its mark, if it has any */
function seenCell(
  value: CellContent,
  { type, formula, style, richText }: Cell,
): { readonly text?: string; readonly mark: CellMark | undefined } {
  const { font, fill, border, numFmt = "" } = style ?? {};
  const ground = groundOf(fill);
  const letters = lettersOf(font);
  const plain = typeof value === "string" ? [{ text: value, font: undefined }] : [];
  const runs = (richText ?? plain).map((one): TextRun => {
    const own = one.font === undefined ? letters : ownLetters(lettersOf(one.font), letters);
    return { text: one.text, look: lookOf(own, ground), font: own.font };
  });
  const seen = runs.length === 0 ? null : seenText(runs);
  const isPercentage = typeof value === "number" && isShownAsPercentage(value, numFmt);
  const mark = markOf({
    ...{ look: lookOf(letters, ground), isCrossed: border?.diagonal !== undefined, seen },
    shown: shownInFont(value, letters) ?? shownOtherwise(value, numFmt),
    mark: {
      ...(type === "error" ? { isError: true } : {}),
      ...(formula === undefined ? {} : { isFormula: true, formula }),
      ...(isPercentage ? { isPercentage } : {}),
    },
  });
  return { ...(seen?.whole === undefined ? {} : { text: seen.text }), mark };
}

function lettersOf(font: FontStyle | undefined): LetterFormat {
  return {
    isStruck: font?.strikethrough === true,
    isRaised: font?.vertAlign !== undefined,
    size: font?.size ?? null,
    color: colorOf(font?.color),
    font: font?.name ?? null,
  };
}

/** The background of letters; white where there is none. */
function groundOf(fill: FillStyle | undefined): string {
  if (fill === undefined || (fill.type === "pattern" && fill.pattern === "none")) return WHITE;
  return (fill.type === "pattern" && fill.pattern === "solid" && colorOf(fill.fgColor)) || "?";
}

/** Numbers of the colours that every workbook has for white and black. */
const INDEXED: Readonly<Record<number, string>> = { 0: "000000", 1: WHITE, 8: "000000", 9: WHITE };
const SHADED = 0.1;

function colorOf(color: Color | undefined): string | null {
  if (color === undefined || Math.abs(color.tint ?? 0) > SHADED) return null;
  if (color.rgb !== undefined) return color.rgb;
  if (color.theme !== undefined) return [WHITE, "000000"][color.theme] ?? null;
  return color.indexed === 65 ? WHITE : (INDEXED[color.indexed ?? -1] ?? null);
}
