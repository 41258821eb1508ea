// Answers the queries of Evidence's components, in the place of its own engine, which every page would
// start. What a page shows at first was asked for while it was rendered, and lies with its rows; the
// engine starts when a choice asks for something else.

/** Names in a page's results that are no query of the page: texts of SQL are, too. */
const TYPES = ":types";
const INPUTS = ":inputs";
const SOURCES = ":sources";

/** Where `results.js` leaves what the server keeps of a page between two renderings. */
const KEPT = Symbol.for("chitieu.page");

/** The page that is shown. */
let shown;

/**
 * From now on queries are those of a page.
 * @param {Record<string, Record<string, unknown>[]>} results rows by the names of its queries, and by
 *   the SQL of what its components have asked for
 */
export function showPage(results, path) {
  const types = results[TYPES];
  const kept = results[KEPT];
  const names = [...new Set(types.map(({ query }) => query))];
  shown = {
    path,
    names,
    results,
    /** `{ column, type }` of a query. */
    columns: (name) => types.filter(({ query }) => query === name),
    /** Tables of the sources that its queries read, as `schema.table`. */
    sources: results[SOURCES].map(({ name }) => name),
    /** What has been chosen by name, where the page was rendered with a choice. */
    inputs: Object.fromEntries(
      results[INPUTS].map(({ name, chosen }) => [name, JSON.parse(chosen)]),
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
 * @returns {Record<string, unknown>[] | Promise<Record<string, unknown>[]>}
 */
export function query(sql) {
  const plain = plainText(sql);
  const known = shown.results[plain];
  if (known !== undefined) return known;
  if (!import.meta.env.SSR) return import("./engine.js").then(({ answer }) => answer(shown, plain));
  shown.want(plain);
  // It is answered at the next rendering.
  return new Promise(() => {});
}

/** SQL without what differs from one time to the next: comments with digests, names made by chance. */
function plainText(sql) {
  return sql
    .replace(/^--.*$/gm, "")
    .replace(/inputQuery-[\w-]{2}/g, "rows")
    .trim();
}
