import { fileURLToPath } from "node:url";
import { PROGRAM_FILES, ROW_TYPES } from "./made-files.ts";
import { endScript, makeStale } from "./make-files.ts";

// What `npm ci` and `npm run typecheck` begin with: files that git does not keep, where they are
// missing or older than what they are made from.
const root = fileURLToPath(new URL("../../", import.meta.url));
await makeStale(root, [...PROGRAM_FILES, ROW_TYPES]).catch(endScript);
