import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../vocabulary/failure.ts";
import type { ExportedFile } from "./files.ts";

export interface PlacedFile extends ExportedFile {
  readonly file: string;
  /** False when the same bytes were there already. */
  readonly isWritten: boolean;
}

/**
 * Puts files into a folder: all of them, or on an error none. A file that is there with the same
 * bytes is left as it is.
 * @throws Failure that names the files which are there with other bytes, unless `replace` is true.
 */
export async function placeFiles(
  files: readonly ExportedFile[],
  folder: string,
  replace: boolean,
): Promise<PlacedFile[]> {
  const placed: PlacedFile[] = [];
  for (const one of files) {
    const file = join(folder, one.name);
    const there = await bytesOf(file);
    placed.push({ ...one, file, isWritten: there === null || !there.equals(one.bytes) });
    if (there !== null && !there.equals(one.bytes) && !replace) {
      throw new Failure(
        `${file} is there already and differs from what would be written. Nothing was written. ` +
          "Give another folder with --out, or add --replace to write over it.",
      );
    }
  }
  const unfinished = new Map(
    placed
      .filter(({ isWritten }) => isWritten)
      .map((one) => [`${one.file}.${process.pid}.tmp`, one] as const),
  );
  try {
    await mkdir(folder, { recursive: true });
    for (const [temporary, { bytes }] of unfinished) await writeFile(temporary, bytes);
    for (const [temporary, { file }] of unfinished) await rename(temporary, file);
  } finally {
    for (const temporary of unfinished.keys()) await rm(temporary, { force: true });
  }
  return placed;
}

async function bytesOf(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
