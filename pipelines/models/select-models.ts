import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { Failure } from "../vocabulary/failure.ts";
import { nearest } from "../vocabulary/nearest.ts";
import { attach, readValue, WholeNumber, withConnection } from "../warehouse/connection.ts";
import { quoteName } from "../warehouse/sql.ts";
import { type ModelRequest, queryModels } from "./build-marts.ts";
import { type ModelSet, type OrderedModel, orderModels, readModels } from "./model.ts";

/** A model that was built, and how many rows it has. */
export interface SelectedModel {
  /** `core.attainment`: also where it is in the file. */
  readonly id: string;
  readonly rows: number;
}

/** Models that can be selected: what an audience sees of a mart is no model of its own. */
const SELECTABLE = ["marts", "core", "staging", "checks", "report"] as const;

/**
 * Builds some models and what they need, and writes those alone into `selected.duckdb` of the warehouse,
 * as tables. The marts stay as they are.
 * @param selectors `attainment` or `core.attainment`; `+NAME` with all that it reads, `NAME+` with all
 * that reads it
 * @throws Failure (wrong usage) for a name that no model has
 */
export async function buildSelected(
  request: ModelRequest,
  selectors: readonly string[],
): Promise<{ readonly file: string; readonly models: readonly SelectedModel[] }> {
  const set = request.set ?? readModels();
  const chosen = await withConnection((connection) => choose(connection, set, selectors));
  const file = join(request.paths.folder, "selected.duckdb");
  const building = `${file}.building`;
  mkdirSync(request.paths.folder, { recursive: true });
  for (const one of [building, `${building}.wal`]) rmSync(one, { force: true });
  const models = await queryModels({
    ...request,
    set,
    models: chosen.flatMap(({ id, layer, reads }) => (layer === "checks" ? reads : [id])),
    read: async (connection) => {
      await attach(connection, building, "selected");
      const built: SelectedModel[] = [];
      for (const model of chosen) built.push(await write(connection, model));
      await connection.run("checkpoint selected; detach selected");
      return built;
    },
  });
  renameSync(building, file);
  return { file, models };
}

async function write(
  connection: DuckDBConnection,
  { id, layer, name, sql }: OrderedModel,
): Promise<SelectedModel> {
  const rows = layer === "checks" ? `(\n${sql}\n)` : `${layer}.${quoteName(name)}`;
  await connection.run(`create schema if not exists selected.${layer};
    create table selected.${layer}.${quoteName(name)} as from ${rows}`);
  const count = `select count(*) from selected.${layer}.${quoteName(name)}`;
  return { id, rows: await readValue(connection, WholeNumber, count) };
}

/** The models that selectors name, in the order in which they are built. */
async function choose(
  connection: DuckDBConnection,
  set: ModelSet,
  selectors: readonly string[],
): Promise<OrderedModel[]> {
  const ordered = (await orderModels(connection, set)).filter(({ layer }) =>
    SELECTABLE.some((one) => one === layer),
  );
  const chosen = new Set<string>();
  const add = (id: string, next: (id: string) => readonly string[]): void => {
    if (chosen.has(id)) return;
    chosen.add(id);
    for (const one of next(id)) add(one, next);
  };
  for (const selector of selectors.flatMap((one) => one.split(/[\s,]+/)).filter(Boolean)) {
    const [, before, name = "", after] = /^(\+?)(.*?)(\+?)$/.exec(selector) ?? [];
    const { id } = modelNamed(name, ordered);
    if (before) add(id, (one) => ordered.find((model) => model.id === one)?.reads ?? []);
    chosen.delete(id);
    if (after)
      add(id, (one) => ordered.filter(({ reads }) => reads.includes(one)).map((model) => model.id));
    chosen.add(id);
  }
  return ordered.filter(({ id }) => chosen.has(id));
}

function modelNamed(name: string, models: readonly OrderedModel[]): OrderedModel {
  for (const layer of SELECTABLE) {
    const found = models.find((one) => one.id === name || one.id === `${layer}.${name}`);
    if (found !== undefined) return found;
  }
  const meant = nearest(
    name,
    models.map((one) => (name.includes(".") ? one.id : one.name)),
  );
  throw new Failure(
    `Không có mô hình ${name}.${meant === null ? "" : ` Có phải ${meant}?`} Mô hình là một tệp trong models/, như core.attainment.`,
    { exitCode: 2 },
  );
}
