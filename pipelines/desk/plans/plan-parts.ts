import type { Area } from "../../sources/areas/area.ts";
import type { ReportingUnit } from "../../sources/catalogue.ts";
import { valueAt } from "../../sources/plan/plan-path.ts";
import type { PlanData } from "../../sources/writing/plan-writing.ts";
import { withoutMarks } from "../../vocabulary/letter-case.ts";
import { getAt } from "./plan-places.ts";

/** An entry of a section of a plan, as far as it is one. */
export type Entry = Readonly<Record<string, unknown>>;

/** The entries of a section, each with what it is found by. */
export function entriesOf(
  data: PlanData,
  section: string,
): { readonly name: string; readonly entry: Entry }[] {
  const entries = data[section];
  if (!Array.isArray(entries)) return [];
  return entries.map((entry: unknown, index) => ({
    name: textAt(entry, "code") || `#${index}`,
    entry: (typeof entry === "object" && entry !== null ? entry : {}) as Entry,
  }));
}

/** A text of an entry; empty where there is none. */
export function textAt(entry: unknown, ...path: string[]): string {
  const value = valueAt(entry, path);
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** By what an area that reports is found: its code, and the day since when that is another area's. */
export function reportedAs(
  { code, valid_from }: Pick<Area, "code" | "valid_from">,
  data: PlanData,
): string {
  return (valid_from ?? "") > textAt(data, "in_force_from") ? `${code}@${valid_from}` : code;
}

/** The places of the statements of a target: one, or one for each amendment. */
export function statementsOf(data: PlanData, code: string): string[] {
  const at = `indicators/${code}/target`;
  const target = getAt(data, at);
  return Array.isArray(target) ? target.map((_, index) => `${at}/#${index}`) : [at];
}

/** Units by what their contacts are found by: areas that follow one another have one code. */
export function unitsAsked(units: readonly ReportingUnit[]): Map<string, ReportingUnit> {
  return new Map(
    units.map((unit) => [contactKey(unit.office_code ?? unit.entry, unit.area?.code), unit]),
  );
}

/** Beside the sections of a plan, whom to ask at its units. */
export const CONTACTS = "contacts";

/** By what a contact is found: the unit in `units.csv`, and its area where it is of one alone. */
export function contactKey(code: string, area = ""): string {
  return `${code} ${area}`;
}

/** A code from words, that no entry of a section has. */
export function newCode(data: PlanData, section: string, words: string, between = "_"): string {
  const plain = withoutMarks(words)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, between)
    .replaceAll(/^[_.-]+|[_.-]+$/g, "");
  // whole words of a long name
  const short = plain.length > 32 ? plain.replace(/^(.{12,32})[_.-].*$/, "$1") : plain;
  const taken = new Set(entriesOf(data, section).map(({ name }) => name));
  const stem = short === "" ? section.slice(0, 1) : short.slice(0, 48);
  for (let index = 1; ; index += 1) {
    const code = index === 1 ? stem : `${stem}${between}${index}`;
    if (!taken.has(code)) return code;
  }
}
