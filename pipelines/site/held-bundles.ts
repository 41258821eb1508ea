import { existsSync, rmSync } from "node:fs";
import { copyFile, link, mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { listTree } from "./list-tree.ts";
import type { Bundle, Workspace } from "./workspace.ts";

/**
 * Bundles of a checkout that this process alone has, so that another one which makes them anew, since a
 * page has changed, takes nothing away from pages that are shown.
 * @returns the workspace with them, and what fetches a bundle that is made
 */
export function heldBundles(workspace: Workspace): {
  readonly workspace: Workspace;
  hold(bundle: Bundle): Promise<void>;
} {
  if (workspace.bundler === null) return { workspace, hold: async () => {} };
  const folder = join(workspace.work, "shown", String(process.pid));
  const own = { own: join(folder, "own"), evidence: join(folder, "evidence") };
  return {
    workspace: { ...workspace, bundles: { ...workspace.bundles, ...own } },
    async hold(bundle) {
      const to = join(folder, bundle);
      if (existsSync(to)) return;
      await removeLeft(dirname(folder));
      process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
      await linkFiles(workspace.bundles[bundle], `${to}.part`);
      await rename(`${to}.part`, to);
    },
  };
}

/** Removes what processes have left that were killed. */
async function removeLeft(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch((): string[] => [])) {
    if (!isRunning(Number(name))) await rm(join(folder, name), { recursive: true, force: true });
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** The same files under other names, which take no room. */
async function linkFiles(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  for (const file of await listTree(from)) {
    await mkdir(dirname(join(to, file)), { recursive: true });
    // another disk, or files of another user
    await link(join(from, file), join(to, file)).catch(() =>
      copyFile(join(from, file), join(to, file)),
    );
  }
}
