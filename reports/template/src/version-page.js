// The page of a version as a file that needs nothing else, made when the version is published: a bundle
// of its own, which is there long before that of the pages.
import VersionPage from "$lib/report/VersionPage.svelte";
import { queries as queriesOfPage } from "./pages/[plan]/bao-cao/[period]/[version]/+page.md?queries";
import look from "./pages/version.css?inline";

/** @typedef {import("../../types/results.ts").Rows} Rows */

/**
 * What renders the component on a server.
 * @typedef {{ render(props: object): { readonly html: string, readonly head: string } }} Renderer
 */

/** Of the queries of the page that shows it those that say something of the version alone. */
const QUERIES = [
  "report",
  "items",
  "lines",
  "tallies",
  "units",
  "submissions",
  "doubts",
  "shortfalls",
  "changes",
  "causes",
];

/**
 * The SQL of its queries, by their names.
 * @param {Readonly<Record<string, string>>} params of the page's address
 * @returns {Record<string, string>}
 */
export function queries(params) {
  const all = queriesOfPage(params);
  return Object.fromEntries(QUERIES.map((name) => [name, all[name] ?? ""]));
}

/** Nothing of another host, and no script, whatever stands in the file. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** By which a browser's scripts would know what a component has put into a head. */
const MARKS = /<!-- HEAD_svelte-\w+_(?:START|END) -->/g;

/**
 * @param {Rows} rows by query
 * @param {{ readonly isInternal: boolean, readonly addressee: string | null }} facts
 */
export function render({ report, ...rows }, facts) {
  const page = /** @type {Renderer} */ (/** @type {unknown} */ (VersionPage));
  const { html, head } = page.render({ report: report?.[0], rows, ...facts });
  // within another page, the root is the element that holds it
  const css = look.replace(/:root(?=\s*\{)/g, ":root, :host");
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${head.replace(MARKS, "")}
<style>${css.trim()}</style>
</head>
<body>
${html}
</body>
</html>
`;
}
