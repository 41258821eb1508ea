import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { PrintedTexts } from "../persons/printed-texts.ts";
import { personalDataAtLines, signsIn, signsInFigure } from "../readers/personal-data.ts";
import { freeTextsOf, type RawDocument } from "../readers/raw-document.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { WholeNumber } from "../warehouse/connection.ts";
import { rowsOfModel } from "./intake-sql.ts";

const PersonalText = z.object({
  text: z.string(),
  is_note: z.boolean(),
  line: WholeNumber.nullable(),
});

/**
 * Looks for data of persons through the texts of `intake.raw_reading`, each of them once.
 * @returns problems, and the notes that may be about a person
 */
export async function personalDataInReadings(
  connection: DuckDBConnection,
  file: string,
  printed: PrintedTexts,
): Promise<{ problems: Problem[]; held: string[] }> {
  const rows = await rowsOfModel(connection, "personal_text", PersonalText);
  const found = rows.flatMap(({ text, is_note, line }) => {
    const signs = is_note ? signsIn(text, printed) : signsInFigure(text, printed);
    return signs.length === 0 ? [] : [{ signs, line, text, is_note }];
  });
  return {
    problems: personalDataAtLines(file, found),
    held: found.flatMap(({ text, is_note }) => (is_note ? [keptNote(text)] : [])),
  };
}

/** The notes and remarks of a document that may be about a person. */
export function heldTexts(document: RawDocument, printed: PrintedTexts): string[] {
  return freeTextsOf(document)
    .filter((text) => signsIn(text, printed).length > 0)
    .map(keptNote);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: as kept_text in models/intake/functions.sql
const UNWANTED = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F\u202A-\u202E\u2066-\u2069]+/g;

/** A note as the ledger keeps it. */
function keptNote(note: string): string {
  return note.replace(UNWANTED, " ");
}
