import { capital } from "../../vocabulary/letter-case.ts";
import { levelKey, scaleText } from "../../vocabulary/level.ts";
import { valueAt } from "./plan-path.ts";

// A plan file names levels by their words. They are put in the place of numbers before the file is read,
// so that all that comes after knows places in an order, and a unit of measure that names them.

type Path = readonly PropertyKey[];

/** A mark that is no word: `A`, `B+`, `III`, `3`. */
const MARK = /^[\p{Lu}\d][\p{Lu}\d+-]{0,3}$/u;

/** The levels of a measure as they are shown, the worst first; null where it has none. */
function levelsOf(measure: unknown): string[] | null {
  const levels = valueAt(measure, ["levels"]);
  if (valueAt(measure, ["kind"]) !== "level" || !Array.isArray(levels)) return null;
  if (!levels.every((one) => typeof one === "string")) return null;
  const noun = valueAt(measure, ["unit_of_measure"]);
  const shown = levels.map((level) =>
    MARK.test(level) && typeof noun === "string" ? `${capital(noun)} ${level}` : level,
  );
  return shown.length === 0 ? null : shown;
}

/** The levels that a number at a path of the data is one of; null where it is a number. */
export function levelsAt(data: unknown, path: Path): string[] | null {
  const measures = valueAt(data, ["measures"]);
  const levelsOfCode = (code: unknown): string[] | null =>
    Array.isArray(measures)
      ? levelsOf(measures.find((one) => code !== undefined && valueAt(one, ["code"]) === code))
      : null;
  const [section, index, field, ...rest] = path;
  if (section !== "indicators") return null;
  if (field === "value") {
    return rest.includes("conditions") && rest.at(-1) === "value"
      ? levelsOfCode(valueAt(data, [...path.slice(0, -1), "measure"]))
      : null;
  }
  const [key, inner] = typeof rest[0] === "number" ? rest.slice(1) : rest;
  const isNumber =
    (typeof key === "string" && NUMBERS.has(key) && inner !== "table") ||
    (key === "baseline" && inner === "value");
  if (field !== "target" || !isNumber) return null;
  const value = valueAt(data, [section, index ?? 0, "value"]);
  if (valueAt(value, ["kind"]) !== "count") return null;
  return (
    listAt(value, ["measures"])
      .map(levelsOfCode)
      .find((one) => one !== null) ?? null
  );
}

/** Keys of a target under which numbers stand. */
const NUMBERS: ReadonlySet<string> = new Set(["value", "between", "at", "for"]);
/** What may stand in the place of a number. */
const NO_NUMBERS: ReadonlySet<unknown> = new Set(["each", "whole", "none"]);

function listAt(data: unknown, path: Path): readonly unknown[] {
  const list = valueAt(data, path);
  return Array.isArray(list) ? list : [];
}

/** The place of a level among others; null where it is none of them. */
export function placeOfLevel(levels: readonly string[], typed: unknown): string | null {
  const key = levelKey(String(typed), levels);
  const place = levels.findIndex((one) => levelKey(one, levels) === key);
  return place < 0 ? null : String(place + 1);
}

/** The data of a plan file with the places of levels for their words, and their units of measure. */
export function withPlaces(data: unknown): unknown {
  const isAny = listAt(data, ["measures"]).some((one) => levelsOf(one) !== null);
  if (!isAny) return data;
  const placed = (value: unknown, path: Path): unknown => {
    if (Array.isArray(value)) return value.map((one, index) => placed(one, [...path, index]));
    if (typeof value === "object" && value !== null) {
      // a condition on levels must name one: the default 1 would be the worst
      const lacksLevel = !("value" in value) && levelsAt(data, [...path, "value"]) !== null;
      const entries = Object.entries(
        lacksLevel && "measure" in value ? { ...value, value: "" } : value,
      );
      return Object.fromEntries(entries.map(([key, one]) => [key, placed(one, [...path, key])]));
    }
    const unit = unitAt(data, path);
    if (unit !== null) return unit;
    const levels = NO_NUMBERS.has(value) ? null : levelsAt(data, path);
    // a number that is no level is refused as a word would be
    return levels === null ? value : (placeOfLevel(levels, value) ?? `“${String(value)}”`);
  };
  return placed(data, []);
}

/** The scale that stands for the unit of a measure of levels, and of an indicator that is one. */
function unitAt(data: unknown, path: Path): string | null {
  const [section, index, field, ...rest] = path;
  if (field !== "unit_of_measure" || rest.length > 0 || typeof index !== "number") return null;
  const levels =
    section === "measures"
      ? levelsOf(valueAt(data, [section, index]))
      : levelsAt(data, ["indicators", index, "target", "value"]);
  return levels === null || typeof valueAt(data, path) !== "string" ? null : scaleText(levels);
}
