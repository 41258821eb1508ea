import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { computingEnvironment } from "../warehouse/own-process.ts";

/** A command of this program in a process of its own. */
export interface Beside {
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** Resolves when it says so on its channel; never where it does not. */
  readonly signalled: Promise<void>;
  /** Has it end, in order. */
  end(): Promise<void>;
}

/**
 * Runs a command beside whatever this process does.
 * @param hear told each line that it says
 */
export function runBeside(
  args: readonly string[],
  hear: { out(line: string): void; warn(line: string): void },
): Beside {
  const child = spawn(process.execPath, [process.argv[1] ?? "", ...args], {
    // what it says becomes lines of this process
    env: { ...computingEnvironment(), CHITIEU_LOG: "text" },
    // by its channel it ends in order, on every system, also where this process is killed
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const forward = (stream: Readable | null, listener: (line: string) => void): void => {
    if (stream !== null) createInterface({ input: stream }).on("line", listener);
  };
  forward(child.stdout, hear.out);
  forward(child.stderr, hear.warn);
  const ended = new Promise<number | string>((resolve) => {
    // a child of which the channel was closed here is never told to have closed
    child.on("exit", (code, signal) => resolve(code ?? signal ?? ""));
  });
  const signalled = new Promise<void>((resolve) => child.once("message", () => resolve()));
  return {
    ...{ ended, signalled },
    end: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
