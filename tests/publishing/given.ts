import { cpSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "@duckdb/node-api";
import { expect } from "vitest";
import type { PublishedReport, Reader } from "../../pipelines/contract/report.ts";
import type { Format } from "../../pipelines/exports/format.ts";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { withLedger } from "../../pipelines/ledger/ledger.ts";
import { queryModels } from "../../pipelines/models/build-marts.ts";
import type { ModelSet } from "../../pipelines/models/model.ts";
import {
  type Drawn,
  type Preview,
  type PublishedVersion,
  type PublishRequest,
  previewReport,
  publishReport,
  type VersionPages,
} from "../../pipelines/publishing/publish.ts";
import type { PublishingChoice } from "../../pipelines/publishing/publish-blockers.ts";
import { readPublishedReport } from "../../pipelines/publishing/published-reports.ts";
import type { SealKey } from "../../pipelines/publishing/seal-key.ts";
import { type Verification, verifyReports } from "../../pipelines/publishing/verify.ts";
import {
  areasIn,
  type Catalogue,
  measuresOwedBy,
  type ResolvedPlan,
} from "../../pipelines/sources/catalogue.ts";
import { parseMoment } from "../../pipelines/vocabulary/date.ts";
import { selectRows } from "../../pipelines/warehouse/connection.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { newFolder } from "../folders.ts";
import { smallPlan } from "../models/small-plan.ts";
import { parseTable, type TextRow, textRow } from "../models/text-table.ts";
import { type World, writeSources, writeWorld } from "../models/world.ts";

/** What a unit reports, and when; of figures see `Office.send`. */
export type SentReport = readonly [moment: string, unit: string, period: string, figures: string];

/** An office with a plan and an empty warehouse, which takes in reports and publishes. */
export interface Office {
  readonly folder: string;
  readonly paths: WarehousePaths;
  readonly catalogue: Catalogue;
  readonly plan: ResolvedPlan;
  /** Of the files of its versions. */
  readonly formats: readonly Format[];
  /**
   * A unit's report comes in and is recorded at once.
   * @param figures `measure value` or `measure area value`, one a line
   */
  send(...report: SentReport): Promise<void>;
  /** Reports come in one after another, in one opening of the ledger. */
  sendAll(reports: readonly SentReport[]): Promise<void>;
  publish(
    moment: string,
    period: string,
    choice?: Partial<PublishingChoice> & {
      readonly asOf?: string;
      readonly set?: ModelSet;
      readonly sealKey?: SealKey;
      readonly pageOf?: VersionPages;
      readonly drawn?: Drawn;
      readonly seen?: string;
      readonly formats?: readonly Format[];
    },
  ): Promise<PublishedVersion>;
  /** What publishing would come to; nothing is written. */
  preview(moment: string, period: string, choice?: Partial<PublishingChoice>): Promise<Preview>;
  read(period: string, version?: number, audience?: Reader): Promise<PublishedReport>;
  /** Runs SQL on the ledger behind the program's back. */
  tamper(sql: string): Promise<void>;
  /** What is wrong with its versions. @param isDerived they are derived again, too */
  verify(isDerived?: boolean): Promise<Verification>;
  /** Rows of a query on what a model has of all that came until a moment. */
  ask(moment: string | null, model: string, sql: string): Promise<Record<string, Json>[]>;
}

/** The row of the whole area, or of an area by its code. */
export function lineOf({ lines }: PublishedReport, code = "I", area: string | null = null) {
  const found = lines.find((one) => one.code === code && one.area_code === area);
  if (found === undefined) throw new Error(`no line of ${code} at ${area}`);
  return found;
}

/** Rows are those of a table that was typed, as far as it has columns. */
export function expectRows(rows: readonly object[], typed: string): void {
  const table = parseTable(typed);
  expect(shownRows(rows, Object.keys(table[0] ?? {}).join(" "))).toEqual(table);
}

/** The small plan in a year, its codes and names of periods with it. */
export function ofYear(year: string, indicators: readonly object[], changes: object = {}): World {
  const world = smallPlan(indicators);
  const plan = JSON.parse(
    JSON.stringify(world.plan)
      .replaceAll("2030", year)
      .replaceAll(/"(Q\d|H1|Y)"/g, `"${year}-$1"`),
  );
  return { ...world, plan: { ...plan, schema: 2, id: `p${year}`, ...changes } };
}

/** How the reports of a plan are headed and signed; to whom they go comes beside it. */
export const HEAD = {
  ...{ agency: "Ủy ban nhân dân thành phố C", abbreviation: "UBND", place: "C" },
  ...{ authority: "TM. Ủy ban nhân dân", signatory_title: "Chủ tịch", filed_at: "VT" },
};

/** Files take half of the time of publishing, and say what the version says. */
const FEW_FORMATS: readonly Format[] = ["csv"];

export function newOffice(world: World, formats = FEW_FORMATS): Office {
  return officeIn(newFolder(), world, { formats });
}

/** Another office in the same state, which the first one does not notice. */
export function copyOffice(office: Office, world: World): Office {
  const folder = newFolder();
  cpSync(office.folder, folder, { recursive: true });
  return officeIn(folder, world, { formats: office.formats });
}

/**
 * An office in a folder that stays.
 * @param beside plans that it has too, by the names of their files
 * @param formats of the files of its versions
 */
export function officeIn(
  folder: string,
  world: World,
  {
    beside = {},
    formats = FEW_FORMATS,
  }: {
    readonly beside?: Readonly<Record<string, object>>;
    readonly formats?: readonly Format[];
  } = {},
): Office {
  const paths = warehousePaths(join(folder, "warehouse"));
  const catalogue =
    Object.keys(beside).length === 0
      ? writeWorld(folder, world)
      : writeSources(folder, world, { "plan.yaml": world.plan, ...beside });
  const id = "id" in world.plan ? world.plan.id : undefined;
  const plan = catalogue.plans.find((one) => one.plan.id === id);
  if (plan === undefined) throw new Error("the world has no plan");
  const settings = { paths, catalogue, isDemonstration: false, softwareVersion: "test" };
  const sendAll: Office["sendAll"] = (reports) =>
    withIntake(settings, async ({ ingest }) => {
      for (const [moment, unit, period, figures] of reports) {
        const { outcome, problems } = await ingest({
          file: `${unit} ${period}.csv`,
          content: { bytes: Buffer.from(csvOf(plan, unit, period, figures)) },
          receivedAt: parseMoment(moment),
          recordedAt: parseMoment(moment),
        });
        if (outcome !== "accepted") throw new Error(problems.map(({ found }) => found).join("\n"));
      }
    });
  const request = (
    moment: string,
    period: string,
    choice: Parameters<Office["publish"]>[2] = {},
  ): PublishRequest => {
    const found = plan.plan.periods.find(({ code }) => code === period);
    if (found === undefined) throw new Error(`no period ${period}`);
    return {
      class: "first",
      reason: "Phát hành",
      isFinal: false,
      acknowledge: false,
      force: false,
      formats,
      ...choice,
      paths,
      catalogue,
      plan,
      period: found,
      asOf: choice.asOf === undefined ? null : parseMoment(choice.asOf),
      publishedAt: parseMoment(moment),
      softwareVersion: "test",
    };
  };
  return {
    folder,
    paths,
    catalogue,
    plan,
    formats,
    send: (...report) => sendAll([report]),
    sendAll,
    publish: (moment, period, choice = {}) => publishReport(request(moment, period, choice)),
    preview: (moment, period, choice = {}) => previewReport(request(moment, period, choice)),
    read(period, version, audience = "city") {
      return readPublishedReport(paths, {
        planId: plan.plan.id,
        period,
        version: version ?? null,
        audience,
      });
    },
    verify: (isDerived = true) =>
      verifyReports(paths, { planId: null, period: null }, undefined, isDerived),
    ask: (moment, model, sql) =>
      queryModels({
        ...{ paths, catalogue, asOf: moment === null ? null : parseMoment(moment) },
        ...{ models: [model], read: (connection) => selectRows(connection, sql) },
      }),
    async tamper(sql) {
      await withLedger(paths, async (connection) => {
        await connection.run("use ledger");
        try {
          await connection.run(sql);
        } finally {
          await connection.run("use memory");
        }
      });
    },
  };
}

/** A report with a line for each figure that its unit owes, blank where `figures` does not have it. */
function csvOf(resolved: ResolvedPlan, unit: string, period: string, figures: string): string {
  const { plan } = resolved;
  const lines = figures
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .map(([measure = "", ...rest]) => {
      const [area, value] = rest.length === 2 ? rest : ["", rest[0]];
      return `${plan.id},${unit},${period},${area},${measure},${value},`;
    });
  const blank = placesOwed(resolved, unit, period)
    .map((place) => `${plan.id},${unit},${period},${place},`)
    .filter((begun) => !lines.some((line) => line.startsWith(begun)))
    .map((begun) => `${begun},`);
  return ["plan,unit,period,area,measure,value,note", ...lines, ...blank, ""].join("\n");
}

/** `area,measure` of each figure that a unit owes. */
function placesOwed(resolved: ResolvedPlan, unit: string, periodCode: string): string[] {
  const reporter = resolved.units.find(({ code }) => code === unit);
  const period = resolved.plan.periods.find(({ code }) => code === periodCode);
  if (reporter === undefined || period === undefined) return [];
  return measuresOwedBy(resolved, reporter, period).flatMap((measure) => {
    const isByArea = reporter.area === null && measure.by_area;
    const areas = isByArea ? areasIn(resolved, period).map(({ code }) => code) : [""];
    return areas.map((area) => `${area},${measure.code}`);
  });
}

/** Chosen columns of rows, as people write them: `12.5` for `12.5000`, `-` for null. */
export function shownRows(rows: readonly object[], columns: string): TextRow[] {
  return rows.map((row) => {
    const values = new Map(Object.entries(row));
    return textRow(
      Object.fromEntries(columns.split(/\s+/).map((name) => [name, values.get(name)])),
    );
  });
}
