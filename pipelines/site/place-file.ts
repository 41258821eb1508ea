import { copyFile, link, mkdir, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { unlessMissing } from "../warehouse/place-files.ts";

/**
 * Puts a file into a site that is put together: a second name for that of the site which is shown,
 * where it has the same bytes, else a copy.
 * @param before its path in the site that is shown, where there is one; it may not be there
 */
export async function placeFile(from: string, to: string, before?: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  if (before !== undefined && (await isSameFile(from, before))) await linkFile(before, to);
  else await copyFile(from, to);
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [size, sizeOfOther] = await Promise.all(
    [one, other].map(async (path) => (await unlessMissing(stat(path)))?.size),
  );
  if (size !== sizeOfOther) return false;
  const [bytes, bytesOfOther] = await Promise.all([readFile(one), readFile(other)]);
  return bytes.equals(bytesOfOther);
}

/** Where a file cannot have two names, as on some network drives, it is copied. */
export async function linkFile(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch {
    await copyFile(from, to);
  }
}
