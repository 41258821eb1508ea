import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runCommand } from "../../pipelines/cli/main.ts";

const PROGRAM = fileURLToPath(new URL("../../bin/chitieu.mjs", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the real program in its own process, with its output in pipes. */
export function start(
  args: readonly string[],
  options: { cwd?: string; uid?: number; env?: Record<string, string> } = {},
): Running {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    env: { ...process.env, ...options.env },
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    let out = "";
    let err = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      err += text;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, out, err }));
  });
  return { child, ended };
}

/** Runs the real program and waits for its end. */
export async function run(
  args: readonly string[],
  options: { cwd?: string; uid?: number; env?: Record<string, string> } = {},
): Promise<Ended> {
  return start(args, options).ended;
}

/**
 * Runs a command line in this process, with outputs of its own. That saves the start of a program,
 * and leaves out only what `bin/` does: its exit code, its streams, its signals.
 */
export async function runHere(args: readonly string[]): Promise<Ended> {
  const output = { out: "", err: "" };
  const outputTo = (name: "out" | "err") => ({
    write: (text: string) => {
      output[name] += text;
    },
  });
  const code = await runCommand(args, outputTo("out"), outputTo("err"));
  return { code, signal: null, ...output };
}

interface Places {
  readonly sources: string;
  readonly paths: { readonly folder: string };
}

/** The two options by which the command line finds an office. */
export function foldersOf({ sources, paths }: Places): string[] {
  return ["--sources", sources, "--warehouse", paths.folder];
}

/** Runs a command of an office in this process; `text` is all that it says. */
export async function runIn(
  office: Places,
  ...args: readonly string[]
): Promise<Ended & { readonly text: string }> {
  const ended = await runHere([...args, ...foldersOf(office)]);
  return { ...ended, text: ended.out + ended.err };
}
