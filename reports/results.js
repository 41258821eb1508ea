// Answers the queries of pages while they are prerendered, from the tables that the sources left.
// Imported by `pages/+layout.js`, and not part of the bundle.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DuckDBDecimalValue, DuckDBInstance } from "@duckdb/node-api";

/** Folder for pages and the rows of their queries, within the working directory. */
export const RENDERED = "pages";

let tables = process.env.CHITIEU_TABLES;
let opened;
const open = () => {
  // One thread: rows that no query orders come in the same order at every build, so that a page whose
  // figures did not change does not change either.
  opened ??= DuckDBInstance.create(tables, {
    access_mode: "READ_ONLY",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    threads: "1",
  });
  return opened;
};

/** Pages share queries. */
const answers = new Map();

/** The development server keeps what the browser will fetch, by its path, instead of writing it. */
const kept = process.env.CHITIEU_LIVE === "1" ? new Map() : undefined;

/** What the browser fetches as `file`: JSON, once its page was rendered. */
export const keptResults = (file) => kept?.get(file);

/** From now on, pages show other tables. For the development server. */
export function showTables(file) {
  tables = file;
  opened = undefined;
  idle.length = 0;
  answers.clear();
  kept?.clear();
}

/**
 * Runs the queries of a page and writes their rows to the file that the browser will fetch.
 * @param {string} file path within the site
 * @param {Record<string, string>} queries SQL by name
 * @returns {Promise<Record<string, Record<string, unknown>[]>>} rows by name
 * @throws when a query fails, naming it
 */
export async function readResults(file, queries) {
  const names = Object.keys(queries);
  const results = await Promise.all(names.map((name) => answer(name, queries[name])));
  const text = JSON.stringify(Object.fromEntries(names.map((name, i) => [name, results[i]])));
  if (kept !== undefined) kept.set(file, text);
  else await writeFetched(file, text);
  return Object.fromEntries(names.map((name, i) => [name, records(name, results[i])]));
}

async function writeFetched(file, text) {
  const path = join(RENDERED, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

function answer(name, sql) {
  const known = answers.get(sql) ?? run(sql);
  answers.set(sql, known);
  return known.catch((failure) => {
    throw new Error(`Query "${name}" failed: ${failure.message}`, { cause: failure });
  });
}

/** Connections that no query is using. */
const idle = [];

async function run(sql) {
  const shown = open();
  const connection = idle.pop() ?? (await (await shown).connect());
  try {
    const result = await connection.runAndReadAll(sql);
    const columns = result.columnNames();
    const rows = result.getRows().map((row) => row.map((value, i) => plain(value, columns[i])));
    return { columns, rows };
  } finally {
    if (shown === opened) idle.push(connection);
  }
}

/** Pages show texts, numbers, yes and no; of anything else SQL makes a text. */
function plain(value, column) {
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  throw new Error(`"${column}" is neither text, number nor yes or no: ${value}`);
}

/** What is asked of any object, whatever it is. */
const COMMON = new Set(["then", "toJSON"]);

/**
 * Rows by the names of their columns. A column that is asked for and is not there would be shown as one
 * without a value: it is an error, and the page is not made.
 */
function records(query, { columns, rows }) {
  const prototype = new Proxy(Object.prototype, {
    get(target, name) {
      if (typeof name === "symbol" || name in target || COMMON.has(name)) return target[name];
      throw new Error(`The query "${query}" has no column "${name}", which the page shows.`);
    },
  });
  return rows.map((row) => {
    const record = Object.fromEntries(columns.map((column, i) => [column, row[i]]));
    return Object.setPrototypeOf(record, prototype);
  });
}
