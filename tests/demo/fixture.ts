import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Fingerprint, readFingerprints } from "./fingerprint.ts";

/** Holds a file of fingerprints for each group. */
export const FIXTURE = join(import.meta.dirname, "../fixtures/demonstration");

/** What is committed of a group; nothing when it has no file yet. */
export async function readFixture(group: string): Promise<Fingerprint[]> {
  try {
    return readFingerprints(await readFile(join(FIXTURE, `${group}.txt`), "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
