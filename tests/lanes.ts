import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** How tests are run together. `npm test` runs all but `long`, `npm run test:fast` the first alone. */
export const LANES = ["fast", "slow", "long"] as const;
export type Lane = (typeof LANES)[number];

/** Set to the lane in which pages are visited, so that they are made before it is the turn of who does. */
export const PAGES_WANTED = "CHITIEU_PAGES_WANTED";

/** The end of the name of a test file that a change need not wait for. */
const LONG = ".long.test.ts";

/** The folder of the project. */
export const ROOT = join(import.meta.dirname, "..");

/** What opens a browser; such a test waits for pages more than it computes. */
const BROWSER = "playwright-core";

/**
 * What makes a test slow: packages, and files and folders of this project. A test that imports nothing
 * of these, itself or through a helper, is fast.
 */
export const SLOW_PARTS: readonly string[] = [
  "node:child_process",
  BROWSER,
  "pipelines/cli/",
  "pipelines/development/check-pages.ts",
  "pipelines/intake/ingest.ts",
  "pipelines/ledger/",
  "pipelines/models/build-marts.ts",
  "pipelines/publishing/publish.ts",
  "pipelines/intake/reading-pool.ts",
  "pipelines/site/bundle.ts",
  "tests/e2e/site.ts",
];

/** The test files below `tests/`, by path from the root of the project. */
export function testFiles(): string[] {
  return readdirSync(join(ROOT, "tests"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join("tests", name))
    .sort();
}

/** The lane of a test file: long by its name, else by what it imports, itself or through a helper. */
export function laneOf(file: string): Lane {
  if (file.endsWith(LONG)) return "long";
  const parts = [...partsOf(file)];
  const isSlow = SLOW_PARTS.some((slow) =>
    parts.some((part) => (slow.endsWith("/") ? part.startsWith(slow) : part === slow)),
  );
  return isSlow ? "slow" : "fast";
}

/** Whether a test file opens a browser, itself or through a helper. */
export function opensBrowser(file: string): boolean {
  return partsOf(file).has(BROWSER);
}

/** Whether a test file draws random inputs, itself or through a helper. */
export function drawsRandomly(file: string): boolean {
  return partsOf(file).has("fast-check");
}

/** Imports of values, not of types alone, static or at run time. */
const IMPORTS =
  /^(?:import|export) (?!type\b)[^;]*?from "([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** What a file imports, and what the files of `tests/` among that import, types left out. */
export function partsOf(file: string, seen: Set<string> = new Set()): Set<string> {
  const text = readFileSync(join(ROOT, file), "utf8");
  const found = new Set<string>();
  for (const [, from, alone, late] of text.matchAll(IMPORTS)) {
    const name = from ?? alone ?? late ?? "";
    const part = name.startsWith(".") ? relative(ROOT, join(ROOT, dirname(file), name)) : name;
    found.add(part);
    if (!part.startsWith("tests/") || !part.endsWith(".ts") || seen.has(part)) continue;
    seen.add(part);
    for (const one of partsOf(part, seen)) found.add(one);
  }
  return found;
}
