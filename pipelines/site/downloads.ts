import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { z } from "zod";
import { exportFiles } from "../exports/exported-files.ts";
import { FORMATS } from "../exports/format.ts";
import { readPublicationRecords, readPublishedReports } from "../publishing/published-reports.ts";
import type { Audience, Publication, PublishedReport } from "../publishing/report.ts";
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
  /** Place among the files of its version, from 1. */
  readonly file_no: number;
  /** `xlsx`, from its name. */
  readonly format: string;
  /** Where it lies now. */
  readonly file: string;
}

/** Names the files of a version in its folder of the cache. */
const LIST = "files.json";

/**
 * The files of every published version, for one audience. They are made once and kept, for a version never changes;
 * they are made anew when the code that makes them does, and when a kept one is not what it was.
 * @throws Failure when the ledger stays in use
 */
export async function cacheDownloads(
  workspace: Workspace,
  warehouse: WarehousePaths,
  audience: Audience,
): Promise<Download[]> {
  const cache = join(workspace.work, "downloads");
  const code = (await exportsDigest(workspace)).slice(0, 16);
  const folderOf = ({ sha256 }: Publication): string =>
    join(cache, `${code}-${audience}-${sha256}`);
  await mkdir(cache, { recursive: true });
  for (const name of await readdir(cache)) {
    if (!name.startsWith(`${code}-`)) await rm(join(cache, name), { recursive: true, force: true });
  }

  const publications = await readPublicationRecords(warehouse);
  const missing = new Set<string>();
  for (const publication of publications) {
    const files = await readKept(folderOf(publication));
    if (files === undefined) missing.add(publication.sha256);
  }
  if (missing.size > 0) {
    const reports = await readPublishedReports(warehouse, audience, ({ sha256 }) =>
      missing.has(sha256),
    );
    for (const report of reports) await makeFiles(report, folderOf(report.publication));
  }

  const downloads: Download[] = [];
  for (const publication of publications) {
    const folder = folderOf(publication);
    const { plan_id, period, version } = publication;
    for (const [index, kept] of ((await readKept(folder)) ?? []).entries()) {
      downloads.push({
        ...kept,
        plan_id,
        period,
        version,
        file_no: index + 1,
        format: extname(kept.name).slice(1),
        file: join(folder, kept.name),
      });
    }
  }
  return downloads;
}

async function makeFiles(report: PublishedReport, folder: string): Promise<void> {
  const aside = `${folder}.new`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  const files = await exportFiles(report, FORMATS);
  for (const { name, bytes } of files) await writeFile(join(aside, name), bytes);
  const list = files.map(({ name, bytes, sha256 }) => ({ name, bytes: bytes.length, sha256 }));
  await writeFile(join(aside, LIST), JSON.stringify(list));
  await rm(folder, { recursive: true, force: true });
  await rename(aside, folder);
}

/** The kept files of a version; undefined when one is missing or is not what it was. */
async function readKept(folder: string): Promise<KeptFile[] | undefined> {
  try {
    const files = z.array(KeptFile).parse(JSON.parse(await readFile(join(folder, LIST), "utf8")));
    for (const { name, sha256 } of files) {
      const content = await readFile(join(folder, name));
      if (createHash("sha256").update(content).digest("hex") !== sha256) return undefined;
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

/** Copies the files to where the pages link to. */
export async function copyDownloads(downloads: readonly Download[], site: string): Promise<void> {
  for (const download of downloads) {
    const folder = join(site, downloadFolder(download));
    await mkdir(folder, { recursive: true });
    await copyFile(download.file, join(folder, download.name));
  }
}
