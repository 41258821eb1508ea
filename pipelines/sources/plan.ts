import { z } from "zod";
import { CalendarDate } from "./calendar-date.ts";

/** Codes travel in file names, addresses and CSV files, so they stay plain. */
const Code = z
  .string('must be text; put a code such as "1.1" in quotes')
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    "may hold letters A-Z, digits, dot, dash, underscore",
  );

const Text = z.string("must be text").trim().min(1, "must not be empty");

/** An exact decimal with at most four decimals, kept as text so that it never becomes a float. */
export const Decimal = z
  .union([z.number(), z.string()], "must be a number")
  .transform((value) => String(value))
  .refine(
    (text) => /^-?\d{1,12}(\.\d{1,4})?$/.test(text),
    "must be a number with at most 4 decimals",
  );

const PositiveInteger = z.number("must be a whole number").int("must be a whole number").min(1);

/** How a reading is compared with the bound of a condition. */
export const Comparator = z.enum([">=", ">", "<=", "<"]);
export type Comparator = z.infer<typeof Comparator>;

/** How a value is compared with its target; `between` includes both bounds. */
export const TargetComparator = z.enum([...Comparator.options, "=", "between"]);
export type TargetComparator = z.infer<typeof TargetComparator>;

const PeriodKind = z.enum(["month", "quarter", "half_year", "nine_months", "year", "other"]);
export type PeriodKind = z.infer<typeof PeriodKind>;

export const OverTime = z.enum(["sum", "last", "max", "min", "average"]);
export const OverAreas = z.enum(["sum", "average", "max", "min"]);

const Group = z.strictObject({ code: Code, name: Text });

const Unit = z.strictObject({
  code: Code,
  name: Text,
  short_name: Text,
  /** Number of the item in the plan's list of who carries it out. */
  item: PositiveInteger,
  /** One such unit for every reporting area: its committee. `{area}` in the names is replaced. */
  each_area: z.boolean().default(false),
  /** Its code in `units.csv`, by which units of several plans are known to be one. */
  is: Code.optional(),
});

const Period = z.strictObject({
  code: Code,
  name: Text,
  kind: PeriodKind,
  year: z.number().int().min(1900).max(2999),
  /** Place among the periods of its kind in its year: 2 of 4 is the second quarter. */
  position: PositiveInteger,
  positions: PositiveInteger,
  data_from: CalendarDate,
  data_to: CalendarDate,
  /** Exclusive: on time means received before this day begins in Asia/Ho_Chi_Minh. */
  due_before: CalendarDate,
  /** The deadline falls before the period closes, so figures are partly estimated outturn. */
  estimate: z.boolean(),
  /** A period that sums up others names them; a period without is one that adds up over the year. */
  covers: z.array(Code).default([]),
});

const Measure = z.strictObject({
  code: Code,
  name: Text,
  unit_of_measure: Text,
  kind: z.enum(["count", "yes_no"]),
  /** Decimals that a value may have; counts of people and things have none. */
  decimals: z.number().int().min(0).max(4).default(0),
  /** Codes of the units that report it. */
  reported_by: z.array(Code).min(1, "must name at least one unit"),
  /** A department reports one value for each reporting area. Committees always report their own. */
  by_area: z.boolean().default(false),
  over_time: OverTime,
  over_areas: OverAreas,
  sensitive: z.boolean(),
  /** The kinds of periods for which it is owed; without, every kind of the plan. */
  due_in: z.array(PeriodKind).min(1, "must name at least one kind of period").optional(),
  /** The period from which it is reported, for a measure that was added later. */
  from: Code.optional(),
  /** Over what it adds up: the periods of a year, or all of the plan. */
  sums_over: z.enum(["year", "plan"]).default("year"),
  /** The measure that this one may never exceed, as handled cases never exceed received ones. */
  at_most: Code.optional(),
  /** Measures that must add up to this one. */
  parts: z.array(Code).default([]),
  /** The measures of which this one is the percentage, for a plan that asks for it beside them. */
  percentage_of: z.strictObject({ part: Code, whole: Code }).optional(),
  explanation: Text.optional(),
});

const Condition = z.strictObject({
  measure: Code,
  comparator: Comparator.default(">="),
  value: Decimal.default("1"),
});

const Conditions = z.array(Condition).min(1, "must hold at least one condition");
const MeasureCodes = z.array(Code).min(1, "must name at least one measure");

const BASIC_VALUES = [
  z.strictObject({
    kind: z.literal("ratio"),
    numerator: MeasureCodes,
    denominator: MeasureCodes,
    factor: PositiveInteger.default(100),
  }),
  z.strictObject({ kind: z.literal("share_of_areas"), conditions: Conditions }),
  z.strictObject({ kind: z.literal("share_of_units"), conditions: Conditions }),
  z.strictObject({ kind: z.literal("count"), measures: MeasureCodes }),
] as const;

/** A value that stands on measures. */
const MeasuredValue = z.discriminatedUnion("kind", [
  ...BASIC_VALUES,
  z.strictObject({ kind: z.literal("all_of"), conditions: Conditions }),
]);
export type MeasuredValue = z.infer<typeof MeasuredValue>;

/** Several conditions, or several indicators, all of which must hold. */
const AllOf = z
  .strictObject({
    kind: z.literal("all_of"),
    conditions: Conditions.optional(),
    indicators: z.array(Code).min(1, "must name at least one indicator").optional(),
  })
  .transform(({ conditions, indicators }, context) => {
    if (conditions !== undefined && indicators === undefined) {
      return { kind: "all_of" as const, conditions };
    }
    if (indicators !== undefined && conditions === undefined) {
      return { kind: "all_of_indicators" as const, indicators };
    }
    context.addIssue("must hold either conditions or indicators");
    return z.NEVER;
  });

const IndicatorValue = z.discriminatedUnion("kind", [
  ...BASIC_VALUES,
  AllOf,
  z.strictObject({
    kind: z.literal("change"),
    /** What is compared with itself elsewhere in time. */
    of: MeasuredValue,
    /** `last_year`: the same period of the year before. `previous`: the period before. Or a period. */
    from: Code,
    as: z.enum(["percent", "points"]),
  }),
]);

const Bounds = z.tuple([Decimal, Decimal], "must be two numbers, the lower first");

/** A number, or a lower and an upper bound. */
const TargetNumber = z
  .union([Decimal, Bounds], "must be a number, or two for a range")
  .transform((number) =>
    typeof number === "string" ? { value: number, to: null } : { value: number[0], to: number[1] },
  );
export type TargetNumber = z.infer<typeof TargetNumber>;

/** Numbers by the code of the period at whose end they must hold. */
const NumberByPeriod = z.record(Code, TargetNumber);

const TargetStatement = z.strictObject({
  /** The period from which an amended target applies; the first has none. */
  from: Code.optional(),
  comparator: z.enum([...Comparator.options, "="]).optional(),
  value: Decimal.optional(),
  between: Bounds.optional(),
  /** Milestones: what must hold at the end of which period. */
  at: NumberByPeriod.optional(),
  /**
   * `each`: judged at every place. By kind or code of areas: each group has its own number, and the
   * whole holds when every group does. `table`: every place has its own, in a CSV file beside the plan.
   */
  for: z
    .union([
      z.literal("each"),
      z.strictObject({ table: z.string().regex(/^[\w.-]+\.csv$/, "must name a CSV file") }),
      z.record(Code, z.union([TargetNumber, NumberByPeriod])),
    ])
    .optional(),
  /** `linear`: what must have been reached on the way grows evenly from one due period to the next. */
  pace: z.enum(["linear", "none"]).optional(),
  /** When a number alone must hold: at the end of each year of the plan, or of every period. */
  due: z.enum(["year_end", "each_period"]).optional(),
  /** What a linear pace starts from, for what does not begin at nothing. */
  baseline: z.strictObject({ period: Code, value: Decimal, source: Text }).optional(),
});

/** One statement of a target as it applies from a period on. */
export interface PlanTargetStatement {
  /** Code of the period from which it applies; null: from the start. */
  readonly from: string | null;
  readonly value: TargetNumber | null;
  readonly at: Readonly<Record<string, TargetNumber>> | null;
  readonly for:
    | null
    | "each"
    | { readonly table: string }
    | {
        readonly groups: Readonly<
          Record<string, TargetNumber | { readonly at: Readonly<Record<string, TargetNumber>> }>
        >;
      };
  readonly baseline: {
    readonly period: string;
    readonly value: string;
    readonly source: string;
  } | null;
}

/** A target: how values are compared, and with which numbers, the amended ones last. */
export interface PlanTarget {
  readonly comparator: TargetComparator;
  readonly pace: "linear" | "none";
  readonly due: "year_end" | "each_period";
  readonly statements: readonly PlanTargetStatement[];
}

const Target = z
  .union([TargetStatement, z.array(TargetStatement).min(1, "must hold at least one target")])
  .transform((words, context): PlanTarget => {
    const isList = Array.isArray(words);
    const list = isList ? words : [words];
    const statements = list.map((one, index) => {
      const refuse = (message: string, field?: string): void => {
        const path = [...(isList ? [index] : []), ...(field === undefined ? [] : [field])];
        context.addIssue({ code: "custom", path, message });
      };
      checkStatement(one, index, list[0] ?? one, refuse);
      const { value, between } = one;
      return {
        from: one.from ?? null,
        value:
          between !== undefined
            ? { value: between[0], to: between[1] }
            : value === undefined
              ? null
              : { value, to: null },
        at: one.at ?? null,
        for: statedPlaces(one.for),
        baseline: one.baseline ?? null,
      };
    });
    const [first] = list;
    return {
      comparator: first?.comparator ?? "between",
      pace: first?.pace ?? "none",
      due: first?.due ?? "year_end",
      statements,
    };
  });

type StatementWords = z.infer<typeof TargetStatement>;

function statedPlaces(words: StatementWords["for"]): PlanTargetStatement["for"] {
  if (words === undefined) return null;
  if (words === "each") return words;
  if (isTable(words)) return { table: words.table };
  return {
    groups: Object.fromEntries(
      Object.entries(words).map(([code, number]) => [
        code,
        isNumber(number) ? number : { at: number },
      ]),
    ),
  };
}

const isTable = (words: object): words is { table: string } =>
  "table" in words && typeof words.table === "string";

const isNumber = (number: object): number is TargetNumber =>
  "value" in number && typeof number.value === "string";

/** What one statement of a target says against itself, or against the first one. */
function checkStatement(
  one: StatementWords,
  index: number,
  first: StatementWords,
  refuse: (message: string, field?: string) => void,
): void {
  const numbers = [one.value, one.between, one.at].filter((stated) => stated !== undefined);
  const hasGroups = typeof one.for === "object" && !isTable(one.for);
  const hasTable = typeof one.for === "object" && isTable(one.for);
  if (numbers.length > 1) refuse("must hold one of value, between, at");
  if (hasGroups && numbers.length > 0) {
    refuse(
      "gives every group its own number, so there is no value, between or at beside it",
      "for",
    );
  }
  if (!hasGroups && !hasTable && numbers.length === 0) {
    refuse("must hold one of value, between, at, for");
  }
  if (one.due === "each_period" && one.at !== undefined) {
    refuse("is for a number alone; at names its periods itself", "due");
  }
  const isRange = one.comparator === undefined;
  if (isRange && one.value !== undefined) refuse("must say how the value compares", "comparator");
  if (!isRange && one.between !== undefined) refuse("is not written beside between", "comparator");
  for (const number of [...Object.values(one.at ?? {}), ...groupNumbers(one.for)]) {
    if (isRange !== (number.to !== null)) {
      refuse(
        isRange ? "needs a comparator, or two numbers for a range" : "needs one number, not two",
        one.at === undefined ? "for" : "at",
      );
    }
  }
  if (index === 0) {
    if (one.from !== undefined) refuse("stands only in an amended target, not the first", "from");
    return;
  }
  if (one.from === undefined) refuse("must name the period from which the change applies", "from");
  if (one.comparator !== first.comparator) refuse("must be that of the first target", "comparator");
  for (const field of ["pace", "due"] as const) {
    if (one[field] !== undefined && one[field] !== first[field]) {
      refuse("must be that of the first target", field);
    }
  }
  if (scopeOf(one.for) !== scopeOf(first.for)) refuse("must be of the first target's kind", "for");
}

function scopeOf(words: StatementWords["for"]): "whole" | "each" | "table" | "groups" {
  if (words === undefined) return "whole";
  if (words === "each") return "each";
  return isTable(words) ? "table" : "groups";
}

function groupNumbers(words: StatementWords["for"]): TargetNumber[] {
  if (typeof words !== "object" || isTable(words)) return [];
  return Object.values(words).flatMap((number) =>
    isNumber(number) ? [number] : Object.values(number),
  );
}

const Indicator = z.strictObject({
  code: Code,
  group: Code,
  name: Text,
  short_name: Text,
  /** The plan's own words, letter by letter. */
  quote: Text,
  unit_of_measure: Text,
  value: IndicatorValue,
  target: Target,
  /** The period from which it is judged, for an indicator that was added later. */
  from: Code.optional(),
  /** Rules that the plan does not give and that had to be added to make it countable. */
  added_rules: z.array(Text).default([]),
});

/**
 * How a report that is sent on is laid out as an administrative document.
 * Source: decree 30/2020/NĐ-CP, annex I.
 */
const ReportDocument = z.strictObject({
  /** Printed above the agency; a People's Committee has none. */
  superior: Text.optional(),
  /** Who issues it: "Ủy ban nhân dân thành phố Lạng Sơn". */
  agency: Text,
  /** What stands after the document's type in its number: "UBND" in "Số: …/BC-UBND". */
  abbreviation: Text,
  /** Where it is dated: "Lạng Sơn, ngày … tháng … năm …". */
  place: Text,
  /** In whose name it is signed: "TM. Ủy ban nhân dân". */
  authority: Text,
  /** "Chủ tịch" */
  signatory_title: Text,
  /** The list under "Nơi nhận". */
  recipients: z.array(Text).min(1, "must name at least one recipient"),
  /** What follows "Lưu:": "VT, LĐTBXH". */
  filed_at: Text,
});

const GlossaryTerm = z.strictObject({
  term: Text,
  meaning: Text,
  /** The document, and the article or part of it, that the meaning is taken from. */
  source: Text,
});

const PlanId = z
  .string("must be text")
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "may hold lower-case letters, digits and dashes");

/** Areas that report, from a day on or until a day. */
const ReportingAreas = z
  .strictObject({
    /** Code of an area: those directly below it report. */
    children_of: Code.optional(),
    codes: z.array(Code).min(1, "must name at least one area").optional(),
    from: CalendarDate.optional(),
    /** The last day. */
    until: CalendarDate.optional(),
  })
  .refine(
    ({ children_of, codes }) => (children_of === undefined) !== (codes === undefined),
    "must hold either children_of or codes",
  );

const CodeMap = z.record(Code, Code).default({});

const Continues = z
  .union([PlanId, z.strictObject({ plan: PlanId, measures: CodeMap, indicators: CodeMap })])
  .transform((words) =>
    typeof words === "string" ? { plan: words, measures: {}, indicators: {} } : words,
  );

/**
 * A plan file: `sources/plans/*.yaml`. One plan with its area, its reporting units, periods,
 * measures and indicators. Cross references are checked in `plan-consistency.ts`.
 */
export const Plan = z.strictObject({
  schema: z.literal([1, 2], "must be 2, the version of this file layout, or 1, the one before"),
  id: PlanId,
  number: Text,
  title: Text,
  short_title: Text,
  issuer: Text,
  carries_out: Text.optional(),
  issued_on: CalendarDate,
  in_force_from: CalendarDate,
  /** Where the plan's text, or the published figures, can be read. */
  source: Text,
  /** Who receives the reports, in the plan's words. */
  reports_to: Text,
  area: z.strictObject({ code: Code, noun: Text }),
  /** `children`: the areas directly below the plan's area report. `none`: only the whole does. */
  reporting_areas: z.union([
    z.enum(["children", "none"]),
    z.array(ReportingAreas).min(1, "must name at least one area"),
  ]),
  /** What a reporting area is called in general: "phường, xã". */
  reporting_area_noun: Text.optional(),
  /** Without it a report is drawn up in the issuer's name, and the rest is left to be filled in. */
  document: ReportDocument.optional(),
  /** The plan of the time before, whose figures are last year's of this one. */
  continues: Continues.optional(),
  added_rules: z.array(Text).default([]),
  /** Words of the plan that a reader may have to look up. */
  glossary: z.array(GlossaryTerm).default([]),
  groups: z.array(Group),
  units: z.array(Unit).min(1, "must hold at least one unit"),
  periods: z.array(Period).min(1, "must hold at least one period"),
  measures: z.array(Measure).min(1, "must hold at least one measure"),
  indicators: z.array(Indicator),
});

export type Plan = z.infer<typeof Plan>;
export type PlanPeriod = z.infer<typeof Period>;
export type PlanMeasure = z.infer<typeof Measure>;
export type PlanIndicator = z.infer<typeof Indicator>;
export type PlanIndicatorValue = z.infer<typeof IndicatorValue>;
export type PlanContinues = z.infer<typeof Continues>;
export type PlanReportingAreas = z.infer<typeof ReportingAreas>;

/**
 * Every measure that a value stands on by itself, each once, in the order of the plan file. A change
 * stands on the value that it compares, and several indicators on theirs: none here.
 */
export function measuresOf(value: PlanIndicatorValue): string[] {
  switch (value.kind) {
    case "ratio":
      return [...new Set([...value.numerator, ...value.denominator])];
    case "count":
      return [...new Set(value.measures)];
    case "change":
    case "all_of_indicators":
      return [];
    default:
      return [...new Set(value.conditions.map((condition) => condition.measure))];
  }
}

/** Whether what the value counts only grows within its year: sums, and greatest figures so far. */
export function isFlow(plan: Plan, value: PlanIndicatorValue): boolean {
  if (value.kind === "change" || value.kind === "all_of_indicators") return false;
  const codes = value.kind === "ratio" ? value.numerator : measuresOf(value);
  return codes.every((code) => {
    const overTime = plan.measures.find((measure) => measure.code === code)?.over_time;
    return overTime === "sum" || overTime === "max";
  });
}
