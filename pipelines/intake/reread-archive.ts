import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { NEVER_KEPT } from "../ledger/archive.ts";
import { readLedger } from "../ledger/ledger.ts";
import { lastProven, type Proven } from "../ledger/proven.ts";
import { rebuildLedger } from "../ledger/rebuild.ts";
import type { Catalogue } from "../sources/catalogue.ts";
import { Failure, resultOrFailure } from "../vocabulary/failure.ts";
import { attach, readRows } from "../warehouse/connection.ts";
import { sha256Of, withNewFolder } from "../warehouse/files.ts";
import { type WarehousePaths, warehousePaths } from "../warehouse/paths.ts";
import { quoteLiteral } from "../warehouse/sql.ts";
import type { Delivery } from "./delivery.ts";
import { withIntake } from "./ingest.ts";

/** What was found in reading the archive again. */
export interface ReadAgain {
  /** Accepted files that were read, and whose readings were compared. */
  readonly files: number;
  /** What does not hold, each as a sentence. */
  readonly faults: readonly string[];
  /** Files that this program, with the plans as they are now, does not accept any more, and why. */
  readonly unread: readonly string[];
}

/** Differences that are listed one by one. */
const MAX_TOLD = 50;

const Receipt = z.object({
  receipt_no: z.string(),
  sha256: z.string(),
  file_name: z.string(),
  received_at: z.string(),
});
type Receipt = z.infer<typeof Receipt>;
const KeptFile = Receipt.omit({ received_at: true });

/**
 * Holds the ledger against the archive: against the journal, entry by entry, and then against the
 * received files themselves, which are taken in once more, in a warehouse of their own beside this one.
 * A figure that was changed in the ledger and in the journal is another one than that of its file.
 * @param catalogue plans as they are now; a file that they do not accept any more is named in `unread`
 * @param since of files that stand as they were proven only the bytes are compared
 */
export async function readArchiveAgain(
  paths: WarehousePaths,
  catalogue: Catalogue,
  since: Proven | null = null,
): Promise<ReadAgain> {
  const proven = lastProven(since, "receipt");
  const receipts = await acceptedReceipts(paths, proven);
  const journal = since === null ? await ledgerFaults(paths) : await keptFileFaults(paths, proven);
  if (receipts.length === 0) return { files: 0, faults: journal, unread: [] };
  return withNewFolder(join(paths.folder, ".read-again-"), async (folder) => {
    const again = warehousePaths(folder);
    const { taken, faults, unread } = await takeAgain(paths, again, catalogue, receipts);
    const differing = taken.size === 0 ? [] : await differences(paths, again, taken);
    return { files: taken.size, faults: [...journal, ...faults, ...differing], unread };
  });
}

async function ledgerFaults(paths: WarehousePaths): Promise<string[]> {
  const rebuilt = await resultOrFailure(rebuildLedger(paths, { replace: false }));
  return rebuilt instanceof Failure ? [rebuilt.message] : [];
}

/** Files of the first receipts that are not there as they came. */
async function keptFileFaults(paths: WarehousePaths, last: number): Promise<string[]> {
  const kept = await readLedger(paths, (connection) =>
    readRows(
      connection,
      KeptFile,
      `select receipt.sha256, any_value(receipt_no)::varchar as receipt_no, any_value(file_name) as file_name
      from ledger.receipt as receipt
      where
          receipt_no <= ${last}
          and sha256 not in (select sha256 from ledger.erased where what = 'file')
          and receipt_no not in (
              select receipt_no from ledger.problem
              where code in (${NEVER_KEPT.map(quoteLiteral).join(", ")})
          )
      group by receipt.sha256 order by min(receipt_no)`,
    ),
  );
  const faults: string[] = [];
  for (const one of kept) {
    const path = join(paths.archive, one.sha256);
    const isThere = existsSync(path);
    if (isThere && sha256Of(readFileSync(path)) === one.sha256) continue;
    const found = isThere ? "đã bị sửa" : "bị thiếu";
    faults.push(`${nameOf(one)}, nhận với tên ${one.file_name}: ${found}.`);
  }
  return faults;
}

/** Files that were accepted and not erased, in their order; those in an archive or a mail by themselves. */
async function acceptedReceipts(paths: WarehousePaths, proven: number): Promise<Receipt[]> {
  return readLedger(paths, async (connection) => {
    return readRows(
      connection,
      Receipt,
      `select receipt_no::varchar as receipt_no, sha256, file_name,
          strftime(received_at at time zone 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ') as received_at
      from ledger.receipt
      where
          outcome = 'accepted'
          and medium <> 'package'
          and receipt_no > ${proven}
          and sha256 not in (select sha256 from ledger.erased where what = 'file')
      order by receipt.receipt_no`,
    );
  });
}

/** Takes files in once more. @returns for each receipt of the ledger that of the other warehouse */
async function takeAgain(
  paths: WarehousePaths,
  again: WarehousePaths,
  catalogue: Catalogue,
  receipts: readonly Receipt[],
) {
  const taken = new Map<string, string>();
  const faults: string[] = [];
  const unread: string[] = [];
  // a clock may have been put back since
  const recordedAt = new Date(
    Math.max(Date.now(), ...receipts.map(({ received_at }) => Date.parse(received_at))),
  );
  const deliveries = receipts.map(
    ({ sha256, file_name, received_at }): Delivery => ({
      file: file_name,
      content: { path: join(paths.archive, sha256) },
      receivedAt: new Date(received_at),
      recordedAt,
      again: true,
    }),
  );
  const settings = { paths: again, catalogue, isDemonstration: false, softwareVersion: "verify" };
  await withIntake(settings, async ({ ingestAll }) => {
    let index = 0;
    for await (const outcomes of ingestAll(deliveries)) {
      const receipt = receipts[index];
      index += 1;
      if (receipt === undefined) continue;
      const name = nameOf(receipt);
      if (outcomes instanceof Failure) {
        faults.push(`${name}: ${outcomes.message}`);
        continue;
      }
      const [{ outcome, receipt_no, problems }] = outcomes;
      if (outcome === "accepted") taken.set(receipt.receipt_no, String(receipt_no));
      else unread.push(`${name}: ${problems[0]?.found ?? outcome}`);
    }
  });
  return { taken, faults, unread };
}

function nameOf({ receipt_no, sha256 }: Pick<Receipt, "receipt_no" | "sha256">): string {
  return `archive/${sha256} (phiếu số ${receipt_no})`;
}

const Difference = z.object({
  receipt_no: z.string(),
  sha256: z.string(),
  unit: z.string(),
  period: z.string(),
  measure: z.string(),
  area_id: z.number().nullable(),
  place: z.string().nullable(),
  held: z.string().nullable(),
  read: z.string().nullable(),
});

/** Readings of the ledger that are others than those of their file, or in one of both alone. */
async function differences(
  paths: WarehousePaths,
  again: WarehousePaths,
  taken: ReadonlyMap<string, string>,
): Promise<string[]> {
  return readLedger(paths, async (connection) => {
    await attach(connection, again.ledger, "again", { readOnly: true });
    await connection.run(
      `create temp table pair as
      select unnest(from_json($pairs::json, '[{"receipt_no": "bigint", "again_no": "bigint"}]'),
          max_depth := 2)`,
      {
        pairs: JSON.stringify(
          [...taken].map(([receipt_no, again_no]) => ({ receipt_no, again_no })),
        ),
      },
    );
    const found = await readRows(connection, Difference, DIFFERENCES);
    const texts = found.slice(0, MAX_TOLD).map(differenceText);
    const more = found.length - texts.length;
    return more > 0 ? [...texts, `và ${more} số liệu khác nữa không như trong tệp.`] : texts;
  });
}

function differenceText(one: z.infer<typeof Difference>): string {
  const area = one.area_id === null ? "" : ` của địa bàn ${one.area_id}`;
  const place = one.place === null ? "" : `, ${one.place}`;
  return `${nameOf(one)}, ${one.unit} ${one.period}: ${one.measure}${area} là ${one.held ?? "không có"} trong sổ tiếp nhận, ${one.read ?? "không có"} trong tệp${place}.`;
}

/** What a ledger holds of the paired receipts, as a person reads it. */
const readingsOf = (ledger: string, number: "receipt_no" | "again_no") => `
  select
      pair.receipt_no,
      submission.plan_id,
      submission.unit_id,
      submission.unit_code,
      submission.period,
      reading.measure,
      reading.area_id,
      nullif(concat_ws(' ', reading.sheet, reading.cell, 'dòng ' || reading.line), '') as place,
      case reading.state
          when 'reported' then reading.value::varchar
          when 'nil' then 'nil'
          else 'blank'
      end as said
  from ${ledger}.reading as reading
  inner join ${ledger}.submission as submission
      on reading.submission_no = submission.submission_no
  inner join pair
      on submission.receipt_no = pair.${number}`;

const DIFFERENCES = `
  with held as (${readingsOf("ledger", "receipt_no")}),
  read as (${readingsOf("again", "again_no")})
  select
      receipt.receipt_no::varchar as receipt_no,
      receipt.sha256,
      coalesce(held.unit_code, read.unit_code) as unit,
      coalesce(held.period, read.period) as period,
      coalesce(held.measure, read.measure) as measure,
      coalesce(held.area_id, read.area_id) as area_id,
      coalesce(read.place, held.place) as place,
      held.said as held,
      read.said as read
  from held
  full join read
      on held.receipt_no = read.receipt_no
      and held.plan_id = read.plan_id
      and held.unit_id = read.unit_id
      and held.period = read.period
      and held.measure = read.measure
      and held.area_id is not distinct from read.area_id
  inner join ledger.receipt as receipt
      on coalesce(held.receipt_no, read.receipt_no) = receipt.receipt_no
  where held.said is distinct from read.said or held.place is distinct from read.place
  order by receipt.receipt_no, period, measure, area_id`;
