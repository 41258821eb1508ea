import { createHash } from "node:crypto";
import { mkdtemp, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Hexadecimal sha256 of bytes, or of a text in UTF-8. */
export function sha256Of(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** For how long something is tried again on Windows, where who looks at a file holds it, as antiviruses do. */
export const HELD_PATIENCE_MS = 5_000;
const HELD_RETRY_MS = 50;

const isWindows = process.platform === "win32";

/** Makes sure that a file or folder is on the disk. */
export async function syncPath(path: string): Promise<void> {
  // Windows writes down by itself what is in a folder, and takes no other order than from who may write
  if (isWindows && (await stat(path)).isDirectory()) return;
  const handle = await open(path, isWindows ? "r+" : "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Renames a file or folder, in the place of a file that is there. */
export async function moveFile(from: string | Buffer, to: string | Buffer): Promise<void> {
  const patience = performance.now() + HELD_PATIENCE_MS;
  for (;;) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (!isHeld(error) || performance.now() > patience) throw error;
      await sleep(HELD_RETRY_MS);
    }
  }
}

/** Whether Windows refused something because another program has the file open, or a file in the folder. */
export function isHeld(error: unknown): boolean {
  return (
    isWindows &&
    error instanceof Error &&
    "code" in error &&
    ["EBUSY", "EPERM", "EACCES"].includes(String(error.code))
  );
}

/**
 * Whether another program has a file open and shares it with nobody, as Windows knows it: Excel does so, and
 * DuckDB.
 * @param flag what one would do with it
 */
export async function isHeldOpen(path: string | Buffer, flag: "r" | "r+" = "r+"): Promise<boolean> {
  try {
    await (await open(path, flag)).close();
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EBUSY";
  }
}

/** What some work on files gives, or null where there is no such file or folder. */
export async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Puts a folder in the place of another; there is none only for the instant between two renames. */
export async function replaceFolder(from: string, to: string): Promise<void> {
  const old = join(dirname(to), `${basename(to)}.old-${process.pid}`);
  await rm(old, { recursive: true, force: true });
  const had = await unlessMissing(moveFile(to, old).then(() => true));
  try {
    await moveFile(from, to);
  } catch (error) {
    if (had) await moveFile(old, to);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

/**
 * Works in a new folder, which is removed afterwards.
 * @param prefix how its path begins
 */
export async function withNewFolder<T>(
  prefix: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(prefix);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
