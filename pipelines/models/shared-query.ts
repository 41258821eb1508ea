import { type DuckDBConnection, DuckDBTypeId, type Json, StatementType } from "@duckdb/node-api";
import { Failure } from "../vocabulary/failure.ts";
import { readValue, WholeNumber, withConnection } from "../warehouse/connection.ts";
import { NO_QUERY, NOT_ONE_SELECT, queryFailure, tooLarge } from "./query-wording.ts";
import { confine, copySeen, withSeenMarts } from "./seen-marts.ts";

/** What a query gave. */
export interface QueryResult {
  readonly columns: readonly {
    readonly name: string;
    /** As DuckDB calls it: `DECIMAL(38,9)`. */
    readonly type: string;
    readonly isFigure: boolean;
  }[];
  /** Values in the order of the columns; decimals and whole numbers of 64 bits are exact text. */
  readonly rows: readonly (readonly Json[])[];
}

/** What a query may take; it is refused beyond. */
export const QUERY_LIMITS = {
  /** Seconds of processor time from when the tables are there, on all processors together. */
  seconds: 30,
  /** Bytes that it may work with, beside those of the tables. */
  memory: 1024 ** 3,
  rows: 100_000,
  /** Characters of all values together. */
  characters: 32 * 1024 ** 2,
};

/** Ways to ask which tables there are, or for one by a name that the query does not contain. */
const ABOUT_TABLES = /duckdb_|information_schema|pg_catalog|\bshow\b|query/i;

/** The tables that a query needs: those that it names; all where it may mean others, too. */
function tablesFor(query: string, tables: readonly string[]): readonly string[] {
  const text = query.toLowerCase();
  const named = tables.filter((table) => text.includes(table));
  return named.length === 0 || ABOUT_TABLES.test(text) ? tables : named;
}

/** What everybody may see of the marts, opened for queries. */
export interface SharedMarts {
  readonly connection: DuckDBConnection;
  /** Names of all tables that there are. */
  readonly tables: readonly string[];
}

/**
 * Opens what everybody may see of the marts, for queries that somebody writes: copies of the views of
 * `shared`, as `shared.plan` or `plan`, in a database in memory called `warehouse`, so that a query
 * is the same one where the marts themselves are attached under that name. Nothing else is there, and
 * nothing else can be opened: no file, no network, no extension, no setting.
 * @param marts path of marts.duckdb
 * @param query which will be asked, so that no more is copied than it needs; null: all is
 */
export async function withShared<T>(
  marts: string,
  query: string | null,
  work: (shared: SharedMarts) => Promise<T>,
): Promise<T> {
  return withConnection(async (connection) => {
    // secrets would be read from the user's own
    await connection.run("set allow_persistent_secrets = false");
    await connection.run("attach ':memory:' as warehouse");
    const tables = await withSeenMarts(connection, marts, "shared", async (seen) => {
      await copySeen(connection, seen, "warehouse.shared", {
        choose: (all) => (query === null ? all : tablesFor(query, all)),
        isOrdered: true,
      });
      return seen.views.map(({ name }) => name);
    });
    await connection.run("use warehouse.shared");
    const used = await readValue(
      connection,
      WholeNumber,
      "select coalesce(sum(memory_usage_bytes), 0)::bigint from duckdb_memory()",
    );
    await connection.run(`set memory_limit = '${used + QUERY_LIMITS.memory}B'`);
    await confine(connection);
    return work({ connection, tables });
  });
}

/**
 * Asks one question.
 * @throws Failure in Vietnamese for the person who wrote it: what is wrong with it, where, and what to
 * do. Its time is not watched here.
 */
export async function askShared(
  { connection, tables }: SharedMarts,
  sql: string,
): Promise<QueryResult> {
  if (sql.trim() === "") throw new Failure(NO_QUERY, { exitCode: 2 });
  try {
    await checkOneSelect(connection, sql);
    const result = await connection.stream(sql);
    const types = result.columnTypes();
    const columns = result.deduplicatedColumnNames().map((name, at) => ({
      name,
      type: String(types[at]),
      isFigure: FIGURES.has(result.columnTypeId(at)),
    }));
    const rows: Json[][] = [];
    let characters = 0;
    for await (const chunk of result.yieldRowsJson()) {
      for (const row of chunk) {
        rows.push(row);
        for (const value of row) characters += lengthOf(value);
      }
      if (rows.length > QUERY_LIMITS.rows || characters > QUERY_LIMITS.characters) {
        throw new Failure(tooLarge(QUERY_LIMITS.rows));
      }
    }
    return { columns, rows };
  } catch (error) {
    throw error instanceof Failure ? error : queryFailure(error, tables);
  }
}

/** One statement that reads: what writes, sets or opens something is refused before it is looked at. */
async function checkOneSelect(connection: DuckDBConnection, sql: string): Promise<void> {
  const statements = await connection.extractStatements(sql);
  const isOne = statements.count === 1;
  const prepared = isOne ? await statements.prepare(0) : null;
  if (prepared?.statementType !== StatementType.SELECT) {
    throw new Failure(NOT_ONE_SELECT, { exitCode: 2 });
  }
}

function lengthOf(value: Json): number {
  if (typeof value === "string") return value.length;
  return value === null || typeof value !== "object" ? 8 : JSON.stringify(value).length;
}

const FIGURES: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
  DuckDBTypeId.DECIMAL,
]);
