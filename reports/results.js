// Answers the queries of pages while they are rendered. Imported by `pages/+layout.js` and the hooks of
// the template, and not part of the bundle.
import { AsyncLocalStorage } from "node:async_hooks";
import { openLivePage, wholeFile } from "./live-page.js";
import { checkedRecords, digestOf, records } from "./page-rows.js";
import { openTables, reasonOf } from "./page-tables.js";

export { openTables, tablesOn } from "./page-tables.js";
export { wholeFile };

/** @typedef {import("./page-tables.js").Tables} Tables */
/** @typedef {import("./types/results.ts").PageModule} PageModule */
/** @typedef {import("./types/results.ts").Result} Result */
/** @typedef {import("./types/results.ts").Rows} Rows */
/** @typedef {Awaited<ReturnType<typeof openLivePage>>} LivePage */

/** The page being rendered, for code called meanwhile. @type {AsyncLocalStorage<Page>} */
const rendered = new AsyncLocalStorage();

/** The key of a live page's state on the server; `query.js` has the same. */
const KEPT = Symbol.for("chitieu.page");

/** The rows of the page that is being rendered; undefined where there is no such page. */
export const currentRows = () => rendered.getStore()?.rows();

/**
 * Renders a page with the rows of its queries, again until its components have what they ask for.
 * @param {Tables | undefined} tables those of `showTables` when undefined
 * @param {string} path of the page
 * @param {PageModule | undefined} module what the page says of its queries
 * @param {Readonly<Record<string, string>>} params of its route
 * @param {(page: Page) => Promise<T>} render
 * @returns {Promise<T>}
 * @template T
 */
export async function renderPage(tables, path, module, params, render) {
  const page = new Page(tables ?? (await shownTables()), path, module?.isLive ?? false);
  if (module !== undefined) await page.ask(module.queries(quoted(params)), module.needs);
  const work = () =>
    rendered.run(page, async () => {
      try {
        for (;;) {
          await page.begin();
          const response = await render(page);
          if (await page.settle()) return response;
        }
      } finally {
        await page.close();
      }
    });
  const response = await (page.isLive ? page.tables.inTurn(work) : work());
  page.tables.keep?.(page);
  return response;
}

/**
 * The rows of queries by their names, for whoever renders something that is no page of the site.
 * @param {Tables} tables
 * @param {Readonly<Record<string, string>>} queries SQL by name
 * @returns {Promise<Rows>}
 */
export async function rowsOf(tables, queries) {
  const page = new Page(tables, "", false);
  await page.ask(queries);
  await page.begin();
  return page.rows() ?? {};
}

/** A page while it is rendered. */
export class Page {
  /** What the browser fetches of it: the rows of its queries. */
  text = "";
  /** Whole tables that its browser may fetch, by their addresses. @type {ReadonlyMap<string, string>} */
  files = new Map();
  /** @type {Found[] | undefined} */
  #found;
  /** @type {LivePage | undefined} */
  #live;
  /** @type {Rows | undefined} */
  #rows;

  /**
   * @param {Tables & { keep?: (page: Page) => void }} tables
   * @param {string} path
   * @param {boolean} isLive
   */
  constructor(tables, path, isLive) {
    this.tables = tables;
    this.path = path;
    this.isLive = isLive;
  }

  /**
   * Runs the queries of the page.
   * @param {Readonly<Record<string, string>>} queries SQL by name
   * @param {readonly string[]} needs those that must have rows for the page to exist
   * @throws when a query fails, naming it
   */
  async ask(queries, needs = []) {
    const answer = (/** @type {[string, string]} */ [name, sql]) => this.#answer(name, sql);
    const entries = Object.entries(queries);
    // nothing else is computed for an address that somebody has made up
    const needed = await Promise.all(entries.filter(([name]) => needs.includes(name)).map(answer));
    if (needed.some(({ rows }) => rows.length === 0)) return;
    this.#found = await Promise.all(entries.map(answer));
  }

  /** Whether there is such a page. */
  get isThere() {
    return this.#found !== undefined;
  }

  /**
   * @param {string} name
   * @param {string} sql
   * @returns {Promise<Found>}
   */
  async #answer(name, sql) {
    const found = await this.tables.ask(sql).catch((/** @type {unknown} */ failure) => {
      throw new Error(`Query "${name}" failed: ${reasonOf(failure)}`, { cause: failure });
    });
    return { name, sql, ...found };
  }

  /** Names what the browser fetches, by what it holds. */
  get digest() {
    return digestOf(this.text);
  }

  /** Prepares the rows for a rendering. */
  async begin() {
    const found = this.#found;
    if (found === undefined) return;
    /** @type {Record<string, Result>} */
    const results = Object.fromEntries(
      found.map(({ name, columns, rows }) => [name, { columns, rows }]),
    );
    if (this.isLive) {
      this.#live ??= await openLivePage(this.tables, found, this.path);
      Object.assign(results, this.#live.results());
      this.files = this.#live.files;
      // Unchecked: the library asks any row for what it may have.
      this.#rows = { ...recordsOf(results), [KEPT]: this.#live };
    } else {
      this.#rows ??= Object.fromEntries(found.map((one) => [one.name, checkedRecords(one)]));
    }
    this.text = JSON.stringify(results);
  }

  rows() {
    return this.#rows;
  }

  async settle() {
    return (await this.#live?.settle()) ?? true;
  }

  async close() {
    await this.#live?.close();
  }
}

/** @typedef {import("./types/results.ts").TypedResult & { readonly name: string, readonly sql: string }} Found */

/**
 * By name, or by the SQL that a component has asked for.
 * @param {Readonly<Record<string, Result>>} results
 */
function recordsOf(results) {
  return Object.fromEntries(Object.entries(results).map(([name, one]) => [name, records(one)]));
}

/**
 * Parameters of an address, which may be anything, as texts within quotes of SQL.
 * @param {Readonly<Record<string, string>>} params
 */
function quoted(params) {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, value.replaceAll("'", "''")]),
  );
}

let shownFile = process.env.CHITIEU_TABLES ?? "";
/** @type {Promise<Tables & { keep?: (page: Page) => void }> | undefined} */
let shown;

/** What browsers fetch, by its address; of the development server. @type {Map<string, string>} */
const fetched = new Map();

/**
 * What the browser fetches at an address, once its page was rendered. For the development server.
 * @param {string} address
 */
export const keptResults = (address) => fetched.get(address);

/**
 * From now on, pages show the tables of another file. For the development server.
 * @param {string} file
 */
export function showTables(file) {
  shownFile = file;
  shown = undefined;
  fetched.clear();
}

function shownTables() {
  if (shown !== undefined) return shown;
  const opened = openTables(shownFile).then((tables) => ({
    ...tables,
    keep: (/** @type {Page} */ page) => {
      if (page.text !== "") fetched.set(`${page.path}du-lieu.json`, page.text);
      for (const [address, text] of page.files) fetched.set(address, text);
    },
  }));
  shown = opened;
  opened.catch(() => {
    // the file may have been replaced meanwhile
    if (shown === opened) shown = undefined;
  });
  return opened;
}
