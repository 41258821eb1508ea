import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { wordFiles } from "../vocabulary/generate-words.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

// `npm run generate`: writes every file of the repository that is made from another one.
for (const [path, text] of wordFiles()) writeFileSync(join(ROOT, path), text);
