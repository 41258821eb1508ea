// What is kept of a live page, one with Evidence's components, while it is rendered: the tables that its
// browser will have, and the answers to what its components ask for.
import { connect, quote, read, reasonOf, TABLES } from "./page-tables.js";

/** @typedef {import("./page-tables.js").Connection} Connection */
/** @typedef {import("./types/results.ts").Result} Result */
/** @typedef {import("./types/results.ts").TypedResult} TypedResult */
/** @typedef {(file: string, content: unknown) => Promise<void>} Write what the browser will fetch */

/** After so many renderings the components of a page still ask for something else. */
const MAX_RENDERINGS = 20;

/**
 * Makes the tables of a page: the same values, of the same types, as the browser has.
 * @param {import("@duckdb/node-api").DuckDBInstance} instance
 * @param {readonly (TypedResult & { readonly name: string, readonly sql: string })[]} queries
 * @param {string} file path of the page's rows within the site
 * @param {string} database in which its queries are asked
 */
export async function openLivePage(instance, queries, file, database) {
  const path = file.slice(0, file.lastIndexOf("/") + 1);
  const connection = await connect(instance, "memory");
  const table = (/** @type {string} */ name) => `${quote(path)}.${quote(name)}`;
  await connection.run(`drop schema if exists ${quote(path)} cascade`);
  await connection.run(`create schema ${quote(path)}`);
  await connection.run(`use ${database}`);
  for (const query of queries) {
    const rows = typed(query, query.sql);
    await connection.run(`create table memory.${table(query.name)} as ${rows}`);
  }
  await connection.run("use memory");

  const known = await sourceTables(connection);
  /** @type {Set<string>} */
  const sources = new Set();
  /** @type {Map<string, Result>} */
  const answered = new Map();
  /** @type {Set<string>} */
  const wanted = new Set();
  let inputs = "{}";
  let renderings = 0;
  let hasChanged = false;

  return {
    /** @param {string} sql */
    want(sql) {
      wanted.add(sql);
    },
    /** @param {string} chosen */
    keepInputs(chosen) {
      hasChanged ||= chosen !== inputs;
      inputs = chosen;
    },
    /**
     * @param {Write} write
     * @returns whether nothing is asked for any more; see `settle` of results.js
     */
    async settle(write) {
      if (wanted.size === 0 && !hasChanged) {
        await connection.run(`drop schema ${quote(path)} cascade`);
        connection.closeSync();
        return true;
      }
      renderings += 1;
      if (renderings > MAX_RENDERINGS) {
        throw new Error("Its inputs depend on each other in a circle.");
      }
      hasChanged = false;
      for (const sql of wanted) {
        for (const name of known) {
          if (sources.has(name) || !isNamed(name, sql)) continue;
          sources.add(name);
          await openSource(connection, name, write);
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
    /** Tables of the sources that its browser has whole. */
    sources: () => [...sources],
    /** What the browser needs besides the rows of the queries, in the shape of such rows. */
    results: /** @returns {Record<string, Result>} */ () => ({
      ":types": {
        columns: ["query", "column", "type"],
        rows: queries.flatMap(({ name, columns, types }) =>
          columns.map((column, i) => [name, column, types[i]]),
        ),
      },
      ":sources": { columns: ["name"], rows: [...sources].map((name) => [name]) },
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
 * The tables that the sources made, as queries name them: `chitieu.plan`.
 * @param {Connection} connection
 * @returns {Promise<string[]>}
 */
async function sourceTables(connection) {
  const found = await connection.runAndReadAll(
    `select schema_name || '.' || table_name from duckdb_tables()
    where database_name = $1 and schema_name <> 'made'`,
    [TABLES],
  );
  return found.getRows().map(([name]) => String(name));
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
 * Lets a live query read a table of the sources, here and, as a file, in the browser.
 * @param {Connection} connection
 * @param {string} name
 * @param {Write} write
 */
async function openSource(connection, name, write) {
  // In an order that tells nothing that the rows do not.
  const sql = `select * from ${TABLES}.${name} order by all`;
  const { columns, rows, types } = await read(connection, sql);
  await connection.run(`create schema if not exists ${name.split(".")[0]}`);
  await connection.run(`create or replace table ${name} as ${typed({ columns, types }, sql)}`);
  await write(`/du-lieu/${name}.json`, { columns, types, rows });
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
