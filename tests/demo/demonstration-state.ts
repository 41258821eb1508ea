import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { unzipSync } from "fflate";
import type { Context } from "../../pipelines/cli/context.ts";
import { makeDemonstrationLedger } from "../../pipelines/cli/make-demonstration.ts";
import { type Audience, PART_NAMES } from "../../pipelines/contract/report.ts";
import { exportFiles } from "../../pipelines/exports/exported-files.ts";
import type { ExportedFile } from "../../pipelines/exports/format.ts";
import { FORMATS } from "../../pipelines/exports/format.ts";
import { buildMarts } from "../../pipelines/models/build-marts.ts";
import { readPublishedReports } from "../../pipelines/publishing/published-reports.ts";
import type { Download } from "../../pipelines/site/downloads.ts";
import { writeTables } from "../../pipelines/site/site-tables.ts";
import { findWorkspace } from "../../pipelines/site/workspace.ts";
import { readCatalogue } from "../../pipelines/sources/catalogue.ts";
import { selectRows } from "../../pipelines/warehouse/connection.ts";
import { type WarehousePaths, warehousePaths } from "../../pipelines/warehouse/paths.ts";
import { quoteLiteral, quoteName } from "../../pipelines/warehouse/sql.ts";
import { opened } from "../asked.ts";
import { AS_OF } from "../e2e/marts.ts";
import { fingerprintLines, type Table, tableFingerprint } from "./fingerprint.ts";
import { fixLedger } from "./fixed-ledger.ts";
import { withInflatedPdf } from "./inflated-pdf.ts";

const SOURCES = join(import.meta.dirname, "../../sources");

/** A context that says nothing. */
export const QUIET: Context = {
  out: () => undefined,
  warn: () => undefined,
  progress: () => undefined,
  step: () => undefined,
  refuse: () => undefined,
};

/**
 * Tables that say what the tables are, and nothing of the demonstration: a model that is split or a
 * description that is worded better changes no figure.
 */
const ABOUT_TABLES: ReadonlySet<string> = new Set([
  "marts.lineage",
  "shared.lineage",
  "city.lineage",
  "built.built_from",
  "chitieu.dictionary_table",
  "chitieu.dictionary_column",
  "chitieu.dictionary_source",
]);

/** Tables that are dumped together. */
export type Group = "ledger" | "published" | "marts" | "pages-shared" | "pages-city";

/** What is held to its digests, since its bytes are promised: what is published. */
export const HELD = ["published", "exports"] as const;

/** All of the demonstration that must not change unless it is meant to. */
export interface DemonstrationState {
  readonly tables: Readonly<Record<Group, readonly Table[]>>;
  readonly exports: readonly StateFile[];
}

/** A file of a published version; its name begins with audience, period and version. */
export interface StateFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Makes the demonstration anew, as `chitieu demo` does, and reads what follows from it. Nothing is
 * kept from an earlier run: what is compared has to come from the code as it is.
 */
export async function readDemonstration(): Promise<DemonstrationState> {
  const folder = await mkdtemp(join(tmpdir(), "chitieu-unchanged-"));
  try {
    const paths = warehousePaths(join(folder, "warehouse"));
    // what is compared of the other formats is drawn when the ledger has fixed values
    await makeDemonstrationLedger({ sources: SOURCES, paths, formats: ["csv"] }, QUIET);
    await fixLedger(paths);
    const { file: marts } = await buildMarts({
      paths,
      catalogue: readCatalogue(SOURCES),
      asOf: AS_OF,
    });
    const [shared, city] = [await versionFiles(paths, "shared"), await versionFiles(paths, "city")];
    return {
      tables: {
        ledger: await tablesOf(paths.ledger),
        published: await publishedParts(paths),
        marts: await tablesOf(marts),
        "pages-shared": await pageTables(folder, marts, shared, "shared"),
        "pages-city": await pageTables(folder, marts, city, "city"),
      },
      exports: [...shared, ...city].map(({ name, download, bytes }) => ({
        name: `${name}/${download.name}`,
        bytes,
      })),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where what is committed of a group lies. */
export const fixtureOf = (group: (typeof HELD)[number]): string =>
  join(import.meta.dirname, "../fixtures/demonstration", `${group}.txt`);

/** The fingerprints of what is published, as text: its rows, and the files of each version. */
export function fingerprintsOf(
  state: DemonstrationState,
): Readonly<Record<(typeof HELD)[number], string>> {
  const text = (lines: readonly string[]): string => `${lines.join("\n")}\n`;
  return {
    published: text(state.tables.published.flatMap(tableFingerprint)),
    exports: text(state.exports.flatMap(fileFingerprint)),
  };
}

function fileFingerprint({ name, bytes }: StateFile): string[] {
  const parts = filesWithin({ name, bytes }).map((file) => ({
    name: file.name,
    about: `${file.bytes.length} bytes`,
    content: file.bytes,
  }));
  return fingerprintLines(name, `${bytes.length} bytes`, bytes, parts);
}

/** The files that a workbook or document consists of; none of other files. */
export function filesWithin({ name, bytes }: StateFile): StateFile[] {
  if (![".xlsx", ".docx"].includes(extname(name))) return [];
  return Object.entries(unzipSync(bytes)).map(([part, content]) => ({
    name: part,
    bytes: content,
  }));
}

interface VersionFile {
  /** `shared/2024-Q2/v1`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly download: Download;
}

/** The files of every published version for one audience, in every format. */
async function versionFiles(paths: WarehousePaths, audience: Audience): Promise<VersionFile[]> {
  const made: VersionFile[] = [];
  for (const report of await readPublishedReports(paths, audience)) {
    const { plan_id, period, version } = report.publication;
    const files: ExportedFile[] = withInflatedPdf(await exportFiles(report, FORMATS));
    for (const [index, { name, bytes, sha256 }] of files.entries()) {
      made.push({
        name: `${audience}/${period}/v${version}`,
        bytes,
        download: {
          plan_id,
          period,
          version,
          reader: audience,
          file_no: index + 1,
          name,
          format: extname(name).slice(1),
          bytes: bytes.length,
          sha256,
          file: name,
        },
      });
    }
  }
  return made;
}

/** The tables that the queries of the sources make for the pages of one audience. */
async function pageTables(
  folder: string,
  marts: string,
  files: readonly VersionFile[],
  audience: Audience,
): Promise<Table[]> {
  const file = join(folder, `pages-${audience}.duckdb`);
  const downloads = files.map(({ download }) => download);
  await writeTables({ workspace: findWorkspace("warehouse"), marts, downloads, audience }, file);
  return tablesOf(file);
}

/** Every table of a database file, under `schema.table`. */
async function tablesOf(file: string): Promise<Table[]> {
  return opened(file, "it", async (connection) => {
    const found = await selectRows(
      connection,
      `select distinct table_schema, table_name
      from information_schema.columns
      where table_catalog = 'it' and table_schema not in ('made', 'raw', 'core')
      order by all`,
    );
    const tables: Table[] = [];
    for (const row of found) {
      const [schema, name] = [String(row.table_schema), String(row.table_name)];
      if (ABOUT_TABLES.has(`${schema}.${name}`)) continue;
      const from = `from it.${quoteName(schema)}.${quoteName(name)}`;
      tables.push(await tableOf(connection, `${schema}.${name}`, from));
    }
    return tables;
  });
}

/** The result of a query. */
async function tableOf(connection: DuckDBConnection, name: string, sql: string): Promise<Table> {
  const described = await selectRows(connection, `describe ${sql}`);
  const columns = described.map((row) => ({
    name: String(row.column_name),
    type: String(row.column_type),
  }));
  const reader = await connection.runAndReadAll(`select columns(*)::varchar from (${sql})`);
  const rows = reader
    .getRowsJson()
    .map((row) => row.map((value) => (value === null ? null : String(value))));
  return { name, columns, rows };
}

/** What the published versions hold, with a column for each name in the stored JSON. */
async function publishedParts(paths: WarehousePaths): Promise<Table[]> {
  return opened(paths.ledger, "ledger", async (connection) => {
    const tables: Table[] = [];
    for (const part of PART_NAMES) {
      const of = `from ledger.main.publication_row where part = ${quoteLiteral(part)}`;
      const keys = await selectRows(
        connection,
        `select distinct unnest(json_keys(content)) as name ${of} order by all`,
      );
      const columns = keys.map(({ name }) => {
        const path = quoteLiteral(`$."${String(name)}"`);
        return `json_extract(content, ${path}) as ${quoteName(String(name))}`;
      });
      const sql = `select publication_no, row_no, ${columns.join(", ")} ${of}`;
      tables.push(await tableOf(connection, part, sql));
    }
    return tables;
  });
}
