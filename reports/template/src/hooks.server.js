import { appendFileSync, existsSync } from "node:fs";
import { dev } from "$app/environment";

/** Where a line is written for each page that fails; whoever renders the site reads them. */
const PROBLEMS = process.env.CHITIEU_PROBLEMS;

/** @typedef {import("../../types/results.ts").PageModule} PageModule */

/**
 * Every page with the SQL of its queries; in the browser there is none.
 * @type {Record<string, (() => Promise<PageModule>) | undefined>}
 */
const pages = /** @type {any} of modules nothing is known */ (
  import.meta.glob("./pages/**/+page.md")
);

/** @type {import("@sveltejs/kit").HandleServerError} */
export const handleError = ({ error, event, status }) => {
  const { message, cause } = error instanceof Error ? error : { message: String(error) };
  const page = decodeURI(event.url.pathname);
  if (PROBLEMS !== undefined) {
    const reason = cause instanceof Error ? cause.message : undefined;
    const problem = { page, status, message, cause: reason };
    appendFileSync(PROBLEMS, `${JSON.stringify(problem)}\n`);
  }
  if (!dev || event.route.id === null) return { message };
  const found = `${pageFile(event.route.id)}: ${message}`;
  console.error(found);
  return { message: found };
};

/**
 * The file of a route: `/[plan]/ky/[period]` is `reports/pages/[plan]/ky/[period].md`.
 * @param {string} route
 */
function pageFile(route) {
  const file = `reports/pages${route.replace(/\/$/, "")}`;
  return existsSync(`../../../${file}.md`) ? `${file}.md` : `${file}/index.md`;
}

const PRELOADS = /<link rel="modulepreload"[^>]*>\s*/g;

/**
 * The line is for what can be read first: what scripts load ahead stands at the end of the page.
 * @param {string} html
 */
function loadScriptsLast(html) {
  const preloads = (html.match(PRELOADS) ?? []).map((link) =>
    link.trim().replace('"modulepreload"', '"modulepreload" fetchpriority="low"'),
  );
  const own = html.replace(PRELOADS, "");
  const end = own.lastIndexOf("</body>");
  return end === -1 ? own : own.slice(0, end) + preloads.join("") + own.slice(end);
}

/**
 * A page is rendered again until its components have what they ask for, and not at all when the one
 * that is shown has the same rows.
 * @type {import("@sveltejs/kit").Handle}
 */
export const handle = async ({ event, resolve }) => {
  /** @type {import("../../types/results.ts").ResultsModule} */
  const { ask, inTurn, settle } = await import(
    /* @vite-ignore */ process.env.CHITIEU_RESULTS ?? ""
  );
  const file = `${event.url.pathname}du-lieu.json`;
  const page = await pages[`./pages${event.route.id?.replace(/\/$/, "")}/+page.md`]?.();
  if (page !== undefined) {
    const params = /** @type {Record<string, string>} */ (event.params);
    const isShown = await ask(file, page.queries(params), page.isLive);
    if (isShown) return new Response(null, { status: 204 });
  }
  return inTurn(file, async () => {
    for (;;) {
      const response = await resolve(event, {
        transformPageChunk: ({ html }) => loadScriptsLast(html),
      });
      if (await settle(file)) return response;
    }
  });
};
