import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Failure } from "../vocabulary/failure.ts";
import { moveFile, unlessMissing } from "./files.ts";

/** A file as it is to be: its path and its bytes. */
export interface FileToPlace {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** The mode of files with counts that are withheld from others. */
export const OWNER_ONLY = 0o600;

/**
 * Writes files: all of them, or on an error none. Those that are there with the same bytes are left
 * as they are; each appears under its name only when every one is whole on the disk.
 * @param mayReplace whether a file that is there with other bytes may be written over.
 * @param mode of them, those that were there too; by default as the system has it.
 * @returns the files in their order, with whether each was written.
 * @throws Failure that names the first file which is there with other bytes and may not be replaced.
 */
export async function placeFiles<T extends FileToPlace>(
  files: readonly T[],
  mayReplace: (there: Buffer, wanted: T) => boolean,
  mode?: number,
): Promise<(T & { readonly isWritten: boolean })[]> {
  const placed: (T & { readonly isWritten: boolean })[] = [];
  for (const one of files) {
    const there = await unlessMissing(readFile(one.file));
    const isWritten = there === null || !there.equals(one.bytes);
    placed.push({ ...one, isWritten });
    if (there === null || !isWritten || mayReplace(there, one)) continue;
    throw new Failure(
      `Đã có ${one.file} và khác với nội dung cần ghi. Chưa ghi gì. ` +
        "Nêu thư mục khác bằng --out, hoặc thêm --replace để ghi đè.",
    );
  }
  const written = placed.filter(({ isWritten }) => isWritten);
  const unfinished = ({ file }: FileToPlace): string => `${file}.${process.pid}.tmp`;
  try {
    for (const folder of new Set(placed.map(({ file }) => dirname(file)))) {
      await mkdir(folder, { recursive: true });
    }
    for (const one of written) await writeFile(unfinished(one), one.bytes, { mode });
    for (const one of placed) if (mode !== undefined && !one.isWritten) await chmod(one.file, mode);
    for (const one of written) await moveFile(unfinished(one), one.file);
  } finally {
    for (const one of written) await rm(unfinished(one), { force: true });
  }
  return placed;
}
