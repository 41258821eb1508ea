import { remembering } from "../vocabulary/remembering.ts";
import { BIRTH_YEAR, DATE, LAST_BIRTH_YEAR } from "./number-shapes.ts";
import { hasInitials, isNameAlone, isWhole, namesIn } from "./person-names.ts";
import type { Certainty, PersonalKind, PersonalSign } from "./personal-kind.ts";
import { LABELS, SIGNERS } from "./personal-labels.ts";
import { personalSigns } from "./personal-signs.ts";
import { evenText, Phrases, type SpokenText, spoken } from "./spoken-text.ts";
import { ADDRESS_PARTS, COUNTED, NO_HEADS } from "./work-words.ts";

/** What a cell of a table holds. */
export type TableCell = string | number | boolean | Date | null;
type Row = readonly TableCell[] | undefined;

/** Where a table tells of a person; rows and columns count from 0. */
export interface Sighting {
  readonly row: number;
  readonly column: number;
  readonly signs: readonly PersonalSign[];
  /** Of a whole column, by its head. */
  readonly isColumn: boolean;
}

/** Cells that are passed over, or in which a name alone is one too many. */
interface TableRules {
  /** A text without what the form itself prints. */
  readonly without: (text: string) => string;
  readonly isTaken: (text: string) => boolean;
}

/**
 * Looks through a table: at every text by itself, at columns by their heads, at rows as a whole.
 * @param printed what the form itself prints, which tells of nobody
 * @param isTaken whether a text is taken over from the file, such as a note: a name alone is held there
 */
export function personalPlaces(
  rows: readonly Row[],
  printed: Pick<TableRules, "without">,
  isTaken: TableRules["isTaken"] = () => false,
): Sighting[] {
  const rules: TableRules = { without: (text) => printed.without(text), isTaken };
  const found = new Map<string, Sighting>();
  const put = (sighting: Sighting): void => {
    const place = `${sighting.row},${sighting.column}`;
    const there = found.get(place);
    found.set(place, there === undefined ? sighting : merged(there, sighting));
  };
  rows.forEach((cells, row) => {
    cells?.forEach((content, column) => {
      if (typeof content !== "string" || content.length < 4) return;
      const signs = signsOf(content, rules).filter(
        ({ kind, certainty }) =>
          kind !== "name" || certainty === "certain" || rules.isTaken(content),
      );
      if (signs.length > 0) put({ row, column, signs, isColumn: false });
    });
    for (const one of personalRow(rows, row, rules)) put(one);
    for (const one of besideLabels(rows, row, rules)) put(one);
    for (const one of personalColumns(rows, row, rules)) put(one);
  });
  for (const one of listsOfNames(rows, rules)) put(one);
  return [...found.values()];
}

/** What a text tells about persons, without what the form itself prints. */
function signsOf(content: string, rules: TableRules): readonly PersonalSign[] {
  const signs = personalSigns(content);
  return signs.length === 0 ? signs : personalSigns(rules.without(content));
}

function isOwnName(content: TableCell | undefined, rules: TableRules): boolean {
  return isName(content) && isName(rules.without(String(content)));
}

function merged(one: Sighting, other: Sighting): Sighting {
  const signs = new Map<PersonalKind, Certainty>();
  for (const { kind, certainty } of [...one.signs, ...other.signs]) {
    if (signs.get(kind) !== "certain") signs.set(kind, certainty);
  }
  return {
    ...one,
    isColumn: one.isColumn || other.isColumn,
    signs: [...signs].map(([kind, certainty]) => ({ kind, certainty })),
  };
}

// cells by what they may be

const PARTS = new Phrases(ADDRESS_PARTS);
const COUNTS = new Phrases(COUNTED);
const DIGITS_ONLY = /^\+?[\d .()/-]+$/;

function textOf(content: TableCell | undefined): string {
  if (content === null || content === undefined) return "";
  if (content instanceof Date) return content.toISOString().slice(0, 10);
  return evenText(String(content)).trim();
}

function digitsOf(content: TableCell | undefined): string {
  const text = textOf(content);
  return DIGITS_ONLY.test(text) ? text.replace(/\D/g, "") : "";
}

const TWO_WORDS = /\p{L}[\p{M}.]?\s+\p{L}/u;

/** Whether a cell is a name, or begins with one that is sure. */
function isName(content: TableCell | undefined): boolean {
  if (typeof content !== "string" || content.length > 80 || !TWO_WORDS.test(content)) return false;
  const text = spoken(content);
  if (isNameAlone(text)) return true;
  const [name] = namesIn(text);
  return name !== undefined && name.start === 0 && name.strength === "strong";
}

function isSureName(content: TableCell | undefined): boolean {
  return isName(content) && namesIn(spoken(String(content))).some(isWhole);
}

function isBirth(content: TableCell | undefined): boolean {
  if (content instanceof Date) {
    const year = content.getUTCFullYear();
    return year >= 1920 && year <= LAST_BIRTH_YEAR;
  }
  const text = textOf(content);
  const year = /(\d{4})$/.exec(text)?.[1] ?? "";
  return (
    DATE.test(text) && BIRTH_YEAR.test(year) && Number(year) <= LAST_BIRTH_YEAR && text.length <= 20
  );
}

function isBirthYear(content: TableCell | undefined): boolean {
  const text = textOf(content);
  return BIRTH_YEAR.test(text) && Number(text) <= LAST_BIRTH_YEAR;
}

function isPlace(content: TableCell | undefined): boolean {
  if (typeof content !== "string" || content.length > 160) return false;
  const text = spoken(content);
  const [first, second] = text.tokens;
  const length = PARTS.at(text, 0);
  if (length > 0 && text.tokens[length] !== undefined) {
    return COUNTS.at(text, length + 1) === 0;
  }
  return first?.kind === "number" && second?.kind === "word" && /^\p{Lu}/u.test(second.text);
}

/** Whether a cell has the digits of an identity card or a telephone, whose 0 may have been dropped. */
function isPersonalNumber(content: TableCell | undefined): boolean {
  const digits = digitsOf(content);
  if (!/^(?:\d{9,12})$/.test(digits)) return false;
  return digits.startsWith("0") || !digits.endsWith("000");
}

// rows

/** A name with something else of a person in the same row. */
function personalRow(rows: readonly Row[], row: number, rules: TableRules): Sighting[] {
  const cells = rows[row] ?? [];
  const column = cells.findIndex((content) => isOwnName(content, rules));
  if (column < 0) return [];
  const others = cells.filter((_, index) => index !== column);
  const isSure = isSureName(cells[column]);
  const signs = new Map<PersonalKind, Certainty>();
  for (const other of others) {
    if (isPersonalNumber(other)) {
      const isPhone = /^0?[35789]\d{8}$/.test(digitsOf(other));
      signs.set(isPhone && digitsOf(other).startsWith("0") ? "phone" : "id_card", "certain");
    } else if (isBirth(other)) signs.set("birth_date", isSure ? "certain" : "likely");
    else if (isBirthYear(other) && isSure && !signs.has("birth_date")) {
      signs.set("birth_date", "likely");
    } else if (isPlace(other) && isSure) signs.set("address", "certain");
    else if (typeof other === "string") {
      for (const { kind } of signsOf(other, rules)) if (kind !== "name") signs.set(kind, "certain");
      if (/^\d{1,3} ?tuổi/iu.test(textOf(other))) signs.set("age", "likely");
    }
  }
  if (signs.size === 0) return [];
  const worst: Certainty = [...signs.values()].includes("certain") ? "certain" : "likely";
  return [
    {
      row,
      column,
      isColumn: false,
      signs: [
        { kind: "name", certainty: worst },
        ...[...signs].map(([kind, certainty]) => ({ kind, certainty })),
      ],
    },
  ];
}

/** «CCCD:» in one cell, its number in the next. */
function besideLabels(rows: readonly Row[], row: number, rules: TableRules): Sighting[] {
  const cells = rows[row] ?? [];
  return cells.flatMap((content, column): Sighting[] => {
    if (typeof content !== "string" || headKinds(content).length === 0) return [];
    const next = cells.slice(column + 1).findIndex((one) => textOf(one) !== "");
    const value = next < 0 ? null : (cells[column + 1 + next] ?? null);
    // a row of heads has another head beside each
    if (value === null || next > 2 || headKinds(textOf(value)).length > 0) return [];
    const kinds = headKinds(rules.without(content)).filter((kind) => fits(kind, value));
    if (kinds.length === 0) return [];
    const sign = (kind: PersonalKind): PersonalSign => ({
      kind,
      certainty: CERTAIN_BESIDE.has(kind) ? "certain" : "likely",
    });
    return [{ row, column, signs: kinds.map(sign), isColumn: false }];
  });
}

const CERTAIN_BESIDE: ReadonlySet<PersonalKind> = new Set([
  "id_card",
  "phone",
  "insurance",
  "account",
  "email",
]);

/** So many names one below the other are a list of persons. */
const NAMES_IN_LIST = 3;

function listsOfNames(rows: readonly Row[], rules: TableRules): Sighting[] {
  const found: Sighting[] = [];
  /** By column: how many names stand right above one another, up to the row that was looked at last. */
  let lengths = new Map<number, number>();
  for (let row = 0; row <= rows.length; row += 1) {
    const going = new Map<number, number>();
    rows[row]?.forEach((content, column) => {
      if (isSureName(content) && isOwnName(content, rules)) {
        going.set(column, (lengths.get(column) ?? 0) + 1);
      }
    });
    for (const [column, length] of lengths) {
      if (going.has(column) || length < NAMES_IN_LIST) continue;
      const signs: PersonalSign[] = [{ kind: "name", certainty: "likely" }];
      found.push({ row: row - length, column, signs, isColumn: false });
    }
    lengths = going;
  }
  return found;
}

// columns

const HEADS = Object.entries(LABELS).map(
  ([kind, phrases]) => [kind as PersonalKind, new Phrases(phrases)] as const,
);
const NOT_HEADS = new Phrases(NO_HEADS);
const SIGNING = new Phrases(SIGNERS);

const MOST_OF_HEAD = 60;

/** The kinds of data that a cell may stand at the head of, by its words. */
export const headKinds = remembering((content): readonly PersonalKind[] => {
  if (content.length > MOST_OF_HEAD) return [];
  const even = evenText(content)
    .replace(/([\p{Ll}])(?=\p{Lu}\p{Ll})/gu, "$1 ")
    .replace(/[_\n\r]+/g, " ")
    .replace(/\s*,\s*/g, " ")
    .trim();
  const text = spoken(even);
  if (NOT_HEADS.isIn(text) || SIGNING.at(text, 0) === text.tokens.length) return [];
  return HEADS.flatMap(([kind, phrases]) => (isHeadOf(text, kind, phrases) ? [kind] : []));
});

function isHeadOf(text: SpokenText, kind: PersonalKind, phrases: Phrases): boolean {
  for (let index = 0; index < text.tokens.length; index += 1) {
    const length = phrases.at(text, index);
    if (length === 0) continue;
    // «tuổi» alone, «độ tuổi» not; «xe» alone is no plate
    if (ALONE.has(kind) && (index > 0 || text.tokens.length > length + 2)) continue;
    return true;
  }
  return false;
}
const ALONE: ReadonlySet<PersonalKind> = new Set(["age"]);

/** Whether what stands in a cell can be of a kind. */
function fits(kind: PersonalKind, content: TableCell): boolean {
  const text = textOf(content);
  const digits = digitsOf(content);
  if (text === "" || typeof content === "boolean") return false;
  switch (kind) {
    case "name":
      return typeof content === "string" && (isName(content) || looksNamed(text));
    case "id_card":
      return (digits.length >= 8 && digits.length <= 13) || /^[A-Z]\d{6,8}$/.test(text);
    case "insurance":
      return /^[A-Z]{0,2}\d{8,15}$/.test(text.replace(/[ .]/g, ""));
    case "phone":
      return digits.length >= 8 && digits.length <= 13;
    case "email":
      return text.includes("@");
    case "account":
      return digits.length >= 8 && digits.length <= 20;
    case "birth_date":
      return isBirth(content) || isBirthYear(content);
    case "age":
      return typeof content === "number"
        ? content > 0 && content < 110
        : /^\d{1,2}( tuổi)?$/u.test(text);
    case "address":
      return (
        typeof content === "string" &&
        !content.includes(".vn") &&
        (isPlace(content) || /^\p{Lu}\p{L}+(?:[ ,]|$)/u.test(text))
      );
    case "contact":
      return /\p{L}{2}/u.test(text) && typeof content === "string";
    case "plate":
      return /^\d{2} ?-?[A-Z]{1,2}\d?.*\d{3}/.test(text);
  }
}

/** Initials, or a name in small letters. */
function looksNamed(text: string): boolean {
  const phrase = spoken(text);
  if (hasInitials(phrase)) return true;
  const words = phrase.tokens.filter(({ kind }) => kind === "word");
  return words.length >= 2 && words.length <= 5 && namesIn(spoken(`Họ tên: ${text}`)).some(isWhole);
}

/** Rows below a head in which its column may begin. */
const HEAD_ROWS = 4;

/** The columns that begin in a row with a head of this kind and are filled in below it. */
function personalColumns(rows: readonly Row[], row: number, rules: TableRules): Sighting[] {
  const heads = (rows[row] ?? []).flatMap((content, column): (Sighting & { values: number })[] => {
    // a label in front of its content is no head of a column
    if (typeof content !== "string" || content.trim().endsWith(":")) return [];
    if (headKinds(content).length === 0) return [];
    const kinds = headKinds(rules.without(content));
    if (kinds.length === 0) return [];
    const below = rows.slice(row + 1, row + 1 + HEAD_ROWS).map((cells) => cells?.[column] ?? null);
    // what a unit says in words is a head only of what it says below
    if (rules.isTaken(content) && !rules.isTaken(textOf(below[0]))) return [];
    const own = kinds.filter((kind) => below.some((value) => fits(kind, value)));
    const values = below.filter((value) => own.some((kind) => fits(kind, value))).length;
    const sign = (kind: PersonalKind): PersonalSign => ({
      kind,
      certainty: UNSURE_COLUMNS.has(kind) ? "likely" : "certain",
    });
    return own.length === 0 ? [] : [{ row, column, signs: own.map(sign), isColumn: true, values }];
  });
  const isAboutPersons = heads.length > 1 || heads.some(({ values }) => values > 1);
  return heads.map(({ values: _, ...head }) => ({
    ...head,
    signs: head.signs.map(({ kind, certainty }) => ({
      kind,
      certainty: isAboutPersons || !NEEDS_OTHERS.has(kind) ? certainty : ("likely" as const),
    })),
  }));
}

/** Columns that other tables have too. */
const UNSURE_COLUMNS: ReadonlySet<PersonalKind> = new Set(["age", "contact", "plate"]);
/** One name below a word is not yet a list. */
const NEEDS_OTHERS: ReadonlySet<PersonalKind> = new Set(["name", "address", "birth_date"]);
