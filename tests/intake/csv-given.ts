import { readdirSync } from "node:fs";
import type { Json } from "@duckdb/node-api";
import { readCsv } from "../../pipelines/intake/csv-reader.ts";
import { prepareIntake } from "../../pipelines/intake/find-problems.ts";
import { discardFile, stageFile } from "../../pipelines/ledger/archive.ts";
import { selectRows, withConnection } from "../../pipelines/warehouse/connection.ts";
import { newWorld, problemText } from "./given.ts";

/** A text file as it is before it is judged: how it was read, what prevents it, and its readings. */
export interface LoadedCsv {
  readonly form: unknown;
  readonly problems: readonly string[];
  readonly rows: readonly Record<string, Json>[];
}

/** Reads text files, one after another, with one connection. Nothing is left of them. */
export async function loadCsv(files: readonly (string | Uint8Array)[]): Promise<LoadedCsv[]> {
  const { paths, catalogue } = newWorld();
  return withConnection(async (connection) => {
    await prepareIntake(connection, catalogue);
    const loaded: LoadedCsv[] = [];
    for (const content of files) {
      const file = await stageFile(paths, "a.csv", { bytes: Buffer.from(content) });
      const read = await readCsv(connection, file, 1000);
      if (read === null) throw new Error("no CSV file");
      const sql = `select plan, unit, period, area, measure, "value", note, line::integer as line
        from intake.raw_reading order by row_no`;
      const rows = read.isLoaded ? await selectRows(connection, sql) : [];
      loaded.push({ form: read.text, problems: read.problems.map(problemText), rows });
      await discardFile(file);
    }
    if (readdirSync(paths.archive).length > 0) throw new Error("a copy was left");
    return loaded;
  });
}
