import { createHash } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { z } from "zod";
import { Failure } from "../vocabulary/failure.ts";
import { unlessMissing } from "../warehouse/place-files.ts";
import type { LookedAt } from "./inspection.ts";
import { listTree } from "./list-tree.ts";

/** Lies in a site and is served to nobody: which inline scripts each of its pages may run. */
export const SCRIPT_LIST = ".scripts.json";

/** By the path of a page, the digests of its scripts as a policy has them: `sha256-…`. */
const ScriptList = z.record(z.string(), z.array(z.string().regex(/^sha256-[\w+/]{43}=$/)));
type ScriptList = z.infer<typeof ScriptList>;

/**
 * Writes down which scripts the pages of a site have that was just built. A page has two of the
 * bundle: the first, before anything that a plan or a sender says, and the one that ends it. Whatever
 * else looks like a script came in with a text, and whatever comes later was not built.
 * @param from which files and folders are those of the site `shown`, whose list says it of them
 * @throws Failure when pages begin with different scripts: one of these is not the bundle's
 */
export async function listScripts(
  site: string,
  { taken = [], folders = [], shown = "" }: LookedAt = {},
): Promise<void> {
  const list: ScriptList = {};
  const firsts = new Map<string, string>();
  // what cannot be read says nothing
  const known = await readList(join(shown, SCRIPT_LIST)).catch((): ScriptList => ({}));
  const isTaken = new Set(taken);
  for (const file of (await listTree(site)).filter((name) => name.endsWith(".html"))) {
    const page = file.split(sep).join("/");
    const before = isTaken.has(file) ? known[page] : undefined;
    if (before?.length === 2 && before[0] !== undefined) {
      list[page] = before;
      firsts.set(before[0], file);
      continue;
    }
    const html = await readFile(join(site, file), "utf8");
    const [first, last] = [FIRST_SCRIPT, LAST_SCRIPT].map((own) => hashOf(own.exec(html)?.[1]));
    list[page] = [first, last].flatMap((one) => one ?? []);
    if (first !== null && first !== undefined) firsts.set(first, file);
  }
  const stays = new Set(folders);
  for (const [page, scripts] of Object.entries(known)) {
    if (!stays.has(page.slice(0, page.indexOf("/")))) continue;
    list[page] = scripts;
    if (scripts[0] !== undefined) firsts.set(scripts[0], page);
  }
  if (firsts.size > 1) {
    throw new Failure(
      `The pages ${[...firsts.values()].join(" and ")} begin with different scripts, of which one cannot be the bundle's. Nothing was published.`,
    );
  }
  const sorted = Object.entries(list).sort(([a], [b]) => (a < b ? -1 : 1));
  await writeFile(join(site, SCRIPT_LIST), JSON.stringify(Object.fromEntries(sorted)));
}

function hashOf(script: string | undefined): string | null {
  if (script === undefined) return null;
  return `sha256-${createHash("sha256").update(script).digest("base64")}`;
}

const read = new Map<string, { readonly state: string; readonly list: ScriptList }>();

/**
 * The scripts that a page of a site may run, by the digests that its build listed. None of a page that
 * was not built, or of a site of an earlier version, until it is built again.
 * @param site the folder itself, behind no link
 * @param page its path within the site
 */
export async function scriptsOf(site: string, page: string): Promise<readonly string[]> {
  const path = join(site, SCRIPT_LIST);
  const found = await unlessMissing(stat(path));
  if (found === null) return [];
  const state = `${found.ino} ${found.mtimeMs}`;
  const kept = read.get(site);
  const list = kept?.state === state ? kept.list : await readList(path);
  read.set(site, { state, list });
  return list[page.split(sep).join("/")] ?? [];
}

async function readList(path: string): Promise<ScriptList> {
  return ScriptList.parse(JSON.parse(await readFile(path, "utf8")));
}

/** `app.html` chooses light or dark before the first paint, above the title and all else that varies. */
const FIRST_SCRIPT =
  /^<!doctype html>\s*<html[^>]*>\s*<head>\s*(?:<(?:meta|link)\b[^>]*>\s*)*<script>([\s\S]*?)<\/script>/i;

/**
 * SvelteKit's, which starts a page of filters: nothing comes after it but ends of elements and the names
 * of scripts that are loaded ahead.
 */
const LAST_SCRIPT =
  /<script>(\s*\{\s*__sveltekit_\w+ = (?:(?!<\/script>)[\s\S])*)<\/script>(?:\s|<\/div>|<link rel="modulepreload" [^<>]*>|<\/body>|<\/html>)*$/;
