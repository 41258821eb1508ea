import {
  type LetterFormat,
  lookOf,
  markOf,
  type SeenText,
  seenText,
  shownInFont,
  type TextRun,
  WHITE,
} from "./cell-look.ts";
import { type ConditionalLook, changeOf, markByCondition } from "./conditional-look.ts";
import { oleStreams } from "./ole.ts";
import {
  type CellContent,
  type CellMark,
  DIGIT_POINTS,
  type FormSheet,
  type MergedCells,
  SheetDraft,
  WorkbookRoom,
} from "./sheet-content.ts";
import { isShownAsPercentage, shownOtherwise } from "./shown-number.ts";
import { decodeRk, objectText, RecordText, readShortText, readText } from "./xls-text.ts";

/** Why an old workbook that is not damaged cannot be read. */
export type XlsFault = "password" | "too_old";

const RECORD = {
  formula: 0x0006,
  end: 0x000a,
  note: 0x001c,
  date1904: 0x0022,
  password: 0x002f,
  font: 0x0031,
  next: 0x003c,
  object: 0x005d,
  sheet: 0x0085,
  columns: 0x007d,
  palette: 0x0092,
  numbers: 0x00bd,
  richText: 0x00d6,
  format: 0x00e0,
  merged: 0x00e5,
  drawing: 0x00ec,
  texts: 0x00fc,
  textNumber: 0x00fd,
  conditions: 0x01b0,
  condition: 0x01b1,
  objectText: 0x01b6,
  number: 0x0203,
  text: 0x0204,
  booleanOrError: 0x0205,
  formulaText: 0x0207,
  row: 0x0208,
  view: 0x023e,
  packedNumber: 0x027e,
  formatCode: 0x041e,
  begin: 0x0809,
} as const;

const BIFF8 = 0x0600;
const WORKSHEET = 0;
const HIDDEN = 3;
/** Among the options of a font. */
const STRUCK = 8;
/** A size is in twentieths of a point. */
const POINT = 20;
/** Colours without a palette of its own: of the text, of the ground, black and white. */
const COLORS: readonly (readonly [number, string])[] = [
  [0, "000000"],
  [1, WHITE],
  [8, "000000"],
  [9, WHITE],
  [64, "000000"],
  [65, WHITE],
  [0x7fff, "000000"],
];
const FIRST_OF_PALETTE = 8;

const ERROR_NAMES: Readonly<Record<number, string>> = {
  0: "#NULL!",
  7: "#DIV/0!",
  15: "#VALUE!",
  23: "#REF!",
  29: "#NAME?",
  36: "#NUM!",
  42: "#N/A",
};

/** Formats that every workbook has (MS-XLS 2.4.126): percentages, and dates and times. */
const PERCENTAGES = new Map([
  [9, "0%"],
  [10, "0.00%"],
]);
const DATES = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);
const DATE_LETTERS = /[dmyhs]/i;
const NOT_A_DATE_LETTER = /"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]|General/gi;

interface BiffRecord {
  readonly id: number;
  readonly data: Buffer;
  readonly start: number;
}

/**
 * Reads the worksheets of an Excel 97-2003 workbook (MS-XLS). It goes through the records once, so
 * that its length bounds the time.
 * @throws OleFault, RangeError or WorkbookTooLarge where it is damaged or too large
 */
export function readXls(file: Buffer): FormSheet[] | XlsFault {
  const streams = oleStreams(file, ["Workbook", "Book"]);
  const stream = streams.get("Workbook") ?? streams.get("Book");
  if (stream === undefined) throw new RangeError("no workbook stream");
  const room = new WorkbookRoom();
  const records = recordsOf(stream, room);
  const [begin] = records;
  if (begin?.id !== RECORD.begin) throw new RangeError("no beginning");
  if (begin.data.readUInt16LE(0) !== BIFF8) return "too_old";
  const book = readBook(records, room);
  if (book === null) return "password";
  const places = new Map(records.map(({ start }, index) => [start, index]));
  return book.sheets.map((sheet) => {
    const begin = places.get(sheet.start);
    // no two sheets begin at one place, so that all of them are no longer than the file
    places.delete(sheet.start);
    if (begin === undefined) throw new RangeError("no sheet there");
    return readSheet(records, begin, new SheetDraft(room), sheet, book);
  });
}

/** The records of a workbook stream, in their order. @throws WorkbookTooLarge */
export function recordsOf(stream: Buffer, room: WorkbookRoom = new WorkbookRoom()): BiffRecord[] {
  const records: BiffRecord[] = [];
  for (let at = 0; at + 4 <= stream.length; ) {
    const id = stream.readUInt16LE(at);
    const length = stream.readUInt16LE(at + 2);
    // between records as behind the last one there may be zeros
    if (id !== 0 || length !== 0) room.meet();
    records.push({ id, data: stream.subarray(at + 4, at + 4 + length), start: at });
    at += 4 + length;
  }
  return records;
}

interface BoundSheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly start: number;
}

interface SharedText {
  readonly text: string;
  /** Where its parts begin, with the numbers of their fonts; what comes before has that of its cell. */
  readonly runs: readonly { readonly at: number; readonly font: number }[];
}

/** How a cell's format shows a number; its code where it is a percentage or none of the program's own. */
interface Format {
  readonly isDate: boolean;
  readonly code: string;
}

interface Book {
  readonly sheets: readonly BoundSheet[];
  readonly texts: readonly SharedText[];
  /** Number format by the number of a cell's format. */
  readonly formats: readonly Format[];
  /** Days count from 1904. */
  readonly is1904: boolean;
  /** Fonts by their numbers. */
  readonly fonts: ReadonlyMap<number, LetterFormat>;
  /** Formats of cells by their numbers. */
  readonly cells: readonly CellFormat[];
  /** Six hexadecimal digits by the number of a colour. */
  readonly colors: ReadonlyMap<number, string>;
}

/** How a cell shows what it holds. */
interface CellFormat {
  readonly font: number;
  /** Its background. */
  readonly ground: string;
  /** It has a line from corner to corner. */
  readonly isCrossed: boolean;
}

/** Reads the records before the sheets. @returns null where the rest is encrypted. */
function readBook(records: readonly BiffRecord[], room: WorkbookRoom): Book | null {
  const sheets: BoundSheet[] = [];
  const codes = new Map<number, string>();
  const formatNumbers: number[] = [];
  const cells: CellFormat[] = [];
  const fonts = new Map<number, LetterFormat>();
  const colors = new Map(COLORS);
  const palette = records.find(({ id }) => id === RECORD.palette)?.data ?? Buffer.alloc(2);
  for (let index = 0; index < palette.readUInt16LE(0); index += 1) {
    const at = 2 + index * 4;
    colors.set(FIRST_OF_PALETTE + index, palette.toString("hex", at, at + 3));
  }
  let texts: SharedText[] = [];
  let is1904 = false;
  for (const [index, { id, data }] of records.entries()) {
    if (id === RECORD.end) break;
    if (id === RECORD.password) return null;
    if (id === RECORD.date1904) is1904 = data.readUInt16LE(0) === 1;
    if (id === RECORD.font) {
      // there is no font 4 (MS-XLS 2.5.129)
      fonts.set(fonts.size < 4 ? fonts.size : fonts.size + 1, {
        isStruck: (data.readUInt16LE(2) & STRUCK) !== 0,
        isRaised: data.readUInt16LE(8) !== 0,
        size: data.readUInt16LE(0) / POINT,
        color: colors.get(data.readUInt16LE(4)) ?? null,
        font: readShortText(data, 14),
      });
    }
    if (id === RECORD.format) {
      // lines and ground (MS-XLS 2.5.20)
      const [lines, style, inks] = [
        data.readUInt32LE(10),
        data.readUInt32LE(14),
        data.readUInt16LE(18),
      ];
      const pattern = style >>> 26;
      cells.push({
        font: data.readUInt16LE(0),
        ground: pattern === 0 ? WHITE : (pattern === 1 && colors.get(inks & 0x7f)) || "?",
        isCrossed: lines >>> 30 !== 0 && ((style >>> 21) & 15) !== 0,
      });
      formatNumbers.push(data.readUInt16LE(2));
    }
    if (id === RECORD.formatCode) codes.set(data.readUInt16LE(0), readText(data, 2));
    if (id === RECORD.texts) texts = readTexts(records, index, room);
    if (id === RECORD.sheet && data[5] === WORKSHEET) {
      const start = data.readUInt32LE(0);
      sheets.push({
        name: readShortText(data, 6),
        isHidden: ((data[4] ?? 0) & HIDDEN) !== 0,
        start,
      });
    }
  }
  const formats = formatNumbers.map((number): Format => {
    const code = codes.get(number) ?? PERCENTAGES.get(number) ?? "";
    const isDate = DATE_LETTERS.test(code.replace(NOT_A_DATE_LETTER, ""));
    return { isDate: codes.has(number) ? isDate : DATES.has(number), code };
  });
  return { sheets, texts, formats, is1904, fonts, cells, colors };
}

function readTexts(
  records: readonly BiffRecord[],
  index: number,
  room: WorkbookRoom,
): SharedText[] {
  const first = records[index];
  if (first === undefined) return [];
  const text = new RecordText([first.data, ...continuing(records, index)], 8);
  const most = Math.min(first.data.readUInt32LE(4), text.length);
  const texts: SharedText[] = [];
  while (texts.length < most && !text.isAtEnd()) {
    room.meet();
    texts.push({ text: text.next(), runs: text.runs });
  }
  return texts;
}

function continuing(records: readonly BiffRecord[], index: number): Buffer[] {
  const more: Buffer[] = [];
  for (let at = index + 1; records[at]?.id === RECORD.next; at += 1) {
    more.push(records[at]?.data ?? Buffer.alloc(0));
  }
  return more;
}

function readSheet(
  records: readonly BiffRecord[],
  begin: number,
  draft: SheetDraft,
  sheet: BoundSheet,
  book: Book,
): FormSheet {
  let depth = 0;
  const drawn = new DrawnTexts();
  const looks: ConditionalLook[] = [];
  let ranges: MergedCells[] = [];
  // a formula's text result has a record of its own, not always the next one
  let awaiting: readonly [number, number] | null = null;
  for (let index = begin; index < records.length; index += 1) {
    const record = records[index];
    if (record === undefined) break;
    const { id, data } = record;
    // a chart on the sheet has records of its own
    if (id === RECORD.begin) depth += 1;
    if (id === RECORD.end) depth -= 1;
    if (depth < 1) break;
    if (depth > 1) continue;
    if (id === RECORD.merged) takeMerged(draft, data);
    if (id === RECORD.row) {
      const isFolded = (data.readUInt16LE(12) & HIDDEN_ROW) !== 0;
      draft.sizes.rows.set(
        data.readUInt16LE(0),
        isFolded ? 0 : (data.readUInt16LE(6) & ROW_HEIGHT) / POINT,
      );
    }
    if (id === RECORD.columns) {
      const isFolded = (data.readUInt16LE(8) & 1) !== 0;
      const last = Math.min(data.readUInt16LE(2), LAST_COLUMN);
      for (let column = data.readUInt16LE(0); column <= last; column += 1) {
        const digits = data.readUInt16LE(4) / 256;
        draft.sizes.columns.set(column, isFolded ? 0 : digits * DIGIT_POINTS);
      }
    }
    if (id === RECORD.view) draft.hidesZeros ||= (data.readUInt16LE(0) & SHOWS_ZEROS) === 0;
    if (id === RECORD.conditions) ranges = rangesOf(data);
    if (id === RECORD.condition) looks.push(...conditionalLook(data, ranges, book));
    drawn.take(records, index, draft);
    if (id === RECORD.formulaText && awaiting !== null) {
      const text = new RecordText([data, ...continuing(records, index)], 0).next();
      draft.put(...awaiting, text, { isFormula: true });
      awaiting = null;
    } else {
      awaiting = readCell(draft, record, book) ?? awaiting;
    }
  }
  markByCondition(draft.rows, draft.marks, looks);
  return draft.finish(sheet.name, sheet.isHidden);
}

const HIDDEN_ROW = 0x20;
const ROW_HEIGHT = 0x7fff;
const SHOWS_ZEROS = 0x10;
const LAST_COLUMN = 255;

/** The cells that a set of conditions is for (MS-XLS 2.4.56). */
function rangesOf(data: Buffer): MergedCells[] {
  const count = Math.min(data.readUInt16LE(12), Math.floor((data.length - 14) / 8));
  return Array.from({ length: count }, (_, index) => cellsAt(data, 14 + index * 8));
}

function cellsAt(data: Buffer, at: number): MergedCells {
  const [startRow = 0, endRow = 0, startCol = 0, endCol = 0] = [0, 2, 4, 6].map((offset) =>
    data.readUInt16LE(at + offset),
  );
  return { startRow, endRow, startCol, endCol };
}

/** Signs of a comparison by their numbers, from 1. */
const OPERATORS = ["between", "not between", "=", "<>", ">", "<", ">=", "<="];
const HAS_NUMBERS = 1 << 25;
const HAS_FONT = 1 << 26;
const STRUCK_OUT = 0x80;

/** A condition, where its format changes what is seen (MS-XLS 2.4.42, 2.5.92). */
function conditionalLook(
  data: Buffer,
  ranges: readonly MergedCells[],
  { colors }: Book,
): ConditionalLook[] {
  const parts = data.readUInt32LE(6);
  const hasNumbers = (parts & HAS_NUMBERS) !== 0;
  const hasFont = (parts & HAS_FONT) !== 0;
  const isOwnFormat = (data.readUInt16LE(10) & 1) === 1;
  const font = 12 + (hasNumbers ? (isOwnFormat ? data.readUInt16LE(12) : 2) : 0);
  const isSet = (at: number): boolean => (data.readUInt32LE(font + at) & STRUCK_OUT) !== 0;
  const look = hasFont
    ? lookOf(
        {
          isStruck: isSet(68) && !isSet(88),
          isRaised: false,
          size: null,
          font: null,
          color: colors.get(data.readUInt32LE(font + 80)) ?? null,
        },
        WHITE,
      )
    : "plain";
  if (!hasNumbers && look === "plain") return [];
  const own = look === "plain" ? { isOther: true } : changeOf(look);
  return [{ ranges, condition: conditionOf(data), ...own }];
}

function conditionOf(data: Buffer): string {
  const lengths = [data.readUInt16LE(2), data.readUInt16LE(4)];
  let at = data.length - (lengths[0] ?? 0) - (lengths[1] ?? 0);
  const [first = "?", second = "?"] = lengths.map((length) => {
    const formula = data.subarray(at, at + length);
    at += length;
    const [token] = formula;
    if (token === 0x1e && length === 3) return String(formula.readUInt16LE(1));
    if (token === 0x1f && length === 9) return String(formula.readDoubleLE(1));
    return token === 0x1d && length === 2 && formula[1] === 1 ? "true" : "?";
  });
  if (data[0] !== 1) return first === "true" || first === "1" ? "always" : "?";
  const operator = OPERATORS[(data[1] ?? 0) - 1] ?? "?";
  return operator.endsWith("between") ? `${operator} ${first} ${second}` : `${operator}${first}`;
}

/** The head of a client's anchor in a drawing (MS-ODRAW 2.2.46): its first column and row follow. */
const ANCHOR = Buffer.from("000010f012000000", "hex");
const COMMENT = 0x19;
/** Objects that are drawn only while somebody chooses: of a list, of a filter. */
const CHOICE = 0x14;

/** Texts over the cells of a sheet: of drawings at their anchors, of comments where a note says. */
class DrawnTexts {
  private readonly comments = new Map<number, string>();
  private anchor = { row: 0, column: 0, end: { row: 0, column: 0 } };
  private comment: number | null = null;

  take(records: readonly BiffRecord[], index: number, draft: SheetDraft): void {
    const { id, data } = records[index] ?? { id: 0, data: Buffer.alloc(0) };
    if (id === RECORD.drawing) {
      const at = data.indexOf(ANCHOR) + ANCHOR.length;
      if (at < ANCHOR.length || at + 16 > data.length) return;
      const [column = 0, row = 0, lastColumn = 0, lastRow = 0] = [2, 6, 10, 14].map((offset) =>
        data.readUInt16LE(at + offset),
      );
      this.anchor = { row, column, end: { row: lastRow, column: lastColumn } };
    } else if (id === RECORD.object && data.length >= 8) {
      const kind = data.readUInt16LE(4);
      this.comment = kind === COMMENT ? data.readUInt16LE(6) : null;
      if (kind !== COMMENT && kind !== CHOICE) this.lay("", draft);
    } else if (id === RECORD.objectText) {
      const text = objectText(records, index);
      if (this.comment === null) this.lay(text, draft);
      else this.comments.set(this.comment, text);
    } else if (id === RECORD.note && data.length >= 8) {
      const text = this.comments.get(data.readUInt16LE(6)) ?? "";
      draft.lay(data.readUInt16LE(0), data.readUInt16LE(2), text);
    }
  }

  private lay(text: string, draft: SheetDraft): void {
    const { row, column, end } = this.anchor;
    draft.lay(row, column, text, end);
  }
}

/** Takes the ranges of cells that are merged (MS-XLS 2.4.168). */
function takeMerged(draft: SheetDraft, data: Buffer): void {
  const count = data.readUInt16LE(0);
  for (let index = 0; index < count; index += 1) draft.merge(cellsAt(data, 2 + index * 8));
}

/** @returns the place of a formula whose result is a text that is still to come; else null. */
function readCell(
  draft: SheetDraft,
  { id, data }: BiffRecord,
  book: Book,
): readonly [number, number] | null {
  const put = (
    column: number,
    format: number,
    value: CellContent,
    { mark, seen }: { mark?: CellMark; seen?: SeenText } = {},
  ): void => {
    const { font = 0, ground = WHITE, isCrossed = false } = book.cells[format] ?? {};
    const letters = book.fonts.get(font);
    const look = letters === undefined ? "plain" : lookOf(letters, ground);
    const text = typeof value === "string" && mark?.isError !== true ? value : null;
    const runs = [{ text: text ?? "", look, font: letters?.font ?? null }];
    const shownText = seen ?? (text === null ? undefined : seenText(runs));
    const { isDate = false, code = "" } = book.formats[format] ?? {};
    const shown = text === null ? value : (shownText?.text ?? text);
    const content = isDate && typeof shown === "number" ? dateOf(shown, book) : shown;
    const isPercentage = typeof content === "number" && isShownAsPercentage(content, code);
    const own = markOf({
      ...{ look, isCrossed, seen: shownText },
      shown: (letters && shownInFont(content, letters)) ?? shownOtherwise(content, code),
      mark: { ...mark, ...(isPercentage ? { isPercentage } : {}) },
    });
    draft.put(data.readUInt16LE(0), column, content, own);
  };
  const own = (value: CellContent, besides: { mark?: CellMark; seen?: SeenText } = {}): void => {
    put(data.readUInt16LE(2), data.readUInt16LE(4), value, besides);
  };
  switch (id) {
    case RECORD.textNumber: {
      const format = book.cells[data.readUInt16LE(4)];
      const shared = book.texts[data.readUInt32LE(6)] ?? { text: "", runs: [] };
      const seen = seenText(runsOf(shared, book, format));
      own(seen.text, { seen });
      break;
    }
    case RECORD.text:
    case RECORD.richText:
      own(readText(data, 6));
      break;
    case RECORD.number:
      own(data.readDoubleLE(6));
      break;
    case RECORD.packedNumber:
      own(decodeRk(data.readInt32LE(6)));
      break;
    case RECORD.numbers: {
      const first = data.readUInt16LE(2);
      for (let at = 4; at + 6 <= data.length - 2; at += 6) {
        put(first + (at - 4) / 6, data.readUInt16LE(at), decodeRk(data.readInt32LE(at + 2)));
      }
      break;
    }
    case RECORD.booleanOrError:
      if (data[7] === 1) own(ERROR_NAMES[data[6] ?? 0] ?? "#ERR!", { mark: { isError: true } });
      else own(data[6] !== 0);
      break;
    case RECORD.formula:
      return readFormula(data, own);
  }
  return null;
}

/** The parts of a text, each as it looks. */
function runsOf({ text, runs }: SharedText, book: Book, cell: CellFormat | undefined): TextRun[] {
  const all = [{ at: 0, font: cell?.font ?? 0 }, ...runs];
  return all.map(({ at, font }, index): TextRun => {
    const letters = book.fonts.get(font);
    const look = letters === undefined ? "plain" : lookOf(letters, cell?.ground ?? WHITE);
    return { text: text.slice(at, all[index + 1]?.at), look, font: letters?.font ?? null };
  });
}

function readFormula(
  data: Buffer,
  own: (value: CellContent, besides: { mark: CellMark }) => void,
): readonly [number, number] | null {
  const mark = { isFormula: true };
  if (data.readUInt16LE(12) !== 0xffff) {
    own(data.readDoubleLE(6), { mark });
    return null;
  }
  const kind = data[6];
  if (kind === 0) return [data.readUInt16LE(0), data.readUInt16LE(2)];
  if (kind === 1) own(data[8] !== 0, { mark });
  if (kind === 2) own(ERROR_NAMES[data[8] ?? 0] ?? "#ERR!", { mark: { ...mark, isError: true } });
  if (kind === 3) own("", { mark });
  return null;
}

const DAY_MS = 86_400_000;
/** Day 0 of the calendar that counts a 29 February 1900. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
const DAY_ZERO_1904 = Date.UTC(1904, 0, 1);

function dateOf(value: number, { is1904 }: Book): Date {
  return new Date((is1904 ? DAY_ZERO_1904 : DAY_ZERO) + Math.round(value * DAY_MS));
}
