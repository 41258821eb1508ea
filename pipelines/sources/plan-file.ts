import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Problem } from "../vocabulary/problem.ts";
import type { Plan } from "./plan.ts";
import { findInconsistencies, type Inconsistency } from "./plan-consistency.ts";
import { type MendedPlan, mendedPlan } from "./plan-mending.ts";
import { dotted, pathWords } from "./plan-path.ts";
import { type PlanText, readPlanText, type TypedNumber } from "./plan-yaml.ts";
import { groupedNumbers } from "./typed-number.ts";

/** A plan as read from its file, with what is needed to name exactly this state of it. */
export interface PlanFile {
  readonly plan: Plan;
  readonly file: string;
  /** Hexadecimal sha256 of the file's bytes. */
  readonly sha256: string;
}

export type PlanReading =
  | { readonly ok: true; readonly value: PlanFile }
  | { readonly ok: false; readonly problems: Problem[] };

/** A plan file with all that is wrong in it, and as much of the plan as can be understood. */
export interface PlanExamination {
  /** Null where too much is missing; where there are problems, a plan to go on checking with. */
  readonly value: PlanFile | null;
  readonly problems: readonly Problem[];
  /** Keys of the plan itself that could not be read, as `area`. */
  readonly filled: ReadonlySet<string>;
  readonly typedNumbers: readonly TypedNumber[];
  /** What is wrong at a path of the plan, as a problem with its line, named by code. */
  problemOf(found: Inconsistency, severity?: Problem["severity"]): Problem;
}

/**
 * Reads and checks one plan file.
 * @returns the plan, or every problem at once, each with file, line and field.
 * @throws when the file cannot be read at all.
 */
export function readPlanFile(file: string): PlanReading {
  const { value, problems } = examinePlanFile(file);
  return value === null || problems.length > 0
    ? { ok: false, problems: [...problems] }
    : { ok: true, value };
}

/**
 * Reads a plan file and finds what is wrong with its shape and what contradicts itself, all at once.
 * @throws when the file cannot be read at all.
 */
export function examinePlanFile(file: string): PlanExamination {
  return examinePlan(file, readFileSync(file));
}

/** The same of the bytes of a file that was read. */
export function examinePlan(file: string, bytes: Buffer): PlanExamination {
  const text = readPlanText(bytes.toString("utf8"));
  const mended = text.isBroken ? null : mendedPlan(text.data);
  const problemOf = (found: Inconsistency, severity: Problem["severity"] = "error"): Problem =>
    planProblem(file, text, mended, found, severity);
  const slips = text.slips.map(({ line, found, remedy }): Problem => {
    return { severity: "error", code: "not_yaml", file, line, field: "", found, remedy };
  });
  if (mended === null) {
    return {
      value: null,
      problems: slips,
      filled: new Set(),
      typedNumbers: [],
      problemOf,
    };
  }
  const { plan, filled } = mended;
  const shape = mended.slips.map(
    ({ place: { path, words }, found, remedy }): Problem => ({
      severity: "error",
      code: "shape",
      file,
      line: text.lineOf(path),
      field: words,
      found,
      remedy,
    }),
  );
  const numbers = groupedNumbers(text.typedNumbers).map(
    ({ path, found, remedy }): Problem => ({
      severity: "error",
      code: "grouped_number",
      file,
      line: text.lineOf(path),
      field: pathWords(text.data, path),
      found,
      remedy,
    }),
  );
  const broken = onceEachCode(
    (plan === null ? [] : findInconsistencies(plan)).filter((found) => !isAboutLost(found, mended)),
  ).map((found) => problemOf(found));
  const problems = [...slips, ...withoutSamePlace([...numbers, ...shape]), ...broken].sort(
    (one, other) => (one.line ?? 0) - (other.line ?? 0),
  );
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return {
    value: plan === null ? null : { plan, file, sha256 },
    problems,
    filled,
    typedNumbers: text.typedNumbers,
    problemOf,
  };
}

/** A reference to an entry that is there but could not be read is not wrong. */
function isAboutLost({ unknown }: Inconsistency, { lost }: MendedPlan): boolean {
  return unknown !== undefined && lost.get(unknown.section)?.has(unknown.code) === true;
}

/** A code that names nothing is said where it stands first, with how often it stands elsewhere. */
function onceEachCode(found: readonly Inconsistency[]): Inconsistency[] {
  const keyOf = ({ unknown }: Inconsistency): string | null =>
    unknown === undefined ? null : `${unknown.section} ${unknown.code}`;
  return found.flatMap((one, index): Inconsistency[] => {
    const key = keyOf(one);
    const alike = key === null ? [] : found.filter((other) => keyOf(other) === key);
    if (alike.length < 2) return [one];
    if (found.findIndex((other) => keyOf(other) === key) < index) return [];
    const message = `${one.message} (còn ${alike.length - 1} chỗ khác ghi mã này)`;
    return [{ ...one, message }];
  });
}

function withoutSamePlace(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ line, field }) => {
    const place = `${line} ${field}`;
    if (seen.has(place)) return false;
    seen.add(place);
    return true;
  });
}

function planProblem(
  file: string,
  text: PlanText,
  mended: MendedPlan | null,
  { path, message, remedy }: Inconsistency,
  severity: Problem["severity"],
): Problem {
  const place = mended?.placeOf(path) ?? { path, words: dotted(path) };
  return {
    severity,
    code: "inconsistent",
    file,
    line: text.lineOf(place.path),
    field: place.words,
    found: /[.?]$/.test(message) ? message : `${message}.`,
    remedy: remedy ?? "",
  };
}

/** `indicators[3].target.value` for the path of a zod issue. */
export const fieldName = dotted;
