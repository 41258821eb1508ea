import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PublishedReport } from "../publishing/report.ts";
import { Failure } from "../vocabulary/failure.ts";
import { describesVersion } from "./data-package.ts";
import { exportFiles } from "./exported-files.ts";
import { baseName, DATA_ENDINGS, packageName } from "./file-name.ts";
import type { ExportedFile } from "./format.ts";
import { FORMATS, type Format } from "./format.ts";

export interface PlacedFile extends ExportedFile {
  readonly file: string;
  /** False when the same bytes were there already. */
  readonly isWritten: boolean;
}

/**
 * Exports a version into a folder: all of its files, or on an error none. Files that are there with
 * the same bytes are left as they are. The data package tells of everything of this version that
 * lies in the folder, also from an earlier export.
 * @throws Failure that names the file which is there with other bytes, unless `replace` is true.
 */
export async function exportInto(
  folder: string,
  report: PublishedReport,
  formats: readonly Format[],
  replace: boolean,
): Promise<PlacedFile[]> {
  const wanted = new Set([...formats, ...(await formatsIn(folder, report))]);
  const files = await exportFiles(
    report,
    FORMATS.filter((format) => wanted.has(format)),
  );
  const placed: PlacedFile[] = [];
  for (const one of files) {
    const file = join(folder, one.name);
    const there = await bytesOf(file);
    const isWritten = there === null || !there.equals(one.bytes);
    placed.push({ ...one, file, isWritten });
    if (there === null || !isWritten || replace) continue;
    if (one.name === packageName(report) && describesVersion(there, report)) continue;
    throw new Failure(
      `${file} is there already and differs from what would be written. Nothing was written. ` +
        "Give another folder with --out, or add --replace to write over it.",
    );
  }
  await writeAll(placed, folder);
  return placed;
}

/** The formats in which a version lies in a folder. */
async function formatsIn(folder: string, report: PublishedReport): Promise<Format[]> {
  const names = new Set(await namesIn(folder));
  return FORMATS.filter((format) => {
    const endings = format === "csv" ? DATA_ENDINGS : [""];
    return endings.some((ending) => names.has(`${baseName(report)}${ending}.${format}`));
  });
}

/** A file appears under its name only when every file is whole on the disk. */
async function writeAll(placed: readonly PlacedFile[], folder: string): Promise<void> {
  const written = placed.filter(({ isWritten }) => isWritten);
  const unfinished = ({ file }: PlacedFile): string => `${file}.${process.pid}.tmp`;
  try {
    await mkdir(folder, { recursive: true });
    for (const one of written) await writeFile(unfinished(one), one.bytes);
    for (const one of written) await rename(unfinished(one), one.file);
  } finally {
    for (const one of written) await rm(unfinished(one), { force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return (await unlessMissing(readdir(folder))) ?? [];
}

function bytesOf(file: string): Promise<Buffer | null> {
  return unlessMissing(readFile(file));
}

async function unlessMissing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
