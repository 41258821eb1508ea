import type { DuckDBConnection } from "@duckdb/node-api";
import { Failure } from "../vocabulary/failure.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";

/** Runs `work` in one transaction of the ledger: all of it is kept, or nothing. */
export async function inTransaction<T>(
  connection: DuckDBConnection,
  paths: WarehousePaths,
  work: () => Promise<T>,
): Promise<T> {
  await connection.run("begin transaction");
  try {
    const result = await work();
    await connection.run("commit");
    return result;
  } catch (error) {
    // after a failed commit there is nothing left to roll back
    await connection.run("rollback").catch(() => undefined);
    throw ledgerFailure(error, paths);
  }
}

/** An error of DuckDB or of the file system as a Failure that says why the ledger cannot be written. */
export function ledgerFailure(error: unknown, paths: WarehousePaths): unknown {
  if (error instanceof Failure) return error;
  const message = error instanceof Error ? error.message : String(error);
  const reasons = [
    [/Permission denied/i, "không có quyền ghi ở đó"],
    [/Read-only file system|read-only mode/i, "chỉ cho đọc"],
    [/No space left|disk is full/i, "ổ đĩa đã đầy"],
    [/File too large/i, "tệp vượt kích thước cho phép"],
    [/Not a directory|Is a directory/i, "ở đó đang có thứ khác"],
    [/Cannot open file/i, "hệ thống không cho mở"],
  ] as const;
  const reason = reasons.find(([pattern]) => pattern.test(message));
  if (reason !== undefined) {
    return new Failure(`Không ghi được ${paths.ledger}: ${reason[1]}.`, { cause: error });
  }
  return fileFailure(error, `Không dùng được ${paths.folder} làm kho dữ liệu`);
}
