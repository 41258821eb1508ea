import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Failure } from "../vocabulary/failure.ts";

/** A row that a check of `models/checks/` found, and the check. */
export interface Violation {
  readonly check: string;
  readonly row: unknown;
}

/** Checks found something in some plans: nothing of these is shown anew, and the others are computed. */
export class PlansAtFault extends Failure {
  /** What was found in each, in sentences for the office. */
  readonly plans: ReadonlyMap<string, readonly string[]>;

  constructor(plans: ReadonlyMap<string, readonly string[]>) {
    super([...plans.values()].flat().join("\n"));
    this.plans = plans;
  }
}

/** A report whose place the source files no longer have. */
const LostReport = z.object({
  plan_id: z.string(),
  found: z.enum(["no_period", "no_unit", "other_unit"]),
  period: z.string(),
  unit_code: z.string(),
  submissions: z.coerce.number(),
  file_name: z.string(),
});

const OfPlan = z.object({ plan_id: z.string() });

const LOG = "kiem-tra.log";
const AS_BEFORE = "Số liệu của kế hoạch này giữ như lần tính trước, chưa có thì để trống.";

/**
 * Says in which plans checks found something; rows that only a programmer understands go into a file.
 * @param folder the warehouse
 */
export function plansAtFault(violations: readonly Violation[], folder: string): PlansAtFault {
  const plans = new Map<string, string[]>();
  const add = (plan: string, reason: string): void => {
    const all = plans.get(plan) ?? [];
    if (!all.includes(reason)) plans.set(plan, [...all, reason]);
  };
  for (const { check, row } of violations) {
    const { plan_id } = OfPlan.parse(row);
    const [lost] = lostReportLines([row]);
    if (lost !== undefined) add(plan_id, lost);
    else {
      const log = join(folder, LOG);
      appendFileSync(log, `${JSON.stringify({ check, row })}\n`);
      add(
        plan_id,
        `Kế hoạch ${plan_id}: phép tự kiểm tra của phần mềm không đạt (${check}). ${AS_BEFORE} Đây là lỗi của phần mềm: gửi tệp ${log} cho nơi hỗ trợ.`,
      );
    }
  }
  return new PlansAtFault(plans);
}

/** The same of what the check of lost reports alone found. */
export function lostReportLines(rows: readonly unknown[]): string[] {
  return rows.flatMap((row) => {
    const lost = LostReport.safeParse(row).data;
    return lost === undefined ? [] : [lostWords(lost)];
  });
}

function lostWords(lost: z.infer<typeof LostReport>): string {
  const found = {
    no_period: `tệp kế hoạch không còn kỳ “${lost.period}”`,
    no_unit: `không còn đơn vị “${lost.unit_code}”`,
    other_unit: `mã đơn vị “${lost.unit_code}” nay là của địa bàn khác`,
  }[lost.found];
  return `Kế hoạch ${lost.plan_id}: ${found}, mà đã nhận ${lost.submissions} báo cáo kỳ ${lost.period} (như ${lost.file_name}). ${AS_BEFORE} Ghi lại mã cũ vào tệp kế hoạch, areas.csv rồi chạy chitieu refresh.`;
}
