import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { withoutMarks } from "../../vocabulary/letter-case.ts";
import { type Area, isValidTogether, kindNamed } from "./area.ts";

/**
 * The official units of the country, before and after 1 July 2025: `sources/country/units.csv`, made by
 * `pipelines/development/make-country.ts`, which ships with the program. By code and time each of its lines is
 * one unit; what others know it by is its `area_id`, which never changes. The file is in the order of the
 * codes, and a command that needs a few units reads no more than their lines.
 */
export interface CountryUnit {
  readonly area: Area;
  /** What it lay in. */
  readonly parent: CountryUnit | null;
  /** Codes of what it went into and of what it is made of; `05986:part` where not the whole went. */
  readonly became: readonly string[];
  readonly madeOf: readonly string[];
  /** How the official table of conversions contradicts the lists of units. */
  readonly otherwise: string;
}

/** A unit at the other end of a conversion. */
export interface Conversion {
  readonly unit: CountryUnit;
  /** How much of the old unit went into the new one: empty for all of it, else a word of the file. */
  readonly share: string;
}

const FILE = fileURLToPath(new URL("../../../sources/country/units.csv", import.meta.url));
const SOURCE = "Danh mục đơn vị hành chính của cơ quan thống kê";

let file: string | null = null;
/** Units that were read, by where their lines begin, and by code. */
const units = new Map<number, CountryUnit>();
const coded = new Map<string, readonly CountryUnit[]>();

/** The file with a sign for each byte, which costs less than its letters. */
function bytes(): string {
  file ??= readFileSync(FILE, "latin1");
  return file;
}

function lettersOf(text: string): string {
  return Buffer.from(text, "latin1").toString("utf8");
}

/** Where the line behind a place begins. */
function lineAfter(at: number): number {
  return bytes().indexOf("\n", at) + 1;
}

/** The unit whose line begins at an offset of the file. */
function unitAt(start: number): CountryUnit {
  const known = units.get(start);
  if (known !== undefined) return known;
  const line = lettersOf(bytes().slice(start, lineAfter(start) - 1));
  const [id, code = "", name = "", above = "", from, to, became, madeOf, otherwise = ""] =
    line.split(",");
  const dates = { valid_from: from || null, valid_to: to || null };
  const parent = unitsCoded(above).find(({ area }) => isValidTogether(area, dates)) ?? null;
  const codes = (cell = ""): string[] => (cell === "" ? [] : cell.split(" "));
  const unit: CountryUnit = {
    area: {
      area_id: Number(id),
      code,
      name,
      named_after: null,
      kind: kindNamed(name) ?? "",
      parent_id: parent?.area.area_id ?? null,
      ...dates,
      population: null,
      source: SOURCE,
      is_official: true,
    },
    parent,
    became: codes(became),
    madeOf: codes(madeOf),
    otherwise,
  };
  units.set(start, unit);
  return unit;
}

/** The units that have or had a code. */
export function unitsCoded(code: string): readonly CountryUnit[] {
  const known = coded.get(code);
  if (known !== undefined) return known;
  const text = bytes();
  const codeAt = (start: number): string => {
    const from = text.indexOf(",", start) + 1;
    return text.slice(from, text.indexOf(",", from));
  };
  let low = lineAfter(0);
  for (let high = text.length; low < high; ) {
    const middle = text.lastIndexOf("\n", ((low + high) >> 1) - 1) + 1;
    if (codeAt(middle) < code) low = lineAfter(middle);
    else high = middle;
  }
  const found: CountryUnit[] = [];
  coded.set(code, found);
  for (; low < text.length && codeAt(low) === code; low = lineAfter(low)) found.push(unitAt(low));
  return found;
}

/** The units directly below one. */
export function unitsBelow({ area }: CountryUnit): CountryUnit[] {
  const text = bytes();
  const found: CountryUnit[] = [];
  const wanted = `,${area.code},`;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const unit = unitAt(text.lastIndexOf("\n", at) + 1);
    if (unit.area.parent_id === area.area_id) found.push(unit);
  }
  return found;
}

/** The unit of an area that is one. */
export function unitOf({ area_id, code, is_official }: Area): CountryUnit | null {
  if (!is_official) return null;
  return unitsCoded(code).find(({ area }) => area.area_id === area_id) ?? null;
}

let startOfId: ReadonlyMap<number, number> | null = null;

/** The unit with an id, as files of an office name it. */
export function unitWithId(id: number): CountryUnit | null {
  if (startOfId === null) {
    const starts = new Map<number, number>();
    for (let at = lineAfter(0); at < bytes().length; at = lineAfter(at)) {
      starts.set(Number.parseInt(bytes().slice(at, at + 10), 10), at);
    }
    startOfId = starts;
  }
  const start = startOfId.get(id);
  return start === undefined ? null : unitAt(start);
}

/** What a unit went into. */
export function heirsOf({ area, became }: CountryUnit): Conversion[] {
  return conversions(became, (one) => (one.valid_from ?? "") > (area.valid_to ?? "9999"));
}

/** What a unit is made of. */
export function partsOf({ area, madeOf }: CountryUnit): Conversion[] {
  return conversions(madeOf, (one) => (one.valid_to ?? "9999") < (area.valid_from ?? ""));
}

function conversions(codes: readonly string[], isMeant: (area: Area) => boolean): Conversion[] {
  return codes.flatMap((one) => {
    const [code = "", share = ""] = one.split(":");
    const unit = unitsCoded(code).find(({ area }) => isMeant(area));
    return unit === undefined ? [] : [{ unit, share }];
  });
}

/**
 * Whether a unit is the exact sum of the old ones that it is made of: each gave the whole of itself, and
 * the lists agree on what they were.
 */
export function isExactSum(unit: CountryUnit): boolean {
  return (
    unit.otherwise === "" &&
    partsOf(unit).every(({ unit: part, share }) => share === "" && part.otherwise === "")
  );
}

/** What the official lists do not agree on about an area, as a sentence without a full stop; else null. */
export function disputeOf(area: Area): string | null {
  const unit = unitOf(area);
  if (unit === null) return null;
  const { otherwise, became } = unit;
  // a plan may end it, or the office's own list
  if (unit.area.valid_to === null) {
    const parts = partsOf(unit).flatMap(({ unit: part }) => disputeOf(part.area) ?? []);
    const strange = `bảng chuyển đổi chính thức ghi địa bàn này có phần của ${otherwise}, không có trong danh mục trước đó`;
    return [...(otherwise === "" ? [] : [strange]), ...parts].join("; ") || null;
  }
  if (otherwise !== "") {
    return `danh mục trước sắp xếp ghi mã ${area.code} là ${area.name}, bảng chuyển đổi chính thức ghi là ${otherwise}`;
  }
  const isLost = became.length === 0 && area.code.length === 5;
  return isLost ? "bảng chuyển đổi chính thức không ghi địa bàn này nhập vào đâu" : null;
}

/** Letters without marks and capitals, by which a name is looked for. */
export function searchKey(words: string): string {
  return withoutMarks(words).toLowerCase().replaceAll(/\s+/g, " ").trim();
}

let keys: readonly string[] | null = null;

/** Units in whose name some words stand, or which have them as their code. */
export function unitsCalled(words: string): CountryUnit[] {
  const wanted = searchKey(words);
  if (wanted === "") return [];
  keys ??= withoutMarks(lettersOf(bytes())).toLowerCase().split("\n");
  let start = 0;
  const found: CountryUnit[] = [];
  for (const key of keys) {
    const [, code, name] = key.split(",", 3);
    if (start > 0 && (name?.includes(wanted) === true || code === wanted)) {
      found.push(unitAt(start));
    }
    start = lineAfter(start);
  }
  return found;
}
