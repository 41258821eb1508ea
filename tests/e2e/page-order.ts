import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { queriesOf } from "../../pipelines/development/page-queries.ts";
import { listTree } from "../../pipelines/site/list-tree.ts";
import { readPartials } from "../../pipelines/site/partials.ts";
import { attach, selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { quoteName } from "../../pipelines/warehouse/sql.ts";

const REPORTS = join(import.meta.dirname, "../../reports");

/** So many pages of each kind have their queries asked: those with most rows, which are first. */
const OF_A_KIND = 2;

/**
 * The queries of pages whose rows come in another order when the tables lie the other way round and are
 * joined the other way round.
 * @param tables file that `writeTables` made
 * @param pages addresses, those with most rows first
 * @returns each as `/a/ name`
 */
export async function looseQueries(tables: string, pages: readonly string[]): Promise<string[]> {
  const asked = await queriesOfPages(pages);
  const first = await answers(tables, [...asked.keys()], async (connection) => {
    await connection.run("use pages");
  });
  const second = await answers(tables, [...asked.keys()], async (connection) => {
    await connection.run("create schema chitieu");
    const names = await selectRows(
      connection,
      "select table_name as name from duckdb_tables() where database_name = 'pages' and schema_name = 'chitieu'",
    );
    for (const name of names.map((row) => quoteName(String(row.name)))) {
      await connection.run(`create table chitieu.${name} as
        from pages.chitieu.${name} order by rowid desc`);
    }
    await connection.run("set disabled_optimizers = 'join_order,build_side_probe_side'");
  });
  return [...asked].flatMap(([, where], i) => (first[i] === second[i] ? [] : [where]));
}

async function answers(
  tables: string,
  queries: readonly string[],
  prepare: (connection: DuckDBConnection) => Promise<void>,
): Promise<string[]> {
  return withConnection(
    async (connection) => {
      await attach(connection, tables, "pages", { readOnly: true });
      await prepare(connection);
      const found: string[] = [];
      for (const sql of queries) {
        const reader = await connection.runAndReadAll(sql);
        found.push(JSON.stringify(reader.getRowsJson()));
      }
      return found;
    },
    { threads: "1" },
  );
}

/** Where each query that is answered once is asked, by its text. */
async function queriesOfPages(pages: readonly string[]): Promise<Map<string, string>> {
  const partials = await readPartials(REPORTS);
  const files = (await listTree(join(REPORTS, "pages"))).filter((file) => file.endsWith(".md"));
  const routes = files
    .map((file) => ({ file, parts: file.replace(/(\/?index)?\.md$/, "").split("/") }))
    // `/bao-cao/` is no plan
    .sort((a, b) => a.file.split("[").length - b.file.split("[").length);
  const asked = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const page of pages) {
    const parts = page === "/" ? [""] : page.split("/").slice(1, -1);
    const route = routes.find(
      (one) =>
        one.parts.length === parts.length &&
        one.parts.every((part, i) => part.startsWith("[") || part === parts[i]),
    );
    if (route === undefined) throw new Error(`${page} is no page`);
    const count = (counts.get(route.file) ?? 0) + 1;
    counts.set(route.file, count);
    if (count > OF_A_KIND) continue;
    const params = Object.fromEntries(
      route.parts.flatMap((part, i) =>
        part.startsWith("[") ? [[part.slice(1, -1), parts[i] ?? ""]] : [],
      ),
    );
    const text = await readFile(join(REPORTS, "pages", route.file), "utf8");
    for (const { name, sql } of queriesOf(text, partials, params)) {
      if (!asked.has(sql)) asked.set(sql, `${page} ${name}`);
    }
  }
  return asked;
}
