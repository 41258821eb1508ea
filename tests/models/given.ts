import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, Json } from "@duckdb/node-api";
import { stringify } from "yaml";
import { LEDGER_TABLES } from "../../pipelines/ledger/tables.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { type Catalogue, readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { attach, selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";

/**
 * What the ledger is given, as a table of text: a head line `received unit period area` and one
 * column a measure, then a line a submission. `.` is a blank cell, `nil` a nil return of the cell,
 * `60 moved` a figure with a note, `-` no area. Lines with the same moment, unit and period are one submission.
 */
export type GivenTable = string;

export interface World {
  readonly plan: object;
  /** Lines of areas.csv without its head: area_id,code,name,kind,parent_id,valid_from,valid_to,source. */
  readonly areas: readonly string[];
  readonly successors?: readonly string[];
}

interface Given {
  readonly received: string;
  readonly unit: string;
  readonly period: string;
  readonly area: string;
  readonly values: readonly (readonly [measure: string, value: string])[];
}

export function parseTable(table: string): Record<string, string>[] {
  const [head = [], ...lines] = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s{2,}/));
  return lines.map((cells) => {
    if (cells.length !== head.length) throw new Error(`bad line: ${cells.join(" | ")}`);
    return Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ""]));
  });
}

function parseGiven(table: GivenTable): Given[] {
  return parseTable(table).map(
    ({ received = "", unit = "", period = "", area = "-", ...measures }) => ({
      received,
      unit,
      period,
      area,
      values: Object.entries(measures),
    }),
  );
}

/** Builds the marts of a world from given readings and hands a connection on them to `read`. */
export async function withMarts<T>(
  world: World,
  given: GivenTable,
  read: (connection: DuckDBConnection, paths: WarehousePaths) => Promise<T>,
  asOf = "2099-12-31",
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "chitieu-models-"));
  try {
    const catalogue = writeWorld(folder, world);
    const paths = warehousePaths(join(folder, "warehouse"));
    mkdirSync(paths.folder);
    await writeLedger(paths, catalogue, given);
    const { file } = await buildMarts({ paths, catalogue, asOf: parseMoment(asOf) });
    return await withConnection(async (connection) => {
      await attach(connection, file, "warehouse", { readOnly: true });
      await connection.run("use warehouse");
      return read(connection, paths);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function writeWorld(folder: string, world: World): Catalogue {
  mkdirSync(join(folder, "plans"), { recursive: true });
  mkdirSync(join(folder, "areas"), { recursive: true });
  writeFileSync(join(folder, "plans", "plan.yaml"), stringify(world.plan));
  writeFileSync(
    join(folder, "areas", "areas.csv"),
    ["area_id,code,name,kind,parent_id,valid_from,valid_to,source", ...world.areas, ""].join("\n"),
  );
  if (world.successors !== undefined) {
    writeFileSync(
      join(folder, "areas", "successors.csv"),
      ["area_id,successor_id,on,exact,source", ...world.successors, ""].join("\n"),
    );
  }
  return readCatalogue(folder);
}

export async function writeLedger(
  paths: WarehousePaths,
  catalogue: Catalogue,
  given: GivenTable,
): Promise<void> {
  const plan = catalogue.plans[0];
  if (plan === undefined) throw new Error("no plan");
  await withConnection(async (connection) => {
    await attach(connection, paths.ledger, "ledger");
    await connection.run("use ledger");
    await connection.run(LEDGER_TABLES);
    const numbers = new Map<string, number>();
    for (const { received, unit, period, area, values } of parseGiven(given)) {
      const key = `${received} ${unit} ${period}`;
      const found = plan.units.find(({ code }) => code === unit);
      if (found === undefined) throw new Error(`no unit ${unit}`);
      let number = numbers.get(key);
      if (number === undefined) {
        number = numbers.size + 1;
        numbers.set(key, number);
        await connection.run(
          `insert into receipt values ($number, 'sha', 'file.xlsx', 1, 'form', 'accepted',
             $at::timestamptz, $at::timestamptz, false, 'test', null, null);
           insert into submission values ($number, $number, $plan, 'sha', $unit, $period, false, null, $code)`
            .replaceAll("$number", String(number))
            .replaceAll("$at", `'${parseMoment(received).toISOString()}'`)
            .replaceAll("$plan", `'${plan.plan.id}'`)
            .replaceAll("$unit", `'${found.unit_id}'`)
            .replaceAll("$period", `'${period}'`)
            .replaceAll("$code", `'${unit}'`),
        );
      }
      const areaId =
        area === "-"
          ? (found.area?.area_id ?? null)
          : (plan.areas.find(({ code }) => code === area)?.area_id ?? null);
      for (const [measure, typed] of values) {
        if (typed === "") continue;
        const [value = "", note] = typed.split(" ");
        const state = value === "." ? "blank" : value === "nil" ? "nil" : "reported";
        await connection.run(
          `insert into reading values (${number}, '${measure}', ${areaId ?? "null"}, '${state}',
             ${state === "reported" ? `'${value}'::decimal(18, 4)` : "null"},
             ${note === undefined ? "null" : `'${note}'`}, null, null, null)`,
        );
      }
    }
  });
}

/** Rows with values as people write them: `12.5` for DECIMAL 12.5000, `null` as `-`. */
export async function readTable(
  connection: DuckDBConnection,
  sql: string,
): Promise<Record<string, string>[]> {
  const rows = await selectRows(connection, sql);
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])),
  );
}

function plain(value: Json): string {
  if (value === null) return "-";
  const text = String(value);
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}
