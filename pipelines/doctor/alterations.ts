import { readLedger } from "../ledger/ledger.ts";
import { compareMarts } from "../models/compare-marts.ts";
import { changedSources } from "../publishing/changed-sources.ts";
import { siteFaults } from "../site/written-site.ts";
import type { Catalogue } from "../sources/catalogue.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";

/** What was altered beside ledger, journal and versions, one sentence each. */
export interface Alterations {
  /** In what is derived from them: marts, and a written site. */
  readonly faults: readonly string[];
  /** In what they were made from, which may be right. */
  readonly notes: readonly string[];
}

/** @throws Failure when the ledger stays in use, or the models cannot be built */
export async function findAlterations(
  paths: WarehousePaths,
  catalogue: Catalogue,
): Promise<Alterations> {
  const notes = await readLedger(paths, (connection) =>
    changedSources(connection, paths, catalogue),
  );
  const { faults, behind } = await compareMarts(paths, catalogue);
  if (behind === null) {
    notes.push(
      `${paths.marts} is of other models, areas or units, and was not compared: chitieu build makes it anew.`,
    );
  } else if (behind.size > 0) {
    notes.push(
      `${paths.marts} is older than what is new about ${[...behind].join(", ")}, which was not compared: chitieu build brings it up to date.`,
    );
  }
  return { faults: [...faults, ...(await siteFaults(paths))], notes };
}
