import { PrintedTexts } from "../persons/printed-texts.ts";
import {
  COLUMNS_CODE,
  type ColumnCode,
  type FormIdentity,
  parseColumnCode,
  parseIdentity,
  parseRowCode,
  READ_VERSIONS,
  type RemarkHead,
} from "../vocabulary/form-code.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { ANSWERS } from "../vocabulary/words.ts";
import { cellName, placeOf } from "../workbook/cell-name.ts";
import { AUTHOR_LINE, type BesideText, textsBeside } from "./beside-cells.ts";
import { HANDED_UP, PACKAGE } from "./file-kind.ts";
import { readCell, readNote } from "./form-cell.ts";
import { type Columns, cellsIn, TableDraft, valueColumns } from "./form-table.ts";
import { isAnswerText, readOldTexts } from "./old-text.ts";
import {
  isPersonal,
  keptSheetNames,
  personalDataInArchive,
  personalDataInWorkbook,
} from "./personal-data.ts";
import type { RawDocument, RawReading, RawSubmission } from "./raw-document.ts";
import type { Wording } from "./reader-wording.ts";
import * as wording from "./reader-wording.ts";
import type { SeenBeside, SeenCell, SeenForm, SeenRemark } from "./seen-form.ts";
import { DIGIT_POINTS, type FormSheet } from "./sheet-content.ts";
import { FILE_TOO_LARGE } from "./workbook-guard.ts";
import { readWorkbook } from "./workbook-reader.ts";

export { looksLikeWorkbook } from "./workbook-guard.ts";

/** A form workbook read as a document, or every reason why it cannot be. */
export type FormReading =
  | {
      readonly ok: true;
      readonly document: RawDocument;
      /** Doubts that its texts give rise to before any figure is judged. */
      readonly doubts: readonly Problem[];
    }
  | {
      readonly ok: false;
      readonly problems: Problem[];
      /** Of the forms that were recognised: for whom and for which period they are. */
      readonly submissions: readonly RawSubmission[];
    };

/** Refuses something: what, and at which place of the file where there is one. */
type Refuse = (code: string, words: Wording, sheet?: string, cell?: string) => void;

/**
 * Reads the forms of a workbook by the codes they carry, wherever their rows, columns and sheets
 * have been moved to. Values are taken as written: whether they are right is judged later.
 * @param file name of the file, for the problems.
 * @param printed what the office prints on its forms, which is never the data of a person
 * @returns one submission a form and one reading an entry cell, blank ones too; or all problems, in
 * Vietnamese, with sheet and cell.
 */
export async function readForm(
  bytes: Uint8Array,
  file: string,
  printed = new PrintedTexts(),
): Promise<FormReading> {
  const problems: Problem[] = [];
  const refuse: Refuse = (code, words, sheet, cell) => {
    const { found, remedy } = words;
    problems.push({ severity: "error", code, file, sheet, cell, found, remedy });
  };
  const workbook = await readWorkbook(bytes);
  if ("code" in workbook) {
    refuse(workbook.code, workbook);
    // the files in it are looked through each by itself; what is too large is not kept
    if ([PACKAGE, HANDED_UP, FILE_TOO_LARGE].includes(workbook.code))
      return { ok: false, problems, submissions: [] };
    const personal = personalDataInArchive(bytes, file, printed);
    return { ok: false, problems: personal.length > 0 ? personal : problems, submissions: [] };
  }
  const { parts } = workbook;
  const names = workbook.sheets.map(({ name }) => name);
  const sheets = keptSheetNames(workbook.sheets, printed);
  const forms = sheets.flatMap((sheet) => formsOf(sheet, refuse));
  if (problems.length === 0 && forms.length === 0) {
    refuse("no_form", sheets.some(isLongTable) ? wording.LONG_TABLE : wording.NO_FORM);
  }
  refuseRepeated(forms, refuse);
  const texts = textsBeside(parts, bytes);
  const beside = besideOf(sheets, new Set(forms.map(({ sheet }) => sheet)), texts);
  const read = forms.map((form, index) => readOne(form, index === 0 ? beside : [], refuse));
  const submissions = read.map(({ submission }) => submission);
  const document = readOldTexts({
    encoding: null,
    submissions,
    readings: read.flatMap(({ readings }) => readings),
    seen: read.map(({ seen }) => seen),
  });
  const personal = personalDataInWorkbook(
    file,
    { sheets, names, beside: texts },
    document,
    printed,
  );
  // what is wrong besides would quote what must not be kept
  if (isPersonal(personal)) return { ok: false, problems: personal, submissions };
  if (problems.length > 0) return { ok: false, problems, submissions };
  return { ok: true, document, doubts: personal };
}

/** A form on a sheet: its rows from the one with its identity up to the next form. */
interface Form {
  readonly sheet: FormSheet;
  readonly identity: FormIdentity;
  readonly cell: string;
  readonly from: number;
  readonly to: number;
}

function formsOf(sheet: FormSheet, refuse: Refuse): Form[] {
  const found = codesOf(sheet).flatMap(({ text, row, column }) => {
    const identity = parseIdentity(text);
    return identity === null ? [] : [{ identity, row, cell: cellName(row, column) }];
  });
  return found.flatMap(({ identity, row, cell }, index): Form[] => {
    if (!READ_VERSIONS.includes(identity.version)) {
      refuse("unknown_form_version", wording.UNKNOWN_VERSION(identity.version), sheet.name, cell);
      return [];
    }
    if (identity.plan === "" || identity.unit === "" || identity.period === "") {
      refuse("form_codes_missing", wording.CODES_MISSING, sheet.name, cell);
      return [];
    }
    if (sheet.isHidden) {
      refuse("hidden_form", wording.HIDDEN_FORM, sheet.name, cell);
      return [];
    }
    const to = (found[index + 1]?.row ?? sheet.rows.length) - 1;
    // rows may have been put in above it
    return [{ sheet, identity, cell, from: index === 0 ? 0 : row, to }];
  });
}

/** Whether a sheet has the columns of a long CSV file. */
function isLongTable({ rows }: FormSheet): boolean {
  return rows.slice(0, MAX_ABOVE).some((cells = []) => {
    const names = cells.map((cell) => String(cell).trim().toLowerCase());
    return ["unit", "measure", "value"].every((name) => names.includes(name));
  });
}

/** Lines of a title above the names of columns. */
const MAX_ABOVE = 10;

/** The sheet that Numbers puts into what it exports says only where its tables went. */
function isOfNumbers({ rows }: FormSheet): boolean {
  return rows.some((cells) =>
    cells?.some((cell) => String(cell).startsWith("This document was exported from Numbers")),
  );
}

/** A workbook with more is no form with something beside it. */
const MAX_BESIDE = 300;

/** Comments and drawn texts, and the cells of sheets without a form. */
function besideOf(
  sheets: readonly FormSheet[],
  ofForms: ReadonlySet<FormSheet>,
  beside: readonly BesideText[],
): SeenBeside[] {
  const shown = sheets.filter(({ isHidden }) => !isHidden);
  const texts = shown.flatMap(({ name, over }) =>
    over.map(({ row, column, text }): SeenBeside => {
      const content = text.replace(AUTHOR_LINE, "").normalize("NFC").trim();
      const place = { sheet: name, cell: cellName(row, column) };
      return { kind: "over", ...place, text: content, isNumber: false };
    }),
  );
  const over = texts.filter(({ text }) => text !== "");
  const [form] = ofForms;
  const margins = beside
    .filter(({ kind }) => kind === "margin")
    .flatMap(({ text }) => text.split("\n"))
    .map((text): SeenBeside => {
      const place = { sheet: form?.name ?? "", cell: "" };
      return { kind: "margin", ...place, text: text.trim(), isNumber: false };
    });
  const formulas = [...ofForms].flatMap(({ marks }) =>
    [...marks.values()].flatMap(({ formula }) => formula ?? []),
  );
  // what the form itself reckons with is read
  const others = shown.filter(
    (one) => !ofForms.has(one) && !formulas.some((formula) => formula.includes(one.name)),
  );
  const cells = others.flatMap((sheet) =>
    sheet.rows.flatMap((_, row) =>
      cellsIn(sheet, row)
        .filter(({ isNumber }) => isNumber || !isOfNumbers(sheet))
        .map(
          ({ cell, text, isNumber }): SeenBeside => ({
            ...{ kind: "sheet", sheet: sheet.name, cell, text, isNumber },
          }),
        ),
    ),
  );
  return [...margins, ...over, ...cells].slice(0, MAX_BESIDE);
}

/** Every cell with text, in reading order. */
function codesOf(sheet: FormSheet): { text: string; row: number; column: number }[] {
  return sheet.rows.flatMap((cells, row) =>
    (cells ?? []).flatMap((value, column) =>
      typeof value === "string" ? [{ text: value.trim(), row, column }] : [],
    ),
  );
}

function refuseRepeated(forms: readonly Form[], refuse: Refuse): void {
  const places = new Map<string, string>();
  for (const { identity, sheet, cell } of forms) {
    const key = JSON.stringify([identity.plan, identity.unit, identity.period]);
    const first = places.get(key);
    if (first === undefined) places.set(key, `trang “${sheet.name}”, ô ${cell}`);
    else refuse("form_twice", wording.FORM_TWICE(first), sheet.name, cell);
  }
}

function readOne(
  form: Form,
  beside: readonly SeenBeside[],
  refuse: Refuse,
): { submission: RawSubmission; readings: readonly RawReading[]; seen: SeenForm } {
  const { sheet, identity } = form;
  const { plan, unit, period, version } = identity;
  const readings: RawReading[] = [];
  const cells = new Map<string, string>();
  let nilReturn = false;
  const remarks: Partial<Record<RemarkHead, string>> = {};
  const seenRemarks: SeenRemark[] = [];
  const tables: TableDraft[] = [];
  const head: SeenCell[] = [];
  for (let row = form.from; row <= form.to; row += 1) {
    const begun = columnsAt(form, row, refuse);
    const table = tables.at(-1);
    if (begun !== null) {
      tables.push(new TableDraft(sheet, begun, table?.below ?? []));
      continue;
    }
    if (table === undefined) {
      refuseStrayCodes(form, row, "", refuse);
      head.push(...cellsIn(sheet, row).filter(({ text }) => parseIdentity(text) === null));
      continue;
    }
    const { columns } = table;
    const key = codeAt(sheet, row, columns.key);
    const code = parseRowCode(key);
    if (code === null && key !== "") {
      const cell = cellName(row, columns.key);
      refuse("form_code_changed", wording.CODE_CHANGED(key), sheet.name, cell);
    }
    refuseStrayCodes(form, row, key, refuse);
    // a row of codes serves its own table, and no further one whose codes are gone
    if (!table.goesOnAt(row, code?.kind ?? "other")) {
      const cell = cellName(row, columns.key);
      if (code !== null) refuse("form_codes_missing", wording.CODES_MISSING, sheet.name, cell);
      else table.pass(row);
      continue;
    }
    table.take(row, code);
    if (code?.kind === "nil") nilReturn = readNil(sheet, row, columns, refuse) || nilReturn;
    if (code?.kind === "remark") {
      const { head } = code;
      const remark = textUnder("remark", sheet, row, columns);
      remarks[head] = [remarks[head] ?? "", remark].filter((text) => text !== "").join("\n");
      const cells = cellsIn(sheet, row).filter(
        ({ column }) => column !== columns.key && !columns.codes.has(column),
      );
      seenRemarks.push({ head, cell: cellName(row, columns.key), cells, text: remark });
    }
    if (code?.kind !== "measure") continue;
    const note = textUnder("note", sheet, row, columns);
    for (const [column, { area }] of valueColumns(columns)) {
      const cell = cellName(row, column);
      const entry = JSON.stringify([code.measure, area]);
      const first = cells.get(entry);
      if (first !== undefined) refuse("entry_twice", wording.ENTRY_TWICE(first), sheet.name, cell);
      cells.set(entry, first ?? cell);
      const merged = mergedAt(sheet, row, column, columns);
      if (merged !== null) {
        refuse("merged_entry", wording.MERGED(merged), sheet.name, cell);
        continue;
      }
      const reading = readCell(sheet, row, column);
      if (!reading.ok) {
        refuse(reading.code, reading, sheet.name, cell);
        continue;
      }
      const { measure } = code;
      const { text: value, isExact } = reading;
      const place = { sheet: sheet.name, cell, line: null };
      readings.push({ plan, unit, period, area, measure, value, isExact, note, ...place });
    }
  }
  if (cells.size === 0) {
    refuse("form_codes_missing", wording.CODES_MISSING, sheet.name, form.cell);
  }
  const place = { sheet: sheet.name, cell: form.cell };
  const digests = identity.labels;
  return {
    submission: { plan, unit, period, nilReturn, formVersion: version, remarks, ...place },
    readings,
    seen: {
      plan,
      unit,
      period,
      ...place,
      digests,
      head,
      tables: tables.map((one) => one.finish()),
      remarks: seenRemarks,
      nilReturn,
      struck: struckIn(form, tables),
      unlike: unlikeIn(sheet, tables),
      beside,
    },
  };
}

/** Cells besides entries of measures that are struck out; an entry that is, is refused. */
function struckIn({ sheet, from, to }: Form, tables: readonly TableDraft[]): SeenCell[] {
  const entries = new Set(tables.flatMap((table) => table.entries));
  return Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap((row) =>
    cellsIn(sheet, row).filter(
      ({ column, cell }) =>
        sheet.marks.get(`${row},${column}`)?.isStruck === true && !entries.has(cell),
    ),
  );
}

/** Entries that may not be seen as they are read. */
function unlikeIn(sheet: FormSheet, tables: readonly TableDraft[]): SeenForm["unlike"] {
  const { sizes, over, marks } = sheet;
  return tables
    .flatMap(({ entries }) => entries)
    .flatMap((cell): SeenForm["unlike"] => {
      const { row, column } = placeOf(cell);
      const isDrawnOver = over.some(
        ({ end, ...from }) =>
          end !== undefined &&
          from.row <= row &&
          row <= end.row &&
          from.column <= column &&
          column <= end.column,
      );
      if (isDrawnOver) return [{ cell, why: "drawn" }];
      const text = readNote(sheet, row, column);
      if (text === "") return [];
      const height = sizes.rows.get(row) ?? LEAST_POINTS;
      const width = widthAt(sheet, row, column);
      if (Math.min(height, width) === 0) return [{ cell, why: "hidden" }];
      if (Math.min(height, width) < LEAST_POINTS) return [{ cell, why: "small" }];
      const [digits = ""] = /^\d+(?=\.|$)/.exec(text) ?? [];
      if (digits.length * DIGIT_POINTS > width) return [{ cell, why: "cut" }];
      const isZero = sheet.hidesZeros && sheet.rows[row]?.[column] === 0;
      if (isZero) return [{ cell, why: "zero" }];
      const isUncertain = marks.get(`${row},${column}`)?.isUncertain === true;
      return isUncertain ? [{ cell, why: "condition" }] : [];
    });
}

/** Nothing is read in a row that is less high, or a column that is less wide: half a digit. */
const LEAST_POINTS = 6;

/** How wide a cell is, with the columns that are merged into it; as wide as may be where that is not known. */
function widthAt({ sizes, merged }: FormSheet, row: number, column: number): number {
  const { endCol = column } =
    merged.find(({ startRow, startCol }) => startRow === row && startCol === column) ?? {};
  let width = 0;
  for (let at = column; at <= endCol; at += 1) width += sizes.columns.get(at) ?? Infinity;
  return width;
}

/** `F25:F26`: the merged cells of which an entry is one, with a cell of another row or column that is read. */
function mergedAt(sheet: FormSheet, row: number, column: number, columns: Columns): string | null {
  const found = sheet.merged.find(
    ({ startRow, endRow, startCol, endCol }) =>
      startRow <= row && row <= endRow && startCol <= column && column <= endCol,
  );
  if (found === undefined) return null;
  const { startRow, endRow, startCol, endCol } = found;
  const read = [...columns.codes.keys()].filter((one) => startCol <= one && one <= endCol);
  // a form merges an entry with columns beside it that hold nothing, to be wide enough
  const isWide = startRow === endRow && startCol === column && read.length === 1;
  return isWide ? null : `${cellName(startRow, startCol)}:${cellName(endRow, endCol)}`;
}

/** Refuses a measure's code in a place where it would not be read, since its row would be lost. */
function refuseStrayCodes({ sheet }: Form, row: number, key: string, refuse: Refuse): void {
  for (const [column, value] of (sheet.rows[row] ?? []).entries()) {
    const text = typeof value === "string" ? value.trim() : "";
    if (text === key) continue;
    const cell = cellName(row, column);
    const code = parseRowCode(text);
    if (code?.kind === "measure") {
      refuse("form_code_changed", wording.CODE_CHANGED(text), sheet.name, cell);
    } else if (code?.kind === "nil" && key === "") {
      refuse("form_codes_missing", wording.CODES_MISSING, sheet.name, cell);
    }
  }
}

function codeAt(sheet: FormSheet, row: number, column: number): string {
  const value = sheet.rows[row]?.[column];
  return typeof value === "string" ? value.trim() : "";
}

/** The column codes of this row; null where it has none. */
function columnsAt({ sheet }: Form, row: number, refuse: Refuse): Columns | null {
  const cells = sheet.rows[row] ?? [];
  const key = cells.findIndex((_, column) => codeAt(sheet, row, column) === COLUMNS_CODE);
  if (key < 0) return null;
  const codes = new Map<number, ColumnCode>();
  cells.forEach((value, column) => {
    if (column === key || value === null) return;
    const code = parseColumnCode(codeAt(sheet, row, column));
    if (code !== null) codes.set(column, code);
    else {
      const cell = cellName(row, column);
      refuse("form_code_changed", wording.CODE_CHANGED(String(value)), sheet.name, cell);
    }
  });
  return { row, key, codes };
}

function textUnder(
  kind: "note" | "remark",
  sheet: FormSheet,
  row: number,
  columns: Columns,
): string {
  return [...columns.codes]
    .flatMap(([column, code]) => (code.kind === kind ? [readNote(sheet, row, column)] : []))
    .filter((text) => text !== "")
    .join(" ");
}

function readNil(sheet: FormSheet, row: number, columns: Columns, refuse: Refuse): boolean {
  return valueColumns(columns).some(([column]) => {
    const reading = readCell(sheet, row, column);
    const cell = cellName(row, column);
    if (!reading.ok) {
      refuse(reading.code, reading, sheet.name, cell);
      return false;
    }
    if (reading.text === "") return false;
    if (isAnswerText(reading.text, ANSWERS.nil.word)) return true;
    refuse("nil_unclear", wording.NIL_UNCLEAR(reading.text, ANSWERS.nil.word), sheet.name, cell);
    return false;
  });
}
