import { nearestCode } from "../../vocabulary/nearest.ts";
import type { Problem } from "../../vocabulary/problem.ts";
import type { PlanExamination } from "../file/plan-file.ts";
import type { Plan } from "../plan/plan.ts";
import { type OfficeUnit, officeUnitProblems } from "./office-unit.ts";

/** A plan that was read, and how to say what is wrong with it. */
export interface ReadPlan {
  readonly plan: Plan;
  readonly file: string;
  readonly problemOf: PlanExamination["problemOf"];
}

/**
 * Contradictions of a plan with the plans beside it, or with the units of the office.
 * @param unread files of plans that cannot be read, one of which may be meant
 * @param isAsItWas it is one that was right: the file of the plan that it continues was put away since
 */
export function problemsBeside(
  { plan, file, problemOf }: ReadPlan,
  beside: readonly ReadPlan[],
  officeUnits: readonly OfficeUnit[],
  unread: readonly string[] = [],
  isAsItWas = false,
): Problem[] {
  const problems: Problem[] = [];
  const refuse = (path: readonly (string | number)[], message: string, remedy = ""): void => {
    problems.push(problemOf({ path, message, remedy }));
  };
  const first = beside.find((one) => one.plan.id === plan.id);
  if (first !== undefined && first.file !== file) {
    refuse(["id"], `“${plan.id}” cũng là mã của ${first.file}`, "Đặt mã khác.");
  }
  const { continues } = plan;
  if (continues !== undefined) {
    const earlier = beside.find((one) => one.plan.id === continues.plan)?.plan;
    if (earlier === undefined && unread.length > 0) {
      refuse(
        ["continues"],
        `chưa đọc được kế hoạch “${continues.plan}”`,
        `Sửa ${unread.join(", ")} trước.`,
      );
    } else if (earlier === undefined && !isAsItWas) {
      const meant = nearestCode(
        continues.plan,
        beside.map((one) => one.plan.id),
      );
      refuse(
        ["continues"],
        `không có kế hoạch nào mang mã “${continues.plan}”`,
        meant === null ? "Kế hoạch ấy đã bỏ thì xóa dòng continues." : `Có phải là “${meant}”?`,
      );
    }
    if (earlier?.state === "draft" && plan.state !== "draft") {
      refuse(
        ["continues"],
        `kế hoạch “${earlier.id}” còn là dự thảo`,
        "Xóa dòng state: draft của kế hoạch ấy, hoặc bỏ continues.",
      );
    }
    if (isCircular(plan, beside)) {
      refuse(["continues"], "các kế hoạch tiếp tục lẫn nhau thành vòng");
    }
    for (const section of ["measures", "indicators"] as const) {
      for (const [own, theirs] of Object.entries(continues[section])) {
        const isIn = ({ [section]: entries }: Plan, code: string): boolean =>
          entries.some((one) => one.code === code);
        if (!isIn(plan, own)) {
          refuse(["continues", section, own], `${section} của kế hoạch này không có “${own}”`);
        } else if (earlier !== undefined && !isIn(earlier, theirs)) {
          refuse(["continues", section, own], `${section} của ${earlier.id} không có “${theirs}”`);
        }
      }
    }
  }
  problems.push(...officeUnitProblems(plan, officeUnits).map((one) => problemOf(one)));
  return problems;
}

function isCircular(plan: Plan, plans: readonly ReadPlan[]): boolean {
  const seen = new Set<Plan>();
  let next: Plan | undefined = plan;
  while (next !== undefined && !seen.has(next)) {
    seen.add(next);
    const before: string | undefined = next.continues?.plan;
    next = before === plan.id ? plan : plans.find((one) => one.plan.id === before)?.plan;
  }
  return next === plan;
}
