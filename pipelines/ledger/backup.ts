import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, realpath, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { officeTime, parseMoment } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { attach, withConnection } from "../warehouse/connection.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { moveFile, syncPath, unlessMissing } from "../warehouse/files.ts";
import { type WarehousePaths, warehousePaths } from "../warehouse/paths.ts";
import { uniqueName } from "../warehouse/random.ts";
import { digestOf } from "./journal.ts";
import { type Rebuilding, rebuildLedger } from "./rebuild.ts";

const BackedUpFile = z.object({
  /** Path within the backup, with `/`. */
  path: z.string().regex(/^(archive|sources|replies|desk)\/(?!.*(^|\/)\.\.(\/|$)).+$/),
  bytes: z.number(),
  sha256: z.string(),
});
export type BackedUpFile = z.infer<typeof BackedUpFile>;

/** What a backup holds, in `backup.json` beside it. */
export const BackupRecord = z.object({
  /** 2 since it holds what the desk keeps. */
  schema: z.literal([1, 2]),
  /** In office time. */
  made_at: z.string(),
  software_version: z.string(),
  entries: z.number(),
  receipts: z.number(),
  readings: z.number(),
  files: z.array(BackedUpFile),
});
export type BackupRecord = z.infer<typeof BackupRecord>;

export interface Backup extends BackupRecord {
  readonly folder: string;
  /** Older backups that were removed. */
  readonly removed: readonly string[];
}

export interface BackupRequest {
  readonly paths: WarehousePaths;
  /** Plans and areas are copied from here; the inbox is not. */
  readonly sources: string;
  /** Folder of backups; each is a folder in it. */
  readonly to: string;
  readonly now: Date;
  readonly softwareVersion: string;
  /** How many backups may be there afterwards; null: all. */
  readonly keep: number | null;
  /** Called after each file that was copied. */
  readonly onCopied?: (path: string) => Promise<void>;
}

/** Of an office that has recorded nothing yet. */
export const NOTHING = { entries: 0, receipts: 0, readings: 0 };

/** Names, in a backup, the file that says what it holds. */
export const BACKUP_RECORD = "backup.json";
const NAME = /^chitieu-\d{8}-\d{6}$/;
const UNFINISHED = ".chitieu-unfinished-";
/** After so long an unfinished backup is given up. */
const GIVEN_UP_MS = 24 * 60 * 60 * 1000;

/**
 * Copies the archive, the sources, the replies and what the desk keeps into a folder of their own, while
 * others work, and makes a ledger from the copy to see that it can be made: every entry of the journal and every
 * received file is read and compared with its digest. Only then does the folder get its name.
 * @throws Failure when the target lies in the warehouse, something cannot be copied, or the copy or
 * what was copied is not as it was written; no backup is there then, and none was removed
 */
export async function makeBackup(request: BackupRequest): Promise<Backup> {
  const { paths, sources, to, now, softwareVersion, keep, onCopied = async () => {} } = request;
  await refuseInside(to, paths.folder);
  if (!existsSync(paths.archive)) {
    throw new Failure(`Không có ${paths.archive}, nên chưa có gì để sao lưu.`);
  }
  const name = `chitieu-${officeTime(now)
    .replace(/\D/g, "")
    .replace(/(.{8})/, "$1-")}`;
  const folder = join(to, name);
  const unfinished = join(to, `${UNFINISHED}${uniqueName()}`);
  try {
    // forms hold figures that are withheld from the public
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    const files = [
      ...(await copyArchive(paths, unfinished, onCopied)),
      ...(await copyTree(sources, join(unfinished, "sources"), (path) => !isInbox(path), onCopied)),
      ...(existsSync(paths.replies)
        ? await copyTree(paths.replies, join(unfinished, "replies"), isFinished, onCopied)
        : []),
      ...(existsSync(paths.desk)
        ? await copyTree(paths.desk, warehousePaths(unfinished).desk, isOfDesk, onCopied)
        : []),
    ].map(({ path, ...file }) => ({
      path: relative(unfinished, path).split(sep).join("/"),
      ...file,
    }));
    await compareCopy(unfinished, files);
    const { entries, receipts, readings } = isNew(paths) ? NOTHING : await tryLedger(unfinished);
    const record: BackupRecord = {
      schema: 2,
      made_at: officeTime(now),
      software_version: softwareVersion,
      entries,
      receipts,
      readings,
      files,
    };
    await writeFile(join(unfinished, BACKUP_RECORD), `${JSON.stringify(record, null, 1)}\n`, {
      flush: true,
    });
    if (existsSync(folder)) throw new Failure(`Đã có ${folder}. Thử lại sau một giây.`);
    await moveFile(unfinished, folder);
    return { folder, ...record, removed: await removeOld(to, keep) };
  } catch (error) {
    throw fileFailure(error, `Không ghi được bản sao lưu vào ${to}`);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Refuses a target in the warehouse, with which the copy would be lost. */
async function refuseInside(to: string, warehouse: string): Promise<void> {
  let there = resolve(to);
  while (!existsSync(there)) there = dirname(there);
  const within = relative(await realpath(warehouse), await realpath(there));
  if (within === "" || !(within.startsWith("..") || resolve(within) === within)) {
    throw new Failure(
      `${to} nằm trong kho dữ liệu, mất kho thì mất luôn bản sao lưu. Nêu thư mục ở ổ đĩa khác.`,
      { exitCode: 2 },
    );
  }
}

/** The journal first, while nobody writes: all files that it speaks of are there before it. */
async function copyArchive(
  paths: WarehousePaths,
  to: string,
  onCopied: (path: string) => Promise<void>,
): Promise<BackedUpFile[]> {
  const copy = warehousePaths(to);
  const entries = await withConnection(async (connection) => {
    await holdLedger(connection, paths);
    if (isNew(paths)) return [];
    return copyTree(paths.entries, copy.entries, isFinished, onCopied);
  });
  const isEntry = (path: string): boolean => path.split(sep)[0] === "entries";
  const rest = await copyTree(
    paths.archive,
    copy.archive,
    (path) => isFinished(path) && !isEntry(path),
    onCopied,
  );
  return [...entries, ...rest];
}

/** Nothing has been recorded yet. */
const isNew = ({ entries, ledger }: WarehousePaths): boolean =>
  !existsSync(entries) && !existsSync(ledger);

/** Holds the ledger, if there is one; one that cannot be opened is not being written and not needed. */
export async function holdLedger(
  connection: DuckDBConnection,
  { ledger }: WarehousePaths,
  readOnly = true,
): Promise<void> {
  if (!existsSync(ledger)) return;
  try {
    await attach(connection, ledger, "ledger", { readOnly });
  } catch (error) {
    if (error instanceof Failure) throw error;
  }
}

/** A name that begins with a dot is of something that is being written. */
function isFinished(path: string): boolean {
  return !path.split(sep).some((name) => name.startsWith("."));
}

/** Whoever is logged in logs in again; where the desk is reached is for while it is. */
function isOfDesk(path: string): boolean {
  return /\.jsonl?$/.test(path) && path.split(sep)[0] !== "sessions" && path !== "address.json";
}

function isInbox(path: string): boolean {
  return path.split(sep)[0] === "inbox";
}

/**
 * Copies what is wanted of a folder, in the order of the paths, onto the disk.
 * @returns the copies, by where they lie
 */
async function copyTree(
  from: string,
  to: string,
  isWanted: (path: string) => boolean,
  onCopied: (path: string) => Promise<void>,
): Promise<BackedUpFile[]> {
  const found = await readdir(from, { recursive: true, withFileTypes: true });
  const paths = found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(from, join(entry.parentPath, entry.name)))
    .filter(isWanted)
    .sort();
  const copied: BackedUpFile[] = [];
  for (const path of paths) {
    const copy = join(to, path);
    await mkdir(dirname(copy), { recursive: true });
    // a draft that is sent meanwhile is gone
    const sha256 = await unlessMissing(copyAtRest(join(from, path), copy));
    if (sha256 === null) continue;
    const { size } = await stat(copy);
    copied.push({ path: copy, bytes: size, sha256 });
    await onCopied(path);
  }
  return copied;
}

/** Copies a file again until it is the same before and after: it may be being written. */
async function copyAtRest(from: string, to: string): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const before = await digestOf(from);
    await copyFile(from, to);
    await syncPath(to);
    if (tries === 5 || (await digestOf(from)) === before) return before;
  }
}

/** Reads the copies. */
async function compareCopy(folder: string, files: readonly BackedUpFile[]): Promise<void> {
  for (const { path, sha256 } of files) {
    const found = await digestOf(join(folder, path));
    if (found !== sha256) {
      throw new Failure(`Bản sao của ${path} khác tệp gốc. Kiểm tra ổ đĩa của ${folder}.`);
    }
    const [, name] = /^archive\/([0-9a-f]{64})$/.exec(path) ?? [];
    if (name !== undefined && name !== sha256) {
      throw new Failure(
        `archive/${name} không còn như khi nhận: SHA-256 nay là ${sha256}. Khôi phục từ bản sao lưu trước đó.`,
      );
    }
  }
}

/** Makes a ledger from the copies, which is not kept. */
async function tryLedger(folder: string): Promise<Rebuilding> {
  const copy = warehousePaths(folder);
  const rebuilding = await rebuildLedger(copy, { replace: false });
  for (const path of [copy.ledger, `${copy.ledger}.wal`, join(folder, "spill")]) {
    await rm(path, { recursive: true, force: true });
  }
  return rebuilding;
}

/** The finished backups in a folder, by name, the oldest first. */
async function finishedIn(to: string): Promise<string[]> {
  const names = await readdir(to);
  return names
    .filter((name) => NAME.test(name) && existsSync(join(to, name, BACKUP_RECORD)))
    .sort();
}

/** The last backup beside one, where it was made after it; else null. */
export async function laterBackup(one: string): Promise<string | null> {
  const [to, name] = [dirname(resolve(one)), basename(resolve(one))];
  const last = (await finishedIn(to).catch((): string[] => [])).at(-1);
  return last === undefined || last <= name ? null : join(to, last);
}

/** When the last backup in a folder was made, by its name; null where there is none. */
export async function lastBackup(to: string): Promise<Date | null> {
  const name = (await finishedIn(to).catch((): string[] => [])).at(-1);
  const [, ...parts] = /^chitieu-(....)(..)(..)-(..)(..)(..)$/.exec(name ?? "") ?? [];
  const [year, month, day, ...time] = parts;
  return parts.length === 0 ? null : parseMoment(`${year}-${month}-${day} ${time.join(":")}`);
}

/** Removes the oldest finished backups beyond those to be kept, and what never was finished. */
async function removeOld(to: string, keep: number | null): Promise<string[]> {
  const names = (await readdir(to)).sort();
  for (const name of names.filter((one) => one.startsWith(UNFINISHED))) {
    const { mtimeMs } = await stat(join(to, name));
    if (Date.now() - mtimeMs > GIVEN_UP_MS) await rm(join(to, name), { recursive: true });
  }
  if (keep === null) return [];
  const made = await finishedIn(to);
  const old = made.slice(0, Math.max(0, made.length - keep)).map((name) => join(to, name));
  for (const folder of old) await rm(folder, { recursive: true });
  return old;
}
