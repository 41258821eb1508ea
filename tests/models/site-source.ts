import { readFile } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { MACROS } from "../../pipelines/site/render.ts";
import { selectRows } from "../../pipelines/warehouse/connection.ts";

const REPORTS = new URL("../../reports/", import.meta.url).pathname;

/**
 * Runs a query of `reports/sources/chitieu` on marts that are attached under a name, and puts its
 * rows into a table of that query's name, in memory.
 */
export async function runSource(
  connection: DuckDBConnection,
  marts: string,
  source: string,
): Promise<void> {
  const tables = await selectRows(
    connection,
    `select table_name as name from duckdb_tables()
    where database_name = '${marts}' and schema_name = 'marts'`,
  );
  await connection.run("create schema if not exists memory.marts");
  for (const { name } of tables) {
    await connection.run(
      `create or replace view memory.marts."${name}" as from ${marts}.marts."${name}"`,
    );
  }
  await connection.run("use memory");
  for (const file of MACROS) await connection.run(await readFile(`${REPORTS}${file}`, "utf8"));
  const query = await readFile(`${REPORTS}sources/chitieu/${source}.sql`, "utf8");
  await connection.run(`create or replace table memory.main."${source}" as ${query}`);
}
