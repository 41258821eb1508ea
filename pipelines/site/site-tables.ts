import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { Audience } from "../contract/report.ts";
import { readBuiltFrom } from "../models/built-from.ts";
import {
  confine,
  copyDescriptions,
  copySeen,
  type SeenMarts,
  withSeenMarts,
} from "../models/seen-marts.ts";
import { sha256Of } from "../publishing/digest.ts";
import { Failure } from "../vocabulary/failure.ts";
import { attach, readRow, readRows, withConnection } from "../warehouse/connection.ts";
import { lanesOf } from "../warehouse/lanes.ts";
import { quoteLiteral, quoteName } from "../warehouse/sql.ts";
import type { Download } from "./downloads.ts";
import { MACROS, makeTables, readSources, type Source, tableIn, WORDS } from "./source-queries.ts";
import type { Workspace } from "./workspace.ts";

/** What the pages say of a version's files, as a table beside the marts. */
const FILES = `
  select unnest(from_json($files::json, '[{
    "plan_id": "varchar",
    "period": "varchar",
    "version": "integer",
    "reader": "varchar",
    "file_no": "integer",
    "name": "varchar",
    "format": "varchar",
    "bytes": "integer",
    "sha256": "varchar"
  }]'), max_depth := 2)`;

/** One thread a query: rows that no query orders come in the same order at every build. */
const IN_ORDER = { threads: "1" };

/** Blocks for tables of which most have few rows. */
const MANY_SMALL = { layout: "block_size 16384" };

/** How many queries run side by side. */
const LANES = Math.min(availableParallelism(), 4);

/** Schema of what is said of the tables themselves, which no page reads. */
const MADE = "made";

/** What page tables are made from, besides marts and queries. */
export interface TableRequest {
  /** Files of the published versions, which the pages list. */
  readonly downloads: readonly Download[];
  /** Whose eyes the pages are for. */
  readonly audience: Audience;
  /**
   * Digest of the program: where the same one made the tables that are there, only those plans are
   * computed of which marts or files are others. Without it all are.
   */
  readonly program?: string;
}

/**
 * Runs the queries of `sources/` on what an audience may see of the marts: `marts.plan` is there what
 * `shared.plan` or `city.plan` is in the marts, and no query can reach more, besides the results of
 * others by their names. Their results are the tables that the pages query: `sources/chitieu/plan.sql`
 * is `chitieu.plan`. Beside them the schema `made` holds a digest of each, by plan where it has plans.
 * @param marts path of marts.duckdb
 * @param tables DuckDB file for the tables; when anything fails it stays as it was
 * @returns how many plans were computed
 * @throws Failure when the marts are missing or a query fails, naming it
 */
export async function runSources(
  workspace: Workspace,
  marts: string,
  tables: string,
  request: TableRequest,
): Promise<number> {
  if (!existsSync(marts)) {
    throw new Failure(`${marts} is missing, so there is nothing to show. Build the marts first.`);
  }
  await mkdir(dirname(tables), { recursive: true });
  const aside = { seen: `${tables}.seen`, all: `${tables}.all`, fresh: `${tables}.new` };
  await remove(...Object.values(aside));
  const given = { workspace, marts, tables, request, aside };
  try {
    const computed = await withConnection(
      (connection, connect) => computeTables(connection, connect, given),
      IN_ORDER,
    );
    if (!computed.isInPlace) {
      await remove(tables);
      await rename(aside.fresh, tables);
    }
    return computed.plans;
  } finally {
    await remove(...Object.values(aside));
  }
}

interface Given {
  readonly workspace: Workspace;
  readonly marts: string;
  readonly tables: string;
  readonly request: TableRequest;
  /** Files for the time of the work. */
  readonly aside: { readonly seen: string; readonly all: string; readonly fresh: string };
}

/** What was computed. */
interface Computed {
  readonly plans: number;
  /** Into the file that was there; else that aside is to take its place. */
  readonly isInPlace: boolean;
}

/** Name under which the tables are attached that were made before. */
const KEPT = "kept";

/** Names of the databases that queries read: the plans that are computed, and all of them. */
const SEEN = "seen";
const ALL = "all_plans";

/** Name of the database that the queries' results come into. */
const FRESH = "fresh";

async function computeTables(
  connection: DuckDBConnection,
  connect: () => Promise<DuckDBConnection>,
  { workspace, marts, tables, request, aside }: Given,
): Promise<Computed> {
  const { downloads, audience, program } = request;
  // what the queries read is thrown away
  await connection.run("pragma disable_checkpoint_on_shutdown");
  const { version } = await readRow(connection, Version, "select version() as version");
  const madeBy = `${program} ${audience} ${version}`;
  const kept = program === undefined ? null : await openKept(connection, tables, madeBy);
  const lanes = await Promise.all(Array.from({ length: LANES }, connect));
  const sources = await readSources(workspace);
  const overAll = sources.filter(({ isOverAll }) => isOverAll);
  const open = async (
    seen: SeenMarts,
    database: string,
    file: string,
    part: Part,
  ): Promise<void> => {
    await attach(connection, file, database, MANY_SMALL);
    await copySeen(connection, seen, `${database}.marts`, { lanes: lanesOf(lanes), ...part });
    await copyDescriptions(connection, seen, `${database}.marts`);
    await connection.run(`create table ${database}.marts.report_file as ${FILES}`, {
      files: JSON.stringify(
        downloads.filter(({ plan_id }) => part.plans?.includes(plan_id) ?? true),
      ),
    });
    await connection.run(`use ${database}`);
    for (const file of database === ALL ? WORDS : MACROS) {
      await connection.run(await readFile(join(workspace.reports, file), "utf8"));
    }
  };

  const { builds, changed } = await withSeenMarts(connection, marts, audience, async (seen) => {
    const builds = await buildsOf(connection, seen, downloads);
    const changed = plansToCompute(kept, builds);
    if (changed?.length === 0) return { builds, changed };
    await open(seen, SEEN, aside.seen, changed === null ? {} : { plans: changed });
    if (changed !== null) {
      const read = overAll.map(({ sql }) => sql).join("\n");
      const isRead = (name: string): boolean => new RegExp(`\\bmarts\\.${name}\\b`).test(read);
      await open(seen, ALL, aside.all, { choose: (views) => views.filter(isRead) });
    }
    return { builds, changed };
  });

  if (changed?.length === 0) return { plans: 0, isInPlace: true };
  await attach(connection, changed === null ? aside.fresh : ":memory:", FRESH, MANY_SMALL);
  const schemas = [...new Set(sources.map(({ schema }) => schema))];
  for (const schema of schemas) await connection.run(`create schema ${FRESH}.${quoteName(schema)}`);
  await confine(connection);
  const run = async (chosen: readonly Source[], database: string): Promise<void> => {
    const path = [`${database}.main`, ...schemas.map((schema) => `${FRESH}.${schema}`)].join(",");
    for (const lane of lanes) await lane.run(`set search_path = ${quoteLiteral(path)}`);
    await makeTables(lanesOf(lanes), chosen, FRESH);
  };
  if (changed === null) {
    await run(sources, SEEN);
    await describeMade(connection, sources, { madeBy, builds });
    await connection.run(`checkpoint ${FRESH}`);
    return { plans: builds.size, isInPlace: false };
  }
  await run(overAll, ALL);
  await run(
    sources.filter(({ isOverAll }) => !isOverAll),
    SEEN,
  );
  await describeMade(connection, sources, { madeBy, builds });
  await putIn(connection, sources, changed);
  return { plans: changed.length, isInPlace: true };
}

/**
 * The plans of which the build is another than that of the kept tables; null where all are computed, into
 * a new file: where it is most of them, so that none is full of holes, or one is no more.
 */
function plansToCompute(
  kept: ReadonlyMap<string, string> | null,
  builds: ReadonlyMap<string, string>,
): string[] | null {
  if (kept === null || [...kept.keys()].some((id) => !builds.has(id))) return null;
  const changed = [...builds].flatMap(([id, build]) => (kept.get(id) === build ? [] : [id]));
  return builds.size === 0 || 2 * changed.length > builds.size ? null : changed;
}

/** Which of the marts are copied. */
type Part = Pick<NonNullable<Parameters<typeof copySeen>[3]>, "choose" | "plans">;

const Version = z.object({ version: z.string() });
const MadeBy = z.object({ program: z.string() });

/**
 * Attaches the tables that are there, as `kept`.
 * @returns by plan what tells its build; null where another program made them, or they cannot be read
 */
async function openKept(
  connection: DuckDBConnection,
  tables: string,
  madeBy: string,
): Promise<ReadonlyMap<string, string> | null> {
  if (!existsSync(tables)) return null;
  try {
    await attach(connection, tables, KEPT);
    const made = await readRow(connection, MadeBy, `from ${KEPT}.${MADE}.made_by`);
    if (made.program === madeBy) return await readBuilds(connection);
    await connection.run(`detach ${KEPT}`);
  } catch (error) {
    if (error instanceof Failure) throw error;
  }
  return null;
}

async function readBuilds(connection: DuckDBConnection): Promise<Map<string, string>> {
  const rows = await readRows(
    connection,
    z.object({ plan_id: z.string(), build: z.string() }),
    `from ${KEPT}.${MADE}.plan`,
  );
  return new Map(rows.map(({ plan_id, build }) => [plan_id, build]));
}

/** By plan a digest of what its rows are made from: empty where the marts do not say it. */
async function buildsOf(
  connection: DuckDBConnection,
  { database }: SeenMarts,
  downloads: readonly Download[],
): Promise<ReadonlyMap<string, string>> {
  const from = await readBuiltFrom(connection, database);
  return new Map(
    Object.entries(from?.builds ?? {}).map(([id, build]) => {
      const files = downloads.filter(({ plan_id }) => plan_id === id);
      // where they lie is not shown
      const shown = files.map((file) => ({ ...file, file: undefined }));
      return [id, sha256Of(JSON.stringify([build, shown]))];
    }),
  );
}

/** Says beside the tables by which program and from which builds they were made, and what they are. */
async function describeMade(
  connection: DuckDBConnection,
  sources: readonly Source[],
  { madeBy, builds }: { readonly madeBy: string; readonly builds: ReadonlyMap<string, string> },
): Promise<void> {
  const plans = [...builds].map(([plan_id, build]) => ({ plan_id, build }));
  await connection.run(`create schema ${FRESH}.${MADE}`);
  await connection.run(`create table ${FRESH}.${MADE}.made_by as select $madeBy as program`, {
    madeBy,
  });
  await connection.run(
    `create table ${FRESH}.${MADE}.plan as
    select unnest(from_json($plans::json, '[{"plan_id": "varchar", "build": "varchar"}]'), max_depth := 2)`,
    { plans: JSON.stringify(plans) },
  );
  await connection.run(
    `create table ${FRESH}.${MADE}.digest ("table" varchar, plan_id varchar, digest varchar)`,
  );
  const byPlan = await tablesByPlan(connection);
  for (const source of sources) {
    const plan = byPlan.has(source.table) ? "plan_id" : "null";
    await connection.run(
      `insert into ${FRESH}.${MADE}.digest
      select $table, ${plan}, count(*) || ' ' || bit_xor(hash(t)) || ' ' || sum(hash(t))
      from ${tableIn(FRESH, source)} as t group by all order by all`,
      { table: source.table },
    );
  }
}

async function tablesByPlan(connection: DuckDBConnection): Promise<ReadonlySet<string>> {
  const rows = await readRows(
    connection,
    z.object({ name: z.string() }),
    `select schema_name || '.' || table_name as name from duckdb_columns()
    where database_name = '${FRESH}' and column_name = 'plan_id'`,
  );
  return new Set(rows.map(({ name }) => name));
}

/** Puts what was computed into the kept tables, in the place of the rows of the same plans. */
async function putIn(
  connection: DuckDBConnection,
  sources: readonly Source[],
  plans: readonly string[],
): Promise<void> {
  const ofPlans = `where plan_id in (${plans.map(quoteLiteral).join(", ")})`;
  const overAll = sources.flatMap(({ table, isOverAll }) =>
    isOverAll ? [quoteLiteral(table)] : [],
  );
  await connection.run("begin");
  for (const source of sources) {
    const [kept, fresh] = [tableIn(KEPT, source), tableIn(FRESH, source)];
    await connection.run(`delete from ${kept} ${source.isOverAll ? "" : ofPlans}`);
    await connection.run(`insert into ${kept} from ${fresh}`);
  }
  await connection.run(`
    delete from ${KEPT}.${MADE}.digest ${ofPlans} or "table" in (${overAll.join(", ")});
    delete from ${KEPT}.${MADE}.plan`);
  for (const table of ["digest", "plan"]) {
    await connection.run(`insert into ${KEPT}.${MADE}.${table} from ${FRESH}.${MADE}.${table}`);
  }
  await connection.run(`commit; checkpoint ${KEPT}`);
}

async function remove(...files: readonly string[]): Promise<void> {
  for (const file of files) {
    await rm(file, { force: true });
    await rm(`${file}.wal`, { force: true });
  }
}
