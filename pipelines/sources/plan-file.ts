import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { isMap, isPair, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import type { Problem } from "../vocabulary/problem.ts";
import { Plan } from "./plan.ts";
import { findInconsistencies, type Inconsistency } from "./plan-consistency.ts";

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

/**
 * Reads and checks one plan file.
 * @returns the plan, or every problem at once, each with file, line and field.
 * @throws when the file cannot be read at all.
 */
export function readPlanFile(file: string): PlanReading {
  const bytes = readFileSync(file);
  const lines = new LineCounter();
  const document = parseDocument(bytes.toString("utf8"), { lineCounter: lines, uniqueKeys: true });
  const problem = (line: number, field: string, code: string, found: string): Problem => ({
    severity: "error",
    code,
    file,
    line,
    field,
    found: found.endsWith(".") ? found : `${found}.`,
    remedy: "Correct the plan file and run the check again.",
  });
  if (document.errors.length > 0) {
    return {
      ok: false,
      problems: document.errors.map((error) =>
        problem(
          error.linePos?.[0].line ?? 1,
          "",
          "not_yaml",
          `is not well-formed YAML: ${error.message.split("\n")[0] ?? error.code}`,
        ),
      ),
    };
  }
  const lineOf = (path: readonly PropertyKey[]): number => {
    const offset = offsetOf(document.contents, path);
    return offset === undefined ? 1 : lines.linePos(offset).line;
  };
  const parsed = Plan.safeParse(document.toJS());
  if (!parsed.success) {
    return {
      ok: false,
      problems: parsed.error.issues
        .flatMap(issuesWithin)
        .map((issue) =>
          problem(lineOf(issue.path), fieldName(issue.path), issue.code, issue.message),
        ),
    };
  }
  const broken = findInconsistencies(parsed.data);
  if (broken.length > 0) {
    return {
      ok: false,
      problems: broken.map(({ path, message }) =>
        problem(lineOf(path), fieldName(path), "inconsistent", message),
      ),
    };
  }
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { ok: true, value: { plan: parsed.data, file, sha256 } };
}

/** Of what may be written in several ways, what is wrong with the one that was most likely meant. */
function issuesWithin(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const ways = issue.errors.filter((way) => way.some(({ path }) => path.length > 0));
  const meant = ways.sort((one, other) => depthOf(other) - depthOf(one))[0];
  if (meant === undefined) return [issue];
  return meant.flatMap((inner) =>
    issuesWithin({ ...inner, path: [...issue.path, ...inner.path] } as z.core.$ZodIssue),
  );
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(...issues.map(({ path }) => path.length));
}

/** What a plan that was read says against the areas and files around it. */
export function planProblems(file: string, found: readonly Inconsistency[]): Problem[] {
  return found.map(({ path, message }) => ({
    severity: "error",
    code: "inconsistent",
    file,
    field: fieldName(path),
    found: `${message}.`,
    remedy: "Correct the plan file or the file that it names.",
  }));
}

/** `indicators[3].target.value` for the path of a zod issue. */
export function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
}

/** The offset of the deepest node on the path that is there, so that a missing field names its owner. */
function offsetOf(root: Node | null, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = root;
  let offset = root?.range?.[0];
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === step);
      if (!isPair(pair)) return offset;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (hasItems(node) && typeof step === "number") {
      node = node.items[step];
      offset = rangeStart(node) ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

function hasItems(node: unknown): node is { items: unknown[] } {
  return typeof node === "object" && node !== null && "items" in node && Array.isArray(node.items);
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null || !("range" in node)) return undefined;
  const range = node.range;
  return Array.isArray(range) && typeof range[0] === "number" ? range[0] : undefined;
}
