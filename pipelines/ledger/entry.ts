import { join } from "node:path";
import type { DuckDBConnection, Json } from "@duckdb/node-api";
import { z } from "zod";
import { Failure } from "../vocabulary/failure.ts";
import { readRows, readValue, selectRows, WholeNumber } from "../warehouse/connection.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { quoteLiteral, quoteName } from "../warehouse/sql.ts";
import { correctMoments } from "./corrected-moments.ts";
import {
  type Actor,
  ENTRY_KINDS,
  type Entry,
  type EntryKind,
  entryFile,
  JOURNAL_SCHEMA,
  JOURNALED_TABLES,
  type JournaledTable,
  type KeptEntry,
  type Part,
  partFile,
  type Row,
  removeEntry,
  writeEntry,
  writePart,
} from "./journal.ts";
import { inTransaction } from "./transaction.ts";

/** Rows of a table up to this number stand in the entry itself, more in a Parquet file beside it. */
const MAX_INLINE_ROWS = 5000;

/** Rows to be added to a table: given, or, where they are very many, what a query yields. */
export type NewRows = readonly Row[] | { readonly query: string };

/** Rows to be added to the ledger, by table. A column that is left out takes its default. */
export type NewEntry = Partial<Record<JournaledTable, NewRows>>;

/** The number that the next row of a numbered table of the ledger takes, from 1. */
export async function nextNumber(
  connection: DuckDBConnection,
  table: JournaledTable,
  column = `${table}_no`,
): Promise<number> {
  const last = `select coalesce(max(${column}), 0) from ledger.${table}`;
  return 1 + (await readValue(connection, WholeNumber, last));
}

/**
 * The moment at which something is recorded now: never before a version was published, should the
 * clock have been put back, for it would become part of what that version knew.
 */
export async function recordingMoment(connection: DuckDBConnection, now: Date): Promise<Date> {
  const published = await readValue(
    connection,
    WholeNumber,
    "select coalesce(epoch_ms(max(coalesce(moment, recorded_at))), 0) from ledger.publication",
  );
  return new Date(Math.max(now.getTime(), published));
}

/** When something was last recorded, as it was set right, in milliseconds; 0 for an empty ledger. */
export async function lastMoment(connection: DuckDBConnection, kind?: EntryKind): Promise<number> {
  const last = "select coalesce(epoch_ms(max(moment)), 0) from ledger.main.entry";
  return readValue(connection, WholeNumber, kind ? `${last} where kind = '${kind}'` : last);
}

/** An entry to be added to the ledger. */
export interface AddedEntry {
  /**
   * By table, such as `{ acknowledgement: [{ acknowledgement_no: 1, … }] }`, numbered with `nextNumber`;
   * moments as ISO text with zone, decimals and large numbers as text. The columns of a query are those of
   * its table.
   */
  readonly rows: NewEntry;
  /** What the clock said, and who caused it; left out where that is not known. */
  readonly clock?: Date | undefined;
  readonly by?: Actor | undefined;
}

/**
 * Adds entries of one kind to the ledger, all or none, in one transaction. They are written to the journal
 * in the archive first, one after another, and what goes into the ledger is what stands there, so that
 * `rebuild` makes the same ledger from the archive. Needs the ledger attached for writing (`withLedger`),
 * outside of a transaction.
 * @throws Failure when the journal or the ledger cannot be written; nothing is added then.
 */
export async function appendEntries(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  kind: EntryKind,
  added: readonly AddedEntry[],
): Promise<void> {
  const last = await lastEntry(connection);
  const first = (last?.entryNo ?? 0) + 1;
  const kept: KeptEntry[] = [];
  try {
    await inTransaction(connection, paths, async () => {
      for (const [index, { rows, clock, by }] of added.entries()) {
        const entry = {
          schema: JOURNAL_SCHEMA,
          entry_no: first + index,
          kind,
          previous: kept.at(-1)?.sha256 ?? last?.sha256 ?? null,
          clock: clock?.toISOString(),
          by,
          ...(await entryRows(connection, paths, first + index, rows)),
        } as const;
        kept.push(await writeEntry(paths, entry));
      }
      await applyEntries(connection, paths, "ledger", kept);
    });
  } catch (error) {
    // the last first, so that a kill leaves no gap
    for (let back = kept.length; back >= 0; back -= 1) await removeEntry(paths, first + back, kind);
    throw error;
  }
}

/** What a query yields, to be added to the ledger: the rows, or the query where they are many. */
export async function newRows(connection: DuckDBConnection, query: string): Promise<NewRows> {
  const few = await selectRows(connection, `from (${query}) limit ${MAX_INLINE_ROWS + 1}`);
  return few.length > MAX_INLINE_ROWS ? { query } : few.map(plainRow);
}

function plainRow(row: Record<string, Json>): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      typeof value === "object" && value !== null ? JSON.stringify(value) : value,
    ]),
  );
}

/** The rows of an entry as it holds them; those of queries are written to Parquet files beside it. */
async function entryRows(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  entryNo: number,
  added: NewEntry,
): Promise<Pick<Entry, "rows" | "parts">> {
  const rows: Entry["rows"] = {};
  const parts: Part[] = [];
  for (const table of JOURNALED_TABLES) {
    const own = added[table] ?? [];
    if ("query" in own) {
      const { query } = own;
      const write = async (path: string): Promise<void> => {
        await connection.run(`copy (${query}) to ${quoteLiteral(path)} (format parquet)`);
      };
      parts.push(await writePart(paths, entryNo, table, write));
    } else if (own.length > 0) rows[table] = [...own];
  }
  return { rows, parts };
}

const EntryRow = z
  .object({ entry_no: WholeNumber, kind: z.enum(ENTRY_KINDS), sha256: z.string() })
  .transform(({ entry_no, ...entry }) => ({ entryNo: entry_no, ...entry }));

export type LastEntry = z.infer<typeof EntryRow>;

/** The last entry whose rows are in the ledger, or the last up to a number. */
export async function lastEntry(
  connection: DuckDBConnection,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<LastEntry | null> {
  const [entry] = await readRows(
    connection,
    EntryRow,
    `select entry_no, kind, sha256 from ledger.entry
    where entry_no <= ${upTo} order by entry_no desc limit 1`,
  );
  return entry ?? null;
}

/**
 * Adds the rows of entries of the journal to the ledger that is attached under a name: of several those
 * that one program has written, whose rows have the same columns. Within a transaction.
 */
export async function applyEntries(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  ledger: string,
  kept: readonly KeptEntry[],
): Promise<void> {
  const entries = kept.map(({ entry }) => entry);
  try {
    await addRows(connection, paths, ledger, entries);
  } catch (error) {
    const [first] = entries;
    throw first === undefined ? error : notOfThisVersion(paths, first, error);
  }
  const rows = kept.map(({ entry, content, sha256 }) => {
    const { entry_no, kind } = entry;
    const moment = momentOf(entry);
    return { entry_no, kind, sha256, content, recorded_at: moment, moment };
  });
  await insertRows(connection, `${quoteName(ledger)}.entry`, rows);
  if (entries.some(({ kind }) => kind === "clock")) {
    await correctMoments(connection, quoteName(ledger));
  }
}

/** The last moment that rows of an entry say; null where none says one. */
function momentOf({ rows }: Entry): string | null {
  const moments = Object.values(rows).flatMap((some) =>
    some.flatMap(({ recorded_at: at }) => (typeof at === "string" ? [at] : [])),
  );
  return moments.reduce<string | null>(
    (last, at) => (last === null || Date.parse(at) > Date.parse(last) ? at : last),
    null,
  );
}

/** The failure for an entry of another version that this ledger cannot take. */
function notOfThisVersion(paths: WarehousePaths, entry: Entry, error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (!/^(Constraint|Binder|Conversion|Catalog) Error/.test(message)) return error;
  const [receipt] = entry.rows.receipt ?? [];
  const by = receipt === undefined ? "" : ` (${receipt.software_version})`;
  return new Failure(
    `${join(paths.entries, entryFile(entry.entry_no, entry.kind))} do một bản chitieu${by} ghi mà bản này không đọc được: ${message.split("\n", 1)[0]}. Chưa thay đổi gì. Dùng tiếp bản đã ghi.`,
    { cause: error },
  );
}

async function addRows(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  ledger: string,
  entries: readonly Entry[],
): Promise<void> {
  for (const table of JOURNALED_TABLES) {
    const rows = entries.flatMap((entry) => entry.rows[table] ?? []);
    if (rows.length > 0) await insertRows(connection, `${quoteName(ledger)}.${table}`, rows);
  }
  const parts = entries.flatMap(({ entry_no, parts }) =>
    parts.map((one) => ({ ...one, entry_no })),
  );
  for (const { table, file, entry_no } of parts) {
    if (file !== partFile(entry_no, table)) {
      throw new Failure(`Mục ${entry_no} của nhật ký nêu một tệp không phải của nó.`);
    }
    await connection.run(
      `insert into ${quoteName(ledger)}.${table} by name
      from read_parquet(${quoteLiteral(join(paths.entries, file))})`,
    );
  }
}

/** Adds rows to a table; each value takes the type of its column. */
export async function insertRows(
  connection: DuckDBConnection,
  table: string,
  rows: readonly Row[],
): Promise<void> {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const names = columns.map(quoteName).join(", ");
  // every value travels as text and takes the type of its column
  const shape = JSON.stringify([Object.fromEntries(columns.map((name) => [name, "varchar"]))]);
  await connection.run(
    `insert into ${table} (${names})
    select ${names} from (
      select unnest(from_json($rows::json, ${quoteLiteral(shape)}), recursive := true)
    )`,
    { rows: JSON.stringify(rows) },
  );
}
