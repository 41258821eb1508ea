import type { DuckDBConnection } from "@duckdb/node-api";
import type { Descriptions } from "./descriptions.ts";
import type { OrderedModel } from "./model.ts";

/**
 * Makes the table `raw.model_read`: which model reads what, and its description (`holds`). The
 * model `marts.lineage` follows it from each mart down to the sources and the ledger.
 */
export async function loadLineage(
  connection: DuckDBConnection,
  models: readonly OrderedModel[],
  { marts, origins }: Descriptions,
): Promise<void> {
  const rows = models.flatMap(({ id, reads, inputs: tables }) =>
    [...reads, ...tables].map((read) => {
      const mart = read.startsWith("marts.") ? marts.get(read.slice("marts.".length)) : undefined;
      return { model: id, reads: read, holds: mart?.holds ?? origins[read] ?? null };
    }),
  );
  await connection.run(
    `create table memory.raw.model_read as
    select unnest(from_json($rows::json, '[{
      "model": "varchar", "reads": "varchar", "holds": "varchar"
    }]'), max_depth := 2)`,
    { rows: JSON.stringify(rows) },
  );
}
