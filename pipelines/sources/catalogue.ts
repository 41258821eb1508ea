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
import type { Plan, PlanMeasure, PlanPeriod } from "./plan.ts";
import { type PlanFile, readPlanFile } from "./plan-file.ts";

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
  readonly areas: readonly Area[];
  readonly units: readonly ReportingUnit[];
  readonly places: readonly MeasurePlace[];
}

/** All that figures stand on besides the reports themselves. */
export interface Catalogue {
  readonly plans: readonly ResolvedPlan[];
  readonly areas: readonly Area[];
  readonly successors: readonly Successor[];
  /** Where areas lie on the schematic map; those that it does not hold are left out. */
  readonly tiles: readonly Tile[];
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
  const problems: Problem[] = [...areaFiles.problems];
  const plans: ResolvedPlan[] = [];
  for (const file of files) {
    const reading = readPlanFile(file);
    if (!reading.ok) {
      problems.push(...reading.problems);
      continue;
    }
    const resolved = resolvePlan(reading.value, areaFiles.areas);
    if (Array.isArray(resolved)) problems.push(...resolved);
    else plans.push(resolved);
  }
  for (const plan of plans) {
    const first = plans.find((other) => other.plan.id === plan.plan.id);
    if (first !== undefined && first !== plan) {
      problems.push(
        planProblem(plan.file, "id", `"${plan.plan.id}" is also the id of ${first.file}`),
      );
    }
  }
  if (problems.length > 0) {
    throw new Failure(problems.map(describeSourceProblem).join("\n"));
  }
  const { areas, successors, tiles } = areaFiles;
  return { plans, areas, successors, tiles };
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
  const first = plan.periods.reduce(
    (date, { data_to }) => (data_to < date ? data_to : date),
    "9999",
  );
  const last = plan.periods.reduce((date, { data_to }) => (data_to > date ? data_to : date), "");
  const reporting =
    plan.reporting_areas === "none"
      ? []
      : areas
          .filter(
            (child) =>
              child.parent_id === area.area_id &&
              (child.valid_from ?? "") <= last &&
              (child.valid_to ?? "9999") >= first,
          )
          .sort((a, b) => a.code.localeCompare(b.code, "en") || a.area_id - b.area_id);
  if (plan.reporting_areas === "children" && reporting.length === 0) {
    return [
      planProblem(file.file, "reporting_areas", `no area lies below ${area.code} ${area.name}`),
    ];
  }
  const units = plan.units.flatMap((unit): ReportingUnit[] => {
    const { code, item } = unit;
    if (!unit.each_area) {
      const { name, short_name } = unit;
      return [{ unit_id: code, code, name, short_name, item, area: null, entry: code }];
    }
    return reporting.map((one) => ({
      unit_id: `${code}@${one.area_id}`,
      code: `${code}-${one.code}`,
      name: unit.name.replace("{area}", one.name),
      short_name: unit.short_name.replace("{area}", one.name),
      item,
      area: one,
      entry: code,
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
  return { ...file, area, areas: reporting, units, places: placesOf(plan, units, reporting) };
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
