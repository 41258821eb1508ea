import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { PublishedReport } from "../publishing/report.ts";
import { placeFiles, unlessMissing } from "../warehouse/place-files.ts";
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
  return placeFiles(
    files.map((one) => ({ ...one, file: join(folder, one.name) })),
    (there, { name }) =>
      replace || (name === packageName(report) && describesVersion(there, report)),
  );
}

/** The formats in which a version lies in a folder. */
async function formatsIn(folder: string, report: PublishedReport): Promise<Format[]> {
  const names = new Set(await namesIn(folder));
  return FORMATS.filter((format) => {
    const endings = format === "csv" ? DATA_ENDINGS : [""];
    return endings.some((ending) => names.has(`${baseName(report)}${ending}.${format}`));
  });
}

async function namesIn(folder: string): Promise<string[]> {
  return (await unlessMissing(readdir(folder))) ?? [];
}
