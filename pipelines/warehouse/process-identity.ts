import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** A process, told from a later one that was given its number. */
export interface ProcessIdentity {
  readonly process: number;
  /** When it began, as the system counts; empty where the system does not tell. */
  readonly began: string;
}

/** The process that asks. */
export async function ownProcess(): Promise<ProcessIdentity> {
  return { process: process.pid, began: await beginning(process.pid) };
}

/** Whether a process still runs. */
export async function isAlive(one: ProcessIdentity): Promise<boolean> {
  return isRunning(one.process) && (await beginning(one.process)) === one.began;
}

/** Whether there is a process with this number, which may be a later one. */
export function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}

/** By number, when processes of Windows began: to be told takes a second there. A number is given again. */
const ASKED_AGAIN_MS = 60_000;
const asked = new Map<number, Promise<string>>();

/**
 * When a process began: in ticks since boot by /proc, as a time of files by Windows; empty where neither
 * tells.
 */
async function beginning(processId: number): Promise<string> {
  if (process.platform === "win32") {
    const known = asked.get(processId) ?? beginningOnWindows(processId);
    asked.set(processId, known);
    setTimeout(() => asked.delete(processId), ASKED_AGAIN_MS).unref();
    return await known;
  }
  try {
    const stat = await readFile(`/proc/${processId}/stat`, "utf8");
    // The name may hold spaces and parentheses: what follows it starts with field 3.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

async function beginningOnWindows(processId: number): Promise<string> {
  const line = `(Get-Process -Id ${processId}).StartTime.ToFileTimeUtc()`;
  const args = ["-NoProfile", "-NonInteractive", "-Command", line];
  const options = { windowsHide: true, timeout: 10_000 };
  return await promisify(execFile)("powershell.exe", args, options).then(
    ({ stdout }) => /^\d+/.exec(stdout)?.[0] ?? "",
    () => "",
  );
}
