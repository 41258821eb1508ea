import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { PublishedReport, Reader } from "../contract/report.ts";
import { drawBeside } from "../exports/drawing.ts";
import { exportFiles, type PageWriter } from "../exports/exported-files.ts";
import { DATA_FORMATS, type ExportedFile, FORMATS, type Format } from "../exports/format.ts";
import { archivedPath, keepAllBytes } from "../ledger/archive.ts";
import { readLedger } from "../ledger/ledger.ts";
import { Failure, wrongUsage } from "../vocabulary/failure.ts";
import { grouped } from "../vocabulary/grouped.ts";
import { sha256Of, unlessMissing } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { placeFiles } from "../warehouse/place-files.ts";
import { type PublishedFile, readErased, readPublishedFiles } from "./stored-publication.ts";

/** A file of a version before the version has its number. */
export type FrozenFile = Omit<PublishedFile, "publication_no" | "is_erased">;

/**
 * Makes the files of a version, of all readers at once, and archives them.
 * @param reports what each reader may see
 * @param page makes its pages; null: the version gets none
 * @throws Failure when the archive cannot be written
 */
export async function freezeFiles(
  paths: WarehousePaths,
  reports: readonly PublishedReport[],
  formats: readonly Format[],
  page: PageWriter | null,
): Promise<FrozenFile[]> {
  const made = await Promise.all(
    reports.map(async (report) => ({
      audience: report.audience,
      files: await exportFiles(report, formats, page, drawBeside),
    })),
  );
  await keepAllBytes(
    paths,
    made.flatMap(({ files }) => files.map(({ bytes }) => bytes)),
  );
  return made.flatMap(({ audience, files }) =>
    files.map(({ name, mediaType, bytes, sha256 }, index) => ({
      ...{ audience, file_no: index + 1, name, media_type: mediaType },
      ...{ byte_size: bytes.length, sha256 },
    })),
  );
}

/**
 * The archived files of every version for a reader, by its number, without erased ones. Versions of
 * earlier programs have none.
 */
export async function frozenFilesOf(
  paths: WarehousePaths,
  audience: Reader,
): Promise<ReadonlyMap<string, readonly PublishedFile[]>> {
  const files = await readLedger(paths, readPublishedFiles);
  const own = files.filter((file) => file.audience === audience);
  const byVersion = [...grouped(own, ({ publication_no }) => publication_no)];
  return new Map(byVersion.map(([no, all]) => [no, all.filter(({ is_erased }) => !is_erased)]));
}

/** How often texts of a version were erased, by its number. */
export async function erasuresByVersion(
  paths: WarehousePaths,
): Promise<ReadonlyMap<string, number>> {
  const erased = await readLedger(paths, readErased);
  const counts = new Map<string, number>();
  for (const { what, publication_no } of erased) {
    if (what !== "version" || publication_no === null) continue;
    counts.set(publication_no, (counts.get(publication_no) ?? 0) + 1);
  }
  return counts;
}

/** Names of the erased files of a version, for the reader of the report. */
export async function erasedFilesOf(
  paths: WarehousePaths,
  { publication, audience }: PublishedReport,
): Promise<string[]> {
  const files = await readLedger(paths, readPublishedFiles);
  return files
    .filter(
      (one) =>
        one.is_erased &&
        one.audience === audience &&
        one.publication_no === publication.publication_no,
    )
    .map(({ name }) => name);
}

/**
 * The bytes of a file as it was published.
 * @throws Failure when the archive lacks it, or has other bytes under its name
 */
export async function readFrozen(
  paths: WarehousePaths,
  { name, sha256 }: Pick<PublishedFile, "name" | "sha256">,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readAsPublished({ file: archivedPath(paths, sha256), name, sha256 }));
}

/** The bytes of a published file where it lies now. @throws Failure when they are gone or are others */
export async function readAsPublished({
  file,
  name,
  sha256,
}: Record<"file" | "name" | "sha256", string>): Promise<Buffer> {
  const bytes = await unlessMissing(readFile(file));
  if (bytes !== null && sha256Of(bytes) === sha256) return bytes;
  throw new Failure(
    `${file} ${bytes === null ? "bị thiếu" : "đã bị sửa"}: đã phát hành với tên ${name}. chitieu restore BẢN_SAO --files trả lại tệp từ bản sao lưu.`,
  );
}

/**
 * All files of a version for the reader of the report: the published bytes, or files made now for a
 * version of an earlier program.
 * @throws Failure when an archived file is missing or altered, or the superior has none
 */
export async function filesOfVersion(
  paths: WarehousePaths,
  report: PublishedReport,
): Promise<ExportedFile[]> {
  const frozen = await frozenFilesOf(paths, report.audience);
  const kept = frozen.get(report.publication.publication_no);
  if (kept === undefined) {
    if (report.audience !== "superior") return exportFiles(report, FORMATS);
    const { period, version } = report.publication;
    throw wrongUsage(
      `Phiên bản ${version} của ${period} phát hành không có tệp gửi cấp trên, vì kế hoạch không nêu cấp trên. Ghi cấp trên vào tệp kế hoạch, ở document.addressed_to, rồi phát hành phiên bản kế tiếp.`,
    );
  }
  return Promise.all(
    kept.map(async (one) => ({
      name: one.name,
      bytes: await readFrozen(paths, one),
      mediaType: one.media_type,
      sha256: one.sha256,
    })),
  );
}

export interface PlacedFile extends ExportedFile {
  readonly file: string;
  /** False where the same bytes were there already. */
  readonly isWritten: boolean;
}

/**
 * Copies files of a version into a folder: all, or none on an error. Files with the same bytes stay as
 * they are. A data format comes with the data package, which describes every file of the version.
 * @throws Failure that names a file with other bytes, unless `replace` is true
 */
export async function placeVersion(
  folder: string,
  files: readonly ExportedFile[],
  formats: readonly Format[],
  replace: boolean,
  mode?: number,
): Promise<PlacedFile[]> {
  const isData = formats.some((format) => DATA_FORMATS.includes(format));
  const wanted = files.filter(({ name }) => {
    const ending = extname(name).slice(1);
    return ending === "json" ? isData : formats.some((format) => format === ending);
  });
  return placeFiles(
    wanted.map((one) => ({ ...one, file: join(folder, one.name) })),
    () => replace,
    mode,
  );
}
