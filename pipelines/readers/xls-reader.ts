import { oleStreams } from "./ole.ts";
import {
  type CellContent,
  type CellMark,
  type FormSheet,
  isPercentageFormat,
  SheetDraft,
  WorkbookRoom,
} from "./sheet-content.ts";
import { shownOtherwise } from "./shown-number.ts";
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
  numbers: 0x00bd,
  richText: 0x00d6,
  format: 0x00e0,
  merged: 0x00e5,
  drawing: 0x00ec,
  texts: 0x00fc,
  textNumber: 0x00fd,
  objectText: 0x01b6,
  number: 0x0203,
  text: 0x0204,
  booleanOrError: 0x0205,
  formulaText: 0x0207,
  packedNumber: 0x027e,
  formatCode: 0x041e,
  begin: 0x0809,
} as const;

const BIFF8 = 0x0600;
const WORKSHEET = 0;
const HIDDEN = 3;
/** Among the options of a font. */
const STRUCK = 8;

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
const PERCENTAGES = new Set([9, 10]);
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
    if (id === 0) break;
    room.meet();
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
  /** Numbers of the fonts of its parts; none where it is shown in the font of its cell. */
  readonly fonts: readonly number[];
}

/** How a cell's format shows a number; its code where it is none of the program's own. */
interface Format {
  readonly kind: "date" | "percentage" | "other";
  readonly code: string;
}

interface Book {
  readonly sheets: readonly BoundSheet[];
  readonly texts: readonly SharedText[];
  /** Number format by the number of a cell's format. */
  readonly formats: readonly Format[];
  /** Days count from 1904. */
  readonly is1904: boolean;
  /** Numbers of the fonts that strike out. */
  readonly struckFonts: ReadonlySet<number>;
  /** Numbers of the formats of cells whose font does. */
  readonly struckFormats: ReadonlySet<number>;
}

/** Reads the records before the sheets. @returns null where the rest is encrypted. */
function readBook(records: readonly BiffRecord[], room: WorkbookRoom): Book | null {
  const sheets: BoundSheet[] = [];
  const codes = new Map<number, string>();
  const formatNumbers: number[] = [];
  const fontsOfFormats: number[] = [];
  const struckFonts = new Set<number>();
  let fonts = 0;
  let texts: SharedText[] = [];
  let is1904 = false;
  for (const [index, { id, data }] of records.entries()) {
    if (id === RECORD.end) break;
    if (id === RECORD.password) return null;
    if (id === RECORD.date1904) is1904 = data.readUInt16LE(0) === 1;
    if (id === RECORD.font) {
      if ((data.readUInt16LE(2) & STRUCK) !== 0) struckFonts.add(fonts);
      // there is no font 4 (MS-XLS 2.5.129)
      fonts += fonts === 3 ? 2 : 1;
    }
    if (id === RECORD.format) {
      fontsOfFormats.push(data.readUInt16LE(0));
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
    const code = codes.get(number);
    return { kind: formatKind(number, code), code: code ?? "" };
  });
  const struckFormats = new Set(
    fontsOfFormats.flatMap((font, format) => (struckFonts.has(font) ? [format] : [])),
  );
  return { sheets, texts, formats, is1904, struckFonts, struckFormats };
}

function formatKind(number: number, code: string | undefined): Format["kind"] {
  if (code === undefined) {
    return PERCENTAGES.has(number) ? "percentage" : DATES.has(number) ? "date" : "other";
  }
  if (isPercentageFormat(code)) return "percentage";
  return DATE_LETTERS.test(code.replace(NOT_A_DATE_LETTER, "")) ? "date" : "other";
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
    texts.push({ text: text.next(), fonts: text.fonts });
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
    drawn.take(records, index, draft);
    if (id === RECORD.formulaText && awaiting !== null) {
      const text = new RecordText([data, ...continuing(records, index)], 0).next();
      draft.put(...awaiting, text, { isFormula: true });
      awaiting = null;
    } else {
      awaiting = readCell(draft, record, book) ?? awaiting;
    }
  }
  return draft.finish(sheet.name, sheet.isHidden);
}

/** The head of a client's anchor in a drawing (MS-ODRAW 2.2.46): its first column and row follow. */
const ANCHOR = Buffer.from("000010f012000000", "hex");
const COMMENT = 0x19;

/** Texts over the cells of a sheet: of drawings at their anchors, of comments where a note says. */
class DrawnTexts {
  private readonly comments = new Map<number, string>();
  private anchor = { row: 0, column: 0 };
  private comment: number | null = null;

  take(records: readonly BiffRecord[], index: number, draft: SheetDraft): void {
    const { id, data } = records[index] ?? { id: 0, data: Buffer.alloc(0) };
    if (id === RECORD.drawing) {
      const at = data.indexOf(ANCHOR) + ANCHOR.length;
      if (at < ANCHOR.length || at + 8 > data.length) return;
      this.anchor = { row: data.readUInt16LE(at + 6), column: data.readUInt16LE(at + 2) };
    } else if (id === RECORD.object && data.length >= 8) {
      this.comment = data.readUInt16LE(4) === COMMENT ? data.readUInt16LE(6) : null;
    } else if (id === RECORD.objectText) {
      const text = objectText(records, index);
      if (this.comment === null) draft.lay(this.anchor.row, this.anchor.column, text);
      else this.comments.set(this.comment, text);
    } else if (id === RECORD.note && data.length >= 8) {
      const text = this.comments.get(data.readUInt16LE(6)) ?? "";
      draft.lay(data.readUInt16LE(0), data.readUInt16LE(2), text);
    }
  }
}

/** Takes the ranges of cells that are merged (MS-XLS 2.4.168). */
function takeMerged(draft: SheetDraft, data: Buffer): void {
  const count = data.readUInt16LE(0);
  for (let index = 0; index < count; index += 1) {
    const at = 2 + index * 8;
    draft.merge({
      startRow: data.readUInt16LE(at),
      endRow: data.readUInt16LE(at + 2),
      startCol: data.readUInt16LE(at + 4),
      endCol: data.readUInt16LE(at + 6),
    });
  }
}

/** @returns the place of a formula whose result is a text that is still to come; else null. */
function readCell(
  draft: SheetDraft,
  { id, data }: BiffRecord,
  book: Book,
): readonly [number, number] | null {
  const put = (column: number, format: number, value: CellContent, mark?: CellMark): void => {
    const marked = book.struckFormats.has(format) ? { ...mark, isStruck: true } : mark;
    draft.put(data.readUInt16LE(0), column, ...shown(value, book.formats[format], marked, book));
  };
  const own = (value: CellContent, mark?: CellMark): void => {
    put(data.readUInt16LE(2), data.readUInt16LE(4), value, mark);
  };
  switch (id) {
    case RECORD.textNumber: {
      const { text, fonts } = book.texts[data.readUInt32LE(6)] ?? { text: "", fonts: [] };
      own(text, fonts.some((font) => book.struckFonts.has(font)) ? { isStruck: true } : undefined);
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
      if (data[7] === 1) own(ERROR_NAMES[data[6] ?? 0] ?? "#ERR!", { isError: true });
      else own(data[6] !== 0);
      break;
    case RECORD.formula:
      return readFormula(data, own);
  }
  return null;
}

function readFormula(
  data: Buffer,
  own: (value: CellContent, mark: CellMark) => void,
): readonly [number, number] | null {
  const isFormula = true;
  if (data.readUInt16LE(12) !== 0xffff) {
    own(data.readDoubleLE(6), { isFormula });
    return null;
  }
  const kind = data[6];
  if (kind === 0) return [data.readUInt16LE(0), data.readUInt16LE(2)];
  if (kind === 1) own(data[8] !== 0, { isFormula });
  if (kind === 2) own(ERROR_NAMES[data[8] ?? 0] ?? "#ERR!", { isFormula, isError: true });
  if (kind === 3) own("", { isFormula });
  return null;
}

const DAY_MS = 86_400_000;
/** Day 0 of the calendar that counts a 29 February 1900. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
const DAY_ZERO_1904 = Date.UTC(1904, 0, 1);

function shown(
  value: CellContent,
  format: Format | undefined,
  mark: CellMark | undefined,
  { is1904 }: Book,
): [CellContent, CellMark | undefined] {
  if (typeof value !== "number") return [value, mark];
  if (format?.kind !== "date") {
    const shown = shownOtherwise(value, format?.code ?? "");
    const isPercentage = format?.kind === "percentage";
    if (shown === null && !isPercentage) return [value, mark];
    return [value, { ...mark, isPercentage, ...(shown === null ? {} : { shown }) }];
  }
  return [new Date((is1904 ? DAY_ZERO_1904 : DAY_ZERO) + Math.round(value * DAY_MS)), mark];
}
