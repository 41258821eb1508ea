import type { Area } from "../../pipelines/sources/areas/area.ts";
import {
  type ReportingUnit,
  type ResolvedPlan,
  resolvePlan,
} from "../../pipelines/sources/catalogue.ts";
import { Plan, type PlanPeriod } from "../../pipelines/sources/plan/plan.ts";
import { planHead, planMeasure, planPeriod } from "../plan-parts.ts";

/** The measures of a small plan: a ward reports the first four, an office the rest. */
const MEASURES = [
  planMeasure("staff", "Số cán bộ", "W O", "last"),
  planMeasure("trained", "Số người được tập huấn", "W O", "sum", { at_most: "staff" }),
  planMeasure("planned", "Đã có kế hoạch", "W", "max", { kind: "yes_no" }),
  planMeasure("spent", "Kinh phí", "W", "sum", { decimals: 2 }),
  planMeasure("found", "Số vụ phát hiện", "O", "sum", {
    ...{ by_area: true, explanation: "Tính trong kỳ." },
  }),
  planMeasure("handled", "Số vụ xử lý", "O", "sum", { by_area: true, at_most: "found" }),
];

/**
 * A plan with wards, an office that reports some measures by ward, and an office that reports none.
 * `change` replaces fields of the plan file.
 */
export function smallPlan(change: Record<string, unknown> = {}, wards = 3): ResolvedPlan {
  const quarter = planPeriod("quarter", ["2024-Q2", "Quý II năm 2024"], 2, [
    ...(["2024-03-15", "2024-06-14", "2024-06-10"] as const),
  ]);
  const office = { name: "Ủy ban nhân dân {area}", short_name: "UBND {area}", each_area: true };
  const plan = Plan.parse({
    ...planHead("small-plan", "01/KH-UBND", "Kế hoạch thử", "2024-02-05"),
    ...{ short_title: "Thử", issuer: "Ủy ban nhân dân thành phố", source: "Văn bản thử" },
    ...{ area: { code: "900", noun: "thành phố" }, groups: [] },
    units: [
      { code: "O", item: 1, name: "Phòng Thử nghiệm", short_name: "Phòng" },
      { code: "N", item: 2, name: "Phòng Không báo cáo", short_name: "Không" },
      { code: "W", item: 3, ...office },
    ],
    periods: [{ ...quarter, estimate: true }],
    measures: MEASURES,
    indicators: [],
    ...change,
  });
  const whole = area(1, "900", "Thành phố", null);
  const parts = Array.from({ length: wards }, (_, index) =>
    area(index + 2, `9${String(index + 1).padStart(2, "0")}`, `Phường ${index + 1}`, 1),
  );
  const file = { plan, file: "small.yaml", sha256: "0" };
  const { resolved, inconsistencies } = resolvePlan(file, {
    areas: [whole, ...parts],
    successors: [],
  });
  if (resolved === null) throw new Error(inconsistencies.map(({ message }) => message).join());
  return resolved;
}

function area(area_id: number, code: string, name: string, parent_id: number | null): Area {
  return {
    area_id,
    code,
    name,
    named_after: null,
    kind: "ward",
    parent_id,
    valid_from: null,
    valid_to: null,
    population: area_id * 1000,
    source: "-",
    is_official: false,
  };
}

export function unitOf(plan: ResolvedPlan, code: string): ReportingUnit {
  const unit = plan.units.find((one) => one.code === code);
  if (unit === undefined) throw new Error(`no unit ${code}`);
  return unit;
}

export function periodOf(plan: ResolvedPlan, code = "2024-Q2"): PlanPeriod {
  const period = plan.plan.periods.find((one) => one.code === code);
  if (period === undefined) throw new Error(`no period ${code}`);
  return period;
}
