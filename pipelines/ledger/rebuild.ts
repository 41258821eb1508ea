import { existsSync } from "node:fs";
import { link, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { officeTime } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";
import {
  attach,
  readRow,
  spillingInto,
  WholeNumber,
  withConnection,
} from "../warehouse/connection.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { moveFile, syncPath } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { uniqueName } from "../warehouse/random.ts";
import { isKept } from "./archive.ts";
import { readThrough } from "./damage.ts";
import { applyEntries } from "./entry.ts";
import { readErasures } from "./erasure.ts";
import { carryOut, forgetOrder, isOrdered } from "./erasure-order.ts";
import { digestOf, type Entry, JournalFault, listEntries } from "./journal.ts";
import { createTables, hasEveryColumn } from "./ledger-tables.ts";
import { entriesInOrder } from "./pending-entries.ts";
import { withRemedy } from "./rebuild-journal.ts";
import { digestTable, tablesOf } from "./table-digest.ts";
import { inTransaction, ledgerFailure } from "./transaction.ts";

/** What became of the ledger. */
export interface Rebuilding {
  /**
   * `made`: there was none. `equal`: the existing one has the same rows and stays. `replaced`: the
   * existing one could not be read, or was to be replaced; it was moved to `aside`.
   */
  readonly result: "made" | "equal" | "replaced";
  readonly aside: string | null;
  readonly entries: number;
  readonly receipts: number;
  readonly readings: number;
}

const REBUILT = "rebuilt";

/**
 * Makes the ledger from the archive alone, in a file of its own, and puts it in the ledger's place
 * when every entry of the journal and every archived file is as it was written. A ledger that can be
 * read is only replaced when it is told to, or when an erasure was ordered, which is carried out
 * first: of that ledger nothing is kept.
 * @param replace also takes the place of a ledger that can be read and holds something else
 * @throws Failure that names the first file of the archive that is missing or differs, the tables in
 * which a readable ledger differs, or who holds the ledger; nothing is changed then.
 */
export async function rebuildLedger(
  paths: WarehousePaths,
  { replace }: { replace: boolean },
): Promise<Rebuilding> {
  return withConnection(async (connection) => {
    const state = await attachCurrent(connection, paths);
    const isErasing = isOrdered(paths);
    if (isErasing) await carryOut(paths);
    const files = await listEntries(paths);
    if (files.length === 0) {
      const missing = `${paths.entries} không có nhật ký nên không có gì để dựng sổ tiếp nhận.`;
      throw await withRemedy(connection, new JournalFault(missing));
    }
    const made = join(paths.folder, `.rebuilt-${uniqueName()}`);
    try {
      await attach(connection, made, REBUILT);
      await createTables(connection, REBUILT);
      const erasures = await readErasures(paths);
      const seen = new Set<string>(erasures.files);
      for await (const kept of entriesInOrder(paths, files, { erasures })) {
        await checkArchived(paths, kept.entry, seen);
        await inTransaction(connection, paths, () =>
          applyEntries(connection, paths, REBUILT, [kept]),
        );
      }
      const counts = await countRows(connection);
      const differing = state === "readable" ? await differingTables(connection) : [];
      if (state === "readable" && differing.length === 0 && !isErasing) {
        return { result: "equal", aside: null, ...counts };
      }
      if (state === "readable" && !replace && !isErasing) throw refusal(paths, differing);
      if (state === "readable") await connection.run("detach ledger");
      await connection.run(`detach ${REBUILT}`);
      await syncPath(made);
      const aside = state === "missing" || isErasing ? null : await keepAside(paths);
      if (isErasing) await rm(`${paths.ledger}.wal`, { force: true });
      // unlike a renaming, a link never takes the place of a ledger that another process has just made
      if (state === "missing") await linkNew(made, paths.ledger);
      else await moveFile(made, paths.ledger);
      await syncPath(paths.folder);
      if (isErasing) await forgetOrder(paths);
      return { result: aside === null ? "made" : "replaced", aside, ...counts };
    } catch (error) {
      throw ledgerFailure(await withRemedy(connection, error), paths);
    } finally {
      await connection.run(`detach database if exists ${REBUILT}`);
      for (const file of [made, `${made}.wal`]) await rm(file, { force: true });
    }
  }, spillingInto(paths));
}

/** Gives a file its name, unless another process was first. */
async function linkNew(made: string, name: string): Promise<void> {
  try {
    await link(made, name);
  } catch (error) {
    if (!existsSync(name)) throw error;
  }
}

type CurrentLedger = "missing" | "readable" | "unreadable";

/** Attaches the ledger that is there, which also keeps everybody else from it. */
async function attachCurrent(
  connection: DuckDBConnection,
  paths: WarehousePaths,
): Promise<CurrentLedger> {
  if (!existsSync(paths.ledger)) return "missing";
  try {
    await attach(connection, paths.ledger, "ledger");
    // what cannot be read through is no ledger, even if it opens
    await readThrough(connection);
    // one that a newer program made is not to be touched
    await hasEveryColumn(connection);
    return "readable";
  } catch (error) {
    if (error instanceof Failure) throw error;
    const failure = ledgerFailure(error, paths);
    if (failure instanceof Failure) throw failure;
    await connection.run("detach database if exists ledger").catch(() => undefined);
    return "unreadable";
  }
}

const PUT_BACK = "chitieu restore BẢN_SAO --files trả lại tệp từ bản sao lưu.";

/** Checks that the files that an entry speaks of are in the archive as they came or were published. */
async function checkArchived(
  paths: WarehousePaths,
  entry: Entry,
  seen: Set<string>,
): Promise<void> {
  for (const { sha256, origin, was } of archivedFiles(entry)) {
    if (seen.has(sha256)) continue;
    seen.add(sha256);
    const path = join(paths.archive, sha256);
    const found = await digestOf(path).catch((error: unknown) => {
      const failure = fileFailure(error, `Không đọc được ${path}, ${origin}`);
      throw failure instanceof Failure ? new Failure(`${failure.message} ${PUT_BACK}`) : failure;
    });
    if (found !== sha256) {
      throw new Failure(
        `${path}, ${origin} và ghi ở mục ${entry.entry_no}, không còn như khi ${was}: SHA-256 nay là ${found}. ${PUT_BACK}`,
      );
    }
  }
}

interface ArchivedFile {
  readonly sha256: string;
  /** `received as a.csv` */
  readonly origin: string;
  readonly was: "nhận" | "phát hành";
}

/** The files that must be in the archive, by what an entry says. */
function archivedFiles({ rows }: Entry): ArchivedFile[] {
  const received = (rows.receipt ?? [])
    .filter(({ receipt_no }) => {
      const problems = (rows.problem ?? []).filter((one) => one.receipt_no === receipt_no);
      return isKept(problems.map(({ code }) => String(code)));
    })
    .map(({ sha256, file_name }) => ({
      sha256: String(sha256),
      origin: `nhận với tên ${file_name}`,
      was: "nhận" as const,
    }));
  const published = (rows.publication_file ?? []).map(({ sha256, name }) => ({
    sha256: String(sha256),
    origin: `phát hành với tên ${name}`,
    was: "phát hành" as const,
  }));
  return [...received, ...published];
}

/** The tables in which the ledger that is there and the rebuilt one differ, with their rows. */
async function differingTables(connection: DuckDBConnection): Promise<string[]> {
  const differing: string[] = [];
  const present = await tablesOf(connection, "ledger");
  for (const table of await tablesOf(connection, REBUILT)) {
    if (!present.includes(table)) {
      differing.push(`${table} (bị thiếu)`);
      continue;
    }
    const there = await digestTable(connection, "ledger", table);
    const made = await digestTable(connection, REBUILT, table);
    if (there.rows !== made.rows || there.digest !== made.digest) {
      differing.push(`${table} (${there.rows} hàng, từ kho lưu trữ ${made.rows})`);
    }
  }
  return differing;
}

function refusal(paths: WarehousePaths, differing: readonly string[]): Failure {
  return new Failure(
    `${paths.ledger} đọc được, nhưng khác kho lưu trữ ở: ${differing.join(", ")}.\nTệp giữ nguyên. Muốn thay bằng nội dung của kho lưu trữ, chạy lại với --force; tệp hiện nay được giữ bên cạnh.`,
  );
}

async function countRows(
  connection: DuckDBConnection,
): Promise<{ entries: number; receipts: number; readings: number }> {
  return await readRow(
    connection,
    z.object({ entries: WholeNumber, receipts: WholeNumber, readings: WholeNumber }),
    `select
        (select count(*) from ${REBUILT}.entry) as entries,
        (select count(*) from ${REBUILT}.receipt) as receipts,
        (select count(*) from ${REBUILT}.reading) as readings`,
  );
}

/**
 * Gives the ledger that is there a second name, so that it outlives the renaming. Its write-ahead log
 * goes first: it would be played into the new one.
 */
async function keepAside(paths: WarehousePaths): Promise<string> {
  const stamp = officeTime(new Date()).replace(/[^0-9]/g, "");
  const aside = join(paths.folder, `ledger-${stamp}.duckdb`);
  const log = `${paths.ledger}.wal`;
  if (existsSync(log)) await moveFile(log, `${aside}.wal`);
  await link(paths.ledger, aside);
  return aside;
}
