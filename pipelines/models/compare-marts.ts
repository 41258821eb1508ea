import { copyFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { attachLedgerForReading } from "../ledger/ledger.ts";
import type { Catalogue } from "../sources/catalogue.ts";
import { lastDayBefore } from "../vocabulary/date.ts";
import {
  attach,
  readRows,
  readValue,
  readValues,
  selectRows,
  spillingInto,
  withConnection,
} from "../warehouse/connection.ts";
import { sha256Of, withNewFolder } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { attachMarts, shownMarts } from "../warehouse/shown-marts.ts";
import { quoteLiteral, quoteName } from "../warehouse/sql.ts";
import { buildMarts, columnsIn, modelsOfTheDay, planOfRow } from "./build-marts.ts";
import { BuiltFrom, plansToCompute, readBuiltFrom, writeBuiltFrom } from "./built-from.ts";

/** Where marts differ from what ledger and sources give now. */
export interface MartsCheck {
  /** One sentence each. */
  readonly faults: readonly string[];
  /** Plans that were not compared, since something new is about them; null: none was. */
  readonly behind: ReadonlySet<string> | null;
  /** What a later comparison may go by where there is no fault; null where nothing was compared. */
  readonly proof: MartsProof | null;
}

/** What the tables of marts held that were right, and what they were made from. */
const MartsProof = z.object({
  from: BuiltFrom,
  /** By plan, and by "" what is no plan's: a digest of its rows, but for those that count days. */
  digests: z.record(z.string(), z.string()),
});
type MartsProof = z.infer<typeof MartsProof>;

/** Values by which a row is named. */
const NAMING = 5;
/** Tables that are named; most name the same figure once more. */
const MAX_LISTED = 5;

/**
 * Computes the marts anew, beside those that are shown, and compares the two: every row that people
 * read, and the text of every view, which is all that pages and files are made from.
 * @param proof of an earlier comparison: of plans that nothing came about since, and of which the tables
 * have its digest, only what counts days is computed and compared
 * @throws Failure when the models cannot be built
 */
export async function compareMarts(
  paths: WarehousePaths,
  catalogue: Catalogue,
  proof: unknown = null,
): Promise<MartsCheck> {
  if (shownMarts(paths.marts) === null) return { faults: [], behind: new Set(), proof: null };
  const check = await withNewFolder(join(paths.folder, ".marts-again-"), async (folder) => {
    const marts = join(folder, basename(paths.marts));
    return withConnection(async (connection) => {
      await attachMarts(connection, paths.marts, "stored");
      const from = await readBuiltFrom(connection, "stored");
      const digests = from === null ? {} : await digestsOf(connection, "stored", from);
      const proven = MartsProof.safeParse(proof).data;
      const isBegun =
        proven !== undefined &&
        from !== null &&
        (await beginFrom(connection, proven, { from, digests }, marts));
      await buildMarts({ paths: { ...paths, folder, marts }, catalogue, asOf: null });
      await attachLedgerForReading(connection, paths);
      await attachMarts(connection, marts, "again");
      const now = await readBuiltFrom(connection, "again");
      const behind = await plansBehind(connection, from, now, catalogue);
      if (isBegun && now !== null && behind !== null) {
        const pairs = [
          [digests, await digestsOf(connection, "again", now)],
          [
            await digestsOf(connection, "stored", from, true),
            await digestsOf(connection, "again", now, true),
          ],
        ] as const;
        const isOther = pairs.some(([stored, again]) =>
          Object.keys({ ...stored, ...again }).some(
            (id) => !behind.has(id) && stored[id] !== again[id],
          ),
        );
        // what is wrong is named beside what is all computed anew, and not beside a copy of it
        if (isOther) return null;
      }
      const found = isBegun || behind === null ? [] : await differences(connection, behind);
      const more =
        found.length > MAX_LISTED ? [`và ${found.length - MAX_LISTED} bảng khác nữa.`] : [];
      const listed = [...found.slice(0, MAX_LISTED), ...more];
      const faults = listed.map((one) => `${paths.marts}: ${one} chitieu build tính lại.`);
      if (from === null || behind === null) return { faults, behind, proof: null };
      // what was not compared is computed anew the next time
      for (const plan of behind) digests[plan] = "";
      return { faults, behind, proof: { from, digests } };
    }, spillingInto(paths));
  });
  return check ?? compareMarts(paths, catalogue);
}

/**
 * Puts a copy of the marts that are attached as `stored` where they are to be made again, as if it were
 * as old as what was proven: a build of it computes plans that something new is about since, or whose
 * rows are others now, and counts the days of all.
 * @returns false: nothing was put there, all is to be made anew
 */
async function beginFrom(
  connection: DuckDBConnection,
  proven: MartsProof,
  { from, digests }: MartsProof,
  marts: string,
): Promise<boolean> {
  const isOfNow = from.models_sha256 === proven.from.models_sha256;
  if (!isOfNow || digests[""] !== proven.digests[""]) return false;
  const isProven = (id: string): boolean =>
    digests[id] === proven.digests[id] && from.plan_keys[id] === proven.from.plan_keys[id];
  const plans = Object.entries(proven.from.plans).map(([id, one]) => [id, isProven(id) ? one : ""]);
  const days = Object.entries(proven.from.days).map(([id, day]) => [id, lastDayBefore(day)]);
  const file = await readValue(
    connection,
    z.string(),
    "select path from duckdb_databases() where database_name = 'stored'",
  );
  await copyFile(file, marts);
  await attach(connection, marts, "again");
  await writeBuiltFrom(connection, "again", {
    ...proven.from,
    ...{ plan_keys: from.plan_keys, plans: Object.fromEntries(plans) },
    days: Object.fromEntries(days),
  });
  await connection.run("checkpoint again; detach again");
  return true;
}

/** The words of a view, of which the engine keeps the columns of EXCLUDE in no order. */
const WORDS = "list_sort(regexp_extract_all(sql, '\\w+|\\S'))";

/** The text of every view, and which tables there are. */
function viewsOf(connection: DuckDBConnection, database: string): Promise<string[]> {
  return readValues(
    connection,
    z.string(),
    `select schema_name || '.' || view_name || ': ' || ${WORDS}::varchar from duckdb_views()
    where database_name = '${database}' and not internal
    union all
    select schema_name || '.' || table_name from duckdb_tables()
    where database_name = '${database}'
    order by all`,
  );
}

/**
 * By plan, and by "" what is no plan's: a digest of all rows of the tables.
 * @param areDays of those that count days, else of the others, and of the views with them
 */
async function digestsOf(
  connection: DuckDBConnection,
  database: string,
  { plan_keys }: BuiltFrom,
  areDays = false,
): Promise<Record<string, string>> {
  const [counted, columns] = [
    await modelsOfTheDay(connection),
    await columnsIn(connection, database),
  ];
  const tables = await readValues(
    connection,
    z.string(),
    `select schema_name || '.' || table_name from duckdb_tables()
    where database_name = '${database}' and schema_name in ('raw', 'core', 'marts') order by all`,
  );
  const idOf = new Map(Object.entries(plan_keys).map(([id, key]) => [String(key), id]));
  const sums: Record<string, string[]> = {
    "": areDays ? [] : await viewsOf(connection, database),
  };
  for (const table of tables.filter((one) => counted.has(one) === areDays)) {
    const names = columns.get(table) ?? [];
    const rows = await readRows(
      connection,
      z.object({ plan_of_row: z.string(), sum: z.string() }),
      `select
          coalesce((${planOfRow(names) ?? "''"})::varchar, '') as plan_of_row,
          sum(hash(${comparedOf(table, names).join(", ")})::hugeint)::varchar as sum
      from ${database}.${table}
      group by all
      order by all`,
    );
    for (const { plan_of_row: plan, sum } of rows) {
      const id = idOf.get(plan) ?? plan;
      sums[id] = [...(sums[id] ?? []), `${table} ${sum}`];
    }
  }
  return Object.fromEntries(
    Object.entries(sums).map(([id, all]) => [id, sha256Of(all.join("\n"))]),
  );
}

/** Columns of a table as they are compared: of a plan one says when it was computed. */
function comparedOf(table: string, columns: readonly string[]): string[] {
  return columns.filter((one) => table !== "marts.plan" || one !== "as_of").map(quoteName);
}

async function plansBehind(
  connection: DuckDBConnection,
  before: BuiltFrom | null,
  now: BuiltFrom | null,
  catalogue: Catalogue,
): Promise<ReadonlySet<string> | null> {
  if (before === null || now === null) return null;
  const found = await plansToCompute(connection, "stored", before, now, catalogue);
  return found === null ? null : new Set([...found.touched, ...found.aged]);
}

async function differences(
  connection: DuckDBConnection,
  behind: ReadonlySet<string>,
): Promise<string[]> {
  const views = (database: string): string => `
    select schema_name, view_name, ${WORDS} as words
    from duckdb_views() where database_name = '${database}'`;
  const faults = await readValues(
    connection,
    z.string(),
    `select distinct schema_name || '.' || view_name || ' không phải khung nhìn do phần mềm lập.'
    from ((${views("stored")} except ${views("again")})
        union all (${views("again")} except ${views("stored")}))
    order by all`,
  );
  const tables = await readRows(
    connection,
    z.object({ name: z.string(), columns: z.array(z.string()) }),
    `select table_name as name, list(column_name order by column_index) as columns
    from duckdb_columns() where database_name = 'again' and schema_name = 'marts'
    group by table_name order by table_name`,
  );
  const others = [...behind].map(quoteLiteral).join(", ");
  for (const { name, columns } of tables) {
    const isByPlan = columns.includes("plan_id");
    if (!isByPlan && behind.size > 0) continue;
    const own = comparedOf(`marts.${name}`, columns);
    const where = behind.size > 0 ? ` where plan_id not in (${others})` : "";
    const rows = (database: string): string =>
      `select ${own.join(", ")} from ${database}.marts.${quoteName(name)}${where}`;
    const sum = (database: string): string =>
      `(select (count(*), sum(hash(one)::hugeint)) from (${rows(database)}) as one)`;
    const [same] = await readValues(
      connection,
      z.boolean(),
      `select ${sum("stored")} is not distinct from ${sum("again")}`,
    );
    if (same) continue;
    const first = async (one: string, other: string): Promise<Row | undefined> =>
      (
        await selectRows(
          connection,
          `select * from (${rows(one)} except all ${rows(other)}) order by all limit 1`,
        )
      )[0];
    faults.push(
      `marts.${name}: ${differenceText(await first("stored", "again"), await first("again", "stored"))}`,
    );
  }
  return faults;
}

type Row = Readonly<Record<string, unknown>>;

function differenceText(stored: Row | undefined, again: Row | undefined): string {
  const differing = Object.keys(stored ?? {}).filter((name) => stored?.[name] !== again?.[name]);
  const naming = Object.entries(stored ?? again ?? {})
    .filter(([name, value]) => value !== null && (again === undefined || !differing.includes(name)))
    .slice(0, NAMING)
    .map(([, value]) => String(value))
    .join(", ");
  if (stored === undefined) return `không có hàng cho ${naming}, tính lại thì có.`;
  if (again === undefined) return `có hàng cho ${naming}, tính lại thì không.`;
  const values = differing.map(
    (name) => `${name} là ${stored[name]}, tính lại được ${again[name]}`,
  );
  return `hàng ${naming}: ${values.join("; ")}.`;
}
