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
  /** Of the marts, see `compareMarts`. */
  readonly proof: unknown;
}

/**
 * @param provenMarts the `proof` of an earlier look
 * @throws Failure when the ledger stays in use, or the models cannot be built
 */
export async function findAlterations(
  paths: WarehousePaths,
  catalogue: Catalogue,
  provenMarts: unknown = null,
): Promise<Alterations> {
  const notes = await readLedger(paths, (connection) =>
    changedSources(connection, paths, catalogue),
  );
  const { faults, behind, proof } = await compareMarts(paths, catalogue, provenMarts);
  if (behind === null) {
    notes.push(
      `${paths.marts} được tính theo cách tính, địa bàn hoặc đơn vị khác nên không so sánh: chitieu build tính lại.`,
    );
  } else if (behind.size > 0) {
    notes.push(
      `${paths.marts} cũ hơn số liệu mới của ${[...behind].join(", ")} nên không so sánh: chitieu build cập nhật.`,
    );
  }
  return { faults: [...faults, ...(await siteFaults(paths))], notes, proof };
}
