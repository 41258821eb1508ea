import {
  access,
  constants,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { z } from "zod";
import {
  type Audience,
  type Publication,
  type PublishedReport,
  READERS,
  type Reader,
  readersOn,
} from "../contract/report.ts";
import { exportFiles } from "../exports/exported-files.ts";
import { FORMATS } from "../exports/format.ts";
import { archivedPath } from "../ledger/archive.ts";
import { readPublicationRecords, readPublishedReports } from "../publishing/published-reports.ts";
import type { PublishedFile } from "../publishing/stored-publication.ts";
import { erasuresByVersion, frozenFilesOf } from "../publishing/version-files.ts";
import { replaceFolder, sha256Of } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { exportsDigest } from "./bundle.ts";
import type { Workspace } from "./workspace.ts";

const KeptFile = z.object({
  name: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
});
type KeptFile = z.infer<typeof KeptFile>;

/** A file of a published version as the site offers it. */
export interface Download extends KeptFile {
  readonly plan_id: string;
  readonly period: string;
  readonly version: number;
  /** Who it is for. */
  readonly reader: Reader;
  /** Place among the files of its version, from 1. */
  readonly file_no: number;
  /** `xlsx`, from its name. */
  readonly format: string;
  /** Where it lies now. */
  readonly file: string;
}

/**
 * The files of every published version that the pages of an audience offer: those that were published with it, in the
 * archive; of a version that an earlier program published, files made now.
 * @throws Failure when the ledger stays in use
 */
export async function versionDownloads(
  workspace: Workspace,
  warehouse: WarehousePaths,
  audience: Audience,
): Promise<Download[]> {
  const frozen = new Map<string, PublishedFile[]>();
  for (const reader of readersOn(audience)) {
    for (const [publicationNo, files] of await frozenFilesOf(warehouse, reader)) {
      frozen.set(publicationNo, [...(frozen.get(publicationNo) ?? []), ...files]);
    }
  }
  const publications = await readPublicationRecords(warehouse);
  const made = await cacheUnfrozen(workspace, warehouse, {
    audience,
    unfrozen: publications.filter(({ publication_no }) => !frozen.has(publication_no)),
  });
  const downloads: Download[] = [];
  for (const publication of publications) {
    const { plan_id, period, version } = publication;
    const files = frozen.get(publication.publication_no);
    const kept =
      files === undefined
        ? (made.get(publication.sha256) ?? []).map((one) => ({ ...one, reader: audience }))
        : files.map((one) => keptFile(warehouse, one));
    for (const [index, one] of kept.entries()) {
      const format = extname(one.name).slice(1);
      downloads.push({ ...one, plan_id, period, version, file_no: index + 1, format });
    }
  }
  return downloads;
}

type PlacedFile = KeptFile & Pick<Download, "file">;

function keptFile(
  warehouse: WarehousePaths,
  { name, byte_size, sha256, audience }: PublishedFile,
): PlacedFile & Pick<Download, "reader"> {
  const file = archivedPath(warehouse, sha256);
  return { name, bytes: byte_size, sha256, reader: audience, file };
}

/** Names the files of a version in its folder of the cache. */
const LIST = "files.json";

/**
 * Makes the files of versions that were published before their files were kept, once: anew when the
 * code that makes them changes, and when one in the cache is not what it was.
 * @returns the files by the sha256 of their version
 */
async function cacheUnfrozen(
  workspace: Workspace,
  warehouse: WarehousePaths,
  {
    audience,
    unfrozen,
  }: { readonly audience: Audience; readonly unfrozen: readonly Publication[] },
): Promise<ReadonlyMap<string, readonly PlacedFile[]>> {
  if (unfrozen.length === 0) return new Map();
  const cache = await cacheFolder(workspace);
  const code = (await exportsDigest(workspace)).slice(0, 16);
  const erasures = await erasuresByVersion(warehouse);
  // a version says less once texts of it were erased
  const names = new Map(
    unfrozen.map(({ sha256, publication_no }) => [
      sha256,
      `${code}-${audience}-${sha256}${"-erased".repeat(erasures.get(publication_no) ?? 0)}`,
    ]),
  );
  const folderOf = (sha256: string): string => join(cache, names.get(sha256) ?? sha256);
  const wanted = new Set(names.values());
  for (const name of await readdir(cache)) {
    const isOfOther = READERS.some(
      (reader) => reader !== audience && name.startsWith(`${code}-${reader}-`),
    );
    if (!isOfOther && !wanted.has(name)) {
      await rm(join(cache, name), { recursive: true, force: true });
    }
  }
  const missing = new Set<string>();
  for (const { sha256 } of unfrozen) {
    if ((await readKept(folderOf(sha256))) === undefined) missing.add(sha256);
  }
  if (missing.size > 0) {
    const reports = await readPublishedReports(warehouse, audience, ({ sha256 }) =>
      missing.has(sha256),
    );
    for (const report of reports) await makeFiles(report, folderOf(report.publication.sha256));
  }
  const made = new Map<string, readonly PlacedFile[]>();
  for (const { sha256 } of unfrozen) {
    const folder = folderOf(sha256);
    const kept = (await readKept(folder)) ?? [];
    made.set(
      sha256,
      kept.map((one) => ({ ...one, file: join(folder, one.name) })),
    );
  }
  return made;
}

/** Of a process that may not write beside the warehouse it is its own. */
let ownCache: Promise<string> | null = null;

async function cacheFolder({ work }: Workspace): Promise<string> {
  const cache = join(work, "downloads");
  try {
    await mkdir(cache, { recursive: true });
    await access(cache, constants.W_OK);
    return cache;
  } catch {
    ownCache ??= mkdtemp(join(tmpdir(), "chitieu-downloads-"));
    return await ownCache;
  }
}

async function makeFiles(report: PublishedReport, folder: string): Promise<void> {
  const aside = `${folder}.new`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  const files = await exportFiles(report, FORMATS);
  for (const { name, bytes } of files) await writeFile(join(aside, name), bytes);
  const list = files.map(({ name, bytes, sha256 }) => ({ name, bytes: bytes.length, sha256 }));
  await writeFile(join(aside, LIST), JSON.stringify(list));
  await replaceFolder(aside, folder);
}

/** The kept files of a version; undefined when one is missing or is not what it was. */
async function readKept(folder: string): Promise<KeptFile[] | undefined> {
  try {
    const files = z.array(KeptFile).parse(JSON.parse(await readFile(join(folder, LIST), "utf8")));
    for (const { name, sha256 } of files) {
      const content = await readFile(join(folder, name));
      if (sha256Of(content) !== sha256) return undefined;
    }
    return files;
  } catch {
    return undefined;
  }
}

/** The folder of a version's files within the site: `PLAN/bao-cao/2024-Q2/v2/tai-ve`. */
export function downloadFolder({
  plan_id,
  period,
  version,
}: Pick<Download, "plan_id" | "period" | "version">): string {
  return `${plan_id}/bao-cao/${period}/v${version}/tai-ve`;
}

/** The address at which the pages offer a file. */
export function downloadAddress(download: Download): string {
  return `/${downloadFolder(download)}/${download.name}`;
}
