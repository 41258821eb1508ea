import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection, Json } from "@duckdb/node-api";
import { MACROS } from "../../pipelines/site/source-queries.ts";
import { selectRows } from "../../pipelines/warehouse/connection.ts";
import type { CaseMarts } from "./case-marts.ts";
import { SEEN } from "./mart-views.ts";
import { textRow } from "./text-table.ts";

const REPORTS = join(import.meta.dirname, "../../reports");

/**
 * Runs a query of `reports/sources/chitieu` on what the shared audience may see of the marts that
 * `viewMarts` has laid out, and puts its rows into a table of that query's name.
 */
export async function runSource(connection: DuckDBConnection, source: string): Promise<void> {
  await connection.run(`use ${SEEN}`);
  for (const file of MACROS) await connection.run(await readFile(join(REPORTS, file), "utf8"));
  await connection.run("create schema if not exists memory.chitieu");
  await connection.run(`set search_path = '${SEEN}.main,memory.chitieu'`);
  await makeTable(connection, source, "main");
  await connection.run("use memory");
}

/** Makes the table of a source in a schema, and those that it reads before it. */
async function makeTable(
  connection: DuckDBConnection,
  source: string,
  schema: "main" | "chitieu",
): Promise<void> {
  const query = await readFile(join(REPORTS, "sources/chitieu", `${source}.sql`), "utf8");
  for (const [, read = ""] of query.matchAll(/(?:from|join) chitieu\.(\w+)/g)) {
    await makeTable(connection, read, "chitieu");
  }
  await connection.run(`create or replace table memory.${schema}."${source}" as ${query}`);
}

/** What a query finds in tables of sources, which are made first. */
export async function askSource(
  marts: CaseMarts,
  sources: readonly string[],
  sql = `from ${sources.join()}`,
): Promise<Record<string, Json>[]> {
  return marts.read(async (connection) => {
    for (const source of sources) await runSource(connection, source);
    return selectRows(connection, sql);
  });
}

/** What the value of ward and period stands on, as `period measure value usage`. */
export async function basisOf(marts: CaseMarts, period: string, area: string): Promise<string[]> {
  const rows = await askSource(
    marts,
    ["basis"],
    `select
        source_period, measure, state, value, coalesce(note, '') as note, usage,
        coalesce('of ' || earlier.area_code, '') as earlier
      from basis
      join marts.area using (plan_id, area_id)
      left join marts.area as earlier
        on basis.plan_id = earlier.plan_id
        and basis.earlier_area = earlier.area_name_within_sentence
      where period = '${period}' and area.area_code = '${area}'
      order by row_no`,
  );
  return rows
    .map(textRow)
    .map((row) =>
      [row.source_period, row.measure, row.state, row.value, row.note, row.usage, row.earlier]
        .filter((text) => text !== "")
        .join(" "),
    );
}
