import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { dev } from "$app/environment";

/** @typedef {{ id?: string, message: string, frame?: string, loc?: { line: number } }} Mistake */
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
  const mistake = dev ? mistakeIn(error) : undefined;
  if (mistake !== undefined) {
    console.error(mistake);
    return { message: mistake };
  }
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
 * What the compiler found wrong, which is no `Error`: in which file, and in which line where that is
 * sure, since it counts the lines of what the page was made into.
 * @param {unknown} error
 */
function mistakeIn(error) {
  const { id, message, frame = "", loc } = /** @type {Mistake} */ (error ?? {});
  if (error instanceof Error || typeof id !== "string" || loc === undefined) return undefined;
  const [, route] = /\/src\/pages(.*)\/\+page\.md$/.exec(id) ?? [];
  const file = route === undefined ? relative("../../..", id) : pageFile(route);
  const [, text = ""] = new RegExp(`^\\s*${loc.line} \\| (.*)$`, "m").exec(frame) ?? [];
  const lines = readFileSync(join("../../..", file), "utf8").split("\n");
  const found = lines.flatMap((line, index) => (line.trim() === text.trim() ? [index + 1] : []));
  const place = found.length === 1 ? `${file}:${found[0]}` : file;
  const what = message.replace(/^\S*:\d+:\d+ /, "");
  return `${place}: ${what}\n\n${text.trim()}\n\nPut it right and save the file; then load the page again.`;
}

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
