import type { Problem } from "../../vocabulary/problem.ts";
import { AREA_KINDS, LOWEST_KINDS } from "../../vocabulary/words.ts";
import {
  csvProblem,
  type Line,
  oncePerKind,
  readIfThere,
  type WrongCell,
} from "../text/csv-lines.ts";
import {
  type Area,
  type AreaFiles,
  AreaLine,
  isValidOn,
  isValidTogether,
  kindMeant,
  MISSING,
  type Successor,
  SuccessorLine,
  type Tile,
  TileLine,
} from "./area.ts";
import {
  type CountryUnit,
  disputeOf,
  heirsOf,
  isExactSum,
  partsOf,
  searchKey,
  unitOf,
  unitsBelow,
  unitsCalled,
  unitsCoded,
  unitWithId,
} from "./country.ts";

/**
 * Reads the files of areas of a folder, each where it is there: `areas.csv`, whose lines add to the
 * official units or say more of them, `successors.csv` and `map.csv`.
 * @returns the lines and every problem with file, line and field; lines with a problem are left out;
 * and what is lawful in `areas.csv` but seldom meant
 */
export function readAreaFiles(
  folder: string,
): AreaFiles & { readonly problems: Problem[]; readonly doubts: readonly Problem[] } {
  const problems: Problem[] = [];
  const file = `${folder}/areas.csv`;
  const areas = filledIn(file, readIfThere(file, AreaLine, problems), problems);
  const successorsFile = `${folder}/successors.csv`;
  const successors = readIfThere(successorsFile, SuccessorLine, problems);
  const mapFile = `${folder}/map.csv`;
  const tiles = readIfThere(mapFile, TileLine, problems);
  const own = new Map(areas.map(({ value }) => [value.area_id, value]));
  const withId = (id: number): Area | undefined =>
    own.get(id) ?? (id > OWN_IDS ? unitWithId(id)?.area : undefined);
  checkAreas(file, areas, withId, problems);
  for (const { value, line } of successors) {
    for (const field of ["area_id", "successor_id"] as const) {
      if (withId(value[field]) === undefined) {
        problems.push(
          csvProblem(successorsFile, line, field, `${value[field]} không có trong areas.csv`),
        );
      }
    }
  }
  checkTiles(mapFile, tiles, withId, problems);
  return {
    areas: areas.map(({ value }) => value),
    successors: successors.map(({ value }) => value),
    tiles: tiles.map(({ value }) => value),
    problems,
    doubts: oddAreas(file, areas),
  };
}

type WithId = (id: number) => Area | undefined;

/** Numbers below are those that offices give: a unit that has one is named by a line of `areas.csv`. */
const OWN_IDS = 100_000_000;

/** Whether its number says which official unit it is only where a line of `areas.csv` names it. */
export function isToBeNamed({ area_id, is_official }: Area): boolean {
  return is_official && area_id <= OWN_IDS;
}

/** The lines as areas: what one without a kind leaves blank is as the official unit has it. */
function filledIn(file: string, lines: Line<AreaLine>[], problems: Problem[]): Line<Area>[] {
  return lines.flatMap(({ value, line }): Line<Area>[] => {
    const { area_id, code, name, kind, source } = value;
    if (kind !== "") return [{ value: { ...value, is_official: false }, line }];
    const refuse = (field: string, found: string): [] => {
      problems.push(csvProblem(file, line, field, found));
      return [];
    };
    const coded = unitsCoded(code).find(({ area }) => area.area_id === area_id);
    const area = (coded ?? unitWithId(area_id))?.area;
    if (area === undefined) return refuse("kind", MISSING);
    if (code !== "" && coded === undefined) {
      return refuse("code", `ghi “${code}”, mà ${area_id} là số của ${area.code} ${area.name}`);
    }
    const filled = {
      ...{ named_after: value.named_after, population: value.population },
      name: name || area.name,
      parent_id: value.parent_id ?? area.parent_id,
      valid_from: value.valid_from ?? area.valid_from,
      valid_to: value.valid_to ?? area.valid_to,
      source: source || area.source,
    };
    return [{ value: { ...area, ...filled }, line }];
  });
}

export type Listed = Pick<AreaFiles, "areas" | "successors">;

/** Official units with a code, but for those that a line of the office stands for. */
function officialCoded(code: string, { areas }: Listed): Area[] {
  return unitsCoded(code).flatMap(({ area }) => (isReplaced(area, areas) ? [] : [area]));
}

function isReplaced(area: Area, own: readonly Area[]): boolean {
  return own.some(
    (one) => one.area_id === area.area_id || (one.code === area.code && isValidTogether(one, area)),
  );
}

/** What may be meant by what is no code of a day: names, and codes without the zeros before them. */
export function officialHint(code: string, day: string): string {
  const isThere = ({ area }: CountryUnit): boolean => isValidOn(area, day);
  const zeros = [2, 3, 5].flatMap((length) => unitsCoded(code.padStart(length, "0")));
  const meant = zeros.filter((unit) => unit.area.code !== code && isThere(unit));
  const like = /\d|^.{0,2}$/.test(code) ? [] : unitsCalled(code).filter(isThere);
  const same = like.filter(({ area }) =>
    `${searchKey(area.name)} `.endsWith(` ${searchKey(code)} `),
  );
  const called = [...meant, ...(same.length > 0 ? same : like)];
  if (called.length === 0) return "";
  if (called.length > 4) return `Nhiều địa bàn tên như vậy: tìm mã bằng chitieu areas ${code}.`;
  const named = called.map((unit) => `“${unit.area.code}” (${fullName(unit)})`);
  return `Có phải là ${named.join(" hay ")}?`;
}

/** `Phường Tam Thanh, Tỉnh Lạng Sơn`: a unit with all that it lies in. */
export function fullName({ area, parent }: CountryUnit): string {
  return parent === null ? area.name : `${area.name}, ${fullName(parent)}`;
}

/** What is known of an area: what it lies in, what was before it and what came after. */
export interface AreaFacts {
  readonly area: Area;
  /** The names of what it lies in, from the nearest. */
  readonly within: readonly string[];
  readonly became: readonly Relative[];
  readonly madeOf: readonly Relative[];
  /** Whether it is the exact sum of what it is made of; null where it is of nothing. */
  readonly isExactSum: boolean | null;
  readonly dispute: string | null;
}

/** An area that another one became, or is made of. */
export interface Relative {
  readonly code: string;
  readonly name: string;
  /** How much went over: a word of `area_shares`; empty for all of it. */
  readonly share: string;
}

/**
 * The areas of the office and the official ones in whose name some words stand, without regard to marks
 * and capitals, or which have them as their code; behind a comma what they lie in: `tam thanh, lạng
 * sơn`. Those that there are first, and those that are called just so.
 */
export function findAreas(words: string, files: Listed): Area[] {
  const [wanted = "", ...around] = words.split(",").map(searchKey);
  const isCalled = ({ code, name }: Area): boolean =>
    wanted !== "" && (searchKey(code) === wanted || searchKey(name).includes(wanted));
  const official = unitsCalled(wanted).map(({ area }) => area);
  return [
    ...files.areas.filter(isCalled),
    ...official.filter((area) => !isReplaced(area, files.areas)),
  ]
    .filter((area) => {
      const places = around.length === 0 ? "" : searchKey(namesAbove(area, files).join(", "));
      return around.every((one) => places.includes(one));
    })
    .map((area) => ({ area, key: `${placeInList(area, wanted)}${area.code}` }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ area }) => area);
}

/** `00` of an area that there is and that is called just so, `11` of one that is neither. */
function placeInList({ kind, name, valid_to }: Area, wanted: string): string {
  const noun = (AREA_KINDS as Readonly<Record<string, string>>)[kind] ?? "";
  const isSame = [name, name.slice(noun.length + 1)].some((one) => searchKey(one) === wanted);
  return `${valid_to === null ? 0 : 1}${isSame ? 0 : 1}`;
}

/**
 * The one area that some words mean: its code, the name that no other has that there is, or a part of
 * one that no other ever had.
 * @returns why it is not known which one, in words for whoever typed them
 */
export function areaMeant(words: string, files: Listed): Area | string {
  const coded = areasCoded(words.trim(), files).at(-1);
  if (coded !== undefined) return coded;
  const found = findAreas(words, files);
  const wanted = searchKey(words.split(",")[0] ?? "");
  const called = found.filter((area) => placeInList(area, wanted) === "00");
  const [first, ...others] = called.length === 1 ? called : found;
  if (first === undefined) return `Không có địa bàn nào tên hoặc mã như “${words}”.`;
  if (others.length === 0) return first;
  const named = found
    .slice(0, NAMED)
    .map((one) => `${one.code} ${[one.name, ...namesAbove(one, files)].join(", ")}`);
  const left = found.length - named.length;
  return `Có ${found.length} địa bàn tên như “${words}”: ${named.join("; ")}${left > 0 ? `; và ${left} nơi khác` : ""}. Ghi mã, hoặc ghi thêm nơi chứa địa bàn ấy sau dấu phẩy.`;
}

/** So many areas are named where it is not known which one is meant. */
const NAMED = 6;

/** The names of what an area lies in, from the nearest. */
function namesAbove(area: Area, files: Listed): string[] {
  const within: string[] = [];
  for (let one: Area | undefined = area; one !== undefined && one.parent_id !== null; ) {
    const { parent_id }: Area = one;
    one = files.areas.find(({ area_id }) => area_id === parent_id) ?? unitWithId(parent_id)?.area;
    if (one !== undefined) within.push(one.name);
  }
  return within;
}

export function factsOf(area: Area, files: Listed): AreaFacts {
  const unit = unitOf(area);
  const shares = new Map(
    (unit === null ? [] : heirsOf(unit)).map((heir) => [heir.unit.area.area_id, heir.share]),
  );
  const madeOf = unit === null ? [] : partsOf(unit);
  const heirs = successorsOf(area, files);
  // of a district no part stayed one, and each unit since has some of it
  const isDissolved = heirs.length === 0 && area.valid_to !== null;
  const became = isDissolved ? heirsOn(area, "9999-12-31", files) : heirs;
  return {
    area,
    within: namesAbove(area, files),
    became: became.map(({ area_id, code, name }) => ({
      ...{ code, name, share: isDissolved ? "part" : (shares.get(area_id) ?? "") },
    })),
    madeOf: madeOf.map(({ unit: part, share }) => ({
      ...{ code: part.area.code, name: part.area.name, share },
    })),
    isExactSum: unit === null || madeOf.length === 0 ? null : isExactSum(unit),
    dispute: disputeOf(area),
  };
}

/** Every area that has or had a code. */
export function areasCoded(code: string, files: Listed): Area[] {
  return [...files.areas.filter((area) => area.code === code), ...officialCoded(code, files)];
}

/** The areas with a code on a day: the office's own, else the official ones. */
export function areasOn(code: string, day: string, files: Listed): Area[] {
  const own = files.areas.filter((area) => area.code === code && isValidOn(area, day));
  if (own.length > 0) return own;
  return officialCoded(code, files).filter((area) => isValidOn(area, day));
}

/** The areas directly below one; below one of the office's own list no others than that has. */
export function areasBelow(area: Area, { areas }: Listed): Area[] {
  const unit = unitOf(area);
  const official = unit === null ? [] : unitsBelow(unit).map((one) => one.area);
  return [
    ...areas.filter(({ parent_id }) => parent_id === area.area_id),
    ...official.filter((one) => !isReplaced(one, areas)),
  ];
}

/** What became of an area at once: by the files of the office, else by the official table. */
export function successorsOf(area: Area, files: Listed): Area[] {
  const own = files.successors.filter(({ area_id }) => area_id === area.area_id);
  const unit = unitOf(area);
  const heirs = unit === null ? [] : officialHeirs(unit, files).map((heir) => heir.area);
  const ids = own.map(({ successor_id }) => successor_id);
  const found = [...ids, ...heirs.map(({ area_id }) => area_id)].map(
    (id) =>
      files.areas.find(({ area_id }) => area_id === id) ??
      heirs.find(({ area_id }) => area_id === id) ??
      unitWithId(id)?.area,
  );
  return [...new Set(found)].filter((heir) => heir !== undefined);
}

/** The areas on a day that an area became, at once or through others; else those that became of its parts. */
export function heirsOn(area: Area, day: string, files: Listed): Area[] {
  const line = new Set([area]);
  for (const one of line) {
    const heirs = successorsOf(one, files);
    const isEnd = heirs.length === 0 && one.valid_to !== null;
    for (const heir of isEnd ? areasBelow(one, files) : heirs) line.add(heir);
  }
  return [...line].filter((one) => isValidOn(one, day));
}

/**
 * The areas of the office and the official ones that plans are about, with what became of these; and of
 * every successor all that it is made of, so that the models see whether a plan has all of it.
 */
export function areasInUse(
  files: Listed,
  plans: readonly { readonly area: Area; readonly areas: readonly Area[] }[],
): Listed {
  const ofOffice = new Set(files.areas.map(({ area_id }) => area_id));
  const plain = plans.flatMap(({ area, areas }) => [area, ...areas]);
  const units = new Set(plain.flatMap((area) => unitOf(area) ?? []));
  const links = new Map<string, Successor>();
  for (const unit of units) {
    for (const heir of officialHeirs(unit, files)) {
      units.add(heir);
      for (const link of linksTo(heir, files)) {
        links.set(`${link.area_id} ${link.successor_id}`, link);
      }
    }
  }
  const official = [...units]
    .map(({ area }) => area)
    .filter(({ area_id }) => !ofOffice.has(area_id));
  return {
    areas: [...files.areas, ...official.sort((one, other) => one.area_id - other.area_id)],
    successors: [...files.successors, ...links.values()],
  };
}

/** What a unit became, unless a file of the office has it or what it became. */
function officialHeirs(unit: CountryUnit, { areas, successors }: Listed): CountryUnit[] {
  if (successors.some(({ area_id }) => area_id === unit.area.area_id)) return [];
  const own = areas.filter(({ is_official }) => !is_official);
  return heirsOf(unit).flatMap(({ unit: heir }) => {
    const isStated = successors.some(({ successor_id }) => successor_id === heir.area.area_id);
    return isStated || isReplaced(heir.area, own) ? [] : [heir];
  });
}

/** All that a unit is made of; not exactly where a file of the office has a part become another. */
function linksTo(heir: CountryUnit, { successors }: Listed): Successor[] {
  const isStated = ({ area }: CountryUnit): boolean =>
    successors.some(({ area_id }) => area_id === area.area_id);
  const parts = partsOf(heir).map(({ unit }) => unit);
  const exact = isExactSum(heir) && !parts.some(isStated);
  return parts
    .filter((part) => !isStated(part))
    .map(({ area }) => ({
      area_id: area.area_id,
      successor_id: heir.area.area_id,
      on: heir.area.valid_from ?? "",
      exact,
      source: heir.area.source,
    }));
}
/** Kinds that are no words of the program, and codes that have lost a zero in a spreadsheet. */
function oddAreas(file: string, lines: readonly Line<Area>[]): Problem[] {
  const kinds = Object.keys(AREA_KINDS);
  const isLowest = (kind: string): boolean => LOWEST_KINDS.some((one) => one === kind);
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
              found: `mã “${code}” có bốn chữ số, mã của phường, xã, đặc khu có năm`,
              remedy: `Excel bỏ số 0 ở đầu mã: có phải là “0${code}”?`,
            },
          ]
        : []),
    ];
  });
  return oncePerKind(file, wrong).map((one) => ({ ...one, severity: "doubt" }));
}

function checkTiles(file: string, lines: Line<Tile>[], withId: WithId, problems: Problem[]): void {
  const placed: { tile: Tile; area: Area }[] = [];
  for (const { value: tile, line } of lines) {
    const area = withId(tile.area_id);
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

function checkAreas(file: string, lines: Line<Area>[], withId: WithId, problems: Problem[]): void {
  const seen = new Set<number>();
  const byCode = new Map<string, Area[]>();
  for (const { value: area, line } of lines) {
    if (seen.has(area.area_id)) {
      problems.push(csvProblem(file, line, "area_id", `${area.area_id} được ghi hai lần`));
    }
    seen.add(area.area_id);
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
    const { parent_id } = area;
    if (parent_id === null || withId(parent_id) !== undefined) continue;
    // where the official unit lies the line need not say
    if (unitOf(area)?.area.parent_id === parent_id) continue;
    const coded =
      byCode.get(String(parent_id))?.[0] ??
      [3, 5]
        .flatMap((length) => unitsCoded(String(parent_id).padStart(length, "0")))
        .find((unit) => isValidTogether(unit.area, area))?.area;
    const remedy =
      coded === undefined
        ? ""
        : `${coded.code} là mã của ${coded.name}: ghi ${coded.area_id}, area_id của nó.`;
    problems.push(csvProblem(file, line, "parent_id", `${parent_id} không có trong tệp`, remedy));
  }
}
