import { readFileSync } from "node:fs";
import { join } from "node:path";

const DOCUMENT = readFileSync(join(import.meta.dirname, "../docs/analysis.md"), "utf8");

/** A recipe of docs/analysis.md, by the name that stands above it. */
export function recipe(name: string): string {
  const found = new RegExp(`<!-- recipe: ${name} -->\\n\\n\`\`\`\\w+\\n([\\s\\S]*?)\n\`\`\``).exec(
    DOCUMENT,
  );
  if (found === null) throw new Error(`docs/analysis.md has no recipe ${name}`);
  return found[1] ?? "";
}

/** The names of all recipes. */
export const RECIPES = [...DOCUMENT.matchAll(/<!-- recipe: (\S+) -->/g)].map(
  ([, name = ""]) => name,
);
