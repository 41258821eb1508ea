import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { ResolvedPlan } from "../../pipelines/sources/catalogue.ts";
import { newFolder } from "../folders.ts";
import { smallPlan } from "../forms/given.ts";

const QUARTER = { kind: "quarter", year: 2024, positions: 4, estimate: true };

/** Quarters II and III with a half-year over quarters I and II; quarter I ended before the plan began. */
const PERIODS = [
  {
    ...QUARTER,
    code: "Q1",
    name: "Quý I",
    position: 1,
    data_from: "2023-12-15",
    data_to: "2024-02-04",
    due_before: "2024-03-10",
  },
  {
    ...QUARTER,
    code: "Q2",
    name: "Quý II",
    position: 2,
    data_from: "2024-03-15",
    data_to: "2024-06-14",
    due_before: "2024-06-10",
  },
  {
    ...QUARTER,
    code: "Q3",
    name: "Quý III",
    position: 3,
    data_from: "2024-06-15",
    data_to: "2024-09-14",
    due_before: "2024-09-10",
  },
  {
    ...QUARTER,
    code: "H1",
    name: "6 tháng",
    kind: "half_year",
    position: 1,
    positions: 2,
    data_from: "2023-12-15",
    data_to: "2024-06-14",
    due_before: "2024-06-05",
    covers: ["Q1", "Q2"],
  },
];

export const PROFILE = {
  schema: 1,
  plan: "small-plan",
  note: "Số liệu minh họa",
  measures: {
    staff: { between: [8, 20] },
    trained: { of: "staff", share: [0.5, 1], spread: 0.2 },
    planned: { holds: [0.67, 1] },
    spent: { per_1000: 2.5, spread: 0.5 },
    found: { per_1000: 1.5, spread: 0.5 },
    handled: { of: "found", share: 0.6 },
  },
  story: [] as object[],
};

/**
 * Makes the small plan in a sources folder of its own, with a profile (none where it is null).
 * @returns the maker, for a test file, after which the folders are removed
 */
export function demonstrationPlans(): (
  profile: object | null,
  change?: Record<string, unknown>,
) => ResolvedPlan {
  const root = newFolder("demo-");
  return (profile, change = {}) => demonstrationPlan(root, profile, change);
}

function demonstrationPlan(
  root: string,
  profile: object | null,
  change: Record<string, unknown>,
): ResolvedPlan {
  const folder = mkdtempSync(join(root, "sources-"));
  mkdirSync(join(folder, "demo"));
  if (profile !== null) {
    writeFileSync(join(folder, "demo", "small-plan.yaml"), stringify(profile));
  }
  return {
    ...smallPlan({ periods: PERIODS, ...change }),
    file: join(folder, "plans", "small.yaml"),
  };
}
