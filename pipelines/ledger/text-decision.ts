import { z } from "zod";
import { readRow, WholeNumber } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { appendEntry, recordingMoment } from "./entry.ts";
import type { Actor } from "./journal.ts";
import { withLedger } from "./ledger.ts";

/** Who may read a text: the city, everybody who sees the pages, nobody. */
export type Decision = "city" | "shared" | "struck";

/** What somebody has decided about texts. */
export interface TextDecisions {
  readonly textIds: readonly string[];
  readonly decision: Decision;
  /** The name of whoever decides, as it stands in the journal. */
  readonly decidedBy: string;
  readonly recordedAt: Date;
  readonly softwareVersion: string;
  /** Who causes the entry; left out where nobody is known. */
  readonly by?: Actor;
}

/**
 * Appends one decision a text to the ledger: all of them, or none.
 * @throws Failure when the ledger is held for too long or cannot be written.
 */
export async function decideOnTexts(
  paths: WarehousePaths,
  { textIds, decision, decidedBy, recordedAt, softwareVersion, by }: TextDecisions,
): Promise<void> {
  await withLedger(paths, async (connection) => {
    const { next } = await readRow(
      connection,
      z.object({ next: WholeNumber }),
      "select coalesce(max(decision_no), 0) + 1 as next from ledger.text_decision",
    );
    const moment = await recordingMoment(connection, recordedAt);
    const rows = textIds.map((textId, index) => ({
      decision_no: next + index,
      text_id: textId,
      decision,
      decided_by: decidedBy,
      recorded_at: moment.toISOString(),
      software_version: softwareVersion,
    }));
    await appendEntry(connection, paths, "decision", { text_decision: rows }, by);
  });
}
