import { Worker } from "node:worker_threads";

/** What a process may take for one piece of work. */
export interface WorkLimits {
  /** Processor time, in milliseconds. */
  readonly time: number;
  /** Resident memory of the process, in bytes. */
  readonly memory?: number;
  /** Milliseconds of looks, one after another, in which next to no processor time was used. */
  readonly still: number;
  /** Milliseconds between two looks. */
  readonly every: number;
}

/** A process that has ended because its work stood still says so by this code. */
export const STOOD_STILL = 75;

/** What ends a process that takes more than it may: nobody else sends it. Windows has no such signals. */
const OVER_LIMIT = process.platform === "win32" ? "SIGKILL" : "SIGVTALRM";

/**
 * Looks from a thread of its own, which goes on while the process is busy. It counts its looks, and not
 * the time by the clock: on a busy machine it waits as the work does, and while the machine sleeps it
 * sleeps. Two hundredths of a processor are what its own looks may take, and no work.
 */
const WATCH = `
const { parentPort, workerData } = require("node:worker_threads");
const { begun, time, memory, still, every, signal } = workerData;
let of = 0, before = 0, looks = 0;
setInterval(() => {
  const { user, system } = process.cpuUsage();
  const used = user + system;
  looks += 1;
  if (begun[0] === 0 || begun[0] !== of || used - before > looks * every * 20) {
    [of, before, looks] = [begun[0], used, 0];
  }
  if (begun[0] === 0) return;
  const isLarge = memory > 0 && process.memoryUsage.rss() > memory;
  if (isLarge || used - begun[0] > time * 1000) process.kill(process.pid, signal);
  if (looks * every > still) parentPort.postMessage("still");
  if (looks * every > 2 * still) process.kill(process.pid, "SIGKILL");
}, every);
`;

/**
 * Ends this process where it takes more than it may for a piece of work, or that stands still.
 * @returns to be called with whether there is work, when a piece of it begins, is done or goes on
 */
export function watchOwn({ memory = 0, ...limits }: WorkLimits): (isBusy: boolean) => void {
  /** Microseconds of processor time at which the work was begun; 0 while there is none. */
  const begun = new Float64Array(new SharedArrayBuffer(8));
  const workerData = { ...limits, begun, memory, signal: OVER_LIMIT };
  const watch = new Worker(WATCH, { eval: true, execArgv: [], workerData });
  watch.on("message", () => process.exit(STOOD_STILL));
  watch.unref();
  return (isBusy) => {
    const { user, system } = process.cpuUsage();
    begun[0] = isBusy ? user + system : 0;
  };
}

/**
 * Whether a process ended for something else than what it worked at: it stood still, somebody ended it, or
 * the system did for want of memory. On Windows alone one that somebody ended cannot be told.
 */
export function isEndedByOthers(code: number | null, signal: NodeJS.Signals | null): boolean {
  return code === STOOD_STILL || ["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"].includes(signal ?? "");
}
