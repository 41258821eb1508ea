// Tables of a plan or of the office, as the queries of pages read them.
import { DuckDBDecimalValue, DuckDBInstance, DuckDBTypeId } from "@duckdb/node-api";

/** @typedef {import("@duckdb/node-api").DuckDBConnection} Connection */
/** @typedef {import("./types/results.ts").TypedResult} TypedResult */
/** @typedef {import("./types/results.ts").Tables} Tables */

/** Name of the database with the tables, beside which there is `memory`. */
const TABLES = "tables";

/** How many values of answers are kept: most queries are asked by a few pages one after the other. */
const MOST_VALUES = 400_000;
const EMPTY_VALUES = 100;

/**
 * Opens a file of tables for reading.
 * @param {string} file
 */
export async function openTables(file) {
  // One thread: rows that no query orders come in the same order at every build.
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    memory_limit: "1000MB",
    threads: "1",
  });
  const connection = await instance.connect();
  await connection.run(`attach '${file.replaceAll("'", "''")}' as ${TABLES} (read_only)`);
  connection.closeSync();
  return tablesOn(instance, { folder: "/" });
}

/**
 * Tables that lie in the database `tables` of an instance. Pages share their answers.
 * @param {DuckDBInstance} instance
 * @param {{ readonly folder: string, readonly path?: string }} given `folder`: address below which
 *   browsers find whole tables; `path`: where queries find what has no database before its name
 * @returns {Tables}
 */
export function tablesOn(instance, { folder, path = `${TABLES}.main` }) {
  /** @type {Map<string, Promise<TypedResult>>} */
  const answers = new Map();
  /** How many values each of them has, once it is known. @type {Map<string, number>} */
  const sizes = new Map();
  let values = 0;
  /** @param {string} sql */
  const forget = (sql) => {
    answers.delete(sql);
    values -= sizes.get(sql) ?? 0;
    sizes.delete(sql);
  };
  /** Connections that no query is using. @type {Connection[]} */
  const idle = [];
  /** The end of the last live page: they share `memory`. @type {Promise<unknown>} */
  let turn = Promise.resolve();
  /** @param {string} sql */
  const run = async (sql) => {
    const connection = idle.pop() ?? (await connect(instance, path));
    try {
      return await read(connection, sql);
    } finally {
      idle.push(connection);
    }
  };
  return {
    folder,
    /**
     * Asks a query, once.
     * @param {string} sql
     * @returns {Promise<TypedResult>}
     */
    ask(sql) {
      const known = answers.get(sql) ?? run(sql);
      answers.delete(sql);
      answers.set(sql, known);
      if (!sizes.has(sql)) {
        sizes.set(sql, 0);
        known.then(
          ({ columns, rows }) => {
            if (!sizes.has(sql)) return;
            // an empty answer takes room, too
            const size = columns.length * rows.length + EMPTY_VALUES;
            values += size;
            sizes.set(sql, size);
            for (const oldest of answers.keys()) {
              if (values <= MOST_VALUES || oldest === sql) break;
              forget(oldest);
            }
          },
          () => forget(sql),
        );
      }
      return known;
    },
    /** Lets go of what holds the instance; nothing may be asked any more. */
    close() {
      for (const connection of idle.splice(0)) connection.closeSync();
      for (const sql of [...answers.keys()]) forget(sql);
    },
    /** A connection of a live page, which makes its own tables in `memory`. */
    connect: () => connect(instance, path),
    /** Names of the tables of the sources: `chitieu.plan`. @returns {Promise<string[]>} */
    async names() {
      const { rows } = await this.ask(
        `select schema_name || '.' || table_name from duckdb_tables()
        where database_name = '${TABLES}' and schema_name <> 'marts'
        union all
        select schema_name || '.' || view_name from duckdb_views()
        where database_name = '${TABLES}' and schema_name <> 'marts' and not internal
        order by all`,
      );
      return rows.map(([name]) => String(name));
    },
    /**
     * A whole table, in an order that says nothing that its rows do not.
     * @param {string} name one of `names`
     */
    wholeTable: (name) => run(wholeSql(name)),
    /**
     * Does something for a live page when no other does.
     * @param {() => Promise<T>} work
     * @returns {Promise<T>}
     * @template T
     */
    inTurn(work) {
      const done = turn.then(work);
      turn = done.catch(() => undefined);
      return done;
    },
  };
}

/** @param {string} name of a table of the sources */
export const wholeSql = (name) => `select * from ${TABLES}.${name} order by all`;

/**
 * @param {DuckDBInstance} instance
 * @param {string} path where names without a database are looked for
 */
async function connect(instance, path) {
  const connection = await instance.connect();
  await connection.run(`set search_path = '${path}'`);
  return connection;
}

/**
 * Runs a query.
 * @param {Connection} connection
 * @param {string} sql
 * @returns {Promise<TypedResult>}
 * @throws when a value is neither text, number nor yes or no
 */
export async function read(connection, sql) {
  const result = await connection.runAndReadAll(sql);
  const columns = result.columnNames();
  const rows = result.getRows().map((row) => row.map((value, i) => plain(value, columns[i] ?? "")));
  return { columns, types: result.columnTypes().map(plainType), rows };
}

/**
 * Pages show texts, numbers, yes and no; of anything else SQL makes a text.
 * @param {import("@duckdb/node-api").DuckDBValue} value
 * @param {string} column
 */
function plain(value, column) {
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  throw new Error(`"${column}" is neither text, number nor yes or no: ${value}`);
}

const WHOLE = typesNamed("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT").concat(
  typesNamed("USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
);
const BROKEN = typesNamed("DECIMAL", "FLOAT", "DOUBLE");

/** @param {(keyof typeof DuckDBTypeId)[]} names */
function typesNamed(...names) {
  return names.map((name) => DuckDBTypeId[name]);
}

/**
 * Which of the four types that a browser's tables have a column is of.
 * @param {import("@duckdb/node-api").DuckDBType} type
 */
function plainType({ typeId }) {
  if (typeId === DuckDBTypeId.BOOLEAN) return "BOOLEAN";
  if (WHOLE.includes(typeId)) return "BIGINT";
  return BROKEN.includes(typeId) ? "DOUBLE" : "VARCHAR";
}

/**
 * A name as SQL writes it.
 * @param {string} name
 */
export const quote = (name) => `"${name.replaceAll('"', '""')}"`;

/**
 * Why something failed, in one line.
 * @param {unknown} failure
 */
export const reasonOf = (failure) => (failure instanceof Error ? failure.message : String(failure));
