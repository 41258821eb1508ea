import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { readValue, WholeNumber } from "../warehouse/connection.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import { moveFile, unlessMissing } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { CONFIRMS_CLOCK } from "./clock.ts";
import { lastEntry } from "./entry.ts";
import { digestTable, TableDigest, tablesOf } from "./table-digest.ts";

const Proven = z.object({
  /** When all was derived again, and when what had come since was last added; ISO text. */
  whole: z.iso.datetime(),
  at: z.iso.datetime(),
  /** By which program: another one may derive something else. */
  software: z.string(),
  entry_no: WholeNumber,
  tables: z.record(z.string(), TableDigest),
  /** Of the marts, as those who compare them write it. */
  marts: z.unknown().optional(),
});

/**
 * What a `verify` without a fault has derived again: the next derives what has come since, as long as the
 * ledger has these rows as they were then.
 */
export type Proven = z.infer<typeof Proven>;

/** Where it lies. */
export function provenFile({ folder }: WarehousePaths): string {
  return join(folder, "proven.json");
}

/** What was proven last; null where nothing was, or by an earlier program. */
export async function readProven(paths: WarehousePaths): Promise<Proven | null> {
  const text = await unlessMissing(readFile(provenFile(paths), "utf8"));
  try {
    return Proven.safeParse(JSON.parse(text ?? "")).data ?? null;
  } catch {
    return null;
  }
}

/** @throws Failure when it cannot be written */
export async function writeProven(paths: WarehousePaths, proven: Proven): Promise<void> {
  const staged = `${provenFile(paths)}.part`;
  try {
    await writeFile(staged, `${JSON.stringify(proven, null, 1)}\n`, { flush: true });
    await moveFile(staged, provenFile(paths));
  } catch (error) {
    throw fileFailure(error, `Đã kiểm tra xong, nhưng không ghi được ${provenFile(paths)}`);
  }
}

/** The number of the last row that was proven of a table. */
export function lastProven(proven: Proven | null, table: string): number {
  return proven?.tables[table]?.last ?? 0;
}

/** All that the ledger holds that is attached as `ledger`, as it will have been proven. */
export async function toBeProven(
  connection: DuckDBConnection,
  software: string,
): Promise<Omit<Proven, "whole" | "marts">> {
  const entry = await lastEntry(connection);
  const tables: Record<string, TableDigest> = {};
  for (const table of await tablesOf(connection, "ledger")) {
    tables[table] = await digestTable(connection, "ledger", table);
  }
  return { at: new Date().toISOString(), software, entry_no: entry?.entryNo ?? 0, tables };
}

/** @returns why what was proven is no proof any more, as a part of a sentence; null where it is one */
export async function doubtOf(
  connection: DuckDBConnection,
  proven: Proven,
  software: string,
): Promise<string | null> {
  if (proven.software !== software) return "chương trình là bản khác";
  const changing = await readValue(
    connection,
    WholeNumber,
    `select count(*) from ledger.entry
    where entry_no > ${proven.entry_no} and kind in ('erasure', 'clock') and not ${CONFIRMS_CLOCK}`,
  );
  if (changing > 0) return "từ đó có nội dung bị xóa hoặc thời điểm được sửa";
  for (const table of await tablesOf(connection, "ledger")) {
    const before = proven.tables[table];
    if (before === undefined) return "sổ tiếp nhận có cấu trúc khác";
    const now = await digestTable(connection, "ledger", table, before.last);
    if (now.rows !== before.rows || now.digest !== before.digest) {
      return `bảng ${table} của sổ tiếp nhận không còn như khi ấy`;
    }
  }
  return null;
}
