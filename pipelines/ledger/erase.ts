import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { WITHIN } from "../readers/package-reader.ts";
import { Failure } from "../vocabulary/failure.ts";
import { readRow, readRows, WholeNumber } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { quoteLiteral } from "../warehouse/sql.ts";
import { lastEntry, recordingMoment } from "./entry.ts";
import { ERASED } from "./erasure.ts";
import { orderErasure } from "./erasure-order.ts";
import {
  type Actor,
  digestOf,
  type Entry,
  entryFile,
  entryText,
  JOURNAL_SCHEMA,
  listEntries,
  type Row,
  readEntry,
  sha256OfText,
} from "./journal.ts";
import { checkJournal } from "./journal-check.ts";
import { withLedger } from "./ledger.ts";
import { rebuildLedger } from "./rebuild.ts";

/** What is to be erased. */
export interface Wanted {
  /** Receipts whose files go, with every text that was written in them. */
  readonly receipts: readonly number[];
  /** Texts that go wherever they stand, letter by letter, with the files that they came in. */
  readonly texts: readonly string[];
}

export interface ErasureRequest extends Wanted {
  readonly paths: WarehousePaths;
  /** Name of whoever erases, and why; both stay in the journal. */
  readonly erasedBy: string;
  readonly reason: string;
  readonly recordedAt: Date;
  readonly softwareVersion: string;
  /** Who caused it, and by which way. */
  readonly by?: Actor;
  /** Called once it will be carried out whatever happens. */
  readonly onOrdered?: () => Promise<void>;
}

/** What an erasure takes away. */
export interface Erasure {
  /** Received files, with the number of the receipt. */
  readonly files: readonly { readonly receipt_no: number; readonly sha256: string }[];
  /** How often a text stands in the journal that is taken out of it. */
  readonly texts: number;
  /** Entries of the journal that are another one afterwards, by the names of their files. */
  readonly entries: readonly string[];
  /** Versions of which something is taken out, with the files that go. */
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

/**
 * What would go.
 * @throws Failure when nothing is meant by it, or the journal is not whole
 */
export async function plannedErasure(paths: WarehousePaths, wanted: Wanted): Promise<Erasure> {
  return withLedger(
    paths,
    async (connection) => (await planErasure(connection, paths, wanted)).erasure,
  );
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
    await order(connection, request, plan);
    return plan.erasure;
  });
  await request.onOrdered?.();
  await rebuildLedger(paths, { replace: false });
  return erasure;
}

/** What is looked for in the journal. */
interface Looked {
  readonly texts: ReadonlySet<string>;
  /** Receipts and submissions all of whose texts go. */
  readonly receipts: ReadonlySet<number>;
  readonly submissions: ReadonlySet<number>;
  /** Receipts whose files go: what was told of them may quote a text. */
  readonly withFiles: ReadonlySet<number>;
  /** What their problems said, which versions may say too. */
  readonly found: ReadonlySet<string>;
}

async function planErasure(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  wanted: Wanted,
): Promise<Plan> {
  const { faults } = await checkJournal(connection, paths);
  if (faults.length > 0) throw new Failure(faults.join("\n"));
  const meant = await meantReceipts(connection, wanted);
  const looked: Looked = {
    texts: new Set(wanted.texts),
    receipts: new Set(meant.whole),
    submissions: new Set(await submissionsOf(connection, meant.whole)),
    withFiles: new Set(meant.files.map(({ receipt_no }) => receipt_no)),
    found: new Set(await problemsOf(connection, meant.whole)),
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
  if (meant.files.length === 0 && texts === 0) {
    throw new Failure("Nothing of it stands in the warehouse. Nothing was erased.", {
      exitCode: 2,
    });
  }
  const published = await publishedWith(connection, touched);
  return {
    erasure: {
      files: meant.files,
      texts,
      entries: changed.map(({ file }) => file),
      versions: await versionsOf(connection, [...touched.keys()], published),
    },
    changed,
    published,
    touched: [...touched.keys()],
    replies: await repliesTo(
      paths,
      meant.files.map(({ receipt_no }) => receipt_no),
    ),
  };
}

const NUMBERS = `(select unnest(from_json($numbers::json, '["bigint"]')))`;
const STRINGS = `(select unnest(from_json($texts::json, '["varchar"]')))`;

/**
 * The receipts whose files have to go: those that are wanted, those that came with a text, and each
 * archive or mail that such a file came in. `whole` are those of which every text goes.
 */
async function meantReceipts(
  connection: DuckDBConnection,
  { receipts, texts }: Wanted,
): Promise<{ files: { receipt_no: number; sha256: string }[]; whole: number[] }> {
  const known = await readRows(
    connection,
    z.object({ receipt_no: WholeNumber }),
    `select receipt_no from ledger.receipt where receipt_no in ${NUMBERS}`,
    { numbers: JSON.stringify(receipts) },
  );
  const missing = receipts.filter((one) => known.every(({ receipt_no }) => receipt_no !== one));
  if (missing.length > 0) {
    throw new Failure(`There is no receipt ${missing.join(", ")}. Nothing was erased.`, {
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
        where receipt.receipt_no in (
            select submission.receipt_no
            from ledger.reading as reading
            inner join ledger.submission as submission
                on reading.submission_no = submission.submission_no
            where reading.note in ${STRINGS}
            union all
            select held.receipt_no from ledger.held_text as held where held.said in ${STRINGS}
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
  const gone = await readRows(
    connection,
    z.object({ sha256: z.string() }),
    "select sha256 from ledger.erased where what = 'file'",
  );
  return {
    files: rows
      .filter(({ sha256 }) => gone.every((one) => one.sha256 !== sha256))
      .map(({ receipt_no, sha256 }) => ({ receipt_no, sha256 })),
    whole: rows.filter(({ is_whole }) => is_whole).map(({ receipt_no }) => receipt_no),
  };
}

async function submissionsOf(
  connection: DuckDBConnection,
  receipts: readonly number[],
): Promise<number[]> {
  const rows = await readRows(
    connection,
    z.object({ submission_no: WholeNumber }),
    `select submission_no from ledger.submission where receipt_no in ${NUMBERS}`,
    { numbers: JSON.stringify(receipts) },
  );
  return rows.map(({ submission_no }) => submission_no);
}

async function problemsOf(
  connection: DuckDBConnection,
  receipts: readonly number[],
): Promise<string[]> {
  const rows = await readRows(
    connection,
    z.object({ found: z.string() }),
    `select distinct found from ledger.problem where receipt_no in ${NUMBERS}`,
    { numbers: JSON.stringify(receipts) },
  );
  return rows.map(({ found }) => found);
}

/**
 * The rows of an entry without the texts.
 * @param touched takes up which versions had one, and for which audiences
 * @returns how many texts were taken out
 */
function withoutTexts(
  { rows }: Entry,
  looked: Looked,
  touched: Map<string, Set<string>>,
): { rows: Entry["rows"]; count: number } {
  const { texts, receipts, submissions, withFiles } = looked;
  let count = 0;
  const blank = (row: Row, column: string, by: string | null): Row => {
    count += 1;
    return { ...row, [column]: by };
  };
  const isText = (value: unknown): boolean => typeof value === "string" && texts.has(value);
  const quotes = (value: unknown): boolean =>
    typeof value === "string" && [...texts].some((text) => value.includes(text));
  const made: Entry["rows"] = { ...rows };
  if (rows.reading) {
    made.reading = rows.reading.map((row) =>
      row.note && (submissions.has(Number(row.submission_no)) || isText(row.note))
        ? blank(row, "note", null)
        : row,
    );
  }
  if (rows.held_text) {
    made.held_text = rows.held_text.filter(
      (row) => !(receipts.has(Number(row.receipt_no)) || isText(row.said)),
    );
    count += rows.held_text.length - made.held_text.length;
  }
  if (rows.problem) {
    made.problem = rows.problem.map((row) => {
      const isMeant = receipts.has(Number(row.receipt_no));
      const mayQuote = withFiles.has(Number(row.receipt_no));
      return ["found", "remedy"].reduce(
        (one, column) =>
          one[column] !== ERASED && (isMeant || (mayQuote && quotes(one[column])))
            ? blank(one, column, ERASED)
            : one,
        row,
      );
    });
  }
  if (rows.receipt) {
    made.receipt = rows.receipt.map((row) =>
      isText(row.file_name) ? blank(row, "file_name", ERASED) : row,
    );
  }
  if (rows.acknowledgement) {
    made.acknowledgement = rows.acknowledgement.map((row) =>
      isText(row.reason) ? blank(row, "reason", ERASED) : row,
    );
  }
  if (rows.explanation) {
    made.explanation = rows.explanation.map((row) =>
      isText(row.said) ? blank(row, "said", ERASED) : row,
    );
  }
  const touch = (row: Row, audiences: readonly string[]): void => {
    const key = String(row.publication_no);
    touched.set(key, new Set([...(touched.get(key) ?? []), ...audiences]));
  };
  if (rows.publication) {
    made.publication = rows.publication.map((row) => {
      if (!isText(row.reason)) return row;
      touch(row, ["shared", "city", "superior"]);
      return blank(row, "reason", ERASED);
    });
  }
  if (rows.publication_row) {
    made.publication_row = rows.publication_row.map((row) => {
      const said = String(row.content);
      const isShared = said.includes('"audience":"shared"');
      const content = contentWithout(said, looked, isShared);
      if (content === said) return row;
      touch(row, isShared ? ["shared", "city", "superior"] : ["city", "superior"]);
      return blank(row, "content", content);
    });
  }
  return { rows: made, count };
}

/** The JSON of a version's row without the texts; what is no text stays letter by letter. */
function contentWithout(content: string, { texts, found }: Looked, isShared: boolean): string {
  const pairs: [column: string, said: Iterable<string>, by: string | null][] = [
    // of a reason that is not released the row derived again has none for everybody
    ["acknowledged_reason", texts, isShared ? null : ERASED],
    ["file_name", texts, ERASED],
    ["found", [...found, ...texts], ERASED],
  ];
  let made = content;
  for (const [column, said, by] of pairs) {
    for (const text of said) {
      made = made.replaceAll(
        `"${column}":${JSON.stringify(text)}`,
        () => `"${column}":${JSON.stringify(by)}`,
      );
    }
  }
  return made;
}

/** The Parquet files of an entry that hold texts: only readings have such. */
async function partsWithout(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  entry: Entry,
  { texts, submissions }: Looked,
): Promise<{ queries: Map<string, string>; count: number }> {
  const queries = new Map<string, string>();
  let count = 0;
  for (const { table, file } of entry.parts.filter((part) => part.table === "reading")) {
    const from = `read_parquet(${quoteLiteral(join(paths.entries, file))})`;
    const isMeant = `note is not null and (
        submission_no in (select unnest(${listOf([...submissions].map(String))}::bigint[]))
        or note in (select unnest(${listOf([...texts].map(quoteLiteral))}::varchar[]))
    )`;
    const { rows } = await readRow(
      connection,
      z.object({ rows: WholeNumber }),
      `select count(*) as rows from ${from} where ${isMeant}`,
    );
    if (rows === 0) continue;
    count += rows;
    queries.set(
      file,
      `select * replace (if(${isMeant}, null, note) as note) from ${from} -- ${table}`,
    );
  }
  return { queries, count };
}

function listOf(values: readonly string[]): string {
  return `[${values.join(", ")}]`;
}

interface PublishedFile {
  readonly publication_no: string;
  readonly name: string;
  readonly sha256: string;
}

/**
 * The files of versions that may say what was taken out of their rows: not one of which the same bytes
 * were published where nothing was.
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
      sha256: z.string(),
    }),
    "from ledger.publication_file order by publication_no, audience, file_no",
  );
  const isTouched = (one: (typeof rows)[number]): boolean =>
    touched.get(one.publication_no)?.has(one.audience) ?? false;
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

/** Writes down what is to be done, with the entry that says so; from then on it is done. */
async function order(
  connection: DuckDBConnection,
  request: ErasureRequest,
  plan: Plan,
): Promise<void> {
  const { paths, erasedBy, reason, softwareVersion, by } = request;
  const last = await lastEntry(connection);
  const entryNo = (last?.entryNo ?? 0) + 1;
  const { next } = await readRow(
    connection,
    z.object({ next: WholeNumber }),
    "select coalesce(max(erasure_no), 0) + 1 as next from ledger.erasure",
  );
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
        ...(by === undefined ? {} : { by }),
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
  return sha256OfText(text);
}

const BackedUp = z.object({ files: z.array(z.object({ path: z.string(), sha256: z.string() })) });

/**
 * Copies of what was erased that lie elsewhere: backups that were made of the warehouse, and what
 * commands have put aside in it. Nothing is changed in them.
 * @param folders where backups are kept
 * @returns their paths
 */
export async function copiesOf(
  paths: WarehousePaths,
  { files, entries }: Pick<Erasure, "files" | "entries">,
  folders: readonly string[],
): Promise<string[]> {
  const gone = new Set([
    ...files.map(({ sha256 }) => `archive/${sha256}`),
    ...entries.map((file) => `archive/entries/${file}`),
  ]);
  const found: string[] = [];
  for (const folder of folders) {
    for (const name of (await readdir(folder).catch((): string[] => [])).sort()) {
      const text = await readFile(join(folder, name, "backup.json"), "utf8").catch(() => null);
      if (text === null) continue;
      const record = BackedUp.safeParse(JSON.parse(text));
      if (record.success && record.data.files.some(({ path }) => gone.has(path))) {
        found.push(join(folder, name));
      }
    }
  }
  const aside = /^(ledger-\d+\.duckdb|entries-\d+-|before-restore-)/;
  const names = await readdir(paths.folder).catch((): string[] => []);
  return [
    ...found,
    ...names.filter((name) => aside.test(name)).map((name) => join(paths.folder, name)),
  ];
}
