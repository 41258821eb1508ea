import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import {
  alternatives,
  type JsonSchema,
  keysAt,
  objectsAt,
  planJsonSchema,
} from "../sources/plan/plan-keys.ts";
import { betweenMarks } from "./marked-text.ts";

/** Where an editor finds what a plan file may hold. */
export const PLAN_SCHEMA = "sources/plan.schema.json";

const FILE = "docs/plan-file.md";

/** The tables of keys in `docs/plan-file.md`, each with what it lists the keys of. */
const TABLES: Readonly<Record<string, readonly (string | number)[]>> = {
  plan: [],
  area: ["area"],
  reporting_areas: ["reporting_areas", 0],
  continues: ["continues"],
  document: ["document"],
  glossary: ["glossary", 0],
  groups: ["groups", 0],
  units: ["units", 0],
  periods: ["periods", 0],
  measures: ["measures", 0],
  indicators: ["indicators", 0],
  condition: ["indicators", 0, "value", "conditions", 0],
  target: ["indicators", 0, "target"],
  baseline: ["indicators", 0, "target", "baseline"],
};

const KINDS = ["ratio", "count", "share_of_areas", "share_of_units", "all_of", "change"] as const;

/**
 * The JSON Schema of a plan file, and `docs/plan-file.md` with its tables of keys, both from the schema
 * that reads plan files; the words between the tables are the file's own.
 * @returns whole texts by their paths in the repository
 */
export async function planDocumentFiles(root: string): Promise<Map<string, string>> {
  let text = readFileSync(join(root, FILE), "utf8");
  for (const [name, path] of Object.entries(TABLES)) {
    text = betweenMarks(text, FILE, `keys: ${name}`, keyTable(keysAt({}, path), requiredAt(path)));
  }
  text = betweenMarks(text, FILE, "keys: value", KINDS.map(kindText).join("\n\n"));
  const file = join(root, FILE);
  return new Map([
    [FILE, await format(text, { ...(await resolveConfig(file)), filepath: file })],
    [PLAN_SCHEMA, `${JSON.stringify(planJsonSchema(), null, 2)}\n`],
  ]);
}

function kindText(kind: (typeof KINDS)[number]): string {
  const path = ["indicators", 0, "value"];
  const data = { indicators: [{ value: { kind } }] };
  const { kind: _, ...keys } = keysAt(data, path);
  const [schema] = objectsAt(data, path);
  return [
    `#### \`kind: ${kind}\``,
    schema?.description ?? "",
    keyTable(keys, new Set(schema?.required ?? [])),
  ].join("\n\n");
}

function requiredAt(path: readonly (string | number)[]): ReadonlySet<string> {
  return new Set(objectsAt({}, path).flatMap(({ required }) => required ?? []));
}

function keyTable(
  keys: Readonly<Record<string, JsonSchema>>,
  required: ReadonlySet<string>,
): string {
  const rows = Object.entries(keys).map(([key, schema]) =>
    [
      `\`${key}\``,
      required.has(key) ? "có" : "",
      typeText(schema),
      (schema.description ?? "").replaceAll("|", "\\|"),
    ].join(" | "),
  );
  return ["| Khóa | Bắt buộc | Ghi | Nghĩa |", "| --- | --- | --- | --- |"]
    .concat(rows.map((row) => `| ${row} |`))
    .join("\n");
}

/** What is written for a key, and what is meant without it. */
function typeText(schema: JsonSchema): string {
  const words = [...new Set(alternatives(schema).map(wordOf))].join("; hoặc ");
  const { default: otherwise } = schema;
  const isPlain = typeof otherwise !== "object" && otherwise !== undefined;
  return isPlain ? `${words}; không ghi là \`${String(otherwise)}\`` : words;
}

function wordOf(schema: JsonSchema): string {
  const { type, pattern } = schema;
  if (schema.enum !== undefined) return schema.enum.map((one) => `\`${String(one)}\``).join(", ");
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (Array.isArray(type)) return "số";
  switch (type) {
    case "array":
      return schema.prefixItems === undefined ? "danh sách" : "hai số trong [ ]";
    case "object":
      return schema.properties === undefined ? "các cặp mã: giá trị" : "mục con";
    case "boolean":
      return "`true`, `false`";
    case "integer":
    case "number":
      return "số";
    default:
      if (pattern?.includes("\\d{4}-") === true) return "ngày";
      return pattern === undefined ? "chữ" : "mã";
  }
}
