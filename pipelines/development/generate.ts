import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { wordFiles } from "../vocabulary/generate-words.ts";
import { architectureFiles } from "./architecture.ts";
import { readPageSchema } from "./page-schema.ts";
import { rowTypeFiles } from "./row-types.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

function write(files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
  }
}

// `npm run generate`: writes every file of the repository that is made from another one. The words
// first: the queries use them.
write(wordFiles());
write(rowTypeFiles(await readPageSchema(ROOT)));
write(architectureFiles(ROOT));
