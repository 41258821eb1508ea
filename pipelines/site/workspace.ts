import { accessSync, constants, existsSync } from "node:fs";
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
  /** File with what the bundle was made from. */
  readonly stamp: string;
  /** Whether this user may make the bundle anew. */
  readonly isWritable: boolean;
}

/** The program that this file belongs to. */
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Finds the Evidence project. A checkout keeps its work beside it. A release, and a checkout that
 * belongs to another user, may lie where nothing can be written, and works beside the site.
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
  const own = join(reports, ".evidence");
  const template = join(own, "template");
  const isWritable = mayWrite(own);
  const stamp = join(own, "bundle.digest");
  const bundler = { template, stamp, isWritable, ...installedPackages(reports) };
  const work = isWritable ? own : join(dirname(resolve(out)), "work");
  return { ...program, work, bundle: join(template, ".svelte-kit", "output"), bundler };
}

/** Whether this user may write in a folder, or make it. */
function mayWrite(folder: string): boolean {
  try {
    accessSync(existsSync(folder) ? folder : dirname(folder), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function installedPackages(reports: string): Pick<Bundler, "evidence" | "vite"> {
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
