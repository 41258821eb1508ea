import { error } from "@sveltejs/kit";

export const prerender = true;
export const trailingSlash = "always";

/** @typedef {import("../types/results.ts").Result} Result */
/** @typedef {import("../types/results.ts").ResultsModule} ResultsModule */

/**
 * The rows of the page's queries, by their names. The server has them when it renders the page; a
 * browser fetches them as the file beside it.
 * @type {import("@sveltejs/kit").Load<Record<string, string>>}
 */
export const load = async ({ fetch, route, params, url, untrack }) => {
  if (route.id === null) return { results: {} };
  // Only another page has other rows, not another filter in the address.
  const path = Object.values(params) && untrack(() => url.pathname);
  const file = `${path}du-lieu.json`;
  if (import.meta.env.SSR) {
    /** @type {ResultsModule} */
    const { currentRows } = await import(/* @vite-ignore */ process.env.CHITIEU_RESULTS ?? "");
    return { results: currentRows() ?? error(404, `${path} is no page`) };
  }
  const { dataset } = document.documentElement;
  // a page that came with its figures has those rows, also where there are newer ones
  const version = isShown() && dataset.rows ? `?v=${dataset.rows}` : "";
  return { results: fromColumns(await fetchResults(file + version, fetch)) };
};

/** Whether this is the page that the browser opened, which has not come alive yet. */
const isShown = () => !document.documentElement.hasAttribute("data-hydrated");

/** How long to wait before asking again, while the page is to be read already. */
const PATIENCE_MS = [500, 1000, 2000, 5000];

/**
 * @param {string} file
 * @param {typeof globalThis.fetch} fetch
 * @returns {Promise<Record<string, Result>>}
 */
async function fetchResults(file, fetch) {
  for (let tries = 0; ; tries++) {
    const response = await fetch(file).catch(() => undefined);
    if (response?.ok) return await response.json();
    // A page that came with its figures keeps them, without its controls; one that is gone to has none.
    if (!isShown()) error(response?.status ?? 503, `${file}: ${response?.status ?? "no answer"}`);
    const wait = PATIENCE_MS[Math.min(tries, PATIENCE_MS.length - 1)];
    await new Promise((done) => setTimeout(done, wait));
  }
}

/**
 * What `results.js` writes, as rows again.
 * @param {Record<string, Result>} results
 */
function fromColumns(results) {
  return Object.fromEntries(
    Object.entries(results).map(([name, { columns, rows }]) => [
      name,
      rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]]))),
    ]),
  );
}
