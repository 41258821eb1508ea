import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { byPart, PART_NAMES, type Part, Reader } from "../contract/report.ts";
import { readRow, readRows, WholeNumber } from "../warehouse/connection.ts";
import { SealedFacts } from "./digest.ts";

const StoredPublication = SealedFacts.extend({
  publication_no: z.string(),
  as_of: WholeNumber,
  recorded_at: WholeNumber,
  nonce: SealedFacts.shape.nonce.nullable().transform((nonce) => nonce ?? ""),
  sha256: z.string(),
  // null in versions whose files were not archived
  check_code: z.string().nullable(),
  seal: z.string().nullable(),
  signature: z.string().nullable(),
});
/** A version as stored in the ledger; moments in milliseconds since 1970 in UTC. */
export type StoredPublication = z.infer<typeof StoredPublication>;

export type StoredContents = Readonly<Record<Part, readonly string[]>>;

/** Chooses reports; null: all. */
export interface ReportChoice {
  readonly planId: string | null;
  readonly period: string | null;
}

/** The versions of the chosen reports, in the order of publication. */
export async function readPublications(
  connection: DuckDBConnection,
  choice: ReportChoice = { planId: null, period: null },
): Promise<StoredPublication[]> {
  return await readRows(
    connection,
    StoredPublication,
    `select
        * replace (epoch_ms(as_of) as as_of, epoch_ms(recorded_at) as recorded_at)
    from ledger.main.publication
    where
        plan_id = coalesce($plan_id, plan_id)
        and period = coalesce($period, period)
    order by publication_no`,
    { plan_id: choice.planId, period: choice.period },
  );
}

/** The rows of a version, as stored. */
export async function readStoredContents(
  connection: DuckDBConnection,
  publicationNo: string,
): Promise<StoredContents> {
  const rows = await readRows(
    connection,
    z.object({ part: z.string(), content: z.string() }),
    `select part, content
    from ledger.main.publication_row
    where publication_no = $publication_no::bigint
    order by part, row_no`,
    { publication_no: publicationNo },
  );
  return byPart((part) => rows.filter((row) => row.part === part).map((row) => row.content));
}

/** A published file of a version, for one reader. */
const PublishedFile = z.object({
  publication_no: z.string(),
  audience: Reader,
  /** Place among the files for the reader, from 1. */
  file_no: z.number().int(),
  name: z.string(),
  media_type: z.string(),
  byte_size: WholeNumber,
  /** Its name in the archive. */
  sha256: z.string(),
  /** Removed from the archive for good. */
  is_erased: z.boolean(),
});
export type PublishedFile = z.infer<typeof PublishedFile>;

/** The files of every version, by publication, audience and place. Versions of earlier programs have none. */
export async function readPublishedFiles(connection: DuckDBConnection): Promise<PublishedFile[]> {
  return await readRows(
    connection,
    PublishedFile,
    `select
        file.*,
        file.sha256 in (select sha256 from ledger.main.erased where what = 'file') as is_erased
    from ledger.main.publication_file as file
    order by publication_no, audience, file_no`,
  );
}

const ErasedFrom = z.object({
  /** Null for a file of no version. */
  publication_no: z.string().nullable(),
  what: z.enum(["file", "version"]),
  sha256: z.string().nullable(),
  erased_by: z.string(),
  reason: z.string(),
  recorded_at: WholeNumber,
});
/** An erased file, or erased texts of a version. */
export type ErasedFrom = z.infer<typeof ErasedFrom>;

/** All erasures, in their order; moments in milliseconds since 1970 in UTC. */
export async function readErased(connection: DuckDBConnection): Promise<ErasedFrom[]> {
  return await readRows(
    connection,
    ErasedFrom,
    `select
        erased.publication_no,
        erased.what,
        erased.sha256,
        erasure.erased_by,
        erasure.reason,
        epoch_ms(erasure.recorded_at) as recorded_at
    from ledger.main.erased as erased
    inner join ledger.main.erasure as erasure
        on erased.erasure_no = erasure.erasure_no
    where erased.what in ('file', 'version')
    order by erasure.erasure_no, erased.rowid`,
  );
}

/** The number of rows and files that belong to no known part or version. */
export async function countStrayRows(connection: DuckDBConnection): Promise<number> {
  const { stray } = await readRow(
    connection,
    z.object({ stray: z.int() }),
    `with publication as (from ledger.main.publication)
    select (
        (
            select count(*) from ledger.main.publication_row
            where
                part not in (${PART_NAMES.map((part) => `'${part}'`).join(", ")})
                or publication_no not in (select publication_no from publication)
        ) + (
            select count(*) from ledger.main.publication_file
            where publication_no not in (select publication_no from publication)
        )
    )::integer as stray`,
  );
  return stray;
}

/** The facts under the digest of a stored version. */
export function sealedFacts(stored: StoredPublication): SealedFacts {
  return {
    ...stored,
    as_of: new Date(stored.as_of).toISOString(),
    recorded_at: new Date(stored.recorded_at).toISOString(),
  };
}

/** A row of a version; null where its text is no JSON any more. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
