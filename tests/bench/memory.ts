import { existsSync, readdirSync, readFileSync } from "node:fs";

/** The most memory that a process ever had resident, in MiB; 0 where there is no /proc. */
export function peakMemory(id: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${id}/status`, "utf8");
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}

const PAGE_BYTES = 4096;

/** In `/proc/ID/stat`, after the name in brackets, which may hold anything. */
const [PARENT, USER, ENDED_SYSTEM, PAGES] = [1, 11, 14, 21];
/** What the kernel counts processor time in. */
const TICKS_A_SECOND = 100;

/** Resident memory of a process and all that it started, in bytes; 0 where there is no /proc. */
export function treeMemory(root: number): number {
  return treeOf(root).reduce((sum, fields) => sum + (fields[PAGES] ?? 0) * PAGE_BYTES, 0);
}

/** Seconds of processor time of a process, of all that it started and of those of them that have ended. */
export function treeTime(root: number): number {
  const ticks = treeOf(root).flatMap((fields) => fields.slice(USER, ENDED_SYSTEM + 1));
  return ticks.reduce((sum, one) => sum + one, 0) / TICKS_A_SECOND;
}

/** What the kernel says of a process and all that it started, each as numbers. */
function treeOf(root: number): number[][] {
  const processes = new Map<number, number[]>();
  for (const name of existsSync("/proc") ? readdirSync("/proc") : []) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      processes.set(Number(name), fields.map(Number));
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOfTree = (id: number): boolean => {
    for (let at: number | undefined = id; at !== undefined; at = processes.get(at)?.[PARENT]) {
      if (at === root) return true;
    }
    return false;
  };
  return [...processes].filter(([id]) => isOfTree(id)).map(([, fields]) => fields);
}
