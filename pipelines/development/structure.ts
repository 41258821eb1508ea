import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, normalize, sep } from "node:path";
import { AUDIENCES } from "../vocabulary/audiences.ts";

/** The rooms of a folder from the lowest to the highest, and what lies in each; "" is what lies beside them. */
export type Rooms = Readonly<Record<string, string>>;

/** By their folder, houses of rooms: a file uses its own room or a lower one. */
export const HOUSES: Readonly<Record<string, Rooms>> = {
  pipelines: {
    vocabulary: "words that people read, codes of forms, dates, numbers, how an error is told",
    contract: "what a published report is made of: its parts and their columns",
    sentences: "every sentence about a figure, for pages and documents, from facts",
    warehouse: "connections, folders and locks of the warehouse",
    persons: "what in a text or a table tells of a person, surely or maybe",
    workbook: "drawing workbooks, and the parts that an .xlsx file is made of",
    "reading-plans":
      "from the words of a plan to what it asks for: a grammar, for signed plans and quotes",
    sources: "plan files and areas, checked, and as tables",
    forms: "the blank form of a unit",
    readers:
      "from the bytes of .xlsx, .ods, .xls and CSV to readings as they were written, and from those of documents to paragraphs",
    ledger: "the archive of received files, the journal, and the ledger made from it",
    intake:
      "takes a file in: resolves and judges its readings, records them, replies to the sender",
    models: "runs the SQL models in their order, checks them and swaps the marts",
    exports: "workbook, Word document, CSV, Arrow and Parquet of a version",
    publishing: "freezes the report of a period and its files as a version, and verifies versions",
    site: "page tables, rendering, the server",
    doctor: "what is wrong with a machine, a warehouse, a folder of sources",
    demo: "the made-up reports of the demonstration",
    desk: "the web door: accounts, sessions, pages for units and staff, over what commands do",
    cli: "commands",
    development: "what writes the generated files of this repository",
  },
  "pipelines/desk": {
    kept: "files of the desk's own: drafts, proposals, receipts, the log of acts",
    accounts: "who comes in and what each may do: accounts, roles, sessions, single sign-on",
    plans: "a plan as it is drafted, checked, written as a file and approved",
    office: "what the desk does with the warehouse, one thing after another; mail",
    page: "what all pages and their requests share",
    administration: "pages of accounts, log-in, the first start, keys, erasure",
    reporting: "pages of a unit: its work, online form, receipts, causes",
    publishing: "pages on which a report is drawn up, approved, published",
    collecting: "pages of the staff: the board, what waits, reminders",
    planning: "pages on which a plan is drafted and approved",
    api: "the keyed way in and out for other systems, and its description",
    server: "all pages together, served beside the published ones",
  },
  "pipelines/sources": {
    plan: "the schema of a plan file: its fields, targets, values, levels, paths",
    text: "bytes, CSV lines, YAML, and edits that leave the rest of a text alone",
    areas: "the areas of an office, and the official units of the country",
    file: "from a plan file to a plan: slips and what was meant, contradictions, plans kept as they were checked",
    office: "what plans share: units, baselines, keys, codes of other plans",
    targets: "targets by period and place, their formulas and sentences",
    "": "the catalogue: all plans with areas and units filled in, and its tables",
    writing: "plan files that are written: drafts, next year, below, handed over",
    check: "`plan check`: quotes held against targets, what is lawful but odd",
  },
  models: {
    intake: "what a received file says, resolved and judged; `checks/` finds each kind of problem",
    staging: "submissions and published rows as the ledger keeps them, typed",
    core: "the rules: which reading counts, sums, status, what is withheld, doubts",
    marts: "tables that others rely on: attainment, timeliness, findings, published reports",
    audience: "what of the marts everybody may see, and what the city may",
    report: "what is frozen when the report of a period is published",
    checks: "queries that must find nothing, or the marts are not swapped",
  },
  "reports/components": {
    inline: "a figure, a badge, a term, within a line",
    chart: "charts, drawn with the page",
    table: "tables that more than one page has",
    shell: "frame, navigation, periods, theme",
    collection: "who has sent what, what is missing, doubts",
    report: "published versions",
    ward: "one ward, and wards compared",
    indicator: "one indicator",
    trace: "what a figure stands on",
    explore: "figures by rows, columns and charts of a reader's own choice",
    search: "search with filters",
    reference: "method, glossary",
    office: "all plans together: what is due, units, search by words",
    leader: "overview and period",
  },
};

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

/** Which file of a house uses which. */
export const usesIn = (root: string, house: string): Use[] =>
  (house === "models" ? readsIn : importsIn)(join(root, house));

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
