import { constants, existsSync, readFileSync, statSync, utimesSync } from "node:fs";
import { copyFile, mkdir, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { Failure } from "../vocabulary/failure.ts";
import { attach } from "./connection.ts";
import { isHeld, moveFile, syncPath } from "./files.ts";
import { uniqueName } from "./random.ts";

/**
 * A build of marts has a file of its own, which is never written again: Windows neither replaces nor
 * removes a file that somebody reads. What is called marts.duckdb is a copy of the build that is shown,
 * for other programs, which know one name.
 */
const folderOf = (marts: string): string => marts.replace(/\.duckdb$/, "");

/** Names the build that is shown; empty where none is. */
const pointerOf = (marts: string): string => join(folderOf(marts), "shown");

const turnOf = (marts: string): string => join(folderOf(marts), "turn.lock");

/** The file of the build that is shown: marts.duckdb itself as an earlier release wrote it; null: none. */
export function shownMarts(marts: string): string | null {
  const pointer = pointerOf(marts);
  const name = existsSync(pointer) ? readFileSync(pointer, "utf8") : null;
  const file = name === null ? marts : join(folderOf(marts), name);
  return name !== "" && existsSync(file) ? file : null;
}

/** @throws Failure where no build is shown */
export function demandMarts(marts: string): string {
  const file = shownMarts(marts);
  if (file !== null) return file;
  throw new Failure(`Chưa có ${marts}. Tính số liệu trước: chitieu build.`);
}

/** When it was last found that the build which is shown is up to date. */
export function martsChecked(marts: string): Date | null {
  const file = existsSync(pointerOf(marts)) ? pointerOf(marts) : marts;
  return shownMarts(marts) === null ? null : statSync(file).mtime;
}

/**
 * Attaches the build that is shown, for reading.
 * @throws Failure where there is none
 */
export async function attachMarts(
  connection: DuckDBConnection,
  marts: string,
  name: string,
): Promise<void> {
  for (;;) {
    const file = demandMarts(marts);
    try {
      return await attach(connection, file, name, { readOnly: true });
    } catch (error) {
      // another one may be shown since, and this one removed
      if (shownMarts(marts) === file) throw error;
    }
  }
}

/**
 * Waits until no other build of these marts runs, which is told by a lock that the connection holds, and
 * removes what builds before it left.
 * @returns where the new build is to be made
 */
export async function beginBuild(connection: DuckDBConnection, marts: string): Promise<string> {
  const turn = turnOf(marts);
  await mkdir(folderOf(marts), { recursive: true });
  try {
    await attach(connection, turn, "turn");
  } catch (error) {
    if (error instanceof Failure || !existsSync(turn)) throw error;
    // a process ended while it made the file
    await rm(turn);
    await attach(connection, turn, "turn");
  }
  await clearBuilds(marts);
  return join(folderOf(marts), `${uniqueName().slice(0, 8)}.duckdb`);
}

/**
 * Shows a build, which is whole and held by nobody.
 * @returns why marts.duckdb is not that build, where another program holds it; null: it is
 */
export async function showBuild(marts: string, build: string): Promise<unknown> {
  await syncPath(build);
  await point(marts, build.slice(folderOf(marts).length + 1));
  await clearBuilds(marts);
  return await copyForOthers(marts);
}

/** Says that the build which is shown is up to date. @returns as `showBuild` */
export async function keepBuild(marts: string): Promise<unknown> {
  const now = new Date();
  if (existsSync(pointerOf(marts))) utimesSync(pointerOf(marts), now, now);
  return await copyForOthers(marts);
}

/** Shows nothing any more, and removes what nobody holds; the next build removes the rest. */
export async function removeMarts(marts: string): Promise<void> {
  if (shownMarts(marts) === null) return;
  await mkdir(folderOf(marts), { recursive: true });
  await point(marts, "");
  await clearBuilds(marts);
  for (const file of [marts, `${marts}.wal`]) await removeUnlessHeld(file);
}

async function point(marts: string, name: string): Promise<void> {
  const pointer = pointerOf(marts);
  await writeFile(`${pointer}.new`, name, { flush: true });
  await moveFile(`${pointer}.new`, pointer);
  await syncPath(dirname(pointer));
}

async function clearBuilds(marts: string): Promise<void> {
  const kept = [pointerOf(marts), turnOf(marts), shownMarts(marts)];
  for (const name of await readdir(folderOf(marts))) {
    const file = join(folderOf(marts), name);
    if (!kept.includes(file)) await removeUnlessHeld(file);
  }
}

/** On Windows a file that somebody reads stays. */
async function removeUnlessHeld(file: string): Promise<void> {
  await rm(file, { recursive: true, force: true }).catch((error: unknown) => {
    if (!isHeld(error)) throw error;
  });
}

async function copyForOthers(marts: string): Promise<unknown> {
  const build = shownMarts(marts);
  if (build === null || build === marts) return null;
  const { size, atime, mtime } = await stat(build);
  const there = await stat(marts).catch(() => null);
  if (there?.size === size && there.mtime.getTime() === mtime.getTime()) return null;
  const copy = `${marts}.copy`;
  try {
    await copyFile(build, copy, constants.COPYFILE_FICLONE);
    await utimes(copy, atime, mtime);
    // not tried again: the next build does it, and figures must not wait for somebody's window
    await rename(copy, marts);
    await rm(`${marts}.wal`, { force: true });
    return null;
  } catch (error) {
    await rm(copy, { force: true });
    return error;
  }
}
