import { accessSync, constants, existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readCatalogue } from "../sources/catalogue.ts";
import { checkPlanFile } from "../sources/plan-check.ts";
import { type UnsettledPlan, unsettledLines } from "../sources/unsettled-plan.ts";
import { Failure } from "../vocabulary/failure.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { chartOf, type Diagnosis } from "./diagnosis.ts";

const { ok, note, problem } = chartOf("sources");

/** Whether the plans, areas and units of a sources folder can be read, and files come in. */
export async function examineSources(
  sources: string,
  paths: Pick<WarehousePaths, "plans">,
): Promise<Diagnosis[]> {
  return [...plans(sources, paths), await inbox(sources)];
}

function plans(sources: string, paths: Pick<WarehousePaths, "plans">): Diagnosis[] {
  try {
    const { plans: all, unsettled, areas } = readCatalogue(sources, { plans: paths.plans });
    const inError = new Set(unsettled.map(({ plan_id }) => plan_id));
    return [
      ...all.map(({ plan, units }) =>
        ok("plan", `${plan.id}: ${plan.indicators.length} indicators, ${units.length} units`),
      ),
      ...unsettled.map(ofUnsettled),
      ...all
        .filter(({ plan }) => !inError.has(plan.id))
        .flatMap(({ file }) => toCheck(file, sources)),
      ok("areas", `${areas.length} areas`),
    ];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.message
      .split("\n")
      .map((line) => problem("plan", line, "Correct it, and check with chitieu plan check."));
  }
}

function ofUnsettled(one: UnsettledPlan): Diagnosis {
  const found = unsettledLines(one).join("\n         ");
  const remedy = `chitieu plan check ${one.file} says what is to be done.`;
  return one.state === "draft" ? note("plan", found, remedy) : problem("plan", found, remedy);
}

/** What a check of a plan file finds that does not keep its figures from being counted. */
function toCheck(file: string, sources: string): Diagnosis[] {
  const count = checkPlanFile(file, sources).problems.length;
  if (count === 0) return [];
  return [note("plan", `${file}: ${count} to look at`, `chitieu plan check ${file} names them.`)];
}

async function inbox(sources: string): Promise<Diagnosis> {
  const folder = join(sources, "inbox");
  if (!existsSync(folder)) {
    return note(
      "inbox",
      `${folder} is not there`,
      "Make it where files are to come in by themselves.",
    );
  }
  try {
    accessSync(folder, constants.R_OK | constants.W_OK);
  } catch {
    return problem(
      "inbox",
      `this user may not take files out of ${folder}`,
      "Give the folder to the user who runs chitieu.",
    );
  }
  const waiting = (await readdir(folder)).filter((name) => !name.startsWith(".")).length;
  return waiting === 0
    ? ok("inbox", "empty")
    : note("inbox", `${waiting} files wait`, "chitieu refresh takes them in, or says why not.");
}
