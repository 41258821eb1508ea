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
  return await import(source.href);
}

const { main } = await load();
process.exitCode = await main(process.argv.slice(2));
