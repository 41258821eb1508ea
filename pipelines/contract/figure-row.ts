import { grouped } from "../vocabulary/grouped.ts";
import type { Item, Line, PublishedReport } from "./report.ts";

/** One figure with the words of what it measures. */
export interface FigureRow {
  readonly report: PublishedReport;
  readonly item: Item;
  readonly line: Line;
}

/** Every figure of a report, in its order. @throws Error when a line has no item. */
export function figureRows(report: PublishedReport): FigureRow[] {
  const items = new Map(report.items.map((item) => [itemKey(item), item]));
  return report.lines.map((line) => {
    const item = items.get(itemKey(line));
    if (item === undefined) {
      throw new Error(`the report has a line of ${line.section} "${line.code}" without its item`);
    }
    return { report, item, line };
  });
}

/** The whole area's measures without an indicator: asked for without a target. */
export function otherMeasures(report: PublishedReport): FigureRow[] {
  return figureRows(report).filter(
    ({ item, line }) => line.section === "measure" && line.area_id === null && !item.has_indicator,
  );
}

/** Rows by their group, null for those in none, in the order in which the groups come first. */
export function groupsOf(rows: readonly FigureRow[]): Map<string | null, FigureRow[]> {
  return grouped(rows, ({ item }) => item.group_name);
}

/** Each area that rows are of, once, by its number; the whole is the first. */
export function areasOf(rows: readonly FigureRow[]): Line[] {
  const areas = new Map(rows.map(({ line }) => [line.area_no, line]));
  return [...areas.values()].sort((one, other) => one.area_no - other.area_no);
}

function itemKey({ section, code }: { section: string; code: string }): string {
  return `${section} ${code}`;
}
