import type { z } from "zod";
import { Plan } from "./plan.ts";
import { codeAt, isSection, pathWords, SECTION_NAMES, type Section, valueAt } from "./plan-path.ts";
import { type Mend, type Slip, slipsOf } from "./plan-slip.ts";

/** A plan of which every part that can be understood is kept, so that one look finds everything. */
export interface MendedPlan {
  /** Null where too much is missing to go on. */
  readonly plan: Plan | null;
  readonly slips: readonly ToldSlip[];
  /** Codes of entries that could not be understood; a reference to one is not wrong. */
  readonly lost: ReadonlyMap<Section, ReadonlySet<string>>;
  /** Keys of the plan itself that stand for something else now. */
  readonly filled: ReadonlySet<string>;
  /** Where something at a path of `plan` stands in the file. */
  placeOf(path: readonly PropertyKey[]): PlaceInFile;
}

/** Where something stands in a plan file as it was written. */
export interface PlaceInFile {
  readonly path: readonly PropertyKey[];
  /** The path in words: `chỉ tiêu "1.1" › target`. */
  readonly words: string;
}

/** A slip with where it stands. */
export interface ToldSlip extends Slip {
  readonly place: PlaceInFile;
}

const ROUNDS = 12;

/** What stands for a field of the plan itself that cannot be read. */
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
 * Reads the data of a plan file. Where its shape is wrong it says so, then goes on with what was most
 * likely meant, or without the entry that cannot be understood, until what is left is a plan.
 */
export function mendedPlan(data: unknown): MendedPlan {
  const mending = new Mending(data);
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
  readonly slips: ToldSlip[] = [];
  readonly lost = new Map<Section, Set<string>>();
  readonly filled = new Set<string>();
  /** For each section the places in the file of the entries that are left. */
  private readonly places = new Map<string, number[]>();
  /** The names in the file of keys of the plan itself that were written otherwise. */
  private readonly oldNames = new Map<string, string>();

  constructor(data: unknown) {
    this.data = structuredClone(data);
    for (const section of SECTION_NAMES) {
      const entries = valueAt(data, [section]);
      if (Array.isArray(entries)) this.places.set(section, [...entries.keys()]);
    }
  }

  /** @returns false where nothing can be done about one of the problems */
  mend(issues: readonly z.core.$ZodIssue[]): boolean {
    const broken = new Map<string, Set<number>>();
    let isMended = true;
    const slips = issues.flatMap((issue) => slipsOf(issue, this.data));
    const renamed = new Set(slips.flatMap(({ mend }) => newNameOf(mend)));
    const owners = new Set(
      slips.flatMap(({ mend }) => (mend?.kind === "rename" ? [JSON.stringify(mend.path)] : [])),
    );
    for (const slip of slips) {
      // what is missing is there under another name
      const place = JSON.stringify(slip.path);
      if (slip.mend?.kind !== "rename" && (renamed.has(place) || owners.has(place))) continue;
      this.slips.push({ ...slip, place: this.placeOf(slip.path) });
      const [key, index] = slip.path;
      if (slip.mend !== null) this.apply(slip.mend);
      else if (typeof index === "number" && this.places.has(String(key))) {
        const section = String(key);
        broken.set(section, (broken.get(section) ?? new Set<number>()).add(index));
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
    const place =
      typeof index === "number" ? (this.places.get(String(section))?.[index] ?? index) : index;
    return { path: [key, place, ...rest], words };
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
    const section = mend.path.length === 0 ? mend.to : null;
    if (section !== null) this.oldNames.set(section, mend.key);
    const entries = section === null ? undefined : owner[section];
    if (section !== null && Array.isArray(entries)) this.places.set(section, [...entries.keys()]);
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

  private lose(section: string, indexes: ReadonlySet<number>): void {
    const entries = valueAt(this.data, [section]);
    const places = this.places.get(section);
    if (!Array.isArray(entries) || places === undefined) return;
    for (const index of [...indexes].sort((one, other) => other - one)) {
      const code = codeAt(this.data, section, index);
      if (isSection(section) && code !== null) {
        this.lost.set(section, (this.lost.get(section) ?? new Set<string>()).add(code));
      }
      entries.splice(index, 1);
      places.splice(index, 1);
    }
  }
}

function newNameOf(mend: Mend | null): string[] {
  return mend?.kind === "rename" && mend.to !== null
    ? [JSON.stringify([...mend.path, mend.to])]
    : [];
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}

/** Of what may be written in several ways, what is wrong with the one that was most likely meant. */
function issuesWithin(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const ways = issue.errors.filter((way) => way.some(({ path }) => path.length > 0));
  const meant = [...ways].sort((one, other) => depthOf(other) - depthOf(one))[0];
  if (meant === undefined) return [issue];
  return meant.flatMap((inner) =>
    issuesWithin({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue),
  );
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(...issues.map(({ path }) => path.length));
}
