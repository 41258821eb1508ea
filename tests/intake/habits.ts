import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CellValue } from "hucre";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { convertMany } from "../libreoffice.ts";
import type { Besides, Rows } from "./form-given.ts";
import { PLAN, type World } from "./given.ts";

type Random = () => number;
const below = (random: Random, end: number): number => Math.floor(random() * end);
const oneOf = <T>(random: Random, all: readonly T[]): T => all[below(random, all.length)] as T;

export const UNITS = ["UB-01", "UB-02", "GD"] as const;
export type Unit = (typeof UNITS)[number];
/** One of several texts, parted by a stroke. */
const among = (random: Random, texts: string): string => oneOf(random, texts.split(" | "));
const FIRST_COLUMN = 1;
/** The column of a form in which figures of the unit itself stand. */
export const ENTRY = 5;

/** Figures that contradict nothing, some left blank. */
export function figuresOf(unit: Unit, random: Random): Record<string, string> {
  const n = (most: number): string => String(1 + below(random, most));
  if (unit === "GD") {
    return {
      budget: n(90),
      rate: n(9),
      share: n(99),
      "pupils 01": String(100 + below(random, 50)),
      "pupils 02": String(200 + below(random, 50)),
      "pupils_reached 01": n(90),
      "pupils_reached 02": n(90),
    };
  }
  const [day, night] = [1 + below(random, 40), 1 + below(random, 40)];
  return {
    people: String(500 + below(random, 500)),
    reached: n(400),
    visits: String(day + night),
    visits_day: String(day),
    visits_night: String(night),
    ...(random() < 0.8 ? { budget: n(90) } : {}),
    has_plan: oneOf(random, ["Có", "Không"]),
  };
}

const rowsWith = (rows: Rows): number[] =>
  rows.flatMap((cells, row) => (String(cells[0]).startsWith("measure:") ? [row] : []));

function each(rows: Rows, change: (text: string) => string): void {
  for (const [row, cells] of rows.entries()) {
    rows[row] = cells.map((value, column) =>
      typeof value === "string" && column >= FIRST_COLUMN && !/^(?:own|note|area:)/.test(value)
        ? change(value)
        : value,
    );
  }
}

type Habit = (rows: Rows, random: Random, besides: Besides) => void;

/** Puts a text into the cell of a column, in the row that holds another one or so many below it. */
function write(rows: Rows, at: string | number, column: number, text: CellValue, below = 0): void {
  const row =
    typeof at === "number"
      ? at
      : rows.findIndex((cells) => cells.some((one) => String(one).normalize("NFC").includes(at)));
  while (rows.length <= row + below) rows.push([]);
  const cells = rows[row + below] ?? [];
  while (cells.length <= column) cells.push(null);
  cells[column] = text;
}

/** The row of a figure of its own form, and its number. */
function figureIn(rows: Rows, random: Random): { row: number; value: number } {
  const all = rowsWith(rows);
  const filled = all.filter((one) => typeof rows[one]?.[ENTRY] === "number");
  const row = oneOf(random, filled.length > 0 ? filled : all);
  return { row, value: Number(rows[row]?.[ENTRY]) };
}

/** Makes a figure blank. @returns where it was */
function blanked(rows: Rows, random: Random): number {
  const { row } = figureIn(rows, random);
  write(rows, row, ENTRY, null);
  return row;
}

/** A comment to a figure. */
function comment(rows: Rows, random: Random, { cells }: Besides, texts: string): void {
  const { row } = figureIn(rows, random);
  const text = among(random, texts).replace("\\n", "\n");
  cells.set(`${row},${ENTRY}`, { value: rows[row]?.[ENTRY] ?? null, comment: { text } });
}

/** Another format of a figure. */
function format(rows: Rows, random: Random, { cells }: Besides, formats: string): void {
  const { row, value } = figureIn(rows, random);
  cells.set(`${row},${ENTRY}`, { value, style: { numFmt: among(random, formats) } });
}

const isOf = (rows: Rows, unit: string): boolean =>
  rows.flat().some((one) => String(one).startsWith("Đơn vị báo cáo") && String(one).includes(unit));

/** Places of blank lines: so many rows under a text. */
const BLANK_LINES = [
  ["Cả biểu không phát sinh", 1],
  ["Cả biểu không phát sinh", -3],
  ["Cả biểu không phát sinh", -1],
  ["NGƯỜI LẬP BIỂU", 3],
  ["Đơn vị báo cáo", -1],
] as const;
const SIGNERS = "NGƯỜI LẬP BIỂU";
const HEADING = "Chỉ tiêu, số liệu";

/** Of what a person reads, nothing may count without a question. */
export const ASKED: Readonly<Record<string, Habit>> = {
  "a format that shows something else": (rows, random, own) =>
    format(
      rows,
      random,
      own,
      '0" nghìn" | ">"0 | "~"0 | 0"/25" | 0"00" | "-"0 | 0, | ;;; | General" nghìn" | [>0]"có";0',
    ),
  "entries merged": (rows, random, { merges }) => {
    const { row } = figureIn(rows, random);
    const at = rowsWith(rows).includes(row + 1) ? row : row - 1;
    merges?.push({ startRow: at, endRow: at + 1, startCol: ENTRY, endCol: ENTRY });
  },
  "a comment with a figure": (rows, random, own) =>
    comment(rows, random, own, "Sửa lại: 45 | đúng là 45 người | Số đúng: 1.250 | An:\\n45"),
  "a text box with a figure": (rows, random, { textBoxes }) => {
    const { row } = figureIn(rows, random);
    const anchor = { from: { row, col: ENTRY }, to: { row: row + 1, col: ENTRY + 1 } };
    textBoxes?.push({ text: among(random, "45 | Sửa: 45 | Không phát sinh | 60 người"), anchor });
  },
  "a sign drawn over an entry": (rows, random, { textBoxes }) => {
    const { row } = figureIn(rows, random);
    const anchor = { from: { row, col: ENTRY }, to: { row: row + 1, col: ENTRY + 1 } };
    textBoxes?.push({ text: among(random, "✓ | V"), anchor });
  },
  "a figure on a sheet of its own": (_, random, { others }) => {
    const rows = [["Bổ sung", among(random, "60 | 60 người | 1.250 | Số người: 60")]];
    others.push({ name: among(random, "Sheet2 | Bổ sung | Phụ lục"), rows });
  },
  "a figure on the sheet that explains": (_, random, { others }) => {
    const guide = others.find(({ name }) => name === "Hướng dẫn");
    const cells = [null, among(random, "60 | Số người: 60 | bổ sung 60 người")];
    if (guide === undefined) others.push({ name: "Hướng dẫn", rows: [cells] });
    else guide.rows.push(cells);
  },
  "a figure below the table": (rows, random) => {
    const texts = "60 | 60 người | Số người: 60 | Bổ sung 60 người | Ghi chú: có 5 buổi ở khối 4";
    write(rows, SIGNERS, 1 + below(random, 7), among(random, texts), 4 + below(random, 4));
  },
  "a figure beside the table": (rows, random) => {
    const text = among(random, "60 | 60 người | sửa 45 | 1.250");
    write(rows, figureIn(rows, random).row, 8 + below(random, 3), text);
  },
  "nothing arose, beside its cell": (rows, random) => {
    const text = among(random, "Không phát sinh | KPS | không phát sinh trong kỳ");
    write(rows, "Cả biểu không phát sinh", 7 + below(random, 2), text);
  },
  "nothing arose, in the note of a blank entry": (rows, random) => {
    const row = blanked(rows, random);
    const codes = rows.slice(0, row).findLast(([code]) => code === "chitieu:columns") ?? [];
    const text = among(random, "Không phát sinh | KPS | không có | Trong quý không phát sinh");
    write(rows, row, codes.indexOf("note"), text);
  },
  "a figure in the column of numbers": (rows, random) =>
    write(rows, blanked(rows, random), 1, 41 + below(random, 50)),
  "a label struck out": (rows, random, { cells }) => {
    const { row } = figureIn(rows, random);
    const style = { font: { strikethrough: true } };
    cells.set(`${row},2`, { value: rows[row]?.[2] ?? null, style });
  },
  "a unit of measure put in": (rows, random) => {
    const text = "ĐVT: nghìn người | Đơn vị tính: triệu đồng | (nghìn người) | Đơn vị: % | tỷ đồng";
    const [at, under] = oneOf(random, BLANK_LINES);
    write(rows, at, 1 + below(random, 6), among(random, text), under);
  },
  "a unit of measure over the figures": (rows, random) =>
    write(rows, HEADING, ENTRY, among(random, "Số liệu (nghìn người) | Số liệu (triệu)")),
  "the tab of another quarter": (_, random, own) => {
    own.name = among(random, "Quý III.2030 | Q3-2030 | Quý 1 | BC Quy I nam 2030 | Q.IV");
  },
  "signed elsewhere": (rows) => {
    const place = isOf(rows, "Một") ? "Phường Hai" : "Phường Một";
    const day = isOf(rows, "Giáo dục") ? "05 tháng 01" : "02 tháng 7";
    write(rows, SIGNERS, ENTRY, `${place}, ngày ${day} năm 2030`, -1);
  },
  "signed before": (rows, random) => {
    const days = "Thành phố, ngày 28 tháng 3 năm 2030 | ngày 02 tháng 7 năm 2029 | Ngày 15/01/2030";
    write(rows, SIGNERS, ENTRY, among(random, days), -1);
  },
};

/** What changes nothing of what is read, and is no reason to ask. */
export const HONEST: Readonly<Record<string, Habit>> = {
  nothing: () => undefined,
  "letters composed otherwise": (rows) => each(rows, (text) => text.normalize("NFD")),
  capitals: (rows) => each(rows, (text) => (text.length > 12 ? text.toUpperCase() : text)),
  "a figure with its unit": (rows, random) =>
    typed(rows, random, (value, cells) => `${value} ${cells[3]}`),
  "a format that shows the number": (rows, random, own) =>
    format(rows, random, own, "0 | #,##0 | 0.00 | [Red]0 | 00000 | #,##0_);(#,##0)"),
  "a comment of words": (rows, random, own) =>
    comment(
      rows,
      random,
      own,
      "Đã đối chiếu | theo báo cáo của Công an phường, ngày 28/6/2030 | CẦN SỬA: Ô ghi 45",
    ),
  "signed as it should be": (rows, random) => {
    const day = "Thành phố, ngày 02 tháng 7 năm 2030 | ngày 29 tháng 6 năm 2030 | Ngày 01/7/2030";
    write(rows, SIGNERS, ENTRY, among(random, day), -1);
    write(rows, SIGNERS, ENTRY, among(random, "(Đã ký) | KT. CHỦ TỊCH | PHÓ CHỦ TỊCH"), 3);
    write(rows, SIGNERS, 1, among(random, "- Như trên; - Lưu: VT. | Nơi nhận: Phòng Tư pháp"), 5);
  },
  "lines that offices add": (rows, random) => {
    const lines =
      "Số: 12/BC-UBND | Mẫu số 02 | (Kèm Công văn số 45/CV-UBND ngày 01/6/2030) | Biểu 1";
    write(rows, "Đơn vị báo cáo", 1, among(random, lines), -6);
  },
  "the tab of its quarter": (_, random, own) => {
    own.name = among(random, "Quý II | Sheet1 | Q2-2030 | BC quý 2.2030 | Biểu 1");
  },
  "figures reckoned on another sheet": (rows, random, { cells, others }) => {
    const { row, value } = figureIn(rows, random);
    others.push({ name: "Chi tiết", rows: [["Khối 1", value]] });
    cells.set(`${row},${ENTRY}`, { value, formula: "'Chi tiết'!B1", formulaResult: value });
  },
  "no in short": (rows, random) => {
    const row = rows.findIndex(([code]) => code === "measure:has_plan");
    if (row >= 0) write(rows, row, ENTRY, among(random, "Ko | ko | K | không có | KO"));
  },
};

/** What may be read, asked about or refused, but not misread. */
const OTHER: Readonly<Record<string, Habit>> = {
  "another quarter in every label": (rows) =>
    each(rows, (text) => text.replace(/(quý) 2/giu, "$1 3").replace("30/6/2030", "30/9/2030")),
  "another quarter in the title": (rows) =>
    each(rows, (text) => text.replace("BÁO CÁO QUÝ 2", "BÁO CÁO QUÝ III")),
  "another ward's name": (rows) =>
    each(rows, (text) =>
      text.replace("phường Hai", "phường Một").replace("PHƯỜNG HAI", "PHƯỜNG MỘT"),
    ),
  "two rows exchanged": (rows, random) => {
    const all = rowsWith(rows);
    const [one, other] = [oneOf(random, all), oneOf(random, all)];
    const [a, b] = [rows[one] ?? [], rows[other] ?? []];
    rows[one] = [a[0] ?? null, ...b.slice(1)];
    rows[other] = [b[0] ?? null, ...a.slice(1)];
  },
  "cells moved down": (rows, random) => move(rows, oneOf(random, rowsWith(rows)), 1),
  "cells moved up": (rows, random) => move(rows, oneOf(random, rowsWith(rows)), -1),
  "cells moved right": (rows, random) => {
    const from = oneOf(random, rowsWith(rows));
    for (const cells of rows.slice(from)) cells.splice(ENTRY, 0, null);
  },
  "a column put in": (rows, random) => {
    const at = 1 + below(random, 5);
    for (const cells of rows) cells.splice(at, 0, null);
  },
  "a row put in": (rows, random) => {
    rows.splice(oneOf(random, rowsWith(rows)), 0, [null, null, "Trong đó"]);
  },
  "a total put in": (rows, random) => {
    rows.splice(oneOf(random, rowsWith(rows)), 0, [null, null, "Cộng", null, null, 99]);
  },
  "a row of codes deleted": (rows, random) => {
    const codes = rows.flatMap((cells, row) => (cells[0] === "chitieu:columns" ? [row] : []));
    rows.splice(oneOf(random, codes), 1);
  },
  "a row deleted": (rows, random) => {
    rows.splice(oneOf(random, rowsWith(rows)), 1);
  },
  "a figure in the notes": (rows, random) => {
    const cells = rows[oneOf(random, rowsWith(rows))] ?? [];
    cells[cells.length - 1] = cells[ENTRY] ?? null;
    cells[ENTRY] = null;
  },
  "wards exchanged where they are seen": (rows) => {
    for (const cells of rows) {
      if (String(cells[5]).startsWith("area:") || typeof cells[6] === "undefined") continue;
      if (cells[0] === "chitieu:columns" || rowsWith(rows).length === 0) continue;
      const isTable = cells[5] === "Phường Một" || /pupils/.test(String(cells[0]));
      if (isTable) [cells[5], cells[6]] = [cells[6] ?? null, cells[5] ?? null];
    }
  },
  "another unit of measure": (rows, random) => {
    const cells = rows[oneOf(random, rowsWith(rows))] ?? [];
    cells[3] = `nghìn ${cells[3]}`;
  },
  "two figures in a cell": (rows, random) => typed(rows, random, (value) => `${value}\n150`),
  "thousands by a space": (rows, random) =>
    typed(rows, random, (value) => `1 ${String(value).padStart(3, "0")}`),
  "a dash": (rows, random) => typed(rows, random, () => "-"),
  "words for nothing": (rows, random) =>
    typed(rows, random, () => oneOf(random, ["KPS", "Không có", "không"])),
};

/** Habits of clerks, each done to the rows of a form. */
export const HABITS: Readonly<Record<string, Habit>> = { ...HONEST, ...OTHER, ...ASKED };

function typed(
  rows: Rows,
  random: Random,
  change: (value: CellValue, cells: readonly CellValue[]) => string,
): void {
  const all = rowsWith(rows).filter((row) => typeof rows[row]?.[ENTRY] === "number");
  if (all.length === 0) return;
  const cells = rows[oneOf(random, all)] ?? [];
  cells[ENTRY] = change(cells[ENTRY] ?? null, cells);
}

function move(rows: Rows, from: number, by: 1 | -1): void {
  const below = rows.slice(from).map((cells) => cells.slice(1));
  if (by === 1) below.unshift([]);
  else below.shift();
  for (const [offset, cells] of below.entries()) {
    const key = rows[from + offset]?.[0] ?? null;
    rows[from + offset] = [key, ...cells];
  }
}

const plain = (text: unknown): string =>
  String(text ?? "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();

/**
 * What a person reads on a form who knows nothing of codes: names in rows, wards over columns, numbers
 * where they cross. Null where the title does not say the second quarter, or the unit is another one.
 */
export function readByEye(rows: Rows, unit: Unit): ReadonlyMap<string, string> | null {
  const texts = rows.flat().map(plain);
  const own = unit === "GD" ? "phòng giáo dục" : unit === "UB-01" ? "phường một" : "phường hai";
  const isOwn = texts.some((text) => text.startsWith("đơn vị báo cáo") && text.includes(own));
  const isQuarter = texts.some(
    (text) => text.startsWith("biểu số liệu") && /quý (?:2|ii)$/.test(text),
  );
  if (!isOwn || !isQuarter) return null;
  const read = new Map<string, string>();
  let columns: { column: number; area: string }[] = [];
  for (const cells of rows) {
    const words = cells.map(plain);
    if (words.includes("chỉ tiêu, số liệu")) {
      columns = words.flatMap((text, column) => {
        const area = { "số liệu": "", "phường một": "01", "phường hai": "02" }[text];
        return area === undefined ? [] : [{ column, area }];
      });
      continue;
    }
    const measure = PLAN.measures.find(({ name }) => words.slice(1).includes(plain(name)));
    if (measure === undefined) continue;
    for (const { column, area } of columns) {
      const value = asNumber(words[column] ?? "", measure);
      if (value !== "") read.set(`${measure.code} ${area}`.trim(), value);
    }
  }
  return read;
}

function asNumber(text: string, measure: { kind: string; unit_of_measure: string }): string {
  if (measure.kind === "yes_no") {
    return { có: "1", không: "0", ko: "0", k: "0", "không có": "0" }[text] ?? text;
  }
  if (["kps", "không có", "không", "không phát sinh"].includes(text)) return "0";
  const bare = text.replace(` ${measure.unit_of_measure}`, "");
  return /^\d{1,3} \d{3}$/.test(bare) ? bare.replace(" ", "") : bare;
}

/** A file that was made. */
export interface Made {
  readonly what: string;
  /** What the file is called, where that matters. */
  readonly name?: string;
  /** What a person reads in it, by `measure area`; null where it may not count without a question. */
  readonly seen: ReadonlyMap<string, string> | null;
  readonly bytes: Uint8Array;
  /** Nothing was done to it that one would have to ask about. */
  readonly isHonest?: boolean;
}

/** What became of a file: `right` is accepted without a question, as a person reads it. */
export interface Judged {
  readonly made: Made;
  readonly became: "right" | "asked" | "refused" | "misread";
  /** What was read in place of what is seen, or what was told. */
  readonly problems: string;
}

/** Saves workbooks as LibreOffice does; those that it could not save are left out. */
export async function savedAs(
  folder: string,
  format: string,
  made: readonly Made[],
  profile?: string,
): Promise<Made[]> {
  const files = made.map(({ bytes }, index) => {
    writeFileSync(join(folder, `${format}-${index}.xlsx`), bytes);
    return `${format}-${index}.xlsx`;
  });
  await convertMany(folder, format, files, profile);
  return made.flatMap((one, index) => {
    const file = join(folder, `${format}-${index}.${format}`);
    return existsSync(file)
      ? [{ ...one, what: `${one.what} (.${format})`, bytes: readFileSync(file) }]
      : [];
  });
}

/** Takes in files one after another, and holds what was read of each, and of what is packed in it, against what is seen. */
export async function takeInMade(world: World, made: readonly Made[]): Promise<Judged[]> {
  const settings = { ...world, isDemonstration: false, softwareVersion: "bench" };
  const moment = new Date("2030-07-03T00:00:00Z");
  const taken: { became: Judged["became"]; problems: string; receipts: number[] }[] = [];
  await withIntake(settings, async (intake) => {
    const deliveries = made.map(({ name = "bieu", bytes }) => ({
      ...{ file: name, content: { bytes }, again: true },
      ...{ receivedAt: moment, recordedAt: moment },
    }));
    for await (const outcomes of intake.ingestAll(deliveries, 1)) {
      if (outcomes instanceof Error) throw outcomes;
      const problems = outcomes.flatMap((one) => one.problems);
      const isRefused = outcomes.some(({ outcome }) => outcome === "refused");
      const found = problems.map(({ code, found }) => `${code}: ${found}`).join(" ");
      const became = isRefused ? "refused" : problems.length > 0 ? "asked" : "right";
      taken.push({ became, problems: found, receipts: outcomes.map((one) => one.receipt_no) });
    }
  });
  const read = await readInLedger(world);
  return made.map((one, at): Judged => {
    const { became = "refused", problems = "", receipts = [] } = taken[at] ?? {};
    if (became !== "right") return { made: one, became, problems };
    const found = textOf(new Map(receipts.flatMap((receipt) => [...(read.get(receipt) ?? [])])));
    const seen = one.seen === null ? "nothing that is sure" : textOf(one.seen);
    return found === seen
      ? { made: one, became, problems }
      : { made: one, became: "misread", problems: `read ${found}, seen ${seen}` };
  });
}

/** The figures of each receipt, by `measure area`. */
async function readInLedger(world: World): Promise<ReadonlyMap<number, Map<string, string>>> {
  const rows =
    await world.rows(`select receipt_no::integer as receipt, measure, reading.area_id::integer as area, unit_code,
      value::double::varchar as value
    from submission join reading using (submission_no) where value is not null`);
  const read = new Map<number, Map<string, string>>();
  for (const { receipt, measure, area, unit_code, value } of rows) {
    const figures = read.get(Number(receipt)) ?? new Map<string, string>();
    read.set(Number(receipt), figures);
    const code = unit_code === "GD" && area !== null ? (area === 2 ? " 01" : " 02") : "";
    figures.set(`${measure}${code}`, String(Number(value)));
  }
  return read;
}

const textOf = (figures: ReadonlyMap<string, string>): string =>
  [...figures]
    .map(([place, value]) => `${place}=${value}`)
    .sort()
    .join(" ");
