import { type IndicatorWords, indicatorOf } from "./indicator-words.ts";
import type { World } from "./world.ts";

type Measure = { readonly code?: string; readonly [more: string]: unknown };

interface SmallPlanChanges {
  readonly schema?: number;
  readonly in_force_from?: string | undefined;
  /** Further measures: stocks that wards report, unless they say otherwise. */
  readonly measures?: readonly Measure[] | undefined;
  /** The day before which each is due: `Q1 03-10`, of other years than 2030 `2029-Q1 2029-03-10`. */
  readonly periods?: readonly string[] | undefined;
}

const STOCK = {
  unit_of_measure: "người",
  kind: "count",
  reported_by: ["W"],
  over_time: "last",
  over_areas: "sum",
  sensitive: false,
};

const OF_D1 = { reported_by: ["D1"], over_time: "sum" };
const CASES = { ...OF_D1, by_area: true, sensitive: true };
const OF_ALL = { reported_by: ["D1", "D2", "W"] };

const MEASURES: readonly Measure[] = [
  { code: "people" },
  { code: "reached", over_time: "sum", at_most: "people" },
  { code: "forms", over_time: "min" },
  { code: "plan", kind: "yes_no", over_time: "max" },
  { code: "cases", ...CASES },
  { code: "solved", ...CASES, at_most: "cases" },
  { code: "posts", ...OF_D1 },
  { code: "pages", reported_by: ["D2"], over_time: "sum" },
  { code: "staff", ...OF_ALL },
  { code: "trained", ...OF_ALL, over_time: "sum" },
  { code: "joined", ...OF_ALL, kind: "yes_no", over_time: "max" },
  { code: "load", over_time: "average", over_areas: "average" },
];

export const PERIODS = ["Q1 03-10", "Q2 06-10", "Q3 09-10", "Q4 12-10", "H1 06-05", "Y 11-15"];

const MONTHS = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, "0"));

/** Other periods than those of the small plan. */
export const OTHER_PERIODS = {
  nine_months: [...PERIODS, "H2 12-15", "M9 09-15"],
  /** Each due until the tenth of the next, with quarters and the year made of them. */
  months: [
    ...MONTHS.map((month, index) => `M${month} ${MONTHS[index + 1] ?? "2031-01"}-10`),
    ...PERIODS.filter((period) => !period.startsWith("H1")),
  ],
  years: [2028, 2029, 2030].map((year) => `${year}-Y ${year + 1}-01-20`),
  /** 2029 and 2030 */
  two_years: [2029, 2030].flatMap((year) => PERIODS.map((one) => ofYear(year, one))),
};

/** A period with its year in its code. */
export function ofYear(year: number, period: string): string {
  return `${year}-${period.replace(" ", ` ${year}-`)}`;
}

/** Four wards A1 to A4 and two departments, four quarters, a half-year and a year of 2030. */
export function smallPlan(
  asked: IndicatorWords | readonly object[] | Readonly<Record<string, IndicatorWords>>,
  { schema = 1, measures = [], ...changes }: SmallPlanChanges = {},
): World {
  const periods = (changes.periods ?? PERIODS).map(period);
  const begin = `${Math.min(...periods.map(({ year }) => year))}-01-01`;
  return {
    plan: {
      schema,
      id: "small",
      number: "1/KH",
      title: "Small plan",
      short_title: "Small",
      issuer: "Committee",
      issued_on: begin,
      in_force_from: changes.in_force_from ?? begin,
      source: "made up",
      reports_to: "Committee",
      area: { code: "C", noun: "thành phố" },
      reporting_areas: "children",
      reporting_area_noun: "phường",
      groups: [{ code: "1", name: "One" }],
      units: [
        { code: "D1", item: 1, name: "Department 1", short_name: "D1" },
        { code: "D2", item: 2, name: "Department 2", short_name: "D2" },
        { code: "W", item: 3, name: "Ward {area}", short_name: "W {area}", each_area: true },
      ],
      periods: periods.map((one) => withParts(one, periods)),
      measures: changedMeasures(measures),
      indicators: indicatorsOf(asked),
    },
    areas: [
      "1,C,City,city,,,,made up",
      ...[1, 2, 3, 4].map((no) => `1${no},A${no},Ward ${no},ward,1,,,made up`),
    ],
  };
}

function indicatorsOf(
  asked: IndicatorWords | readonly object[] | Readonly<Record<string, IndicatorWords>>,
): readonly object[] {
  if (Array.isArray(asked)) return asked;
  if (typeof asked === "string" || "value" in asked) return [indicatorOf(asked as IndicatorWords)];
  return Object.entries(asked).map(([code, words]) => indicatorOf(words, code));
}

/** Those of the small plan and more; what is said of one that it has replaces what it says. */
function changedMeasures(changes: readonly Measure[]): object[] {
  const known = MEASURES.map((one) => ({
    ...one,
    ...changes.find(({ code }) => code === one.code),
  }));
  const more = changes.filter(({ code }) => MEASURES.every((one) => one.code !== code));
  return [...known, ...more].map((one) => {
    const { code = "" } = one;
    return { ...STOCK, name: code.charAt(0).toUpperCase() + code.slice(1), ...one };
  });
}

type Period = ReturnType<typeof period>;

const KINDS = [
  { begin: "Q", kind: "quarter", name: "Quarter", positions: 4 },
  { begin: "H", kind: "half_year", name: "Half-year", positions: 2 },
  { begin: "M", kind: "month", name: "Month", positions: 12 },
];

/** A period by its code and the day before which it is due. */
function period(words: string) {
  const [code = "", due = ""] = words.split(" ");
  const [own = "", inYear] = code.split("-").reverse();
  const year = Number(inYear ?? 2030);
  const found = KINDS.find(({ begin }) => own.startsWith(begin));
  const isNineMonths = own === "M9";
  const { kind, name, positions } = isNineMonths
    ? { kind: "nine_months", name: "Nine months", positions: 1 }
    : (found ?? { kind: "year", name: "Year", positions: 1 });
  const position = positions === 1 ? 1 : Number(own.slice(1));
  const months = isNineMonths ? 9 : 12 / positions;
  const day = (month: number, no: number) =>
    new Date(Date.UTC(year, month, no)).toISOString().slice(0, 10);
  const number = positions === 1 || own === "H1" ? "" : ` ${position}`;
  return {
    code,
    name: `${name}${number}${inYear === undefined ? "" : ` ${year}`}`,
    kind,
    year,
    position,
    positions,
    data_from: day(months * (position - 1), 1),
    data_to: day(months * position, 0),
    due_before: due.length === 5 ? `${year}-${due}` : due,
    estimate: false,
  };
}

/** A period with those of the shortest kind that it is made of. */
function withParts(one: Period, all: readonly Period[]): object {
  const most = Math.max(...all.map(({ positions }) => positions));
  const parts = all.filter(
    (other) =>
      other.positions === most && other.data_from >= one.data_from && other.data_to <= one.data_to,
  );
  return one.positions === most ? one : { ...one, covers: parts.map(({ code }) => code) };
}

/** An indicator `I` with the given value and target. */
export function indicator(
  value: object,
  comparator = ">=",
  target: number | string = 30,
  pace = "none",
): object {
  return { ...indicatorOf({ value }), target: { comparator, value: target, pace } };
}

export const REACH = { kind: "ratio", numerator: ["reached"], denominator: ["people"] };
