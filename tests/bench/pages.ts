import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { demonstrationForms } from "../../pipelines/demo/demonstration.ts";
import { listTree } from "../../pipelines/site/list-tree.ts";
import { findWorkspace, PARTS } from "../../pipelines/site/workspace.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { launchBrowser } from "../e2e/chromium.ts";
import { fillDemonstration, PLAN, SEED } from "../e2e/marts.ts";
import { newFolder } from "../folders.ts";
import { servedSite } from "../site/served.ts";
import { COMMAND, copySources } from "./given.ts";
import { treeMemory } from "./memory.ts";
import { measureLoad } from "./page-load.ts";
import type { Table } from "./table.ts";

/** The budgets of the pages: how they come on a slow line, how large and how fast they are built. */
const BUDGETS = {
  figuresMs: 500,
  figuresBytes: 30_000,
  chartsMs: 1000,
  pageBytes: 120_000,
  /** Above this a reader loses the place; it is what the makers of browsers call good. */
  shift: 0.1,
  filterMs: 100,
  /** 38 MB of it the engine for Evidence's pages. */
  siteBytes: 90_000_000,
  buildSeconds: 60,
  buildBytes: 2.5 * 1024 ** 3,
  renderSeconds: 6,
  /** Two pass until a file counts as still. */
  visibleSeconds: 2,
};

const PAGES = {
  Overview: `/${PLAN}/`,
  Indicator: `/${PLAN}/chi-tieu/1.3a/`,
  Ward: `/${PLAN}/dia-ban/05974/`,
  Report: `/${PLAN}/bao-cao/2024-Q2/v2/`,
  Explore: `/${PLAN}/tra-cuu/`,
};

/** For how long each page is looked at, and with `--short`. */
const WATCH_MS = 60_000;
const SHORT_WATCH_MS = 15_000;

/** Forms that come in one after the other while the sources are watched. */
const NEW_FORMS = 3;

const sitePath = (paths: WarehousePaths) => join(paths.folder, "site");

const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} kB`;

/**
 * Measures the pages of the demonstration in a real browser, and how they are built. With `--short`
 * each page is looked at for a quarter of a minute.
 */
export async function run(args: readonly string[], table: Table): Promise<boolean> {
  const watchMs = args.includes("--short") ? SHORT_WATCH_MS : WATCH_MS;
  const folder = newFolder();
  const paths = warehousePaths(join(folder, "warehouse"));
  mkdirSync(paths.folder);
  await fillDemonstration(paths);
  await benchBuild(table, paths);
  const server = await servedSite({ marts: paths.marts, warehouse: paths });
  const browser = await launchBrowser();
  try {
    for (const [name, path] of Object.entries(PAGES)) {
      await benchPage(table, name, await measureLoad(browser, server.url + path, watchMs));
    }
    await benchFilter(table, browser, server.url + PAGES.Explore);
    await benchNewData(table, folder, paths, `${server.url}/${PLAN}/thoi-han/`);
  } finally {
    await browser.close();
    await server.close();
  }
  return table.isKept;
}

/** The whole command, with nothing kept of an earlier build. */
async function benchBuild(table: Table, paths: WarehousePaths): Promise<void> {
  const { bundler } = findWorkspace("warehouse");
  for (const part of PARTS) {
    if (bundler !== null) await rm(bundler.stamps[part], { force: true });
  }
  const { seconds, peak } = await timeSite(paths);
  table.row(
    "Site: built whole, bundling included",
    `${seconds.toFixed(1)} s, ${Math.round(peak / 1024 ** 2)} MiB`,
    `${BUDGETS.buildSeconds} s, ${BUDGETS.buildBytes / 1024 ** 2} MiB`,
    seconds <= BUDGETS.buildSeconds && peak <= BUDGETS.buildBytes,
  );
  await rm(sitePath(paths), { recursive: true });
  const rendered = await timeSite(paths);
  table.row(
    "Site: rendered whole, from the bundle",
    `${rendered.seconds.toFixed(1)} s, ${Math.round(rendered.peak / 1024 ** 2)} MiB`,
    `${BUDGETS.renderSeconds} s`,
    rendered.seconds <= BUDGETS.renderSeconds,
  );
  const files = await listTree(sitePath(paths));
  const bytes = files.reduce((sum, file) => sum + statSync(join(sitePath(paths), file)).size, 0);
  const pages = files.filter((file) => file.endsWith("index.html")).length;
  table.row(
    "Site: all pages with all that browsers fetch",
    `${pages} pages, ${(bytes / 1e6).toFixed(1)} MB`,
    `${BUDGETS.siteBytes / 1e6} MB`,
    bytes <= BUDGETS.siteBytes,
  );
}

/** Builds the site by the command. @returns peak memory in bytes of all its processes together */
async function timeSite(paths: WarehousePaths): Promise<{ seconds: number; peak: number }> {
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [COMMAND, "site", "--out", sitePath(paths), "--warehouse", paths.folder],
    {
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  let peak = 0;
  const sampler = setInterval(() => {
    if (child.pid !== undefined) peak = Math.max(peak, treeMemory(child.pid));
  }, 50);
  const code = await new Promise((done) => child.once("close", done));
  clearInterval(sampler);
  if (code !== 0) throw new Error(`chitieu site ended with ${code}`);
  return { seconds: (performance.now() - start) / 1000, peak };
}

async function benchPage(
  table: Table,
  name: string,
  load: Awaited<ReturnType<typeof measureLoad>>,
): Promise<void> {
  const { figuresMs = Number.POSITIVE_INFINITY, figuresBytes, chartsMs, totalBytes } = load;
  table.row(
    `${name}: first figures readable and styled`,
    `${Math.round(figuresMs)} ms, ${kilobytes(figuresBytes)}`,
    `${BUDGETS.figuresMs} ms, ${kilobytes(BUDGETS.figuresBytes)}`,
    figuresMs <= BUDGETS.figuresMs && figuresBytes <= BUDGETS.figuresBytes,
  );
  table.row(
    `${name}: never blank again`,
    load.blankMs.length === 0
      ? `never, in ${load.samples} looks`
      : `blank at ${load.blankMs[0]} ms`,
    "never",
    load.blankMs.length === 0 && load.samples > 0,
  );
  table.row(
    `${name}: charts drawn, whole page, moved`,
    [
      chartsMs === undefined ? "no chart" : `${Math.round(chartsMs)} ms`,
      kilobytes(totalBytes),
      load.shift.toFixed(3),
    ].join(", "),
    `${BUDGETS.chartsMs} ms, ${kilobytes(BUDGETS.pageBytes)}, ${BUDGETS.shift}`,
    (chartsMs ?? 0) <= BUDGETS.chartsMs &&
      totalBytes <= BUDGETS.pageBytes &&
      load.shift <= BUDGETS.shift,
  );
}

/** Until the tables show something else after the first choice of the page was changed. */
async function benchFilter(table: Table, browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForSelector("html[data-hydrated]");
  const times = await page.evaluate(async () => {
    const choice = document.querySelector("main select");
    if (!(choice instanceof HTMLSelectElement)) throw new Error("there is no filter");
    const main = document.querySelector("main");
    const found: number[] = [];
    for (let turn = 0; turn < 10; turn += 1) {
      const before = main?.innerText;
      const start = performance.now();
      choice.selectedIndex = (choice.selectedIndex + 1) % choice.options.length;
      choice.dispatchEvent(new Event("input", { bubbles: true }));
      choice.dispatchEvent(new Event("change", { bubbles: true }));
      while (main?.innerText === before) {
        if (performance.now() - start > 5000) throw new Error("the filter does not answer");
        await new Promise((done) => requestAnimationFrame(done));
      }
      // The next frame but one has been painted.
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      found.push(performance.now() - start);
    }
    return found;
  });
  await page.close();
  const slowest = Math.max(...times);
  table.row(
    "Explore: a filter answers, the slowest of ten",
    `${Math.round(slowest)} ms`,
    `${BUDGETS.filterMs} ms`,
    slowest <= BUDGETS.filterMs,
  );
}

/** From a form's arrival in a watched inbox until the served page of deadlines says another thing. */
async function benchNewData(
  table: Table,
  folder: string,
  paths: WarehousePaths,
  url: string,
): Promise<void> {
  const { sources, inbox, plan } = copySources(join(folder, "sources"));
  const forms = (await demonstrationForms(plan, SEED + 1)).slice(-NEW_FORMS);
  const stamp = join(findWorkspace("warehouse").work, "bundle-own.digest");
  const bundled = statSync(stamp).mtimeMs;

  const child = spawn(
    process.execPath,
    [COMMAND, "watch", "--sources", sources, "--warehouse", paths.folder],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = new Promise((done) => child.once("close", done));
  const seconds: number[] = [];
  try {
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    while (!output.includes("đang theo dõi")) await sleep(100);
    // the pages of the day on which the bench runs
    const patience = performance.now() + 60_000;
    while (!output.includes("số liệu: ") && performance.now() < patience) await sleep(100);
    for (const { fileName, bytes } of forms) {
      const before = await shownOn(url);
      const start = performance.now();
      writeFileSync(join(inbox, fileName), bytes);
      while ((await shownOn(url)) === before) {
        if (performance.now() - start > 60_000) throw new Error(`not visible; it said:\n${output}`);
        await sleep(50);
      }
      seconds.push((performance.now() - start) / 1000);
    }
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
  const slowest = Math.max(...seconds);
  table.row(
    `New data: from the inbox to the browser, slowest of ${seconds.length}`,
    `${slowest.toFixed(1)} s`,
    `${BUDGETS.visibleSeconds} s`,
    slowest <= BUDGETS.visibleSeconds,
  );
  const isSame = statSync(stamp).mtimeMs === bundled && readFileSync(stamp, "utf8") !== "";
  table.row("New data: bundled again", isSame ? "no" : "yes", "no", isSame);
}

/** What a page says that names when each report was received. */
async function shownOn(url: string): Promise<string> {
  return (await fetch(url)).text();
}
