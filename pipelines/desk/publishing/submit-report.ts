import type { Blocker } from "../../publishing/blocker.ts";
import type { ResolvedPlan } from "../../sources/catalogue.ts";
import type { PlanPeriod } from "../../sources/plan/plan.ts";
import type { Proposal } from "../kept/proposals.ts";
import type { Board } from "../office/board.ts";
import type { ReportRequest } from "../office/office.ts";
import { reportIn } from "../page/access.ts";
import type { Desk } from "../page/request.ts";

/** How a report would be published: as proposed, or as is usual where nothing was proposed. */
export function requestOf(
  { versions }: Board,
  { plan, period }: { readonly plan: ResolvedPlan; readonly period: PlanPeriod },
  proposal: Proposal | null,
): ReportRequest {
  const of = { plan, period, force: false };
  if (proposal === null) {
    const isFirst = !versions.some(
      (one) => one.plan_id === plan.plan.id && one.period === period.code,
    );
    const usual = isFirst ? "first" : "late";
    return { ...of, class: usual, reason: "–", isFinal: false, acknowledge: false };
  }
  const { number, dated, signature, signatory, texts, filled, prepared } = proposal;
  return {
    ...of,
    class: proposal.class,
    reason: proposal.reason,
    isFinal: proposal.is_final,
    acknowledge: proposal.lets_stand,
    document: { number, dated, signature, signatory, texts, filled, prepared },
  };
}

/**
 * Submits a report for approval unless something stands against it; then it stays a draft.
 * @returns what stands against it
 * @throws Failure when it cannot be drawn up
 */
export async function submit(
  { office, proposals }: Pick<Desk, "office" | "proposals">,
  proposal: Proposal,
): Promise<readonly Blocker[]> {
  const { board } = office;
  const report = reportIn(board, proposal.plan, proposal.period);
  if (report === null) throw new Error(`${proposal.plan} has no ${proposal.period}`);
  const { blockers } = await office.preview(requestOf(board, report, proposal));
  const state = blockers.length === 0 ? "submitted" : "draft";
  await proposals.save({ ...proposal, state });
  return blockers;
}
