import type { PeriodKind } from "../types/tables.ts";
import { SHORTER_PERIODS } from "./words.ts";

/** What a covering period is made of, in a plan whose regular periods are of this kind. */
export function shorterPeriods(kind: PeriodKind): string {
  const words: Readonly<Partial<Record<PeriodKind, string>>> = SHORTER_PERIODS;
  return words[kind] ?? "các kỳ ngắn hơn";
}
