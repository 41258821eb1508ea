import { dateMeant, numberMeant } from "../../sources/plan/plan-fields.ts";
import { valueAt } from "../../sources/plan/plan-path.ts";
import type { PlanData } from "../../sources/writing/plan-writing.ts";
import { isCalendarDate, vietnameseDate } from "../../vocabulary/date.ts";
import { decimalText } from "../../vocabulary/decimal.ts";
import { sha256Of } from "../../warehouse/files.ts";

/** A choice: what the file says, and what people read. */
export type Option = readonly [value: string, words: string];

/** A field of a form that is a place of the plan file. */
export interface Field {
  /** Its place in the file, keys and codes parted by slashes: `indicators/1.1/target/value`. */
  readonly at: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly input: keyof typeof INPUTS;
  readonly options?: readonly Option[];
  /** Suggestion where there is nothing yet. */
  readonly example?: string;
  /** Of a field that is seldom needed: with which others it is folded away. */
  readonly only?: string;
}

interface Input {
  /** What the field shows of what the file says. */
  shown(value: unknown): string;
  /** What the file says for what was typed; unparseable input is kept as typed and reported. */
  read(typed: string, before: unknown): unknown;
}

const plain = (value: unknown): string =>
  value === undefined || value === null
    ? ""
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);
const numberShown = (value: unknown): string =>
  /^-?\d+(\.\d+)?$/.test(plain(value)) ? decimalText(plain(value)) : plain(value);
const unlessEmpty = <T>(typed: string, read: (text: string) => T): T | undefined =>
  typed === "" ? undefined : read(typed);
const listOf = (typed: string, between: RegExp): string[] | undefined => {
  const text = typed.split(between).map((one) => one.trim());
  return unlessEmpty(typed, () => text.filter((one) => one !== ""));
};
const listShown = (value: unknown, between: string): string =>
  Array.isArray(value) ? value.map(plain).join(between) : plain(value);

/** `5300` for `5.300`, `8.5` for `8,5`, `-5` for `−5`; what is no number stays as it was typed. */
export function numberTyped(typed: string): number | string {
  const meant = numberMeant(typed) ?? typed;
  return /^-?\d{1,12}(\.\d{1,4})?$/.test(meant) ? Number(meant) : typed;
}

function placesShown(value: unknown): string {
  if (typeof value !== "object" || value === null) return plain(value);
  return "table" in value ? "table" : "groups";
}

/** How each kind of field shows what the file says, and reads what is typed. */
export const INPUTS = {
  text: { shown: plain, read: (typed) => unlessEmpty(typed, (text) => text) },
  long: { shown: plain, read: (typed) => unlessEmpty(typed, (text) => text) },
  /** Of some words, in which a line ends nowhere. */
  name: { shown: plain, read: (typed) => unlessEmpty(typed, (text) => text.replace(/\s+/g, " ")) },
  choice: { shown: plain, read: (typed) => unlessEmpty(typed, (text) => text) },
  /** A list, one a line. */
  lines: { shown: (value) => listShown(value, "\n"), read: (typed) => listOf(typed, /\n/) },
  /** Codes, parted by commas. */
  codes: { shown: (value) => listShown(value, ", "), read: (typed) => listOf(typed, /[\s,;]+/) },
  /** Some of several. */
  several: {
    shown: (value) => (Array.isArray(value) ? value.map(plain).sort().join(",") : plain(value)),
    // in the order in which the file has them
    read: (typed, before) => {
      const chosen = listOf(typed, /,/) ?? [];
      const kept = Array.isArray(before) ? before.filter((one) => chosen.includes(plain(one))) : [];
      const fresh = new Set(chosen.filter((one) => !kept.map(plain).includes(one)));
      return kept.length + fresh.size === 0 ? undefined : [...kept, ...fresh];
    },
  },
  number: { shown: numberShown, read: (typed) => unlessEmpty(typed, numberTyped) },
  date: {
    shown: (value) => (isCalendarDate(plain(value)) ? vietnameseDate(plain(value)) : plain(value)),
    read: (typed) => unlessEmpty(typed, (text) => dateMeant(text) ?? text),
  },
  range: {
    shown: (value) => (Array.isArray(value) ? value.map(numberShown).join(" - ") : plain(value)),
    read: (typed) =>
      unlessEmpty(typed, (text) => {
        const [, from, to] = /^(\S+)\s*(?:-|–|đến)\s*(\S+)$/.exec(text) ?? [];
        return from === undefined || to === undefined ? text : [numberTyped(from), numberTyped(to)];
      }),
  },
  /** Written only where it is true. */
  tick: {
    shown: (value) => (value === true ? "1" : ""),
    read: (typed) => (typed === "1" ? true : undefined),
  },
  /** Written either way. */
  yesNo: {
    shown: (value) => (value === true ? "1" : ""),
    read: (typed) => typed === "1",
  },
  /** Which areas report: in words, or a list whose entries have fields of their own. */
  reporting: {
    shown: (value) => (Array.isArray(value) ? "list" : plain(value)),
    read: (typed, before) =>
      typed === "list"
        ? Array.isArray(before)
          ? before
          : [{ codes: [] }]
        : unlessEmpty(typed, (text) => text),
  },
  /** For which places a target is: in words, or by groups, or by a table. */
  places: {
    shown: placesShown,
    read: (typed, before) => {
      if (typed === placesShown(before)) return before;
      if (typed === "groups") return {};
      return typed === "table" ? { table: "muc-giao.csv" } : unlessEmpty(typed, (text) => text);
    },
  },
} satisfies Record<string, Input>;

/** The path of a place; null where an entry of that code is not there. */
export function pathOf(data: PlanData, at: string): (string | number)[] | null {
  const path: (string | number)[] = [];
  for (const step of at.split("/")) {
    const owner = valueAt(data, path);
    if (!Array.isArray(owner)) {
      path.push(step);
      continue;
    }
    const coded = owner.findIndex((one) => plain(valueAt(one, ["code"])) === step);
    const index = coded >= 0 ? coded : /^#?\d+$/.test(step) ? Number(step.replace("#", "")) : -1;
    if (index < 0) return null;
    path.push(index);
  }
  return path;
}

/** The value at a place of a plan. */
export function getAt(data: PlanData, at: string): unknown {
  const path = pathOf(data, at);
  return path === null ? undefined : valueAt(data, path);
}

/** What a field shows. */
export function shownIn(data: PlanData, { at, input }: Pick<Field, "at" | "input">): string {
  return INPUTS[input].shown(getAt(data, at)).replaceAll("\r\n", "\n").trim();
}

/** The id of a field on its page. */
export function fieldId(at: string): string {
  return `o-${at.replaceAll(/[^\w-]/g, "-")}`;
}

/** The same plan with another value at a place, or none; what is empty then goes, too. */
export function setAt(data: PlanData, at: string, value: unknown): PlanData {
  const path = pathOf(data, at);
  if (path === null) return data;
  const changed = structuredClone(data) as Record<PropertyKey, unknown>;
  let owner = changed;
  path.slice(0, -1).forEach((step, index) => {
    const next = owner[step];
    if (typeof next !== "object" || next === null) {
      owner[step] = typeof path[index + 1] === "number" ? [] : {};
    }
    owner = owner[step] as Record<PropertyKey, unknown>;
  });
  const key = path.at(-1) ?? "";
  if (value !== undefined) owner[key] = value;
  else if (Array.isArray(owner)) owner.splice(Number(key), 1);
  else {
    delete owner[key];
    const around = path.slice(0, -1);
    const isOptional = ["at", "for", "baseline", "document", "unconfirmed"].includes(
      String(around.at(-1)),
    );
    if (isOptional && Object.keys(owner).length === 0) {
      return setAt(changed, at.split("/").slice(0, -1).join("/"), undefined);
    }
  }
  return changed;
}

/** By what one knows that a field has changed since a page was opened. */
export function markOf(shown: string): string {
  return sha256Of(shown).slice(0, 8);
}

/** The marks of the fields that a page shows, for the form to send along. */
export function marksOf(data: PlanData, fields: readonly Field[]): string {
  return JSON.stringify(
    Object.fromEntries(fields.map((one) => [one.at, markOf(shownIn(data, one))])),
  );
}

/** What became of what was typed. */
export interface Typed {
  readonly data: PlanData;
  /** Where somebody else has saved something else since the page was opened: what was typed here. */
  readonly against: ReadonlyMap<string, string>;
}

/**
 * A plan with what was typed into a form. What stands as the page showed it changes nothing, so that two
 * people who work on one plan do not undo each other's work.
 */
export function withTyped(data: PlanData, fields: readonly Field[], form: FormData): Typed {
  const marks = marksIn(form);
  const against = new Map<string, string>();
  let changed = data;
  // by its old code an entry is found until everything else is set
  const inOrder = [...fields].sort((one, other) => Number(isCode(one)) - Number(isCode(other)));
  for (const field of inOrder) {
    const seen = marks[field.at];
    const isTick = field.input === "tick" || field.input === "yesNo" || field.input === "several";
    if (seen === undefined || (!isTick && !form.has(field.at))) continue;
    const typed = form
      .getAll(field.at)
      .map((one) => (typeof one === "string" ? one.normalize("NFC").replaceAll("\r\n", "\n") : ""))
      .sort()
      .join(",")
      .trim();
    const now = shownIn(data, field);
    if (markOf(typed) === seen || typed === now) continue;
    if (markOf(now) !== seen) against.set(field.at, typed);
    else {
      changed = setAt(changed, field.at, INPUTS[field.input].read(typed, getAt(data, field.at)));
      const [section, code = ""] = field.at.split("/");
      if (isCode(field) && section === "units") changed = withUnitCalled(changed, code, typed);
    }
  }
  return { data: changed, against };
}

function isCode({ at }: Field): boolean {
  return at.endsWith("/code") && at !== "area/code";
}

/** Who reports is named by the code of the unit, which goes with it. */
function withUnitCalled(data: PlanData, code: string, now: string): PlanData {
  return Object.entries(data.measures ?? {}).reduce((changed, [index, one]) => {
    const by: unknown = valueAt(one, ["reported_by"]);
    if (!Array.isArray(by) || !by.includes(code)) return changed;
    const named = by.map((unit: unknown) => (unit === code ? now : unit));
    return setAt(changed, `measures/#${index}/reported_by`, named);
  }, data);
}

function marksIn(form: FormData): Readonly<Record<string, string>> {
  const text = form.get("_marks");
  try {
    return JSON.parse(typeof text === "string" ? text : "{}") as Record<string, string>;
  } catch {
    return {};
  }
}
