import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** What one step, run in a process of its own, took. */
export interface Step {
  readonly seconds: number;
  readonly processorSeconds: number;
  /** Largest resident memory of the process, in MiB. */
  readonly peakMib: number;
  readonly [figure: string]: number;
}

/** Runs a step of `steps.ts` in a fresh process, so that its peak memory is its own. */
export async function runStep(name: string, folder: string, communes?: number): Promise<Step> {
  const script = new URL("steps.ts", import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", script, name, folder, ...(communes === undefined ? [] : [`${communes}`])],
    { maxBuffer: 1 << 26 },
  );
  const step: unknown = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  if (!isStep(step)) throw new Error(`step ${name} printed no figures: ${stdout}`);
  return step;
}

function isStep(value: unknown): value is Step {
  return typeof value === "object" && value !== null && "seconds" in value && "peakMib" in value;
}
