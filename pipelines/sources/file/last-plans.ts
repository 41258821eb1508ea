import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { sha256Of } from "../../warehouse/files.ts";
import type { PlanFile } from "./plan-file.ts";

/** The copy of a plan file as it was when nothing was wrong in it; null where there is none. */
export function lastFileOf(kept: string, file: string): string | null {
  const copy = copyOf(kept, file);
  return existsSync(copy) ? copy : null;
}

/**
 * Whether what has no copy was never right: not in a warehouse that has taken reports in and kept no plan
 * yet, as one of an earlier release.
 */
export function areLastPlansKnown(kept: string): boolean {
  return existsSync(kept) || !existsSync(join(dirname(kept), "entries"));
}

/** The folder of areas and units among the copies; no plan file has such a name. */
const SHARED = "shared";
const SHARED_FILES = ["areas/areas.csv", "areas/successors.csv", "areas/map.csv", "units.csv"];

/** Where areas and units lie as they were when nothing was wrong in them; null where there are none. */
export function lastSharedIn(kept: string): string | null {
  const folder = join(kept, SHARED);
  return existsSync(folder) ? folder : null;
}

/** Keeps areas and units of a sources folder as they are. What cannot be kept is as it was. */
export function keepShared(kept: string, sources: string): void {
  if (!existsSync(kept)) return;
  try {
    for (const name of SHARED_FILES) {
      const [file, copy] = [join(sources, name), join(kept, SHARED, name)];
      if (existsSync(file)) keepFile(copy, readFileSync(file));
      else rmSync(copy, { force: true });
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

/** Each in a folder of its own, with its tables beside it as they lie beside it in the sources. */
function copyOf(kept: string, file: string): string {
  return join(kept, basename(file), basename(file));
}

/**
 * Keeps plan files and their tables as they are, and no others; those that stand on such a copy stay.
 * What cannot be kept is as it was, and is kept another time.
 * @param isGood whether a plan can be followed by the file that it names
 */
export function keepLastPlans(
  kept: string,
  plans: readonly PlanFile[],
  isGood: (plan: PlanFile) => boolean,
): void {
  if (!existsSync(dirname(kept))) return;
  try {
    for (const plan of plans) keep(kept, plan, isGood);
    const names = new Set([SHARED, ...plans.map(({ file }) => basename(file))]);
    for (const name of existsSync(kept) ? readdirSync(kept) : []) {
      if (!names.has(name)) rmSync(join(kept, name), { recursive: true });
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

function keep(kept: string, plan: PlanFile, isGood: (plan: PlanFile) => boolean): void {
  const copy = copyOf(kept, plan.file);
  if (copy === plan.file) return;
  const bytes = readFileSync(plan.file);
  // another one by now
  if (sha256Of(bytes) !== plan.sha256) return;
  const tables = tablesOf(plan).map((name) => ({
    name,
    bytes: readFileSync(join(dirname(plan.file), name)),
  }));
  const files = [...tables, { name: basename(copy), bytes }];
  const isKept = files.every(({ name, bytes }) => {
    const there = join(dirname(copy), name);
    return existsSync(there) && readFileSync(there).equals(bytes);
  });
  // a table may have changed since it was read
  if (isKept || (tables.length > 0 && !isGood(plan))) return;
  for (const { name, bytes } of files) keepFile(join(dirname(copy), name), bytes);
}

function keepFile(file: string, bytes: Buffer): void {
  if (existsSync(file) && readFileSync(file).equals(bytes)) return;
  mkdirSync(dirname(file), { recursive: true });
  const begun = join(dirname(file), `.${basename(file)}.${process.pid}`);
  writeFileSync(begun, bytes, { flush: true });
  renameSync(begun, file);
}

function tablesOf({ plan }: PlanFile): string[] {
  const statements = plan.indicators.flatMap(({ target }) => target.statements);
  return [
    ...new Set(
      statements.flatMap(({ for: where }) =>
        where !== null && typeof where === "object" && "table" in where ? [where.table] : [],
      ),
    ),
  ];
}
