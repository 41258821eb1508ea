import fc from "fast-check";
import { expect } from "vitest";
import { newFolder } from "../../folders.ts";
import { martsOfCases } from "../case-marts.ts";
import type { TextRow } from "../text-table.ts";
import { worldText, writeWorld } from "../world.ts";
import { doubtsOf } from "./doubts.ts";
import { figuresOf, measureFiguresOf } from "./figures.ts";
import { martsRows, measureRows } from "./marts-rows.ts";
import { moment, type Sketch, sketch, spelledOut, worldOf } from "./random-plan.ts";
import { plainer, smaller } from "./smallest.ts";

/** Plans that share a warehouse, which costs hardly more than one alone. */
const PLANS = 20;

/**
 * Holds the models against the independent computation on random plans and reports.
 * @param runs how many warehouses of twenty plans
 * @throws with the smallest plan found on which they differ
 */
export async function expectAgreement(runs: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      fc.array(sketch, { minLength: PLANS, maxLength: PLANS }),
      moment,
      async (sketches, asOf) => {
        const found = await differences(sketches, asOf);
        const failing = sketches.find((_, position) => found[position] !== null);
        if (failing === undefined) return;
        expect.fail(await described(await smallest(failing, asOf), asOf));
      },
    ),
    {
      numRuns: runs,
      endOnFailure: true,
      // twenty plans are too many to read
      reporter: ({ failed, seed, numRuns, errorInstance }) => {
        if (failed) throw new Error(`seed ${seed}, warehouse ${numRuns}`, { cause: errorInstance });
      },
    },
  );
}

/** Per plan the rows in which the two differ, as a table; null where they agree. */
async function differences(sketches: readonly Sketch[], asOf: string): Promise<(string | null)[]> {
  const close: (() => Promise<void>)[] = [];
  const caseOf = martsOfCases((one) => close.push(one));
  try {
    const made = sketches.map((one, number) => worldOf(one, number));
    const areas = made.flatMap(({ world }) => world.areas);
    const successors = made.flatMap(({ world }) => world.successors ?? []);
    const marts = made.map(({ world, given }) =>
      caseOf({ ...world, areas, successors }, given, asOf),
    );
    const found: (string | null)[] = [];
    for (const [position, { world, given }] of made.entries()) {
      const one = marts[position];
      if (one === undefined) throw new Error("a plan without marts");
      const expected = [
        ...figuresOf(world, given, asOf, doubtsOf(world, given, asOf)),
        ...measureFiguresOf(world, given, asOf),
      ];
      found.push(difference(expected, [...(await martsRows(one)), ...(await measureRows(one))]));
    }
    return found;
  } finally {
    for (const one of close) await one();
  }
}

const keyOf = ({ at, indicator_code, measure, period }: TextRow): string =>
  `${indicator_code ?? measure} ${period} ${at}`;

function difference(expected: readonly TextRow[], found: readonly TextRow[]): string | null {
  const rows = new Map(found.map((row) => [keyOf(row), row]));
  const lines = expected.flatMap((row) => {
    const other = rows.get(keyOf(row));
    rows.delete(keyOf(row));
    if (other === undefined) return [`${keyOf(row)}: no row in the marts`];
    const names = Object.keys(row).filter((name) => row[name] !== other[name]);
    return names.length === 0
      ? []
      : [
          `${keyOf(row)}: ${names.map((name) => `${name} ${row[name]}, in the marts ${other[name]}`).join("; ")}`,
        ];
  });
  const more = [...rows.keys()].map((key) => `${key}: in the marts alone`);
  return lines.length + more.length === 0 ? null : [...lines, ...more].join("\n");
}

/** Words of a sketch, those that say the least first. */
const WORDS = ["0", "1", "quarters", "ward", "W", "sum", "last", "count", "ratio", ">=", "number"];
const STEPS_AT_ONCE = 40;
const LONGEST_SEARCH = 1000 * Number(process.env.CHITIEU_SEARCH ?? 60);

/**
 * The smallest sketch that can be come by step by step, while there is time, of which the two engines
 * still differ.
 */
async function smallest(sketch: Sketch, asOf: string): Promise<Sketch> {
  const until = Date.now() + LONGEST_SEARCH;
  let best = spelledOut(sketch);
  const shrink = async (steps: (one: Sketch) => Sketch[]): Promise<void> => {
    let open = steps(best);
    // where the last step was found the next may be, and what comes before it is tried again at the end
    let position = 0;
    let tried = 0;
    while (tried < open.length && Date.now() < until) {
      const batch = open.slice(position, position + STEPS_AT_ONCE);
      const possible = batch.filter(isPossible);
      const found = possible.length === 0 ? [] : await differences(possible, asOf);
      const next = possible.find((_, one) => found[one] !== null);
      if (next === undefined) {
        tried += batch.length;
        position += batch.length;
      } else {
        position += batch.indexOf(next);
        best = next;
        open = steps(best);
        tried = 0;
      }
      if (position >= open.length) position = 0;
    }
  };
  await shrink(smaller);
  await shrink((one) => plainer(one, WORDS));
  await shrink(smaller);
  return best;
}

function isPossible(sketch: Sketch): boolean {
  try {
    writeWorld(newFolder(), worldOf(sketch, 0).world);
    return true;
  } catch {
    return false;
  }
}

/** What is needed to do a case again, in as few lines as there can be. */
async function described(sketch: Sketch, asOf: string): Promise<string> {
  const { world, given } = worldOf(sketch, 0);
  const [found] = await differences([sketch], asOf);
  return `as of ${asOf} the two engines differ:\n${found}\n\n${worldText(world)}\n\n${given}`;
}
