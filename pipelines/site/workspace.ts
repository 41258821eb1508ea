import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../vocabulary/failure.ts";

/** Where the Evidence project lies and what it is worked on with. All paths are absolute. */
export interface Workspace {
  /** The repository: holds the hoisted packages. */
  readonly root: string;
  /** The Evidence project: pages, components, sources. */
  readonly reports: string;
  /** Generated state of the project, git-ignored. */
  readonly work: string;
  /** The SvelteKit project that is bundled, see `layOutProject`. */
  readonly template: string;
  /** The bundle, and the pages rendered from it. */
  readonly output: string;
  /** The template of Evidence's package. */
  readonly evidence: string;
  /** The command line of Vite. */
  readonly vite: string;
}

/** The repository that this file belongs to. */
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Finds the Evidence project of a repository, and the Evidence and Vite installed for it.
 * @throws Failure when Evidence is not installed
 */
export function findWorkspace(root: string = ROOT): Workspace {
  const reports = resolve(root, "reports");
  const require = createRequire(join(reports, "package.json"));
  let evidence: string;
  let vite: string;
  try {
    evidence = dirname(require.resolve("@evidence-dev/evidence/package.json"));
    vite = dirname(require.resolve("vite/package.json"));
  } catch (error) {
    throw new Failure(`Evidence is not installed in ${reports}. Run npm ci in ${resolve(root)}.`, {
      cause: error,
    });
  }
  const work = join(reports, ".evidence");
  const template = join(work, "template");
  return {
    root: resolve(root),
    reports,
    work,
    template,
    output: join(template, ".svelte-kit", "output"),
    evidence: join(evidence, "template"),
    vite: join(vite, "bin", "vite.js"),
  };
}
