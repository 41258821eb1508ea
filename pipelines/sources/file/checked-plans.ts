import { createHash } from "node:crypto";
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { sha256Of } from "../../warehouse/files.ts";
import { OWN_CODE } from "../../warehouse/own-process.ts";
import type { WarehousePaths } from "../../warehouse/paths.ts";
import type { Plan } from "../plan/plan.ts";
import { examinePlan, type PlanExamination, unreadable } from "./plan-file.ts";

/** The code that reads and checks a plan file: folders and packages, as a test makes sure. */
export const CHECKED_BY = {
  folders: ["reading-plans", "sources", "vocabulary", "warehouse"],
  packages: ["csv-parse", "yaml", "zod"],
} as const;

/** A file left by a killed command is removed after so long. */
const LEFT_MS = 60_000;

/** Where plans are kept. */
export type KeptIn = Pick<WarehousePaths, "plans"> & Partial<Pick<WarehousePaths, "checkedPlans">>;

/** Each further line: the digest of a plan file, a space, the plan. */
const DIGEST_LENGTH = 64;

/** The first line: by which program the rest was written, and the digest of the rest. */
const Head = z.object({ program: z.string(), sha256: z.string() });

/** Examines plan files; unchanged ones without problems are not checked again. */
export interface PlanChecker {
  /** Of a file that cannot be read that is what is wrong. */
  examine(file: string): Pick<PlanExamination, "value" | "problems" | "problemOf">;
  /**
   * Keeps what was examined for the next command; where that cannot be, each examines for itself. Only
   * for whoever may write in the warehouse.
   */
  keep(): void;
}

/**
 * A checker that keeps plans in which nothing is wrong by the digests of their files' bytes and of the
 * program, on which alone the reading of a plan file depends. What is kept is what was read, letter by letter;
 * a file that is damaged, half written or by another program is as if it were not there.
 * @param kept the file to keep them in; null where every file is to be read by itself
 */
export function planChecker(kept: string | null): PlanChecker {
  const there = kept === null ? new Map<string, string>() : readKept(kept);
  const seen = new Map<string, string>();
  let isMore = false;
  return {
    examine(file) {
      let bytes: Buffer;
      try {
        bytes = readFileSync(file);
      } catch (error) {
        if (!(error instanceof Error && "code" in error)) throw error;
        return unreadable(file, String(error.code));
      }
      const sha256 = sha256Of(bytes);
      const text = there.get(sha256);
      if (text !== undefined) {
        seen.set(sha256, text);
        const plan = JSON.parse(text) as Plan;
        return {
          value: { plan, file, sha256 },
          problems: [],
          // what is wrong beside other files is reported with its line, which only the text knows
          problemOf: (...found) => examinePlan(file, bytes).problemOf(...found),
        };
      }
      const examined = examinePlan(file, bytes);
      if (kept !== null && examined.value !== null && examined.problems.length === 0) {
        const json = JSON.stringify(examined.value.plan);
        // what would come back as something else is not kept
        if (isDeepStrictEqual(JSON.parse(json), examined.value.plan)) {
          seen.set(sha256, json);
          isMore = true;
        }
      }
      return examined;
    },
    keep() {
      if (kept !== null && isMore) writeKept(kept, seen);
      isMore = false;
    },
  };
}

function readKept(file: string): Map<string, string> {
  try {
    const bytes = readFileSync(file);
    const end = bytes.indexOf("\n") + 1;
    const head = Head.parse(JSON.parse(bytes.toString("utf8", 0, end)));
    const body = bytes.subarray(end);
    if (head.program !== programDigest() || head.sha256 !== sha256Of(body)) return new Map();
    const plans = new Map<string, string>();
    for (const line of body.toString("utf8").split("\n")) {
      plans.set(line.slice(0, DIGEST_LENGTH), line.slice(DIGEST_LENGTH + 1));
    }
    return plans;
  } catch {
    return new Map();
  }
}

function writeKept(file: string, plans: ReadonlyMap<string, string>): void {
  const body = [...plans].map(([sha256, json]) => `${sha256} ${json}`).join("\n");
  const head = JSON.stringify({ program: programDigest(), sha256: sha256Of(body) });
  const begun = `${file}.new`;
  try {
    if (ageOf(begun) > LEFT_MS) rmSync(begun, { force: true });
    // another command is writing the same
    writeFileSync(begun, `${head}\n${body}`, { flag: "wx" });
  } catch {
    return;
  }
  try {
    renameSync(begun, file);
  } catch {
    rmSync(begun, { force: true });
  }
}

function ageOf(file: string): number {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? 0 : Date.now() - found.mtimeMs;
}

let program: string | null = null;

/** Digest of all that a plan file is read and checked by, and its tables are made by. */
export function programDigest(): string {
  if (program !== null) return program;
  const { resolve } = createRequire(import.meta.url);
  const hash = createHash("sha256").update(process.version);
  const files = [
    ...CHECKED_BY.folders.flatMap((folder) =>
      readdirSync(join(OWN_CODE, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => extname(name) !== "")
        .sort()
        .map((name) => join(OWN_CODE, folder, name)),
    ),
    ...CHECKED_BY.packages.map((name) => versionFile(resolve(name), name)),
  ];
  for (const file of files) hash.update(`\n${file}\n`).update(readFileSync(file));
  program = hash.digest("hex");
  return program;
}

/** The file of a package with its version, by a file of it. */
function versionFile(entry: string, name: string): string {
  const folder = join("node_modules", name);
  return join(entry.slice(0, entry.lastIndexOf(folder)), folder, "package.json");
}
