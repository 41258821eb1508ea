import { accessSync, constants, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../vocabulary/failure.ts";

/**
 * Pages are bundled in two parts: those of our own components, and those with Evidence's, which take
 * twice as long.
 */
export const PARTS = ["own", "evidence"] as const;
export type Part = (typeof PARTS)[number];

/** All that is bundled: the pages, and what renders the page of a version as a file, see `version-pages.ts`. */
export const BUNDLES = ["version", ...PARTS] as const;
export type Bundle = (typeof BUNDLES)[number];

/** Where the Evidence project lies and what it is worked on with. All paths are absolute. */
export interface Workspace {
  /** The program's folder: holds `package.json`, `models/` and `reports/`. */
  readonly root: string;
  /** The Evidence project: pages, components, sources; in a release only what rendering takes. */
  readonly reports: string;
  /** What builds of a site leave behind for the next one. */
  readonly work: string;
  /** The bundles: each has `server/`, those of pages have `client/`. */
  readonly bundles: Readonly<Record<Bundle, string>>;
  /** What the bundles are made with; null in a release, where they lie ready. */
  readonly bundler: Bundler | null;
}

/** The file of a bundle that renders its pages, which is there where the bundle is whole. */
export function bundledProgram({ bundles }: Workspace, bundle: Bundle): string {
  const name = bundle === "version" ? "version-page.js" : "index.js";
  return join(bundles[bundle], "server", name);
}

/** What a checkout has to make the bundles. */
export interface Bundler {
  /** The SvelteKit projects that are bundled, see `layOutProject`. */
  readonly projects: Readonly<Record<Bundle, string>>;
  /** The template of Evidence's package. */
  readonly evidence: string;
  /** The command line of Vite. */
  readonly vite: string;
  /** Files with what each bundle was made from. */
  readonly stamps: Readonly<Record<Bundle, string>>;
  /** Whether this user may make the bundles anew. */
  readonly isWritable: boolean;
}

/** The program that this file belongs to. */
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Finds the Evidence project. A checkout keeps its work beside it. A release, and a checkout that
 * belongs to another user, may lie where nothing can be written, and works in another folder.
 * @param elsewhere folder, of a warehouse as a rule, in which `work` is then made
 * @throws Failure when Evidence is not installed in a checkout
 */
export function findWorkspace(elsewhere: string, root: string = ROOT): Workspace {
  const reports = resolve(root, "reports");
  const program = { root: resolve(root), reports };
  if (!existsSync(join(reports, "pages"))) {
    const work = join(resolve(elsewhere), "work");
    const bundles = byBundle((bundle) => join(reports, "bundle", bundle));
    return { ...program, work, bundles, bundler: null };
  }
  const own = join(reports, ".evidence");
  const projects = byBundle((bundle) => join(own, `template-${bundle}`));
  const isWritable = mayWrite(own);
  const stamps = byBundle((bundle) => join(own, `bundle-${bundle}.digest`));
  const bundler = { projects, stamps, isWritable, ...installedPackages(reports) };
  const work = isWritable ? own : join(resolve(elsewhere), "work");
  const bundles = byBundle((bundle) => join(projects[bundle], ".svelte-kit", "output"));
  return { ...program, work, bundles, bundler };
}

function byBundle<T>(of: (bundle: Bundle) => T): Record<Bundle, T> {
  return { version: of("version"), own: of("own"), evidence: of("evidence") };
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
      `Chưa cài Evidence trong ${reports}. Chạy npm ci trong ${dirname(reports)}.`,
      { cause: error },
    );
  }
}
