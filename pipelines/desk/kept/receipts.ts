import { existsSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { optional, ProblemRow } from "../../intake/earlier-receipts.ts";
import { archivedPath, isKept } from "../../ledger/archive.ts";
import { lastEntry } from "../../ledger/entry.ts";
import { Actor, entryFile, type ListedEntry, readEntry } from "../../ledger/journal.ts";
import { JournalEnd } from "../../ledger/journal-end.ts";
import { readLedger } from "../../ledger/ledger.ts";
import type { HandedVersion } from "../../readers/handed-reader.ts";
import { openReadingPool } from "../../readers/reading-pool.ts";
import { MEDIA } from "../../readers/received-file.ts";
import { readRows, WholeNumber } from "../../warehouse/connection.ts";
import type { WarehousePaths } from "../../warehouse/paths.ts";

const ReceiptRow = z.object({
  receipt_no: z.number(),
  sha256: z.string(),
  file_name: z.string(),
  is_demonstration: z.boolean(),
  medium: z.enum(MEDIA),
  outcome: z.enum(["accepted", "refused", "duplicate"]),
  /** Moments are ISO text. */
  received_at: z.string(),
  recorded_at: z.string(),
  unread: optional(z.string()),
});

const Problems = z.array(ProblemRow.extend({ receipt_no: z.coerce.number() }));

const Claims = z.array(
  z.object({
    receipt_no: z.coerce.number(),
    plan_id: z.string(),
    unit_id: z.string(),
    period: z.string(),
  }),
);

/** What a file was found to report for. */
export type Claim = Omit<z.infer<typeof Claims>[number], "receipt_no">;

/** The receipt of a file as it is listed. */
export interface ListedReceipt {
  /** Of the journal. */
  readonly entryNo: number;
  readonly receiptNo: number;
  readonly sha256: string;
  readonly file: string;
  readonly isDemonstration: boolean;
  /** An archive or a mail, of which each form in it has a receipt of its own. */
  readonly isPackage: boolean;
  /** A published version of another office. */
  readonly isVersion: boolean;
  readonly outcome: "accepted" | "refused" | "duplicate";
  readonly receivedAt: Date;
  readonly recordedAt: Date;
  /** Null of a receipt of the time before the journal knew, or of the watched folder. */
  readonly by: Actor | null;
  /** Names words in it that went nowhere. */
  readonly unread: string | undefined;
  readonly claims: readonly Claim[];
}

/** The receipt of a file, as the journal has it. */
export interface KeptReceipt extends ListedReceipt {
  readonly problems: z.infer<typeof Problems>;
}

/**
 * Receipts as ledger and journal have them: those of years from the ledger, once, and what follows from
 * the journal, which may be read while the ledger is written.
 */
export class Receipts {
  readonly #paths: WarehousePaths;
  readonly #found: Map<number, ListedReceipt>;
  readonly #journal: JournalEnd;
  /** Entries that were seen and are to be read. */
  #unread: readonly ListedEntry[] = [];
  #reading: Promise<void> | null = null;

  private constructor(paths: WarehousePaths, known: readonly ListedReceipt[], journal: JournalEnd) {
    this.#paths = paths;
    this.#found = new Map(known.map((receipt) => [receipt.receiptNo, receipt]));
    this.#journal = journal;
  }

  /**
   * Reads the ledger, so before this process opens it otherwise.
   * @throws Failure when it cannot be read
   */
  static async open(paths: WarehousePaths): Promise<Receipts> {
    return readLedger(paths, async (connection) => {
      const last = await lastEntry(connection);
      const journal = new JournalEnd(
        paths,
        last && { entryNo: last.entryNo, file: entryFile(last.entryNo, last.kind) },
      );
      return new Receipts(paths, await receiptsInLedger(connection), journal);
    });
  }

  /** Whether its figures are made up. */
  async isDemonstration(): Promise<boolean> {
    await this.#bringUpToDate();
    return [...this.#found.values()].some((receipt) => receipt.isDemonstration);
  }

  async find(receiptNo: number): Promise<KeptReceipt | null> {
    await this.#bringUpToDate();
    const found = this.#found.get(receiptNo);
    if (found === undefined) return null;
    const { entry } = await readEntry(this.#paths, entryFile(found.entryNo, "receipt"));
    const problems = Problems.parse(entry.rows.problem ?? []);
    return { ...found, problems: problems.filter(({ receipt_no }) => receipt_no === receiptNo) };
  }

  /** The latest first. */
  async list(
    isMeant: (receipt: ListedReceipt) => boolean,
    limit: number,
  ): Promise<ListedReceipt[]> {
    await this.#bringUpToDate();
    const found: ListedReceipt[] = [];
    for (const receipt of [...this.#found.values()].reverse()) {
      if (isMeant(receipt)) found.push(receipt);
      if (found.length === limit) break;
    }
    return found;
  }

  async #bringUpToDate(): Promise<void> {
    this.#reading ??= this.#readNew().finally(() => {
      this.#reading = null;
    });
    await this.#reading;
  }

  async #readNew(): Promise<void> {
    const { kept, added } = await this.#journal.look();
    this.#unread = [...this.#unread.filter(({ entryNo }) => entryNo <= kept), ...added];
    for (const { receiptNo, entryNo } of [...this.#found.values()].reverse()) {
      if (entryNo <= kept) break;
      this.#found.delete(receiptNo);
    }
    for (;;) {
      const [next] = this.#unread;
      if (next === undefined) return;
      if (next.file.endsWith("-receipt.json")) await this.#read(next.file);
      // receipts that were read say less since
      if (next.file.endsWith("-erasure.json")) await this.#readErased(next.file);
      this.#unread = this.#unread.slice(1);
    }
  }

  async #readErased(file: string): Promise<void> {
    const { entry } = await readEntry(this.#paths, file);
    for (const { entry_file: changed } of z.array(Changed).parse(entry.rows.erased ?? [])) {
      if (changed?.endsWith("-receipt.json")) await this.#read(changed);
    }
  }

  async #read(file: string): Promise<void> {
    const { entry } = await readEntry(this.#paths, file);
    const { entry_no: entryNo, by, rows } = entry;
    const claims = Claims.parse([...(rows.submission ?? []), ...(rows.refusal ?? [])]);
    for (const row of z.array(ReceiptRow).parse(rows.receipt ?? [])) {
      const own = claims.filter(({ receipt_no }) => receipt_no === row.receipt_no);
      this.#found.set(row.receipt_no, receiptOf(row, entryNo, by ?? null, own));
    }
  }
}

/** Of a row of an erasure: the entry that it took texts out of. */
const Changed = z.object({ entry_file: z.string().nullish() });

function receiptOf(
  row: z.infer<typeof ReceiptRow>,
  entryNo: number,
  by: Actor | null,
  claims: z.infer<typeof Claims>,
): ListedReceipt {
  return {
    entryNo,
    receiptNo: row.receipt_no,
    sha256: row.sha256,
    file: row.file_name,
    isDemonstration: row.is_demonstration,
    isPackage: row.medium === "package",
    isVersion: row.medium === "version",
    outcome: row.outcome,
    receivedAt: new Date(row.received_at),
    recordedAt: new Date(row.recorded_at),
    by,
    unread: row.unread,
    claims: claims.map(({ plan_id, unit_id, period }) => ({ plan_id, unit_id, period })),
  };
}

const LedgerRow = ReceiptRow.extend({
  receipt_no: WholeNumber,
  entry_no: WholeNumber,
  by: z.string().nullable(),
  claims: z.string().nullable(),
});

/** All of the ledger that is attached, by their numbers. */
async function receiptsInLedger(connection: DuckDBConnection): Promise<ListedReceipt[]> {
  const rows = await readRows(
    connection,
    LedgerRow,
    `with entry as (
        select entry_no, json_extract(content, ['$.by', '$.rows.receipt']) as said
        from ledger.entry
        where kind = 'receipt'
    ),
    caused as (
        select
            entry_no,
            nullif(said[1]::varchar, 'null') as "by",
            unnest(from_json(said[2], '[{"receipt_no": "bigint"}]')).receipt_no as receipt_no
        from entry
    ),
    claim as (
        select receipt_no, plan_id, unit_id, period from ledger.submission
        union all
        select receipt_no, plan_id, unit_id, period from ledger.refusal
    ),
    claimed as (
        select receipt_no, to_json(list(claim))::varchar as claims from claim group by receipt_no
    )
    select
        receipt_no, sha256, file_name, is_demonstration, medium, outcome,
        strftime(received_at at time zone 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ') as received_at,
        strftime(recorded_at at time zone 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ') as recorded_at,
        unread, entry_no, "by", claims
    from ledger.receipt as receipt
    inner join caused using (receipt_no)
    left join claimed using (receipt_no)
    order by receipt_no`,
  );
  // the same few accounts, again and again
  const actors = new Map<string | null, Actor | null>([[null, null]]);
  return rows.map(({ entry_no, by, claims, ...row }) => {
    const actor = actors.get(by) ?? (by === null ? null : Actor.parse(JSON.parse(by)));
    actors.set(by, actor);
    return receiptOf(row, entry_no, actor, Claims.parse(JSON.parse(claims ?? "[]")));
  });
}

/** The file of a receipt; null where it was not kept, even if the same has come from another unit. */
export function keptFileOf(
  paths: WarehousePaths,
  { sha256, problems }: KeptReceipt,
): string | null {
  const path = archivedPath(paths, sha256);
  return isKept(problems.map(({ code }) => code)) && existsSync(path) ? path : null;
}

/** The version of another office that a receipt is of; null where it is not kept, or cannot be read. */
export async function versionOf(
  paths: WarehousePaths,
  receipt: KeptReceipt,
): Promise<HandedVersion | null> {
  const path = receipt.isVersion ? keptFileOf(paths, receipt) : null;
  if (path === null) return null;
  const pool = openReadingPool(() => []);
  const read = await pool.handed({ path }).finally(() => pool.close());
  return "unread" in read || !read.ok ? null : read.version;
}
