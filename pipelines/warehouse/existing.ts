import { existsSync, statSync } from "node:fs";
import { Failure, wrongUsage } from "../vocabulary/failure.ts";
import { type WarehousePaths, warehousePaths } from "./paths.ts";

/** Why a folder is no warehouse; undefined where it is one. */
export function notAWarehouse(folder: string): string | undefined {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return "there is no such folder";
  if (!found.isDirectory()) return "it is not a folder";
  const { ledger, archive, marts } = warehousePaths(folder);
  const isOne = [ledger, archive, marts].some((path) => existsSync(path));
  return isOne ? undefined : "it holds no ledger.duckdb, no archive/ and no marts.duckdb";
}

/**
 * For what shows or reads marts.
 * @throws Failure when a warehouse has none yet
 */
export function requireMarts({ marts }: Pick<WarehousePaths, "marts">): void {
  if (existsSync(marts)) return;
  throw new Failure(`There is no ${marts}. Build the models first: chitieu build.`);
}

/**
 * The layout of a warehouse that is there, for a command that reads one. Without this a wrong folder
 * would look like one that nobody has reported to.
 * @throws Failure (wrong usage) when the folder is not there or is no warehouse
 */
export function existingWarehouse(folder: string): WarehousePaths {
  const reason = notAWarehouse(folder);
  if (reason === undefined) return warehousePaths(folder);
  throw wrongUsage(
    `${folder} is no warehouse: ${reason}. Name the right one with --warehouse; chitieu refresh and chitieu ingest make a new one.`,
  );
}
