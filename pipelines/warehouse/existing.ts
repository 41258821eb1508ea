import { existsSync, statSync } from "node:fs";
import { wrongUsage } from "../vocabulary/failure.ts";
import { type WarehousePaths, warehousePaths } from "./paths.ts";
import { shownMarts } from "./shown-marts.ts";

/** Why a folder is no warehouse; undefined where it is one. */
export function notAWarehouse(folder: string): string | undefined {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return "không có thư mục này";
  if (!found.isDirectory()) return "không phải thư mục";
  const { ledger, archive, marts } = warehousePaths(folder);
  const isOne = shownMarts(marts) !== null || [ledger, archive].some((path) => existsSync(path));
  return isOne ? undefined : "không có ledger.duckdb, archive/ hay marts.duckdb";
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
    `${folder} không phải kho dữ liệu: ${reason}. Nêu đúng kho bằng --warehouse; chitieu refresh và chitieu ingest tạo kho mới.`,
  );
}
