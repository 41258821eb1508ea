import { readFile } from "node:fs/promises";

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
  try {
    process.kill(one.process, 0);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
  }
  return (await beginning(one.process)) === one.began;
}

/** When a process began in ticks since boot; empty where the system has no /proc. */
async function beginning(processId: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${processId}/stat`, "utf8");
    // The name may hold spaces and parentheses: what follows it starts with field 3.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
