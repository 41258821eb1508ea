import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { Audience } from "../../pipelines/contract/report.ts";
import { buildSite } from "../../pipelines/site/build-site.ts";
import { pagesDigest } from "../../pipelines/site/bundle.ts";
import { withLock } from "../../pipelines/site/lock.ts";
import { serveSite } from "../../pipelines/site/server.ts";
import { runSources } from "../../pipelines/site/site-tables.ts";
import { findWorkspace } from "../../pipelines/site/workspace.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { launchBrowser } from "./chromium.ts";
import { fillDemonstration, queryMarts } from "./marts.ts";

/** A built site in a folder, the marts that it shows, and the warehouse that they were built in. */
export interface BuiltSite {
  readonly dir: string;
  readonly marts: string;
  /** Only of the demonstration; others have marts alone. */
  readonly warehouse?: WarehousePaths;
}

/** What a test of the site works with. */
export interface Visit extends BuiltSite {
  readonly url: string;
  readonly browser: Browser;
  /** Opens a page of the site and watches it. */
  openPage(path: string, options?: PageOptions): Promise<WatchedPage>;
  /** Opens a tab. @returns has it go to a page of the site, and watches that until the next */
  openTab(): Promise<(path: string) => Promise<WatchedPage>>;
}

export interface PageOptions {
  /** With scripts off one sees what was prerendered. */
  readonly scripts?: boolean;
  readonly width?: number;
  readonly height?: number;
  /** Called before the page is asked for, to slow it down or to plant something in it. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** A page with everything that it asked for and complained about. */
export interface WatchedPage {
  readonly page: Page;
  readonly status: number;
  /** URL of every request, also of those that were refused. */
  readonly requests: readonly string[];
  /** Console errors, exceptions and failed requests. */
  readonly errors: readonly string[];
}

/** Builds older than the last few are of no use to anyone. */
const KEPT_BUILDS = 3;

/** How long a test file waits for another one that makes the marts and bundles. */
const PATIENCE_MS = 280_000;

/** What the marts of the demonstration and the site follow from, besides the bundle. */
const INPUTS = ["reports/sources", "pipelines", "models", "sources", "tests/e2e/marts.ts"];

/** The site of the demonstration, with its warehouse. */
type Demonstration = BuiltSite & { readonly warehouse: WarehousePaths };

let demonstration: Promise<Demonstration> | undefined;

/**
 * The site with the marts of the demonstration, built once for a state of pages, sources, models and
 * code: a second test file or a second run finds it there.
 */
export function builtSite(): Promise<Demonstration> {
  demonstration ??= buildDemonstration();
  return demonstration;
}

async function buildDemonstration(): Promise<Demonstration> {
  const workspace = findWorkspace("site");
  const folder = join(workspace.work, "tests");
  const hash = createHash("sha256").update(await pagesDigest(workspace));
  for (const input of INPUTS) {
    for (const file of await filesUnder(join(workspace.root, input))) {
      hash.update(file).update(await readFile(file));
    }
  }
  const name = hash.digest("hex").slice(0, 16);
  const dir = join(folder, name, "site");
  const warehouse = warehousePaths(join(folder, name, "warehouse"));
  const { marts } = warehouse;
  await mkdir(join(folder, name), { recursive: true });
  const build = async () => {
    const done = join(folder, name, "done");
    if (existsSync(done)) return;
    await rm(warehouse.folder, { recursive: true, force: true });
    await mkdir(warehouse.folder, { recursive: true });
    await fillDemonstration(warehouse);
    await buildSite({ marts, warehouse, out: dir });
    await writeFile(done, new Date().toISOString());
    await removeOldBuilds(folder);
  };
  await withLock(join(folder, "tests.lock"), build, { patienceMs: PATIENCE_MS });
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

/** The tables that the pages of a site query. */
export interface SourceTables {
  /** Every row of `sources/chitieu/NAME.sql`. */
  rows(name: string): Promise<Record<string, unknown>[]>;
  remove(): Promise<void>;
}

/** Runs the queries of the sources on marts, as a build of the site does. */
export async function sourceTables(marts: string, audience: Audience): Promise<SourceTables> {
  const folder = await mkdtemp(join(tmpdir(), "chitieu-tables-"));
  const file = join(folder, "pages.duckdb");
  await runSources(findWorkspace("site"), marts, file, { downloads: [], audience });
  return {
    rows: (name) => queryMarts(file, `from chitieu.${name}`),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * Serves a built site to a browser, hands both to `work`, and closes the pages that it opened. The
 * browser is the same for all tests of a process.
 * @param site the one of the demonstration when none is given
 */
export async function withSite<T>(
  work: (visit: Visit) => Promise<T>,
  site?: BuiltSite,
): Promise<T> {
  const built = site ?? (await builtSite());
  const server = await serveSite({ dir: built.dir, port: 4200 });
  try {
    const browser = await sharedBrowser();
    try {
      return await work({
        ...built,
        url: server.url,
        browser,
        openPage: (path, options = {}) => openPage(browser, server.url, path, options),
        openTab: async () => {
          const page = await newPage(browser, {});
          return async (path) => {
            // What the page before still asks for fails now, and is none of the next one's.
            await page.goto("about:blank");
            return await goTo(page, server.url + path, {});
          };
        },
      });
    } finally {
      await Promise.all(browser.contexts().map((context) => context.close()));
    }
  } finally {
    await server.close();
  }
}

let launched: Promise<Browser> | undefined;

/** The browser of this process, with which it ends. */
async function sharedBrowser(): Promise<Browser> {
  const browser = await launched;
  if (browser?.isConnected()) return browser;
  launched = launchBrowser();
  return launched;
}

async function openPage(
  browser: Browser,
  url: string,
  path: string,
  options: PageOptions,
): Promise<WatchedPage> {
  const page = await newPage(browser, options);
  await options.prepare?.(page);
  return await goTo(page, url + path, options);
}

/** A page of a context of its own, whose caches are empty. */
async function newPage(browser: Browser, options: PageOptions): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    javaScriptEnabled: options.scripts ?? true,
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
  });
  return await context.newPage();
}

/** Has a page go to an address, and watches it until it goes to another one. */
async function goTo(page: Page, url: string, options: PageOptions): Promise<WatchedPage> {
  const scripts = options.scripts ?? true;
  const watched = watch(page, scripts);
  const response = await page.goto(url);
  const status = response?.status() ?? 0;
  if (scripts && status === 200) await page.waitForSelector("html[data-hydrated]");
  return { page, status, ...watched };
}

/** Notes what a page asks for and complains about from now on, in place of whoever did so before. */
function watch(page: Page, scripts: boolean): Pick<WatchedPage, "requests" | "errors"> {
  const requests: string[] = [];
  const errors: string[] = [];
  const context = page.context();
  for (const event of ["request", "requestfailed"]) context.removeAllListeners(event);
  for (const event of ["pageerror", "console"]) page.removeAllListeners(event);
  // Of the context, so that requests of workers are seen as well.
  context.on("request", (request) => requests.push(request.url()));
  // Without scripts, those that the page would load ahead are refused.
  context.on("requestfailed", (request) => {
    if (scripts) errors.push(`${request.url()} failed`);
  });
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  return { requests, errors };
}

/** The hosts of some requests, each once; what stays in the page (data:, blob:) has none. */
export function hostsOf(requests: readonly string[]): string[] {
  return [...new Set(requests.map((url) => new URL(url).host))].filter((host) => host !== "");
}
