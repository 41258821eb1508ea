/**
 * Makes what a package of chitieu has beyond the checkout: compiled code in `dist/` and the pages'
 * bundle in `reports/bundle/`. npm runs it before `npm pack`.
 */
import { execFileSync } from "node:child_process";
import { cp, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PROGRAM_FILES } from "../pipelines/development/made-files.ts";
import { makeStale } from "../pipelines/development/make-files.ts";
import { BUNDLE_DIGEST, bundleDigest, OWN_ROUTES, readyBundle } from "../pipelines/site/bundle.ts";
import { BUNDLES, findWorkspace } from "../pipelines/site/workspace.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

await makeStale(ROOT, PROGRAM_FILES);
await rm(join(ROOT, "dist"), { recursive: true, force: true });
execFileSync("npm", ["run", "--silent", "build"], { cwd: ROOT, stdio: "inherit" });

const workspace = findWorkspace(ROOT);
// the desk has the letters and colours of the pages, whose sources do not come along
const LETTERS = ["vietnamese", "latin"].map((subset) => `inter-${subset}-wght-normal.woff2`);
for (const file of [
  join(workspace.reports, "pages", "look", "tokens.css"),
  ...LETTERS.map((name) => join(ROOT, "node_modules/@fontsource-variable/inter/files", name)),
]) {
  await cp(file, join(ROOT, "dist", basename(file)));
}
if (workspace.bundler === null) throw new Error(`${ROOT} is no checkout.`);
const packed = join(workspace.reports, "bundle");
await rm(packed, { recursive: true, force: true });
for (const bundle of BUNDLES) {
  await readyBundle(workspace, bundle);
  for (const name of bundle === "version" ? ["server"] : ["server", "client", OWN_ROUTES]) {
    await cp(join(workspace.bundles[bundle], name), join(packed, bundle, name), {
      recursive: true,
    });
  }
}
await writeFile(join(packed, BUNDLE_DIGEST), await bundleDigest(workspace));
