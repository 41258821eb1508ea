import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Audience } from "../contract/report.ts";
import {
  type SeenColumn,
  type SeenTable,
  seenTables,
  withSeenMarts,
} from "../models/seen-marts.ts";
import { Failure } from "../vocabulary/failure.ts";
import { spillingInto, withConnection } from "../warehouse/connection.ts";
import { replaceFolder, unlessMissing, withNewFolder } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { quoteLiteral, quoteName } from "../warehouse/sql.ts";

/** What each table and column of a lake means; the mark by which a folder is known for one. */
const TABLES = "_tables.json";

/**
 * The version of how a lake is laid out. Within it tables and columns only come, a column at the end of
 * its table: what reads a lake goes on reading. It is raised where one goes, or is of another type.
 */
const LAYOUT = 1;

/**
 * By what the files of a table lie in folders, and what stands where a row has none: the engines agree on
 * no folder for NULL. Both are columns of the files, too, which alone say of what type they are: a plan
 * named 2024 is a number to whoever looks at the folder.
 */
const PARTITIONS: Readonly<Record<string, string>> = { plan_id: "'-'", year: "0" };

/**
 * Writes what an audience may see of the marts as Parquet, a folder a table, within it one for each plan
 * and year where rows have such: `figure/plan_id=…/year=…/data_0.parquet`. A table without rows has one
 * file, too. The folder is made aside and put in the place of the one before when it is whole; rows are in
 * the order of what stands in them.
 * @returns the names of its tables
 * @throws Failure when something else lies in the folder, or it cannot be written
 */
export async function writeLake(
  paths: WarehousePaths,
  audience: Audience,
  folder: string,
): Promise<string[]> {
  const { marts } = paths;
  const place = resolve(folder);
  const there = await unlessMissing(readdir(place));
  if (there !== null && there.length > 0 && !there.includes(TABLES)) {
    throw new Failure(
      `${folder} chứa thứ không phải số liệu đã xuất. Chưa ghi gì. Nêu thư mục mới hoặc trống.`,
    );
  }
  await mkdir(dirname(place), { recursive: true });
  return withNewFolder(join(dirname(place), `.${basename(place)}-`), async (made) => {
    const tables = await withConnection(async (connection) => {
      const seen = await seenTables(connection, marts, audience);
      const periods = seen.find(({ table }) => table === "period");
      const year = periods?.columns.find(({ name }) => name === "year");
      const described = seen.map(laidOut(year));
      await withSeenMarts(connection, marts, audience, async ({ database }) => {
        for (const table of described) {
          await copyTable(connection, { from: `${database}.${audience}`, ...table, into: made });
        }
      });
      return described;
    }, spillingInto(paths));
    const content = { layout: LAYOUT, audience, tables };
    await writeFile(join(made, TABLES), `${JSON.stringify(content, null, 1)}\n`);
    await replaceFolder(made, place);
    return tables.map(({ table }) => table);
  });
}

/** A table as it lies in a lake: the columns by which its files are parted come first. */
interface LakeTable extends SeenTable {
  readonly partitions: readonly string[];
}

/** @param year of a period, whose rows are all parted by it */
const laidOut =
  (year: SeenColumn | undefined) =>
  ({ columns, ...table }: SeenTable): LakeTable => {
    const named = (name: string) => columns.filter((column) => column.name === name);
    const isByYear = [named("year"), named("period")].some(({ length }) => length > 0);
    const ofPlan = named("plan_id");
    const parting =
      ofPlan.length === 0 || year === undefined || !isByYear ? ofPlan : [...ofPlan, year];
    const partitions = parting.map(({ name }) => name);
    const others = columns.filter(({ name }) => !partitions.includes(name));
    return { ...table, partitions, columns: [...parting, ...others] };
  };

async function copyTable(
  connection: DuckDBConnection,
  { table, columns, partitions, from, into }: LakeTable & { from: string; into: string },
): Promise<void> {
  const seen = `${from}.${quoteName(table)}`;
  const names = columns.map(({ name }) => {
    const none = PARTITIONS[name];
    return none === undefined || !partitions.includes(name)
      ? quoteName(name)
      : `coalesce(${name}, ${none}) as ${name}`;
  });
  const hasYear = (await connection.run(`from ${seen} limit 0`)).columnNames().includes("year");
  const withYear =
    partitions.includes("year") && !hasYear
      ? `${seen} left join (select plan_id, period, year from ${from}.period) using (plan_id, period)`
      : seen;
  const rows = `select ${names.join(", ")} from ${withYear} order by all`;
  const folder = join(into, table);
  const write = async (query: string, target: string, more = "") => {
    await mkdir(dirname(target), { recursive: true });
    const copied = await connection.run(
      `copy (${query}) to ${quoteLiteral(target)} (format parquet${more})`,
    );
    return copied.rowsChanged;
  };
  const parted = `, partition_by (${partitions.join(", ")}), write_partition_columns true`;
  if (partitions.length > 0 && (await write(rows, folder, parted)) > 0) return;
  const none = partitions.map((name) => `${name}=${PARTITIONS[name]?.replaceAll("'", "")}`);
  await write(rows, join(folder, ...none, "data_0.parquet"));
}
