import type { ReportOfUnit } from "../vocabulary/problem.ts";
import type { Delivery, OpenIntake, Outcome, ReadFile } from "./delivery.ts";
import { findReceived } from "./earlier-receipts.ts";
import { dayOf, judge, mayKnow, reportKey } from "./judge.ts";
import type { ReadAhead } from "./read-ahead.ts";
import { record } from "./record-receipt.ts";

/** So many forms are judged together at most. */
const MAX_TOGETHER = 128;

/**
 * Ingests the forms that deliveries begin with, together. Only forms of different units and periods are
 * ingested here. Those after them are read meanwhile.
 * @returns for the first so many deliveries, at least one, what became of each; null where it has to
 * be ingested by itself, which must be done before the deliveries after them.
 * @throws Failure when archive, journal or ledger cannot be written; nothing is ingested then.
 */
export async function ingestForms(
  intake: OpenIntake,
  deliveries: readonly Delivery[],
  ahead: ReadAhead,
  together = MAX_TOGETHER,
): Promise<(Outcome | null)[]> {
  const begun = await leadingForms(deliveries.slice(0, together), ahead);
  if (begun.length < 2) return [null];
  for (const delivery of begun) ahead.begin(delivery);
  const forms = await differentForms(begun, ahead);
  if (forms.length === 0) return [null];
  const next = deliveries.slice(forms.length, forms.length + together);
  for (const delivery of await leadingForms(next, ahead)) ahead.begin(delivery);
  const plain = await plainForms(intake, forms);
  const judged = plain.length < 2 ? [] : await judge(intake, plain);
  // so many that they are summed up; of which form they are is told of each by itself
  const areSummedUp = judged.some(({ problems }) => problems.some(({ code }) => code === "more"));
  const told = areSummedUp ? [] : judged;
  const outcomes = told.length === 0 ? [] : await record(intake, told);
  return forms.map(({ delivery }) => {
    const index = told.findIndex((one) => one.delivery === delivery);
    return outcomes[index] ?? null;
  });
}

/** Deliveries up to the first that does not look like a form, or was received on another day. */
async function leadingForms(
  deliveries: readonly Delivery[],
  ahead: ReadAhead,
): Promise<readonly Delivery[]> {
  const [first] = deliveries;
  for (const [index, delivery] of deliveries.entries()) {
    const isPlain =
      first !== undefined &&
      dayOf(delivery) === dayOf(first) &&
      delivery.receivedAt <= delivery.recordedAt;
    if (!isPlain || !(await ahead.isForm(delivery))) return deliveries.slice(0, index);
  }
  return deliveries;
}

/** Forms that were begun, up to the first with the bytes, or for the unit and period, of an earlier one. */
async function differentForms(
  deliveries: readonly Delivery[],
  ahead: ReadAhead,
): Promise<ReadFile[]> {
  const forms: ReadFile[] = [];
  const claims = new Set<string>();
  for (const delivery of deliveries) {
    const form = await ahead.take(delivery);
    if (form === null) break;
    const own = [form.file.sha256, ...claimsOf(form.document).map(reportKey)];
    if (own.some((claim) => claims.has(claim))) break;
    for (const claim of own) claims.add(claim);
    forms.push(form);
  }
  return forms;
}

/**
 * Forms that can be judged with others: readable, not received before, without typed marks, for reports
 * that their senders may send.
 */
async function plainForms(
  { connection }: OpenIntake,
  forms: readonly ReadFile[],
): Promise<ReadFile[]> {
  const digests = forms.map(({ file }) => file.sha256);
  const known = await findReceived(connection, digests);
  return forms.filter(
    ({ isReadable, file, document, delivery }) =>
      isReadable &&
      !known.has(file.sha256) &&
      !hasTypedMarks(document) &&
      mayKnow(claimsOf(document), delivery),
  );
}

/** The reports that a form is for, as `intake.claim` will have them. */
function claimsOf(document: ReadFile["document"]): ReportOfUnit[] {
  return (document?.submissions ?? []).map(({ plan, unit, period }) => ({
    plan: plan.trim(),
    unit: unit.trim(),
    period: period.trim(),
  }));
}

/** Whether numbers have a dot or comma: their meaning depends on the rest of their own file. */
function hasTypedMarks(document: ReadFile["document"]): boolean {
  return (document?.readings ?? []).some(({ value, isExact }) => !isExact && /[.,]/.test(value));
}
