import evidence from "@evidence-dev/preprocess";
import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";
import sveltePreprocess from "svelte-preprocess";
import { pageQueries } from "./page-queries.js";

/** What the pages are compiled with. */
function preprocessors() {
  const [partials, scriptTags, , markdown, title] = evidence(true);
  return [
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

/** @type {import("@sveltejs/kit").Config} */
export default {
  extensions: [".svelte", ".md"],
  preprocess: preprocessors(),
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
    // Bundling renders nothing and puts nothing together: the site build renders afterwards, from the
    // bundle that it keeps (prerender.js).
    adapter: { name: "none", adapt: () => {} },
    prerender: { entries: [] },
    // The same pages make the same bundle; by default the clock would name it.
    version: { name: process.env.CHITIEU_BUNDLE ?? "development" },
  },
};
