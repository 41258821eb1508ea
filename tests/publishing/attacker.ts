/** What a reader of published tables knows: that some unknown counts add up to a figure. */
export interface Equation {
  /** Names of unknown counts, each once. */
  readonly unknowns: readonly string[];
  readonly sum: number;
}

/**
 * All that follows from the equations for single counts, each of which is a whole number not below
 * zero: what is left when one sum is taken from another that holds it, and what bounds then leave
 * open. It is what a patient reader finds out with a pencil.
 * @returns the unknowns that can have one value only, with it
 */
export function workOut(equations: readonly Equation[]): Map<string, number> {
  const known = closure(equations);
  const low = new Map<string, number>();
  const high = new Map<string, number>();
  for (const { unknowns } of known) for (const one of unknowns) low.set(one, 0);
  for (let isNew = true; isNew; ) {
    isNew = false;
    for (const { unknowns, sum } of known) {
      for (const one of unknowns) {
        const others = unknowns.filter((other) => other !== one);
        const most = sum - others.reduce((total, other) => total + (low.get(other) ?? 0), 0);
        if (most < (high.get(one) ?? Number.POSITIVE_INFINITY)) {
          high.set(one, most);
          isNew = true;
        }
        const least =
          sum -
          others.reduce((total, other) => total + (high.get(other) ?? Number.POSITIVE_INFINITY), 0);
        if (least > (low.get(one) ?? 0)) {
          low.set(one, least);
          isNew = true;
        }
      }
    }
  }
  return new Map([...low].filter(([one, least]) => high.get(one) === least));
}

/** The equations and every difference of two of them whose unknowns all cancel or stay positive. */
function closure(equations: readonly Equation[]): Equation[] {
  const found = new Map<string, Equation>();
  const add = ({ unknowns, sum }: Equation): boolean => {
    const key = [...unknowns].sort().join(" ");
    if (unknowns.length === 0 || found.has(key)) return false;
    found.set(key, { unknowns, sum });
    return true;
  };
  for (const one of equations) add(one);
  for (let isNew = true; isNew; ) {
    isNew = false;
    for (const whole of [...found.values()]) {
      for (const part of [...found.values()]) {
        if (part === whole || part.unknowns.length >= whole.unknowns.length) continue;
        if (!part.unknowns.every((one) => whole.unknowns.includes(one))) continue;
        const rest = whole.unknowns.filter((one) => !part.unknowns.includes(one));
        if (add({ unknowns: rest, sum: whole.sum - part.sum })) isNew = true;
      }
    }
  }
  return [...found.values()];
}

/**
 * Differences between two states of the same report that the reader works out: sums of which all
 * unknowns but one each are the same.
 */
export function workOutChanges(equations: readonly Equation[]): {
  readonly from: string;
  readonly to: string;
  readonly change: number;
}[] {
  return equations.flatMap((one) =>
    equations.flatMap((other) => {
      const from = one.unknowns.filter((name) => !other.unknowns.includes(name));
      const to = other.unknowns.filter((name) => !one.unknowns.includes(name));
      const [gone] = from;
      const [come] = to;
      if (gone === undefined || come === undefined || from.length > 1 || to.length > 1) return [];
      return [{ from: gone, to: come, change: other.sum - one.sum }];
    }),
  );
}
