import { Failure } from "../../vocabulary/failure.ts";
import type { Trial } from "../accounts/trial.ts";
import { EMPTY_PROPOSAL } from "../kept/proposals.ts";
import { reportsOf } from "../page/access.ts";
import { actorOf, type Desk } from "../page/request.ts";
import { submit } from "../publishing/submit-report.ts";

/**
 * Sends in and submits what has been done at the desk of a trial, unless it is there already or somebody
 * has gone on from it.
 * @throws Failure when the form is not sent back, or something stands against the report
 */
export async function doTrialWork(
  desk: Pick<Desk, "accounts" | "office" | "proposals" | "receipts">,
  { sentBack, submitted }: Trial,
): Promise<void> {
  if (sentBack !== null) await sendIn(desk, sentBack);
  if (submitted !== null) await submitReport(desk, submitted);
}

async function sendIn(
  { accounts, office, receipts }: Pick<Desk, "accounts" | "office" | "receipts">,
  { account: name, form }: NonNullable<Trial["sentBack"]>,
): Promise<void> {
  const account = await accounts.find(name);
  const sent = await receipts.list(({ by }) => by?.way === "desk" && by.account === name, 1);
  if (account === null || sent.length > 0) return;
  const now = new Date();
  const taken = await office.receive({
    file: form.fileName,
    content: { bytes: await form.bytes() },
    receivedAt: now,
    recordedAt: now,
    by: actorOf(account),
    mayReport: reportsOf(office.board, account),
  });
  if (taken instanceof Failure) throw taken;
  if (taken[0].outcome !== "refused") {
    throw new Failure(`Biểu minh họa không bị trả lại mà ${taken[0].outcome}.`);
  }
}

async function submitReport(
  { accounts, office, proposals }: Pick<Desk, "accounts" | "office" | "proposals">,
  { account: name, version, ...report }: NonNullable<Trial["submitted"]>,
): Promise<void> {
  const account = await accounts.find(name);
  const published = office.board.versions.filter(
    (one) => one.plan_id === report.plan && one.period === report.period,
  );
  const isThere = (await proposals.find(report)) !== null;
  if (account === null || isThere || published.length >= version) return;
  const blockers = await submit(
    { office, proposals },
    {
      ...EMPTY_PROPOSAL,
      ...report,
      lets_stand: true,
      prepared: { name: account.shown_name, at: new Date().toISOString() },
      account: name,
    },
  );
  if (blockers.length > 0) {
    throw new Failure(blockers.join("\n"));
  }
}
