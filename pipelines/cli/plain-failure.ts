import { basename, dirname } from "node:path";
import { ledgerFault } from "../ledger/damage.ts";
import { Failure } from "../vocabulary/failure.ts";
import { selectRows, withConnection } from "../warehouse/connection.ts";
import { DISK_FULL, fileFailure, messagesOf } from "../warehouse/file-failure.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { attachMarts, shownMarts } from "../warehouse/shown-marts.ts";

/** What the file system stands in the way with, as DuckDB and Node tell it. */
const OBSTACLES: readonly [RegExp, (paths: WarehousePaths) => string][] = [
  [
    DISK_FULL,
    ({ folder }) =>
      `Ổ đĩa chứa ${folder} đã đầy. Giải phóng dung lượng rồi chạy lại: việc tiếp tục từ chỗ dừng, không có gì dở dang.`,
  ],
  [
    /Read-only file system|read-only mode|EROFS/i,
    ({ folder }) => `${folder} nằm trên ổ đĩa chỉ đọc. Cho phép ghi vào ổ đĩa ấy.`,
  ],
];

/**
 * What went wrong in words for the person at the keyboard: a full or read-only disk, a file that may
 * not be written, a ledger or marts that are damaged, with the command that mends it.
 * @returns a Failure, or the error as it came where it is none of these
 */
export async function plainFailure(error: unknown, paths: WarehousePaths): Promise<unknown> {
  const text = messagesOf(error);
  for (const [pattern, words] of OBSTACLES) {
    if (pattern.test(text)) return new Failure(words(paths), { cause: error });
  }
  const denied = /"([^"]+)"[^"]*Permission denied|EACCES: permission denied, \w+ '([^']+)'/.exec(
    text,
  );
  if (denied !== null) {
    const path = denied[1] ?? denied[2] ?? paths.folder;
    // a file that the program was about to make is nothing that anyone could give away
    const shown = basename(path).startsWith(".") ? dirname(path) : path;
    return new Failure(
      `Người dùng này không có quyền đọc hoặc ghi ${shown}. Chạy lệnh bằng người dùng sở hữu, hoặc cấp quyền cho người dùng này.`,
      { cause: error },
    );
  }
  if (error instanceof Failure && !/ không chạy được: /.test(error.message)) return error;
  const fault = await ledgerFault(paths).catch(() => null);
  if (fault !== null) return new Failure(fault, { cause: error });
  if (await areMartsDamaged(paths)) {
    return new Failure(`${paths.marts} bị hỏng. chitieu build lập lại từ sổ tiếp nhận.`, {
      cause: error,
    });
  }
  return fileFailure(error, `Không dùng được ${paths.folder}`);
}

async function areMartsDamaged({ marts }: WarehousePaths): Promise<boolean> {
  if (shownMarts(marts) === null) return false;
  try {
    await withConnection(async (connection) => {
      await attachMarts(connection, marts, "marts");
      const tables = await selectRows(
        connection,
        "select schema_name, table_name from duckdb_tables() where database_name = 'marts'",
      );
      for (const { schema_name, table_name } of tables) {
        await connection.run(
          `select bit_xor(hash(one)) from marts."${schema_name}"."${table_name}" as one`,
        );
      }
    });
    return false;
  } catch (error) {
    return !(error instanceof Failure);
  }
}
