import { spawn } from "node:child_process";
import { appendFile, open, readFile } from "node:fs/promises";
import { OFFICE_ZONE } from "../vocabulary/date.ts";
import { Failure } from "../vocabulary/failure.ts";

/** A script to run with the Node that runs us. */
export interface Command {
  /** What it does, for messages: "bundling the site". */
  readonly purpose: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Everything it prints is appended to this file. */
  readonly log: string;
}

/** The only variables of ours that a command gets: others could change what it builds. */
const PASSED_ON = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot"];

/** How much of a log a message quotes. */
const QUOTED_LINES = 25;

/**
 * Runs a script in its own process and waits for it.
 * @throws Failure when it ends with another code than 0, quoting the end of what it printed
 */
export async function runCommand(command: Command): Promise<void> {
  const line = [command.script, ...command.args].join(" ");
  await appendFile(command.log, `\n# ${command.purpose}: ${line}\n`);
  const log = await open(command.log, "a");
  const start = (await log.stat()).size;
  const child = spawn(process.execPath, [command.script, ...command.args], {
    cwd: command.folder,
    env: commandEnvironment({ NO_COLOR: "1", ...command.environment }),
    stdio: ["ignore", log.fd, log.fd],
  });
  // Whoever is interrupted must not leave a bundler running.
  const stop = () => void child.kill();
  process.once("exit", stop);
  try {
    const code = await new Promise<string>((done, fail) => {
      child.once("error", fail);
      child.once("close", (code, signal) => done(code === null ? `signal ${signal}` : `${code}`));
    });
    if (code === "0") return;
    const printed = (await readFile(command.log)).subarray(start).toString("utf8");
    throw new Failure(
      `Không làm được: ${command.purpose} (kết thúc với ${code}). Phần cuối của ${command.log}:\n${quote(printed)}`,
    );
  } finally {
    process.removeListener("exit", stop);
    await log.close();
  }
}

/** The variables of a command: its own, and of ours those that change nothing of what it does. */
export function commandEnvironment(own: Readonly<Record<string, string>>): Record<string, string> {
  const environment: Record<string, string> = { TZ: OFFICE_ZONE };
  for (const name of PASSED_ON) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return Object.assign(environment, own);
}

/** The last lines of a log, without stack frames and blank lines. */
function quote(printed: string): string {
  const lines = printed
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "" && !/^\s+at .*(:\d+:\d+\)?|<anonymous>\)?)$/.test(line));
  return lines
    .slice(-QUOTED_LINES)
    .map((line) => `  ${line}`)
    .join("\n");
}
