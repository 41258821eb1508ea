import { fileURLToPath } from "node:url";
import { PROGRAM_FILES, ROW_TYPES } from "./made-files.ts";
import { makeStale } from "./make-files.ts";

// What `npm ci` and `npm run typecheck` begin with: files that git does not keep, where they are
// missing or older than what they are made from.
await makeStale(fileURLToPath(new URL("../../", import.meta.url)), [...PROGRAM_FILES, ROW_TYPES]);
