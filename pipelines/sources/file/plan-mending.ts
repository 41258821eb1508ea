import type { z } from "zod";
import { Plan } from "../plan/plan.ts";
import { codeAt, isSection, pathWords, type Section, valueAt } from "../plan/plan-path.ts";
import type { TypedNumber } from "../text/plan-yaml.ts";
import { type Mend, type Slip, slipsOf } from "./plan-slip.ts";

/** A plan with every part that can be understood, so that one run finds all problems. */
export interface MendedPlan {
  /** Null where too much is missing to go on. */
  readonly plan: Plan | null;
  readonly slips: readonly PlacedSlip[];
  /** Codes of entries that could not be understood; a reference to one is not wrong. */
  readonly lost: ReadonlyMap<Section, ReadonlySet<string>>;
  /** Keys of the plan itself that were replaced. */
  readonly filled: ReadonlySet<string>;
  /** The place in the file of a path of `plan`. */
  placeOf(path: readonly PropertyKey[]): PlaceInFile;
}

/** A place in a plan file as it was written. */
export interface PlaceInFile {
  readonly path: readonly PropertyKey[];
  /** The path in words: `chỉ tiêu "1.1" › target`. */
  readonly words: string;
}

/** A slip with its place. */
export interface PlacedSlip extends Slip {
  readonly place: PlaceInFile;
}

const ROUNDS = 12;

/** Replaces a field of the plan itself that cannot be read. */
const STAND_INS: Readonly<Record<string, unknown>> = {
  schema: 2,
  id: "x",
  number: "?",
  title: "?",
  short_title: "?",
  issuer: "?",
  issued_on: "1900-01-01",
  in_force_from: "1900-01-01",
  source: "?",
  reports_to: "?",
  area: { code: "x", noun: "?" },
  reporting_areas: "children",
  added_rules: [],
  glossary: [],
};

/**
 * Reads the data of a plan file, with its numbers as they were typed: 05971 is a code. A wrong shape is
 * reported; reading goes on with what was most likely meant, or without an unparseable entry.
 */
export function mendedPlan(data: unknown, typed: readonly TypedNumber[] = []): MendedPlan {
  const mending = new Mending(data, typed);
  let plan: Plan | null = null;
  for (let round = 0; plan === null && round < ROUNDS; round += 1) {
    const parsed = Plan.safeParse(mending.data);
    if (parsed.success) plan = parsed.data;
    else if (!mending.mend(parsed.error.issues.flatMap(issuesWithin))) break;
  }
  const { slips, lost, filled } = mending;
  return { plan, slips, lost, filled, placeOf: (path) => mending.placeOf(path) };
}

/** The data of a plan file while it is being mended, and what was found wrong with it. */
class Mending {
  readonly data: unknown;
  readonly slips: PlacedSlip[] = [];
  readonly lost = new Map<Section, Set<string>>();
  readonly filled = new Set<string>();
  /** The index in the file of each entry of a list; entries before it may be lost. */
  private readonly places = new WeakMap<object, number>();
  /** The names in the file of keys of the plan itself that were written otherwise. */
  private readonly oldNames = new Map<string, string>();

  private readonly typed: ReadonlyMap<string, string>;

  constructor(data: unknown, typed: readonly TypedNumber[]) {
    this.data = structuredClone(data);
    this.typed = new Map(typed.map((one) => [JSON.stringify(one.path), one.typed]));
    for (const entries of isRecord(this.data) ? Object.values(this.data) : []) {
      if (!Array.isArray(entries)) continue;
      for (const [index, entry] of entries.entries()) {
        if (isRecord(entry)) this.places.set(entry, index);
      }
    }
  }

  /** @returns false where nothing can be done about one of the problems */
  mend(issues: readonly z.core.$ZodIssue[]): boolean {
    const broken = new Map<Section, Set<number>>();
    let isMended = true;
    const slips = issues.flatMap((issue) =>
      slipsOf(issue, this.data, this.typed.get(JSON.stringify(this.placeOf(issue.path).path))),
    );
    const renamed = new Set(
      slips.flatMap(({ mend }) => {
        if (mend?.kind !== "rename") return [];
        const names = mend.to === null ? [] : [[...mend.path, mend.to]];
        return [mend.path, ...names].map((path) => JSON.stringify(path));
      }),
    );
    for (const slip of slips) {
      // what is missing is there under another name
      if (slip.mend?.kind !== "rename" && renamed.has(JSON.stringify(slip.path))) continue;
      this.slips.push({ ...slip, place: this.placeOf(slip.path) });
      const [key, index] = slip.path;
      if (slip.mend !== null) this.apply(slip.mend);
      else if (typeof index === "number" && isSection(key)) {
        broken.set(key, (broken.get(key) ?? new Set<number>()).add(index));
      } else if (!this.fill(String(key))) isMended = false;
    }
    for (const [section, indexes] of broken) this.lose(section, indexes);
    return isMended;
  }

  placeOf(path: readonly PropertyKey[]): PlaceInFile {
    const words = pathWords(this.data, path);
    const [section = "", index, ...rest] = path;
    const key = this.oldNames.get(String(section)) ?? section;
    if (path.length === 0) return { path, words };
    if (index === undefined) return { path: [key], words };
    const entry = valueAt(this.data, [section, index]);
    const place = isRecord(entry) ? this.places.get(entry) : undefined;
    return { path: [key, place ?? index, ...rest], words };
  }

  private apply(mend: Mend): void {
    if (mend.kind === "put") {
      const owner = valueAt(this.data, mend.path.slice(0, -1));
      const key = mend.path.at(-1);
      if (isRecord(owner) && key !== undefined) owner[key] = mend.value;
      return;
    }
    const owner = valueAt(this.data, mend.path);
    if (!isRecord(owner)) return;
    if (mend.to !== null) owner[mend.to] = owner[mend.key];
    delete owner[mend.key];
    if (mend.path.length === 0 && mend.to !== null) this.oldNames.set(mend.to, mend.key);
  }

  /** @returns false for what nothing can stand for */
  private fill(key: string): boolean {
    if (!isRecord(this.data)) return false;
    if (Object.hasOwn(STAND_INS, key)) this.data[key] = structuredClone(STAND_INS[key]);
    else if (isSection(key) || key === "") return false;
    else delete this.data[key];
    this.filled.add(key);
    return true;
  }

  private lose(section: Section, indexes: ReadonlySet<number>): void {
    const codes = [...indexes].flatMap((index) => codeAt(this.data, section, index) ?? []);
    this.lost.set(section, new Set([...(this.lost.get(section) ?? []), ...codes]));
    const entries = valueAt(this.data, [section]);
    if (!isRecord(this.data) || !Array.isArray(entries)) return;
    this.data[section] = entries.filter((_, index) => !indexes.has(index));
  }
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}

/** Of what may be written in several ways, what is wrong with the one that was most likely meant. */
function issuesWithin(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const ways = issue.errors.filter((way) => way.some(({ path }) => path.length > 0));
  const meant = [...ways].sort(
    (one, other) => depthOf(other) - depthOf(one) || unknownIn(one) - unknownIn(other),
  )[0];
  if (meant === undefined) return [issue];
  return meant.flatMap((inner) =>
    issuesWithin({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue),
  );
}

function unknownIn(issues: readonly z.core.$ZodIssue[]): number {
  return issues.filter(({ code }) => code === "unrecognized_keys").length;
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(...issues.map(({ path }) => path.length));
}
