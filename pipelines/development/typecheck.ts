import { fileURLToPath } from "node:url";
import { checkPages } from "./check-pages.ts";

// The part of `npm run typecheck` that tsc cannot do: components and pages.
const found = await checkPages(fileURLToPath(new URL("../../reports", import.meta.url)));
for (const { file, line, column, message } of found) {
  console.error(`reports/${file}:${line}:${column} ${message}`);
}
if (found.length > 0) process.exitCode = 1;
