/**
 * Makes what a package of chitieu has beyond the checkout: compiled code in `dist/` and the pages'
 * bundle in `reports/bundle/`. npm runs it before `npm pack`.
 */
import { execFileSync } from "node:child_process";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PROGRAM_FILES } from "../pipelines/development/made-files.ts";
import { makeStale } from "../pipelines/development/make-files.ts";
import {
  BUNDLE_DIGEST,
  bundleDigest,
  ensureBundles,
  OWN_ROUTES,
} from "../pipelines/site/bundle.ts";
import { withLock } from "../pipelines/site/lock.ts";
import { findWorkspace, PARTS } from "../pipelines/site/workspace.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

await makeStale(ROOT, PROGRAM_FILES);
await rm(join(ROOT, "dist"), { recursive: true, force: true });
execFileSync("npm", ["run", "--silent", "build"], { cwd: ROOT, stdio: "inherit" });

const workspace = findWorkspace(ROOT);
// the desk has the colours of the pages, whose sources do not come along
await cp(join(workspace.reports, "pages", "look", "tokens.css"), join(ROOT, "dist", "tokens.css"));
const { bundler } = workspace;
if (bundler === null) throw new Error(`${ROOT} is no checkout.`);
await withLock(join(workspace.work, "build.lock"), async () => {
  await mkdir(workspace.work, { recursive: true });
  await ensureBundles(workspace, bundler, join(workspace.work, "build.log"));
  const packed = join(workspace.reports, "bundle");
  await rm(packed, { recursive: true, force: true });
  for (const part of PARTS) {
    for (const name of ["server", "client", OWN_ROUTES]) {
      await cp(join(workspace.bundles[part], name), join(packed, part, name), { recursive: true });
    }
  }
  await writeFile(join(packed, BUNDLE_DIGEST), await bundleDigest(workspace));
});
