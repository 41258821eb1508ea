import { createHash } from "node:crypto";
import { mkdtemp, open, rm } from "node:fs/promises";

/** Hexadecimal sha256 of bytes, or of a text in UTF-8. */
export function sha256Of(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Makes sure that a file or folder is on the disk. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
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
    await rm(folder, { recursive: true, force: true });
  }
}
