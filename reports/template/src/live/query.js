// Answers the queries of Evidence's components, instead of its own engine, which every page would start.
// The answers of the first view were found during rendering and come with the page; the engine starts
// when a choice needs others.

/** Names in a page's results that are no query of the page: texts of SQL are, too. */
const TYPES = ":types";
const INPUTS = ":inputs";
const SOURCES = ":sources";

/** Where `results.js` leaves what the server keeps of a page between two renderings. */
const KEPT = Symbol.for("chitieu.page");

/** @typedef {import("../../../types/results.ts").KeptPage} KeptPage */
/** @typedef {import("../../../types/results.ts").Row} Row */
/** @typedef {import("../../../types/results.ts").Rows} Rows */
/** @typedef {import("../../../types/results.ts").ShownPage} ShownPage */

/**
 * The page that is shown.
 * @type {ShownPage | undefined}
 */
let shown;

/**
 * From now on queries are those of a page.
 * @param {Rows} results rows by the names of its queries, and by the SQL of what its components have
 *   asked for
 * @param {string} path of the page
 * @returns {ShownPage}
 */
export function showPage(results, path) {
  const types = (results[TYPES] ?? []).map(({ query, column, type }) => ({
    query: String(query),
    column: String(column),
    type: String(type),
  }));
  /** @type {KeptPage | undefined} */
  const kept = Reflect.get(results, KEPT);
  shown = {
    path,
    names: [...new Set(types.map(({ query }) => query))],
    results,
    columns: (name) => types.filter(({ query }) => query === name),
    sources: (results[SOURCES] ?? []).map(({ name, file }) => ({
      name: String(name),
      file: String(file),
    })),
    inputs: Object.fromEntries(
      (results[INPUTS] ?? []).map(({ name, chosen }) => [name, JSON.parse(String(chosen))]),
    ),
    // The path in it keeps the rows of two pages apart wherever answers are kept by their SQL.
    table: (name) => `"${path.replaceAll('"', '""')}"."${name}"`,
    keepInputs: (inputs) => kept?.keepInputs(inputs),
    want: (sql) => kept?.want(sql),
  };
  return shown;
}

/**
 * @param {string} sql
 * @returns {readonly Row[] | Promise<readonly Row[]>}
 */
export function query(sql) {
  if (shown === undefined) throw new Error("A query before its page: call showPage first.");
  const page = shown;
  const plain = plainText(sql);
  const known = page.results[plain];
  if (known !== undefined) return known;
  if (!import.meta.env.SSR) return import("./engine.js").then(({ answer }) => answer(page, plain));
  page.want(plain);
  // It is answered at the next rendering.
  return new Promise(() => {});
}

/**
 * SQL without what differs from one time to the next: comments with digests, names made by chance.
 * @param {string} sql
 */
function plainText(sql) {
  return sql
    .replace(/^--.*$/gm, "")
    .replace(/inputQuery-[\w-]{2}/g, "rows")
    .trim();
}
