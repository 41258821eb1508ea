// The axis below a chart: as many names of periods as fit.

import type { PeriodKind } from "../../types/tables.ts";

/** What is needed of a period. */
export interface AxisPeriod {
  /** `T3`, `Quý I`, `2024`. */
  readonly axis_name: string;
  readonly kind: string;
  readonly year: number;
  readonly position: number;
}

/** The label below a period; null without room, or if the year is already shown. */
export interface Tick {
  readonly name: string | null;
  readonly year: string | null;
}

/** Every so many months or quarters, so that each year shows the same ones. */
const EVERY: Readonly<Record<string, readonly number[]>> = {
  month: [1, 2, 3, 4, 6, 12],
  quarter: [1, 2, 4],
};

/** About as many pixels as a text takes. */
export function textWidth(text: string, fontSize: number): number {
  return text.length * fontSize * 0.58 + 4;
}

/**
 * The names of periods where each has `step` pixels of width.
 * @returns one for each period; the year once, where there are several or the names are of months
 */
export function ticksOf(periods: readonly AxisPeriod[], step: number, fontSize: number): Tick[] {
  // A name of several words has a line for each where it must.
  const words = periods.flatMap((row) => row.axis_name.split(" "));
  const widest = Math.max(0, ...words.map((word) => textWidth(word, fontSize)));
  const needed = Math.max(1, Math.ceil(widest / step));
  const kind = periods[0]?.kind ?? "";
  const every = EVERY[kind]?.find((one) => one >= needed) ?? needed;
  const isOfYears = kind === "year";
  const tellsYear =
    !isOfYears && (kind === "month" || new Set(periods.map(({ year }) => year)).size > 1);
  return periods.map(({ axis_name, year, position }, i) => {
    const isFirst = i === 0 || periods[i - 1]?.year !== year;
    const at = isOfYears ? i : position - 1;
    return {
      name: at % every === 0 ? axis_name : null,
      year: tellsYear && isFirst ? String(year) : null,
    };
  });
}

/** What is needed of a figure to choose the periods of its chart. */
interface Placed {
  readonly kind: PeriodKind;
  readonly is_base: boolean;
  readonly is_applicable: boolean;
  readonly status: string;
  readonly value: number | null;
  readonly is_hidden: boolean;
}

const SHORTEST_FIRST: readonly PeriodKind[] = [
  "month",
  "quarter",
  "half_year",
  "nine_months",
  "year",
  "other",
];

/**
 * The periods over which an indicator is drawn: the plan's regular ones, or, where it has no figure in
 * any of them, those of the shortest kind in which it has.
 * @param rows one for each period, in the order of time
 */
export function drawnPeriods<Row extends Placed>(rows: readonly Row[]): readonly Row[] {
  const applicable = rows.filter((row) => row.is_applicable);
  const regular = applicable.filter((row) => row.is_base);
  if (regular.some(isThere)) return regular;
  const kind = SHORTEST_FIRST.find((one) =>
    applicable.some((row) => row.kind === one && isThere(row)),
  );
  return kind === undefined ? regular : applicable.filter((row) => row.kind === kind);
}

/**
 * The period shown first among the drawn ones: the indicator's latest, else the last with any report.
 */
export function latestOf<
  Row extends Placed & { readonly is_latest: boolean; readonly areas_reported: number },
>(rows: readonly Row[]): Row | undefined {
  return (
    rows.find((row) => row.is_latest) ??
    rows.findLast((row) => row.areas_reported > 0) ??
    rows.at(-1)
  );
}

/** Without the kinds of periods in which an indicator is never reported, unless there are no others. */
export function reportedPeriods<Row extends Placed>(rows: readonly Row[]): readonly Row[] {
  const kinds = new Set(rows.filter(isThere).map((row) => row.kind));
  return kinds.size === 0 ? rows : rows.filter((row) => kinds.has(row.kind));
}

function isThere(row: Placed): boolean {
  return row.status !== "not_applicable" || row.is_hidden;
}
