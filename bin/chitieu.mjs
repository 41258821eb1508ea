#!/usr/bin/env node
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The program's TypeScript is there in a checkout only, and is then what runs: never a `dist/` of before. */
const source = new URL("../pipelines/cli/main.ts", import.meta.url);
const compiled = new URL("../dist/cli/main.js", import.meta.url);

async function load() {
  if (!existsSync(source)) return await import(compiled.href);
  const { register } = await import("tsx/esm/api").catch(() => {
    console.error("chitieu: tsx is not installed, which runs TypeScript. Run npm ci here.");
    process.exit(1);
  });
  // its own settings, from whatever folder it is called
  register({ tsconfig: fileURLToPath(new URL("../tsconfig.json", import.meta.url)) });
  await makeFiles();
  return await import(source.href);
}

/** What git does not keep and the program needs, where it is missing or older than its sources. */
async function makeFiles() {
  const root = fileURLToPath(new URL("../", import.meta.url));
  const { isStale, PROGRAM_FILES } = await import("../pipelines/development/made-files.ts");
  const stale = await Promise.all(PROGRAM_FILES.map((made) => isStale(root, made)));
  if (!stale.includes(true)) return;
  const { makeStale } = await import("../pipelines/development/make-files.ts");
  await makeStale(root, PROGRAM_FILES).catch(({ message }) => {
    console.error(`chitieu: ${message}`);
    process.exit(1);
  });
}

const { main } = await load();
process.exitCode = await main(process.argv.slice(2));
