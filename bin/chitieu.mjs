#!/usr/bin/env node
import { existsSync } from "node:fs";

/** The program's TypeScript is there in a checkout only, and is then what runs: never a `dist/` of before. */
const source = new URL("../pipelines/cli/main.ts", import.meta.url);
const compiled = new URL("../dist/cli/main.js", import.meta.url);

async function load() {
  if (!existsSync(source)) return await import(compiled.href);
  // Node takes types away by itself from 22.18 on
  if (!process.features.typescript) {
    const { register } = await import("tsx/esm/api").catch(() => {
      console.error(
        `chitieu: Node ${process.versions.node} runs no TypeScript, and tsx is not installed. ` +
          "Run npm ci here, or use Node 22.18 or later.",
      );
      process.exit(1);
    });
    register();
  }
  return await import(source.href);
}

const { main } = await load();
process.exitCode = await main(process.argv.slice(2));
