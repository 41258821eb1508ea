import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

const { resolve } = createRequire(import.meta.url);

/** The folder with the components of `@evidence-dev/core-components`. */
export const LIBRARY = dirname(resolve("@evidence-dev/core-components"));

/** @type {Map<string, string> | undefined} */
let found;

/**
 * Evidence's components by name. A page imports the file of each that it uses, so that none of the
 * others is bundled: the library's index leads to all of them.
 */
export function evidenceComponents() {
  found ??= new Map(
    readdirSync(LIBRARY, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".svelte") && !/\.(stories|story|demo)\.svelte$/.test(file))
      .map((file) => join(LIBRARY, file))
      .filter((path) => /\bevidenceInclude = true\b/.test(readFileSync(path, "utf8")))
      .map((path) => [basename(path, ".svelte"), path]),
  );
  return found;
}
