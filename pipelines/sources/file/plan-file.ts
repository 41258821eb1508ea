import { readFileSync } from "node:fs";
import { type Problem, pathText } from "../../vocabulary/problem.ts";
import { sha256Of } from "../../warehouse/files.ts";
import type { Plan } from "../plan/plan.ts";
import { pathWords } from "../plan/plan-path.ts";
import { type PlanText, readPlanText } from "../text/plan-yaml.ts";
import { type WrongBytes, wrongBytes } from "../text/text-bytes.ts";
import { groupedNumbers } from "./grouped-number.ts";
import { findInconsistencies, type Inconsistency } from "./plan-consistency.ts";
import { type MendedPlan, mendedPlan } from "./plan-mending.ts";

/** A plan as read from its file, with what is needed to name exactly this state of it. */
export interface PlanFile {
  readonly plan: Plan;
  readonly file: string;
  /** Hexadecimal sha256 of the file's bytes. */
  readonly sha256: string;
}

/** A plan file with all that is wrong in it, and as much of the plan as can be understood. */
export interface PlanExamination {
  /** Null where too much is missing; where there are problems, a plan to go on checking with. */
  readonly value: PlanFile | null;
  readonly problems: readonly Problem[];
  /** Keys of the plan itself that could not be read, as `area`. */
  readonly filled: ReadonlySet<string>;
  /** What is wrong at a path of the plan, as a problem with its line, named by code. */
  problemOf(found: Inconsistency, severity?: Problem["severity"]): Problem;
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
  const wrong = wrongBytes(bytes);
  const read = wrong === null ? readPlanText(bytes.toString("utf8")) : slipAlone(wrong);
  const text = read.isBroken || isKeyed(read.data) ? read : notKeyed(read.data);
  const mended = text.isBroken ? NOTHING_READ : mendedPlan(text.data, text.typedNumbers);
  const { plan, filled } = mended;
  const problemOf = (found: Inconsistency, severity: Problem["severity"] = "error"): Problem => {
    const { path, words } = mended.placeOf(found.path);
    return {
      severity,
      code: found.code ?? "inconsistent",
      file,
      line: text.lineOf(path),
      field: words,
      found: /[.?]$/.test(found.message) ? found.message : `${found.message}.`,
      remedy: found.remedy ?? "",
    };
  };
  const problem = (
    code: string,
    line: number,
    field: string,
    { found, remedy }: Pick<Problem, "found" | "remedy">,
  ): Problem => ({ severity: "error", code, file, line, field, found, remedy });
  const slips = text.slips.map((slip) => problem("not_yaml", slip.line, "", slip));
  const shape = oncePerList(
    mended.slips.map((slip) =>
      problem("shape", text.lineOf(slip.place.path), slip.place.words, slip),
    ),
  );
  const numbers = groupedNumbers(text.typedNumbers).map((number) => {
    const { path } = number;
    return problem("grouped_number", text.lineOf(path), pathWords(text.data, path), number);
  });
  const broken = onceEachCode(
    (plan === null ? [] : findInconsistencies(plan)).filter((found) => !isAboutLost(found, mended)),
  ).map((found) => problemOf(found));
  const problems = [...slips, ...withoutSamePlace([...numbers, ...shape]), ...broken].sort(
    (one, other) => (one.line ?? 0) - (other.line ?? 0),
  );
  const value = plan === null ? null : { plan, file, sha256: sha256Of(bytes) };
  return { value, problems, filled, problemOf };
}

/** A file that is there and cannot be read. */
export function unreadable(file: string, code: string): PlanExamination {
  const problem: Problem = {
    severity: "error",
    code: "unreadable",
    file,
    found: `không đọc được tệp này (${code}).`,
    remedy: "Xem quyền đọc tệp, hoặc chép lại tệp.",
  };
  return { value: null, problems: [problem], filled: new Set(), problemOf: () => problem };
}

function isKeyed(data: unknown): boolean {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

/** YAML that is no plan: nothing at all, a list, or a sentence. */
function notKeyed(data: unknown): PlanText {
  const found =
    data === null
      ? "Tệp không có nội dung."
      : "Tệp này không phải là một kế hoạch: kế hoạch gồm các khóa ở đầu dòng như id:, title:, periods:.";
  const remedy = "chitieu plan new lập một tệp kế hoạch để điền tiếp.";
  return slipAlone({ line: 1, found, remedy });
}

function slipAlone(slip: WrongBytes): PlanText {
  return {
    data: null,
    isBroken: true,
    slips: [slip],
    typedNumbers: [],
    lineOf: () => slip.line,
  };
}

/** The plan of a text that is not YAML. */
const NOTHING_READ: MendedPlan = {
  plan: null,
  slips: [],
  lost: new Map(),
  filled: new Set(),
  placeOf: (path) => ({ path, words: pathText(path) }),
};

/** A reference to an entry that exists but could not be read is not wrong. */
function isAboutLost({ unknown }: Inconsistency, { lost }: MendedPlan): boolean {
  return unknown !== undefined && lost.get(unknown.section)?.has(unknown.code) === true;
}

/** An unknown code is reported at its first place, with the number of its other places. */
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

/** The same slip in several entries of a list on one line: the first, with how many more. */
function oncePerList(problems: readonly Problem[]): Problem[] {
  const keyOf = ({ line, field, found }: Problem): string =>
    `${line} ${field?.replace(/\[\d+\]$/, "[]")} ${found.replace(/“[^”]*”/, "")}`;
  return problems.flatMap((one, index): Problem[] => {
    if (!one.field?.endsWith("]")) return [one];
    const alike = problems.filter((other) => keyOf(other) === keyOf(one));
    if (problems.findIndex((other) => keyOf(other) === keyOf(one)) < index) return [];
    if (alike.length === 1) return [one];
    const found = one.found.replace(/\.$/, ` (còn ${alike.length - 1} mục khác như vậy).`);
    return [{ ...one, found }];
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
