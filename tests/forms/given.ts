import type { Area } from "../../pipelines/sources/areas/area.ts";
import {
  type ReportingUnit,
  type ResolvedPlan,
  resolvePlan,
} from "../../pipelines/sources/catalogue.ts";
import { Plan, type PlanPeriod } from "../../pipelines/sources/plan/plan.ts";

const MEASURE = { unit_of_measure: "người", kind: "count", over_areas: "sum", sensitive: false };

/** The measures of a small plan: a ward reports the first four, an office the rest. */
const MEASURES = [
  { code: "staff", name: "Số cán bộ", reported_by: ["W", "O"], over_time: "last" },
  {
    code: "trained",
    name: "Số người được tập huấn",
    reported_by: ["W", "O"],
    over_time: "sum",
    at_most: "staff",
  },
  { code: "planned", name: "Đã có kế hoạch", reported_by: ["W"], over_time: "max", kind: "yes_no" },
  { code: "spent", name: "Kinh phí", reported_by: ["W"], over_time: "sum", decimals: 2 },
  {
    code: "found",
    name: "Số vụ phát hiện",
    reported_by: ["O"],
    over_time: "sum",
    by_area: true,
    explanation: "Tính trong kỳ.",
  },
  {
    code: "handled",
    name: "Số vụ xử lý",
    reported_by: ["O"],
    over_time: "sum",
    by_area: true,
    at_most: "found",
  },
].map((measure) => ({ ...MEASURE, ...measure }));

/**
 * A plan with wards, an office that reports some measures by ward, and an office that reports none.
 * `change` replaces fields of the plan file.
 */
export function smallPlan(change: Record<string, unknown> = {}, wards = 3): ResolvedPlan {
  const plan = Plan.parse({
    schema: 1,
    id: "small-plan",
    number: "01/KH-UBND",
    title: "Kế hoạch thử",
    short_title: "Thử",
    issuer: "Ủy ban nhân dân thành phố",
    issued_on: "2024-02-05",
    in_force_from: "2024-02-05",
    source: "Văn bản thử",
    reports_to: "UBND thành phố",
    area: { code: "900", noun: "thành phố" },
    reporting_areas: "children",
    reporting_area_noun: "phường",
    groups: [],
    units: [
      { code: "O", item: 1, name: "Phòng Thử nghiệm", short_name: "Phòng" },
      { code: "N", item: 2, name: "Phòng Không báo cáo", short_name: "Không" },
      {
        code: "W",
        item: 3,
        name: "Ủy ban nhân dân {area}",
        short_name: "UBND {area}",
        each_area: true,
      },
    ],
    periods: [
      {
        code: "2024-Q2",
        name: "Quý II năm 2024",
        kind: "quarter",
        year: 2024,
        position: 2,
        positions: 4,
        data_from: "2024-03-15",
        data_to: "2024-06-14",
        due_before: "2024-06-10",
        estimate: true,
      },
    ],
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
