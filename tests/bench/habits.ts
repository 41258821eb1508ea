import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type {
  Cell,
  CellStyle,
  CellValue,
  ConditionalRule,
  FontStyle,
  RichTextRun,
  Sheet,
} from "hucre";
import { readXlsx, writeXlsx } from "hucre/xlsx";
import { formOf } from "../intake/form-given.ts";
import { newWorld, PLAN, type World } from "../intake/given.ts";
import { figuresOf, type Made, savedAs, takeInMade, UNITS, type Unit } from "../intake/habits.ts";
import { randomOf } from "../ledger/kill-loop.ts";

/**
 * Forms that a grammar of habits draws, each shown by LibreOffice on a page: what a person reads there
 * is what the ledger has, or a question is asked.
 * Arguments: how many forms, 5000 without them; the number of the first; how many in one batch, 100.
 */
export async function run(args: readonly string[]): Promise<boolean> {
  const [count = 5000, first = 0, batch = 100] = args.map(Number);
  const counts = { right: 0, asked: 0, refused: 0, misread: 0 };
  const wrong: string[] = [];
  let needless = 0;
  let files = 0;
  for (let from = first; from < first + count; from += batch) {
    const world = newWorld();
    const numbers = Array.from(
      { length: Math.min(batch, first + count - from) },
      (_, at) => from + at,
    );
    const shown = await shownForms(world, numbers);
    const some = shown.filter((_, at) => at % 4 === 0);
    const made = [
      ...shown,
      ...savedAs(world.folder, "ods", some),
      // it loses the numbers of conditions, and shows them plain
      ...savedAs(
        world.folder,
        "xls",
        some.filter(({ what }) => !what.includes('"style":{"numFmt"')),
      ),
    ];
    for (const { became, made: one, told } of await takeInMade(world, made)) {
      counts[became] += 1;
      files += 1;
      const isNeedless = became === "refused" && one.isHonest === true;
      if (isNeedless) needless += 1;
      if (became === "misread" || isNeedless) wrong.push(`${became} ${one.what}: ${told}`);
    }
    process.stdout.write(
      `${files} files: ${JSON.stringify(counts)}, ${needless} refused though readable\n`,
    );
  }
  for (const one of wrong) process.stdout.write(`${one}\n`);
  return counts.misread === 0 && needless * 100 <= files;
}

type Random = () => number;
const chance = (random: Random, of: number): boolean => random() < of;
const oneOf = <T>(random: Random, ...all: readonly T[]): T =>
  all[Math.floor(random() * all.length)] as T;

/** An entry of a form. */
interface Entry {
  readonly key: string;
  readonly row: number;
  readonly column: number;
  readonly value: CellValue;
}

/** A form with a way of writing each of its entries. */
interface Drawn {
  readonly number: number;
  readonly unit: Unit;
  readonly sheet: Sheet;
  readonly entries: readonly Entry[];
  readonly habits: readonly string[];
  /** Nothing was done that a question would have to be asked about, whatever is shown. */
  readonly isPlain: boolean;
  /** A condition may strike figures out, which is a line on the page and no text. */
  readonly isStruckByRule: boolean;
}

const WHITE = { rgb: "FFFFFF" };

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
        // so nearly white that on the page it is told apart from what nobody sees
        font: { color: { rgb: "FFFFFE" } },
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

function condition(random: Random, range: string): ConditionalRule {
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

async function draw(world: World, number: number): Promise<Drawn> {
  const random = randomOf(9_000_011 + number);
  const unit = oneOf(random, ...UNITS);
  const sheet = await plainSheet(world, unit, figuresOf(unit, random));
  const entries = entriesOf(sheet);
  const habits: string[] = [];
  let isPlain = true;
  let isStruckByRule = false;
  const filled = entries.filter(({ value }) => value !== null && value !== "");
  const cells = sheet.cells ?? new Map<string, Cell>();
  sheet.cells = cells;
  for (const { key, row, column, value } of filled) {
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
      set(sheet, row, column, cell.value);
      habits.push(`${key}: ${isBefore ? "before it" : "behind it"} ${name} ${text}`);
    } else if (way < 0.12 && typeof value === "number") {
      const numFmt = format(random);
      cell.style = { ...cell.style, numFmt };
      habits.push(`${key}: ${numFmt}`);
    }
    if (chance(random, 0.03)) {
      const { style, name } = cellStyle(random);
      cell.style = { ...cell.style, ...style };
      if (name === "struck" || name === "crossed") isPlain = false;
      habits.push(`${key}: ${name}`);
    }
    cells.set(place, cell);
  }
  if (chance(random, 0.12)) {
    const { row, column } = oneOf(random, ...entries);
    const rule = condition(random, `${letters(column)}${row + 1}:${letters(column)}${row + 3}`);
    sheet.conditionalRules = [rule];
    isStruckByRule = rule.style?.font?.strikethrough === true;
    habits.push(`condition ${JSON.stringify(rule)}`);
  }
  if (chance(random, 0.04) && filled.length > 0) {
    const { row } = oneOf(random, ...filled);
    sheet.rowDefs = new Map([...(sheet.rowDefs ?? []), [row, { hidden: true }]]);
    habits.push(`row ${row + 1} hidden`);
  }
  if (chance(random, 0.06)) {
    const [head, isAsked] = oneOf<[string, boolean]>(
      random,
      ["&CTrang &P/&N", false],
      ["&LUBND phường&RNgày &D", false],
      ["&RĐVT: nghìn người", true],
      ["&CSỐ LIỆU QUÝ III NĂM 2030", true],
      ["&LSố người: 75", true],
    );
    sheet.headerFooter = { oddFooter: head };
    if (isAsked) isPlain = false;
    habits.push(`foot ${head}`);
  }
  return { number, unit, sheet, entries, habits, isPlain, isStruckByRule };
}

// forms

async function plainSheet(
  world: World,
  unit: Unit,
  figures: Record<string, string>,
): Promise<Sheet> {
  const [sheet] = (await readXlsx(await formOf(world, unit, figures), { readStyles: true })).sheets;
  if (sheet === undefined) throw new Error("a form without a sheet");
  return sheet;
}

function entriesOf({ rows }: Sheet): Entry[] {
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

function set({ rows }: Sheet, row: number, column: number, value: CellValue): void {
  const cells = rows[row] ?? [];
  cells[column] = value;
}

async function workbookOf({
  charts: _charts,
  pivotTables: _pivots,
  ...sheet
}: Sheet): Promise<Uint8Array> {
  return writeXlsx({ sheets: [sheet] });
}

const letters = (column: number): string => String.fromCharCode(65 + column);

// what is seen

/** A piece of text on a page. */
interface Piece {
  readonly top: number;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly size: number;
  readonly color: string;
  readonly text: string;
}

async function shownForms(world: World, numbers: readonly number[]): Promise<Made[]> {
  const drawn = await Promise.all(numbers.map((number) => draw(world, number)));
  const boxes = await boxesOf(world);
  const made: { name: string; bytes: Uint8Array }[] = [];
  for (const { number, sheet } of drawn) {
    made.push({ name: `bieu${number}`, bytes: await workbookOf(sheet) });
  }
  const pages = pagesOf(world.folder, made);
  const ruled = drawn.filter((one) => one.isStruckByRule).map(({ number }) => `bieu${number}`);
  if (ruled.length > 0) print(world.folder, "html", ruled);
  return drawn.map(({ number, unit, entries, habits, isPlain, isStruckByRule }, at): Made => {
    const isStruck =
      isStruckByRule &&
      readFileSync(join(world.folder, `bieu${number}.html`), "utf8").includes("<s>");
    const pieces = pages[at] ?? [];
    const texts = entries.map(
      ({ key }) => [key, eyeText(pieces, boxes.get(`${unit} ${key}`))] as const,
    );
    const read = texts.map(([key, text]) => [key, eyeNumber(text, unitOf(key))] as const);
    const isSure = isPlain && !isStruck && read.every(([, value]) => value !== null);
    const isHidden = habits.some((one) => one.endsWith("hidden"));
    const seen = new Map(
      read.flatMap(([key, value]) => (value === null || value === "" ? [] : [[key, value]])),
    );
    return {
      what: `${number} ${unit}: ${habits.join("; ")} (seen ${texts.map((one) => one.join("=")).join(", ")})`,
      bytes: made[at]?.bytes ?? new Uint8Array(),
      seen: isSure && !isHidden ? seen : null,
      isHonest:
        isSure && !isHidden && entries.every(({ key, value }) => isAsMeant(value, seen.get(key))),
    };
  });
}

/** Where entries stand on the page, by unit and entry: each of them has a text of its own there. */
async function boxesOf(world: World): Promise<ReadonlyMap<string, Piece>> {
  const made: { name: string; bytes: Uint8Array }[] = [];
  const all = new Map<string, Entry[]>();
  for (const unit of UNITS) {
    const sheet = await plainSheet(world, unit, figuresOf(unit, randomOf(1)));
    const entries = entriesOf(sheet);
    all.set(unit, entries);
    for (const [at, { row, column }] of entries.entries()) {
      set(sheet, row, column, `Q${10 + at}Z`);
      const cell = sheet.cells?.get(`${row},${column}`);
      if (cell !== undefined) Object.assign(cell, { value: `Q${10 + at}Z`, type: "string" });
    }
    made.push({ name: `noi-${unit}`, bytes: await workbookOf(sheet) });
  }
  const pages = pagesOf(world.folder, made);
  const boxes = new Map<string, Piece>();
  for (const [index, [unit, entries]] of [...all].entries()) {
    for (const [at, { key }] of entries.entries()) {
      const piece = pages[index]?.find(({ text }) => text.includes(`Q${10 + at}Z`));
      if (piece === undefined) throw new Error(`${unit} ${key} is not on the page`);
      boxes.set(`${unit} ${key}`, piece);
    }
  }
  return boxes;
}

/** Prints workbooks with LibreOffice, all at once. @returns the texts on the pages of each */
function pagesOf(folder: string, made: readonly { name: string; bytes: Uint8Array }[]): Piece[][] {
  for (const { name, bytes } of made) writeFileSync(join(folder, `${name}.xlsx`), bytes);
  const names = made.map(({ name }) => name);
  print(folder, "pdf", names);
  return made.map(({ name }) => {
    const file = join(folder, `${name}.pdf`);
    return piecesIn(execFileSync("pdftohtml", ["-xml", "-i", "-stdout", file]).toString("utf8"));
  });
}

function print(folder: string, format: string, names: readonly string[]): void {
  const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
  const files = names.map((name) => join(folder, `${name}.xlsx`));
  const order = [profile, "--headless", "--convert-to", format, "--outdir", folder, ...files];
  execFileSync("timeout", ["900", "soffice", ...order], { stdio: "ignore" });
}

function piecesIn(xml: string): Piece[] {
  const fonts = new Map<string, { size: number; color: string }>();
  const pieces: Piece[] = [];
  let page = 0;
  const of = (attributes: string, name: string): string =>
    new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
  for (const [, element, of_, ofText, text = ""] of xml.matchAll(
    /<(page|fontspec)\b([^>]*)>|<text\b([^>]*)>([\s\S]*?)<\/text>/g,
  )) {
    const [name, attributes] = [element ?? "text", of_ ?? ofText ?? ""];
    if (name === "page") page += 1;
    if (name === "fontspec") {
      const [size, color] = [Number(of(attributes, "size")), of(attributes, "color")];
      fonts.set(of(attributes, "id"), { size, color });
    }
    if (name !== "text") continue;
    const { size = 0, color = "" } = fonts.get(of(attributes, "font")) ?? {};
    const [top, left] = [
      page * 10_000 + Number(of(attributes, "top")),
      Number(of(attributes, "left")),
    ];
    const [right, bottom] = [
      left + Number(of(attributes, "width")),
      top + Number(of(attributes, "height")),
    ];
    const plain = text
      .replace(/<[^>]*>/g, "")
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&amp;/g, "&");
    pieces.push({ top, left, right, bottom, size, color, text: plain });
  }
  return pieces;
}

/** What stands in a cell on the page, without what is raised, tiny or white. */
function eyeText(pieces: readonly Piece[], box: Piece | undefined): string {
  if (box === undefined) return "";
  const middle = (box.top + box.bottom) / 2;
  const reach = box.bottom - box.top;
  const within = pieces
    .filter(({ top, bottom }) => Math.abs((top + bottom) / 2 - middle) < reach * 0.75)
    .filter(({ left }) => left > box.left - reach * 6 && left < box.right + reach)
    .sort((one, other) => one.left - other.left);
  const size = Math.max(0, ...within.map((one) => one.size));
  return within
    .filter((one) => one.size > size * 0.75 && one.size > 3)
    .filter(({ color }) => color.toLowerCase() !== "#ffffff")
    .map(({ text }) => text)
    .join("")
    .trim();
}

const unitOf = (key: string): string =>
  PLAN.measures.find(({ code }) => code === key.split(" ")[0])?.unit_of_measure ?? "";

const ANSWERS: Readonly<Record<string, string>> = { Có: "1", Không: "0" };

/** Whether what is read is what was meant: no other digits, and no decimals that look like thousands. */
function isAsMeant(value: CellValue, seen: string | undefined): boolean {
  const meant = String(value ?? "");
  return (ANSWERS[meant] ?? meant) === (seen ?? "");
}

/** The number that a person is sure of; nothing of a blank cell, null where nobody can be sure. */
function eyeNumber(text: string, unit: string): string | null {
  if (text === "") return "";
  const own = text.endsWith(unit) ? text.slice(0, -unit.length) : text;
  const plain = ANSWERS[text] ?? own.trim();
  if (/^\d{1,3}(?:[., ]\d{3})+$/.test(plain)) return String(Number(plain.replace(/[., ]/g, "")));
  if (/^\d{1,3}(?:,\d{3})+\.\d+$/.test(plain)) return String(Number(plain.replaceAll(",", "")));
  return /^\d+(?:[.,]\d+)?$/.test(plain) ? String(Number(plain.replace(",", "."))) : null;
}
