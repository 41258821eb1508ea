import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { Failure } from "../vocabulary/failure.ts";
import { OWN_CODE } from "../warehouse/own-process.ts";
import { runCommand } from "./command.ts";
import { withLock } from "./lock.ts";
import { layOutProject, otherPart, pagesByPart, routeOf, VERSION_PAGE } from "./project.ts";
import { BUNDLES, type Bundle, type Bundler, bundledProgram, type Workspace } from "./workspace.ts";

/** What of the Evidence project ends up in the bundle. Sources do not: their results are data. */
const INPUTS = [
  "pages",
  "components",
  "partials",
  "queries",
  "static",
  "template",
  "evidence.config.yaml",
  "tsconfig.json",
  "package.json",
  // what pages import of the rest of the project
  "../pipelines/sentences",
  "../pipelines/vocabulary",
];

/** Packages whose version decides what the bundle looks like. */
const PACKAGES = [
  "@duckdb/duckdb-wasm",
  "@evidence-dev/component-utilities",
  "@evidence-dev/core-components",
  "@evidence-dev/evidence",
  "@evidence-dev/preprocess",
  "@evidence-dev/sdk",
  "@fontsource-variable/inter",
  "@sveltejs/kit",
  "@sveltejs/vite-plugin-svelte",
  "apache-arrow",
  "d3-scale",
  "echarts",
  "ssf",
  "svelte",
  "tailwindcss",
  "vite",
];

/** Bundling needs about 2,5 GB; more only makes the garbage collector lazy. */
const NODE_OPTIONS = "--max-old-space-size=2200 --max-semi-space-size=64";

/**
 * Makes a bundle of a checkout unless the one that is there was made from the same pages, components and
 * versions.
 * @throws Failure when bundling fails, quoting what it printed
 */
export async function ensureBundle(
  workspace: Workspace,
  bundler: Bundler,
  bundle: Bundle,
): Promise<void> {
  const digest = await digestOf(workspace, bundle);
  const { [bundle]: stamp } = bundler.stamps;
  const kept = existsSync(stamp) ? await readFile(stamp, "utf8") : "";
  if (kept === digest && existsSync(bundledProgram(workspace, bundle))) return;
  if (!bundler.isWritable) {
    throw new Failure(
      `Các trang đã thay đổi sau khi đóng gói, hoặc chưa đóng gói, mà người dùng này không có quyền ghi vào ${dirname(stamp)}. Chạy chitieu site một lần bằng người dùng sở hữu chương trình, hoặc dùng bản cài đặt.`,
    );
  }
  await rm(stamp, { force: true });
  const { [bundle]: folder } = bundler.projects;
  const part = bundle === "version" ? undefined : bundle;
  await layOutProject(workspace, bundler, folder, part);
  const config = part === undefined ? ["--config", VERSION_CONFIG] : [];
  await runCommand({
    purpose: "đang đóng gói các trang",
    script: bundler.vite,
    args: ["build", "--logLevel", "error", ...config],
    folder,
    environment: { NODE_OPTIONS, CHITIEU_BUNDLE: digest, CHITIEU_PART: bundle },
    log: join(workspace.work, `bundle-${bundle}.log`),
  });
  if (part !== undefined) {
    const routes = (await pagesByPart(workspace))[part].map(routeOf);
    await writeFile(join(workspace.bundles[part], OWN_ROUTES), JSON.stringify(routes));
  }
  await writeFile(stamp, digest);
}

/**
 * Makes a bundle where it has changed, while nobody else makes one.
 * @param onWait told what is done or waited for
 * @param whenReady done with it while nobody else makes it anew
 * @throws Failure when bundling fails
 */
export async function readyBundle(
  workspace: Workspace,
  bundle: Bundle,
  onWait: (message: string) => void = () => {},
  whenReady: (bundle: Bundle) => Promise<void> = async () => {},
): Promise<void> {
  const { bundler, work } = workspace;
  if (bundler === null) return;
  await withLock(
    join(work, `bundle-${bundle}.lock`),
    async () => {
      await ensureBundle(workspace, bundler, bundle);
      await whenReady(bundle);
    },
    (holder) => onWait(`Chờ một lần đóng gói trang khác (${holder})`),
  );
}

/** What Vite makes the bundle of the page of a version by. */
const VERSION_CONFIG = "version-page.config.js";

/** In a bundle: the routes of its pages, see `reports/bundled-pages.js`. */
export const OWN_ROUTES = "routes.json";

/** Beside a release's bundles: what `bundleDigest` was when they were made. */
export const BUNDLE_DIGEST = "digest";

/** sha256 over everything that the bundles depend on. */
export async function bundleDigest(workspace: Workspace): Promise<string> {
  const { bundler, reports } = workspace;
  if (bundler === null) return await readFile(join(reports, "bundle", BUNDLE_DIGEST), "utf8");
  const hash = createHash("sha256");
  for (const bundle of BUNDLES) hash.update(await digestOf(workspace, bundle));
  return hash.digest("hex");
}

/** sha256 over everything that a bundle depends on: the pages that it has not apart. */
async function digestOf(workspace: Workspace, bundle: Bundle): Promise<string> {
  const hash = createHash("sha256");
  const [major] = process.versions.node.split(".");
  hash.update(`${bundle} node ${major}\n`);

  const require = createRequire(join(workspace.reports, "package.json"));
  for (const name of PACKAGES) hash.update(`${name} ${await packageVersion(require, name)}\n`);

  const pages = await pagesByPart(workspace);
  const all = [...pages.own, ...pages.evidence];
  const elsewhere = new Set(
    bundle === "version" ? all.filter((page) => page !== VERSION_PAGE) : pages[otherPart(bundle)],
  );
  // of the other pages a bundle of pages has the addresses
  if (bundle !== "version") hash.update(JSON.stringify([...elsewhere]));
  for (const file of await listFiles(INPUTS.map((name) => join(workspace.reports, name)))) {
    if (elsewhere.has(relative(join(workspace.reports, "pages"), file))) continue;
    const content = await readFile(file);
    hash.update(`${relative(workspace.root, file)} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}

/** sha256 over the code that makes the files of a published version, and the packages it uses. */
export async function exportsDigest(workspace: Workspace): Promise<string> {
  const hash = createHash("sha256");
  const inputs = ["contract", "exports", "vocabulary", "workbook"];
  const files = await listFiles([
    ...inputs.map((name) => join(OWN_CODE, name)),
    join(workspace.root, "package-lock.json"),
  ]);
  for (const file of files) {
    hash.update(`${relative(workspace.root, file)}\n`).update(await readFile(file));
  }
  return hash.digest("hex");
}

const Manifest = z.object({ version: z.string().default("") });

async function packageVersion(require: NodeJS.Require, name: string): Promise<string> {
  // Not every package exports its package.json, so it is looked for in the folders that Node would.
  for (const folder of require.resolve.paths(name) ?? []) {
    const manifest = join(folder, name, "package.json");
    if (!existsSync(manifest)) continue;
    const { version } = Manifest.parse(JSON.parse(await readFile(manifest, "utf8")));
    return version;
  }
  return "";
}

/** All files under some paths, sorted; a path that is not there counts for nothing. */
export async function listFiles(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    if (!existsSync(path)) continue;
    try {
      const entries = await readdir(path, { recursive: true, withFileTypes: true });
      for (const entry of entries) {
        if (entry.isFile()) files.push(join(entry.parentPath, entry.name));
      }
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOTDIR")) throw error;
      files.push(path);
    }
  }
  return files.sort();
}
