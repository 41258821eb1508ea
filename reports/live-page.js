// What is kept of a live page, one with Evidence's components, while it is rendered: the tables that its
// browser will have, and the answers to what its components ask for.
import { connect, quote, read, TABLES } from "./page-tables.js";

/** After so many renderings the components of a page still ask for something else. */
const MAX_RENDERINGS = 20;

/**
 * Makes the tables of a page: the same values, of the same types, as the browser has.
 * @param queries SQL by name
 * @param found what each gave, in their order
 * @param {string} file path of the page's rows within the site
 */
export async function openLivePage(instance, queries, found, file) {
  const names = Object.keys(queries);
  const path = file.slice(0, file.lastIndexOf("/") + 1);
  const connection = await connect(instance, "memory");
  const table = (name) => `${quote(path)}.${quote(name)}`;
  await connection.run(`drop schema if exists ${quote(path)} cascade`);
  await connection.run(`create schema ${quote(path)}`);
  await connection.run(`use ${TABLES}`);
  for (const [i, name] of names.entries()) {
    await connection.run(`create table memory.${table(name)} as ${typed(found[i], queries[name])}`);
  }
  await connection.run("use memory");

  const known = await sourceTables(connection);
  const sources = new Set();
  const answered = new Map();
  const wanted = new Set();
  let inputs = "{}";
  let renderings = 0;
  let hasChanged = false;

  return {
    want: (sql) => wanted.add(sql),
    keepInputs(chosen) {
      hasChanged ||= chosen !== inputs;
      inputs = chosen;
    },
    /** @returns whether nothing is asked for any more; see `settle` of results.js */
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
        const { columns, rows } = await read(connection, sql).catch((failure) => {
          throw new Error(`A query of its components failed: ${failure.message}\n${sql}`, {
            cause: failure,
          });
        });
        answered.set(sql, { columns, rows });
      }
      wanted.clear();
      return false;
    },
    /** What the browser needs besides the rows of the queries, in the shape of such rows. */
    results: () => ({
      ":types": {
        columns: ["query", "column", "type"],
        rows: names.flatMap((name, i) =>
          found[i].columns.map((column, j) => [name, column, found[i].types[j]]),
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

/** The tables that the sources made, as queries name them: `chitieu.plan`. */
async function sourceTables(connection) {
  const found = await connection.runAndReadAll(
    "select schema_name || '.' || table_name from duckdb_tables() where database_name = $1",
    [TABLES],
  );
  return found.getRows().map(([name]) => name);
}

/** Whether SQL reads a table; `chitieu.plan` is not in `chitieu.plan_area`. */
function isNamed(table, sql) {
  return new RegExp(`\\b${table.replace(".", "\\.")}\\b`).test(sql);
}

/** Lets a live query read a table of the sources, here and, as a file, in the browser. */
async function openSource(connection, name, write) {
  // In an order that tells nothing that the rows do not.
  const sql = `select * from ${TABLES}.${name} order by all`;
  const { columns, rows, types } = await read(connection, sql);
  await connection.run(`create schema if not exists ${name.split(".")[0]}`);
  await connection.run(`create or replace table ${name} as ${typed({ columns, types }, sql)}`);
  await write(`/du-lieu/${name}.json`, { columns, types, rows });
}

/** A query with columns of the types that the browser has. */
function typed({ columns, types }, sql) {
  const casts = columns.map((name, i) => `${quote(name)}::${types[i]} as ${quote(name)}`);
  return `select ${casts.join(", ")} from (${sql})`;
}
