import { join } from "node:path";
import { z } from "zod";
import type { Problem } from "../vocabulary/problem.ts";
import { csvProblem, readIfThere } from "./csv-lines.ts";

const Cell = z.string().trim();

/** A line of `units.csv`: a unit of the office as it is known over all plans, and whom to ask there. */
const OfficeUnitLine = z.strictObject({
  code: Cell.min(1, "must not be empty"),
  name: Cell.min(1, "must not be empty"),
  short_name: Cell.min(1, "must not be empty"),
  /** Who answers for the unit's reports. */
  contact: Cell.default(""),
  phone: Cell.default(""),
  email: Cell.default(""),
});
export type OfficeUnit = z.infer<typeof OfficeUnitLine>;

/** Reads `units.csv` of a sources folder, where there is one. */
export function readOfficeUnits(sources: string): {
  readonly units: readonly OfficeUnit[];
  readonly problems: readonly Problem[];
} {
  const file = join(sources, "units.csv");
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const lines = readIfThere(file, OfficeUnitLine, problems);
  for (const { value, line } of lines) {
    if (seen.has(value.code)) {
      problems.push(csvProblem(file, line, "code", `"${value.code}" is there twice`));
    }
    seen.add(value.code);
  }
  return { units: lines.map(({ value }) => value), problems };
}
