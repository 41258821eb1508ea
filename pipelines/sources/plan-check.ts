import { existsSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../vocabulary/failure.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { readAreaFiles } from "./area.ts";
import { resolvePlan } from "./catalogue.ts";
import { officeUnitProblems, readOfficeUnits } from "./office-unit.ts";
import type { Plan } from "./plan.ts";
import { readPlanFile } from "./plan-file.ts";

export interface PlanCheck {
  readonly file: string;
  readonly problems: readonly Problem[];
  /** The plan when nothing is wrong with it. */
  readonly plan: Plan | null;
}

/**
 * Checks one plan file, and against the areas and units of a sources folder where that has any.
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
  const office = readOfficeUnits(sources, areas);
  if (office.problems.length > 0) return { file, problems: office.problems, plan: null };
  const resolved = resolvePlan(reading.value, areas);
  const found = Array.isArray(resolved) ? resolved : officeUnitProblems(resolved, office.units);
  return { file, problems: found, plan: found.length > 0 ? null : reading.value.plan };
}

function readOrFail(file: string): ReturnType<typeof readPlanFile> {
  try {
    return readPlanFile(file);
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    throw new Failure(`${file} cannot be read (${String(error.code)}).`, { cause: error });
  }
}
