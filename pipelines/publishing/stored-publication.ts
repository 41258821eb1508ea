import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { readRow, readRows, WholeNumber } from "../warehouse/connection.ts";
import type { SealedFacts } from "./digest.ts";
import { PART_NAMES, type Part, PublicationClass } from "./report.ts";

const StoredPublication = z.object({
  publication_no: z.string(),
  plan_id: z.string(),
  period: z.string(),
  version: z.number().int(),
  class: PublicationClass,
  reason: z.string(),
  is_final: z.boolean(),
  as_of: WholeNumber,
  recorded_at: WholeNumber,
  software_version: z.string(),
  plan_sha256: z.string(),
  inputs_sha256: z.string(),
  models_sha256: z.string(),
  lines_sha256: z.string(),
  sha256: z.string(),
  /** None in versions from before there was one. */
  nonce: z
    .string()
    .nullable()
    .transform((nonce) => nonce ?? ""),
});
/** A version as the ledger has it; moments in milliseconds since 1970 in UTC. */
export type StoredPublication = z.infer<typeof StoredPublication>;

export type StoredContents = Readonly<Record<Part, readonly string[]>>;

/** Which report is meant; all when null. */
export interface ReportChoice {
  readonly planId: string | null;
  readonly period: string | null;
}

/** The versions published of the chosen reports, in the order in which they were published. */
export async function readPublications(
  connection: DuckDBConnection,
  choice: ReportChoice,
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

/** What a version holds, as it was stored. */
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
  const of = (part: Part): string[] =>
    rows.filter((row) => row.part === part).map((row) => row.content);
  return {
    head: of("head"),
    item: of("item"),
    line: of("line"),
    tally: of("tally"),
    unit: of("unit"),
    submission: of("submission"),
    doubt: of("doubt"),
    change: of("change"),
  };
}

/** Number of rows that belong to no known part; they would be nobody's. */
export async function countStrayRows(connection: DuckDBConnection): Promise<number> {
  const { stray } = await readRow(
    connection,
    z.object({ stray: z.int() }),
    `select count(*)::integer as stray
    from ledger.main.publication_row
    where
        part not in (${PART_NAMES.map((part) => `'${part}'`).join(", ")})
        or publication_no not in (select publication_no from ledger.main.publication)`,
  );
  return stray;
}

/** What the digest of a stored version covers. */
export function sealedFacts(stored: StoredPublication): SealedFacts {
  return {
    ...stored,
    as_of: new Date(stored.as_of).toISOString(),
    recorded_at: new Date(stored.recorded_at).toISOString(),
  };
}
