import type { DuckDBConnection } from "@duckdb/node-api";
import { selectRows } from "../../pipelines/warehouse/connection.ts";
import { quoteLiteral, quoteName } from "../../pipelines/warehouse/sql.ts";

/**
 * Lays views of the same names over the marts of an attached database, so that beside them the
 * connection can hold macros and tables of its own.
 * @param condition on the rows that they hold; every mart has a `plan_id`
 */
export async function viewMarts(
  connection: DuckDBConnection,
  database: string,
  condition = "true",
): Promise<void> {
  const tables = await selectRows(
    connection,
    `select table_name as name from duckdb_tables()
    where database_name = ${quoteLiteral(database)} and schema_name = 'marts'`,
  );
  await connection.run("create schema marts");
  for (const { name } of tables) {
    const mart = quoteName(String(name));
    await connection.run(
      `create view marts.${mart} as from ${quoteName(database)}.marts.${mart} where ${condition}`,
    );
  }
}
