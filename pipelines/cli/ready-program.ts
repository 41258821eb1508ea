import { type ChildProcess, spawn } from "node:child_process";
import { Failure } from "../vocabulary/failure.ts";

/** A command of this program in a process of its own that waits for a line before it begins. */
export interface ReadyProgram {
  /**
   * Lets it begin and waits for its end; one that has ended while it waited is started anew.
   * @returns what it printed
   * @throws Failure with what it said is wrong
   */
  run(): Promise<string>;
  /** Ends it, if it has not begun. */
  stop(): void;
}

/** What a command that can wait is told by. */
export const WHEN_TOLD = "--when-told";

/**
 * Starts a command that knows `WHEN_TOLD`, so that it has loaded what it needs when it is asked for. A
 * process of its own may read the ledger while this one writes it, which two connections within one
 * process must not.
 */
export function readyProgram(args: readonly string[]): ReadyProgram {
  let waiting = begin(args);
  return {
    run: async () => {
      if (waiting.child.exitCode !== null || waiting.child.signalCode !== null) {
        waiting = begin(args);
      }
      waiting.child.stdin?.end("\n");
      return await waiting.ended;
    },
    stop: () => void waiting.child.stdin?.end(),
  };
}

function begin(args: readonly string[]): {
  readonly child: ChildProcess;
  readonly ended: Promise<string>;
} {
  const child: ChildProcess = spawn(process.execPath, [process.argv[1] ?? "", ...args, WHEN_TOLD], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  // one that has ended, or could not be started, says so by its end
  child.stdin?.on("error", () => undefined);
  const ended = endOf(child);
  // it may end before anybody waits for it
  ended.catch(() => undefined);
  return { child, ended };
}

async function endOf(child: ChildProcess): Promise<string> {
  let [out, err] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  const end = await new Promise<number | string | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
  if (end === 0) return out.trim();
  const said = err
    .slice(err.lastIndexOf("chitieu: "))
    .replace(/^chitieu: /, "")
    .trim();
  throw new Failure(said === "" ? `the program ended with ${end}` : said);
}

/** Waits for the line that a `ReadyProgram` is told by. @returns false where none will come */
export async function isTold(): Promise<boolean> {
  return await new Promise((tell) => {
    process.stdin.once("data", () => tell(true)).once("end", () => tell(false));
  });
}
