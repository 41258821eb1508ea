import { withoutMarks } from "../../vocabulary/letter-case.ts";
import { periodNameOf } from "../../vocabulary/period-code.ts";
import type { PlanPeriod } from "../plan/plan.ts";

/** How often is reported. */
export const RHYTHMS = ["month", "quarter", "half_year", "year"] as const;
export type Rhythm = (typeof RHYTHMS)[number];

/** `ke-hoach-12-kh-ubnd-NNNN`: an id from the number of a plan and its year. */
export function planIdOf(number: string, year: number): string {
  const plain = withoutMarks(number)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return `${plain === "" ? "ke-hoach" : plain}-${year}`.slice(0, 64);
}

interface DraftPeriod
  extends Pick<PlanPeriod, "code" | "name" | "kind" | "position" | "positions"> {
  /** Months of the year that it is made of, counted from 1. */
  readonly first: number;
  readonly last: number;
}

/** When figures are closed and due: days of the last month of a period, or of a later one. */
export interface CalendarRule {
  readonly rhythm: Rhythm;
  readonly year: number;
  /** Closed on this day of the last month; the next period begins the day after. 31: with the month. */
  readonly closedOn: number;
  /** Received before this day, so many months after the last one. */
  readonly dueBefore: number;
  readonly dueMonthsLater: number;
}

/** As decree 09/2019/NĐ-CP, article 12, closes figures. */
export const BY_DECREE = { closedOn: 14, dueBefore: 20, dueMonthsLater: 0 } as const;

/** A period as a plan file has it: only one that covers others has `covers`. */
type WrittenPeriod = Omit<PlanPeriod, "covers"> & Partial<Pick<PlanPeriod, "covers">>;

/** The periods of a year by a rule, those that cover others last. */
export function periodsOf(rule: CalendarRule): WrittenPeriod[] {
  const { rhythm, year, closedOn, dueBefore, dueMonthsLater } = rule;
  const base = basePeriods(rhythm, year);
  const close = (month: number): string => dateOf(year, month, closedOn);
  return [...base, ...coveringPeriods(rhythm, year)].map((one): WrittenPeriod => {
    const { code, name, kind, position, positions, first, last } = one;
    const covers = base
      .filter((part) => part.code !== code && part.first >= first && part.last <= last)
      .map((part) => part.code);
    const due = dateOf(year, last + dueMonthsLater, dueBefore);
    return {
      ...{ code, name, kind, year, position, positions },
      data_from: dayAfter(close(first - 1)),
      data_to: close(last),
      due_before: due,
      estimate: due <= close(last),
      ...(base.includes(one) ? {} : { covers }),
    };
  });
}

function basePeriods(rhythm: Rhythm, year: number): DraftPeriod[] {
  const positions = { month: 12, quarter: 4, half_year: 2, year: 1 }[rhythm];
  const length = 12 / positions;
  return Array.from({ length: positions }, (_, index) => {
    const code = codeOf(rhythm, index + 1, year);
    return {
      ...{ code, name: periodNameOf(code), kind: rhythm, position: index + 1, positions },
      first: index * length + 1,
      last: (index + 1) * length,
    };
  });
}

/** What sums up the base periods: quarters over months, the first half-year, the year. */
function coveringPeriods(rhythm: Rhythm, year: number): DraftPeriod[] {
  if (rhythm === "year") return [];
  const quarters = rhythm === "month" ? basePeriods("quarter", year) : [];
  const half = rhythm === "half_year" ? [] : basePeriods("half_year", year).slice(0, 1);
  return [...quarters, ...half, ...basePeriods("year", year)];
}

function codeOf(rhythm: Rhythm, position: number, year: number): string {
  if (rhythm === "year") return `${year}-Y`;
  if (rhythm === "month") return `${year}-T${String(position).padStart(2, "0")}`;
  return `${year}-${rhythm === "quarter" ? "Q" : "H"}${position}`;
}

/** A day of a month of the year, or its last one; month 0 is the last of the year before. */
function dateOf(year: number, month: number, day: number): string {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1, Math.min(day, last))).toISOString().slice(0, 10);
}

function dayAfter(date: string): string {
  return new Date(Date.parse(date) + 24 * 3_600_000).toISOString().slice(0, 10);
}
