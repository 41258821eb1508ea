import type { PeriodKind } from "../../types/tables.ts";

/** What is needed of a period. */
interface Switched {
  readonly period: string;
  readonly short_name: string;
  readonly axis_name: string;
  readonly kind: PeriodKind;
  readonly year: number;
  readonly position: number;
}

/** Periods of a kind and year side by side, with what they are called. */
export interface PeriodGroup<Row> {
  readonly title: string;
  readonly periods: readonly { readonly row: Row; readonly text: string }[];
}

/** Up to this many periods are in one row, in order of time. */
const FEW = 8;

const TITLES: Readonly<Partial<Record<PeriodKind, string>>> = { month: "Tháng", quarter: "Quý" };
/** The order of groups; those without a title are last. */
const ORDER: readonly PeriodKind[] = ["month", "quarter"];

/**
 * Periods as a switch lists them: a few as they are, many by year and kind, without what the title of
 * their group says already.
 * @param rows in the order of time
 * @returns groups in the order of years, each year's months before its quarters before its longer periods
 */
export function periodGroups<Row extends Switched>(rows: readonly Row[]): PeriodGroup<Row>[] {
  if (rows.length <= FEW) {
    return [{ title: "", periods: rows.map((row) => ({ row, text: row.short_name })) }];
  }
  const years = [...new Set(rows.map(({ year }) => year))];
  const groups = years.flatMap((year) =>
    [...ORDER, undefined].flatMap((kind): PeriodGroup<Row>[] => {
      const found = rows.filter(
        (row) =>
          row.year === year && (kind === undefined ? !ORDER.includes(row.kind) : row.kind === kind),
      );
      if (found.length === 0) return [];
      const word = kind === undefined ? undefined : TITLES[kind];
      return [
        {
          title: titleOf(word, years.length > 1 ? year : null),
          periods: found.map((row) => ({ row, text: textOf(row, word, years.length > 1) })),
        },
      ];
    }),
  );
  // periods of several years, one in each, need no group of their own
  return groups.every(({ periods }) => periods.length === 1)
    ? [{ title: "", periods: rows.map((row) => ({ row, text: row.short_name })) }]
    : groups;
}

function titleOf(word: string | undefined, year: number | null): string {
  if (word === undefined) return year === null ? "Kỳ khác" : `Kỳ khác ${year}`;
  return year === null ? word : `${word} ${year}`;
}

function textOf(row: Switched, word: string | undefined, tellsYear: boolean): string {
  if (row.kind === "month") return String(row.position);
  if (word !== undefined && row.axis_name.startsWith(`${word} `)) {
    return row.axis_name.slice(word.length + 1);
  }
  if (row.kind === "year") return `Năm ${row.year}`;
  return tellsYear ? row.axis_name : row.short_name;
}
