import { z } from "zod";
import { vietnameseDate } from "../vocabulary/date.ts";
import { inSentence, withoutMarks } from "../vocabulary/letter-case.ts";
import { nearest, nearestCode } from "../vocabulary/nearest.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { AREA_KINDS } from "../vocabulary/words.ts";
import {
  csvProblem,
  type Line,
  oncePerKind,
  readIfThere,
  readLines,
  type WrongCell,
} from "./csv-lines.ts";
import { CalendarDate } from "./plan-fields.ts";

const Key = z.coerce
  .number("phải là số nguyên")
  .int("phải là số nguyên")
  .min(1, "phải từ 1 trở lên");
const Blank = z.literal("").transform(() => null);
const Text = z.string().trim().min(1, "không được để trống");

/**
 * A line of `areas.csv`. `area_id` is a surrogate key: codes and names of areas are used again for
 * other areas after a merger, so neither identifies one.
 */
const AreaLine = z.strictObject({
  area_id: Key,
  code: Text,
  /** As it stands at the start of a sentence: `Phường Tam Thanh`. */
  name: Text,
  /** What its own name is that of, where the decree writes the whole with capitals for it. */
  named_after: z
    .union([Blank, z.enum(["person", "event"], "phải là person, event hoặc để trống")])
    .optional()
    .transform((said) => said ?? null),
  kind: Text,
  parent_id: z.union([Blank, Key]),
  valid_from: z.union([Blank, CalendarDate]),
  /** The last day on which the area exists; empty while it does. */
  valid_to: z.union([Blank, CalendarDate]),
  /** Inhabitants, where somebody has published them. */
  population: z
    .union([Blank, Key], "phải là số nguyên từ 1 trở lên, chỉ gồm chữ số")
    .optional()
    .transform((said) => said ?? null),
  source: Text,
});
export type Area = z.infer<typeof AreaLine>;

/** A line of `successors.csv`: what became of an area. `whole`: the successor is only made of such. */
const SuccessorLine = z.strictObject({
  area_id: Key,
  successor_id: Key,
  on: CalendarDate,
  exact: z.enum(["yes", "no"], "phải là yes hoặc no").transform((text) => text === "yes"),
  source: Text,
});
export type Successor = z.infer<typeof SuccessorLine>;

/** A line of `map.csv`: the tile of an area on a schematic map, counted from the north-west. */
const TileLine = z.strictObject({
  area_id: Key,
  column: Key,
  row: Key,
  source: Text,
});
export type Tile = z.infer<typeof TileLine>;

export interface AreaFiles {
  readonly areas: readonly Area[];
  readonly successors: readonly Successor[];
  readonly tiles: readonly Tile[];
}

/**
 * The name of an area within a sentence, by decree 30/2020/NĐ-CP, annex II: `phường Tam Thanh`, but
 * `Phường 1`, and `Phường Hoàng Văn Thụ` after a person.
 */
export function nameWithinSentence({ name, kind, named_after }: Area): string {
  const kinds: Readonly<Record<string, string>> = AREA_KINDS;
  const noun = kinds[kind];
  const isNoun = noun !== undefined && name.toLocaleLowerCase("vi").startsWith(`${noun} `);
  if (!isNoun || named_after !== null) return name;
  const isNumber = /^\d/.test(name.slice(noun.length + 1));
  return isNumber ? name : inSentence(name);
}

/** That an area is no more on a day, and which are in its place. */
export function goneText(
  area: Area,
  day: string,
  { areas, successors }: Pick<AreaFiles, "areas" | "successors">,
): string {
  const heirs = new Set([area]);
  for (const { area_id } of heirs) {
    for (const one of successors.filter((next) => next.area_id === area_id)) {
      for (const heir of areas) if (heir.area_id === one.successor_id) heirs.add(heir);
    }
  }
  const there = [...heirs].filter((one) => isValidOn(one, day));
  const named = there.map(({ code, name }) => `${code} ${name}`).join(", ");
  const instead = named === "" ? "" : `; thay bằng ${named}`;
  return `${area.code} ${area.name} chỉ có đến hết ngày ${vietnameseDate(area.valid_to ?? "")}${instead}`;
}

/** Whether the area exists on the day `date` (`YYYY-MM-DD`). */
export function isValidOn(area: Area, date: string): boolean {
  return (
    (area.valid_from === null || area.valid_from <= date) &&
    (area.valid_to === null || date <= area.valid_to)
  );
}

/**
 * What was meant by a code that names none of some areas, as a sentence; empty where nobody knows. A
 * spreadsheet leaves out zeros in front of a code, and never puts any there.
 */
export function codeHint(code: string, areas: readonly Area[]): string {
  const bare = (one: string): string => (/^\d+$/.test(one) ? one.replace(/^0+/, "") : one);
  const zeros = areas.filter((area) => area.code !== code && bare(area.code) === bare(code));
  const longer = zeros.filter((area) => area.code.length > code.length);
  if (longer.length > 0) {
    const meant = longer.map((area) => `“${area.code}” (${area.name})`).join(" hay ");
    return `Có phải là ${meant}? Excel bỏ số 0 ở đầu mã.`;
  }
  if (zeros.some((area) => area.code === bare(code))) {
    return `areas/areas.csv ghi mã này là “${bare(code)}”: Excel đã bỏ số 0 ở đầu, sửa ở tệp ấy.`;
  }
  const near = nearestCode(code, new Set(areas.map((area) => area.code)));
  const meant = areas.find((area) => area.code === near || isNamed(area, code));
  return meant === undefined ? "" : `Có phải là “${meant.code}” (${meant.name})?`;
}

function isNamed({ name }: Area, words: string): boolean {
  const plain = (text: string): string => text.normalize("NFC").toLocaleLowerCase("vi");
  return plain(name) === plain(words);
}

/** `chỉ còn đến 30/6/2025`, `chỉ có từ 01/7/2025`: why an area is not there on a day. */
export function whenThere({ valid_from, valid_to }: Area, day: string): string {
  return valid_to !== null && valid_to < day
    ? `chỉ còn đến ${vietnameseDate(valid_to)}`
    : `chỉ có từ ${vietnameseDate(valid_from ?? day)}`;
}

/** Whether there is a day on which both areas exist. */
export function isValidTogether(one: Area, other: Area): boolean {
  return (
    (one.valid_from ?? "") <= (other.valid_to ?? "9999-12-31") &&
    (other.valid_from ?? "") <= (one.valid_to ?? "9999-12-31")
  );
}

/**
 * Reads `areas.csv` and, where they are there, `successors.csv` and `map.csv` of a folder.
 * @returns the lines and every problem with file, line and field; lines with a problem are left out;
 * and what is lawful in `areas.csv` but seldom meant
 */
export function readAreaFiles(
  folder: string,
): AreaFiles & { readonly problems: Problem[]; readonly doubts: readonly Problem[] } {
  const problems: Problem[] = [];
  const areas = readLines(`${folder}/areas.csv`, AreaLine, problems);
  const successorsFile = `${folder}/successors.csv`;
  const successors = readIfThere(successorsFile, SuccessorLine, problems);
  const mapFile = `${folder}/map.csv`;
  const tiles = readIfThere(mapFile, TileLine, problems);
  checkAreas(`${folder}/areas.csv`, areas, problems);
  const byId = new Map(areas.map(({ value }) => [value.area_id, value]));
  for (const { value, line } of successors) {
    for (const field of ["area_id", "successor_id"] as const) {
      if (!byId.has(value[field])) {
        problems.push(
          csvProblem(successorsFile, line, field, `${value[field]} không có trong areas.csv`),
        );
      }
    }
  }
  checkTiles(mapFile, tiles, byId, problems);
  return {
    areas: areas.map(({ value }) => value),
    successors: successors.map(({ value }) => value),
    tiles: tiles.map(({ value }) => value),
    problems,
    doubts: oddAreas(`${folder}/areas.csv`, areas),
  };
}

/** The kind of area that a word means: `ward` for `phường`, `Phuong` and `wards`; null where none. */
export function kindMeant(word: string): string | null {
  const plain = (text: string): string =>
    withoutMarks(text)
      .toLowerCase()
      .replace(/[_\s]+/g, " ");
  const kinds = Object.entries(AREA_KINDS);
  const named = kinds.find(([, noun]) => plain(noun) === plain(word))?.[0];
  return named ?? nearest(word, Object.keys(AREA_KINDS));
}

/** Kinds that are no words of the program, and codes that have lost a zero in a spreadsheet. */
function oddAreas(file: string, lines: readonly Line<Area>[]): Problem[] {
  const kinds = Object.keys(AREA_KINDS);
  const isLowest = (kind: string): boolean => ["ward", "commune", "township"].includes(kind);
  const hasFive = lines.some(({ value }) => isLowest(value.kind) && /^\d{5}$/.test(value.code));
  const wrong = lines.flatMap(({ value: { code, kind }, line }): WrongCell[] => {
    const meant = kindMeant(kind);
    const isKind = kinds.includes(kind);
    // where codes of five digits stand beside
    const isShort = /^\d{4}$/.test(code) && isLowest(kind) && hasFive;
    return [
      ...(isKind
        ? []
        : [
            {
              ...{ kind: `kind ${kind}`, line, field: "kind", found: `ghi “${kind}”` },
              remedy: meant === null ? `Chỉ dùng ${kinds.join(", ")}.` : `Có phải là ${meant}?`,
            },
          ]),
      ...(isShort
        ? [
            {
              ...{ kind: "code", line, field: "code" },
              found: `mã “${code}” có bốn chữ số, mã của phường, xã có năm`,
              remedy: `Excel bỏ số 0 ở đầu mã: có phải là “0${code}”?`,
            },
          ]
        : []),
    ];
  });
  return oncePerKind(file, wrong).map((one) => ({ ...one, severity: "doubt" }));
}

function checkTiles(
  file: string,
  lines: Line<Tile>[],
  byId: ReadonlyMap<number, Area>,
  problems: Problem[],
): void {
  const placed: { tile: Tile; area: Area }[] = [];
  for (const { value: tile, line } of lines) {
    const area = byId.get(tile.area_id);
    if (area === undefined) {
      problems.push(csvProblem(file, line, "area_id", `${tile.area_id} không có trong areas.csv`));
      continue;
    }
    if (placed.some((other) => other.area === area)) {
      problems.push(csvProblem(file, line, "area_id", `${tile.area_id} được ghi hai lần`));
    } else if (
      placed.some(
        (other) =>
          other.tile.column === tile.column &&
          other.tile.row === tile.row &&
          other.area.parent_id === area.parent_id &&
          isValidTogether(other.area, area),
      )
    ) {
      problems.push(csvProblem(file, line, "column", "cùng lúc đã có địa bàn khác ở ô này"));
    }
    placed.push({ tile, area });
  }
}

function checkAreas(file: string, lines: Line<Area>[], problems: Problem[]): void {
  const byId = new Map<number, Area>();
  const byCode = new Map<string, Area[]>();
  for (const { value: area, line } of lines) {
    if (byId.has(area.area_id)) {
      problems.push(csvProblem(file, line, "area_id", `${area.area_id} được ghi hai lần`));
    }
    byId.set(area.area_id, area);
    if (area.valid_from !== null && area.valid_to !== null && area.valid_to < area.valid_from) {
      problems.push(csvProblem(file, line, "valid_to", "trước ngày valid_from"));
    }
    const sameCode = byCode.get(area.code) ?? [];
    if (sameCode.some((other) => other.kind === area.kind && isValidTogether(other, area))) {
      problems.push(csvProblem(file, line, "code", `mã ${area.code} là của hai địa bàn cùng lúc`));
    }
    byCode.set(area.code, [...sameCode, area]);
  }
  for (const { value: area, line } of lines) {
    if (area.parent_id !== null && !byId.has(area.parent_id)) {
      const coded = byCode.get(String(area.parent_id))?.[0];
      const remedy =
        coded === undefined
          ? ""
          : `${coded.code} là mã của ${coded.name}: ghi ${coded.area_id}, area_id của nó.`;
      const found = `${area.parent_id} không có trong tệp`;
      problems.push(csvProblem(file, line, "parent_id", found, remedy));
    }
  }
}
