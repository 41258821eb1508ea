import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Audience } from "../contract/report.ts";
import { seenTables, withSeenMarts } from "../models/seen-marts.ts";
import { Failure } from "../vocabulary/failure.ts";
import { withConnection } from "../warehouse/connection.ts";
import { replaceFolder } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { unlessMissing } from "../warehouse/place-files.ts";
import { quoteLiteral, quoteName } from "../warehouse/sql.ts";

/** What each table and column of a lake means; the mark by which a folder is known for one. */
const TABLES = "_tables.json";

/**
 * Writes what an audience may see of the marts as Parquet, a folder a table, within it one for each plan
 * and year where rows have such: `figure/plan_id=…/year=…/data_0.parquet`. The folder is made aside and
 * put in the place of the one before when it is whole; rows are in the order of what stands in them.
 * @returns the names of its tables
 * @throws Failure when something else lies in the folder, or it cannot be written
 */
export async function writeLake(
  { marts }: WarehousePaths,
  audience: Audience,
  folder: string,
): Promise<string[]> {
  const place = resolve(folder);
  const there = await unlessMissing(readdir(place));
  if (there !== null && there.length > 0 && !there.includes(TABLES)) {
    throw new Failure(
      `${folder} chứa thứ không phải số liệu đã xuất. Chưa ghi gì. Nêu thư mục mới hoặc trống.`,
    );
  }
  await mkdir(dirname(place), { recursive: true });
  const made = await mkdtemp(join(dirname(place), `.${basename(place)}-`));
  try {
    const tables = await withConnection(async (connection) => {
      const described = await seenTables(connection, marts, audience);
      await withSeenMarts(connection, marts, audience, async ({ database }) => {
        for (const { table, columns } of described) {
          const has = new Set(columns.map(({ name }) => name));
          await copyTable(connection, { from: `${database}.${audience}`, table, has, into: made });
        }
      });
      return described;
    });
    await writeFile(join(made, TABLES), `${JSON.stringify({ audience, tables }, null, 1)}\n`);
    await replaceFolder(made, place);
    return tables.map(({ table }) => table);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

async function copyTable(
  connection: DuckDBConnection,
  {
    from,
    table,
    has,
    into,
  }: { from: string; table: string; has: ReadonlySet<string>; into: string },
): Promise<void> {
  const name = quoteName(table);
  const isByYear = has.has("plan_id") && (has.has("year") || has.has("period"));
  const rows =
    isByYear && !has.has("year")
      ? `select seen.*, of_period.year
        from ${from}.${name} as seen
        left join ${from}.period as of_period using (plan_id, period)`
      : `from ${from}.${name}`;
  const parts = [...(has.has("plan_id") ? ["plan_id"] : []), ...(isByYear ? ["year"] : [])];
  const folder = join(into, table);
  await mkdir(folder);
  const target = parts.length === 0 ? join(folder, "data_0.parquet") : folder;
  const partition =
    parts.length === 0 ? "" : `, partition_by (${parts.join(", ")}), overwrite_or_ignore true`;
  await connection.run(
    `copy (from (${rows}) order by all) to ${quoteLiteral(target)} (format parquet${partition})`,
  );
}
