import type { DuckDBConnection } from "@duckdb/node-api";

/** Marts that say of each row whether the shared audience may see its figures. */
const JUDGED = {
  attainment_by_plan_period: "is_disclosive = false, status_shown = status",
  attainment_by_ward_period: "is_disclosive = false, status_shown = status",
  measure_by_plan_period: "is_disclosive = false",
  measure_by_ward_period: "is_disclosive = false",
  findings: "is_sensitive = false",
  attainment_by_unit_period: "is_disclosive = false",
  reading_note: "is_sensitive = false",
  reading: "is_disclosive = false, is_guarded = false",
} as const;

/** Marts that hold each row once for each audience. */
const TWOFOLD = [
  "status_by_place",
  "status_by_indicator",
  "report_line",
  "report_tally",
  "report_doubt",
  "report_change",
] as const;

/**
 * Turns a copy of the marts, attached under a name, into one from which the city's pages are made:
 * what the queries of the pages would withhold is theirs to show. The marts themselves stay as they
 * are.
 */
export async function revealToCity(connection: DuckDBConnection, copy: string): Promise<void> {
  for (const [mart, change] of Object.entries(JUDGED)) {
    await connection.run(`update ${copy}.marts.${mart} set ${change}`);
  }
  for (const mart of TWOFOLD) {
    await connection.run(`delete from ${copy}.marts.${mart} where audience = 'shared'`);
    await connection.run(`update ${copy}.marts.${mart} set audience = 'shared'`);
  }
  await connection.run(`update ${copy}.marts.plan set audience = 'city'`);
}
