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
// Every page is prerendered, as the root layout says. What pages fetch is rendered with them; only
// importing the routes would tell more, and that takes as long as rendering. A plan without
// indicators links to no page of one, so a route with a parameter may stay without a page.
const routes = new Map(
  manifest._.routes
    .filter((route) => route.page !== null)
    .map((route) => {
      const prerender = route.id.includes("[") ? "auto" : true;
      return [route.id, { prerender, entries: undefined }];
    }),
);

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
