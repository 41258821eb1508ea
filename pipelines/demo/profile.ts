import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { ResolvedPlan } from "../sources/catalogue.ts";
import type { PlanMeasure, PlanPeriod } from "../sources/plan/plan.ts";
import { parseMoment } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { REMARK_HEADS } from "../vocabulary/form-code.ts";
import { pathText } from "../vocabulary/problem.ts";

const Share = z.number().min(0);
/** One value for all periods, or one a period. */
const Path = z.union([Share, z.array(Share).min(1)]);
const Spread = z.number().min(0).max(1).default(0);

const MeasureProfile = z.union(
  [
    z.strictObject({ per_1000: Path, spread: Spread }),
    z.strictObject({ between: z.tuple([z.number().min(0), z.number().min(0)]) }),
    z.strictObject({ of: z.string(), share: Path, spread: Spread }),
    z.strictObject({ holds: Path }),
  ],
  "must be one of per_1000, between, of with share, holds",
);
export type MeasureProfile = z.infer<typeof MeasureProfile>;

const Moment = z.string().transform((text, context) => {
  try {
    return parseMoment(text);
  } catch (error) {
    context.addIssue(error instanceof Error ? error.message : "is not a moment");
    return z.NEVER;
  }
});

const PLACE = { unit: z.string(), period: z.string() };
const Days = z.number().int().min(1).max(60);

const StoryEvent = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("late"), ...PLACE, days: Days }),
  z.strictObject({ kind: z.literal("missing"), ...PLACE }),
  z.strictObject({ kind: z.literal("nil"), ...PLACE }),
  z.strictObject({
    kind: z.literal("correction"),
    ...PLACE,
    measure: z.string(),
    less: z.number().positive(),
    days: Days,
    note: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal("differs"), ...PLACE, measure: z.string(), add: z.number() }),
  z.strictObject({ kind: z.literal("blank"), ...PLACE, measure: z.string() }),
  z.strictObject({
    kind: z.literal("remark"),
    ...PLACE,
    head: z.enum(REMARK_HEADS),
    said: z.string().min(1),
  }),
]);
export type StoryEvent = z.infer<typeof StoryEvent>;

/** A report that the story has published. */
const Publishing = z.strictObject({
  period: z.string(),
  /** `2024-06-17T10:00`, in office time. */
  published_at: Moment,
  class: z.enum(["first", "late", "correction", "method"]),
  reason: z.string().min(1),
  final: z.boolean().default(false),
});
export type Publishing = z.infer<typeof Publishing>;

/** Why an indicator is not attained, and what is done about it; everybody may read it. */
const ShortfallEvent = z.strictObject({
  /** In office time. */
  said_at: Moment,
  period: z.string(),
  indicator: z.string(),
  /** Left out where the office says it of the whole area. */
  unit: z.string().optional(),
  cause: z.string().min(1),
  remedy: z.string().min(1),
});
export type ShortfallEvent = z.infer<typeof ShortfallEvent>;

/** A report that waits for approval at the desk of the demonstration. */
const Proposing = Publishing.pick({ period: true, class: true, reason: true }).strict();

const Profile = z.strictObject({
  schema: z.literal(1),
  plan: z.string(),
  /** Stands on every form, so that nobody takes it for a real one. */
  note: z.string().min(1),
  measures: z.record(z.string(), MeasureProfile),
  story: z.array(StoryEvent).default([]),
  /** In the order of their moments. */
  publications: z.array(Publishing).default([]),
  shortfalls: z.array(ShortfallEvent).default([]),
  proposal: Proposing.optional(),
});
export type Profile = z.infer<typeof Profile>;

/** The folder of demonstration data beside the folder that a plan's file is in. */
export function demonstrationFolder(plan: ResolvedPlan): string {
  return join(dirname(dirname(plan.file)), "demo");
}

/** The periods of a plan since it came into force. */
export function periodsInForce({ plan }: ResolvedPlan): PlanPeriod[] {
  return plan.periods.filter(({ data_to }) => data_to >= plan.in_force_from);
}

/** Those that add up over the year, in the order of their dates. */
export function basePeriods(plan: ResolvedPlan): PlanPeriod[] {
  return periodsInForce(plan)
    .filter(({ covers }) => covers.length === 0)
    .sort((one, other) => (one.data_to < other.data_to ? -1 : 1));
}

/**
 * Reads the demonstration profile of a plan: how large its figures are, and what happens.
 * @throws Failure when the plan has none, or with everything that is wrong in it.
 */
export function readProfile(plan: ResolvedPlan): Profile {
  const file = join(demonstrationFolder(plan), `${plan.plan.id}.yaml`);
  if (!existsSync(file)) {
    throw new Failure(
      `Kế hoạch ${plan.plan.id} không có số liệu minh họa: thiếu ${file}, tệp cho biết độ lớn của số liệu.`,
    );
  }
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Failure(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = Profile.safeParse(content);
  const wrong = parsed.success
    ? inconsistencies(plan, parsed.data)
    : parsed.error.issues.map(({ path, message }) => `${pathText(path)}: ${message}`);
  if (parsed.success && wrong.length === 0) return parsed.data;
  throw new Failure(wrong.map((text) => `${file}: ${text}`).join("\n"));
}

function inconsistencies(plan: ResolvedPlan, profile: Profile): string[] {
  const wrong: string[] = [];
  const measures = new Map(plan.plan.measures.map((measure) => [measure.code, measure]));
  if (profile.plan !== plan.plan.id) wrong.push(`plan: must be ${plan.plan.id}`);
  for (const code of measures.keys()) {
    if (profile.measures[code] === undefined) wrong.push(`measures.${code}: is missing`);
  }
  for (const [code, size] of Object.entries(profile.measures)) {
    const measure = measures.get(code);
    if (measure === undefined) wrong.push(`measures.${code}: is not a measure of the plan`);
    else wrong.push(...misfits(plan, measure, size).map((text) => `measures.${code}: ${text}`));
  }
  const units = new Set(plan.units.map(({ code }) => code));
  const periods = new Map(periodsInForce(plan).map((period) => [period.code, period]));
  profile.story.forEach((event, index) => {
    const at = `story[${index}]`;
    if (!units.has(event.unit)) wrong.push(`${at}.unit: ${event.unit} does not report`);
    const period = periods.get(event.period);
    if (period === undefined) wrong.push(`${at}.period: ${event.period} is not in force`);
    if ("measure" in event && !measures.has(event.measure)) {
      wrong.push(`${at}.measure: ${event.measure} is not a measure of the plan`);
    }
    if (event.kind === "nil" && period !== undefined && period.covers.length > 0) {
      wrong.push(`${at}.period: nothing arising is told of a period that covers no others`);
    }
    if (event.kind === "differs" && period?.covers.length === 0) {
      wrong.push(`${at}.period: only a period that covers others can differ from them`);
    }
  });
  profile.publications.forEach(({ period }, index) => {
    if (!periods.has(period))
      wrong.push(`publications[${index}].period: ${period} is not in force`);
  });
  profile.shortfalls.forEach(({ period, indicator, unit }, index) => {
    const at = `shortfalls[${index}]`;
    if (!periods.has(period)) wrong.push(`${at}.period: ${period} is not in force`);
    if (!plan.plan.indicators.some(({ code }) => code === indicator)) {
      wrong.push(`${at}.indicator: ${indicator} is no indicator of the plan`);
    }
    if (unit !== undefined && !units.has(unit)) wrong.push(`${at}.unit: ${unit} does not report`);
  });
  if (profile.proposal !== undefined && !periods.has(profile.proposal.period)) {
    wrong.push(`proposal.period: ${profile.proposal.period} is not in force`);
  }
  return wrong;
}

function misfits(plan: ResolvedPlan, measure: PlanMeasure, size: MeasureProfile): string[] {
  const wrong: string[] = [];
  if ("holds" in size !== (measure.kind === "yes_no")) {
    wrong.push("holds is for yes/no measures, and they take nothing else");
  }
  const path = "per_1000" in size ? size.per_1000 : "of" in size ? size.share : [];
  const steps = "holds" in size ? size.holds : path;
  const count = basePeriods(plan).length;
  if (Array.isArray(steps) && steps.length > 0 && steps.length !== count) {
    wrong.push(`has ${steps.length} steps, but ${count} periods add up over the year`);
  }
  if ("of" in size && !plan.plan.measures.some(({ code }) => code === size.of)) {
    wrong.push(`of: ${size.of} is not a measure of the plan`);
  }
  return wrong;
}
