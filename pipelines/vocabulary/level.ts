import { withoutMarks } from "./letter-case.ts";

// A measure that is one of several levels is kept as its place among them, the worst being 1. Its unit
// of measure says which they are: `Loại C < Loại B < Loại A`. So whoever has a figure with its unit can
// name it.

const BELOW = " < ";

/** The unit of measure of levels, the worst first. */
export function scaleText(levels: readonly string[]): string {
  return levels.join(BELOW);
}

/** The levels of a unit of measure, the worst first; null of a unit that counts. */
export function levelsOf(unit: string | null): readonly string[] | null {
  return unit?.includes(BELOW) === true ? unit.split(BELOW) : null;
}

/**
 * `Loại A`: the level that a figure is; null of a unit that counts, empty between two levels.
 * @param place a number, or an exact decimal as text
 */
export function levelText(place: number | string, unit: string | null): string | null {
  const levels = levelsOf(unit);
  return levels === null ? null : (levels[Number(place) - 1] ?? "");
}

/** `loại A`: the same within a sentence. */
export function levelWithin(place: number | string, unit: string | null): string | null {
  const level = levelText(place, unit);
  if (level === null || !/^\p{Lu}\p{Ll}/u.test(level)) return level;
  return level.charAt(0).toLocaleLowerCase("vi") + level.slice(1);
}

/** `“Loại C”, “Loại B” hoặc “Loại A”`: what may be said, from the worst. */
export function choiceText(choices: readonly string[]): string {
  const quoted = choices.map((one) => `“${one}”`);
  return [quoted.slice(0, -1).join(", "), ...quoted.slice(-1)].join(" hoặc ");
}

/**
 * The same for what means the same of some levels: `Loại A`, `xếp loại a`, `A`. As `level_key` in SQL
 * has it.
 */
export function levelKey(text: string, levels: readonly string[]): string {
  const noun = nounOf(levels);
  const plain = plainText(text);
  return (plain.startsWith(noun) ? plain.slice(noun.length) : plain).replace(
    /^(xep |dat )?(loai|hang|muc|bac) /,
    "",
  );
}

/** The words before a mark that all levels have: `cap ` of `Cấp I`. */
function nounOf(levels: readonly string[]): string {
  const [noun = "", ...others] = new Set(levels.map((one) => plainText(one).replace(/\S+$/, "")));
  return others.length === 0 ? noun : "";
}

function plainText(text: string): string {
  return withoutMarks(text).toLowerCase().replaceAll(/\s+/g, " ").trim();
}
