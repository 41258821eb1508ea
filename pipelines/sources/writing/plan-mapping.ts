import { parse } from "yaml";
import { labelKey } from "../../vocabulary/label.ts";
import { mayBeTaken, type Plan, type PlanMeasure } from "../plan/plan.ts";
import { type PlanMark, withMarks } from "./plan-marks.ts";
import { type PlanData, writtenPlan } from "./plan-writing.ts";

/** A measure as an office below defines it. */
export interface MeasureBelow {
  readonly code: string;
  readonly name: string;
  readonly unit_of_measure: string;
  readonly kind: string;
  readonly over_time: string;
  readonly over_areas: string;
  readonly is_sensitive: boolean;
}

/** A plan of an office below, as its package tells. */
export interface PlanBelow {
  readonly id: string;
  readonly issuer: string;
  readonly number: string;
  readonly area: string;
  /** The document that it carries out, in its words. */
  readonly carriesOut: string;
  readonly measures: readonly MeasureBelow[];
}

/** What a plan could take from one of an office below. */
export interface Mapping {
  /** The code there, by the code here. */
  readonly taken: ReadonlyMap<string, string>;
  /** What is to be confirmed, and what does not map and why. */
  readonly notes: readonly string[];
}

/** Maps the measures of a plan that may be taken, by equal codes, else by equal names. */
export function mappingFrom(plan: Plan, below: PlanBelow): Mapping {
  const taken = new Map<string, string>();
  const notes: string[] = [];
  for (const measure of plan.measures.filter((one) => mayBeTaken(plan, one))) {
    const { code, name, taken_from } = measure;
    if (taken_from?.plan.includes(below.id) === true) continue;
    const called = below.measures.filter((one) => labelKey(one.name) === labelKey(name));
    const other =
      below.measures.find((one) => one.code === (taken_from?.measure ?? code)) ??
      (taken_from === undefined && called.length === 1 ? called[0] : undefined);
    const why =
      other === undefined ? "ở đó không có số nào cùng mã, cùng tên" : differs(measure, other);
    if (other === undefined || why !== null) {
      notes.push(`chưa ghép “${name}” (${code}): ${why}.`);
      continue;
    }
    taken.set(code, other.code);
    notes.push(`“${name}” lấy từ “${other.name}” (${other.code}) của ${below.issuer}.`);
  }
  return { taken, notes };
}

function differs(ours: PlanMeasure, theirs: MeasureBelow): string | null {
  const keys = ["unit_of_measure", "kind", "over_time", "over_areas"] as const;
  const key = keys.find((one) => ours[one] !== theirs[one]);
  if (key !== undefined) return `ở đó ghi “${theirs[key]}”, ở đây ghi “${ours[key]}”`;
  return theirs.is_sensitive && !ours.sensitive
    ? "ở đó là số nhạy cảm; ghi sensitive: true ở đây rồi ghép"
    : null;
}

/**
 * Which plans may take from one of an office below, with what: those that it names as carried out, else
 * those that it maps to.
 */
export function plansAbove<
  Resolved extends {
    readonly plan: Plan;
    readonly units: readonly { readonly area: { readonly code: string } | null }[];
  },
>(
  plans: readonly Resolved[],
  below: PlanBelow,
): { readonly resolved: Resolved; readonly mapping: Mapping }[] {
  const found = plans
    .filter(({ units }) => units.some(({ area }) => area?.code === below.area))
    .map((resolved) => ({ resolved, mapping: mappingFrom(resolved.plan, below) }))
    .filter(({ mapping }) => mapping.taken.size > 0);
  const words = below.carriesOut.split(/[\s,;:()]+/);
  const named = found.filter(({ resolved }) => words.includes(resolved.plan.number));
  return named.length > 0 ? named : found;
}

/** The text of a plan file that takes by a mapping, with marks of what is to be confirmed. */
export function withMapping(text: string, below: PlanBelow, { taken, notes }: Mapping): string {
  const data = parse(text);
  const measures = data.measures.map((one: PlanData) => {
    const measure = taken.get(String(one.code));
    if (measure === undefined) return one;
    const before = (one.taken_from as { plan: string | string[] } | undefined)?.plan ?? [];
    const plan = [...[before].flat(), below.id];
    return { ...one, taken_from: { plan: plan.length === 1 ? below.id : plan, measure } };
  });
  const marks = notes.map((words): PlanMark => [["measures"], words]);
  return withMarks(writtenPlan(text, { ...data, measures }), marks);
}
