import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress, gunzip } from "node:zlib";
import { type Audience, readersOn } from "../contract/report.ts";
import { sha256Of } from "../publishing/digest.ts";
import { readPublicationRecords } from "../publishing/published-reports.ts";
import type { PublishedFile } from "../publishing/stored-publication.ts";
import { frozenFilesOf } from "../publishing/version-files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { unlessMissing } from "../warehouse/place-files.ts";
import { downloadFolder } from "./downloads.ts";

/** A file is served as it lies there, or one of its compressed copies. */
const COPIES = [
  { ending: "", unpack: async (bytes: Buffer): Promise<Buffer> => bytes },
  { ending: ".br", unpack: promisify(brotliDecompress) },
  { ending: ".gz", unpack: promisify(gunzip) },
] as const;

/**
 * The files of published versions that a rendered site would hand out with other bytes than were
 * published, or not at all, each as a sentence. A version that the site does not show yet is none.
 */
export async function servedFaults(
  paths: WarehousePaths,
  site: string,
  audience: Audience,
): Promise<string[]> {
  const frozen = await Promise.all(
    readersOn(audience).map((reader) => frozenFilesOf(paths, reader)),
  );
  const faults: string[] = [];
  for (const publication of await readPublicationRecords(paths)) {
    const folder = join(site, downloadFolder(publication));
    if (!existsSync(folder)) continue;
    const files = frozen.flatMap((ofReader) => ofReader.get(publication.publication_no) ?? []);
    for (const file of files) {
      faults.push(...(await faultsOf(folder, file)));
    }
  }
  return faults;
}

const REMEDY = "chitieu site puts the published one there.";

async function faultsOf(folder: string, { name, sha256 }: PublishedFile): Promise<string[]> {
  const faults: string[] = [];
  for (const { ending, unpack } of COPIES) {
    const path = join(folder, `${name}${ending}`);
    const packed = await unlessMissing(readFile(path));
    if (packed === null) {
      if (ending === "") faults.push(`${path} is missing: it was published. ${REMEDY}`);
      continue;
    }
    const bytes = await unpack(packed).catch(() => null);
    if (bytes === null || sha256Of(bytes) !== sha256) {
      faults.push(`${path} is not the file that was published. ${REMEDY}`);
    }
  }
  return faults;
}
