import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { WarehousePaths } from "../warehouse/paths.ts";
import { sha256Of } from "./digest.ts";

/** What is wrong with a file of the archive; null when it is intact. */
export type KeptFault = "missing" | "altered" | null;

/** A text from the archive, by its digest. */
export async function readKept(
  paths: WarehousePaths,
  sha256: string,
): Promise<{ readonly text: string; readonly fault: KeptFault }> {
  try {
    const bytes = await readFile(join(paths.archive, sha256));
    return {
      text: bytes.toString("utf8"),
      fault: sha256Of(bytes) === sha256 ? null : "altered",
    };
  } catch (error) {
    if (isMissing(error)) return { text: "", fault: "missing" };
    throw error;
  }
}

/** Whether a file of the archive is still there and unaltered. */
export async function faultOf(paths: WarehousePaths, sha256: string): Promise<KeptFault> {
  const digest = createHash("sha256");
  try {
    for await (const chunk of createReadStream(join(paths.archive, sha256))) digest.update(chunk);
  } catch (error) {
    if (isMissing(error)) return "missing";
    throw error;
  }
  return digest.digest("hex") === sha256 ? null : "altered";
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
