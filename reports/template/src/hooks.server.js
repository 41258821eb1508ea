import { appendFileSync, existsSync } from "node:fs";
import { dev } from "$app/environment";

/** Where a line is written for each page that fails; whoever renders the site reads them. */
const PROBLEMS = process.env.CHITIEU_PROBLEMS;

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

/**
 * A page is rendered again until its components have what they ask for. The line is for what can be
 * read first; scripts come after it.
 * @type {import("@sveltejs/kit").Handle}
 */
export const handle = async ({ event, resolve }) => {
  /** @type {import("../../types/results.ts").ResultsModule} */
  const { inTurn, settle } = await import(/* @vite-ignore */ process.env.CHITIEU_RESULTS ?? "");
  const file = `${event.url.pathname}du-lieu.json`;
  return inTurn(file, async () => {
    for (;;) {
      const response = await resolve(event, {
        transformPageChunk: ({ html }) =>
          html.replaceAll(
            '<link rel="modulepreload"',
            '<link rel="modulepreload" fetchpriority="low"',
          ),
      });
      if (await settle(file)) return response;
    }
  });
};
