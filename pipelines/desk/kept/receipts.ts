import { existsSync } from "node:fs";
import { z } from "zod";
import { optional, ProblemRow } from "../../intake/earlier-receipts.ts";
import { archivedPath, isKept } from "../../ledger/archive.ts";
import { type Actor, type Entry, listEntries, readEntry } from "../../ledger/journal.ts";
import type { HandedVersion } from "../../readers/handed-reader.ts";
import { openReadingPool } from "../../readers/reading-pool.ts";
import { MEDIA } from "../../readers/received-file.ts";
import type { WarehousePaths } from "../../warehouse/paths.ts";

const ReceiptRow = z.object({
  receipt_no: z.number(),
  sha256: z.string(),
  file_name: z.string(),
  byte_size: z.number(),
  is_demonstration: z.boolean(),
  medium: z.enum(MEDIA),
  outcome: z.enum(["accepted", "refused", "duplicate"]),
  /** Moments are ISO text. */
  received_at: z.string(),
  recorded_at: z.string(),
  unread: optional(z.string()),
});

const ProblemOfReceipt = ProblemRow.extend({ receipt_no: z.number() });

const ClaimRow = z.object({
  receipt_no: z.union([z.number(), z.string()]).transform(Number),
  plan_id: z.string(),
  unit_id: z.string(),
  period: z.string(),
});

/** What a file was found to report for. */
export type Claim = Omit<z.infer<typeof ClaimRow>, "receipt_no">;

/** The receipt of a file, as the journal has it. */
export interface KeptReceipt {
  readonly receiptNo: number;
  readonly sha256: string;
  readonly file: string;
  readonly byteSize: number;
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
  readonly problems: readonly z.infer<typeof ProblemOfReceipt>[];
  readonly claims: readonly Claim[];
}

/** Receipts as the journal has them, which may be read while the ledger is written. */
export class Receipts {
  readonly #paths: WarehousePaths;
  readonly #found = new Map<number, KeptReceipt>();
  #read = 0;
  #reading: Promise<void> | null = null;

  constructor(paths: WarehousePaths) {
    this.#paths = paths;
  }

  /** Whether its figures are made up. */
  async isDemonstration(): Promise<boolean> {
    await this.#bringUpToDate();
    return [...this.#found.values()].some((receipt) => receipt.isDemonstration);
  }

  async find(receiptNo: number): Promise<KeptReceipt | null> {
    await this.#bringUpToDate();
    return this.#found.get(receiptNo) ?? null;
  }

  /** The latest first. */
  async list(isMeant: (receipt: KeptReceipt) => boolean, limit: number): Promise<KeptReceipt[]> {
    await this.#bringUpToDate();
    const found: KeptReceipt[] = [];
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
    const entries = await listEntries(this.#paths);
    const isNew = ({ entryNo }: { entryNo: number }): boolean => entryNo > this.#read;
    // receipts that were read may say less since
    if (entries.some((one) => isNew(one) && one.file.endsWith("-erasure.json"))) {
      this.#found.clear();
      this.#read = 0;
    }
    for (const { entryNo, file } of entries.filter(isNew)) {
      if (file.endsWith("-receipt.json")) {
        const { entry } = await readEntry(this.#paths, file);
        for (const receipt of receiptsOf(entry)) this.#found.set(receipt.receiptNo, receipt);
      }
      this.#read = entryNo;
    }
  }
}

function receiptsOf({ rows, by }: Entry): KeptReceipt[] {
  const problems = z.array(ProblemOfReceipt).parse(rows.problem ?? []);
  const claims = z.array(ClaimRow).parse([...(rows.submission ?? []), ...(rows.refusal ?? [])]);
  return z
    .array(ReceiptRow)
    .parse(rows.receipt ?? [])
    .map((row) => ({
      receiptNo: row.receipt_no,
      sha256: row.sha256,
      file: row.file_name,
      byteSize: row.byte_size,
      isDemonstration: row.is_demonstration,
      isPackage: row.medium === "package",
      isVersion: row.medium === "version",
      outcome: row.outcome,
      receivedAt: new Date(row.received_at),
      recordedAt: new Date(row.recorded_at),
      by: by ?? null,
      unread: row.unread,
      problems: problems.filter((one) => one.receipt_no === row.receipt_no),
      claims: claims
        .filter((one) => one.receipt_no === row.receipt_no)
        .map(({ plan_id, unit_id, period }) => ({ plan_id, unit_id, period })),
    }));
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
