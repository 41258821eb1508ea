// What is kept of a live page, one with Evidence's components, while it is rendered: the tables that its
// browser will have, and the answers to what its components ask for.
import { digestOf } from "./page-rows.js";
import { quote, read, reasonOf, wholeSql } from "./page-tables.js";

/** @typedef {import("./page-tables.js").Connection} Connection */
/** @typedef {import("./page-tables.js").Tables} Tables */
/** @typedef {import("./types/results.ts").Result} Result */
/** @typedef {import("./types/results.ts").TypedResult} TypedResult */

/** After so many renderings the components of a page still ask for something else. */
const MAX_RENDERINGS = 20;

/**
 * Makes the tables of a page: the same values, of the same types, as the browser has. No other live page
 * may be open on these tables.
 * @param {Tables} shown
 * @param {readonly (TypedResult & { readonly name: string, readonly sql: string })[]} queries
 * @param {string} path of the page
 */
export async function openLivePage(shown, queries, path) {
  const connection = await shown.connect();
  const table = (/** @type {string} */ name) => `${quote(path)}.${quote(name)}`;
  await connection.run(`drop schema if exists memory.${quote(path)} cascade`);
  await connection.run(`create schema memory.${quote(path)}`);
  for (const query of queries) {
    const rows = typed(query, query.sql);
    await connection.run(`create table memory.${table(query.name)} as ${rows}`);
  }
  await connection.run("use memory");

  const known = await shown.names();
  /** Addresses of the files of the sources that its browser has whole. @type {Map<string, string>} */
  const sources = new Map();
  /** What these files hold. @type {Map<string, string>} */
  const files = new Map();
  /** @type {Map<string, Result>} */
  const answered = new Map();
  /** @type {Set<string>} */
  const wanted = new Set();
  let inputs = "{}";
  let renderings = 0;
  let hasChanged = false;

  /** @param {string} name */
  async function openSource(name) {
    const { columns, types, rows } = await shown.wholeTable(name);
    await connection.run(`create schema if not exists ${name.split(".")[0]}`);
    await connection.run(
      `create or replace table ${name} as ${typed({ columns, types }, wholeSql(name))}`,
    );
    const { address, text } = wholeFile(shown.folder, name, { columns, types, rows });
    sources.set(name, address);
    files.set(address, text);
  }

  return {
    files,
    /** @param {string} sql */
    want(sql) {
      wanted.add(sql);
    },
    /** @param {string} chosen */
    keepInputs(chosen) {
      hasChanged ||= chosen !== inputs;
      inputs = chosen;
    },
    /** Drops its tables, also after a failed rendering. */
    async close() {
      await connection.run(`drop schema if exists memory.${quote(path)} cascade`);
      connection.closeSync();
    },
    /** @returns whether nothing is asked for any more; else the page is to be rendered again */
    async settle() {
      if (wanted.size === 0 && !hasChanged) return true;
      renderings += 1;
      if (renderings > MAX_RENDERINGS) {
        throw new Error("Its inputs depend on each other in a circle.");
      }
      hasChanged = false;
      for (const sql of wanted) {
        for (const name of known) {
          if (!sources.has(name) && isNamed(name, sql)) await openSource(name);
        }
        const { columns, rows } = await read(connection, sql).catch(
          (/** @type {unknown} */ failure) => {
            throw new Error(`A query of its components failed: ${reasonOf(failure)}\n${sql}`, {
              cause: failure,
            });
          },
        );
        answered.set(sql, { columns, rows });
      }
      wanted.clear();
      return false;
    },
    /** What the browser needs besides the rows of the queries, in the shape of such rows. */
    results: /** @returns {Record<string, Result>} */ () => ({
      ":types": {
        columns: ["query", "column", "type"],
        rows: queries.flatMap(({ name, columns, types }) =>
          columns.map((column, i) => [name, column, types[i]]),
        ),
      },
      ":sources": { columns: ["name", "file"], rows: [...sources] },
      ":inputs": {
        columns: ["name", "chosen"],
        rows: Object.entries(JSON.parse(inputs)).map(([name, chosen]) => [
          name,
          JSON.stringify(chosen),
        ]),
      },
      ...Object.fromEntries(answered),
    }),
  };
}

/**
 * A whole table as a file of the site, named for what it holds: a page finds the rows that belong to it,
 * or none.
 * @param {string} folder address below which it is found
 * @param {string} name of a table of the sources
 * @param {TypedResult} content
 */
export function wholeFile(folder, name, content) {
  const text = JSON.stringify(content);
  return { address: `${folder}du-lieu/${name}.${digestOf(text)}.json`, text };
}

/**
 * Whether SQL reads a table; `chitieu.plan` is not in `chitieu.plan_area`.
 * @param {string} table
 * @param {string} sql
 */
function isNamed(table, sql) {
  return new RegExp(`\\b${table.replace(".", "\\.")}\\b`).test(sql);
}

/**
 * A query with columns of the types that the browser has.
 * @param {Pick<TypedResult, "columns" | "types">} result
 * @param {string} sql
 */
function typed({ columns, types }, sql) {
  const casts = columns.map((name, i) => `${quote(name)}::${types[i]} as ${quote(name)}`);
  return `select ${casts.join(", ")} from (${sql})`;
}
