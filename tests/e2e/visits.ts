import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { Audience } from "../../pipelines/contract/report.ts";
import { writeTables } from "../../pipelines/site/site-tables.ts";
import { findWorkspace } from "../../pipelines/site/workspace.ts";
import { newFolder } from "../folders.ts";
import { servedSite } from "../site/served.ts";
import { launchBrowser } from "./chromium.ts";
import type { BuiltSite } from "./demonstration.ts";
import { queryMarts } from "./marts.ts";

/** What a test of the site works with. */
export interface Visit extends BuiltSite {
  readonly url: string;
  readonly browser: Browser;
  /** Opens a page of the site and watches it. */
  openPage(path: string, options?: PageOptions): Promise<WatchedPage>;
  /** Opens a page of the site that is there and complains about nothing. */
  open(path: string, options?: PageOptions): Promise<Page>;
  /** Rows of a query on the marts that the site shows. */
  query(sql: string): ReturnType<typeof queryMarts>;
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

export type { BuiltSite } from "./demonstration.ts";

/** The tables that the pages of a site query. */
export interface SourceTables {
  /** Every row of `sources/chitieu/NAME.sql`. */
  rows(name: string): Promise<Record<string, unknown>[]>;
}

/** Runs the queries of the sources on marts, as a build of the site does. */
export async function sourceTables(marts: string, audience: Audience): Promise<SourceTables> {
  const folder = newFolder("chitieu-tables-");
  const file = join(folder, "pages.duckdb");
  await writeTables(
    { workspace: findWorkspace("warehouse"), marts, downloads: [], audience },
    file,
  );
  return {
    rows: (name) => queryMarts(file, `from chitieu.${name}`),
  };
}

/**
 * Serves a site to a browser, hands both to `work`, and closes the pages that it opened. The
 * browser is the same for all of a process.
 */
export async function withServed<T>(
  site: BuiltSite,
  work: (visit: Visit) => Promise<T>,
): Promise<T> {
  const server = await servedSite(site);
  try {
    return await visitOf(site, server, work);
  } finally {
    await server.close();
  }
}

/** The same of a site that is served already, and goes on to be. */
export async function visitOf<T>(
  built: BuiltSite,
  { url }: { readonly url: string },
  work: (visit: Visit) => Promise<T>,
): Promise<T> {
  const browser = await sharedBrowser();
  try {
    return await work({
      ...built,
      url,
      browser,
      openPage: (path, options = {}) => openPage(browser, url, path, options),
      open: async (path, options = {}) => {
        const { page, status, errors } = await openPage(browser, url, path, options);
        if (status !== 200 || errors.length > 0)
          throw new Error(`${path} is answered ${status}: ${errors.join("; ")}`);
        return page;
      },
      query: (sql) => queryMarts(built.marts, sql),
      openTab: async () => {
        const page = await newPage(browser, {});
        return async (path) => {
          // What the page before still asks for fails now, and is none of the next one's.
          await page.goto("about:blank");
          return await goTo(page, url + path, {});
        };
      },
    });
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()));
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

/** How long a page may take to do something, where the machine does much else. */
export const PATIENCE_MS = 120_000;

/** A page of a context of its own, whose caches are empty. */
async function newPage(browser: Browser, options: PageOptions): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    javaScriptEnabled: options.scripts ?? true,
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
  });
  context.setDefaultTimeout(PATIENCE_MS);
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

/**
 * Puts what was published of a version into the page that holds it, where selectors of the document
 * find it. It has the look of the page then.
 */
export async function unfoldPublished(page: Page): Promise<void> {
  await page.evaluate(() => {
    const holder = document.querySelector(".ct-published-page");
    const sheet = holder?.shadowRoot?.querySelector(".ct-version");
    if (sheet) holder?.replaceWith(sheet);
  });
}

/** The hosts of some requests, each once; what stays in the page (data:, blob:) has none. */
export function hostsOf(requests: readonly string[]): string[] {
  return [...new Set(requests.map((url) => new URL(url).host))].filter((host) => host !== "");
}
