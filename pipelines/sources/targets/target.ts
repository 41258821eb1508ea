import { basename, dirname, join } from "node:path";
import { z } from "zod";
import type { Problem } from "../../vocabulary/problem.ts";
import { AREA_KINDS } from "../../vocabulary/words.ts";
import { type Area, codeHint, isValidOn, kindMeant } from "../areas/area.ts";
import type { Inconsistency } from "../file/plan-consistency.ts";
import { isAskedOf } from "../plan/owed.ts";
import {
  measuresUnder,
  type Plan,
  type PlanIndicator,
  type PlanIndicatorValue,
  type PlanPeriod,
} from "../plan/plan.ts";
import { Decimal } from "../plan/plan-fields.ts";
import {
  groupsOf,
  groupsWithout,
  numbersOf,
  type PlanTarget,
  type PlanTargetStatement,
  type TargetNumber,
} from "../plan/plan-target.ts";
import {
  csvProblem,
  type Line,
  oncePerKind,
  readLines,
  type WrongCell,
} from "../text/csv-lines.ts";

/**
 * Where a target applies. `all`: the whole and every area by the same number. `whole`: the whole
 * alone. `groups`: groups of areas, each by its own. `each`: every place. `table`: every place by its
 * own number.
 */
export type TargetScope = "all" | "whole" | "groups" | "each" | "table";

/** Areas that share one number of a target. */
export interface TargetGroup {
  readonly no: number;
  /** Of a kind of area, or of one area. */
  readonly code: string;
  readonly name: string;
  readonly areas: readonly Area[];
}

/** One number of a target: where, and at the end of which period it must hold. */
export interface TargetRow {
  /** Null: the whole, and every area where the target's scope is `all` or `each`. */
  readonly area: Area | null;
  readonly groupNo: number | null;
  readonly due: PlanPeriod;
  /** The day from which it applies; null: from the start. */
  readonly effectiveFrom: string | null;
  readonly value: string;
  /** The upper bound of a range. */
  readonly to: string | null;
  /** What a linear pace starts from; null: from nothing. */
  readonly paceFrom: string | null;
  /** Which period that was, and its source. */
  readonly paceFromSource: string | null;
}

/** The target of an indicator with its periods and places filled in. */
export interface ResolvedTarget {
  readonly scope: TargetScope;
  readonly groups: readonly TargetGroup[];
  readonly rows: readonly TargetRow[];
  /** Numbers of a table by which nobody is judged: their place is no more when they are due. */
  readonly outlived: readonly TargetRow[];
}

/** What a plan is about, as far as its targets need it. */
export interface TargetPlaces {
  readonly areas: readonly Area[];
  readonly units: readonly { readonly code: string; readonly area: Area | null }[];
  /** The areas with a code, also those that do not report. */
  readonly known: (code: string) => readonly Area[];
}

type Report = (message: string, remedy?: string) => void;

const Cell = z.string().trim();

/** A line of a table of targets: which indicator, where, when due (blank: as in the plan), how much. */
const QuotaLine = z.strictObject({
  indicator: Cell.min(1, "không được để trống"),
  place: Cell.min(1, "không được để trống"),
  period: Cell.default(""),
  value: Cell.transform(quotaNumber),
  from: Cell.default(""),
});
type Quota = z.infer<typeof QuotaLine>;

/** `8`, `8,5`, `1.234,5`, or a range: `8 - 8,5`. */
function quotaNumber(text: string, context: z.RefinementCtx): TargetNumber {
  const typed = /^(-?[\d.,]+)(?:\s*[-–]\s*(-?[\d.,]+))?$/.exec(text)?.slice(1) ?? [text];
  const [value = "", to = null] = typed.map((one) => {
    if (one === undefined) return null;
    const mark = /^-?[1-9]\d{0,2}([.,])\d{3}$/.exec(one)?.[1];
    if (mark !== undefined) {
      const name = mark === "." ? "dấu chấm" : "dấu phẩy";
      context.addIssue(
        `${name} ở đây là dấu thập phân; nếu là dấu hàng nghìn thì ghi ${one.replace(mark, "")}, nếu đúng là số thập phân thì ghi ${one}0`,
      );
    }
    const plain = /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(one) ? one.replaceAll(".", "") : one;
    const number = Decimal.safeParse(mark === undefined ? plain.replace(",", ".") : "0");
    if (number.success) return number.data;
    context.addIssue("phải là một số, như 8,5, hoặc một khoảng, như 8 - 8,5");
    return null;
  });
  if (to !== null && Number(to) < Number(value)) context.addIssue("ghi số nhỏ trước");
  return { value: value ?? "", to };
}

/**
 * Fills in the periods and places of every target of a plan, from its tables too.
 * @returns the targets by the code of the indicator, what is wrong with the plan file, and what is
 * wrong with the tables
 */
export function resolveTargets(
  plan: Plan,
  places: TargetPlaces,
  planFile: string,
): {
  readonly targets: ReadonlyMap<string, ResolvedTarget>;
  readonly inconsistencies: Inconsistency[];
  readonly problems: Problem[];
} {
  const inconsistencies: Inconsistency[] = [];
  const problems: Problem[] = [];
  const tables = new QuotaTables(dirname(planFile), plan, problems);
  const targets = new Map<string, ResolvedTarget>();
  plan.indicators.forEach((indicator, index) => {
    const report: Report = (message, remedy = "") => {
      inconsistencies.push({ path: ["indicators", index, "target"], message, remedy });
    };
    targets.set(indicator.code, resolveTarget(plan, indicator, places, tables, report));
  });
  return { targets, inconsistencies, problems };
}

/** Where the target of an indicator applies. */
export function scopeOf({ target, value }: PlanIndicator): TargetScope {
  const places = target.statements[0]?.for ?? null;
  if (places === "each" || places === "whole") return places;
  if (places !== null) return "table" in places ? "table" : "groups";
  // a number of things is a target of the whole; a percentage is one of every part, too
  const isCount =
    value.kind === "count" ||
    (value.kind === "change" && value.of.kind === "count" && isDifference(value.as));
  return isCount || isOfSome(value, target) ? "whole" : "all";
}

/** Whether a change is counted in what its value is counted in, so that it adds up over places. */
const isDifference = (as: string): boolean => as === "points" || as === "ranks";

/** A share of places that need not be all of them asks nothing of any. */
function isOfSome({ kind }: PlanIndicatorValue, { comparator, statements }: PlanTarget): boolean {
  return (
    (kind === "share_of_areas" || kind === "share_of_units") &&
    !(
      (comparator === ">=" || comparator === "=") &&
      statements.flatMap(numbersOf).every(({ number }) => Number(number.value) === 100)
    )
  );
}

/** The periods at whose end a number alone must hold: the last of each year, or every one. */
export function duePeriods(plan: Plan, due: "year_end" | "each_period"): PlanPeriod[] {
  const base = plan.periods
    .filter(({ covers }) => covers.length === 0)
    .sort((one, other) => one.data_to.localeCompare(other.data_to));
  if (due === "each_period") return base;
  return base.filter(
    (period) => base.findLast(({ year }) => year === period.year)?.code === period.code,
  );
}

function isTable(places: PlanTargetStatement["for"]): places is { readonly table: string } {
  return typeof places === "object" && places !== null && "table" in places;
}

function resolveTarget(
  plan: Plan,
  indicator: PlanIndicator,
  places: TargetPlaces,
  tables: QuotaTables,
  report: Report,
): ResolvedTarget {
  const { target, value } = indicator;
  const under = measuresUnder(plan, value);
  const asked = places.areas.filter((area) =>
    plan.measures.some((one) => under.includes(one.code) && isAskedOf(one, area)),
  );
  const groupCodes = [...new Set(target.statements.flatMap((one) => Object.keys(groupsOf(one))))];
  const groups = groupCodes.map((code, index): TargetGroup => {
    return { no: index + 1, code, ...areasOfGroup(code, asked) };
  });
  const without = new Set(target.statements.flatMap((one) => groupsWithout(one)));
  const judged = asked.filter(
    (area) => ![...without].some((code) => areasOfGroup(code, [area]).areas.length > 0),
  );
  reportWrongGroups(groupCodes, groups, { asked: judged, all: places.areas }, report);
  for (const code of without) {
    if (areasOfGroup(code, asked).areas.length === 0) {
      report(`“${code}” không phải loại, cũng không phải mã của địa bàn được hỏi nào`);
    }
  }
  const always = duePeriods(plan, target.due);
  const rows: TargetRow[] = [];
  const outlived: TargetRow[] = [];
  for (const statement of target.statements) {
    rows.push(...rowsOfStatement(plan, statement, always, groupCodes));
    const { for: where } = statement;
    if (!isTable(where)) continue;
    for (const quota of tables.quotasOf(where.table, indicator, { ...places, asked })) {
      for (const due of duesOfQuota(plan, statement, quota, always)) {
        for (const area of quota.areas) {
          const row = rowOf(plan, statement, due, quota.number, { area, from: quota.from });
          if (isValidOn(area, due.data_to)) rows.push(...row);
          else if ((area.valid_to ?? "9999") < due.data_to) outlived.push(...row);
        }
      }
    }
  }
  return { scope: scopeOf(indicator), groups, rows, outlived };
}

/** A number of a statement at the end of a period; none where the statement begins after it. */
function rowOf(
  plan: Plan,
  { from: begins, baseline }: PlanTargetStatement,
  due: PlanPeriod,
  number: TargetNumber,
  where: { readonly area?: Area; readonly groupNo?: number; readonly from?: PlanPeriod | null },
): TargetRow[] {
  const from = where.from ?? plan.periods.find(({ code }) => code === begins) ?? null;
  if (from !== null && due.data_to < from.data_from) return [];
  return [
    {
      area: where.area ?? null,
      groupNo: where.groupNo ?? null,
      due,
      effectiveFrom: from?.data_from ?? null,
      value: number.value,
      to: number.to,
      paceFrom: baseline?.value ?? null,
      paceFromSource: baseline === null ? null : `${baseline.period}: ${baseline.source}`,
    },
  ];
}

/** What a statement asks of the whole and of groups of areas. */
function rowsOfStatement(
  plan: Plan,
  statement: PlanTargetStatement,
  always: readonly PlanPeriod[],
  groupCodes: readonly string[],
): TargetRow[] {
  const dueRows = (
    number: TargetNumber | null,
    at: PlanTargetStatement["at"],
    where: { groupNo?: number },
  ): TargetRow[] => [
    ...(number === null ? [] : always.flatMap((due) => rowOf(plan, statement, due, number, where))),
    ...Object.entries(at ?? {}).flatMap(([code, milestone]) => {
      const due = plan.periods.find((period) => period.code === code);
      return due === undefined ? [] : rowOf(plan, statement, due, milestone, where);
    }),
  ];
  const ofGroups = Object.entries(groupsOf(statement)).flatMap(([code, number]) => {
    const groupNo = groupCodes.indexOf(code) + 1;
    return "at" in number
      ? dueRows(null, number.at, { groupNo })
      : dueRows(number, null, { groupNo });
  });
  return [...dueRows(statement.value, statement.at, {}), ...ofGroups];
}

/** When a number of a table is due: by its own line, by the milestones of its statement, or as the target is. */
function duesOfQuota(
  { periods }: Plan,
  { at }: PlanTargetStatement,
  quota: ResolvedQuota,
  always: readonly PlanPeriod[],
): readonly PlanPeriod[] {
  if (quota.due !== null) return [quota.due];
  const milestones = Object.keys(at ?? {});
  return milestones.length > 0 ? periods.filter(({ code }) => milestones.includes(code)) : always;
}

/** That a group is none, or that areas have no number or more than one. */
function reportWrongGroups(
  codes: readonly string[],
  groups: readonly TargetGroup[],
  { asked: areas, all }: { readonly asked: readonly Area[]; readonly all: readonly Area[] },
  report: Report,
): void {
  const none = codes.filter((_, index) => groups[index]?.areas.length === 0);
  for (const code of none) {
    if (areasOfGroup(code, all).areas.length > 0) {
      report(`“${code}”: số liệu của chỉ tiêu không hỏi địa bàn này (asked_of)`);
      continue;
    }
    const meant = kindMeant(code);
    report(
      `“${code}” không phải loại, cũng không phải mã của địa bàn báo cáo nào`,
      meant === null || !areas.some(({ kind }) => kind === meant)
        ? codeHint(code, areas).replace(
            "Excel bỏ số 0 ở đầu mã",
            "Mã có số 0 ở đầu để trong ngoặc kép",
          )
        : `Có phải là “${meant}”?`,
    );
  }
  if (groups.length === 0 || none.length > 0) return;
  const timesGiven = (area: Area): number =>
    groups.filter((group) => group.areas.includes(area)).length;
  const named = (some: readonly Area[]): string =>
    some.map(({ code, name }) => `${code} ${name}`).join(", ");
  const without = areas.filter((area) => timesGiven(area) === 0);
  const twice = all.filter((area) => timesGiven(area) > 1);
  if (without.length > 0) report(`không có mức cho ${named(without)}`);
  if (twice.length > 0) report(`có hơn một mức cho ${named(twice)}`);
}

/** The areas of a group and what it is called: by the code of one, or by a kind. */
function areasOfGroup(
  code: string,
  areas: readonly Area[],
): { readonly name: string; readonly areas: readonly Area[] } {
  const coded = areas.filter((area) => area.code === code);
  const last = coded.at(-1);
  if (last !== undefined) return { name: last.name, areas: coded };
  const names: Readonly<Record<string, string>> = AREA_KINDS;
  return { name: names[code] ?? code, areas: areas.filter(({ kind }) => kind === code) };
}

interface ResolvedQuota {
  /** Those that are called as the line does: a code may have gone from one area to another. */
  readonly areas: readonly Area[];
  readonly due: PlanPeriod | null;
  readonly from: PlanPeriod | null;
  readonly number: TargetNumber;
}

/** The tables of targets beside a plan file, each read once. */
class QuotaTables {
  private readonly read = new Map<string, readonly Line<Quota>[]>();
  private readonly folder: string;
  private readonly plan: Plan;
  private readonly problems: Problem[];

  constructor(folder: string, plan: Plan, problems: Problem[]) {
    this.folder = folder;
    this.plan = plan;
    this.problems = problems;
  }

  /** The numbers of one indicator. */
  quotasOf(
    name: string,
    { code: indicator, target }: PlanIndicator,
    places: TargetPlaces & { readonly asked: readonly Area[] },
  ): ResolvedQuota[] {
    const file = join(this.folder, name);
    const lines = this.linesOf(file).filter(({ value }) => value.indicator === indicator);
    if (lines.length === 0 && !this.problems.some((one) => one.file === file)) {
      this.problems.push(
        csvProblem(file, 1, "indicator", `không có dòng nào của chỉ tiêu ${indicator}`),
      );
    }
    const seen = new Set<string>();
    let isOtherwise = false;
    const wrong: WrongCell[] = [];
    const quotas = lines.map(({ value: quota, line }): ResolvedQuota => {
      const refuse: Refuse = (field, found, remedy = "", kind = `${line} ${field}`) => {
        wrong.push({ kind, line, field, found, remedy });
      };
      const isRange = quota.value.to !== null;
      if (isRange !== (target.comparator === "between") && !isOtherwise) {
        isOtherwise = true;
        refuse(
          "value",
          isRange
            ? "ghi một khoảng, mà target ghi comparator; khoảng thì bỏ comparator"
            : "phải là một khoảng, như 8 - 8,5, vì target không ghi comparator",
        );
      }
      const due = this.periodOf(quota.period, "period", refuse);
      const from = this.periodOf(quota.from, "from", refuse);
      const areas = areasCalled(quota.place, places);
      if (areas.length === 0) refusePlace(quota.place, places, refuse);
      else if (!areas.some((area) => places.asked.includes(area))) {
        refuse("place", `số liệu của chỉ tiêu không hỏi “${quota.place}” (asked_of)`);
      }
      const keys = areas.map(({ area_id }) => [area_id, quota.period, quota.from].join(" "));
      if (keys.some((key) => seen.has(key))) {
        refuse("place", `“${quota.place}” được ghi hai lần`, "Bỏ một dòng.");
      }
      for (const key of keys) seen.add(key);
      return { areas, due, from, number: quota.value };
    });
    this.problems.push(...oncePerKind(file, wrong));
    return quotas;
  }

  private periodOf(code: string, field: string, refuse: Refuse): PlanPeriod | null {
    const { periods } = this.plan;
    const period = periods.find((one) => one.code === code);
    if (code !== "" && period === undefined) {
      const known = periods.map((one) => one.code).join(", ");
      refuse(field, `kế hoạch không có kỳ “${code}”`, `Các kỳ: ${known}.`, `${field} ${code}`);
    }
    return period ?? null;
  }

  private linesOf(file: string): readonly Line<Quota>[] {
    const known = this.read.get(file);
    if (known !== undefined) return known;
    const lines = readLines(file, QuotaLine, this.problems);
    this.read.set(file, lines);
    const codes = this.plan.indicators.map(({ code }) => code);
    const table = basename(file);
    const using = this.plan.indicators.filter(({ target }) =>
      target.statements.some(({ for: places }) => isTable(places) && places.table === table),
    );
    const others = lines.filter(({ value }) => !codes.includes(value.indicator));
    const wrong = others.map(({ value: { indicator }, line }) => ({
      kind: indicator,
      line,
      field: "indicator",
      found: `kế hoạch không có chỉ tiêu “${indicator}”`,
      remedy: `Bảng này là của chỉ tiêu ${using.map(({ code }) => code).join(", ")}.`,
    }));
    this.problems.push(...oncePerKind(file, wrong));
    return lines;
  }
}

type Refuse = (field: string, found: string, remedy?: string, kind?: string) => void;

/** Suggests the place that was meant where none that reports is named. */
function refusePlace(place: string, { areas, known }: TargetPlaces, refuse: Refuse): void {
  const [silent] = known(place);
  if (silent !== undefined) {
    refuse(
      "place",
      `“${place}” (${silent.name}) không phải địa bàn báo cáo của kế hoạch`,
      "Xem reporting_areas của kế hoạch; địa bàn tự khai thì xem parent_id trong areas/areas.csv.",
    );
    return;
  }
  const hint = codeHint(place, areas);
  refuse(
    "place",
    `“${place}” không phải mã địa bàn báo cáo, cũng không phải mã đơn vị của địa bàn`,
    hint === "" ? "Ghi mã như trong areas/areas.csv; dòng tổng thì bỏ." : hint,
    // zeros are lost in a whole column
    hint.includes("số 0") ? "zeros" : undefined,
  );
}

/** The areas that a code of a table may mean, those of a unit too. */
function areasCalled(code: string, { areas, units }: TargetPlaces): Area[] {
  const coded = areas.filter((area) => area.code === code);
  if (coded.length > 0) return coded;
  return units.flatMap((unit) => (unit.code === code && unit.area !== null ? [unit.area] : []));
}
