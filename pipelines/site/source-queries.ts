import { readFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { Failure } from "../vocabulary/failure.ts";
import type { Lanes } from "../warehouse/lanes.ts";
import { quoteName } from "../warehouse/sql.ts";
import { listTree } from "./list-tree.ts";
import { checkKey, checkNeverNull, isOverAllPlans, keyOf, neverNullOf } from "./row-rules.ts";
import type { Workspace } from "./workspace.ts";

/** Functions that the sources share: words, sentences, and how periods are compared. */
export const MACROS = ["words.sql", "sentences.sql", "comparison.sql"];

/** A query of `sources/`. */
export interface Source {
  /** `reports/sources/chitieu/plan.sql`. */
  readonly path: string;
  readonly schema: string;
  /** Its name in SQL: `chitieu.plan`. */
  readonly table: string;
  readonly sql: string;
  /** Its rows say something of several plans; else those of a plan are made of its own rows alone. */
  readonly isOverAll: boolean;
}

/** The queries of `sources/`, by their paths. */
export async function readSources({ reports }: Workspace): Promise<Source[]> {
  const files = await listTree(join(reports, "sources"));
  return await Promise.all(
    files
      .filter((file) => extname(file) === ".sql")
      .map(async (file) => {
        const sql = await readFile(join(reports, "sources", file), "utf8");
        return {
          path: `reports/sources/${file}`,
          schema: dirname(file),
          table: `${dirname(file)}.${basename(file, ".sql")}`,
          sql,
          isOverAll: isOverAllPlans(sql),
        };
      }),
  );
}

/**
 * Runs queries side by side, each after those whose results it reads, and makes a table of each.
 * @param lanes where the names of tables stand for what the queries are to read
 * @param into name of the attached database for the tables; its schemas are there
 * @throws Failure that names the query which fails, or those that read each other in a circle
 */
export async function makeTables(
  lanes: Lanes,
  sources: readonly Source[],
  into: string,
): Promise<void> {
  for (const ready of inStages(sources)) {
    const ends = await Promise.allSettled(
      ready.map((source) => lanes.use((lane) => makeTable(lane, source, into))),
    );
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  }
}

/** Makes a view of each query, with the rows that its table would have in the same order. */
export async function makeViews(
  connection: DuckDBConnection,
  sources: readonly Source[],
  into: string,
): Promise<void> {
  for (const source of inStages(sources).flat()) {
    const order = keyOf(source.sql, source.path).map(quoteName).join(", ");
    await connection.run(
      `create view ${tableIn(into, source)} as from (\n${source.sql}\n) order by ${order}`,
    );
  }
}

/**
 * The queries in stages, each after those whose results it reads.
 * @throws Failure when some read each other in a circle
 */
function inStages(sources: readonly Source[]): Source[][] {
  const waiting = new Map(
    sources.map((source) => {
      const own = source.sql.replace(/--.*$/gm, "");
      const names = new Set(own.match(/\b\w+\.\w+\b/g));
      return [source, sources.filter(({ table }) => table !== source.table && names.has(table))];
    }),
  );
  const stages: Source[][] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].flatMap(([source, reads]) =>
      reads.some((read) => waiting.has(read)) ? [] : [source],
    );
    if (ready.length === 0) {
      const circle = [...waiting.keys()].map(({ path }) => path).join(", ");
      throw new Failure(`These queries read each other's results in a circle: ${circle}.`);
    }
    for (const source of ready) waiting.delete(source);
    stages.push(ready);
  }
  return stages;
}

/** The table of a query in an attached database. */
export function tableIn(database: string, { table }: Pick<Source, "table">): string {
  return `${database}.${table.split(".").map(quoteName).join(".")}`;
}

async function makeTable(connection: DuckDBConnection, source: Source, into: string) {
  const { path, sql } = source;
  const name = tableIn(into, source);
  try {
    const key = keyOf(sql, path);
    const order = key.map(quoteName).join(", ");
    await connection.run(`create table ${name} as from (\n${sql}\n) order by ${order}`);
    await checkKey(connection, name, key, path);
    await checkNeverNull(connection, name, neverNullOf(sql), path);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(`The query ${path} failed: ${reason}`, { cause: error });
  }
}
