import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { apiDocumentFiles } from "../../pipelines/development/api-document.ts";
import { doubtDocumentFiles } from "../../pipelines/development/doubt-document.ts";
import { PLAN_SCHEMA, planDocumentFiles } from "../../pipelines/development/plan-document.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { checkPlanFile, type PlanCheck } from "../../pipelines/sources/check/plan-check.ts";
import { linesOf } from "../../pipelines/sources/targets/target-lines.ts";
import { newFolder } from "../folders.ts";

/** `docs/plan-file.md` is what offices write plans from: all of its examples are plans. */

const ROOT = join(import.meta.dirname, "../..");
const DOCUMENT = readFileSync(join(ROOT, "docs/plan-file.md"), "utf8");

test("the tables of keys and the JSON Schema are those of the schema that reads plans", async () => {
  const made = [
    ...(await planDocumentFiles(ROOT)),
    ...(await doubtDocumentFiles(ROOT)),
    ...apiDocumentFiles(),
  ];
  for (const [path, text] of made) {
    expect(readFileSync(join(ROOT, path), "utf8"), `npm run generate writes ${path}`).toBe(text);
  }
});

test("the JSON Schema accepts what plans may be, and nothing with a key that there is not", () => {
  const json = JSON.parse(
    readFileSync(join(ROOT, PLAN_SCHEMA), "utf8"),
  ) as z.core.JSONSchema.JSONSchema;
  const schema = z.fromJSONSchema(json);
  const plan = parse(
    readFileSync(join(ROOT, "sources/plans/217-kh-ubnd-2024.yaml"), "utf8"),
  ) as object;
  expect(schema.safeParse(plan).success).toBe(true);
  for (const { name, text } of blocks("yaml")) {
    if (!name.startsWith("them")) expect(schema.safeParse(parse(text)).success, name).toBe(true);
  }
  expect(schema.safeParse({ ...plan, milestones: 1 }).success).toBe(false);
});

test("every plan file names it for its editor", () => {
  const plans = readdirSync(join(ROOT, "sources"), { recursive: true, encoding: "utf8" }).filter(
    (path) => /(^|\/)plans\/[^/]+\.yaml$/.test(path),
  );
  expect(plans.length).toBeGreaterThan(5);
  for (const path of plans) {
    const file = join(ROOT, "sources", path);
    const [, named = ""] =
      /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(file, "utf8")) ?? [];
    expect(join(dirname(file), named), path).toBe(join(ROOT, PLAN_SCHEMA));
  }
});

interface Block {
  readonly language: string;
  /** What stands after the language. */
  readonly name: string;
  readonly text: string;
  readonly line: number;
}

/** The examples of the document, in order; those that have no name are no files. */
function blocks(language?: string): Block[] {
  return [...DOCUMENT.matchAll(/^```(yaml|csv) (\S+)\n([\s\S]*?)^```$/gm)]
    .map(({ 1: of = "", 2: name = "", 3: text = "", index }) => ({
      language: of,
      name,
      text,
      line: DOCUMENT.slice(0, index).split("\n").length,
    }))
    .filter((one) => language === undefined || one.language === language);
}

interface Plan {
  readonly [key: string]: unknown;
  readonly id: string;
}

const BASE_TEXT = blocks("yaml").find(({ name }) => name === "mau")?.text ?? "";
const BASE = parse(BASE_TEXT) as Plan;

/** The plan of the year before, with a measure under another code. */
const EARLIER = BASE_TEXT.replace(BASE.id, "phong-chong-te-nan-2025").replaceAll(
  "workers_informed",
  "workers_reached",
);

/** What an example adds to the plan of the document: entries of lists at their ends, other keys. */
function added(text: string): Plan {
  const words = parse(text) as Plan;
  const entries = Object.fromEntries(
    Object.entries({ ...BASE, ...words }).map(([key, value]) => {
      const [own, more] = [BASE[key], words[key]];
      return [key, Array.isArray(own) && Array.isArray(more) ? [...own, ...more] : value];
    }),
  );
  return { ...entries, id: BASE.id };
}

/** Checks an example with the CSV files that follow it before the next one. */
function check(example: Block): PlanCheck {
  const all = blocks();
  const folder = newFolder("plan-document");
  const areas = all.find(({ name }) => name === "areas/areas.csv");
  const at = all.findIndex(({ line }) => line === example.line) + 1;
  const next = all.findIndex(({ language }, index) => index >= at && language === "yaml");
  const beside = all.slice(at, next < 0 ? all.length : next);
  const isPart = example.name.startsWith("them");
  const plan = isPart ? stringify(added(example.text)) : example.text;
  const file = `plans/${isPart ? BASE.id : example.name}.yaml`;
  const files = new Map([
    ...(areas === undefined ? [] : [[areas.name, areas.text] as const]),
    ...beside.map(({ name, text }) => [name, text] as const),
    ...(example.text.includes("continues") ? [["plans/earlier.yaml", EARLIER] as const] : []),
    [file, plan] as const,
  ]);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const found = checkPlanFile(join(folder, file), folder);
  if (found.plan !== null) readCatalogue(folder);
  return found;
}

describe("every example is a plan without fault", () => {
  test.each(blocks("yaml"))("line $line", (example) => {
    expect(check(example).problems.map(({ found }) => found)).toEqual([]);
  });
});

test("what the document shows of the check is what it says", () => {
  const shown = blocks("yaml").flatMap((example) => check(example).targets.flatMap(linesOf));
  const quoted = [...DOCUMENT.matchAll(/^ {2}(\d\S* [≥≤<>].*)$|`(\d\w* [≥≤<>][^`]*)`/gm)].map(
    ([, line, inline]) => line ?? inline,
  );
  expect(quoted).toHaveLength(3);
  expect(shown).toEqual(expect.arrayContaining(quoted));
});
