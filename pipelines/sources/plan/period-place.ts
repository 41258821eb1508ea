import type { PeriodKind, Plan } from "./plan.ts";

/** A period as a place in time, whichever plan has it. */
export interface PeriodPlace {
  readonly kind: PeriodKind;
  readonly year: number;
  readonly position: number;
}

/**
 * The place in time that a code means: a period of the plan, or one of its codes with another year in
 * it, as `2019-Y` where the plan has a `2020-Y`. Null where it means none.
 */
export function periodPlace(plan: Plan, code: string): PeriodPlace | null {
  const own = plan.periods.find((period) => period.code === code);
  if (own !== undefined) return { kind: own.kind, year: own.year, position: own.position };
  for (const { code: pattern, year, kind, position } of plan.periods) {
    const [before, after, ...rest] = pattern.split(String(year));
    if (before === undefined || after === undefined || rest.length > 0) continue;
    const other = code.slice(before.length, code.length - after.length);
    if (/^\d{4}$/.test(other) && code === `${before}${other}${after}`) {
      return { kind, year: Number(other), position };
    }
  }
  return null;
}
