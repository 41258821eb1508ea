import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Failure } from "../../vocabulary/failure.ts";
import type { Problem } from "../../vocabulary/problem.ts";
import type { AreaFiles } from "../areas/area.ts";
import { readAreaFiles } from "../areas/area-files.ts";
import { planFilesIn, type ResolvedPlan, resolvePlan } from "../catalogue.ts";
import { planChecker } from "../file/checked-plans.ts";
import { UNCONFIRMED } from "../file/plan-consistency.ts";
import { examinePlanFile, type PlanExamination } from "../file/plan-file.ts";
import { type Baseline, readBaselines } from "../office/baseline.ts";
import { readOfficeUnits } from "../office/office-unit.ts";
import { problemsBeside, type ReadPlan } from "../office/plans-beside.ts";
import type { Plan } from "../plan/plan.ts";
import { resolveTargets } from "../targets/target.ts";
import { type TargetLines, targetLines } from "../targets/target-lines.ts";
import { MARK } from "../writing/plan-marks.ts";
import { odditiesOf, placeOddities } from "./plan-oddities.ts";
import { unquotedNumbers } from "./quoted-number.ts";
import { unquotedComparisons } from "./quoted-words.ts";

/** What was found in a plan file. */
export interface PlanCheck {
  readonly file: string;
  /** Errors first; what is lawful but seldom meant is a `doubt`. */
  readonly problems: readonly Problem[];
  /** The plan when no error was found but what nobody has compared yet. */
  readonly plan: Plan | null;
  /** The same with its areas and units filled in; null where there are errors, or no list of areas. */
  readonly resolved: ResolvedPlan | null;
  /** Each target as its reader will see it, and what it counts. */
  readonly targets: readonly TargetLines[];
}

/**
 * Finds everything that is wrong with a plan file at once: its shape, what contradicts itself, numbers
 * that its quotes do not have, its tables, and what does not go with the areas, the other plans, the
 * units and the baselines of a sources folder, where that has any.
 * @throws Failure when the file cannot be read.
 */
export function checkPlanFile(file: string, sources: string): PlanCheck {
  const examined = examineOrFail(file);
  const { value, problemOf } = examined;
  const problems = [...examined.problems];
  if (value === null) return { file, problems, ...NOTHING };
  const { plan } = value;
  const reported = new Set(problems.map(({ line }) => line));
  problems.push(
    ...unquotedNumbers(plan)
      .map((found) => problemOf(found))
      .filter(({ line }) => !reported.has(line)),
  );
  const beside = checkBeside(file, sources, examined);
  problems.push(...beside.problems);
  if (problems.some((one) => one.severity === "error" && one.code !== UNCONFIRMED))
    return { file, problems: inOrder(problems), ...NOTHING };
  const { resolved, areas, baselines } = beside;
  const oddities = resolved === null ? [] : placeOddities(resolved, areas, baselines);
  const doubts = [
    ...problems,
    ...[...odditiesOf(plan), ...unquotedComparisons(plan), ...oddities].map((found) =>
      problemOf(found, "doubt"),
    ),
    ...cutLines(file),
    ...areas.doubts,
    ...marksIn(file),
  ];
  // without areas the targets of the whole alone
  const { targets } =
    resolved ?? resolveTargets(plan, { areas: [], units: [], known: () => [] }, file);
  return { file, problems: inOrder(doubts), plan, resolved, targets: targetLines(plan, targets) };
}

/** What keeps a plan from being used. */
export function errorsOf({ problems }: Pick<PlanCheck, "problems">): readonly Problem[] {
  return problems.filter(({ severity }) => severity === "error");
}

const NOTHING = { plan: null, resolved: null, targets: [] } as const;

/** A sentence without quotation marks ends at ` #`: what stands behind it is a comment. */
const CUT =
  /^\s*(- )?(?:(quote|name|short_name|title|short_title|issuer|source|reports_to|explanation|meaning): +)?(?!["'|>&{[])([^#]*\S) +#/;
/** Lines of which the file keeps less than their author sees. */
function cutLines(file: string): Problem[] {
  return linesOf(file).flatMap((text, index): Problem[] => {
    const [, dash, field = "", left = ""] = CUT.exec(text) ?? [];
    const isProse = field !== "" || (dash !== undefined && /^[^:]*\s[^:]*$/.test(left));
    if (!isProse) return [];
    const found = `từ dấu # trở đi bị bỏ, chỉ còn “${left}”.`;
    const remedy = "Nếu dấu # thuộc câu thì để cả câu trong ngoặc kép.";
    return [{ severity: "doubt", code: "odd_line", file, line: index + 1, field, found, remedy }];
  });
}

const linesOf = (file: string): string[] => readFileSync(file, "utf8").split("\n");

/** What somebody has yet to decide, as `plan new` and `plan next` mark it. */
function marksIn(file: string): Problem[] {
  return linesOf(file).flatMap((text, index): Problem[] => {
    const [, found] = MARK.exec(text) ?? [];
    if (found === undefined) return [];
    const place = { file, line: index + 1, field: "CẦN XEM LẠI" };
    return [{ severity: "doubt", code: "to_decide", ...place, found: found.trim(), remedy: "" }];
  });
}

/** By line, those of other files last. */
function inOrder(problems: readonly Problem[]): Problem[] {
  const [first] = problems;
  const isOther = (one: Problem): number => (one.file === first?.file ? 0 : 1);
  return [...problems].sort(
    (one, other) => isOther(one) - isOther(other) || (one.line ?? 0) - (other.line ?? 0),
  );
}

/**
 * Contradictions of a plan with the files around it.
 * @returns also the plan with its areas filled in, null where it does not go with its areas or tables,
 * and what the files of areas say
 */
function checkBeside(
  file: string,
  sources: string,
  examined: PlanExamination,
): {
  readonly problems: readonly Problem[];
  readonly resolved: ResolvedPlan | null;
  readonly areas: ReturnType<typeof readAreaFiles>;
  readonly baselines: readonly Baseline[];
} {
  const { value, filled, problemOf } = examined;
  const folder = join(sources, "areas");
  const areas = readAreaFiles(folder);
  const nothing = { resolved: null, areas, baselines: [] };
  if (value === null) return { problems: [], ...nothing };
  const office = readOfficeUnits(sources, areas);
  const { others, unread } = otherPlans(file, sources, areas);
  const own: ReadPlan = { ...value, problemOf };
  const problems = [
    ...areas.problems,
    ...office.problems,
    ...problemsBeside(own, [...others.map(({ read }) => read), own], office.units, unread),
  ];
  // what does not go with areas that are wrong themselves follows from that
  const isPlaced =
    areas.problems.length === 0 &&
    !["area", "reporting_areas", "in_force_from"].some((key) => filled.has(key));
  if (!isPlaced) return { problems, ...nothing };
  const { resolved, ...wrong } = resolvePlan(value, areas);
  problems.push(...wrong.inconsistencies.map((one) => problemOf(one)), ...wrong.problems);
  if (resolved === null) return { problems, ...nothing };
  const plans = [...others.map((one) => one.resolved), resolved];
  const inError = new Set(examined.problems.length > 0 ? [value.plan.id] : []);
  const isAnyMissing = unread.length > 0;
  const baselines = readBaselines(sources, plans, { plans: inError, isAnyMissing });
  problems.push(...baselines.problems);
  return { problems, resolved, areas, baselines: baselines.of.get(value.plan.id) ?? [] };
}

/** The plans beside one, as far as they can be read: what is wrong with them is theirs. */
function otherPlans(
  file: string,
  sources: string,
  areaFiles: AreaFiles,
): {
  readonly others: readonly { readonly read: ReadPlan; readonly resolved: ResolvedPlan }[];
  readonly unread: readonly string[];
} {
  const unread: string[] = [];
  const others = planFilesIn(sources)
    .filter((one) => resolve(one) !== resolve(file))
    .flatMap((one) => {
      const { value, problemOf } = planChecker(null).examine(one);
      const resolved = value === null ? null : resolvePlan(value, areaFiles).resolved;
      if (value !== null && resolved !== null) {
        return [{ read: { ...value, problemOf }, resolved }];
      }
      unread.push(one);
      return [];
    });
  return { others, unread };
}

function examineOrFail(file: string): PlanExamination {
  try {
    return examinePlanFile(file);
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    const found = error.code === "ENOENT" ? "không có tệp này" : "không đọc được tệp này";
    throw new Failure(`${file}: ${found} (${String(error.code)}).`, { cause: error });
  }
}
