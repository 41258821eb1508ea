import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** How tests are run together. `npm test` runs all but `long`, `npm run test:fast` the first alone. */
export const LANES = ["fast", "system", "models", "e2e", "long"] as const;
export type Lane = (typeof LANES)[number];

/** The end of the name of a test file that a change need not wait for. */
const LONG = ".long.test.ts";

/** The folder of the project. */
export const ROOT = join(import.meta.dirname, "..");

/**
 * What makes a test slow, by its lane: packages, and files and folders of this project. A test that
 * imports nothing of these, itself or through a helper, is fast.
 */
export const SLOW_PARTS: Readonly<Record<Exclude<Lane, "fast" | "long">, readonly string[]>> = {
  system: [
    "node:child_process",
    "pipelines/development/check-pages.ts",
    "pipelines/cli/",
    "pipelines/ledger/",
    "pipelines/intake/ingest.ts",
    "pipelines/readers/reading-pool.ts",
  ],
  models: ["pipelines/models/build-marts.ts", "pipelines/publishing/publish.ts"],
  e2e: ["playwright-core", "pipelines/site/bundle.ts", "tests/e2e/site.ts"],
};

/** The test files below `tests/`, by path from the root of the project. */
export function testFiles(): string[] {
  return readdirSync(join(ROOT, "tests"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join("tests", name))
    .sort();
}

/**
 * The lane of a test file: long by its name, else that of the slowest part that it imports, itself or
 * through a helper.
 */
export function laneOf(file: string): Lane {
  if (file.endsWith(LONG)) return "long";
  const parts = partsOf(file);
  const slow = (["e2e", "models", "system"] as const).find((lane) => isIn(parts, SLOW_PARTS[lane]));
  return slow ?? "fast";
}

/** Whether a test file draws random inputs, itself or through a helper. */
export function drawsRandomly(file: string): boolean {
  return partsOf(file).has("fast-check");
}

function isIn(parts: ReadonlySet<string>, slow: readonly string[]): boolean {
  return [...parts].some((part) =>
    slow.some((one) => (one.endsWith("/") ? part.startsWith(one) : part === one)),
  );
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
