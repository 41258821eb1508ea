import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import type { z } from "zod";
import type { Problem } from "../vocabulary/problem.ts";

/** A line of a CSV file of the sources, with its number in the file. */
export interface Line<T> {
  readonly value: T;
  readonly line: number;
}

/** What is wrong with a line of such a file. */
export function csvProblem(file: string, line: number, field: string, found: string): Problem {
  return {
    severity: "error",
    code: "area_file",
    file,
    line,
    field,
    found: `${found}.`,
    remedy: "Correct the file and run the check again.",
  };
}

/**
 * Reads a CSV file with a head line. Adds every problem to `problems`; lines with one are left out.
 */
export function readLines<T>(file: string, schema: z.ZodType<T>, problems: Problem[]): Line<T>[] {
  let records: { record: unknown; info: { lines: number } }[];
  try {
    records = parse(readFileSync(file), {
      bom: true,
      columns: true,
      info: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    problems.push(csvProblem(file, 1, "", error instanceof Error ? error.message : String(error)));
    return [];
  }
  return records.flatMap(({ record, info }) => {
    const parsed = schema.safeParse(record);
    if (parsed.success) return [{ value: parsed.data, line: info.lines }];
    for (const issue of parsed.error.issues) {
      problems.push(csvProblem(file, info.lines, issue.path.join("."), issue.message));
    }
    return [];
  });
}

/** The same of a file that may be missing: no lines then. */
export function readIfThere<T>(file: string, schema: z.ZodType<T>, problems: Problem[]): Line<T>[] {
  return existsSync(file) ? readLines(file, schema, problems) : [];
}
