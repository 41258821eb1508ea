import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  type Catalogue,
  type ResolvedPlan,
  readCatalogue,
} from "../../pipelines/sources/catalogue.ts";
import { PLAN, SOURCES } from "../e2e/marts.ts";

export const COMMAND = fileURLToPath(new URL("../../bin/chitieu.mjs", import.meta.url));

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** A temporary folder while `work` runs. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "chitieu-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The options of a command that works in folders of its own. */
export const optionsOf = (sources: string, warehouse: string): string[] => [
  "--sources",
  sources,
  "--warehouse",
  warehouse,
];

/** A copy of the sources of this project with an empty inbox. */
export interface Sources {
  readonly sources: string;
  readonly inbox: string;
  readonly catalogue: Catalogue;
  /** The plan of the demonstration. */
  readonly plan: ResolvedPlan;
}

export function copySources(sources: string): Sources {
  cpSync(SOURCES, sources, { recursive: true });
  const inbox = join(sources, "inbox");
  mkdirSync(inbox, { recursive: true });
  const catalogue = readCatalogue(sources);
  const plan = catalogue.plans.find((one) => one.plan.id === PLAN);
  if (plan === undefined) throw new Error(`no plan ${PLAN}`);
  return { sources, inbox, catalogue, plan };
}

/** What a command took, process start included. */
export interface Cost {
  readonly seconds: number;
  readonly processorSeconds: number;
}

/** Runs `chitieu` with arguments. */
export async function runCommand(...args: string[]): Promise<Cost> {
  const timed = `TIMEFORMAT='%R %U %S'; time "$@" >/dev/null`;
  const { stderr } = await promisify(execFile)(
    "bash",
    ["-c", timed, "bash", process.execPath, COMMAND, ...args],
    { maxBuffer: 1 << 26 },
  );
  const figures = (stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
  const [seconds = Number.NaN, user = Number.NaN, system = Number.NaN] = figures;
  return { seconds, processorSeconds: user + system };
}
