import type { Line, PublishedReport } from "../contract/report.ts";
import { STATUSES } from "../vocabulary/words.ts";

/**
 * A version as people read it now: what an earlier program called «Không áp dụng» beside a value is
 * «Không giao mức», as models/core/published_line.sql has it for pages. Files for programs stay as
 * they were published.
 */
export function inCurrentTerms(report: PublishedReport): PublishedReport {
  if (report.publication.contract_version >= STATUSES.no_target.published) return report;
  const inNewWords = (of: Line["status"], hasFigure: boolean): Line["status"] =>
    of === "not_applicable" && hasFigure ? "no_target" : of;
  const lines = report.lines.map((line) =>
    line.section === "measure"
      ? line
      : {
          ...line,
          status: inNewWords(line.status, line.value !== null || line.is_withheld),
          previous_status: inNewWords(line.previous_status, line.previous_value !== null),
        },
  );
  const tallies = report.tallies.map((tally) => {
    const own = lines.filter(({ area_no }) => area_no === tally.area_no);
    const no_target = own.filter(({ status }) => status === "no_target").length;
    return { ...tally, no_target, not_applicable: tally.not_applicable - no_target };
  });
  return { ...report, lines, tallies };
}
