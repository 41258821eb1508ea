// Renders every page from the bundle that `evidence build` left in .svelte-kit/output, without
// bundling anything: run in .evidence/template after `evidence sources`. Takes a second, where
// bundling takes a minute.
import { existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const kit = dirname(require.resolve("@sveltejs/kit/package.json"));
const out = resolve(".svelte-kit/output");
const manifestPath = `${out}/server/manifest-full.js`;
if (!existsSync(manifestPath)) {
  console.error(`${manifestPath} is missing: bundle the site first.`);
  process.exit(1);
}

rmSync(`${out}/prerendered`, { recursive: true, force: true });
rmSync(".evidence-queries", { recursive: true, force: true });

const { manifest } = await import(pathToFileURL(manifestPath).href);
const routes = new Map();
for (const route of manifest._.routes) {
  const leaf = route.page === null ? undefined : await manifest._.nodes[route.page.leaf]();
  const layouts = route.page === null ? [] : route.page.layouts;
  const nodes = await Promise.all(
    layouts.filter((index) => index !== undefined).map((index) => manifest._.nodes[index]()),
  );
  const endpoint = route.endpoint === null ? undefined : await route.endpoint();
  const options = [...nodes, leaf].map((node) => node?.universal?.prerender);
  const prerender =
    endpoint === undefined ? options.findLast((o) => o !== undefined) : endpoint.prerender;
  routes.set(route.id, { prerender: prerender ?? false, entries: undefined });
}

const { default: prerender } = await import(
  pathToFileURL(`${kit}/src/core/postbuild/prerender.js`).href
);
const { prerendered } = await prerender({
  out,
  manifest_path: manifestPath,
  metadata: { nodes: [], routes },
  verbose: false,
  env: {},
});
console.log(`rendered ${prerendered.pages.size} pages`);
process.exit(0);
