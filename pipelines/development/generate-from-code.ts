import { fileURLToPath } from "node:url";
import { attach, withConnection } from "../warehouse/connection.ts";
import { apiDocumentFiles } from "./api-document.ts";
import { architectureFiles } from "./architecture.ts";
import { doubtDocumentFiles } from "./doubt-document.ts";
import { withEmptyMarts } from "./empty-marts.ts";
import { MARTS_DOCUMENT, martsDocument } from "./marts-document.ts";
import { readPageSchema } from "./page-schema.ts";
import { planDocumentFiles } from "./plan-document.ts";
import { rowTypeFiles } from "./row-types.ts";
import { writeFiles } from "./write-files.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

// What `npm run generate` writes besides the words.
writeFiles(ROOT, architectureFiles(ROOT));
writeFiles(ROOT, await planDocumentFiles(ROOT));
writeFiles(ROOT, await doubtDocumentFiles(ROOT));
writeFiles(ROOT, apiDocumentFiles());
await withEmptyMarts(ROOT, async (marts) => {
  writeFiles(ROOT, rowTypeFiles(await readPageSchema(ROOT, marts)));
  await withConnection(async (connection) => {
    await attach(connection, marts, "it", { readOnly: true });
    writeFiles(ROOT, new Map([[MARTS_DOCUMENT, await martsDocument(connection, "it")]]));
  });
});
