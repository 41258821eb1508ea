import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { checkPages, type TypeProblem } from "../../pipelines/development/check-pages.ts";
import { newFolder } from "../folders.ts";

const ROOT = join(import.meta.dirname, "../..");
const COMPONENT = "components/ward/WardView.svelte";
const PAGE = "pages/[plan]/dia-ban/[area_code].md";

let folder = "";
let found: TypeProblem[] = [];

/** The line of a file on which a text stands, counted from 1. */
function lineOf(file: string, text: string): number {
  const lines = readFileSync(join(ROOT, "reports", file), "utf8").split("\n");
  return lines.findIndex((line) => line.includes(text)) + 1;
}

function misspell(file: string, from: string, to: string): void {
  const path = join(folder, "reports", file);
  const text = readFileSync(path, "utf8");
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

// One component and one page, with all that they use: each with a column that is not there.
beforeAll(async () => {
  folder = newFolder("chitieu-misspelt-");
  const reports = join(folder, "reports");
  const configuration = ["package.json", "tsconfig.json", "svelte-check.config.js"];
  for (const name of ["components", "partials", "types", ...configuration]) {
    cpSync(join(ROOT, "reports", name), join(reports, name), { recursive: true });
  }
  for (const room of ["pipelines/sentences", "pipelines/contract", "pipelines/vocabulary"]) {
    cpSync(join(ROOT, room), join(folder, room), { recursive: true });
  }
  mkdirSync(dirname(join(reports, PAGE)), { recursive: true });
  cpSync(join(ROOT, "reports", PAGE), join(reports, PAGE));
  for (const name of ["node_modules", "reports/node_modules"]) {
    symlinkSync(join(ROOT, name), join(folder, name), "dir");
  }
  const config = JSON.parse(readFileSync(join(reports, "tsconfig.json"), "utf8"));
  config.include = [COMPONENT, ".evidence/pages/**/*.svelte"];
  writeFileSync(join(reports, "tsconfig.json"), JSON.stringify(config));
  misspell(COMPONENT, "value={row.value_in_period}", "value={row.value_in_perod}");
  misspell(PAGE, "title={area[0].area_name}", "title={area[0].area_nam}");
  found = await checkPages(reports);
});

test("a misspelt column of a component is an error, with its file and line", () => {
  const problem = found.find(({ file }) => file === COMPONENT);
  expect(problem?.line).toBe(lineOf(COMPONENT, "value={row.value_in_period}"));
  expect(problem?.message).toContain("Property 'value_in_perod' does not exist");
});

test("so is one of a page", () => {
  const problem = found.find(({ file }) => file === PAGE);
  expect(problem?.line).toBe(lineOf(PAGE, "title={area[0].area_name}"));
  expect(problem?.message).toContain("Property 'area_nam' does not exist");
});

test("nothing else is", () => {
  expect(found).toHaveLength(2);
});
