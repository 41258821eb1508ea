// The tables that the sources left, as the queries of pages read them.
import { DuckDBDecimalValue, DuckDBInstance, DuckDBTypeId } from "@duckdb/node-api";

/** @typedef {import("@duckdb/node-api").DuckDBConnection} Connection */
/** @typedef {import("./types/results.ts").TypedResult} TypedResult */

/** What the tables are called, beside which there is `memory`. */
export const TABLES = "tables";

/**
 * Opens a file of tables for reading.
 * @param {string} file
 */
export async function openTables(file) {
  // One thread: rows that no query orders come in the same order at every build, so that a page whose
  // figures did not change does not change either.
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    threads: "1",
  });
  const connection = await instance.connect();
  await connection.run(`attach '${file.replaceAll("'", "''")}' as ${TABLES} (read_only)`);
  connection.closeSync();
  return instance;
}

/**
 * @param {DuckDBInstance} instance
 * @param {string} database whose tables have no name before theirs: `TABLES` or `memory`
 */
export async function connect(instance, database) {
  const connection = await instance.connect();
  await connection.run(`use ${database}`);
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
