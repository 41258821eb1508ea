import { z } from "zod";
import { inSentence } from "../vocabulary/letter-case.ts";
import { readRows } from "../warehouse/connection.ts";
import type { JudgedFile, OpenIntake } from "./delivery.ts";
import { word } from "./problem-wording.ts";

/** A report that a sender may or may not send: unit and period by their codes. */
export interface ReportOfUnit {
  readonly plan: string;
  readonly unit: string;
  readonly period: string;
}

export function reportKey({ plan, unit, period }: ReportOfUnit): string {
  return JSON.stringify([plan, unit, period]);
}

const Claim = z.object({
  plan: z.string(),
  unit: z.string(),
  period: z.string(),
  unit_name: z.string().nullable(),
  period_name: z.string().nullable(),
});

/**
 * Refuses a judged file that reports for a unit that its sender does not report for; nothing is then
 * recorded against that unit.
 */
export async function refuseOthers(
  { connection }: OpenIntake,
  judged: JudgedFile,
): Promise<JudgedFile> {
  const { mayReport } = judged.delivery;
  if (mayReport === undefined || !judged.hasClaims) return judged;
  const claims = await readRows(
    connection,
    Claim,
    "select plan, unit, period, unit_name, period_name from intake.claim order by claim_no",
  );
  const others = claims.filter((claim) => !mayReport.has(reportKey(claim)));
  if (others.length === 0) return judged;
  const problems = others.map(({ unit, period, unit_name, period_name }) => ({
    severity: "error" as const,
    code: "not_own_unit",
    file: judged.file.name,
    ...word("not_own_unit", {
      unit: unit_name ?? unit,
      period: period_name === null ? period : inSentence(period_name),
    }),
  }));
  return { ...judged, hasClaims: false, problems };
}
