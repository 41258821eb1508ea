import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { z } from "zod";
import { officeTime } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { withConnection } from "../warehouse/connection.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { moveFile, syncPath } from "../warehouse/files.ts";
import { type WarehousePaths, warehousePaths } from "../warehouse/paths.ts";
import { uniqueName } from "../warehouse/random.ts";
import { removeMarts } from "../warehouse/shown-marts.ts";
import { BACKUP_RECORD, type BackedUpFile, BackupRecord, holdLedger, NOTHING } from "./backup.ts";
import { readErasures } from "./erasure.ts";
import { digestOf } from "./journal.ts";
import { provenFile } from "./proven.ts";
import { type Rebuilding, rebuildLedger } from "./rebuild.ts";

/** What restoring reads of a backup's record. */
const Record = BackupRecord.pick({ schema: true, made_at: true, entries: true, files: true });

export interface RestoreRequest {
  /** A folder that `backup` made. */
  readonly from: string;
  readonly paths: WarehousePaths;
  readonly sources: string;
  /** What is in the warehouse may be moved aside. */
  readonly replace: boolean;
  readonly now: Date;
}

/** What came back. */
export interface Restoration extends Pick<Rebuilding, "entries" | "receipts" | "readings"> {
  readonly made_at: string;
  /** Where the previous content of the warehouse was moved; null where there was none. */
  readonly aside: string | null;
  /** Received files that are there and not in the backup. */
  readonly only_aside: number;
  /** Files of the sources that were missing and are there again. */
  readonly sources_written: readonly string[];
  /** Files of the sources that differ from the backup and stayed as they are. */
  readonly sources_kept: readonly string[];
}

/**
 * Brings the archive, the replies, the ledger and what the desk kept back from a backup: each file is copied and compared
 * with its digest, and a ledger made from the copy, before anything takes the place of what is there,
 * which is moved aside. Of the sources only what is missing is written.
 * @throws Failure when the folder is no whole backup, or the warehouse holds something and nothing
 * was said of replacing it, or is in use; nothing is changed then
 */
export async function restoreBackup(request: RestoreRequest): Promise<Restoration> {
  const { from, paths, sources, replace, now } = request;
  const record = await readRecord(from);
  const there = [paths.archive, paths.ledger].filter((path) => existsSync(path));
  if (there.length > 0 && !replace) {
    throw new Failure(
      `Đã có ${there.join(" và ")}. Muốn thay bằng bản sao lưu, chạy lại với --replace; những gì đang có được giữ bên cạnh.`,
    );
  }
  const made = join(paths.folder, `.restoring-${uniqueName()}`);
  try {
    await mkdir(made, { recursive: true, mode: 0o700 });
    const files = record.files.filter(({ path }) => !path.startsWith("sources/"));
    if (files.some(({ path }) => path.startsWith("desk/"))) {
      // for its owner alone, as it was
      await mkdir(warehousePaths(made).desk, { mode: 0o700 });
    }
    for (const file of files) await copyWhole(from, file, join(made, file.path));
    const { entries, receipts, readings } =
      record.entries === 0
        ? NOTHING
        : await rebuildLedger(warehousePaths(made), { replace: false });
    await refuseInUse(paths);
    const aside = await putInPlace(paths, made, now);
    return {
      made_at: record.made_at,
      entries,
      receipts,
      readings,
      aside,
      only_aside: await countOnlyAside(aside, files),
      ...(await restoreSources(from, record.files, sources)),
    };
  } catch (error) {
    throw fileFailure(error, `Không khôi phục được ${from}`);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

/**
 * Puts received files back that the archive lacks or that are not as they came, but for those that were
 * erased; their names are their digests, so that nothing else can be meant.
 * @returns their names
 * @throws Failure when the folder is no whole backup or the archive cannot be written
 */
export async function restoreFiles(from: string, paths: WarehousePaths): Promise<string[]> {
  const { files } = await readRecord(from);
  const put: string[] = [];
  const erased = (await readErasures(paths)).files;
  try {
    for (const file of files) {
      const [, sha256] = /^archive\/([0-9a-f]{64})$/.exec(file.path) ?? [];
      if (sha256 === undefined || sha256 !== file.sha256 || erased.has(sha256)) continue;
      const target = join(paths.archive, sha256);
      if ((await digestOf(target).catch(() => null)) === sha256) continue;
      const staged = join(paths.archive, `.staged-${uniqueName()}`);
      try {
        await copyWhole(from, file, staged);
        await moveFile(staged, target);
      } finally {
        await rm(staged, { force: true });
      }
      put.push(sha256);
    }
  } catch (error) {
    throw fileFailure(error, `Không khôi phục được ${from}`);
  }
  return put;
}

async function readRecord(from: string): Promise<z.infer<typeof Record>> {
  const path = join(from, BACKUP_RECORD);
  try {
    return Record.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    throw new Failure(
      `${from} không phải bản sao lưu: không có ${BACKUP_RECORD} do chitieu backup ghi. Nêu một trong các thư mục chitieu-NGÀY-GIỜ.`,
      { exitCode: 2, cause: error },
    );
  }
}

async function copyWhole(from: string, { path, sha256 }: BackedUpFile, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  try {
    await copyFile(join(from, path), to);
  } catch (error) {
    throw fileFailure(error, `Không chép được ${path} của bản sao lưu`);
  }
  await syncPath(to);
  if ((await digestOf(to)) === sha256) return;
  throw new Failure(
    `${join(from, path)} không còn như khi sao lưu. Chưa thay đổi gì. Dùng bản sao lưu khác.`,
  );
}

/** Makes sure that no program works on the ledger that is to go. */
const refuseInUse = (paths: WarehousePaths): Promise<void> =>
  withConnection((connection) => holdLedger(connection, paths, false));

/** @returns where the previous content was moved */
async function putInPlace(paths: WarehousePaths, made: string, now: Date): Promise<string | null> {
  const stamp = officeTime(now).replace(/[^0-9]/g, "");
  const aside = join(paths.folder, `before-restore-${stamp}-${uniqueName().slice(0, 4)}`);
  await removeMarts(paths.marts);
  const copy = warehousePaths(made);
  // one that was made before desks were in them leaves the desk as it is
  const desk = existsSync(copy.desk) ? [paths.desk] : [];
  const ledger = [paths.ledger, `${paths.ledger}.wal`, provenFile(paths)];
  const old = [...ledger, paths.archive, paths.replies, ...desk];
  const there = old.filter((path) => existsSync(path));
  if (there.length > 0) await mkdir(aside, { mode: 0o700 });
  for (const path of there) await moveFile(path, join(aside, nameIn(paths, path)));
  // the ledger last: it can be made from the archive, and not the other way round
  const parts = [copy.archive, copy.replies, copy.desk, copy.ledger];
  for (const path of parts.filter((one) => existsSync(one))) {
    await moveFile(path, join(paths.folder, nameIn(copy, path)));
  }
  return there.length > 0 ? aside : null;
}

function nameIn({ folder }: WarehousePaths, path: string): string {
  return path.slice(folder.length + 1);
}

async function countOnlyAside(
  aside: string | null,
  files: readonly BackedUpFile[],
): Promise<number> {
  if (aside === null) return 0;
  const names = await readdir(join(aside, "archive")).catch((): string[] => []);
  const known = new Set(files.map(({ path }) => path));
  return names.filter((name) => /^[0-9a-f]{64}$/.test(name) && !known.has(`archive/${name}`))
    .length;
}

async function restoreSources(
  from: string,
  files: readonly BackedUpFile[],
  sources: string,
): Promise<Pick<Restoration, "sources_written" | "sources_kept">> {
  const sources_written: string[] = [];
  const sources_kept: string[] = [];
  for (const file of files.filter(({ path }) => path.startsWith("sources/"))) {
    const target = join(sources, file.path.slice("sources/".length));
    if (!existsSync(target)) {
      await copyWhole(from, file, target);
      sources_written.push(target);
    } else if ((await digestOf(target)) !== file.sha256) sources_kept.push(target);
  }
  await mkdir(join(sources, "inbox"), { recursive: true });
  return { sources_written, sources_kept };
}
