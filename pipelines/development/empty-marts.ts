import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withLedger } from "../ledger/ledger.ts";
import { buildMarts } from "../models/build-marts.ts";
import { readCatalogue } from "../sources/catalogue.ts";
import { warehousePaths } from "../warehouse/paths.ts";
import { readPageSchema } from "./page-schema.ts";
import { rowTypeFiles } from "./row-types.ts";

/** Builds the marts of the repository's plans without any report, and hands over their path. */
export async function withEmptyMarts<T>(
  root: string,
  work: (marts: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "chitieu-generate-"));
  try {
    const paths = warehousePaths(folder);
    await withLedger(paths, async () => undefined);
    const { file } = await buildMarts({
      paths,
      catalogue: readCatalogue(join(root, "sources")),
      asOf: null,
    });
    return await work(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns the files of `rowTypeFiles` for the pages of the repository */
export async function rowTypesOfPages(root: string): Promise<Map<string, string>> {
  return await withEmptyMarts(root, async (marts) =>
    rowTypeFiles(await readPageSchema(root, marts)),
  );
}
