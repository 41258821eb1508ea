/** What is needed of a period. */
interface Judged {
  readonly target_value: number | null;
  readonly target_to: number | null;
}

/** Neighbouring periods of the same target; `from` and `to` count periods, `to` is the one after. */
export interface TargetStep {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  /** The upper bound where the target is a range. */
  readonly high: number | null;
  /** The target before, where a step leads from it to this one. */
  readonly before: number | null;
}

/** The targets of periods in order of time, as steps; no step without a target. */
export function targetSteps(rows: readonly Judged[]): TargetStep[] {
  const steps: TargetStep[] = [];
  rows.forEach(({ target_value: value, target_to: high }, i) => {
    if (value === null) return;
    const last = steps.at(-1);
    const isNext = last?.to === i;
    if (last !== undefined && isNext && last.value === value && last.high === high) {
      steps[steps.length - 1] = { ...last, to: i + 1 };
      return;
    }
    steps.push({ from: i, to: i + 1, value, high, before: isNext ? last.value : null });
  });
  return steps;
}

/** The least and the greatest of the figures and 0; never equal. */
export function rangeOf(figures: readonly (number | null | undefined)[]): [number, number] {
  const given = figures.flatMap((one) => one ?? []);
  const low = Math.min(0, ...given);
  const high = Math.max(0, ...given);
  return low === high ? [0, 1] : [low, high];
}
