import type { SentValue, SentValues } from "../readers/json-reader.ts";
import type { RawDocument, RawReading } from "../readers/raw-document.ts";
import type { Catalogue, ReportingUnit, ResolvedPlan } from "../sources/catalogue.ts";
import type { PlanPeriod } from "../sources/plan/plan.ts";
import { dhis2Period } from "../vocabulary/period-code.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { ANSWERS } from "../vocabulary/words.ts";
import { reportKey } from "./judge.ts";
import { type ProblemCode, problemOf } from "./problem-wording.ts";

/** What data values say here. */
interface Taken {
  /** Null where some belong nowhere. */
  readonly document: RawDocument | null;
  readonly problems: readonly Problem[];
}

/** Values that are not told apart one by one any more. */
const MAX_LISTED = 50;

/**
 * Makes reports of the data values of DHIS2, by the codes of the plan: a data element is a measure, an
 * organisation unit is a unit that reports, or an area for which one unit reports the measure.
 */
export function takeDataValues(
  { plans }: Pick<Catalogue, "plans">,
  file: string,
  { dataSet, values }: SentValues,
): Taken {
  const meant = plansMeant(plans, dataSet, values);
  const [plan] = meant;
  if (plan === undefined || meant.length > 1) {
    const known = plans.map((one) => one.plan.id).join(", ");
    const code = dataSet === "" ? "dhis2_no_plan" : "dhis2_plan";
    return { document: null, problems: [problemOf(code, file, { dataSet, known })] };
  }
  const problems: Problem[] = [];
  const readings: RawReading[] = [];
  for (const one of values) {
    const found = readingOf(plan, one);
    if (!("code" in found)) {
      readings.push(found);
      continue;
    }
    const { cell, line } = one;
    const words = { ...one, isExact: "", line: "", plan_number: plan.plan.number, ...found.values };
    problems.push(problemOf(found.code, file, words, { cell, line }));
  }
  if (problems.length > 0) return { document: null, problems: problems.slice(0, MAX_LISTED) };
  const reports = new Map(readings.map((one) => [reportKey(one), one]));
  const submissions = [...reports.values()].map(({ unit, period }) => ({
    ...{ plan: plan.plan.id, unit, period, nilReturn: false, formVersion: null },
    ...{ remarks: {}, sheet: null, cell: null },
  }));
  return { document: { encoding: null, submissions, readings, seen: [] }, problems: [] };
}

/** The plan that the values name, or those that have all of their measures and periods. */
function plansMeant(
  plans: readonly ResolvedPlan[],
  dataSet: string,
  values: readonly SentValue[],
): readonly ResolvedPlan[] {
  if (dataSet !== "") return plans.filter(({ plan }) => plan.id === dataSet);
  const distinct = (of: (one: SentValue) => string) => [...new Set(values.map(of))];
  const elements = distinct(({ dataElement }) => dataElement);
  const periods = distinct(({ period }) => period);
  return plans.filter(
    (one) =>
      periods.every((period) => periodMeant(one, period) !== undefined) &&
      elements.every((code) => one.plan.measures.some((measure) => measure.code === code)),
  );
}

function periodMeant({ plan }: ResolvedPlan, code: string): PlanPeriod | undefined {
  return plan.periods.find((one) => one.code === code || dhis2Period(one) === code);
}

interface Unknown {
  readonly code: ProblemCode;
  readonly values?: Readonly<Record<string, string>>;
}

function readingOf(plan: ResolvedPlan, sent: SentValue): RawReading | Unknown {
  const { dataElement: measure, orgUnit, value, comment, cell, line } = sent;
  if (sent.category !== "") return { code: "dhis2_category" };
  if (!plan.plan.measures.some(({ code }) => code === measure)) {
    return { code: "unknown_measure", values: { measure } };
  }
  const period = periodMeant(plan, sent.period);
  if (period === undefined) {
    const known = plan.plan.periods.map((one) => dhis2Period(one) ?? one.code).join(", ");
    return { code: "unknown_period", values: { known } };
  }
  const places = placesMeant(plan, measure, orgUnit);
  const [place] = places;
  if (place === undefined || places.length > 1) {
    const units = places.map(({ unit }) => unit.code).join(", ");
    return place === undefined
      ? { code: "dhis2_place" }
      : { code: "dhis2_places", values: { units } };
  }
  const isNil = value === "0" && comment.trim() === ANSWERS.nil.word;
  return {
    ...{
      plan: plan.plan.id,
      unit: place.unit.code,
      period: period.code,
      area: place.area,
      measure,
    },
    ...(isNil
      ? { value: ANSWERS.nil.word, isExact: false, note: "" }
      : { value, isExact: sent.isExact, note: comment }),
    ...{ sheet: null, cell, line },
  };
}

/** For whom an organisation unit stands: who reports the measure, and for which area. */
function placesMeant(
  plan: ResolvedPlan,
  measure: string,
  orgUnit: string,
): { readonly unit: ReportingUnit; readonly area: string }[] {
  const unit = plan.units.find(({ code }) => code === orgUnit);
  if (unit !== undefined) return [{ unit, area: "" }];
  const codes = new Map(plan.areas.map(({ area_id, code }) => [area_id, code]));
  const found = new Map<string, { unit: ReportingUnit; area: string }>();
  for (const place of plan.places.filter((one) => one.measure === measure)) {
    const reporter = plan.units.find(({ unit_id }) => unit_id === place.unit_id);
    const code = place.area_id === null ? plan.area.code : codes.get(place.area_id);
    if (reporter === undefined || code !== orgUnit) continue;
    const isOwn = reporter.area !== null || place.area_id === null;
    const one = { unit: reporter, area: isOwn ? "" : orgUnit };
    found.set(JSON.stringify([reporter.code, one.area]), one);
  }
  return [...found.values()];
}
