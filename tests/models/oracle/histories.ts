import fc from "fast-check";
import { parseTable, type TextRow } from "../text-table.ts";
import type { GivenTable } from "../typed-ledger.ts";
import type { World } from "../world.ts";
import { figuresOf } from "./figures.ts";
import { type Sketch, sketch, worldOf } from "./random-plan.ts";

/** A verdict that was final at a moment, and what it is later. */
interface Turned {
  readonly sketch: Sketch;
  readonly at: readonly [string, string];
  readonly was: TextRow;
  readonly is: TextRow;
}

interface Counted {
  /** Final verdicts that were looked at again. */
  readonly final: number;
  /** Of those that were provisional: how many another moment turned. */
  readonly turned: number;
}

/**
 * Looks at every final verdict of random histories again at each later moment. Nobody sends again,
 * nobody sends less than is known of him already, and nothing is above its bound.
 * @throws with the first that a later moment contradicts
 */
export function expectNothingTurned(plans: number): Counted {
  const counted = { final: 0, turned: 0 };
  fc.assert(
    fc.property(sketch, (one) => {
      const found = turnedIn(one, counted);
      if (found !== null) throw new Error(described(found));
    }),
    { numRuns: plans },
  );
  return counted;
}

const MOMENTS = 7;

const keyOf = ({ at, indicator_code, period }: TextRow): string =>
  `${indicator_code} ${period} ${at}`;

function turnedIn(one: Sketch, counted: { final: number; turned: number }): Turned | null {
  const { world, given } = worldOf(one, 0);
  const table = asAssumed(world, given);
  const received = parseTable(table)
    .map((row) => row.received ?? "")
    .sort();
  const moments = Array.from(
    { length: MOMENTS },
    (_, position) => received[Math.ceil(((received.length - 1) * position) / (MOMENTS - 1))],
  ).filter((moment) => moment !== undefined);
  const seen = new Map<string, { row: TextRow; at: string }>();
  const open = new Map<string, TextRow>();
  for (const at of [...new Set(moments), "2099-12-31"]) {
    for (const row of figuresOf(world, table, at)) {
      const before = seen.get(keyOf(row));
      if (before !== undefined) {
        counted.final++;
        if (before.row.status !== row.status) {
          return { sketch: one, at: [before.at, at], was: before.row, is: row };
        }
      }
      const provisional = open.get(keyOf(row));
      if (provisional !== undefined && provisional.status !== row.status) counted.turned++;
      if (row.attained === "-") continue;
      if (row.is_provisional === "true") open.set(keyOf(row), row);
      else if (before === undefined) seen.set(keyOf(row), { row, at });
    }
  }
  return null;
}

/** First reports alone; above its parts what covers them, and below its bound what has one. */
function asAssumed(world: World, given: GivenTable): GivenTable {
  const { measures, periods } = world.plan as {
    measures: { code: string; over_time: string; at_most?: string }[];
    periods: { code: string; covers?: string[] }[];
  };
  // bounds that go round in a circle leave room for one figure alone
  const depthOf = (code: string, steps = 0): number => {
    const bounded = steps > 5 ? [] : measures.filter(({ at_most }) => at_most === code);
    return Math.max(0, ...bounded.map((one) => 1 + depthOf(one.code, steps + 1)));
  };
  const isBounded = (code: string): boolean =>
    measures.some((one) => one.code === code && one.at_most !== undefined);
  const [head = ""] = given.split("\n");
  const rows = parseTable(given);
  const first = new Map<string, string>();
  for (const { unit, period, received = "" } of rows) {
    const known = first.get(`${unit} ${period}`);
    if (known === undefined || received < known) first.set(`${unit} ${period}`, received);
  }
  const kept = rows.filter(
    ({ unit, period, received }) => first.get(`${unit} ${period}`) === received,
  );
  const plain = (code: string, text: string): number => {
    const value = text === "nil" ? 0 : Number(text);
    const depth = depthOf(code);
    if (depth > 5) return 0;
    if (!isBounded(code) && depth === 0) return value;
    return 100 ** depth * (depth === 0 ? 0 : 1) + (value % 2);
  };
  const parts = new Map<string, number[]>();
  for (const row of kept) {
    for (const { code } of measures) {
      const text = row[code] ?? ".";
      if (text === ".") continue;
      const key = `${row.unit} ${row.area} ${code} ${row.period}`;
      parts.set(key, [plain(code, text)]);
    }
  }
  const value = (row: TextRow, code: string, how: string): string => {
    const text = row[code] ?? ".";
    if (text === ".") return text;
    const own = plain(code, text);
    const covered = (periods.find((one) => one.code === row.period)?.covers ?? []).flatMap(
      (part) => parts.get(`${row.unit} ${row.area} ${code} ${part}`) ?? [],
    );
    if (how === "sum") return String(covered.reduce((sum, part) => sum + part, own));
    return String(how === "max" ? Math.max(own, ...covered) : own);
  };
  const names = head.trim().split(/\s+/);
  return [
    head,
    ...kept.map((row) =>
      names
        .map((name) => {
          const measure = measures.find(({ code }) => code === name);
          return measure === undefined ? row[name] : value(row, name, measure.over_time);
        })
        .join("  "),
    ),
  ].join("\n");
}

function described({ sketch: one, at, was, is }: Turned): string {
  const { world, given } = worldOf(one, 0);
  const { periods, measures, indicators, in_force_from } = world.plan as Record<string, unknown>;
  const lists = { periods, measures, indicators, areas: world.areas, successors: world.successors };
  return [
    `final at ${at[0]}: ${JSON.stringify(was)}`,
    `and at ${at[1]}: ${JSON.stringify(is)}`,
    `in force from ${in_force_from}`,
    ...Object.entries(lists).flatMap(([name, list]) => [
      `${name}:`,
      ...((list ?? []) as readonly unknown[]).map((line) => `  ${JSON.stringify(line)}`),
    ]),
    asAssumed(world, given),
  ].join("\n");
}
