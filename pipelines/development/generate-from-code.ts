import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLedger } from "../ledger/ledger.ts";
import { buildMarts } from "../models/build-marts.ts";
import { readCatalogue } from "../sources/catalogue.ts";
import { attach, withConnection } from "../warehouse/connection.ts";
import { warehousePaths } from "../warehouse/paths.ts";
import { architectureFiles } from "./architecture.ts";
import { contractFiles } from "./contract-file.ts";
import { MARTS_DOCUMENT, martsDocument } from "./marts-document.ts";
import { pageModules } from "./page-modules.ts";
import { readPageSchema } from "./page-schema.ts";
import { planDocumentFiles } from "./plan-document.ts";
import { rowTypeFiles } from "./row-types.ts";
import { writeFiles } from "./write-files.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Builds the marts of this project's plans, of which nothing has been reported, and hands them over. */
async function withEmptyMarts(work: (marts: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "chitieu-generate-"));
  try {
    const paths = warehousePaths(folder);
    await withLedger(paths, async () => undefined);
    const { file } = await buildMarts({
      paths,
      catalogue: readCatalogue(join(ROOT, "sources")),
      asOf: null,
    });
    await work(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// What `npm run generate` writes besides the words.
writeFiles(ROOT, pageModules());
writeFiles(ROOT, architectureFiles(ROOT));
writeFiles(ROOT, contractFiles());
writeFiles(ROOT, await planDocumentFiles(ROOT));
await withEmptyMarts(async (marts) => {
  writeFiles(ROOT, rowTypeFiles(await readPageSchema(ROOT, marts)));
  await withConnection(async (connection) => {
    await attach(connection, marts, "it", { readOnly: true });
    writeFiles(ROOT, new Map([[MARTS_DOCUMENT, await martsDocument(connection, "it")]]));
  });
});
