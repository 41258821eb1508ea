import { execFile } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
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

/** Seconds of processor time of this process that some work takes; the reader of files has its own. */
export async function costOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
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

/** What one step, run in a process of its own, took. */
export interface Step extends Cost {
  /** Largest resident memory of the process, in MiB. */
  readonly peakMib: number;
  readonly [figure: string]: number;
}

/** Steps by name, which work in a folder, each in a process of its own, and say figures. */
export type Steps = Readonly<
  Record<string, (folder: string, ...more: string[]) => Promise<Record<string, number>>>
>;

/** Runs steps of a script of this folder in fresh processes, so that their peak memory is their own. */
export const stepsOf =
  (script: string) =>
  async (name: string, folder: string, ...more: string[]): Promise<Step> => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", join(import.meta.dirname, script), name, folder, ...more],
      { maxBuffer: 1 << 26 },
    );
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  };

/** Runs the step that this process was started for, and prints what it took. */
export async function runAsked(steps: Steps): Promise<void> {
  const [name = "", folder = "", ...more] = process.argv.slice(2);
  const step = steps[name];
  if (step === undefined) throw new Error(`no step ${name}`);
  const started = performance.now();
  const begun = process.cpuUsage();
  const figures = await step(folder, ...more);
  const { user, system } = process.cpuUsage(begun);
  const took: Step = {
    seconds: (performance.now() - started) / 1000,
    processorSeconds: (user + system) / 1e6,
    peakMib: process.resourceUsage().maxRSS / 1024,
    ...figures,
  };
  console.log(JSON.stringify(took));
}
