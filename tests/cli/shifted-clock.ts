import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { newFolder } from "../folders.ts";

/** The clock of programs that a test starts from now on. */
export interface ShiftedClock {
  /** Sets it so many hours ahead of that of the machine, also for those that run. */
  set(hours: number): void;
}

export function shiftedClock(): ShiftedClock {
  const file = join(newFolder(), "shift");
  const module = new URL("shifted-clock.mjs", import.meta.url);
  vi.stubEnv("CHITIEU_TEST_CLOCK", file);
  vi.stubEnv("NODE_OPTIONS", `${process.env.NODE_OPTIONS ?? ""} --import ${module}`);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const set = (hours: number): void => writeFileSync(file, String(Math.round(hours * 3_600_000)));
  set(0);
  return { set };
}
