import { resolve } from "node:path";
import evidence from "@evidence-dev/preprocess";
import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";
import sveltePreprocess from "svelte-preprocess";
import { pageQueries } from "./page-scripts.js";

/** @type {import("svelte/compiler").PreprocessorGroup} */
const dependOnPartials = {
  markup: ({ content }) => ({ code: content, dependencies: partialsOf(content) }),
};

/** What the pages are compiled with. */
function preprocessors() {
  const [partials, scriptTags, , markdown, title] = evidence(true);
  return [
    dependOnPartials,
    partials,
    scriptTags,
    // In the place of Evidence's own, which puts the SQL and an engine into the browser.
    pageQueries(evidence.extractQueries),
    markdown,
    title,
    // svelte-preprocess would take TypeScript of a version that has no interface for it.
    vitePreprocess({ style: false }),
    sveltePreprocess({ postcss: true, typescript: false }),
  ];
}

/**
 * The partials that a page takes in: a change to one is a change to the page.
 * @param {string} content
 */
function partialsOf(content) {
  const named = content.matchAll(/\{@partial\s+"(.*?)"\s*\}/g);
  return [...named].map(([, name = ""]) => resolve("partials", name));
}

/** @type {import("@sveltejs/kit").Config} */
export default {
  extensions: [".svelte", ".md"],
  preprocess: preprocessors(),
  // A component or a name that is not there would blank a part of the page in silence.
  onwarn: (/** @type {{ readonly message: string }} */ warning) => {
    if (/defined|Empty Block/.test(warning.message)) {
      throw new Error(warning.message, { cause: warning });
    }
  },
  kit: {
    files: { routes: "src/pages", lib: "../../components", assets: "../../static" },
    paths: { relative: false },
    serviceWorker: { register: false },
    // Bundling renders nothing and puts nothing together: the site build renders afterwards, from the
    // bundle that it keeps (prerender.js).
    adapter: { name: "none", adapt: () => {} },
    prerender: { entries: [] },
    // With its styles in it a page is readable as soon as it is there; no stylesheet has so many letters.
    inlineStyleThreshold: 120_000,
    // The same pages make the same bundle; by default the clock would name it.
    version: { name: process.env.CHITIEU_BUNDLE ?? "development" },
  },
};
