import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { AUDIENCES } from "../vocabulary/audiences.ts";
import { Failure } from "../vocabulary/failure.ts";
import { attach, readRows } from "../warehouse/connection.ts";
import { type Lanes, lanesOf } from "../warehouse/lanes.ts";
import { quoteLiteral, quoteName } from "../warehouse/sql.ts";

type Audience = (typeof AUDIENCES)[number];

/** Name under which the marts are attached while they are copied. */
const MARTS = "built";

/** How views are copied, where it is not all of them as they lie. */
interface Copying {
  /** Which of them, by their names. */
  readonly choose?: (views: readonly string[]) => readonly string[];
  /**
   * Rows in the order of what stands in them: that of the marts is another at each build, and whoever
   * orders nothing must not be told by it what is hidden.
   */
  readonly isOrdered?: true;
  /** What else is read while the marts are attached, under the name that it is given. */
  readonly beside?: (marts: string) => Promise<unknown>;
  /** Connections to the same database that copy side by side. */
  readonly lanes?: Lanes;
}

/**
 * Copies what an audience may see of the marts, its views, to tables of the same names in a schema of an
 * attached database. The marts themselves are attached no longer than that.
 * @param marts path of marts.duckdb
 * @param into the schema, made here: `seen.marts`
 * @returns the names of all its views
 * @throws Failure when the marts have no views for the audience
 */
export async function copySeen(
  connection: DuckDBConnection,
  marts: string,
  audience: Audience,
  into: string,
  { choose = (views) => views, isOrdered, beside, lanes = lanesOf([connection]) }: Copying = {},
): Promise<string[]> {
  await attach(connection, marts, MARTS, { readOnly: true });
  const views = await readRows(
    connection,
    z.object({ name: z.string() }),
    `select view_name as name from duckdb_views()
    where database_name = ${quoteLiteral(MARTS)} and schema_name = ${quoteLiteral(audience)}
    order by view_name`,
  );
  if (views.length === 0) throw unseen(marts, audience);
  await connection.run(`create schema ${into}`);
  const order = isOrdered ? " order by all" : "";
  const names = views.map(({ name }) => name);
  const copies = choose(names).map((name) =>
    lanes.use((lane) => {
      const view = quoteName(name);
      return lane.run(
        `create table ${into}.${view} as from ${MARTS}.${quoteName(audience)}.${view}${order}`,
      );
    }),
  );
  for (const end of await Promise.allSettled(copies)) {
    if (end.status === "rejected") throw end.reason;
  }
  await beside?.(MARTS);
  await connection.run(`detach ${MARTS}`);
  return names;
}

function unseen(marts: string, audience: Audience): Failure {
  return new Failure(
    `${marts} does not say what the ${audience} audience may see: an earlier version built it. Run chitieu refresh.`,
  );
}

/**
 * The same for the pages: the tables are in the schema `marts`, and beside them is what the comments
 * say of all marts, as `described_table` and `described_column`.
 * @param into name of the attached database
 * @param lanes connections to the same database that copy side by side
 */
export async function copySeenMarts(
  connection: DuckDBConnection,
  marts: string,
  audience: Audience,
  into: string,
  lanes: Lanes,
): Promise<void> {
  const schema = `${quoteName(into)}.marts`;
  // A copied table has lost its comments.
  const beside = (name: string): Promise<unknown> => {
    const described = `where database_name = ${quoteLiteral(name)} and schema_name = 'marts'`;
    return connection.run(`
      create table ${schema}.described_table as
      select table_name, comment from duckdb_tables() ${described}
      union all
      select view_name, comment from duckdb_views() ${described};
      create table ${schema}.described_column as
      select table_name, column_index, column_name, data_type, comment
      from duckdb_columns() ${described}`);
  };
  await copySeen(connection, marts, audience, schema, { beside, lanes });
}

/** A table that an audience may see, as the comments in the marts say it. */
export interface SeenTable {
  readonly table: string;
  /** What it holds, and on a second line what one of its rows is. */
  readonly meaning: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly meaning: string;
  }[];
}

const SeenColumn = z.object({
  table: z.string(),
  meaning: z.string(),
  name: z.string(),
  type: z.string(),
  column: z.string(),
});

/**
 * What there is to ask for an audience: its tables by their names, columns in their order.
 * @throws Failure when the marts have no views for the audience
 */
export async function seenTables(
  connection: DuckDBConnection,
  marts: string,
  audience: Audience,
): Promise<SeenTable[]> {
  await attach(connection, marts, MARTS, { readOnly: true });
  const rows = await readRows(
    connection,
    SeenColumn,
    `select
        view_name as "table",
        coalesce(view.comment, '') as meaning,
        column_name as name,
        data_type as type,
        coalesce(described.comment, '') as "column"
    from duckdb_views() as view
    join duckdb_columns() as described
        on described.database_name = view.database_name
        and described.schema_name = view.schema_name
        and described.table_name = view.view_name
    where view.database_name = $marts and view.schema_name = $audience
    order by view_name, column_index`,
    { marts: MARTS, audience },
  );
  if (rows.length === 0) throw unseen(marts, audience);
  await connection.run(`detach ${MARTS}`);
  return [...new Set(rows.map(({ table }) => table))].map((table) => {
    const own = rows.filter((row) => row.table === table);
    return {
      table,
      meaning: own[0]?.meaning ?? "",
      columns: own.map(({ name, type, column }) => ({ name, type, meaning: column })),
    };
  });
}

/**
 * Holds a connection to the databases that it has attached: from here on no SQL opens another, nor any
 * file, nor takes this back.
 */
export async function confine(connection: DuckDBConnection): Promise<void> {
  await connection.run("set enable_external_access = false; set lock_configuration = true");
}
