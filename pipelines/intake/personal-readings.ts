import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { kindsInText, personalDataAtLines } from "../readers/personal-data.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { WholeNumber } from "../warehouse/connection.ts";
import { rowsOfModel } from "./intake-models.ts";

const PersonalText = z.object({ said: z.string(), line: WholeNumber.nullable() });

/** Looks for data of persons through the texts of `intake.raw_reading`, each of them once. */
export async function personalDataInReadings(
  connection: DuckDBConnection,
  file: string,
): Promise<Problem[]> {
  const rows = await rowsOfModel(connection, "personal_text", PersonalText);
  return personalDataAtLines(
    file,
    rows.flatMap(({ said, line }) => {
      const kinds = kindsInText(said);
      return kinds.length === 0 ? [] : [{ kinds, line }];
    }),
  );
}
