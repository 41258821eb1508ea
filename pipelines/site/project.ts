import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { listTree } from "./list-tree.ts";
import { readPartials, replacePartials } from "./partials.ts";
import type { Bundler, Part, Workspace } from "./workspace.ts";

/** What is taken from Evidence's template as it is; the rest is `reports/template/`. */
const OF_EVIDENCE = ["postcss.config.cjs", "src/app.css", "src/global.d.ts", "src/hooks.client.js"];

/** What of `reports/` is copied, `partials` and `queries` for pages that take them in. */
const COPIED = ["template", "partials", "queries", "pages"];

/** The page that shows a version, of whose queries the page that is published with it has its rows. */
export const VERSION_PAGE = join("[plan]", "bao-cao", "[period]", "[version].md");

/** A page of the other bundle, which a browser has to open anew. */
const ELSEWHERE = `export const load = ({ url }) => {
  if (import.meta.env.SSR) return;
  location.assign(url);
  return new Promise(() => {});
};
`;

/**
 * Lays out the SvelteKit project that Vite works on: Evidence's template, ours over it, and the pages
 * as routes. Components and static files are used where they are.
 * @param folder it is made anew
 * @param part the pages that it gets; all of them by default
 */
export async function layOutProject(
  workspace: Workspace,
  bundler: Bundler,
  folder: string,
  part?: Part,
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
  if (part === undefined) return;
  for (const page of (await pagesByPart(workspace))[otherPart(part)]) {
    const place = join(folder, placeInProject(join("pages", page)) ?? "");
    await rm(place);
    await writeFile(place.replace(/\.md$/, ".js"), ELSEWHERE);
  }
}

export function otherPart(part: Part): Part {
  return part === "own" ? "evidence" : "own";
}

/**
 * The pages by the bundle that has them, as paths within `reports/pages`: those that use a component
 * which is not ours, an input or Evidence's `fmt` are bundled with Evidence's components.
 */
export async function pagesByPart({ reports }: Workspace): Promise<Record<Part, string[]>> {
  const folder = join(reports, "pages");
  const components = await listTree(join(reports, "components"));
  const own = new Set(components.map((file) => basename(file, ".svelte")));
  const partials = await readPartials(reports);
  const pages: Record<Part, string[]> = { own: [], evidence: [] };
  for (const page of (await listTree(folder)).filter((file) => isPage(basename(file)))) {
    const text = await readFile(join(folder, page), "utf8");
    const whole = replacePartials(text, (name) => partials.get(name) ?? "");
    pages[usesEvidence(whole, own) ? "evidence" : "own"].push(page);
  }
  return pages;
}

/** The route of a page: `[plan]/index.md` is `/[plan]`. */
export function routeOf(page: string): string {
  const route = page.replace(/\.md$/, "").split(sep);
  return `/${(route.at(-1) === "index" ? route.slice(0, -1) : route).join("/")}`;
}

function isPage(name: string): boolean {
  return name.endsWith(".md") && !name.startsWith("+");
}

function usesEvidence(text: string, own: ReadonlySet<string>): boolean {
  if (/\$\{\s*inputs\b|\{[^}]*\bfmt\(|@evidence-dev\//.test(text)) return true;
  return [...text.matchAll(/<([A-Z]\w*)/g)].some(([, name = ""]) => !own.has(name));
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
  if (!isPage(last)) return join("src", file);
  const route = last === "index.md" ? rest : [...rest, last.slice(0, -".md".length)];
  return join("src", "pages", ...route, "+page.md");
}

async function copyTo(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}
