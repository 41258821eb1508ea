import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withConnection } from "../warehouse/connection.ts";
import { withNewFolder } from "../warehouse/files.ts";
import { quoteLiteral, quoteName } from "../warehouse/sql.ts";
import { type Column, FIGURE_PRECISION, FIGURE_SCALE } from "./column.ts";

const TYPES = {
  word: "VARCHAR",
  text: "VARCHAR",
  whole: "INTEGER",
  figure: `DECIMAL(${FIGURE_PRECISION}, ${FIGURE_SCALE})`,
  flag: "BOOLEAN",
} as const;

/**
 * A table as a Parquet file with exact decimals, in the order of the rows. DuckDB writes files only,
 * so it passes through a temporary folder that is gone afterwards. One thread and no compression:
 * the same rows give the same bytes whatever the processor.
 * @param metadata notes kept in the file's footer.
 */
export function parquetBytes<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  metadata: ReadonlyMap<string, string>,
): Promise<Uint8Array<ArrayBuffer>> {
  return withNewFolder(join(tmpdir(), "parquet-"), async (folder) => {
    const file = join(folder, "figures.parquet");
    const shape = JSON.stringify([
      Object.fromEntries(columns.map(({ name }) => [name, "VARCHAR"])),
    ]);
    const casts = columns.map(
      ({ name, kind }) => `"row".${quoteName(name)}::${TYPES[kind]} as ${quoteName(name)}`,
    );
    const notes = [...metadata].map(([key, value]) => `${quoteName(key)}: ${quoteLiteral(value)}`);
    await withConnection(
      async (connection) => {
        await connection.run(
          `create table figures as
            select ${casts.join(", ")}
            from (select unnest(from_json($rows::json, ${quoteLiteral(shape)})) as "row")`,
          { rows: JSON.stringify(rows.map((row) => textsOf(columns, row))) },
        );
        await connection.run(
          `copy figures to ${quoteLiteral(file)}
            (format parquet, compression uncompressed, kv_metadata {${notes.join(", ")}})`,
        );
      },
      { threads: "1" },
    );
    return new Uint8Array(await readFile(file));
  });
}

function textsOf<Row>(columns: readonly Column<Row>[], row: Row): Record<string, string | null> {
  return Object.fromEntries(
    columns.map((column) => {
      const value = column.read(row);
      return [column.name, value === null ? null : String(value)];
    }),
  );
}
