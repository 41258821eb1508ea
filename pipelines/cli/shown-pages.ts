import type { Audience } from "../contract/report.ts";
import type { VersionPages } from "../publishing/publish.ts";
import { readyBundle } from "../site/bundle.ts";
import { heldBundles } from "../site/held-bundles.ts";
import { ServedPages } from "../site/served-pages.ts";
import { versionPages } from "../site/version-pages.ts";
import { BUNDLES, findWorkspace, type Workspace } from "../site/workspace.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import type { Context } from "./context.ts";

/**
 * The bundle of our own pages, made where they have changed; that of Evidence's is made meanwhile, and
 * its pages are there when it is.
 */
export async function preparePages(paths: WarehousePaths, context: Context): Promise<Workspace> {
  const workspace = findWorkspace(paths.folder);
  const progress = (message: string): void => context.progress(message);
  const held = heldBundles(workspace);
  await readyBundle(workspace, "own", progress, held.hold);
  readyBundle(workspace, "evidence", progress, held.hold).catch((error: unknown) => {
    context.warn(`trang phân tích: ${error instanceof Error ? error.message : error}`);
  });
  return held.workspace;
}

/** What renders the pages of versions that are published; the bundle is made for the first of them. */
export function publishedPages(paths: WarehousePaths, context: Context): VersionPages {
  const workspace = findWorkspace(paths.folder);
  return versionPages(workspace, () =>
    readyBundle(workspace, "version", (message) => context.progress(message)),
  );
}

/** All bundles, made where they have changed: whoever may not make them finds them then. */
export async function prepareAllPages(paths: WarehousePaths, context: Context): Promise<Workspace> {
  const workspace = findWorkspace(paths.folder);
  for (const bundle of BUNDLES) {
    await readyBundle(workspace, bundle, (message) => context.progress(message));
  }
  return workspace;
}

/** The pages for an audience, rendered when they are asked for; what goes wrong is a warning. */
export function openPages(
  workspace: Workspace,
  paths: WarehousePaths,
  audience: Audience,
  context: Context,
): ServedPages {
  const reasons = new Map<string, string>();
  return new ServedPages(
    { workspace, marts: paths.marts, warehouse: paths, audience },
    {
      onTrouble: (reason) => {
        if (reason !== null) context.warn(`trang báo cáo: ${reason}`);
      },
      onProblem: (path, reason) => {
        // a page that fails does so each time that it is asked for
        if (reasons.get(path) === reason) return;
        reasons.set(path, reason);
        context.warn(`trang ${path}: ${reason}`);
      },
    },
  );
}
