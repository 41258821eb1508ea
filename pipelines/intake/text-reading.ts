import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { PrintedTexts } from "../persons/printed-texts.ts";
import type { ReceivedFile } from "../readers/received-file.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { withConnection } from "../warehouse/connection.ts";
import { quoteLiteral } from "../warehouse/sql.ts";
import { type CsvReading, readCsv } from "./csv-reader.ts";
import { findProblems, type PlacedProblem, prepareIntake } from "./find-problems.ts";
import { makeTable, rowsOfModel, selectOf } from "./intake-sql.ts";
import { type JudgedBy, knowPlansOf } from "./load-plans.ts";
import { personalDataInReadings } from "./personal-readings.ts";
import { resolveNames } from "./resolve-names.ts";

/** A text file that was read and judged; its rows are in `intake.claim` and `intake.judged`. */
export interface JudgedText {
  /** What its checks find. */
  readonly found: readonly PlacedProblem[];
  readonly personal: { readonly problems: readonly Problem[]; readonly held: readonly string[] };
  /** By report, a digest of what it says; only of a file in a package. */
  readonly reports: ReadonlyMap<string, string>;
}

/** A long CSV file: as it was read, and judged where there was anything to be judged. */
export interface TextReading {
  readonly csv: CsvReading;
  readonly judged: JudgedText | null;
}

/** What a text file is judged by. */
export interface TextAsked {
  readonly file: ReceivedFile;
  /** Date `YYYY-MM-DD` in office time. */
  readonly receivedOn: string;
  /** See `mostLines`. */
  readonly mostLines: number;
  readonly isPacked: boolean;
}

/** The same for a process that knows nothing yet. */
export interface TextQuestion extends TextAsked {
  readonly catalogue: JudgedBy;
  /** Existing and empty: gets what is judged, and what does not fit into memory. */
  readonly folder: string;
}

/**
 * Reads and judges a long CSV file, with a connection that was prepared (`prepareIntake`).
 * @returns null when it is no long CSV file at all
 */
export async function readText(
  connection: DuckDBConnection,
  { file, receivedOn, mostLines, isPacked }: TextAsked,
  printed: PrintedTexts,
): Promise<TextReading | null> {
  const csv = await readCsv(connection, file, mostLines);
  if (csv?.isLoaded !== true) return csv && { csv, judged: null };
  await resolveNames(connection);
  const reports = isPacked ? await rowsOfModel(connection, "csv_report", ReportDigest) : [];
  const found = await findProblems(connection, receivedOn);
  const personal = await personalDataInReadings(connection, file.name, printed);
  return { csv, judged: { found, personal, reports: new Map(reports) } };
}

const ReportDigest = z
  .object({ report: z.string(), said: z.string() })
  .transform(({ report, said }): [string, string] => [report, said]);

/** Beside what a process takes without it; a file that needs more spills into its folder. */
const MEMORY = "230MB";

/** Reads and judges a file in a process that has no ledger, and leaves its rows in the folder. */
export function readTextAside(
  { catalogue, folder, ...asked }: TextQuestion,
  printed: PrintedTexts,
): Promise<TextReading | null> {
  return withConnection(
    async (connection) => {
      await prepareIntake(connection, catalogue);
      const read = await readText(connection, asked, printed);
      for (const model of read?.judged ? LEFT : []) {
        const sql = `copy (${selectOf(`${model}_left`)}) to ${quoteLiteral(fileOf(folder, model))}`;
        await connection.run(`${sql} (format parquet)`);
      }
      return read;
    },
    { memory_limit: MEMORY, temp_directory: join(folder, "spill"), threads: "1" },
  );
}

/** What is left in the folder: each with a model of what is left, and of what is taken from there. */
const LEFT = ["claim", "judged"] as const;

const fileOf = (folder: string, model: string): string => join(folder, `${model}.parquet`);

/** Makes what `readTextAside` left the tables `intake.claim` and `intake.judged` of this connection. */
export async function takeText(connection: DuckDBConnection, folder: string): Promise<void> {
  for (const model of LEFT) {
    const file = quoteLiteral(fileOf(folder, model));
    await connection.run(`create or replace view memory.intake.${model}_left as from ${file}`);
  }
  await knowPlansOf(connection, "plan_left");
  for (const model of LEFT) await makeTable(connection, model, `${model}_taken`);
}
