import type { WarehousePaths } from "../warehouse/paths.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { examineWarehouse } from "./warehouse.ts";

/** Where a monitor asks, without a log-in. */
export const HEALTH_PATH = "/suc-khoe";

/** An answer holds so long, however often it is asked for. */
const HOLDS_MS = 10_000;

/** What a monitor is told: what `chitieu doctor` looks at and how it is; no figure, name or path. */
export interface Health {
  readonly state: "ok" | "problem";
  readonly checks: readonly Pick<Diagnosis, "what" | "state">[];
}

/** Asks again and again how a warehouse is. */
export function healthOf(paths: WarehousePaths): () => Promise<Health> {
  let kept: { readonly until: number; readonly health: Promise<Health> } | null = null;
  return () => {
    // of the process, which no clock that is set moves
    const now = performance.now();
    if (kept === null || now > kept.until) kept = { until: now + HOLDS_MS, health: examine(paths) };
    return kept.health;
  };
}

async function examine(paths: WarehousePaths): Promise<Health> {
  const found = await examineWarehouse(paths.folder, true);
  const checks = found.map(({ what, state }) => ({ what, state }));
  return { state: checks.some(({ state }) => state === "problem") ? "problem" : "ok", checks };
}
