import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { AUDIENCES } from "../vocabulary/audiences.ts";
import { Failure } from "../vocabulary/failure.ts";
import { readRows } from "../warehouse/connection.ts";
import { type Lanes, lanesOf } from "../warehouse/lanes.ts";
import { attachMarts } from "../warehouse/shown-marts.ts";
import { quoteLiteral, quoteName } from "../warehouse/sql.ts";

type Audience = (typeof AUDIENCES)[number];

/** Name under which the marts are attached while they are copied. */
const MARTS = "built";

/** The views of an audience in attached marts. */
export interface SeenMarts {
  /** The name under which the marts are attached. */
  readonly database: string;
  readonly audience: Audience;
  readonly views: readonly SeenView[];
}

interface SeenView {
  readonly name: string;
  /** Whether each of its rows is one plan's. */
  readonly isByPlan: boolean;
}

/** How views are copied, where it is not all of them as they lie. */
interface Copying {
  /** Which of them, by their names. */
  readonly choose?: (views: readonly string[]) => readonly string[];
  /** Of which plans, where a view is by plan. */
  readonly plans?: readonly string[];
  /**
   * Rows in the order of their values: that of the marts is another at each build, and must not reveal
   * what is hidden to whoever orders nothing.
   */
  readonly isOrdered?: true;
  /** Connections to the same database that copy side by side. */
  readonly lanes?: Lanes;
}

/**
 * Attaches marts for as long as `work` takes to read what an audience may see of them.
 * @param marts path of marts.duckdb
 * @param options `isKept`: they stay attached, under `name`
 * @throws Failure when the marts have no views for the audience
 */
export async function withSeenMarts<T>(
  connection: DuckDBConnection,
  marts: string,
  audience: Audience,
  work: (seen: SeenMarts) => Promise<T>,
  { name = MARTS, isKept = false }: { readonly name?: string; readonly isKept?: boolean } = {},
): Promise<T> {
  await attachMarts(connection, marts, name);
  const views = await readRows(
    connection,
    z.object({ name: z.string(), isByPlan: z.boolean() }),
    `select table_name as name, bool_or(column_name = 'plan_id') as "isByPlan"
    from duckdb_columns()
    where database_name = ${quoteLiteral(name)} and schema_name = ${quoteLiteral(audience)}
    group by all order by all`,
  );
  if (views.length === 0) throw unseen(marts, audience);
  const result = await work({ database: name, audience, views });
  if (!isKept) await connection.run(`detach ${name}`);
  return result;
}

/**
 * Copies what an audience may see to tables of the same names.
 * @param into a schema of an attached database, made here: `seen.marts`
 */
export async function copySeen(
  connection: DuckDBConnection,
  { database, audience, views }: SeenMarts,
  into: string,
  { choose = (all) => all, plans, isOrdered, lanes = lanesOf([connection]) }: Copying = {},
): Promise<void> {
  await connection.run(`create schema ${into}`);
  const order = isOrdered ? " order by all" : "";
  const ofPlans =
    plans === undefined ? "" : ` where plan_id in (${plans.map(quoteLiteral).join(", ")})`;
  const chosen = new Set(choose(views.map(({ name }) => name)));
  const copies = views.flatMap(({ name, isByPlan }) => {
    if (!chosen.has(name)) return [];
    const view = quoteName(name);
    const rows = `${database}.${quoteName(audience)}.${view}${isByPlan ? ofPlans : ""}`;
    return [lanes.use((lane) => lane.run(`create table ${into}.${view} as from ${rows}${order}`))];
  });
  for (const end of await Promise.allSettled(copies)) {
    if (end.status === "rejected") throw end.reason;
  }
}

function unseen(marts: string, audience: Audience): Failure {
  return new Failure(
    `${marts} chưa nêu đối tượng ${audience} được xem gì: do bản phần mềm cũ tính. Chạy chitieu refresh.`,
  );
}

/**
 * Copies the comments of all marts, which a copied table has lost, to the tables
 * `described_table` and `described_column`.
 * @param into a schema of an attached database
 */
export async function copyDescriptions(
  connection: DuckDBConnection,
  { database }: SeenMarts,
  into: string,
): Promise<void> {
  const described = `where database_name = ${quoteLiteral(database)} and schema_name = 'marts'`;
  await connection.run(`
    create table ${into}.described_table as
    select table_name, comment from duckdb_tables() ${described}
    union all
    select view_name, comment from duckdb_views() ${described};
    create table ${into}.described_column as
    select table_name, column_index, column_name, data_type, comment
    from duckdb_columns() ${described}`);
}

/** A table that an audience may see, as the comments in the marts say it. */
export interface SeenTable {
  readonly table: string;
  /** What it holds, and on a second line what one of its rows is. */
  readonly meaning: string;
  readonly columns: readonly SeenColumn[];
}

export interface SeenColumn {
  readonly name: string;
  readonly type: string;
  readonly meaning: string;
}

const DescribedColumn = z.object({
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
  await attachMarts(connection, marts, MARTS);
  const rows = await readRows(
    connection,
    DescribedColumn,
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
