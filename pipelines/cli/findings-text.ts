import type { Finding } from "../models/finding.ts";
import { findingWords } from "../models/finding-wording.ts";
import { placeInWords } from "../replies/reply.ts";

/** As much of an id as tells findings apart in a list. */
const SHORT_ID = 8;

/** `3f2a9c01 Phường Một, Quý 2 (Q2), Số người`: which finding is meant. */
export function findingLine(finding: Finding): string {
  const { finding_id, unit_name, area_name, period_name, period, measure_name } = finding;
  // a ward's own name stands in that of its committee already
  const area = area_name === null || unit_name.includes(area_name) ? [] : [area_name];
  const figure = measure_name === null ? [] : [measure_name];
  const where = [unit_name, ...area, `${period_name} (${period})`, ...figure];
  return `${finding_id.slice(0, SHORT_ID)} ${where.join(", ")}`;
}

/** The list for the operator: a line of place, then what was found and what to do, in Vietnamese. */
export function findingsText(findings: readonly Finding[]): string {
  if (findings.length === 0) return "No open findings.";
  const count = (severity: Finding["severity"]): number =>
    findings.filter((one) => one.severity === severity).length;
  return [
    ...findings.map(findingText),
    `${count("error")} errors, ${count("doubt")} doubts. ` +
      'Let one stand with: chitieu findings acknowledge ID --reason "…"',
  ].join("\n");
}

function findingText(finding: Finding): string {
  const { found, remedy } = findingWords(finding);
  return [
    `${finding.severity} ${findingLine(finding)}`,
    `      ${placeText(finding)}${found} ${remedy}`,
    ...(finding.is_acknowledged
      ? [`      acknowledged on ${finding.acknowledged_at}: ${finding.acknowledged_reason}`]
      : []),
  ].join("\n");
}

function placeText({ file_name, sheet, cell, line }: Finding): string {
  const place = placeInWords({
    sheet: sheet ?? undefined,
    cell: cell ?? undefined,
    line: line === null ? undefined : Number(line),
  });
  return place === "" ? "" : `${file_name ?? ""}, ${place}: `;
}
