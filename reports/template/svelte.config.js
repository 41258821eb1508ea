import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import evidence from "@evidence-dev/preprocess";
import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";
import { IS_OWN } from "./bundled-part.js";
import { pageQueries } from "./page-scripts.js";

/** @type {import("svelte/compiler").PreprocessorGroup} */
const dependOnPartials = {
  markup: ({ content }) => ({ code: content, dependencies: partialsOf(content) }),
};

/**
 * In the place of Evidence's own, which puts half of its library into each page for the address of a
 * picture.
 * @type {import("svelte/compiler").PreprocessorGroup}
 */
const titleOfPage = {
  name: "page-title",
  markup({ content, filename }) {
    if (!filename?.endsWith("+page.md")) return undefined;
    if (!content.includes("export const metadata =")) {
      throw new Error(`${filename} has no title: a page begins with ---, title: …, ---`);
    }
    return { code: `<svelte:head><title>{metadata.title}</title></svelte:head>\n${content}` };
  },
};

/** What the pages are compiled with. */
async function preprocessors() {
  const [partials, scriptTags, , markdown] = evidence(true);
  return [
    dependOnPartials,
    partials,
    scriptTags,
    // In the place of Evidence's own, which puts the SQL and an engine into the browser.
    pageQueries(evidence.extractQueries),
    markdown,
    titleOfPage,
    // svelte-preprocess would take TypeScript of a version that has no interface for it.
    vitePreprocess({ style: false }),
    // styles of ours are plain CSS
    ...(IS_OWN
      ? []
      : [(await import("svelte-preprocess")).default({ postcss: true, typescript: false })]),
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

/** The script of `app.html`, which chooses light or dark, as a policy names it. */
function themeScript() {
  const [, script = ""] =
    /<script>([\s\S]*?)<\/script>/.exec(readFileSync("src/app.html", "utf8")) ?? [];
  const digest = createHash("sha256").update(script).digest("base64");
  return /** @type {const} */ (`sha256-${digest}`);
}

/** @type {import("@sveltejs/kit").Config} */
export default {
  extensions: [".svelte", ".md"],
  preprocess: await preprocessors(),
  // A bundle has no source maps, of which the compiler would make its own all the same.
  compilerOptions: { enableSourcemap: process.env.CHITIEU_LIVE !== undefined },
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
    // What a page may do stands in it, so that it holds wherever the page is shown. `policy.ts` says it
    // of all else.
    csp: {
      mode: "hash",
      directives: {
        "default-src": ["self"],
        "script-src": ["self", themeScript()],
        "style-src": ["self", "unsafe-inline"],
        "img-src": ["self", "data:"],
        "font-src": ["self"],
        "connect-src": ["self"],
        "object-src": ["none"],
        "base-uri": ["none"],
        "form-action": ["none"],
      },
    },
    // Bundling renders nothing and puts nothing together: pages are rendered from the bundle.
    adapter: { name: "none", adapt: () => {} },
    prerender: { entries: [] },
    // Styles are inlined, so that a page is readable at once; no stylesheet is this long.
    inlineStyleThreshold: 120_000,
    // The same pages make the same bundle; by default the clock would name it.
    version: { name: process.env.CHITIEU_BUNDLE ?? "development" },
  },
};
