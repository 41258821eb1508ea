import type {
  Cell,
  CellStyle,
  CellValue,
  ConditionalRule,
  FontStyle,
  NamedRange,
  RichTextRun,
  Sheet,
} from "hucre";
import { readXlsx, writeXlsx } from "hucre/xlsx";
import { pack } from "../../pipelines/workbook/zip.ts";
import { type Besides, formOf } from "../intake/form-given.ts";
import { csvOf, PLAN, type World } from "../intake/given.ts";
import { ASKED, figuresOf, HONEST, type Made, UNITS, type Unit } from "../intake/habits.ts";
import { mailOf } from "../intake/mail-given.ts";
import { randomOf } from "../ledger/kill-loop.ts";
import { encoded } from "../readers/encoded.ts";

type Random = () => number;
const chance = (random: Random, of: number): boolean => random() < of;
const oneOf = <T>(random: Random, ...all: readonly T[]): T =>
  all[Math.floor(random() * all.length)] as T;

/** An entry of a form. */
export interface Entry {
  readonly key: string;
  readonly row: number;
  readonly column: number;
  readonly value: CellValue;
}

/** A form with a way of writing each of its entries. */
export interface Drawn {
  readonly number: number;
  readonly unit: Unit;
  readonly bytes: Uint8Array;
  readonly entries: readonly Entry[];
  readonly habits: readonly string[];
  /** Nothing was done that a question would have to be asked about, whatever is shown. */
  readonly isPlain: boolean;
  /** A condition may strike figures out, which is a line on the page and no text. */
  readonly isStruckByRule: boolean;
}

const WHITE = { rgb: "FFFFFF" };
/** So nearly white that on the page it is told apart from what nobody sees. */
const SEEN_WHITE = { rgb: "FFFFFE" };
const seenOnBlue = (run: RichTextRun): RichTextRun =>
  run.font?.color === WHITE ? { ...run, font: { ...run.font, color: SEEN_WHITE } } : run;
// the grammar

/** A mark behind or before a figure: how it looks, and what it says. */
function mark(random: Random): { text: string; font: FontStyle; name: string } {
  const [name, font] = oneOf<[string, FontStyle]>(
    random,
    ["raised", { vertAlign: "superscript" }],
    ["lowered", { vertAlign: "subscript" }],
    ["tiny", { size: 1 }],
    ["white", { color: WHITE }],
    ["red", { color: { rgb: "FF0000" } }],
    ["bold", { bold: true }],
  );
  return { text: oneOf(random, "1", "2", "12", "a", "(1)", "*"), font, name };
}

/** A format of numbers: what stands before, digits, decimals, what stands behind, sections. */
function format(random: Random): string {
  const around = (): string => oneOf(random, "", "", "", '"~"', '"≈ "', " ", "\\ ");
  const digits = oneOf(random, "0", "#,##0", "00000", "#", "General");
  const decimals = oneOf(random, "", "", ".0", ".00", ".000", ",", '".0"', "\\.0", '","0');
  const behind = oneOf(random, "", "", ' " người"', '"/25"', '" nghìn"', "%", "_)");
  const whole = `${around()}${digits}${digits === "General" ? "" : decimals}${behind}`;
  return oneOf(
    random,
    whole,
    whole,
    `${whole};-${whole}`,
    `[Red]${whole}`,
    ";;;",
    `[>10]${whole};0`,
  );
}

function cellStyle(random: Random): { style: CellStyle; name: string } {
  return oneOf<{ style: CellStyle; name: string }>(
    random,
    { style: { font: { bold: true } }, name: "bold" },
    { style: { font: { color: WHITE } }, name: "white" },
    {
      style: {
        font: { color: SEEN_WHITE },
        fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "203864" } },
      },
      name: "white on blue",
    },
    { style: { font: { strikethrough: true } }, name: "struck" },
    { style: { font: { vertAlign: "superscript" } }, name: "raised whole" },
    { style: { font: { size: 1 } }, name: "tiny whole" },
    { style: { border: { diagonal: { style: "thin" }, diagonalUp: true } }, name: "crossed" },
  );
}

function conditionalRule(random: Random, range: string): ConditionalRule {
  const [style] = oneOf<[CellStyle]>(
    random,
    [{ font: { color: WHITE } }],
    [{ font: { strikethrough: true } }],
    [{ numFmt: oneOf(random, ";;;", '0" nghìn"', "#,##0") }],
    [{ font: { color: { rgb: "FF0000" } } }],
  );
  const compared: Pick<ConditionalRule, "type" | "operator" | "formula"> = oneOf(
    random,
    { type: "expression", formula: "TRUE" },
    { type: "expression", formula: "MOD(ROW(),2)=0" },
    {
      type: "cellIs",
      operator: oneOf(random, "equal", "greaterThan", "lessThan", "notEqual"),
      formula: String(Math.floor(random() * 60)),
    },
  );
  return { ...compared, style, range, priority: 1 };
}

/** What somebody types in the place of a number. */
const TYPED: readonly ((value: number) => string)[] = [
  (value) => ` ${value} `,
  (value) => `0${value}`,
  (value) => `${value}.`,
  (value) => `+${value}`,
  (value) => `${value} người`,
  (value) => `~${value}`,
  (value) => `khoảng ${value}`,
  (value) => `${value}+5`,
  (value) => `${value} - ${value + 2}`,
  (value) => `${value}\n150`,
  (value) => `(${value})`,
  (value) => `${value}*`,
  (value) => `${value} (tăng 5)`,
];

/** A picture of one pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** What is given a name, or offered to be chosen; the last two are about persons. */
const NAMED: readonly [name: string, isAsked: boolean][] = [
  ["Tong_so", false],
  ["DanhMuc_2030", false],
  ["Lo_Thi_May_0912345678", true],
  ["Hoang_Van_Thu_CCCD_014203001234", true],
];
const CHOSEN: readonly [list: string, isAsked: boolean][] = [
  ["Có,Không", false],
  ["Đạt,Chưa đạt", false],
  ["Lò Thị Mẩy 0912345678,Vàng A Dơ 0987654321", true],
];

/** A form being drawn. */
interface Draft {
  readonly sheet: Sheet;
  readonly own: Besides;
  readonly entries: readonly Entry[];
  readonly cells: Map<string, Cell>;
  readonly habits: string[];
  readonly names: NamedRange[];
  isPlain: boolean;
}

export async function drawForm(world: World, number: number): Promise<Drawn> {
  const random = randomOf(9_000_011 + number);
  const unit = oneOf(random, ...UNITS);
  const sheet = await plainSheet(world, unit, figuresOf(unit, random));
  const { cells = new Map<string, Cell>(), merges = [], name } = sheet;
  const own: Besides = { cells, merges, name, textBoxes: [], images: [], others: [] };
  const [entries, habits, names] = [entriesOf(sheet), [], []];
  const draft: Draft = { sheet, own, entries, cells, habits, names, isPlain: true };
  const formatOf = ({ row, column }: Entry) => cells.get(`${row},${column}`)?.style?.numFmt;
  const formats = entries.map(formatOf);
  if (chance(random, 0.3)) handle(draft, random);
  const filled = entries.filter((entry, at) => {
    const { row, column, value } = entry;
    // one habit with a cell does not undo another
    if (formatOf(entry) !== formats[at]) return false;
    const there = sheet.rows[row]?.[column] ?? null;
    const isReckoned = cells.get(`${row},${column}`)?.formula !== undefined;
    return there !== null && there === value && there !== "" && !isReckoned;
  });
  for (const entry of filled) writeEntry(draft, entry, random);
  const isStruckByRule = chance(random, 0.12) && condition(draft, random);
  hide(draft, filled, random);
  addBeside(draft, random);
  const { charts: _charts, pivotTables: _pivots, ...rest } = sheet;
  const { others, ...besides } = own;
  const sheets = [{ ...rest, ...besides, cells }, ...others];
  const bytes = await writeXlsx({ sheets, namedRanges: names });
  return { number, unit, bytes, entries, habits, isPlain: draft.isPlain, isStruckByRule };
}

/** What clerks do to a form, besides changing single figures. */
function handle(draft: Draft, random: Random): void {
  const { sheet, own, cells, habits } = draft;
  const [name, habit] = oneOf(random, ...Object.entries({ ...HONEST, ...ASKED }));
  const before = sheet.rows.map((row) => [...row]);
  const styles = new Map([...cells].map(([place, { style }]) => [place, style]));
  habit(sheet.rows, random, own);
  for (const [row, values] of sheet.rows.entries()) {
    for (const [column, value] of values.entries()) {
      if (value === (before[row]?.[column] ?? null)) continue;
      const place = `${row},${column}`;
      if (cells.get(place)?.value !== value) cells.set(place, { value, type: "string" });
    }
  }
  for (const [place, cell] of cells) {
    const style = { ...styles.get(place), ...cell.style };
    if (Object.keys(style).length > 0) cells.set(place, { ...cell, style });
  }
  if (name in ASKED) draft.isPlain = false;
  habits.push(name);
}

function writeEntry(draft: Draft, { key, row, column, value }: Entry, random: Random): void {
  const { sheet, cells, habits } = draft;
  const place = `${row},${column}`;
  const cell = { ...(cells.get(place) ?? { value, type: "number" as const }) };
  const way = random();
  if (way < 0.06) {
    const { text, font, name } = mark(random);
    const plain: RichTextRun = { text: String(value) };
    const isBefore = chance(random, 0.2);
    cell.richText = isBefore ? [{ text, font }, plain] : [plain, { text, font }];
    cell.value = cell.richText.map((run) => run.text).join("");
    cell.type = "richText";
    habits.push(`${key}: ${isBefore ? "before it" : "behind it"} ${name} ${text}`);
  } else if (way < 0.12 && typeof value === "number") {
    const numFmt = format(random);
    cell.style = { ...cell.style, numFmt };
    habits.push(`${key}: ${numFmt}`);
  } else if (way < 0.16 && typeof value === "number") {
    cell.value = oneOf(random, ...TYPED)(value);
    cell.type = "string";
    habits.push(`${key}: typed ${JSON.stringify(cell.value)}`);
  }
  if (chance(random, 0.03)) {
    const { style, name } = cellStyle(random);
    cell.style = { ...cell.style, ...style };
    if (name === "white on blue" && cell.richText !== undefined) {
      cell.richText = cell.richText.map(seenOnBlue);
    }
    if (name === "struck" || name === "crossed") draft.isPlain = false;
    habits.push(`${key}: ${name}`);
  }
  set(sheet, row, column, cell.value);
  cells.set(place, cell);
}

/** @returns whether it strikes out */
function condition({ sheet, entries, habits }: Draft, random: Random): boolean {
  const { row, column } = oneOf(random, ...entries);
  const range = `${letters(column)}${row + 1}:${letters(column)}${row + 3}`;
  const rule = conditionalRule(random, range);
  sheet.conditionalRules = [rule];
  habits.push(`condition ${JSON.stringify(rule)}`);
  return rule.style?.font?.strikethrough === true;
}

/** Rows and columns that nobody sees, and what is laid over an entry. */
function hide(draft: Draft, filled: readonly Entry[], random: Random): void {
  const { sheet, own, entries, habits } = draft;
  if (chance(random, 0.05) && filled.length > 0) {
    const { row, column } = oneOf(random, ...filled);
    if (chance(random, 0.7)) {
      sheet.rowDefs = new Map([...(sheet.rowDefs ?? []), [row, { hidden: true }]]);
      habits.push(`row ${row + 1} hidden`);
    } else {
      sheet.columns = Array.from({ length: column + 1 }, (_, at) => ({
        ...sheet.columns?.[at],
        ...(at === column ? { hidden: true } : {}),
      }));
      habits.push(`column ${letters(column)} hidden`);
    }
  }
  if (chance(random, 0.04)) {
    const { key, row, column } = oneOf(random, ...entries);
    const anchor = { from: { row, col: column }, to: { row: row + 1, col: column + 1 } };
    if (chance(random, 0.5)) own.textBoxes?.push({ text: oneOf(random, "", "✓", "V"), anchor });
    else own.images?.push({ data: PIXEL, type: "png", anchor });
    draft.isPlain = false;
    habits.push(`${key}: drawn over`);
  }
}

/** Feet of pages, notes, names of cells, lists to choose from. */
function addBeside(draft: Draft, random: Random): void {
  const { sheet, entries, cells, names, habits } = draft;
  const noted = (what: string, isAsked: boolean): void => {
    if (isAsked) draft.isPlain = false;
    habits.push(what);
  };
  if (chance(random, 0.06)) {
    const [foot, isAsked] = oneOf<[string, boolean]>(
      random,
      ["&LUBND phường&RNgày &D", false],
      ["&RĐVT: nghìn người", true],
      ["&CSỐ LIỆU QUÝ III NĂM 2030", true],
      ["&LSố người: 75", true],
    );
    const pages = oneOf(random, "oddFooter", "oddFooter", "evenFooter", "firstFooter");
    sheet.headerFooter = {
      ...sheet.headerFooter,
      ...{ differentOddEven: pages === "evenFooter", differentFirst: pages === "firstFooter" },
      [pages]: foot,
    };
    noted(`${pages} ${foot}`, isAsked);
  }
  if (chance(random, 0.08)) {
    const { row, key, value } = oneOf(random, ...entries);
    const isBlank = !entries.some((one) => one.row === row && (one.value ?? "") !== "");
    const codes = sheet.rows.slice(0, row).findLast(([code]) => code === "chitieu:columns") ?? [];
    const column = codes.indexOf("note");
    const [note, hasFigure] = oneOf<[string, boolean]>(
      random,
      ["Đã rà soát", false],
      ["CV 45/UBND", false],
      ["60", true],
      ["60 người", true],
    );
    if (column >= 0 && (sheet.rows[row]?.[column] ?? "") === "") {
      set(sheet, row, column, note);
      const { style } = cells.get(`${row},${column}`) ?? {};
      cells.set(`${row},${column}`, { value: note, type: "string", ...(style && { style }) });
      noted(`${key} (${value}): note ${note}`, hasFigure && isBlank);
    }
  }
  if (chance(random, 0.06)) {
    const row = sheet.rows.findIndex(([code]) => String(code).startsWith("measure:"));
    const column = sheet.rows[row]?.findIndex(
      (text, at) => at > 0 && /\p{L}{3}/u.test(String(text)),
    );
    const cell = cells.get(`${row},${column}`);
    if (cell !== undefined && typeof cell.value === "string") {
      const { text, font, name } = mark(random);
      cell.richText = [{ text: cell.value }, { text, font: { ...font, vertAlign: "superscript" } }];
      cell.value = cell.value + text;
      cell.type = "richText";
      set(sheet, row, column ?? 0, cell.value);
      noted(`its label: ${name} ${text}`, false);
    }
  }
  if (chance(random, 0.05)) {
    const [name, isAsked] = oneOf(random, ...NAMED);
    names.push({ name, range: `'${draft.own.name}'!$A$1` });
    noted(`named ${name}`, isAsked);
  }
  if (chance(random, 0.05)) {
    const [list, isAsked] = oneOf(random, ...CHOSEN);
    const validation = { type: "list" as const, range: "Z9", values: list.split(",") };
    sheet.dataValidations = [...(sheet.dataValidations ?? []), validation];
    noted(`to choose from: ${list}`, isAsked);
  }
}

/** A form in an archive or a mail, alone, with its like, or with another one of its unit. */
export async function packed(world: World, form: Made, number: number): Promise<Made> {
  const random = randomOf(7_000_003 + number);
  const way = oneOf(random, "zip", "mail", "letter", "twice", "another");
  const name = "Biểu quý II.xlsx";
  const what = `${form.what} (${way})`;
  if (way === "mail" || way === "letter") {
    const letter = way === "mail" ? "Kính gửi Phòng, gửi kèm báo cáo." : "Số đúng là 45 người.";
    const parts = [{ name: "bieu.xlsx", content: form.bytes }];
    const bytes = mailOf(parts, { letter, isTypeFirst: chance(random, 0.5) });
    const own = way === "mail" ? {} : { seen: null, isHonest: false };
    return { ...form, what, name: "thu.eml", bytes, ...own };
  }
  const files = new Map([[name, Buffer.from(form.bytes)]]);
  let isPlain = true;
  if (way === "twice") files.set(`Bản sao ${name}`, Buffer.from(form.bytes));
  if (way === "another") {
    const unit = UNITS.find((one) => form.what.includes(` ${one}: `)) ?? "GD";
    const other = await formOf(world, unit, figuresOf(unit, random));
    files.set(`cũ ${name}`, Buffer.from(other));
    isPlain = false;
  }
  const own = isPlain ? {} : { seen: null, isHonest: false };
  return { ...form, what, name: "a.zip", bytes: pack(files, 6), ...own };
}

/** A CSV as a program of the office, or somebody with a list of codes, writes it. */
export function drawCsv(number: number): Made {
  const random = randomOf(5_000_011 + number);
  const unit = oneOf(random, "UB-01", "UB-02");
  const period = oneOf(random, "Q2", "q2", "Quý 2", "Quý II", "Q2/2030", "quy 2 nam 2030");
  const figures = figuresOf(unit, random);
  const seen = new Map<string, string>();
  const habits: string[] = [period];
  let isPlain = true;
  const lines = PLAN.measures
    .filter(
      ({ code, reported_by: [by], ...rest }) =>
        by === "UB" && !("from" in rest && code === "grade"),
    )
    .map(({ code, kind }) => {
      const figure = figures[code];
      const [value, note, number, isAsked] =
        figure === undefined ? blankLine(random) : csvValue(figure, kind, random);
      if (number !== "") seen.set(code, number);
      if (isAsked) isPlain = false;
      if (value !== figure || note !== "") habits.push(`${code}: ${value}, ${note}`);
      return `${unit},${period},,${code},${value},${note}`;
    });
  const separator = oneOf(random, ",", ";", "\t", ", ", "; ");
  const encoding = oneOf(
    random,
    "UTF-8",
    "UTF-8",
    "UTF-16LE",
    "windows-1258",
    "TCVN3",
    "VNI" as const,
  );
  const above = oneOf(
    random,
    "",
    "",
    "",
    "BÁO CÁO QUÝ II NĂM 2030\n",
    "SỐ LIỆU QUÝ III NĂM 2030\n",
  );
  if (above.includes("QUÝ III")) isPlain = false;
  if (above !== "") habits.push(above.trim());
  const text = above + csvOf(lines).replaceAll(",", separator);
  const own = `${oneOf(random, "", "\ufeff")}${oneOf(random, text, text.replaceAll("\n", "\r\n"))}`;
  const bytes = encoding === "UTF-8" ? Buffer.from(own) : encoded(text, encoding);
  const what = `CSV ${number} ${unit} ${encoding} ${JSON.stringify(separator)}: ${habits.join("; ")}`;
  return { what, name: "so-lieu.csv", bytes, seen: isPlain ? seen : null, isHonest: isPlain };
}

type CsvValue = readonly [value: string, note: string, number: string, isAsked: boolean];

function blankLine(random: Random): CsvValue {
  const asked = ["60", "60 người", "sáu mươi người", "KPS"];
  const note = oneOf(random, "", "", "", "Chưa có số liệu", "Năm nay chưa có", ...asked);
  return ["", note, "", asked.includes(note)];
}

function csvValue(figure: string, kind: string, random: Random): CsvValue {
  if (kind === "yes_no") {
    const number = figure === "Có" ? "1" : "0";
    const value = oneOf(random, figure, figure.toLowerCase(), number, `${figure}.`);
    return [value, "", number, false];
  }
  if (chance(random, 0.05)) return blankLine(random);
  const value = oneOf(
    random,
    figure,
    figure,
    figure,
    ` ${figure} `,
    `0${figure}`,
    `${figure}.`,
    `+${figure}`,
  );
  return [value, oneOf(random, "", "", "", "Đã đối chiếu", "Theo CV 45/CV-UBND"), figure, false];
}

// forms

/** In digits: no number is too wide for it, by whatever format, and shown as «###». */
const WIDE_ENOUGH = 30;

export async function plainSheet(
  world: World,
  unit: Unit,
  figures: Record<string, string>,
): Promise<Sheet> {
  const [sheet] = (await readXlsx(await formOf(world, unit, figures), { readStyles: true })).sheets;
  if (sheet === undefined) throw new Error("a form without a sheet");
  const entered = new Set(entriesOf(sheet).map(({ column }) => column));
  const columns = sheet.columns?.map((one, column) =>
    entered.has(column) ? { ...one, width: WIDE_ENOUGH } : one,
  );
  // one page is made smaller where there is a foot, and so is each of them
  const headerFooter = { oddFooter: "&CTrang &P/&N" };
  return { ...sheet, headerFooter, ...(columns === undefined ? {} : { columns }) };
}

export function entriesOf({ rows }: Sheet): Entry[] {
  let columns: { column: number; area: string }[] = [];
  return rows.flatMap((cells, row) => {
    const [code] = cells;
    if (code === "chitieu:columns") {
      columns = cells.flatMap((one, column) => {
        const found = /^(?:own|area:(.*))$/.exec(String(one));
        return found === null ? [] : [{ column, area: found[1] ?? "" }];
      });
    }
    const [, measure] = /^measure:(.*)$/.exec(String(code)) ?? [];
    if (measure === undefined) return [];
    return columns.map(({ column, area }): Entry => {
      return { key: `${measure} ${area}`.trim(), row, column, value: cells[column] ?? null };
    });
  });
}

export function set({ rows }: Sheet, row: number, column: number, value: CellValue): void {
  const cells = rows[row] ?? [];
  cells[column] = value;
}

const letters = (column: number): string => String.fromCharCode(65 + column);
