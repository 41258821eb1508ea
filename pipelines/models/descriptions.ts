import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { Failure } from "../vocabulary/failure.ts";
import { inSentence } from "../vocabulary/letter-case.ts";
import * as words from "../vocabulary/words.ts";
import { readRows, readValues } from "../warehouse/connection.ts";
import { quoteLiteral, quoteName } from "../warehouse/sql.ts";
import { MODELS_FOLDER } from "../warehouse/sql-file.ts";
import { readYaml } from "../warehouse/yaml-file.ts";

const Text = z.string().trim().min(1);
const Texts = z.record(z.string(), Text);

const MartFile = z.strictObject({
  /** What the table holds: a sentence. */
  holds: Text,
  /** What one row is, behind «Mỗi hàng ứng với». */
  grain: Text,
  /** Which second meanings of `models/columns.yaml` its columns have: `whole` for `x (whole)`. */
  variants: z.array(Text).default([]),
  /** Columns of this mart alone, and those that mean something else here. */
  columns: Texts.default({}),
});
type MartFile = z.infer<typeof MartFile>;

/** What the marts and their columns are, in Vietnamese, as described beside the models. */
export interface Descriptions {
  /** `models/columns.yaml`: what a column means in every mart. */
  readonly shared: Readonly<Record<string, string>>;
  /** `models/marts/NAME.yaml` by its name. */
  readonly marts: ReadonlyMap<string, MartFile>;
  /** `models/origins.yaml`: what marts are made from, by `raw.plan` and `core.attainment`. */
  readonly origins: Readonly<Record<string, string>>;
}

/** A column of a table that was built. */
export interface BuiltColumn {
  /** `marts` where none is given; else one of an audience, whose views are named after the marts. */
  readonly schema?: string;
  readonly table: string;
  readonly column: string;
}

/** Marks what a column means in what an audience sees of a mart, where that is another thing. */
export const SEEN = "(seen)";

/** Between what a table holds and what one of its rows is, in its comment. */
const GRAIN = "\nMỗi hàng ứng với ";

/**
 * Reads the descriptions of marts in a folder laid out like `models/`.
 * @throws Failure that names the file which is not as it must be
 */
export function readDescriptions(folder: string = MODELS_FOLDER): Descriptions {
  const names = readdirSync(join(folder, "marts"))
    .filter((name) => name.endsWith(".yaml"))
    .sort();
  return {
    shared: readYaml(join(folder, "columns.yaml"), Texts),
    marts: new Map(
      names.map((name) => [
        name.slice(0, -".yaml".length),
        readYaml(join(folder, "marts", name), MartFile),
      ]),
    ),
    origins: readYaml(join(folder, "origins.yaml"), Texts),
  };
}

/** What a column means, undefined where it is not described. */
export function columnMeaning(
  { shared, marts }: Descriptions,
  { schema = "marts", table, column }: BuiltColumn,
): string | undefined {
  const mart = marts.get(table);
  const seen = schema === "marts" ? undefined : shared[`${column} ${SEEN}`];
  const variant = variantOf(shared, mart, column);
  const text =
    variant === null
      ? (seen ?? mart?.columns[column] ?? shared[column] ?? countMeaning(column))
      : shared[variant];
  return text === undefined ? undefined : withWords(text);
}

/** Of a column that counts a status. */
function countMeaning(column: string): string | undefined {
  const statuses: Readonly<Record<string, { readonly word: string }>> = words.STATUSES;
  const status = statuses[column];
  return status === undefined ? undefined : `Số «${status.word}».`;
}

/** `area_id (whole)` of the shared meanings, where a mart's file names that variant; else null. */
export function variantOf(
  shared: Descriptions["shared"],
  mart: MartFile | undefined,
  column: string,
): string | null {
  const names = (mart?.variants ?? []).map((variant) => `${column} (${variant})`);
  return names.find((name) => name in shared) ?? null;
}

const { withheld: _, untold: _unpublished, ...judgements } = words.STATUSES;

/** Lists that a description may name, as codes with their words. */
const LISTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  statuses: wordsOf(words.STATUSES, ({ word }) => word),
  /** The statuses of a value before anything is withheld. */
  judgements: wordsOf(judgements, ({ word }) => word),
  timeliness: wordsOf(words.TIMELINESS, ({ word }) => word),
  report_states: wordsOf(words.REPORT_STATES, ({ word }) => word),
  value_kinds: wordsOf(words.VALUE_KINDS, ({ word }) => word),
  comparators: wordsOf(words.COMPARATORS, ({ phrase }) => phrase.replace("{}", "…")),
  classes: words.CLASSES,
  bases: words.BASES,
  over_time: words.OVER_TIME,
  over_areas: words.OVER_AREAS,
};

function wordsOf<T>(list: Readonly<Record<string, T>>, word: (one: T) => string) {
  return Object.fromEntries(Object.entries(list).map(([code, one]) => [code, word(one)]));
}

function withWords(text: string): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const list = LISTS[name];
    if (list === undefined) {
      throw new Failure(
        `models: {${name}} is no list of words; there are {${Object.keys(LISTS).join("}, {")}}.`,
      );
    }
    return Object.entries(list)
      .map(([code, word]) => `\`${code}\` ${inSentence(word)}`)
      .join("; ");
  });
}

/** A table's comment: what it holds on its first line, what one row is on its second. */
export function tableMeaning({ marts }: Descriptions, table: string): string | undefined {
  const mart = marts.get(table);
  return mart === undefined ? undefined : `${mart.holds}${GRAIN}${mart.grain}.`;
}

/**
 * Writes the descriptions of tables or views in a schema, and of their columns, into the database as
 * comments, so that whoever attaches it sees them. What is not described has none; a test finds it.
 */
export async function describeTables(
  connection: DuckDBConnection,
  database: string,
  schema: string,
  descriptions: Descriptions,
): Promise<void> {
  const statements: string[] = [];
  const built = await builtColumns(connection, database, schema);
  const views = await viewsIn(connection, database, schema);
  const place = (table: string) => `${database}.${schema}.${quoteName(table)}`;
  for (const table of new Set(built.map((one) => one.table))) {
    const text = tableMeaning(descriptions, table);
    if (text !== undefined) {
      const kind = views.has(table) ? "view" : "table";
      statements.push(`comment on ${kind} ${place(table)} is ${quoteLiteral(text)}`);
    }
  }
  for (const one of built) {
    const text = columnMeaning(descriptions, one);
    if (text === undefined) continue;
    const column = `${place(one.table)}.${quoteName(one.column)}`;
    statements.push(`comment on column ${column} is ${quoteLiteral(text)}`);
  }
  await connection.run(`begin;\n${statements.join(";\n")};\ncommit`);
}

async function viewsIn(
  connection: DuckDBConnection,
  database: string,
  schema: string,
): Promise<ReadonlySet<string>> {
  const views = await readValues(
    connection,
    z.string(),
    "select view_name from duckdb_views() where database_name = $database and schema_name = $schema",
    { database, schema },
  );
  return new Set(views);
}

/** The columns of every table or view in a schema, in their order. */
export async function builtColumns(
  connection: DuckDBConnection,
  database: string,
  schema: string,
): Promise<BuiltColumn[]> {
  const rows = await readRows(
    connection,
    z.object({ table_name: z.string(), column_name: z.string() }),
    `select table_name, column_name from duckdb_columns()
    where database_name = $database and schema_name = $schema
    order by table_name, column_index`,
    { database, schema },
  );
  return rows.map(({ table_name, column_name }) => ({
    schema,
    table: table_name,
    column: column_name,
  }));
}
