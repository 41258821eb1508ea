import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { Audience } from "../contract/report.ts";
import { Failure } from "../vocabulary/failure.ts";
import { attach, readRows } from "../warehouse/connection.ts";
import { quoteLiteral, quoteName } from "../warehouse/sql.ts";

/** Name under which the marts are attached while they are copied. */
const MARTS = "warehouse";

/**
 * Copies what an audience may see of the marts, its views, to tables of the same names in the schema
 * `marts` of an attached database, and what the comments say of all marts to `described_table` and
 * `described_column` beside them. The marts themselves are attached no longer than that.
 * @param marts path of marts.duckdb
 * @param into name of the attached database
 * @throws Failure when the marts have no views for the audience
 */
export async function copySeenMarts(
  connection: DuckDBConnection,
  marts: string,
  audience: Audience,
  into: string,
): Promise<void> {
  await attach(connection, marts, MARTS, { readOnly: true });
  const views = await readRows(
    connection,
    z.object({ name: z.string() }),
    `select view_name as name from duckdb_views()
    where database_name = ${quoteLiteral(MARTS)} and schema_name = ${quoteLiteral(audience)}
    order by view_name`,
  );
  if (views.length === 0) {
    throw new Failure(
      `${marts} does not say what the ${audience} audience may see: an earlier version built it. Run chitieu refresh.`,
    );
  }
  await connection.run(`create schema ${quoteName(into)}.marts`);
  for (const { name } of views) {
    const view = quoteName(name);
    await connection.run(
      `create table ${quoteName(into)}.marts.${view} as from ${MARTS}.${quoteName(audience)}.${view}`,
    );
  }
  // A copied table has lost its comments.
  const described = `where database_name = ${quoteLiteral(MARTS)} and schema_name = 'marts'`;
  await connection.run(`
    create table ${quoteName(into)}.marts.described_table as
    select table_name, comment from duckdb_tables() ${described}
    union all
    select view_name, comment from duckdb_views() ${described};
    create table ${quoteName(into)}.marts.described_column as
    select table_name, column_index, column_name, data_type, comment
    from duckdb_columns() ${described};
    detach ${MARTS}`);
}

/**
 * Holds a connection to the databases that it has attached: from here on no SQL opens another, nor any
 * file, nor takes this back.
 */
export async function confine(connection: DuckDBConnection): Promise<void> {
  await connection.run("set enable_external_access = false; set lock_configuration = true");
}
