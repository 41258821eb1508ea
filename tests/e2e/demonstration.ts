import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Audience } from "../../pipelines/contract/report.ts";
import { bundleDigest, readyBundle } from "../../pipelines/site/bundle.ts";
import { withLock } from "../../pipelines/site/lock.ts";
import { findWorkspace, PARTS } from "../../pipelines/site/workspace.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { pagesOfVersions, writtenSite } from "../site/served.ts";
import { fillDemonstration } from "./marts.ts";

/** Marts whose pages are shown, and the warehouse that they were built in. */
export interface BuiltSite {
  readonly marts: string;
  /** Only of the demonstration; others have marts alone. */
  readonly warehouse?: WarehousePaths;
  readonly audience?: Audience;
}

/** The demonstration. */
export interface DemonstrationSite extends BuiltSite {
  /** Its pages as files, written in the long lane alone. */
  readonly dir: string;
  readonly warehouse: WarehousePaths;
}

/** Older builds are removed. */
const KEPT_BUILDS = 3;

/** What the marts of the demonstration and the site follow from, besides the bundle. */
const INPUTS = [
  ...["package-lock.json", "pipelines", "models", "sources", "tests/e2e/marts.ts"],
  ...["reports/sources", "reports/words.sql", "reports/sentences.sql", "reports/comparison.sql"],
  ...["reports/results.js", "reports/live-page.js", "reports/page-rows.js"],
  ...["reports/page-tables.js", "reports/bundled-pages.js"],
];

/**
 * The site with the marts of the demonstration, built once for a state of pages, sources, models and
 * code: a second run finds it there.
 * @param isWhole also the bundle of Evidence's pages, which takes twice as long as ours, and its files
 */
export async function demonstrationSite(isWhole = true): Promise<DemonstrationSite> {
  const workspace = findWorkspace("warehouse");
  const folder = join(workspace.work, "tests");
  const hash = createHash("sha256").update(await bundleDigest(workspace));
  for (const input of INPUTS) {
    for (const file of await filesUnder(join(workspace.root, input))) {
      hash.update(file).update(await readFile(file));
    }
  }
  const place = join(folder, hash.digest("hex").slice(0, 16));
  const dir = join(place, "site");
  const warehouse = warehousePaths(join(place, "warehouse"));
  const { marts } = warehouse;
  await mkdir(place, { recursive: true });
  const build = async () => {
    const done = join(place, "done");
    const fill = async () => {
      if (existsSync(done)) return;
      await rm(warehouse.folder, { recursive: true, force: true });
      await mkdir(warehouse.folder, { recursive: true });
      await fillDemonstration(warehouse, pagesOfVersions());
    };
    const parts = isWhole ? PARTS : (["own"] as const);
    await Promise.all([fill(), ...parts.map((part) => readyBundle(workspace, part))]);
    await writeFile(done, new Date().toISOString());
    if (isWhole && !existsSync(dir)) await writtenSite({ marts, warehouse }, dir);
    await removeOldBuilds(folder);
  };
  await withLock(join(folder, "tests.lock"), build);
  return { dir, marts, warehouse };
}

/** The files of a folder, or the file itself, without what was put into an inbox. */
async function filesUnder(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.parentPath.endsWith("inbox"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function removeOldBuilds(folder: string): Promise<void> {
  const builds: { name: string; made: string }[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const done = join(folder, entry.name, "done");
    if (!entry.isDirectory()) continue;
    builds.push({ name: entry.name, made: existsSync(done) ? await readFile(done, "utf8") : "" });
  }
  builds.sort((a, b) => b.made.localeCompare(a.made));
  for (const { name } of builds.slice(KEPT_BUILDS)) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}
