// Answers the queries of pages while they are prerendered, from the tables that the sources left.
// Imported by `pages/+layout.js`, and not part of the bundle.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256 } from "./kept-pages.js";
import { openLivePage } from "./live-page.js";
import { connect, openTables, quote, read, reasonOf, TABLES } from "./page-tables.js";

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
/** @type {Map<string, Promise<TypedResult>>} */
const answersSliced = new Map();

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
 * Rows of one plan alone, in which the queries of its pages are asked where there are several: so a
 * page of a plan can depend on no other.
 * @type {{ readonly plan: string, readonly name: string } | undefined}
 */
let slice;
let slices = 0;

/** A connection to the tables as they are, for whoever renders the pages. */
export const connectTables = async () => connect(await open(), TABLES);

/** @type {{ readonly plan: string, readonly isOpen: Promise<void> } | undefined} */
let sliced;

/**
 * From now on, pages of a plan have its rows alone. No other page may be asked for until then.
 * @param {string} plan
 */
export function openSlice(plan) {
  if (sliced?.plan !== plan) sliced = { plan, isOpen: copySlice(plan) };
  return sliced.isOpen;
}

/** @param {string} plan */
async function copySlice(plan) {
  const connection = await connectTables();
  const columns = await read(
    connection,
    `select schema_name, table_name, bool_or(column_name = 'plan_id')
    from duckdb_columns()
    where database_name = '${TABLES}' and schema_name <> 'made' and not internal
    group by all order by all`,
  );
  for (const one of idleSliced.splice(0)) one.closeSync();
  answersSliced.clear();
  if (slice !== undefined) await connection.run(`detach ${slice.name}`);
  const name = `slice_${slices++}`;
  await connection.run(`attach ':memory:' as ${name}`);
  for (const [schema, table, hasPlans] of columns.rows) {
    const place = `${quote(String(schema))}.${quote(String(table))}`;
    const rows = hasPlans ? `where plan_id = '${plan.replaceAll("'", "''")}'` : "";
    await connection.run(`create schema if not exists ${name}.${quote(String(schema))}`);
    await connection.run(`create table ${name}.${place} as from ${TABLES}.${place} ${rows}`);
  }
  connection.closeSync();
  slice = { plan, name };
}

/**
 * Whether the queries of a page are asked in the slice that is open.
 * @param {string} file path of the page's rows within the site
 */
const isSliced = (file) => slice !== undefined && file.startsWith(`/${encodeURI(slice.plan)}/`);

/** @typedef {{ readonly queries: Record<string, string>, readonly isLive: boolean, sources: readonly string[] }} Asked */

/**
 * The pages that were asked for, by the path of their rows: their queries, whether they are live, and
 * which tables their browsers have whole.
 * @type {Map<string, Asked>}
 */
const asked = new Map();

/**
 * What was asked for a page that is finished, once.
 * @param {string} file path of the page's rows within the site
 */
export function takeAsked(file) {
  const found = asked.get(file);
  asked.delete(file);
  return found;
}

/**
 * Digests of rows with which a page need not be rendered, by the path of the rows.
 * @type {Map<string, string>}
 */
const expected = new Map();

/**
 * The page that is shown was made of these rows: with the same ones it is not rendered.
 * @param {string} file
 * @param {string} digest sha256 of what the browser fetches
 */
export const expectRows = (file, digest) => expected.set(file, digest);

/**
 * A page is asked for.
 * @param {string} file path of its rows within the site
 * @param {Record<string, string>} queries SQL by name
 * @param {boolean} isLive whether the page has components that ask for more, see `settle`
 * @returns {Promise<boolean>} whether the one that is shown has the same rows
 */
export async function ask(file, queries, isLive = false) {
  asked.set(file, { queries, isLive, sources: [] });
  const digest = expected.get(file);
  expected.delete(file);
  if (digest === undefined || isLive) return false;
  // one that fails does so where it is rendered, which says of which page it is
  const found = await answerAll(file, queries).catch(() => undefined);
  return found !== undefined && sha256(JSON.stringify(found.results)) === digest;
}

/**
 * The rows of a page that was asked for.
 * @param {string} file path of its rows within the site
 */
export function readAsked(file) {
  const page = asked.get(file);
  return page && readResults(file, page.queries, page.isLive);
}

/**
 * @param {string} file
 * @param {Record<string, string>} queries SQL by name
 */
async function answerAll(file, queries) {
  const found = await Promise.all(
    Object.entries(queries).map(async ([name, sql]) => ({
      name,
      sql,
      ...(await answer(name, sql, isSliced(file))),
    })),
  );
  /** @type {Record<string, Result>} */
  const results = Object.fromEntries(
    found.map(({ name, columns, rows }) => [name, { columns, rows }]),
  );
  return { found, results };
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
  const { found, results } = await answerAll(file, queries);
  if (isLive) {
    const database = isSliced(file) && slice !== undefined ? slice.name : TABLES;
    // Unchecked: the library asks any row for what it may have.
    const page = livePages.get(file) ?? (await openLivePage(await open(), found, file, database));
    livePages.set(file, page);
    Object.assign(results, page.results());
    asked.set(file, { queries, isLive, sources: page.sources() });
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
 * @param {boolean} isOfSlice
 */
function answer(name, sql, isOfSlice) {
  const among = isOfSlice ? answersSliced : answers;
  const known = among.get(sql) ?? run(sql, isOfSlice);
  among.set(sql, known);
  return known.catch((/** @type {unknown} */ failure) => {
    throw new Error(`Query "${name}" failed: ${reasonOf(failure)}`, { cause: failure });
  });
}

/**
 * Connections that no query is using: to all rows, and to those of the slice.
 * @type {import("./page-tables.js").Connection[]}
 */
const idle = [];
/** @type {import("./page-tables.js").Connection[]} */
const idleSliced = [];

/**
 * @param {string} sql
 * @param {boolean} isOfSlice
 */
async function run(sql, isOfSlice) {
  const shown = open();
  const free = isOfSlice ? idleSliced : idle;
  const database = isOfSlice && slice !== undefined ? slice.name : TABLES;
  const connection = free.pop() ?? (await connect(await shown, database));
  try {
    return await read(connection, sql);
  } finally {
    if (shown === opened) free.push(connection);
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
 * The end of the last rendering of a page that is not over yet, by the path of its rows.
 * @type {Map<string, Promise<void>>}
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
  const turn = before.then(render);
  // what was rendered is not kept with its turn
  const end = turn.then(
    () => undefined,
    () => undefined,
  );
  turns.set(file, end);
  end.then(() => {
    if (turns.get(file) === end) turns.delete(file);
  });
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
