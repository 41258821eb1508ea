import { existsSync, renameSync, statSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, sep } from "node:path";
import { COPIES, compressFile } from "./compression.ts";
import { listTree } from "./list-tree.ts";
import { linkFile, placeFile } from "./place-file.ts";
import { planFoldersOf } from "./plan-folders.ts";
import type { Workspace } from "./workspace.ts";

/** Files of the bundle whose text may name another of it. */
const NAMING = new Set([".css", ".js", ".json"]);

/** How many files are worked on at once. */
const AT_ONCE = 4;

/** Pages of which a site is put together. */
export interface PagesToPublish {
  /** Folder with pages and the rows of their queries. It is moved. */
  readonly rendered: string;
  /** The site that is shown; it may not be there. */
  readonly shown: string;
  /** Files of it that are taken over with their compressed copies, by their paths within it. */
  readonly taken: readonly string[];
  /** Addresses of the bundle's files that the pages name. */
  readonly assets: readonly string[];
}

/**
 * Puts together what a browser needs in a new folder: pages, the results of their queries, and of the
 * bundle only the files that are named by another. What the site that is shown has alike is the same
 * file in both, a second name for it: nothing is written.
 * @param to folder that does not exist yet
 */
export async function assembleSite(
  workspace: Workspace,
  { rendered, shown, taken, assets }: PagesToPublish,
  to: string,
): Promise<void> {
  await moveFolder(rendered, to);
  await eachOf(taken, (file) => takeOver(join(shown, file), join(to, file)));
  await moveNotFoundPage(to);

  const place = (from: string, file: string) =>
    placeFile(join(from, file), join(to, file), join(shown, file));
  const own = join(workspace.reports, "static");
  await eachOf(existsSync(own) ? await listTree(own) : [], (file) => place(own, file));
  for (const bundle of Object.values(workspace.bundles)) {
    const client = join(bundle, "client");
    const there = assets.filter((address) => existsSync(join(client, address)));
    await eachOf(await namedFiles(client, there), (file) => place(client, file));
  }
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

/**
 * The files of the bundle that pages name by their addresses, and those that these name in turn by
 * their names; by their paths within the site.
 */
async function namedFiles(client: string, assets: readonly string[]): Promise<string[]> {
  const left = new Set((await listTree(join(client, "_app"))).map((file) => join("_app", file)));
  const named: string[] = [];
  let texts: string[] = [];
  const take = async (file: string): Promise<void> => {
    left.delete(file);
    named.push(file);
    if (NAMING.has(extname(file))) texts.push(await readFile(join(client, file), "utf8"));
  };
  for (const address of assets) await take(join(...address.split("/")));
  while (texts.length > 0) {
    const from = texts;
    texts = [];
    for (const file of [...left]) {
      if (from.some((text) => text.includes(basename(file)))) await take(file);
    }
  }
  return named;
}

/**
 * Writes the compressed copies of every file of a site; those of the bundle are kept in `cache`.
 * @param shown the site that it takes the place of: what is the same there is not compressed again
 */
export async function compressSite(site: string, cache: string, shown?: string): Promise<void> {
  // what is served to nobody has a point before its name
  const files = (await listTree(site)).filter((file) => !basename(file).startsWith("."));
  await eachOf(files, (file) =>
    compressFile(join(site, file), {
      cache: file.startsWith(`_app${sep}immutable${sep}`) ? cache : undefined,
      ...(shown !== undefined && { before: join(shown, file) }),
    }),
  );
}

/**
 * Puts a finished site in the place of the one that is shown. Whoever asks sees the old one or the
 * new one, never a mixture; only for the instant between two renames is there none.
 * @param folders those of the site that is shown which the other one has, too: they are moved
 */
export async function swapSite(
  site: string,
  out: string,
  folders: readonly string[] = [],
): Promise<void> {
  const old = `${out}.old-${process.pid}`;
  const had = existsSync(out);
  if (had) await rename(out, old);
  try {
    // nothing is shown meanwhile, so that nothing else is done between them
    for (const folder of folders) renameSync(join(old, folder), join(site, folder));
    renameSync(site, out);
  } catch (error) {
    if (had) await putBack(old, site, out);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

/** Puts a site back that was moved aside, with those of its folders that are in another already. */
async function putBack(old: string, site: string, out: string): Promise<void> {
  for (const folder of await planFoldersOf(old)) {
    const [was, is] = [join(old, folder), join(site, folder)];
    if (!existsSync(was) && existsSync(is)) await rename(is, was);
  }
  await rename(old, out);
}

/**
 * Cleans up after a run that was killed: puts a site back that was moved aside, removes what was not
 * finished. To be called under the lock only.
 */
export async function recoverSite(out: string): Promise<void> {
  const folder = dirname(out);
  await mkdir(folder, { recursive: true });
  const [OLD, NEW] = [`${basename(out)}.old-`, `${basename(out)}.new-`];
  const left = (await readdir(folder)).filter(
    (name) => name.startsWith(OLD) || name.startsWith(NEW),
  );
  const old = left.find((name) => name.startsWith(OLD));
  if (old !== undefined && !existsSync(out)) {
    await putBack(join(folder, old), `${out}.new-${old.slice(OLD.length)}`, out);
  }
  for (const name of left) await rm(join(folder, name), { recursive: true, force: true });
}

/** Count and size of the files of a site or a part of it, without their compressed copies. */
export interface SiteSize {
  readonly pages: number;
  readonly files: number;
  readonly bytes: number;
}

export async function measureSite(site: string): Promise<SiteSize> {
  const files = (await listTree(site)).filter((file) => !/\.(br|gz)$/.test(file));
  return {
    pages: files.filter((file) => file.endsWith("index.html")).length,
    files: files.length,
    // one after the other: of all at once each would be held in memory until the last
    bytes: files.reduce((sum, file) => sum + statSync(join(site, file)).size, 0),
  };
}

/** Moves a folder to where there is none. */
async function moveFolder(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EXDEV")) throw error;
    await cp(from, to, { recursive: true });
    await rm(from, { recursive: true });
  }
}

/** Gives a page of the site that is shown, and its compressed copies, a second name. */
async function takeOver(before: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await linkFile(before, to);
  if (!COPIES.every((ending) => existsSync(before + ending))) return;
  await Promise.all(COPIES.map((ending) => linkFile(before + ending, to + ending)));
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
