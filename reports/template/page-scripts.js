import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, resolve } from "node:path";
import { evidenceComponents } from "./evidence-components.js";

/** The project's own components, which pages use without importing them. */
const COMPONENTS = resolve("../../components");

/** @typedef {import("@evidence-dev/preprocess").PageQuery} PageQuery */
/** @typedef {ReadonlyMap<string, string>} Components where each is, by its name */

/**
 * What was found in the markup of a page, for its scripts.
 * @typedef {{
 *   readonly fixed: readonly PageQuery[],
 *   readonly changing: readonly PageQuery[],
 *   readonly components: Components,
 *   readonly isLive: boolean,
 * }} PageParts its queries that are answered once, those that an input changes, and what it uses
 */

/** What a page with Evidence's components or inputs takes in addition. */
const LIVE_PAGE = JSON.stringify(resolve("src/live/page.js"));

/**
 * Compiles the queries of a page and the components that it uses into its two scripts. A page gets the
 * rows of its queries from `+layout.js`, by their names: neither their SQL nor an engine is in the
 * browser. The SQL is exported for the server that renders the page.
 *
 * A page that uses Evidence's components, `${inputs.…}` or `fmt` is *live*: its queries are the objects
 * that those components expect, and the SQL of those with an input goes to the browser, see
 * `src/live/page.js`. No other page has anything of that.
 * @param {(content: string) => PageQuery[]} extractQueries Evidence's, which knows fenced blocks of SQL and `${other_query}`
 * @returns {import("svelte/compiler").PreprocessorGroup}
 */
export function pageQueries(extractQueries) {
  /** @type {Map<string, PageParts>} */
  const pages = new Map();
  return {
    name: "page-scripts",
    markup({ content, filename }) {
      if (!filename?.endsWith(".md")) return undefined;
      const queries = extractQueries(content);
      const code = withoutQueries(content, queries);
      pages.set(filename, readPage(filename, queries, code));
      return { code };
    },
    script({ content, filename, attributes }) {
      const page = pages.get(filename ?? "");
      if (page === undefined) return undefined;
      if (attributes.context === "module") return { code: queriesFunction(page) + content };
      return { code: (page.isLive ? livePageScript(page) : pageScript(page)) + content };
    },
  };
}

/** What a page and its SQL alone are named by, which no compiler of pages takes for one. */
const QUERIES_ALONE = { asked: "+page.md?queries", found: "+page.md.queries.js" };

/**
 * Lets a program without pages import the queries of one: `import { queries } from "./+page.md?queries"`.
 * @param {typeof import("@evidence-dev/preprocess").default} evidence
 * @returns {import("vite").Plugin}
 */
export function queriesOfPages({ extractQueries, injectPartials }) {
  return {
    name: "queries-of-pages",
    enforce: "pre",
    resolveId(id, importer = "") {
      if (!id.endsWith(QUERIES_ALONE.asked)) return undefined;
      return resolve(dirname(importer), id).replace(QUERIES_ALONE.asked, QUERIES_ALONE.found);
    },
    load(id) {
      if (!id.endsWith(QUERIES_ALONE.found)) return undefined;
      const filename = id.replace(QUERIES_ALONE.found, "+page.md");
      const content = injectPartials(readFileSync(filename, "utf8"));
      return queriesFunction(readPage(filename, extractQueries(content), ""));
    },
  };
}

/**
 * Readers of a report are not shown its SQL.
 * @param {string} content
 * @param {readonly PageQuery[]} queries
 */
function withoutQueries(content, queries) {
  const names = new Set(queries.map(({ id }) => id));
  const fence = /^```(?:sql[ \t]+)?([^\s`]*)[^\n]*\n[\s\S]*?^```[ \t]*$/gm;
  return content.replace(fence, (block, name) => (names.has(name) ? "" : block));
}

/**
 * Sorts the queries of a page into those that are answered once and those that an input changes.
 * @param {string} filename
 * @param {readonly PageQuery[]} queries
 * @param {string} markup
 * @returns {PageParts}
 */
function readPage(filename, queries, markup) {
  for (const { id, compileError } of queries) {
    if (compileError) throw new Error(`${filename}: query "${id}": ${compileError}`);
  }
  const hasInput = (/** @type {PageQuery} */ { compiledQueryString }) =>
    /\$\{\s*inputs\b/.test(compiledQueryString);
  const fixed = queries.filter((query) => !hasInput(query));
  const changing = queries.filter(hasInput);
  const own = usedComponents(markup, ownComponents());
  const evidence = usedComponents(markup, evidenceComponents());
  for (const name of own.keys()) evidence.delete(name);
  const isLive = changing.length > 0 || evidence.size > 0 || /\{[^}]*\bfmt\(/.test(markup);
  return { fixed, changing, components: new Map([...own, ...evidence]), isLive };
}

/**
 * The queries that must have rows for the page to exist: for each parameter of the address, the first
 * query that uses it.
 * @param {readonly PageQuery[]} fixed
 */
function neededQueries(fixed) {
  /** @type {Map<string, string>} */
  const needed = new Map();
  for (const { id, inputQueryString } of fixed) {
    for (const [, name = ""] of inputQueryString.matchAll(/\$\{\s*params\.(\w+)\s*\}/g)) {
      if (!needed.has(name)) needed.set(name, id);
    }
  }
  return [...new Set(needed.values())];
}

/** @param {PageParts} page */
function queriesFunction({ fixed, isLive }) {
  const entries = fixed.map(
    ({ id, compiledQueryString }) => `${id}: ${literal(compiledQueryString)}`,
  );
  return `
    export const queries = import.meta.env.SSR ? (params) => ({ ${entries.join(", ")} }) : undefined;
    export const needs = ${JSON.stringify(neededQueries(fixed))};
    ${isLive ? "export const isLive = true;" : ""}
  `;
}

/** @param {PageParts} page */
function pageScript({ fixed, components }) {
  const names = fixed.map(({ id }) => id).join(", ");
  return `
    import { page } from '$app/stores';
    ${importsOf(components)}
    export let data;
    let params = $page.params;
    $: params = $page.params;
    let { ${names} } = data.results;
    $: ({ ${names} } = data.results);
  `;
}

/** @param {PageParts} page */
function livePageScript({ fixed, changing, components }) {
  const names = fixed.map(({ id }) => id).join(", ");
  const queries = changing.map(({ id }) => {
    const sql = literal(liveText(id, fixed, changing));
    return `
    let ${id};
    const update_${id} = livePage.query("${id}", (found) => (${id} = found));
    $: update_${id}(hasUnsetValues${sql}, ${sql});`;
  });
  return `
    import { onDestroy } from 'svelte';
    import { page } from '$app/stores';
    import { fmt, hasUnsetValues, openLivePage } from ${LIVE_PAGE};
    ${importsOf(components)}
    export let data;
    let params = $page.params;
    $: params = $page.params;
    const livePage = openLivePage(data.results, $page.url.pathname);
    $: livePage.stayAt($page.url.pathname);
    let inputs;
    onDestroy(livePage.inputs.subscribe((chosen) => (inputs = chosen)));
    let { ${names} } = livePage.rows;
    ${queries.join("")}
  `;
}

/**
 * The SQL of a query that an input changes. What it reads of a query that none changes are the rows
 * that the page has of it.
 * @param {string} name
 * @param {readonly PageQuery[]} fixed
 * @param {readonly PageQuery[]} changing
 * @returns {string}
 */
function liveText(name, fixed, changing) {
  const sql = changing.find(({ id }) => id === name)?.inputQueryString ?? "";
  return sql.replace(/\$\{\s*(\w+)\s*\}/g, (reference, other) => {
    if (fixed.some(({ id }) => id === other))
      return `(select * from \${livePage.table("${other}")})`;
    if (changing.some(({ id }) => id === other)) return `(${liveText(other, fixed, changing)})`;
    return reference;
  });
}

/**
 * SQL as a template literal, in which `${…}` stays what it is.
 * @param {string} sql
 */
function literal(sql) {
  return `\`${sql.replaceAll("`", "\\`")}\``;
}

/** @param {Components} components */
function importsOf(components) {
  return [...components]
    .map(([name, path]) => `import ${name} from ${JSON.stringify(path)};`)
    .join("\n");
}

/**
 * The components that markup uses, with where each is.
 * @param {string} markup
 * @param {Components} known
 */
function usedComponents(markup, known) {
  const used = new Map();
  for (const [, name = ""] of markup.matchAll(/<([A-Z]\w*)/g)) {
    const path = known.get(name);
    if (path !== undefined) used.set(name, path);
  }
  return used;
}

function ownComponents() {
  const files = readdirSync(COMPONENTS, { recursive: true, encoding: "utf8" });
  return new Map(
    files
      .filter((file) => extname(file) === ".svelte")
      .map((file) => [basename(file, ".svelte"), `$lib/${file.split(/[\\/]/).join("/")}`]),
  );
}
