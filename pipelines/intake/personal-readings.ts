import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { PrintedTexts } from "../persons/printed-texts.ts";
import { personalDataAtLines, signsIn, signsInFigure } from "../readers/personal-data.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { WholeNumber } from "../warehouse/connection.ts";
import { rowsOfModel } from "./intake-models.ts";

const PersonalText = z.object({
  said: z.string(),
  is_note: z.boolean(),
  line: WholeNumber.nullable(),
});

/** Looks for data of persons through the texts of `intake.raw_reading`, each of them once. */
export async function personalDataInReadings(
  connection: DuckDBConnection,
  file: string,
  printed: PrintedTexts,
): Promise<Problem[]> {
  const rows = await rowsOfModel(connection, "personal_text", PersonalText);
  return personalDataAtLines(
    file,
    rows.flatMap(({ said, is_note, line }) => {
      const signs = is_note ? signsIn(said, printed) : signsInFigure(said, printed);
      return signs.length === 0 ? [] : [{ signs, line }];
    }),
  );
}
