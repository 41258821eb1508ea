import { otherMeasures } from "../contract/figure-row.ts";
import type { PublishedReport } from "../contract/report.ts";

/** The annexes that a report may have, in their order. */
const ANNEXES = ["indicators", "areas", "measures", "shortfalls"] as const;
export type Annex = (typeof ANNEXES)[number];

/** Figures without a target that the body of a report names; of more there is an annex. */
export const MAX_OTHERS = 20;

const NUMBERS = ["I", "II", "III", "IV"];

/** `III`: the number of an annex among those of the report; null where it would be empty. */
export function annexNumber(report: PublishedReport, annex: Annex): string | null {
  const ofIndicators = report.lines.filter(({ section }) => section === "indicator");
  const isThere: Readonly<Record<Annex, boolean>> = {
    indicators: ofIndicators.some(({ area_id }) => area_id === null),
    areas: ofIndicators.some(({ area_id }) => area_id !== null),
    measures: otherMeasures(report).length > MAX_OTHERS,
    // the office's own stand in the body
    shortfalls: report.shortfalls.some(({ unit_id }) => unit_id !== null),
  };
  const index = ANNEXES.filter((one) => isThere[one]).indexOf(annex);
  return NUMBERS[index] ?? null;
}
