import type { PeriodKind } from "../types/tables.ts";
import { SHORTER_PERIODS } from "./words.ts";

/**
 * What a covering period is made of, in a plan whose regular periods are of this kind; null in a plan
 * without periods.
 */
export function shorterPeriods(kind: PeriodKind | null): string {
  const words: Readonly<Partial<Record<PeriodKind, string>>> = SHORTER_PERIODS;
  return (kind === null ? undefined : words[kind]) ?? "các kỳ ngắn hơn";
}
