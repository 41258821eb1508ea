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
const Decimal = z
  .union([z.number(), z.string()], "must be a number")
  .transform((value) => String(value))
  .refine(
    (text) => /^-?\d{1,12}(\.\d{1,4})?$/.test(text),
    "must be a number with at most 4 decimals",
  );

const PositiveInteger = z.number("must be a whole number").int("must be a whole number").min(1);

export const Comparator = z.enum([">=", ">", "<=", "<"]);
export type Comparator = z.infer<typeof Comparator>;

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
});

const Period = z.strictObject({
  code: Code,
  name: Text,
  kind: z.enum(["month", "quarter", "half_year", "nine_months", "year", "other"]),
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

const IndicatorValue = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("ratio"),
    numerator: MeasureCodes,
    denominator: MeasureCodes,
    factor: PositiveInteger.default(100),
  }),
  z.strictObject({ kind: z.literal("share_of_areas"), conditions: Conditions }),
  z.strictObject({ kind: z.literal("share_of_units"), conditions: Conditions }),
  z.strictObject({ kind: z.literal("all_of"), conditions: Conditions }),
  z.strictObject({ kind: z.literal("count"), measures: MeasureCodes }),
]);

const Target = z.strictObject({
  comparator: Comparator,
  value: Decimal,
  pace: z.enum(["linear", "none"]),
});

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

/**
 * A plan file: `sources/plans/*.yaml`. One plan with its area, its reporting units, periods,
 * measures and indicators. Cross references are checked in `plan-consistency.ts`.
 */
export const Plan = z.strictObject({
  schema: z.literal(1, "must be 1, the version of this file layout"),
  id: z
    .string("must be text")
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "may hold lower-case letters, digits and dashes"),
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
  reporting_areas: z.enum(["children", "none"]),
  /** What a reporting area is called in general: "phường, xã". */
  reporting_area_noun: Text.optional(),
  /** Without it a report is drawn up in the issuer's name, and the rest is left to be filled in. */
  document: ReportDocument.optional(),
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

/** Every measure that an indicator stands on, each once, in the order of the plan file. */
export function measuresOf(value: PlanIndicatorValue): string[] {
  switch (value.kind) {
    case "ratio":
      return [...new Set([...value.numerator, ...value.denominator])];
    case "count":
      return [...new Set(value.measures)];
    default:
      return [...new Set(value.conditions.map((condition) => condition.measure))];
  }
}
