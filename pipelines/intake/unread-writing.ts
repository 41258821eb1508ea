import { formSheet } from "../forms/entry-sheet.ts";
import { NOTHING_FILLED } from "../forms/filling.ts";
import { periodLine } from "../forms/form-wording.ts";
import { guideSheet } from "../forms/guide.ts";
import type { FormLayout } from "../forms/layout.ts";
import type {
  SeenBeside,
  SeenCell,
  SeenForm,
  SeenRow,
  SeenTable,
  Unlike,
} from "../readers/seen-form.ts";
import type { Catalogue } from "../sources/catalogue.ts";
import type { PlanPeriod } from "../sources/plan/plan.ts";
import { labelDigest, labelKey } from "../vocabulary/label.ts";
import { ANSWERS } from "../vocabulary/words.ts";
import { COUNTS, contradictsTime, timeFacts, withoutTime } from "./label-facts.ts";
import { plainKey } from "./name-key.ts";
import { MARKS, NOT_QUOTED, type ProblemCode, unreadWords } from "./problem-wording.ts";

export type Report = (
  code: ProblemCode,
  cell: string | undefined,
  values?: Readonly<Record<string, string>>,
  sheet?: string,
) => void;

/** Columns of a table that are no entries, by the words over them. */
export interface NameColumns {
  readonly number: number | null;
  readonly name: number | null;
  readonly unitOfMeasure: number | null;
}

/** A form whose labels were compared. */
interface ComparedForm {
  readonly seen: SeenForm;
  readonly layout: FormLayout;
  readonly report: Report;
  /** Cells of its head that are none of its lines. */
  readonly left: readonly SeenCell[];
  readonly namesOf: ReadonlyMap<SeenTable, NameColumns>;
  readonly isOfAnother: (place: string) => boolean;
  /** The day on which it came, `YYYY-MM-DD`. */
  readonly receivedOn: string;
  /** A text as it may be quoted. */
  readonly quote: (text: string) => string;
}

/** A text that became neither figure, note, remark nor label. */
interface Written extends Pick<SeenCell, "text" | "isNumber"> {
  readonly sheet?: string;
  readonly cell: string;
  readonly kind?: SeenBeside["kind"];
}

/**
 * Asks about what is written in a form and read as nothing: numbers, declarations that nothing arose,
 * units of measure, what is struck out; and about periods, days and places that are not the form's.
 * What the blank form says itself is passed over.
 * @returns a sentence that names mere words beside the entries, which nothing is asked about; empty where there are none
 */
export function reportUnread(form: ComparedForm): string {
  const { seen, layout, report, left, quote } = form;
  const units = layout.plan.plan.measures.map((one) => plainKey(labelKey(one.unit_of_measure)));
  const isFigure = ({ text, isNumber }: Written): boolean => isNumber || isOfNumber(text, units);
  const isNumberIn = (one: Written): boolean => isFigure(one) || hasNumber(one.text);
  const isPrinted = printedOn(seen, layout);
  const isMargin = ({ kind }: Written): boolean => kind === "margin";
  const own = <T extends Written>(cells: readonly T[]): T[] =>
    cells
      .filter(({ text, isNumber }) => isNumber || !isPrinted(text) || ALONE.test(text))
      .map(shortened);
  const head = own(left);
  const strays = own(seen.tables.flatMap((table) => table.strays));
  const beside = own(seen.beside.flatMap(besideMarks));
  const margins = beside.filter(isMargin);
  const besideRows = seen.tables.flatMap((table) =>
    table.rows.flatMap((row, index) => own(unreadIn(form, table, row, index))),
  );
  const headers = own(seen.tables.flatMap((table) => table.headers));
  const notes = seen.tables.flatMap((table) =>
    table.rows.flatMap((row) => row.notes.map((note) => ({ ...shortened(note), row }))),
  );

  const remarks = seen.remarks
    .filter(({ text }) => text !== "")
    .map((one) => ({ ...one, isNumber: false }));
  const isOpen = seen.tables.some(({ rows }) => rows.some(({ blank }) => blank !== "none"));

  const ask =
    (code: "figures_unread" | "figures_in_notes" | "nil_unread" | "form_struck_out") =>
    (cells: readonly Written[]): void => {
      const [first] = cells;
      if (first === undefined) return;
      report(code, first.cell || undefined, { figures: listed(cells, quote) }, first.sheet);
    };
  ask("figures_unread")([
    ...head
      .filter((one) => isFigure(one) || (isShort(one) && hasNumber(one.text)))
      .filter(isNoReference),
    ...besideRows.filter((one) => isFigure(one) || (isShort(one) && hasNumber(one.text))),
    ...strays.filter(isNumberIn),
    ...beside.filter((one) => (isMargin(one) ? isFigure(one) : isNumberIn(one))),
    ...remarks.filter(({ text }) => corrects(text) || (isOpen && countsIn(text, units))),
  ]);
  ask("figures_in_notes")(
    notes.filter((one) => one.row.blank === "all" && (isFigure(one) || isSpelled(one.text, units))),
  );
  ask("nil_unread")([
    ...[...head, ...besideRows, ...strays, ...beside].filter(({ text }) => isNilText(text)),
    ...notes.filter(({ text, row }) => !seen.nilReturn && row.blank !== "none" && isNilText(text)),
    ...remarks.filter(({ text }) => !seen.nilReturn && isOpen && NIL_PERIOD.test(text)),
  ]);
  ask("form_struck_out")(seen.struck);
  const unlike = seen.unlike
    .slice(0, MAX_CELLS)
    .map(({ cell, why }) => `ô ${cell} (${UNLIKE[why]})`);
  if (unlike.length > 0) {
    const more = seen.unlike.length - unlike.length;
    const figures = unlike.join("; ") + (more > 0 ? `; và ${more} ô khác` : "");
    report("form_not_as_seen", seen.unlike[0]?.cell, { figures });
  }

  const time = timeOf(layout.period);
  const isOfUnit = ({ text }: Written): boolean => isUnitOfMeasure(text, units);
  const isOfTime = ({ text }: Written): boolean => namesTime(text) && contradictsTime(text, time);
  const isSigned = ({ text }: Written): boolean => {
    const [, place] = SIGNED.exec(text) ?? [];
    const isOddDay =
      isSignedBefore(text, layout.period) || signedOn(text).some((day) => day > form.receivedOn);
    return place !== undefined && (isOddDay || form.isOfAnother(place));
  };
  const added = [
    ...[...head, ...headers, ...besideRows, ...strays, ...notes, ...margins].filter(isOfUnit),
    ...[...head, ...strays, ...margins].filter(isOfTime),
    ...strays.filter(isSigned),
  ];
  for (const one of added.slice(0, MAX_CELLS)) {
    const where = placeInWords(one).replace(/^ô/, "Ô").replace(/^đ/, "Đ");
    report("form_label_added", one.cell || undefined, { seen: one.text, where });
  }
  const tab = seen.sheet.replace(/(?<!\p{L})q\.?\s*(?=[\divx])/iu, "quý ");
  const years = [...(timeFacts(tab).get("year") ?? [])].map((year) => `năm ${year}`).join(" ");
  if (contradictsTime(namesTime(tab) ? tab : years, time) || form.isOfAnother(seen.sheet)) {
    report("form_tab_differs", undefined, { seen: seen.sheet });
  }
  const isAsked = (one: Written): boolean =>
    isNumberIn(one) || isNilText(one.text) || isOfUnit(one) || isOfTime(one);
  const mere = [...besideRows, ...strays.filter(isSentence), ...beside].filter(
    (one) =>
      !isMargin(one) &&
      /\p{L}{2}/u.test(one.text) &&
      !isAsked(one) &&
      quote(one.text) !== NOT_QUOTED,
  );
  return mere.length === 0 ? "" : unreadWords(listed(mere, quote));
}

/** Below a table stand also who signs, in which office, and where. */
function isSentence({ text }: Written): boolean {
  const isSigning = text === text.toUpperCase() || /^\(.*\)$/s.test(text) || SIGNED.test(text);
  return !isSigning && text.split(/\s+/).length >= 4;
}

/** Everything that may name a period: its name, its days and their years. */
export function timeOf(period: PlanPeriod): string {
  const years = [period.year, period.data_from.slice(0, 4), period.data_to.slice(0, 4)];
  return `${period.name} ${periodLine(period)} ${years.map((year) => `năm ${year}`).join(" ")}`;
}

function namesTime(text: string): boolean {
  const facts = timeFacts(text);
  return facts.has("quarter") || facts.has("months");
}

/** Which lines above the names of a text file name the time of none of its periods, counted from 0. */
export function ofAnotherTime(above: readonly string[], periods: readonly PlanPeriod[]): number[] {
  const time = periods.map(timeOf).join(" ");
  return above.flatMap((text, index) =>
    time !== "" && namesTime(text) && contradictsTime(text, time) ? [index] : [],
  );
}

/** Whether the blank form and its guide have a text, or had when it was written. */
function printedOn({ digests }: SeenForm, layout: FormLayout): (text: string) => boolean {
  const written = new Set(digests.values());
  let printed: ReadonlySet<string> | null = null;
  return (text) => {
    if (text.length > MAX_PRINTED) return false;
    printed ??= new Set(
      [formSheet(layout, NOTHING_FILLED), guideSheet(layout)].flatMap(({ sheet }) =>
        [...(sheet.cells?.values() ?? [])].map(({ value, richText }) =>
          labelKey(richText?.map((run) => run.text).join("") ?? String(value ?? "")),
        ),
      ),
    );
    return printed.has(labelKey(text)) || written.has(labelDigest(text));
  };
}

/** No line of a form is longer. */
const MAX_PRINTED = 5000;

/** Nobody writes a figure behind so much text, and what a program writes costs time. */
const MAX_TEXT = 1000;

function shortened<T extends Written>(one: T): T {
  return one.text.length > MAX_TEXT ? { ...one, text: one.text.slice(0, MAX_TEXT) } : one;
}

/** What somebody has written beside a form, without what an earlier reply has put there. */
function besideMarks(one: SeenBeside): Written[] {
  const [text = ""] = one.text.split(new RegExp(`${MARKS.error}|${MARKS.doubt}`));
  return text.trim() === "" ? [] : [{ ...one, text: text.trim() }];
}

/** Cells in the row of a measure that are neither its number nor its name nor its unit of measure. */
function unreadIn(
  { layout, namesOf }: ComparedForm,
  table: SeenTable,
  row: SeenRow,
  index: number,
) {
  const names = namesOf.get(table) ?? { number: null, name: null, unitOfMeasure: null };
  const numbers = layout.tables.flatMap(({ rows }) => rows);
  const own = numbers.find(({ measure }) => measure.code === row.measure)?.number;
  const before = table.rows[index - 1]?.cells.find(({ column }) => column === names.number)?.text;
  const isNumbering = ({ column, text }: SeenCell): boolean => {
    const number = Number.parseFloat(text);
    const isOf = names.number === null ? column < (names.name ?? 0) : column === names.number;
    const isNext = [own, index + 1, Number.parseFloat(before ?? "") + 1].includes(number);
    return isOf && (Number.isNaN(number) || isNext);
  };
  return row.cells.filter(
    (one) => one.column !== names.name && one.column !== names.unitOfMeasure && !isNumbering(one),
  );
}

const NUMBER = String.raw`\d[\d.,\s]*`;
const ADDRESS = /https?:\S+|[^\s@]{1,64}@\S+/g;
const DOCUMENT = /\b\d+\s*\/\s*[a-z][a-z-]*(?:\d+)?/g;
/** What is numbered itself: documents, places, rows, items of a list, hours. */
const NUMBERED = new RegExp(
  [
    String.raw`\b(?:cong van|cv|quyet dinh|qd|nghi dinh|nghi quyet|ke hoach|bao cao|van ban|to trinh|thong tu|mau|bieu|phu luc|trang|lan|dieu|khoan|muc|dong|cot|bang|phien ban|khoi|to|to dan pho|thon|khu|khu pho|khom|ap|doi|lop|phong|so nha|tang|stt|tt)\s*(?:so|thu)?\s*[:.]?\s*\d+[a-z]?(?:\/\d+)?\b`,
    String.raw`(?:^|[\s(])\(?\d{1,2}[.)](?=\s|$)`,
    String.raw`\(\d{1,2}\)|\[\d{1,2}\]`,
    String.raw`\b\d{1,2}b\b|\b\d{1,2}\s*(?:h|gio)\s*\d{0,2}\b`,
  ].join("|"),
  "g",
);

/** Whether a number remains of a text without dates, documents and what else is numbered. */
function hasNumber(text: string): boolean {
  const rest = withoutTime(text.replace(ADDRESS, " ")).replace(/\s+/g, " ");
  return /\d/.test(rest.replace(DOCUMENT, " ").replace(NUMBERED, " "));
}

/** `25 người` where the plan counts in that unit; `Số người: 25`. */
function isOfNumber(text: string, units: readonly string[]): boolean {
  const plain = plainKey(text.normalize("NFC").toLowerCase());
  const [, label = "", unit = ""] =
    new RegExp(`^(.*[:=])?\\s*${NUMBER}(.*)$`, "s").exec(plain) ?? [];
  const isUnit = unit === "" || units.includes(labelKey(unit));
  return /\d/.test(plain) && isUnit && (label !== "" ? hasNumber(text) : unit !== "");
}

const SPELLED = new RegExp(`^(?:co )?${COUNTS}(?: ${COUNTS})*(?: (.*))?$`);

/** `sáu mươi người` where the plan counts in that unit; `sáu mươi`. */
function isSpelled(text: string, units: readonly string[]): boolean {
  const [whole, unit] = SPELLED.exec(plainKey(labelKey(text))) ?? [];
  return whole !== undefined && (unit === undefined || [...units, ...COUNTED].includes(unit));
}

/** `Đã tuyên truyền 60 người` where the plan counts in that unit. */
function countsIn(text: string, units: readonly string[]): boolean {
  const plain = ` ${plainKey(labelKey(text))} `;
  return units.some((unit) => unit !== "" && new RegExp(`\\d ${unit} `).test(plain));
}

const CORRECTION =
  /\b(?:so (?:lieu )?(?:dung|chinh xac)|dung la|dinh chinh|sua (?:lai )?(?:thanh|la)|sua lai|(?:dieu chinh|thay) (?:thanh|bang|la))\b.*\d/s;

/** `Dòng 9: số đúng là 25`. */
function corrects(text: string): boolean {
  return CORRECTION.test(plainKey(text.normalize("NFC").toLowerCase()));
}

/** Lines of a letter that correct or count something, or say that nothing arose. */
export function figuresOfLetter(letter: readonly string[], { plans }: Catalogue): string[] {
  const units = plans.flatMap(({ plan }) =>
    plan.measures.map((one) => plainKey(labelKey(one.unit_of_measure))),
  );
  const own = [...new Set(units)];
  return letter
    .map((text) => text.slice(0, MAX_TEXT))
    .filter((text) => corrects(text) || countsIn(text, own) || NIL_PERIOD.test(text));
}

/** What nothing arose of is the period's work, and not the difficulties that a remark is asked for. */
const NIL_PERIOD =
  /(?<!\p{L})(?:trong|quý|kỳ|tháng|năm)(?!\p{L})[^.;\n]*không (?:có )?phát sinh\s*(?:số liệu)?\s*(?:[.;!\n]|$)/iu;

/** What the office may have written itself in another year is longer. */
function isShort({ text }: Written): boolean {
  return text.length <= MAX_QUOTE;
}

/** No number of a document and no year, which stand in the head of a form. */
function isNoReference({ text }: Written): boolean {
  return !/^(?:số|so)\s*[:.]/iu.test(text) && !/^(?:19|20)\d\d$/.test(text);
}

const NIL_WORDS = new Set([ANSWERS.nil.word, ...ANSWERS.nil.also].map(labelKey));

/** Whether a text declares that nothing arose; one that ends with a colon asks for it. */
function isNilText(text: string): boolean {
  if (text.endsWith(":")) return false;
  const plain = plainKey(text.normalize("NFC").toLowerCase());
  return NIL_WORDS.has(labelKey(text)) || /\bkhong (?:co )?(?:phat sinh|ps)\b|\bkps\b/.test(plain);
}

const MAGNITUDE = "(?<!\\p{L})(?:chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?!\\p{L})";
/** A magnitude and what it is of, with nothing before it; a surname may be one, too. */
const ALONE = new RegExp(`^(?:\\P{L}|tính|ghi|số liệu|theo|bằng|là)*${MAGNITUDE}([^\\d]*)$`, "iu");
/** What units of measure are made of besides those of a plan. */
const COUNTED = ["dong", "nguoi", "luot", "ho"];

/** `ĐVT: nghìn người`, `Đơn vị: triệu đồng`, `(nghìn người)`, `%`. */
function isUnitOfMeasure(text: string, units: readonly string[]): boolean {
  const plain = plainKey(labelKey(text));
  const [, named] = /\b(?:dvt|don vi tinh)\b\s*(.*)$/.exec(plain) ?? [];
  if (named !== undefined) return named !== "";
  const isOf = (unit: string): boolean => unit === "" || [...units, ...COUNTED].includes(unit);
  const [, stated] = /^don vi (.*)$/.exec(plain) ?? [];
  if (stated !== undefined && isOf(stated)) return true;
  const [, counted] =
    ALONE.exec(text.normalize("NFC").replace(/^\P{L}*đơn vị(?!\p{L})/iu, "")) ?? [];
  return plain === "%" || (counted !== undefined && isOf(plainKey(labelKey(counted))));
}

/** Place and day under a form: `Tam Thanh, ngày 05 tháng 01 năm 2025`. */
const SIGNED =
  /^(\D{0,60}?)[\s,]*ngày\s*\d{1,2}\s*(?:tháng|[/.-])\s*\d{1,2}\s*(?:năm|[/.-])\s*\d{4}\W*$/isu;
/** The longest part of a quarter. */
const QUARTER_DAYS = 92;

/** Whether a day under a form is before the period, or so long before its end as a quarter is. */
function isSignedBefore(text: string, { data_from, data_to }: PlanPeriod): boolean {
  const end = new Date(`${data_to}T00:00:00Z`);
  end.setUTCDate(end.getUTCDate() - QUARTER_DAYS);
  const first = [data_from, end.toISOString().slice(0, 10)].sort().at(-1) ?? data_from;
  return signedOn(text).some((day) => day < first);
}

/** The days that a text names, `YYYY-MM-DD`. */
function signedOn(text: string): string[] {
  return [...(timeFacts(text).get("day") ?? [])].map((day) => {
    const [date = "", month = "", year = ""] = day.split("/");
    return `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  });
}

/** Why an entry may not be seen as it was read. */
const UNLIKE: Readonly<Record<Unlike, string>> = {
  drawn: "có hình vẽ đè lên",
  hidden: "dòng hoặc cột bị ẩn",
  small: "dòng hoặc cột thu nhỏ đến mức không đọc được",
  cut: "cột hẹp, không đủ chỗ hiện số",
  zero: "trang tính đặt không hiện số 0",
  condition: "định dạng có điều kiện",
};

/** Cells that are listed one by one, and how much of each is quoted. */
const MAX_CELLS = 12;
const MAX_QUOTE = 60;

function listed(cells: readonly Written[], quote: (text: string) => string): string {
  const named = cells.slice(0, MAX_CELLS).map((one) => {
    const text = quote(one.text.replace(/\s+/g, " "));
    return `${placeInWords(one)} ghi ${text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text}`;
  });
  const more = cells.length - named.length;
  return named.join("; ") + (more > 0 ? `; và ${more} ô khác` : "");
}

function placeInWords({ kind, sheet, cell }: Written): string {
  if (kind === undefined) return `ô ${cell}`;
  if (kind === "margin") return "đầu trang hoặc chân trang in";
  const place = `ô ${cell} của trang “${sheet}”`;
  return kind === "over" ? `bình luận hoặc hình vẽ tại ${place}` : place;
}
