import { readFile } from "node:fs/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { MACROS } from "../../pipelines/site/render.ts";
import { SEEN } from "./mart-views.ts";

const REPORTS = new URL("../../reports/", import.meta.url).pathname;

/**
 * Runs a query of `reports/sources/chitieu` on what the shared audience may see of the marts that
 * `viewMarts` has laid out, and puts its rows into a table of that query's name.
 */
export async function runSource(connection: DuckDBConnection, source: string): Promise<void> {
  await connection.run(`use ${SEEN}`);
  for (const file of MACROS) await connection.run(await readFile(`${REPORTS}${file}`, "utf8"));
  const query = await readFile(`${REPORTS}sources/chitieu/${source}.sql`, "utf8");
  await connection.run(`create or replace table memory.main."${source}" as ${query}`);
  await connection.run("use memory");
}
