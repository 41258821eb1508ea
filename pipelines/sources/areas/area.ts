import { z } from "zod";
import { vietnameseDate } from "../../vocabulary/date.ts";
import { inSentence, withoutMarks } from "../../vocabulary/letter-case.ts";
import { nearest, nearestCode } from "../../vocabulary/nearest.ts";
import { AREA_KINDS } from "../../vocabulary/words.ts";
import { CalendarDate } from "../plan/plan-fields.ts";

const Key = z.coerce
  .number("phải là số nguyên")
  .int("phải là số nguyên")
  .min(1, "phải từ 1 trở lên");
const Blank = z.literal("").transform(() => null);
export const MISSING = "không được để trống";
const Cell = z.string().trim();
const Text = Cell.min(1, MISSING);

/**
 * A line of `areas.csv`. `area_id` is a surrogate key: codes and names of areas are used again for
 * other areas after a merger, so neither identifies one. Without a kind the line is about an official
 * unit, which it adds to or overrides.
 */
export const AreaLine = z
  .strictObject({
    area_id: Key,
    code: Cell,
    /** As it stands at the start of a sentence: `Phường Tam Thanh`. */
    name: Cell,
    /** What its own name is that of, where the decree writes the whole with capitals for it. */
    named_after: z
      .union([Blank, z.enum(["person", "event"], "phải là person, event hoặc để trống")])
      .optional()
      .transform((typed) => typed ?? null),
    kind: Cell,
    parent_id: z.union([Blank, Key]),
    valid_from: z.union([Blank, CalendarDate]),
    /** The last day on which the area exists; empty while it does. */
    valid_to: z.union([Blank, CalendarDate]),
    /** Inhabitants, where somebody has published them. */
    population: z
      .union([Blank, Key], "phải là số nguyên từ 1 trở lên, chỉ gồm chữ số")
      .optional()
      .transform((typed) => typed ?? null),
    source: Cell,
  })
  .superRefine((line, context) => {
    for (const field of ["code", "name", "source"] as const) {
      if (line.kind !== "" && line[field] === "") {
        context.addIssue({ code: "custom", path: [field], message: MISSING });
      }
    }
  });
export type AreaLine = z.infer<typeof AreaLine>;

/** An area, of the office's list or of the official ones. */
export interface Area extends AreaLine {
  readonly is_official: boolean;
}

/** A line of `successors.csv`: what became of an area. `whole`: the successor is only made of such. */
export const SuccessorLine = z.strictObject({
  area_id: Key,
  successor_id: Key,
  on: CalendarDate,
  exact: z.enum(["yes", "no"], "phải là yes hoặc no").transform((text) => text === "yes"),
  source: Text,
});
export type Successor = z.infer<typeof SuccessorLine>;

/** A line of `map.csv`: the tile of an area on a schematic map, counted from the north-west. */
export const TileLine = z.strictObject({
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

/** That an area is no more, and which are in its place. */
export function goneText({ code, name, valid_to }: Area, heirs: readonly Area[]): string {
  const named = heirs.map((heir) => `${heir.code} ${heir.name}`).join(", ");
  const instead = named === "" ? "" : `; thay bằng ${named}`;
  return `${code} ${name} chỉ có đến hết ngày ${vietnameseDate(valid_to ?? "")}${instead}`;
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
  const longer = areas.filter(
    (area) => area.code.length > code.length && bare(area.code) === bare(code),
  );
  if (longer.length > 0) {
    const meant = longer.map((area) => `“${area.code}” (${area.name})`).join(" hay ");
    return `Có phải là ${meant}? Excel bỏ số 0 ở đầu mã.`;
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

type Validity = Pick<Area, "valid_from" | "valid_to">;

/** Whether there is a day on which both areas exist. */
export function isValidTogether(one: Validity, other: Validity): boolean {
  return (
    (one.valid_from ?? "") <= (other.valid_to ?? "9999-12-31") &&
    (other.valid_from ?? "") <= (one.valid_to ?? "9999-12-31")
  );
}

/** The kind of area with which a name begins. */
export function kindNamed(name: string): string | null {
  const plain = name.toLocaleLowerCase("vi");
  const kinds = Object.entries(AREA_KINDS);
  return kinds.find(([, noun]) => plain.startsWith(`${noun} `))?.[0] ?? null;
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
