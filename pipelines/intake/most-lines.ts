import type { Catalogue } from "../sources/catalogue.ts";
import type { Delivery } from "./delivery.ts";
import { reportKey } from "./judge.ts";

/**
 * The bounds of a text file, however little or much plans ask for: a year of thirty measures of every
 * commune of the country is 400.000 lines, and a file with as many is read within the limits.
 */
export const LINES_OF_A_FILE = { least: 20_000, most: 500_000 };

/** A file may have so many lines for each figure that is asked for: blank ones, figures given twice. */
const LINES_OF_A_FIGURE = 4;

/**
 * The most lines that a text file of a sender can have: by the figures that the plans ask for in all of
 * their periods, of the reports that he may send where not of all. What is more is no report.
 */
export function mostLines(
  { plans }: Pick<Catalogue, "plans">,
  { mayReport }: Pick<Delivery, "mayReport">,
): number {
  let figures = 0;
  for (const { plan, units, places } of plans) {
    const ofUnit = new Map<string, number>();
    for (const { unit_id } of places) ofUnit.set(unit_id, (ofUnit.get(unit_id) ?? 0) + 1);
    for (const { unit_id, code: unit } of units) {
      const isAsked = ({ code: period }: { readonly code: string }): boolean =>
        mayReport === undefined || mayReport.has(reportKey({ plan: plan.id, unit, period }));
      figures += (ofUnit.get(unit_id) ?? 0) * plan.periods.filter(isAsked).length;
    }
  }
  const { least, most } = LINES_OF_A_FILE;
  return Math.min(most, Math.max(least, LINES_OF_A_FIGURE * figures));
}
