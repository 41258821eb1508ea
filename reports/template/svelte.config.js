import { appendFileSync, mkdirSync } from "node:fs";

/**
 * What the pages are compiled with. Rendering from a bundle that is there compiles nothing, and
 * loading the compilers takes seconds.
 */
async function preprocessors() {
  if (process.env.CHITIEU_PRERENDER === "1") return [];
  const { default: evidence } = await import("@evidence-dev/preprocess");
  const { default: sveltePreprocess } = await import("svelte-preprocess");
  const { pageQueries } = await import("./page-queries.js");
  const [partials, scriptTags, , markdown, title] = evidence(true);
  return [
    partials,
    scriptTags,
    // In the place of Evidence's own, which puts the SQL and an engine into the browser.
    pageQueries(evidence.extractQueries),
    markdown,
    title,
    sveltePreprocess({ postcss: true }),
  ];
}

/** @type {import("@sveltejs/kit").Config} */
export default {
  extensions: [".svelte", ".md"],
  preprocess: await preprocessors(),
  // A component or a name that is not there would blank a part of the page in silence.
  onwarn: (warning) => {
    if (/defined|Empty Block/.test(warning.message)) {
      throw new Error(warning.message, { cause: warning });
    }
  },
  kit: {
    files: { routes: "src/pages", lib: "../../components", assets: "../../static" },
    paths: { relative: false },
    serviceWorker: { register: false },
    // Nothing is put together here, see prerender below.
    adapter: { name: "none", adapt: () => {} },
    prerender: {
      // Bundling renders nothing. The site build renders afterwards, from the bundle that it keeps,
      // starting with every page that has no parameter and following the links in them. One page is
      // made while another waits for its queries.
      concurrency: 4,
      entries: process.env.CHITIEU_PRERENDER === "1" ? ["*"] : [],
      // A missing or failed page is written down, so that the site build can name all of them.
      handleHttpError: ({ status, path, referrer }) => {
        mkdirSync(".evidence-queries", { recursive: true });
        const problem = { page: path, status, referrer };
        appendFileSync(".evidence-queries/problems.jsonl", `${JSON.stringify(problem)}\n`);
      },
      handleMissingId: "ignore",
    },
  },
};
