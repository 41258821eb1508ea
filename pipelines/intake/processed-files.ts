import type { BigIntStats } from "node:fs";
import { lstat, mkdir, readdir, rmdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { digestOf } from "../ledger/journal.ts";
import { moveFile } from "../warehouse/files.ts";
import { drawnBytes } from "../warehouse/random.ts";

/**
 * Folder in the inbox for ingested files. They are moved, not removed: a program that still writes to
 * one goes on writing there, and the change is noticed.
 */
const TAKEN = ".da-nhan";

/** How long an ingested file is kept beside the archive, to notice later changes. */
const KEPT_MS = 60 * 60 * 1000;

/** A file that was taken in, in its folder. */
export interface TakenFile {
  /** Its own folder. */
  readonly folder: Buffer;
  /** Its name, which need not be UTF-8. */
  readonly name: Buffer;
  readonly stats: BigIntStats;
  /** Of what was archived. */
  readonly sha256: string;
  /** In milliseconds since 1970. */
  readonly takenAt: number;
  /** It differs from what was archived. */
  readonly isChanged: boolean;
}

/** The path of a name in a folder, as bytes. */
export function pathOf(folder: string | Buffer, name: string | Buffer): Buffer {
  return Buffer.concat([Buffer.from(folder), Buffer.from("/"), Buffer.from(name)]);
}

/**
 * Moves a file that was taken in out of the way, into a folder whose name says what was archived.
 * @param stats the file as it was when it was archived under `sha256`
 * @throws an error of the file system where it may not be moved; it stays where it is then
 */
export async function setAside(
  inbox: string,
  { path, name }: { readonly path: Buffer; readonly name: Buffer },
  { stats, sha256 }: { readonly stats: BigIntStats; readonly sha256: string },
): Promise<void> {
  const facts = [
    sha256,
    stats.size,
    stats.mtimeNs,
    Date.now(),
    drawnBytes("secret", 3).toString("hex"),
  ];
  const folder = join(inbox, TAKEN, facts.join("."));
  await mkdir(folder, { recursive: true });
  try {
    await moveFile(path, pathOf(folder, name));
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
}

/** The files in the inbox's folder of processed files, in the order of their taking. */
export async function listTaken(inbox: string): Promise<TakenFile[]> {
  const found: TakenFile[] = [];
  const folders = await readdir(join(inbox, TAKEN)).catch((): string[] => []);
  for (const one of folders) {
    const [, sha256, size, mtimeNs, taken] =
      /^([0-9a-f]{64})\.(\d+)\.(-?\d+)\.(\d+)\.[0-9a-f]+$/.exec(one) ?? [];
    if (sha256 === undefined || size === undefined || mtimeNs === undefined) continue;
    const folder = Buffer.from(join(inbox, TAKEN, one));
    const [name] = await readdir(folder, { encoding: "buffer" }).catch((): Buffer[] => []);
    const stats =
      name === undefined
        ? null
        : await lstat(pathOf(folder, name), { bigint: true }).catch(() => null);
    if (name === undefined || stats === null) {
      await removeFolder(folder);
      continue;
    }
    const isChanged = stats.size !== BigInt(size) || stats.mtimeNs !== BigInt(mtimeNs);
    found.push({ folder, name, stats, sha256, takenAt: Number(taken), isChanged });
  }
  return found.sort((a, b) => a.takenAt - b.takenAt);
}

/**
 * Removes the files that were taken in long enough ago and still are what was archived, by their
 * content: some copies write without a trace in size or time.
 * @returns those whose content is another one
 */
export async function removeTaken(
  inbox: string,
  taken: readonly TakenFile[],
): Promise<TakenFile[]> {
  const changed: TakenFile[] = [];
  for (const file of taken) {
    if (file.isChanged || Math.abs(Date.now() - file.takenAt) < KEPT_MS) continue;
    const path = pathOf(file.folder, file.name);
    const found = await digestOf(path).catch(() => null);
    if (found !== null && found !== file.sha256) changed.push({ ...file, isChanged: true });
    // one that cannot be removed does no harm
    else await unlink(path).catch(() => undefined);
    await removeFolder(file.folder);
  }
  await removeFolder(join(inbox, TAKEN));
  return changed;
}

/** Removes processed files that must be kept nowhere. */
export async function removeTakenCopies(
  inbox: string,
  digests: ReadonlySet<string>,
): Promise<void> {
  for (const { folder, name, sha256 } of await listTaken(inbox)) {
    if (!digests.has(sha256)) continue;
    await unlink(pathOf(folder, name));
    await removeFolder(folder);
  }
  await removeFolder(join(inbox, TAKEN));
}

/** Removes a folder that is empty. */
export async function removeFolder(folder: string | Buffer): Promise<void> {
  await rmdir(folder).catch(() => undefined);
}
