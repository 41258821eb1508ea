import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const reasons = readFileSync(join(ROOT, "docs/dependencies.md"), "utf8");

const dependencies = ["package.json", "reports/package.json"].flatMap((file) => {
  const read: Record<"dependencies" | "devDependencies", Record<string, string> | undefined> =
    JSON.parse(readFileSync(join(ROOT, file), "utf8"));
  return Object.entries({ ...read.dependencies, ...read.devDependencies }).map(
    ([name, version]) => [name, version, file] as const,
  );
});

test.each(dependencies)(
  "%s %s of %s is exact, and docs/dependencies.md says why",
  (name, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    expect(reasons).toContain(`\`${name}\``);
  },
);

test("docs/dependencies.md speaks of no package that is not there", () => {
  const names = dependencies.map(([name]) => name as string);
  const cells = [...reasons.matchAll(/^\| (`[^|]+?) \|/gm)].map(([, cell = ""]) => cell);
  const documented = cells.flatMap((cell) =>
    [...cell.matchAll(/`([^`/]+|@[^`]+)`/g)].map(([, name = ""]) => name),
  );
  expect(documented.length).toBeGreaterThan(20);
  expect(documented.filter((name) => !names.includes(name))).toEqual([]);
});
