import { existsSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { optional, ProblemRow } from "../../intake/earlier-receipts.ts";
import { openReadingPool } from "../../intake/reading-pool.ts";
import { archivedPath, isKept } from "../../ledger/archive.ts";
import { lastEntry } from "../../ledger/entry.ts";
import { Actor, entryFile, type ListedEntry, readEntry } from "../../ledger/journal.ts";
import { JournalEnd } from "../../ledger/journal-end.ts";
import { readLedger } from "../../ledger/ledger.ts";
import type { HandedVersion } from "../../readers/handed-reader.ts";
import { MEDIA } from "../../readers/received-file.ts";
import { readMany } from "../../warehouse/connection.ts";
import type { WarehousePaths } from "../../warehouse/paths.ts";

const ReceiptRow = z.object({
  receipt_no: z.number(),
  sha256: z.string(),
  file_name: z.string(),
  medium: z.enum(MEDIA),
  outcome: z.enum(["accepted", "refused", "duplicate"]),
  /** Moments are ISO text. */
  received_at: z.string(),
  recorded_at: z.string(),
  unread: optional(z.string()),
});

const Problems = z.array(ProblemRow.extend({ receipt_no: z.coerce.number() }));

const ReportClaim = z.object({ plan_id: z.string(), unit_id: z.string(), period: z.string() });

/** Does something that reads the ledger. */
type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** What a file was found to report for. */
export type Claim = z.infer<typeof ReportClaim>;

const Claims = z.array(ReportClaim.extend({ receipt_no: z.coerce.number() }));

/** The receipt of a file as it is listed. */
export interface ListedReceipt {
  /** Of the journal. */
  readonly entryNo: number;
  readonly receiptNo: number;
  readonly sha256: string;
  readonly file: string;
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
 * Receipts as ledger and journal have them: those of years from the ledger, once, when somebody asks for
 * the first, and what follows from the journal, which may be read while the ledger is written.
 */
export class Receipts {
  readonly #paths: WarehousePaths;
  readonly #inTurn: InTurn;
  /** By their numbers. */
  #found: (ListedReceipt | undefined)[] = [];
  #journal: JournalEnd | null = null;
  /** Entries that were seen and are to be read. */
  #unread: readonly ListedEntry[] = [];
  #reading: Promise<void> | null = null;

  /** @param inTurn in which this process opens the ledger for nothing else */
  constructor(paths: WarehousePaths, inTurn: InTurn) {
    this.#paths = paths;
    this.#inTurn = inTurn;
  }

  /** @throws Failure when ledger or journal cannot be read */
  async find(receiptNo: number): Promise<KeptReceipt | null> {
    await this.#bringUpToDate();
    const found = this.#found[receiptNo];
    if (found === undefined) return null;
    const { entry } = await readEntry(this.#paths, entryFile(found.entryNo, "receipt"));
    const problems = Problems.parse(entry.rows.problem ?? []);
    return { ...found, problems: problems.filter(({ receipt_no }) => receipt_no === receiptNo) };
  }

  /**
   * The receipt of a request that its system calls by a name, as `Actor.request`, and of what was sent with
   * it; `other` where it was sent with something else.
   * @throws Failure when ledger or journal cannot be read
   */
  async ofRequest(request: string, sha256: string): Promise<KeptReceipt | "other" | null> {
    await this.#bringUpToDate();
    const own = this.#found.filter((one) => one?.by?.request === request);
    const same = own.find((one) => one?.sha256 === sha256);
    if (same === undefined) return own.length > 0 ? "other" : null;
    return this.find(same.receiptNo);
  }

  /** The latest first. @throws Failure when ledger or journal cannot be read */
  async list(
    isMeant: (receipt: ListedReceipt) => boolean,
    limit: number,
  ): Promise<ListedReceipt[]> {
    await this.#bringUpToDate();
    const found: ListedReceipt[] = [];
    for (let no = this.#found.length - 1; no >= 0 && found.length < limit; no -= 1) {
      const receipt = this.#found[no];
      if (receipt !== undefined && isMeant(receipt)) found.push(receipt);
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
    this.#journal ??= await this.#inTurn(() => this.#readLedger());
    const { kept, added } = await this.#journal.look();
    this.#unread = [...this.#unread.filter(({ entryNo }) => entryNo <= kept), ...added];
    while ((this.#found.at(-1)?.entryNo ?? 0) > kept) this.#found.pop();
    for (;;) {
      const [next] = this.#unread;
      if (next === undefined) return;
      if (next.file.endsWith("-receipt.json")) await this.#read(next.file);
      // receipts that were read say less since
      if (next.file.endsWith("-erasure.json")) await this.#readErased(next.file);
      this.#unread = this.#unread.slice(1);
    }
  }

  /** @returns the journal from where the ledger ends */
  #readLedger(): Promise<JournalEnd> {
    return readLedger(this.#paths, async (connection) => {
      const last = await lastEntry(connection);
      for (const one of await receiptsInLedger(connection)) this.#found[one.receiptNo] = one;
      const { entryNo, kind } = last ?? { entryNo: 0, kind: "receipt" };
      return new JournalEnd(this.#paths, last && { entryNo, file: entryFile(entryNo, kind) });
    });
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
      this.#found[row.receipt_no] = receiptOf(row, entryNo, by ?? null, own);
    }
  }
}

/** Of a row of an erasure: the entry that it took texts out of. */
const Changed = z.object({ entry_file: z.string().nullish() });

function receiptOf(
  row: z.infer<typeof ReceiptRow>,
  entryNo: number,
  by: Actor | null,
  claims: readonly Claim[],
): ListedReceipt {
  return {
    entryNo,
    receiptNo: row.receipt_no,
    sha256: row.sha256,
    file: row.file_name,
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
  entry_no: z.number(),
  by: z.string().nullable(),
  claims: z.array(ReportClaim).nullable(),
});

/** All of the ledger that is attached, by their numbers. */
async function receiptsInLedger(connection: DuckDBConnection): Promise<ListedReceipt[]> {
  const rows = await readMany(
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
        select receipt_no, { 'plan_id': plan_id, 'unit_id': unit_id, 'period': period } as claim from ledger.submission
        union all
        select receipt_no, { 'plan_id': plan_id, 'unit_id': unit_id, 'period': period } as claim from ledger.refusal
    ),
    claimed as (select receipt_no, list(claim) as claims from claim group by receipt_no)
    select
        receipt_no, sha256, file_name, medium, outcome,
        strftime(received_at at time zone 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ') as received_at,
        strftime(recorded_at at time zone 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ') as recorded_at,
        unread, entry_no, "by", claims
    from ledger.receipt as receipt
    inner join caused using (receipt_no)
    left join claimed using (receipt_no)`,
    "receipt_no",
  );
  // the same few accounts, again and again
  const actors = new Map<string | null, Actor | null>([[null, null]]);
  return rows.map(({ entry_no, by, claims, ...row }) => {
    const actor = actors.get(by) ?? (by === null ? null : Actor.parse(JSON.parse(by)));
    actors.set(by, actor);
    return receiptOf(row, entry_no, actor, claims ?? []);
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
