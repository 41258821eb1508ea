import { createRequire } from "node:module";

/** Its types are of a module that TypeScript takes for another kind than Node does. */
const highsLoader: typeof import("highs").default = createRequire(import.meta.url)("highs");

/** A sum of unknown counts, by their names. */
export type Terms = ReadonlyMap<string, number>;

/** What a reader knows of unknown counts, each a whole number not below zero. */
export interface Knowledge {
  /** What sums come to. */
  readonly equations: readonly { readonly terms: Terms; readonly sum: number }[];
  /** Sums that are not below zero, as what a bound leaves over. */
  readonly notNegative: readonly Terms[];
}

/** The least and the greatest that a sum can be. */
export interface Interval {
  readonly least: number;
  /** Infinite where nothing bounds it. */
  readonly most: number;
}

/** Above any count of a plan, so that a solver need not know infinity. */
const LARGE = 100_000;

/**
 * Asks a solver for whole numbers how far what a reader knows leaves a sum open.
 * @returns null where nothing at all fits, so that what was taken for knowledge is wrong
 */
export async function intervalsOf(
  knowledge: Knowledge,
  sums: readonly Terms[],
): Promise<(Interval | null)[]> {
  const highs = await highsLoader();
  const parts = partsOf(knowledge);
  const answers = new Map<string, Interval | null>();
  return sums.map((sum) => {
    const key = [...sum].sort().join(" ");
    const known = answers.get(key);
    if (known !== undefined) return known;
    const part = parts.about(sum);
    const ask = (direction: "Minimize" | "Maximize"): number | null => {
      const { Status, ObjectiveValue } = highs.solve(problemText(direction, sum, part));
      if (Status === "Infeasible") return null;
      if (Status !== "Optimal") throw new Error(`the solver says ${Status}`);
      return Math.round(ObjectiveValue);
    };
    const least = ask("Minimize");
    const most = least === null ? null : ask("Maximize");
    const interval =
      least === null || most === null
        ? null
        : { least, most: most >= LARGE ? Number.POSITIVE_INFINITY : most };
    answers.set(key, interval);
    return interval;
  });
}

function problemText(direction: string, sum: Terms, part: Knowledge): string {
  const names = new Map<string, string>();
  const name = (unknown: string): string => {
    const known = names.get(unknown) ?? `v${names.size}`;
    names.set(unknown, known);
    return known;
  };
  const text = (terms: Terms): string =>
    [...terms]
      .map(([one, times]) => `${times < 0 ? "-" : "+"} ${Math.abs(times)} ${name(one)}`)
      .join(" ");
  const rows = [
    ...part.equations.map(({ terms, sum: value }) => `${text(terms)} = ${value}`),
    ...part.notNegative.map((terms) => `${text(terms)} >= 0`),
  ].map((row, index) => ` c${index}: ${row}`);
  const objective = text(sum);
  // a problem needs a row
  const any = ` any: ${objective} >= 0`;
  const unknowns = [...names.values()];
  return [
    direction,
    ` objective: ${objective}`,
    "Subject To",
    ...rows,
    any,
    "Bounds",
    ...unknowns.map((one) => ` 0 <= ${one} <= ${LARGE}`),
    "General",
    ` ${unknowns.join(" ")}`,
    "End",
  ].join("\n");
}

/** Knowledge parted by unknowns that have to do with each other. */
function partsOf({ equations, notNegative }: Knowledge) {
  const parent = new Map<string, string>();
  const root = (one: string): string => {
    const above = parent.get(one) ?? one;
    if (above === one) return one;
    const found = root(above);
    parent.set(one, found);
    return found;
  };
  const join = (terms: Terms): void => {
    const [first, ...others] = [...terms.keys()];
    if (first === undefined) return;
    for (const one of others) parent.set(root(one), root(first));
  };
  for (const { terms } of equations) join(terms);
  for (const terms of notNegative) join(terms);
  const isAbout = (roots: ReadonlySet<string>) => (terms: Terms) =>
    [...terms.keys()].some((one) => roots.has(root(one)));
  return {
    about(sum: Terms): Knowledge {
      const is = isAbout(new Set([...sum.keys()].map(root)));
      return {
        equations: equations.filter(({ terms }) => is(terms)),
        notNegative: notNegative.filter(is),
      };
    },
  };
}
