import { join } from "node:path";
import { z } from "zod";
import { choiceText, levelsOf } from "../../vocabulary/level.ts";
import { nearestCode } from "../../vocabulary/nearest.ts";
import type { Problem } from "../../vocabulary/problem.ts";
import type { Area } from "../areas/area.ts";
import { type PeriodPlace, periodPlace } from "../plan/period-place.ts";
import type { Plan } from "../plan/plan.ts";
import { TableDecimal } from "../plan/plan-fields.ts";
import { placeOfLevel } from "../plan/plan-levels.ts";
import { csvProblem, readIfThere } from "../text/csv-lines.ts";

/** A figure of a measure in a time that no plan here has, with its source. */
export interface Baseline {
  readonly measure: string;
  /** Null: the whole. */
  readonly area_id: number | null;
  readonly period: PeriodPlace;
  readonly value: string;
  readonly source: string;
}

const GONE =
  "Các dòng ghi cho mã này không dùng đến. Kế hoạch đã bỏ thì để nguyên hoặc xóa dòng; gõ sai mã thì sửa.";

const Cell = z.string().trim();
const Filled = Cell.min(1, "không được để trống");

const BaselineLine = z.strictObject({
  plan: Filled,
  measure: Filled,
  area: Cell,
  period: Filled,
  value: Filled,
  source: Filled,
});

/** What is wrong with a row, and the plan that it is about, where that is known. */
export type PlanProblem = Problem & { readonly plan_id?: string };

/**
 * Reads `baselines.csv` of a sources folder, where there is one, for the plans that it names; rows that
 * are wrong are left out. Of a plan that is not there, whose file may have been put away, one is told.
 * @param wrong codes of plans in error, and whether there are plans that could not be read: their
 * lines are used as far as they go with the plan, and not reported
 */
export function readBaselines(
  sources: string,
  plans: readonly { readonly plan: Plan; readonly areas: readonly Area[] }[],
  wrong: { readonly plans: ReadonlySet<unknown>; readonly isAnyMissing: boolean },
): {
  readonly of: ReadonlyMap<string, readonly Baseline[]>;
  readonly problems: readonly PlanProblem[];
} {
  const file = join(sources, "baselines.csv");
  const problems: PlanProblem[] = [];
  const gone = new Set<string>();
  const of = new Map<string, Baseline[]>();
  const seen = new Set<string>();
  for (const { value, line } of readIfThere(file, BaselineLine, problems)) {
    const plan = plans.find((one) => one.plan.id === value.plan);
    const isExcused = wrong.plans.has(value.plan) || (plan === undefined && wrong.isAnyMissing);
    let isRefused = false;
    const refuse = (field: string, found: string): void => {
      isRefused = true;
      if (isExcused) return;
      problems.push({ ...csvProblem(file, line, field, found), plan_id: value.plan });
    };
    if (plan === undefined) {
      const ids = plans.map((one) => one.plan.id);
      const meant = nearestCode(value.plan, ids);
      const found = `không có kế hoạch nào mang mã “${value.plan}”`;
      const remedy = meant === null ? GONE : `Có phải là “${meant}”?`;
      const problem = csvProblem(file, line, "plan", found, remedy);
      if (!isExcused && !gone.has(value.plan)) problems.push({ ...problem, severity: "doubt" });
      gone.add(value.plan);
      continue;
    }
    if (!plan.plan.measures.some(({ code }) => code === value.measure)) {
      refuse("measure", `kế hoạch ${value.plan} không có số liệu “${value.measure}”`);
    }
    const period = periodPlace(plan.plan, value.period);
    if (period === null) {
      const codes = plan.plan.periods.map(({ code }) => code).join(", ");
      refuse("period", `“${value.period}” không phải mã kỳ theo cách ghi của kế hoạch (${codes})`);
    }
    const areas = plan.areas.filter(({ code }) => code === value.area);
    if (value.area !== "" && areas.length === 0) {
      refuse("area", `“${value.area}” không phải địa bàn báo cáo của kế hoạch ${value.plan}`);
    }
    const unit = plan.plan.measures.find(({ code }) => code === value.measure)?.unit_of_measure;
    const levels = levelsOf(unit ?? null);
    const place = levels === null ? null : placeOfLevel(levels, value.value);
    const number = TableDecimal.safeParse(levels === null ? value.value : (place ?? ""));
    if (!number.success) {
      const wrong = number.error.issues[0]?.message ?? "";
      refuse("value", levels === null ? wrong : `chỉ nhận ${choiceText(levels)}`);
    }
    const before = of.get(value.plan) ?? [];
    const own = plan.plan.measures.find(({ code }) => code === value.measure);
    const against =
      period === null || own?.over_time !== "sum" || own.sums_over === "period"
        ? undefined
        : before.find(
            (one) =>
              one.measure === value.measure &&
              one.area_id === (areas[0]?.area_id ?? null) &&
              one.period.year === period.year &&
              one.period.kind === period.kind &&
              Math.sign(one.period.position - period.position) *
                (Number(one.value) - Number(number.data)) <
                0,
          );
    if (against !== undefined) {
      // a year that was corrected downwards is rare, and is no error
      const found = `kỳ ${value.period} ghi ${value.value}, kỳ thứ ${against.period.position} ghi ${against.value}: số cộng dồn là lũy kế từ đầu năm nên không giảm`;
      const problem = csvProblem(file, line, "value", found, "Xem lại hai số này.");
      problems.push({ ...problem, severity: "doubt" });
    }
    const key = [value.plan, value.measure, value.area, value.period].join(" ");
    if (seen.has(key)) refuse("measure", "được ghi hai lần cho địa bàn và kỳ này");
    seen.add(key);
    if (period === null || isRefused || !number.success) continue;
    const { measure, source } = value;
    const places = value.area === "" ? [null] : areas.map(({ area_id }) => area_id);
    of.set(value.plan, [
      ...(of.get(value.plan) ?? []),
      ...places.map((area_id) => ({ measure, area_id, period, value: number.data, source })),
    ]);
  }
  for (const { plan } of plans) of.set(plan.id, withCovering(plan, of.get(plan.id) ?? []));
  return { of, problems };
}

/**
 * A baseline is what was known to the end of its period: the fourth quarter's is the year's, too, where
 * none is stated of the year. So of each period that covers those from the beginning of its year.
 */
function withCovering({ periods, measures }: Plan, stated: readonly Baseline[]): Baseline[] {
  const toDate = measures
    .filter((one) => ["sum", "last", "max"].includes(one.over_time) && one.sums_over === "year")
    .map(({ code }) => code);
  const covering = periods.flatMap(({ kind, position, covers }) => {
    const last = periods.findLast(({ code }) => covers.includes(code));
    return stated
      .filter(({ measure }) => toDate.includes(measure) && last?.position === covers.length)
      .filter(({ period }) => period.kind === last?.kind && period.position === last.position)
      .map((one) => ({ ...one, period: { ...one.period, kind, position } }));
  });
  const all = [...covering, ...stated].map((one): [string, Baseline] => [
    JSON.stringify([one.measure, one.area_id, one.period]),
    one,
  ]);
  return [...new Map(all).values()];
}
