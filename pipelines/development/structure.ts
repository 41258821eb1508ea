import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, normalize, sep } from "node:path";
import { AUDIENCES } from "../vocabulary/audiences.ts";

/** A part of the house, and what lies in it. */
export interface Room {
  readonly name: string;
  readonly what: string;
}

/** The rooms of `pipelines/` from the lowest to the highest: a file imports from its own or from an earlier one. */
export const PIPELINE_ROOMS: readonly Room[] = [
  {
    name: "vocabulary",
    what: "words that people read, codes of forms, dates, numbers, how an error is told",
  },
  { name: "contract", what: "what a published report is made of: its parts and their columns" },
  { name: "sentences", what: "every sentence about a figure, for pages and documents, from facts" },
  { name: "warehouse", what: "connections, folders and locks of the warehouse" },
  { name: "persons", what: "what in a text or a table tells of a person, surely or maybe" },
  { name: "workbook", what: "drawing workbooks, and the parts that an .xlsx file is made of" },
  {
    name: "reading-plans",
    what: "from the words of a plan to what it asks for: a grammar, for signed plans and quotes",
  },
  { name: "sources", what: "plan files and areas, checked, and as tables" },
  { name: "forms", what: "the blank form of a unit" },
  {
    name: "readers",
    what: "from the bytes of .xlsx, .ods, .xls and CSV to readings as they were written, and from those of documents to paragraphs",
  },
  {
    name: "ledger",
    what: "the archive of received files, the journal, and the ledger made from it",
  },
  {
    name: "intake",
    what: "takes a file in: resolves and judges its readings, records them, replies to the sender",
  },
  { name: "models", what: "runs the SQL models in their order, checks them and swaps the marts" },
  { name: "exports", what: "workbook, Word document, CSV, Arrow and Parquet of a version" },
  {
    name: "publishing",
    what: "freezes the report of a period and its files as a version, and verifies versions",
  },
  { name: "site", what: "page tables, rendering, the server" },
  { name: "doctor", what: "what is wrong with a machine, a warehouse, a folder of sources" },
  { name: "demo", what: "the made-up reports of the demonstration" },
  {
    name: "desk",
    what: "the web door: accounts, sessions, pages for units and staff, over what commands do",
  },
  { name: "cli", what: "commands" },
  { name: "development", what: "what writes the generated files of this repository" },
];

/** The rooms of `pipelines/desk/` from the lowest to the highest. */
export const DESK_ROOMS: readonly Room[] = [
  { name: "kept", what: "files of the desk's own: drafts, proposals, receipts, the log of acts" },
  {
    name: "accounts",
    what: "who comes in and what each may do: accounts, roles, sessions, single sign-on",
  },
  { name: "plans", what: "a plan as it is drafted, checked, written as a file and approved" },
  { name: "office", what: "what the desk does with the warehouse, one thing after another; mail" },
  { name: "page", what: "what all pages and their requests share" },
  { name: "administration", what: "pages of accounts, log-in, the first start, keys, erasure" },
  { name: "reporting", what: "pages of a unit: its work, online form, receipts, causes" },
  { name: "publishing", what: "pages on which a report is drawn up, approved, published" },
  { name: "collecting", what: "pages of the staff: the board, what waits, reminders" },
  { name: "planning", what: "pages on which a plan is drafted and approved" },
  { name: "api", what: "the keyed way in and out for other systems, and its description" },
  { name: "server", what: "all pages together, served beside the published ones" },
];

/** The folders of `pipelines/sources/` from the lowest to the highest; "" is what lies beside them. */
export const SOURCE_ROOMS: readonly Room[] = [
  { name: "plan", what: "the schema of a plan file: its fields, targets, values, levels, paths" },
  { name: "text", what: "bytes, CSV lines, YAML, and edits that leave the rest of a text alone" },
  { name: "areas", what: "the areas of an office, and the official units of the country" },
  {
    name: "file",
    what: "from a plan file to a plan: slips and what was meant, contradictions, plans kept as they were checked",
  },
  { name: "office", what: "what plans share: units, baselines, keys, codes of other plans" },
  { name: "targets", what: "targets by period and place, their formulas and sentences" },
  { name: "", what: "the catalogue: all plans with areas and units filled in, and its tables" },
  { name: "writing", what: "plan files that are written: drafts, next year, below, handed over" },
  { name: "check", what: "`plan check`: quotes held against targets, what is lawful but odd" },
];

/** The folders of `models/` from the lowest to the highest. */
export const MODEL_ROOMS: readonly Room[] = [
  {
    name: "intake",
    what: "what a received file says, resolved and judged; `checks/` finds each kind of problem",
  },
  { name: "staging", what: "submissions and published rows as the ledger keeps them, typed" },
  { name: "core", what: "the rules: which reading counts, sums, status, what is withheld, doubts" },
  {
    name: "marts",
    what: "tables that others rely on: attainment, timeliness, findings, published reports",
  },
  { name: "audience", what: "what of the marts everybody may see, and what the city may" },
  { name: "report", what: "what is frozen when the report of a period is published" },
  { name: "checks", what: "queries that must find nothing, or the marts are not swapped" },
];

/** The folders of `reports/components/` from the lowest to the highest. */
export const COMPONENT_ROOMS: readonly Room[] = [
  { name: "inline", what: "a figure, a badge, a term, within a line" },
  { name: "chart", what: "charts, drawn with the page" },
  { name: "table", what: "tables that more than one page has" },
  { name: "shell", what: "frame, navigation, periods, theme" },
  { name: "collection", what: "who has sent what, what is missing, doubts" },
  { name: "report", what: "published versions" },
  { name: "ward", what: "one ward, and wards compared" },
  { name: "indicator", what: "one indicator" },
  { name: "trace", what: "what a figure stands on" },
  { name: "explore", what: "figures by rows, columns and charts of a reader's own choice" },
  { name: "search", what: "search with filters" },
  { name: "reference", what: "method, glossary" },
  { name: "office", what: "all plans together: what is due, units, search by words" },
  { name: "leader", what: "overview and period" },
];

/** One file uses another. Paths are relative to the folder that was read, with `/`. */
export interface Use {
  readonly from: string;
  readonly to: string;
}

/** Which file imports which, in a folder of TypeScript, JavaScript and Svelte; what lies outside it is left out. */
export function importsIn(folder: string): Use[] {
  return filesIn(folder, [".ts", ".tsx", ".js", ".svelte"]).flatMap((from) => {
    const text = readFileSync(join(folder, from), "utf8");
    return [...text.matchAll(/(?:\bfrom|\bimport\(|^import)\s*"(\.[^"]+)"/gm)].flatMap(
      ([, path = ""]) => {
        const to = normalize(join(dirname(from), path))
          .split(sep)
          .join("/");
        return to.startsWith("../") ? [] : [{ from, to }];
      },
    );
  });
}

/** Which model reads which, in a folder of folders of SQL: a name `schema.table` of a file there. */
export function readsIn(folder: string): Use[] {
  const files = filesIn(folder, [".sql"]);
  const byName = new Map(
    files.flatMap((file) => {
      const schemas = roomOf(file) === "audience" ? AUDIENCES : [roomOf(file)];
      return schemas.map((schema) => [`${schema}.${basename(file, extname(file))}`, file]);
    }),
  );
  return files.flatMap((from) => {
    const sql = readFileSync(join(folder, from), "utf8").replaceAll(/--.*$/gm, "");
    const names = new Set(
      [...sql.matchAll(/\b(?:from|join)\s+([a-z_]+\.[a-z_]+)/g)].map(([, name = ""]) => name),
    );
    return [...names].flatMap((name) => {
      const to = byName.get(name);
      return to === undefined ? [] : [{ from, to }];
    });
  });
}

/** The folder that a file lies in; empty for a file beside the folders, which every room may use. */
export function roomOf(path: string): string {
  return path.includes("/") ? (path.split("/")[0] ?? "") : "";
}

/** Arrows between rooms, without those that a way over other rooms says already. */
export function arrows(uses: readonly Use[]): [string, string][] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of uses) {
    const [here, there] = [roomOf(from), roomOf(to)];
    if (here === there) continue;
    next.set(here, (next.get(here) ?? new Set()).add(there));
  }
  const reaches = (from: string, to: string): boolean =>
    [...(next.get(from) ?? [])].some((step) => step === to || reaches(step, to));
  return [...next].flatMap(([from, all]) =>
    [...all]
      .filter((to) => ![...all].some((other) => other !== to && reaches(other, to)))
      .map((to): [string, string] => [from, to]),
  );
}

function filesIn(folder: string, ends: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.split(sep).join("/"))
    .filter((path) => ends.includes(extname(path)))
    .sort();
}
