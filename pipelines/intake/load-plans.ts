import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { Catalogue, ResolvedPlan } from "../sources/catalogue.ts";
import { appendTables, type Keys, loadTables, tablesOf } from "../sources/catalogue-tables.ts";
import { appendModel, makeTable, rowsOfModel } from "./intake-sql.ts";

/** Tables of the catalogue that belong to no single plan. */
const OF_ALL = ["area", "area_population", "area_successor"] as const;

/** Tables of a plan. */
const OF_A_PLAN = [
  "plan",
  "period",
  "unit",
  "unit_entry",
  "reporting_area",
  "measure",
  "measure_entry",
  "measure_unasked",
  "measure_part",
  "measure_percentage",
  "measure_period",
] as const;

/** Models that files are judged against, each made from those before it. */
const JUDGED_AGAINST = ["unit", "area", "measure", "unit_in_period", "area_in_period"] as const;

/** The rest of a catalogue for the tables of some plans alone. */
const NOTHING_ELSE = {
  unsettled: [],
  areas: [],
  successors: [],
  tiles: [],
  officeUnits: [],
  officeKeys: [],
} as const;

/** What of a catalogue files are judged by. */
export type JudgedBy = Pick<Catalogue, "plans" | "areas" | "successors">;

interface Known {
  /** Plans that no file has named yet. */
  readonly others: Map<string, ResolvedPlan>;
  readonly keys: Keys;
  isMade: boolean;
}

const known = new WeakMap<DuckDBConnection, Known>();

/**
 * Loads what is known of all plans: areas, and by which codes and numbers plans and measures are named.
 * An office keeps the plans of all years, so of a plan itself nothing is loaded before a file names it.
 * Once per connection.
 */
export async function listPlans(
  connection: DuckDBConnection,
  { plans, areas, successors }: JudgedBy,
): Promise<void> {
  const measures = new Set(plans.flatMap(({ plan }) => plan.measures.map(({ code }) => code)));
  await loadTables(connection, {
    ...tablesOf({ ...NOTHING_ELSE, areas, successors, plans: [] }, [...OF_ALL, ...OF_A_PLAN]),
    listed_plan: {
      columns: "plan_no integer, plan_id varchar, number varchar",
      rows: plans.map(({ plan }, index) => [String(index + 1), plan.id, plan.number]),
    },
    listed_measure: { columns: "measure varchar", rows: [...measures].map((code) => [code]) },
  });
  known.set(connection, {
    others: new Map(plans.map((one) => [one.plan.id, one])),
    keys: { plan: 1, next: 1 },
    isMade: false,
  });
}

/**
 * Loads the plans that files name, by their codes, before these files are judged. What is loaded stays;
 * a code that no plan has is passed over.
 */
export async function knowPlans(
  connection: DuckDBConnection,
  codes: Iterable<string>,
): Promise<void> {
  const one = known.get(connection);
  if (one === undefined) throw new Error("plans were not listed");
  const { others, keys } = one;
  const plans = [...new Set(codes)].flatMap((code) => others.get(code) ?? []);
  if (plans.length > 0) {
    const first = keys.plan;
    await appendTables(connection, tablesOf({ ...NOTHING_ELSE, plans }, OF_A_PLAN, keys));
    for (const { plan } of plans) others.delete(plan.id);
    if (one.isMade) {
      for (const name of JUDGED_AGAINST) {
        await appendModel(connection, name, `plan_key >= ${first}`);
      }
    }
  }
  if (one.isMade) return;
  for (const name of JUDGED_AGAINST) await makeTable(connection, name);
  one.isMade = true;
}

const PlanCode = z.object({ plan: z.string() });

/**
 * Loads the plans whose codes a model finds.
 * @param model of rows of `plan`
 */
export async function knowPlansOf(
  connection: DuckDBConnection,
  model: string,
  values?: Record<string, string>,
): Promise<void> {
  const rows = await rowsOfModel(
    connection,
    model,
    PlanCode,
    values === undefined ? {} : { values },
  );
  await knowPlans(
    connection,
    rows.map(({ plan }) => plan),
  );
}
