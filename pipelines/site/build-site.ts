import { copyFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Audience } from "../contract/report.ts";
import { Failure } from "../vocabulary/failure.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { ensureBundles, pagesDigest } from "./bundle.ts";
import { type Download, placeDownloads, versionDownloads } from "./downloads.ts";
import { inspectSite } from "./inspection.ts";
import { withLock } from "./lock.ts";
import { listFolders, untouchedFolders } from "./plan-folders.ts";
import {
  assembleSite,
  compressSite,
  measureSite,
  recoverSite,
  type SiteSize,
  swapSite,
} from "./publication.ts";
import { KEPT_LIST, startRenderer } from "./render.ts";
import { listScripts } from "./script-list.ts";
import { describeProblems } from "./site-problem.ts";
import { runSources } from "./site-tables.ts";
import { findWorkspace, type Workspace } from "./workspace.ts";

/** A step of a build, reported when it begins. */
export type SiteStep = "wait" | "bundle" | "downloads" | "sources" | "pages" | "publish";

/** What a build did. */
export interface SiteBuild {
  readonly out: string;
  readonly pages: number;
  /** Of these, those that were not taken from the site that was shown. */
  readonly rendered: number;
  readonly files: number;
  /** Without the compressed copies. */
  readonly bytes: number;
  /** Whether the pages had changed since the kept bundle. */
  readonly bundled: boolean;
  /** How long each step took. */
  readonly milliseconds: Readonly<Record<Exclude<SiteStep, "wait">, number>>;
}

/** What a build is made from, and where it goes. */
export interface SiteOptions {
  /** Path of marts.duckdb; it is copied and never opened itself. */
  readonly marts: string;
  /** Where the files of published versions are kept; without it the pages offer none. */
  readonly warehouse?: WarehousePaths;
  /** Whose eyes the pages are for; by default the shared audience's, from whom counts are withheld. */
  readonly audience?: Audience;
  /** Folder to show; it is replaced as a whole. */
  readonly out: string;
  readonly onProgress?: (step: SiteStep, message: string) => void;
  /** Told now and then how many pages are done, of those that are known of so far. */
  readonly onPages?: (done: number, known: number) => void;
  /** How long to wait for another build. */
  readonly patienceMs?: number;
  readonly workspace?: Workspace;
}

/**
 * Builds the site from the marts and puts it in the place of the one that is shown. When only the
 * data changed it takes a few seconds, when pages or components changed about a minute. A failed
 * build leaves what is shown as it is.
 * @throws Failure when a query, a page or the bundle fails, or another build does not end
 */
export async function buildSite(options: SiteOptions): Promise<SiteBuild> {
  const workspace = options.workspace ?? findWorkspace(options.out);
  const report = options.onProgress ?? (() => {});
  const lock = join(workspace.work, "build.lock");
  return await withLock(lock, () => build(workspace, options, report), {
    ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
    onWait: (holder) => report("wait", `Waiting for another build of the site (${holder})`),
  });
}

async function build(
  workspace: Workspace,
  options: SiteOptions,
  report: (step: SiteStep, message: string) => void,
): Promise<SiteBuild> {
  const out = resolve(options.out);
  const log = join(workspace.work, "build.log");
  await writeFile(log, "");
  await recoverSite(out);
  // where an earlier version left what it had shown last
  await rm(join(workspace.work, "pages.duckdb"), { force: true });
  const milliseconds = { bundle: 0, downloads: 0, sources: 0, pages: 0, publish: 0 };
  const step = async <T>(
    name: keyof typeof milliseconds,
    message: string,
    work: () => Promise<T>,
  ) => {
    report(name, message);
    const start = performance.now();
    const result = await work();
    milliseconds[name] = Math.round(performance.now() - start);
    return result;
  };

  const { bundler } = workspace;
  const bundled =
    bundler !== null &&
    (await step("bundle", "Bundling pages and components where they changed", () =>
      ensureBundles(workspace, bundler, log),
    ));
  const { warehouse, audience = "shared" } = options;
  const tables = join(workspace.work, `pages-${audience}.duckdb`);
  const program = await pagesDigest(workspace);
  // it loads while the tables are made
  const onProgress = options.onPages ?? (() => {});
  const renderer = await startRenderer(workspace, { program, tables, shown: out, onProgress }, log);
  const aside = `${out}.new-${process.pid}`;
  try {
    const downloads = await step(
      "downloads",
      "Collecting the files of published reports",
      async () =>
        warehouse === undefined ? [] : await versionDownloads(workspace, warehouse, audience),
    );
    const untouched = await step("sources", "Running the queries of the sources", async () => {
      const request = { downloads, audience, program };
      const [folders] = await Promise.all([
        untouchedFolders(out),
        runSources(workspace, resolve(options.marts), tables, request),
      ]);
      return folders;
    });
    const pages = await step("pages", "Rendering the pages", () =>
      renderer.render([...untouched.keys()]),
    );
    const measured = await step("publish", "Checking and publishing", async () => {
      await rm(aside, { recursive: true, force: true });
      const { folder, taken, folders, assets } = pages;
      await assembleSite(workspace, { rendered: folder, shown: out, taken, assets }, aside);
      const isElsewhere = ({ plan_id }: Download): boolean => folders.includes(plan_id);
      await placeDownloads(
        downloads.filter((download) => !isElsewhere(download)),
        aside,
        out,
      );
      const known = { taken, folders, shown: out };
      const problems = await inspectSite(aside, known);
      if (problems.length > 0) {
        throw new Failure(describeProblems("The site is not fit to be shown", problems));
      }
      const built = await measureSite(aside);
      await compressSite(aside, join(workspace.work, "compressed"), out);
      await listScripts(aside, known);
      await copyFile(pages.list, join(aside, KEPT_LIST));
      const stay = new Map([...untouched].filter(([name]) => folders.includes(name)));
      await listFolders(aside, stay);
      await swapSite(aside, out, folders);
      const sizes = [built, ...stay.values()];
      const sum = (of: keyof SiteSize): number => sizes.reduce((all, size) => all + size[of], 0);
      return {
        pages: sum("pages"),
        rendered: pages.rendered,
        files: sum("files"),
        bytes: sum("bytes"),
      };
    });
    return { out, bundled, milliseconds, ...measured };
  } catch (error) {
    // should they be what is wrong, the next build makes them anew
    await rm(tables, { force: true });
    throw error;
  } finally {
    renderer.stop();
    await rm(aside, { recursive: true, force: true });
  }
}
