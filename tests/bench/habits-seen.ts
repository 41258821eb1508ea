import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CellValue } from "hucre";
import { writeXlsx } from "hucre/xlsx";
import { PLAN, type World } from "../intake/given.ts";
import { figuresOf, type Made, UNITS } from "../intake/habits.ts";
import { randomOf } from "../ledger/kill-loop.ts";
import { convertMany } from "../libreoffice.ts";
import { type Drawn, type Entry, entriesOf, plainSheet, set } from "./habits-drawn.ts";

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

/** How forms are printed. */
export interface Printing {
  /** A folder of LibreOffice's own. */
  readonly profile: string;
  /** Where entries stand on the page, by unit and entry. */
  readonly places: ReadonlyMap<string, Piece>;
}

/** Forms, and what a person reads on the page that LibreOffice makes of each. */
export async function shownForms(
  world: World,
  drawn: readonly Drawn[],
  { profile, places }: Printing,
): Promise<Made[]> {
  const nameOf = ({ number }: Drawn): string => `bieu${number}`;
  const named = drawn.map((one) => ({ name: nameOf(one), bytes: one.bytes }));
  const pages = await pagesOf(world.folder, named, profile);
  const ruled = drawn.filter((one) => one.isStruckByRule).map((one) => `${nameOf(one)}.xlsx`);
  await convertMany(world.folder, "html", ruled, profile);
  return drawn.map((one, at): Made => {
    const { number, unit, bytes, entries, habits, isPlain, isStruckByRule } = one;
    const isStruck =
      isStruckByRule &&
      // of a blank cell nothing is struck out
      /<s>(?!<br>)/.test(readFileSync(join(world.folder, `${nameOf(one)}.html`), "utf8"));
    const pieces = pages[at] ?? [];
    const texts = entries.map(
      ({ key }) => [key, eyeText(pieces, places.get(`${unit} ${key}`))] as const,
    );
    const read = texts.map(([key, text]) => [key, eyeNumber(text, unitOf(key))] as const);
    const isHidden = habits.some((habit) => habit.endsWith("hidden"));
    const isSure = isPlain && !isStruck && !isHidden && read.every(([, value]) => value !== null);
    const seen = new Map(
      read.flatMap(([key, value]) => (value === null || value === "" ? [] : [[key, value]])),
    );
    const isHonest = isSure && entries.every(({ key, value }) => isAsMeant(value, seen.get(key)));
    const onPage = texts.map((text) => text.join("=")).join(", ");
    const what = `${number} ${unit}: ${habits.join("; ")} (seen ${onPage})`;
    return { what, bytes, seen: isSure ? seen : null, isHonest };
  });
}

/** Where entries stand on the page, by unit and entry: each of them has a text of its own there. */
export async function placesOfEntries(
  world: World,
  profile: string,
): Promise<ReadonlyMap<string, Piece>> {
  const made: { name: string; bytes: Uint8Array }[] = [];
  const all = new Map<string, Entry[]>();
  for (const unit of UNITS) {
    const {
      charts: _charts,
      pivotTables: _pivots,
      ...sheet
    } = await plainSheet(world, unit, figuresOf(unit, randomOf(1)));
    const entries = entriesOf(sheet);
    all.set(unit, entries);
    for (const [at, { row, column }] of entries.entries()) {
      set(sheet, row, column, `Q${10 + at}Z`);
      const cell = sheet.cells?.get(`${row},${column}`);
      if (cell !== undefined) Object.assign(cell, { value: `Q${10 + at}Z`, type: "string" });
    }
    made.push({ name: `noi-${unit}`, bytes: await writeXlsx({ sheets: [sheet] }) });
  }
  const pages = await pagesOf(world.folder, made, profile);
  const places = new Map<string, Piece>();
  for (const [index, [unit, entries]] of [...all].entries()) {
    for (const [at, { key }] of entries.entries()) {
      const piece = pages[index]?.find(({ text }) => text.includes(`Q${10 + at}Z`));
      if (piece === undefined) throw new Error(`${unit} ${key} is not on the page`);
      places.set(`${unit} ${key}`, piece);
    }
  }
  return places;
}

/** Prints workbooks, all at once. @returns the texts on the pages of each */
async function pagesOf(
  folder: string,
  made: readonly { name: string; bytes: Uint8Array }[],
  profile: string,
): Promise<Piece[][]> {
  for (const { name, bytes } of made) writeFileSync(join(folder, `${name}.xlsx`), bytes);
  const files = made.map(({ name }) => `${name}.xlsx`);
  await convertMany(folder, "pdf", files, profile);
  return made.map(({ name }) => {
    const file = join(folder, `${name}.pdf`);
    return piecesIn(execFileSync("pdftohtml", ["-xml", "-i", "-stdout", file]).toString("utf8"));
  });
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
    .filter(({ left }) => left > box.left - reach * 6 && left < box.right)
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

const ANSWERS: Readonly<Record<string, string>> = {
  ...{ Có: "1", Không: "0" },
  // «không» in short
  ...{ Ko: "0", ko: "0", KO: "0", K: "0", "không có": "0" },
};

/** Whether what is read is what was meant: no other digits, and no decimals that look like thousands. */
function isAsMeant(value: CellValue, seen: string | undefined): boolean {
  const meant = String(value ?? "");
  return (ANSWERS[meant] ?? meant) === (seen ?? "");
}

/** The number that a person is sure of; nothing of a blank cell, null where nobody can be sure. */
function eyeNumber(shown: string, unit: string): string | null {
  const text = shown.normalize("NFC");
  if (text === "") return "";
  const own = text.endsWith(unit) ? text.slice(0, -unit.length) : text;
  const plain = ANSWERS[text] ?? own.trim().replace(/^\+(?=\d)|(?<=\d)\.$/g, "");
  const groups = /^\d{1,3}([., ])\d{3}(?:\1\d{3})*$/;
  if (groups.test(plain)) return String(Number(plain.replace(/[., ]/g, "")));
  if (/^\d{1,3}(?:,\d{3})+\.\d+$/.test(plain)) return String(Number(plain.replaceAll(",", "")));
  return /^\d+(?:[.,]\d+)?$/.test(plain) ? String(Number(plain.replace(",", "."))) : null;
}
