import { tmpdir } from "node:os";
import { join } from "node:path";
import { withLedger } from "../ledger/ledger.ts";
import { buildMarts } from "../models/build-marts.ts";
import { readCatalogue } from "../sources/catalogue.ts";
import { withNewFolder } from "../warehouse/files.ts";
import { warehousePaths } from "../warehouse/paths.ts";
import { readPageSchema } from "./page-schema.ts";
import { rowTypeFiles } from "./row-types.ts";

/** Builds the marts of the repository's plans without any report, and hands over their path. */
export async function withEmptyMarts<T>(
  root: string,
  work: (marts: string) => Promise<T>,
): Promise<T> {
  return withNewFolder(join(tmpdir(), "chitieu-generate-"), async (folder) => {
    const paths = warehousePaths(folder);
    await withLedger(paths, async () => undefined);
    const catalogue = readCatalogue(join(root, "sources"));
    const { file } = await buildMarts({ paths, catalogue, asOf: null });
    return await work(file);
  });
}

/** @returns the files of `rowTypeFiles` for the pages of the repository */
export async function rowTypesOfPages(root: string): Promise<Map<string, string>> {
  return await withEmptyMarts(root, async (marts) =>
    rowTypeFiles(await readPageSchema(root, marts)),
  );
}
