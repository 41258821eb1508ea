import { existsSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../vocabulary/failure.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { readAreaFiles } from "./area.ts";
import { resolvePlan } from "./catalogue.ts";
import type { Plan } from "./plan.ts";
import { readPlanFile } from "./plan-file.ts";

export interface PlanCheck {
  readonly file: string;
  readonly problems: readonly Problem[];
  /** The plan when nothing is wrong with it. */
  readonly plan: Plan | null;
}

/**
 * Checks one plan file, and against the areas of a sources folder where that has any.
 * @throws Failure when the file cannot be read.
 */
export function checkPlanFile(file: string, sources: string): PlanCheck {
  const reading = readOrFail(file);
  if (!reading.ok) return { file, problems: reading.problems, plan: null };
  const folder = join(sources, "areas");
  if (!existsSync(join(folder, "areas.csv"))) {
    return { file, problems: [], plan: reading.value.plan };
  }
  const { areas, problems } = readAreaFiles(folder);
  if (problems.length > 0) return { file, problems, plan: null };
  const resolved = resolvePlan(reading.value, areas);
  return Array.isArray(resolved)
    ? { file, problems: resolved, plan: null }
    : { file, problems: [], plan: resolved.plan };
}

function readOrFail(file: string): ReturnType<typeof readPlanFile> {
  try {
    return readPlanFile(file);
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    throw new Failure(`${file} cannot be read (${String(error.code)}).`, { cause: error });
  }
}
