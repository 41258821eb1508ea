import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { selectRows } from "../warehouse/connection.ts";
import { quoteName } from "../warehouse/sql.ts";
import {
  MODELS_FOLDER,
  readSqlFile,
  runSqlFile,
  type SqlFile,
  sqlFileFailure,
} from "../warehouse/sql-file.ts";

const FOLDER = join(MODELS_FOLDER, "intake");
const CHECKS_FOLDER = join(FOLDER, "checks");

/** The files of `models/intake/` that hold functions; every other one is a model. */
export const FUNCTIONS = ["functions", "answers"];

const read = new Map<string, SqlFile>();

function sqlOf(name: string, folder = FOLDER): SqlFile {
  const key = join(folder, name);
  const there = read.get(key);
  if (there !== undefined) return there;
  const file = readSqlFile(folder, name);
  read.set(key, file);
  return file;
}

/** Makes the functions that the models of intake use, and their schema. Once per connection. */
export async function createIntakeSchema(connection: DuckDBConnection): Promise<void> {
  await connection.run("create schema if not exists memory.intake");
  for (const name of FUNCTIONS) {
    const { file, sql } = sqlOf(name);
    await runSqlFile(connection, file, sql);
  }
}

/** Makes a model of `models/intake/` anew, as the table `intake.<name>`. */
export async function makeTable(connection: DuckDBConnection, name: string): Promise<void> {
  const { file, sql } = sqlOf(name);
  const table = `memory.intake.${quoteName(name)}`;
  await runSqlFile(connection, file, `create or replace table ${table} as\n${sql}`);
}

/** Adds the rows of a model of `models/intake/` that meet a condition to the table `intake.<name>`. */
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

/** Makes a model of `models/intake/` anew, as the view `intake.<view>`. */
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
 * The rows of a model of `models/intake/`.
 * @param shape the columns that are used of a row
 * @param given at most how many rows, and the values of the model's parameters
 * @throws Failure that names the model when it fails, ZodError where a row is not of that shape
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

/** Whether a model of `models/intake/` has any row. */
export async function hasRows(connection: DuckDBConnection, name: string): Promise<boolean> {
  return (await rowsOfModel(connection, name, z.unknown(), { limit: 1 })).length > 0;
}

/** The SELECT of a model of `models/intake/`. */
export function selectOf(name: string): string {
  return sqlOf(name).sql;
}

/** The SELECT of a check of `models/intake/checks/`. */
export function selectOfCheck(name: string): string {
  return sqlOf(name, CHECKS_FOLDER).sql;
}
