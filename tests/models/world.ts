import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { type Catalogue, readCatalogue } from "../../pipelines/sources/catalogue.ts";

/** The areas that plans are about, as lines of their files without the head lines. */
export interface Areas {
  /** area_id,code,name,kind,parent_id,valid_from,valid_to,source */
  readonly areas: readonly string[];
  /** area_id,successor_id,on,exact,source */
  readonly successors?: readonly string[];
}

/** A plan and the areas that it is about. */
export interface World extends Areas {
  readonly plan: object;
  /** CSV files beside the plan, by name: the table of its targets. */
  readonly tables?: Readonly<Record<string, string>>;
  /** Lines of `baselines.csv` without the plan: measure,area,period,value,source */
  readonly baselines?: readonly string[];
}

/** What is needed to do a case again, in as few lines as there can be. */
export function worldText({ plan, areas, successors, tables, baselines }: World): string {
  const { periods, measures, indicators, reporting_areas, in_force_from } = plan as Record<
    string,
    unknown
  >;
  const lists = { periods, measures, indicators, areas, successors, baselines };
  return [
    JSON.stringify({ in_force_from, reporting_areas, tables }),
    ...Object.entries(lists).flatMap(([name, list = []]) => [
      `${name}:`,
      ...(list as readonly unknown[]).map((one) => `  ${JSON.stringify(one)}`),
    ]),
  ].join("\n");
}

/** Writes the sources of one plan below a folder, the plan as `plans/plan.yaml`, and reads them. */
export function writeWorld(folder: string, world: World): Catalogue {
  const planId = "id" in world.plan ? String(world.plan.id) : "";
  return writeSources(folder, world, { "plan.yaml": world.plan }, filesBeside([{ planId, world }]));
}

/** The files beside some plans, by their path below the folder of sources. */
export function filesBeside(
  plans: readonly { readonly planId: string; readonly world: World }[],
): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { tables = {} } of plans.map(({ world }) => world)) {
    for (const [name, text] of Object.entries(tables)) files[join("plans", name)] = text;
  }
  const lines = plans.flatMap(({ planId, world }) =>
    (world.baselines ?? []).map((line) => `${planId},${line}`),
  );
  if (lines.length > 0) {
    files["baselines.csv"] = ["plan,measure,area,period,value,source", ...lines, ""].join("\n");
  }
  return files;
}

/**
 * Writes areas and, by the names of their files, plans below a folder, and reads them.
 * @param files further files by their path below the folder
 */
export function writeSources(
  folder: string,
  { areas, successors }: Areas,
  plans: Readonly<Record<string, object>>,
  files: Readonly<Record<string, string>> = {},
): Catalogue {
  mkdirSync(join(folder, "plans"), { recursive: true });
  mkdirSync(join(folder, "areas"), { recursive: true });
  for (const [name, plan] of Object.entries(plans)) {
    writeFileSync(join(folder, "plans", name), stringify(plan));
  }
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  writeFileSync(
    join(folder, "areas", "areas.csv"),
    ["area_id,code,name,kind,parent_id,valid_from,valid_to,source", ...areas, ""].join("\n"),
  );
  if (successors !== undefined) {
    writeFileSync(
      join(folder, "areas", "successors.csv"),
      ["area_id,successor_id,on,exact,source", ...successors, ""].join("\n"),
    );
  }
  return readCatalogue(folder);
}
