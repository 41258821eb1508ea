import { inSentence } from "../vocabulary/letter-case.ts";
import { periodNameOf } from "../vocabulary/period-code.ts";

/** A period's name where its year is known: `Quý II`, `Tháng 3`. */
export function withoutYear(name: string, year: number): string {
  return name.replace(new RegExp(`( năm |/)${year}$`), "");
}

/** The same within a sentence: `quý II`. */
export function nameWithinYear(name: string, year: number): string {
  return inSentence(withoutYear(name, year));
}

/** A period, and the one with which a change is compared there. */
export interface ComparedPeriod {
  readonly period_kind: string;
  readonly year: number;
  readonly position: number | null;
  readonly earlier_kind: string | null;
  readonly earlier_year: number | null;
  readonly earlier_position: number | null;
  /** Where the marts have that period. */
  readonly earlier_name: string | null;
}

/**
 * With what a change is compared: `cùng kỳ năm trước`, `quý I`, `năm 2019`; `cả năm 2019` when part of
 * a year is measured against it.
 */
export function earlierText(period: ComparedPeriod): string {
  const { period_kind, year, position, earlier_name: name } = period;
  const { earlier_kind: kind, earlier_year, earlier_position } = period;
  const isYearBefore = earlier_year === year - 1;
  if (period_kind === "year" && kind === "year" && isYearBefore) return "năm trước";
  if (period_kind === kind && position === earlier_position && isYearBefore) {
    return "cùng kỳ năm trước";
  }
  if (kind === "year") {
    const whole = period_kind === "year" ? "" : "cả ";
    return whole + (name === null ? `năm ${earlier_year}` : inSentence(name));
  }
  if (name !== null) return nameWithinYear(name, year);
  const letter = kind === "quarter" ? "Q" : kind === "month" ? "T" : null;
  if (letter !== null) {
    return nameWithinYear(periodNameOf(`${earlier_year}-${letter}${earlier_position}`), year);
  }
  return "kỳ đem so sánh";
}
