import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { vietnameseDate } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import { grouped } from "../vocabulary/grouped.ts";
import { describeSourceProblem, type Problem } from "../vocabulary/problem.ts";
import {
  type Area,
  type AreaFiles,
  codeHint,
  goneText,
  isValidOn,
  isValidTogether,
  kindMeant,
  nameWithinSentence,
  type Successor,
  type Tile,
  whenThere,
} from "./areas/area.ts";
import {
  areasBelow,
  areasCoded,
  areasInUse,
  areasOn,
  heirsOn,
  officialHint,
  readAreaFiles,
} from "./areas/area-files.ts";
import { type KeptIn, type PlanChecker, planChecker } from "./file/checked-plans.ts";
import {
  areLastPlansKnown,
  keepLastPlans,
  keepShared,
  lastFileOf,
  lastSharedIn,
} from "./file/last-plans.ts";
import type { Inconsistency } from "./file/plan-consistency.ts";
import type { PlanFile } from "./file/plan-file.ts";
import { type Baseline, type PlanProblem, readBaselines } from "./office/baseline.ts";
import { type OfficeKey, readOfficeKeys } from "./office/office-keys.ts";
import { type OfficeUnit, readOfficeUnits } from "./office/office-unit.ts";
import { problemsBeside, type ReadPlan } from "./office/plans-beside.ts";
import { isAskedOf, isOwed } from "./plan/owed.ts";
import type { Plan, PlanMeasure, PlanPeriod, PlanReportingAreas } from "./plan/plan.ts";
import { type ResolvedTarget, resolveTargets } from "./targets/target.ts";
import type { UnsettledPlan } from "./unsettled-plan.ts";

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

/** An area that reports under a plan. */
export interface ReportingArea extends Area {
  /** Its name; where another one of the plan has the same, with the days between which it reports. */
  readonly called: string;
  /** The same within a sentence. */
  readonly calledWithinSentence: string;
}

/** A plan with its areas and units filled in. */
export interface ResolvedPlan extends PlanFile {
  readonly area: Area;
  /** The areas that report; their dates are those between which they exist and report to this plan. */
  readonly areas: readonly ReportingArea[];
  readonly units: readonly ReportingUnit[];
  readonly places: readonly MeasurePlace[];
  /** By code of the indicator. */
  readonly targets: ReadonlyMap<string, ResolvedTarget>;
  /** Figures of the time before, from `baselines.csv`. */
  readonly baselines: readonly Baseline[];
}

/** Everything that figures depend on besides the reports. */
export interface Catalogue {
  /** The plans that are followed: no drafts; one in error as it last was without. */
  readonly plans: readonly ResolvedPlan[];
  /** Plan files that are drafts, or in error. */
  readonly unsettled: readonly UnsettledPlan[];
  /** The areas of the office, and the official ones that plans are about. */
  readonly areas: readonly Area[];
  readonly successors: readonly Successor[];
  /** Where areas lie on the schematic map; those that it does not hold are left out. */
  readonly tiles: readonly Tile[];
  /** The units of the office, as they are known over all plans. */
  readonly officeUnits: readonly OfficeUnit[];
  /** Keys with which other offices sign what they hand up. */
  readonly officeKeys: readonly OfficeKey[];
}

/**
 * Reads every plan and area file below a sources folder. Where the warehouse is known, a file in error
 * stops no plan but its own, and is among the `unsettled`: a plan stands as it last was without a fault,
 * or is left aside; areas and units do, too, where they are in error or a plan no longer goes with them;
 * rows of baselines and keys are left out. Without such a last state it is a matter of all.
 * @param paths the warehouse in which plans that were checked, and plans as they last were, may be kept;
 * without it every file is read by itself and must be right, drafts aside
 * @param mayBeEmpty there may be no plan file yet
 * @throws Failure that lists every problem with file, line and field.
 */
export function readCatalogue(sources: string, paths?: KeptIn, mayBeEmpty = false): Catalogue {
  const files = planFilesIn(sources);
  if (files.length === 0 && mayBeEmpty) {
    const { areas, successors, tiles } = readAreaFiles(join(sources, "areas"));
    return { plans: [], unsettled: [], areas, successors, tiles, officeUnits: [], officeKeys: [] };
  }
  if (files.length === 0) {
    throw new Failure(
      `Không có tệp kế hoạch trong ${join(sources, "plans")}. Đặt tệp vào đó, hoặc nêu --sources khác.`,
    );
  }
  const checker = planChecker(paths?.checkedPlans ?? null);
  const kept = paths?.plans ?? null;
  const read = readFiles(files, sources, { checker, kept });
  const wrong = wrongForAll(read);
  const lastShared = kept === null || wrong.length === 0 ? null : lastSharedIn(kept);
  const asItWas = lastShared === null ? null : readFiles(files, lastShared, { checker, kept });
  const isAsItWas = asItWas !== null && wrongForAll(asItWas).length === 0;
  const { entries, areaFiles, office } = isAsItWas ? asItWas : read;
  const standing = entries.flatMap(({ now }) => now?.resolved ?? []);
  const keys = readOfficeKeys(sources);
  const baselines = readBaselines(sources, standing, inError(entries));
  const ofRows = [...keys.problems, ...baselines.problems];
  const mayGoOn = paths !== undefined && areLastPlansKnown(paths.plans) && standing.length > 0;
  // without a key the packages that it signed are refused, and say so
  const ofAll = mayGoOn ? [] : paths === undefined ? ofRows : baselines.problems;
  if (!isAsItWas || !mayGoOn) refuseForAll(read, ofAll, mayGoOn);
  const plans = standing
    .filter(({ plan }) => plan.state !== "draft")
    .map((plan) => ({ ...plan, baselines: baselines.of.get(plan.plan.id) ?? [] }));
  const unsettled = [
    ...entries.flatMap(unsettledOf),
    ...(isAsItWas ? [sharedAsItWas(wrong)] : []),
    ...rowsLeftOut(ofRows),
  ];
  const catalogue = {
    ...{ plans, unsettled, ...areasInUse(areaFiles, plans) },
    ...{ tiles: areaFiles.tiles, officeUnits: office.units, officeKeys: keys.keys },
  };
  keepers.set(catalogue, () => {
    checker.keep();
    if (paths === undefined) return;
    keepLastPlans(paths.plans, plans, (plan) => resolvePlan(plan, areaFiles).resolved !== null);
    if (!isAsItWas) keepShared(paths.plans, sources);
  });
  return catalogue;
}

/** The plan files, beside areas and units as they lie in a folder. */
interface FilesRead {
  readonly entries: readonly Entry[];
  readonly areaFiles: ReturnType<typeof readAreaFiles>;
  readonly office: ReturnType<typeof readOfficeUnits>;
}

function readFiles(
  files: readonly string[],
  shared: string,
  by: Pick<Reading, "checker" | "kept">,
): FilesRead {
  const areaFiles = readAreaFiles(join(shared, "areas"));
  const office = readOfficeUnits(shared, areaFiles);
  const reading = { areaFiles, officeUnits: office.units, ...by };
  const entries = files.map((file) => entryOf(file, reading));
  settle(entries, reading);
  return { entries, areaFiles, office };
}

/** What is wrong with areas or units, or with plans that go with them neither as they are nor as they last were. */
function wrongForAll({ areaFiles, office, entries }: FilesRead): readonly Problem[] {
  const unfit = entries.filter((one) => !one.isDraft && one.now === null && one.last !== null);
  const ofPlans = unfit.flatMap(({ problems }) => problems);
  return [...areaFiles.problems, ...office.problems, ...ofPlans];
}

function sharedAsItWas(problems: readonly Problem[]): UnsettledPlan {
  return { file: problems[0]?.file ?? "", plan_id: null, state: "shared_as_it_was", problems };
}

/** Rows of tables, by the plan that they are about. */
function rowsLeftOut(problems: readonly PlanProblem[]): UnsettledPlan[] {
  const about = ({ file, plan_id }: PlanProblem): string => `${file} ${plan_id ?? ""}`;
  const firsts = problems.filter(
    (one, index) => problems.findIndex((other) => about(other) === about(one)) === index,
  );
  return firsts.map((first) => ({
    ...{ file: first.file, plan_id: first.plan_id ?? null, state: "rows_left_out" },
    problems: problems.filter((one) => about(one) === about(first)),
  }));
}

/** A plan file of the folder, and the plan that stands for it. */
interface Entry {
  readonly file: string;
  /** The copy of it that the warehouse keeps from when it was last without a fault. */
  readonly last: string | null;
  readonly isDraft: boolean;
  /** Its code where the file has one. */
  readonly id: string | null;
  problems: readonly Problem[];
  /** As it lies there, or as it last was; null where neither can be used. */
  now: Standing | null;
}

/** A plan that can be followed, by the name of its file in the folder. */
interface Standing extends ReadPlan {
  readonly resolved: ResolvedPlan;
}

/** What plan files are read with. */
interface Reading {
  readonly areaFiles: AreaFiles;
  readonly officeUnits: readonly OfficeUnit[];
  readonly checker: PlanChecker;
  /** Where plans are kept as they last were; null where none are. */
  readonly kept: string | null;
}

function entryOf(file: string, reading: Reading): Entry {
  const last = reading.kept === null ? null : lastFileOf(reading.kept, file);
  const entry = { file, last, ...planOf(file, file, reading) };
  if (entry.problems.length > 0) fallBack(entry, reading);
  return entry;
}

/** The plan of a file of the folder as `from` has it: that file, or its copy. */
function planOf(
  file: string,
  from: string,
  { areaFiles, checker }: Reading,
): Omit<Entry, "file" | "last"> {
  const { value, problems, problemOf } = checker.examine(from);
  const facts = { isDraft: value?.plan.state === "draft", id: value?.plan.id ?? null };
  if (value === null || problems.length > 0) return { ...facts, problems, now: null };
  const { resolved, ...wrong } = resolvePlan(value, areaFiles);
  const found = [...wrong.inconsistencies.map((one) => problemOf(one)), ...wrong.problems];
  const now = resolved === null ? null : { plan: value.plan, file, problemOf, resolved };
  return { ...facts, problems: found, now };
}

/** From the file to its copy, and from that to nothing; of a draft there is none. */
function fallBack(entry: Entry, reading: Reading): void {
  const { file, last, isDraft, now } = entry;
  const isNone = last === null || isDraft || now?.resolved.file === last;
  entry.now = isNone ? null : planOf(file, last, reading).now;
}

/** Looks at every plan beside the others, until nothing is wrong with what stands. */
function settle(entries: readonly Entry[], reading: Reading): void {
  // of two plans with one code the one that was there before has it, and a draft never
  const rank = ({ last, isDraft }: Entry): number => (isDraft ? 2 : last === null ? 1 : 0);
  const inOrder = [...entries].sort((one, other) => rank(one) - rank(other));
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    for (const entry of entries) {
      if (entry.now === null) continue;
      const beside = inOrder.flatMap(({ now }) => now ?? []);
      const unread = entries.filter(({ now }) => now === null).map(({ file }) => file);
      const isAsItWas = entry.now.resolved.file === entry.last;
      const problems = problemsBeside(entry.now, beside, reading.officeUnits, unread, isAsItWas);
      if (problems.length === 0) continue;
      isSettled = false;
      if (entry.problems.length === 0) entry.problems = problems;
      fallBack(entry, reading);
    }
  }
}

/** Plans of which baselines may say what does not go with them. */
function inError(entries: readonly Entry[]): Parameters<typeof readBaselines>[2] {
  const wrong = entries.filter(({ problems }) => problems.length > 0);
  return {
    plans: new Set(wrong.flatMap(({ id, now }) => [id, now?.plan.id])),
    isAnyMissing: wrong.some(({ now }) => now === null),
  };
}

/** @throws Failure where what is wrong is a matter of all */
function refuseForAll(read: FilesRead, ofRows: readonly Problem[], mayGoOn: boolean): void {
  const ofPlans = read.entries.flatMap(({ problems, isDraft }) => (isDraft ? [] : problems));
  const ofAll = [...wrongForAll(read), ...ofRows.filter(({ severity }) => severity === "error")];
  if (ofAll.length === 0 && (ofPlans.length === 0 || mayGoOn)) return;
  const problems = [...new Set([...ofAll, ...ofPlans])];
  throw new Failure(problems.map(describeSourceProblem).join("\n"));
}

function unsettledOf({ file, now, isDraft, problems }: Entry): UnsettledPlan[] {
  if (!isDraft && problems.length === 0) return [];
  const state = isDraft ? "draft" : now === null ? "left_aside" : "as_it_was";
  return [{ file, plan_id: now?.plan.id ?? null, state, problems }];
}

/** What keeps the plans of each catalogue, until they are kept. */
const keepers = new WeakMap<Catalogue, () => void>();

/**
 * Keeps the plans of a catalogue as they were checked, in the warehouse with which it was read: so that
 * the next command need not check them again, and knows them where a file is in error by then. Once the
 * ledger or the marts are open for writing: a warehouse that is refused is left as it is.
 */
export function keepCheckedPlans(catalogue: Catalogue): void {
  keepers.get(catalogue)?.();
  keepers.delete(catalogue);
}

/** The plan files of a sources folder, by name. */
export function planFilesIn(sources: string): string[] {
  const folder = join(sources, "plans");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** A plan with its areas, units and targets filled in, or what prevents it. */
export interface PlanResolution {
  /** Null where anything prevents it. */
  readonly resolved: ResolvedPlan | null;
  /** What is wrong with the plan file. */
  readonly inconsistencies: readonly Inconsistency[];
  /** What is wrong with the tables beside it. */
  readonly problems: readonly Problem[];
}

/** Fills in a plan's areas, units and targets. */
export function resolvePlan(
  file: PlanFile,
  areaFiles: Pick<AreaFiles, "areas" | "successors">,
): PlanResolution {
  const { plan } = file;
  const whole = areasOn(plan.area.code, plan.in_force_from, areaFiles);
  const area = whole[0];
  if (area === undefined || whole.length > 1) {
    return refused(
      noSuchArea(plan.area.code, plan.in_force_from, whole.length, areaFiles, ["area", "code"]),
    );
  }
  const reporting = reportingAreas(plan, area, areaFiles);
  if ("path" in reporting) return refused(reporting);
  const units = unitsOf(plan, reporting);
  const twice = findSameCode(units);
  const { targets, inconsistencies, problems } = resolveTargets(
    plan,
    { areas: reporting, units, known: (code) => areasCoded(code, areaFiles) },
    file.file,
  );
  if (twice !== undefined) {
    inconsistencies.unshift({
      path: ["units"],
      message: `hai đơn vị, hoặc đơn vị của hai địa bàn cùng lúc, có chung mã ${twice.code}`,
    });
  }
  inconsistencies.push(...unknownAsked(plan, reporting));
  if (inconsistencies.length + problems.length > 0) {
    return { resolved: null, inconsistencies, problems };
  }
  const places = placesOf(plan, units, reporting);
  return {
    resolved: { ...file, area, areas: reporting, units, places, targets, baselines: [] },
    inconsistencies,
    problems,
  };
}

/** Kinds and codes of `asked_of` that are those of no area that reports. */
function unknownAsked(plan: Plan, areas: readonly ReportingArea[]): Inconsistency[] {
  return plan.measures.flatMap(({ asked_of }, index) =>
    (["kinds", "codes"] as const).flatMap((field) => {
      const known = [...new Set(areas.map((area) => (field === "kinds" ? area.kind : area.code)))];
      return (asked_of?.[field] ?? []).flatMap((typed, at): Inconsistency[] => {
        if (known.includes(typed)) return [];
        const kind = kindMeant(typed);
        const hint =
          field === "codes"
            ? codeHint(typed, areas)
            : kind === null || !known.includes(kind)
              ? ""
              : `Có phải là “${kind}”?`;
        return [
          {
            path: ["measures", index, "asked_of", field, at],
            message: `không địa bàn báo cáo nào ${field === "kinds" ? "thuộc loại" : "mang mã"} “${typed}”`,
            remedy: hint === "" ? `Có: ${known.join(", ")}.` : hint,
          },
        ];
      });
    }),
  );
}

function refused(inconsistency: Inconsistency): PlanResolution {
  return { resolved: null, inconsistencies: [inconsistency], problems: [] };
}

/** The problem of a code that names no area on a day, or several, with a suggestion. */
function noSuchArea(
  code: string,
  day: string,
  count: number,
  areaFiles: Pick<AreaFiles, "areas" | "successors">,
  path: readonly (string | number)[],
): Inconsistency {
  const date = vietnameseDate(day);
  const coded = areasCoded(code, areaFiles);
  if (count > 0) {
    const message = `ngày ${date} có hơn một địa bàn mang mã “${code}” trong areas.csv`;
    return { path, message, remedy: "Sửa mã hoặc ngày của địa bàn trong areas/areas.csv." };
  }
  const gone = coded.findLast((one) => (one.valid_to ?? "9999") < day);
  if (gone !== undefined) {
    const remedy = "Ghi địa bàn thay cho địa bàn ấy, hoặc xem lại ngày (in_force_from, from).";
    const message = `ngày ${date} không còn địa bàn ấy: ${goneText(gone, heirsOn(gone, day, areaFiles))}`;
    return { path, message, remedy };
  }
  const [later] = coded;
  if (later !== undefined) {
    const message = `“${code}” (${later.name}) ${whenThere(later, day)}, không có vào ngày ${date}`;
    return { path, message, remedy: "Xem lại ngày (in_force_from, from)." };
  }
  const there = areaFiles.areas.filter((one) => isValidOn(one, day));
  const hint = codeHint(code, there) || officialHint(code, day);
  const otherwise =
    "Tìm mã bằng chitieu areas và tên địa bàn; địa bàn riêng của cơ quan thì khai trong areas/areas.csv.";
  return {
    path,
    message: `ngày ${date} không có địa bàn nào mang mã “${code}”`,
    remedy: hint === "" ? otherwise : hint,
  };
}

function unitsOf(plan: Plan, reporting: readonly ReportingArea[]): ReportingUnit[] {
  return plan.units.flatMap((unit): ReportingUnit[] => {
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
      name: withArea(unit.name, one),
      short_name: withArea(unit.short_name, one),
      item,
      area: one,
      entry: code,
      office_code,
    }));
  });
}

/** `UBND phường Tam Thanh` for `UBND {area}`. */
function withArea(name: string, area: ReportingArea): string {
  const { called, calledWithinSentence } = area;
  return name.replace("{area}", name.startsWith("{area}") ? called : calledWithinSentence);
}

/**
 * The areas that report under a plan, in the order of their codes, with the dates between which they
 * do; or what is wrong with them.
 */
function reportingAreas(
  plan: Plan,
  whole: Area,
  areaFiles: Pick<AreaFiles, "areas" | "successors">,
): ReportingArea[] | Inconsistency {
  if (plan.reporting_areas === "none") return [];
  const ends = plan.periods.map(({ data_to }) => data_to).sort();
  const isInPlan = ({ valid_from, valid_to }: Area): boolean =>
    (valid_from ?? "") <= (ends.at(-1) ?? "") && (valid_to ?? "9999") >= (ends[0] ?? "");
  const entries: readonly PlanReportingAreas[] =
    plan.reporting_areas === "children" ? [{}] : plan.reporting_areas;
  const found: Area[] = [];
  for (const [index, entry] of entries.entries()) {
    const path = ["reporting_areas", ...(plan.reporting_areas === "children" ? [] : [index])];
    const day = entry.from ?? plan.in_force_from;
    const named: Area[] = [];
    for (const code of entry.codes ??
      (entry.children_of === undefined ? [] : [entry.children_of])) {
      const coded = areasOn(code, day, areaFiles);
      const [area] = coded;
      if (area === undefined || coded.length > 1) {
        return noSuchArea(code, day, coded.length, areaFiles, path);
      }
      named.push(area);
    }
    const parent = entry.codes === undefined ? (named[0] ?? whole) : null;
    const reporting = parent === null ? named : areasBelow(parent, areaFiles);
    const limited = reporting.map((area) => between(area, entry)).filter(isInPlan);
    if (limited.length === 0) {
      const message =
        parent === null
          ? "không địa bàn nào trong mục này tồn tại trong thời gian của kế hoạch"
          : `không có địa bàn nào nằm dưới ${parent.code} ${parent.name}`;
      return {
        path,
        message,
        remedy: "Khai địa bàn trong areas/areas.csv, hoặc ghi reporting_areas: none.",
      };
    }
    for (const area of limited) {
      if (found.some(({ area_id }) => area_id === area.area_id)) {
        return { path, message: `${area.code} ${area.name} được nêu hai lần` };
      }
      found.push(area);
    }
  }
  const named = grouped(found, ({ name }) => name);
  return found
    .map((area) => {
      const called = calledAmong(named.get(area.name) ?? [], area);
      const calledWithinSentence = nameWithinSentence({ ...area, name: called });
      return { ...area, called, calledWithinSentence };
    })
    .sort((a, b) => a.code.localeCompare(b.code, "en") || a.area_id - b.area_id);
}

/** `Phường Tam Thanh (đến 30/6/2025)` where the plan has a later one of that name, too. */
function calledAmong(
  named: readonly Area[],
  { area_id, name, valid_from, valid_to }: Area,
): string {
  const others = named.filter((one) => one.area_id !== area_id);
  if (others.length === 0) return name;
  const isLast = others.every((one) => (one.valid_from ?? "") < (valid_from ?? ""));
  const day = isLast ? valid_from : valid_to;
  if (day === null) return name;
  return `${name} (${isLast ? "từ" : "đến"} ${vietnameseDate(day)})`;
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

/** A unit of an area whose code is also that of an earlier one; of two departments the plan file tells. */
function findSameCode(units: readonly ReportingUnit[]): ReportingUnit | undefined {
  const byCode = new Map<string, ReportingUnit[]>();
  return units.find((unit) => {
    const code = unit.code.toUpperCase();
    const earlier = byCode.get(code) ?? [];
    byCode.set(code, [...earlier, unit]);
    return earlier.some(
      ({ area }) =>
        (area === null) !== (unit.area === null) ||
        (area !== null && unit.area !== null && isValidTogether(area, unit.area)),
    );
  });
}

function placesOf(
  plan: Plan,
  units: readonly ReportingUnit[],
  areas: readonly Area[],
): MeasurePlace[] {
  const byEntry = grouped(units, ({ entry }) => entry);
  const places: MeasurePlace[] = [];
  for (const one of plan.measures) {
    const { code: measure, by_area, reported_by } = one;
    const asked = areas.filter((area) => isAskedOf(one, area));
    for (const { unit_id, area } of reported_by.flatMap((entry) => byEntry.get(entry) ?? [])) {
      if (area === null && by_area) {
        for (const { area_id } of asked) places.push({ measure, unit_id, area_id });
      } else if (area === null || isAskedOf(one, area)) {
        places.push({ measure, unit_id, area_id: area?.area_id ?? null });
      }
    }
  }
  return places;
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
  const areas = areasIn(plan, period);
  return unitsIn(plan, period).filter((unit) =>
    measuresOwedBy(plan, unit, period).some(
      (measure) =>
        unit.area !== null || !measure.by_area || areas.some((area) => isAskedOf(measure, area)),
    ),
  );
}

/** The areas that a period covers: those valid on its last day. */
export function areasIn(plan: ResolvedPlan, period: PlanPeriod): Area[] {
  return plan.areas.filter((area) => isValidOn(area, period.data_to));
}

/** The measures that a unit reports for a period, in the order of the plan. */
export function measuresOwedBy(
  plan: ResolvedPlan,
  unit: ReportingUnit,
  period: PlanPeriod,
): PlanMeasure[] {
  return plan.plan.measures.filter(
    (measure) =>
      measure.reported_by.includes(unit.entry) &&
      isOwed(plan.plan, measure, period) &&
      (unit.area === null || isAskedOf(measure, unit.area)),
  );
}
