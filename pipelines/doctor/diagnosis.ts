/** What was looked at. */
export type Patient = "machine" | "warehouse" | "sources";

/** One thing that was looked at, and what to do where it is not as it must be. */
export interface Diagnosis {
  readonly of: Patient;
  /** `disk`, `ledger`: the same word at every run. */
  readonly what: string;
  /** `note`: nothing is wrong, and yet one may want to know. */
  readonly state: "ok" | "note" | "problem";
  readonly found: string;
  /** Null where there is nothing to do. */
  readonly remedy: string | null;
  /** What was counted or measured, in base units; for metrics. */
  readonly amount?: number | undefined;
}

/** Diagnoses of one patient. */
export interface Chart {
  ok(what: string, found: string): Diagnosis;
  note(what: string, found: string, remedy?: string): Diagnosis;
  problem(what: string, found: string, remedy: string): Diagnosis;
}

export function chartOf(patient: Patient): Chart {
  const one = (state: Diagnosis["state"]) => (what: string, found: string, remedy?: string) => ({
    of: patient,
    what,
    state,
    found,
    remedy: remedy ?? null,
  });
  return { ok: one("ok"), note: one("note"), problem: one("problem") };
}
