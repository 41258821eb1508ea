import { z } from "zod";
import { PART_NAMES, type Part } from "../contract/report.ts";
import type { StoredContents } from "./stored-publication.ts";

/** Where a stored row and the one derived again differ. */
export interface Difference {
  readonly part: Part;
  /** 1-based number of the row within its part. */
  readonly row: number;
  /** What the row is about: `3.2b, Phường Tam Thanh (city)`. */
  readonly about: string;
  /** Column that differs; null where one of both has no such row. */
  readonly field: string | null;
  readonly stored: string | null;
  readonly derived: string | null;
}

const Row = z.record(z.string(), z.json());
type Row = z.infer<typeof Row>;

/** Columns that tell what a row of each part is about. */
const KEYS: Readonly<Record<Part, readonly string[]>> = {
  head: ["period"],
  item: ["section", "code"],
  line: ["section", "code", "area_id", "audience"],
  tally: ["area_id", "audience"],
  unit: ["unit_id"],
  submission: ["submission_no"],
  doubt: ["finding_id", "audience"],
  change: ["section", "code", "area_id", "area_name", "field", "audience"],
  cause: ["cause_no", "audience"],
  text: ["head", "text_no", "audience"],
  shortfall: ["code", "unit_id", "audience"],
};

/** Every difference between what was stored and what is derived again, part by part, row by row. */
export function findDifferences(stored: StoredContents, derived: StoredContents): Difference[] {
  return PART_NAMES.flatMap((part) => differencesOf(part, stored[part], derived[part]));
}

function differencesOf(
  part: Part,
  stored: readonly string[],
  derived: readonly string[],
): Difference[] {
  if (stored.length === derived.length && stored.every((text, index) => text === derived[index])) {
    return [];
  }
  const again = new Map(derived.map((text) => [keyOf(part, parse(text)), text]));
  const differs = (text: string, row: number, how: Partial<Difference>): Difference => {
    const about = aboutOf(part, parse(text) ?? {});
    return { part, row, about, field: null, stored: null, derived: null, ...how };
  };
  const differences = stored.flatMap((text, index) => {
    const row = parse(text);
    const key = keyOf(part, row);
    const other = again.get(key);
    again.delete(key);
    if (other === text) return [];
    const now = other === undefined ? null : (parse(other) ?? {});
    const fields = row === null || now === null ? [] : changedFields(row, now);
    if (fields.length === 0) {
      return [differs(text, index + 1, { stored: text, derived: other ?? null })];
    }
    return fields.map((field) =>
      differs(text, index + 1, {
        field,
        stored: shown(row?.[field]),
        derived: shown(now?.[field]),
      }),
    );
  });
  for (const text of again.values()) {
    differences.push(differs(text, derived.indexOf(text) + 1, { derived: text }));
  }
  if (differences.length > 0) return differences;
  // equal rows in another order
  const index = stored.findIndex((text, at) => text !== derived[at]);
  const text = stored[index] ?? null;
  return [differs(text ?? "", index + 1, { stored: text, derived: derived[index] ?? null })];
}

function changedFields(row: Row, now: Row): string[] {
  const fields = new Set([...Object.keys(row), ...Object.keys(now)]);
  return [...fields].filter((field) => shown(row[field]) !== shown(now[field]));
}

/** A row, or null when its text is no longer one. */
function parse(text: string): Row | null {
  try {
    return Row.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function keyOf(part: Part, row: Row | null): string {
  return JSON.stringify(KEYS[part].map((key) => row?.[key] ?? null));
}

function aboutOf(part: Part, row: Row): string {
  const words = part === "line" || part === "change" ? ["code", "area_name"] : KEYS[part];
  const about = words.map((word) => row[word]).filter((one) => one !== null && one !== undefined);
  const audience = row.audience === undefined ? "" : ` (${String(row.audience)})`;
  return `${about.filter((one) => one !== row.audience).join(", ")}${audience}`;
}

function shown(value: Row[string] | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
