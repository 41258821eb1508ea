import { readdirSync, statSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { sha256Of } from "../publishing/digest.ts";
import { unlessMissing } from "../warehouse/place-files.ts";
import { KEPT_LIST } from "./render.ts";
import { SCRIPT_LIST } from "./script-list.ts";

/** Lies in a site and is served to nobody: how the folder of each plan lay there when it was built. */
const FOLDER_LIST = ".folders.json";

/** A plan's folder as it lies there. */
const PlanFolder = z.object({
  /** Another text when a file of it is another one, has been written to, is gone or is new. */
  state: z.string(),
  pages: z.int(),
  /** Without compressed copies, as are the bytes. */
  files: z.int(),
  bytes: z.int(),
});
export type PlanFolder = z.infer<typeof PlanFolder>;

const FolderList = z.object({
  /** Digest of the list of scripts, which says of the pages of these folders what they may run. */
  scripts_sha256: z.string(),
  folders: z.record(z.string(), PlanFolder),
});

/** The folders of plans, by their names, that lie in a site as its build has left them. */
export async function untouchedFolders(site: string): Promise<Map<string, PlanFolder>> {
  const untouched = new Map<string, PlanFolder>();
  const list = await readList(site).catch(() => null);
  if (list?.scripts_sha256 !== (await scriptsDigest(site))) return untouched;
  for (const [name, folder] of Object.entries(list.folders)) {
    const now = await lookAt(join(site, name)).catch(() => null);
    if (now?.state === folder.state) untouched.set(name, folder);
    // the tables are made meanwhile
    await new Promise((next) => setImmediate(next));
  }
  return untouched;
}

/**
 * Writes down how the folders of plans lie in a finished site.
 * @param taken those that will be taken from the site which is shown, and how they lie there
 */
export async function listFolders(
  site: string,
  taken: ReadonlyMap<string, PlanFolder>,
): Promise<void> {
  const folders: Record<string, PlanFolder> = Object.fromEntries(taken);
  for (const entry of await readdir(site, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const files = await readdir(join(site, entry.name));
    if (files.includes(KEPT_LIST)) folders[entry.name] = await lookAt(join(site, entry.name));
  }
  const list = { scripts_sha256: await scriptsDigest(site), folders };
  await writeFile(join(site, FOLDER_LIST), JSON.stringify(list));
}

/** The names of the folders of plans that a site has, or had when it was built; none where nothing says it. */
export async function planFoldersOf(site: string): Promise<string[]> {
  const list = await readList(site).catch(() => null);
  return Object.keys(list?.folders ?? {});
}

async function readList(site: string): Promise<z.infer<typeof FolderList>> {
  return FolderList.parse(JSON.parse(await readFile(join(site, FOLDER_LIST), "utf8")));
}

async function scriptsDigest(site: string): Promise<string> {
  const list = await unlessMissing(readFile(join(site, SCRIPT_LIST)));
  return list === null ? "" : sha256Of(list);
}

/**
 * Looks at every file of a folder, one after the other: there are hundreds of each plan, and handing each
 * question to another thread takes several times as long.
 */
async function lookAt(folder: string): Promise<PlanFolder> {
  const found = { pages: 0, files: 0, bytes: 0 };
  const lines: string[] = [];
  const walk = (dir: string): void => {
    const entries = readdirSync(dir, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${dir}/${entry.name}`;
      if (entry.isDirectory()) {
        walk(path);
        continue;
      }
      const { ino, size, mtimeNs } = statSync(path, { bigint: true });
      lines.push([path.slice(folder.length), ino, size, mtimeNs].join(" "));
      if (/\.(br|gz)$/.test(entry.name)) continue;
      found.files += 1;
      found.bytes += Number(size);
      if (entry.name === "index.html") found.pages += 1;
    }
  };
  walk(folder);
  return { state: sha256Of(lines.join("\n")), ...found };
}
