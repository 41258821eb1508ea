import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../vocabulary/failure.ts";

/** Where the Evidence project lies and what it is worked on with. All paths are absolute. */
export interface Workspace {
  /** The program's folder: holds `package.json`, `models/` and `reports/`. */
  readonly root: string;
  /** The Evidence project: pages, components, sources; in a release only what rendering takes. */
  readonly reports: string;
  /** What builds of a site leave behind for the next one. */
  readonly work: string;
  /** The bundle: `server/` and `client/`. */
  readonly bundle: string;
  /** What the bundle is made with; null in a release, where it lies ready. */
  readonly bundler: Bundler | null;
}

/** What a checkout has to make the bundle. */
export interface Bundler {
  /** The SvelteKit project that is bundled, see `layOutProject`. */
  readonly template: string;
  /** The template of Evidence's package. */
  readonly evidence: string;
  /** The command line of Vite. */
  readonly vite: string;
}

/** The program that this file belongs to. */
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Finds the Evidence project. A checkout keeps its work beside it. A release may lie where nothing can
 * be written, and works beside the site.
 * @param out folder of the site that is to be built
 * @throws Failure when Evidence is not installed in a checkout
 */
export function findWorkspace(out: string, root: string = ROOT): Workspace {
  const reports = resolve(root, "reports");
  const program = { root: resolve(root), reports };
  if (!existsSync(join(reports, "pages"))) {
    const work = join(dirname(resolve(out)), "work");
    return { ...program, work, bundle: join(reports, "bundle"), bundler: null };
  }
  const work = join(reports, ".evidence");
  const template = join(work, "template");
  const bundler = { template, ...installedPackages(reports) };
  return { ...program, work, bundle: join(template, ".svelte-kit", "output"), bundler };
}

function installedPackages(reports: string): Omit<Bundler, "template"> {
  const require = createRequire(join(reports, "package.json"));
  const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));
  try {
    return {
      evidence: join(folderOf("@evidence-dev/evidence"), "template"),
      vite: join(folderOf("vite"), "bin", "vite.js"),
    };
  } catch (error) {
    throw new Failure(
      `Evidence is not installed in ${reports}. Run npm ci in ${dirname(reports)}.`,
      { cause: error },
    );
  }
}
