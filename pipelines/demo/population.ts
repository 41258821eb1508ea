import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { Failure } from "../vocabulary/failure.ts";

const PopulationLine = z.strictObject({
  area_id: z.coerce.number().int().min(1),
  persons: z.coerce.number().int().min(1),
  source: z.string().min(1),
});

/**
 * Reads `populations.csv`: inhabitants by area.
 * @throws Failure that names the file and what is wrong in it.
 */
export function readPopulations(file: string): ReadonlyMap<number, number> {
  if (!existsSync(file)) {
    throw new Failure(`${file} is missing: the demonstration takes its proportions from it.`);
  }
  let lines: unknown;
  try {
    lines = parse(readFileSync(file), { bom: true, columns: true, skip_empty_lines: true });
  } catch (error) {
    throw new Failure(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = z.array(PopulationLine).safeParse(lines);
  if (!parsed.success) {
    throw new Failure(
      parsed.error.issues
        .map(({ path, message }) => `${file}: ${path.join(".")}: ${message}`)
        .join("\n"),
    );
  }
  return new Map(parsed.data.map(({ area_id, persons }) => [area_id, persons]));
}
