import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { attachLedgerForReading } from "../ledger/read-only.ts";
import type { Catalogue } from "../sources/catalogue.ts";
import { loadTables, martTablesOf, type Tables } from "../sources/catalogue-tables.ts";
import { officeTime } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import {
  attach,
  readRow,
  selectRows,
  WholeNumber,
  withConnection,
} from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { quoteLiteral, quoteName } from "../warehouse/sql.ts";
import { runSqlFile, sqlFileFailure } from "../warehouse/sql-file.ts";
import { describeTables, readDescriptions } from "./descriptions.ts";
import { loadLineage } from "./lineage.ts";
import {
  AUDIENCES,
  audienceView,
  type Layer,
  type ModelSet,
  type OrderedModel,
  orderModels,
  readModels,
} from "./model.ts";

/** The schemas of the database that is built. */
const SCHEMAS = ["marts", ...AUDIENCES];

/** Name under which the database that models are built into is attached. */
const TARGET = "warehouse";

/** What DuckDB may hold in memory before it writes intermediate results to the warehouse folder. */
const MEMORY_LIMIT = "1400MB";

/** Violations that a message shows of each failed check. */
const VIOLATIONS_SHOWN = 5;

export interface BuildResult {
  /** Models built, checks not counted. */
  readonly models: number;
  readonly checks: number;
  /** Where the marts are. */
  readonly file: string;
  /** The moment as of which the marts hold, in office time. */
  readonly asOf: string;
  readonly modelsSha256: string;
  readonly seconds: number;
}

/** What plans and areas are: as the source files have them, or as they were kept. */
export type ModelSource = { readonly catalogue: Catalogue } | { readonly inputs: Tables };

export type ModelRequest = ModelSource & {
  readonly paths: WarehousePaths;
  /** What was known at this moment; now when null. */
  readonly asOf: Date | null;
  /** Only versions with a lower number count as published; null: those published by the moment. */
  readonly beforePublication?: string | null;
  readonly set?: ModelSet;
  readonly onProgress?: (done: number, total: number, model: string) => void;
};

/**
 * Builds every model into a new file, runs every check on it and, when none finds a violation,
 * renames it over `marts.duckdb`, or, as of a past moment, to a file named after that moment beside
 * it. Readers of the old file keep what they see.
 * @throws Failure when a model cannot be built or a check finds violations; the old file stays.
 */
export async function buildMarts(request: ModelRequest): Promise<BuildResult> {
  const started = performance.now();
  const set = request.set ?? readModels();
  mkdirSync(request.paths.folder, { recursive: true });
  const file = request.asOf === null ? request.paths.marts : pastMarts(request.paths, request.asOf);
  const building = `${file}.building`;
  return withConnection(
    async (connection) => {
      await attachBuilding(connection, building);
      const asOf = await prepare(connection, request, set);
      const wanted = set.models.filter(({ layer }) => layer !== "report").map(({ id }) => id);
      const ordered = await orderModels(connection, set, wanted);
      const models = ordered.filter(({ layer }) => layer !== "checks");
      const checks = ordered.filter(({ layer }) => layer === "checks");
      const descriptions = readDescriptions();
      await loadLineage(connection, models, descriptions);
      await buildModels(connection, models, checks, request.onProgress);
      await runChecks(connection, checks);
      for (const schema of SCHEMAS) {
        await describeTables(connection, TARGET, schema, descriptions);
      }
      await connection.run(`checkpoint ${TARGET}`);
      sync(building);
      // Renamed before it is let go, so that no waiting build can open it under its old name.
      renameSync(building, file);
      sync(dirname(file));
      await connection.run(`use memory; detach ${TARGET}`);
      return {
        models: models.length,
        checks: checks.length,
        file,
        asOf: officeTime(asOf),
        modelsSha256: set.sha256,
        seconds: (performance.now() - started) / 1000,
      };
    },
    { memory_limit: MEMORY_LIMIT, temp_directory: join(request.paths.folder, "spill") },
  );
}

/** `marts-2024-07-01T12-00-00.duckdb` for a moment, in office time. */
function pastMarts(paths: WarehousePaths, asOf: Date): string {
  const moment = officeTime(asOf).replace(" ", "T").replaceAll(":", "-");
  return join(paths.folder, `marts-${moment}.duckdb`);
}

/**
 * Attaches the file that is built into. Its lock makes a second build wait. What a dead build left
 * in it is dropped, and a file that it left unreadable is made anew.
 */
async function attachBuilding(connection: DuckDBConnection, building: string): Promise<void> {
  try {
    await attach(connection, building, TARGET);
  } catch (error) {
    if (error instanceof Failure || !existsSync(building)) throw error;
    rmSync(building);
    rmSync(`${building}.wal`, { force: true });
    await attach(connection, building, TARGET);
  }
  for (const schema of SCHEMAS) {
    await connection.run(`drop schema if exists ${TARGET}.${schema} cascade`);
  }
}

/**
 * Builds only the named models and what they stand on, in memory, and hands the connection to
 * `read`. Nothing is written.
 */
export async function queryModels<T>(
  request: ModelRequest & {
    readonly models: readonly string[];
    readonly read: (connection: DuckDBConnection) => Promise<T>;
  },
): Promise<T> {
  const set = request.set ?? readModels();
  return withConnection(async (connection) => {
    await attach(connection, ":memory:", TARGET);
    await prepare(connection, request, set);
    const ordered = await orderModels(connection, set, request.models);
    await buildModels(connection, ordered, [], request.onProgress);
    return request.read(connection);
  });
}

/**
 * Brings in the ledger, the catalogue and the functions. @returns the moment as of which models hold:
 * the one asked for, else now or, should the clock have been put back, the last thing recorded.
 */
async function prepare(
  connection: DuckDBConnection,
  request: ModelRequest,
  set: ModelSet,
): Promise<Date> {
  await attachLedgerForReading(connection, request.paths);
  await loadTables(
    connection,
    "inputs" in request ? request.inputs : martTablesOf(request.catalogue),
  );
  await connection.run(`create schema memory.staging; create schema memory.core;
    create schema memory.report;
    ${SCHEMAS.map((schema) => `create schema ${TARGET}.${schema};`).join(" ")}
    set search_path =
      '${TARGET}.marts,memory.main,memory.raw,memory.staging,memory.core,memory.report'`);
  // The moment is taken here, after any wait for an intake, so that its files are counted.
  const asOf = request.asOf ?? new Date(Math.max(Date.now(), await lastRecorded(connection)));
  await connection.run(`set variable as_of = ${quoteLiteral(asOf.toISOString())}::timestamptz`);
  await connection.run(
    `set variable publication_no = ${request.beforePublication ?? "null"}::bigint`,
  );
  await runSqlFile(connection, set.functions.file, set.functions.sql);
  return asOf;
}

async function lastRecorded(connection: DuckDBConnection): Promise<number> {
  const { moment } = await readRow(
    connection,
    z.object({ moment: WholeNumber }),
    `select coalesce(ceil(epoch_ms(max(recorded_at))), 0)::bigint as moment
    from (
        select recorded_at from ledger.main.receipt
        union all
        select recorded_at from ledger.main.acknowledgement
        union all
        select recorded_at from ledger.main.publication
    )`,
  );
  return moment;
}

/**
 * Builds models in their order: staging as views and core as tables in memory, marts and what each
 * audience sees of them, as views, in the target. A core table is dropped when nothing that is still to come reads it.
 */
async function buildModels(
  connection: DuckDBConnection,
  models: readonly OrderedModel[],
  checks: readonly OrderedModel[],
  onProgress: ModelRequest["onProgress"],
): Promise<void> {
  const lastReader = new Map<string, string>();
  for (const { id, reads } of [...models, ...checks]) {
    for (const reference of reads) lastReader.set(reference, id);
  }
  for (const [index, { id, layer, name, file, sql, reads }] of models.entries()) {
    for (const statement of statementsOf(layer, quoteName(name), sql)) {
      await runSqlFile(connection, file, statement);
    }
    for (const reference of reads) {
      if (reference.startsWith("core.") && lastReader.get(reference) === id) {
        await connection.run(`drop table memory.${reference}`);
      }
    }
    onProgress?.(index + 1, models.length, id);
  }
}

function statementsOf(layer: Layer, name: string, sql: string): string[] {
  if (layer === "audience") {
    return AUDIENCES.map(
      (audience) => `create view ${TARGET}.${audience}.${name} as\n${audienceView(audience, sql)}`,
    );
  }
  const kind = layer === "staging" ? "view" : "table";
  const database = layer === "marts" ? TARGET : "memory";
  return [`create ${kind} ${database}.${layer}.${name} as\n${sql}`];
}

async function runChecks(
  connection: DuckDBConnection,
  checks: readonly OrderedModel[],
): Promise<void> {
  const failed: string[] = [];
  for (const { name, file, sql } of checks) {
    try {
      const violations = await selectRows(connection, sql);
      if (violations.length === 0) continue;
      const shown = violations
        .slice(0, VIOLATIONS_SHOWN)
        .map((row) => `    ${JSON.stringify(row)}`);
      const more = violations.length - shown.length;
      failed.push(
        [
          `  ${name}: ${violations.length} violation(s), see ${file}`,
          ...shown,
          ...(more > 0 ? [`    and ${more} more`] : []),
        ].join("\n"),
      );
    } catch (error) {
      throw sqlFileFailure(file, error);
    }
  }
  if (failed.length > 0) {
    throw new Failure(
      `The models were built but their checks failed, so the marts stay as they were:\n${failed.join("\n")}`,
    );
  }
}

function sync(path: string): void {
  if (!existsSync(path)) return;
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
