import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCatalogue } from "../pipelines/sources/catalogue.ts";

const ROOT = join(import.meta.dirname, "..");

/** Code without comments; what a message names after "such as", "like" or «như» is an example. */
function codeOf(file: string): string {
  return (
    readFileSync(file, "utf8")
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .replace(/(^|[^:"'`])\/\/.*$/gm, "$1")
      .replace(/^\s*--.*$/gm, "")
      // code points, the years of births, numbers of decrees, and of a standard
      .replace(/\\x\{\w+\}|LAST_\w+_YEAR = \d+|draft-20\d\d-\d\d|\d+\/20\d\d\/NĐ-CP/g, "")
      .replace(/such as \S+|like \S+|như \S+|ví dụ \S+|Nghị định \S+/g, "")
  );
}

const FOLDERS = ["pipelines", "models", "reports/components", "reports/pages", "reports/sources"];

const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(tsx?|svelte|md|sql)$/.test(name))
    .map((name) => join(folder, name)),
);

const NAMES = [join(ROOT, "sources"), join(ROOT, "sources/examples/lang-son-2023")].flatMap(
  (folder) => {
    const { plans, areas } = readCatalogue(folder);
    return [
      ...areas.flatMap(({ code, name }) => [name, ...(code.length > 2 ? [code] : [])]),
      ...plans.flatMap(({ plan }) => [
        plan.id,
        plan.number,
        plan.issuer,
        ...plan.units.filter(({ each_area }) => !each_area).map(({ name }) => name),
        ...plan.periods.map(({ code }) => code),
        ...plan.measures.map(({ code }) => code).filter((code) => code.includes("_")),
        ...plan.indicators.map(({ code }) => `"${code}"`),
      ]),
    ];
  },
);

test("no code or model names a plan, area, unit, period, measure, indicator or year", () => {
  const found = FILES.flatMap((file) => {
    const code = codeOf(join(ROOT, file));
    const names = [
      ...NAMES.filter((name) => code.includes(name)),
      ...(code.match(/\b20[1-4]\d\b/g) ?? []),
    ];
    return names.map((name) => `${file}: ${name}`);
  });
  expect(FILES.length).toBeGreaterThan(300);
  expect(found).toEqual([]);
});
