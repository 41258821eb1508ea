import { constants, copyFileSync, mkdirSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { restoreMoments } from "../ledger/corrected-moments.ts";
import { lastMoment, type NewEntry } from "../ledger/entry.ts";
import { attachLedgerForReading } from "../ledger/ledger.ts";
import { tryInLedger } from "../ledger/trial-ledger.ts";
import { type Catalogue, keepCheckedPlans, type ResolvedPlan } from "../sources/catalogue.ts";
import { loadTables, martTablesOf, PLAN_SPAN, type Tables } from "../sources/catalogue-tables.ts";
import { AUDIENCES } from "../vocabulary/audiences.ts";
import { officeTime } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import {
  attach,
  readRows,
  readValue,
  selectRows,
  spillingInto,
  WholeNumber,
  withConnection,
} from "../warehouse/connection.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { type Lanes, lanesOf } from "../warehouse/lanes.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import {
  attachMarts,
  beginBuild,
  keepBuild,
  showBuild,
  shownMarts,
} from "../warehouse/shown-marts.ts";
import { quoteLiteral, quoteName } from "../warehouse/sql.ts";
import { runSqlFile, sqlFileFailure } from "../warehouse/sql-file.ts";
import { refuseUnnamedColumns } from "./audience-rule.ts";
import {
  type BuiltFrom,
  builtFromNow,
  builtInPart,
  linkedPlans,
  newInputs,
  plansToCompute,
  readBuiltFrom,
  writeBuiltFrom,
} from "./built-from.ts";
import { builtColumns, describeTables, readDescriptions } from "./descriptions.ts";
import { loadLineage } from "./lineage.ts";
import { keepLayout, layOut, layoutKey } from "./marts-layout.ts";
import {
  audienceView,
  keptBy,
  type Model,
  type ModelSet,
  type OrderedModel,
  orderModels,
  RELEASE,
  readModels,
} from "./model.ts";
import { PlansAtFault, plansAtFault, type Violation } from "./plans-at-fault.ts";

/** The schemas that people read, and those of what views in them read. */
const READ_SCHEMAS = ["marts", ...AUDIENCES];

/** Name under which the file that marts are built into is attached. */
const BUILDING = "building";

/**
 * How the file of the marts is laid out. Texts are numbers of a list in it, as DuckDB writes them
 * since 1.3, which whoever opens the file needs; and its blocks are half as large as usual, since
 * most tables of an office fill none. Both together take an eighth off a build, and off a refresh.
 */
const LAYOUT = "storage_version 'v1.3.0', block_size 131072";

/** Name of a database in memory, for marts that do not become a file. */
const IN_MEMORY = "in_memory";

/** The schemas of what is seen of marts: a report is drawn up of those in memory alone. */
const viewersOf = (target: string) =>
  target === IN_MEMORY ? ([...AUDIENCES, RELEASE] as const) : AUDIENCES;

const schemasOf = (target: string) => ["raw", "core", "marts", ...viewersOf(target)];

/** Name under which a copy of the marts as they were is attached, to exchange what has changed. */
const KEPT = "kept";

/** What a build may hold in memory before it writes intermediate results to the warehouse folder. */
const MEMORY_LIMIT = "700MB";

/** How many models are built side by side. */
const LANES = Math.min(4, availableParallelism());

/**
 * With fewer readings than these a model is computed by one thread: the others would have next to nothing
 * to do, and handing it to them costs a quarter of a build.
 */
const MANY_READINGS = 100_000;

export interface BuildResult {
  /** How many plans were computed; the others had nothing new. */
  readonly plans: number;
  /** How many are no more, and were taken out. */
  readonly gone: number;
  /** Models built, checks not counted. */
  readonly models: number;
  readonly checks: number;
  /** Where other programs find the marts. */
  readonly file: string;
  /** Why they find those before there, where one of them has them open; else null. */
  readonly held: string | null;
  /** Of plans in which a check found something, what it is: they stay as they were. */
  readonly asTheyWere: readonly string[];
  /** The moment as of which the marts hold, in office time. */
  readonly asOf: string;
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
  /** The one report that is drawn up of those in models of reports; all when missing. */
  readonly drafted?: Readonly<Record<"planId" | "period", string>> & {
    /** The reason with which doubts that are open in it are confirmed by it; null: they stay open. */
    readonly confirmed: string | null;
  };
  readonly set?: ModelSet;
  /** Computes every plan, also those that nothing new is about. */
  readonly whole?: boolean;
  readonly onProgress?: (done: number, total: number, model: string) => void;
};

/**
 * Builds every model and runs every check and, when none finds a violation, swaps the marts: of the
 * plans that something new is about, since figures never cross plans but for those that are continued;
 * the others stay as they are, but that on a new day they count days anew. Of all where the models or
 * the areas are others, or it is asked for (`whole`). As of a past moment, into a file named after that
 * moment beside it. Readers of the old file keep what they see. A plan in which a check finds something
 * stays as it was, with those that continue it or that it continues; where all are made anew it is left
 * out.
 * @throws Failure when a model cannot be built, or no plan is left; the old file stays.
 */
export async function buildMarts(request: ModelRequest): Promise<BuildResult> {
  const atFault = new Map<string, readonly string[]>();
  for (;;) {
    try {
      const built = await buildAll(request, atFault);
      return { ...built, asTheyWere: [...atFault.values()].flat() };
    } catch (error) {
      if (!(error instanceof PlansAtFault) || !("catalogue" in request)) throw error;
      const { plans } = request.catalogue;
      const [size, linked] = [atFault.size, linkedPlans(error.plans.keys(), plans)];
      for (const id of linked) atFault.set(id, error.plans.get(id) ?? atFault.get(id) ?? []);
      if (atFault.size === size || plans.every(({ plan }) => atFault.has(plan.id))) throw error;
    }
  }
}

/** Plans that are left as they are. */
type LeftPlans = Pick<ReadonlySet<string>, "has" | "size" | "keys">;

async function buildAll(request: ModelRequest, atFault: LeftPlans): Promise<Shown> {
  const { isWhole, ...built } = await buildOnce(request, atFault);
  if (isWhole) return built;
  const aged = await buildOnce(request, atFault);
  return {
    ...built,
    plans: built.plans + aged.plans,
    models: built.models + aged.models,
    checks: built.checks + aged.checks,
    seconds: built.seconds + aged.seconds,
  };
}

/** What came of a build. */
type Shown = Omit<BuildResult, "asTheyWere">;

/** @returns `isWhole` false: there are plans of an earlier day, of which days are to be counted anew */
async function buildOnce(
  asked: ModelRequest,
  atFault: LeftPlans,
): Promise<Shown & { readonly isWhole: boolean }> {
  let request = asked;
  const started = performance.now();
  const set = request.set ?? readModels();
  mkdirSync(request.paths.folder, { recursive: true });
  const file = request.asOf === null ? request.paths.marts : pastMarts(request.paths, request.asOf);
  const counted = await withConnection(
    async (connection, connect) => {
      const building = await beginBuild(connection, file);
      if ("catalogue" in request) keepCheckedPlans(request.catalogue);
      const { asOf, now } = await attachInputs(connection, request);
      const fromNow = async (): Promise<BuiltFrom | null> =>
        "inputs" in request
          ? null
          : await builtFromNow(connection, {
              catalogue: request.catalogue,
              modelsSha256: set.sha256,
              asOf: now,
            });
      let from = await fromNow();
      const touched =
        from === null ? null : await touchedSince(connection, request, file, from, atFault);
      if (touched === null && atFault.size > 0) {
        request = withoutPlans(request, atFault);
        from = await fromNow();
      }
      if (touched?.plans.size !== 0) await letGoOfLedger(connection, request.paths);
      const done = { file, asOf: officeTime(asOf) };
      const build = { request, set, asOf, now, connection, connect };
      if (touched === null || from === null) {
        const built = await buildWhole(build, building, from);
        const held = heldReason(await showBuild(file, building), file);
        const plans = "inputs" in request ? 1 : request.catalogue.plans.length;
        return { ...done, ...built, held, plans, gone: 0, isWhole: true };
      }
      let built: Built = { models: 0, checks: 0 };
      let held: unknown;
      if (touched.plans.size === 0) held = await keepBuild(file);
      else {
        copyFileSync(shownMarts(file) ?? file, building, constants.COPYFILE_FICLONE);
        const partly = builtInPart(from, touched.before, touched.plans, atFault);
        built = await buildTouched(build, building, touched, partly);
        held = await showBuild(file, building);
      }
      const plans = [...touched.plans].filter((id) => Object.hasOwn(from.plans, id)).length;
      const gone = touched.plans.size - plans;
      const isWhole = !touched.areOthersAged;
      return { ...done, ...built, held: heldReason(held, file), plans, gone, isWhole };
    },
    { ...spillingInto(request.paths), memory_limit: MEMORY_LIMIT },
  );
  return { ...counted, seconds: (performance.now() - started) / 1000 };
}

/** The plans to be computed of marts that were made from `before`; null where they are made anew, of all. */
async function touchedSince(
  connection: DuckDBConnection,
  request: ModelRequest,
  file: string,
  now: BuiltFrom,
  atFault: LeftPlans,
): Promise<Touched | null> {
  if ("inputs" in request || request.whole === true || request.asOf !== null) return null;
  const before = await attachKept(connection, file);
  if (before === null) return null;
  try {
    const found = await plansToCompute(connection, KEPT, before, now, request.catalogue);
    if (found === null) return null;
    const [touched, aged] = [found.touched, found.aged].map(
      (ids) => new Set([...ids].filter((id) => !atFault.has(id))),
    ) as [Set<string>, Set<string>];
    if (touched.size === 0 && aged.size > 0) {
      return { plans: aged, before, isNew: null, areOthersAged: false };
    }
    const isNew = newInputs(before, now, touched);
    return { plans: touched, before, isNew, areOthersAged: aged.size > 0 };
  } finally {
    await connection.run(`detach ${KEPT}`);
  }
}

/** Attaches the marts that are shown, as KEPT. @returns what they were made from; null: nothing is attached */
async function attachKept(connection: DuckDBConnection, file: string): Promise<BuiltFrom | null> {
  if (shownMarts(file) === null) return null;
  try {
    await attachMarts(connection, file, KEPT);
  } catch (error) {
    // unreadable marts are made anew
    if (error instanceof Failure) throw error;
    return null;
  }
  const before = await readBuiltFrom(connection, KEPT);
  if (before === null) await connection.run(`detach ${KEPT}`);
  return before;
}

function withoutPlans(request: ModelRequest, left: LeftPlans): ModelRequest {
  if ("inputs" in request) return request;
  const plans = request.catalogue.plans.filter(({ plan }) => !left.has(plan.id));
  return { ...request, catalogue: { ...request.catalogue, plans } };
}

/** What a refresh computes. */
interface Touched {
  readonly plans: ReadonlySet<string>;
  readonly before: BuiltFrom;
  /**
   * Whether a table of sources or ledger may have other rows of these plans than before; null: none has,
   * and only days are counted anew.
   */
  readonly isNew: ((input: string) => boolean) | null;
  /** Whether other plans are of an earlier day. */
  readonly areOthersAged: boolean;
}

/** A mart that counts days. What else reads the day asks only whether a date has passed. */
const COUNTS_DAYS = /getvariable\('now'\)|office_today\(\)/;

/** Whether a model has other rows even where all that it reads has the same. */
function isChangedBy(isNew: Touched["isNew"]): (model: OrderedModel) => boolean {
  if (isNew !== null) return ({ inputs }) => inputs.some(isNew);
  return ({ layer, sql }) => layer === "marts" && COUNTS_DAYS.test(sql);
}

/** A build: its request and the database that computes it. */
interface Building {
  readonly request: ModelRequest;
  readonly set: ModelSet;
  readonly asOf: Date;
  /** By which days are counted and periods closed. */
  readonly now: Date;
  /** To a database in memory. */
  readonly connection: DuckDBConnection;
  /** Gives further connections to that database. */
  readonly connect: () => Promise<DuckDBConnection>;
}

/** How many models were built and checks run. */
type Built = Pick<BuildResult, "models" | "checks">;

async function buildWhole(
  building: Building,
  file: string,
  from: BuiltFrom | null,
): Promise<Built> {
  const { connection, request, set } = building;
  const { models, checks } = await modelsAndChecks(connection, set);
  const kept = keptBy(models);
  const descriptions = readDescriptions();
  await attach(connection, file, BUILDING, { layout: LAYOUT });
  const layout = {
    ...{ key: layoutKey(set, descriptions), database: BUILDING },
    ...{ options: LAYOUT, file: `${file}.empty` },
  };
  const isLaidOut = await layOut(connection, layout);
  const session = await prepare(building, BUILDING, kept, null, from?.plan_keys, isLaidOut);
  await loadLineage(connection, models, descriptions);
  await buildModels(session, { models, checks, onProgress: request.onProgress });
  if (!isLaidOut) refuseUnnamedColumns(models, await builtColumns(connection, BUILDING, "marts"));
  await runChecks(building, checks);
  if (!isLaidOut) {
    for (const schema of READ_SCHEMAS) {
      await describeTables(connection, BUILDING, schema, descriptions);
    }
    await keepLayout(connection, layout);
  }
  if (from !== null) await writeBuiltFrom(connection, BUILDING, from);
  await connection.run(`checkpoint ${BUILDING}; use memory; detach ${BUILDING}`);
  return { models: models.length, checks: checks.length };
}

/** Why marts.duckdb could not be brought up to date. */
function heldReason(error: unknown, file: string): string | null {
  if (error === null) return null;
  const failure = fileFailure(
    error,
    `Trang đã có số liệu mới, nhưng ${file} (bản cho chương trình khác đọc) chưa thay được; lần tính sau thay lại`,
  );
  return failure instanceof Error ? failure.message : String(failure);
}

/**
 * Computes what is new of the touched plans in memory, and exchanges it in a copy of the marts. What reads
 * nothing new is read from the copy, and stays there; so do views.
 */
async function buildTouched(
  building: Building,
  copy: string,
  touched: Touched,
  from: BuiltFrom,
): Promise<Built> {
  const { connection, request, set } = building;
  const all = await modelsAndChecks(connection, set);
  const kept = keptBy(all.models);
  const { built, standing } = chooseModels(all, kept, isChangedBy(touched.isNew));
  const models = built.filter(({ layer }) => layer !== "checks");
  const checks = built.filter(({ layer }) => layer === "checks");

  await attach(connection, copy, KEPT);
  await attach(connection, ":memory:", IN_MEMORY);
  const session = await prepare(building, IN_MEMORY, kept, touched.plans, from.plan_keys);
  const columns = await columnsIn(connection, KEPT);
  const planKeys = { ...touched.before.plan_keys, ...from.plan_keys };
  const where = (id: string): string | null =>
    rowsOfPlans(touched.plans, planKeys, columns.get(id) ?? []);
  for (const id of standing) {
    await connection.run(
      `create view ${IN_MEMORY}.${id} as from ${KEPT}.${id} where ${where(id) ?? "true"}`,
    );
  }
  await buildModels(session, { models, checks, onProgress: request.onProgress });
  await runChecks(building, checks);

  const exchanged = models
    .filter(({ id, layer, isView }) => !isView && (layer === "marts" || kept.has(id)))
    .map(({ id }) => id);
  if (touched.isNew?.("raw.plan"))
    exchanged.push(...[...kept].filter((id) => id.startsWith("raw.")));
  // all at once: each change by itself would be written down and waited for
  await connection.run("begin");
  for (const id of exchanged) {
    const ofPlans = where(id);
    if (ofPlans === null) continue;
    await connection.run(`delete from ${KEPT}.${id} where ${ofPlans};
      insert into ${KEPT}.${id} by name from ${IN_MEMORY}.${id}`);
  }
  await writeBuiltFrom(connection, KEPT, from);
  await connection.run(`commit; checkpoint ${KEPT}; use memory; detach ${KEPT}`);
  return { models: models.length, checks: checks.length };
}

/** Of the lineage nothing changes with what is received. */
const LINEAGE = "marts.lineage";

/**
 * The models and checks that a refresh computes, in their order, and the tables that it reads as they
 * are: what is changed or reads a table with new rows, by itself or through others, and what that needs.
 */
function chooseModels(
  { models, checks }: { readonly models: OrderedModel[]; readonly checks: OrderedModel[] },
  kept: ReadonlySet<string>,
  isChanged: (model: OrderedModel) => boolean,
): { readonly built: OrderedModel[]; readonly standing: ReadonlySet<string> } {
  const all = [...models, ...checks].filter(
    ({ layer, id }) => layer !== "audience" && id !== LINEAGE,
  );
  const byId = new Map(all.map((model) => [model.id, model]));
  const changed = changedModels(all, isChanged);
  const isInFile = ({ layer, id, isView }: OrderedModel): boolean =>
    !isView && (layer === "marts" || kept.has(id));
  const needed = new Set<string>();
  const standing = new Set<string>();
  const need = (model: OrderedModel): void => {
    if (needed.has(model.id)) return;
    needed.add(model.id);
    for (const one of model.reads.flatMap((id) => byId.get(id) ?? [])) {
      if (isInFile(one) && !changed.has(one.id)) standing.add(one.id);
      else need(one);
    }
  };
  for (const model of all) {
    if (changed.has(model.id) && (model.layer === "checks" || isInFile(model))) need(model);
  }
  return { built: all.filter(({ id }) => needed.has(id)), standing };
}

/** What is changed, by itself or through what it reads. */
function changedModels(
  ordered: readonly OrderedModel[],
  isChanged: (model: OrderedModel) => boolean,
): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const model of ordered) {
    if (isChanged(model) || model.reads.some((one) => changed.has(one))) changed.add(model.id);
  }
  return changed;
}

/** The models that count days: of a plan that nothing new is about a refresh computes these anew. */
export async function modelsOfTheDay(connection: DuckDBConnection): Promise<ReadonlySet<string>> {
  const { models } = await modelsAndChecks(connection, readModels());
  return changedModels(models, isChangedBy(null));
}

/** By table, `core.attainment`, the columns of what is attached under a name. */
export async function columnsIn(
  connection: DuckDBConnection,
  database: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await readRows(
    connection,
    z.object({ id: z.string(), columns: z.array(z.string()) }),
    `select schema_name || '.' || table_name as id, list(column_name order by column_index) as columns
    from duckdb_columns() where database_name = $database group by id`,
    { database },
  );
  return new Map(rows.map(({ id, columns }) => [id, columns]));
}

/** Keys by which the rows of a table are a plan's, where neither its id nor its key is among them. */
const KEYS_OF_PLAN = ["indicator_key", "measure_key", "period_key", "unit_key", "guard_group"];

/** A condition for the rows of some plans in a table with these columns; null where no row is a plan's. */
function rowsOfPlans(
  plans: ReadonlySet<string>,
  planKeys: Readonly<Record<string, number>>,
  columns: readonly string[],
): string | null {
  const plan = planOfRow(columns);
  if (plan === null) return null;
  const ids = [...plans].map(quoteLiteral).join(", ");
  const keys = [...plans].flatMap((id) => planKeys[id] ?? []).join(", ");
  return `${plan} in (${plan === "plan_id" ? ids : keys})`;
}

/** The plan of a row in a table with these columns, in SQL: its id or its key; null where it has none. */
export function planOfRow(columns: readonly string[]): string | null {
  const own = ["plan_id", "plan_key"].find((name) => columns.includes(name));
  if (own !== undefined) return own;
  const key = KEYS_OF_PLAN.find((name) => columns.includes(name));
  return key === undefined ? null : `${key} // ${PLAN_SPAN}`;
}

async function modelsAndChecks(
  connection: DuckDBConnection,
  set: ModelSet,
): Promise<{ readonly models: OrderedModel[]; readonly checks: OrderedModel[] }> {
  const wanted = set.models.filter(({ layer }) => layer !== "report").map(({ id }) => id);
  const ordered = await orderModels(connection, set, wanted);
  return {
    models: ordered.filter(({ layer }) => layer !== "checks"),
    checks: ordered.filter(({ layer }) => layer === "checks"),
  };
}

/** `marts-2024-07-01T12-00-00.duckdb` for a moment, in office time. */
function pastMarts(paths: WarehousePaths, asOf: Date): string {
  const moment = officeTime(asOf).replace(" ", "T").replaceAll(":", "-");
  return join(paths.folder, `marts-${moment}.duckdb`);
}

/**
 * Builds only the named models and what they read, in memory, and hands the connection to
 * `read`. Nothing is written.
 * @param request with `trial` of one plan and those it continues alone, as if something had come in
 */
export async function queryModels<T>(request: ModelQuery<T>): Promise<T> {
  return withConnection(async (connection, connect) => {
    const set = request.set ?? readModels();
    const times = await attachInputs(connection, request);
    return queryAttached({ request, set, ...times, connection, connect }, request);
  }, spillingInto(request.paths));
}

/** Models that are asked for, and what is done with them. */
type ModelQuery<T> = ModelRequest & {
  readonly models: readonly string[];
  readonly trial?: { readonly plans: readonly ResolvedPlan[]; readonly rows: NewEntry };
  readonly read: (connection: DuckDBConnection) => Promise<T>;
};

async function queryAttached<T>(building: Building, query: ModelQuery<T>): Promise<T> {
  const { connection, set } = building;
  await attach(connection, ":memory:", IN_MEMORY);
  const { trial } = query;
  const plans = trial?.plans.map(({ plan }) => plan.id);
  if (trial && plans) await tryInLedger(connection, plans, trial.rows);
  const models = await orderModels(connection, set, query.models);
  const only = plans === undefined ? null : new Set(plans);
  const session = await prepare(building, IN_MEMORY, keptBy(models), only);
  const { onProgress } = query;
  await buildModels(session, { models, checks: [], wanted: query.models, onProgress });
  return query.read(connection);
}

/** Name of a database of views: the rows of the marts that are shown, and in their place those that are new. */
const STANDING = "standing";

/**
 * Hands marts as they are by the ledger now to `read`: plans that nothing new is about are read from the
 * marts that are shown, and the others are built in memory. The same rows as `queryModels`, but for a
 * plan that is only of an earlier day: what counts days in it is of that day.
 * @param request `models` are marts
 */
export async function queryMarts<T>(
  request: ModelQuery<T> & {
    readonly catalogue: Catalogue;
    /** Called when the ledger is held no longer, where it was copied before models are built. */
    readonly onLedgerFree?: (() => void) | undefined;
  },
): Promise<T> {
  const { catalogue, whole, paths, models: wanted, onLedgerFree } = request;
  if (whole === true) return queryModels(request);
  const set = request.set ?? readModels();
  return withConnection(async (connection, connect) => {
    const times = await attachInputs(connection, request);
    const building = { request, set, ...times, connection, connect };
    const before = await attachKept(connection, paths.marts);
    if (before === null) return queryAttached(building, request);
    const given = { catalogue, modelsSha256: set.sha256, asOf: times.now };
    const now = await builtFromNow(connection, given);
    const found = await plansToCompute(connection, KEPT, before, now, catalogue);
    if (found === null) return queryAttached(building, request);

    const { touched } = found;
    const isCopied = onLedgerFree && touched.size > 0 && (await letGoOfLedger(connection, paths));
    if (isCopied) onLedgerFree();
    const from = builtInPart(now, before, touched, new Set());
    const models = await orderModels(connection, set, wanted);
    const { tables, views } = inMartsFile(models, wanted);
    await attach(connection, ":memory:", IN_MEMORY);
    const kept = new Set([...tables].filter((id) => !id.startsWith("marts.")));
    const session = await prepare(building, IN_MEMORY, kept, touched, from.plan_keys);
    if (touched.size > 0) {
      const { onProgress } = request;
      await buildModels(session, { models, checks: [], wanted: [...tables], onProgress });
    }
    await attach(connection, ":memory:", STANDING);
    const columns = await columnsIn(connection, KEPT);
    const keys = { ...before.plan_keys, ...from.plan_keys };
    await connection.run(
      ["raw", "core", "marts"].map((one) => `create schema ${STANDING}.${one};`).join(" "),
    );
    for (const id of tables) {
      const ofTouched = rowsOfPlans(touched, keys, columns.get(id) ?? []);
      const isOther = touched.size > 0 && ofTouched !== null;
      await connection.run(
        `create view ${STANDING}.${id} as from ${KEPT}.${id}
        ${isOther ? `where (${ofTouched}) is not true union all by name from ${IN_MEMORY}.${id}` : ""}`,
      );
    }
    await connection.run(
      `set search_path = '${STANDING}.marts,${STANDING}.core,${STANDING}.raw,memory.main'`,
    );
    for (const { layer, name, sql } of models.filter(({ id }) => views.has(id))) {
      await connection.run(`create view ${STANDING}.${layer}.${quoteName(name)} as\n${sql}`);
    }
    return request.read(connection);
  }, spillingInto(paths));
}

/** What of the marts' file marts are or are views of: its tables, and the views themselves. */
function inMartsFile(
  models: readonly OrderedModel[],
  wanted: readonly string[],
): { readonly tables: ReadonlySet<string>; readonly views: ReadonlySet<string> } {
  const byId = new Map(models.map((model) => [model.id, model]));
  const [tables, views] = [new Set<string>(), new Set<string>()];
  const take = (id: string): void => {
    const model = byId.get(id);
    if (model?.isView === true) {
      views.add(id);
      for (const one of [...model.reads, ...model.inputs]) take(one);
    } else tables.add(id);
  };
  wanted.forEach(take);
  return { tables, views };
}

/**
 * Attaches the ledger. @returns the moment as of which models hold: the one asked for, else now or,
 * should the clock have been put back, the last thing recorded; and the one by which days are counted
 * and periods closed, which is never pushed forward.
 */
async function attachInputs(
  connection: DuckDBConnection,
  { paths, asOf, beforePublication }: ModelRequest,
): Promise<{ readonly asOf: Date; readonly now: Date }> {
  await attachLedgerForReading(connection, paths);
  if (beforePublication != null) await restoreMoments(connection, beforePublication);
  // The moment is taken here, after any wait for an intake, so that its files are counted.
  const now = asOf ?? new Date();
  return { now, asOf: asOf ?? new Date(Math.max(now.getTime(), await lastMoment(connection))) };
}

/** A larger ledger is read where it lies, while files wait: to copy it would take as long. */
const COPIED_LEDGER_BYTES = 32 * 1024 * 1024;

/**
 * Copies the attached ledger into memory and lets go of its file, so that files come in while models are
 * built: a build takes as long as ten of them.
 * @returns whether it did
 */
async function letGoOfLedger(
  connection: DuckDBConnection,
  { ledger }: WarehousePaths,
): Promise<boolean> {
  if ((statSync(ledger, { throwIfNoEntry: false })?.size ?? 0) > COPIED_LEDGER_BYTES) return false;
  await connection.run(`attach ':memory:' as ledger_read; copy from database ledger to ledger_read;
    detach ledger; alter database ledger_read set alias to ledger`);
  return true;
}

/** Where models are built. */
interface Session {
  /** Connections that know the moment, the plans and where to look for tables. */
  readonly lanes: Lanes;
  /** The database that marts come into. */
  readonly target: string;
  /** What is kept beside them, see `keptBy`. */
  readonly kept: ReadonlySet<string>;
  /** Whether the target has its tables, empty, and its views: see `layOut`. */
  readonly isLaidOut: boolean;
  /** Whether what was read needs no room: to drop a small table costs as much as to fill it. */
  readonly isSmall: boolean;
}

/**
 * Brings in the catalogue, of the named plans and what they go with or of all, and the functions.
 * @param target the database that marts come into
 * @param planKeys keys that plans have in marts already
 */
async function prepare(
  { request, set, asOf, now, connection, connect }: Building,
  target: string,
  kept: ReadonlySet<string>,
  plans: ReadonlySet<string> | null = null,
  planKeys: Readonly<Record<string, number>> = {},
  isLaidOut = false,
): Promise<Session> {
  await loadTables(
    connection,
    "inputs" in request
      ? request.inputs
      : martTablesOf(
          {
            ...request.catalogue,
            plans: request.catalogue.plans.filter(({ plan }) => plans?.has(plan.id) ?? true),
          },
          new Map(Object.entries(planKeys)),
        ),
  );
  const readings = await readValue(
    connection,
    WholeNumber,
    "select count(*) from ledger.main.reading",
  );
  const isSmall = readings < MANY_READINGS;
  if (isSmall) await connection.run("set threads = 1");
  // else most would be written and read again
  if (readings > 10 * MANY_READINGS) await connection.run("set memory_limit = '1400MB'");
  await connection.run(`create schema memory.staging; create schema memory.core;
    create schema memory.report;
    ${schemasOf(target)
      .map((schema) => `create schema if not exists ${target}.${schema};`)
      .join(" ")}`);
  // in memory what is there already will do
  const kind = target === IN_MEMORY ? "view" : "table";
  for (const id of kept) {
    if (!id.startsWith("raw.")) continue;
    const into = isLaidOut ? `insert into ${target}.${id}` : `create ${kind} ${target}.${id} as`;
    await connection.run(`${into} from memory.${id}`);
  }
  const listOf = (texts: readonly string[] | null): string =>
    `${texts === null ? "null" : `[${texts.map(quoteLiteral).join(", ")}]`}::varchar[]`;
  const { drafted = null } = request;
  const lanes = [connection];
  while (lanes.length < LANES) lanes.push(await connect());
  for (const lane of lanes) {
    await lane.run(`set search_path =
        '${target}.marts,${target}.core,memory.main,memory.raw,memory.staging,memory.core,memory.report';
      set variable as_of = ${quoteLiteral(asOf.toISOString())}::timestamptz;
      set variable now = ${quoteLiteral(now.toISOString())}::timestamptz;
      set variable publication_no = ${request.beforePublication ?? "null"}::bigint;
      set variable plans = ${listOf(plans && [...plans])};
      set variable drafted = ${listOf(drafted && [drafted.planId, drafted.period])};
      set variable confirmed = ${drafted?.confirmed == null ? "null" : quoteLiteral(drafted.confirmed)}::varchar`);
    await runSqlFile(lane, set.functions.file, set.functions.sql);
  }
  return { lanes: lanesOf(lanes), target, kept, isLaidOut, isSmall };
}

/**
 * Builds models, each after those that it reads: staging as views and core as tables in memory (but
 * for what is marked as a view there), marts and what each audience sees of them, as views, in the
 * target. Several side by side, since planning a model, most of what a small plan costs, keeps one core
 * busy. A large core table is dropped when nothing that is still to come reads it.
 * @throws Failure of the model that failed, the first of them in the given order
 */
async function buildModels(
  session: Session,
  {
    models,
    checks,
    wanted = [],
    onProgress,
  }: {
    readonly models: readonly OrderedModel[];
    readonly checks: readonly OrderedModel[];
    /** Models that are read when all are built. */
    readonly wanted?: readonly string[];
    readonly onProgress: ModelRequest["onProgress"];
  },
): Promise<void> {
  const { lanes, kept, isSmall } = session;
  const byId = new Map(models.map((model) => [model.id, model]));
  /** What a model reads, by itself and through the views that it reads. */
  const tablesOf = ({ reads }: OrderedModel): string[] =>
    reads.flatMap((reference) => {
      const model = byId.get(reference);
      return model?.isView === true ? tablesOf(model) : [reference];
    });
  const readers = new Map<string, number>();
  const last = wanted.flatMap((id) => {
    const model = byId.get(id);
    return model?.isView === true ? tablesOf(model) : [id];
  });
  for (const reference of [...[...models, ...checks].flatMap(tablesOf), ...last]) {
    readers.set(reference, (readers.get(reference) ?? 0) + 1);
  }
  let done = 0;
  let isFailed = false;
  const build = async (connection: DuckDBConnection, model: OrderedModel): Promise<void> => {
    if (isFailed) return;
    const { without } = model;
    const asked = `select not exists(from ${without})`;
    const isEmpty = without !== null && (await readValue(connection, z.boolean(), asked));
    for (const statement of statementsOf(model, session, isEmpty)) {
      await runSqlFile(connection, model.file, statement);
    }
    if (without !== null && !COLUMNS.has(model.sql)) {
      COLUMNS.set(model.sql, await columnsOf(connection, model.id));
    }
    for (const reference of isSmall ? [] : tablesOf(model)) {
      const left = (readers.get(reference) ?? 0) - 1;
      readers.set(reference, left);
      if (
        left === 0 &&
        reference.startsWith("core.") &&
        byId.has(reference) &&
        !kept.has(reference)
      ) {
        await connection.run(`drop table memory.${reference}`);
      }
    }
    done += 1;
    onProgress?.(done, models.length, model.id);
  };
  const built = new Map<string, Promise<void>>();
  for (const model of models) {
    const before = Promise.all(model.reads.map((reference) => built.get(reference)));
    built.set(
      model.id,
      before
        .then(() => lanes.use((connection) => build(connection, model)))
        .catch((error: unknown) => {
          isFailed = true;
          throw error;
        }),
    );
  }
  const [failure] = (await Promise.allSettled(built.values())).filter(
    ({ status }) => status === "rejected",
  );
  if (failure?.status === "rejected") throw failure.reason;
}

/** The columns of models that may be empty, by their text, as this process has made them before. */
const COLUMNS = new Map<string, string>();

async function columnsOf(connection: DuckDBConnection, id: string): Promise<string> {
  const described = await readRows(
    connection,
    z.object({ column_name: z.string(), column_type: z.string() }),
    `describe ${id}`,
  );
  return described.map((one) => `${quoteName(one.column_name)} ${one.column_type}`).join(", ");
}

/** @param isEmpty it is known to have no row */
function statementsOf(
  { id, layer, name, sql, isView }: Model,
  { target, kept, isLaidOut }: Session,
  isEmpty: boolean,
): string[] {
  const table = quoteName(name);
  const isInTarget = ["marts", "audience"].includes(layer) || kept.has(id);
  if (isLaidOut && isInTarget) {
    return isView || isEmpty ? [] : [`insert into ${target}.${layer}.${table}\n${sql}`];
  }
  if (layer === "audience") {
    return viewersOf(target).map(
      (audience) => `create view ${target}.${audience}.${table} as\n${audienceView(audience, sql)}`,
    );
  }
  const kind = layer === "staging" || isView ? "view" : "table";
  const database = isInTarget ? target : "memory";
  const columns = isEmpty ? COLUMNS.get(sql) : undefined;
  if (columns !== undefined) return [`create table ${database}.${layer}.${table} (${columns})`];
  return [`create ${kind} ${database}.${layer}.${table} as\n${sql}`];
}

/** @throws PlansAtFault where a check finds something */
async function runChecks(
  { connection, request }: Building,
  checks: readonly OrderedModel[],
): Promise<void> {
  const found: Violation[] = [];
  for (const { name, file, sql } of checks) {
    try {
      const rows = await selectRows(connection, sql);
      found.push(...rows.map((row) => ({ check: name, row })));
    } catch (error) {
      throw sqlFileFailure(file, error);
    }
  }
  if (found.length > 0) throw plansAtFault(found, request.paths.folder);
}
