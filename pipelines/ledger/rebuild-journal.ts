import { existsSync } from "node:fs";
import { link, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { officeTime } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import {
  attach,
  readRows,
  spillingInto,
  WholeNumber,
  withConnection,
} from "../warehouse/connection.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { moveFile, sha256Of, syncPath } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { uniqueName } from "../warehouse/random.ts";
import { quoteLiteral } from "../warehouse/sql.ts";
import { readingFailure, readThrough } from "./damage.ts";
import { erasuresOf } from "./erasure.ts";
import {
  digestOf,
  type Entry,
  entryFile,
  entryOf,
  entryText,
  type JournaledTable,
  JournalFault,
  type KeptEntry,
  listEntries,
  type Part,
} from "./journal.ts";
import { hasEveryColumn } from "./ledger-tables.ts";
import { inTransaction, ledgerFailure } from "./transaction.ts";

/** What became of the journal. */
export interface JournalRebuilding {
  /** `equal`: it holds what the ledger holds and stays. `written`: it was made again. */
  readonly result: "equal" | "written";
  /** Where the previous journal was moved; null where there was none or it stays. */
  readonly aside: string | null;
  readonly entries: number;
  /** Files that were missing or differed, or did not belong to it. */
  readonly mended: readonly string[];
}

const CONTENT = z.object({
  entry_no: WholeNumber,
  kind: z.string(),
  sha256: z.string(),
  content: z.string(),
});

/**
 * The entries of the ledger that is attached as `ledger`, as its journal had them.
 * @returns null where one is missing or is not as it was written
 */
export async function entriesOfLedger(connection: DuckDBConnection): Promise<KeptEntry[] | null> {
  const rows = await readRows(
    connection,
    CONTENT,
    "select entry_no, kind, sha256, content from ledger.entry order by entry_no",
  );
  const entries = rows.map(({ content }) => entryOf(content));
  const erasures = erasuresOf(entries.filter((entry) => entry !== null));
  const kept: KeptEntry[] = [];
  let previous: string | null = null;
  for (const [index, { entry_no, sha256, content }] of rows.entries()) {
    const entry = entries[index] ?? null;
    const isNext = entry_no === kept.length + 1 && entry?.entry_no === entry_no;
    if (!isNext || entry.previous !== previous || sha256Of(content) !== sha256) return null;
    kept.push({ entry, content, sha256 });
    previous = erasures.linkOf(entry, sha256);
  }
  return kept;
}

/**
 * What is wrong with the journal, with what mends it: the ledger that is attached as `ledger`, where
 * it holds every entry, else a backup.
 */
export async function withRemedy(connection: DuckDBConnection, error: unknown): Promise<unknown> {
  if (!(error instanceof JournalFault)) return error;
  const entries = await entriesOfLedger(connection).catch(() => null);
  const isHeld = entries !== null && entries.length > 0;
  const remedy = isHeld
    ? "Sổ tiếp nhận có đủ mọi mục: chitieu rebuild --journal ghi lại nhật ký từ đó."
    : "chitieu restore BẢN_SAO khôi phục bản sao lưu gần nhất.";
  return new Failure(`${error.message} ${remedy}`, { cause: error });
}

/**
 * Writes the journal again from the ledger: letter by letter where its entries are as they were. The
 * journal that was there lies beside the warehouse's files afterwards. Entries that a kill kept from
 * the ledger stay.
 * @throws Failure when the ledger is not there, is held, or is itself not whole; nothing is changed
 */
export async function rebuildJournal(paths: WarehousePaths): Promise<JournalRebuilding> {
  if (!existsSync(paths.ledger)) {
    throw new Failure(`Không có ${paths.ledger} để ghi lại nhật ký.`);
  }
  return withConnection(async (connection) => {
    const held = await entriesOfWholeLedger(connection, paths);
    const made = join(paths.archive, `.entries-${uniqueName()}`);
    try {
      await mkdir(made, { recursive: true });
      const mended: string[] = [];
      const entries: KeptEntry[] = [];
      for (const [index, one] of held.entries()) {
        const before = entries.at(-1);
        // what an erasure changed is named by the entry after it as it was written
        const isAsHeld = before?.sha256 === held[index - 1]?.sha256;
        const previous = isAsHeld ? one.entry.previous : (before?.sha256 ?? null);
        entries.push(await writeAgain(connection, paths, { made, one, previous, mended }));
      }
      const others = await unheldFiles(paths, entries);
      for (const name of others.following) await link(join(paths.entries, name), join(made, name));
      mended.push(...others.strange);
      if (mended.length === 0) {
        return { result: "equal" as const, aside: null, entries: entries.length, mended };
      }
      await syncPath(made);
      const aside = await swap(paths, made);
      await noteDigests(connection, paths, held, entries);
      return { result: "written" as const, aside, entries: entries.length, mended };
    } catch (error) {
      const failure = ledgerFailure(error, paths);
      throw failure instanceof Failure ? failure : fileFailure(error, "Không ghi được nhật ký");
    } finally {
      await rm(made, { recursive: true, force: true });
    }
  }, spillingInto(paths));
}

async function entriesOfWholeLedger(
  connection: DuckDBConnection,
  paths: WarehousePaths,
): Promise<KeptEntry[]> {
  try {
    await attach(connection, paths.ledger, "ledger");
    if (!(await hasEveryColumn(connection))) {
      throw new Failure(
        `${paths.ledger} do bản chitieu cũ hơn lập, không lưu các mục nhật ký. chitieu restore BẢN_SAO khôi phục bản sao lưu gần nhất.`,
      );
    }
    await readThrough(connection);
  } catch (error) {
    throw readingFailure(error, paths);
  }
  const entries = await entriesOfLedger(connection);
  if (entries !== null && entries.length > 0) return entries;
  throw new Failure(
    `${paths.ledger} không có đủ mọi mục như khi ghi nên không dựng được nhật ký. chitieu restore BẢN_SAO khôi phục bản sao lưu gần nhất.`,
  );
}

interface Writing {
  /** The folder of the journal that is being made. */
  readonly made: string;
  readonly one: KeptEntry;
  /** The digest by which it names the entry before. */
  readonly previous: string | null;
  readonly mended: string[];
}

/** Puts an entry and its Parquet files into the journal that is being made. */
async function writeAgain(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  { made, one, previous, mended }: Writing,
): Promise<KeptEntry> {
  const parts: Part[] = [];
  for (const part of one.entry.parts) {
    const path = join(paths.entries, part.file);
    if ((await digestOf(path).catch(() => null)) === part.sha256) {
      await link(path, join(made, part.file));
      parts.push(part);
      continue;
    }
    const written = join(made, part.file);
    const rows = rowsOfEntry(one.entry, part.table);
    await connection.run(`copy (${rows}) to ${quoteLiteral(written)} (format parquet)`);
    await syncPath(written);
    parts.push({ ...part, sha256: await digestOf(written) });
    mended.push(part.file);
  }
  // another version of DuckDB may write the same rows in other bytes
  const entry = { ...one.entry, previous, parts };
  const content = entryText(entry);
  const sha256 = sha256Of(content);
  const file = entryFile(entry.entry_no, entry.kind);
  const path = join(paths.entries, file);
  if ((await digestOf(path).catch(() => null)) === sha256) await link(path, join(made, file));
  else {
    await writeFile(join(made, file), content, { flush: true });
    mended.push(file);
  }
  return { entry, content, sha256 };
}

/** The rows that an entry added to a table: those of its receipts. */
function rowsOfEntry(entry: Entry, table: JournaledTable): string {
  const receipts = (entry.rows.receipt ?? []).map(({ receipt_no }) => Number(receipt_no));
  if (receipts.length === 0) {
    throw new Failure(`Mục ${entry.entry_no} không nêu các hàng nào của ${table} là của nó.`);
  }
  const own = `receipt_no in (${receipts.join(", ")})`;
  const condition =
    table === "reading"
      ? `submission_no in (select submission_no from ledger.submission where ${own})`
      : own;
  return `select * from ledger.${table} where ${condition} order by rowid`;
}

/** Files of the journal that no entry of the ledger speaks of. */
async function unheldFiles(
  paths: WarehousePaths,
  entries: readonly KeptEntry[],
): Promise<{ following: string[]; strange: string[] }> {
  const known = new Set(
    entries.flatMap(({ entry }) => [
      entryFile(entry.entry_no, entry.kind),
      ...entry.parts.map(({ file }) => file),
    ]),
  );
  const names = await readdir(paths.entries).catch((): string[] => []);
  const others = names.filter((name) => !known.has(name) && !name.startsWith("."));
  const later = (await listEntries(paths)).filter(({ entryNo }) => entryNo > entries.length);
  const following = new Set<string>();
  let previous = entries.at(-1)?.sha256 ?? null;
  for (const [index, { entryNo, file }] of later.entries()) {
    const path = join(paths.entries, file);
    const text = await readFile(path, "utf8").catch(() => null);
    const entry = text === null ? null : entryOf(text);
    if (entryNo !== entries.length + index + 1 || entry?.previous !== previous) break;
    for (const name of [file, ...entry.parts.map((part) => part.file)]) following.add(name);
    previous = await digestOf(path);
  }
  return {
    following: others.filter((name) => following.has(name)),
    strange: others.filter((name) => !following.has(name)),
  };
}

/** Replaces the journal. @returns where the previous one was moved */
async function swap(paths: WarehousePaths, made: string): Promise<string | null> {
  const stamp = officeTime(new Date()).replace(/[^0-9]/g, "");
  const aside = join(paths.folder, `entries-${stamp}-${uniqueName().slice(0, 4)}`);
  const isThere = existsSync(paths.entries);
  if (isThere) await moveFile(paths.entries, aside);
  await moveFile(made, paths.entries);
  await syncPath(paths.archive);
  return isThere ? aside : null;
}

/** Updates the ledger where files of entries have changed. */
async function noteDigests(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  held: readonly KeptEntry[],
  entries: readonly KeptEntry[],
): Promise<void> {
  const changed = entries.filter(({ sha256 }, index) => sha256 !== held[index]?.sha256);
  await inTransaction(connection, paths, async () => {
    for (const { entry, content, sha256 } of changed) {
      await connection.run(
        "update ledger.entry set sha256 = $sha256, content = $content where entry_no = $entry_no",
        { sha256, content, entry_no: entry.entry_no },
      );
    }
  });
}
