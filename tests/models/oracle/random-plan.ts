import fc from "fast-check";
import type { GivenTable } from "../typed-ledger.ts";
import type { World } from "../world.ts";

/**
 * Small plans of every kind that a plan file can be, with reports that came at any time. A sketch is
 * made of small numbers, of which each chooses among what is possible there, so that a failing one
 * can be made smaller part by part and stays a plan.
 */
export interface Sketch {
  readonly calendar: CalendarSketch;
  readonly areas: AreasSketch;
  readonly measures: readonly MeasureSketch[];
  readonly indicators: readonly IndicatorSketch[];
  readonly baselines: readonly BaselineSketch[];
  /** What every unit sends in time for every base period; none: only what is sent below. */
  readonly steady: readonly string[];
  readonly sent: readonly SentSketch[];
}

interface CalendarSketch {
  readonly grid: "quarters" | "months" | "years";
  readonly firstYear: number;
  readonly years: number;
  /** Which of the covering periods there are, in their order. */
  readonly covering: readonly boolean[];
  /** Days from the first day of the plan to the one on which it comes into force. */
  readonly inForceAfter: number;
  /** Days from the end of a period to the day before which it is due: of base periods, and of others. */
  readonly dueAfter: readonly [number, number];
}

interface AreasSketch {
  readonly wards: readonly {
    readonly kind: "ward" | "commune";
    /** What the reform makes of it: 0 and 1 are merged into successors, 2 is abolished, the rest stay. */
    readonly fate: number;
  }[];
  /** Which base period it comes with, and how many days after its first day. */
  readonly reform: { readonly at: number; readonly after: number } | null;
  readonly isExact: readonly [boolean, boolean];
  /** Whether the reporting areas are written one by one. */
  readonly isListed: boolean;
  /** The first of the wards reports until the end of a base period only. */
  readonly leaves: number | null;
}

interface MeasureSketch {
  readonly family: Family;
  readonly overTime: "sum" | "last" | "max" | "min" | "average";
  readonly overAreas: "sum" | "average" | "max" | "min";
  readonly dueIn: readonly boolean[] | null;
  readonly from: number | null;
  readonly isOfPlan: boolean;
  /** It is one of some levels, and counts nothing. */
  readonly isLevel: boolean;
  readonly atMost: number | null;
  /** Of which areas it is asked: of one kind of them, or of some. */
  readonly askedOf: number | null;
}

/** Who reports: wards; a department by area; it alone for the whole; departments and wards; departments. */
type Family = "W" | "A" | "D" | "U" | "V";

interface ValueSketch {
  readonly kind: "ratio" | "count" | "share_of_areas" | "share_of_units" | "all_of";
  readonly family: number;
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly thresholds: readonly { readonly comparator: string; readonly value: number }[];
  readonly factor: number;
}

type ChangeAs = "percent" | "points" | "times" | "ranks";

interface IndicatorSketch {
  readonly value: ValueSketch;
  readonly change: { readonly from: number; readonly as: ChangeAs } | null;
  /** Takes the indicators before it together. */
  readonly isAllOf: boolean;
  readonly from: number | null;
  readonly comparator: string;
  readonly scope: "number" | "at" | "groups" | "codes" | "table" | "each";
  readonly isLinear: boolean;
  readonly isDueEach: boolean;
  readonly numbers: readonly number[];
  readonly dues: readonly number[];
  readonly baseline: number;
  readonly amendedFrom: number | null;
}

interface BaselineSketch {
  readonly measure: number;
  readonly place: number;
  readonly period: number;
  readonly value: number;
}

interface SentSketch {
  readonly unit: number;
  readonly period: number;
  /** Days from the last day of the period. */
  readonly after: number;
  /** One a measure; of a department that reports by area one more for each. */
  readonly cells: readonly string[];
}

const index = fc.nat(11);
/** Something in so many of 100 cases, else null. */
const maybe = <T>(one: fc.Arbitrary<T>, percent: number): fc.Arbitrary<T | null> =>
  fc.oneof(
    { weight: 100 - percent, arbitrary: fc.constant(null) },
    { weight: percent, arbitrary: one },
  );
/** Rarely, and never when made smaller. */
const rarely = (times: number): fc.Arbitrary<boolean> =>
  fc.nat(times - 1).map((n) => n === times - 1);

const calendar: fc.Arbitrary<CalendarSketch> = fc.record({
  grid: fc.oneof(
    { weight: 6, arbitrary: fc.constant("quarters" as const) },
    { weight: 2, arbitrary: fc.constant("months" as const) },
    { weight: 2, arbitrary: fc.constant("years" as const) },
  ),
  firstYear: fc.integer({ min: 2028, max: 2030 }),
  years: fc.integer({ min: 1, max: 3 }),
  covering: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  inForceAfter: fc.oneof(fc.constant(0), fc.constant(0), fc.constant(0), fc.nat(130)),
  dueAfter: fc.tuple(fc.integer({ min: -25, max: 30 }), fc.integer({ min: -50, max: 30 })),
});

const areas: fc.Arbitrary<AreasSketch> = fc.record({
  wards: fc.array(
    fc.record({ kind: fc.constantFrom("ward" as const, "commune" as const), fate: fc.nat(4) }),
    { minLength: 1, maxLength: 4, size: "max" },
  ),
  reform: maybe(fc.record({ at: index, after: fc.oneof(fc.constant(0), fc.nat(60)) }), 50),
  isExact: fc.tuple(fc.boolean(), fc.boolean()),
  isListed: fc.boolean(),
  leaves: maybe(index, 20),
});

const measure: fc.Arbitrary<MeasureSketch> = fc.record({
  family: fc.constantFrom<Family[]>("W", "W", "W", "W", "A", "D", "U", "V"),
  overTime: fc.constantFrom("sum", "sum", "sum", "last", "last", "max", "min", "min", "average"),
  overAreas: fc.constantFrom("sum", "sum", "sum", "sum", "average", "max", "min"),
  dueIn: maybe(fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), 25),
  from: maybe(index, 15),
  isOfPlan: rarely(4),
  isLevel: rarely(5),
  atMost: maybe(index, 60),
  askedOf: maybe(index, 20),
});

const value: fc.Arbitrary<ValueSketch> = fc.record({
  kind: fc.constantFrom(
    "ratio",
    "ratio",
    "ratio",
    "count",
    "share_of_areas",
    "share_of_units",
    "all_of",
  ),
  family: fc.nat(5),
  first: fc.array(index, { minLength: 1, maxLength: 2 }),
  second: fc.array(index, { minLength: 1, maxLength: 2 }),
  thresholds: fc.array(
    fc.record({
      comparator: fc.constantFrom(">=", ">=", ">", "<=", "<"),
      value: fc.nat(4),
    }),
    { minLength: 4, maxLength: 4 },
  ),
  factor: fc.constantFrom(100, 100, 1, 100_000),
});

const indicator: fc.Arbitrary<IndicatorSketch> = fc.record({
  value,
  change: maybe(
    fc.record({
      from: fc.nat(6),
      as: fc.constantFrom<ChangeAs[]>("percent", "points", "times", "ranks"),
    }),
    25,
  ),
  isAllOf: rarely(5),
  from: maybe(index, 15),
  comparator: fc.constantFrom(">=", ">=", ">", "<=", "<", "=", "between"),
  scope: fc.constantFrom("number", "number", "at", "groups", "codes", "table", "each"),
  isLinear: fc.boolean(),
  isDueEach: rarely(4),
  numbers: fc.array(fc.oneof(fc.nat(12), fc.nat(100)), { minLength: 8, maxLength: 8 }),
  dues: fc.array(index, { minLength: 1, maxLength: 3 }),
  baseline: fc.nat(40),
  amendedFrom: maybe(index, 30),
});

const cell: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.nat(9).map(String) },
  { weight: 3, arbitrary: fc.nat(120).map(String) },
  { weight: 1, arbitrary: fc.nat(2_000_000).map(String) },
  { weight: 1, arbitrary: fc.nat(99).map((n) => String(n / 2)) },
  { weight: 1, arbitrary: fc.constant("nil") },
  { weight: 2, arbitrary: fc.constant(".") },
);

/** Up to how many measures, and areas, a plan has. */
const MEASURES = 5;
const AREAS = 6;
/** Units among which a report chooses. */
const UNITS = 7;

export const sketch: fc.Arbitrary<Sketch> = fc.record({
  calendar,
  areas,
  measures: fc.array(measure, { minLength: 1, maxLength: MEASURES, size: "max" }),
  indicators: fc.array(indicator, { minLength: 1, maxLength: 3, size: "max" }),
  baselines: fc.array(
    fc.record({ measure: index, place: fc.nat(3), period: index, value: fc.nat(60) }),
    { maxLength: 12 },
  ),
  steady: fc.oneof(fc.constant([]), fc.array(cell, { minLength: 1, maxLength: 30, size: "max" })),
  sent: fc.array(
    fc.record({
      unit: fc.nat(11),
      period: fc.nat(40),
      after: fc.oneof(fc.integer({ min: -30, max: 10 }), fc.integer({ min: -90, max: 400 })),
      cells: fc.array(cell, {
        minLength: MEASURES + AREAS,
        maxLength: MEASURES + AREAS,
      }),
    }),
    { maxLength: 70, size: "max" },
  ),
});

/** A moment as of which plans are looked at, in office time. */
export const moment: fc.Arbitrary<string> = fc
  .integer({ min: 400, max: 1100 })
  .map((days) => `${dayAfter("2028-12-15", days)}T12:00`);

// --- a plan of a sketch

interface PeriodWords {
  readonly code: string;
  readonly name: string;
  readonly kind: "month" | "quarter" | "half_year" | "nine_months" | "year";
  readonly year: number;
  readonly position: number;
  readonly positions: number;
  readonly data_from: string;
  readonly data_to: string;
  readonly due_before: string;
  readonly estimate: boolean;
  readonly covers?: readonly string[];
}

interface AreaWords {
  readonly id: number;
  readonly code: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
}

interface MeasureWords {
  readonly code: string;
  readonly family: Family;
  /** Codes of the areas of which it is asked. */
  readonly asked: readonly string[];
  readonly isAverage: boolean;
  readonly isFlow: boolean;
  readonly isRank: boolean;
  readonly isLevel: boolean;
  readonly dueIn: readonly string[] | undefined;
  /** First day of the period from which it is reported. */
  readonly from: string;
  readonly words: object;
}

export function dayAfter(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}

const at = <T>(list: readonly T[], number: number): T => {
  const found = list[number % list.length];
  if (found === undefined) throw new Error("nothing to choose from");
  return found;
};

/**
 * The plan of a sketch, with what was sent.
 * @param number tells the plans of one warehouse apart: its areas are `A3.1`, those of no other plan
 */
export function worldOf(sketch: Sketch, number: number): { world: World; given: GivenTable } {
  const periods = periodsOf(sketch.calendar);
  const [firstPeriod] = periods;
  if (firstPeriod === undefined) throw new Error("no period");
  const inForceFrom = dayAfter(firstPeriod.data_from, sketch.calendar.inForceAfter);
  const places = areasOf(sketch.areas, number, periods, inForceFrom);
  const measures = measuresOf(sketch.measures, periods, places.reporting);
  const tables: Record<string, string> = {};
  const indicators = sketch.indicators.map((one, position) =>
    indicatorOf(one, position, sketch.indicators, measures, periods, places.reporting, (lines) => {
      const name = `quotas-${number}-${position}.csv`;
      tables[name] = ["indicator,place,period,value", ...lines].join("\n");
      return name;
    }),
  );
  const { sent } = spelledOut(sketch);
  const given = tableOf(sent, measures, periods, places.reporting, inForceFrom);
  return {
    world: {
      plan: {
        schema: 2,
        id: "random",
        number: "1/KH",
        title: "Random plan",
        short_title: "Random",
        issuer: "Committee",
        issued_on: inForceFrom,
        in_force_from: inForceFrom,
        source: "made up",
        reports_to: "Committee",
        area: { code: `C${number}`, noun: "thành phố" },
        reporting_areas: places.words,
        reporting_area_noun: "phường",
        groups: [{ code: "1", name: "One" }],
        units: [
          { code: "D1", item: 1, name: "Department 1", short_name: "D1" },
          { code: "D2", item: 2, name: "Department 2", short_name: "D2" },
          { code: "W", item: 3, name: "Ward {area}", short_name: "W {area}", each_area: true },
        ],
        periods,
        measures: measures.map(({ words }) => words),
        indicators,
      },
      areas: places.lines,
      successors: places.successors,
      tables,
      baselines: baselinesOf(sketch, measures, periods, places.reporting),
    },
    given,
  };
}

function periodsOf({ grid, firstYear, years, covering, dueAfter }: CalendarSketch): PeriodWords[] {
  const isMonths = grid === "months";
  const count = isMonths ? Math.min(years, 2) : grid === "years" ? years + 1 : years;
  const [has0 = false, has1 = false, has2 = false, has3 = false] = covering;
  return Array.from({ length: count }, (_, offset) => firstYear + offset).flatMap((year) => {
    const period = (
      kind: PeriodWords["kind"],
      code: string,
      first: number,
      months: number,
      size: number,
      isBase: boolean,
    ): PeriodWords => {
      const from = `${year}-${String(first).padStart(2, "0")}-01`;
      const next = first + months;
      const end = next > 12 ? `${year + 1}-01-01` : `${year}-${String(next).padStart(2, "0")}-01`;
      const after = dueAfter[isBase ? 0 : 1];
      const step = isMonths ? 1 : 3;
      const parts = Array.from({ length: months / step }, (_, part) => first + part * step);
      return {
        code: `${year}-${code}`,
        name: `${code} ${year}`,
        kind,
        year,
        position: Math.floor((first - 1) / size) + 1,
        positions: Math.floor(12 / size),
        data_from: from,
        data_to: dayAfter(end, -1),
        due_before: dayAfter(end, Math.max(after, 2 - months * 28)),
        estimate: false,
        ...(!isBase && {
          covers: parts.map((part) =>
            isMonths
              ? `${year}-M${String(part).padStart(2, "0")}`
              : `${year}-Q${(part - 1) / 3 + 1}`,
          ),
        }),
      };
    };
    if (grid === "years") return [period("year", "Y", 1, 12, 12, true)];
    const quarters = [1, 4, 7, 10].map((first, position) =>
      period("quarter", `Q${position + 1}`, first, 3, 3, !isMonths),
    );
    return [
      ...(isMonths
        ? [
            ...Array.from({ length: 12 }, (_, month) =>
              period("month", `M${String(month + 1).padStart(2, "0")}`, month + 1, 1, 1, true),
            ),
            ...(has3 ? quarters : []),
          ]
        : quarters),
      ...(has0 ? [period("half_year", "H1", 1, 6, 6, false)] : []),
      ...(has0 && has1 ? [period("half_year", "H2", 7, 6, 6, false)] : []),
      ...(has1 ? [period("nine_months", "N", 1, 9, 9, false)] : []),
      ...(has2 ? [period("year", "Y", 1, 12, 12, false)] : []),
    ];
  });
}

const isBase = ({ covers = [] }: PeriodWords): boolean => covers.length === 0;

function areasOf(
  { wards, reform, isExact, isListed, leaves }: AreasSketch,
  number: number,
  periods: readonly PeriodWords[],
  inForceFrom: string,
) {
  const bases = periods.filter(isBase);
  const day = reform === null ? null : dayAfter(at(bases, reform.at).data_from, reform.after);
  // what was before the first period is nothing to the plan
  const isLate = day !== null && day > inForceFrom && day > (bases[0]?.data_to ?? "");
  const ids = 100 * (number + 1);
  const all: AreaWords[] = wards.map(({ kind, fate }, position) => ({
    id: ids + position + 1,
    code: `A${number}.${position + 1}`,
    kind,
    from: "",
    to: isLate && fate <= 2 ? dayAfter(day, -1) : "",
  }));
  const successors: string[] = [];
  if (isLate) {
    for (const no of [0, 1]) {
      const merged = all.filter((_, position) => wards[position]?.fate === no);
      const id = ids + 50 + no;
      if (merged.length === 0) continue;
      for (const one of merged) {
        // one part of an area may have come to it whole, and another not
        const isWhole = isExact[no] === true && (one !== merged[1] || isExact[1 - no] === true);
        successors.push(`${one.id},${id},${day},${isWhole ? "yes" : "no"},made up`);
      }
      const kind = merged[0]?.kind ?? "ward";
      all.push({ id, code: `N${number}.${no + 1}`, kind, from: day, to: "" });
    }
  }
  const lines = [
    `${ids},C${number},City,city,,,,made up`,
    ...all.map(
      ({ id, code, kind, from, to }) =>
        `${id},${code},${code},${kind},${ids},${from},${to},made up`,
    ),
  ];
  const last = bases.at(-1)?.data_to ?? "";
  const until = leaves === null || !isListed ? "" : at(bases, leaves).data_to;
  const reporting = all
    .filter(({ from }) => from <= last)
    .map((one, position) =>
      position === 0 && until !== "" && (one.to === "" || until < one.to)
        ? { ...one, to: until }
        : one,
    );
  const words = !isListed
    ? "children"
    : reporting.map(({ code, from, to }, position) => ({
        codes: [code],
        ...(from !== "" && { from }),
        ...(position === 0 && until !== "" && { until: to }),
      }));
  return { reporting, lines, successors, words };
}

function measuresOf(
  sketches: readonly MeasureSketch[],
  periods: readonly PeriodWords[],
  areas: readonly AreaWords[],
): MeasureWords[] {
  const askedOf = sketches.map(({ askedOf, family }) => {
    if (askedOf === null || family === "D" || family === "V") return undefined;
    if (askedOf % 2 === 1) return { kinds: [at(areas, askedOf).kind] };
    return {
      codes: areas.filter((_, no) => no === 0 || (no + askedOf) % 3 > 0).map((one) => one.code),
    };
  });
  const kinds = [...new Set(periods.map(({ kind }) => kind))];
  const codes = sketches.map((_, position) => `m${position + 1}`);
  const baseCount = periods.filter(isBase).length;
  return sketches.map(
    (
      { family, overTime: time, overAreas: wide, dueIn, from, isOfPlan, atMost, isLevel },
      position,
    ) => {
      const [overTime, overAreas] = isLevel ? (["last", "none"] as const) : [time, wide];
      const chosen = kinds.filter((_, kind) => dueIn?.[kind] ?? true);
      const begins = from === null ? null : at(periods.filter(isBase), from);
      const code = codes[position] ?? "";
      const asked = askedOf[position];
      const bound = atMost === null ? code : at(codes, atMost);
      const boundAsked = askedOf[codes.indexOf(bound)];
      // an average is exact over twelve periods
      const isTooLong = overTime === "average" && baseCount > 12;
      return {
        code,
        family,
        asked: areas
          .filter(
            (one) => asked?.kinds?.includes(one.kind) ?? asked?.codes?.includes(one.code) ?? true,
          )
          .map((one) => one.code),
        isAverage: overTime === "average" || overAreas === "average",
        isFlow: overTime === "sum" || overTime === "max",
        isLevel,
        isRank: overTime === "last" && (overAreas !== "sum" || family === "D"),
        dueIn: dueIn === null || chosen.length === 0 ? undefined : chosen,
        from: begins?.data_from ?? "",
        words: {
          code,
          name: code,
          unit_of_measure: "người",
          ...(isLevel ? { kind: "level", levels: LEVELS } : { kind: "count", decimals: 1 }),
          reported_by: REPORTED_BY[family],
          ...(family === "A" && { by_area: true }),
          over_time: overTime,
          over_areas: overAreas,
          sensitive: false,
          ...(asked !== undefined && { asked_of: asked }),
          ...(dueIn !== null && chosen.length > 0 && { due_in: chosen }),
          ...(begins !== null && { from: begins.code }),
          ...(isOfPlan &&
            !isTooLong && {
              sums_over: overTime === "min" && position % 2 === 0 ? "period" : "plan",
            }),
          ...(bound !== code &&
            !isLevel &&
            sketches[codes.indexOf(bound)]?.isLevel === false &&
            sketches[codes.indexOf(bound)]?.family === family &&
            (boundAsked === undefined || JSON.stringify(boundAsked) === JSON.stringify(asked)) && {
              at_most: bound,
            }),
        },
      };
    },
  );
}

const LEVELS = ["C", "B", "A"];
const levelAt = (number: number | string): string => at(LEVELS, Math.floor(Number(number)));

const REPORTED_BY: Readonly<Record<Family, readonly string[]>> = {
  W: ["W"],
  A: ["D1"],
  D: ["D1"],
  U: ["D1", "D2", "W"],
  V: ["D1", "D2"],
};

const distinct = <T>(list: readonly T[]): T[] => [...new Set(list)];

interface MadeValue {
  readonly words: object;
  readonly isFlow: boolean;
  readonly isByArea: boolean;
  readonly isCount: boolean;
  /** One stock, of which the whole is no sum. */
  readonly isRank: boolean;
  readonly isLevel: boolean;
  /** Codes of the areas that it is asked of. */
  readonly asked: readonly string[];
}

function madeValue(sketch: ValueSketch, measures: readonly MeasureWords[]): MadeValue {
  // what is put together is asked of the same places
  const placesOf = ({ words, family }: MeasureWords): string =>
    JSON.stringify([family, "asked_of" in words ? words.asked_of : null]);
  const isMixed = sketch.kind === "count" && sketch.family === 5;
  const places = at(distinct(measures.map(placesOf)), sketch.family);
  const possible = isMixed ? measures : measures.filter((one) => placesOf(one) === places);
  const family = possible[0]?.family ?? "D";
  const chosen = (numbers: readonly number[]): MeasureWords[] => {
    const list = distinct(numbers.map((one) => at(possible, one)));
    return list.some(({ isAverage }) => isAverage) ? list.slice(0, 1) : list;
  };
  const codes = (list: readonly MeasureWords[]): string[] => list.map(({ code }) => code);
  const first = chosen(sketch.first);
  const second = chosen(sketch.second);
  // what is counted may be of several places, what is decided on is of one
  const isAlike = (one: MeasureWords, _: number, [lead = one]: readonly MeasureWords[]): boolean =>
    placesOf(one) === placesOf(lead);
  const deciding = distinct([...first, ...second])
    .filter(({ isAverage }) => !isAverage)
    .filter(isAlike);
  const conditions = deciding.map(({ code }, position) => ({
    measure: code,
    ...sketch.thresholds[position],
    ...(deciding[position]?.isLevel === true && {
      value: levelAt(sketch.thresholds[position]?.value ?? 0),
    }),
  }));
  const made = (words: object, flows: readonly MeasureWords[], list = flows): MadeValue => ({
    words,
    isFlow: flows.every(({ isFlow }) => isFlow),
    isByArea: list.some((one) => ["W", "A", "U"].includes(one.family)),
    isCount: "kind" in words && words.kind === "count",
    isRank: list.length === 1 && list.every((one) => one.isRank),
    isLevel: "kind" in words && words.kind === "count" && list.every((one) => one.isLevel),
    asked: distinct(list.flatMap(({ asked }) => asked)),
  });
  const isPossible = {
    ratio: true,
    count: false,
    share_of_areas: family === "W" || family === "A",
    share_of_units: true,
    all_of: family === "D",
  }[sketch.kind];
  const counted = (list: readonly MeasureWords[]) => list.filter(({ isLevel }) => !isLevel);
  const above = counted(first);
  // what is divided by itself is always one, and no plan's
  const others = counted(possible).filter((one) => !above.includes(one));
  const isOfItself = counted(second).every((one) => above.includes(one));
  const below = isOfItself ? others.slice(0, 1) : counted(second);
  if (sketch.kind === "ratio" && above.length > 0 && below.length > 0) {
    return made(
      {
        kind: "ratio",
        numerator: codes(above),
        denominator: codes(below),
        factor: sketch.factor,
      },
      above,
      [...above, ...below],
    );
  }
  const isDecided = isPossible && sketch.kind !== "ratio" && conditions.length > 0;
  if (isDecided) return made({ kind: sketch.kind, conditions }, deciding);
  const isOneLevel = family === "D" && !isMixed && first[0]?.isLevel === true;
  const summed = isOneLevel ? first.slice(0, 1) : above;
  return summed.length > 0
    ? made({ kind: "count", measures: codes(summed) }, summed)
    : made({ kind: "share_of_units", conditions }, deciding);
}

function indicatorOf(
  sketch: IndicatorSketch,
  position: number,
  all: readonly IndicatorSketch[],
  measures: readonly MeasureWords[],
  periods: readonly PeriodWords[],
  allAreas: readonly AreaWords[],
  writeTable: (lines: readonly string[]) => string,
): object {
  const code = `i${position + 1}`;
  const isAllOf = (one: number): boolean => one > 0 && all[one]?.isAllOf === true;
  const components = all
    .slice(0, position)
    .flatMap((one, before) =>
      isAllOf(before) ? [] : [{ code: `i${before + 1}`, made: madeValue(one.value, measures) }],
    );
  const measured = madeValue(sketch.value, measures);
  const isTogether = isAllOf(position) && components.length > 0;
  const isRank = measured.isCount && measured.isRank;
  const { change } = isTogether ? { change: null } : sketch;
  const steps = change?.as === "ranks" && !isRank ? "points" : change?.as;
  const as = change !== null && measured.isLevel ? "ranks" : steps;
  const [{ code: firstCode = "", year = 0 } = {}] = periods;
  const base = firstCode.replace(String(year), String(year - 1));
  const value: MadeValue = isTogether
    ? {
        words: { kind: "all_of", indicators: components.map((one) => one.code) },
        isFlow: false,
        isByArea: components.every(({ made }) => made.isByArea),
        isCount: false,
        isRank: false,
        isLevel: false,
        asked: distinct(components.flatMap(({ made }) => made.asked)),
      }
    : change === null
      ? measured
      : {
          words: {
            kind: "change",
            of: measured.words,
            from: at(
              // a plan may not compare what only grows with the period before
              measured.isCount && measured.isFlow
                ? ["last_year", firstCode, base]
                : ["last_year", "last_year", "previous", "previous", firstCode, base],
              change.from,
            ),
            as,
            // every other rank is better when it is lower
            ...(as === "ranks" && change.from % 2 === 0 && { better: "lower" }),
          },
          isFlow: false,
          isByArea: measured.isByArea,
          isCount: false,
          isRank: false,
          isLevel: false,
          asked: measured.asked,
        };
  const areas = allAreas.filter((one) => value.asked.includes(one.code));
  const bases = periods.filter(isBase);
  const { isLevel } = value;
  // a level is asked for, and not to be kept under
  const comparator = isLevel && !["=", ">"].includes(sketch.comparator) ? ">=" : sketch.comparator;
  const isRange = comparator === "between";
  const isLinear =
    sketch.isLinear && !isLevel && change === null && comparator !== "<" && comparator !== "<=";
  const scope = value.isByArea ? sketch.scope : sketch.scope === "at" ? "at" : "number";
  const begins = sketch.from === null ? null : at(bases, sketch.from);
  const statement = (numbers: readonly number[], from: PeriodWords | null): object => {
    const sign = change === null || as === "times" ? 1 : -1;
    const number = (one: number): number | string | [number, number] => {
      if (isLevel) return levelAt(at(numbers, one));
      // nothing is no number of times
      const lower = sign * (at(numbers, one) + (as === "times" ? 1 : 0));
      return isRange ? [lower, lower + at(numbers, one + 1)] : lower;
    };
    const alone = isRange ? { between: number(0) } : { value: number(0) };
    // what was due before a target applies is no part of it
    const possible = bases.filter(({ data_to }) => data_to >= (from?.data_from ?? ""));
    const dues = distinct(sketch.dues.map((due) => at(possible, due).code));
    const milestones = Object.fromEntries(dues.map((due, one) => [due, number(one)]));
    const groups = distinct(areas.map((one) => (scope === "codes" ? one.code : one.kind)));
    const where = (): object => {
      switch (scope) {
        case "number":
          return alone;
        case "at":
          return { at: milestones };
        case "each":
          return { ...alone, for: "each" };
        case "groups":
        case "codes":
          return {
            for: Object.fromEntries(
              groups.map((group, one) => [
                group,
                // here and there a group has no number
                one > 0 && sketch.dues.length === 3
                  ? "none"
                  : one % 2 === 1 && !sketch.isDueEach
                    ? milestones
                    : number(one),
              ]),
            ),
          };
        case "table": {
          const lines = areas.map((one, line) => {
            const due = bases.find((base) => base.code === dues[0]);
            const isThere =
              due !== undefined && one.from <= due.data_to && due.data_to <= (one.to || "9999");
            const named = line % 3 === 2 && isThere ? due.code : "";
            return `${code},${one.code},${named},${[number(line)].flat().join(" - ")}`;
          });
          return { ...(sketch.dues.length > 1 && alone), for: { table: writeTable(lines) } };
        }
      }
    };
    return {
      ...(from !== null && { from: from.code }),
      ...(!isRange && { comparator }),
      ...where(),
      ...(isLinear && { pace: "linear" }),
      ...(sketch.isDueEach && scope !== "at" && { due: "each_period" }),
      ...(isLinear &&
        !value.isFlow && {
          baseline: { period: base, value: sketch.baseline, source: "made up" },
        }),
    };
  };
  const amended = sketch.amendedFrom === null ? null : at(bases, sketch.amendedFrom);
  const isAmended = amended !== null && scope !== "table";
  return {
    code,
    group: "1",
    name: code,
    short_name: code,
    quote: "made up",
    unit_of_measure: as === "times" ? "lần" : "%",
    value: value.words,
    ...(begins !== null && { from: begins.code }),
    target: isAmended
      ? [statement(sketch.numbers.slice(0, 4), null), statement(sketch.numbers.slice(4), amended)]
      : statement(sketch.numbers, null),
  };
}

function baselinesOf(
  { baselines }: Sketch,
  measures: readonly MeasureWords[],
  periods: readonly PeriodWords[],
  areas: readonly AreaWords[],
): string[] {
  const first = periods[0]?.year ?? 0;
  const codes = periods
    .filter(({ year }) => year === first)
    .map(({ code }) => code.replace(String(first), String(first - 1)));
  const places = ["", ...areas.map(({ code }) => code)];
  const lines = baselines.map(({ measure, place, period, value }) => {
    const line = [at(measures, measure).code, at(places, place), at(codes, period)];
    const isLevel = at(measures, measure).isLevel;
    return { line: line.join(","), value: isLevel ? levelAt(value) : value };
  });
  return lines
    .filter(({ line }, position) => lines.findIndex((one) => one.line === line) === position)
    .map(({ line, value }) => `${line},${value},made up`);
}

/** The same with everything that is sent one by one, so that parts of it can be left out. */
export function spelledOut(sketch: Sketch): Sketch {
  const sent = [...steadily(sketch, periodsOf(sketch.calendar)), ...sketch.sent];
  return { ...sketch, steady: [], sent };
}

function steadily({ steady }: Sketch, periods: readonly PeriodWords[]): SentSketch[] {
  if (steady.length === 0) return [];
  return periods.flatMap((period, position) =>
    isBase(period)
      ? Array.from({ length: UNITS }, (_, unit) => ({
          unit,
          period: position,
          after: 2,
          cells: Array.from({ length: MEASURES + AREAS }, (_, cell) =>
            at(steady, 5 * position + 3 * unit + cell),
          ),
        }))
      : [],
  );
}

function tableOf(
  sent: readonly SentSketch[],
  measures: readonly MeasureWords[],
  periods: readonly PeriodWords[],
  areas: readonly AreaWords[],
  inForceFrom: string,
): GivenTable {
  const head = ["received", "unit", "period", "area", ...measures.map(({ code }) => code)];
  const lines = sent.flatMap(({ unit, period: chosen, after, cells }, position): string[][] => {
    const period = at(periods, chosen);
    if (period.data_to < inForceFrom) return [];
    const there = areas.filter(
      ({ from, to }) => from <= period.data_to && period.data_to <= (to || "9999"),
    );
    // departments more often than one ward of several: they speak for more
    const units = [...there.map(({ code }) => `W-${code}`), "D1", "D2", "D1"];
    const name = at(units, unit);
    const day = [dayAfter(period.data_from, 1), dayAfter(period.data_to, after)].sort()[1] ?? "";
    const minutes = 4 * position;
    const clock = [Math.floor(minutes / 60), minutes % 60].map((part) =>
      String(part).padStart(2, "0"),
    );
    const received = `${day}T${clock.join(":")}`;
    // one in five is sent back at once
    const back = measures.map(() => ".");
    const sentBack =
      position % 5 === 4 ? [[`${received}:30`, name, period.code, "returned", ...back]] : [];
    const owed = ({ family, asked, dueIn, from }: MeasureWords): boolean =>
      REPORTED_BY[family].includes(name.startsWith("W") ? "W" : name) &&
      (!name.startsWith("W") || asked.includes(name.slice(2))) &&
      (dueIn === undefined || dueIn.includes(period.kind)) &&
      period.data_to >= from;
    const byArea =
      (area: string) =>
      (one: MeasureWords): boolean =>
        one.family === "A" && one.asked.includes(area);
    const line = (area: string, isOf: (one: MeasureWords) => boolean, shift: number): string[] => [
      received,
      name,
      period.code,
      area,
      ...measures.map((one, cell) =>
        isOf(one) && owed(one) ? sentOf(one, at(cells, cell + shift)) : ".",
      ),
    ];
    if (!measures.some(owed)) return [];
    const own = line("-", ({ family }) => family !== "A", 0);
    if (!measures.some((one) => one.family === "A" && owed(one))) return [own, ...sentBack];
    return [
      ...(measures.some((one) => one.family !== "A" && owed(one)) ? [own] : []),
      ...there.map(({ code }, one) => line(code, byArea(code), one + 1)),
      ...sentBack,
    ];
  });
  return [head, ...lines].map((cells) => cells.join("  ")).join("\n");
}

/** A level is told as its place. */
function sentOf({ isLevel }: MeasureWords, cell: string): string {
  if (!isLevel) return cell;
  return Number.isFinite(Number(cell)) ? String((Math.floor(Number(cell)) % 3) + 1) : ".";
}
