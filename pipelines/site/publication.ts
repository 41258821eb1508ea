import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { compressFile } from "./compression.ts";
import type { Workspace } from "./workspace.ts";

/** Files whose text may name another file of the site. */
const NAMING = new Set([".html", ".css", ".js", ".json"]);

/** How many files are compressed at once. */
const AT_ONCE = 4;

/**
 * Puts together what a browser needs in a new folder: pages, the results of their queries, and of the
 * bundle only the files that are named by another.
 * @param rendered folder with the pages and the rows of their queries
 * @param to folder that does not exist yet
 */
export async function assembleSite(
  workspace: Workspace,
  rendered: string,
  to: string,
): Promise<void> {
  for (const file of await listTree(rendered)) await copyInto(rendered, file, to);
  await moveNotFoundPage(to);

  const client = join(workspace.bundle, "client");
  const own = join(workspace.reports, "static");
  if (existsSync(own)) for (const file of await listTree(own)) await copyInto(own, file, to);
  await copyNamed(join(client, "_app"), client, to);
}

/** The inline script of `app.html` that chooses light or dark. */
const THEME_SCRIPT = /localStorage\.getItem\('giao-dien'\)/;

/**
 * The page for addresses that do not exist keeps its look but loses its other scripts: it must stand
 * wherever it is shown.
 */
async function moveNotFoundPage(to: string): Promise<void> {
  const page = join(to, "404", "index.html");
  if (!existsSync(page)) return;
  const html = (await readFile(page, "utf8"))
    .replace(/<script\b[\s\S]*?<\/script>/g, (script) => (THEME_SCRIPT.test(script) ? script : ""))
    .replace(/<link rel="modulepreload"[^>]*>/g, "");
  await writeFile(join(to, "404.html"), html);
  await rm(join(to, "404"), { recursive: true });
}

/** Copies the files under `folder` that a copied file names, and those that these name in turn. */
async function copyNamed(folder: string, base: string, to: string): Promise<void> {
  const left = new Map((await listTree(folder)).map((file) => [basename(file), file]));
  let texts: string[] = [];
  for (const file of await listTree(to)) {
    if (NAMING.has(extname(file))) texts.push(await readFile(join(to, file), "utf8"));
  }
  while (texts.length > 0) {
    const next: string[] = [];
    for (const [name, file] of left) {
      if (!texts.some((text) => text.includes(name))) continue;
      left.delete(name);
      const path = join(folder, file);
      await copyInto(base, relative(base, path), to);
      if (NAMING.has(extname(file))) next.push(await readFile(path, "utf8"));
    }
    texts = next;
  }
}

/**
 * Writes the compressed copies of every file of a site; those of the bundle are kept in `cache`.
 * @param shown the site that it takes the place of: what is the same there is not compressed again
 */
export async function compressSite(site: string, cache: string, shown?: string): Promise<void> {
  const files = await listTree(site);
  let next = 0;
  const worker = async () => {
    for (let file = files[next++]; file !== undefined; file = files[next++]) {
      await compressFile(join(site, file), {
        cache: file.startsWith(`_app${sep}immutable${sep}`) ? cache : undefined,
        ...(shown !== undefined && { before: join(shown, file) }),
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/**
 * Puts a finished site in the place of the one that is shown. Whoever asks sees the old one or the
 * new one, never a mixture; only for the instant between two renames is there none.
 */
export async function swapSite(site: string, out: string): Promise<void> {
  const old = `${out}.old-${process.pid}`;
  const had = existsSync(out);
  if (had) await rename(out, old);
  try {
    await rename(site, out);
  } catch (error) {
    if (had) await rename(old, out);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

/**
 * Cleans up after a run that was killed: puts a site back that was moved aside, removes what was not
 * finished. To be called under the lock only.
 */
export async function recoverSite(out: string): Promise<void> {
  const folder = dirname(out);
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (name.startsWith(`${basename(out)}.old-`) && !existsSync(out)) await rename(path, out);
    else if (name.startsWith(`${basename(out)}.old-`) || name.startsWith(`${basename(out)}.new-`)) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

/** Count and size of the files of a site, without their compressed copies. */
export async function measureSite(site: string): Promise<{ files: number; bytes: number }> {
  const files = (await listTree(site)).filter((file) => !/\.(br|gz)$/.test(file));
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(site, file))).size));
  return { files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** The files under a folder as relative paths, sorted. */
export async function listTree(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

async function copyInto(from: string, file: string, to: string): Promise<void> {
  await mkdir(dirname(join(to, file)), { recursive: true });
  await copyFile(join(from, file), join(to, file));
}
