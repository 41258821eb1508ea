// The page of a version as a file that needs nothing else, made when the version is published. It is
// part of the bundle for servers, and of no page.
import VersionPage from "$lib/report/VersionPage.svelte";
import look from "./pages/version.css?inline";

/** @typedef {import("../../types/results.ts").PageModule} PageModule */
/** @typedef {import("../../types/results.ts").Rows} Rows */

/**
 * What renders the component on a server.
 * @typedef {{ render(props: object): { readonly html: string, readonly head: string } }} Renderer
 */

const pages = /** @type {Record<string, (() => Promise<PageModule>) | undefined>} */ (
  import.meta.glob("./pages/**/+page.md")
);

/** Where it is shown. */
const PAGE = "./pages/[plan]/bao-cao/[period]/[version]/+page.md";

/** Of that page's queries those that say something of the version alone. */
const QUERIES = [
  "report",
  "items",
  "lines",
  "tallies",
  "units",
  "submissions",
  "doubts",
  "changes",
];

/**
 * The SQL of its queries, by their names.
 * @param {Readonly<Record<string, string>>} params of the page's address
 * @returns {Promise<Record<string, string>>}
 */
export async function queries(params) {
  const all = (await pages[PAGE]?.())?.queries(params) ?? {};
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
  const { html, head } = page.render({ report: report?.[0], ...rows, ...facts });
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
