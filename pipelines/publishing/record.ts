import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { checkCode } from "../contract/check-code.ts";
import { PART_NAMES } from "../contract/report.ts";
import { appendEntries, lastMoment, nextNumber } from "../ledger/entry.ts";
import type { Actor } from "../ledger/journal.ts";
import { readRow } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import type { SealedFacts } from "./digest.ts";
import type { Contents } from "./draft-report.ts";
import type { FrozenFile } from "./version-files.ts";

const StateRow = z.object({
  lastReceipt: z.string(),
  lastAcknowledgement: z.string(),
  nextPublication: z.string(),
});

/** The state of the ledger, and the next number. */
export interface LedgerState extends Readonly<z.infer<typeof StateRow>> {
  /** When anything was last recorded, in milliseconds; 0 for an empty ledger. */
  readonly lastRecorded: number;
}

/** The state of the ledger attached as `ledger`. */
export async function readLedgerState(connection: DuckDBConnection): Promise<LedgerState> {
  const row = await readRow(
    connection,
    StateRow,
    `select
        (select coalesce(max(receipt_no), 0) from ledger.main.receipt) as "lastReceipt",
        (select coalesce(max(acknowledgement_no), 0) from ledger.main.acknowledgement)
            as "lastAcknowledgement",
        (select coalesce(max(publication_no), 0) + 1 from ledger.main.publication)
            as "nextPublication"`,
  );
  return { ...row, lastRecorded: await lastMoment(connection) };
}

/**
 * Appends a version, its rows and its acknowledgements to the ledger, which is open for writing.
 * @returns its number
 * @throws Failure when the journal or the ledger cannot be written; nothing is added then
 */
export async function appendPublication(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  version: {
    readonly facts: SealedFacts;
    readonly sha256: string;
    readonly seal: string;
    readonly signature: string | null;
    readonly files: readonly FrozenFile[];
    readonly contents: Contents;
    /** Ids of the doubts that it acknowledges. */
    readonly acknowledged: readonly string[];
    /** Who publishes it, if known. */
    readonly by?: Actor | undefined;
    /** What the clock says. */
    readonly clock: Date;
  },
): Promise<string> {
  const { facts, sha256, seal, signature, files, contents, acknowledged, by, clock } = version;
  const publicationNo = await nextNumber(connection, "publication");
  const acknowledgementNo = await nextNumber(connection, "acknowledgement");
  const rows = {
    publication: [
      {
        publication_no: publicationNo,
        ...facts,
        sha256,
        check_code: checkCode(sha256),
        seal,
        signature,
      },
    ],
    publication_row: PART_NAMES.flatMap((part) =>
      contents[part].map((content, index) => ({
        publication_no: publicationNo,
        part,
        row_no: index + 1,
        content,
      })),
    ),
    publication_file: files.map((file) => ({ publication_no: publicationNo, ...file })),
    acknowledgement: acknowledged.map((finding_id, index) => ({
      acknowledgement_no: acknowledgementNo + index,
      finding_id,
      reason: facts.reason,
      recorded_at: facts.recorded_at,
      software_version: facts.software_version,
    })),
  };
  await appendEntries(connection, paths, "publication", [{ rows, clock, by }]);
  return String(publicationNo);
}
