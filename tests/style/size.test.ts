import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { ROOT } from "../lanes.ts";
import { linesOf, type Size, sizeOf } from "./size.ts";

const FILE = "tests/style/size.yaml";
const HEAD =
  "# Lines of code, as `tests/style/size.ts` counts them. No commit raises a number: what needs 300\n" +
  "# lines takes out 300 first. `npm run lint` writes what has become less.\n";
const parts = ["product", "tests"] as const;
const held: Size = z
  .strictObject({ product: z.int(), tests: z.int() })
  .parse(parse(readFileSync(join(ROOT, FILE), "utf8")));
const found = sizeOf(ROOT);

test.each([
  ["", ".ts", 0],
  ["a;\n\n  b;\n", ".ts", 2],
  ["// why\na; // why\n", ".ts", 1],
  ["/* why */\n/** why\n * it\n */\na;\n", ".ts", 1],
  ["{/* why */}\n<p/>\n", ".tsx", 1],
  ["-- why\nselect 1 -- why\n", ".sql", 1],
  ["<!-- why\n it -->\n<p/>\n", ".svelte", 1],
  ["# why\na: 1\n", ".yaml", 1],
  ["# a heading is text\n", ".md", 1],
])("%j of a %s has %d lines of code", (text, kind, lines) => {
  expect(linesOf(text, kind)).toBe(lines);
});

test.each(parts)("%s is no larger than it was", (part) => {
  expect(found[part], `${FILE}: take out as many lines as are needed`).toBeLessThanOrEqual(
    held[part],
  );
});

test("the numbers follow what was taken out", () => {
  const least = Object.fromEntries(parts.map((part) => [part, Math.min(found[part], held[part])]));
  if (process.env.CI === undefined) writeFileSync(join(ROOT, FILE), HEAD + stringify(least));
  else expect(held, "npm run lint writes them: commit the file").toEqual(least);
});

test("no commit has raised a number", () => {
  const log = ["log", "-p", "-U0", "--format=", "--", FILE];
  const history = execFileSync("git", log, { cwd: ROOT }).toString();
  for (const part of parts) {
    const before = [...history.matchAll(new RegExp(`^[-+]${part}: (\\d+)$`, "gm"))];
    expect(held[part]).toBeLessThanOrEqual(Math.min(...before.map(([, lines]) => Number(lines))));
  }
});
