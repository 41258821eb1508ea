import { appendFileSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { afterAll, expect } from "vitest";
import { ROOT } from "./lanes.ts";

/**
 * Where the processor time of each test file is written, one line a file: seconds of the worker, of
 * the programs it started, of the clock, and the path.
 */
const REPORT = process.env.CHITIEU_TEST_COST;

/** Measures the test file that begins now. */
export function measureCost(): void {
  if (REPORT === undefined) return;
  const begun = spent();
  afterAll(() => {
    const ended = spent();
    const costs = ended.map((one, index) => (one - (begun[index] ?? 0)).toFixed(2));
    const file = relative(ROOT, expect.getState().testPath ?? "");
    appendFileSync(REPORT, `${[...costs, file].join("\t")}\n`);
  });
}

/** Seconds of the processor in this process, in its ended children, and of the clock. */
function spent(): number[] {
  const { user, system } = process.cpuUsage();
  // Fields 16 and 17, in hundredths of a second; the name before them may hold spaces.
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ").at(-1)?.split(" ") ?? [];
  const children = (Number(fields[13]) + Number(fields[14])) / 100;
  return [(user + system) / 1e6, children, performance.now() / 1000];
}
