#!/usr/bin/env node
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

// a checkout has the program's TypeScript, and runs what is compiled of it as it is now
if (existsSync(new URL("../pipelines/cli/main.ts", import.meta.url))) await makeFiles();
const { main } = await import("../dist/cli/main.js");
process.exitCode = await main(process.argv.slice(2));

/** What git does not keep and the program needs, where it is missing or older than its sources. */
async function makeFiles() {
  const root = fileURLToPath(new URL("../", import.meta.url));
  const made = await import("../dist/development/made-files.js").catch(() => null);
  // one that was compiled for a package before does not know what it is made from
  const stale = made?.COMPILED && made.PROGRAM_FILES.map((one) => made.isStale(root, one));
  if (stale !== undefined && !(await Promise.all(stale)).includes(true)) return;
  const { register } = await import("tsx/esm/api").catch(() => {
    console.error("chitieu: tsx is not installed, which runs TypeScript. Run npm ci here.");
    process.exit(1);
  });
  const unregister = register({
    tsconfig: fileURLToPath(new URL("../tsconfig.json", import.meta.url)),
  });
  const { PROGRAM_FILES } = await import("../pipelines/development/made-files.ts");
  const { makeStale } = await import("../pipelines/development/make-files.ts");
  await makeStale(root, PROGRAM_FILES).catch(({ message }) => {
    console.error(`chitieu: ${message}`);
    process.exit(1);
  });
  await unregister();
}
