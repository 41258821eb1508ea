import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { digestOf } from "../ledger/journal.ts";
import { sha256Of, unlessMissing } from "../warehouse/files.ts";
import type { WarehousePaths } from "../warehouse/paths.ts";

/** What is wrong with a file of the archive, as a sentence says it; null when it is intact. */
export type KeptFault = "bị thiếu" | "đã bị sửa" | null;

/** A text from the archive, by its digest. */
export async function readKept(
  paths: WarehousePaths,
  sha256: string,
): Promise<{ readonly text: string; readonly fault: KeptFault }> {
  const bytes = await unlessMissing(readFile(join(paths.archive, sha256)));
  if (bytes === null) return { text: "", fault: "bị thiếu" };
  return { text: bytes.toString("utf8"), fault: sha256Of(bytes) === sha256 ? null : "đã bị sửa" };
}

/** Whether a file of the archive is still there and unaltered. */
export async function faultOf(paths: WarehousePaths, sha256: string): Promise<KeptFault> {
  const digest = await unlessMissing(digestOf(join(paths.archive, sha256)));
  if (digest === null) return "bị thiếu";
  return digest === sha256 ? null : "đã bị sửa";
}
