import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { stringify } from "yaml";
import { z } from "zod";
import { withIntake } from "../../pipelines/intake/ingest.ts";
import { acknowledgeFindings } from "../../pipelines/ledger/recorded-acts.ts";
import { buildMarts, queryMarts } from "../../pipelines/models/build-marts.ts";
import { FINDING_MODELS, findingsIn } from "../../pipelines/models/finding.ts";
import { STATUS_MODELS, statusIn } from "../../pipelines/models/submission-status.ts";
import { publishReport } from "../../pipelines/publishing/publish.ts";
import { versionDownloads } from "../../pipelines/site/downloads.ts";
import {
  type OpenTables,
  openOfficeTables,
  openPlanTables,
  writeTables,
} from "../../pipelines/site/site-tables.ts";
import { findWorkspace } from "../../pipelines/site/workspace.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { readRows, selectRows } from "../../pipelines/warehouse/connection.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { opened } from "../asked.ts";
import { newFolder } from "../folders.ts";
import { KNOWN, POLICE } from "../office-world.ts";
import { AREAS } from "../several-plans.ts";
import { writeSources } from "./world.ts";

const FIRST = KNOWN["an-toan.yaml"];

/** The first plan a year on. */
const NEXT = {
  ...FIRST,
  id: "an-toan-2025",
  number: "21/KH-UBND",
  continues: "an-toan-2024",
  issued_on: "2025-01-10",
  in_force_from: "2025-01-10",
  periods: [
    {
      kind: "quarter",
      position: 1,
      positions: 4,
      estimate: false,
      code: "2025-Q1",
      name: "Quý I năm 2025",
      year: 2025,
      data_from: "2025-01-01",
      data_to: "2025-03-31",
      due_before: "2025-03-10",
    },
  ],
};

const PLANS = { ...KNOWN, "an-toan-nam-sau.yaml": NEXT };

/** What a unit of a plan may report, by the plan's code. */
export const REPORTS: Readonly<
  Record<string, readonly (readonly [unit: string, measures: string[]])[]>
> = {
  "an-toan-2024": [
    ["UB-01", ["people", "told"]],
    ["UB-02", ["people", "told"]],
    ["CATP", ["cases"]],
  ],
  "an-toan-2025": [
    ["UB-01", ["people", "told"]],
    ["CATP", ["cases"]],
  ],
  "nuoc-sach-2024": [
    ["UB-01", ["homes", "water"]],
    ["UB-02", ["homes", "water"]],
    ["CA", ["checks"]],
  ],
  "giao-thong-2024": [["CATP", ["crashes"]]],
};

/** An office in which things happen, each after the one before. */
export class OfficeOfPlans {
  readonly folder = newFolder("built-plans-");
  readonly paths: WarehousePaths = warehousePaths(join(this.folder, "warehouse"));
  catalogue = writeSources(this.folder, { areas: AREAS.areas }, PLANS, {
    "units.csv": `code,area,name,short_name,contact,phone,email\n${POLICE}\n`,
  });
  private readonly sent: Buffer[] = [];
  private moment: number;

  constructor(begins = "2025-05-01T01:00:00Z") {
    this.moment = Date.parse(begins);
  }

  private now(): Date {
    this.moment += 60_000;
    return new Date(this.moment);
  }

  private async ingest(bytes: Buffer): Promise<void> {
    const settings = { ...this, isDemonstration: false, softwareVersion: "test" };
    const at = this.now();
    await withIntake(settings, ({ ingest }) =>
      ingest({ file: `${at.getTime()}.csv`, content: { bytes }, receivedAt: at, recordedAt: at }),
    );
  }

  /** @param value of every measure; a word has the file refused */
  async send(plan: string, unitNo: number, periodNo: number, value: string): Promise<void> {
    const reports = REPORTS[plan] ?? [];
    const [unit, measures] = reports[unitNo % reports.length] ?? ["", []];
    const { periods } = this.planOf(plan).plan;
    const period = periods[periodNo % periods.length]?.code ?? "";
    const lines = measures.map((measure) => `${plan},${unit},${period},,${measure},${value},`);
    const bytes = Buffer.from(
      ["plan,unit,period,area,measure,value,note", ...lines, ""].join("\n"),
    );
    this.sent.push(bytes);
    await this.ingest(bytes);
  }

  async sendAgain(no: number): Promise<void> {
    const bytes = this.sent[no % Math.max(1, this.sent.length)];
    if (bytes !== undefined) await this.ingest(bytes);
  }

  /** Lets one open doubt stand. */
  async acknowledge(no: number): Promise<void> {
    const open = await this.read(
      z.object({ finding_id: z.string() }),
      `select finding_id from it.marts.findings
      where severity = 'doubt' and not is_acknowledged order by all`,
    );
    const finding = open[no % Math.max(1, open.length)];
    if (finding === undefined) return;
    await acknowledgeFindings(this.paths, {
      findingIds: [finding.finding_id],
      reason: "đã hỏi",
      recordedAt: this.now(),
      softwareVersion: "test",
    });
  }

  async publish(planId: string, periodNo: number): Promise<void> {
    const plan = this.planOf(planId);
    const period = plan.plan.periods[periodNo % plan.plan.periods.length];
    if (period === undefined) return;
    const request = { ...this, plan, period, class: "correction", reason: "thử", isFinal: false };
    const may = { acknowledge: true, force: true, asOf: null, softwareVersion: "test" };
    // of a period for which nothing was sent there is nothing to publish
    await publishReport({ ...request, ...may, class: "first", publishedAt: this.now() })
      .catch(() => publishReport({ ...request, ...may, class: "method", publishedAt: this.now() }))
      .catch(() => null);
  }

  /** The plan file of the second plan asks for another share, and may call its first period otherwise. */
  askFor(share: number, first = "2024-Q1"): void {
    const file = join(this.folder, "plans", "nuoc-sach.yaml");
    const text = stringify(PLANS["nuoc-sach.yaml"]).replaceAll("2024-Q1", first);
    writeFileSync(file, text.replace("value: 30", `value: ${share}`).replace("30%", `${share}%`));
    this.catalogue = readCatalogue(this.folder);
  }

  /** The monthly plan goes, or comes back. */
  withoutLast(isGone: boolean): void {
    const file = join(this.folder, "plans", "giao-thong.yaml");
    if (isGone) rmSync(file, { force: true });
    else writeFileSync(file, stringify(PLANS["giao-thong.yaml"]));
    this.catalogue = readCatalogue(this.folder);
  }

  planOf(id: string) {
    const plan = this.catalogue.plans.find((one) => one.plan.id === id);
    if (plan === undefined) throw new Error(`no plan ${id}`);
    return plan;
  }

  /** Who has sent what and what is open, as desk and commands find out: from the marts where they can. */
  async standing(whole = false): Promise<unknown> {
    const all = { plan: null, period: null };
    return queryMarts({
      ...{ ...this, asOf: null, whole, models: [...STATUS_MODELS, ...FINDING_MODELS] },
      read: async (connection) => [
        await statusIn(connection, all),
        await findingsIn(connection, all),
      ],
    });
  }

  /** @returns how many plans were computed */
  async refresh(): Promise<number> {
    expect(await this.standing()).toEqual(await this.standing(true));
    const built = await buildMarts({ ...this, asOf: null });
    this.asTheyWere = built.asTheyWere;
    return built.plans;
  }

  /** What was said of plans in the last refresh. */
  asTheyWere: readonly string[] = [];

  async read<Shape extends z.ZodType>(shape: Shape, sql: string): Promise<z.infer<Shape>[]> {
    return opened(this.paths.marts, "it", (connection) => readRows(connection, shape, sql));
  }

  /** Every row of every mart, as text, but for the moment as of which a plan was computed. */
  async everything(): Promise<Record<string, string[]>> {
    return rowsOf(this.paths.marts);
  }

  /**
   * Every row of the tables of pages, as text: by plan as its pages have them, of the whole office as
   * those that are no plan's have them, and the rows of each plan in a file of all.
   */
  async pageTables(): Promise<readonly [shown: PlanTables, inAll: PlanTables]> {
    const workspace = findWorkspace(this.folder);
    const downloads = await versionDownloads(workspace, this.paths, "shared");
    const request = { workspace, marts: this.paths.marts, downloads, audience: "shared" } as const;
    const file = join(newFolder("built-pages-"), "pages.duckdb");
    await writeTables(request, file);
    const plans = this.catalogue.plans.map(({ plan: { id } }) => id);
    const shown: PlanTables = { "": await rowsIn(() => openOfficeTables(request)) };
    for (const id of plans) shown[id] = await rowsIn(() => openPlanTables(request, id));
    const all = await rowsOf(file);
    return [
      shown,
      { "": all, ...Object.fromEntries(plans.map((id) => [id, rowsOfPlan(all, id)])) },
    ];
  }

  /** The same of marts that are built as a whole, of a copy. */
  async builtAsAWhole(): Promise<Record<string, string[]>> {
    const folder = newFolder("built-whole-");
    cpSync(this.paths.folder, folder, { recursive: true });
    const paths = warehousePaths(folder);
    await buildMarts({ paths, catalogue: this.catalogue, asOf: null, whole: true });
    return rowsOf(paths.marts);
  }
}

/** Holds the marts and the tables of pages against those of a build as a whole. */
export async function expectBuiltAsAWhole(office: OfficeOfPlans): Promise<void> {
  expect(await office.everything()).toEqual(await office.builtAsAWhole());
  const [shown, inAll] = await office.pageTables();
  expect(differences(shown, inAll)).toEqual([]);
}

/** Tables whose rows are others, and the first that is only in one of them. */
function differences(shown: PlanTables, inAll: PlanTables): string[] {
  return Object.entries(inAll).flatMap(([plan, tables]) =>
    Object.entries(tables).flatMap(([name, rows]) => {
      const own = shown[plan]?.[name] ?? [];
      const [one, other] = [
        rows.find((row) => !own.includes(row)),
        own.find((row) => !rows.includes(row)),
      ];
      const isSame = one === undefined && other === undefined && own.length === rows.length;
      return isSame ? [] : [`${plan} ${name}: ${one} ${other}`];
    }),
  );
}

type PlanTables = Record<string, Record<string, string[]>>;

/** The rows of a plan, where a table has plans. */
function rowsOfPlan(all: Record<string, string[]>, id: string): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(all).map(([name, rows]) => [
      name,
      rows.filter((row) => {
        const { plan_id = id } = JSON.parse(row);
        return plan_id === id;
      }),
    ]),
  );
}

async function rowsIn(open: () => Promise<OpenTables>): Promise<Record<string, string[]>> {
  const { instance, path, close } = await open();
  const connection = await instance.connect();
  await connection.run(`set search_path = '${path}'`);
  const tables = await selectRows(
    connection,
    `select table_schema || '.' || table_name as name from information_schema.tables
    where table_catalog = 'tables' and table_schema <> 'marts' order by name`,
  );
  const found: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await selectRows(connection, `from tables.${name}`);
    found[String(name)] = rows.map((row) => JSON.stringify(row)).sort();
  }
  connection.closeSync();
  await close();
  return found;
}

async function rowsOf(file: string): Promise<Record<string, string[]>> {
  return opened(file, "it", async (connection) => {
    const tables = await readRows(
      connection,
      z.object({ name: z.string() }),
      `select table_schema || '.' || table_name as name from information_schema.tables
      where table_catalog = 'it' and table_schema not in ('built', 'information_schema', 'raw', 'core')
      and table_name not in ('made_by') order by name`,
    );
    const found: Record<string, string[]> = {};
    for (const { name } of tables) {
      const isOfMarts = name.endsWith(".plan") && !/^(chitieu|made)\./.test(name);
      const but = isOfMarts ? "exclude (as_of)" : "";
      const rows = await selectRows(connection, `select * ${but} from it.${name}`);
      found[name] = rows.map((row) => JSON.stringify(row)).sort();
    }
    return found;
  });
}
