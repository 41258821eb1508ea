import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { type Office, officeIn } from "../publishing/given.ts";
import { type AuditedPlan, audit } from "./auditor.ts";
import { history, PLAN, statesOf } from "./random-world.ts";

/** The offices are always the same. */
const SEED = 20260917;
/** Ward 1, who knows what it has sent. */
const INSIDER = 11;
/** A sum that includes its own figures. */
const OWN = new RegExp(` ${INSIDER}(?![\\d])`);

/** What was found in some offices. */
export interface OfficesAudit {
  readonly equations: number;
  readonly hidden: number;
  /** Hidden counts that everybody can narrow, one line each. */
  readonly narrowed: readonly string[];
  /** Hidden counts of others that ward 1 can narrow. */
  readonly byInsider: number;
}

/** The guarded measures of an office: all that are sensitive. */
export const guarded = ({ plan: { plan } }: Office): AuditedPlan[] => [
  {
    planId: plan.id,
    measures: plan.measures.filter(({ sensitive }) => sensitive),
    periods: plan.periods,
  },
];

/**
 * Audits random offices with corrections, late reports and several versions: what everybody can work
 * out of hidden counts from all pages and versions together, and what a ward that knows its own could.
 * @param isInsider asks what ward 1 could find out, too
 */
export async function auditOffices(count: number, isInsider = false): Promise<OfficesAudit> {
  const all = { equations: 0, hidden: 0, narrowed: [] as string[], byInsider: 0 };
  for (const [index, steps] of fc.sample(history, { numRuns: count, seed: SEED }).entries()) {
    const folder = mkdtempSync(join(tmpdir(), "chitieu-auditor-"));
    try {
      const office = officeIn(folder, PLAN);
      const states = await statesOf(office, steps);
      const { equations, hidden, narrowed } = await audit(states, guarded(office));
      all.equations += equations;
      all.hidden += hidden;
      for (const { what, truth, least, most } of narrowed) {
        all.narrowed.push(`office ${index}: ${what} is ${truth}: ${least} to ${most}`);
      }
      if (!isInsider) continue;
      const found = await audit(states, guarded(office), ({ area_id }) => area_id === INSIDER);
      all.byInsider += found.narrowed.filter(({ what }) => !OWN.test(what)).length;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return all;
}
