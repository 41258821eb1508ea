import { areasOf, figureRows } from "../contract/figure-row.ts";
import type { Line, PublishedReport } from "../contract/report.ts";
import * as wording from "../sentences/report-words.ts";
import { csvFile, FOR_EXCEL, figureCell, textCell } from "../vocabulary/csv-file.ts";
import { scaledText, scaleOf, unscaled } from "../vocabulary/decimal.ts";
import { capital } from "../vocabulary/letter-case.ts";
import { levelText } from "../vocabulary/level.ts";
import { STATUSES, TERMS } from "../vocabulary/words.ts";

/**
 * The table for spreadsheets: one row per area, the whole first; for each indicator its value and its
 * status. A missing value is a word that says why.
 */
export function areaCsvBytes(report: PublishedReport): Uint8Array<ArrayBuffer> {
  const { head, items } = report;
  const indicators = items.filter(({ section }) => section === "indicator");
  const header = [
    "TT",
    capital(wording.areaNoun(head)),
    ...indicators.flatMap(({ code, short_name, unit_of_measure }) => [
      `${code} ${short_name} (${unit_of_measure})`,
      `${code} ${TERMS.status.word}`,
    ]),
  ].map(textCell);
  const rows = figureRows(report).filter(({ line }) => line.section === "indicator");
  const cells = new Map(rows.map(({ line }) => [`${line.area_no} ${line.code}`, line]));
  const areas = areasOf(rows).map((area) => [
    area.area_no === 0 ? "" : String(area.area_no),
    textCell(wording.areaName(head, area)),
    ...indicators.flatMap(({ code, unit_of_measure }) =>
      cellsOf(cells.get(`${area.area_no} ${code}`), unit_of_measure),
    ),
  ]);
  return new TextEncoder().encode(csvFile([header, ...areas], FOR_EXCEL));
}

function cellsOf(line: Line | undefined, unit: string): [string, string] {
  if (line === undefined) return [textCell(STATUSES.not_applicable.word), ""];
  const { value_shown } = line;
  if (value_shown === null) {
    const status = line.is_withheld ? "withheld" : (line.status ?? "not_reported");
    return [textCell(STATUSES[status].word), textCell(wording.verdictText(line))];
  }
  const level = levelText(value_shown, unit);
  const scale = scaleOf(value_shown);
  const figure = scaledText(unscaled(value_shown, scale), scale);
  const cell = level === null ? figureCell(figure, FOR_EXCEL) : textCell(level);
  return [cell, textCell(wording.verdictText(line))];
}
