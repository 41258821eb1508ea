import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { selectRows } from "../warehouse/connection.ts";
import { quoteName } from "../warehouse/sql.ts";
import {
  MODELS_FOLDER,
  readSqlFile,
  readSqlFiles,
  runSqlFile,
  type SqlFile,
  sqlFileFailure,
} from "../warehouse/sql-file.ts";

const FOLDER = join(MODELS_FOLDER, "intake");

/** The files of `models/intake/` that hold functions; every other one holds models. */
export const FUNCTIONS: readonly string[] = ["functions", "answers"];

let models: ReadonlyMap<string, SqlFile> | null = null;

/** The models of `models/intake/` by name: each file holds several, headed `-- name: what a row is`. */
export function intakeModels(): ReadonlyMap<string, SqlFile> {
  models ??= new Map(
    [...readSqlFiles(FOLDER), ...readSqlFiles(join(FOLDER, "checks"))]
      .filter(({ name }) => !FUNCTIONS.includes(name))
      .flatMap(modelsOf)
      .map((model) => [model.name, model]),
  );
  return models;
}

/** The models of a file; one without a name of its own is named as its file. */
function modelsOf({ name, file, sql }: SqlFile): SqlFile[] {
  const parts = sql.split(/(?<=\n\n)-- ([a-z_]+): /);
  if (parts.length === 1) return [{ name, file, sql }];
  return parts.flatMap((part, index) =>
    index % 2 === 1
      ? [{ name: part, file, sql: `-- ${parts[index + 1]?.trimEnd().replace(/;$/, "")}\n` }]
      : [],
  );
}

function sqlOf(name: string): SqlFile {
  const model = intakeModels().get(name);
  if (model === undefined) throw new RangeError(`no model of intake is called ${name}`);
  return model;
}

/** Makes the functions that the models of intake use, and their schema. Once per connection. */
export async function createIntakeSchema(connection: DuckDBConnection): Promise<void> {
  await connection.run("create schema if not exists memory.intake");
  for (const name of FUNCTIONS) {
    const { file, sql } = readSqlFile(FOLDER, name);
    await runSqlFile(connection, file, sql);
  }
}

/** Makes a model anew, as the table `intake.<name>`. */
export async function makeTable(
  connection: DuckDBConnection,
  name: string,
  model: string = name,
): Promise<void> {
  const { file, sql } = sqlOf(model);
  const table = `memory.intake.${quoteName(name)}`;
  await runSqlFile(connection, file, `create or replace table ${table} as\n${sql}`);
}

/** Adds the rows of a model that meet a condition to the table `intake.<name>`. */
export async function appendModel(
  connection: DuckDBConnection,
  name: string,
  condition: string,
): Promise<void> {
  const { file, sql } = sqlOf(name);
  const table = `memory.intake.${quoteName(name)}`;
  const rows = `select * from (\n${sql}\n) as model where ${condition}`;
  await runSqlFile(connection, file, `insert into ${table}\n${rows}`);
}

/** Makes a model anew, as the view `intake.<view>`. */
export async function makeView(
  connection: DuckDBConnection,
  name: string,
  view: string = name,
): Promise<void> {
  const { file, sql } = sqlOf(name);
  const target = `memory.intake.${quoteName(view)}`;
  await runSqlFile(connection, file, `create or replace view ${target} as\n${sql}`);
}

/**
 * The rows of a model.
 * @param shape the columns that are used of a row
 * @param given at most how many rows, and the values of the model's parameters
 * @throws Failure that names the file when the model fails, ZodError where a row is not of that shape
 */
export async function rowsOfModel<Shape extends z.ZodType>(
  connection: DuckDBConnection,
  name: string,
  shape: Shape,
  given: { limit?: number; values?: Record<string, string> } = {},
): Promise<z.infer<Shape>[]> {
  const { file, sql } = sqlOf(name);
  const { limit, values } = given;
  const some = limit === undefined ? sql : `from (\n${sql}\n) limit ${limit}`;
  const rows = await selectRows(connection, some, values).catch((error: unknown) => {
    throw sqlFileFailure(file, error);
  });
  return z.array(shape).parse(rows);
}

/** Whether a model has any row. */
export async function hasRows(connection: DuckDBConnection, name: string): Promise<boolean> {
  return (await rowsOfModel(connection, name, z.unknown(), { limit: 1 })).length > 0;
}

/** The SELECT of a model. */
export function selectOf(name: string): string {
  return sqlOf(name).sql;
}
