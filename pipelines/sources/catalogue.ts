import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../vocabulary/failure.ts";
import { describeSourceProblem, type Problem } from "../vocabulary/problem.ts";
import {
  type Area,
  isValidOn,
  isValidTogether,
  readAreaFiles,
  type Successor,
  type Tile,
} from "./area.ts";
import { type Baseline, readBaselines } from "./baseline.ts";
import { type OfficeUnit, officeUnitProblems, readOfficeUnits } from "./office-unit.ts";
import type { Plan, PlanMeasure, PlanPeriod, PlanReportingAreas } from "./plan.ts";
import { type PlanFile, planProblems, readPlanFile } from "./plan-file.ts";
import { type ResolvedTarget, resolveTargets } from "./target.ts";

/** A unit that reports: a department, or the committee of one area. */
export interface ReportingUnit {
  /** Key: the unit's code, with `@area_id` for a committee. Never shown. */
  readonly unit_id: string;
  /** What forms and CSV files carry: the unit's code, with `-area code` for a committee. */
  readonly code: string;
  readonly name: string;
  readonly short_name: string;
  readonly item: number;
  /** The area of a committee; null for a department. */
  readonly area: Area | null;
  /** Code of the entry under `units` in the plan file. */
  readonly entry: string;
  /** Code in `units.csv`, by which it is known over all plans; a committee with its area beside it. */
  readonly office_code: string | null;
}

/** One place where a measure is reported: by which unit and, where it is by area, for which. */
export interface MeasurePlace {
  readonly measure: string;
  readonly unit_id: string;
  readonly area_id: number | null;
}

/** A plan with its areas and units filled in. */
export interface ResolvedPlan extends PlanFile {
  readonly area: Area;
  /** The areas that report; their dates are those between which they exist and report to this plan. */
  readonly areas: readonly Area[];
  readonly units: readonly ReportingUnit[];
  readonly places: readonly MeasurePlace[];
  /** By code of the indicator. */
  readonly targets: ReadonlyMap<string, ResolvedTarget>;
  /** Figures of the time before, from `baselines.csv`. */
  readonly baselines: readonly Baseline[];
}

/** All that figures stand on besides the reports themselves. */
export interface Catalogue {
  readonly plans: readonly ResolvedPlan[];
  readonly areas: readonly Area[];
  readonly successors: readonly Successor[];
  /** Where areas lie on the schematic map; those that it does not hold are left out. */
  readonly tiles: readonly Tile[];
  /** The units of the office, as they are known over all plans. */
  readonly officeUnits: readonly OfficeUnit[];
}

/**
 * Reads every plan and area file below a sources folder.
 * @throws Failure that lists every problem with file, line and field.
 */
export function readCatalogue(sources: string): Catalogue {
  const plansFolder = join(sources, "plans");
  const files = existsSync(plansFolder)
    ? readdirSync(plansFolder)
        .filter((name) => /\.ya?ml$/.test(name))
        .sort()
        .map((name) => join(plansFolder, name))
    : [];
  if (files.length === 0) {
    throw new Failure(
      `No plan file in ${plansFolder}. Put one there, or name another --sources folder.`,
    );
  }
  const areaFiles = readAreaFiles(join(sources, "areas"));
  const office = readOfficeUnits(sources, areaFiles.areas);
  const problems: Problem[] = [...areaFiles.problems, ...office.problems];
  const resolved: ResolvedPlan[] = [];
  for (const file of files) {
    const reading = readPlanFile(file);
    if (!reading.ok) {
      problems.push(...reading.problems);
      continue;
    }
    const plan = resolvePlan(reading.value, areaFiles.areas);
    if (Array.isArray(plan)) problems.push(...plan);
    else resolved.push(plan);
  }
  problems.push(...problemsBetween(resolved, office.units));
  const baselines = readBaselines(sources, resolved);
  problems.push(...baselines.problems);
  if (problems.length > 0) {
    throw new Failure(problems.map(describeSourceProblem).join("\n"));
  }
  const { areas, successors, tiles } = areaFiles;
  const plans = resolved.map((plan) => ({
    ...plan,
    baselines: baselines.of.get(plan.plan.id) ?? [],
  }));
  return { plans, areas, successors, tiles, officeUnits: office.units };
}

/** What plans say against each other, or against the units of the office. */
function problemsBetween(
  plans: readonly ResolvedPlan[],
  officeUnits: readonly OfficeUnit[],
): Problem[] {
  const byId = new Map<string, ResolvedPlan>();
  return plans.flatMap((plan) => {
    const problems: Problem[] = [];
    const first = byId.get(plan.plan.id);
    if (first === undefined) byId.set(plan.plan.id, plan);
    else {
      problems.push(
        planProblem(plan.file, "id", `"${plan.plan.id}" is also the id of ${first.file}`),
      );
    }
    const { continues } = plan.plan;
    const earlier = plans.find((one) => one.plan.id === continues?.plan);
    if (continues !== undefined && earlier === undefined) {
      problems.push(planProblem(plan.file, "continues", `no plan has the id "${continues.plan}"`));
    }
    if (continues !== undefined && isCircular(plan, plans)) {
      problems.push(
        planProblem(plan.file, "continues", "the plans continue each other in a circle"),
      );
    }
    for (const section of ["measures", "indicators"] as const) {
      for (const [own, theirs] of Object.entries(continues?.[section] ?? {})) {
        if (!plan.plan[section].some(({ code }) => code === own)) {
          const found = `"${own}" is not in ${section} of this plan`;
          problems.push(planProblem(plan.file, `continues.${section}`, found));
        } else if (earlier !== undefined) {
          if (!earlier.plan[section].some(({ code }) => code === theirs)) {
            const found = `"${theirs}" is not in ${section} of ${earlier.plan.id}`;
            problems.push(planProblem(plan.file, `continues.${section}`, found));
          }
        }
      }
    }
    return [...problems, ...officeUnitProblems(plan, officeUnits)];
  });
}

function isCircular(plan: ResolvedPlan, plans: readonly ResolvedPlan[]): boolean {
  const seen = new Set<ResolvedPlan>();
  let next: ResolvedPlan | undefined = plan;
  while (next !== undefined && !seen.has(next)) {
    seen.add(next);
    const before: string | undefined = next.plan.continues?.plan;
    next = plans.find((one) => one.plan.id === before);
  }
  return next === plan;
}

function planProblem(file: string, field: string, found: string): Problem {
  return {
    severity: "error",
    code: "plan_areas",
    file,
    field,
    found: `${found}.`,
    remedy: "Correct the plan file or the area file.",
  };
}

/** Fills in a plan's areas and units. @returns the resolved plan, or the problems that prevent it. */
export function resolvePlan(file: PlanFile, areas: readonly Area[]): ResolvedPlan | Problem[] {
  const { plan } = file;
  const whole = areas.filter(
    (area) => area.code === plan.area.code && isValidOn(area, plan.in_force_from),
  );
  const area = whole[0];
  if (area === undefined || whole.length > 1) {
    const found = area === undefined ? "no area" : "more than one area";
    return [
      planProblem(
        file.file,
        "area.code",
        `${found} has the code ${plan.area.code} on ${plan.in_force_from}`,
      ),
    ];
  }
  const reporting = reportingAreas(plan, area, areas);
  if ("found" in reporting) return [planProblem(file.file, reporting.field, reporting.found)];
  const units = plan.units.flatMap((unit): ReportingUnit[] => {
    const { code, item } = unit;
    const office_code = unit.is ?? null;
    if (!unit.each_area) {
      const { name, short_name } = unit;
      return [
        { unit_id: code, code, name, short_name, item, area: null, entry: code, office_code },
      ];
    }
    return reporting.map((one) => ({
      unit_id: `${code}@${one.area_id}`,
      code: `${code}-${one.code}`,
      name: unit.name.replace("{area}", one.name),
      short_name: unit.short_name.replace("{area}", one.name),
      item,
      area: one,
      entry: code,
      office_code,
    }));
  });
  const twice = findSameCode(units);
  if (twice !== undefined) {
    return [
      planProblem(
        file.file,
        "units",
        `two units, or the committees of two areas that exist at once, have the code ${twice.code}`,
      ),
    ];
  }
  const { targets, inconsistencies, problems } = resolveTargets(
    plan,
    { areas: reporting, units },
    file.file,
  );
  if (inconsistencies.length + problems.length > 0) {
    return [...planProblems(file.file, inconsistencies), ...problems];
  }
  const places = placesOf(plan, units, reporting);
  return { ...file, area, areas: reporting, units, places, targets, baselines: [] };
}

/**
 * The areas that report under a plan, in the order of their codes, with the dates between which they
 * do; or what is wrong with them.
 */
function reportingAreas(
  plan: Plan,
  whole: Area,
  areas: readonly Area[],
): Area[] | { readonly field: string; readonly found: string } {
  if (plan.reporting_areas === "none") return [];
  const ends = plan.periods.map(({ data_to }) => data_to).sort();
  const isInPlan = ({ valid_from, valid_to }: Area): boolean =>
    (valid_from ?? "") <= (ends.at(-1) ?? "") && (valid_to ?? "9999") >= (ends[0] ?? "");
  const entries: readonly PlanReportingAreas[] =
    plan.reporting_areas === "children" ? [{}] : plan.reporting_areas;
  const found: Area[] = [];
  for (const [index, entry] of entries.entries()) {
    const field = `reporting_areas${plan.reporting_areas === "children" ? "" : `[${index}]`}`;
    const day = entry.from ?? plan.in_force_from;
    const named: Area[] = [];
    for (const code of entry.codes ??
      (entry.children_of === undefined ? [] : [entry.children_of])) {
      const coded = areas.filter((area) => area.code === code && isValidOn(area, day));
      const [area] = coded;
      if (area === undefined || coded.length > 1) {
        const count = area === undefined ? "no area" : "more than one area";
        return { field, found: `${count} has the code ${code} on ${day}` };
      }
      named.push(area);
    }
    const parent = entry.codes === undefined ? (named[0] ?? whole) : null;
    const reporting =
      parent === null ? named : areas.filter(({ parent_id }) => parent_id === parent.area_id);
    const limited = reporting.map((area) => between(area, entry)).filter(isInPlan);
    if (limited.length === 0) {
      return {
        field,
        found:
          parent === null
            ? "none of its areas exists within the periods of the plan"
            : `no area lies below ${parent.code} ${parent.name}`,
      };
    }
    for (const area of limited) {
      if (found.some(({ area_id }) => area_id === area.area_id)) {
        return { field, found: `${area.code} ${area.name} is there twice` };
      }
      found.push(area);
    }
  }
  return found.sort((a, b) => a.code.localeCompare(b.code, "en") || a.area_id - b.area_id);
}

/** An area with its dates within those of an entry. */
function between(area: Area, { from, until }: PlanReportingAreas): Area {
  if (from === undefined && until === undefined) return area;
  const { valid_from, valid_to } = area;
  return {
    ...area,
    valid_from: from === undefined || (valid_from ?? "") > from ? valid_from : from,
    valid_to: until === undefined || (valid_to ?? "9999") < until ? valid_to : until,
  };
}

/** A unit that a file could mean by the code of an earlier one. */
function findSameCode(units: readonly ReportingUnit[]): ReportingUnit | undefined {
  const byCode = new Map<string, ReportingUnit[]>();
  return units.find((unit) => {
    const code = unit.code.toUpperCase();
    const earlier = byCode.get(code) ?? [];
    byCode.set(code, [...earlier, unit]);
    return earlier.some(
      ({ area }) => area === null || unit.area === null || isValidTogether(area, unit.area),
    );
  });
}

function placesOf(
  plan: Plan,
  units: readonly ReportingUnit[],
  areas: readonly Area[],
): MeasurePlace[] {
  const byEntry = new Map<string, ReportingUnit[]>();
  for (const unit of units) byEntry.set(unit.entry, [...(byEntry.get(unit.entry) ?? []), unit]);
  return plan.measures.flatMap((measure: PlanMeasure) =>
    measure.reported_by.flatMap((entry) =>
      (byEntry.get(entry) ?? []).flatMap((unit): MeasurePlace[] => {
        const { unit_id } = unit;
        const place = (area_id: number | null) => ({ measure: measure.code, unit_id, area_id });
        if (unit.area !== null) return [place(unit.area.area_id)];
        return measure.by_area ? areas.map(({ area_id }) => place(area_id)) : [place(null)];
      }),
    ),
  );
}

/** The units that there are in a period: every department, and the committees of areas valid on its last day. */
export function unitsIn(plan: ResolvedPlan, period: PlanPeriod): ReportingUnit[] {
  return plan.units.filter(({ area }) => area === null || isValidOn(area, period.data_to));
}

/**
 * The units that owe a report for a period: the plan is in force, and at least one figure is asked of
 * them. The models say the same in `core/report_owed.sql`.
 */
export function unitsOwing(plan: ResolvedPlan, period: PlanPeriod): ReportingUnit[] {
  if (period.data_to < plan.plan.in_force_from) return [];
  const hasAreas = areasIn(plan, period).length > 0;
  return unitsIn(plan, period).filter((unit) =>
    measuresReportedBy(plan, unit).some(
      ({ by_area }) => unit.area !== null || !by_area || hasAreas,
    ),
  );
}

/** The areas that a period covers: those valid on its last day. */
export function areasIn(plan: ResolvedPlan, period: PlanPeriod): Area[] {
  return plan.areas.filter((area) => isValidOn(area, period.data_to));
}

/** The measures that a unit reports, in the order of the plan. */
export function measuresReportedBy(plan: ResolvedPlan, unit: ReportingUnit): PlanMeasure[] {
  return plan.plan.measures.filter((measure) => measure.reported_by.includes(unit.entry));
}
