import type { DocumentFacts } from "../contract/document.ts";
import type { Head } from "../contract/report.ts";
import { isCalendarDate } from "../vocabulary/date.ts";
import { signatureFault } from "../vocabulary/signature.ts";

/** What an operator says of the document; the rest is left to be filled in by hand. */
export type DocumentChoice = Partial<Omit<DocumentFacts, "replaces">>;

/**
 * What stands against a choice for the document of a period's report, each with what to do.
 * @param today in office time
 */
export function objectionsToDocument(
  { number = null, dated = null, signature = [], signatory = null }: DocumentChoice,
  head: Head,
  today: string,
): string[] {
  const ending = `/BC-${head.document_abbreviation}`;
  const fault = signature.length === 0 ? null : signatureFault(signature);
  return [
    ...((number === null) === (dated === null)
      ? []
      : ["A number and a date go together: give both --number and --dated, or neither."]),
    ...(number === null || isNumber(number, ending)
      ? []
      : [`${number} is no number of this office's reports, which are like 05${ending}.`]),
    ...(dated === null || isCalendarDate(dated)
      ? []
      : [`${dated} is no date: write it like 2024-06-05.`]),
    ...(dated !== null && isCalendarDate(dated) && (dated > today || dated < head.data_from)
      ? [`${dated} does not lie between ${head.data_from}, when the period begins, and today.`]
      : []),
    ...(fault === null ? [] : [`The signature "${signature.join("; ")}" ${fault}.`]),
    ...(signatory !== null && signatory.trim() === "" ? ["The name of who signs is empty."] : []),
  ];
}

/** Where the plan does not say how the office is abbreviated, any way will do. */
function isNumber(number: string, ending: string): boolean {
  const [, count, rest = ""] = /^(\d+)(\/BC-\S+)$/.exec(number) ?? [];
  return count !== undefined && (ending === "/BC-…" || rest === ending);
}
