import type { Line, PublishedReport } from "../contract/report.ts";
import { STATUSES } from "../vocabulary/words.ts";

/**
 * A version as people read it now: what an earlier program called «Không áp dụng» beside a value is
 * «Không giao mức», as models/core/published_line.sql has it for pages. Files for programs stay as
 * they were published.
 */
export function saidToday(report: PublishedReport): PublishedReport {
  if (report.publication.contract_version >= STATUSES.no_target.published) return report;
  const lines = report.lines.map((line) => ({
    ...line,
    status: hadNoTarget(line, line.status, line.value !== null || line.is_withheld)
      ? "no_target"
      : line.status,
    previous_status: hadNoTarget(line, line.previous_status, line.previous_value !== null)
      ? "no_target"
      : line.previous_status,
  })) satisfies Line[];
  const tallies = report.tallies.map((tally) => {
    const moved = lines.filter(
      ({ section, area_no, status }) =>
        section === "indicator" && area_no === tally.area_no && status === "no_target",
    ).length;
    return { ...tally, no_target: moved, not_applicable: tally.not_applicable - moved };
  });
  return { ...report, lines, tallies };
}

function hadNoTarget({ section }: Line, status: Line["status"], hasFigure: boolean): boolean {
  return section === "indicator" && status === "not_applicable" && hasFigure;
}
