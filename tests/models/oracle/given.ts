import { parseTable } from "../text-table.ts";
import type { GivenTable } from "../typed-ledger.ts";
import type { World } from "../world.ts";
import { type Rational, rational } from "./rational.ts";

/**
 * What the rules are about, read from a plan as it is written, the lines of area files, and a table
 * of what was sent. No default of the plan file is taken from the code that the models stand on.
 */

export interface Area {
  readonly id: string;
  readonly code: string;
  readonly kind: string;
  readonly parent: string;
  /** First and last day; empty where there is none. */
  readonly from: string;
  readonly to: string;
}

export interface Period {
  readonly code: string;
  readonly kind: string;
  readonly year: number;
  readonly position: number;
  readonly positions: number;
  readonly from: string;
  readonly to: string;
  readonly dueBefore: string;
  /** Codes of the base periods of the plan in it: itself where it covers none. */
  readonly bases: ReadonlySet<string>;
}

export type OverTime = "sum" | "max" | "min" | "last" | "average";
export type OverAreas = "sum" | "average" | "max" | "min" | "none";

export interface Measure {
  readonly code: string;
  readonly overTime: OverTime;
  readonly overAreas: OverAreas;
  /** How many levels it may be one of; undefined: it counts. */
  readonly levels: number | undefined;
  readonly atMost: string | undefined;
  /** Kinds of periods for which it is owed; undefined: every kind. */
  readonly dueIn: readonly string[] | undefined;
  /** First day of the period from which it is reported; empty: always. */
  readonly from: string;
  readonly sumsOver: "year" | "plan" | "period";
  readonly places: readonly Place[];
}

/** Where a measure is reported: an area, the whole, or one of several departments. */
export interface Place {
  readonly key: string;
  readonly unit: string;
  readonly area: Area | null;
}

export interface Condition {
  readonly measure: string;
  readonly comparator: string;
  readonly threshold: Rational;
}

export type Value =
  | {
      readonly kind: "ratio";
      readonly numerator: readonly string[];
      readonly denominator: readonly string[];
      readonly factor: number;
    }
  | {
      readonly kind: "share_of_areas" | "share_of_units" | "all_of";
      readonly conditions: readonly Condition[];
    }
  | { readonly kind: "count"; readonly measures: readonly string[] }
  | { readonly kind: "all_of_indicators"; readonly indicators: readonly string[] }
  | {
      readonly kind: "change";
      readonly of: Value;
      readonly from: string;
      readonly as: "percent" | "points" | "times" | "ranks";
      readonly isLowerBetter: boolean;
    };

/** What must hold: one number, or a lower and an upper one. */
export interface Bound {
  readonly value: Rational;
  readonly to: Rational | null;
}

/** A target's numbers for one place or group, by the code of the period in which each is due. */
export type Schedule = ReadonlyMap<string, Bound>;

export interface Statement {
  /** First day of the period from which it applies; empty: from the start. */
  readonly from: string;
  /** For the whole; also for every area where the scope is `all` or `each`. */
  readonly whole: Schedule;
  /** By area id. */
  readonly table: ReadonlyMap<string, Schedule>;
  /** By area id: the periods for which the table has a number of it, at whose end it is no more. */
  readonly tooLate: ReadonlyMap<string, ReadonlySet<string>>;
  /** By kind or code of areas. */
  readonly groups: ReadonlyMap<string, Schedule>;
  readonly baseline: { readonly period: string; readonly value: Rational } | undefined;
}

export interface Target {
  readonly comparator: string;
  readonly isLinear: boolean;
  readonly scope: "all" | "whole" | "groups" | "each" | "table";
  readonly statements: readonly Statement[];
}

export interface Indicator {
  readonly code: string;
  readonly from: string;
  readonly value: Value;
  readonly target: Target;
}

export interface Unit {
  /** Of two areas that have one code after another the committees have one code, too. */
  readonly key: string;
  readonly code: string;
  readonly entry: string;
  readonly area: Area | null;
}

/** What an area of another office came to, as that office published it; null: nothing is known. */
export interface AreaFigure {
  readonly "to date": Rational | null;
  readonly "in period": Rational | null;
}

export interface Submission {
  readonly unit: string;
  readonly period: string;
  readonly received: number;
  /** When it was sent back or recalled; never: infinite. */
  withdrawn: number;
  /** By measure and area id (`-` without); null is a blank cell. */
  readonly cells: ReadonlyMap<string, Rational | null>;
  /** Those of which something is owed still to the office that handed them up. */
  readonly partial: ReadonlySet<string>;
  /** Of what another office handed up: what each of its areas has. */
  readonly ofAreas: ReadonlyMap<string, ReadonlyMap<string, AreaFigure>>;
}

export interface Baseline {
  readonly measure: string;
  /** Empty: the whole. */
  readonly area: string;
  readonly period: string;
  readonly value: Rational;
}

export interface Given {
  readonly inForceFrom: string;
  readonly periods: readonly Period[];
  readonly measures: ReadonlyMap<string, Measure>;
  readonly indicators: readonly Indicator[];
  readonly units: readonly Unit[];
  /** Areas that report, each with its first and last day under the plan. */
  readonly areas: readonly Area[];
  /** Of each successor the areas that it succeeds, and whether it is exactly made of them. */
  readonly successions: ReadonlyMap<string, { from: readonly string[]; isExact: boolean }>;
  readonly submissions: readonly Submission[];
  readonly baselines: readonly Baseline[];
}

// what a plan says, as far as the rules read it
type Code = string;
type NumberWords = number | string | readonly [number | string, number | string];
type ByPeriod = Readonly<Record<Code, NumberWords>>;
interface StatementWords {
  from?: Code;
  comparator?: string;
  value?: number | string;
  between?: readonly [number | string, number | string];
  at?: ByPeriod;
  for?:
    | "each"
    | "whole"
    | { table: string }
    | Readonly<Record<Code, "none" | NumberWords | ByPeriod>>;
  pace?: "linear" | "none";
  due?: "each_period" | "year_end";
  baseline?: { period: Code; value: number | string };
}
interface ValueWords {
  kind: string;
  numerator?: Code[];
  denominator?: Code[];
  factor?: number;
  measures?: Code[];
  conditions?: { measure: Code; comparator?: string; value?: number | string }[];
  indicators?: Code[];
  of?: ValueWords;
  from?: string;
  as?: "percent" | "points" | "times" | "ranks";
  better?: "lower";
}
interface PlanWords {
  in_force_from: string;
  area: { code: string };
  reporting_areas:
    | "children"
    | "none"
    | { children_of?: string; codes?: string[]; from?: string; until?: string }[];
  units: { code: Code; each_area?: boolean }[];
  periods: {
    code: Code;
    kind: string;
    year: number;
    position: number;
    positions: number;
    data_from: string;
    data_to: string;
    due_before: string;
    covers?: Code[];
  }[];
  measures: {
    code: Code;
    reported_by: Code[];
    by_area?: boolean;
    over_time: OverTime;
    over_areas: OverAreas;
    levels?: string[];
    at_most?: Code;
    due_in?: string[];
    from?: Code;
    sums_over?: "year" | "plan" | "period";
    asked_of?: { kinds?: string[]; codes?: string[] };
  }[];
  indicators: {
    code: Code;
    from?: Code;
    value: ValueWords;
    target: StatementWords | StatementWords[];
  }[];
}

const END = "9999-12-31";
const later = (one: string, other: string): string => (one > other ? one : other);
const earlier = (one: string, other: string): string =>
  (one || END) < (other || END) ? one || END : other || END;

/** Whether an area is there on a day. */
export const isThere = (area: Area, day: string): boolean =>
  area.from <= day && day <= (area.to || END);

/** A moment in office time, as milliseconds since 1970. */
export function moment(text: string): number {
  const [date = "", clock = "00:00"] = text.split("T");
  return Date.parse(`${date}T${clock.length === 5 ? `${clock}:00` : clock}+07:00`);
}

/** The plan, areas and submissions of a case, of whose table `chi-tieu-giao.csv` as lines is one part. */
export function givenOf(world: World, table: GivenTable): Given {
  const words = world.plan as PlanWords;
  const all = world.areas.map((line): Area => {
    const [id = "", code = "", , kind = "", parent = "", from = "", to = ""] = line.split(",");
    return { id, code, kind, parent, from, to };
  });
  const periods = words.periods.map(
    ({
      code,
      kind,
      year,
      position,
      positions,
      data_from: from,
      data_to: to,
      due_before,
      covers = [],
    }) => ({
      ...{ code, kind, year, position, positions, from, to, dueBefore: due_before },
      bases: new Set(covers.length > 0 ? covers : [code]),
    }),
  );
  const firstDay = (code: Code | undefined): string => {
    if (code === undefined) return "";
    const found = periods.find((one) => one.code === code);
    if (found === undefined) throw new Error(`no period ${code}`);
    return found.from;
  };
  const areas = reportingAreas(words, all);
  const units = words.units.flatMap(({ code, each_area = false }): Unit[] =>
    each_area
      ? areas.map((area) => ({
          key: `${code}@${area.id}`,
          code: `${code}-${area.code}`,
          entry: code,
          area,
        }))
      : [{ key: code, code, entry: code, area: null }],
  );
  const measures = new Map(
    words.measures.map((one): [string, Measure] => [
      one.code,
      {
        code: one.code,
        overTime: one.over_time,
        overAreas: one.over_areas,
        levels: one.levels?.length,
        atMost: one.at_most,
        dueIn: one.due_in,
        from: firstDay(one.from),
        sumsOver: one.sums_over ?? "year",
        places: placesOf(
          one.reported_by,
          one.by_area ?? false,
          units,
          areas.filter(
            ({ kind, code }) =>
              one.asked_of === undefined ||
              (one.asked_of.kinds ?? []).includes(kind) ||
              (one.asked_of.codes ?? []).includes(code),
          ),
        ),
      },
    ]),
  );
  const tables = world.tables ?? {};
  const levels = (code: Code): readonly string[] =>
    words.measures.find((one) => one.code === code)?.levels ?? [];
  return {
    inForceFrom: words.in_force_from,
    periods,
    measures,
    units,
    areas,
    indicators: words.indicators.map(({ code, from, value, target }) => {
      const [only = "", more] = value.kind === "count" ? (value.measures ?? []) : [];
      const place = placeIn(more === undefined ? levels(only) : []);
      const list = (Array.isArray(target) ? target : [target]).map((one) => placed(one, place));
      const read = readValue(value, levels);
      return {
        code,
        from: firstDay(from),
        value: read,
        target: {
          comparator: list[0]?.comparator ?? "between",
          isLinear: list[0]?.pace === "linear",
          scope: scopeOf(list, read),
          statements: list.map((one) =>
            readStatement(one, list[0] ?? one, code, periods, areas, firstDay, tables),
          ),
        },
      };
    }),
    successions: readSuccessions(world.successors ?? [], areas),
    submissions: readSubmissions(table, units, areas, periods),
    baselines: (world.baselines ?? []).map((line) => {
      const [measure = "", area = "", period = "", value = ""] = line.split(",");
      return {
        measure,
        area: all.find(({ code }) => code === area)?.id ?? "",
        period,
        value: rational(String(placeIn(levels(measure))(value))),
      };
    }),
  };
}

/** The place of a word among levels, the first being 1; where there are none, the number itself. */
const placeIn =
  (levels: readonly string[]) =>
  <T extends number | string>(word: T): T | number =>
    levels.length === 0 ? word : levels.indexOf(String(word)) + 1;

/** A statement of levels, with their places. */
function placed(words: StatementWords, place: ReturnType<typeof placeIn>): StatementWords {
  const { value, at } = words;
  return {
    ...words,
    ...(value !== undefined && { value: place(value) }),
    ...(at !== undefined && {
      at: Object.fromEntries(
        Object.entries(at).map(([period, one]) => [
          period,
          typeof one === "object" ? one : place(one),
        ]),
      ),
    }),
  };
}

function reportingAreas(words: PlanWords, all: readonly Area[]): Area[] {
  const named = (code: string, day: string): Area => {
    const found = all.find((one) => one.code === code && isThere(one, day));
    if (found === undefined) throw new Error(`no area ${code} on ${day}`);
    return found;
  };
  if (words.reporting_areas === "none") return [];
  const entries =
    words.reporting_areas === "children"
      ? [{ children_of: words.area.code }]
      : words.reporting_areas;
  const last = words.periods.map(({ data_to }) => data_to).reduce(later);
  const first = words.periods.map(({ data_to }) => data_to).reduce(earlier);
  return entries.flatMap(
    (entry: { children_of?: string; codes?: string[]; from?: string; until?: string }) => {
      const day = entry.from ?? words.in_force_from;
      const list =
        entry.children_of === undefined
          ? (entry.codes ?? []).map((code) => named(code, day))
          : all.filter(({ parent }) => parent === named(entry.children_of ?? "", day).id);
      return list
        .map((area) => ({
          ...area,
          from: later(area.from, entry.from ?? ""),
          to: earlier(area.to, entry.until ?? ""),
        }))
        .filter((area) => area.from <= last && area.to >= first && area.from <= area.to);
    },
  );
}

function placesOf(
  entries: readonly string[],
  byArea: boolean,
  units: readonly Unit[],
  areas: readonly Area[],
): Place[] {
  const places = units
    .filter(({ entry }) => entries.includes(entry))
    .flatMap(({ key: unit, area }): { unit: string; area: Area | null }[] =>
      area !== null
        ? areas.includes(area)
          ? [{ unit, area }]
          : []
        : byArea
          ? areas.map((one) => ({ unit, area: one }))
          : [{ unit, area: null }],
    );
  // one department alone speaks for the whole
  return places.map(({ unit, area }) => ({
    unit,
    area,
    key: area !== null ? area.id : places.length === 1 ? "whole" : unit,
  }));
}

function readValue(words: ValueWords, levels: (code: Code) => readonly string[]): Value {
  const { numerator = [], denominator = [], measures = [], indicators, of } = words;
  const conditions = (words.conditions ?? []).map(({ measure, comparator = ">=", value = 1 }) => ({
    measure,
    comparator,
    threshold: rational(String(placeIn(levels(measure))(value))),
  }));
  switch (words.kind) {
    case "ratio":
      return { kind: "ratio", numerator, denominator, factor: words.factor ?? 100 };
    case "count":
      return { kind: "count", measures };
    case "all_of":
      return indicators === undefined
        ? { kind: "all_of", conditions }
        : { kind: "all_of_indicators", indicators };
    case "share_of_areas":
    case "share_of_units":
      return { kind: words.kind, conditions };
    case "change":
      if (of === undefined) throw new Error("a change of nothing");
      return {
        kind: "change",
        of: readValue(of, levels),
        from: words.from ?? "",
        as: words.as ?? "percent",
        isLowerBetter: words.better === "lower",
      };
    default:
      throw new Error(`no kind of value ${words.kind}`);
  }
}

/** A count has a number for the whole alone, and so has a change of one by so many. */
function scopeOf(list: readonly StatementWords[], value: Value): Target["scope"] {
  const words = list[0]?.for;
  if (words === "each" || words === "whole") return words;
  if (words !== undefined) return isTable(words) ? "table" : "groups";
  const isCount =
    value.kind === "count" ||
    (value.kind === "change" &&
      value.of.kind === "count" &&
      ["points", "ranks"].includes(value.as));
  // only where all must is a place asked
  const isOfSome =
    value.kind.startsWith("share_of_") &&
    !list.every(
      ({ comparator = "", value: number, at }) =>
        [">=", "="].includes(comparator) &&
        [...(number === undefined ? [] : [number]), ...Object.values(at ?? {})].every(
          (one) => Number(one) === 100,
        ),
    );
  return isCount || isOfSome ? "whole" : "all";
}

const isTable = (words: object): words is { table: string } => "table" in words;

const bound = (words: NumberWords): Bound =>
  typeof words === "object"
    ? { value: rational(String(words[0])), to: rational(String(words[1])) }
    : { value: rational(String(words)), to: null };

function readStatement(
  words: StatementWords,
  first: StatementWords,
  indicator: string,
  periods: readonly Period[],
  areas: readonly Area[],
  firstDay: (code: Code | undefined) => string,
  tables: Readonly<Record<string, string>>,
): Statement {
  const bases = periods.filter(({ code, bases }) => bases.has(code));
  const alone = (number: Bound): Schedule =>
    new Map(
      (first.due === "each_period"
        ? bases
        : bases.filter(
            (one) => !bases.some((other) => other.year === one.year && other.to > one.to),
          )
      ).map(({ code }) => [code, number]),
    );
  const schedule = (number: NumberWords | ByPeriod): Schedule =>
    typeof number === "object" && !Array.isArray(number)
      ? new Map(Object.entries(number).map(([code, one]) => [code, bound(one)]))
      : alone(bound(number as NumberWords));
  const number = words.at ?? words.between ?? words.value;
  const groups =
    typeof words.for === "object" && !isTable(words.for)
      ? Object.entries(words.for).filter(([, one]) => one !== "none")
      : [];
  const table = new Map<string, Map<string, Bound>>();
  const tooLate = new Map<string, Set<string>>();
  if (typeof words.for === "object" && isTable(words.for)) {
    for (const line of readLines(tables[String(words.for.table)])) {
      if (line.indicator !== indicator) continue;
      const [lower = "", upper] = (line.value ?? "").split(" - ");
      const one = bound(upper === undefined ? lower : [lower, upper]);
      for (const code of line.period ? [line.period] : alone(one).keys()) {
        const due = bases.find((period) => period.code === code);
        const area = areas.find((one) => one.code === line.place && isThere(one, due?.to ?? ""));
        if (area === undefined) {
          const gone = areas.filter((one) => one.code === line.place && one.to < (due?.to ?? ""));
          for (const { id } of gone) {
            tooLate.set(id, (tooLate.get(id) ?? new Set<string>()).add(code));
          }
          continue;
        }
        const rows = table.get(area.id) ?? new Map<string, Bound>();
        table.set(area.id, rows.set(code, one));
      }
    }
  }
  return {
    from: firstDay(words.from),
    whole: number === undefined ? new Map() : schedule(number),
    table,
    tooLate,
    groups: new Map(groups.map(([code, one]) => [code, schedule(one as NumberWords | ByPeriod)])),
    baseline:
      words.baseline === undefined
        ? undefined
        : { period: words.baseline.period, value: rational(String(words.baseline.value)) },
  };
}

/** Lines of a CSV file without quotes, by the names of its head line. */
function readLines(text: string | undefined): Record<string, string | undefined>[] {
  const [head = "", ...lines] = (text ?? "").trim().split("\n");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(head.split(",").map((name, index) => [name, cells[index]]));
  });
}

function readSuccessions(lines: readonly string[], areas: readonly Area[]): Given["successions"] {
  const successions = new Map<string, { from: string[]; isExact: boolean }>();
  const links = lines.map((line) => line.split(","));
  for (const [area = "", successor = "", , exact] of links) {
    const one = successions.get(successor) ?? { from: [], isExact: true };
    one.from.push(area);
    // a part that does not report is none that could be gone on with
    one.isExact &&= areas.some(({ id }) => id === area);
    // what became several areas is a part of none exactly
    one.isExact &&= exact === "yes" && links.filter(([other]) => other === area).length === 1;
    successions.set(successor, one);
  }
  return successions;
}

/** `x:40;y:30/10`: x came to 40, y to 30, of which 10 in the period. */
function readAreas(text: string): Map<string, AreaFigure> {
  const figure = (typed: string): Rational | null => (typed === "." ? null : rational(typed));
  return new Map(
    text.split(";").map((one) => {
      const [name = "", figures = ""] = one.split(":");
      const [toDate = "", inPeriod = toDate] = figures.split("/");
      return [name, { "to date": figure(toDate), "in period": figure(inPeriod) }];
    }),
  );
}

function readSubmissions(
  table: GivenTable,
  units: readonly Unit[],
  areas: readonly Area[],
  periods: readonly Period[],
): Submission[] {
  type Read = Submission & {
    cells: Map<string, Rational | null>;
    partial: Set<string>;
    ofAreas: Map<string, Map<string, AreaFigure>>;
  };
  const submissions = new Map<string, Read>();
  for (const { received = "", unit = "", period = "", area = "-", ...cells } of parseTable(table)) {
    const day = periods.find(({ code }) => code === period)?.to ?? "";
    const sender = units.find(
      (one) => one.code === unit && (one.area === null || isThere(one.area, day)),
    );
    if (sender === undefined) throw new Error(`no unit ${unit} in ${period}`);
    if (area === "returned" || area === "recalled") {
      for (const one of submissions.values()) {
        if (one.unit !== sender.key || one.period !== period) continue;
        one.withdrawn = Math.min(one.withdrawn, moment(received));
      }
      continue;
    }
    const key = `${received} ${unit} ${period}`;
    const one = submissions.get(key) ?? {
      unit: sender.key,
      period,
      received: moment(received),
      withdrawn: Number.POSITIVE_INFINITY,
      cells: new Map(),
      partial: new Set(),
      ofAreas: new Map(),
    };
    submissions.set(key, one);
    const found =
      area === "-" ? sender.area : areas.find((one) => one.code === area && isThere(one, day));
    for (const [measure, typed] of Object.entries(cells)) {
      const [of = ""] = typed.split(" ");
      const [figure = "", areasBelow] = of.replace("]", "").split("[");
      const cell = figure.replace("+", "");
      const place = `${measure} ${found?.id ?? "-"}`;
      one.cells.set(place, cell === "." ? null : cell === "nil" ? rational("0") : rational(cell));
      if (figure !== cell) one.partial.add(place);
      if (areasBelow !== undefined) one.ofAreas.set(place, readAreas(areasBelow));
    }
  }
  return [...submissions.values()];
}
