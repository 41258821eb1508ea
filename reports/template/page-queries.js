import { readdirSync } from "node:fs";
import { basename, extname, resolve } from "node:path";

/** The project's own components, which pages use without importing them. */
const COMPONENTS = resolve("../../components");

/**
 * Compiles the queries of a page and the components that it uses into its two scripts. A page gets the
 * rows of its queries from `+layout.js`, by their names: neither their SQL nor an engine is in the
 * browser. The SQL is exported for the server that renders the page.
 * @param extractQueries Evidence's, which knows ` ```sql name ` blocks and `${other_query}`
 * @returns {import("svelte/compiler").PreprocessorGroup}
 */
export function pageQueries(extractQueries) {
  /** What was found in the markup of each page, for its scripts. */
  const pages = new Map();
  return {
    name: "page-queries",
    markup({ content, filename }) {
      if (!filename?.endsWith(".md")) return undefined;
      const queries = extractQueries(content);
      const code = withoutQueries(content, queries);
      pages.set(filename, { queries, components: usedComponents(code) });
      return { code };
    },
    script({ content, filename, attributes }) {
      const page = pages.get(filename);
      if (page === undefined) return undefined;
      const code =
        attributes.context === "module"
          ? queriesFunction(filename, page.queries)
          : pageScript(page);
      return { code: code + content };
    },
  };
}

/** Readers of a report are not shown its SQL. */
function withoutQueries(content, queries) {
  const names = new Set(queries.map(({ id }) => id));
  const fence = /^```(?:sql[ \t]+)?([^\s`]*)[^\n]*\n[\s\S]*?^```[ \t]*$/gm;
  return content.replace(fence, (block, name) => (names.has(name) ? "" : block));
}

function queriesFunction(filename, queries) {
  const entries = queries.map(({ id, compileError, compiledQueryString }) => {
    if (compileError) throw new Error(`${filename}: query "${id}": ${compileError}`);
    return `${id}: \`${compiledQueryString.replaceAll("`", "\\`")}\``;
  });
  return `
    export const queries = import.meta.env.SSR ? (params) => ({ ${entries.join(", ")} }) : undefined;
  `;
}

function pageScript({ queries, components }) {
  const names = queries.map(({ id }) => id).join(", ");
  const imports = [...components].map(
    ([name, path]) => `import ${name} from ${JSON.stringify(path)};`,
  );
  return `
    import { page } from '$app/stores';
    ${imports.join("\n")}
    export let data;
    let params = $page.params;
    $: params = $page.params;
    let { ${names} } = data.results;
    $: ({ ${names} } = data.results);
  `;
}

/** The components that markup uses, with where each is. */
function usedComponents(markup) {
  const used = new Map();
  const known = ownComponents();
  for (const [, name] of markup.matchAll(/<([A-Z]\w*)/g)) {
    const path = known.get(name);
    if (path !== undefined) used.set(name, path);
  }
  return used;
}

function ownComponents() {
  const files = readdirSync(COMPONENTS, { recursive: true });
  return new Map(
    files
      .filter((file) => extname(file) === ".svelte")
      .map((file) => [basename(file, ".svelte"), `$lib/${file.split(/[\\/]/).join("/")}`]),
  );
}
