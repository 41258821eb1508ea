import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DuckDBConnection } from "@duckdb/node-api";
import { Failure } from "../vocabulary/failure.ts";

/** Where this project's own models lie: one SELECT a file. */
export const MODELS_FOLDER = fileURLToPath(new URL("../../models", import.meta.url));

/** An SQL file, by its name without `.sql`. */
export interface SqlFile {
  readonly name: string;
  readonly file: string;
  readonly sql: string;
}

/** The SQL files of a folder, in the order of their names. */
export function readSqlFiles(folder: string): SqlFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => readSqlFile(folder, name.slice(0, -".sql".length)));
}

/** One SQL file of a folder. */
export function readSqlFile(folder: string, name: string): SqlFile {
  const file = join(folder, `${name}.sql`);
  return { name, file, sql: readFileSync(file, "utf8") };
}

/**
 * Runs what a file says, or a statement made of it.
 * @throws Failure that names the file
 */
export async function runSqlFile(
  connection: DuckDBConnection,
  file: string,
  sql: string,
): Promise<void> {
  try {
    await connection.run(sql);
  } catch (error) {
    throw sqlFileFailure(file, error);
  }
}

/** Why an SQL file does not run. */
export function sqlFileFailure(file: string, error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return new Failure(`${file} không chạy được: ${message}`, { cause: error });
}
