import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../vocabulary/failure.ts";

/** Where the Evidence project lies and what it is worked on with. All paths are absolute. */
export interface Workspace {
  /** The repository: holds `patches/` and the hoisted packages. */
  readonly root: string;
  /** The Evidence project: pages, components, sources. */
  readonly reports: string;
  /** Generated state of the project, git-ignored. */
  readonly work: string;
  /** What Evidence bundles: its own template with our pages copied in. */
  readonly template: string;
  /** The bundle, and the pages rendered from it. */
  readonly output: string;
  /** The command line of Evidence. */
  readonly cli: string;
}

/** The repository that this file belongs to. */
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Finds the Evidence project of a repository and the command line of the Evidence installed for it.
 * @throws Failure when Evidence is not installed
 */
export function findWorkspace(root: string = ROOT): Workspace {
  const reports = resolve(root, "reports");
  const require = createRequire(join(reports, "package.json"));
  let manifest: string;
  try {
    manifest = require.resolve("@evidence-dev/evidence/package.json");
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
    cli: join(dirname(manifest), "cli.js"),
  };
}
