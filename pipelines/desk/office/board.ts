import { z } from "zod";
import { type ClockDoubt, clockDoubt, type SteadyClock } from "../../ledger/clock.ts";
import {
  type RecordedAct,
  type RecordedPlan,
  readPlanChanges,
  readReportActs,
} from "../../ledger/recorded-acts.ts";
import { queryMarts } from "../../models/build-marts.ts";
import { FINDING_MODELS, type Finding, findingsIn } from "../../models/finding.ts";
import { STATUS_MODELS, type Status, statusIn } from "../../models/submission-status.ts";
import { readPublications, type StoredPublication } from "../../publishing/stored-publication.ts";
import type { Catalogue } from "../../sources/catalogue.ts";
import { readValue } from "../../warehouse/connection.ts";
import type { WarehousePaths } from "../../warehouse/paths.ts";

/** How the office stands: what every page of the desk shows. */
export interface Board extends Readonly<Status> {
  readonly findings: readonly Finding[];
  readonly catalogue: Catalogue;
  /** What has been published, in its order; moments in milliseconds since 1970. */
  readonly versions: readonly StoredPublication[];
  /** Plans that were approved at the desk, in their order. */
  readonly planChanges: readonly RecordedPlan[];
  /** What was done about reports of units, in its order. */
  readonly acts: readonly RecordedAct[];
  /** Why the clock is asked about; null where nothing speaks against it. */
  readonly clock: ClockDoubt | null;
  /** Its figures are made up. */
  readonly isDemonstration: boolean;
  /** The moment as of which it holds. */
  readonly at: Date;
}

/**
 * Finds out how the office stands now.
 * @param onLedgerFree see `queryMarts`
 * @throws Failure when the ledger cannot be read
 */
export async function readBoard(
  paths: WarehousePaths,
  catalogue: Catalogue,
  steady: SteadyClock,
  onLedgerFree?: () => void,
): Promise<Board> {
  const at = new Date();
  const all = { plan: null, period: null };
  const board = await queryMarts({
    ...{
      paths,
      catalogue,
      onLedgerFree,
      asOf: null,
      models: [...STATUS_MODELS, ...FINDING_MODELS],
    },
    read: async (connection) => ({
      ...(await statusIn(connection, all)),
      findings: await findingsIn(connection, all),
      versions: await readPublications(connection),
      planChanges: await readPlanChanges(connection),
      acts: await readReportActs(connection),
      clock: await clockDoubt(connection, at, steady),
      isDemonstration: await readValue(connection, z.boolean(), MADE_UP),
    }),
  });
  // of each plan the first is what is due first; the plan that began last comes first
  const begins = new Map(board.rows.toReversed().map((row) => [row.plan_id, row.due_before]));
  const rows = board.rows.toSorted((one, other) =>
    (begins.get(other.plan_id) ?? "").localeCompare(begins.get(one.plan_id) ?? ""),
  );
  return { ...board, rows, catalogue, at };
}

const MADE_UP = "select exists(from ledger.main.receipt where is_demonstration)";
