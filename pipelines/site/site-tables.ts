import { mkdir, readFile, rm, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Audience } from "../contract/report.ts";
import { readBuiltFrom } from "../models/built-from.ts";
import {
  confine,
  copyDescriptions,
  copySeen,
  type SeenMarts,
  withSeenMarts,
} from "../models/seen-marts.ts";
import { OFFICE_ZONE } from "../vocabulary/date.ts";
import {
  type EngineSettings,
  openEngine,
  spillingInto,
  withConnection,
} from "../warehouse/connection.ts";
import { moveFile, sha256Of } from "../warehouse/files.ts";
import { lanesOf } from "../warehouse/lanes.ts";
import { uniqueName } from "../warehouse/random.ts";
import { attachMarts, shownMarts } from "../warehouse/shown-marts.ts";
import { quoteLiteral, quoteName } from "../warehouse/sql.ts";
import type { Download } from "./downloads.ts";
import {
  MACROS,
  makeTables,
  makeViews,
  readSources,
  type Source,
  tableIn,
} from "./source-queries.ts";
import type { Workspace } from "./workspace.ts";

/** What the pages say of a version's files, as a table beside the marts. */
export const FILES = `
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

/** One thread a query: rows that no query orders come in the same order each time. */
export const SETTINGS: EngineSettings = { threads: "1" };

/** How many queries run side by side. */
const LANES = Math.min(availableParallelism(), 4);

/** Databases: what queries read of the plans that are shown, the same of all plans, and their results. */
const SEEN = "seen";
const ALL = "all_plans";
export const TABLES = "tables";

/** What page tables are made from. */
export interface TableRequest {
  readonly workspace: Workspace;
  /** Path of marts.duckdb. */
  readonly marts: string;
  /** Files of the published versions, which the pages list. */
  readonly downloads: readonly Download[];
  /** Whose eyes the pages are for. */
  readonly audience: Audience;
}

/** Of which plans there are marts, and what each was built from. */
export interface MartsState {
  /** By plan a digest that two builds with other rows never share. */
  readonly builds: ReadonlyMap<string, string>;
}

/**
 * Reads which plans there are and of which build each is.
 * @throws Failure when the marts are missing
 */
export async function readMartsState(marts: string, audience: Audience): Promise<MartsState> {
  return await withConnection(async (connection) => {
    await attachMarts(connection, marts, "built");
    const from = await readBuiltFrom(connection, "built");
    if (from !== null) return { builds: new Map(Object.entries(from.builds)) };
    const rows = await connection.runAndReadAll(
      `select plan_id from built.${quoteName(audience)}.plan order by all`,
    );
    const build = sha256Of(await martsState(marts));
    return { builds: new Map(rows.getRows().map(([id]) => [String(id), build])) };
  });
}

/** What tells marts from those that take their place. */
export async function martsState(marts: string): Promise<string> {
  const file = shownMarts(marts);
  const found = file === null ? null : await stat(file, { bigint: true }).catch(() => null);
  return found === null ? "" : `${found.ino} ${found.size} ${found.mtimeNs}`;
}

/** An engine that holds the tables of some pages, and where their queries find them. */
export interface OpenTables {
  readonly instance: DuckDBInstance;
  /** Search path of the queries. */
  readonly path: string;
  close(): void;
}

/**
 * Makes the tables of a plan in memory, or of all plans: `sources/chitieu/plan.sql` is `chitieu.plan`.
 * The queries of `sources/` run on what an audience may see of the marts: `marts.plan` is there what
 * `shared.plan` or `city.plan` is in the marts, and neither they nor the queries of pages can reach more.
 * @param plan whose rows alone are shown, of several; null: all of them
 * @throws Failure when the marts are missing or a query fails, naming it
 */
export async function openPlanTables(
  request: TableRequest,
  plan: string | null,
): Promise<OpenTables> {
  return await opening(request, async (connection, lanes) => {
    await connection.run(`attach ':memory:' as ${SEEN}; attach ':memory:' as ${TABLES}`);
    await fillTables(connection, lanes, request, plan);
    return `${TABLES}.main`;
  });
}

/**
 * The same of all plans of an office that has several: views, but of queries over all plans, so that
 * nothing is computed that no page asks for. The marts stay open meanwhile, under a name that no query knows.
 */
export async function openOfficeTables(request: TableRequest): Promise<OpenTables> {
  return await opening(request, async (connection, lanes) => {
    const { marts, audience } = request;
    // a view looks for what it reads in its own database
    await connection.run(`attach ':memory:' as ${TABLES}`);
    const name = `marts_${uniqueName().replaceAll("-", "")}`;
    const read = async (seen: SeenMarts): Promise<void> => {
      await connection.run(`create schema ${TABLES}.marts`);
      for (const view of seen.views) {
        const from = [seen.database, audience, view.name].map(quoteName).join(".");
        await connection.run(`create view ${TABLES}.marts.${quoteName(view.name)} as from ${from}`);
      }
      await addBeside(connection, request, seen, TABLES, null);
    };
    await withSeenMarts(connection, marts, audience, read, { name, isKept: true });
    await confine(connection);
    const sources = await readSources(request.workspace);
    await preparePath(connection, lanes, sources, TABLES);
    const isOver = ({ isOverAll }: Source): boolean => isOverAll;
    await makeTables(lanesOf(lanes), sources.filter(isOver), TABLES);
    await makeViews(
      connection,
      sources.filter((source) => !isOver(source)),
      TABLES,
    );
    return `${TABLES}.main`;
  });
}

async function opening(
  { marts }: TableRequest,
  work: (connection: DuckDBConnection, lanes: readonly DuckDBConnection[]) => Promise<string>,
): Promise<OpenTables> {
  const folder = dirname(marts);
  const instance = await openEngine({ ...SETTINGS, ...spillingInto({ folder }) });
  const connections: DuckDBConnection[] = [];
  const connect = async (): Promise<DuckDBConnection> => {
    const connection = await instance.connect();
    connections.push(connection);
    await connection.run(`set TimeZone = ${quoteLiteral(OFFICE_ZONE)}`);
    return connection;
  };
  try {
    const lanes = await Promise.all(Array.from({ length: LANES }, connect));
    const [first] = lanes;
    if (first === undefined) throw new Error("no connection");
    return { instance, path: await work(first, lanes), close: () => instance.closeSync() };
  } catch (error) {
    instance.closeSync();
    throw error;
  } finally {
    for (const connection of connections) connection.closeSync();
  }
}

/** Fills `tables`, which is attached beside an empty `seen`, and removes what it was filled from. */
async function fillTables(
  connection: DuckDBConnection,
  lanes: readonly DuckDBConnection[],
  request: TableRequest,
  plan: string | null,
): Promise<void> {
  const { workspace, marts, audience } = request;
  const sources = await readSources(workspace);
  const overAll = sources.filter(({ isOverAll }) => isOverAll);
  const comparison = await readFile(join(workspace.reports, COMPARISON), "utf8");
  await withSeenMarts(connection, marts, audience, async (seen) => {
    const plans = plan === null ? {} : { plans: await plansRead(connection, seen, plan) };
    await copySeen(connection, seen, `${SEEN}.marts`, {
      lanes: lanesOf(lanes),
      choose: readBy([comparison, ...sources.map(({ sql }) => sql)]),
      ...plans,
    });
    await addBeside(connection, request, seen, SEEN, plan);
    if (plan === null) return;
    await connection.run(`attach ':memory:' as ${ALL}`);
    await copySeen(connection, seen, `${ALL}.marts`, {
      lanes: lanesOf(lanes),
      choose: readBy(overAll.map(({ sql }) => sql)),
    });
    await addBeside(connection, request, seen, ALL, null);
  });
  await confine(connection);
  if (plan === null) {
    await preparePath(connection, lanes, sources, SEEN);
    await makeTables(lanesOf(lanes), sources, TABLES);
  } else {
    await preparePath(connection, lanes, sources, ALL);
    await makeTables(lanesOf(lanes), overAll, TABLES);
    await preparePath(connection, lanes, sources, SEEN);
    await makeTables(
      lanesOf(lanes),
      sources.filter(({ isOverAll }) => !isOverAll),
      TABLES,
    );
    for (const source of sources) await leaveRowsOf(connection, source, plan);
  }
  for (const lane of lanes) await lane.run("use memory");
  await connection.run(`detach ${SEEN}`);
  if (plan !== null) await connection.run(`detach ${ALL}`);
}

/** Chooses the marts that queries name, as `marts.plan`. */
function readBy(queries: readonly string[]): (views: readonly string[]) => readonly string[] {
  const named = new Set(
    [...queries.join("\n").matchAll(/\bmarts\.(\w+)/g)].map(([, name]) => name),
  );
  return (views) => views.filter((name) => named.has(name));
}

/** A plan and those whose figures of the year before it is compared with. */
async function plansRead(
  connection: DuckDBConnection,
  { database, audience }: SeenMarts,
  plan: string,
): Promise<string[]> {
  const rows = await connection.runAndReadAll(
    `select distinct last_year_plan_id from ${database}.${audience}.last_year where plan_id = $plan`,
    { plan },
  );
  return [...new Set([plan, ...rows.getRows().map(([id]) => String(id))])];
}

/** What queries read beside the marts: descriptions, files of versions, and functions. */
async function addBeside(
  connection: DuckDBConnection,
  { workspace, downloads }: TableRequest,
  seen: SeenMarts,
  database: string,
  plan: string | null,
): Promise<void> {
  await copyDescriptions(connection, seen, `${database}.marts`);
  const files = downloads.filter(({ plan_id }) => plan === null || plan_id === plan);
  await connection.run(`create table ${database}.marts.report_file as ${FILES}`, {
    files: JSON.stringify(files),
  });
  await connection.run(`use ${database}`);
  for (const file of MACROS) {
    if (database === ALL && file === COMPARISON) continue;
    await connection.run(await readFile(join(workspace.reports, file), "utf8"));
  }
}

/** How periods are compared; it reads marts that only the queries of a plan need. */
const COMPARISON = "comparison.sql";

/** @returns the search path by which queries find marts and one another's results */
async function preparePath(
  connection: DuckDBConnection,
  lanes: readonly DuckDBConnection[],
  sources: readonly Source[],
  database: string,
): Promise<string> {
  const schemas = [...new Set(sources.map(({ schema }) => schema))];
  for (const schema of schemas) {
    await connection.run(`create schema if not exists ${TABLES}.${quoteName(schema)}`);
  }
  const path = [`${database}.main`, ...schemas.map((schema) => `${TABLES}.${schema}`)].join(",");
  for (const lane of lanes) await lane.run(`set search_path = ${quoteLiteral(path)}`);
  return path;
}

/** Of queries over all plans, a page of one plan has its own rows. */
async function leaveRowsOf(
  connection: DuckDBConnection,
  source: Source,
  plan: string,
): Promise<void> {
  const table = tableIn(TABLES, source);
  const { columnNames } = await describe(connection, table);
  if (!columnNames.includes("plan_id")) return;
  await connection.run(`delete from ${table} where plan_id is distinct from $plan`, { plan });
}

async function describe(
  connection: DuckDBConnection,
  table: string,
): Promise<{ readonly columnNames: readonly string[] }> {
  const reader = await connection.runAndReadAll(`from ${table} limit 0`);
  return { columnNames: reader.columnNames() };
}

/**
 * Makes the tables of all plans in a file, for whoever develops pages.
 * @param tables DuckDB file; when anything fails it stays as it was
 * @throws Failure when the marts are missing or a query fails, naming it
 */
export async function writeTables(request: TableRequest, tables: string): Promise<void> {
  await mkdir(dirname(tables), { recursive: true });
  const aside = `${tables}.new`;
  await rm(aside, { force: true });
  try {
    const opened = await opening(request, async (connection, lanes) => {
      await connection.run(
        `attach ':memory:' as ${SEEN}; attach ${quoteLiteral(aside)} as ${TABLES} (block_size 16384)`,
      );
      await fillTables(connection, lanes, request, null);
      await connection.run(`checkpoint ${TABLES}`);
      return "";
    });
    opened.close();
    await moveFile(aside, tables);
  } finally {
    await rm(aside, { force: true });
    await rm(`${aside}.wal`, { force: true });
  }
}
