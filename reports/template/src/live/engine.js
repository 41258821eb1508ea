import { AsyncDuckDB, VoidLogger } from "@duckdb/duckdb-wasm";
import EngineWorker from "@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?worker";
import engine from "@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url";

/** @typedef {import("@duckdb/duckdb-wasm").AsyncDuckDBConnection} Connection */
/** @typedef {import("../../../types/results.ts").Row} Row */
/** @typedef {import("../../../types/results.ts").ShownPage} ShownPage */
/** @typedef {import("../../../types/results.ts").TypedResult} TypedResult */

/** Rows that are put into a table at once. */
const AT_ONCE = 500;

const UNANSWERED = "Không tải được phần tính toán của trang này; hãy tải lại trang.";

/** Numbers as pages write them; nothing is fetched but from this host. */
const NUMBERS = {
  castBigIntToDouble: true,
  castDecimalToDouble: true,
  castTimestampToDate: true,
  castDurationToTime64: true,
};

/** @type {Promise<Connection> | undefined} */
let started;
/** Tables that are there, by the page or, for one of the sources, by its name. */
const loaded = new Set();
/**
 * One thing after another.
 * @type {Promise<unknown>}
 */
let last = Promise.resolve();

/**
 * Answers a query of a page in the browser.
 * @param {ShownPage} page what `showPage` made
 * @param {string} sql
 * @returns {Promise<readonly Row[]>}
 */
export function answer(page, sql) {
  const answered = last.then(() => run(page, sql));
  last = answered.catch(() => undefined);
  return answered;
}

/**
 * @param {ShownPage} page
 * @param {string} sql
 */
async function run(page, sql) {
  started ??= start();
  const connection = await started.catch((/** @type {unknown} */ error) => {
    started = undefined;
    throw new Error(UNANSWERED, { cause: error });
  });
  if (!loaded.has(page)) {
    for (const name of page.names) {
      await load(connection, page.table(name), page.columns(name), page.results[name] ?? []);
    }
    loaded.add(page);
  }
  for (const source of page.sources) {
    // More than are needed do no harm: `chitieu.plan` is in `chitieu.plan_area`, too.
    if (loaded.has(source.file) || !sql.includes(source.name)) continue;
    await loadSource(connection, source);
    loaded.add(source.file);
  }
  const table = await connection.query(sql);
  const columns = table.schema.fields.map((field) => field.name);
  return table
    .toArray()
    .map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
}

async function start() {
  const worker = new EngineWorker();
  const database = new AsyncDuckDB(new VoidLogger(), worker);
  await new Promise((done, fail) => {
    worker.addEventListener("error", fail);
    database.instantiate(engine).then(done, fail);
  });
  await database.open({ query: NUMBERS });
  const connection = await database.connect();
  await connection.query("set autoinstall_known_extensions = false");
  await connection.query("set autoload_known_extensions = false");
  return connection;
}

/**
 * @param {Connection} connection
 * @param {import("../../../types/results.ts").SourceFile} source
 */
async function loadSource(connection, { name, file }) {
  const response = await fetch(file);
  // the page has outdated figures: reload it with the present ones
  if (response.status === 404) location.reload();
  if (!response.ok) throw new Error(UNANSWERED);
  /** @type {TypedResult} */
  const { columns, types, rows } = await response.json();
  await load(
    connection,
    name,
    columns.map((column, i) => ({ column, type: types[i] ?? "varchar" })),
    rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]]))),
  );
}

/**
 * @param {Connection} connection
 * @param {string} table
 * @param {readonly import("../../../types/results.ts").ColumnOfTable[]} columns
 * @param {readonly Row[]} rows
 */
async function load(connection, table, columns, rows) {
  const [schema] = table.split(/\.(?=[^.]*$)/);
  const declared = columns.map(({ column, type }) => `${quote(column)} ${type}`).join(", ");
  await connection.query(`create schema if not exists ${schema}`);
  await connection.query(`create or replace table ${table} (${declared})`);
  // As SQL: Arrow's writer compiles functions out of texts, which no page may.
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const values = rows
      .slice(start, start + AT_ONCE)
      .map((row) => `(${columns.map(({ column }) => literal(row[column])).join(", ")})`);
    await connection.query(`insert into ${table} values ${values.join(", ")}`);
  }
}

/** @param {unknown} value */
function literal(value) {
  return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
}

const quote = (/** @type {string} */ name) => `"${name.replaceAll('"', '""')}"`;
