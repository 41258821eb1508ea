import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { publishedFunctions, publishedMarts } from "../contract/published-sql.ts";
import { AUDIENCES } from "../vocabulary/audiences.ts";
import { Failure } from "../vocabulary/failure.ts";
import { readRows } from "../warehouse/connection.ts";
import { sha256Of } from "../warehouse/files.ts";
import { MODELS_FOLDER, readSqlFile, readSqlFiles } from "../warehouse/sql-file.ts";
import { audienceByRule, type NamedSql } from "./audience-rule.ts";

/**
 * The folders of `models/`; each is the schema that its models are built in, but for `audience`. Those
 * of `report` are what a report would hold if it were published now; they are built only when one is.
 */
export const LAYERS = ["staging", "core", "marts", "audience", "checks", "report"] as const;
export type Layer = (typeof LAYERS)[number];

/**
 * A schema beside those of the audiences, for the report that is drawn up: what whoever sees the office's pages would see of it
 * if it were published now. It is built in memory alone.
 */
export const RELEASE = "release";

/**
 * The SELECT of an audience's view, from the text of its model. A model knows for whom it is built by
 * the one row of `audience`: its `name`, whether small counts are withheld (`withholds`), and whether
 * it gets what is based on guarded measures from published versions alone (`is_told_by_versions`).
 * `audience.figure` is what the same audience sees of `marts.figure`.
 */
export function audienceView(
  schema: (typeof AUDIENCES)[number] | typeof RELEASE,
  sql: string,
): string {
  const audience = schema === RELEASE ? "shared" : schema;
  return `with audience as (
  select '${audience}' as name,
    ${audience === "shared"} as withholds,
    ${schema === "shared"} as is_told_by_versions
)
from (\n${sql.replace(/\b(from|join) audience\./g, `$1 ${schema}.`)}\n)`;
}

/** One SELECT of `models/<layer>/<name>.sql`. */
export interface Model {
  /** `core.attainment` */
  readonly id: string;
  readonly layer: Layer;
  readonly name: string;
  readonly file: string;
  readonly sql: string;
  /**
   * Its text begins with `-- View`. A mart that is a view stays one in the file: it uses none of the
   * functions, and what it reads of `core` and `raw` is kept in the file beside it (`keptBy`). A view of
   * `core` saves copying: it chooses among rows of a table, or adds what follows from each.
   */
  readonly isView: boolean;
  /**
   * What it has no row without, by a line «-- None without core.change_asked.»: where that is empty, so
   * is the model, and it is not planned, which is what most of a small build costs.
   */
  readonly without: string | null;
}

/** A model in its place, with what it reads: other models, and tables of no model. */
export interface OrderedModel extends Model {
  readonly reads: readonly string[];
  /** `raw.plan`, `ledger.reading` */
  readonly inputs: readonly string[];
  /** The columns that its text names, of whatever it reads. */
  readonly columns: ReadonlySet<string>;
  /** Its columns are not named one by one, but are all of what it reads (`select *`). */
  readonly isOpen: boolean;
}

/** Where tables lie that are no models: the sources' and the ledger's. */
const INPUT_SCHEMA = "raw";
const INPUT_DATABASE = "ledger";

/** The models of a folder, and the functions that they share. */
export interface ModelSet {
  readonly models: readonly Model[];
  readonly functions: Pick<Model, "file" | "sql">;
  /** Every model's name and text, from which `parseModels` makes the same models again. */
  readonly text: string;
  /** Hexadecimal sha256 of `text`. */
  readonly sha256: string;
}

const ModelTexts = z.object({
  functions: z.string(),
  models: z.array(z.object({ layer: z.enum(LAYERS), name: z.string(), sql: z.string() })),
});

/** Reads every model of a folder laid out like `models/`, and adds the views that follow a rule. */
export function readModels(folder: string = MODELS_FOLDER): ModelSet {
  const filesOf = (layer: Layer) =>
    readSqlFiles(join(folder, layer)).map(({ name, sql }) => ({ name, sql }));
  const marts = [...filesOf("marts"), ...publishedMarts()];
  const written = filesOf("audience");
  const audience = [...written, ...audienceByRule(folder, marts, written)];
  const modelsOf = (layer: Layer): NamedSql[] =>
    layer === "marts" ? marts : layer === "audience" ? audience : filesOf(layer);
  const models = LAYERS.flatMap((layer) => modelsOf(layer).map((one) => ({ layer, ...one })));
  const read = ["statuses", "functions"].map((name) => readSqlFile(folder, name).sql);
  const functions = [...read, publishedFunctions()].join("\n");
  return modelSet({ functions, models }, folder);
}

/**
 * Models from the `text` of a set that was kept.
 * @param origin where they were kept, for messages
 * @throws ZodError when the text is not of such a set
 */
export function parseModels(text: string, origin: string): ModelSet {
  return modelSet(ModelTexts.parse(JSON.parse(text)), origin);
}

function modelSet(
  {
    functions,
    models,
  }: { readonly functions: string; readonly models: readonly (NamedSql & { layer: Layer })[] },
  folder: string,
): ModelSet {
  const text = JSON.stringify({
    functions,
    models: models.map(({ layer, name, sql }) => ({ layer, name, sql })),
  });
  return {
    models: models.map((model) => ({
      ...model,
      id: `${model.layer}.${model.name}`,
      file: model.file ?? join(folder, model.layer, `${model.name}.sql`),
      isView: model.layer === "audience" || /^-- View[.:] /.test(model.sql),
      without: /^-- None without ([a-z_]+\.[a-z_]+)\.$/m.exec(model.sql)?.[1] ?? null,
    })),
    functions: { file: join(folder, "functions.sql"), sql: functions },
    text,
    sha256: sha256Of(text),
  };
}

/**
 * The models `wanted` and all that they read, each after those that it reads.
 * @throws Failure for a model that is no single SELECT, reads a model that is not there, reads
 * against the one-way order of the layers, or reads itself in a circle.
 */
export async function orderModels(
  connection: DuckDBConnection,
  set: ModelSet,
  wanted: readonly string[] = set.models.map((model) => model.id),
): Promise<OrderedModel[]> {
  const byId = new Map(set.models.map((model) => [model.id, model]));
  await parse(
    connection,
    wanted.flatMap((id) => byId.get(id) ?? []),
  );
  const ordered: OrderedModel[] = [];
  const state = new Map<string, "open" | "done">();
  const visit = async (id: string, from: readonly string[]): Promise<void> => {
    if (state.get(id) === "done") return;
    if (state.get(id) === "open") {
      throw new Failure(`Models read each other in a circle: ${[...from, id].join(" → ")}.`);
    }
    const model = byId.get(id);
    if (model === undefined) {
      const reader = from.at(-1);
      throw new Failure(
        reader === undefined
          ? `There is no model ${id}.`
          : `${byId.get(reader)?.file ?? reader} reads ${id}, which is not there.`,
      );
    }
    state.set(id, "open");
    const { references, columns, isOpen } = await parsed(connection, model);
    const isModel = (reference: string) => LAYERS.some((one) => reference.startsWith(`${one}.`));
    const reads = references.filter(isModel);
    const { without } = model;
    if (without !== null && isModel(without) && !reads.includes(without)) reads.push(without);
    const isInFile = model.isView && model.layer !== "core";
    const beside = references.find((one) => !isReadable(one, model.layer));
    if (isInFile && beside !== undefined) {
      throw new Failure(
        `${model.file} reads ${beside}: a view in the marts' file reads what is kept there.`,
      );
    }
    for (const reference of reads) {
      const rank = LAYERS.findIndex((layer) => reference.startsWith(`${layer}.`));
      if (rank > LAYERS.indexOf(model.layer)) {
        throw new Failure(`${model.file} reads ${reference} of a later layer.`);
      }
      await visit(reference, [...from, id]);
    }
    state.set(id, "done");
    const inputs = references.filter((reference) => !isModel(reference));
    ordered.push({ ...model, reads, inputs, columns, isOpen });
  };
  for (const id of wanted) await visit(id, []);
  return ordered;
}

/** What a view in the marts' file may read: an audience's marts and what it sees of them, others what is kept. */
function isReadable(reference: string, layer: Layer): boolean {
  const beside = layer === "audience" ? ["audience"] : ["core", "raw"];
  return ["marts", ...beside].some((schema) => reference.startsWith(`${schema}.`));
}

/** What the marts' file keeps besides marts, since its views read it: `core.attainment`, `raw.plan`. */
export function keptBy(models: readonly OrderedModel[]): ReadonlySet<string> {
  const byId = new Map(models.map((model) => [model.id, model]));
  const kept = new Set<string>();
  const keep = ({ reads, inputs }: OrderedModel): void => {
    for (const id of [...reads, ...inputs]) {
      if (kept.has(id) || id.startsWith("marts.")) continue;
      kept.add(id);
      const model = byId.get(id);
      if (model?.isView) keep(model);
    }
  };
  for (const model of models) if (model.isView && model.layer === "marts") keep(model);
  return kept;
}

/** What the text of a model names. */
interface Parsed extends Pick<OrderedModel, "columns" | "isOpen"> {
  /** The models, and the tables of the sources and of the ledger. */
  readonly references: readonly string[];
}

/**
 * What models name, by their text, or why it is not one SELECT: to parse them all costs as much as to
 * build small marts.
 */
const PARSED = new Map<string, Parsed | { readonly error: string }>();

async function parsed(connection: DuckDBConnection, model: Model): Promise<Parsed> {
  await parse(connection, [model]);
  const known = PARSED.get(model.sql) ?? { error: "not parsed" };
  if ("error" in known) throw new Failure(`${model.file} is not one SELECT: ${known.error}`);
  return known;
}

/** What DuckDB makes of a text of SQL. */
const SyntaxTree = z.object({
  error_message: z.string().optional(),
  statements: z.array(z.object({ node: z.record(z.string(), z.unknown()) })).default([]),
});

/** Parses the models that have not been: all with one query, which takes a third of one for each. */
async function parse(connection: DuckDBConnection, models: readonly Model[]): Promise<void> {
  const unknown = models.map(({ sql }) => sql).filter((sql) => !PARSED.has(sql));
  if (unknown.length === 0) return;
  const rows = await readRows(
    connection,
    z.object({ sql: z.string(), tree: z.string() }),
    `select sql, json_serialize_sql(sql) as tree
    from (select unnest(from_json($texts::json, '["varchar"]')) as sql)`,
    { texts: JSON.stringify(unknown) },
  );
  for (const { sql, tree } of rows) {
    const { error_message, statements } = SyntaxTree.parse(JSON.parse(tree));
    const [statement, ...others] = statements;
    if (statement === undefined || others.length > 0) {
      PARSED.set(sql, { error: error_message ?? "more than one statement" });
      continue;
    }
    const found = { references: new Set<string>(), columns: new Set<string>() };
    collectNames(statement, found);
    const references = [...found.references].sort();
    PARSED.set(sql, { references, columns: found.columns, isOpen: isOpen(statement.node) });
  }
}

/** A node of DuckDB's syntax tree. */
type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

interface Found {
  readonly references: Set<string>;
  readonly columns: Set<string>;
}

/** @param inStar within `* exclude (…)` or `columns([…])`, which name columns as texts */
function collectNames(node: Node, found: Found, inStar = false): void {
  if (node.type === "BASE_TABLE") {
    const schema = String(node.catalog_name === INPUT_DATABASE ? INPUT_DATABASE : node.schema_name);
    const layer = [...AUDIENCES, RELEASE].some((name) => name === schema) ? "audience" : schema;
    if ([...LAYERS, INPUT_SCHEMA, INPUT_DATABASE].includes(layer)) {
      found.references.add(`${layer}.${String(node.table_name)}`);
    }
  }
  if (Array.isArray(node.column_names) && node.column_names[0] !== "audience") {
    found.columns.add(String(node.column_names.at(-1)));
  }
  for (const value of Object.values(node)) {
    if (isNode(value)) collectNames(value, found, inStar || node.type === "STAR");
    else if (inStar && typeof value === "string") found.columns.add(value);
  }
}

/** Whether one of its SELECTs takes columns that it does not name. */
function isOpen(node: Node): boolean {
  const parts = [node.left, node.right].filter(isNode);
  return parts.length > 0 ? parts.some(isOpen) : takesUnnamed(node.select_list);
}

function takesUnnamed(node: unknown): boolean {
  if (!isNode(node)) return false;
  const isList = isNode(node.expr) && node.expr.function_name === "list_value";
  return (node.type === "STAR" && !isList) || Object.values(node).some(takesUnnamed);
}
