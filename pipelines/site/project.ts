import { existsSync } from "node:fs";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { listTree } from "./list-tree.ts";
import type { Bundler, Workspace } from "./workspace.ts";

/** What is taken from Evidence's template as it is; the rest is `reports/template/`. */
const OF_EVIDENCE = ["postcss.config.cjs", "src/app.css", "src/global.d.ts", "src/hooks.client.js"];

/** What of `reports/` is copied, `partials` and `queries` for pages that take them in. */
const COPIED = ["template", "partials", "queries", "pages"];

/**
 * Lays out the SvelteKit project that Vite works on: Evidence's template, ours over it, and the pages
 * as routes. Components and static files are used where they are.
 * @param folder it is made anew
 */
export async function layOutProject(
  workspace: Workspace,
  bundler: Bundler,
  folder: string,
): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const file of OF_EVIDENCE) {
    await copyTo(join(bundler.evidence, file), join(folder, file));
  }
  for (const name of COPIED) {
    const from = join(workspace.reports, name);
    if (!existsSync(from)) continue;
    for (const file of await listTree(from)) {
      const path = placeInProject(join(name, file));
      if (path !== undefined) await copyTo(join(from, file), join(folder, path));
    }
  }
}

/**
 * Where a file of `reports/` lies in the project: `pages/a.md` is the route `src/pages/a/+page.md`.
 * @param file path within `reports/`
 * @returns undefined when it is not copied
 */
export function placeInProject(file: string): string | undefined {
  const [name = "", ...rest] = file.split(sep);
  if (rest.length === 0 || !COPIED.includes(name)) return undefined;
  if (name === "template") return join(...rest);
  if (name !== "pages") return file;
  const last = rest.pop() ?? "";
  if (!last.endsWith(".md") || last.startsWith("+")) return join("src", file);
  const route = last === "index.md" ? rest : [...rest, last.slice(0, -".md".length)];
  return join("src", "pages", ...route, "+page.md");
}

async function copyTo(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}
