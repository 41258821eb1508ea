import { readdirSync, readFileSync } from "node:fs";

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

/** Resident memory of a process and all that it started, in bytes; 0 where there is no /proc. */
export function treeMemory(root: number): number {
  const processes = new Map<number, { parent: number; bytes: number }>();
  let names: string[];
  try {
    names = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return 0;
  }
  for (const name of names) {
    try {
      // The name in brackets may hold anything; what follows it is numbers.
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      processes.set(Number(name), {
        parent: Number(fields[1]),
        bytes: Number(fields[21]) * PAGE_BYTES,
      });
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOfTree = (id: number): boolean => {
    for (let at: number | undefined = id; at !== undefined; at = processes.get(at)?.parent) {
      if (at === root) return true;
    }
    return false;
  };
  return [...processes]
    .filter(([id]) => isOfTree(id))
    .reduce((sum, [, { bytes }]) => sum + bytes, 0);
}
