// Answers the queries of pages while they are prerendered, from the tables that the sources left.
// Imported by `pages/+layout.js`, and not part of the bundle.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { openLivePage } from "./live-page.js";
import { connect, openTables, read, reasonOf, TABLES } from "./page-tables.js";

/** @typedef {import("./types/results.ts").Result} Result */
/** @typedef {import("./types/results.ts").Rows} Rows */
/** @typedef {import("./types/results.ts").TypedResult} TypedResult */
/** @typedef {Awaited<ReturnType<typeof openLivePage>>} LivePage */

/** Folder for pages and the rows of their queries, within the working directory. */
export const RENDERED = "pages";

let tables = process.env.CHITIEU_TABLES ?? "";
/** @type {ReturnType<typeof openTables> | undefined} */
let opened;
const open = () => {
  opened ??= openTables(tables);
  return opened;
};

/**
 * Pages share queries.
 * @type {Map<string, Promise<TypedResult>>}
 */
const answers = new Map();

/**
 * The development server keeps what the browser will fetch, by its path, instead of writing it.
 * @type {Map<string, string> | undefined}
 */
const kept = process.env.CHITIEU_LIVE === "1" ? new Map() : undefined;

/**
 * What the browser fetches as `file`: JSON, once its page was rendered.
 * @param {string} file
 */
export const keptResults = (file) => kept?.get(file);

/**
 * From now on, pages show other tables. For the development server.
 * @param {string} file
 */
export function showTables(file) {
  tables = file;
  opened = undefined;
  idle.length = 0;
  answers.clear();
  livePages.clear();
  kept?.clear();
}

/**
 * Runs the queries of a page and writes their rows to the file that the browser will fetch.
 * @param {string} file path within the site
 * @param {Record<string, string>} queries SQL by name
 * @param {boolean} isLive whether the page has components that ask for more, see `settle`
 * @returns {Promise<Rows>} rows by name
 * @throws when a query fails, naming it
 */
export async function readResults(file, queries, isLive = false) {
  const found = await Promise.all(
    Object.entries(queries).map(async ([name, sql]) => ({
      name,
      sql,
      ...(await answer(name, sql)),
    })),
  );
  /** @type {Record<string, Result>} */
  const results = Object.fromEntries(
    found.map(({ name, columns, rows }) => [name, { columns, rows }]),
  );
  if (isLive) {
    // Unchecked: the library asks any row for what it may have.
    const page = livePages.get(file) ?? (await openLivePage(await open(), found, file));
    livePages.set(file, page);
    Object.assign(results, page.results());
    await writeFetched(file, results);
    return { ...rowsOf(results), [KEPT]: page };
  }
  await writeFetched(file, results);
  return Object.fromEntries(found.map((result) => [result.name, checkedRecords(result)]));
}

/**
 * By name, or by the SQL that a component has asked for.
 * @param {Readonly<Record<string, Result>>} results
 */
function rowsOf(results) {
  return Object.fromEntries(Object.entries(results).map(([name, one]) => [name, records(one)]));
}

/**
 * @param {string} file path within the site
 * @param {unknown} results
 */
async function writeFetched(file, results) {
  const text = JSON.stringify(results);
  if (kept !== undefined) {
    kept.set(file, text);
    return;
  }
  const path = join(RENDERED, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/**
 * @param {string} name
 * @param {string} sql
 */
function answer(name, sql) {
  const known = answers.get(sql) ?? run(sql);
  answers.set(sql, known);
  return known.catch((/** @type {unknown} */ failure) => {
    throw new Error(`Query "${name}" failed: ${reasonOf(failure)}`, { cause: failure });
  });
}

/**
 * Connections that no query is using.
 * @type {import("./page-tables.js").Connection[]}
 */
const idle = [];

/** @param {string} sql */
async function run(sql) {
  const shown = open();
  const connection = idle.pop() ?? (await connect(await shown, TABLES));
  try {
    return await read(connection, sql);
  } finally {
    if (shown === opened) idle.push(connection);
  }
}

/** What is asked of any object, whatever it is. */
const COMMON = new Set(["then", "toJSON"]);

/**
 * Rows by the names of their columns. A column that is asked for and is not there would be shown as one
 * without a value: it is an error, and the page is not made.
 * @param {Result & { readonly name: string }} result of a query
 */
function checkedRecords(result) {
  const prototype = new Proxy(Object.prototype, {
    get(target, name) {
      if (typeof name === "symbol" || name in target || COMMON.has(name)) {
        return Reflect.get(target, name);
      }
      throw new Error(`The query "${result.name}" has no column "${name}", which the page shows.`);
    },
  });
  return records(result).map((record) => Object.setPrototypeOf(record, prototype));
}

/**
 * @param {Result} result
 * @returns {Record<string, unknown>[]}
 */
function records({ columns, rows }) {
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
}

/** Where a live page finds what is kept of it here; `query.js` knows it, too. */
const KEPT = Symbol.for("chitieu.page");

/**
 * Live pages that are being rendered, by the path of their rows.
 * @type {Map<string, LivePage>}
 */
const livePages = new Map();

/**
 * The last rendering of a page, by the path of its rows.
 * @type {Map<string, Promise<unknown>>}
 */
const turns = new Map();

/**
 * Renders a page when nobody else does: what is kept of a live page is of one rendering.
 * @param {string} file path of the page's rows within the site
 * @param {() => Promise<T>} render
 * @returns {Promise<T>}
 * @template T
 */
export function inTurn(file, render) {
  const before = turns.get(file) ?? Promise.resolve();
  const turn = before.catch(() => undefined).then(render);
  turns.set(file, turn);
  return turn;
}

/**
 * Answers what the components of a live page have asked for while it was rendered, in the tables that
 * its browser has, so that the page can be rendered with it.
 * @param {string} file path of the page's rows within the site
 * @returns {Promise<boolean>} whether the page is finished; else it has to be rendered again
 * @throws when a query fails
 */
export async function settle(file) {
  const page = livePages.get(file);
  if (page === undefined) return true;
  const isFinished = await page.settle(writeFetched).catch((/** @type {unknown} */ failure) => {
    livePages.delete(file);
    throw failure;
  });
  if (isFinished) livePages.delete(file);
  return isFinished;
}
