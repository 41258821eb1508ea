import type { DuckDBConnection } from "@duckdb/node-api";
import { kindsInText, personalDataAtLines } from "../readers/personal-data.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { rowsOfModel } from "./intake-models.ts";

/** Looks for data of persons through the texts of `intake.raw_reading`, each of them once. */
export async function personalDataInReadings(
  connection: DuckDBConnection,
  file: string,
): Promise<Problem[]> {
  const rows = await rowsOfModel(connection, "personal_text");
  return personalDataAtLines(
    file,
    rows.flatMap(({ said, line }) => {
      const kinds = kindsInText(String(said));
      return kinds.length === 0 ? [] : [{ kinds, line: line === null ? null : Number(line) }];
    }),
  );
}
