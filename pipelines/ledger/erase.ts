import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { hasPhrase } from "../persons/spoken-text.ts";
import { WITHIN } from "../readers/received-file.ts";
import { Failure } from "../vocabulary/failure.ts";
import { DATA_FORMATS, FILE_FORMATS } from "../vocabulary/file-formats.ts";
import { readRows, readValues, WholeNumber } from "../warehouse/connection.ts";
import { sha256Of } from "../warehouse/files.ts";
import { type WarehousePaths, warehousePaths } from "../warehouse/paths.ts";
import { quoteLiteral } from "../warehouse/sql.ts";
import { BACKUP_RECORD, BackupRecord } from "./backup.ts";
import { lastEntry, nextNumber, recordingMoment } from "./entry.ts";
import {
  type Looked,
  partsWithout,
  textsOf,
  type WrittenText,
  withoutTexts,
} from "./entry-texts.ts";
import { orderErasure } from "./erasure-order.ts";
import {
  digestOf,
  type Entry,
  entryFile,
  entryText,
  JOURNAL_SCHEMA,
  listEntries,
  type Row,
  readEntry,
} from "./journal.ts";
import { checkJournal } from "./journal-check.ts";
import { withLedger } from "./ledger.ts";
import { rebuildLedger } from "./rebuild.ts";
import type { Recording } from "./recorded-acts.ts";

/** What is to be erased. */
export interface Wanted {
  /** Receipts whose files are removed, with every text written in them. */
  readonly receipts: readonly number[];
  /** Texts that are removed wherever they occur exactly, with the files that they came in. */
  readonly texts: readonly string[];
  /** Words, such as a name: every text that contains them is removed, whatever its case. */
  readonly phrases: readonly string[];
}

export interface ErasureRequest extends Wanted, Recording {
  readonly paths: WarehousePaths;
  /** Name of whoever erases, and why; both stay in the journal. */
  readonly erasedBy: string;
  readonly reason: string;
  /** Called once it will be carried out whatever happens. */
  readonly onOrdered?: () => Promise<void>;
}

/** What an erasure takes away. */
export interface Erasure {
  /** Received files, with the number of the receipt. */
  readonly files: readonly { readonly receipt_no: number; readonly sha256: string }[];
  /** The texts that are removed, each once, where single texts were looked for. */
  readonly written: readonly WrittenText[];
  /** How many texts in the journal are removed. */
  readonly texts: number;
  /** File names of the journal entries that change. */
  readonly entries: readonly string[];
  /** Published versions that lose something, with the files that are removed. */
  readonly versions: readonly {
    readonly plan_id: string;
    readonly period: string;
    readonly version: number;
    readonly files: readonly string[];
  }[];
}

/** An erasure that can be ordered. */
interface Plan {
  readonly erasure: Erasure;
  readonly changed: readonly ChangedEntry[];
  readonly published: readonly PublishedFile[];
  readonly touched: readonly string[];
  readonly replies: readonly string[];
}

interface ChangedEntry {
  readonly file: string;
  readonly was: string;
  readonly entry: Entry;
  /** Parquet files of it, each by the query that yields it without the texts. */
  readonly parts: ReadonlyMap<string, string>;
}

/** Whether nothing would be removed. */
export function isNothing({ files, texts }: Pick<Erasure, "files" | "texts">): boolean {
  return files.length === 0 && texts === 0;
}

/**
 * What would be removed; possibly nothing.
 * @throws Failure when a receipt is not there, or the journal is not whole
 */
export async function plannedErasure(paths: WarehousePaths, wanted: Wanted): Promise<Erasure> {
  return withLedger(
    paths,
    async (connection) => (await planErasure(connection, paths, wanted)).erasure,
  );
}

/**
 * The texts in the journal by which something can be meant, each once.
 * @throws Failure when the journal cannot be read
 */
export async function writtenTexts(
  paths: WarehousePaths,
  isMeant: (text: string) => boolean,
): Promise<WrittenText[]> {
  return withLedger(paths, (connection) => textsIn(connection, paths, isMeant));
}

/**
 * Takes files and texts out of archive, journal and ledger for good. What stays is their digests, who
 * erased them, when and why, as an entry of the journal; figures stay. The chain of the journal stays
 * whole: the entry says with which digest each entry that it changed was written. The marts are taken
 * away, and have to be built again.
 * @throws Failure when nothing is meant by it, or the journal is not whole; nothing is erased then
 */
export async function erase(request: ErasureRequest): Promise<Erasure> {
  const { paths } = request;
  const erasure = await withLedger(paths, async (connection) => {
    const plan = await planErasure(connection, paths, request);
    if (isNothing(plan.erasure)) {
      throw new Failure("Không có nội dung nào như vậy trong kho dữ liệu. Chưa xóa gì.", {
        exitCode: 2,
      });
    }
    await order(connection, request, plan);
    return plan.erasure;
  });
  await request.onOrdered?.();
  await rebuildLedger(paths, { replace: false });
  return erasure;
}

async function planErasure(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  wanted: Wanted,
): Promise<Plan> {
  const { faults } = await checkJournal(connection, paths);
  if (faults.length > 0) throw new Failure(faults.join("\n"));
  const isOfTexts = wanted.texts.length + wanted.phrases.length > 0;
  const found = isOfTexts ? await textsIn(connection, paths, meaning(wanted)) : [];
  const written = [...new Set(found.map((one) => one.text))];
  const meant = await meantReceipts(connection, { receipts: wanted.receipts, texts: written });
  const ofWhole = <Shape extends z.ZodType>(shape: Shape, column: string, table: string) => {
    const sql = `select distinct ${column} from ledger.${table} where receipt_no in ${NUMBERS}`;
    return readValues(connection, shape, sql, { numbers: JSON.stringify(meant.whole) });
  };
  const looked: Looked = {
    texts: new Set(written),
    receipts: new Set(meant.whole),
    submissions: new Set(await ofWhole(WholeNumber, "submission_no", "submission")),
    withFiles: new Set(meant.files.map(({ receipt_no }) => receipt_no)),
    found: new Set(await ofWhole(z.string(), "found", "problem")),
  };
  let texts = 0;
  const changed: ChangedEntry[] = [];
  const touched = new Map<string, Set<string>>();
  for (const { file } of await listEntries(paths)) {
    const { entry, sha256 } = await readEntry(paths, file);
    const without = withoutTexts(entry, looked, touched);
    const parts = await partsWithout(connection, paths, entry, looked);
    const count = without.count + parts.count;
    if (count === 0) continue;
    texts += count;
    changed.push({
      file,
      was: sha256,
      entry: { ...entry, rows: without.rows },
      parts: parts.queries,
    });
  }
  const published = await publishedWith(connection, touched);
  return {
    erasure: {
      files: meant.files,
      written: found,
      texts,
      entries: changed.map(({ file }) => file),
      versions: await versionsOf(connection, [...touched.keys()], published),
    },
    changed,
    published,
    touched: [...touched.keys()],
    replies: await repliesTo(paths, [
      ...meant.files.map(({ receipt_no }) => receipt_no),
      // the name of a reply has that of the file
      ...(await receiptsNamed(connection, written)),
    ]),
  };
}

/** Which texts are meant. */
export function meaning({
  texts,
  phrases,
}: Pick<Wanted, "texts" | "phrases">): (text: string) => boolean {
  return (text) => texts.includes(text) || phrases.some((phrase) => hasPhrase(text, phrase));
}

/** The texts that are meant, each once. */
async function textsIn(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  isMeant: (text: string) => boolean,
): Promise<WrittenText[]> {
  const found = new Map<string, WrittenText>();
  for (const { file } of await listEntries(paths)) {
    const { entry } = await readEntry(paths, file);
    for (const one of await textsOf(connection, paths, entry)) {
      const key = JSON.stringify(one);
      if (!found.has(key) && isMeant(one.text)) found.set(key, one);
    }
  }
  return [...found.values()];
}

async function receiptsNamed(
  connection: DuckDBConnection,
  texts: readonly string[],
): Promise<number[]> {
  return readValues(
    connection,
    WholeNumber,
    `select receipt_no from ledger.receipt where file_name in ${STRINGS}`,
    { texts: JSON.stringify(texts) },
  );
}

const NUMBERS = `(select unnest(from_json($numbers::json, '["bigint"]')))`;
const STRINGS = `(select unnest(from_json($texts::json, '["varchar"]')))`;

/**
 * The receipts whose files must be removed: those asked for, those that came with a text, and each
 * archive or mail that contained such a file. `whole`: those that lose every text.
 */
async function meantReceipts(
  connection: DuckDBConnection,
  { receipts, texts }: Pick<Wanted, "receipts" | "texts">,
): Promise<{ files: { receipt_no: number; sha256: string }[]; whole: number[] }> {
  const known = await readValues(
    connection,
    WholeNumber,
    `select receipt_no from ledger.receipt where receipt_no in ${NUMBERS}`,
    { numbers: JSON.stringify(receipts) },
  );
  const missing = receipts.filter((one) => !known.includes(one));
  if (missing.length > 0) {
    throw new Failure(`Không có phiếu số ${missing.join(", ")}. Chưa xóa gì.`, {
      exitCode: 2,
    });
  }
  const rows = await readRows(
    connection,
    z.object({ receipt_no: WholeNumber, sha256: z.string(), is_whole: z.boolean() }),
    `with wanted as (
        -- the same bytes, whenever they came, and what came in an archive that is wanted
        select distinct same.receipt_no, same.sha256, same.received_at, same.file_name
        from ledger.receipt as one
        inner join ledger.receipt as same
            on one.sha256 = same.sha256
            or (
                one.medium = 'package'
                and one.received_at = same.received_at
                and starts_with(same.file_name, one.file_name || $within)
            )
        where one.receipt_no in ${NUMBERS}
    ),
    with_text as (
        select receipt.receipt_no, receipt.sha256, receipt.received_at, receipt.file_name
        from ledger.receipt as receipt
        -- the same bytes, whenever they came: once more within an archive, too
        where receipt.sha256 in (
            select one.sha256
            from ledger.receipt as one
            where one.receipt_no in (
                select submission.receipt_no
                from ledger.reading as reading
                inner join ledger.submission as submission
                    on reading.submission_no = submission.submission_no
                where reading.note in ${STRINGS}
                union all
                select submission.receipt_no
                from ledger.submission as submission
                where submission.difficulties in ${STRINGS} or submission.proposals in ${STRINGS}
                union all
                select held.receipt_no from ledger.held_text as held where held.said in ${STRINGS}
                union all
                select problem.receipt_no
                from ledger.problem as problem
                where problem.found in ${STRINGS} or problem.remedy in ${STRINGS}
            )
        )
    ),
    meant as (
        select *, true as is_whole from wanted
        union all
        select *, false as is_whole from with_text
    ),
    packed as (
        select package.receipt_no, package.sha256, false as is_whole
        from ledger.receipt as package
        inner join meant
            on package.received_at = meant.received_at
            and starts_with(meant.file_name, package.file_name || $within)
        where package.medium = 'package'
    )
    select receipt_no, sha256, bool_or(is_whole) as is_whole
    from (
        select receipt_no, sha256, is_whole from meant
        union all
        from packed
    )
    group by receipt_no, sha256
    order by receipt_no`,
    { numbers: JSON.stringify(receipts), texts: JSON.stringify(texts), within: WITHIN },
  );
  const gone = await readValues(
    connection,
    z.string(),
    "select sha256 from ledger.erased where what = 'file'",
  );
  return {
    files: rows
      .filter(({ sha256 }) => !gone.includes(sha256))
      .map(({ receipt_no, sha256 }) => ({ receipt_no, sha256 })),
    whole: rows.filter(({ is_whole }) => is_whole).map(({ receipt_no }) => receipt_no),
  };
}

interface PublishedFile {
  readonly publication_no: string;
  readonly name: string;
  readonly sha256: string;
}

/** Files that contain figures and no written text. */
const FIGURES_ALONE: readonly string[] = DATA_FORMATS.map(
  (format) => FILE_FORMATS[format].mediaType,
);

/**
 * Published files that may contain what was removed from their rows: neither files of figures alone,
 * nor files whose bytes were also published where nothing was removed.
 */
async function publishedWith(
  connection: DuckDBConnection,
  touched: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<PublishedFile[]> {
  const rows = await readRows(
    connection,
    z.object({
      publication_no: z.string(),
      audience: z.string(),
      name: z.string(),
      media_type: z.string(),
      sha256: z.string(),
    }),
    "from ledger.publication_file order by publication_no, audience, file_no",
  );
  const isTouched = (one: (typeof rows)[number]): boolean =>
    !FIGURES_ALONE.includes(one.media_type) &&
    (touched.get(one.publication_no)?.has(one.audience) ?? false);
  const elsewhere = new Set(rows.filter((one) => !isTouched(one)).map(({ sha256 }) => sha256));
  return rows.filter((one) => isTouched(one) && !elsewhere.has(one.sha256));
}

async function versionsOf(
  connection: DuckDBConnection,
  touched: readonly string[],
  published: readonly PublishedFile[],
): Promise<Erasure["versions"]> {
  const rows = await readRows(
    connection,
    z.object({
      publication_no: z.string(),
      plan_id: z.string(),
      period: z.string(),
      version: z.int(),
    }),
    "select publication_no, plan_id, period, version from ledger.publication order by all",
  );
  return rows
    .filter(({ publication_no }) => touched.includes(publication_no))
    .map(({ publication_no, ...one }) => ({
      ...one,
      files: published
        .filter((file) => file.publication_no === publication_no)
        .map(({ name }) => name),
    }));
}

/** Replies quote what was found: `<date>-<receipt>-<name>`. */
async function repliesTo(paths: WarehousePaths, receipts: readonly number[]): Promise<string[]> {
  if (!existsSync(paths.replies)) return [];
  const names = await readdir(paths.replies);
  return names.filter((name) => {
    const [, receiptNo] = /^\d{4}-\d{2}-\d{2}-(\d+)-/.exec(name) ?? [];
    return receiptNo !== undefined && receipts.includes(Number(receiptNo));
  });
}

/** Records the erasure with its journal entry; from then on it is carried out. */
async function order(
  connection: DuckDBConnection,
  request: ErasureRequest,
  plan: Plan,
): Promise<void> {
  const { paths, erasedBy, reason, softwareVersion, by } = request;
  const last = await lastEntry(connection);
  const entryNo = (last?.entryNo ?? 0) + 1;
  const next = await nextNumber(connection, "erasure");
  const moment = await recordingMoment(connection, request.recordedAt);
  const files = [
    ...new Map(plan.erasure.files.map(({ sha256 }) => [sha256, null])),
    ...plan.published.map(({ sha256, publication_no }): [string, string] => [
      sha256,
      publication_no,
    ]),
  ];
  const own = entryFile(entryNo, "erasure");
  const parts = plan.changed.flatMap((one) => [...one.parts.keys()]);
  const entries = [...parts, ...plan.changed.map(({ file }) => file), own];
  await orderErasure(
    paths,
    { entries, files: files.map(([sha256]) => sha256), replies: [...plan.replies] },
    async (folder) => {
      const changed: Row[] = [];
      for (const one of plan.changed) {
        const written = await writeChanged(connection, folder, one);
        changed.push({
          erasure_no: next,
          what: "entry",
          sha256: one.was,
          entry_file: one.file,
          now_sha256: written,
        });
      }
      const entry: Entry = {
        schema: JOURNAL_SCHEMA,
        entry_no: entryNo,
        kind: "erasure",
        previous: last?.sha256 ?? null,
        clock: request.recordedAt.toISOString(),
        by,
        rows: {
          erasure: [
            {
              erasure_no: next,
              erased_by: erasedBy,
              reason,
              recorded_at: moment.toISOString(),
              software_version: softwareVersion,
            },
          ],
          erased: [
            ...files.map(([sha256, publication_no]) => ({
              erasure_no: next,
              what: "file",
              sha256,
              publication_no,
            })),
            ...changed,
            ...plan.touched.map((publication_no) => ({
              erasure_no: next,
              what: "version",
              publication_no,
            })),
          ],
        },
        parts: [],
      };
      await writeFile(join(folder, own), entryText(entry));
    },
  );
}

/** @returns the digest of the entry as it is now */
async function writeChanged(
  connection: DuckDBConnection,
  folder: string,
  { file, entry, parts }: ChangedEntry,
): Promise<string> {
  const digests = new Map<string, string>();
  for (const [part, query] of parts) {
    const written = join(folder, part);
    await connection.run(`copy (${query}\n) to ${quoteLiteral(written)} (format parquet)`);
    digests.set(part, await digestOf(written));
  }
  const text = entryText({
    ...entry,
    parts: entry.parts.map((part) => ({
      ...part,
      sha256: digests.get(part.file) ?? part.sha256,
    })),
  });
  await writeFile(join(folder, file), text);
  return sha256Of(text);
}

/**
 * Copies of what was erased that lie elsewhere: backups that were made of the warehouse, and what
 * commands have put aside in it. Nothing is changed in them.
 * @param folders where backups are kept
 * @param isInDesk whether what the desk kept, in a backup, says it
 * @returns their paths
 */
export async function copiesOf(
  paths: WarehousePaths,
  { files, entries }: Pick<Erasure, "files" | "entries">,
  folders: readonly string[],
  isInDesk: (desk: string) => Promise<boolean>,
): Promise<string[]> {
  const gone = new Set([
    ...files.map(({ sha256 }) => `archive/${sha256}`),
    ...entries.map((file) => `archive/entries/${file}`),
  ]);
  const found: string[] = [];
  for (const folder of folders) {
    for (const name of (await readdir(folder).catch((): string[] => [])).sort()) {
      const text = await readFile(join(folder, name, BACKUP_RECORD), "utf8").catch(() => null);
      if (text === null) continue;
      const record = BackupRecord.pick({ files: true }).safeParse(JSON.parse(text));
      const isHeld = record.success && record.data.files.some(({ path }) => gone.has(path));
      const backup = join(folder, name);
      if (isHeld || (await isInDesk(warehousePaths(backup).desk))) found.push(backup);
    }
  }
  return [...found, ...(await putAside(paths))];
}

/** What rebuilding and restoring have put aside in a warehouse. */
export async function putAside({ folder }: WarehousePaths): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names
    .filter((name) => /^(ledger-\d+\.duckdb|entries-\d+-|before-restore-)/.test(name))
    .sort()
    .map((name) => join(folder, name));
}
