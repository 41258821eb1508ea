import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { type byPart, PART_NAMES, type PublishedReport, rowsFor } from "../contract/report.ts";
import { type Model, type ModelSet, readModels } from "../models/model.ts";
import type { PlanPeriod } from "../sources/plan/plan.ts";
import { OFFICE_ZONE } from "../vocabulary/date.ts";
import { openEngine } from "../warehouse/connection.ts";
import { quoteLiteral } from "../warehouse/sql.ts";
import { FILES, SETTINGS, TABLES } from "./site-tables.ts";
import { MACROS, makeViews, readSources } from "./source-queries.ts";
import type { Workspace } from "./workspace.ts";

/** The models that make what pages read of a version from its rows, each after those that it reads. */
const MODELS = [
  "core.published_line",
  "marts.report",
  "marts.report_cause",
  "marts.report_change",
  "marts.report_doubt",
  "marts.report_item",
  "marts.report_line",
  "marts.report_shortfall",
  "marts.report_submission",
  "marts.report_tally",
  "marts.report_text",
  "marts.report_unit",
];

/** How periods are compared, which is read of marts that a version has none of. */
const MACROS_OF_REPORT = MACROS.filter((file) => file !== "comparison.sql");

/** The queries that bring these to pages. */
const SOURCES = new Set(MODELS.map((id) => id.replace(/^marts\./, "chitieu.")));

/**
 * The tables from which the page of a version is rendered before the version is there: made by the models
 * and queries by which its page would be rendered afterwards, from the rows that its reader may see. They
 * are in memory, of one version at a time, and as long as the process.
 */
export class ReportTables {
  readonly instance: DuckDBInstance;
  /** Search path of the queries. */
  readonly path = `${TABLES}.main`;
  readonly #connection: DuckDBConnection;
  readonly #workspace: Workspace;
  readonly #models: readonly Model[];
  #hasViews = false;

  private constructor(
    workspace: Workspace,
    models: readonly Model[],
    { instance, connection }: { instance: DuckDBInstance; connection: DuckDBConnection },
  ) {
    this.instance = instance;
    this.#connection = connection;
    this.#workspace = workspace;
    this.#models = models;
  }

  static async open(workspace: Workspace): Promise<ReportTables> {
    const instance = await openEngine(SETTINGS);
    const connection = await instance.connect();
    const set = readModels();
    await connection.run(`set TimeZone = ${quoteLiteral(OFFICE_ZONE)}`);
    await connection.run(`attach ':memory:' as ${TABLES}; use ${TABLES}`);
    for (const schema of ["staging", "core", "marts", "chitieu"]) {
      await connection.run(`create schema ${schema}`);
    }
    await connection.run(set.functions.sql);
    return new ReportTables(workspace, modelsOf(set), { instance, connection });
  }

  /**
   * Has the tables be those of a version, and of none before it.
   * @param periods those of its plan, by which its submissions and doubts name theirs
   */
  async show(report: PublishedReport, periods: readonly PlanPeriod[]): Promise<void> {
    await addStaged(this.#connection, report);
    await addBeside(this.#connection, report, periods);
    for (const { id, sql } of this.#models) {
      await this.#connection.run(`create or replace table ${id} as ${sql}`);
    }
    if (!this.#hasViews) await this.#addViews();
    this.#hasViews = true;
    // each of the others asks whether it has a page
    await this.#connection.run("create or replace table chitieu.report as from chitieu.report_now");
  }

  /** The queries of the sources, which find what is shown. */
  async #addViews(): Promise<void> {
    const { reports } = this.#workspace;
    for (const file of MACROS_OF_REPORT) {
      await this.#connection.run(await readFile(join(reports, file), "utf8"));
    }
    const sources = (await readSources(this.#workspace)).filter(({ table }) => SOURCES.has(table));
    await makeViews(
      this.#connection,
      sources.map((one) =>
        one.table === "chitieu.report" ? { ...one, table: `${one.table}_now` } : one,
      ),
      TABLES,
    );
  }
}

function modelsOf({ models }: ModelSet): Model[] {
  return MODELS.map((id) => {
    const model = models.find((one) => one.id === id);
    if (model === undefined) throw new Error(`there is no model ${id}`);
    return model;
  });
}

/** What `staging` would have of the version if it were there. */
async function addStaged(connection: DuckDBConnection, report: PublishedReport): Promise<void> {
  const { publication } = report;
  await connection.run(
    `create or replace table staging.publication as
    select
        * exclude (as_of, recorded_at),
        as_of at time zone $zone as as_of,
        recorded_at at time zone $zone as recorded_at,
        -- what it changes of the document is among its rows
        null::json as document,
        true as is_latest
    from (
        select unnest(from_json($publication::json, '{
            "publication_no": "bigint",
            "plan_id": "varchar",
            "period": "varchar",
            "version": "integer",
            "class": "varchar",
            "reason": "varchar",
            "is_final": "boolean",
            "as_of": "timestamp",
            "recorded_at": "timestamp",
            "software_version": "varchar",
            "plan_sha256": "varchar",
            "inputs_sha256": "varchar",
            "models_sha256": "varchar",
            "lines_sha256": "varchar",
            "sha256": "varchar",
            "check_code": "varchar",
            "signed_by": "varchar"
        }'))
    )`,
    { publication: JSON.stringify(publication), zone: OFFICE_ZONE },
  );
  const rows = rowsOf(report);
  const stored = PART_NAMES.flatMap((part) =>
    rows[part].map((row, index) => ({ part, row_no: index + 1, content: JSON.stringify(row) })),
  );
  await connection.run(
    `create or replace table staging.publication_row as
    select $no::bigint as publication_no, *
    from (
        select unnest(from_json($rows::json, '[{
            "part": "varchar",
            "row_no": "integer",
            "content": "varchar"
        }]'), max_depth := 2)
    )`,
    { no: publication.publication_no, rows: JSON.stringify(stored) },
  );
  // those that its reader may not see are in none of its rows
  await connection.run(
    `create or replace table staging.reason as
    select distinct (content ->> 'acknowledged_reason') as reason, 'shared' as audience
    from staging.publication_row
    where part = 'doubt' and (content ->> 'acknowledged_reason') is not null`,
  );
}

function rowsOf(report: PublishedReport) {
  const { head, items, lines, tallies, units, submissions, doubts, changes, causes, texts } =
    report;
  const rows: ReturnType<typeof byPart<readonly object[]>> = {
    ...{ head: [head], item: items, line: lines, tally: tallies, unit: units },
    ...{ submission: submissions, doubt: doubts, change: changes, cause: causes, text: texts },
    shortfall: report.shortfalls,
  };
  return rows;
}

/** What queries read beside the rows of the version. */
async function addBeside(
  connection: DuckDBConnection,
  { publication, audience }: PublishedReport,
  periods: readonly PlanPeriod[],
): Promise<void> {
  const { plan_id } = publication;
  await connection.run(`create or replace table marts.report_file as ${FILES}`, { files: "[]" });
  await connection.run(
    "create or replace table marts.plan as select $plan_id as plan_id, $audience as audience",
    { plan_id, audience: rowsFor(audience) },
  );
  await connection.run(
    `create or replace table marts.period as
    select $plan_id as plan_id, code as period, name as period_name
    from (
        select unnest(from_json($periods::json, '[{"code": "varchar", "name": "varchar"}]'),
            max_depth := 2)
    )`,
    { plan_id, periods: JSON.stringify(periods.map(({ code, name }) => ({ code, name }))) },
  );
  await connection.run("create or replace table chitieu.period as from marts.period");
}
