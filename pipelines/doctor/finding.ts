/** What was looked at. */
export type Patient = "machine" | "warehouse" | "sources";

/** One thing that was looked at, and what to do where it is not as it must be. */
export interface Finding {
  readonly of: Patient;
  /** `disk`, `ledger`: the same word at every run. */
  readonly what: string;
  /** `note`: nothing is wrong, and yet one may want to know. */
  readonly state: "ok" | "note" | "problem";
  readonly found: string;
  /** Null where there is nothing to do. */
  readonly remedy: string | null;
}

/** Findings of one patient. */
export interface Chart {
  ok(what: string, found: string): Finding;
  note(what: string, found: string, remedy?: string): Finding;
  problem(what: string, found: string, remedy: string): Finding;
}

export function chartOf(patient: Patient): Chart {
  const one = (state: Finding["state"]) => (what: string, found: string, remedy?: string) => ({
    of: patient,
    what,
    state,
    found,
    remedy: remedy ?? null,
  });
  return { ok: one("ok"), note: one("note"), problem: one("problem") };
}
