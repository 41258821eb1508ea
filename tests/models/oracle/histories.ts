import fc from "fast-check";
import { parseTable, type TextRow } from "../text-table.ts";
import type { GivenTable } from "../typed-ledger.ts";
import { worldText } from "../world.ts";
import { doubtsOf, figuresInDoubt } from "./doubts.ts";
import { figuresOf } from "./figures.ts";
import { type Given, givenOf, isThere, type Measure, moment } from "./given.ts";
import { Knowledge } from "./known.ts";
import { dayAfter, type Sketch, sketch, worldOf } from "./random-plan.ts";

/** What was attacked, each at one moment of one plan. */
interface Attacked {
  /** Verdicts and statements that were final, each looked at again after everything owed had come. */
  final: number;
  /** Those that were provisional in closed periods, and how many of them came out otherwise. */
  provisional: number;
  turned: number;
  /** Figures that an open doubt was about, each corrected. */
  corrected: number;
}

/** What a unit sends of a measure that it still owes. */
type Way = (measure: Measure, place: string) => number;

/**
 * What is sent in the end of what is owed, the worst of it: flows and stocks each at its lowest and
 * highest, what stands above as high and what stands below as low as can be, and anything at all.
 */
const WAYS: Readonly<Record<string, (given: Given) => Way>> = {
  lowest: () => () => 0,
  highest: () => () => HIGH,
  "flows high, stocks low": () => (one) => (isFlow(one) ? HIGH : 40),
  "flows low, stocks high": () => (one) => (isFlow(one) ? 0 : HIGH),
  "numerators high, denominators low": (given) => (one) => (isBelow(given, one) ? 1 : HIGH),
  "numerators low, denominators high": (given) => (one) => (isBelow(given, one) ? HIGH : 0),
  anything: () => (one, place) => [0, 1, 7, 40, HIGH][hashOf(one, place, 5)] ?? 0,
};
const HIGH = 1_000_000;
const isBelow = ({ indicators }: Given, { code }: Measure): boolean =>
  indicators.some(({ value: all }) => {
    const value = all.kind === "change" ? all.of : all;
    return value.kind === "ratio" && value.denominator.includes(code);
  });
const hash = (text: string): number =>
  [...text].reduce((sum, one) => (sum * 31 + one.charCodeAt(0)) % 1_000_003, 7);
const hashOf = ({ code }: Measure, place: string, among: number): number =>
  hash(`${code} ${place}`) % among;
const isFlow = ({ overTime }: Measure): boolean => overTime === "sum" || overTime === "max";

/**
 * Attacks every final verdict of random histories at two moments each: whatever is owed then comes,
 * in each of the ways, and what a history holds itself comes after. Nobody sends again, but fills
 * cells that he had left blank; what is bounded stays within its bound in each report, and comes with it.
 * @param seed by which plans and histories are drawn
 * @throws with the first that is contradicted
 */
export function attacked(plans: number, seed: number): Attacked {
  const counted = { final: 0, provisional: 0, turned: 0, corrected: 0 };
  fc.assert(
    fc.property(sketch, (one) => {
      const found = contradictionIn(one, counted) ?? contradictionBySettling(one, counted);
      if (found !== null) throw new Error(found);
    }),
    { numRuns: plans, seed },
  );
  return counted;
}

const keyOf = ({ at, indicator_code, period }: TextRow): string =>
  `${indicator_code} ${period} ${at}`;

/** What is said of a figure: a verdict, or what a value without one is. */
const statementOf = ({ status, attained, value }: TextRow): string =>
  attained === "-" ? `${status} ${value}` : `${status}`;

/** Whether it says something of a place or the whole: a verdict, a value, or that nothing arose. */
const hasStatement = ({ attained, value, status }: TextRow): boolean =>
  attained !== "-" || value !== "-" || status === "not_arising";

function contradictionIn(one: Sketch, counted: Attacked): string | null {
  const { world, given: table } = worldOf(one, 0);
  const given = givenOf(world, table);
  const sent = nearlyAll(given, asAssumed(given, table));
  const received = parseTable(sent)
    .map((row) => row.received ?? "")
    .sort();
  const end = "2099-12-31";
  const momentAt = (share: number) => received[Math.floor(received.length * share)] ?? end;
  const dueBy = new Map(given.periods.map(({ code, dueBefore }) => [code, dueBefore]));
  for (const at of new Set([0.4, 0.75].map(momentAt))) {
    const before = figuresOf(world, sent, at).filter(
      (row) =>
        hasStatement(row) &&
        (row.is_provisional === "false" || (dueBy.get(row.period ?? "") ?? "") <= at),
    );
    const open = new Map(before.map((row) => [keyOf(row), row]));
    const later = [
      ...Object.entries(WAYS).map(
        ([name, way]) => [name, completed(given, sent, at, way(given)), `${at}:59`] as const,
      ),
      ...[0.9, 1]
        .map(momentAt)
        .map((moment) => [`by ${moment}`, sent, moment > at ? moment : end] as const),
    ];
    for (const [name, all, moment] of later) {
      const found = figuresOf(world, all, moment, [], (indicator_code, period, at) =>
        open.has(keyOf({ indicator_code, period, at })),
      );
      for (const is of found) {
        const was = open.get(keyOf(is));
        if (was === undefined || statementOf(was) === statementOf(is)) continue;
        open.delete(keyOf(is));
        if (was.is_provisional === "true") continue;
        const final = `final at ${at}: ${JSON.stringify(was)}`;
        return [final, `${name}: ${JSON.stringify(is)}`, worldText(world), all].join("\n");
      }
    }
    const final = before.filter((row) => row.is_provisional === "false").length;
    counted.final += final;
    counted.provisional += before.length - final;
    counted.turned += before.length - open.size;
  }
  return null;
}

/** Figures in doubt that are corrected in one history at a moment. */
const MOST_CORRECTED = 4;

/**
 * Settles open doubts by another figure in the place of any that they are about: nothing final says
 * anything else then. What is confirmed leaves the figures as they are.
 */
function contradictionBySettling(one: Sketch, counted: Attacked): string | null {
  const { world, given: table } = worldOf(one, 0);
  const given = givenOf(world, table);
  const at = "2099-01-01";
  const doubts = doubtsOf(world, table, at);
  const knowledge = new Knowledge(given, at);
  const known = knowledge.reports();
  const wrong = figuresInDoubt(given, knowledge, doubts).flatMap((figure) => {
    const codes = figure.measure === null ? [...given.measures.keys()] : [figure.measure];
    return codes.map((code) => ({ ...figure, code }));
  });
  const step = Math.max(1, Math.floor(wrong.length / MOST_CORRECTED));
  const before = new Map(
    figuresOf(world, table, at, doubts)
      .filter((row) => hasStatement(row) && row.is_provisional === "false")
      .map((row) => [keyOf(row), row]),
  );
  for (const { rule, unit, period, area, code } of wrong.filter((_, no) => no % step === 0)) {
    const sender = given.units.find(({ key }) => key === unit);
    const where = given.areas.find(({ id }) => id === area)?.code ?? "-";
    // one that was sent back counts for nothing: there is nothing to correct
    const counts = known.find(({ current }) => current.unit === unit && current.period === period);
    const lines = parseTable(table)
      .filter((row) => row.unit === sender?.code && row.period === period)
      .filter((row) => moment(row.received ?? "") === counts?.current.received)
      .filter(({ area }) => area !== "returned")
      .map((row): TextRow => ({ ...row, received: `${at}T08:00` }));
    const line = lines.find((row) => row.area === (sender?.area === null ? where : "-"));
    if (line === undefined || line[code] === undefined || line[code] === ".") continue;
    counted.corrected += 1;
    const most = given.measures.get(code)?.levels ?? HIGH;
    line[code] = String(hash(`${unit} ${period} ${code}`) % 2 === 0 ? most : Math.min(most, 1));
    const all = tableOf(table, [...parseTable(table), ...lines]);
    for (const is of figuresOf(world, all, "2099-12-31")) {
      const was = before.get(keyOf(is));
      if (was === undefined || statementOf(was) === statementOf(is)) continue;
      const what = `final while ${code} of ${unit} in ${period} is in doubt by ${rule}`;
      return [`${what}: ${JSON.stringify(was)}`, JSON.stringify(is), worldText(world), all].join(
        "\n",
      );
    }
  }
  return null;
}

/** First reports alone, of which none is sent back; what has a bound is within it, and given only with it. */
function asAssumed(given: Given, table: GivenTable): GivenTable {
  const rows = parseTable(table).filter(({ area }) => area !== "returned");
  const first = new Map<string, string>();
  for (const { unit, period, received = "" } of rows) {
    const known = first.get(`${unit} ${period}`);
    if (known === undefined || received < known) first.set(`${unit} ${period}`, received);
  }
  return tableOf(
    table,
    rows
      .filter(({ unit, period, received }) => first.get(`${unit} ${period}`) === received)
      .map((row) => bounded(given, row)),
  );
}

/** With one in eight of the reports that nobody sent still missing; the others come two days after a period. */
function nearlyAll(given: Given, table: GivenTable): GivenTable {
  const endOf = new Map(given.periods.map(({ code, to }) => [code, to]));
  const known = new Set(parseTable(table).map((row) => `${row.unit} ${row.period}`));
  const more = parseTable(
    completed(given, table, "2099-01-01", (one, place) => hashOf(one, place, 60)),
  )
    .filter(({ unit = "", period = "" }) => !known.has(`${unit} ${period}`))
    .filter(({ unit = "", period = "" }) => hash(`${unit} ${period}`) % 8 > 0)
    .map((row) => ({
      ...row,
      received: `${dayAfter(endOf.get(row.period ?? "") ?? "", 2)}T09:00`,
    }));
  return tableOf(table, [...parseTable(table), ...more]);
}

/** Everything that is owed for periods that are over, as it comes right after a moment. */
function completed(given: Given, table: GivenTable, at: string, way: Way): GivenTable {
  const rows = parseTable(table);
  const before = rows.filter(({ received = "" }) => received <= at);
  const more = given.periods
    .filter((period) => period.to < at.slice(0, 10) && period.to >= given.inForceFrom)
    .flatMap((period) =>
      given.units.flatMap(({ key, code }): TextRow[] => {
        const sent = before.filter((row) => row.unit === code && row.period === period.code);
        const owed = [...given.measures.values()].flatMap((measure) =>
          (measure.dueIn?.includes(period.kind) ?? true) && period.to >= measure.from
            ? measure.places
                .filter(
                  ({ unit, area }) => unit === key && (area === null || isThere(area, period.to)),
                )
                .map((place) => ({ measure, place }))
            : [],
        );
        const isOwnArea = given.units.find((one) => one.key === key)?.area !== null;
        const lines = new Map<string, TextRow>(sent.map((row) => [row.area ?? "-", { ...row }]));
        let isMore = false;
        for (const { measure, place } of owed) {
          const area = isOwnArea ? "-" : (place.area?.code ?? "-");
          const line = lines.get(area) ?? emptyRow(given, code, period.code, area);
          lines.set(area, line);
          if (line[measure.code] !== ".") continue;
          isMore = true;
          const value = way(measure, `${code} ${period.code} ${area}`);
          line[measure.code] = String(
            measure.levels === undefined ? value : Math.min(measure.levels, Math.max(1, value)),
          );
        }
        return isMore
          ? [...lines.values()].map((row) => bounded(given, { ...row, received: `${at}:30` }))
          : [];
      }),
    );
  return tableOf(table, [...before, ...more]);
}

function emptyRow(given: Given, unit: string, period: string, area: string): TextRow {
  const cells = Object.fromEntries([...given.measures.keys()].map((code) => [code, "."]));
  return { received: "", unit, period, area, ...cells };
}

/** A line of a report of which nothing is above its bound, nor given without it. */
function bounded({ measures, periods }: Given, row: TextRow): TextRow {
  const line: TextRow = { ...row };
  const figure = (code: string): number | null =>
    line[code] === "." ? null : Number(line[code] === "nil" ? 0 : line[code]);
  const period = periods.find((one) => one.code === row.period);
  const isAskedWith = (...codes: string[]): boolean =>
    codes.every((code) => {
      const { dueIn, from = "" } = measures.get(code) ?? {};
      return period !== undefined && (dueIn?.includes(period.kind) ?? true) && period.to >= from;
    });
  // of bounds that go round in a circle all come to the same
  for (let step = 0; step <= measures.size; step++) {
    for (const { code, atMost } of measures.values()) {
      if (atMost === undefined || line[atMost] === undefined) continue;
      const [own, most] = [figure(code), figure(atMost)];
      if (own !== null && most !== null && own > most) line[code] = line[atMost] ?? ".";
      if ((own === null) !== (most === null) && isAskedWith(code, atMost)) {
        line[code] = ".";
        line[atMost] = ".";
      }
    }
  }
  return line;
}

const tableOf = (like: GivenTable, rows: readonly TextRow[]): GivenTable => {
  const names = (like.split("\n")[0] ?? "").trim().split(/\s+/);
  return [
    names.join("  "),
    ...rows.map((row) => names.map((name) => row[name] ?? ".").join("  ")),
  ].join("\n");
};
