import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { demonstrationFolder } from "../demo/profile.ts";
import { withYearBefore } from "../demo/year-before.ts";
import { readCatalogue } from "../sources/catalogue.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { claimFolder, demonstratedPlans } from "./make-demonstration.ts";

/**
 * The sources of the demonstration alone, in its own folder: its desk neither looks into the office's
 * inbox nor knows plans of which it has no figures. Each plan that continues none gets a year before.
 * @returns the folder
 * @throws Failure when no plan of the sources has a demonstration
 */
export async function copyDemonstrationSources(
  sources: string,
  paths: WarehousePaths,
): Promise<string> {
  const { plans } = demonstratedPlans(readCatalogue(sources));
  await claimFolder(paths);
  const folder = join(paths.folder, "sources");
  await rm(folder, { recursive: true, force: true });
  for (const name of ["inbox", "plans", "demo"]) {
    await mkdir(join(folder, name), { recursive: true });
  }
  await cp(join(sources, "areas"), join(folder, "areas"), { recursive: true });
  for (const name of await readdir(sources)) {
    if (name.endsWith(".csv")) await cp(join(sources, name), join(folder, name));
  }
  for (const { file, plan, ...rest } of plans) {
    const to = join(folder, "plans", `${plan.id}.yaml`);
    const profile = `${plan.id}.yaml`;
    await cp(
      join(demonstrationFolder({ file, plan, ...rest }), profile),
      join(folder, "demo", profile),
    );
    if (plan.continues === undefined) {
      const { text, before } = withYearBefore(await readFile(file, "utf8"));
      await writeFile(to, text);
      await writeFile(join(folder, "plans", `${before.id}.yaml`), before.text);
    } else await cp(file, to);
  }
  return folder;
}
