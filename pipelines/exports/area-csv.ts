import type { Line, PublishedReport } from "../contract/report.ts";
import { csvFile, FOR_EXCEL, figureCell, textCell } from "../vocabulary/csv-file.ts";
import { scaledText, scaleOf, unscaled } from "../vocabulary/decimal.ts";
import { capital } from "../vocabulary/letter-case.ts";
import { STATUSES, TERMS } from "../vocabulary/words.ts";
import * as wording from "./export-wording.ts";

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
  const rows = areasOf(report).map(({ no, name, lines }) => [
    no === 0 ? "" : String(no),
    textCell(name),
    ...indicators.flatMap(({ code }) => cellsOf(lines.get(code))),
  ]);
  return new TextEncoder().encode(csvFile([header, ...rows], FOR_EXCEL));
}

function cellsOf(line: Line | undefined): [string, string] {
  if (line === undefined) return [textCell(STATUSES.not_applicable.word), ""];
  const { value_shown } = line;
  if (value_shown === null) {
    const status = line.is_withheld ? "withheld" : (line.status ?? "not_reported");
    return [textCell(STATUSES[status].word), textCell(wording.verdictText(line))];
  }
  const scale = scaleOf(value_shown);
  const figure = scaledText(unscaled(value_shown, scale), scale);
  return [figureCell(figure, FOR_EXCEL), textCell(wording.verdictText(line))];
}

interface AreaLines {
  readonly no: number;
  readonly name: string;
  /** Of indicators, by code. */
  readonly lines: Map<string, Line>;
}

/** The areas of a report in their order, the whole first. */
function areasOf({ lines, head }: PublishedReport): AreaLines[] {
  const areas = new Map<number, AreaLines>();
  for (const line of lines) {
    if (line.section !== "indicator") continue;
    const name = wording.areaName(head, line);
    const area = areas.get(line.area_no) ?? { no: line.area_no, name, lines: new Map() };
    area.lines.set(line.code, line);
    areas.set(line.area_no, area);
  }
  return [...areas.values()].sort((a, b) => a.no - b.no);
}
