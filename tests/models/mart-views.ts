import type { DuckDBConnection } from "@duckdb/node-api";
import { selectRows } from "../../pipelines/warehouse/connection.ts";
import { quoteLiteral, quoteName } from "../../pipelines/warehouse/sql.ts";

/** The database in which queries of the sources find what an audience may see, as `marts`. */
export const SEEN = "seen";

/**
 * Lays views of the same names over the marts of an attached database, so that beside them the
 * connection can hold macros and tables of its own, and over what the shared audience may see of them,
 * in a database apart.
 * @param condition on the rows of the marts that have a `plan_id`, as all about plans do
 */
export async function viewMarts(
  connection: DuckDBConnection,
  database: string,
  condition = "true",
): Promise<void> {
  await connection.run(`attach ':memory:' as ${SEEN}`);
  for (const [schema, into] of [
    ["marts", "memory"],
    ["shared", SEEN],
  ] as const) {
    const found = await selectRows(
      connection,
      `select table_name as name, bool_or(column_name = 'plan_id') as is_of_plans
      from duckdb_columns()
      where database_name = ${quoteLiteral(database)} and schema_name = ${quoteLiteral(schema)}
      group by table_name`,
    );
    await connection.run(`create schema ${into}.marts`);
    for (const { name, is_of_plans } of found) {
      const where = is_of_plans === true ? `where ${condition}` : "";
      const mart = quoteName(String(name));
      await connection.run(
        `create view ${into}.marts.${mart} as
        from ${quoteName(database)}.${schema}.${mart} ${where}`,
      );
    }
  }
}
