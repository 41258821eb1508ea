import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { listTree } from "../site/list-tree.ts";
import { readPartials } from "../site/partials.ts";
import { neverNullOf } from "../site/row-rules.ts";
import { writeTables } from "../site/site-tables.ts";
import { findWorkspace } from "../site/workspace.ts";
import { Failure } from "../vocabulary/failure.ts";
import { attach, readRows, withConnection } from "../warehouse/connection.ts";
import { withNewFolder } from "../warehouse/files.ts";
import { type PageQuery, queriesOf } from "./page-queries.ts";
import { type KnownColumn, type KnownTables, resultColumns } from "./result-columns.ts";
import { wordsOf } from "./word-lists.ts";

/** A column of a table or of a query's result. */
export interface Column extends KnownColumn {
  readonly name: string;
  /** DuckDB's type: `VARCHAR`. */
  readonly type: string;
}

/** What the pages are made from, as its columns. */
export interface PageSchema {
  /** The columns of each page table, by its name: `chitieu.plan`. */
  readonly tables: ReadonlyMap<string, readonly Column[]>;
  /** The columns of each query, by the page within `reports/pages` and the query's name. */
  readonly pages: ReadonlyMap<string, ReadonlyMap<string, readonly Column[]>>;
}

/**
 * Makes the page tables of marts, and asks what columns they and the queries of the pages have.
 * @param root the repository
 * @param marts path of marts.duckdb
 * @throws Failure when a source or a page's query fails, naming it
 */
export async function readPageSchema(root: string, marts: string): Promise<PageSchema> {
  return withNewFolder(join(tmpdir(), "chitieu-schema-"), async (folder) => {
    const file = join(folder, "pages.duckdb");
    const workspace = findWorkspace(root);
    await writeTables({ workspace, marts, downloads: [], audience: "shared" }, file);
    return await withConnection(async (connection) => {
      await attach(connection, file, "pages", { readOnly: true });
      await connection.run("use pages");
      const tables = await describeTables(connection, join(workspace.reports, "sources"));
      const pages = await describePages(connection, workspace.reports, tables);
      return { tables, pages };
    });
  });
}

const CatalogueRow = z.object({
  schema_name: z.string(),
  table_name: z.string(),
  column_name: z.string(),
  data_type: z.string(),
});
const DescribedColumn = z.object({ column_name: z.string(), column_type: z.string() });

async function describeTables(
  connection: DuckDBConnection,
  sources: string,
): Promise<Map<string, Column[]>> {
  const tables = new Map<string, Column[]>();
  const rows = await readRows(
    connection,
    CatalogueRow,
    `select schema_name, table_name, column_name, data_type from duckdb_columns()
    where database_name = 'pages' and schema_name <> 'made' order by schema_name, table_name, column_index`,
  );
  let declared: readonly string[] = [];
  for (const { schema_name, table_name, column_name: name, data_type: type } of rows) {
    const table = `${schema_name}.${table_name}`;
    const columns = tables.get(table) ?? [];
    if (columns.length === 0) {
      const sql = await readFile(join(sources, schema_name, `${table_name}.sql`), "utf8");
      declared = neverNullOf(sql);
      tables.set(table, columns);
    }
    const isNeverNull = declared.includes(name);
    columns.push({ name, type, isNeverNull, words: wordsOf(table_name, name) });
  }
  return tables;
}

async function describePages(
  connection: DuckDBConnection,
  reports: string,
  tables: ReadonlyMap<string, readonly Column[]>,
): Promise<Map<string, Map<string, Column[]>>> {
  const known: KnownTables = new Map(
    [...tables].map(([table, columns]) => [
      table,
      new Map(columns.map((column) => [column.name, column])),
    ]),
  );
  const folder = join(reports, "pages");
  const partials = await readPartials(reports);
  const pages = new Map<string, Map<string, Column[]>>();
  for (const page of (await listTree(folder)).sort()) {
    if (extname(page) !== ".md") continue;
    const queries = queriesOf(await readFile(join(folder, page), "utf8"), partials);
    const described = new Map<string, Column[]>();
    for (const query of queries) {
      described.set(query.name, await describeQuery(connection, page, query, known));
    }
    pages.set(page, described);
  }
  return pages;
}

async function describeQuery(
  connection: DuckDBConnection,
  page: string,
  { name, partial, line, sql }: PageQuery,
  tables: KnownTables,
): Promise<Column[]> {
  try {
    const rows = await readRows(connection, DescribedColumn, `describe ${sql}`);
    const columns = await resultColumns(connection, sql, tables);
    return rows.map(({ column_name, column_type }, index) => ({
      name: column_name,
      type: column_type,
      // Of a result that is not understood as a whole nothing is known.
      isNeverNull: columns.length === rows.length && columns[index]?.isNeverNull === true,
      words: columns.length === rows.length ? columns[index]?.words : undefined,
    }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const file = partial === undefined ? `pages/${page}` : `partials/${partial}`;
    throw new Failure(`reports/${file}:${line}: the query "${name}" fails: ${reason}`, {
      cause: error,
    });
  }
}
