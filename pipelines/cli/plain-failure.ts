import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import { ledgerFault } from "../ledger/damage.ts";
import { Failure } from "../vocabulary/failure.ts";
import { attach, selectRows, withConnection } from "../warehouse/connection.ts";
import { fileFailure } from "../warehouse/file-failure.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";

/** What the file system stands in the way with, as DuckDB and Node tell it. */
const OBSTACLES: readonly [RegExp, (paths: WarehousePaths) => string][] = [
  [
    /No space left|disk is full|ENOSPC|failed to offload|not enough space/i,
    ({ folder }) =>
      `The disk of ${folder} is full. Free some space and run it again: it goes on where it stopped, and nothing is half done.`,
  ],
  [
    /Disk quota|EDQUOT/i,
    ({ folder }) => `The disk quota for ${folder} is used up. Free some space and run it again.`,
  ],
  [
    /Read-only file system|read-only mode|EROFS/i,
    ({ folder }) => `${folder} lies on a disk that is read-only. Make it one that can be written.`,
  ],
];

/**
 * What went wrong in words for the person at the keyboard: a full or read-only disk, a file that may
 * not be written, a ledger or marts that are damaged, with the command that mends it.
 * @returns a Failure, or the error as it came where it is none of these
 */
export async function plainFailure(error: unknown, paths: WarehousePaths): Promise<unknown> {
  const said = messages(error);
  for (const [pattern, words] of OBSTACLES) {
    if (pattern.test(said)) return new Failure(words(paths), { cause: error });
  }
  const denied = /"([^"]+)"[^"]*Permission denied|EACCES: permission denied, \w+ '([^']+)'/.exec(
    said,
  );
  if (denied !== null) {
    const path = denied[1] ?? denied[2] ?? paths.folder;
    // a file that the program was about to make is nothing that anyone could give away
    const shown = basename(path).startsWith(".") ? dirname(path) : path;
    return new Failure(
      `This user may not read or write ${shown}. Run the command as the user to whom it belongs, or give it to this one.`,
      { cause: error },
    );
  }
  if (error instanceof Failure && !/ does not run: /.test(error.message)) return error;
  const fault = await ledgerFault(paths).catch(() => null);
  if (fault !== null) return new Failure(fault, { cause: error });
  if (await areMartsDamaged(paths)) {
    return new Failure(`${paths.marts} is damaged. chitieu build makes it again from the ledger.`, {
      cause: error,
    });
  }
  return fileFailure(error, `${paths.folder} cannot be used`);
}

function messages(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}\n${messages(error.cause)}`;
}

async function areMartsDamaged({ marts }: WarehousePaths): Promise<boolean> {
  if (!existsSync(marts)) return false;
  try {
    await withConnection(async (connection) => {
      await attach(connection, marts, "marts", { readOnly: true });
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
