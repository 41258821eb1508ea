import { existsSync } from "node:fs";
import { dev } from "$app/environment";

/** @typedef {import("../../types/results.ts").PageModule} PageModule */

/**
 * Every page with the SQL of its queries; in the browser there is none.
 * @type {Record<string, (() => Promise<PageModule>) | undefined>}
 */
const pages = /** @type {any} of modules nothing is known */ (
  import.meta.glob("./pages/**/+page.md")
);

/** @type {import("@sveltejs/kit").HandleServerError} */
export const handleError = ({ error, event }) => {
  const message = error instanceof Error ? error.message : String(error);
  /** @type {import("../../types/results.ts").Platform | undefined} */ (event.platform)?.failed?.(
    message,
  );
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
 * A page is rendered with the rows of its queries, and says which rows these are.
 * @type {import("@sveltejs/kit").Handle}
 */
export const handle = async ({ event, resolve }) => {
  /** @type {import("../../types/results.ts").ResultsModule} */
  const { renderPage } = await import(/* @vite-ignore */ process.env.CHITIEU_RESULTS ?? "");
  const module = await pages[`./pages${event.route.id?.replace(/\/$/, "")}/+page.md`]?.();
  const params = /** @type {Record<string, string>} */ (event.params);
  const { tables, done } = /** @type {import("../../types/results.ts").Platform} */ (
    event.platform ?? {}
  );
  return renderPage(tables, event.url.pathname, module, params, async (page) => {
    // the server has its own page for what is not there
    if (tables !== undefined && !page.isThere) return new Response(null, { status: 404 });
    const response = await resolve(event, {
      transformPageChunk: ({ html }) =>
        loadScriptsLast(html).replace("<html ", `<html data-rows="${page.digest}" `),
    });
    done?.(page);
    return response;
  });
};
