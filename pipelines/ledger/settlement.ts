import { randomUUID } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { Failure } from "../vocabulary/failure.ts";
import { readRow, readRows, WholeNumber } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { applyEntry, journalRows, lastEntry, type NewEntry, newRows } from "./entry.ts";
import {
  checkParts,
  clearHalfWritten,
  type EntryKind,
  type JournaledTable,
  type KeptEntry,
  listEntries,
  readEntry,
} from "./journal.ts";
import { inTransaction } from "./transaction.ts";

/**
 * Brings the ledger and the journal in the archive to the same state. A kill can only have left
 * entries that the ledger does not hold yet: they are whole, and are added. A ledger from before
 * there was a journal gets one.
 * @throws Failure when the ledger does not stand on this journal.
 */
export async function settleJournal(
  connection: DuckDBConnection,
  paths: WarehousePaths,
): Promise<void> {
  if ((await lastEntry(connection)) === null) await beginJournal(connection, paths);
  const last = await lastEntry(connection);
  await clearHalfWritten(paths, (await listEntries(paths)).at(-1)?.entryNo ?? 0);
  const entries = await listEntries(paths);
  if (last !== null) {
    const own = entries.find(({ entryNo }) => entryNo === last.entryNo);
    const kept = own === undefined ? null : await readEntry(paths, own.file);
    if (kept?.sha256 !== last.sha256) {
      throw new Failure(
        `${paths.ledger} ends with entry ${last.entryNo}, which the journal in ${paths.entries} does not have as it was written. Put the archive back from your copy.`,
      );
    }
  }
  let previous = last?.sha256 ?? null;
  let entryNo = last?.entryNo ?? 0;
  for (const { file } of entries.filter((one) => one.entryNo > entryNo)) {
    const kept = await readEntry(paths, file);
    checkSequence(kept, entryNo, previous);
    await checkParts(paths, kept.entry);
    await inTransaction(connection, paths, () => applyEntry(connection, paths, "ledger", kept));
    previous = kept.sha256;
    entryNo = kept.entry.entry_no;
  }
}

/**
 * Checks that an entry follows the one before.
 * @throws Failure when it does not.
 */
export function checkSequence(
  { entry }: KeptEntry,
  lastEntryNo: number,
  lastSha256: string | null,
): void {
  if (entry.entry_no !== lastEntryNo + 1) {
    throw new Failure(
      `Entry ${lastEntryNo + 1} is missing in the journal: after it comes ${entry.entry_no}. Put it back from your copy of the archive.`,
    );
  }
  if (entry.previous !== lastSha256) {
    throw new Failure(
      `Entry ${entry.entry_no} of the journal does not follow the entry before it: one of the two is not as it was written. Put the archive back from your copy.`,
    );
  }
}

/** The numbered rows that entries are made of, in the order in which they are put down. */
const SOURCES = [
  ["receipt", "receipt"],
  ["acknowledgement", "acknowledgement"],
  ["publication", "publication"],
] as const satisfies readonly (readonly [EntryKind, JournaledTable])[];

/**
 * Writes the entries of a ledger from before there was a journal. They are made under another name
 * and take their place together; a run that was killed in between finds the same ones there.
 */
async function beginJournal(connection: DuckDBConnection, paths: WarehousePaths): Promise<void> {
  const { rows } = await readRow(
    connection,
    z.object({ rows: WholeNumber }),
    `select ${SOURCES.map(([, table]) => `(select count(*) from ledger.${table})`).join(" + ")} as rows`,
  );
  if (rows === 0) return;
  const begun = { ...paths, entries: join(paths.archive, `.staged-${randomUUID()}`) };
  try {
    const kept = await writeAll(connection, begun);
    const there = await listEntries(paths);
    if (there.length === 0) {
      await rm(paths.entries, { recursive: true, force: true });
      await rename(begun.entries, paths.entries);
    } else if (!(await areSame(paths, kept))) {
      throw new Failure(
        `${paths.ledger} is older than the journal in ${paths.entries} and does not stand on it. Run "chitieu rebuild".`,
      );
    }
    await inTransaction(connection, paths, async () => {
      for (const { entry, sha256 } of kept) {
        await connection.run(
          "insert into ledger.entry values ($entry_no::bigint, $kind, $sha256)",
          { entry_no: String(entry.entry_no), kind: entry.kind, sha256 },
        );
      }
    });
  } finally {
    await rm(begun.entries, { recursive: true, force: true });
  }
}

async function writeAll(connection: DuckDBConnection, paths: WarehousePaths): Promise<KeptEntry[]> {
  await mkdir(paths.entries, { recursive: true });
  const all: KeptEntry[] = [];
  for (const [kind, table] of SOURCES) {
    const numbers = await readRows(
      connection,
      z.object({ no: WholeNumber }),
      `select ${table}_no as no from ledger.${table} order by 1`,
    );
    for (const { no } of numbers) {
      all.push(
        await journalRows(connection, paths, {
          entryNo: all.length + 1,
          kind,
          previous: all.at(-1)?.sha256 ?? null,
          rows: await rowsOf(connection, kind, no),
        }),
      );
    }
  }
  return all;
}

/** The tables whose rows belong to a numbered row, and how they are found by its number. */
const BELONGING: Record<EntryKind, Partial<Record<JournaledTable, string>>> = {
  receipt: {
    receipt: "receipt_no = {no}",
    problem: "receipt_no = {no}",
    refusal: "receipt_no = {no}",
    submission: "receipt_no = {no}",
    reading:
      "submission_no in (select submission_no from ledger.submission where receipt_no = {no})",
  },
  acknowledgement: { acknowledgement: "acknowledgement_no = {no}" },
  publication: { publication: "publication_no = {no}", publication_row: "publication_no = {no}" },
};

async function rowsOf(
  connection: DuckDBConnection,
  kind: EntryKind,
  no: number,
): Promise<NewEntry> {
  const rows: NewEntry = {};
  for (const table of Object.keys(BELONGING[kind]) as JournaledTable[]) {
    const condition = (BELONGING[kind][table] ?? "").replaceAll("{no}", String(no));
    rows[table] = await newRows(connection, `from ledger.${table} where ${condition}`);
  }
  return rows;
}

async function areSame(paths: WarehousePaths, kept: readonly KeptEntry[]): Promise<boolean> {
  const there = await listEntries(paths);
  if (there.length < kept.length) return false;
  for (const [index, { file }] of there.slice(0, kept.length).entries()) {
    if ((await readEntry(paths, file)).sha256 !== kept[index]?.sha256) return false;
  }
  return true;
}
