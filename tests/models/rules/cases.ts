import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { sentTable } from "../sent-table.ts";
import { OTHER_PERIODS, smallPlan } from "../small-plan.ts";
import type { GivenTable } from "../typed-ledger.ts";
import type { World } from "../world.ts";
import { inCity, withAreas } from "./areas.ts";

/** A rule of the numbers by example: what was sent until a moment, and what follows by hand. */
export interface RuleCase<Expected> {
  readonly rule: string;
  readonly world: World;
  readonly given: GivenTable;
  readonly asOf: string;
  readonly expected: Expected;
}

const NAMED_PERIODS = [
  "nine_months",
  "months",
  "years",
  "two_years",
] as const satisfies readonly (keyof typeof OTHER_PERIODS)[];

const words = z.union([z.string(), z.looseObject({ value: z.string() })]);
const measure = z.looseObject({ code: z.string() });

const shape = z.strictObject({
  rule: z.string(),
  /** The small plan with one indicator `I`, or several by their codes. */
  asks: z.union([words, z.record(z.string(), words)]).default("reached/people >= 30"),
  /** For the first wards alone. */
  wards: z.number().optional(),
  city: z.string().optional(),
  in_force_from: z.string().optional(),
  periods: z.union([z.enum(NAMED_PERIODS), z.string().array()]).optional(),
  measures: measure.array().optional(),
  /** Other measures than these are not in the plan. */
  no_other_measures: z.literal(true).optional(),
  reporting_areas: z.unknown().array().optional(),
  /** `quotas.csv` */
  quotas: z.string().optional(),
  baselines: z.string().array().optional(),
  as_of: z.string().default("2032-01-01"),
  sent: z.string(),
});

/** The cases of a file beside this one, a table expected by each. Its comments have the arithmetic. */
export function readCases(name: string): RuleCase<string>[];
export function readCases<T>(name: string, expected: z.ZodType<T>): RuleCase<T>[];
export function readCases(name: string, expected: z.ZodType = z.string()): RuleCase<unknown>[] {
  const text = readFileSync(new URL(name, import.meta.url), "utf8");
  return shape
    .extend({ expected })
    .array()
    .parse(parse(text))
    .map((one) => {
      const world = withAreas(worldOf(one));
      const { rule, as_of: asOf } = one;
      return { rule, world, given: sentTable(world, one.sent), asOf, expected: one.expected };
    });
}

function worldOf(one: z.infer<typeof shape>): World {
  const world = smallPlan(one.asks, {
    schema: 2,
    in_force_from: one.in_force_from,
    measures: one.measures,
    periods: typeof one.periods === "string" ? OTHER_PERIODS[one.periods] : one.periods,
  });
  const codes = Array.from({ length: one.wards ?? 0 }, (_, index) => `A${index + 1}`);
  const reporting_areas =
    one.reporting_areas ?? (one.wards === undefined ? "children" : [{ codes }]);
  const { plan, ...beside } = inCity(one.city ?? "C", world);
  const { measures } = plan as { measures: readonly { code: string }[] };
  const named = measures.filter(({ code }) => one.measures?.some((other) => other.code === code));
  return {
    ...beside,
    plan: { ...plan, reporting_areas, measures: one.no_other_measures ? named : measures },
    ...(one.quotas !== undefined && { tables: { "quotas.csv": one.quotas } }),
    ...(one.baselines && { baselines: one.baselines }),
  };
}
