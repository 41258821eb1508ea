import type { ResolvedPlan } from "./catalogue.ts";
import {
  measuresOf,
  type Plan,
  type PlanIndicator,
  type PlanIndicatorValue,
  type PlanMeasure,
} from "./plan/plan.ts";
import type { MeasuredValue } from "./plan/plan-value.ts";

/** An indicator of the catalogue: one of a plan file, or a value that a change compares. */
export interface CatalogueIndicator {
  readonly code: string;
  readonly value: PlanIndicatorValue;
  /** The indicator of a plan file whose words it has. */
  readonly words: PlanIndicator;
  /** False: it has no target and is not listed; a change stands on it. */
  readonly isShown: boolean;
  /** Of a change: code of the indicator that holds what is compared. */
  readonly of: string | null;
  /** Code of the same indicator in the plan that is continued. */
  readonly earlier: string | null;
}

/** The measures of a plan that go on ones of the plan it continues, by their codes. */
export function continuedMeasures(plan: Plan, earlier: Plan): Map<string, string> {
  const mapped = plan.continues?.measures ?? {};
  return new Map(
    plan.measures.flatMap((measure): [string, string][] => {
      const code = mapped[measure.code];
      if (code !== undefined) return [[measure.code, code]];
      const same = earlier.measures.find((one) => isSameMeasure(one, measure));
      return same === undefined ? [] : [[measure.code, same.code]];
    }),
  );
}

function isSameMeasure(one: PlanMeasure, other: PlanMeasure): boolean {
  return (
    one.code === other.code &&
    one.kind === other.kind &&
    one.unit_of_measure === other.unit_of_measure &&
    one.over_time === other.over_time
  );
}

/**
 * The indicators of every plan, those first that its file holds. A change adds one that holds what is
 * compared, in its own plan and, where no indicator there has that value, in the plans that are
 * continued, from which the earlier figure comes.
 */
export function indicatorsOf(
  plans: readonly ResolvedPlan[],
): ReadonlyMap<string, readonly CatalogueIndicator[]> {
  const lists = new Map<string, CatalogueIndicator[]>();
  for (const { plan } of plans) {
    lists.set(plan.id, [...plan.indicators.map(shown), ...plan.indicators.flatMap(compared)]);
  }
  const earlierOf = (plan: Plan): Plan | undefined =>
    plans.find((one) => one.plan.id === plan.continues?.plan)?.plan;
  for (const { plan } of plans) {
    for (const change of plan.indicators.flatMap(compared)) {
      addEarlier(plan, change, earlierOf, lists);
    }
  }
  return new Map(
    plans.map(({ plan }) => {
      const earlier = earlierOf(plan);
      const list = lists.get(plan.id) ?? [];
      if (earlier === undefined) return [plan.id, list];
      const theirs = lists.get(earlier.id) ?? [];
      return [
        plan.id,
        list.map((one) => ({ ...one, earlier: sameIn(plan, one, earlier, theirs) })),
      ];
    }),
  );
}

function shown(words: PlanIndicator): CatalogueIndicator {
  const { code, value } = words;
  const of = value.kind === "change" ? comparedCode(code) : null;
  return { code, value, words, isShown: true, of, earlier: null };
}

function compared(words: PlanIndicator): CatalogueIndicator[] {
  const { code, value } = words;
  if (value.kind !== "change") return [];
  const hidden = { code: comparedCode(code), value: value.of, words, isShown: false };
  return [{ ...hidden, of: null, earlier: null }];
}

/** No code of a plan file holds a tilde. */
function comparedCode(code: string): string {
  return `${code}~of`;
}

/** Adds what a change compares to the plans before, as far as they have its measures. */
function addEarlier(
  plan: Plan,
  change: CatalogueIndicator,
  earlierOf: (plan: Plan) => Plan | undefined,
  lists: ReadonlyMap<string, CatalogueIndicator[]>,
): void {
  let value: PlanIndicatorValue | null = change.value;
  let later = plan;
  for (let earlier = earlierOf(plan); earlier !== undefined; earlier = earlierOf(later)) {
    value = mapped(value, continuedMeasures(later, earlier), {});
    const list = lists.get(earlier.id);
    if (value === null || list === undefined) return;
    const definition = definitionOf(value);
    if (!list.some((one) => definitionOf(one.value) === definition)) {
      const isFree = !list.some(({ code }) => code === change.code);
      const code = isFree ? change.code : `${change.code}~${plan.id}`;
      list.push({ ...change, code, value });
    }
    later = earlier;
  }
}

/** The code of the indicator of an earlier plan that is the same one. */
function sameIn(
  plan: Plan,
  { code, value, words, isShown }: CatalogueIndicator,
  earlier: Plan,
  theirs: readonly CatalogueIndicator[],
): string | null {
  const codes = plan.continues?.indicators ?? {};
  const named = isShown ? codes[code] : undefined;
  if (named !== undefined) return named;
  const inTheirs = mapped(value, continuedMeasures(plan, earlier), codes);
  if (inTheirs === null) return null;
  const definition = definitionOf(inTheirs);
  const same = theirs.filter((one) => definitionOf(one.value) === definition);
  if (!isShown) return (same.find((one) => !one.isShown) ?? same[0])?.code ?? null;
  const found = same.find(
    (one) => one.code === code && one.words.unit_of_measure === words.unit_of_measure,
  );
  return found?.code ?? null;
}

/** A value in the codes of the plan before; null where that has not all of its measures. */
function mapped(
  value: PlanIndicatorValue | null,
  measures: ReadonlyMap<string, string>,
  indicators: Readonly<Record<string, string>>,
): PlanIndicatorValue | null {
  if (value === null) return null;
  if (value.kind === "all_of_indicators") {
    return { ...value, indicators: value.indicators.map((code) => indicators[code] ?? code) };
  }
  if (value.kind === "change") {
    const of = mappedMeasures(value.of, measures);
    return of === null ? null : { ...value, of };
  }
  return mappedMeasures(value, measures);
}

function mappedMeasures(
  value: MeasuredValue,
  measures: ReadonlyMap<string, string>,
): MeasuredValue | null {
  if (!measuresOf(value).every((code) => measures.has(code))) return null;
  const mappedCode = (code: string): string => measures.get(code) ?? code;
  const map = (codes: readonly string[]): string[] => codes.map(mappedCode);
  switch (value.kind) {
    case "ratio":
      return { ...value, numerator: map(value.numerator), denominator: map(value.denominator) };
    case "count":
      return { ...value, measures: map(value.measures) };
    default: {
      const { conditions } = value;
      return {
        ...value,
        conditions: conditions.map((one) => ({ ...one, measure: mappedCode(one.measure) })),
      };
    }
  }
}

/** The same text for two values that are computed alike. */
function definitionOf(value: PlanIndicatorValue): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (Array.isArray(inner)) {
      return inner.map((one) => JSON.stringify(one)).sort();
    }
    if (typeof inner !== "object" || inner === null) return inner;
    return Object.fromEntries(
      Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  });
}
